//! Own entries beside those that come with the program.

use super::{Own, OwnFile, OwnFormat};
use crate::{
    Entry, EntryKind, Fault, FormKind, Noun, NounKind,
    fold::fold,
    forms::{Forms, rank},
    load::{Loaded, without_particles},
};
use chancery_model::Sector;
use std::collections::HashMap;

/// Codes of the codebook that stand for no state.
const KINDS: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"];

/// How far the user's own meaning of a phrase stands before all others; no rank reaches it.
const OWN: f32 = 2000.0;

/// Prominence of an own entry that states none, and population of an own place.
const WEIGHT: f64 = 60.0;
const POPULATION: f64 = 100_000.0;

impl Loaded {
    /// Adds what an own file holds; lines that cannot be taken become faults.
    pub fn join(&mut self, file: &OwnFile) {
        let (entries, faults) = file.read();
        let before = self.faults.len();
        self.faults.extend(faults);
        let dictionary = file.format() == OwnFormat::Actors;
        let mut taken = HashMap::new();
        for own in entries {
            let line = own.line;
            let keys: Vec<u64> = std::iter::once(&own.name).chain(&own.names).map(|n| Forms::key(n)).collect();
            match self.own(own, &file.name, dictionary) {
                Ok(at) => taken.extend(keys.into_iter().map(|k| (k, at))),
                Err(what) => self.faults.push(Fault { file: file.name.clone(), line, what }),
            }
        }
        self.faults[before..].sort_by_key(|f| f.line);
        if !dictionary {
            self.yield_names(&taken);
        }
        self.forms.close();
    }

    /// Has those whom the user does not mean by a name give it up to the one of their like who is meant: however well they would fit.
    fn yield_names(&mut self, taken: &HashMap<u64, usize>) {
        let like = |at: usize| match self.entries[at].kind {
            EntryKind::Person => 0,
            EntryKind::Place => 1,
            EntryKind::State => 2,
            EntryKind::Organisation | EntryKind::Group | EntryKind::Force | EntryKind::Outlet => 3,
        };
        self.forms.give_up(|key, at, rank| rank < OWN && taken.get(&key).is_some_and(|own| *own != at && like(*own) == like(at)));
    }

    /// The entry that is meant.
    fn own(&mut self, mut own: Own, file: &str, dictionary: bool) -> Result<usize, String> {
        self.check(&own)?;
        if dictionary && own.offices.is_empty() {
            self.untitle(&mut own)?;
        }
        let known = self.known(&own)?;
        let at = match known {
            Some(at) => at,
            None if own.kind.is_none() => {
                self.ids.get(&own.code, &self.entries).ok_or_else(|| format!("{} has no role; add one to its code", own.name))?
            }
            None => self.add(self.entry_of(&own, file))?,
        };
        let person = own.kind == Some(EntryKind::Person);
        own.names.insert(0, std::mem::take(&mut own.name));
        if dictionary {
            // what is known of the same state is known better
            let code = own.code.clone();
            own.names.retain(|n| !self.forms.exact(n).iter().any(|s| self.entries[s.entry].code == code));
        } else if person && known.is_none() && own.surnames.is_empty() {
            own.surnames.extend(own.names[0].split(' ').next_back().map(str::to_owned));
        }
        self.own_forms(&own, at, dictionary);
        // a dictionary's roles say less than the offices we know
        if known.is_none() || !dictionary || self.entries[at].tenures.is_empty() {
            self.entries[at].tenures.append(&mut own.offices);
            self.entries[at].tenures.sort_by_key(|(_, t)| (t.from, t.to));
        }
        Ok(at)
    }

    fn own_forms(&mut self, own: &Own, at: usize, dictionary: bool) {
        let more = if dictionary { 0.0 } else { OWN };
        let person = own.kind == Some(EntryKind::Person);
        for name in &own.names {
            let alone = dictionary && person && !name.contains(' ');
            self.own_form(name, at, if alone { FormKind::Surname } else { FormKind::Name }, more);
            if let Some(plain) = without_particles(name).filter(|_| person) {
                self.own_form(&plain, at, FormKind::Name, more);
            }
        }
        for adjective in &own.adjectives {
            self.own_form(adjective, at, FormKind::Adjective, more);
        }
        for surname in &own.surnames {
            self.own_form(surname, at, FormKind::Surname, more);
            self.surnames.push((fold(&without_particles(surname).unwrap_or_else(|| surname.clone())), at));
        }
    }

    /// Leaves a dictionary's actor those of its names that are no titles; the first of them is its name.
    fn untitle(&self, own: &mut Own) -> Result<(), String> {
        let mut names = std::iter::once(own.name.clone()).chain(std::mem::take(&mut own.names)).filter(|n| !self.is_title(n));
        let Some(name) = names.next() else {
            return Err(format!("{} is a title: whoever holds it is meant; name its holders, each with the days", own.name));
        };
        own.names = names.collect();
        own.name = name;
        Ok(())
    }

    /// Whether a name is the title of one person ("US Secretary of State"), no body and no people of that name ("Karen Rebels").
    fn is_title(&self, name: &str) -> bool {
        let starts = std::iter::once(0).chain(name.match_indices(' ').map(|(at, _)| at + 1));
        let mut tails = starts.filter_map(|at| name.get(at..));
        let one = |n: &Noun| n.kind == NounKind::Person && !n.plural && n.sector != Sector::Cvl;
        tails.any(|tail| self.nouns.get(tail).is_some_and(one))
    }

    fn own_form(&mut self, text: &str, at: usize, kind: FormKind, more: f32) {
        let rank = rank(&self.entries[at], kind) + more;
        self.forms.add(text, at, kind, rank);
    }

    fn check(&self, own: &Own) -> Result<(), String> {
        if !own.name.chars().any(char::is_alphanumeric) {
            return Err("no name; fill `name`".to_owned());
        }
        let homeless = matches!(own.kind, Some(EntryKind::Place | EntryKind::Group | EntryKind::Outlet));
        if own.code.is_empty() && !homeless {
            return Err(format!(
                "{} has no code; fill `code` with that of its state, as GBR, or one of {}",
                own.name,
                KINDS.join(", ")
            ));
        }
        for code in std::iter::once(&own.code).chain(own.offices.iter().map(|(_, t)| &t.code)).filter(|c| !c.is_empty()) {
            self.check_code(code)?;
        }
        let spans = std::iter::once((own.from, own.to)).chain(own.offices.iter().map(|(_, t)| (t.from, t.to)));
        for (from, to) in spans.filter_map(|(from, to)| from.zip(to)) {
            if to < from {
                return Err(format!("{to} is before {from}; exchange the days"));
            }
        }
        match own.at {
            Some((lat, lon)) if lat.abs() > 90.0 || lon.abs() > 180.0 => Err(format!("{lat}, {lon} is not on the earth")),
            _ => Ok(()),
        }
    }

    fn check_code(&self, code: &str) -> Result<(), String> {
        let state = |id: &str| self.ids.get(id, &self.entries).filter(|at| self.entries[*at].kind == EntryKind::State);
        if KINDS.contains(&code) || state(code).is_some() {
            return Ok(());
        }
        let meant = self.codes.iter().find(|c| c.iso2 == code).map(|c| c.iso3.to_owned());
        let meant = meant.or_else(|| {
            let senses = self.forms.exact(code);
            senses.iter().map(|s| &self.entries[s.entry]).find(|e| e.kind == EntryKind::State).map(|e| e.code.clone())
        });
        Err(match meant {
            Some(iso3) => format!("`{code}` is no code; write {iso3}"),
            None => format!("`{code}` is no code; write the three letters of ISO 3166, as GBR, or one of {}", KINDS.join(", ")),
        })
    }

    /// The entry that is meant, where it is known already.
    fn known(&self, own: &Own) -> Result<Option<usize>, String> {
        if !own.id.is_empty() {
            let Some(at) = self.ids.get(&own.id, &self.entries) else { return Ok(None) };
            let is = self.entries[at].kind;
            return match own.kind.is_none_or(|k| k == is) {
                true => Ok(Some(at)),
                false => Err(format!("`{}` is the id of a {}; choose another", own.id, is.as_str())),
            };
        }
        let same = |e: &Entry| e.code == own.code && own.kind.is_none_or(|k| k == e.kind);
        let held = |e: &Entry| own.kind == Some(EntryKind::Person) && e.kind == EntryKind::Person && holds(e, own);
        let names = std::iter::once(&own.name).chain(own.names.iter().filter(|n| n.contains(' ')));
        let found = names.flat_map(|n| self.forms.exact(n)).filter(|s| s.form != FormKind::Surname);
        Ok(found.map(|s| s.entry).find(|at| same(&self.entries[*at]) || held(&self.entries[*at])))
    }

    fn entry_of(&self, own: &Own, file: &str) -> Entry {
        let kind = own.kind.unwrap_or(EntryKind::Organisation);
        let id =
            if own.id.is_empty() { self.vacant(&fold(&own.name).replace(' ', "-").replace('\'', "")) } else { own.id.clone() };
        let default = if kind == EntryKind::Place { POPULATION } else { WEIGHT };
        Entry {
            id,
            kind,
            name: own.name.clone(),
            code: own.code.clone(),
            sector: own.sector.or(sector_of(kind)),
            from: own.from,
            to: own.to,
            lat: own.at.map(|(lat, _)| lat),
            lon: own.at.map(|(_, lon)| lon),
            feature: if own.feature.is_empty() && kind == EntryKind::Place { "city".to_owned() } else { own.feature.clone() },
            weight: own.weight.unwrap_or(default),
            wikidata: Some(own.wikidata.clone()).filter(|w| !w.is_empty()),
            gender: own.gender,
            source: if own.source.is_empty() { file.to_owned() } else { own.source.clone() },
            tenures: Vec::new(),
        }
    }

    /// The id, or the first with a number behind it that nobody has.
    fn vacant(&self, id: &str) -> String {
        let free = |id: &String| self.ids.get(id, &self.entries).is_none();
        let numbered = || (2..).map(|n| format!("{id}-{n}")).find(free);
        Some(id.to_owned()).filter(free).or_else(numbered).unwrap_or_default()
    }
}

/// Whether an office of one is an office of the state of the other.
fn holds(e: &Entry, own: &Own) -> bool {
    e.tenures.iter().any(|(_, t)| t.code == own.code)
}

/// The sector of an entry that states none; persons have those of their offices, places none.
fn sector_of(kind: EntryKind) -> Option<Sector> {
    match kind {
        EntryKind::State => Some(Sector::Gov),
        EntryKind::Force => Some(Sector::Mil),
        EntryKind::Outlet => Some(Sector::Jrn),
        _ => None,
    }
}
