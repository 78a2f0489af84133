//! The fitted weights: text files beside the code, read once.

use super::link;
use std::{collections::BTreeMap, sync::OnceLock};

/// Weights of persons, organisations, places and all else.
pub(crate) type Kinds = [f32; 4];

/// Weight of a feature of a phrase for each kind; unknown features weigh nothing.
pub(crate) fn kind(feature: &str) -> Kinds {
    static TABLE: OnceLock<BTreeMap<&'static str, Kinds>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = include_str!("../../data/chain-kinds.tsv").lines().filter(|l| !l.starts_with('#'));
        rows.filter_map(|l| {
            let mut fields = l.split('\t');
            let name = fields.next()?;
            let mut next = || fields.next()?.parse::<f32>().ok();
            Some((name, [next()?, next()?, next()?, next()?]))
        })
        .collect()
    });
    table.get(feature).copied().unwrap_or_default()
}

/// Weight of every link feature for every form, as `form * link::count() + feature`.
pub(crate) fn links() -> &'static [f32] {
    static TABLE: OnceLock<Vec<f32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../../data/chain-links.tsv").lines().filter(|l| !l.starts_with('#'));
        let known: BTreeMap<&str, f32> =
            rows.filter_map(|l| l.split_once('\t')).filter_map(|(n, w)| Some((n, w.parse().ok()?))).collect();
        link::names().iter().map(|n| known.get(n.as_str()).copied().unwrap_or(0.0)).collect()
    })
}
