//! `status`: whether what a predicate tells has happened (UDS It-Happened).

use super::{Counts, Figures, round, rows};
use anyhow::{Context, Result};
use chancery_text::Model;
use std::path::Path;

/// Macro-F1 of happened (annotators' mean above zero) and not, given the predicate.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let mut counts = [Counts::default(); 2];
    let mut shown = 0;
    for row in rows::json(path)? {
        let tokens: Vec<&str> =
            row["tokens"].as_array().context("row without tokens")?.iter().filter_map(|t| t.as_str()).collect();
        let predicate = row["pred"].as_u64().context("row without pred")? as usize;
        let gold = row["factuality"].as_f64().context("row without factuality")? > 0.0;
        let chance = Model::builtin().happened(&tokens, &[predicate]).first().copied().unwrap_or(0.0);
        let ours = chance > 0.5;
        counts[usize::from(gold)].gold += 1;
        counts[usize::from(ours)].found += 1;
        counts[usize::from(ours)].right += usize::from(ours == gold);
        if ours != gold && shown < errors {
            println!("{} {chance:.2} instead of {gold}: {}", tokens.get(predicate).unwrap_or(&""), tokens.join(" "));
            shown += 1;
        }
    }
    let [not, happened] = counts.map(Counts::figures);
    let f1 = |f: &Figures| f.get("f1").and_then(serde_json::Value::as_f64).unwrap_or(0.0);
    let mut out = Figures::new();
    out.insert("macro_f1".into(), round((f1(&happened) + f1(&not)) / 2.0, 4));
    out.insert("happened".into(), happened.into());
    out.insert("not".into(), not.into());
    Ok(out)
}
