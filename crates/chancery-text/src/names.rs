//! Tag scores → names: the best sequence in which a name begins before it goes on.

use crate::numbers::softmax;
use chancery_model::{Name, NameKind, Span};

/// Tags of the head: none, then begin and continue for each of four kinds.
pub(crate) const TAGS: usize = 9;

/// Names of a sentence from a row of nine scores per word; spans count its words.
pub(crate) fn decode(scores: &[&[f32]], kinds: &[NameKind]) -> Vec<Name> {
    let tags = best_tags(scores);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tags.len() {
        let Some(kind) = tags[at].checked_sub(1).and_then(|t| kinds.get(t / 2)).copied() else {
            at += 1;
            continue;
        };
        let goes_on = tags[at].div_ceil(2) * 2;
        let mut end = at + 1;
        while end < tags.len() && tags[end] == goes_on {
            end += 1;
        }
        let score = (at..end).map(|i| softmax(scores[i])[tags[i]]).sum::<f32>() / (end - at) as f32;
        out.push(Name { tokens: Span::new(at, end), kind, score });
        at = end;
    }
    out
}

/// Whether tag `b` may follow tag `a`: a tag that continues a kind follows only a tag of that kind.
fn follows(a: usize, b: usize) -> bool {
    b == 0 || b % 2 == 1 || a == b || a + 1 == b
}

/// Viterbi's algorithm; of equals the first.
fn best_tags(scores: &[&[f32]]) -> Vec<usize> {
    let mut sums = [0.0; TAGS];
    let mut from: Vec<[usize; TAGS]> = Vec::with_capacity(scores.len());
    for (i, row) in scores.iter().enumerate() {
        let (mut next, mut origin) = ([f32::MIN; TAGS], [0; TAGS]);
        for b in 0..TAGS {
            // before the first word stands "none"
            for a in (0..if i == 0 { 1 } else { TAGS }).filter(|&a| follows(a, b)) {
                if sums[a] + row[b] > next[b] {
                    next[b] = sums[a] + row[b];
                    origin[b] = a;
                }
            }
        }
        (sums, _) = (next, from.push(origin));
    }
    let mut tag = crate::heads::best(&sums);
    let mut tags = vec![0; scores.len()];
    for i in (0..scores.len()).rev() {
        tags[i] = tag;
        tag = from[i][tag];
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_before_it_goes_on() {
        let row = |best: usize, second: usize| {
            let mut r = [0.0f32; TAGS];
            (r[best], r[second]) = (5.0, 4.5);
            r
        };
        // continue-person at the start becomes begin-person; continue-place after person becomes continue-person
        let rows = [row(2, 1), row(6, 2), row(0, 1), row(3, 0), row(4, 0)];
        let names = decode(&rows.iter().map(|r| &r[..]).collect::<Vec<_>>(), NameKind::ALL);
        let found: Vec<_> = names.iter().map(|n| (n.tokens.range(), n.kind)).collect();
        assert_eq!(found, [(0..2, NameKind::Person), (3..5, NameKind::Organisation)]);
        assert!(names.iter().all(|n| 0.0 < n.score && n.score < 1.0));
        assert!(decode(&[], NameKind::ALL).is_empty());
    }
}
