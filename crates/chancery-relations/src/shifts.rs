//! Where the relation of two turned, what explains it, and on what that rests.

use crate::explained::{explaining, supports};
use crate::{Change, Coverage, DyadRow, Gap, Period, Point, SHORTEST, changes, series};
use chancery_model::Id;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What turning points are sought in.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The rows of one pair; those in one direction alone, if that is what is asked for.
    pub rows: &'a [DyadRow],
    /// The outlets that tell each event.
    pub outlets: &'a BTreeMap<Id, BTreeSet<String>>,
    /// When the articles of the whole record were published.
    pub coverage: &'a Coverage,
}

/// What may turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Mean PLOVER score of what happened, whatever its volume.
    Level,
    /// Number of events that happened.
    Volume,
}

/// Something without which a turning point is no longer found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// What this outlet alone tells.
    Outlet(String),
    /// This event.
    Event(Id),
    /// The number of articles: the events follow it.
    Attention,
}

/// A turning point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shift {
    /// In what.
    pub measure: Measure,
    /// First day of the first step after it.
    pub day: Date,
    /// First days of the first and the last step at which it may as well have been (95 %).
    pub between: (Date, Date),
    /// Mean before: PLOVER score of an event, or events a step.
    pub before: f64,
    /// Mean after.
    pub after: f64,
    /// How likely a steady series of this length shows so large a difference somewhere.
    pub chance: f64,
    /// The events that say most of it, by day.
    pub explained_by: Vec<Id>,
    /// Whether those are what ceased, not what began.
    pub ceased: bool,
    /// Events by quad class before and after, a step.
    pub quads: ([f64; 4], [f64; 4]),
    /// Independent origins of the events before and after.
    pub origins: (usize, usize),
    /// What it rests on; empty where it stands without any one outlet, event, or the number of articles.
    pub rests_on: Vec<Support>,
    /// Stretches without articles that touch the steps about it.
    pub gaps: Vec<Gap>,
}

/// The turning points of a pair, and how far the record can tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shifts {
    /// Length of the steps.
    pub period: Period,
    /// By day, level before volume.
    pub shifts: Vec<Shift>,
    /// Steps with events that happened, the material of the level.
    pub told_steps: usize,
    /// Steps that articles cover, the material of the volume.
    pub covered_steps: usize,
    /// Steps that either needs at least, and events that the volume needs.
    pub needed_steps: usize,
    /// Events that happened on a known day.
    pub dated: usize,
    /// Events without a day, or with one vaguer than a step.
    pub undated: usize,
    /// Events that are not told as having happened; they score nothing.
    pub not_actual: usize,
    /// Stretches of the record without articles.
    pub gaps: Vec<Gap>,
}

impl Shifts {
    /// Whether there was enough to look for turning points of a measure.
    pub fn tested(&self, measure: Measure) -> bool {
        match measure {
            Measure::Level => self.told_steps >= self.needed_steps,
            Measure::Volume => self.covered_steps >= self.needed_steps && self.dated >= self.needed_steps,
        }
    }
}

/// A score must be uncertain by one point at least: scores are those of a table, not measured.
const LEVEL_FLOOR: f64 = 1.0;
/// Chance alone gives a number of events this standard deviation after [`stable`].
const VOLUME_FLOOR: f64 = 1.0;

/// The turning points of a pair by steps of a length, from `from` to `to` where they are given. See [`changes`] for the test.
///
/// The level is tested on the steps in which something happened; a step of n events has a variance of 1 + 1/n, half its own and half that of its
/// events. The volume is tested on the steps that articles cover, empty ones among them, on Anscombe's (1948) scale.
pub fn shifts(material: &Material, period: Period, from: Option<Date>, to: Option<Date>) -> Shifts {
    let (track, out) = Track::of(material, period, from, to);
    let mut out = out;
    for measure in [Measure::Level, Measure::Volume] {
        if !out.tested(measure) {
            continue;
        }
        let points = track.points(measure, &|_| true);
        let found = changes(&points.iter().map(|p| p.1).collect::<Vec<_>>(), track.floor(measure));
        for (n, change) in found.iter().enumerate() {
            let first = n.checked_sub(1).map_or(0, |n| found[n].at);
            let end = found.get(n + 1).map_or(points.len(), |c| c.at);
            out.shifts.push(track.shift(measure, &points, change, first, end));
        }
    }
    out.shifts.sort_by_key(|s| (s.day, s.measure));
    out
}

/// Counts brought to a scale on which chance has the same size whatever their level (Anscombe 1948, Biometrika 35, 246–254).
pub(crate) fn stable(count: f64) -> f64 {
    2.0 * (count + 0.375).sqrt()
}

/// The rows of a pair laid out in time.
pub(crate) struct Track<'a> {
    pub(crate) material: Material<'a>,
    pub(crate) period: Period,
    /// Rows of what happened, with their steps.
    pub(crate) dated: Vec<(Date, &'a DyadRow)>,
    covered: Vec<Date>,
    gaps: Vec<Gap>,
}

impl<'a> Track<'a> {
    fn of(material: &Material<'a>, period: Period, from: Option<Date>, to: Option<Date>) -> (Track<'a>, Shifts) {
        let inside = |d: Date| from.is_none_or(|f| d >= f) && to.is_none_or(|t| d <= t);
        let (mut dated, mut undated, mut not_actual) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for r in material.rows {
            match period.of(r) {
                Some(_) if !r.day.is_some_and(inside) => {}
                _ if !r.is_actual() => {
                    not_actual.insert(&r.event);
                }
                Some(step) => dated.push((step, r)),
                None => {
                    undated.insert(&r.event);
                }
            }
        }
        dated.sort_by(|a, b| (a.0, a.1.day, &a.1.event).cmp(&(b.0, b.1.day, &b.1.event)));
        let mut covered = material.coverage.steps(period);
        covered.retain(|d| inside(*d) || inside(period.end(*d)));
        let reach = |g: &Gap| from.is_none_or(|f| g.to >= f) && to.is_none_or(|t| g.from <= t);
        let gaps: Vec<Gap> = material.coverage.gaps().into_iter().filter(reach).collect();
        let told: BTreeSet<Date> = dated.iter().map(|d| d.0).collect();
        let events: BTreeSet<&Id> = dated.iter().map(|d| &d.1.event).collect();
        let out = Shifts {
            period,
            shifts: Vec::new(),
            told_steps: told.len(),
            covered_steps: covered.len(),
            needed_steps: 2 * SHORTEST,
            dated: events.len(),
            undated: undated.len(),
            not_actual: not_actual.len(),
            gaps: gaps.clone(),
        };
        (Track { material: *material, period, dated, covered, gaps }, out)
    }

    pub(crate) fn floor(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Level => LEVEL_FLOOR,
            Measure::Volume => VOLUME_FLOOR,
        }
    }

    /// The series of a measure over those rows that are kept, by the first days of its steps.
    pub(crate) fn points(&self, measure: Measure, keep: &dyn Fn(&DyadRow) -> bool) -> Vec<(Date, Point)> {
        match measure {
            Measure::Level => {
                let rows: Vec<DyadRow> = self.dated.iter().filter(|d| keep(d.1)).map(|d| d.1.clone()).collect();
                let point = |(day, sums): (Date, crate::Sums)| {
                    let n = sums.actual_weight;
                    sums.level().map(|value| (day, Point { value, weight: 2.0 * n / (n + 1.0) }))
                };
                series(&rows, self.period).points.into_iter().filter_map(point).collect()
            }
            Measure::Volume => {
                let counts = self.counts(keep);
                self.covered.iter().map(|d| (*d, Point::new(stable(counts.get(d).map_or(0.0, |n| *n as f64))))).collect()
            }
        }
    }

    /// Events that happened, by step.
    pub(crate) fn counts(&self, keep: &dyn Fn(&DyadRow) -> bool) -> BTreeMap<Date, usize> {
        let events: BTreeSet<(Date, &Id)> = self.dated.iter().filter(|d| keep(d.1)).map(|d| (d.0, &d.1.event)).collect();
        let mut out = BTreeMap::new();
        for (step, _) in events {
            *out.entry(step).or_default() += 1;
        }
        out
    }

    fn shift(&self, measure: Measure, points: &[(Date, Point)], change: &Change, first: usize, end: usize) -> Shift {
        let day = |n: usize| points.get(n).or(points.last()).map_or(Date::MIN, |p| p.0);
        // The segments are stretches of time: what lies between their steps belongs to them.
        let (begin, at) = (day(first), day(change.at));
        let close = points.get(end).map_or(Date::MAX, |p| p.0);
        let old: Vec<&DyadRow> = self.rows(begin, at);
        let new: Vec<&DyadRow> = self.rows(at, close);
        let (steps_before, steps_after) = (change.at - first, end - change.at);
        let (before, after) = match measure {
            Measure::Level => (change.before, change.after),
            Measure::Volume => (distinct(&old) as f64 / steps_before as f64, distinct(&new) as f64 / steps_after as f64),
        };
        let ceased = measure == Measure::Volume && after < before;
        let margin = (day(change.earliest.saturating_sub(1)), self.period.end(day(change.latest)));
        Shift {
            measure,
            day: at,
            between: (day(change.earliest), day(change.latest)),
            before,
            after,
            chance: change.chance,
            explained_by: explaining(measure, (before, after), &old, &new),
            ceased,
            quads: (quads(&old, steps_before), quads(&new, steps_after)),
            origins: (old.iter().map(|r| r.origins).sum(), new.iter().map(|r| r.origins).sum()),
            rests_on: supports(self, measure, &points[first..end], change, first),
            gaps: self.gaps.iter().filter(|g| g.to >= margin.0 && g.from <= margin.1).copied().collect(),
        }
    }

    fn rows(&self, from: Date, before: Date) -> Vec<&'a DyadRow> {
        self.dated.iter().filter(|d| d.0 >= from && d.0 < before).map(|d| d.1).collect()
    }
}

fn distinct(rows: &[&DyadRow]) -> usize {
    rows.iter().map(|r| &r.event).collect::<BTreeSet<_>>().len()
}

fn quads(rows: &[&DyadRow], steps: usize) -> [f64; 4] {
    let mut out = [0.0; 4];
    for r in rows {
        out[usize::from(r.kind.quad().number()) - 1] += 1.0 / steps.max(1) as f64;
    }
    out
}
