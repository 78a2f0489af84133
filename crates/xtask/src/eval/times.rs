//! `time`: time expressions by the rules of TempEval-3: extents strict and relaxed, and values over all expressions.

use super::{Counts, Figures, articles, rows};
use anyhow::{Context, Result};
use chancery_model::Time;
use chancery_resolve::when;
use chancery_text::Model;
use serde_json::Value;
use std::path::Path;

/// An expression of the corpus; positions in code points.
struct Gold {
    start: usize,
    end: usize,
    kind: String,
    value: Option<String>,
}

/// Counts of what is right, by figure.
#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    kind: usize,
    value: usize,
}

/// F1 of extents (`strict`, `relaxed`), types and values; `found` and `gold` count expressions.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let (mut tally, mut shown) = (Tally::default(), 0);
    for row in rows::json(path)? {
        let (id, text) = (row["id"].as_str().context("row without id")?, row["text"].as_str().context("row without text")?);
        let day = row["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let article = articles::bare(id, text, day);
        let document = chancery_text::read(&article, Model::builtin()).output;
        let places = articles::places(text, &document);
        let ours = when::times(&article, &document);
        for wrong in score(&gold(&row)?, &ours, &places, &mut tally) {
            if shown < errors {
                println!("{id}: {wrong}");
                shown += 1;
            }
        }
    }
    let f1 =
        |right: usize| Counts { right, found: tally.found, gold: tally.gold }.figures().get("f1").cloned().unwrap_or_default();
    let mut out = Figures::new();
    for (key, right) in [("strict", tally.strict), ("relaxed", tally.relaxed), ("type", tally.kind), ("value", tally.value)] {
        out.insert(key.into(), f1(right));
    }
    out.insert("found".into(), tally.found.into());
    out.insert("gold".into(), tally.gold.into());
    Ok(out)
}

fn gold(row: &Value) -> Result<Vec<Gold>> {
    let expressions = row["timex"].as_array().context("row without timex")?.iter().map(|t| {
        let at = |key: &str| t[key].as_u64().map(|n| n as usize).with_context(|| format!("timex without {key}"));
        let value = t["value"].as_str().filter(|v| *v != "null").map(str::to_owned);
        Ok(Gold { start: at("start")?, end: at("end")?, kind: t["type"].as_str().unwrap_or_default().to_owned(), value })
    });
    expressions.collect()
}

/// Pairs each of ours with the first free gold expression that it overlaps; gives a line for each that is wrong.
fn score(gold: &[Gold], ours: &[Time], places: &[(usize, usize)], tally: &mut Tally) -> Vec<String> {
    let mut lines = Vec::new();
    let mut used = vec![false; gold.len()];
    tally.gold += gold.len();
    tally.found += ours.len();
    for t in ours {
        let (start, end) = (places[t.tokens.start].0, places[t.tokens.end - 1].1);
        let Some(n) = (0..gold.len()).find(|&n| !used[n] && gold[n].start < end && start < gold[n].end) else {
            lines.push(format!("without need: {start}..{end} {:?}", t.value));
            continue;
        };
        used[n] = true;
        let g = &gold[n];
        tally.relaxed += 1;
        tally.strict += usize::from((start, end) == (g.start, g.end));
        tally.kind += usize::from(g.kind == t.kind);
        tally.value += usize::from(g.value == t.value);
        if g.value != t.value {
            lines.push(format!("{start}..{end}: {:?} instead of {:?}", t.value, g.value));
        }
    }
    let lost = gold.iter().zip(&used).filter(|(_, u)| !**u);
    lines.extend(lost.map(|(g, _)| format!("lost: {}..{} {:?}", g.start, g.end, g.value)));
    lines
}
