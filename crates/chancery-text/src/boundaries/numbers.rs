//! Numbers: what stays one word ("1,200", "9/11", "713-555-0100", "1990s") and where a unit is cut off ("30|km").

use super::forms;
use super::words::{Chunk, is_apostrophe, is_word};

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// The end of the number that begins at `at`; `None` where none begins, or where the digits are part of a longer word ("3G", "4chan").
pub(super) fn number(chunk: &Chunk, at: usize) -> Option<usize> {
    let first = chunk.at(at)?;
    let open = !chunk.before(at).is_some_and(|c| is_word(c) || c == '.');
    let sign = match first {
        '+' => at + 1,
        '.' | ',' => at,
        _ if first.is_ascii_digit() => at,
        _ => return None,
    };
    if first == '+' && chunk.before(at).is_some() || matches!(first, '.' | ',') && !open {
        return None;
    }
    let body = if first == '.' { at + 1 } else { sign };
    if first == ',' || !digit(chunk.at(body)) {
        return None;
    }
    let digits = chunk.run(body, |c| c.is_ascii_digit());
    let end = phone(chunk, body, digits).or_else(|| date(chunk, body, digits)).unwrap_or_else(|| grouped(chunk, digits));
    ending(chunk, at, end)
}

/// Digits with points, thousands and times: "3.5", "1,200", "7:30".
fn grouped(chunk: &Chunk, mut end: usize) -> usize {
    while let Some(c) = chunk.at(end) {
        let next = end + c.len_utf8();
        let after = chunk.run(next, |c| c.is_ascii_digit());
        let fits = match c {
            '.' | ':' => after > next,
            ',' => after - next == 3 || after - next == 2 && chunk.at(after) == Some(','),
            _ => false,
        };
        if !fits {
            break;
        }
        end = after;
    }
    end
}

/// The end of a telephone or postal number, or a day in three groups, with hyphens: "713-555-0100", "555-0100", "11-20-2000".
fn phone(chunk: &Chunk, start: usize, end: usize) -> Option<usize> {
    let mut groups = [0usize; 5];
    let (mut n, mut at, mut from) = (0, end, start);
    loop {
        if n == groups.len() {
            return None;
        }
        groups[n] = at - from;
        n += 1;
        let separator = chunk.at(at);
        if separator != Some('-') && (n > 1 || separator != Some('/')) || !digit(chunk.at(at + 1)) {
            break;
        }
        from = at + 1;
        at = chunk.run(from, |c| c.is_ascii_digit());
    }
    let fits = match &groups[..n] {
        [1, 4] | [3, 4] | [5, 4] | [3, 3, 4] | [1, 3, 3, 4] => true,
        [a, b, c] => *a <= 2 && *b <= 2 && matches!(c, 2 | 4) || *a == 4 && *b == 2 && *c == 2,
        _ => false,
    };
    (fits && !chunk.at(at).is_some_and(is_word)).then_some(at)
}

/// The end of a day with slashes: "11/28/2000", "9/11"; small fractions ("1/2") are none.
fn date(chunk: &Chunk, start: usize, end: usize) -> Option<usize> {
    if chunk.at(end) != Some('/') || !digit(chunk.at(end + 1)) || end - start > 4 {
        return None;
    }
    let second = chunk.run(end + 1, |c| c.is_ascii_digit());
    if chunk.at(second) == Some('/') && digit(chunk.at(second + 1)) {
        let third = chunk.run(second + 1, |c| c.is_ascii_digit());
        return (third - second <= 5).then_some(third);
    }
    let month: u32 = chunk.text[start..end].parse().ok()?;
    let day: u32 = chunk.text[end + 1..second].parse().ok()?;
    let fraction = month < day && matches!(day, 2..=8 | 10) && month < 4;
    ((1..=12).contains(&month) && (1..=31).contains(&day) && !fraction).then_some(second)
}

/// What letters after the digits do: ordinals and decades belong to them, units are cut off, anything else makes a word of its own kind.
fn ending(chunk: &Chunk, at: usize, end: usize) -> Option<usize> {
    match chunk.at(end) {
        Some(c) if is_apostrophe(c) => Some(decade(chunk, at, end).unwrap_or(end)),
        Some(c) if is_word(c) => {
            let after = chunk.run(end, is_word);
            let tail = &chunk.text[end..after];
            let lower = tail.to_lowercase();
            if matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s") {
                return Some(after);
            }
            is_unit(chunk, at, end, tail, &lower).then_some(end)
        }
        _ => Some(end),
    }
}

fn is_unit(chunk: &Chunk, at: usize, end: usize, tail: &str, lower: &str) -> bool {
    let money = chunk.before(at).is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥')) || chunk.text[at..end].contains('.');
    let meridian = matches!(lower, "a" | "p") && chunk.text[end..chunk.end].to_lowercase().get(1..3) == Some(".m");
    let long_enough =
        lower.len() > 1 || matches!(tail, "k" | "K" | "m" | "p" | "x" | "F" | "C") || money && forms::is_unit(lower);
    meridian || long_enough && forms::is_unit(lower)
}

/// "1960's": the decade and its ending are one word.
fn decade(chunk: &Chunk, at: usize, end: usize) -> Option<usize> {
    let mark = chunk.at(end)?.len_utf8();
    let after = chunk.run(end + mark, is_word);
    let round = chunk.text[at..end].ends_with('0') && matches!(end - at, 2 | 4);
    (round && chunk.text[end + mark..after].eq_ignore_ascii_case("s")).then_some(after)
}
