//! Sentences that themselves speak of a relation that cools or warms.

use serde::Serialize;
use std::ops::Range;
use std::sync::LazyLock;

/// Which way a relation is said to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Apart.
    Cooler,
    /// Together.
    Warmer,
}

static PHRASES: LazyLock<Vec<(Vec<&str>, Way)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (phrase, way) = line.split_once('\t')?;
        let way = if way == "cooler" { Way::Cooler } else { Way::Warmer };
        Some((phrase.split(' ').collect(), way))
    };
    include_str!("../data/turns.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
});

/// The first words of a sentence that speak of a turn, as bytes of it, and the way they point.
///
/// ```
/// use chancery_relations::{Way, turn_of};
/// let sentence = "Reports suggest that Moscow is distancing itself from Tehran.";
/// let (words, way) = turn_of(sentence).unwrap();
/// assert_eq!((&sentence[words], way), ("distancing itself", Way::Cooler));
/// assert!(turn_of("The ministers met in Moscow.").is_none());
/// ```
pub fn turn_of(sentence: &str) -> Option<(Range<usize>, Way)> {
    let words = words(sentence);
    let lower: Vec<String> = words.iter().map(|w| sentence[w.clone()].to_lowercase()).collect();
    let mut best: Option<(usize, usize, Way)> = None;
    for (start, _) in lower.iter().enumerate() {
        for (phrase, way) in PHRASES.iter() {
            // Of phrases that begin at one word, the longest.
            if matches(&lower[start..], phrase) && best.is_none_or(|b| b.0 == start && b.1 < phrase.len()) {
                best = Some((start, phrase.len(), *way));
            }
        }
        if best.is_some() {
            break;
        }
    }
    let (start, len, way) = best?;
    Some((words[start].start..words[start + len - 1].end, way))
}

fn matches(words: &[String], phrase: &[&str]) -> bool {
    words.len() >= phrase.len()
        && words.iter().zip(phrase).all(|(w, p)| match p.strip_suffix('*') {
            Some(stem) => w.starts_with(stem),
            None => w == p || *p == "_",
        })
}

fn words(text: &str) -> Vec<Range<usize>> {
    let (mut out, mut start) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|from| from..text.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_says_one_way_each() {
        let lines: Vec<&str> = include_str!("../data/turns.tsv").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.is_sorted() && lines.len() == PHRASES.len() && lines.len() > 40);
        assert!(lines.iter().all(|l| l.ends_with("\tcooler") || l.ends_with("\twarmer")), "{lines:?}");
    }

    #[test]
    fn odd_texts_are_read() {
        assert_eq!(turn_of("Une “détente”: rift").map(|t| t.1), Some(Way::Cooler));
        assert!(turn_of("").is_none() && turn_of("… — é").is_none());
        assert_eq!(turn_of("closer ties than ever").map(|t| t.0), Some(0..11));
        let sentence = "They will strengthen their cooperation.";
        assert_eq!(turn_of(sentence).map(|t| &sentence[t.0]), Some("strengthen their cooperation"));
        assert!(turn_of("The yen strengthened, sources said.").is_none());
    }
}
