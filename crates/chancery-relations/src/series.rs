use crate::{DyadRow, Period};
use chancery_model::{EventType, Quad};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Sums over some rows. Every event counts once per row, whatever its status; scores are of actual events alone.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
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
    /// Sum of the weights of what happened.
    pub actual_weight: f64,
    /// Sum of weight × PLOVER score.
    pub score: f64,
    /// Its positive part.
    pub cooperation: f64,
    /// Its negative part, as a negative number.
    pub conflict: f64,
    /// Sum of weight × Goldstein value.
    pub goldstein: f64,
    /// Reports of the events.
    pub reports: usize,
    /// Independent origins, added up over the events.
    pub origins: usize,
}

impl Sums {
    /// Adds a row.
    pub fn add(&mut self, row: &DyadRow) {
        self.events += 1;
        self.actual += usize::from(row.is_actual());
        let quad: Quad = row.kind.quad();
        self.quads[usize::from(quad.number()) - 1] += 1;
        *self.types.entry(row.kind).or_default() += 1;
        self.weight += row.weight;
        if row.is_actual() {
            self.actual_weight += row.weight;
        }
        let score = row.weight * row.score;
        self.score += score;
        self.cooperation += score.max(0.0);
        self.conflict += score.min(0.0);
        self.goldstein += row.weight * row.goldstein;
        self.reports += row.reports;
        self.origins += row.origins;
    }

    /// Mean PLOVER score per weighted event that happened, the volume-normalised level; `None` where nothing happened.
    pub fn level(&self) -> Option<f64> {
        (self.actual_weight > 0.0).then(|| self.score / self.actual_weight)
    }

    /// Deeds less words over their sum, −1 (words alone) to 1 (deeds alone); `None` without events.
    pub fn balance(&self) -> Option<f64> {
        let (words, deeds) = (self.quads[0] + self.quads[2], self.quads[1] + self.quads[3]);
        (self.events > 0).then(|| (deeds as f64 - words as f64) / self.events as f64)
    }
}

/// A series over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// The steps that hold something, by their first day, in order. An event that lasts counts where it begins.
    pub points: Vec<(Date, Sums)>,
    /// What has no date, or one vaguer than a step.
    pub undated: Sums,
    /// Everything.
    pub total: Sums,
}

/// Sums rows by step of time. Rows are added in the order given: sort them (as [`rows`](crate::rows) and [`between`](crate::between) do) for
/// sums equal to the last bit.
pub fn series(rows: &[DyadRow], period: Period) -> Series {
    let mut out = Series::default();
    let mut points: BTreeMap<Date, Sums> = BTreeMap::new();
    for r in rows {
        out.total.add(r);
        match period.of(r) {
            Some(step) => points.entry(step).or_default().add(r),
            None => out.undated.add(r),
        }
    }
    out.points = points.into_iter().collect();
    out
}

/// What of the past a smoothed level keeps from one step to the next: half of it is forgotten in two steps.
const KEPT: f64 = 0.7;

impl Series {
    /// Every step from the first that holds something to the last, empty ones among them.
    pub fn filled(&self, period: Period) -> Vec<(Date, Sums)> {
        let Some(((first, _), (last, _))) = self.points.first().zip(self.points.last()) else { return Vec::new() };
        let held: BTreeMap<Date, &Sums> = self.points.iter().map(|(d, s)| (*d, s)).collect();
        let steps = period.steps(*first, *last);
        steps.into_iter().map(|d| (d, held.get(&d).map_or_else(Sums::default, |s| (*s).clone()))).collect()
    }

    /// The level at every step of [`filled`](Series::filled), smoothed: scores and events of earlier steps count 0.7 as much for each step
    /// that has passed (exponential smoothing of numerator and denominator, so that steps with many events weigh more). Where nothing happens
    /// the level fades towards 0, by as much for each step. `None` before anything has happened. The last step that is smoothed knows nothing of
    /// the steps after it.
    pub fn smoothed(&self, period: Period) -> Vec<(Date, Option<f64>)> {
        // The events that a score is a mean of: as of the last step in which something happened.
        let (mut score, mut weight, mut held) = (0.0, 0.0, 0.0);
        let step = |(day, sums): (Date, Sums)| {
            score = KEPT * score + sums.score;
            weight = KEPT * weight + sums.actual_weight;
            if sums.actual_weight > 0.0 {
                held = weight;
            }
            (day, (held > 0.0).then(|| score / held))
        };
        self.filled(period).into_iter().map(step).collect()
    }
}
