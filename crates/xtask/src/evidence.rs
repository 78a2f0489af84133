//! `evidence`: what the coder weighs in articles, one possible event a line, to fit its weights (training/evidence.py).

use crate::eval::{articles, rows};
use anyhow::{Context, Result};
use chancery_lexicon::Lexicon;
use chancery_model::CodePoints;
use chancery_text::Model;
use serde_json::{Map, Value, json};
use std::{io::Write, path::Path};

/// Reads rows of `id` and `text`; prints `id`, `event`, `start`, `end`, `features` and `parts`, offsets in code points.
pub fn print(input: &Path) -> Result<()> {
    let lexicon = Lexicon::builtin();
    let mut out = std::io::stdout().lock();
    for row in rows::json(input)? {
        let string = |key: &str| row[key].as_str().with_context(|| format!("{}: row without {key}", input.display()));
        let (id, text) = (string("id")?, string("text")?);
        let article = articles::bare(id, text, row["published"].as_str().and_then(|d| d.parse().ok()));
        let document = chancery_text::read(&article, Model::builtin()).output;
        let findings = chancery_resolve::resolve(&article, &document, lexicon);
        let points = CodePoints::of(text);
        let object = |features: Vec<(String, f64)>| features.into_iter().map(|(k, v)| (k, v.into())).collect::<Map<_, Value>>();
        for e in chancery_coder::evidence(&article, &document, &findings, lexicon) {
            let parts: Vec<Value> = e.parts.into_iter().map(|(s, f)| json!([points.at(s.start), object(f)])).collect();
            let at = [e.report.trigger.start, e.report.trigger.end].map(|b| points.at(b));
            let line = json!({"id": id, "event": e.report.event, "start": at[0], "end": at[1], "features": object(e.event), "parts": parts});
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
