//! `debris`: whole lines struck out of gold documents.

use super::{Counts, Figures, events};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fs, path::Path};

/// Precision, recall and F1 of struck lines; blank lines count on neither side.
pub fn measure(root: &Path, folder: &Path, errors: usize) -> Result<Figures> {
    let folder = folder.canonicalize()?;
    let printed = events::chancery(
        root,
        &["code".as_ref(), "--stop-after".as_ref(), "intake".as_ref(), "--format".as_ref(), "jsonl".as_ref(), folder.as_os_str()],
    )?;
    let mut struck: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(printed)?.lines().filter(|l| !l.is_empty()) {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let doc = row["doc"].as_str().context("line without doc")?.to_owned();
        let path = folder.join(format!("{doc}.txt"));
        let text: Vec<char> = fs::read_to_string(&path).with_context(|| path.display().to_string())?.chars().collect();
        let lines = struck.entry(doc).or_default();
        for s in row["struck"].as_array().into_iter().flatten() {
            let (start, end) = (s["start"].as_u64().context("start")? as usize, s["end"].as_u64().context("end")? as usize);
            let part: String = text[start..end.min(text.len())].iter().collect();
            lines.extend(part.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned));
        }
    }
    let (mut counts, mut shown) = (Counts::default(), 0);
    for (doc, ours) in &struck {
        let gold: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join(format!("{doc}.json")))?)?;
        let mut gold: Vec<&str> =
            gold["debris"].as_array().into_iter().flatten().filter_map(|v| v.as_str()).map(str::trim).collect();
        counts.gold += gold.len();
        counts.found += ours.len();
        for line in ours {
            match gold.iter().position(|g| g == line) {
                Some(i) => {
                    gold.remove(i);
                    counts.right += 1;
                }
                None if shown < errors => {
                    println!("{doc}: struck without need: {line}");
                    shown += 1;
                }
                None => {}
            }
        }
        for line in gold {
            if shown < errors {
                println!("{doc}: left standing: {line}");
                shown += 1;
            }
        }
    }
    Ok(counts.figures())
}
