//! `reprints`: which texts print one dispatch, on reprints made from wire stories: trimmed, re-headed, re-ordered, a paragraph added or cut.

use super::{Counts, Figures, rows};
use anyhow::Result;
use chancery_model::Id;
use chancery_register::{origins, sketch};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Precision, recall and F1 of pairs of articles that are one text, on the stories of a corpus with at least four paragraphs.
///
/// Of every second story five reprints are made. Pairs of two stories of which the corpus itself prints one text twice count on neither side.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let stories: Vec<Vec<String>> =
        rows::json(path)?.iter().map(|r| paragraphs(r["body"].as_str().unwrap_or_default())).filter(|s| s.len() >= 4).collect();
    let (mut made, mut articles) = (BTreeMap::new(), Vec::new());
    for n in 0..stories.len() {
        for (v, text) in variants(&stories, n).iter().enumerate() {
            let id = Id(format!("a{n:05}-{v}"));
            made.insert(id.clone(), n);
            articles.push((id, sketch(text)));
        }
    }
    let mut groups: BTreeMap<Id, BTreeMap<usize, usize>> = BTreeMap::new();
    for (id, origin) in origins(&articles) {
        *groups.entry(origin).or_default().entry(made[&id]).or_default() += 1;
    }
    let (mut counts, mut shown) = (Counts::default(), 0);
    counts.gold = (0..stories.len()).map(|n| pairs(if n.is_multiple_of(2) { 6 } else { 1 })).sum();
    for group in groups.values() {
        let members: Vec<(usize, usize)> = group.iter().map(|(&n, &count)| (n, count)).collect();
        let right: usize = members.iter().map(|m| pairs(m.1)).sum();
        counts.right += right;
        counts.found += right;
        for (k, a) in members.iter().enumerate() {
            for b in members[k + 1..].iter().filter(|b| !alike(&stories[a.0], &stories[b.0])) {
                counts.found += a.1 * b.1;
                if shown < errors {
                    println!("taken for one text:\n{}\n--\n{}\n", stories[a.0].join("\n"), stories[b.0].join("\n"));
                    shown += 1;
                }
            }
        }
    }
    let mut out = counts.figures();
    out.insert("articles".into(), articles.len().into());
    Ok(out)
}

fn paragraphs(body: &str) -> Vec<String> {
    let list = body.split("\n    ").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    list.filter(|p| p.len() > 20).collect()
}

/// A story and, of every second one, five reprints.
fn variants(stories: &[Vec<String>], n: usize) -> Vec<String> {
    let s = &stories[n];
    let mut out = vec![s.join("\n")];
    if n.is_multiple_of(2) {
        let donor = &stories[(n + 1) % stories.len()];
        let half = s.len() / 2;
        let (mut turned, mut added, mut cut) = (s.clone(), s.clone(), s.clone());
        turned.rotate_left(half);
        added.insert(half, donor[1].clone());
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

/// Whether the corpus itself gives two versions of one text: half of the shorter's three-word runs stand in the longer.
fn alike(a: &[String], b: &[String]) -> bool {
    let runs = |s: &[String]| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = s.join(" ").split_whitespace().map(str::to_lowercase).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (runs(a), runs(b));
    2 * a.intersection(&b).count() >= a.len().min(b.len())
}
