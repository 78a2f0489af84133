use crate::{Entry, EntryKind, load::FILES};
use std::collections::BTreeMap;

/// The source of what no other source has confirmed.
const EDITOR: &str = "editor";

/// Counts of what the lexicon holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// Entries per kind.
    pub kinds: BTreeMap<EntryKind, usize>,
    /// Entries per source; one with two sources counts for both.
    pub sources: BTreeMap<String, usize>,
    /// Entries per kind that rest on the editor's own knowledge, not yet seconded.
    pub unchecked: BTreeMap<EntryKind, usize>,
    /// Offices held, over all entries.
    pub tenures: usize,
    /// Offices of `offices.tsv` that rest on the editor's own knowledge.
    pub tenures_unchecked: usize,
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
            for source in e.source.split('|') {
                *out.sources.entry(source.to_owned()).or_default() += 1;
            }
            if e.source == EDITOR {
                *out.unchecked.entry(e.kind).or_default() += 1;
            }
            out.tenures += e.tenures.len();
        }
        let offices = FILES.iter().find(|(name, _)| *name == "offices.tsv").map_or("", |(_, text)| text);
        out.tenures_unchecked = offices.lines().filter(|l| l.rsplit('\t').next() == Some(EDITOR)).count();
        out
    }
}
