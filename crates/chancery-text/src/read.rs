//! Article → Document: boundaries, analysis, lemmas and quotations put together.

use crate::analysis::Moved;
use crate::boundaries::{self, Draft};
use crate::quotations::quotations;
use crate::{Analysis, Model, lemma};
use chancery_model::{Article, Byte, Document, Note, Noted, Sentence, Span, Word};

/// An article as sentences, words, trees, names, quotations and event cues.
///
/// Notes: `not-analysed` where the article is not in English (the document is then empty), `no-words` where its story holds none,
/// `sentence-cut` with the place where a sentence was too long for the model and is taken in parts.
///
/// ```
/// use chancery_model::Article;
/// # fn article(text: &str) -> Article {
/// #     Article { id: chancery_model::Id("a".into()), doc: "a".into(), locator: "-".into(), url: None, title: None, title_span: None,
/// #         outlet: None, byline: None, dateline: None, published: None, credited: Vec::new(), language: "en".into(),
/// #         text: text.into(), struck: Vec::new() }
/// # }
/// let article: Article = article("Rebels attacked Taiz on Monday. Saudi Arabia condemned the attack.");
/// let document = chancery_text::read(&article, chancery_text::Model::builtin()).output;
/// assert_eq!(document.sentences.len(), 2);
/// assert_eq!(document.words[1].lemma, "attack");
/// ```
pub fn read(article: &Article, model: &Model) -> Noted<Document> {
    if article.language != "en" {
        let message = format!("the text is in `{}`; only English (`en`) is analysed", article.language);
        return Noted { output: Document::default(), notes: vec![Note::new("not-analysed", message)] };
    }
    let text = article.text.as_str();
    let drafts = boundaries::split(text, &article.story(), article.title_span);
    let forms: Vec<Vec<&str>> = drafts.iter().map(|d| d.words.iter().map(|w| slice(text, *w)).collect()).collect();
    let mut document = Document::default();
    for ((draft, forms), analysis) in drafts.iter().zip(&forms).zip(model.analyse(&forms)) {
        add(&mut document, draft, forms, analysis);
    }
    let spans: Vec<Span<Byte>> = document.words.iter().map(|w| w.span).collect();
    let paragraphs: Vec<usize> =
        document.sentences.iter().flat_map(|s| std::iter::repeat_n(s.paragraph, s.tokens.len())).collect();
    document.quotations = quotations(text, &spans, &paragraphs);
    Noted { output: document, notes: notes(text, &drafts) }
}

/// Adds a sentence to a document.
fn add(document: &mut Document, draft: &Draft, forms: &[&str], analysis: Analysis) {
    let first = document.words.len();
    let tokens = Span::new(first, first + forms.len());
    document.sentences.push(Sentence { tokens, span: draft.span, paragraph: draft.paragraph, heading: draft.heading });
    for (i, (&form, &span)) in forms.iter().zip(&draft.words).enumerate() {
        let (upos, xpos) = (analysis.upos[i], analysis.xpos[i]);
        let head = analysis.head[i].map(|h| h + first);
        document.words.push(Word {
            span,
            text: form.to_owned(),
            lemma: lemma(form, upos, xpos),
            upos,
            xpos,
            head,
            rel: analysis.rel[i],
        });
    }
    document.names.extend(analysis.names.into_iter().map(|n| n.moved(first)));
    document.cues.extend(analysis.cues.into_iter().map(|c| c.moved(first)));
}

fn notes(text: &str, drafts: &[Draft]) -> Vec<Note> {
    if drafts.is_empty() {
        return vec![Note::new("no-words", "the story holds no words")];
    }
    let message = format!("the sentence has more than {} words; it is taken in parts", boundaries::LONGEST);
    let cut = drafts.windows(2).filter(|pair| is_cut(text, &pair[0], &pair[1]));
    cut.map(|pair| Note { span: Some(pair[0].span), ..Note::new("sentence-cut", message.clone()) }).collect()
}

/// Whether a sentence goes on in the next one because it was too long: neither a final mark nor a new paragraph parts the two.
fn is_cut(text: &str, draft: &Draft, next: &Draft) -> bool {
    let last = draft.words.last().map_or("", |w| slice(text, *w));
    draft.words.len() > boundaries::LONGEST / 4
        && draft.paragraph == next.paragraph
        && last.chars().all(|c| c.is_alphanumeric() || ",;:-–—'’".contains(c))
}

/// The characters of a span; nothing where it does not fit the text.
fn slice(text: &str, span: Span<Byte>) -> &str {
    text.get(span.range()).unwrap_or("")
}
