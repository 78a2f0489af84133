//! What common nouns say of who is meant: the table `data/nouns.tsv`, read once.

use chancery_model::Sector;
use std::{collections::BTreeMap, sync::OnceLock};

/// What sort of actor a noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NounKind {
    /// A human being in a role.
    Person,
    /// An organ, office or company.
    Body,
    /// People under arms.
    Armed,
    /// A country or side.
    State,
    /// Something that a force moves ("jets").
    Thing,
    /// A deed that stands for those who do it ("demonstrations").
    Act,
}

/// One noun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    /// What sort of actor.
    pub kind: NounKind,
    /// Its sector, or the sector it has when nothing else is said.
    pub sector: Sector,
    /// Whether it takes the sector of those it belongs to ("a Hezbollah leader").
    pub neutral: bool,
    /// `m`, `f` where the noun says so.
    pub gender: Option<char>,
}

struct Table {
    nouns: BTreeMap<&'static str, Noun>,
    modifiers: BTreeMap<&'static str, Sector>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut out = Table { nouns: BTreeMap::new(), modifiers: BTreeMap::new() };
        for line in include_str!("../data/nouns.tsv").lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            let [word, kind, sector, neutral, gender] = fields[..] else { continue };
            let Ok(sector) = sector.parse::<Sector>() else { continue };
            let kind = match kind {
                "person" => NounKind::Person,
                "body" => NounKind::Body,
                "armed" => NounKind::Armed,
                "state" => NounKind::State,
                "thing" => NounKind::Thing,
                "act" => NounKind::Act,
                _ => {
                    out.modifiers.insert(word, sector);
                    continue;
                }
            };
            let gender = gender.chars().next().filter(|g| *g != '-');
            out.nouns.insert(word, Noun { kind, sector, neutral: neutral == "1", gender });
        }
        out
    })
}

/// The noun with that dictionary form; compounds with a hyphen by their last part ("vice-president"), those of a general officer by their
/// first ("attorney-general"). What the table writes with a capital must have one ("the House").
pub(crate) fn noun(lemma: &str) -> Option<Noun> {
    let lower = lemma.to_lowercase();
    let nouns = &table().nouns;
    if let Some(n) = nouns.get(lemma) {
        return Some(*n);
    }
    if let Some(first) = lower.strip_suffix("-general") {
        return nouns.get(first).copied();
    }
    for form in [lower.as_str(), singular(&lower).as_str()] {
        if let Some(n) = nouns.get(form) {
            return Some(*n);
        }
    }
    let last = lower.rsplit('-').next().filter(|l| *l != lower)?;
    nouns.get(last).or_else(|| nouns.get(singular(last).as_str())).copied()
}

/// The sector that a word gives to the noun it stands before ("riot" police, "opposition" leader).
pub(crate) fn modifier(word: &str) -> Option<Sector> {
    let lower = word.to_lowercase();
    table().modifiers.get(lower.as_str()).copied().or_else(|| {
        noun(&lower)
            .filter(|n| !n.neutral && !matches!(lower.as_str(), "general" | "major" | "state") && n.kind != NounKind::State)
            .map(|n| n.sector)
    })
}

/// The singular of a lower-case word. Lemmas are singular already; names in capitals ("Guards", "Authorities") are not.
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = word.strip_suffix("men") {
        format!("{stem}man")
    } else {
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_inflects() {
        assert!(table().nouns.len() > 300);
        assert_eq!(noun("Guards").map(|n| n.sector), Some(Sector::Cop));
        assert_eq!(noun("authorities").map(|n| n.sector), Some(Sector::Gov));
        assert_eq!(noun("gunmen").map(|n| n.sector), Some(Sector::Uaf));
        assert_eq!(modifier("Rebel"), Some(Sector::Reb));
        assert!(noun("success").is_none() && noun("talks").is_none());
    }
}
