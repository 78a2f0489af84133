//! What is known of a document before anyone in it is resolved: lexicon hits, and the states it is about.

mod sense;

use chancery_lexicon::{EntryKind, FormKind, Lexicon, Sense, fold};
use chancery_model::{Article, Document, NameKind, Span, Token, Upos};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A stretch of words that the lexicon knows, with the senses that fit here.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub tokens: Span<Token>,
    pub head: usize,
    /// As an actor: state, person, organisation, group, force or outlet.
    pub actor: Option<Sense>,
    /// As a place: the place itself, or a state.
    pub place: Option<Sense>,
    /// How much better the actor sense is than nothing, 0..=1.
    pub confidence: f32,
}

/// A document with everything that its resolution looks up.
pub(crate) struct Scene<'a> {
    pub article: &'a Article,
    pub document: &'a Document,
    pub lexicon: &'a Lexicon,
    /// Publication date.
    pub day: Option<Date>,
    /// In order, without overlap.
    pub hits: Vec<Hit>,
    at: Vec<Option<usize>>,
    named: Vec<Option<usize>>,
    /// How much the document is about each state.
    pub weights: BTreeMap<String, f32>,
    /// The same for each sentence.
    pub by_sentence: Vec<BTreeMap<String, f32>>,
    /// The state that the document is chiefly about, with its share of all mentions of states.
    pub home: Option<(String, f32)>,
    /// The state whose government publishes the article itself.
    pub publisher: Option<String>,
    /// How much speaks for each state as the one at home here.
    pub evidence: BTreeMap<String, f32>,
    /// Persons whom the document names in full, without titles, by their folded last word.
    pub in_full: BTreeMap<String, Vec<String>>,
}

/// Codes of the codebook that are no states.
pub(crate) const SUPRANATIONAL: [&str; 8] = ["UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM", "UNK"];

/// Whether a code is that of a state or territory.
pub(crate) fn is_state(code: &str) -> bool {
    code.len() == 3 && !SUPRANATIONAL.contains(&code)
}

impl<'a> Scene<'a> {
    pub fn new(article: &'a Article, document: &'a Document, lexicon: &'a Lexicon) -> Self {
        let mut named = vec![None; document.words.len()];
        for (i, name) in document.names.iter().enumerate() {
            for slot in named.iter_mut().take(name.tokens.end).skip(name.tokens.start) {
                *slot = Some(i);
            }
        }
        let mut scene = Scene {
            article,
            document,
            lexicon,
            day: article.published.map(|p| p.date),
            hits: Vec::new(),
            at: vec![None; document.words.len()],
            named,
            weights: BTreeMap::new(),
            by_sentence: vec![BTreeMap::new(); document.sentences.len()],
            home: None,
            publisher: None,
            evidence: BTreeMap::new(),
            in_full: in_full(document),
        };
        let found = scene.find();
        // Twice: what is certain tells which states the article is about, and these settle the rest.
        let sure: Vec<_> =
            found.iter().map(|(s, senses)| (*s, certain(lexicon, senses).filter(|_| !scene.generic(*s)))).collect();
        scene.weigh(&sure);
        scene.choose(&found);
        let codes: Vec<_> = scene
            .hits
            .iter()
            .filter(|h| !scene.generic(h.tokens))
            .map(|h| (h.tokens, h.actor.or(h.place).map(|s| lexicon.entry(s.entry).code.clone())))
            .collect();
        scene.weigh(&codes);
        scene.publisher = scene.publisher();
        scene.evidence = crate::home::evidence(&scene);
        scene
    }

    /// The hit that holds a token.
    pub fn hit(&self, at: usize) -> Option<&Hit> {
        self.at.get(at).copied().flatten().map(|i| &self.hits[i])
    }

    /// Whether words stand in the dateline, where nobody acts.
    pub fn in_dateline(&self, tokens: Span<Token>) -> bool {
        self.article.dateline.as_ref().is_some_and(|d| d.span.overlaps(self.document.bytes(tokens)))
    }

    /// Whether a state is named only to say where the town before it lies ("Nairobi, Kenya,").
    pub fn surrounds(&self, state: &Hit) -> bool {
        let Some(town) = state.tokens.start.checked_sub(2).and_then(|t| self.hit(t)) else { return false };
        let code = |s: Sense| &self.lexicon.entry(s.entry).code;
        let lies_there = |t: Sense| state.actor.or(state.place).is_some_and(|s| code(s) == code(t));
        let is_town = town.place.is_some_and(lies_there) && town.actor.is_none_or(|s| s.form != FormKind::Name);
        is_town && self.follows_as_whole(town.tokens, state.tokens)
    }

    /// The model's name that holds a token.
    pub fn name(&self, at: usize) -> Option<&'a chancery_model::Name> {
        self.named.get(at).copied().flatten().map(|i| &self.document.names[i])
    }

    // An outlet that is no news outlet and names a state ("U.S. Department of State") speaks for it.
    fn publisher(&self) -> Option<String> {
        let outlet = self.article.outlet.as_deref()?;
        let press = self.lexicon.look_up(outlet).iter().any(|s| self.lexicon.entry(s.entry).kind == EntryKind::Outlet);
        let organ = outlet.split_whitespace().any(|w| {
            crate::nouns::noun(w).is_some_and(|n| matches!(n.sector, chancery_model::Sector::Gov | chancery_model::Sector::Mil))
        });
        self.states_in(outlet).into_iter().next().filter(|_| !press && organ)
    }

    /// All longest matches of the lexicon, longer ones first, without overlap, with senses that the words' tags allow.
    fn find(&self) -> Vec<(Span<Token>, Vec<Sense>)> {
        let mut out = Vec::new();
        for sentence in &self.document.sentences {
            let words: Vec<&str> = self.document.words[sentence.tokens.range()].iter().map(|w| w.text.as_str()).collect();
            let mut matches = self.lexicon.find(&words);
            matches.sort_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.start));
            let mut taken = vec![false; words.len()];
            for m in matches {
                if taken[m.start..m.end].iter().any(|t| *t) {
                    continue;
                }
                let span = Span::new(sentence.tokens.start + m.start, sentence.tokens.start + m.end);
                let senses: Vec<Sense> = m.senses.into_iter().filter(|s| self.allowed(span, s)).collect();
                if !senses.is_empty() {
                    taken[m.start..m.end].fill(true);
                    out.push((span, senses));
                }
            }
        }
        out.sort_by_key(|(s, _)| s.start);
        out
    }

    /// The document's interest in a state, 0..=1.
    pub fn share(&self, code: &str) -> f32 {
        let total: f32 = self.weights.values().sum();
        if total == 0.0 { 0.0 } else { self.weights.get(code).copied().unwrap_or(0.0) / total }
    }

    fn weigh(&mut self, codes: &[(Span<Token>, Option<String>)]) {
        self.weights.clear();
        self.by_sentence.iter_mut().for_each(BTreeMap::clear);
        for (span, code) in codes {
            let (Some(code), Some(s)) = (code, self.document.sentence_of(span.start)) else { continue };
            if !is_state(code) {
                continue;
            }
            let early = if self.document.sentences[s].heading {
                2.0
            } else if s < 3 {
                1.5
            } else {
                1.0
            };
            *self.weights.entry(code.clone()).or_default() += early;
            *self.by_sentence[s].entry(code.clone()).or_default() += 1.0;
        }
        let from = self.article.dateline.as_ref().and_then(|d| d.place.as_deref());
        for (phrase, bonus) in [
            (from, DATELINE),
            (self.article.outlet.as_deref(), OUTLET),
            (self.article.title.as_deref().filter(|_| self.article.title_span.is_none()), 0.0),
        ] {
            let Some(phrase) = phrase else { continue };
            for code in self.states_in(phrase) {
                *self.weights.entry(code).or_default() += bonus + 0.5;
            }
        }
        let total: f32 = self.weights.values().sum();
        let all: BTreeMap<&str, f32> = self.weights.iter().map(|(c, w)| (c.as_str(), *w)).collect();
        self.home = best(&all).map(|(c, w)| (c.to_owned(), w / total.max(1.0)));
    }

    /// The states that a short text outside the document names (a dateline, an outlet, a title).
    pub fn states_in(&self, text: &str) -> Vec<String> {
        let whole: Vec<String> = self
            .lexicon
            .look_up(text)
            .iter()
            .map(|s| self.lexicon.entry(s.entry).code.clone())
            .filter(|c| is_state(c))
            .take(1)
            .collect();
        if !whole.is_empty() {
            return whole;
        }
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').filter(|w| !w.is_empty()).collect();
        let mut out: Vec<String> = Vec::new();
        for m in self.lexicon.find(&words) {
            let state = m.senses.iter().find(|s| self.lexicon.entry(s.entry).kind == EntryKind::State || m.senses.len() == 1);
            if let Some(code) = state.map(|s| self.lexicon.entry(s.entry).code.clone()).filter(|c| is_state(c))
                && !out.contains(&code)
            {
                out.push(code);
            }
        }
        out
    }
}

/// Persons named in full, by their folded last word.
fn in_full(document: &Document) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in document.names.iter().filter(|n| n.kind == NameKind::Person) {
        let is_name = |w: &&chancery_model::Word| {
            w.upos == Upos::Propn && w.xpos != "POS" && !crate::who::is_style(&w.text) && crate::nouns::noun(&w.text).is_none()
        };
        let words: Vec<&str> = document.words[name.tokens.range()].iter().filter(is_name).map(|w| w.text.as_str()).collect();
        if let [_, .., last] = words[..] {
            out.entry(fold(last)).or_default().push(words.join(" "));
        }
    }
    out
}

// How much a dateline and an outlet weigh beside one mention of a state.
const DATELINE: f32 = 2.5;
const OUTLET: f32 = 1.0;

pub(crate) fn best<'s>(sum: &BTreeMap<&'s str, f32>) -> Option<(&'s str, f32)> {
    let mut out: Option<(&str, f32)> = None;
    for (code, w) in sum {
        if out.is_none_or(|(_, b)| *w > b) {
            out = Some((code, *w));
        }
    }
    out
}

/// The code that all senses share, if they do.
fn certain(lexicon: &Lexicon, senses: &[Sense]) -> Option<String> {
    let strong: Vec<&Sense> = senses.iter().filter(|s| s.form != FormKind::Surname).collect();
    let states: Vec<&&Sense> = strong.iter().filter(|s| lexicon.entry(s.entry).kind == EntryKind::State).collect();
    let first = states.first().copied().or_else(|| strong.first())?;
    let code = &lexicon.entry(first.entry).code;
    let agree = if states.is_empty() {
        strong.iter().all(|s| lexicon.entry(s.entry).code == *code)
    } else {
        states.iter().all(|s| lexicon.entry(s.entry).code == *code)
    };
    agree.then(|| code.clone())
}
