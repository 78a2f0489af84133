use super::{
    item::Item,
    near,
    pair::{self, ENOUGH},
    roles,
};
use chancery_model::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// Days between two anchors beyond which reports with sharp dates are not compared.
pub(super) const WINDOW: i32 = 14;
/// The same where one side of one of them is not told, so that nearness must make up for it.
pub(super) const WINDOW_ONE_SIDED: i32 = 4;
/// Most days that a wide date is taken to span.
pub(super) const WIDEST: i32 = 92;
/// Reports of a block up to which those without any day are compared with those that have one; in larger ones they would meet too many.
pub(super) const FEW: usize = 64;
/// Codes per report that make blocks; a longer list is a summit, and any two of its first dozen find it.
pub(super) const CODES: usize = 12;

/// Types that reports of one event are told as: only these are compared.
pub(crate) fn family(event: EventType) -> u8 {
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

/// Pairs that have enough points, as (points, lower, higher), best first, ties by position; or of those only the pairs with a fresh one.
///
/// Whether two are compared depends on the two alone, except where one of them has no day: then on whether their block is small. `crowded` are
/// blocks of which more is known than is among the items.
pub(super) fn pairs(items: &[Item], fresh: Option<&[bool]>, crowded: &BTreeSet<u64>) -> Vec<(i32, usize, usize)> {
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
    let mut look = Look { items, fresh, found: Vec::new() };
    for ((family, a, b), block) in dyads {
        let few = block.len() <= FEW && !crowded.contains(&near::two(family, a, b));
        look.block(&block.into_iter().map(|i| (i, true)).collect::<Vec<_>>(), WINDOW, few);
    }
    // Where one side is not told, one code must do.
    for ((family, a), block) in singles.into_iter().filter(|b| b.1.iter().any(|m| m.1)) {
        let few = block.len() <= FEW && !crowded.contains(&near::one(family, a));
        look.block(&block, WINDOW_ONE_SIDED, few);
    }
    let mut found = look.found;
    found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found.dedup();
    found
}

/// A member of a block with its day; of each pair at least one must be marked.
#[derive(Clone, Copy)]
struct Member {
    from: i32,
    to: i32,
    at: usize,
    marked: bool,
}

struct Look<'a, 'b> {
    items: &'b [Item<'a>],
    fresh: Option<&'b [bool]>,
    found: Vec<(i32, usize, usize)>,
}

impl Look<'_, '_> {
    /// Compares the members of one block near each other in time.
    fn block(&mut self, block: &[(usize, bool)], window: i32, few: bool) {
        let (mut sharp, mut wide, mut undated): (Vec<Member>, Vec<Member>, Vec<Member>) = Default::default();
        for &(at, marked) in block {
            let item = &self.items[at];
            match item.anchor() {
                Some(day) if item.sharp() => sharp.push(Member { from: day, to: day, at, marked }),
                Some(day) => wide.push(Member { from: day, to: day + item.width().min(WIDEST), at, marked }),
                None => undated.push(Member { from: 0, to: 0, at, marked }),
            }
        }
        for list in [&mut sharp, &mut wide] {
            list.sort_unstable_by_key(|m| (m.from, m.at));
        }
        self.after(&sharp, window);
        self.after(&wide, window);
        for m in &wide {
            let near = sharp.partition_point(|s| s.from < m.from - window)..sharp.partition_point(|s| s.from <= m.to + window);
            self.with(m, &sharp[near]);
        }
        for (n, m) in undated.iter().enumerate() {
            self.with(m, &undated[n + 1..]);
            if few {
                self.with(m, &sharp);
                self.with(m, &wide);
            }
        }
    }

    /// Each with those that follow it within the window.
    fn after(&mut self, list: &[Member], window: i32) {
        let mut end = 0;
        for (n, m) in list.iter().enumerate() {
            while list.get(end).is_some_and(|l| l.from <= m.to + window) {
                end += 1;
            }
            // Wide dates do not end in the order in which they begin.
            end = end.max(n + 1);
            self.with(m, &list[n + 1..end]);
        }
    }

    fn with(&mut self, m: &Member, others: &[Member]) {
        for o in others.iter().filter(|o| m.marked || o.marked) {
            self.compare(m.at, o.at);
        }
    }

    fn compare(&mut self, i: usize, j: usize) {
        let (i, j) = (i.min(j), i.max(j));
        if self.fresh.is_some_and(|f| !f[i] && !f[j]) {
            return;
        }
        let (a, b) = (&self.items[i], &self.items[j]);
        // What one article tells as two events is two events, unless it says itself that they are one.
        if a.report.article == b.report.article || pair::clash(a, b) {
            return;
        }
        let points = pair::points(a, b);
        if points >= ENOUGH {
            self.found.push((points, i, j));
        }
    }
}
