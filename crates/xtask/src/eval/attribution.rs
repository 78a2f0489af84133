//! `attribution`: who is found to say what, against PolNeAR, in words.
//!
//! `content` and `cue`: words inside any told stretch or any words of telling, ours against gold. `source`: for each gold attribution with a
//! source whose content one of ours overlaps, the words of the source of the one that overlaps it most.

use super::{Counts, Figures, articles, rows};
use anyhow::{Context, Result};
use chancery_coder::{Told, told};
use chancery_text::Model;
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

/// Numbers of words.
type Words = BTreeSet<usize>;

/// Token F1 of content, of source given content, and of cue.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let [mut content, mut source, mut cue] = [Counts::default(); 3];
    let mut shown = 0;
    for row in rows::json(path)? {
        let text = row["text"].as_str().context("row without text")?;
        let id = row["id"].as_str().unwrap_or_default();
        let document = chancery_text::read(&articles::bare(id, text, None), Model::builtin()).output;
        let places = articles::places(text, &document);
        let ours = told(&document);
        let gold: Vec<[Words; 3]> = row["attributions"]
            .as_array()
            .context("row without attributions")?
            .iter()
            .map(|a| ["content", "source", "cue"].map(|part| words(&a[part], &places)))
            .collect();
        let (all, all_ours) = (union(gold.iter().map(|g| &g[0])), union(ours.iter().map(contents).collect::<Vec<_>>().iter()));
        add(&mut content, &all, &all_ours);
        let cues = union(ours.iter().map(|t| t.cue.range().collect()).collect::<Vec<Words>>().iter());
        add(&mut cue, &union(gold.iter().map(|g| &g[2])), &cues);
        for g in gold.iter().filter(|g| !g[0].is_empty() && !g[1].is_empty()) {
            let best = ours.iter().map(|t| (contents(t).intersection(&g[0]).count(), t)).filter(|b| b.0 > 0).max_by_key(|b| b.0);
            let speaker: Option<Words> = best.map(|(_, t)| t.source.map(|s| s.range().collect()).unwrap_or_default());
            if let Some(speaker) = &speaker {
                add(&mut source, &g[1], speaker);
            }
            if speaker.as_ref() != Some(&g[1]) && shown < errors {
                let show = |w: &Words| w.iter().map(|&i| document.words[i].text.as_str()).collect::<Vec<_>>().join(" ");
                println!("{id}: [{}] says [{}]; ours {:?}", show(&g[1]), show(&g[0]), speaker.as_ref().map(show));
                shown += 1;
            }
        }
    }
    let mut out = Figures::new();
    for (key, counts) in [("content", content), ("source", source), ("cue", cue)] {
        out.insert(key.into(), counts.figures().into());
    }
    Ok(out)
}

fn contents(told: &Told) -> Words {
    told.content.iter().flat_map(|c| c.range()).collect()
}

fn union<'a>(sets: impl Iterator<Item = &'a Words>) -> Words {
    sets.flatten().copied().collect()
}

fn add(counts: &mut Counts, gold: &Words, ours: &Words) {
    counts.gold += gold.len();
    counts.found += ours.len();
    counts.right += gold.intersection(ours).count();
}

/// The words of one part of an attribution: stretches in code points, nested in lists.
fn words(part: &Value, places: &[(usize, usize)]) -> Words {
    let Some(list) = part.as_array() else { return Words::new() };
    if let [Value::Number(a), Value::Number(b)] = list.as_slice() {
        let at = |n: &serde_json::Number| n.as_u64().unwrap_or(0) as usize;
        return articles::words_in(places, at(a), at(b)).range().collect();
    }
    list.iter().flat_map(|inner| words(inner, places)).collect()
}
