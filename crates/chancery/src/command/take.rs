//! `read` and `code`: pages in, reports kept or printed.

use super::args::{Common, Format, Inputs, Stop};
use super::feed::{Tally, feed};
use super::output::Out;
use super::record::Record;
use anyhow::Result;
use chancery::model::CodePoints;
use chancery::wire::v1;
use chancery::{Outcome, Room, view};
use chancery_store::Put;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads pages into the record.
pub fn read(inputs: &Inputs, common: &Common, path: &Path, out: &mut Out) -> Result<Tally> {
    if let Some(stop) = inputs.stop_after {
        return shown(inputs, common, stop, out);
    }
    let mut record = Record::open(path)?;
    let (mut new, mut unchanged, mut replaced) = (0, 0, 0);
    let tally = feed(inputs, common, Room::Code, path.with_file_name("errors.jsonl"), |o| {
        match record.put(o)? {
            Put::New => new += 1,
            Put::Unchanged => unchanged += 1,
            Put::Replaced => replaced += 1,
        }
        Ok(())
    })?;
    record.derive()?;
    if !common.quiet {
        let counts = record.store().counts()?;
        eprintln!(
            "{new} new, {unchanged} known, {replaced} read anew; {} now holds {} articles, {} reports, {} events, {} contested",
            path.display(),
            counts.articles,
            counts.reports,
            counts.events,
            counts.contested
        );
    }
    Ok(tally)
}

/// Prints reports as JSON lines.
pub fn code(inputs: &Inputs, common: &Common, out: &mut Out) -> Result<Tally> {
    match inputs.stop_after {
        Some(stop) => shown(inputs, common, stop, out),
        None => feed(inputs, common, Room::Code, errors_here(), |o| lines(o, out)),
    }
}

fn errors_here() -> PathBuf {
    PathBuf::from("errors.jsonl")
}

/// The reports of an outcome, a line each.
pub fn lines(o: &Outcome, out: &mut Out) -> Result<()> {
    for line in v1::lines(o) {
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Prints the result of a room: carets under the words, or JSON lines where they are asked for.
fn shown(inputs: &Inputs, common: &Common, stop: Stop, out: &mut Out) -> Result<Tally> {
    let (room, draw): (Room, fn(&Outcome) -> String) = match stop {
        Stop::Intake => (Room::Intake, view::intake),
        Stop::Text => (Room::Text, view::text),
        Stop::Resolve => (Room::Resolve, view::resolve),
        Stop::Code => (Room::Code, view::code),
    };
    let mut first = true;
    feed(inputs, common, room, errors_here(), |o| {
        if out.chosen && out.format == Format::Jsonl {
            return match stop {
                Stop::Code => lines(o, out),
                Stop::Intake => Ok(writeln!(out, "{}", serde_json::to_string(&v1::intake(&o.article))?)?),
                Stop::Text => Ok(writeln!(out, "{}", text(o)?)?),
                Stop::Resolve => Ok(writeln!(out, "{}", findings(o)?)?),
            };
        }
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        Ok(write!(out, "{}", draw(o))?)
    })
}

/// Sentences and words with offsets in code points; names, quotations and cues count words from the first of the article.
fn text(o: &Outcome) -> Result<Value> {
    let points = CodePoints::of(&o.article.text);
    let d = &o.document;
    let sentences: Vec<Value> = d
        .sentences
        .iter()
        .map(|s| {
            let words: Vec<Value> = s
                .tokens
                .range()
                .filter_map(|i| d.words.get(i).map(|w| (i, w)))
                .map(|(i, w)| {
                    json!({"n": i, "span": points.span(w.span), "text": w.text, "lemma": w.lemma, "upos": w.upos, "xpos": w.xpos,
                        "head": w.head, "rel": w.rel})
                })
                .collect();
            json!({"span": points.span(s.span), "paragraph": s.paragraph, "heading": s.heading, "words": words})
        })
        .collect();
    Ok(json!({"doc": o.article.doc, "sentences": sentences, "names": d.names, "quotations": d.quotations, "cues": d.cues}))
}

/// Mentions, times and places; tokens count words from the first of the article, `span` is in code points.
fn findings(o: &Outcome) -> Result<Value> {
    let points = CodePoints::of(&o.article.text);
    let with_span = |value: Value, tokens| -> Value {
        let mut value = value;
        value["span"] = json!(points.span(o.document.bytes(tokens)));
        value
    };
    let f = &o.findings;
    let mut lists: [Vec<Value>; 3] = Default::default();
    for m in &f.mentions {
        lists[0].push(with_span(serde_json::to_value(m)?, m.tokens));
    }
    for t in &f.times {
        lists[1].push(with_span(serde_json::to_value(t)?, t.tokens));
    }
    for p in &f.places {
        lists[2].push(with_span(serde_json::to_value(p)?, p.tokens));
    }
    let [mentions, times, places] = lists;
    Ok(json!({"doc": o.article.doc, "mentions": mentions, "times": times, "places": places}))
}
