//! The table of phrases, `data/debris.tsv`.

use crate::lines::Line;
use std::sync::OnceLock;

/// One row of the table.
pub(super) struct Phrase {
    pub reason: &'static str,
    /// Whether the lines below it are a list of other stories.
    pub opens: bool,
    most: usize,
    parts: Vec<&'static str>,
}

/// The rows of the table, in its order.
pub(super) fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| include_str!("../../data/debris.tsv").lines().filter_map(row).collect())
}

fn row(line: &'static str) -> Option<Phrase> {
    let mut cells = line.split('\t');
    let (reason, most, pattern) = (cells.next()?, cells.next()?, cells.next()?);
    let (name, opens) = match reason.strip_suffix('+') {
        Some(name) => (name, true),
        None => (reason, false),
    };
    Some(Phrase { reason: name, opens, most: most.parse().ok()?, parts: pattern.split('*').collect() })
}

impl Phrase {
    pub fn fits(&self, line: &Line) -> bool {
        self.parts.first().is_some_and(|head| line.folded.starts_with(head))
            && glob(&self.parts, &line.folded)
            && line.len() <= self.most
    }
}

/// Whether `text` is the parts in order with anything between them, the first at its start and the last at its end.
fn glob(parts: &[&str], text: &str) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let Some((last, middle)) = rest.split_last() else { return left.is_empty() };
    for part in middle {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        let fits = |pattern: &str, text: &str| glob(&pattern.split('*').collect::<Vec<_>>(), text);
        assert!(fits("read more*", "read more here") && fits("read more*", "read more"));
        assert!(
            fits("posted in * tagged *", "posted in world and tagged , ,") && !fits("posted in * tagged *", "posted in world")
        );
        assert!(fits("tags", "tags") && !fits("tags", "tags: a"));
        assert!(fits("*captcha*", "solve the captcha below") && !fits("a*b", "a"));
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        let rows: Vec<&str> = include_str!("../../data/debris.tsv").lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(rows.len(), phrases().len(), "a row lacks a cell or its number");
        let key = |r: &&str| (r.split('\t').next().map(str::to_owned), r.split('\t').nth(2).map(str::to_owned));
        assert!(rows.iter().map(key).is_sorted());
    }
}
