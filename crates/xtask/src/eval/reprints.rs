//! `reprints`: which texts print one dispatch, on reprints made from wire stories: trimmed, re-headed, re-ordered, a paragraph added or cut.

use super::{Counts, Figures, rows};
use anyhow::Result;
use chancery_model::Id;
use chancery_register::{origins, sketch};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A story of the corpus.
struct Story {
    headline: String,
    paragraphs: Vec<String>,
}

/// What is found on a corpus.
struct Found {
    counts: Counts,
    articles: usize,
    /// Pairs of two stories taken for one text though the corpus gives no sign that they are.
    unrelated: usize,
    /// Pairs of two stories of which the corpus itself prints two versions.
    own: usize,
}

/// Precision, recall and F1 of pairs of articles that are one text, on the stories of a corpus with at least four paragraphs.
///
/// Of every second story five reprints are made. Pairs of two stories of which the corpus itself prints one text twice count on neither side; how
/// many of them are found is told as `own_versions`.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let found = find(&stories(path)?, errors);
    let mut out = found.counts.figures();
    out.insert("unrelated".into(), found.unrelated.into());
    out.insert("own_versions".into(), found.own.into());
    out.insert("articles".into(), found.articles.into());
    Ok(out)
}

fn stories(path: &Path) -> Result<Vec<Story>> {
    let of = |r: &serde_json::Value| Story {
        headline: r["title"].as_str().unwrap_or_default().to_lowercase(),
        paragraphs: paragraphs(r["body"].as_str().unwrap_or_default()),
    };
    Ok(rows::json(path)?.iter().map(of).filter(|s| s.paragraphs.len() >= 4).collect())
}

fn find(stories: &[Story], errors: usize) -> Found {
    let (mut made, mut articles) = (BTreeMap::new(), Vec::new());
    for n in 0..stories.len() {
        for (v, text) in variants(stories, n).iter().enumerate() {
            let id = Id(format!("a{n:05}-{v}"));
            made.insert(id.clone(), n);
            articles.push((id, sketch(text)));
        }
    }
    let mut groups: BTreeMap<Id, BTreeMap<usize, usize>> = BTreeMap::new();
    for (id, origin) in origins(&articles) {
        *groups.entry(origin).or_default().entry(made[&id]).or_default() += 1;
    }
    let mut out = Found { counts: Counts::default(), articles: articles.len(), unrelated: 0, own: 0 };
    let mut shown = 0;
    out.counts.gold = (0..stories.len()).map(|n| pairs(if n.is_multiple_of(2) { 6 } else { 1 })).sum();
    for group in groups.values() {
        let members: Vec<(usize, usize)> = group.iter().map(|(&n, &count)| (n, count)).collect();
        out.counts.right += members.iter().map(|m| pairs(m.1)).sum::<usize>();
        for (k, a) in members.iter().enumerate() {
            for b in &members[k + 1..] {
                if versions(&stories[a.0], &stories[b.0]) {
                    out.own += a.1 * b.1;
                    continue;
                }
                out.unrelated += a.1 * b.1;
                if shown < errors {
                    let text = |n: usize| format!("{}\n{}", stories[n].headline, stories[n].paragraphs.join("\n"));
                    println!("taken for one text:\n{}\n--\n{}\n", text(a.0), text(b.0));
                    shown += 1;
                }
            }
        }
    }
    out.counts.found = out.counts.right + out.unrelated;
    out
}

fn paragraphs(body: &str) -> Vec<String> {
    let list = body.split("\n    ").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    list.filter(|p| p.len() > 20).collect()
}

/// A story and, of every second one, five reprints.
fn variants(stories: &[Story], n: usize) -> Vec<String> {
    let s = &stories[n].paragraphs;
    let mut out = vec![s.join("\n")];
    if n.is_multiple_of(2) {
        let donor = &stories[(n + 1) % stories.len()].paragraphs;
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

/// Whether the corpus itself gives two versions of one text: half of the shorter's three-word runs stand in the longer; or two fifths do and
/// the headlines share half their words, as where a company's figures are sent again corrected.
fn versions(a: &Story, b: &Story) -> bool {
    let runs = |s: &Story| -> BTreeSet<Vec<String>> {
        let words: Vec<String> = s.paragraphs.join(" ").split_whitespace().map(str::to_lowercase).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    };
    let share = |both: usize, x: usize, y: usize| both as f64 / x.min(y).max(1) as f64;
    let (x, y) = (runs(a), runs(b));
    let text = share(x.intersection(&y).count(), x.len(), y.len());
    let words = |s: &Story| s.headline.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (p, q) = (words(a), words(b));
    text >= 0.5 || (text >= 0.4 && share(p.intersection(&q).count(), p.len(), q.len()) >= 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reprints_of_wire_stories() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bulk/reuters21578.jsonl.gz");
        if !path.exists() {
            println!("skipped: no Reuters-21578 beside the checkout");
            return;
        }
        let found = find(&stories(&path).expect("a readable corpus"), 3);
        let counts = found.counts;
        let f1 = 2.0 * counts.right as f64 / (counts.found + counts.gold) as f64;
        assert!(f1 >= 0.98, "{f1}");
        assert_eq!(found.unrelated, 0);
        assert!(found.articles > 30_000 && found.own > 0);
    }
}
