//! The events behind a turning point, and what it rests on.

use crate::shifts::{Track, stable};
use crate::{Change, DyadRow, Measure, Point, Support, likeliest};
use chancery_model::Id;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Events named for a turning point.
const NAMED: usize = 3;

/// Events among which those are chosen: the nearest to the turning point say most of it.
const NEAR: usize = 12;

/// The events that say most of a change: of the first after it, those whose scores went furthest its way; where the volume fell, of the last
/// before it those with the strongest scores. By day.
pub fn explaining(measure: Measure, (before, after): (f64, f64), old: &[&DyadRow], new: &[&DyadRow]) -> Vec<Id> {
    let way = (after - before).signum();
    let fell = measure == Measure::Volume && way < 0.0;
    let near: Vec<&DyadRow> = match fell {
        true => old.iter().rev().take(NEAR).copied().collect(),
        false => new.iter().take(NEAR).copied().collect(),
    };
    let worth = |r: &DyadRow| match measure {
        Measure::Level => (r.score - before) * way * r.weight,
        Measure::Volume => r.score.abs() * r.weight,
    };
    let mut ranked: Vec<(usize, &DyadRow)> = near.into_iter().enumerate().filter(|(_, r)| worth(r) > 0.0).collect();
    // Of equals, what more origins tell, then what is nearer.
    ranked.sort_by(|(m, a), (n, b)| worth(b).total_cmp(&worth(a)).then(b.origins.cmp(&a.origins)).then(m.cmp(n)));
    let mut seen = BTreeSet::new();
    let mut named: Vec<&DyadRow> = ranked.into_iter().map(|r| r.1).filter(|r| seen.insert(&r.event)).take(NAMED).collect();
    named.sort_by(|a, b| (a.day, &a.event).cmp(&(b.day, &b.event)));
    named.into_iter().map(|r| r.event.clone()).collect()
}

/// What a change is no longer found without: each outlet, each event, the number of articles. `points` are those of the two segments about it,
/// the first of them the `first` of the series.
pub fn supports(track: &Track, measure: Measure, points: &[(Date, Point)], change: &Change, first: usize) -> Vec<Support> {
    let Some((begin, end)) = points.first().zip(points.last()).map(|(a, b)| (a.0, b.0)) else { return Vec::new() };
    let window = Window { track, measure, begin, end, change, at: points[change.at - first].0 };
    let alone: Vec<(&Id, &BTreeSet<String>)> = track
        .dated
        .iter()
        .filter(|d| d.0 >= begin && d.0 <= end)
        .filter_map(|d| track.material.outlets.get(&d.1.event).map(|o| (&d.1.event, o)))
        .collect();
    let outlets: BTreeSet<&String> = alone.iter().filter(|(_, o)| o.len() == 1).flat_map(|(_, o)| o.iter()).collect();
    let only =
        |event: &Id, outlet: &String| track.material.outlets.get(event).is_some_and(|o| o.len() == 1 && o.contains(outlet));
    let mut out: Vec<Support> = outlets
        .into_iter()
        .filter(|outlet| !window.stands(&|r| !only(&r.event, outlet)))
        .map(|outlet| Support::Outlet(outlet.clone()))
        .collect();
    let events: BTreeSet<&Id> = alone.iter().map(|(e, _)| *e).collect();
    out.extend(events.into_iter().filter(|e| !window.stands(&|r| r.event != **e)).map(|e| Support::Event(e.clone())));
    if measure == Measure::Volume && !window.beyond_attention() {
        out.push(Support::Attention);
    }
    out
}

/// The stretch in which a change is tested again.
struct Window<'a> {
    track: &'a Track<'a>,
    measure: Measure,
    begin: Date,
    end: Date,
    change: &'a Change,
    at: Date,
}

impl Window<'_> {
    /// Whether the change is still there, in the same direction and about the same place, with those rows alone.
    fn stands(&self, keep: &dyn Fn(&DyadRow) -> bool) -> bool {
        self.holds(&self.track.points(self.measure, keep))
    }

    fn holds(&self, series: &[(Date, Point)]) -> bool {
        let inside: Vec<&(Date, Point)> = series.iter().filter(|p| p.0 >= self.begin && p.0 <= self.end).collect();
        let points: Vec<Point> = inside.iter().map(|p| p.1).collect();
        let Some(found) = likeliest(&points, self.track.floor(self.measure)) else { return false };
        let place = inside.partition_point(|p| p.0 < self.at);
        let near = found.earliest <= place + NEARBY && place <= found.latest + NEARBY;
        near && found.is_believed() && found.t.signum() == self.change.t.signum()
    }

    /// Whether the volume changed by more than the number of articles did.
    fn beyond_attention(&self) -> bool {
        let counts = self.track.counts(&|_| true);
        let articles = |d: &Date| self.track.material.coverage.articles(*d, self.track.period.end(*d)) as f64;
        let series = self.track.points(self.measure, &|_| true);
        let days: Vec<Date> = series.iter().map(|p| p.0).filter(|d| *d >= self.begin && *d <= self.end).collect();
        let events = |d: &Date| counts.get(d).copied().unwrap_or_default() as f64;
        let all: f64 = days.iter().map(articles).sum();
        let rate = if all > 0.0 { days.iter().map(events).sum::<f64>() / all } else { 0.0 };
        let beyond = |d: &Date| (*d, Point::new(stable(events(d)) - stable(rate * articles(d))));
        self.holds(&days.iter().map(beyond).collect::<Vec<_>>())
    }
}

/// Steps by which a change may move and still be the same.
const NEARBY: usize = 2;
