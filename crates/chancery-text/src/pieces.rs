//! Words → wordpieces and letter shapes, exactly as `training/pieces.py` does it; golden tests pin both.

use crate::Error;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Pieces of one word; longer words (addresses of pages) keep their beginning.
const MAX_PIECES: usize = 8;

/// Letters that stand for numbers without being of a number category: the CJK numerals.
const NUMERALS: [u32; 81] = [
    0x3405, 0x3483, 0x382A, 0x3B4D, 0x4E00, 0x4E03, 0x4E07, 0x4E09, 0x4E5D, 0x4E8C, 0x4E94, 0x4E96, 0x4EBF, 0x4EC0, 0x4EDF,
    0x4EE8, 0x4F0D, 0x4F70, 0x5104, 0x5146, 0x5169, 0x516B, 0x516D, 0x5341, 0x5343, 0x5344, 0x5345, 0x534C, 0x53C1, 0x53C2,
    0x53C3, 0x53C4, 0x56DB, 0x58F1, 0x58F9, 0x5E7A, 0x5EFE, 0x5EFF, 0x5F0C, 0x5F0D, 0x5F0E, 0x5F10, 0x62FE, 0x634C, 0x67D2,
    0x6F06, 0x7396, 0x767E, 0x8086, 0x842C, 0x8CAE, 0x8CB3, 0x8D30, 0x9621, 0x9646, 0x964C, 0x9678, 0x96F6, 0xF96B, 0xF973,
    0xF978, 0xF9B2, 0xF9D1, 0xF9D3, 0xF9FD, 0x20001, 0x20064, 0x200E2, 0x20121, 0x2092A, 0x20983, 0x2098C, 0x2099C, 0x20AEA,
    0x20AFD, 0x20B19, 0x22390, 0x22998, 0x23B1B, 0x2626D, 0x2F890,
];

/// The letter shape of a word: 0 lower or caseless, 1 Capitalised, 2 ALL CAPS, 3 miXed, 4 one capital letter, 5 with a digit,
/// 6 without letter or digit.
pub(crate) fn shape(word: &str) -> u8 {
    if word.bytes().all(|b| b.is_ascii_lowercase()) && !word.is_empty() {
        return 0;
    }
    let numeric =
        |c: char| if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() || NUMERALS.binary_search(&u32::from(c)).is_ok() };
    if word.chars().any(numeric) {
        return 5;
    }
    let (mut letters, mut upper, mut first) = (0, 0, false);
    for c in word.chars().filter(|&c| is_letter(c)) {
        if c.is_uppercase() {
            upper += 1;
            first |= letters == 0;
        }
        letters += 1;
    }
    match (letters, upper) {
        (0, _) => 6,
        (_, 0) => 0,
        (1, _) => 4,
        (n, u) if n == u => 2,
        (_, 1) if first => 1,
        _ => 3,
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.general_category_group() == GeneralCategoryGroup::Letter }
}

/// Characters that are a run of their own: ASCII symbols and all punctuation.
fn is_break(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { c.general_category_group() == GeneralCategoryGroup::Punctuation }
}

/// Typographic quotes and hyphens as their plain forms.
fn plain_mark(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

/// Lower case without accents and control characters.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|c| !c.is_ascii_control()).map(|c| plain_mark(c).to_ascii_lowercase()).collect();
    }
    let lower = word.chars().map(plain_mark).collect::<String>().to_lowercase();
    let kept = |c: &char| {
        c.general_category() != GeneralCategory::NonspacingMark && c.general_category_group() != GeneralCategoryGroup::Other
    };
    lower.nfd().filter(kept).collect()
}

/// Greedy longest-match wordpieces over a vocabulary.
pub(crate) struct Pieces {
    // pieces that begin a run of letters, and pieces that continue one (spelt with ## in the vocabulary)
    starts: HashMap<Box<str>, u32>,
    continuations: HashMap<Box<str>, u32>,
    longest: usize,
    /// Opens every sentence.
    pub cls: u32,
    /// Closes every sentence.
    pub sep: u32,
    unknown: u32,
}

impl Pieces {
    /// Reads a vocabulary: one piece a line, numbered from 0.
    pub fn new(vocabulary: &str) -> Result<Self, Error> {
        let (mut starts, mut continuations, mut longest) = (HashMap::with_capacity(32_768), HashMap::with_capacity(8_192), 0);
        for (id, piece) in (0u32..).zip(vocabulary.split('\n')) {
            longest = longest.max(piece.len());
            // a later line of the same spelling wins, and `##` alone is a continuation of nothing
            match piece.strip_prefix("##") {
                Some(rest) => {
                    continuations.insert(rest.into(), id);
                    // "##" at the beginning of a run is never met: the sign # breaks runs
                }
                None => {
                    starts.insert(piece.into(), id);
                }
            }
        }
        let special = |name: &str| starts.get(name).copied().ok_or_else(|| Error::format(format!("the vocabulary lacks {name}")));
        let (cls, sep, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Ok(Pieces { starts, continuations, longest, cls, sep, unknown })
    }

    /// Appends the ids of one word, 1 to 8 of them.
    pub fn word(&self, word: &str, out: &mut Vec<u32>) {
        let text = plain(word);
        let begin = out.len();
        let mut run = 0;
        for (at, c) in text.char_indices() {
            let space = c.is_whitespace();
            if space || is_break(c) {
                self.run(&text[run..at], out);
                run = at + c.len_utf8();
                if !space {
                    self.run(&text[at..run], out);
                }
            }
        }
        self.run(&text[run..], out);
        out.truncate(begin + MAX_PIECES);
        if out.len() == begin {
            out.push(self.unknown);
        }
    }

    fn run(&self, run: &str, out: &mut Vec<u32>) {
        let (begin, mut start) = (out.len(), 0);
        while start < run.len() {
            let table = if start == 0 { &self.starts } else { &self.continuations };
            let mut end = run.floor_char_boundary((start + self.longest).min(run.len()));
            loop {
                if end <= start {
                    out.truncate(begin);
                    out.push(self.unknown);
                    return;
                }
                if let Some(&id) = table.get(&run[start..end]) {
                    out.push(id);
                    start = end;
                    break;
                }
                end = run.floor_char_boundary(end - 1);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Golden {
        word: String,
        shape: u8,
        pieces: Vec<u32>,
    }

    /// The same words through the trainer's own code: `tests/data/pieces.jsonl` is written by `training/export.py`.
    #[test]
    fn same_pieces_and_shapes_as_the_trainer() {
        let bytes = include_bytes!("../../../models/english.bin");
        let pieces = Pieces::new(crate::weights::File::open(bytes).unwrap().text("vocabulary").unwrap()).unwrap();
        let mut wrong = Vec::new();
        let golden = include_str!("../tests/data/pieces.jsonl");
        assert!(golden.lines().count() > 200);
        for line in golden.lines() {
            let g: Golden = serde_json::from_str(line).unwrap();
            let mut found = Vec::new();
            pieces.word(&g.word, &mut found);
            if (shape(&g.word), &found) != (g.shape, &g.pieces) {
                wrong.push(format!("{:?}: {} {:?}, expected {} {:?}", g.word, shape(&g.word), found, g.shape, g.pieces));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
