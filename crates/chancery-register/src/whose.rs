use crate::Told;
use chancery_model::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Whose word each of the reports of one event is, in their order: the origin of an article that stands for all that rest on one source.
///
/// Reprints of one text share their origin already. A text in which every report of the event rests on another outlet's word is of that outlet's
/// origin: of its own dispatch where that tells the event, too, else one with the other texts that credit it. What tells the event of itself
/// anywhere is an origin of its own. The reports are taken in the order given, earliest first.
pub fn whose<'a>(reports: &[Told<'a>]) -> Vec<&'a Id> {
    let rests = |t: &Told<'a>| t.wire.filter(|w| t.outlet != Some(*w));
    let own: BTreeSet<&Id> = reports.iter().filter(|t| rests(t).is_none()).map(|t| t.origin).collect();
    if own.len() == reports.len() {
        return reports.iter().map(|t| t.origin).collect();
    }
    let resting = || reports.iter().filter(|t| !own.contains(t.origin));
    // Who is to be asked for an outlet's word: its own dispatch, else the first that rests on it.
    let mut word: BTreeMap<&str, &'a Id> = BTreeMap::new();
    let dispatches = reports.iter().filter_map(|t| Some((t.outlet?, t.origin)));
    for (outlet, origin) in dispatches.chain(resting().filter_map(|t| Some((rests(t)?, t.origin)))) {
        word.entry(outlet).or_insert(origin);
    }
    // Each text rests on one other at most, so that no group has more than one that is its own.
    let mut of: BTreeMap<&'a Id, &'a Id> = reports.iter().map(|t| (t.origin, t.origin)).collect();
    let mut asked: BTreeSet<&Id> = BTreeSet::new();
    for t in resting() {
        let Some(other) = rests(t).and_then(|w| word.get(w).copied()).filter(|_| asked.insert(t.origin)) else { continue };
        let (a, b) = (of[t.origin], of[other]);
        let (stays, goes) = if own.contains(a) { (a, b) } else { (b, a) };
        if stays != goes {
            of.values_mut().filter(|o| **o == goes).for_each(|o| *o = stays);
        }
    }
    reports.iter().map(|t| of[t.origin]).collect()
}
