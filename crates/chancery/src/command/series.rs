//! `dyad --by`: what passed between two as a series.

use super::args::{By, Filtered};
use super::output::{Out, Sheet};
use super::record::Record;
use super::{nouns, pair};
use anyhow::Result;
use chancery::{Between, Direction, Happening};
use chancery_relations::{DyadRow, Period, Sums, series as summed};
use serde_json::json;

impl From<By> for Period {
    fn from(by: By) -> Period {
        match by {
            By::Day => Period::Day,
            By::Week => Period::Week,
            By::Month => Period::Month,
        }
    }
}

const HEADS: &[&str] = &[
    "step",
    "way",
    "events",
    "verbal coop.",
    "material coop.",
    "verbal conf.",
    "material conf.",
    "score",
    "Goldstein",
    "level",
    "smoothed",
    "deeds",
    "reports",
    "origins",
];

/// Prints a row per step for each way and for all ways together, from the first step in which something passed that way to the last.
pub fn series(record: &Record, a: &str, b: &str, by: By, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let (a, b) = pair::of(a, b)?;
    let passed = |h: &Happening| !Between::of(std::slice::from_ref(h), &a, &b).rows.is_empty();
    let found = record.happenings(&filtered.asked(), passed)?;
    let between = Between::of(&found, &a, &b);
    if between.rows.is_empty() {
        pair::nothing(&a, &b);
        return Ok(false);
    }
    let mut sheet = Sheet::new(HEADS);
    let ways = [None, Some(Direction::There), Some(Direction::Back), Some(Direction::Both)];
    for way in ways {
        let rows: Vec<DyadRow> = between.rows.iter().filter(|r| way.is_none_or(|w| between.direction(r) == w)).cloned().collect();
        let name = way.map_or_else(|| "all".to_owned(), |w| nouns::way(&between, w));
        add(&mut sheet, &rows, by.into(), &name);
    }
    sheet.truncate(filtered.limit);
    sheet.print(out)?;
    Ok(true)
}

fn add(sheet: &mut Sheet, rows: &[DyadRow], period: Period, way: &str) {
    let series = summed(rows, period);
    let smoothed = series.smoothed(period);
    for ((day, sums), (_, smooth)) in series.filled(period).iter().zip(&smoothed) {
        sheet.row(cells(&period.label(*day), way, sums, *smooth), line(&day.to_string(), way, sums, *smooth));
    }
    if series.undated.events > 0 {
        sheet.row(cells("undated", way, &series.undated, None), line("undated", way, &series.undated, None));
    }
}

fn cells(step: &str, way: &str, s: &Sums, smooth: Option<f64>) -> Vec<String> {
    let signed = |x: f64| format!("{:+.1}", x + 0.0);
    let maybe = |x: Option<f64>| x.map(signed).unwrap_or_default();
    let mut out = vec![step.to_owned(), way.to_owned(), s.events.to_string()];
    out.extend(s.quads.iter().map(usize::to_string));
    out.extend([signed(s.score), signed(s.goldstein), maybe(s.level()), maybe(smooth), maybe(s.balance())]);
    out.extend([s.reports.to_string(), s.origins.to_string()]);
    out
}

fn line(step: &str, way: &str, s: &Sums, smooth: Option<f64>) -> serde_json::Value {
    json!({"step": step, "way": way, "events": s.events, "actual": s.actual, "quads": s.quads, "types": s.types, "weight": s.weight,
        "score": s.score, "cooperation": s.cooperation, "conflict": s.conflict, "goldstein": s.goldstein, "level": s.level(),
        "smoothed": smooth, "balance": s.balance(), "reports": s.reports, "origins": s.origins})
}
