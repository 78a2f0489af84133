//! `export`, `check`, `lexicon`: the record as files, its audit, and the knowledge behind it.

use super::args::{Filtered, Format, LexiconCommand, Shape};
use super::nouns;
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::model::CodePoints;
use chancery::wire::v1;
use chancery::{Asked, Rooms};
use chancery_lexicon::Lexicon;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;

/// Writes the record: its reports as JSON lines, or its events as CSV.
pub fn export(record: &Record, shape: Shape, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    match shape {
        Shape::Csv => {
            out.format = Format::Csv;
            nouns::events(record, filtered, out)
        }
        Shape::Jsonl => reports(record, filtered, out),
    }
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
    let wrong = record.store().check()?;
    let counts = record.store().counts()?;
    eprintln!(
        "{}: {} articles, {} reports, {} statements, {} events, {} claims ({} contested)",
        record.store().path().display(),
        counts.articles,
        counts.reports,
        counts.statements,
        counts.events,
        counts.claims,
        counts.contested
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

/// Looks into the lexicon.
pub fn lexicon(what: &LexiconCommand, out: &mut Out) -> Result<bool> {
    let lexicon = Rooms::builtin().lexicon;
    match what {
        LexiconCommand::Find { phrase } => find(lexicon, &phrase.join(" "), out),
        LexiconCommand::Audit => audit(lexicon, out),
    }
}

fn find(lexicon: &Lexicon, phrase: &str, out: &mut Out) -> Result<bool> {
    let mut senses: Vec<(usize, String)> =
        lexicon.look_up(phrase).into_iter().map(|s| (s.entry, format!("{:?}", s.form).to_lowercase())).collect();
    if let Some(at) = lexicon.index_of(phrase).or_else(|| lexicon.index_of(&phrase.to_uppercase())) {
        senses.push((at, "id".into()));
    }
    senses.extend(lexicon.by_surname(phrase).into_iter().map(|at| (at, "surname".into())));
    let mut seen = BTreeSet::new();
    senses.retain(|(at, _)| seen.insert(*at));
    let mut sheet = Sheet::new(&["name", "kind", "code", "sector", "as", "offices", "source", "id"]);
    for (at, form) in senses {
        let e = lexicon.entry(at);
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let offices: Vec<String> =
            e.tenures.iter().map(|(_, t)| format!("{} of {} {}..{}", t.office, t.code, day(t.from), day(t.to))).collect();
        let sector = e.sector.map(|s| s.to_string()).unwrap_or_default();
        let json = json!({"id": e.id, "name": e.name, "kind": e.kind.as_str(), "code": e.code, "sector": e.sector, "form": form,
            "feature": e.feature, "lat": e.lat, "lon": e.lon, "wikidata": e.wikidata, "source": e.source,
            "offices": e.tenures.iter().map(|(_, t)| t).collect::<Vec<_>>()});
        let kind = if e.feature.is_empty() { e.kind.as_str().to_owned() } else { format!("{} ({})", e.kind.as_str(), e.feature) };
        sheet.row(
            vec![e.name.clone(), kind, e.code.clone(), sector, form, offices.join("\n"), e.source.clone(), e.id.clone()],
            json,
        );
    }
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

fn audit(lexicon: &Lexicon, out: &mut Out) -> Result<bool> {
    let audit = lexicon.audit();
    let mut sheet = Sheet::new(&["what", "entries", "with one source only (editor)"]);
    let mut row = |what: String, n: usize, unchecked: String| {
        sheet.row(
            vec![what.clone(), n.to_string(), unchecked.clone()],
            json!({"what": what, "entries": n, "unchecked": unchecked}),
        );
    };
    for (kind, n) in &audit.kinds {
        row(kind.as_str().to_owned(), *n, audit.unchecked.get(kind).copied().unwrap_or_default().to_string());
    }
    row("offices held".into(), audit.tenures, String::new());
    row("spellings".into(), audit.forms, String::new());
    row("common nouns".into(), audit.nouns, String::new());
    row("unreadable lines".into(), audit.faults, String::new());
    sheet.print(out)?;
    Ok(audit.faults == 0)
}
