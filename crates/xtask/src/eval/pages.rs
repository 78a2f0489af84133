//! `pages` and `dates`: the main text and the publication date of HTML pages.

use super::{Counts, Figures, round, rows};
use anyhow::{Context, Result, bail};
use chancery_intake::{Options, article, pages};
use chancery_model::Article;
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// The articles of a file of pages, by the rows' ids.
fn articles(path: &Path) -> Result<BTreeMap<String, Article>> {
    let options = Options { text_field: Some("html".into()), date_field: Some("none".into()), ..Options::default() };
    let mut out = BTreeMap::new();
    for page in pages(&[path.display().to_string()], &options) {
        let Ok(page) = page else { continue };
        if let Ok(taken) = article(&page) {
            out.insert(taken.output.doc.clone(), taken.output);
        }
    }
    Ok(out)
}

fn id(row: &Value) -> Result<String> {
    match &row["id"] {
        Value::String(s) => Ok(s.clone()),
        Value::Number(n) => Ok(n.to_string()),
        _ => bail!("row without id"),
    }
}

/// Segments that the main text must hold (`with`) and must not hold (`without`).
pub fn segments(path: &Path, errors: usize) -> Result<Figures> {
    let articles = articles(path)?;
    let (mut counts, mut shown) = (Counts::default(), 0);
    for row in rows::json(path)? {
        let id = id(&row)?;
        let story =
            articles.get(&id).map(|a| a.story().iter().map(|s| &a.text[s.range()]).collect::<String>()).unwrap_or_default();
        let list = |key: &str| {
            row[key].as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str).collect::<Vec<_>>()
        };
        for segment in list("with") {
            let held = story.contains(segment);
            counts.gold += 1;
            counts.right += usize::from(held);
            counts.found += usize::from(held);
            if !held && shown < errors {
                println!("{id}: lost: {segment}");
                shown += 1;
            }
        }
        for segment in list("without").into_iter().filter(|s| story.contains(s)) {
            counts.found += 1;
            if shown < errors {
                println!("{id}: held without need: {segment}");
                shown += 1;
            }
        }
    }
    let mut out = counts.figures();
    out.insert("articles".into(), articles.len().into());
    Ok(out)
}

/// Pages whose publication date is right; those without a gold date are left out.
pub fn dates(path: &Path, errors: usize) -> Result<Figures> {
    let articles = articles(path)?;
    let (mut pages, mut right, mut none, mut shown) = (0usize, 0usize, 0usize, 0);
    for row in rows::json(path)? {
        let Some(gold) = row.get("date").context("row without date")?.as_str() else { continue };
        let id = id(&row)?;
        let ours = articles.get(&id).and_then(|a| a.published).map(|p| p.date.to_string());
        pages += 1;
        right += usize::from(ours.as_deref() == Some(gold));
        none += usize::from(ours.is_none());
        if ours.as_deref() != Some(gold) && shown < errors {
            println!("{id}: {ours:?} instead of {gold}");
            shown += 1;
        }
    }
    let mut out = Figures::new();
    out.insert("accuracy".into(), round(right as f64 / pages.max(1) as f64, 4));
    for (key, n) in [("pages", pages), ("right", right), ("none", none), ("wrong", pages - right - none)] {
        out.insert(key.into(), n.into());
    }
    Ok(out)
}
