use crate::{Happening, Who};
use chancery_model::{ActorRef, Event, Quad};
use chancery_relations::{DyadRow, Level, Period, Series};
use std::collections::BTreeMap;

/// What passed between two, both ways (codebook §12).
#[derive(Debug, Clone, PartialEq)]
pub struct Between {
    /// Label of the first.
    pub a: String,
    /// Label of the other.
    pub b: String,
    /// One row per event and direction, by day; undated last.
    pub rows: Vec<DyadRow>,
    /// By month.
    pub months: Series,
    /// Events by direction (`a → b`, `b → a`, both) and quad class.
    pub counts: BTreeMap<(Direction, Quad), usize>,
}

/// Who acts on whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The first on the other.
    There,
    /// The other on the first.
    Back,
    /// Both act: a meeting, two-sided fighting.
    Both,
}

impl Between {
    /// Picks the rows between two out of the events of a record.
    pub fn of(happenings: &[Happening], a: &Who, b: &Who) -> Between {
        let events: Vec<Event> = happenings.iter().map(|h| relabelled(&h.event, a, b)).collect();
        let (la, lb) = (a.to_string(), b.to_string());
        let rows =
            chancery_relations::between(&chancery_relations::rows(&events, Level::Entity, chancery_coder::goldstein), &la, &lb);
        let months = chancery_relations::series(&rows, Period::Month);
        let mut out = Between { a: la, b: lb, rows, months, counts: BTreeMap::new() };
        out.count();
        out
    }

    /// Leaves out the rows that do not fit.
    pub fn keep(&mut self, fits: impl Fn(&DyadRow) -> bool) {
        self.rows.retain(fits);
        self.months = chancery_relations::series(&self.rows, Period::Month);
        self.count();
    }

    fn count(&mut self) {
        let mut counts = BTreeMap::new();
        for r in &self.rows {
            *counts.entry((self.direction(r), r.kind.quad())).or_default() += 1;
        }
        self.counts = counts;
    }

    /// The rows of one direction, or of all of them; what both do belongs to either.
    pub fn towards(&self, direction: Option<Direction>) -> Vec<DyadRow> {
        let fits = |r: &&DyadRow| direction.is_none_or(|d| [d, Direction::Both].contains(&self.direction(r)));
        self.rows.iter().filter(fits).cloned().collect()
    }

    /// The direction of a row.
    pub fn direction(&self, row: &DyadRow) -> Direction {
        match (row.directed, row.from == self.a) {
            (false, _) => Direction::Both,
            (true, true) => Direction::There,
            (true, false) => Direction::Back,
        }
    }
}

/// The event with its actors named by the two that are asked for; all others by their code, so that n actors stay n.
fn relabelled(e: &Event, a: &Who, b: &Who) -> Event {
    let (first, second) = if a.narrowness() >= b.narrowness() { (a, b) } else { (b, a) };
    let label = |x: &ActorRef| {
        let mut x = x.clone();
        let who = [first, second].into_iter().find(|w| w.is(&x));
        x.entity = Some(who.map_or_else(|| x.code.clone(), Who::to_string));
        x
    };
    Event { actors: e.actors.iter().map(label).collect(), recipients: e.recipients.iter().map(label).collect(), ..e.clone() }
}
