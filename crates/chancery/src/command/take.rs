//! `read` and `code`: pages in, reports kept or printed.

use super::args::{Common, Format, Inputs, Stop};
use super::feed::{Tally, feed};
use super::output::Out;
use super::record::Record;
use super::{correct, verify};
use anyhow::Result;
use chancery::model::{CodePoints, Fingerprint};
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
    let mut receipt = verify::receipt(asked(inputs));
    record.store_mut().begin(&correct::now(), &receipt)?;
    let mut sum = 0u64;
    let tally = feed(inputs, common, Room::Code, path.with_file_name("errors.jsonl"), |o| {
        receipt.pages += 1;
        // A sum does not depend on the order.
        sum = sum.wrapping_add(mark(o));
        match record.put(o)? {
            Put::New => receipt.new += 1,
            Put::Unchanged => receipt.known += 1,
            Put::Replaced => receipt.replaced += 1,
        }
        Ok(())
    })?;
    (receipt.inputs, receipt.failed) = (format!("{sum:016x}"), tally.failed as u64);
    record.derive()?;
    record.store_mut().end(&correct::now(), &receipt)?;
    if !common.quiet {
        tell_lost(&record)?;
        let counts = record.store().counts()?;
        eprintln!(
            "{} new, {} known, {} read anew; {} now holds {} articles, {} reports, {} events",
            receipt.new,
            receipt.known,
            receipt.replaced,
            path.display(),
            counts.articles,
            counts.reports,
            counts.events
        );
    }
    Ok(tally)
}

/// What was asked for, with the options that bear on the result.
fn asked(inputs: &Inputs) -> Vec<String> {
    let mut out = inputs.inputs.clone();
    let f = &inputs.fields;
    let fields = [
        ("text-field", &f.text_field),
        ("title-field", &f.title_field),
        ("date-field", &f.date_field),
        ("outlet-field", &f.outlet_field),
        ("url-field", &f.url_field),
        ("id-field", &f.id_field),
    ];
    out.extend(inputs.published.map(|d| format!("--published={d}")));
    out.extend(fields.iter().filter_map(|(name, value)| value.as_ref().map(|v| format!("--{name}={v}"))));
    out.extend(inputs.max_bytes.map(|n| format!("--max-bytes={n}")));
    out
}

/// A number for an article and what was read from it.
fn mark(o: &Outcome) -> u64 {
    let all = o.reports.iter().fold(Fingerprint::new().text(&o.article.id.0), |f, r| f.text(&r.id.0));
    u64::from_str_radix(&all.id('n').0[1..], 16).unwrap_or_default()
}

/// Says which corrections find what they are about no more.
fn tell_lost(record: &Record) -> Result<()> {
    for c in record.store().corrections()?.iter().filter(|c| c.undone.is_none() && c.targets.iter().any(|t| t.now.is_none())) {
        eprintln!(
            "correction {} by {} {}; see `chancery correct list`",
            c.number,
            chancery::shown(&c.author),
            correct::standing(c)
        );
    }
    Ok(())
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
