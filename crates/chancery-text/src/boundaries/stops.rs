//! Where sentences end: a linear model over the words around each gap, trained by `training/boundaries.py`.
//!
//! Weights are small integers in a table addressed by hashed features, so that a score is an exact sum on every machine.

use super::looks::{EDGE, Look, Shape};

/// Weights: a table of 2^[`BITS`] signed bytes, before it the bias (little endian, 32 bits).
const MODEL: &[u8] = include_bytes!("../../data/boundaries.bin");
/// Bits of an address in the table.
const BITS: u32 = 18;
/// Score units per logit, as `training/boundaries.py` writes them.
const UNIT: i32 = 24;
/// Features of one gap.
pub(super) const FEATURES: usize = 45;

/// The score of the gap after word `i`; above 0 a sentence ends there. `None` where none can end: inside a stretch without white space.
pub(super) fn score(looks: &[Look], setting: &Setting, i: usize) -> Option<i32> {
    if !is_candidate(looks, i) {
        return None;
    }
    let (head, table) = MODEL.split_at_checked(4)?;
    let bias = i32::from_le_bytes(head.try_into().ok()?);
    let sum: i32 = features(looks, setting, i).iter().map(|f| table.get(*f as usize).map_or(0, |w| i32::from(*w as i8))).sum();
    Some(sum + bias - doubt(looks, setting, i))
}

/// Whether a sentence can end after word `i`: before white space, or after a stop that lacks it.
pub(super) fn is_candidate(looks: &[Look], i: usize) -> bool {
    let Some(next) = looks.get(i + 1) else { return false };
    let here = looks[i].shape;
    let after_stop = here.is_end() || here.is_close() && i > 0 && looks[i - 1].shape.is_end();
    next.spaced
        || after_stop
            && !(next.shape.is_close() || matches!(next.shape, Shape::Comma | Shape::Stop | Shape::Semicolon | Shape::Colon))
}

/// What the evidence must exceed, in score units: less than that for "on July 8. He", which looks like an
/// item's number, and "in the U.S. He", which is rare in the treebanks; one logit inside headings, whose capitals look like beginnings. and two
/// after a dash, unless it looks like the end of a dateline.
fn doubt(looks: &[Look], setting: &Setting, i: usize) -> i32 {
    let here = looks[i].shape;
    let dated = i > 1 && looks[i - 1].shape == Shape::Number && looks[i - 2].shape == Shape::Month;
    let begins = looks.get(i + 1).is_some_and(|l| matches!(l.shape, Shape::Capital | Shape::Upper | Shape::QuoteOpens));
    if here == Shape::Stop && dated && begins {
        return -4 * UNIT;
    }
    let starter = looks.get(i + 1).is_some_and(|l| l.starter);
    if matches!(here, Shape::Acronym | Shape::Abbreviation) && starter {
        return -4 * UNIT;
    }
    if here == Shape::Dash {
        let head = &looks[..i.min(12)];
        let marked = head.first().is_some_and(|l| l.shape == Shape::Upper)
            || head.iter().any(|l| matches!(l.shape, Shape::Number | Shape::Closes));
        return if i > 0 && i < 12 && marked { 0 } else { 2 * UNIT };
    }
    let closed = here.is_close() && i > 0 && looks[i - 1].shape.is_end();
    let shown = here.is_end() || closed || matches!(here, Shape::Colon | Shape::Face | Shape::Bullet | Shape::Address);
    if shown || setting.ends || setting.capitals < 6 { 0 } else { UNIT }
}

/// What is known about a place in the block beyond its words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    /// Words since the last word that commonly ends a sentence, at most 63.
    since: u8,
    /// Words until the next such word, at most 63.
    until: u8,
    /// Whether a bracket is open.
    bracket: bool,
    /// Whether a quotation is open.
    quote: bool,
}

/// What is known about a block: its marks, and facts that hold for all of it.
pub(super) struct Setting {
    marks: Vec<Mark>,
    /// Words with a capital among its words of letters, in eighths.
    capitals: u32,
    /// Whether it ends as sentences end.
    ends: bool,
}

/// The setting of the words of a block.
pub(super) fn setting(looks: &[Look]) -> Setting {
    let lower = looks.iter().filter(|l| matches!(l.shape, Shape::Lower)).count();
    let capital = looks.iter().filter(|l| matches!(l.shape, Shape::Capital | Shape::Upper | Shape::Mixed)).count();
    let capitals = (capital * 8).checked_div(lower + capital).unwrap_or(9) as u32;
    Setting { marks: marks(looks), capitals, ends: looks.last().is_some_and(|l| l.shape.is_end() || l.shape.is_close()) }
}

/// One mark per word, in two passes.
fn marks(looks: &[Look]) -> Vec<Mark> {
    let mut out = vec![Mark::default(); looks.len()];
    let (mut since, mut bracket, mut quote) = (0u8, 0u8, false);
    for (look, mark) in looks.iter().zip(out.iter_mut()) {
        match look.shape {
            Shape::Opens => bracket = 30,
            Shape::Closes => bracket = 0,
            Shape::QuoteOpens => quote = true,
            Shape::QuoteCloses => quote = false,
            _ => bracket = bracket.saturating_sub(1),
        }
        *mark = Mark { since, until: 63, bracket: bracket > 0, quote };
        since = if look.shape.is_end() { 0 } else { (since + 1).min(63) };
    }
    let mut until = 63u8;
    for (look, mark) in looks.iter().zip(out.iter_mut()).rev() {
        mark.until = until;
        until = if look.shape.is_end() { 0 } else { (until + 1).min(63) };
    }
    out
}

fn bucket(n: usize) -> u32 {
    match n {
        0..=5 => n as u32,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=25 => 9,
        26..=40 => 10,
        _ => 11,
    }
}

/// Addresses in the table of the features that hold at the gap after word `i`.
pub(super) fn features(looks: &[Look], setting: &Setting, i: usize) -> [u32; FEATURES] {
    let get = |at: Option<usize>| at.and_then(|j| looks.get(j)).copied().unwrap_or(EDGE);
    let (a, b, c) = (get(Some(i)), get(i.checked_sub(1)), get(i.checked_sub(2)));
    let (x, y, z) = (get(Some(i + 1)), get(Some(i + 2)), get(Some(i + 3)));
    let s = |l: Look| l.shape as u32;
    let gap = u32::from(x.spaced);
    let (sa, sb, sc, sx, sy, sz) = (s(a), s(b), s(c), s(x), s(y), s(z));
    let mark = setting.marks.get(i).copied().unwrap_or_default();
    let ends = u32::from(setting.ends);
    let (from, to) = (bucket(i + 1), bucket(looks.len() - i - 1));
    // the word before a stop or a closing sign, which tells more than the sign
    let word = if a.shape.is_close() && b.shape.is_end() { c } else { b };
    let inside = u32::from(mark.bracket) * 2 + u32::from(mark.quote);
    let first = get(Some(0));
    let keys: [(u32, u32, u32); FEATURES] = [
        (sa, gap, 0),
        (sa, sx, gap),
        (sb, sa, sx),
        (sa, sx, sy),
        (sb << 8 | sa, sx << 8 | sy, 0),
        (a.form, 0, 0),
        (x.form, sx, 0),
        (x.form, sx, sa),
        (a.form, x.form, 0),
        (b.form, sa, 0),
        (b.form, a.form, 0),
        (x.form, y.form, 0),
        (y.form, sa, sx),
        (a.form, sx, 0),
        (b.form, sa, x.form),
        (a.tail, sx, 0),
        (x.tail, sa, sx),
        (from, sa, sx),
        (to, sa, sx),
        (bucket(mark.since as usize), sa, sx),
        (bucket(mark.until as usize), sa, sx),
        (inside, sa, sx),
        (ends, sa, sx),
        (sc << 8 | sb, sa, 0),
        (sx << 8 | sy, sz, sa),
        (a.length as u32, sa, sx),
        (c.form, sa, 0),
        (z.form, sa, 0),
        (first.form, sa, sx),
        (word.form, s(word), sx),
        (word.length as u32, sa << 8 | s(word), sx),
        (b.tail, sa, sx),
        (bucket(mark.since as usize), bucket(mark.until as usize), sa << 8 | sx),
        (from, to, ends << 8 | sa),
        (a.tail, x.tail, 0),
        (a.form, x.form, y.form),
        (b.form, a.form, x.form),
        (sc << 8 | sb, sa << 8 | sx, sy << 8 | sz),
        (c.form, b.form, sa),
        (y.form, z.form, sa),
        (from, sa, s(first) << 8 | sx),
        (setting.capitals << 1 | ends, sa, sx),
        (y.tail, sx, sa),
        (setting.capitals, bucket(looks.len()), sa << 8 | sx),
        (bucket(mark.since as usize), sc << 8 | sb, sa << 8 | sx),
    ];
    let mut out = [0; FEATURES];
    for (n, (slot, key)) in out.iter_mut().zip(keys).enumerate() {
        *slot = address(n as u32, key);
    }
    out
}

fn address(template: u32, key: (u32, u32, u32)) -> u32 {
    let mix = |h: u32, v: u32| (h ^ v).wrapping_mul(0x9e37_79b1).rotate_left(13);
    let h = mix(mix(mix(template.wrapping_mul(0x85eb_ca6b).wrapping_add(0x27d4_eb2f), key.0), key.1), key.2);
    (h ^ h >> 15).wrapping_mul(0x2c1b_3c6d) >> (32 - BITS)
}
