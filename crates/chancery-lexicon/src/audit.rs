use crate::{Entry, EntryKind};
use std::collections::BTreeMap;

/// Counts of what the lexicon holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// Entries per kind.
    pub kinds: BTreeMap<EntryKind, usize>,
    /// Entries per source.
    pub sources: BTreeMap<String, usize>,
    /// Entries per kind that rest on the editor's own knowledge, not yet seconded.
    pub unchecked: BTreeMap<EntryKind, usize>,
    /// Offices held, over all entries.
    pub tenures: usize,
    /// Spellings in the matcher.
    pub forms: usize,
    /// Common nouns.
    pub nouns: usize,
    /// Lines of the data files that could not be read.
    pub faults: usize,
}

impl Audit {
    pub(crate) fn count(entries: &[Entry]) -> Audit {
        let mut out = Audit::default();
        for e in entries {
            *out.kinds.entry(e.kind).or_default() += 1;
            *out.sources.entry(e.source.clone()).or_default() += 1;
            if e.source == "editor" {
                *out.unchecked.entry(e.kind).or_default() += 1;
            }
            out.tenures += e.tenures.len();
        }
        out
    }
}
