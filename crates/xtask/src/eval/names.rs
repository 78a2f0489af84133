//! `ner`: name spans and types, exact; rows with `tokens` and BIO `tags`, or with `text` and `entities`.

use super::{Counts, Figures, rows};
use anyhow::{Context, Result};
use chancery_model::{NameKind, Span};
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

/// Precision, recall and F1 over all names, and by kind.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let mut pairs: Vec<(Spans, Spans, String)> = Vec::new();
    for row in rows::json(path)? {
        pairs.push(if row.get("tags").is_some() { tagged(&row)? } else { marked(&row)? });
    }
    let has_other = pairs.iter().any(|(gold, ..)| gold.iter().any(|s| s.2 == NameKind::Other));
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut shown = 0;
    for (gold, ours, text) in &pairs {
        let ours: Vec<_> = ours.iter().filter(|s| has_other || s.2 != NameKind::Other).collect();
        for s in gold {
            for key in ["all", s.2.as_str()] {
                counts.entry(key).or_default().gold += 1;
            }
        }
        for s in &ours {
            for key in ["all", s.2.as_str()] {
                let c = counts.entry(key).or_default();
                c.found += 1;
                c.right += usize::from(gold.contains(s));
            }
        }
        if shown < errors && (ours.len() != gold.len() || ours.iter().any(|s| !gold.contains(s))) {
            println!("gold {gold:?}\nours {ours:?}\n{text}\n");
            shown += 1;
        }
    }
    let mut out = counts.remove("all").unwrap_or_default().figures();
    for (key, c) in counts {
        out.insert(key.into(), Value::Object(c.figures()));
    }
    Ok(out)
}

fn tagged(row: &Value) -> Result<(Spans, Spans, String)> {
    let strings = |key: &str| -> Result<Vec<&str>> {
        row[key].as_array().with_context(|| format!("row without {key}"))?.iter().map(|v| v.as_str().with_context(|| format!("{key}: not strings"))).collect()
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
    let ours = Model::builtin().analyse(std::slice::from_ref(&tokens));
    let ours = ours.iter().flat_map(|a| &a.names).map(|n| (n.tokens.start, n.tokens.end, n.kind)).collect();
    Ok((gold, ours, tokens.join(" ")))
}

/// Rows with character offsets (code points); entities marked unsure are left out.
fn marked(row: &Value) -> Result<(Spans, Spans, String)> {
    let text = row["text"].as_str().context("row without text")?;
    let mut gold = Spans::new();
    for e in row["entities"].as_array().context("row without entities")? {
        let sure = e["confidence"].as_f64().is_none_or(|c| c > 0.0);
        if let (true, Some(b), Some(end), Some(k)) = (sure, e["begin"].as_u64(), e["end"].as_u64(), e["type"].as_str().and_then(kind)) {
            gold.push((b as usize, end as usize, k));
        }
    }
    let points = chancery_model::CodePoints::of(text);
    let mut ours = Spans::new();
    let drafts = boundaries::split(text, &[Span::new(0, text.len())], None);
    let words: Vec<Vec<&str>> = drafts.iter().map(|d| d.words.iter().map(|w| &text[w.range()]).collect()).collect();
    for (draft, analysis) in drafts.iter().zip(Model::builtin().analyse(&words)) {
        for n in &analysis.names {
            let span = draft.words[n.tokens.start].join(draft.words[n.tokens.end - 1]);
            let [s, e] = points.span(span);
            ours.push((s, e, n.kind));
        }
    }
    Ok((gold, ours, text.chars().take(200).collect()))
}
