//! `crossdoc`: which event mentions of different articles are one, on ECB+ with gold mentions in validated sentences and gold topics
//! (those of one seminal event: `subtopic`).
//!
//! `same_lemma` is the figure of the plain rule that mentions of a topic with one head lemma are one event; the register must beat it. The
//! register merges reports, which mentions of this corpus are not (most have no political actor), so that only the rule is measured.

use super::{Figures, clusters::Clusters, rows};
use anyhow::{Context, Result};
use chancery_model::Span;
use chancery_text::{Model, lemma};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// Document and word numbers of a mention.
type Mention = (String, Vec<usize>);
/// Mentions by chain, or by lemma.
type Chains = BTreeMap<String, Vec<Mention>>;

/// CoNLL F1 across the documents of each topic, chains of one mention kept; the rows of the split `dev` where the file has splits.
pub fn measure(path: &Path) -> Result<Figures> {
    let data = rows::json(path)?;
    let split = data.iter().any(|r| r["split"] == "dev");
    let mut topics: BTreeMap<String, (Chains, Chains)> = BTreeMap::new();
    for row in data.iter().filter(|r| !split || r["split"] == "dev") {
        let topic = topics.entry(row["subtopic"].to_string()).or_default();
        for (mention, chain, lemma) in mentions(row)? {
            topic.0.entry(chain).or_default().push(mention.clone());
            topic.1.entry(lemma).or_default().push(mention);
        }
    }
    let mut clusters = Clusters::default();
    for (gold, ours) in topics.into_values() {
        clusters.add(&gold.into_values().collect::<Vec<_>>(), &ours.into_values().collect::<Vec<_>>());
    }
    let mut out = Figures::new();
    out.insert("same_lemma".into(), clusters.figures().into());
    Ok(out)
}

/// The event mentions of a document with their gold chain and the lemma of their head.
fn mentions(row: &Value) -> Result<Vec<(Mention, String, String)>> {
    let id = row["id"].as_str().context("row without id")?;
    let tokens: Vec<&str> = row["tokens"].as_array().context("row without tokens")?.iter().filter_map(Value::as_str).collect();
    let numbers = |v: &Value| {
        v.as_array().map(|a| a.iter().filter_map(Value::as_u64).map(|n| n as usize).collect::<Vec<_>>()).unwrap_or_default()
    };
    let (sentence, valid) = (numbers(&row["sent"]), numbers(&row["validated_sents"]));
    let mut lemmas = vec![String::new(); tokens.len()];
    let mut heads = vec![None; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let end = (at..tokens.len()).find(|&i| sentence[i] != sentence[at]).unwrap_or(tokens.len());
        for analysis in Model::builtin().analyse(&[tokens[at..end].to_vec()]) {
            for i in at..end {
                lemmas[i] = lemma(tokens[i], analysis.upos[i - at], analysis.xpos[i - at]).to_lowercase();
                heads[i] = analysis.head[i - at].map(|h| h + at);
            }
        }
        at = end;
    }
    let mut out: Vec<(Mention, String, String)> = Vec::new();
    for (n, m) in row["mentions"].as_array().context("row without mentions")?.iter().enumerate() {
        let words = numbers(&m["tokens"]);
        let event = m["type"].as_str().is_some_and(|t| t.starts_with("ACTION") || t.starts_with("NEG_ACTION"));
        let Some(&first) = words.first().filter(|w| event && **w < tokens.len() && valid.contains(&sentence[**w])) else {
            continue;
        };
        let span = Span::<chancery_model::Token>::new(first, words.last().map_or(first, |l| l + 1));
        let head = words.iter().copied().find(|&w| heads[w].is_none_or(|h| !span.contains(h))).unwrap_or(first);
        let chain = m["chain"].as_str().map_or_else(|| format!("{id}/{n}"), str::to_owned);
        if !out.iter().any(|o| o.0.1 == words) {
            out.push(((id.to_owned(), words), chain, lemmas[head].clone()));
        }
    }
    Ok(out)
}
