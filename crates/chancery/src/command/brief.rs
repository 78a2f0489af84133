//! `brief`: a dossier on two, for the terminal, as Markdown or as a page.

use super::args::{Format, Pair};
use super::output::Out;
use super::record::Record;
use super::{Usage, pair};
use anyhow::{Context, Result, bail};
use chancery::brief::{Brief, Source};
use chancery::model::{Id, Report};
use chancery::{Dispute, Happening, Relation, Telling, Who};
use chancery_store::Filter;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Columns of a dossier in a terminal or file.
const COLUMNS: usize = 96;

/// Writes a dossier; false where there is nothing between the two.
pub fn brief(record: &Record, pair: &Pair, html: Option<&Path>, md: Option<&Path>, out: &mut Out) -> Result<bool> {
    if out.chosen && out.format != Format::Table {
        bail!(Usage("a dossier is no table of rows; ask for --html FILE or --md FILE, or leave out --format".to_owned()));
    }
    if let (Some(page), Some(text)) = (html, md)
        && page == text
    {
        bail!(Usage(format!("--html and --md both name {}; name two files", page.display())));
    }
    let Some(mut relation) = pair::relation(record, pair, false)? else { return Ok(false) };
    relation.keep(pair.since, pair.until);
    if relation.rows().is_empty() {
        eprintln!(
            "nothing dated between {} and {} in that time; leave out --since and --until to see all",
            relation.a, relation.b
        );
        return Ok(false);
    }
    let disputes = disputes(record, &relation, pair)?;
    let statements = statements(record, &relation, pair)?;
    let lexicon = super::rooms().lexicon;
    let source =
        Source { relation: &relation, disputes: &disputes, statements: &statements, lexicon, from: pair.since, to: pair.until };
    let brief = Brief::of(source);
    if let Some(file) = html {
        write(file, &brief.to_html(), out)?;
    }
    if let Some(file) = md {
        write(file, &brief.to_markdown(), out)?;
    }
    if html.or(md).is_none() {
        write!(out, "{}", brief.to_text(COLUMNS))?;
    }
    Ok(true)
}

fn write(file: &Path, text: &str, out: &mut Out) -> Result<()> {
    if file == Path::new("-") {
        return Ok(write!(out, "{text}")?);
    }
    std::fs::write(file, text).with_context(|| format!("{} cannot be written; choose another file", file.display()))?;
    eprintln!("{} written", file.display());
    Ok(())
}

/// The disputes in which both take part, by deed or word.
fn disputes(record: &Record, relation: &Relation, pair: &Pair) -> Result<Vec<Dispute>> {
    let mut out = record.disputes()?;
    out.retain(|d| d.involves(&relation.a) && d.involves(&relation.b) && d.happenings.iter().any(|h| within(h, pair)));
    Ok(out)
}

fn within(h: &Happening, pair: &Pair) -> bool {
    match &h.event.date {
        Some(d) => pair.since.is_none_or(|s| d.to >= s) && pair.until.is_none_or(|u| d.from <= u),
        None => pair.since.is_none() && pair.until.is_none(),
    }
}

/// What the two say they want, hold or expect.
fn statements(record: &Record, relation: &Relation, pair: &Pair) -> Result<Vec<Telling>> {
    let mut found: BTreeMap<Id, Report> = BTreeMap::new();
    for who in [&relation.a, &relation.b] {
        let speaks = |r: &Report| {
            let voice = r.attribution.iter().find(|v| v.code.is_some());
            voice.map_or_else(|| r.actors.first().is_some_and(|a| who.is(a)), |v| who.speaks(v))
        };
        for r in record.store().statements(&coarse(who))?.into_iter().filter(speaks) {
            found.insert(r.id.clone(), r);
        }
    }
    let mut out = Vec::new();
    for report in found.into_values() {
        let article = record.article(&report.article)?;
        let day = report.date.as_ref().map(|d| d.from).or(article.published.map(|p| p.date));
        let fits = match day {
            Some(d) => pair.since.is_none_or(|s| d >= s) && pair.until.is_none_or(|u| d <= u),
            None => pair.since.is_none() && pair.until.is_none(),
        };
        if fits {
            out.push(Telling { report, article });
        }
    }
    Ok(out)
}

/// What the store can sort out itself; names are compared with more care afterwards.
fn coarse(who: &Who) -> Filter {
    let said_by = match who {
        Who::Code(code) | Who::Sector(code, _) => Some(chancery_store::Who::code(code)),
        Who::Entity(_) => None,
    };
    Filter { said_by, ..Filter::default() }
}
