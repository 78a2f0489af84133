//! Searching the mentions before a noun for one that it can mean.

use super::{Resolver, Role, office};
use chancery_model::{Actor, Sector, Span, Token};

// How far back, in sentences, a definite noun looks for one that it repeats, and for one that it only fits.
pub(super) const REPEATED: usize = 12;
pub(super) const FITTING: usize = 5;

/// What a noun was resolved to, before it becomes a mention.
pub(super) struct Answer {
    pub actors: Vec<Actor>,
    pub via: Option<Span<Token>>,
    pub confidence: f32,
    pub reason: String,
    pub figure: Option<usize>,
}

impl Resolver<'_, '_> {
    // A former president is not "the president", nor is a president "the opposition leader".
    pub(super) fn agrees_in_role(&self, i: usize, role: &Role) -> bool {
        let Some(f) = self.traits[i].figure else { return false };
        if self.figures[f].former != role.former {
            return false;
        }
        let sector = self.out[i].actors.first().and_then(|a| a.sector);
        match (role.sector, sector) {
            (Some(Sector::Gov), Some(s)) => !matches!(s, Sector::Opp | Sector::Reb),
            (
                Some(wanted @ (Sector::Opp | Sector::Pty | Sector::Reb | Sector::Mil | Sector::Cop | Sector::Jud | Sector::Leg)),
                Some(Sector::Gov),
            ) => wanted == Sector::Leg,
            _ => true,
        }
    }

    /// Whether the person of a mention bears a title that ends in `lemma`, and `title` as a whole where more is said.
    pub(super) fn titled(&self, i: usize, lemma: &str, title: &str) -> bool {
        let Some(f) = self.traits[i].figure else { return false };
        let figure = &self.figures[f];
        let title = title.to_lowercase();
        let wide = matches!(lemma, "leader" | "ruler" | "dictator" | "strongman" | "autocrat" | "statesman" | "politician");
        let by_text = figure.titles.iter().any(|t| {
            t == lemma
                || *t == title
                || t.ends_with(lemma)
                    && title.split(' ').filter(|w| office::kind(&title).is_some() || *w == lemma).all(|w| t.contains(w))
        });
        let same_office = office::kind(&title).filter(|k| *k != chancery_lexicon::OfficeKind::HeadOfState);
        // "the premier" is the prime minister: of the state at home, where none is said.
        let own = || {
            let sentence = self.scene.document.sentence_of(self.out[i].head).unwrap_or(0);
            self.scene.own(sentence).is_some_and(|(code, _)| self.out[i].actors.iter().any(|a| a.code == code))
        };
        let by_text = by_text || same_office.is_some_and(|k| own() && figure.titles.iter().any(|t| office::kind(t) == Some(k)));
        let by_office = figure.entry.is_some_and(|e| {
            let tenures = &self.scene.lexicon.entry(e).tenures;
            tenures.iter().any(|(k, t)| {
                self.scene.day.is_none_or(|d| t.holds(d))
                    && (office::matches(t, *k, &title) || wide && office::matches(t, *k, lemma))
            })
        });
        by_text || by_office
    }

    // The nearest earlier mention of a person that fits, else the first later one.
    pub(super) fn nearest_figure(&self, n: usize, fits: impl Fn(&Self, usize) -> bool) -> Option<Answer> {
        let order = (0..n).rev().chain(n + 1..self.scene.document.words.len());
        for t in order {
            if let Some(i) = self.mention_at(t)
                && let Some(f) = self.traits[i].figure
                && fits(self, i)
            {
                let m = &self.out[i];
                return Some(Answer {
                    actors: m.actors.clone(),
                    via: Some(m.tokens),
                    confidence: 0.75,
                    reason: "coreference: person with that title".to_owned(),
                    figure: Some(f),
                });
            }
        }
        None
    }

    // The nearest earlier mention within some sentences that fits.
    pub(super) fn back(&self, n: usize, sentences: usize, why: &str, fits: impl Fn(&Self, usize) -> bool) -> Option<Answer> {
        let doc = self.scene.document;
        let here = doc.sentence_of(n)?;
        for t in (0..n).rev() {
            if doc.sentence_of(t).is_some_and(|s| here - s > sentences) {
                break;
            }
            if let Some(i) = self.mention_at(t)
                && !doc.subtree(t).contains(n)
                && fits(self, i)
            {
                let m = &self.out[i];
                let confidence = (m.confidence * 0.9).min(0.7);
                return Some(Answer {
                    actors: m.actors.clone(),
                    via: Some(m.via.unwrap_or(m.tokens)),
                    confidence,
                    reason: format!("coreference: {why}"),
                    figure: self.traits[i].figure,
                });
            }
        }
        None
    }
}

// Within some sentences before.
pub(super) fn near_before(r: &Resolver, i: usize, n: usize) -> bool {
    let doc = r.scene.document;
    let (Some(here), Some(there)) = (doc.sentence_of(n), doc.sentence_of(r.out[i].head)) else { return false };
    there <= here && here - there <= FITTING
}
