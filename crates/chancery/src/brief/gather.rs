use super::notes::Notes;
use super::{Brief, held, parts, phrases};
use crate::{Dispute, Happening, Relation, Telling, Who};
use chancery_lexicon::Lexicon;
use chancery_model::Id;
use chancery_relations::{DyadRow, Period, Shifts};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a dossier is written from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The two; what is outside the days asked about is left out already.
    pub relation: &'a Relation,
    /// What is disputed with both of them taking part, by deed or word.
    pub disputes: &'a [Dispute],
    /// What they say they want, hold or expect, with the articles.
    pub statements: &'a [Telling],
    /// For the names of states and people.
    pub lexicon: &'a Lexicon,
    /// First day asked about.
    pub from: Option<Date>,
    /// Last day asked about.
    pub to: Option<Date>,
}

/// A source with what is worked out once.
pub struct Ground<'a> {
    pub source: Source<'a>,
    /// Each event once, by day; undated last.
    pub events: Vec<&'a Happening>,
    pub shifts: Shifts,
    pub period: Period,
    pub names: [String; 2],
}

impl Ground<'_> {
    pub fn rows(&self) -> &[DyadRow] {
        self.source.relation.rows()
    }
    pub fn deed(&self, h: &Happening) -> String {
        phrases::deed(h, self.source.lexicon)
    }
    pub fn happening(&self, id: &Id) -> Option<&Happening> {
        self.source.relation.happenings.get(id)
    }
}

impl Brief {
    /// Writes a dossier.
    pub fn of(source: Source) -> Brief {
        let relation = source.relation;
        let mut seen = BTreeSet::new();
        let order = relation.rows().iter().filter(|r| seen.insert(&r.event));
        let events: Vec<&Happening> = order.filter_map(|r| relation.happenings.get(&r.event)).collect();
        let period = relation.period(None, None, None);
        let shifts = relation.shifts(period, None, None, None);
        let names = [&relation.a, &relation.b].map(|w| full(w, source.lexicon));
        let ground = Ground { source, events, shifts, period, names };
        let mut notes = Notes::default();
        let parts = [
            parts::summary(&ground, &mut notes),
            parts::turns(&ground, &mut notes),
            parts::chart(&ground),
            parts::timeline(&ground, &mut notes),
            parts::people(&ground, &mut notes),
            held::positions(&ground, &mut notes),
            held::disputes(&ground, &mut notes),
            parts::sources(&ground),
            parts::gaps(&ground),
        ];
        let blocks = parts.into_iter().flatten().collect();
        let title = format!("{} and {}", ground.names[0], ground.names[1]);
        Brief { title, subtitle: parts::subtitle(&ground), blocks, notes: notes.list }
    }
}

/// A name as a reader knows it: the state of a code, with its sector.
fn full(who: &Who, lexicon: &Lexicon) -> String {
    let state = |code: &str| lexicon.state(code).map_or_else(|| code.to_owned(), |s| s.name.clone());
    match who {
        Who::Code(code) => state(code),
        Who::Sector(code, sector) => format!("{} ({sector})", state(code)),
        Who::Entity(name) => name.clone(),
    }
}
