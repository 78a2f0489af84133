//! What a report may be one event with, without looking at all of a record: the blocks it stands in, and the days about it.

use super::{
    Told,
    blocks::{self, CODES, WIDEST, WINDOW, WINDOW_ONE_SIDED},
    item::{self, Item},
    key, roles,
};
use crate::words::{hash, mix};
use chancery_model::{Id, Kind};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

/// A place in which a report stands, to be found by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stand {
    /// Type family with a pair of codes, or with one; a number that is the same in every run.
    pub block: u64,
    /// What kind of day it has, and whether it names one code only.
    pub kind: u8,
    /// First day, counted from 1 January 1970; 0 where there is none.
    pub day: i32,
}

/// Where a report has to look for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// As of [`Stand`].
    pub block: u64,
    /// As of [`Stand`].
    pub kind: u8,
    /// The days.
    pub days: RangeInclusive<i32>,
    /// Whether these are reports without a day, which matter to one that has one in small blocks only.
    pub undated: bool,
}

/// Where a report is to be looked for by others, and where it has to look.
///
/// A record that is merged piece by piece keeps where its reports stand. With a fresh one it fetches what stands where it has to look, asks
/// [`links`] which of them may be one event, and merges them anew with all that is one event with these. An event of which a report turns out
/// to belong elsewhere makes its reports fresh in turn; where none does, the rest of the record is not touched. The result is that of merging
/// everything at once: which reports come together is decided by the best pairs first, and depends on nothing but what the two already hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Where it stands.
    pub stands: Vec<Stand>,
    /// Where it looks.
    pub outlooks: Vec<Outlook>,
    /// Whether neither the report nor its article has a day.
    pub undated: bool,
}

const SHARP: u8 = 0;
const WIDE: u8 = 1;
const UNDATED: u8 = 2;
/// Added where the report names one code only, in the block of that code.
const ALONE: u8 = 4;

impl Reach {
    /// In a block of so many reports or fewer, whatever their days, those without a day are held against those that have one.
    pub const FEW: usize = blocks::FEW;
    /// The kinds that have no day.
    pub const UNDATED: [u8; 2] = [UNDATED, UNDATED + ALONE];

    /// `None` for statements.
    pub fn of(told: &Told) -> Option<Reach> {
        let report = told.report;
        let event = report.event.filter(|_| report.kind == Kind::Event)?;
        let (day, width) = item::days(report, told.published);
        let (from, to) = (day.unwrap_or(0), day.unwrap_or(0) + width.min(WIDEST));
        let kind = match day {
            None => UNDATED,
            Some(_) if width <= item::SHARP => SHARP,
            Some(_) => WIDE,
        };
        let mut codes = roles::codes(&report.actors, &report.recipients);
        codes.truncate(CODES);
        let (one, two) = blocks(blocks::family(event), &codes);
        let alone = codes.len() < 2;
        let mut out = Reach { stands: Vec::new(), outlooks: Vec::new(), undated: kind == UNDATED };
        let mut stand = |block, kind, window: i32, others: &[u8]| {
            out.stands.push(Stand { block, kind, day: from });
            for other in others {
                let (near, far) = ((SHARP, from - window..=to + window), (WIDE, from - window - WIDEST..=to + window));
                for (kind, days) in [near, far, (UNDATED, 0..=0)] {
                    // What has no day is held against the whole of a small block, not against a stretch of time.
                    if !out.undated || kind == UNDATED {
                        out.outlooks.push(Outlook { block, kind: kind + other, days, undated: kind == UNDATED });
                    }
                }
            }
        };
        for block in two {
            stand(block, kind, WINDOW, &[0]);
        }
        // In the block of one code, one of the two must name that code alone.
        for block in one {
            match alone {
                true => stand(block, kind + ALONE, WINDOW_ONE_SIDED, &[0, ALONE]),
                false => stand(block, kind, WINDOW_ONE_SIDED, &[ALONE]),
            }
        }
        Some(out)
    }
}

/// The blocks of single codes, and those of pairs.
fn blocks(family: u8, codes: &[&str]) -> (Vec<u64>, Vec<u64>) {
    if codes.is_empty() {
        return (vec![one(family, "")], Vec::new());
    }
    let mut pairs = Vec::new();
    for (n, a) in codes.iter().enumerate() {
        pairs.extend(codes[n + 1..].iter().map(|b| two(family, a, b)));
    }
    (codes.iter().map(|c| one(family, c)).collect(), pairs)
}

/// The block of a type family and one code.
pub(super) fn one(family: u8, code: &str) -> u64 {
    mix(hash(code) ^ u64::from(family))
}

/// The block of a type family and two codes, sorted.
pub(super) fn two(family: u8, a: &str, b: &str) -> u64 {
    mix(one(family, a).rotate_left(17) ^ hash(b))
}

/// The pairs, by position in `reports`, that could be joined to one event; of those without a fresh one only what an article itself tells as one.
/// What `fresh` lacks counts as fresh.
pub fn links(reports: &[Told], fresh: &[bool], crowded: &BTreeSet<u64>) -> Vec<(usize, usize)> {
    let mut items: Vec<(usize, Item)> = reports.iter().enumerate().filter_map(|(n, t)| Some((n, Item::of(t)?))).collect();
    items.sort_by(|a, b| key(&a.1).cmp(&key(&b.1)));
    let (at, items): (Vec<usize>, Vec<Item>) = items.into_iter().unzip();
    let fresh: Vec<bool> = at.iter().map(|&n| fresh.get(n).copied().unwrap_or(true)).collect();
    let found = blocks::pairs(&items, Some(&fresh), crowded);
    let mut out: Vec<(usize, usize)> = found.into_iter().map(|(_, i, j)| (at[i], at[j])).collect();
    // What an article itself tells as one.
    let by_id: BTreeMap<&Id, usize> = reports.iter().enumerate().map(|(n, t)| (&t.report.id, n)).collect();
    let repeats = reports.iter().enumerate().filter_map(|(n, t)| Some((n, *by_id.get(t.report.same_as.as_ref()?)?)));
    out.extend(repeats);
    out.sort_unstable();
    out.dedup();
    out
}
