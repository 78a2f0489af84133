use super::Trait;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Fitted weights by trait, in points (ten to the unit of the logit), with the words for a reader.
static WEIGHTS: LazyLock<BTreeMap<&'static str, (f32, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/merge.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| {
        let mut cells = l.split('\t');
        Some((cells.next()?, (cells.next()?.parse().ok()?, cells.next().unwrap_or_default())))
    })
    .collect()
});

/// Weights in the order of [`Trait::ALL`] and kinds of words.
static TABLE: LazyLock<Vec<(f32, &'static str)>> = LazyLock::new(|| {
    let names = Trait::ALL.iter().flat_map(|t| (0..3).map(move |w| t.name(w)));
    names.map(|n| WEIGHTS.get(n.as_str()).copied().unwrap_or((0.0, ""))).collect()
});

/// The weight of a trait among words of some kind, and what it says to a reader.
pub(super) fn weight(at: Trait, word: usize) -> (f32, &'static str) {
    TABLE.get(at as usize * 3 + word).copied().unwrap_or((0.0, ""))
}

/// How much a stem tells apart: the logarithm of one over the share of articles that hold it.
static RARITY: LazyLock<BTreeMap<u64, f32>> = LazyLock::new(|| {
    let rows = include_str!("../../data/rarity.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t')).filter_map(|(w, n)| Some((crate::words::hash(w), n.parse().ok()?))).collect()
});

/// What stems that the table lacks count.
const RARE: f32 = 6.0;

/// How much a stem, given as its hash, tells apart.
pub(super) fn rarity(stem: u64) -> f32 {
    RARITY.get(&stem).copied().unwrap_or(RARE)
}
