use super::item::Item;
use chancery_model::Id;
use std::collections::{BTreeMap, BTreeSet};

/// What a person has said about which reports tell one event; it goes before everything that is worked out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Pairs that tell one event, with the words that say so.
    pub together: Vec<(Id, Id, String)>,
    /// Pairs that do not; where both are said of a pair, they do not.
    pub apart: Vec<(Id, Id)>,
}

impl ByHand {
    /// The pairs that are there, by position, in an order of their own.
    pub(super) fn together(&self, items: &[Item]) -> Vec<(usize, usize, String)> {
        if self.together.is_empty() {
            return Vec::new();
        }
        let at = positions(items);
        let found = |(a, b, why): &(Id, Id, String)| Some((*at.get(a)?, *at.get(b)?, why.clone()));
        let mut out: Vec<_> = self.together.iter().filter_map(found).collect();
        out.sort();
        out
    }

    pub(super) fn apart(&self, items: &[Item]) -> BTreeSet<(usize, usize)> {
        if self.apart.is_empty() {
            return BTreeSet::new();
        }
        let at = positions(items);
        self.apart.iter().filter_map(|(a, b)| Some((*at.get(a)?, *at.get(b)?))).filter(|(a, b)| a != b).collect()
    }
}

fn positions<'a>(items: &[Item<'a>]) -> BTreeMap<&'a Id, usize> {
    items.iter().enumerate().map(|(n, i)| (&i.report.id, n)).collect()
}
