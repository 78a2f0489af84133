//! `evidence`: what the coder weighs in articles, one possible event a line, to fit its weights (training/evidence.py).

use crate::eval::{articles, rows};
use anyhow::{Context, Result};
use chancery_lexicon::Lexicon;
use chancery_model::CodePoints;
use chancery_text::Model;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, io::Write, path::Path};

/// Reads rows of `id` and `text`; prints `id`, `event`, `start`, `end`, `features`, `parts` and `links` (to earlier
/// ones of the article by their numbers), offsets in code points.
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
        let (evidence, links) = chancery_coder::evidence(&article, &document, &findings, lexicon);
        let mut linked: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        for (earlier, later, features) in links {
            linked.entry(later).or_default().push(json!([earlier, object(features)]));
        }
        for (n, e) in evidence.into_iter().enumerate() {
            let parts: Vec<Value> = e.parts.into_iter().map(|(s, f)| json!([points.at(s.start), object(f)])).collect();
            let at = [e.report.trigger.start, e.report.trigger.end].map(|b| points.at(b));
            let line = json!({
                "id": id, "event": e.report.event, "start": at[0], "end": at[1],
                "features": object(e.event), "parts": parts, "links": linked.remove(&n).unwrap_or_default(),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
