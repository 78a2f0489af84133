//! `correct`: what people say against a reading, by whom and why; nothing that was read is lost.

use super::corrections::{CorrectCommand, Signed};
use super::output::{Out, Sheet};
use super::record::Record;
use super::{Usage, cases, patch};
use anyhow::{Result, bail};
use chancery::model::{ActorRef, EventType, Id, Kind, Mode, Place, Report, Sector};
use chancery::{Who, shown, view};
use chancery_lexicon::{EntryKind, Lexicon};
use chancery_store::{Change, Correction, Party, Target};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeSet;

/// Makes, undoes, lists or exports corrections; false where there are none to show.
pub fn correct(record: &mut Record, what: &CorrectCommand, out: &mut Out) -> Result<bool> {
    match what {
        CorrectCommand::List => return list(record, out),
        CorrectCommand::Patch => return patch::patch(record, out),
        CorrectCommand::Cases => return cases::cases(record, out),
        CorrectCommand::Undo { number, said } => {
            undoable(record, *number)?;
            make(record, said, &Change::Undo { number: *number }, &[])?;
        }
        CorrectCommand::NotEvent { id, said } => of(record, id, said, Change::NotEvent)?,
        CorrectCommand::Type { id, event, said } => {
            let (event, mode) = kind(event)?;
            of(record, id, said, Change::Type { event, mode, cameo: Some(chancery_coder::cameo_code(event, mode).to_owned()) })?;
        }
        CorrectCommand::Status { id, status, said } => of(record, id, said, Change::Status { status: *status })?,
        CorrectCommand::Date { id, days, said } => of(record, id, said, Change::Date { days: span(days)? })?,
        CorrectCommand::Place { id, place, said } => of(record, id, said, Change::Place { place: spot(place) })?,
        CorrectCommand::Actor { id, was, now, said } => party(record, id, false, was, now, said)?,
        CorrectCommand::Recipient { id, was, now, said } => party(record, id, true, was, now, said)?,
        CorrectCommand::Merge { ids, said } => merge(record, ids, said)?,
        CorrectCommand::Split { ids, said } => split(record, ids, said)?,
    }
    Ok(true)
}

fn make(record: &mut Record, said: &Signed, change: &Change, targets: &[Target]) -> Result<()> {
    if said.author.trim().is_empty() || said.reason.trim().is_empty() {
        bail!(Usage("a correction has an author and a reason".to_owned()));
    }
    let number = record.store_mut().correct(&now(), said.author.trim(), said.reason.trim(), change, targets)?;
    record.derive()?;
    eprintln!("correction {number} made; `chancery correct undo {number}` takes it back");
    Ok(())
}

/// The moment, in seconds; the command is where a clock may be read.
#[allow(clippy::disallowed_methods, reason = "a correction says when it was made")]
pub fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string()
}

/// Says something of a report, or of every report of an event.
fn of(record: &mut Record, id: &str, said: &Signed, change: Change) -> Result<()> {
    let reports = reports(record, id)?;
    if let (Change::Type { .. }, Some(r)) = (&change, reports.iter().find(|r| r.kind == Kind::Statement)) {
        bail!(Usage(format!("{} tells a position, which has no event type", r.id)));
    }
    let targets: Vec<Target> = reports.iter().map(Target::of).collect();
    make(record, said, &change, &targets)
}

/// The report of an id, or the reports of an event; the first digits suffice.
fn reports(record: &Record, id: &str) -> Result<Vec<Report>> {
    let id = id.trim().to_lowercase();
    if !id.starts_with(['r', 'e']) {
        bail!(Usage(format!("`{}` is no id; ids of reports begin with r, those of events with e", shown(&id))));
    }
    let found = record.beginning(&id)?;
    let [found] = found.as_slice() else {
        let many = if found.is_empty() { "no id begins" } else { "several ids begin" };
        bail!(Usage(format!("{many} with {}", shown(&id))));
    };
    let ids = match record.store().event(&found.0)? {
        Some(event) => event.reports,
        None => vec![found.clone()],
    };
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        out.extend(record.store().report(&id.0)?);
    }
    Ok(out)
}

fn undoable(record: &Record, number: i64) -> Result<()> {
    let all = record.store().corrections()?;
    match all.iter().find(|c| c.number == number) {
        None => bail!(Usage(format!("there is no correction {number}; `chancery correct list` shows them"))),
        Some(Correction { undone: Some(by), .. }) => {
            bail!(Usage(format!("correction {number} is undone already, by correction {by}")))
        }
        Some(_) => Ok(()),
    }
}

fn kind(words: &str) -> Result<(EventType, Option<Mode>)> {
    let (event, mode) = words.split_once('.').map_or((words, None), |(e, m)| (e, Some(m)));
    let Ok(event) = event.to_uppercase().parse::<EventType>() else {
        let known: Vec<&str> = EventType::ALL.iter().map(|t| t.as_str()).collect();
        bail!(Usage(format!("no such event type; there are {}", known.join(", "))));
    };
    let Some(mode) = mode else { return Ok((event, None)) };
    match mode.to_lowercase().parse::<Mode>().ok().filter(|m| Mode::of(event).contains(m)) {
        Some(mode) => Ok((event, Some(mode))),
        None => {
            let known: Vec<&str> = Mode::of(event).iter().map(|m| m.as_str()).collect();
            bail!(Usage(format!(
                "{event} has no such mode; it has {}",
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            )))
        }
    }
}

fn span(words: &str) -> Result<Option<(Date, Date)>> {
    if words == "none" {
        return Ok(None);
    }
    let (from, to) = words.split_once('/').unwrap_or((words, words));
    match (from.trim().parse::<Date>(), to.trim().parse::<Date>()) {
        (Ok(from), Ok(to)) if from <= to => Ok(Some((from, to))),
        _ => bail!(Usage(
            "write a day as 2015-09-01, several as 2015-09-01/2015-09-03, and none where the text does not tell it".to_owned()
        )),
    }
}

/// A place by its name, with what the lexicon knows of it; `none` where the text does not tell one.
fn spot(name: &str) -> Option<Place> {
    let name = name.trim();
    if name.is_empty() || name == "none" {
        return None;
    }
    let lexicon = super::rooms().lexicon;
    let senses = lexicon.look_up(name);
    let entry = |kind| senses.iter().map(|s| lexicon.entry(s.entry)).find(|e| e.kind == kind);
    let known = entry(EntryKind::Place).or_else(|| entry(EntryKind::State));
    Some(match known {
        Some(e) => Place {
            name: e.name.clone(),
            country: (!e.code.is_empty()).then(|| e.code.clone()),
            lat: e.lat,
            lon: e.lon,
            precision: if e.kind == EntryKind::State { "country".to_owned() } else { e.feature.clone() },
        },
        None => Place { name: name.to_owned(), country: None, lat: None, lon: None, precision: "site".to_owned() },
    })
}

/// Puts somebody in another's place.
fn party(record: &mut Record, id: &str, recipient: bool, was: &str, now: &str, said: &Signed) -> Result<()> {
    let lexicon = super::rooms().lexicon;
    let reports = reports(record, id)?;
    let slot = |r: &Report| if recipient { r.recipients.clone() } else { r.actors.clone() };
    let day = reports.iter().find_map(|r| r.date.as_ref().map(|d| d.from));
    let now = if now == "-" { None } else { Some(named(now, day, lexicon)?) };
    if was == "-" {
        let targets: Vec<Target> = reports.iter().map(Target::of).collect();
        return make(record, said, &Change::Party { recipient, was: None, now }, &targets);
    }
    let who = Who::of(was, lexicon);
    let mut first: Option<Party> = None;
    let mut targets = Vec::new();
    for r in &reports {
        let Some(found) = slot(r).into_iter().find(|a| who.is(a)) else { continue };
        first.get_or_insert(Party::of(&found));
        targets.push(Target { words: Some(found.span), ..Target::of(r) });
    }
    let Some(was) = first else {
        let there: BTreeSet<String> = reports.iter().flat_map(slot).map(|a: ActorRef| Party::of(&a).to_string()).collect();
        let there: Vec<String> = there.into_iter().collect();
        bail!(Usage(format!(
            "{} is not there; there is {}",
            shown(was),
            if there.is_empty() { "nobody".to_owned() } else { there.join("; ") }
        )));
    };
    make(record, said, &Change::Party { recipient, was: Some(was), now }, &targets)
}

/// Somebody as typed: a name or code that the lexicon knows, or `CODE/SECTOR Name` for whom it does not.
fn named(phrase: &str, day: Option<Date>, lexicon: &Lexicon) -> Result<Party> {
    let phrase = phrase.trim();
    let (tag, name) = phrase.split_once(' ').map_or((phrase, None), |(t, n)| (t, Some(n.trim().to_owned())));
    let (code, sector) = tag.split_once('/').map_or((tag, None), |(c, s)| (c, s.to_uppercase().parse::<Sector>().ok()));
    let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if is_code && (sector.is_some() || (name.is_some() && tag == code && lexicon.look_up(phrase).is_empty())) {
        return Ok(Party { code: code.to_owned(), sector, entity: name, identifier: None });
    }
    let known = match Who::of(phrase, lexicon) {
        Who::Code(code) => {
            let state = lexicon.state(&code);
            let entity = state.map(|s| s.name.clone());
            return Ok(Party {
                sector: state.map(|_| Sector::Gov),
                identifier: state.and_then(|s| s.wikidata.clone()),
                code,
                entity,
            });
        }
        Who::Sector(code, sector) => return Ok(Party { code, sector: Some(sector), entity: None, identifier: None }),
        Who::Entity(name) => lexicon.entries().iter().find(|e| e.name == name && e.kind != EntryKind::Place),
    };
    let Some(e) = known.filter(|e| !e.code.is_empty()) else {
        bail!(Usage(format!("{} is in no list of names; write CODE/SECTOR Name, as in SYR/REB Jaysh al-Islam", shown(phrase))));
    };
    // Offices are held as of the event's day.
    let tenure = e.tenures.iter().rev().map(|t| &t.1).find(|t| day.is_some_and(|d| t.holds(d))).or(e
        .tenures
        .last()
        .map(|t| &t.1)
        .filter(|_| day.is_none()));
    let former = tenure.is_none() && !e.tenures.is_empty();
    let sector = tenure.map(|t| t.sector).or(e.sector).or(former.then_some(Sector::Eli));
    Ok(Party {
        code: tenure.map_or(&e.code, |t| &t.code).clone(),
        sector,
        entity: Some(e.name.clone()),
        identifier: e.wikidata.clone(),
    })
}

fn merge(record: &mut Record, ids: &[String], said: &Signed) -> Result<()> {
    let mut targets: Vec<Target> = Vec::new();
    for id in ids {
        targets.extend(reports(record, id)?.iter().map(Target::of));
    }
    targets.dedup();
    let events: BTreeSet<Id> = targets
        .iter()
        .filter_map(|t| record.store().event_of(&t.report.0).transpose())
        .map(|e| e.map(|e| e.id))
        .collect::<Result<_, _>>()?;
    if events.len() < 2 {
        bail!(Usage("these are one event already".to_owned()));
    }
    make(record, said, &Change::Merge, &targets)
}

fn split(record: &mut Record, ids: &[String], said: &Signed) -> Result<()> {
    let mut these: Vec<Report> = Vec::new();
    for id in ids {
        if !id.trim().to_lowercase().starts_with('r') {
            bail!(Usage(
                "name the reports that do not belong to the event, by their ids (r…); `chancery explain e…` lists them"
                    .to_owned()
            ));
        }
        these.extend(reports(record, id)?);
    }
    let mut from: Vec<Target> = Vec::new();
    for r in &these {
        let Some(event) = record.store().event_of(&r.id.0)? else { continue };
        for other in event.reports.iter().filter(|o| !these.iter().any(|t| t.id == **o)) {
            from.extend(record.store().report(&other.0)?.iter().map(Target::of));
        }
    }
    from.sort_by(|a, b| a.report.cmp(&b.report));
    from.dedup();
    if from.is_empty() {
        bail!(Usage("they are an event of their own already".to_owned()));
    }
    let targets: Vec<Target> = these.iter().map(Target::of).collect();
    make(record, said, &Change::Split { from }, &targets)
}

/// What a correction says, in a few words.
pub fn gist(c: &Correction) -> String {
    let party = |p: &Option<Party>| p.as_ref().map_or_else(|| "nobody".to_owned(), Party::to_string);
    match &c.change {
        Change::NotEvent => "this is no event".to_owned(),
        Change::Type { event, mode, .. } => mode.map_or_else(|| format!("type {event}"), |m| format!("type {event}.{m}")),
        Change::Status { status } => format!("status {status}"),
        Change::Date { days: None } => "the day is not told".to_owned(),
        Change::Date { days: Some((a, b)) } => {
            if a == b {
                format!("on {a}")
            } else {
                format!("on {a}/{b}")
            }
        }
        Change::Place { place } => {
            place.as_ref().map_or_else(|| "the place is not told".to_owned(), |p| format!("at {}", p.name))
        }
        Change::Party { recipient, was, now } => {
            format!("{} is not {} but {}", if *recipient { "recipient" } else { "actor" }, party(was), party(now))
        }
        Change::Merge => "these reports tell one event".to_owned(),
        Change::Split { from } => format!("not one event with {} other report(s)", from.len()),
        Change::Undo { number } => format!("correction {number} holds no more"),
    }
}

/// How a correction stands at present.
pub fn standing(c: &Correction) -> String {
    let lost: Vec<&str> = c.targets.iter().filter(|t| t.now.is_none()).map(|t| t.target.report.0.as_str()).collect();
    let moved = c.targets.iter().filter(|t| t.now.as_ref().is_some_and(|n| *n != t.target.report)).count();
    match (c.undone, lost.len(), moved) {
        (Some(by), ..) => format!("undone by {by}"),
        (None, 0, 0) => "holds".to_owned(),
        (None, 0, n) => format!("holds; {n} report(s) found again by their words"),
        (None, n, _) if n == c.targets.len() => format!("finds no more: {}", lost.join(" ")),
        (None, ..) => format!("holds, but finds no more: {}", lost.join(" ")),
    }
}

fn list(record: &Record, out: &mut Out) -> Result<bool> {
    let mut sheet = Sheet::new(&["n", "at", "author", "says", "of", "words", "reason", "standing"]);
    for c in record.store().corrections()? {
        let of: Vec<&str> = c.targets.iter().map(|t| t.target.report.0.as_str()).collect();
        let words = c.targets.first().map_or_else(|| Ok(String::new()), |t| words(record, &t.target))?;
        let state = standing(&c);
        let json = json!({
            "n": c.number, "at": c.at, "author": c.author, "reason": c.reason, "change": c.change, "says": gist(&c), "words": words,
            "targets": c.targets.iter().map(|t| json!({"article": t.target.article, "report": t.target.report, "now": t.now})).collect::<Vec<_>>(),
            "undone": c.undone, "standing": state,
        });
        let cells =
            vec![c.number.to_string(), c.at.clone(), c.author.clone(), gist(&c), of.join(" "), words, c.reason.clone(), state];
        sheet.row(cells, json);
    }
    if sheet.is_empty() {
        eprintln!("no corrections");
    } else {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

fn words(record: &Record, target: &Target) -> Result<String> {
    let article = record.store().article(&target.article.0)?;
    Ok(article.and_then(|a| a.text.get(target.trigger.range()).map(shown)).unwrap_or_default())
}

/// The corrections that hold, each with the report that it is about now.
pub fn holding(record: &Record) -> Result<Vec<(Correction, Report)>> {
    let mut out = Vec::new();
    for c in record.store().corrections()?.into_iter().filter(|c| c.undone.is_none()) {
        for id in c.targets.iter().filter_map(|t| t.now.as_ref()) {
            out.extend(record.store().as_read(id)?.map(|(r, _)| (c.clone(), r)));
        }
    }
    Ok(out)
}

/// What people have said of some reports, for `explain`: who, when, why, and what was read.
pub fn told(record: &Record, reports: &[Id]) -> Result<String> {
    let mut out = String::new();
    let mut seen = BTreeSet::new();
    for id in reports {
        for c in record.store().corrections_of(id)? {
            if seen.insert(c.number) {
                out.push_str(&format!(
                    "    {}  {} by {}: {}; {}\n",
                    c.number,
                    shown(&c.at),
                    shown(&c.author),
                    shown(&gist(&c)),
                    shown(&c.reason)
                ));
            }
        }
        if let Some((read, dropped)) = record.store().as_read(id)? {
            let now = record.store().report(&id.0)?;
            if dropped || now.as_ref() != Some(&read) {
                out.push_str(&format!("    {id} was read as {}\n", shown(&view::gist(&read))));
            }
        }
    }
    Ok(if out.is_empty() { out } else { format!("\n  corrected by hand\n{out}") })
}
