use super::{
    item::Item,
    pair::{self, ENOUGH},
    roles,
};
use chancery_model::EventType;
use std::collections::BTreeMap;

/// Days between two anchors beyond which reports with sharp dates are not compared.
const WINDOW: i32 = 14;
/// Neighbours in time that one report is compared with in one block; bounds the cost in a flood of news.
const NEIGHBOURS: usize = 200;
/// Codes per report that make blocks; a longer list is a summit, and any two of its first dozen find it.
const CODES: usize = 12;

/// Types that reports of one event are told as: only these are compared.
fn family(event: EventType) -> u8 {
    use EventType::*;
    match event {
        Agree | Support | Concede => 0,
        Consult => 1,
        Cooperate | Aid | Mobilize => 2,
        Retreat => 3,
        Request | Accuse | Reject | Threaten => 4,
        Protest => 5,
        Sanction | Coerce => 6,
        Assault => 7,
    }
}

/// Pairs that have enough points, as (points, lower, higher), best first; ties by position.
pub(super) fn pairs(items: &[Item]) -> Vec<(i32, usize, usize)> {
    let mut dyads: BTreeMap<(u8, &str, &str), Vec<usize>> = BTreeMap::new();
    let mut singles: BTreeMap<(u8, &str), Vec<(usize, bool)>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        let mut codes = roles::codes(&item.report.actors, &item.report.recipients);
        codes.truncate(CODES);
        let f = family(item.event);
        for (n, a) in codes.iter().enumerate() {
            singles.entry((f, a)).or_default().push((i, codes.len() < 2));
            for b in &codes[n + 1..] {
                dyads.entry((f, a, b)).or_default().push(i);
            }
        }
        if codes.is_empty() {
            singles.entry((f, "")).or_default().push((i, true));
        }
    }
    let mut found = Vec::new();
    for block in dyads.into_values() {
        in_block(items, &block.into_iter().map(|i| (i, true)).collect::<Vec<_>>(), &mut found);
    }
    // Where one side is not told, one code must do.
    for block in singles.into_values().filter(|b| b.iter().any(|m| m.1)) {
        in_block(items, &block, &mut found);
    }
    found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found.dedup();
    found
}

/// Compares the members of one block near each other in time; of each pair at least one must be marked.
fn in_block(items: &[Item], block: &[(usize, bool)], found: &mut Vec<(i32, usize, usize)>) {
    let mut sharp: Vec<(i32, usize, bool)> = Vec::new();
    let mut loose: Vec<(usize, bool)> = Vec::new();
    for &(i, marked) in block {
        match items[i].anchor() {
            Some(day) if items[i].sharp() => sharp.push((day, i, marked)),
            _ => loose.push((i, marked)),
        }
    }
    sharp.sort_unstable();
    for (n, &(day, i, marked)) in sharp.iter().enumerate() {
        let near = sharp[n + 1..].iter().take_while(|s| s.0 - day <= WINDOW).filter(|s| marked || s.2);
        for &(_, j, _) in near.take(NEIGHBOURS) {
            compare(items, i, j, found);
        }
    }
    for (n, &(i, marked)) in loose.iter().enumerate() {
        for &(j, other) in loose[n + 1..].iter().take(NEIGHBOURS) {
            if marked || other {
                compare(items, i, j, found);
            }
        }
        // A wide or missing date: those nearest to its day, or the first ones.
        let at = items[i].anchor().map_or(0, |d| sharp.partition_point(|s| s.0 < d));
        let from = at.saturating_sub(NEIGHBOURS / 2);
        for &(_, j, other) in sharp[from..].iter().take(NEIGHBOURS) {
            if marked || other {
                compare(items, i, j, found);
            }
        }
    }
}

fn compare(items: &[Item], i: usize, j: usize, found: &mut Vec<(i32, usize, usize)>) {
    let (i, j) = (i.min(j), i.max(j));
    // What one article tells as two events is two events, unless it says itself that they are one.
    if items[i].report.article == items[j].report.article || pair::clash(&items[i], &items[j]) {
        return;
    }
    let points = pair::points(&items[i], &items[j]);
    if points >= ENOUGH {
        found.push((points, i, j));
    }
}
