//! Events → who did how much to whom, by the arithmetic of codebook §12.

use crate::plover_score;
use chancery_model::{ActorRef, Event, EventType, Id, Quad, Status};
use jiff::{ToSpan, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// What stands at the ends of a dyad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Codes of states and kinds of organisation (`SYR`).
    Code,
    /// Code and sector (`SYR/REB`).
    Sector,
    /// Named persons and organisations; code and sector where no name is told.
    Entity,
}

/// One event between one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadRow {
    /// Who acts; for undirected rows the lesser of the two.
    pub from: String,
    /// Who is acted on.
    pub to: String,
    /// False where both act (a meeting, two-sided fighting).
    pub directed: bool,
    /// The event.
    pub event: Id,
    /// Its type.
    pub kind: EventType,
    /// Its status; only what is `actual` has a score.
    pub status: Status,
    /// Its first day.
    pub day: Option<Date>,
    /// 1, or 1/(n−1) among n who all act.
    pub weight: f64,
    /// PLOVER score, not weighted; 0 unless actual.
    pub score: f64,
    /// Reports of the event.
    pub reports: usize,
    /// Independent origins among them.
    pub origins: usize,
}

/// The rows of all pairs, sorted by pair and event id. With recipients: every actor with every recipient. With actors alone: every unordered pair.
///
/// Pairs with one code at both ends appear only below [`Level::Code`]; nobody makes a pair with himself by name.
pub fn rows(events: &[Event], level: Level) -> Vec<DyadRow> {
    let mut out = Vec::new();
    for e in events {
        let actors: BTreeSet<String> = e.actors.iter().map(|a| label(a, level)).collect();
        let recipients: BTreeSet<String> = e.recipients.iter().map(|a| label(a, level)).collect();
        if recipients.is_empty() {
            let weight = 1.0 / actors.len().saturating_sub(1).max(1) as f64;
            let list: Vec<&String> = actors.iter().collect();
            for (n, a) in list.iter().enumerate() {
                out.extend(list[n + 1..].iter().map(|b| row(e, a, b, false, weight)));
            }
            continue;
        }
        for a in &actors {
            // Fighting among the rebels of one state is told of one pair; a state or a person does nothing to itself.
            let counts = |b: &&String| a != *b || (level == Level::Sector && a.contains('/'));
            out.extend(recipients.iter().filter(counts).map(|b| row(e, a, b, true, 1.0)));
        }
    }
    out.sort_by(|a, b| (&a.from, &a.to, &a.event).cmp(&(&b.from, &b.to, &b.event)));
    out
}

fn label(a: &ActorRef, level: Level) -> String {
    let sector = || a.sector.map_or_else(|| a.code.clone(), |s| format!("{}/{s}", a.code));
    match level {
        Level::Code => a.code.clone(),
        Level::Sector => sector(),
        Level::Entity => a.entity.clone().unwrap_or_else(sector),
    }
}

fn row(e: &Event, from: &str, to: &str, directed: bool, weight: f64) -> DyadRow {
    let actual = e.status == Status::Actual;
    DyadRow {
        from: from.to_owned(),
        to: to.to_owned(),
        directed,
        event: e.id.clone(),
        kind: e.event,
        status: e.status,
        day: e.date.as_ref().map(|d| d.from),
        weight,
        score: if actual { plover_score(e.event, e.mode) } else { 0.0 },
        reports: e.reports.len(),
        origins: e.origins,
    }
}

/// The rows between two, in either direction, sorted by day (undated last) and event id.
pub fn between(rows: &[DyadRow], a: &str, b: &str) -> Vec<DyadRow> {
    let mut out: Vec<DyadRow> =
        rows.iter().filter(|r| (r.from == a && r.to == b) || (r.from == b && r.to == a)).cloned().collect();
    out.sort_by(|x, y| (x.day.is_none(), x.day, &x.event, &x.from).cmp(&(y.day.is_none(), y.day, &y.event, &y.from)));
    out
}

/// Length of the steps of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Days.
    Day,
    /// Weeks from Monday.
    Week,
    /// Calendar months.
    Month,
}

impl Period {
    /// The first day of the step that holds `day`.
    pub fn start(self, day: Date) -> Date {
        match self {
            Period::Day => day,
            Period::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Period::Month => day.first_of_month(),
        }
    }
}

/// Sums over some rows. Every event counts once per row, whatever its status; scores are of actual events alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sums {
    /// Rows: events of this pair.
    pub events: usize,
    /// Events that happened.
    pub actual: usize,
    /// Events by quad class, verbal cooperation first.
    pub quads: [usize; 4],
    /// Events by type.
    pub types: BTreeMap<EventType, usize>,
    /// Sum of the weights.
    pub weight: f64,
    /// Sum of weight × PLOVER score.
    pub score: f64,
    /// Its positive part.
    pub cooperation: f64,
    /// Its negative part, as a negative number.
    pub conflict: f64,
    /// Reports of the events.
    pub reports: usize,
    /// Independent origins, added up over the events.
    pub origins: usize,
}

impl Sums {
    /// Adds a row.
    pub fn add(&mut self, row: &DyadRow) {
        self.events += 1;
        self.actual += usize::from(row.status == Status::Actual);
        let quad: Quad = row.kind.quad();
        self.quads[usize::from(quad.number()) - 1] += 1;
        *self.types.entry(row.kind).or_default() += 1;
        self.weight += row.weight;
        let score = row.weight * row.score;
        self.score += score;
        self.cooperation += score.max(0.0);
        self.conflict += score.min(0.0);
        self.reports += row.reports;
        self.origins += row.origins;
    }

    /// Mean score per weighted event, the volume-normalised level; `None` without events.
    pub fn level(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.score / self.weight)
    }
}

/// A series over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// The steps that hold something, by their first day, in order. An event that lasts counts where it begins.
    pub points: Vec<(Date, Sums)>,
    /// What has no date.
    pub undated: Sums,
    /// Everything.
    pub total: Sums,
}

/// Sums rows by step of time. Rows are added in the order given: sort them (as [`rows`] and [`between`] do) for sums equal to the last bit.
pub fn series(rows: &[DyadRow], period: Period) -> Series {
    let mut out = Series::default();
    let mut points: BTreeMap<Date, Sums> = BTreeMap::new();
    for r in rows {
        out.total.add(r);
        match r.day {
            Some(day) => points.entry(period.start(day)).or_default().add(r),
            None => out.undated.add(r),
        }
    }
    out.points = points.into_iter().collect();
    out
}
