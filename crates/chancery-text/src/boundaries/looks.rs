//! What a word looks like: the facts about single words from which sentence boundaries are judged.

use super::forms;
use super::words::{Place, is_apostrophe};

/// Kinds of words by their characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    Edge,
    Lower,
    Capital,
    Upper,
    Letter,
    SmallLetter,
    Mixed,
    Number,
    Numbered,
    Initial,
    Acronym,
    Abbreviation,
    Title,
    Month,
    Stop,
    Mark,
    Dots,
    Comma,
    Colon,
    Semicolon,
    Opens,
    Closes,
    QuoteOpens,
    QuoteCloses,
    Dash,
    Bullet,
    Address,
    Symbol,
    Face,
}

impl Shape {
    /// Whether sentences commonly end in it.
    pub(super) fn is_end(self) -> bool {
        matches!(self, Shape::Stop | Shape::Mark | Shape::Dots)
    }

    /// Whether it closes what was opened.
    pub(super) fn is_close(self) -> bool {
        matches!(self, Shape::Closes | Shape::QuoteCloses)
    }
}

/// One word as the boundary model sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Hash of the letters in lower case, digits made equal.
    pub(super) form: u32,
    /// Hash of its last three letters.
    pub(super) tail: u32,
    pub(super) shape: Shape,
    /// Characters, at most 15.
    pub(super) length: u8,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// Whether it commonly begins sentences.
    pub(super) starter: bool,
}

/// What stands before the first and after the last word.
pub(super) const EDGE: Look = Look { form: 1, tail: 1, shape: Shape::Edge, length: 0, spaced: true, starter: false };

/// The looks of words that follow one another in a block.
pub(super) fn looks(text: &str, words: &[Place]) -> Vec<Look> {
    let mut out = Vec::with_capacity(words.len());
    let mut open = false;
    for (i, &(start, end)) in words.iter().enumerate() {
        let spaced = i == 0 || words[i - 1].1 < start;
        let tight = words.get(i + 1).is_some_and(|w| w.0 == end);
        let word = &text[start..end];
        let mut shape = shape(word);
        if matches!(shape, Shape::QuoteOpens | Shape::QuoteCloses) && word.starts_with(['"', '\'', '`']) {
            let opens = if spaced == tight { spaced } else { !open };
            shape = if opens { Shape::QuoteOpens } else { Shape::QuoteCloses };
        }
        match shape {
            Shape::QuoteOpens => open = true,
            Shape::QuoteCloses => open = false,
            _ => {}
        }
        let (form, tail) = hashes(forms::model_word(word));
        out.push(Look {
            form,
            tail,
            shape,
            length: word.chars().take(15).count() as u8,
            spaced,
            starter: forms::is_starter(word),
        });
    }
    out
}

/// FNV-1a over the lower-case letters, digits as `0`, of the first 40 characters and of the last three.
fn hashes(word: &str) -> (u32, u32) {
    let lower = |c: char| {
        if c.is_numeric() {
            '0'
        } else if is_apostrophe(c) {
            '\''
        } else {
            c.to_lowercase().next().unwrap_or(c)
        }
    };
    let step = |h: u32, c: char| (h ^ lower(c) as u32).wrapping_mul(0x0100_0193);
    let form = word.chars().take(40).fold(0x811c_9dc5, step);
    let tail = word.chars().rev().take(3).fold(0x9dc5_811c, step);
    (form, tail)
}

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else { return Shape::Symbol };
    if first.is_alphanumeric() { of_letters(word, first) } else { of_signs(word, first) }
}

fn of_letters(word: &str, first: char) -> Shape {
    if forms::is_month(word) {
        return Shape::Month;
    }
    let (mut upper, mut lower, mut digits, mut dots, mut all, mut sign) = (0, 0, 0, 0, 0, false);
    for c in word.chars().take(60) {
        all += 1;
        match c {
            '.' => dots += 1,
            '@' | '/' => sign = true,
            _ if c.is_uppercase() => upper += 1,
            _ if c.is_numeric() => digits += 1,
            _ if c.is_alphabetic() => lower += 1,
            _ => {}
        }
    }
    let letters = upper + lower;
    if letters > 2 && (sign || dots > 0 && !word.ends_with('.') && letters > 2 * dots + 1) {
        return Shape::Address;
    }
    match (letters, digits) {
        (0, _) => return Shape::Number,
        (_, 1..) => return Shape::Numbered,
        _ => {}
    }
    if dots > 0 {
        return match (all, dots) {
            (2, 1) if upper == 1 => Shape::Initial,
            _ if forms::is_title(word) => Shape::Title,
            _ if letters <= dots + 1 => Shape::Acronym,
            _ => Shape::Abbreviation,
        };
    }
    match (upper, lower) {
        (1, 0) => Shape::Letter,
        (0, 1) => Shape::SmallLetter,
        (0, _) => Shape::Lower,
        (_, 0) => Shape::Upper,
        (1, _) if first.is_uppercase() => Shape::Capital,
        _ => Shape::Mixed,
    }
}

fn of_signs(word: &str, first: char) -> Shape {
    if word.chars().any(char::is_alphanumeric) {
        let digit = word.chars().nth(1).is_some_and(char::is_numeric);
        return if digit {
            Shape::Number
        } else if matches!(first, '@' | '#' | '.') {
            Shape::Address
        } else {
            Shape::Lower
        };
    }
    match first {
        '.' | '…' => {
            if word == "." {
                Shape::Stop
            } else {
                Shape::Dots
            }
        }
        '!' | '?' | '。' | '؟' | '！' | '？' => Shape::Mark,
        ',' | '،' => Shape::Comma,
        ':' | ';' | '=' | '>' | '<' | '(' if word.len() > 1 && !word.bytes().all(|b| b == word.as_bytes()[0]) => Shape::Face,
        ':' => Shape::Colon,
        ';' => Shape::Semicolon,
        '(' | '[' | '{' | '<' => Shape::Opens,
        ')' | ']' | '}' | '>' => Shape::Closes,
        '“' | '‘' | '«' | '„' => Shape::QuoteOpens,
        '”' | '»' => Shape::QuoteCloses,
        '"' | '\'' | '`' | '’' => Shape::QuoteCloses,
        '-' | '–' | '—' | '―' => {
            if word.len() > 4 {
                Shape::Bullet
            } else {
                Shape::Dash
            }
        }
        '*' | '•' | '·' | '|' | '#' | '_' | '=' | '~' | '^' => Shape::Bullet,
        _ if first.is_ascii() || ('\u{a1}'..='\u{2bff}').contains(&first) => Shape::Symbol,
        _ => Shape::Face,
    }
}
