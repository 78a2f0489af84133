use crate::words::{hash, mix, shared, words};
use chancery_model::Id;
use std::collections::BTreeMap;

/// Words per shingle.
const WIDTH: usize = 5;
/// Most shingles that a sketch keeps; longer texts are sampled.
const KEEP: usize = 256;
/// Smallest shingles under which an article is looked up for candidates. Low numbers of a long text and of its trimmed copy are mostly the
/// same, so that even a copy of a fifth of the text shares about a dozen of them.
const KEYS: usize = 64;
/// Smallest shingles under which a record keeps an article for later ones. Fewer, since they are kept on disk: even so a copy of a fifth of
/// a text misses it once in a thousand times.
const LOOKUPS: usize = 32;
/// Share of the smaller text that must stand in the larger.
const CONTAINED: f64 = 0.6;
/// The same where the larger is more than three times as long: a copy cut that short has nothing else in it, while a paragraph that two texts
/// share (a standing lead, a quotation) leaves a rest.
const CONTAINED_SHORT: f64 = 0.9;
/// Share of the larger text that the smaller must cover: below it, it is a quotation and no reprint.
const COVERED: f64 = 0.12;
/// Fewest shared shingles of a reprint.
const FEWEST: usize = 10;

/// The sketch of a text: a sample of the hashes of its five-word shingles, comparable whatever the lengths.
///
/// The first number is the scale `s`; the others, sorted, are all the hashes below 2^(64−s), with `s` the least that leaves at most 256. Two
/// sketches are compared below the lower of their two bounds, where both are complete.
pub fn sketch(text: &str) -> Vec<u64> {
    let hashes: Vec<u64> = words(text).map(|w| hash(&w)).collect();
    let mut all: Vec<u64> = if hashes.len() < WIDTH {
        hashes.iter().take(1).map(|_| fold(&hashes)).collect()
    } else {
        hashes.windows(WIDTH).map(fold).collect()
    };
    all.sort_unstable();
    all.dedup();
    let mut scale = 0u32;
    while all.len() > KEEP {
        scale += 1;
        let below = all.partition_point(|&h| h >> (64 - scale) == 0);
        all.truncate(below);
    }
    let mut out = vec![u64::from(scale)];
    out.append(&mut all);
    out
}

fn fold(words: &[u64]) -> u64 {
    words.iter().fold(0, |h, &w| mix(h.rotate_left(13) ^ w))
}

/// What two sketches share: (shared, size of the first, size of the second), counted below the common bound.
fn overlap(a: &[u64], b: &[u64]) -> (usize, usize, usize) {
    let scale = a[0].max(b[0]).min(63) as u32;
    let cut = |s: &[u64]| -> usize { if scale == 0 { s.len() } else { 1 + s[1..].partition_point(|&h| h >> (64 - scale) == 0) } };
    let (a, b) = (&a[1..cut(a)], &b[1..cut(b)]);
    (shared(a, b), a.len(), b.len())
}

/// Whether one text reprints the other: (shared of the smaller, shared of the larger) where it does.
fn reprint(a: &[u64], b: &[u64]) -> bool {
    let (both, na, nb) = overlap(a, b);
    let (small, large) = (na.min(nb), na.max(nb));
    if small == 0 {
        return false;
    }
    if small < FEWEST {
        // A few words are too little for shares: they must be all but the same.
        return both >= 3.min(small) && both + 1 >= large;
    }
    let (both, small, large) = (both as f64, small as f64, large as f64);
    let contained = if both < 0.3 * large { CONTAINED_SHORT } else { CONTAINED };
    both >= FEWEST as f64 && both >= contained * small && both >= COVERED * large
}

/// Whether one text has most of the other in it, reprint or not: a digest, a page with a note pasted in.
fn holds(a: &[u64], b: &[u64]) -> bool {
    let (both, na, nb) = overlap(a, b);
    both >= FEWEST && both as f64 >= CONTAINED * na.min(nb) as f64
}

/// Whether of two sketched texts one may reprint the other: articles that no chain of such pairs connects never share an origin, and
/// [`origins`] of those that it connects needs no others.
pub fn is_reprint(a: &[u64], b: &[u64]) -> bool {
    !a.is_empty() && !b.is_empty() && (reprint(a, b) || holds(a, b))
}

/// How much two sketched texts share, in runs of five words: the share of the first that stands in the second, and that of the second that stands
/// in the first, each 0..=1; nothing where one of them is empty.
///
/// ```
/// use chancery_register::{shares, sketch};
/// let story = "Talks on the ceasefire began in Geneva on Monday, with envoys of nine states at the table.";
/// let (taken, kept) = shares(&sketch(story), &sketch(&format!("{story} No day was set for their end, said a diplomat.")));
/// assert!(taken == 1.0 && kept < 1.0);
/// assert_eq!(shares(&sketch(story), &sketch("")), (0.0, 0.0));
/// ```
pub fn shares(a: &[u64], b: &[u64]) -> (f64, f64) {
    if a.is_empty() || b.is_empty() {
        return (0.0, 0.0);
    }
    let (both, na, nb) = overlap(a, b);
    let share = |n: usize| both as f64 / n.max(1) as f64;
    (share(na), share(nb))
}

/// The numbers under which a record keeps a sketched text, so that later ones find it.
pub fn lookup_keys(sketch: &[u64]) -> &[u64] {
    let all = sketch.get(1..).unwrap_or_default();
    &all[..all.len().min(LOOKUPS)]
}

/// For each article the article whose text it is: the least id among the reprints of one text, or itself.
///
/// Reprints are found where trimmed, re-headed or re-ordered, or with a paragraph added or cut. A short text with a paragraph of another pasted
/// in goes with its own, even where the paragraph is the larger part. A page that strings several texts together (a
/// digest) is an origin of its own and does not make one of its parts. The order of `articles` has no bearing.
///
/// An article is looked up by the 64 least numbers of its sketch, so that the cost per article does not grow with the number of articles,
/// but with that of those which share a phrase with it.
pub fn origins(articles: &[(Id, Vec<u64>)]) -> BTreeMap<Id, Id> {
    let mut sorted: Vec<&(Id, Vec<u64>)> = articles.iter().filter(|(_, s)| !s.is_empty()).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let links = unborrowed(&sorted, &links(&sorted));
    let digests = digests(&sorted, &links);
    let mut root: Vec<usize> = (0..sorted.len()).collect();
    for &(a, b) in &links {
        if digests[a] || digests[b] {
            continue;
        }
        let (x, y) = (find(&mut root, a), find(&mut root, b));
        // The lower index is the lesser id.
        root[x.max(y)] = x.min(y);
    }
    let mut out: BTreeMap<Id, Id> = articles.iter().map(|(id, _)| (id.clone(), id.clone())).collect();
    for i in 0..sorted.len() {
        let r = find(&mut root, i);
        out.insert(sorted[i].0.clone(), sorted[r].0.clone());
    }
    out
}

/// The pairs of which one may reprint the other, each (lower, higher), sorted.
fn links(sorted: &[&(Id, Vec<u64>)]) -> Vec<(usize, usize)> {
    let mut keys: Vec<(u64, usize)> = Vec::new();
    for (i, (_, s)) in sorted.iter().enumerate() {
        keys.extend(s[1..].iter().take(KEYS).map(|&h| (h, i)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        // A phrase that very many articles share is boilerplate: neighbours suffice, and reprints share other phrases.
        for (n, &(_, i)) in group.iter().enumerate() {
            pairs.extend(group[n + 1..].iter().take(32).map(|&(_, j)| (i, j)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|&(a, b)| is_reprint(&sorted[a].1, &sorted[b].1));
    pairs
}

/// Share of the smaller text in a pair from which nothing of it is left to speak for another origin.
const WHOLE: f64 = 0.95;

/// The reprints among the links, without those that rest on a borrowed paragraph: of an article with two texts in it that share nothing, the one
/// that it holds only in part, while it holds the other better, is not its text.
fn unborrowed(sorted: &[&(Id, Vec<u64>)], links: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let share = |a: usize, b: usize| {
        let (x, y) = shares(&sorted[a].1, &sorted[b].1);
        x.max(y)
    };
    let held: Vec<f64> = links.iter().map(|&(a, b)| share(a, b)).collect();
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); sorted.len()];
    for (n, &(a, b)) in links.iter().enumerate() {
        of[a].push(n);
        of[b].push(n);
    }
    let other = |n: usize, at: usize| if links[n].0 == at { links[n].1 } else { links[n].0 };
    let better = |n: usize, at: usize| of[at].iter().any(|&k| held[k] > held[n] && share(other(k, at), other(n, at)) < APART);
    let kept = |&n: &usize| {
        let (a, b) = links[n];
        reprint(&sorted[a].1, &sorted[b].1) && (held[n] >= WHOLE || !(better(n, a) || better(n, b)))
    };
    (0..links.len()).filter(kept).map(|n| links[n]).collect()
}

/// Share of the smaller text below which two have nothing but phrases in common.
const APART: f64 = 0.1;

/// Articles that hold two or more others which share nothing with each other and each of which is less than half of it.
fn digests(sorted: &[&(Id, Vec<u64>)], links: &[(usize, usize)]) -> Vec<bool> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); sorted.len()];
    for &(a, b) in links {
        for (whole, part) in [(a, b), (b, a)] {
            let (both, n, _) = overlap(&sorted[whole].1, &sorted[part].1);
            if (both as f64) < 0.45 * n as f64 {
                parts[whole].push(part);
            }
        }
    }
    let apart = |a: usize, b: usize| {
        let (both, na, nb) = overlap(&sorted[a].1, &sorted[b].1);
        (both as f64) < APART * na.min(nb) as f64
    };
    parts.iter().map(|p| p.iter().enumerate().any(|(n, &a)| p[n + 1..].iter().any(|&b| apart(a, b)))).collect()
}

fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    // A text of `n` sentences that no other seed shares.
    fn story(seed: u64, n: usize) -> Vec<String> {
        let stock: Vec<String> = (0..600).map(|i| format!("w{i}")).collect();
        let mut at = mix(seed);
        (0..n)
            .map(|_| {
                let words: Vec<&str> = (0..14)
                    .map(|_| {
                        at = mix(at.wrapping_add(0x9e37_79b9_7f4a_7c15));
                        stock[(at % 600) as usize].as_str()
                    })
                    .collect();
                words.join(" ") + "."
            })
            .collect()
    }

    fn id(n: usize) -> Id {
        Id(format!("a{n:04}"))
    }

    #[test]
    fn reprints_are_found_and_strangers_never() {
        let mut articles = Vec::new();
        for seed in 0..60 {
            let s = story(seed, 8 + (seed as usize % 3) * 60);
            let n = s.len();
            let mut reordered = s.clone();
            reordered.rotate_left(n / 2);
            let mut added = s.clone();
            added.splice(n / 3..n / 3, story(1000 + seed, 2));
            let variants = [
                s.join(" "),
                format!("{} {}", story(2000 + seed, 1).join(" "), s[1..].join(" ")),
                reordered.join(" "),
                added.join(" "),
                s[..n / 2].join("\n\n"),
                s[..n - 2].join(" ").to_uppercase(),
            ];
            for v in variants {
                articles.push((id(articles.len()), sketch(&v)));
            }
        }
        let found = origins(&articles);
        for (n, (a, _)) in articles.iter().enumerate() {
            assert_eq!(found[a], id(n / 6 * 6), "article {n}");
        }
        articles.reverse();
        assert_eq!(origins(&articles), found);
    }

    #[test]
    fn a_digest_does_not_make_its_parts_one() {
        let parts: Vec<String> = (0..3).map(|s| story(s, 9).join(" ")).collect();
        let mut articles: Vec<(Id, Vec<u64>)> = parts.iter().enumerate().map(|(n, p)| (id(n), sketch(p))).collect();
        articles.push((id(9), sketch(&parts.join(" "))));
        assert!(origins(&articles).iter().all(|(a, o)| a == o));
    }

    #[test]
    fn a_pasted_paragraph_does_not_make_two_texts_one() {
        // A note of two sentences, with the longest paragraph of another story under it, and reprints of that story.
        let (note, whole) = (story(1, 2).join(" "), story(2, 9));
        let texts = [
            note.clone(),
            format!("{note} {}", whole[2..6].join(" ")),
            whole.join(" "),
            whole[1..].join(" "),
            whole[..7].join(" "),
        ];
        let articles: Vec<(Id, Vec<u64>)> = texts.iter().enumerate().map(|(n, t)| (id(n), sketch(t))).collect();
        let found = origins(&articles);
        assert_eq!(found[&id(1)], id(0));
        assert!((2..5).all(|n| found[&id(n)] == id(2)), "{found:?}");
    }

    #[test]
    fn short_and_empty_texts() {
        let texts = ["", "", "Talks began.", "Talks began", "Talks failed.", "No comment was given by the ministry"];
        let articles: Vec<(Id, Vec<u64>)> = texts.iter().enumerate().map(|(n, t)| (id(n), sketch(t))).collect();
        let found = origins(&articles);
        assert_eq!(found[&id(1)], id(1));
        assert_eq!(found[&id(3)], id(2));
        assert_eq!(found[&id(4)], id(4));
    }
}
