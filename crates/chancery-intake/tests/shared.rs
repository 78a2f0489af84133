//! The five news pages that started the project, and the debris of the annotated documents. Skipped where the shared folder is absent.
#![allow(clippy::unwrap_used)]

use chancery_intake::{Options, article, pages};
use chancery_model::Article;
use std::path::PathBuf;

fn shared(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn articles(folder: &str) -> Option<Vec<Article>> {
    let input = shared(folder)?.display().to_string();
    Some(pages(&[input], &Options::default()).map(|p| article(&p.unwrap()).unwrap().output).collect())
}

#[test]
fn seeds_have_titles_and_only_stated_dates() {
    let Some(articles) = articles("seeds") else { return };
    let seen: Vec<(Option<&str>, Option<String>, Option<&str>)> =
        articles.iter().map(|a| (a.title.as_deref(), a.published.map(|p| p.date.to_string()), a.outlet.as_deref())).collect();
    let date = |d: &str| Some(d.to_owned());
    let expected = [
        (Some("Russia and Iran to strengthen cooperation in Middle East"), None, None),
        (Some("Putin, Rowhani agree to cooperate closely on Syria"), None, None),
        (Some("How Russia-Israel engagement is benefiting Iran"), date("2018-06-17"), Some("The Iran Project")),
        (Some("Iran, Russia cooperate to keep Assad in power in Syria"), None, Some("Iran Focus")),
        (Some("Iran-Russia co-op bearing fruit, official says"), date("2016-09-14"), None),
    ];
    assert_eq!(seen, expected);
    let credited: Vec<Vec<&str>> = articles.iter().map(|a| a.credited.iter().map(|c| c.name.as_str()).collect()).collect();
    assert_eq!(credited[0], ["Reuters"]);
    assert_eq!(credited[1], ["IRNA", "Fars", "Al-Alam"]);
    assert_eq!(credited[2], ["Al-Monitor"]);
    assert_eq!(credited[3], ["The Wall Street Journal"]);
    assert!(credited[4].contains(&"AZERTAC"));
    let datelines: Vec<Option<&str>> = articles.iter().map(|a| a.dateline.as_ref().and_then(|d| d.place.as_deref())).collect();
    assert_eq!(datelines, [None, None, None, Some("London"), Some("TEHRAN")]);
}

/// Lines of gold debris, struck lines, and those in both.
fn debris(folder: &str) -> Option<(usize, usize, usize)> {
    let root = shared(folder)?;
    let (mut gold, mut struck, mut both) = (0, 0, 0);
    for article in articles(folder)? {
        let record = std::fs::read(root.join(format!("{}.json", article.doc))).unwrap();
        let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
        let lines: Vec<&str> =
            record["debris"].as_array().map_or(vec![], |d| d.iter().filter_map(|l| l.as_str()).map(str::trim).collect());
        gold += lines.len();
        for s in &article.struck {
            let line = &article.text[s.span.range()];
            let hit = lines.contains(&line.trim());
            struck += 1;
            both += usize::from(hit);
            if !hit {
                println!("struck beyond the gold: {} {}: {line}", article.doc, s.reason);
            }
        }
        for line in &lines {
            if !article.struck.iter().any(|s| article.text[s.span.range()].trim() == *line) {
                println!("kept against the gold: {}: {line}", article.doc);
            }
        }
    }
    println!("{folder}: {gold} lines of debris, {struck} struck, {both} of them rightly");
    Some((gold, struck, both))
}

#[test]
fn debris_of_the_development_gold() {
    let Some((gold, struck, both)) = debris("gold/dev") else { return };
    assert_eq!(gold, 29);
    assert!(both >= 26 && struck - both <= 3, "{both} of {gold}, {} others", struck - both);
}

#[test]
fn debris_of_the_training_documents() {
    let Some((gold, struck, both)) = debris("train/docs") else { return };
    assert!(both + 1 >= gold && struck - both <= 4, "{both} of {gold}, {} others", struck - both);
}
