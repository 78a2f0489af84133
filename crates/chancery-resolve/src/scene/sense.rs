//! Which sense of a name fits here: by its words' tags, the article's date and the states that it is about.

use super::{Hit, Scene, is_state};
use crate::{phrase, place};
use chancery_lexicon::{EntryKind, FormKind, OfficeKind, Sense, fold};
use chancery_model::{NameKind, Span, Token, Upos};
use std::collections::BTreeSet;

impl Scene<'_> {
    pub(super) fn allowed(&self, span: Span<Token>, sense: &Sense) -> bool {
        let words = &self.document.words[span.range()];
        let kind = self.lexicon.entry(sense.entry).kind;
        if words.iter().all(|w| !matches!(w.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)) {
            return false;
        }
        let lower = words.iter().all(|w| w.text.chars().next().is_some_and(char::is_lowercase));
        if lower && matches!(kind, EntryKind::Place | EntryKind::Person | EntryKind::State) {
            return false;
        }
        // "South American" is not American.
        let continent = span.start > 0
            && matches!(
                self.document.words[span.start - 1].text.as_str(),
                "South" | "North" | "Latin" | "Central" | "East" | "West" | "Southern"
            );
        if continent
            && sense.form == FormKind::Adjective
            && words.len() == 1
            && matches!(words[0].text.as_str(), "American" | "African" | "Asian" | "European" | "Arabian")
        {
            return false;
        }
        let person = kind == EntryKind::Person;
        if let Some(name) = self.name(span.start)
            && name.kind == NameKind::Person
            && !person
            && name.tokens.len() > span.len()
            && name.tokens.covers(span)
        {
            return false; // "Michael Jordan" is no state
        }
        // nor is "Jordan" after him, in an article that does not speak of the state otherwise
        if !person && words.len() == 1 && self.is_namesake(span, sense) {
            return false;
        }
        if person && words.len() == 1 && words[0].upos != Upos::Propn {
            return false;
        }
        true
    }

    // Whether somebody named in full bears the name of a state or place that the document mentions by no other word.
    fn is_namesake(&self, span: Span<Token>, sense: &Sense) -> bool {
        let entry = self.lexicon.entry(sense.entry);
        let word = &self.document.words[span.start].text;
        matches!(entry.kind, EntryKind::State | EntryKind::Place)
            && matches!(sense.form, FormKind::Name | FormKind::Capital)
            && self.in_full.contains_key(&fold(word))
            && !place::is_locative(self.document, self.document.head_of(span))
            && !self.document.words.iter().filter(|w| w.text != *word).any(|w| {
                let about = self.lexicon.look_up(&w.text);
                w.upos != Upos::Punct
                    && about.iter().any(|s| s.form != FormKind::Surname && self.lexicon.entry(s.entry).code == entry.code)
            })
    }

    // The state in which the text itself says that a town lies: "Tripoli, northern Lebanon,", "Tripoli, the Lebanese city", "the Lebanese
    // city of Tripoli", "the Seychelles capital, Victoria".
    fn said_to_lie_in(&self, found: &[(Span<Token>, Vec<Sense>)], at: usize) -> Option<&str> {
        let words = &self.document.words;
        let (town, _) = &found[at];
        let is_town = |t: usize| {
            words.get(t).is_some_and(|w| {
                w.upos == Upos::Noun && matches!(w.lemma.as_str(), "city" | "town" | "village" | "port" | "capital")
            })
        };
        let state = |senses: &[Sense]| {
            let of = senses.iter().find(|s| self.lexicon.entry(s.entry).kind == EntryKind::State && s.form != FormKind::Capital);
            of.map(|s| self.lexicon.entry(s.entry).code.as_str())
        };
        let whole = |senses: &[Sense]| {
            let small = |s: &Sense| s.form == FormKind::Capital || self.lexicon.entry(s.entry).feature == "city";
            let province = senses.iter().find(|s| self.lexicon.entry(s.entry).feature == "province");
            let of = || province.map(|s| self.lexicon.entry(s.entry).code.as_str());
            if senses.iter().any(small) { None } else { state(senses).or_else(of) }
        };
        if let Some((after, senses)) = found.get(at + 1) {
            let apposed =
                words.get(town.end).is_some_and(|w| w.text == ",") && words.get(town.end + 1).is_some_and(|w| w.text == "the");
            if apposed && after.start == town.end + 2 && is_town(after.end) {
                return state(senses);
            }
            if self.follows_as_whole(*town, *after) {
                return whole(senses);
            }
        }
        let (before, senses) = found.get(at.checked_sub(1)?)?;
        let joined = matches!(&words[before.end..town.start], [_, of] if matches!(of.text.as_str(), "of" | ","));
        (joined && is_town(before.end)).then(|| state(senses)).flatten()
    }

    /// Whether a name stands after another one as the whole that it lies in: "Tripoli, northern Lebanon,".
    pub(super) fn follows_as_whole(&self, part: Span<Token>, whole: Span<Token>) -> bool {
        let words = &self.document.words;
        let direction = |w: &chancery_model::Word| place::is_direction(&w.text);
        let between = part.end <= whole.start
            && words[part.end..whole.start].split_first().is_some_and(|(c, rest)| c.text == "," && rest.iter().all(direction));
        let closed = words.get(whole.end).is_none_or(|w| w.upos == Upos::Punct)
            || self.document.sentence_of(whole.end) != self.document.sentence_of(whole.start);
        between && closed
    }

    pub(super) fn choose(&mut self, found: &[(Span<Token>, Vec<Sense>)]) {
        let mut hits = Vec::new();
        let in_full: BTreeSet<usize> =
            found.iter().flat_map(|(_, senses)| senses).filter(|s| s.form != FormKind::Surname).map(|s| s.entry).collect();
        for (at, (span, senses)) in found.iter().enumerate() {
            let score = |s: &Sense| self.score(*span, s, senses, &in_full);
            let lies_in = self.said_to_lie_in(found, at);
            let there = |s: &&Sense| lies_in.is_none_or(|code| self.lexicon.entry(s.entry).code == code);
            let is_state = |s: &Sense| self.lexicon.entry(s.entry).kind == EntryKind::State && s.form == FormKind::Name;
            // a list of states is none of wholes and parts
            let senses: Vec<&Sense> = match senses.iter().filter(there).collect::<Vec<_>>() {
                none if none.is_empty() && senses.iter().any(is_state) => senses.iter().collect(),
                some => some,
            };
            let pick = |place: bool| {
                let mut best: Option<(f32, Sense)> = None;
                for &s in senses.iter().filter(|s| (self.lexicon.entry(s.entry).kind == EntryKind::Place) == place) {
                    let points = score(s);
                    if best.is_none_or(|(b, _)| points > b) {
                        best = Some((points, *s));
                    }
                }
                best
            };
            let (mut actor, place) = (pick(false), pick(true));
            if let (Some((a, sa)), Some((p, sp))) = (actor, place) {
                let (ea, ep) = (self.lexicon.entry(sa.entry), self.lexicon.entry(sp.entry));
                // "Tripoli" in an article on Lebanon is not Libya's government.
                if ea.code != ep.code && p > a {
                    actor = None;
                }
            }
            if actor.is_some_and(|(points, _)| points <= 0.0) {
                actor = None;
            }
            let as_state = |s: Sense| {
                self.lexicon.entry(s.entry).kind == EntryKind::State
                    && matches!(s.form, FormKind::Name | FormKind::Abbreviation | FormKind::Capital)
            };
            let place = match (actor, place) {
                (Some((_, a)), Some((_, p)))
                    if as_state(a)
                        && a.form != FormKind::Capital
                        && self.lexicon.entry(a.entry).code == self.lexicon.entry(p.entry).code =>
                {
                    Some(a)
                }
                (Some((a, s)), Some((p, _))) if as_state(s) && s.form != FormKind::Capital && a >= p => Some(s),
                (_, Some((_, p))) => Some(p),
                (Some((_, a)), None) if as_state(a) => Some(a),
                _ => None,
            };
            if actor.is_none() && place.is_none() {
                continue;
            }
            let confidence = actor.map_or(0.0, |(p, _)| (0.5 + p / 12.0).clamp(0.3, 0.98));
            hits.push(Hit { tokens: *span, head: self.document.head_of(*span), actor: actor.map(|a| a.1), place, confidence });
        }
        self.hits = hits;
        for (i, hit) in self.hits.iter().enumerate() {
            for slot in self.at.iter_mut().take(hit.tokens.end).skip(hit.tokens.start) {
                *slot = Some(i);
            }
        }
    }

    /// How well a sense fits its words, the article's date, the states it is about and whom it names in full.
    fn score(&self, span: Span<Token>, sense: &Sense, senses: &[Sense], in_full: &BTreeSet<usize>) -> f32 {
        let entry = self.lexicon.entry(sense.entry);
        let share = self.share(&entry.code);
        let mut points = match sense.form {
            FormKind::Surname => -1.0,
            FormKind::Metonym => 3.0,
            _ => 4.0,
        };
        points += 3.0 * share + doublings(entry.weight).min(23.0) * 0.035;
        if let Some(day) = self.day {
            let outside = entry.from.is_some_and(|f| f > day) || entry.to.is_some_and(|t| t < day);
            points -= if outside { 2.0 } else { 0.0 };
            if entry.kind == EntryKind::Person {
                points += if entry.tenures.iter().any(|(_, t)| t.holds(day)) { 2.0 } else { 0.0 };
                points -= if entry.tenures.iter().all(|(_, t)| t.from.is_some_and(|f| f > day)) { 2.0 } else { 0.0 };
            }
        }
        if let Some(name) = self.name(span.start) {
            use EntryKind::*;
            let fits = match name.kind {
                NameKind::Person => entry.kind == Person,
                NameKind::Location => matches!(entry.kind, State | Place),
                NameKind::Organisation => matches!(entry.kind, Organisation | Group | Force | Outlet | State),
                NameKind::Other => {
                    matches!(sense.form, FormKind::Adjective | FormKind::People) || matches!(entry.kind, Group | Organisation)
                }
            };
            points += if fits { 1.0 } else { -1.0 } * name.score;
            if entry.kind == Person && name.kind == NameKind::Location {
                points -= 2.0;
            }
        }
        if self.day.is_none() && entry.kind == EntryKind::Person && !entry.tenures.is_empty() {
            points += 1.0; // news is mostly of people in office
        }
        if sense.form == FormKind::Surname {
            points += if in_full.contains(&sense.entry) { 3.0 } else { self.namesakes(span, sense) };
            points += self.surname(span, sense, senses);
        }
        // "Left" as an adjective is no party.
        let body = matches!(entry.kind, EntryKind::Organisation | EntryKind::Force | EntryKind::Group | EntryKind::Outlet);
        if body
            && span.len() == 1
            && sense.form == FormKind::Name
            && self.document.words[span.start].upos != Upos::Propn
            && share < 0.2
        {
            points -= 5.0;
        }
        // "Congress" is another state's own here, if its name says nothing more; the State Department is quoted by that name everywhere.
        const QUOTED: f64 = 75.0;
        if matches!(entry.kind, EntryKind::Organisation | EntryKind::Force | EntryKind::Group)
            && is_state(&entry.code)
            && share < 0.2
            && entry.weight < QUOTED
            && self.generic(span)
        {
            points -= 6.0;
        }
        // "Newsweek" is itself; "The National" may begin anything, "Foreign Affairs" end it.
        if entry.kind == EntryKind::Outlet {
            let part = self.name(span.start).is_some_and(|n| n.tokens.len() > span.len() + 1)
                || self.document.words.get(span.end).is_some_and(|w| w.upos == Upos::Propn);
            let whole = self.name(span.start).is_some_and(|n| n.kind == NameKind::Organisation) || span.len() > 2;
            points -= if part || self.generic(span) {
                6.0
            } else if whole {
                0.5
            } else {
                2.0
            };
        }
        points
    }

    // Whether a name is made of common nouns and the words before them only.
    pub(super) fn generic(&self, span: Span<Token>) -> bool {
        const PLAIN: [&str; 14] = [
            "national",
            "transitional",
            "supreme",
            "general",
            "the",
            "of",
            "and",
            "people",
            "'s",
            "for",
            "high",
            "joint",
            "interim",
            "central",
        ];
        span.range().all(|t| {
            let word = self.document.words[t].text.to_lowercase();
            PLAIN.contains(&word.as_str()) || crate::nouns::noun(&word).is_some() || crate::nouns::modifier(&word).is_some()
        })
    }

    /// What speaks for a surname alone: a title before it, no other given name, a state near it.
    fn surname(&self, span: Span<Token>, sense: &Sense, senses: &[Sense]) -> f32 {
        let doc = self.document;
        let entry = self.lexicon.entry(sense.entry);
        let mut points = 0.0;
        if let Some(name) = self.name(span.start).filter(|n| n.kind == NameKind::Person && n.tokens.len() > span.len()) {
            let text = phrase::text(doc, name.tokens);
            match chancery_lexicon::similar_names(&entry.name, &text) {
                Some(s) if s > 0.8 => points += 3.0,
                _ => return -10.0,
            }
        } else if span.start > 0
            && doc.words[span.start - 1].upos == Upos::Propn
            && doc.sentence_of(span.start - 1) == doc.sentence_of(span.start)
        {
            let before = span.start - 1;
            let title = crate::nouns::noun(&doc.words[before].text).is_some()
                || self
                    .lexicon
                    .look_up(&doc.words[before].text)
                    .iter()
                    .any(|s| self.lexicon.entry(s.entry).kind == EntryKind::State);
            points += if title { 1.0 } else { -4.0 };
        }
        let marked = self.name(span.start).is_some_and(|n| n.kind == NameKind::Person);
        if marked && self.stands_out(sense, senses) {
            points += 2.0;
        } else if self.share(&entry.code) == 0.0 {
            points -= 3.0;
        }
        points
    }

    // "Brown" is nobody else where the article names one of that surname in full.
    fn namesakes(&self, span: Span<Token>, sense: &Sense) -> f32 {
        let known = &self.lexicon.entry(sense.entry).name;
        let others = self.in_full.get(&fold(&self.document.words[span.end - 1].text));
        let other =
            others.is_some_and(|all| !all.iter().any(|n| chancery_lexicon::similar_names(known, n).is_some_and(|s| s > 0.8)));
        if other { -10.0 } else { 0.0 }
    }

    // Whether a surname alone can only mean this one: who leads a state or speaks for it on the article's day, or once led it, and outweighs
    // all others of that surname.
    fn stands_out(&self, sense: &Sense, senses: &[Sense]) -> bool {
        // How much more prominent than any other, and how much less those are who left.
        const AHEAD: f64 = 15.0;
        let Some(day) = self.day else { return false };
        let standing = |s: &Sense, every: bool| {
            let entry = self.lexicon.entry(s.entry);
            let leads = |k: OfficeKind| matches!(k, OfficeKind::HeadOfState | OfficeKind::HeadOfGovernment);
            let speaks = |k: OfficeKind| leads(k) || matches!(k, OfficeKind::ForeignMinister | OfficeKind::IgoHead);
            if entry.tenures.iter().any(|(k, t)| (every || speaks(*k)) && t.holds(day)) {
                entry.weight
            } else if entry.tenures.iter().any(|(k, t)| leads(*k) && t.to.is_some_and(|to| to < day)) {
                entry.weight - AHEAD
            } else {
                0.0
            }
        };
        let own = standing(sense, false);
        own > 0.0 && senses.iter().filter(|s| s.entry != sense.entry).all(|s| standing(s, true) + AHEAD <= own)
    }
}

/// How often one doubles to a weight, with straight lines between the powers of two: a logarithm that is the same on every machine.
fn doublings(weight: f64) -> f32 {
    let bits = weight.max(1.0).to_bits();
    let power = ((bits >> 52) & 0x7ff) as f32 - 1023.0;
    power + (bits & ((1 << 52) - 1)) as f32 / (1u64 << 52) as f32
}

#[cfg(test)]
mod tests {
    use super::doublings;

    #[test]
    fn doublings_are_exact_at_powers_of_two_and_grow_between() {
        assert_eq!((doublings(0.0), doublings(1.0), doublings(1024.0)), (0.0, 0.0, 10.0));
        assert_eq!(doublings(3.0), 1.5);
        assert!(doublings(5_000_000.0) > doublings(4_999_999.0 / 2.0));
    }
}
