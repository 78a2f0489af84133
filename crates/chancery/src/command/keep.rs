//! `export`, `check`: the record as files, and its audit.

use super::args::{Filtered, Format, Shape};
use super::nouns;
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::Asked;
use chancery::model::CodePoints;
use chancery::wire::v1;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;

/// Writes the record: its reports as JSON lines, or its events as CSV or JSON lines.
pub fn export(record: &Record, shape: Shape, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    match shape {
        Shape::Csv => {
            out.format = Format::Csv;
            nouns::events(record, filtered, out)
        }
        Shape::Jsonl => reports(record, filtered, out),
        Shape::Events => events(record, filtered, out),
    }
}

/// The events asked for, each with its former ids.
fn events(record: &Record, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let mut found = record.happenings(&filtered.asked(), |_| true)?;
    found.truncate(filtered.limit.unwrap_or(usize::MAX));
    for h in &found {
        writeln!(out, "{}", nouns::with_former_ids(record, h)?)?;
    }
    Ok(!found.is_empty())
}

/// The reports of the events asked for, statements among them where nothing is asked for in particular; by article id and order.
fn reports(record: &Record, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let asked = filtered.asked();
    let wanted: Option<BTreeSet<_>> = match asked == Asked::default() {
        true => None,
        false => Some(record.happenings(&asked, |_| true)?.into_iter().flat_map(|h| h.event.reports).collect()),
    };
    let mut written = 0;
    for report in record.store().reports(None)? {
        if wanted.as_ref().is_some_and(|w| !w.contains(&report.id)) {
            continue;
        }
        if filtered.limit.is_some_and(|l| written >= l) {
            break;
        }
        let article = record.article(&report.article)?;
        serde_json::to_writer(&mut *out, &v1::line(&article, &CodePoints::of(&article.text), &report))?;
        out.write_all(b"\n")?;
        written += 1;
    }
    Ok(written > 0)
}

/// Audits the record; false where something is wrong.
pub fn check(record: &Record, out: &mut Out) -> Result<bool> {
    let wrong = chancery::audit(record.store())?;
    let counts = record.store().counts()?;
    eprintln!(
        "{}: {} articles, {} reports, {} statements, {} events, {} claims",
        record.store().path().display(),
        counts.articles,
        counts.reports,
        counts.statements,
        counts.events,
        counts.claims
    );
    let mut sheet = Sheet::new(&["wrong"]);
    for line in &wrong {
        sheet.row(vec![line.to_string()], json!({"wrong": line.to_string()}));
    }
    if sheet.is_empty() {
        eprintln!("nothing wrong");
        return Ok(true);
    }
    sheet.print(out)?;
    Ok(false)
}
