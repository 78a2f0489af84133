//! The noun phrases of a document: what could be a link of a chain.

use crate::{phrase, scene::Scene};
use chancery_lexicon::EntryKind;
use chancery_model::{Document, Mention, NameKind, Rel, Span, Token, Upos};
use std::{collections::BTreeMap, sync::OnceLock};

/// What a phrase looks like; each has weights of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
    /// Other words that stand for nouns: "this", "there", "one", "everyone".
    Word,
    Name,
    /// "the minister", "his army", "Iran's army".
    Definite,
    /// "a minister", "ministers".
    Indefinite,
}

impl Form {
    pub const NAMES: [&'static str; 11] = ["i", "we", "you", "he", "she", "it", "they", "word", "name", "definite", "indefinite"];

    /// Whether the phrase says nothing of what it means.
    pub fn is_pronoun(self) -> bool {
        self < Form::Name
    }
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub tokens: Span<Token>,
    pub head: usize,
    pub form: Form,
    pub sentence: usize,
    /// Lower-case text without a leading article or trailing possessive mark.
    pub text: String,
    /// Dictionary form of the head.
    pub lemma: String,
    /// Words before and in the name or noun that say which one, lower case.
    pub marks: Vec<String>,
    pub plural: Option<bool>,
    pub gender: Option<char>,
    /// What the model or the lexicon holds its name for.
    pub name: Option<NameKind>,
    pub entry: Option<EntryKind>,
    /// The mention of actors at its head.
    pub mention: Option<usize>,
}

/// All noun phrases by their heads, in the order of the heads. `genders` are those of the mentions.
pub(crate) fn phrases(scene: &Scene, mentions: &[Mention], genders: &[Option<char>]) -> Vec<Phrase> {
    let doc = scene.document;
    let tree = Tree::of(doc);
    let mut at: Vec<Option<usize>> = vec![None; doc.words.len()];
    for (i, m) in mentions.iter().enumerate() {
        at[m.head].get_or_insert(i);
    }
    let mut out = Vec::new();
    for (s, sentence) in doc.sentences.iter().enumerate() {
        for head in sentence.tokens.range() {
            let Some(form) = form(doc, &tree, head) else { continue };
            let tokens = tree.phrase(doc, head);
            let mention = at[head].filter(|&m| tokens.covers(mentions[m].tokens));
            let gender = mention.and_then(|m| genders[m]);
            out.push(describe(scene, &tree, Outline { tokens, head, form, sentence: s, mention, gender }));
        }
    }
    out
}

struct Outline {
    tokens: Span<Token>,
    head: usize,
    form: Form,
    sentence: usize,
    mention: Option<usize>,
    gender: Option<char>,
}

fn describe(scene: &Scene, tree: &Tree, o: Outline) -> Phrase {
    let doc = scene.document;
    let word = &doc.words[o.head];
    let mut core: Vec<usize> = tree.children[o.head].iter().copied().filter(|&c| is_core(doc, c, o.head)).collect();
    core.extend(core.clone().into_iter().flat_map(|c| tree.children[c].iter().copied().filter(move |&k| is_core(doc, k, c))));
    core.push(o.head);
    core.sort_unstable();
    core.dedup();
    let name = core.iter().filter_map(|&t| scene.name(t)).find(|n| n.tokens.contains(o.head)).map(|n| n.kind);
    let hit = scene.hit(o.head).filter(|h| o.tokens.covers(h.tokens));
    let entry = hit.and_then(|h| h.actor.or(h.place)).map(|s| scene.lexicon.entry(s.entry).kind);
    let lemma = if word.upos == Upos::Propn { word.text.to_lowercase() } else { word.lemma.to_lowercase() };
    let marks: Vec<String> = core
        .iter()
        .filter(|&&t| t != o.head && !matches!(doc.words[t].rel, Rel::Det | Rel::Punct | Rel::Case))
        .map(|&t| doc.words[t].text.to_lowercase())
        .collect();
    let gender = o.gender.or_else(|| gender(doc, &core, o.form, &lemma));
    let mut shown = o.tokens;
    if matches!(doc.words[shown.start].text.to_lowercase().as_str(), "the" | "a" | "an") && shown.len() > 1 {
        shown.start += 1;
    }
    if shown.len() > 1 && phrase::is_possessive_mark(doc, shown.end - 1) {
        shown.end -= 1;
    }
    Phrase {
        tokens: o.tokens,
        head: o.head,
        form: o.form,
        sentence: o.sentence,
        text: phrase::text(doc, shown).to_lowercase(),
        plural: plural(doc, o.form, o.head),
        lemma,
        marks,
        gender,
        name,
        entry,
        mention: o.mention,
    }
}

// Words of a name or noun itself, without what is hung on it.
fn is_core(doc: &Document, c: usize, head: usize) -> bool {
    let w = &doc.words[c];
    matches!(w.rel, Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nummod | Rel::Det)
        || w.rel == Rel::Nmod && c < head && !phrase::is_possessor(doc, c)
}

fn form(doc: &Document, tree: &Tree, head: usize) -> Option<Form> {
    let word = &doc.words[head];
    let lower = word.text.to_lowercase();
    if word.rel == Rel::Expl || matches!(word.xpos, "WP" | "WDT" | "WP$") || word.rel == Rel::Reparandum {
        return None;
    }
    let pronoun = match lower.as_str() {
        "i" | "me" | "my" | "mine" | "myself" => Some(Form::I),
        "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => Some(Form::We),
        "you" | "your" | "yours" | "yourself" | "yourselves" | "ye" => Some(Form::You),
        "he" | "him" | "his" | "himself" => Some(Form::He),
        "she" | "her" | "hers" | "herself" => Some(Form::She),
        "it" | "its" | "itself" => Some(Form::It),
        "they" | "them" | "their" | "theirs" | "themselves" | "em" | "'em" => Some(Form::They),
        _ => None,
    };
    match word.upos {
        Upos::Pron if word.rel == Rel::Det => None,
        Upos::Pron => Some(pronoun.unwrap_or(Form::Word)),
        Upos::Adv if matches!(lower.as_str(), "here" | "there") => Some(Form::Word),
        Upos::Det | Upos::Num | Upos::Adj
            if matches!(word.rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod) && word.xpos != "WDT" =>
        {
            Some(Form::Word)
        }
        Upos::Propn | Upos::Noun | Upos::X
            if matches!(word.rel, Rel::Flat | Rel::Goeswith | Rel::Fixed | Rel::Case | Rel::Mark) =>
        {
            None
        }
        Upos::Propn => Some(Form::Name),
        Upos::Noun => {
            let owned = tree.children[head].iter().any(|&c| {
                phrase::is_possessor(doc, c)
                    || doc.words[c].rel == Rel::Det
                        && matches!(
                            doc.words[c].text.to_lowercase().as_str(),
                            "the" | "this" | "that" | "these" | "those" | "both"
                        )
            });
            Some(if owned { Form::Definite } else { Form::Indefinite })
        }
        _ => None,
    }
}

fn plural(doc: &Document, form: Form, head: usize) -> Option<bool> {
    match form {
        Form::We | Form::They => Some(true),
        Form::I | Form::He | Form::She | Form::It => Some(false),
        Form::You => None,
        Form::Word => match doc.words[head].text.to_lowercase().as_str() {
            "these" | "those" | "both" | "all" | "many" | "some" | "several" | "others" | "two" => Some(true),
            "this" | "that" | "here" | "there" => Some(false),
            _ => None,
        },
        _ => Some(phrase::is_plural(doc, head)),
    }
}

fn gender(doc: &Document, core: &[usize], form: Form, lemma: &str) -> Option<char> {
    match form {
        Form::He => return Some('m'),
        Form::She => return Some('f'),
        Form::Definite | Form::Indefinite => {
            return match lemma {
                "man" | "boy" | "father" | "brother" | "son" | "husband" | "king" | "uncle" | "guy" | "prince" | "dad" => {
                    Some('m')
                }
                "woman" | "girl" | "mother" | "sister" | "daughter" | "wife" | "queen" | "aunt" | "lady" | "mom" | "widow" => {
                    Some('f')
                }
                _ => crate::nouns::noun(lemma).and_then(|n| n.gender),
            };
        }
        Form::Name => {}
        _ => return None,
    }
    core.iter().find_map(|&t| {
        let word = doc.words[t].text.to_lowercase();
        match word.as_str() {
            "mr" | "mr." | "sir" | "king" | "prince" | "brother" => Some('m'),
            "mrs" | "mrs." | "ms" | "ms." | "miss" | "queen" | "princess" | "lady" => Some('f'),
            _ => given(&word),
        }
    })
}

/// The gender of a given name.
fn given(word: &str) -> Option<char> {
    static NAMES: OnceLock<BTreeMap<&'static str, char>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let rows = include_str!("../../data/given.tsv").lines().filter(|l| !l.starts_with('#'));
        rows.filter_map(|l| l.split_once('\t')).filter_map(|(n, g)| Some((n, g.chars().next()?))).collect()
    });
    names.get(word).copied()
}

/// Children and reach of every token.
struct Tree {
    children: Vec<Vec<usize>>,
    reach: Vec<(usize, usize)>,
}

impl Tree {
    fn of(doc: &Document) -> Tree {
        let n = doc.words.len();
        let mut tree = Tree { children: vec![Vec::new(); n], reach: (0..n).map(|t| (t, t)).collect() };
        for t in 0..n {
            if let Some(h) = doc.words[t].head.filter(|&h| h < n) {
                tree.children[h].push(t);
            }
            let mut up = doc.words[t].head;
            for _ in 0..60 {
                let Some(u) = up.filter(|&u| u < n) else { break };
                let (lo, hi) = tree.reach[u];
                tree.reach[u] = (lo.min(t), hi.max(t));
                up = doc.words[u].head;
            }
        }
        tree
    }

    /// The phrase of a head: what hangs on it, without prepositions, what is listed with it, appositions, and the clause it is predicate of.
    fn phrase(&self, doc: &Document, head: usize) -> Span<Token> {
        let (mut lo, mut hi) = (head, head);
        for &c in &self.children[head] {
            let (from, to) = self.reach[c];
            let outside = match doc.words[c].rel {
                Rel::Case => c < head,
                Rel::Cc | Rel::Conj | Rel::Cop | Rel::Nsubj | Rel::Csubj | Rel::Aux | Rel::Mark | Rel::Parataxis => true,
                Rel::Discourse | Rel::Vocative | Rel::Dislocated | Rel::Expl | Rel::Orphan | Rel::Reparandum => true,
                Rel::List | Rel::Appos | Rel::Punct => true,
                Rel::Advmod => c < head,
                Rel::Nmod | Rel::Acl => c > head && doc.words[from].text == "(",
                _ => false,
            };
            if !outside {
                lo = lo.min(from);
                hi = hi.max(to);
            }
        }
        let mut span = Span::new(lo, hi + 1);
        while span.end > head + 1
            && doc.words[span.end - 1].rel == Rel::Punct
            && !matches!(doc.words[span.end - 1].text.as_str(), ")" | "”" | "\"")
        {
            span.end -= 1;
        }
        while span.start < head && doc.words[span.start].rel == Rel::Punct {
            span.start += 1;
        }
        span
    }
}
