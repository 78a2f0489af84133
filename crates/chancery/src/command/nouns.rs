//! `events`, `claims`, `actors`, `dyad`, `search`: the nouns that ask the record.

use super::args::{Filtered, Format};
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::model::{ActorRef, Id, Quad, Status};
use chancery::wire::v1;
use chancery::{Asked, Between, Direction, Happening, Where, Who, shown, view};
use chancery_register::Identity;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

impl Filtered {
    /// The filter in the words of the façade.
    pub fn asked(&self) -> Asked {
        let lexicon = super::rooms().lexicon;
        let who = |s: &Option<String>| s.as_deref().map(|s| Who::of(s, lexicon));
        Asked {
            actor: who(&self.actor),
            from: who(&self.from),
            to: who(&self.to),
            types: self.types.clone(),
            since: self.since,
            until: self.until,
            place: self.place.as_deref().map(|s| Where::of(s, lexicon)),
            said_by: who(&self.said_by),
            status: self.status.clone(),
        }
    }
}

/// Says why nothing may have been found: names that no list holds are likely misspelt.
pub fn nothing(filtered: &Filtered) -> String {
    let lexicon = super::rooms().lexicon;
    let names = [&filtered.actor, &filtered.from, &filtered.to, &filtered.place];
    let strange = |s: &&String| {
        lexicon.look_up(s).is_empty() && lexicon.by_surname(s).is_empty() && matches!(Who::of(s, lexicon), Who::Entity(_))
    };
    let strange: Vec<String> = names.into_iter().flatten().filter(strange).map(|s| format!("`{}`", shown(s))).collect();
    match strange.is_empty() {
        true => "nothing found".to_owned(),
        false => format!(
            "nothing found; {} is in no list of names, check the spelling (`chancery actors` lists who occurs in the record)",
            strange.join(", ")
        ),
    }
}

/// Articles that a search shows unless told otherwise.
const HITS: usize = 50;

const EVENTS: &[&str] =
    &["date", "event", "status", "actors", "recipients", "place", "told", "who says so", "words", "doc", "id"];

/// Prints events; false where there are none.
pub fn events(record: &Record, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let found = record.happenings(&filtered.asked(), |_| true)?;
    let mut sheet = Sheet::new(EVENTS);
    for h in &found {
        sheet.row(cells(h, out.format), serde_json::to_value(event_line(h))?);
    }
    sheet.truncate(filtered.limit);
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

pub fn event_line(h: &Happening) -> v1::EventLine {
    v1::event_line(&h.event, h.told.iter().map(|t| (&t.report, t.article.as_ref())))
}

/// The same with the ids by which the record knew the event before.
pub fn with_former_ids(record: &Record, h: &Happening) -> Result<serde_json::Value> {
    let mut value = serde_json::to_value(event_line(h))?;
    value["supersedes"] = json!(record.store().supersedes(&h.event)?);
    Ok(value)
}

fn cells(h: &Happening, format: Format) -> Vec<String> {
    let e = &h.event;
    let list = |refs: &[chancery::model::ActorRef]| {
        refs.iter().map(|a| view::named(&a.code, a.sector, a.entity.as_deref())).collect::<Vec<_>>().join("; ")
    };
    vec![
        e.date.as_ref().map(view::days).unwrap_or_default(),
        kind(h),
        status(h),
        list(&e.actors),
        list(&e.recipients),
        e.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        told(h),
        h.told.first().map(|t| t.chain()).unwrap_or_default(),
        h.told.first().map(|t| shown(t.words())).unwrap_or_default(),
        h.told.first().map(|t| t.article.doc.clone()).unwrap_or_default(),
        id(&e.id, format),
    ]
}

/// Ids are cut short where people read them: the first digits suffice for `explain`.
pub fn id(id: &Id, format: Format) -> String {
    if format == Format::Table { id.0.chars().take(9).collect() } else { id.0.clone() }
}

pub fn kind(h: &Happening) -> String {
    h.event.mode.map_or_else(|| h.event.event.to_string(), |m| format!("{}.{m}", h.event.event))
}

fn status(h: &Happening) -> String {
    if h.contested { format!("{} contested", h.event.status) } else { h.event.status.to_string() }
}

// "3/2": three reports of two independent origins.
fn told(h: &Happening) -> String {
    format!("{}/{}", h.event.reports.len(), h.event.origins)
}

/// Prints actors by how often they occur.
pub fn actors(record: &Record, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    #[derive(Default)]
    struct Tally {
        acts: usize,
        acted_on: usize,
        spellings: BTreeSet<String>,
        offices: BTreeSet<String>,
        docs: BTreeSet<String>,
        one: BTreeMap<String, Identity>,
    }
    type Key = (String, String, String);
    let mut tally: BTreeMap<Key, Tally> = BTreeMap::new();
    // By code, sector and the name that stands for all spellings, with why it does.
    let whom = |a: &ActorRef| -> Result<(Key, Option<Identity>)> {
        let written = a.entity.clone().unwrap_or_default();
        let one = record.identities(&a.code)?.get(&written).cloned();
        let name = one.as_ref().map_or(written, |i| i.name.clone());
        Ok(((a.code.clone(), a.sector.map(|s| s.to_string()).unwrap_or_default(), name), one))
    };
    for h in &record.happenings(&filtered.asked(), |_| true)? {
        for (refs, acts) in [(&h.event.actors, true), (&h.event.recipients, false)] {
            for a in refs {
                let (key, one) = whom(a)?;
                let t = tally.entry(key).or_default();
                t.one.extend(a.entity.clone().zip(one));
                *(if acts { &mut t.acts } else { &mut t.acted_on }) += 1;
            }
        }
        for told in &h.told {
            for a in told.report.actors.iter().chain(&told.report.recipients) {
                let (key, _) = whom(a)?;
                if let Some(t) = tally.get_mut(&key) {
                    t.spellings.insert(shown(&a.text));
                    t.offices.extend(a.office.clone());
                    t.docs.insert(told.article.doc.clone());
                }
            }
        }
    }
    let mut order: Vec<_> = tally.into_iter().collect();
    order.sort_by(|a, b| (b.1.acts + b.1.acted_on).cmp(&(a.1.acts + a.1.acted_on)).then(a.0.cmp(&b.0)));
    let mut sheet =
        Sheet::new(&["code", "sector", "name", "acts", "acted on", "articles", "office", "as written", "one person by"]);
    for ((code, sector, name), t) in order {
        let one: Vec<_> = t
            .one
            .iter()
            .map(|(n, i)| json!({"entity_text": n, "confidence": (f64::from(i.confidence) * 100.0).round() / 100.0, "reason": i.reason}))
            .collect();
        let why = t.one.values().map(|i| format!("{} ({:.2})", i.reason, i.confidence)).collect::<Vec<_>>().join("; ");
        let joined = |s: &BTreeSet<String>| s.iter().cloned().collect::<Vec<_>>().join("; ");
        let json = json!({"code": code, "sector": sector, "identifier_text": name, "acts": t.acts, "acted_on": t.acted_on,
            "articles": t.docs.len(), "offices": t.offices, "entity_text": t.spellings, "identity": one});
        let cells = vec![
            code,
            sector,
            name,
            t.acts.to_string(),
            t.acted_on.to_string(),
            t.docs.len().to_string(),
            joined(&t.offices),
            joined(&t.spellings),
            shown(&why),
        ];
        sheet.row(cells, json);
    }
    sheet.truncate(filtered.limit);
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

/// Prints what passed between two.
pub fn dyad(record: &Record, a: &str, b: &str, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let lexicon = super::rooms().lexicon;
    let (a, b) = (Who::of(a, lexicon), Who::of(b, lexicon));
    anyhow::ensure!(
        a != b,
        super::Usage(format!("both are {a}; a dyad needs two (sectors of one state are two: SYR/GOV and SYR/REB)"))
    );
    let passed = |h: &Happening| !Between::of(std::slice::from_ref(h), &a, &b).rows.is_empty();
    let found = record.happenings(&filtered.asked(), passed)?;
    let by_event: BTreeMap<_, _> = found.iter().map(|h| (&h.event.id, h)).collect();
    let between = Between::of(&found, &a, &b);
    if between.rows.is_empty() {
        eprintln!("nothing between {a} and {b}; `chancery actors` lists who occurs in the record");
        return Ok(false);
    }
    let heads: &[&str] = match out.format {
        Format::Table => &["date", "way", "event", "words", "who says so", "in", "id"],
        _ => &["date", "way", "event", "status", "told", "who says so", "words", "doc", "id"],
    };
    let mut sheet = Sheet::new(heads);
    for r in &between.rows {
        let Some(h) = by_event.get(&r.event) else { continue };
        let way = way(&between, between.direction(r));
        let mut json = serde_json::to_value(event_line(h))?;
        json["direction"] = json!(way);
        json["weight"] = json!(r.weight);
        let all = cells(h, out.format);
        let [date, kind, status, .., told, says, words, doc, id] = all.as_slice() else { continue };
        let cells = match out.format {
            Format::Table => vec![date.clone(), way, marked(h), words.clone(), says.clone(), several(h, doc), id.clone()],
            _ => [date, &way, kind, status, told, says, words, doc, id].map(String::clone).to_vec(),
        };
        sheet.row(cells, json);
    }
    sheet.truncate(filtered.limit);
    if out.format == Format::Table {
        writeln!(out, "{}", heading(&between))?;
        summary(&between).print(out)?;
        writeln!(out)?;
        months(&between).print(out)?;
        writeln!(out)?;
    }
    sheet.print(out)?;
    Ok(true)
}

/// The type, and its status where that is not simply `actual`.
fn marked(h: &Happening) -> String {
    if h.contested || h.event.status != Status::Actual { format!("{}\n{}", kind(h), status(h)) } else { kind(h) }
}

/// The first document, and how many reports of how many independent origins tell it.
fn several(h: &Happening, doc: &str) -> String {
    match (h.event.reports.len(), h.event.origins) {
        (1, _) => doc.to_owned(),
        (n, origins) => format!("{doc}\n{n} reports, {origins} origin(s)"),
    }
}

pub fn way(between: &Between, direction: Direction) -> String {
    match direction {
        Direction::There => format!("{} → {}", between.a, between.b),
        Direction::Back => format!("{} → {}", between.b, between.a),
        Direction::Both => format!("{} ↔ {}", between.a, between.b),
    }
}

fn heading(between: &Between) -> String {
    let days: Vec<_> = between.rows.iter().filter_map(|r| r.day).collect();
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    let total = &between.months.total;
    let undated = match between.months.undated.events {
        0 => String::new(),
        n => format!("; {n} undated"),
    };
    format!(
        "{} and {}: {} events in {} reports{span}{undated}; mean PLOVER score {:+.1}",
        between.a,
        between.b,
        total.events,
        total.reports,
        total.level().unwrap_or_default()
    )
}

fn summary(between: &Between) -> Sheet {
    let mut sheet =
        Sheet::new(&["way", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict", "events"]);
    for direction in [Direction::There, Direction::Back, Direction::Both] {
        let counts: Vec<usize> =
            Quad::ALL.iter().map(|q| between.counts.get(&(direction, *q)).copied().unwrap_or_default()).collect();
        let sum: usize = counts.iter().sum();
        let mut cells = vec![way(between, direction)];
        cells.extend(counts.iter().chain([&sum]).map(|n| n.to_string()));
        sheet.row(cells, json!(null));
    }
    sheet
}

fn months(between: &Between) -> Sheet {
    let mut sheet = Sheet::new(&["month", "events", "cooperation", "conflict", "score", "reports", "origins"]);
    let mut row = |name: String, s: &chancery_relations::Sums| {
        let (cooperation, conflict) = (s.quads[0] + s.quads[1], s.quads[2] + s.quads[3]);
        let cells = [
            s.events.to_string(),
            cooperation.to_string(),
            conflict.to_string(),
            format!("{:+.1}", s.score),
            s.reports.to_string(),
            s.origins.to_string(),
        ];
        sheet.row(std::iter::once(name).chain(cells).collect(), json!(null));
    };
    for (month, sums) in &between.months.points {
        row(format!("{:04}-{:02}", month.year(), month.month()), sums);
    }
    if between.months.undated.events > 0 {
        row("undated".to_owned(), &between.months.undated);
    }
    sheet
}

/// Prints the articles that hold all words, each with a snippet and the events told around it.
pub fn search(record: &Record, words: &[String], filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let words = words.join(" ");
    anyhow::ensure!(words.chars().any(char::is_alphanumeric), super::Usage("no word to search for".to_owned()));
    let asked = filtered.asked();
    let filters = asked != Asked::default();
    let most = filtered.limit.unwrap_or(HITS);
    // What the filters leave of the hits is only known afterwards, so the limit must not come first.
    let hits = record.search(&words, &asked, if filters { usize::MAX } else { most })?;
    let holds = |h: &Happening| h.told.iter().any(|t| hits.iter().any(|hit| hit.article.id == t.article.id));
    let found = record.happenings(&asked, holds)?;
    let mut sheet = Sheet::new(&["published", "outlet", "title", "found", "events", "doc"]);
    for hit in &hits {
        let article = &hit.article;
        let told: Vec<&Happening> = found.iter().filter(|h| h.told.iter().any(|t| t.article.id == article.id)).collect();
        if filters && told.is_empty() {
            continue;
        }
        // Events whose own sentence holds the words come first: they are what the question is about.
        let (near, far): (Vec<&Happening>, Vec<&Happening>) = told.into_iter().partition(|h| hit.events.contains(&h.event.id));
        let lines: Vec<String> = near.iter().map(|h| brief(h)).collect();
        let events = match (lines.is_empty(), far.len()) {
            (_, 0) => lines.join("\n"),
            (true, n) => format!("({n} events elsewhere in the article)"),
            (false, n) => format!("{}\n(and {n} elsewhere)", lines.join("\n")),
        };
        let json = json!({
            "doc": article.doc, "title": article.title, "publication": article.outlet, "published": article.published.map(|p| p.date),
            "url": article.url, "snippet": hit.snippet,
            "events": near.iter().map(|h| event_line(h)).collect::<Vec<_>>(), "elsewhere": far.iter().map(|h| &h.event.id).collect::<Vec<_>>(),
        });
        let cells = vec![
            article.published.map(|p| p.date.to_string()).unwrap_or_default(),
            article.outlet.clone().unwrap_or_default(),
            article.title.clone().unwrap_or_default(),
            shown(&hit.snippet),
            if out.format == Format::Table {
                events
            } else {
                near.iter().map(|h| h.event.id.to_string()).collect::<Vec<_>>().join(" ")
            },
            article.doc.clone(),
        ];
        sheet.row(cells, json);
    }
    sheet.truncate(Some(most));
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

fn brief(h: &Happening) -> String {
    let list = |refs: &[chancery::model::ActorRef]| {
        refs.iter().map(|a| a.entity.clone().unwrap_or_else(|| a.code.clone())).collect::<Vec<_>>().join(", ")
    };
    let arrow = if h.event.recipients.is_empty() { String::new() } else { format!(" → {}", list(&h.event.recipients)) };
    format!("{} {} {}{arrow} {}", kind(h), status(h), list(&h.event.actors), id(&h.event.id, Format::Table))
}
