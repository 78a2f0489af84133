use crate::{OfficeKind, fold::fold};
use chancery_model::Sector;
use std::collections::HashMap;

/// What a common noun for actors means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// Sector of those it means.
    pub sector: Sector,
    /// One person, several people, or a body.
    pub kind: NounKind,
    /// The office, where the noun is a title.
    pub office: Option<OfficeKind>,
    /// Whether the phrase was given in the plural.
    pub plural: bool,
}

/// How many a noun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NounKind {
    /// A person ("minister"), several in the plural.
    Person,
    /// People taken together ("troops", "opposition").
    Group,
    /// An institution ("ministry", "court").
    Body,
}

/// Common nouns by folded phrase.
#[derive(Default)]
pub(crate) struct Nouns(HashMap<String, Noun>);

impl Nouns {
    pub fn add(&mut self, noun: &str, plural: &str, sector: &str, kind: &str, office: &str) -> Result<(), String> {
        let sector = sector.parse::<Sector>().map_err(|e| e.to_string())?;
        let kind = match kind {
            "person" => NounKind::Person,
            "group" => NounKind::Group,
            "body" => NounKind::Body,
            other => return Err(format!("`{other}` is no kind of noun")),
        };
        let office = match office {
            "" => None,
            s => Some(OfficeKind::parse(s).ok_or_else(|| format!("`{s}` is no kind of office"))?),
        };
        if noun.is_empty() {
            return Err("no noun".to_owned());
        }
        let forms = std::iter::once((noun, false)).chain(plural.split('|').filter(|p| !p.is_empty()).map(|p| (p, true)));
        for (form, plural) in forms {
            if self.0.insert(fold(form), Noun { sector, kind, office, plural }).is_some() {
                return Err(format!("`{form}` stands twice"));
            }
        }
        Ok(())
    }

    pub fn get(&self, phrase: &str) -> Option<&Noun> {
        self.0.get(&fold(phrase))
    }

    pub fn len(&self) -> usize {
        self.0.values().filter(|n| !n.plural).count()
    }
}
