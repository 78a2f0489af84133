//! `pairs`: the event between two phrases of a text, row by row, for scoring elsewhere.

use super::{articles, rows};
use anyhow::{Context, Result};
use chancery_lexicon::Lexicon;
use chancery_model::{ActorRef, Byte, Document, EventType, Report, Role, Span};
use chancery_text::Model;
use serde_json::json;
use std::{fs, path::Path};

/// Reads rows of `id`, `text`, `source`, `target`; writes `id`, `root` (PLOVER type) and `quad` (1–4, 0 where no event is seen).
pub fn write(input: &Path, output: &Path) -> Result<()> {
    let mut out = String::new();
    for row in rows::json(input)? {
        let string = |key: &str| row[key].as_str().with_context(|| format!("{}: row without {key}", input.display()));
        let found = between(string("text")?, string("source")?, string("target")?);
        let quad = found.map_or(0, |e| e.quad().number());
        out += &json!({"id": row["id"], "root": found.map(EventType::as_str), "quad": quad}).to_string();
        out.push('\n');
    }
    fs::write(output, out).with_context(|| output.display().to_string())
}

/// The type of the event between two phrases: that of the report which links most of them, else of the cue whose roles do.
fn between(text: &str, source: &str, target: &str) -> Option<EventType> {
    let article = articles::bare("pair", text, None);
    let document = chancery_text::read(&article, Model::builtin()).output;
    let findings = chancery_resolve::resolve(&article, &document, Lexicon::builtin());
    let reports = chancery_coder::code(&article, &document, &findings, Lexicon::builtin());
    let (source, target) = (locate(text, source), locate(text, target));
    let coded = reports.iter().filter_map(|r| Some((linked(r, source, target), r.confidence, r.event?)));
    let best = coded.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let cues = document.cues.iter().map(|c| (cued(&document, c, source, target), c.score, c.event));
    let cue = cues.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    match (best, cue) {
        (Some(b), Some(c)) if c.0 > b.0 => Some(c.2),
        (Some(b), _) => Some(b.2),
        (None, c) => c.map(|c| c.2),
    }
}

fn locate(text: &str, phrase: &str) -> Option<Span<Byte>> {
    text.find(phrase).map(|at| Span::new(at, at + phrase.len()))
}

/// How well a report links two phrases: two points for each that plays its part, one for the other's.
fn linked(report: &Report, source: Option<Span<Byte>>, target: Option<Span<Byte>>) -> u8 {
    let among = |side: &[ActorRef], phrase: Option<Span<Byte>>| phrase.is_some_and(|p| side.iter().any(|a| a.span.overlaps(p)));
    let part = |own: &[ActorRef], other: &[ActorRef], phrase| if among(own, phrase) { 2 } else { u8::from(among(other, phrase)) };
    part(&report.actors, &report.recipients, source) + part(&report.recipients, &report.actors, target)
}

/// The same for a cue.
fn cued(document: &Document, cue: &chancery_model::Cue, source: Option<Span<Byte>>, target: Option<Span<Byte>>) -> u8 {
    let among = |role: Role, phrase: Option<Span<Byte>>| {
        phrase.is_some_and(|p| cue.roles.iter().any(|r| r.role == role && document.bytes(r.tokens).overlaps(p)))
    };
    let part = |own: Role, other: Role, phrase| if among(own, phrase) { 2 } else { u8::from(among(other, phrase)) };
    part(Role::Actor, Role::Recipient, source) + part(Role::Recipient, Role::Actor, target)
}
