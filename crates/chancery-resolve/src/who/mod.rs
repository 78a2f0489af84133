//! Who: names first, over the whole document, then common nouns and pronouns from left to right.

mod again;
mod names;
mod nominal;
mod office;
mod people;
mod role;
mod search;
mod several;
mod spelling;

use crate::{nouns::NounKind, scene::Scene};
use chancery_model::{Actor, Mention, MentionKind, Sector, Span, Token};

pub(crate) use names::AS_PLACE;
pub(crate) use people::{Figure, is_style};
pub(crate) use role::Role;

/// What agreement and search need to know of a mention beside its actors.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traits {
    pub kind: Option<NounKind>,
    pub plural: bool,
    pub gender: Option<char>,
    /// Nouns that describe it, as dictionary forms ("party", "minister").
    pub nouns: Vec<String>,
    /// The person it means, as an index into the figures.
    pub figure: Option<usize>,
}

/// The mentions found so far, by their head token.
pub(crate) struct Resolver<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub out: Vec<Mention>,
    pub traits: Vec<Traits>,
    pub figures: Vec<Figure>,
    at: Vec<Option<usize>>,
    cover: Vec<Option<usize>>,
    open: Vec<bool>,
    /// While persons are being described, common nouns and pronouns wait.
    names_only: bool,
}

impl<'s, 'a> Resolver<'s, 'a> {
    fn new(scene: &'s Scene<'a>) -> Self {
        let n = scene.document.words.len();
        Resolver {
            scene,
            out: Vec::new(),
            traits: Vec::new(),
            figures: Vec::new(),
            at: vec![None; n],
            cover: vec![None; n],
            open: vec![true; n],
            names_only: true,
        }
    }

    /// The mention whose head is `token`.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.at.get(token).copied().flatten()
    }

    /// The name that holds `token`.
    pub fn name_at(&self, token: usize) -> Option<usize> {
        self.cover.get(token).copied().flatten()
    }

    /// Adds a mention; the first one at a head stays.
    pub fn add(&mut self, mention: Mention, traits: Traits) -> Option<usize> {
        if mention.actors.is_empty() || self.at[mention.head].is_some() {
            return None;
        }
        let index = self.out.len();
        self.at[mention.head] = Some(index);
        if matches!(mention.kind, MentionKind::Named | MentionKind::Adjective) {
            for slot in &mut self.cover[mention.tokens.range()] {
                slot.get_or_insert(index);
            }
        }
        self.out.push(mention);
        self.traits.push(traits);
        Some(index)
    }

    /// The mention at a head, resolved now if it was not yet; each token is tried once.
    pub fn resolve(&mut self, token: usize) -> Option<usize> {
        if let Some(i) = self.mention_at(token).or_else(|| self.name_at(token)) {
            return Some(i);
        }
        if self.names_only || !std::mem::replace(&mut self.open[token], false) {
            return None;
        }
        self.nominal(token).or_else(|| self.pronoun(token))
    }

    /// An actor for a state or its government.
    pub fn state(&self, code: &str, sector: Sector) -> Actor {
        let entry = self.scene.lexicon.state(code);
        Actor {
            code: code.to_owned(),
            sector: Some(sector),
            entity: entry.filter(|_| sector == Sector::Gov).map(|e| e.name.clone()),
            identifier: entry.filter(|_| sector == Sector::Gov).and_then(|e| e.wikidata.clone()),
            office: None,
            tenures: Vec::new(),
        }
    }
}

/// Everyone a document speaks of, and the gender of each where it is known.
pub(crate) fn mentions(scene: &Scene) -> (Vec<Mention>, Vec<Option<char>>) {
    let mut resolver = Resolver::new(scene);
    resolver.names();
    resolver.people();
    resolver.names_only = false;
    for token in 0..scene.document.words.len() {
        resolver.resolve(token);
    }
    let mut out: Vec<(Mention, Option<char>)> =
        resolver.out.into_iter().zip(resolver.traits.into_iter().map(|t| t.gender)).collect();
    out.sort_by_key(|(m, _)| (m.head, m.tokens.start));
    out.into_iter().unzip()
}

/// An actor of which only code and sector are known.
pub(crate) fn plain(code: &str, sector: Option<Sector>) -> Actor {
    Actor { code: code.to_owned(), sector, entity: None, identifier: None, office: None, tenures: Vec::new() }
}

/// A mention in one line.
pub(crate) fn mention(
    tokens: Span<Token>,
    head: usize,
    kind: MentionKind,
    actors: Vec<Actor>,
    confidence: f32,
    reason: impl Into<String>,
) -> Mention {
    Mention { tokens, head, kind, actors, via: None, confidence, reason: reason.into() }
}
