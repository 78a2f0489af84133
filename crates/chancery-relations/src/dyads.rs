//! Events → who did how much to whom, by the arithmetic of codebook §12.

use crate::plover_score;
use chancery_model::{ActorRef, DatePrecision, Event, EventType, Id, Mode, Status};
use jiff::civil::Date;
use std::collections::BTreeSet;

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

/// A conflict–cooperation score by type and mode, −10 to 10; the Goldstein scale is one.
pub type Scale = fn(EventType, Option<Mode>) -> f64;

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
    /// Its mode.
    pub mode: Option<Mode>,
    /// Its status; only what is `actual` has a score.
    pub status: Status,
    /// Its first day.
    pub day: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// How exact the days are.
    pub precision: Option<DatePrecision>,
    /// 1, or 1/(n−1) among n who all act.
    pub weight: f64,
    /// PLOVER score, not weighted; 0 unless actual.
    pub score: f64,
    /// Goldstein value, not weighted; 0 unless actual.
    pub goldstein: f64,
    /// Reports of the event.
    pub reports: usize,
    /// Independent origins among them.
    pub origins: usize,
}

impl DyadRow {
    /// Whether it happened.
    pub fn is_actual(&self) -> bool {
        self.status == Status::Actual
    }
}

/// The rows of all pairs, sorted by pair and event id. With recipients: every actor with every recipient. With actors alone: every unordered pair.
///
/// Pairs with one code at both ends appear only below [`Level::Code`]; nobody makes a pair with himself by name.
pub fn rows(events: &[Event], level: Level, goldstein: Scale) -> Vec<DyadRow> {
    let mut out = Vec::new();
    for e in events {
        let actors: BTreeSet<String> = e.actors.iter().map(|a| label(a, level)).collect();
        let recipients: BTreeSet<String> = e.recipients.iter().map(|a| label(a, level)).collect();
        let row = |a: &str, b: &str, directed: bool, weight: f64| row(e, [a, b], directed, weight, goldstein);
        if recipients.is_empty() {
            let weight = 1.0 / actors.len().saturating_sub(1).max(1) as f64;
            let list: Vec<&String> = actors.iter().collect();
            for (n, a) in list.iter().enumerate() {
                out.extend(list[n + 1..].iter().map(|b| row(a, b, false, weight)));
            }
            continue;
        }
        for a in &actors {
            // Fighting among the rebels of one state is told of one pair; a state or a person does nothing to itself.
            let counts = |b: &&String| a != *b || (level == Level::Sector && a.contains('/'));
            out.extend(recipients.iter().filter(counts).map(|b| row(a, b, true, 1.0)));
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

fn row(e: &Event, [from, to]: [&str; 2], directed: bool, weight: f64, goldstein: Scale) -> DyadRow {
    let actual = e.status == Status::Actual;
    let scored = |scale: Scale| if actual { scale(e.event, e.mode) } else { 0.0 };
    DyadRow {
        from: from.to_owned(),
        to: to.to_owned(),
        directed,
        event: e.id.clone(),
        kind: e.event,
        mode: e.mode,
        status: e.status,
        day: e.date.as_ref().map(|d| d.from),
        until: e.date.as_ref().map(|d| d.to),
        precision: e.date.as_ref().map(|d| d.precision),
        weight,
        score: scored(plover_score),
        goldstein: scored(goldstein),
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
