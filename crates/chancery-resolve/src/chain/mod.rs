//! Chains: which phrases of a document mean the same person, organisation or place.
//!
//! Every noun phrase is a candidate. Each is linked to the earlier phrase for which most speaks, or begins a chain of its own; what its
//! members look like then tells what a chain means, and chains of anything else are dropped. All weights were fitted on annotated documents.

mod kind;
mod link;
mod phrases;
mod weights;

use crate::{phrase, scene::Scene};
use chancery_model::{Chain, ChainKind, ChainPhrase, Document, Mention, MentionKind, Upos};
use phrases::Phrase;

/// The chains of a document, ordered by their first phrase.
pub(crate) fn chains(scene: &Scene, mentions: &[Mention], genders: &[Option<char>]) -> Vec<Chain> {
    let phrases = phrases::phrases(scene, mentions, genders);
    let sums: Vec<weights::Kinds> = phrases.iter().map(|p| kind::sums(scene, p)).collect();
    let kinds: Vec<usize> = sums.iter().map(kind::best).collect();
    let table = link::Table::new(scene.document, mentions, &phrases, &kinds);
    let mut root: Vec<usize> = Vec::with_capacity(phrases.len());
    for i in 0..phrases.len() {
        root.push(antecedent(&table, i).map_or(i, |j| root[j]));
    }
    let mut out = Vec::new();
    for r in 0..phrases.len() {
        let members: Vec<usize> = if root[r] == r { (r..phrases.len()).filter(|&i| root[i] == r).collect() } else { continue };
        let mut all = weights::Kinds::default();
        for &m in &members {
            for k in 0..4 {
                all[k] += sums[m][k];
            }
        }
        let kind = match kind::best(&all) {
            0 => ChainKind::Person,
            1 => ChainKind::Organisation,
            2 => ChainKind::Place,
            _ => continue,
        };
        let phrase = |&m: &usize| ChainPhrase { tokens: phrases[m].tokens, head: phrases[m].head };
        out.push(Chain { kind, phrases: members.iter().map(phrase).collect() });
    }
    out
}

/// The mentions, and with them the phrases of chains that had no actors yet but have an antecedent with some.
///
/// Only where all mentions of a chain agree on who is meant; places are left alone, which do not act when they are mentioned again.
pub(crate) fn carried(document: &Document, mut mentions: Vec<Mention>, chains: &[Chain]) -> Vec<Mention> {
    let mut new: Vec<Mention> = Vec::new();
    for chain in chains.iter().filter(|c| c.kind != ChainKind::Place && c.phrases.len() > 1) {
        let at = |head: usize| mentions.binary_search_by_key(&head, |m| m.head).ok().map(|i| &mentions[i]);
        let known: Vec<&Mention> = chain.phrases.iter().filter_map(|p| at(p.head)).collect();
        let Some(first) = known.first().filter(|f| known.iter().all(|k| same(f, k))) else { continue };
        for p in &chain.phrases {
            let before = known.iter().rev().find(|k| k.head < p.head).or(Some(first)).filter(|_| at(p.head).is_none());
            let Some(from) = before else { continue };
            let kind = match document.words[p.head].upos {
                Upos::Pron | Upos::Det => MentionKind::Pronoun,
                Upos::Propn => MentionKind::Named,
                _ => MentionKind::Nominal,
            };
            // "Western diplomats": what is new is nobody told before
            if kind == MentionKind::Nominal && !phrase::is_definite(document, p.head) {
                continue;
            }
            new.push(Mention {
                tokens: p.tokens,
                head: p.head,
                kind,
                actors: from.actors.clone(),
                via: Some(from.via.unwrap_or(from.tokens)),
                confidence: (from.confidence * 0.7).min(0.5),
                reason: format!("coreference: chain of {}", document.words[from.head].text),
            });
        }
    }
    mentions.extend(new);
    mentions.sort_by_key(|m| (m.head, m.tokens.start));
    mentions
}

fn same(a: &Mention, b: &Mention) -> bool {
    a.actors.len() == b.actors.len() && a.actors.iter().zip(&b.actors).all(|(x, y)| x.code == y.code && x.entity == y.entity)
}

// The earlier phrase that most speaks for, if more than for none.
fn antecedent(table: &link::Table, i: usize) -> Option<usize> {
    let mut best = (table.new_chain(i).sum(), None);
    for j in (0..i).rev() {
        if i - j > 400 {
            break;
        }
        if table.candidate(j, i) {
            let sum = table.pair(j, i).sum();
            if sum > best.0 {
                best = (sum, Some(j));
            }
        }
    }
    best.1
}

/// One phrase with all that its weights are fitted on.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The phrase.
    pub phrase: ChainPhrase,
    /// What it looks like.
    pub kind: Vec<String>,
    /// Features of its beginning a chain, as indices into [`link_names`].
    pub alone: Vec<u16>,
    /// The earlier phrases that it could continue, with the features of each pair.
    pub links: Vec<(usize, Vec<u16>)>,
}

/// Names of the weights of links.
pub fn link_names() -> Vec<String> {
    link::names()
}

/// What chains are judged by, for fitting the weights.
pub(crate) fn evidence(scene: &Scene, mentions: &[Mention], genders: &[Option<char>]) -> Vec<Evidence> {
    let phrases: Vec<Phrase> = phrases::phrases(scene, mentions, genders);
    let sums: Vec<weights::Kinds> = phrases.iter().map(|p| kind::sums(scene, p)).collect();
    let kinds: Vec<usize> = sums.iter().map(kind::best).collect();
    let table = link::Table::new(scene.document, mentions, &phrases, &kinds);
    let one = |i: usize| Evidence {
        phrase: ChainPhrase { tokens: phrases[i].tokens, head: phrases[i].head },
        kind: kind::features(scene, &phrases[i]),
        alone: table.new_chain(i).on,
        links: (i.saturating_sub(400)..i).rev().filter(|&j| table.candidate(j, i)).map(|j| (j, table.pair(j, i).on)).collect(),
    };
    (0..phrases.len()).map(one).collect()
}
