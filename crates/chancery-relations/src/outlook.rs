//! What the next month of a pair may bring, and how well that could have been told in the past.

use crate::forecast::{self, Expected};
use crate::{Coverage, DyadRow, Period, Sums, series};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How one way of telling the next month did over the past.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trial {
    /// Months that were told from those before them.
    pub months: usize,
    /// Mean absolute error of the outlook.
    pub error: f64,
    /// … of taking the last month again.
    pub error_last: f64,
    /// … of taking the mean of all months before.
    pub error_mean: f64,
    /// Share of the months that fell into the interval of 80 %.
    pub inside: f64,
}

impl Trial {
    /// By what share the outlook errs less than the better of the naive answers; negative where it errs more.
    pub fn skill(&self) -> f64 {
        let naive = self.error_last.min(self.error_mean);
        if naive > 0.0 { 1.0 - self.error / naive } else { 0.0 }
    }
}

/// What is to be expected of one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// `events`, `verbal cooperation`, …, or `level`.
    pub what: String,
    /// To be expected.
    pub mean: f64,
    /// Lower end of the interval of 80 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The last month that has it.
    pub last: f64,
    /// The mean of all months.
    pub usual: f64,
    /// The back-test; `None` where there are too few months for one.
    pub trial: Option<Trial>,
}

/// The outlook of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// The first day of the month it is about: the one after the last that articles cover.
    pub month: Option<Date>,
    /// Months that articles cover.
    pub months: usize,
    /// Months that are needed.
    pub needed: usize,
    /// Events on which it rests.
    pub events: usize,
    /// Events without a date, or with one vaguer than a month.
    pub undated: usize,
    /// Empty where there are too few months.
    pub forecasts: Vec<Forecast>,
}

/// Months without which nothing is told.
const NEEDED: usize = 6;

/// Months before the first that is told in a back-test.
const WARM: usize = 6;

/// Months that a back-test has at least.
const TRIED: usize = 6;

/// The outlook from the rows of a pair: all events that happened, those of each quad class, and the level, by calendar months.
pub fn outlook(rows: &[DyadRow], coverage: &Coverage) -> Outlook {
    let actual: Vec<DyadRow> = rows.iter().filter(|r| r.is_actual()).cloned().collect();
    let sums = series(&actual, Period::Month);
    let held: BTreeMap<Date, Sums> = sums.points.into_iter().collect();
    let months = coverage.steps(Period::Month);
    let mut out = Outlook {
        month: months.last().map(|d| Period::Month.next(*d)),
        months: months.len(),
        needed: NEEDED,
        events: months.iter().filter_map(|d| held.get(d)).map(|s| s.events).sum(),
        undated: sums.undated.events,
        forecasts: Vec::new(),
    };
    if months.len() < NEEDED || out.events == 0 {
        return out;
    }
    let counts =
        |of: &dyn Fn(&Sums) -> usize| months.iter().map(|d| held.get(d).map_or(0.0, |s| of(s) as f64)).collect::<Vec<f64>>();
    out.forecasts.extend(of_counts("events", &counts(&|s| s.events)));
    for (n, name) in
        ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"].into_iter().enumerate()
    {
        out.forecasts.extend(of_counts(name, &counts(&|s| s.quads[n])));
    }
    let weigh = |s: &Sums| s.level().map(|l| (l, 2.0 * s.actual_weight / (s.actual_weight + 1.0)));
    let levels: Vec<(f64, f64)> = months.iter().filter_map(|d| held.get(d).and_then(weigh)).collect();
    if levels.len() >= NEEDED {
        out.forecasts.extend(of_levels(&levels));
    }
    out
}

/// Tells the value after some, each with its weight.
type Next<'a> = dyn Fn(&[(f64, f64)]) -> Option<Expected> + 'a;

fn of_counts(what: &str, counts: &[f64]) -> Option<Forecast> {
    let pairs: Vec<(f64, f64)> = counts.iter().map(|c| (*c, 1.0)).collect();
    of(what, &pairs, &|past| forecast::count(&past.iter().map(|p| p.0).collect::<Vec<_>>()))
}

fn of_levels(levels: &[(f64, f64)]) -> Option<Forecast> {
    of("level", levels, &forecast::level)
}

fn of(what: &str, past: &[(f64, f64)], next: &Next) -> Option<Forecast> {
    let Expected { mean, low, high } = next(past)?;
    Some(Forecast {
        what: what.to_owned(),
        mean,
        low,
        high,
        last: past.last()?.0,
        usual: average(past),
        trial: trial(past, next),
    })
}

/// Every month from the seventh on, told from those before it alone.
fn trial(past: &[(f64, f64)], next: &Next) -> Option<Trial> {
    let months = past.len().checked_sub(WARM).filter(|m| *m >= TRIED)?;
    let mut out = Trial { months, error: 0.0, error_last: 0.0, error_mean: 0.0, inside: 0.0 };
    let share = 1.0 / months as f64;
    for n in WARM..past.len() {
        let (before, truth) = (&past[..n], past[n].0);
        let e = next(before)?;
        out.error += share * (truth - e.mean).abs();
        out.error_last += share * (truth - before[n - 1].0).abs();
        out.error_mean += share * (truth - average(before)).abs();
        out.inside += if e.low <= truth && truth <= e.high { share } else { 0.0 };
    }
    Some(out)
}

fn average(past: &[(f64, f64)]) -> f64 {
    past.iter().map(|p| p.0).sum::<f64>() / past.len().max(1) as f64
}
