//! Document → Findings: who, when and where the words of an article mean.
//!
//! The principal type is [`chancery_model::Findings`]; [`resolve`] makes it, [`actors_of`] and [`place_of`] ask it about a phrase.
//!
//! ```
//! use chancery_model::{Article, Document};
//! # let article = Article::bare("d", "");
//! let lexicon = chancery_lexicon::Lexicon::builtin();
//! let findings = chancery_resolve::resolve(&article, &Document::default(), lexicon);
//! assert!(findings.mentions.is_empty());
//! ```
#![deny(missing_docs)]

mod chain;
mod coref;
mod home;
mod nouns;
mod phrase;
mod place;
mod scene;
pub mod when;
mod who;

pub use chain::{Evidence, link_names};
use chancery_lexicon::Lexicon;
use chancery_model::{Actor, Article, Document, Findings, Place, Span, Token};

/// Resolves an article: its actors, times and places. Never fails; the same input gives the same output.
pub fn resolve(article: &Article, document: &Document, lexicon: &Lexicon) -> Findings {
    let scene = scene::Scene::new(article, document, lexicon);
    let (mentions, genders) = who::mentions(&scene);
    let chains = chain::chains(&scene, &mentions, &genders);
    let mentions = chain::carried(document, mentions, &chains);
    let mut findings = Findings { mentions, chains, ..Findings::default() };
    findings.places = place::places(&scene, &findings);
    findings.times = when::times(article, document);
    findings
}

/// What the chains of an article are judged by, phrase by phrase: for fitting the weights.
pub fn evidence(article: &Article, document: &Document, lexicon: &Lexicon) -> Vec<Evidence> {
    let scene = scene::Scene::new(article, document, lexicon);
    let (mentions, genders) = who::mentions(&scene);
    chain::evidence(&scene, &mentions, &genders)
}

/// Who a phrase means, each with the antecedent it was resolved through and a confidence of 0..=1: the mention at its head and those listed
/// with it, else the highest mentions inside it ("Iranian volunteers"); empty where it means no political actor.
///
/// A state's name that stands as a place ("a bomb in Ankara") is given with a confidence of 0.2: take it only where something else says
/// that it acts.
pub fn actors_of(findings: &Findings, document: &Document, phrase: Span<Token>) -> Vec<(Actor, Option<Span<Token>>, f32)> {
    let mut out: Vec<(Actor, Option<Span<Token>>, f32)> = Vec::new();
    for mention in findings.within(document, phrase) {
        for actor in &mention.actors {
            if !out.iter().any(|(a, _, _)| a == actor) {
                out.push((actor.clone(), mention.via, mention.confidence));
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
