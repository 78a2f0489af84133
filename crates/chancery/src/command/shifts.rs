//! `shifts`: where the relation of two turned.

use super::args::{By, Format, Pair, Way};
use super::nouns::{id, kind};
use super::output::{Out, Sheet};
use super::pair;
use super::record::Record;
use anyhow::Result;
use chancery::model::Id;
use chancery::{Direction, Relation, Said, quoted, shown, view};
use chancery_relations::{Gap, Measure, Shift, Shifts, Support, Way as Turned};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::Write;

/// Sentences shown in which articles speak of a turn themselves.
const SAID: usize = 8;

/// Characters of a quotation.
const QUOTED: usize = 180;

const HEADS: &[&str] =
    &["day", "measure", "before", "after", "chance", "earliest", "latest", "rests on", "no coverage", "events"];

/// Prints the turning points of a pair; false where there is nothing between the two.
pub fn shifts(record: &Record, pair: &Pair, by: Option<By>, way: Option<Way>, reported: bool, out: &mut Out) -> Result<bool> {
    let Some(relation) = pair::relation(record, pair, reported)? else { return Ok(false) };
    let way = way.map(Direction::from);
    let period = by.map_or_else(|| relation.period(way, pair.since, pair.until), Into::into);
    let found = relation.shifts(period, way, pair.since, pair.until);
    let mut said = relation.said(super::rooms().lexicon);
    // A reprint says nothing new.
    let mut seen = std::collections::BTreeSet::new();
    said.retain(|s| within(s, pair) && seen.insert(s.article.text.get(s.sentence.range()).map(str::to_owned)));
    match out.format {
        Format::Table => write!(out, "{}", told(&relation, &found, &said, reported))?,
        Format::Jsonl => {
            for line in lines(&relation, &found, &said) {
                writeln!(out, "{line}")?;
            }
        }
        _ => {
            let mut sheet = Sheet::new(HEADS);
            found.shifts.iter().for_each(|s| sheet.row(cells(s), Value::Null));
            sheet.print(out)?;
            untested(&found, reported).iter().for_each(|line| eprintln!("{line}"));
        }
    }
    Ok(true)
}

/// What is said before the first day or after the last that is asked about is left out; what is undated stays.
fn within(said: &Said, pair: &Pair) -> bool {
    said.article.published.is_none_or(|p| pair.since.is_none_or(|s| p.date >= s) && pair.until.is_none_or(|u| p.date <= u))
}

fn cells(s: &Shift) -> Vec<String> {
    let gaps: Vec<String> = s.gaps.iter().map(|g| format!("{}/{}", g.from, g.to)).collect();
    vec![
        s.day.to_string(),
        name(s.measure).to_owned(),
        format!("{:.2}", s.before),
        format!("{:.2}", s.after),
        format!("{:.4}", s.chance),
        s.between.0.to_string(),
        s.between.1.to_string(),
        s.rests_on.iter().map(support).collect::<Vec<_>>().join("; "),
        gaps.join("; "),
        s.explained_by.iter().map(|e| e.0.as_str()).collect::<Vec<_>>().join(" "),
    ]
}

fn lines(relation: &Relation, found: &Shifts, said: &[Said]) -> Vec<Value> {
    let mut out: Vec<Value> = found
        .shifts
        .iter()
        .map(|s| {
            let mut line = json!(s);
            line["kind"] = json!("shift");
            line["period"] = json!(found.period);
            line["evidence"] = s.explained_by.iter().filter_map(|e| evidence(relation, e)).collect();
            line
        })
        .collect();
    out.extend(said.iter().map(|s| {
        json!({"kind": "said", "way": s.way, "doc": s.article.doc, "publication": s.article.outlet, "title": s.article.title,
            "published": s.article.published.map(|p| p.date), "words": s.article.text.get(s.words.range()),
            "sentence": s.article.text.get(s.sentence.range())})
    }));
    let mut last = json!(found);
    if let Some(fields) = last.as_object_mut() {
        fields.remove("shifts");
    }
    last["kind"] = json!("material");
    last["tested"] = json!({"level": found.tested(Measure::Level), "volume": found.tested(Measure::Volume)});
    out.push(last);
    out
}

fn evidence(relation: &Relation, event: &Id) -> Option<Value> {
    let h = relation.happenings.get(event)?;
    let t = h.told.first()?;
    Some(
        json!({"event": event, "type": h.event.event, "mode": h.event.mode, "date": h.event.date.as_ref().map(|d| d.from), "doc": t.article.doc,
        "publication": t.article.outlet, "published": t.article.published.map(|p| p.date), "sentence": t.sentence(), "origins": h.event.origins}),
    )
}

/// The answer for a reader.
fn told(relation: &Relation, found: &Shifts, said: &[Said], reported: bool) -> String {
    let (a, b) = (&relation.between.a, &relation.between.b);
    let count = match found.shifts.len() {
        0 => "no turning point".to_owned(),
        1 => "1 turning point".to_owned(),
        n => format!("{n} turning points"),
    };
    let mut out = format!("{a} and {b} by {}: {count}\n", found.period);
    for s in &found.shifts {
        out.push_str(&format!("\n{}\n", headline(found, s)));
        out.push_str(if s.ceased { "  what ceased:\n" } else { "" });
        s.explained_by.iter().for_each(|e| out.push_str(&event_lines(relation, e)));
        out.push_str(&format!("  {}\n", rests(s)));
        s.gaps.iter().for_each(|g| out.push_str(&format!("  {}\n", gap(g))));
    }
    let mut why = tested(found);
    why.extend(untested(found, reported));
    if !why.is_empty() {
        out.push('\n');
        why.iter().for_each(|line| out.push_str(&format!("{line}\n")));
    }
    if !said.is_empty() {
        let cooler = said.iter().filter(|s| s.way == Turned::Cooler).count();
        let counts = format!("{cooler} of a cooler, {} of a warmer relation", said.len() - cooler);
        out.push_str(&format!("\nArticles that speak of a turn themselves ({counts}):\n"));
        // The last of those with a date and those without one.
        let last = said.len().saturating_sub(SAID);
        said.iter().skip(last).for_each(|s| out.push_str(&said_lines(s)));
        if said.len() > SAID {
            out.push_str(&format!("  (and {} earlier ones; --format jsonl gives all)\n", said.len() - SAID));
        }
    }
    let elsewhere: Vec<&Gap> = found.gaps.iter().filter(|g| found.shifts.iter().all(|s| !s.gaps.contains(g))).collect();
    if !elsewhere.is_empty() {
        let longest = elsewhere.iter().take(6).map(|g| days(g)).collect::<Vec<_>>().join(", ");
        let more = if elsewhere.len() > 6 { format!(" and {} more stretches", elsewhere.len() - 6) } else { String::new() };
        out.push_str(&format!("\nNo article in the record: {longest}{more}\n"));
    }
    out
}

fn headline(found: &Shifts, s: &Shift) -> String {
    let step = found.period;
    let margin = match s.between {
        (from, to) if from == to => String::new(),
        (from, to) => format!(", give or take: {} to {}", step.label(from), step.label(to)),
    };
    let change = match s.measure {
        Measure::Level => format!("mean score of an event {:+.1} → {:+.1}", s.before, s.after),
        Measure::Volume => format!("events a {step} {:.1} → {:.1}", s.before, s.after),
    };
    format!("{}  {change}  (chance in a steady series {}{margin})", step.label(s.day), percent(s.chance))
}

/// A chance as a reader takes it in: `0.4 %`.
pub fn percent(chance: f64) -> String {
    match chance {
        c if c < 0.001 => "below 0.1 %".to_owned(),
        c if c < 0.1 => format!("{:.1} %", 100.0 * c),
        c => format!("{:.0} %", 100.0 * c),
    }
}

fn event_lines(relation: &Relation, event: &Id) -> String {
    let Some(h) = relation.happenings.get(event) else { return String::new() };
    let Some(t) = h.told.first() else { return String::new() };
    let row = relation.rows().iter().find(|r| r.event == *event);
    let way = row.map(|r| super::nouns::way(&relation.between, relation.between.direction(r))).unwrap_or_default();
    let date = h.event.date.as_ref().map(view::days).unwrap_or_default();
    let cited = quoted(&t.article, t.report.sentence, t.report.trigger, QUOTED);
    format!(
        "  {date}  {way}  {}  {}\n      “{cited}”\n      {}\n",
        kind(h),
        id(&h.event.id, Format::Table),
        source(&t.article, h.event.reports.len(), h.event.origins)
    )
}

fn source(article: &chancery::model::Article, reports: usize, origins: usize) -> String {
    let outlet = article.outlet.as_deref().unwrap_or(&article.doc);
    let day = article.published.map_or_else(|| "undated".to_owned(), |p| p.date.to_string());
    let more = if reports > 1 { format!("; {reports} reports of {origins} origin(s)") } else { String::new() };
    format!("{}, {day}{more}", shown(outlet))
}

fn rests(s: &Shift) -> String {
    if s.rests_on.is_empty() {
        return format!("stands without any one outlet or event ({} origins before, {} after)", s.origins.0, s.origins.1);
    }
    format!("vanishes without {}", s.rests_on.iter().map(support).collect::<Vec<_>>().join("; without "))
}

fn support(s: &Support) -> String {
    match s {
        Support::Outlet(name) => shown(name),
        Support::Event(e) => format!("event {}", id(e, Format::Table)),
        Support::Attention => "the rise or fall in the number of articles".to_owned(),
    }
}

fn said_lines(s: &Said) -> String {
    let way = match s.way {
        Turned::Cooler => "cooler",
        Turned::Warmer => "warmer",
    };
    format!("  {way}: “{}”\n      {}\n", quoted(&s.article, s.sentence, s.words, QUOTED), source(&s.article, 1, 1))
}

fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Level => "level",
        Measure::Volume => "volume",
    }
}

fn gap(g: &Gap) -> String {
    format!("no coverage {}", days(g))
}

fn days(g: &Gap) -> String {
    let day = |d: Date| d.to_string();
    if g.from == g.to { day(g.from) } else { format!("{} to {}", day(g.from), day(g.to)) }
}

/// What was looked for, where that was possible and nothing was found.
fn tested(found: &Shifts) -> Vec<String> {
    let step = found.period;
    let none = |m: Measure| found.tested(m) && found.shifts.iter().all(|s| s.measure != m);
    let mut out = Vec::new();
    if none(Measure::Level) {
        out.push(format!("The level does not turn: {} events in {} {step}s with events.", found.dated, found.told_steps));
    }
    if none(Measure::Volume) {
        out.push(format!("The volume does not turn: {} events over {} {step}s with articles.", found.dated, found.covered_steps));
    }
    out
}

/// Why a measure was not tested: too few steps, and what keeps them few.
pub fn untested(found: &Shifts, reported: bool) -> Vec<String> {
    let mut out = Vec::new();
    let step = found.period;
    if !found.tested(Measure::Level) {
        let undated = match (found.undated, reported) {
            (0, _) => String::new(),
            (n, false) => format!("; {n} more have no date fit for it (--reported takes the day of their first report)"),
            (n, true) => format!("; {n} more have no date fit for it"),
        };
        out.push(format!(
            "Too little for a turn in the level: {} dated events in {} {step}s, {} {step}s with events are needed{undated}.",
            found.dated, found.told_steps, found.needed_steps
        ));
    }
    if !found.tested(Measure::Volume) {
        out.push(format!(
            "Too little for a turn in the volume: {} dated events, and articles cover {} {step}s; {} of either are needed.",
            found.dated, found.covered_steps, found.needed_steps
        ));
    }
    if found.not_actual > 0 {
        out.push(format!("{} events that are not told as having happened score nothing.", found.not_actual));
    }
    out
}
