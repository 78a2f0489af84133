//! Reprints made from real wire stories: trimmed, re-headed, re-ordered, with a paragraph added or cut; and no two that are not.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use chancery_model::Id;
use chancery_register::{origins, sketch};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::Path,
};

/// The stories with at least four paragraphs, as lists of paragraphs; `None` where the corpus is not there.
fn stories() -> Option<Vec<Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bulk/reuters21578.jsonl.gz");
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(File::open(path).ok()?).read_to_string(&mut text).ok()?;
    let rows = text.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    let paragraphs = |row: serde_json::Value| -> Vec<String> {
        let body = row["body"].as_str().unwrap_or_default();
        let list = body.split("\n    ").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
        list.filter(|p| p.len() > 20).collect()
    };
    Some(rows.map(paragraphs).filter(|s| s.len() >= 4).collect())
}

/// A story and, of every second one, five reprints.
fn variants(stories: &[Vec<String>], n: usize) -> Vec<String> {
    let s = &stories[n];
    let mut out = vec![s.join("\n")];
    if n.is_multiple_of(2) {
        let donor = &stories[(n + 1) % stories.len()];
        let half = s.len() / 2;
        let mut turned = s.clone();
        turned.rotate_left(half);
        let mut added = s.clone();
        added.insert(half, donor[1].clone());
        let mut cut = s.clone();
        cut.remove(half);
        out.extend([
            s[..half + 1].join(" "),
            format!("{} {}", donor[0], s[1..].join(" ")),
            turned.join(" "),
            added.join(" "),
            cut.join(" "),
        ]);
    }
    out
}

fn pairs(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

#[test]
fn reprints_of_wire_stories() {
    let Some(stories) = stories() else {
        println!("skipped: no Reuters-21578 beside the checkout");
        return;
    };
    let mut made: BTreeMap<Id, usize> = BTreeMap::new();
    let mut articles = Vec::new();
    for n in 0..stories.len() {
        for (v, text) in variants(&stories, n).iter().enumerate() {
            let id = Id(format!("a{n:05}-{v}"));
            made.insert(id.clone(), n);
            articles.push((id, sketch(text)));
        }
    }
    let start = std::time::Instant::now();
    let found = origins(&articles);
    let took = start.elapsed();
    // By group and story: pairs within one story are right; pairs of two stories are wrong, unless the corpus itself printed one text twice.
    let mut groups: BTreeMap<&Id, BTreeMap<usize, usize>> = BTreeMap::new();
    for (id, origin) in &found {
        *groups.entry(origin).or_default().entry(made[id]).or_default() += 1;
    }
    let (mut right, mut wrong, mut unasked) = (0, 0, 0);
    for group in groups.values() {
        let members: Vec<(usize, usize)> = group.iter().map(|(&n, &count)| (n, count)).collect();
        right += members.iter().map(|m| pairs(m.1)).sum::<usize>();
        for (k, a) in members.iter().enumerate() {
            for b in &members[k + 1..] {
                let one_text = alike(&stories[a.0], &stories[b.0]);
                *if one_text { &mut unasked } else { &mut wrong } += a.1 * b.1;
                if !one_text && std::env::var_os("SHOW").is_some() {
                    println!("--- {}\n{}\n--- {}\n{}", a.0, stories[a.0].join("\n"), b.0, stories[b.0].join("\n"));
                }
            }
        }
    }
    let wanted: usize = (0..stories.len()).map(|n| pairs(if n.is_multiple_of(2) { 6 } else { 1 })).sum();
    let f1 = 2.0 * right as f64 / (right + wrong + wanted) as f64;
    println!(
        "{} articles in {took:?}: {right} of {wanted} made pairs, {wrong} wrong, {unasked} of the corpus's own, F1 {f1:.4}",
        articles.len()
    );
    assert!(f1 >= 0.98);
}

/// Whether the corpus itself gives two versions of one text: half of the shorter's three-word runs stand in the longer, counted exactly.
fn alike(a: &[String], b: &[String]) -> bool {
    let runs = |s: &[String]| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = s.join(" ").split_whitespace().map(str::to_lowercase).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (runs(a), runs(b));
    2 * a.intersection(&b).count() >= a.len().min(b.len())
}
