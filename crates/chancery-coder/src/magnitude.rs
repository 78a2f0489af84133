//! How much: people killed, injured or arrested, as the sentence gives them.

use crate::tree;
use chancery_model::{Document, Magnitude, Rel};

/// Words that tell a number's meaning, with the measure.
const MEASURES: &[(&str, &str)] = &[
    ("arrest", "arrested"),
    ("casualty", "dead"),
    ("death", "dead"),
    ("detain", "arrested"),
    ("die", "dead"),
    ("hurt", "injured"),
    ("injure", "injured"),
    ("injury", "injured"),
    ("kill", "dead"),
    ("wound", "injured"),
];

/// The numbers of the event's sentence.
pub fn of(document: &Document, sentence: usize, head: usize) -> Vec<Magnitude> {
    let mut out: Vec<Magnitude> = Vec::new();
    for at in document.sentences[sentence].tokens.range() {
        let Some((_, what)) = MEASURES.iter().find(|(w, _)| *w == document.words[at].lemma) else { continue };
        if tree::distance(document, at, head).is_none_or(|d| d > 4) {
            continue;
        }
        let people = document.children(at).chain(Some(at)).flat_map(|c| document.children(c).chain(Some(c)));
        let number = people
            .filter(|&c| document.words[c].rel == Rel::Nummod || document.words[c].upos.as_str() == "NUM")
            .find_map(|c| Some((c, value(&document.words[c].text)?)));
        if let Some((c, value)) = number
            && out.iter().all(|m| m.what != *what)
        {
            out.push(Magnitude { what: (*what).to_owned(), value, span: document.words[c].span });
        }
    }
    out
}

/// A cardinal in digits or words up to twenty, dozens and hundreds.
fn value(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    if let Ok(n) = digits.parse::<f64>() {
        return n.is_finite().then_some(n);
    }
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().position(|w| w.eq_ignore_ascii_case(text)).map(|n| n as f64)
}
