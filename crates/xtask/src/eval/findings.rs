//! `resolve`: who, where and when on gold documents, given the triggers and the phrases.
//!
//! Every actor, recipient and place of a gold event is looked for as it stands in the event's sentence, nearest to the trigger (else anywhere
//! in the text), and resolved; the day is found from the trigger, and so is the country of the place once more (`where`). Compared as `score.py` compares: codes as sets, entities by its rule for
//! names, countries of places, days as intervals. Optional events, later mentions and disputed fields are left out.

use super::{Counts, Figures, names_alike::same_name};
use anyhow::{Context, Result};
use chancery::{Outcome, Room, Rooms, read_page_until};
use chancery_intake::{Options, pages};
use chancery_lexicon::Lexicon;
use chancery_model::{Actor, Byte, EventType, Span};
use chancery_resolve::{actors_of, place_of};
use jiff::civil::Date;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

#[derive(Default)]
struct Tally {
    role: Counts,
    entity: Counts,
    place: Counts,
    site: Counts,
    date: Counts,
    errors: usize,
}

/// F1 of roles (codes), entities, places (countries, given the words that name them), where (countries, given the trigger) and dates.
pub fn measure(folder: &Path, errors: usize) -> Result<Figures> {
    let mut tally = Tally { errors, ..Tally::default() };
    for page in pages(&[folder.display().to_string()], &Options::default()) {
        let page = page.map_err(|f| anyhow::anyhow!("{}: {}", f.locator, f.message))?;
        let path = folder.join(format!("{}.json", page.doc));
        let gold: Value = serde_json::from_str(&fs::read_to_string(&path).with_context(|| path.display().to_string())?)?;
        let read = read_page_until(&page, &Rooms::builtin(), Room::Resolve)
            .map_err(|f| anyhow::anyhow!("{}: {}", f.locator, f.message))?;
        for event in gold["events"].as_array().into_iter().flatten() {
            if event["optional"].as_bool() != Some(true) && !event["same_as"].is_string() {
                score(&read, event, &mut tally);
            }
        }
    }
    let mut out = Figures::new();
    for (key, counts) in
        [("role", tally.role), ("entity", tally.entity), ("place", tally.place), ("where", tally.site), ("date", tally.date)]
    {
        out.insert(key.into(), counts.figures().into());
    }
    Ok(out)
}

fn score(read: &Outcome, event: &Value, tally: &mut Tally) {
    let text = &read.article.text;
    let string = |key: &str| event[key].as_str().unwrap_or_default();
    let Some(at) = text.find(string("sentence")) else { return };
    let sentence = Span::<Byte>::new(at, at + string("sentence").len());
    let found = text[sentence.range()].find(string("trigger")).map(|t| sentence.start + t);
    let trigger = found.map_or(sentence, |t| Span::new(t, t + string("trigger").len()));
    let disputed = |field: &str| event["disputed"].as_array().into_iter().flatten().any(|d| d == field);
    let day = event_day(read, event, trigger);
    for slot in ["actor", "recipient"] {
        roles(read, event, slot, (sentence, trigger), day.map(|d| d.1), tally);
    }
    if let (Some(name), false) = (event["place"]["name"].as_str(), disputed("place")) {
        let phrase = locate(text, name, sentence, trigger.start).map(|s| read.document.tokens(s));
        let ours = phrase.and_then(|p| place_of(&read.findings, &read.document, p, Lexicon::builtin())).and_then(|p| p.country);
        let wanted = event["place"]["country"].as_str();
        let right = wanted == ours.as_deref();
        tally.count(
            |t| &mut t.place,
            wanted.is_some(),
            ours.is_some(),
            right,
            || format!("{}: place {name}: {ours:?} instead of {wanted:?}", read.article.doc),
        );
    }
    if !disputed("place") {
        let wanted = event["place"]["country"].as_str();
        let ours = event_place(read, event, trigger);
        let line = || {
            format!(
                "{}: where is {:?}: {ours:?} instead of {wanted:?} in {}",
                read.article.doc,
                string("trigger"),
                string("sentence")
            )
        };
        tally.count(|t| &mut t.site, wanted.is_some(), ours.is_some(), wanted == ours.as_deref(), line);
    }
    if !disputed("date") {
        let wanted = interval(&event["date"]);
        let right = matches!((wanted, day), (Some(g), Some(p)) if p.0 <= g.1 && g.0 <= p.1 && !(g.0 == g.1 && p.0 != p.1));
        tally.count(
            |t| &mut t.date,
            wanted.is_some(),
            day.is_some(),
            right,
            || {
                format!(
                    "{}: date of {:?}: {day:?} instead of {wanted:?} in {}",
                    read.article.doc,
                    string("trigger"),
                    string("sentence")
                )
            },
        );
    }
}

impl Tally {
    /// Counts one field that is wanted or given.
    fn count(
        &mut self,
        figure: impl Fn(&mut Tally) -> &mut Counts,
        wanted: bool,
        given: bool,
        right: bool,
        line: impl Fn() -> String,
    ) {
        let counts = figure(self);
        counts.gold += usize::from(wanted);
        counts.found += usize::from(given);
        counts.right += usize::from(wanted && given && right);
        if (wanted || given) && !right {
            self.show(line);
        }
    }

    fn show(&mut self, line: impl Fn() -> String) {
        if self.errors > 0 {
            println!("{}", line());
            self.errors -= 1;
        }
    }
}

/// The day of an event, as the coder finds it from the trigger.
fn event_day(read: &Outcome, event: &Value, trigger: Span<Byte>) -> Option<(Date, Date)> {
    let kind = *EventType::ALL.iter().find(|t| Some(t.as_str()) == event["event"].as_str())?;
    let words = read.document.tokens(trigger);
    let range = chancery_coder::date_of(&read.article, &read.document, &read.findings, Lexicon::builtin(), kind, words)?;
    Some((range.from, range.to))
}

/// The country of an event's place, as the coder finds it from the trigger.
fn event_place(read: &Outcome, event: &Value, trigger: Span<Byte>) -> Option<String> {
    let kind = *EventType::ALL.iter().find(|t| Some(t.as_str()) == event["event"].as_str())?;
    let words = read.document.tokens(trigger);
    chancery_coder::place_at(&read.article, &read.document, &read.findings, Lexicon::builtin(), kind, words)?.country
}

fn interval(date: &Value) -> Option<(Date, Date)> {
    let day = |v: &Value| v.as_str().and_then(|d| d.parse::<Date>().ok());
    match day(date) {
        Some(d) => Some((d, d)),
        None => {
            let (from, to) = (day(&date["from"]), day(&date["to"]));
            Some((from.or(to)?, to.or(from)?))
        }
    }
}

fn roles(
    read: &Outcome,
    event: &Value,
    slot: &str,
    (sentence, trigger): (Span<Byte>, Span<Byte>),
    day: Option<Date>,
    tally: &mut Tally,
) {
    let wanted: Vec<&Value> = event[slot].as_array().into_iter().flatten().collect();
    let mut phrases: Vec<&str> = wanted.iter().filter_map(|a| a["text"].as_str()).collect();
    phrases.dedup();
    let mut ours: Vec<Actor> = Vec::new();
    for phrase in &phrases {
        let Some(span) = locate(&read.article.text, phrase, sentence, trigger.start) else { continue };
        let found = actors_of(&read.findings, &read.document, read.document.tokens(span));
        ours.extend(found.into_iter().map(|(a, ..)| day.map_or(a.clone(), |d| a.as_of(d))));
    }
    let codes: BTreeSet<&str> = wanted.iter().map(|a| a["code"].as_str().unwrap_or("UNK")).collect();
    let given: BTreeSet<&str> = ours.iter().map(|a| a.code.as_str()).collect();
    tally.role.gold += codes.len();
    tally.role.found += given.len();
    tally.role.right += codes.intersection(&given).count();
    let entities: Vec<&str> = wanted.iter().filter_map(|a| a["entity"].as_str()).collect();
    let named: Vec<&str> = ours.iter().filter_map(|a| a.entity.as_deref()).collect();
    let hit = |n: &&&str| named.iter().any(|g| same_name(n, g));
    let right = entities.iter().filter(hit).count();
    if !entities.is_empty() {
        // as in the scorer: what is given is right where it matches a wanted name
        let stray = named.iter().filter(|g| !entities.iter().any(|n| same_name(n, g))).count();
        tally.entity.gold += entities.len();
        tally.entity.right += right;
        tally.entity.found += right + stray;
    }
    if codes != given || right < entities.len() {
        tally.show(|| format!("{}: {slot} {phrases:?}: {given:?} {named:?} instead of {codes:?} {entities:?}", read.article.doc));
    }
}

/// The occurrence in the sentence nearest to the trigger, else the nearest in the text; whole words only.
fn locate(text: &str, needle: &str, sentence: Span<Byte>, trigger: usize) -> Option<Span<Byte>> {
    let whole =
        |s: &Span<Byte>| !text[..s.start].ends_with(char::is_alphanumeric) && !text[s.end..].starts_with(char::is_alphanumeric);
    let all = text.match_indices(needle).map(|(at, _)| Span::<Byte>::new(at, at + needle.len())).filter(whole);
    all.min_by_key(|s| (!sentence.covers(*s), s.start.abs_diff(trigger)))
}
