//! Text → sentences and words, by the conventions of Universal Dependencies.
//!
//! The principal function is [`split`]. It never fails: any text gives some words, and every word's span slices the text to it.
//!
//! ```
//! use chancery_text::boundaries;
//! use chancery_model::Span;
//! let text = "Maj. Gen. J. Smith visited the U.S.-backed force. \"It's over,\" he said.";
//! let sentences = boundaries::split(text, &[Span::new(0, text.len())], None);
//! let words: Vec<&str> = sentences[1].words.iter().map(|w| &text[w.range()]).collect();
//! assert_eq!(words, ["\"", "It", "'s", "over", ",", "\"", "he", "said", "."]);
//! ```

mod blocks;
mod forms;
mod looks;
mod numbers;
mod stops;
mod words;

use blocks::Block;
use chancery_model::{Byte, Span};
use looks::{Look, Shape};
use words::Place;

/// Words of a sentence at most; longer stretches are cut at their best gap.
pub const LONGEST: usize = 200;

/// A sentence before it is analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its words in order, without overlap; never empty.
    pub words: Vec<Span<Byte>>,
    /// From its first word to its last.
    pub span: Span<Byte>,
    /// Number of its paragraph, heading or item, from 0.
    pub paragraph: usize,
    /// Whether it is (part of) the title, or a heading without a full stop on a line of its own.
    pub heading: bool,
}

/// Sentences and words of the story stretches of an article's text, in order.
///
/// A line break ends a sentence, unless the text is wrapped at a column or the line plainly runs on; the `title`, if it stands in the text,
/// is apart from what surrounds it. Sentences have at most [`LONGEST`] words.
pub fn split(text: &str, story: &[Span<Byte>], title: Option<Span<Byte>>) -> Vec<Draft> {
    let mut out = Vec::new();
    let mut paragraph = 0;
    for block in blocks::blocks(text, story, title) {
        let before = out.len();
        sentences(text, &block, paragraph, &mut out);
        if out.len() > before {
            paragraph += 1;
        }
    }
    out
}

/// For the trainer: the addressed features of every gap of one paragraph at which a sentence may end, with the byte after which it is.
pub fn gaps(text: &str) -> Vec<(usize, Vec<u32>)> {
    let mut found = Vec::new();
    words::words(text, 0, text.len(), &mut found);
    let looks = looks::looks(text, &found);
    let setting = stops::setting(&looks);
    let candidates = (0..found.len()).filter(|i| stops::is_candidate(&looks, *i));
    candidates.map(|i| (found[i].1, stops::features(&looks, &setting, i).to_vec())).collect()
}

/// Appends the sentences of a block.
fn sentences(text: &str, block: &Block, paragraph: usize, out: &mut Vec<Draft>) {
    let mut found: Vec<Place> = Vec::new();
    for piece in &block.pieces {
        words::words(text, piece.start, piece.end, &mut found);
    }
    let looks = looks::looks(text, &found);
    let setting = stops::setting(&looks);
    let mut scores: Vec<Option<i32>> = (0..found.len()).map(|i| stops::score(&looks, &setting, i)).collect();
    close_up(&looks, &mut scores);
    let first = out.len();
    let mut start = 0;
    for i in 0..found.len() {
        let last = i + 1 == found.len();
        if last || scores[i].is_some_and(|s| s > 0) {
            for (from, to) in pieces(&scores, start, i + 1) {
                out.push(draft(text, &found[from..to], paragraph, to == i + 1));
            }
            start = i + 1;
        }
    }
    let alone = out.len() == first + 1;
    for sentence in &mut out[first..] {
        sentence.heading = block.title || alone && is_heading(text, sentence);
    }
}

/// Takes back boundaries that would leave a sentence of nothing but quotation marks and brackets.
fn close_up(looks: &[Look], scores: &mut [Option<i32>]) {
    let bare = |l: &Look| l.shape.is_close() || matches!(l.shape, Shape::QuoteOpens | Shape::Opens);
    let mut last = None;
    for i in 0..looks.len() {
        let ends = i + 1 == looks.len();
        if !ends && scores[i].is_none_or(|s| s <= 0) {
            continue;
        }
        let start = last.map_or(0, |l| l + 1);
        let opening = matches!(looks[start].shape, Shape::QuoteOpens | Shape::Opens) && !ends;
        if !looks[start..=i].iter().all(bare) {
            last = Some(i);
        } else if opening || last.is_none() {
            scores[i] = scores[i].map(|s| s.min(0));
        } else if let Some(before) = last {
            scores[before] = scores[before].map(|s| s.min(0));
            last = Some(i);
        }
    }
}

/// Cuts `start..end` into stretches of at most [`LONGEST`] words at the best gaps.
fn pieces(scores: &[Option<i32>], mut start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    while end - start > LONGEST {
        // not too near the start, so that pieces stay sentences rather than crumbs
        let window = start + LONGEST / 4..start + LONGEST;
        let best = window.max_by_key(|i| (scores[*i], *i)).unwrap_or(start + LONGEST - 1);
        out.push((start, best + 1));
        start = best + 1;
    }
    out.push((start, end));
    out
}

fn draft(text: &str, words: &[Place], paragraph: usize, ends: bool) -> Draft {
    let mut spans: Vec<Span<Byte>> = words.iter().map(|(s, e)| Span::new(*s, *e)).collect();
    if ends {
        cut_final_dot(text, &mut spans);
    }
    let span = Span::new(spans.first().map_or(0, |w| w.start), spans.last().map_or(0, |w| w.end));
    Draft { words: spans, span, paragraph, heading: false }
}

/// The last word's dot is the full stop, unless it ends an acronym in capitals: "etc|.", "p.m|.", but "U.S.".
fn cut_final_dot(text: &str, words: &mut Vec<Span<Byte>>) {
    let Some(last) = words.last().copied() else { return };
    let word = &text[last.range()];
    let Some(body) = word.strip_suffix('.') else { return };
    let acronym = body.contains('.') && body.chars().all(|c| c == '.' || c.is_uppercase());
    if words.len() < 2
        || acronym
        || !body.chars().all(|c| c.is_alphanumeric() || c == '.')
        || body.is_empty()
        || body.ends_with('.')
    {
        return;
    }
    words.pop();
    words.push(Span::new(last.start, last.end - 1));
    words.push(Span::new(last.end - 1, last.end));
}

/// Whether a sentence that is alone in its block is a heading: short, and without a full stop.
fn is_heading(text: &str, sentence: &Draft) -> bool {
    let body = &text[sentence.span.range()];
    let letters = body.chars().any(char::is_alphabetic);
    sentence.words.len() <= 25 && letters && !blocks::ends_sentence(body) && !body.ends_with([',', ';', ':'])
}
