//! Document → Findings: who, when and where the words of an article mean.
//!
//! The principal type is [`chancery_model::Findings`]; [`resolve`] makes it, [`actors_of`] and [`place_of`] ask it about a phrase.
//!
//! ```
//! use chancery_model::{Article, Document, Id};
//! # let article = Article { id: Id(String::new()), doc: "d".into(), locator: "d".into(), url: None, title: None, title_span: None, outlet: None,
//! #     byline: None, dateline: None, published: None, credited: vec![], language: "en".into(), text: String::new(), struck: vec![] };
//! let lexicon = chancery_lexicon::Lexicon::builtin();
//! let findings = chancery_resolve::resolve(&article, &Document::default(), lexicon);
//! assert!(findings.mentions.is_empty());
//! ```
#![deny(missing_docs)]

mod coref;
mod nouns;
mod phrase;
mod place;
mod scene;
pub mod when;
mod who;

use chancery_lexicon::Lexicon;
use chancery_model::{Actor, Article, Document, Findings, Mention, MentionKind, Place, Rel, Span, Token, Upos};

/// Resolves an article: its actors, times and places. Never fails; the same input gives the same output.
pub fn resolve(article: &Article, document: &Document, lexicon: &Lexicon) -> Findings {
    let scene = scene::Scene::new(article, document, lexicon);
    let mut findings = Findings { mentions: who::mentions(&scene), ..Findings::default() };
    findings.places = place::places(&scene, &findings);
    findings.times = when::times(article, document);
    findings
}

/// Who a phrase means, each with the antecedent it was resolved through and a confidence of 0..=1: the mention at its head and those listed
/// with it, else the highest mentions inside it ("Iranian volunteers"); empty where it means no political actor.
///
/// A state's name that stands as a place ("a bomb in Ankara") is given with a confidence of 0.2: take it only where something else says
/// that it acts.
pub fn actors_of(findings: &Findings, document: &Document, phrase: Span<Token>) -> Vec<(Actor, Option<Span<Token>>, f32)> {
    let mut out: Vec<(Actor, Option<Span<Token>>, f32)> = Vec::new();
    if phrase.is_empty() || phrase.end > document.words.len() {
        return out;
    }
    for head in heads(document, phrase) {
        let mut found = at(findings, head);
        if found.is_none() {
            found = below(findings, document, phrase, head);
        }
        for actor in found.iter().flat_map(|m| &m.actors) {
            if let Some(m) = found
                && !out.iter().any(|(a, _, _)| a == actor)
            {
                out.push((actor.clone(), m.via, m.confidence));
            }
        }
    }
    out
}

/// The place that a phrase means: the one at its head, else the most exact one inside it, else what its words mean by themselves.
pub fn place_of(findings: &Findings, document: &Document, phrase: Span<Token>, lexicon: &Lexicon) -> Option<Place> {
    (!phrase.is_empty() && phrase.end <= document.words.len())
        .then(|| place::of_phrase(findings, document, phrase, lexicon))
        .flatten()
}

// The head of a phrase and the heads listed with it inside the phrase.
fn heads(document: &Document, phrase: Span<Token>) -> Vec<usize> {
    // Where a phrase was cut out of a larger one ("the U.S." of "the U.S. aggression"), its articles have heads outside it, too.
    let top = |t: usize| {
        document.words[t].head.is_none_or(|h| !phrase.contains(h))
            && matches!(document.words[t].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::X)
    };
    let mut out = vec![phrase.range().find(|&t| top(t)).unwrap_or_else(|| document.head_of(phrase))];
    let mut i = 0;
    while i < out.len() {
        let more: Vec<usize> =
            document.children(out[i]).filter(|&c| document.words[c].rel == Rel::Conj && phrase.contains(c)).collect();
        out.extend(more.into_iter().filter(|c| !out.contains(c)).collect::<Vec<_>>());
        i += 1;
    }
    out
}

// The mention whose head a token is, else the name that holds it.
fn at(findings: &Findings, token: usize) -> Option<&Mention> {
    let from = findings.mentions.partition_point(|m| m.head < token);
    findings.mentions[from..]
        .first()
        .filter(|m| m.head == token)
        .or_else(|| findings.mentions.iter().find(|m| m.kind == MentionKind::Named && m.tokens.contains(token)))
}

// The highest mention below a token, inside the phrase: names before adjectives, then the first.
fn below<'f>(findings: &'f Findings, document: &Document, phrase: Span<Token>, head: usize) -> Option<&'f Mention> {
    let depth = |token: usize| {
        let (mut t, mut steps) = (token, 0);
        while let Some(h) = document.words[t].head {
            if t == head || steps > 40 {
                break;
            }
            t = h;
            steps += 1;
        }
        (t == head).then_some(steps)
    };
    let inside = findings.mentions.iter().filter(|m| phrase.contains(m.head));
    inside
        .filter_map(|m| depth(m.head).map(|d| (d, m)))
        .min_by_key(|(d, m)| (*d, m.kind == MentionKind::Adjective, m.head))
        .map(|(_, m)| m)
}
