//! `outlook`: what the next month may bring between two.

use super::args::{Format, Pair, Way};
use super::output::{Out, Sheet};
use super::pair;
use super::record::Record;
use anyhow::Result;
use chancery::Direction;
use chancery_relations::{Forecast, Outlook, Period, Trial};
use jiff::civil::Date;
use serde_json::json;
use std::io::Write;

const HEADS: &[&str] =
    &["of", "expected", "80 % interval", "last month", "mean", "error", "naive: last", "naive: mean", "inside", "against naive"];

/// Prints the outlook of a pair; false where there is nothing between the two.
pub fn outlook(record: &Record, pair: &Pair, way: Option<Way>, reported: bool, out: &mut Out) -> Result<bool> {
    let Some(mut relation) = pair::relation(record, pair, reported)? else { return Ok(false) };
    relation.keep(pair.since, pair.until);
    let found = relation.outlook(way.map(Direction::from));
    if found.forecasts.is_empty() {
        let undated =
            if found.undated > 0 { format!("; {} events have no date fit for it", found.undated) } else { String::new() };
        eprintln!(
            "too little for an outlook: {} dated events in {} months that articles cover, {} months and an event are needed{undated}{}",
            found.events,
            found.months,
            found.needed,
            if reported { "" } else { " (--reported takes the day of their first report)" }
        );
        return Ok(false);
    }
    let mut sheet = Sheet::new(HEADS);
    for f in &found.forecasts {
        let mut json = json!(f);
        json["month"] = json!(found.month);
        json["skill"] = json!(f.trial.as_ref().map(Trial::skill));
        sheet.row(cells(f), json);
    }
    if out.format == Format::Table {
        writeln!(out, "{}\n", heading(&relation.between.a, &relation.between.b, &found))?;
    }
    sheet.print(out)?;
    if out.format == Format::Table {
        write!(out, "\n{}", verdict(&found))?;
    }
    Ok(true)
}

fn heading(a: &str, b: &str, found: &Outlook) -> String {
    let month = found.month.map(|m: Date| Period::Month.label(m)).unwrap_or_default();
    let undated = if found.undated > 0 { format!(", {} more undated", found.undated) } else { String::new() };
    format!("{a} and {b}, outlook for {month} from {} events in {} months{undated}", found.events, found.months)
}

fn cells(f: &Forecast) -> Vec<String> {
    let number = |x: f64| if f.what == "level" { format!("{x:+.1}") } else { format!("{x:.1}") };
    let whole = |x: f64| if f.what == "level" { format!("{x:+.1}") } else { format!("{x:.0}") };
    let mut out =
        vec![f.what.clone(), number(f.mean), format!("{} to {}", whole(f.low), whole(f.high)), whole(f.last), number(f.usual)];
    match &f.trial {
        Some(t) => out.extend([
            format!("{:.2}", t.error),
            format!("{:.2}", t.error_last),
            format!("{:.2}", t.error_mean),
            format!("{:.0} %", 100.0 * t.inside),
            format!("{:+.0} %", 100.0 * t.skill() + 0.0),
        ]),
        None => out.extend(std::iter::repeat_n("–".to_owned(), 5)),
    }
    out
}

/// Below this the outlook is no better than the naive answers.
const BETTER: f64 = 0.05;

fn verdict(found: &Outlook) -> String {
    let tried: Vec<(&str, &Trial)> = found.forecasts.iter().filter_map(|f| Some((f.what.as_str(), f.trial.as_ref()?))).collect();
    let Some((_, first)) = tried.first() else {
        return "Too few months for a back-test: nothing is known of how good this is.\n".to_owned();
    };
    let named = |good: bool| {
        let list: Vec<&str> = tried.iter().filter(|t| (t.1.skill() >= BETTER) == good).map(|t| t.0).collect();
        list.join(", ")
    };
    let (good, poor) = (named(true), named(false));
    let mut out =
        format!("Back-test over {} months, each told from those before it alone (mean absolute errors above).\n", first.months);
    if !good.is_empty() {
        out.push_str(&format!("Better than both naive answers by 5 % or more: {good}.\n"));
    }
    if !poor.is_empty() {
        out.push_str(&format!("No better than the better naive answer: {poor}. Take the mean or the last month there.\n"));
    }
    out
}
