//! Who and where on small parsed documents, written as `form upos xpos head rel` lines.
#![allow(clippy::unwrap_used)]

use chancery_lexicon::Lexicon;
use chancery_model::{Article, Byte, Document, Name, NameKind, Published, Quotation, Sentence, Span, Word};
use chancery_resolve::{actors_of, place_of, resolve};

/// A document from one block per sentence: `form/UPOS/XPOS/head/rel` separated by spaces, heads 1-based in the sentence, `PER[`, `ORG[`,
/// `LOC[` … `]` around names.
fn document(blocks: &[&str], published: &str) -> (Article, Document) {
    let mut doc = Document::default();
    let mut text = String::new();
    for (paragraph, block) in blocks.iter().enumerate() {
        let first = doc.words.len();
        let mut open: Option<(NameKind, usize)> = None;
        let begin = text.len();
        for item in block.split_whitespace() {
            if let Some(kind) = item.strip_suffix('[') {
                open = Some((kind.parse().unwrap(), doc.words.len()));
                continue;
            }
            if item == "]" {
                let (kind, start) = open.take().unwrap();
                doc.names.push(Name { tokens: Span::new(start, doc.words.len()), kind, score: 0.9 });
                continue;
            }
            let f: Vec<&str> = item.split('/').collect();
            let start = text.len();
            text.push_str(f[0]);
            let xpos: &'static str = Box::leak(f[2].to_owned().into_boxed_str());
            let head: usize = f[3].parse().unwrap();
            doc.words.push(Word {
                span: Span::<Byte>::new(start, text.len()),
                text: f[0].to_owned(),
                lemma: lemma(f[0], f[1], f[2]),
                upos: f[1].parse().unwrap(),
                xpos,
                head: head.checked_sub(1).map(|h| first + h),
                rel: f[4].parse().unwrap(),
            });
            text.push(' ');
        }
        doc.sentences.push(Sentence {
            tokens: Span::new(first, doc.words.len()),
            span: Span::new(begin, text.len() - 1),
            paragraph,
            heading: false,
        });
    }
    let marks: Vec<usize> = (0..doc.words.len()).filter(|&i| matches!(doc.words[i].text.as_str(), "“" | "”")).collect();
    doc.quotations = marks.chunks(2).filter(|c| c.len() == 2).map(|c| Quotation { tokens: Span::new(c[0], c[1] + 1) }).collect();
    let date = published.parse().ok();
    let article = Article {
        published: date.map(|date| Published { date, basis: chancery_model::DateBasis::Metadata, span: None }),
        ..Article::bare("a", &text)
    };
    (article, doc)
}

fn lemma(form: &str, upos: &str, xpos: &str) -> String {
    match (upos, xpos) {
        ("PROPN", _) => form.to_owned(),
        (_, "NNS") => {
            form.to_lowercase().strip_suffix('s').map_or("countries".into(), str::to_owned).replace("countrie", "country")
        }
        ("VERB", _) => match form {
            "said" => "say".into(),
            "met" => "meet".into(),
            other => other.to_lowercase(),
        },
        _ => form.to_lowercase(),
    }
}

/// Codes, sectors and entities of a phrase given by its words.
fn who(blocks: &[&str], published: &str, phrase: &str) -> Vec<String> {
    who_in(blocks, published, None, None, phrase)
}

/// The same in an outlet and at an address.
fn who_in(blocks: &[&str], published: &str, outlet: Option<&str>, url: Option<&str>, phrase: &str) -> Vec<String> {
    let (mut article, doc) = document(blocks, published);
    (article.outlet, article.url) = (outlet.map(str::to_owned), url.map(str::to_owned));
    let findings = resolve(&article, &doc, Lexicon::builtin());
    let at = article.text.rfind(phrase).unwrap_or_else(|| panic!("`{phrase}` is not in the text"));
    let tokens = doc.tokens(Span::new(at, at + phrase.len()));
    actors_of(&findings, &doc, tokens)
        .into_iter()
        .filter(|(_, _, c)| *c > 0.25)
        .map(|(a, _, _)| {
            format!("{}/{} {}", a.code, a.sector.map_or("-", |s| s.as_str()), a.entity.unwrap_or_default()).trim_end().to_owned()
        })
        .collect()
}

const TABARI: &str = "Iranian/ADJ/JJ/4/amod Deputy/ADJ/NNP/4/amod Foreign/ADJ/NNP/4/amod Minister/PROPN/NNP/5/nmod PER[ Farzad/PROPN/NNP/8/nsubj \
    Mohseni/PROPN/NNP/5/flat Tabari/PROPN/NNP/5/flat ] arrived/VERB/VBD/0/root ././PUNCT/././8/punct";

#[test]
fn an_unknown_official_has_state_sector_and_name() {
    let tabari = TABARI.replace("././PUNCT/././8/punct", "");
    assert_eq!(who(&[&tabari], "2016-03-28", "Farzad Mohseni Tabari"), ["IRN/GOV Farzad Mohseni Tabari"]);
    let later = "He/PRON/PRP/2/nsubj met/VERB/VBD/0/root Tabari/PROPN/NNP/2/obj";
    assert_eq!(who(&[&tabari, later], "2016-03-28", "Tabari"), ["IRN/GOV Farzad Mohseni Tabari"]);
}

#[test]
fn a_capital_acts_or_is_a_place() {
    let acts = "Ankara/PROPN/NNP/2/nsubj said/VERB/VBD/0/root so/ADV/RB/2/advmod";
    assert_eq!(who(&[acts], "2016-03-28", "Ankara"), ["TUR/GOV Turkey"]);
    let place = "A/DET/DT/2/det bomb/NOUN/NN/3/nsubj exploded/VERB/VBD/0/root in/ADP/IN/5/case Ankara/PROPN/NNP/3/obl";
    assert!(who(&[place], "2016-03-28", "Ankara").is_empty());
    let (article, doc) = document(&[place], "2016-03-28");
    let findings = resolve(&article, &doc, Lexicon::builtin());
    assert!(findings.places.iter().any(|p| p.locative && p.place.country.as_deref() == Some("TUR")));
    assert_eq!(place_of(&findings, &doc, Span::new(4, 5), Lexicon::builtin()).and_then(|p| p.country).as_deref(), Some("TUR"));
}

#[test]
fn a_pronoun_means_the_last_subject_that_agrees() {
    let tabari = TABARI.replace("././PUNCT/././8/punct", "");
    let said = "He/PRON/PRP/2/nsubj said/VERB/VBD/0/root Turkey/PROPN/NNP/4/nsubj agreed/VERB/VBD/2/ccomp";
    assert_eq!(who(&[&tabari, said], "2016-03-28", "He"), ["IRN/GOV Farzad Mohseni Tabari"]);
}

#[test]
fn adjectives_give_common_nouns_their_state() {
    let rebels = "Syrian/ADJ/JJ/2/amod rebels/NOUN/NNS/4/nsubj have/AUX/VBP/4/aux met/VERB/VBN/0/root Iranian/ADJ/JJ/6/amod officials/NOUN/NNS/4/obj";
    assert_eq!(who(&[rebels], "", "Syrian rebels"), ["SYR/REB"]);
    assert_eq!(who(&[rebels], "", "Iranian officials"), ["IRN/GOV"]);
    let backed = "US/PROPN/NNP/3/obl -/PUNCT/HYPH/3/punct backed/VERB/VBN/5/amod Syrian/ADJ/JJ/5/amod rebels/NOUN/NNS/6/nsubj met/VERB/VBD/0/root";
    assert_eq!(who(&[backed], "", "US - backed Syrian rebels"), ["SYR/REB"]);
}

#[test]
fn plurals_mean_their_owners_and_the_last_that_fit() {
    let both = "The/DET/DT/2/det presidents/NOUN/NNS/7/nsubj of/ADP/IN/4/case Russia/PROPN/NNP/2/nmod and/CCONJ/CC/6/cc Iran/PROPN/NNP/4/conj met/VERB/VBD/0/root";
    let codes: Vec<String> =
        who(&[both], "2016-03-28", "The presidents of Russia and Iran").iter().map(|a| a[..7].to_owned()).collect();
    assert_eq!(codes, ["RUS/GOV", "IRN/GOV"]);
    let later = "Both/DET/DT/2/det countries/NOUN/NNS/3/nsubj agreed/VERB/VBD/0/root";
    let codes: Vec<String> = who(&[both, later], "2016-03-28", "Both countries").iter().map(|a| a[..7].to_owned()).collect();
    assert_eq!(codes, ["RUS/GOV", "IRN/GOV"]);
}

#[test]
fn a_speaker_says_i() {
    let tabari = TABARI.replace("././PUNCT/././8/punct", "");
    let quote = "“/PUNCT/``/3/punct I/PRON/PRP/3/nsubj agree/VERB/VBP/7/ccomp ”/PUNCT/''/3/punct ,/PUNCT/,/7/punct Tabari/PROPN/NNP/7/nsubj said/VERB/VBD/0/root";
    assert_eq!(who(&[&tabari, quote], "2016-03-28", "I"), ["IRN/GOV Farzad Mohseni Tabari"]);
}

#[test]
fn the_same_input_gives_the_same_findings() {
    let both = "The/DET/DT/2/det presidents/NOUN/NNS/7/nsubj of/ADP/IN/4/case Russia/PROPN/NNP/2/nmod and/CCONJ/CC/6/cc Iran/PROPN/NNP/4/conj met/VERB/VBD/0/root";
    let (article, doc) = document(&[both], "2016-03-28");
    assert_eq!(resolve(&article, &doc, Lexicon::builtin()), resolve(&article, &doc, Lexicon::builtin()));
}

#[test]
fn what_is_at_home_needs_no_state_beside_it() {
    let seized = "The/DET/DT/2/det police/NOUN/NN/3/nsubj seized/VERB/VBD/0/root letters/NOUN/NNS/3/obj in/ADP/IN/6/case Kenya/PROPN/NNP/3/obl";
    assert_eq!(who_in(&[seized], "2016-03-28", Some("Newsroom Panama"), None, "The police")[0][..7], *"PAN/COP");
    let alone = "The/DET/DT/2/det police/NOUN/NN/3/nsubj seized/VERB/VBD/0/root letters/NOUN/NNS/3/obj";
    assert_eq!(who_in(&[alone], "2016-03-28", None, Some("https://news.example.jp/a/1"), "The police")[0][..7], *"JPN/COP");
    // a domain that anyone buys tells nothing
    assert!(who_in(&[alone], "2016-03-28", None, Some("https://news.example.tv/a/1"), "The police").is_empty());
}

#[test]
fn a_statement_speaks_for_its_publisher_and_its_regime_is_another() {
    let outlet = Some("U.S. Department of State");
    let spoke = "The/DET/DT/2/det Secretary/PROPN/NNP/3/nsubj spoke/VERB/VBD/0/root in/ADP/IN/5/case Syria/PROPN/NNP/3/obl";
    let condemn = "We/PRON/PRP/2/nsubj condemn/VERB/VBP/0/root the/DET/DT/4/det regime/NOUN/NN/2/obj";
    assert_eq!(who_in(&[spoke, condemn], "2015-12-10", outlet, None, "The Secretary"), ["USA/GOV John Kerry"]);
    assert_eq!(who_in(&[spoke, condemn], "2015-12-10", outlet, None, "We"), ["USA/GOV United States"]);
    assert_eq!(who_in(&[spoke, condemn], "2015-12-10", outlet, None, "the regime"), ["SYR/GOV Syria"]);
}
