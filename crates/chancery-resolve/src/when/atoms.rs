//! Words → atoms: the pieces that the grammar reads. Tokenisers differ on hyphens, possessives and full stops; atoms do not.

use super::words::{Sense, sense};
use std::ops::Range;

/// A piece of a word.
#[derive(Debug, Clone)]
pub(crate) struct Atom<'a> {
    /// Index of the word it is cut from.
    pub(crate) word: usize,
    /// As written.
    pub(crate) text: &'a str,
    /// Lower case, without the dots of an abbreviation.
    pub(crate) low: String,
    /// Its sense.
    pub(crate) sense: Sense,
    /// Its number, where it is written in digits (separators of thousands left out).
    pub(crate) digits: Option<i64>,
}

/// Cuts the words of a sentence into atoms.
pub(crate) fn atoms<'a>(words: &[&'a str], range: Range<usize>) -> Vec<Atom<'a>> {
    let mut out = Vec::with_capacity(range.len() + 8);
    for at in range {
        if let Some(word) = words.get(at) {
            cut(word, at, &mut out);
        }
    }
    out
}

fn cut<'a>(word: &'a str, at: usize, out: &mut Vec<Atom<'a>>) {
    let mut start = 0;
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    for (n, &(i, c)) in chars.iter().enumerate() {
        if i < start {
            continue;
        }
        let before = n.checked_sub(1).map(|p| chars[p].1);
        let after = chars.get(n + 1).map(|p| p.1);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let stands_alone = match c {
            '-' | '–' | '—' | '−' | '/' | '(' | ')' | '"' | '“' | '”' | '[' | ']' | ';' | '$' | '%' | '_' | '~' => true,
            ',' => !(digit(before) && digit(after)),
            _ => false,
        };
        if stands_alone {
            push(&word[start..i], at, out);
            push(&word[i..i + c.len_utf8()], at, out);
            start = i + c.len_utf8();
        } else if i > start && (opens_suffix(c, after) || c.is_alphabetic() && digit(before) && is_clock_suffix(&word[i..])) {
            push(&word[start..i], at, out);
            start = i;
        }
    }
    push(&word[start..], at, out);
}

/// The apostrophe of "year's", not that of "'90s".
fn opens_suffix(c: char, after: Option<char>) -> bool {
    matches!(c, '\'' | '’' | '`') && !after.is_some_and(|c| c.is_ascii_digit())
}

/// What may be glued to the digits of a clock time.
fn is_clock_suffix(rest: &str) -> bool {
    let plain: String = rest.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    matches!(plain.as_str(), "am" | "pm" | "hrs" | "gmt" | "utc" | "z" | "bc" | "ad")
}

fn push<'a>(text: &'a str, at: usize, out: &mut Vec<Atom<'a>>) {
    if text.is_empty() {
        return;
    }
    let mut low = text.to_lowercase();
    match low.as_str() {
        "–" | "—" | "−" | "~" => low = "-".to_owned(),
        "’s" | "’" | "`s" => low = low.replace(['’', '`'], "'"),
        _ => {}
    }
    while low.len() > 1 && low.ends_with(['.', ',', ';', ':', '?', '!']) {
        low.pop();
    }
    // a.m., p.m., B.C.
    if low.len() > 2 && low.split('.').all(|p| p.len() <= 1) {
        low.retain(|c| c != '.');
    }
    let digits = number(&low);
    let sense = if digits.is_some() { Sense::None } else { sense(&low) };
    out.push(Atom { word: at, text, low, sense, digits });
}

/// "12", "1,200"; not "12.5" and not "12th".
fn number(low: &str) -> Option<i64> {
    let plain = low.bytes().all(|b| b.is_ascii_digit());
    let grouped = || {
        low.split(',')
            .enumerate()
            .all(|(i, p)| p.bytes().all(|b| b.is_ascii_digit()) && (i == 0 || p.len() == 3) && !p.is_empty())
    };
    if low.len() > 12 || !(plain || grouped()) {
        return None;
    }
    low.chars().filter(|c| *c != ',').collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_all(words: &[&str]) -> Vec<String> {
        atoms(words, 0..words.len()).into_iter().map(|a| a.low).collect()
    }

    #[test]
    fn pieces() {
        assert_eq!(
            cut_all(&["third-quarter", "year's", "Sept.", "5p.m.", "a.m.", "1939–45", "1,200", "'90s", "2001,"]),
            ["third", "-", "quarter", "year", "'s", "sept", "5", "pm", "am", "1939", "-", "45", "1,200", "'90s", "2001", ","]
        );
        assert_eq!(atoms(&["1,200"], 0..1)[0].digits, Some(1200));
        assert_eq!(atoms(&["9/11"], 0..1).len(), 3);
    }
}
