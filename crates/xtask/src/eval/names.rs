//! `ner`: name spans and types, exact; rows with `tokens` and BIO `tags`, or with `text` and `entities`.
//!
//! Without `--folds` the shipped head is measured; with it, heads trained on the frozen encoder by cross-validation: every so many-th row is
//! held out (a row is a sentence in one kind of file, a document in the other). Of `entities` those count that are of our kinds, sure (confidence nearer 1 than 0) and not inside another
//! such one.

use super::{Counts, Figures, name_head, rows};
use anyhow::{Context, Result};
use chancery_model::{CodePoints, NameKind, Span};
use chancery_text::{Model, boundaries};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// Our kind for a label of the data; `None` for kinds that we do not mark.
fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" | "Person" | "person" => Some(NameKind::Person),
        "ORG" | "Organisation" | "organisation" | "organization" => Some(NameKind::Organisation),
        "LOC" | "GPE" | "Location" | "location" | "place" => Some(NameKind::Location),
        "MISC" => Some(NameKind::Other),
        _ => None,
    }
}

type Spans = Vec<(usize, usize, NameKind)>;

/// A row of the data: its sentences, where each word stands, and the gold spans in the same unit.
struct Row {
    text: String,
    words: Vec<Vec<String>>,
    places: Vec<Vec<(usize, usize)>>,
    gold: Spans,
}

/// Precision, recall and F1 over all names, and by kind.
pub fn measure(path: &Path, folds: Option<usize>, errors: usize) -> Result<Figures> {
    let mut data: Vec<Row> = Vec::new();
    for row in rows::json(path)? {
        data.push(if row.get("tags").is_some() { tagged(&row)? } else { marked(&row)? });
    }
    let ours = match folds {
        Some(folds) => trained(&data, folds.max(2)),
        None => data.iter().map(shipped).collect(),
    };
    let has_other = data.iter().any(|row| row.gold.iter().any(|s| s.2 == NameKind::Other));
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut shown = 0;
    for (row, ours) in data.iter().zip(&ours) {
        let ours: Vec<_> = ours.iter().filter(|s| has_other || s.2 != NameKind::Other).collect();
        for s in &row.gold {
            for key in ["all", s.2.as_str()] {
                counts.entry(key).or_default().gold += 1;
            }
        }
        for s in &ours {
            for key in ["all", s.2.as_str()] {
                let c = counts.entry(key).or_default();
                c.found += 1;
                c.right += usize::from(row.gold.contains(s));
            }
        }
        if shown < errors && (ours.len() != row.gold.len() || ours.iter().any(|s| !row.gold.contains(s))) {
            println!("gold {:?}\nours {ours:?}\n{}\n", row.gold, row.text);
            shown += 1;
        }
    }
    let mut out = counts.remove("all").unwrap_or_default().figures();
    for (key, c) in counts {
        out.insert(key.into(), Value::Object(c.figures()));
    }
    Ok(out)
}

fn words(sentence: &[String]) -> Vec<&str> {
    sentence.iter().map(String::as_str).collect()
}

/// What the shipped head marks.
fn shipped(row: &Row) -> Spans {
    let sentences: Vec<Vec<&str>> = row.words.iter().map(|s| words(s)).collect();
    let mut out = Spans::new();
    for (places, analysis) in row.places.iter().zip(Model::builtin().analyse(&sentences)) {
        out.extend(analysis.names.iter().map(|n| (places[n.tokens.start].0, places[n.tokens.end - 1].1, n.kind)));
    }
    out
}

/// What heads mark that were trained on the other folds.
fn trained(data: &[Row], folds: usize) -> Vec<Spans> {
    let features: Vec<Vec<_>> =
        data.iter().map(|row| row.words.iter().map(|s| name_head::features(&words(s))).collect()).collect();
    let mut out = vec![Spans::new(); data.len()];
    for held in 0..folds {
        let rest = (0..data.len()).filter(|&r| r % folds != held);
        let sentences =
            rest.flat_map(|r| features[r].iter().zip(&data[r].places).map(move |(f, places)| (f, tags(places, &data[r].gold))));
        let head = name_head::Heads::train(&sentences.collect::<Vec<_>>());
        for r in (0..data.len()).filter(|&r| r % folds == held) {
            for (f, places) in features[r].iter().zip(&data[r].places) {
                out[r].extend(head.names(f).into_iter().map(|(a, b, k)| (places[a].0, places[b - 1].1, k)));
            }
        }
    }
    out
}

/// The tags of a sentence's words.
fn tags(places: &[(usize, usize)], gold: &Spans) -> Vec<usize> {
    let mut out = vec![0; places.len()];
    for (start, end, kind) in gold {
        let from = places.partition_point(|p| p.1 <= *start);
        let to = places.partition_point(|p| p.0 < *end);
        name_head::mark(&mut out, from, to.max(from), *kind);
    }
    out
}

fn tagged(row: &Value) -> Result<Row> {
    let strings = |key: &str| -> Result<Vec<&str>> {
        row[key]
            .as_array()
            .with_context(|| format!("row without {key}"))?
            .iter()
            .map(|v| v.as_str().with_context(|| format!("{key}: not strings")))
            .collect()
    };
    let (tokens, tags) = (strings("tokens")?, strings("tags")?);
    let (mut gold, mut open): (Spans, Option<(usize, NameKind)>) = (Vec::new(), None);
    for i in 0..=tags.len() {
        let label = tags.get(i).and_then(|t| t.get(2..)).and_then(kind);
        let continues = tags.get(i).is_some_and(|t| t.starts_with('I')) && open.map(|o| o.1) == label;
        if let (Some((start, k)), false) = (open, continues) {
            gold.push((start, i, k));
            open = None;
        }
        if let (Some(k), None) = (label, open) {
            open = Some((i, k));
        }
    }
    let text = tokens.join(" ");
    let places = vec![(0..tokens.len()).map(|i| (i, i + 1)).collect()];
    Ok(Row { words: vec![tokens.iter().map(|t| (*t).to_owned()).collect()], places, gold, text })
}

/// Rows with character offsets (code points).
fn marked(row: &Value) -> Result<Row> {
    let text = row["text"].as_str().context("row without text")?;
    let mut all = Spans::new();
    for e in row["entities"].as_array().context("row without entities")? {
        let sure = e["confidence"].as_f64().is_none_or(|c| c >= 0.5);
        if let (true, Some(b), Some(end), Some(k)) =
            (sure, e["begin"].as_u64(), e["end"].as_u64(), e["type"].as_str().and_then(kind))
        {
            all.push((b as usize, end as usize, k));
        }
    }
    let inside = |s: &(usize, usize, NameKind)| all.iter().any(|o| o.0 <= s.0 && s.1 <= o.1 && (o.0, o.1) != (s.0, s.1));
    let mut gold: Spans = all.iter().copied().filter(|s| !inside(s)).collect();
    gold.sort_by_key(|s| (s.0, s.1));
    gold.dedup();
    let points = CodePoints::of(text);
    let drafts = boundaries::split(text, &[Span::new(0, text.len())], None);
    let place = |w: &Span<chancery_model::Byte>| (points.at(w.start), points.at(w.end));
    Ok(Row {
        words: drafts.iter().map(|d| d.words.iter().map(|w| text[w.range()].to_owned()).collect()).collect(),
        places: drafts.iter().map(|d| d.words.iter().map(place).collect()).collect(),
        gold,
        text: text.chars().take(200).collect(),
    })
}
