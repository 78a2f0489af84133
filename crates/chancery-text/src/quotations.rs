//! Words → quotations: opening and closing marks paired over sentences and paragraphs.
//!
//! ```
//! use chancery_model::{Span, Token};
//! use chancery_text::{boundaries, quotations::quotations};
//! let text = "“We agreed. We sign tomorrow,” said Lavrov.";
//! let sentences = boundaries::split(text, &[Span::new(0, text.len())], None);
//! let words: Vec<_> = sentences.iter().flat_map(|s| s.words.clone()).collect();
//! let found = quotations(text, &words, &vec![0; words.len()]);
//! assert_eq!(found[0].tokens, Span::<Token>::new(0, 9));
//! ```

use chancery_model::{Byte, Quotation, Span};

/// Kinds of marks; a quotation is closed by a mark of the kind that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Angle,
}

/// What a mark may do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// Pairs the quotation marks among `words`; `paragraphs` gives the paragraph of every word.
///
/// Quotations come in order and without overlap: one inside another is part of the outer one. A quotation that is open when its paragraph
/// ends goes on where the next paragraph opens again, by the custom of long speeches; otherwise it ends there.
pub fn quotations(text: &str, words: &[Span<Byte>], paragraphs: &[usize]) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut open: Option<(Kind, usize)> = None;
    let mut start = 0;
    while start < words.len() {
        let end = paragraph_end(paragraphs, start, words.len());
        let marks = marks(text, words, start, end);
        if let Some((kind, from)) = open {
            let again = marks.first().is_some_and(|(i, k, side)| *i == start && *k == kind && opens(*k, *side));
            if !again {
                out.push(Quotation { tokens: Span::new(from, start) });
                open = None;
            }
        }
        pair(&marks, start, &mut open, &mut out);
        start = end;
    }
    if let Some((_, from)) = open {
        out.push(Quotation { tokens: Span::new(from, words.len()) });
    }
    out.retain(|q: &Quotation| q.tokens.len() > 1);
    out
}

fn paragraph_end(paragraphs: &[usize], start: usize, len: usize) -> usize {
    let own = paragraphs.get(start);
    (start + 1..len).find(|i| paragraphs.get(*i) != own).unwrap_or(len)
}

/// Pairs the marks of one paragraph, given what is open at its start.
fn pair(marks: &[(usize, Kind, Side)], start: usize, open: &mut Option<(Kind, usize)>, out: &mut Vec<Quotation>) {
    for (n, &(i, kind, side)) in marks.iter().enumerate() {
        match *open {
            None if opens(kind, side) && closes_later(marks, n, kind) => *open = Some((kind, i)),
            Some((own, from)) if own == kind && i != start && side != Side::Opens && !is_possessive(marks, n) => {
                out.push(Quotation { tokens: Span::new(from, i + 1) });
                *open = None;
            }
            _ => {}
        }
    }
}

/// Whether a mark may open; a single one of which space says nothing is the apostrophe of a plural.
fn opens(kind: Kind, side: Side) -> bool {
    side == Side::Opens || side == Side::Either && kind != Kind::Single
}

/// Whether a mark that may open is worth opening: a single one only if another closes it, for it may be an apostrophe.
fn closes_later(marks: &[(usize, Kind, Side)], n: usize, kind: Kind) -> bool {
    kind != Kind::Single || marks[n + 1..].iter().any(|(_, k, side)| *k == Kind::Single && *side != Side::Opens)
}

/// Whether a single mark that may close is the apostrophe of a plural ("the states’ rights’"): another one closes after it.
fn is_possessive(marks: &[(usize, Kind, Side)], n: usize) -> bool {
    marks[n].1 == Kind::Single
        && marks[n].2 == Side::Either
        && marks[n + 1..].iter().find(|m| m.1 == Kind::Single).is_some_and(|m| m.2 != Side::Opens)
}

/// The marks of the words `start..end`, in order.
fn marks(text: &str, words: &[Span<Byte>], start: usize, end: usize) -> Vec<(usize, Kind, Side)> {
    let word = |i: usize| text.get(words[i].range()).unwrap_or("");
    // doubled marks show a text exported from a table, whose own marks around the field are no quotation
    let exported = (start..end).any(|i| matches!(word(i), "\"\"" | "\"\"\""));
    let mut out = Vec::new();
    for i in start..end {
        let wrapper = exported && word(i) == "\"" && (i == start || i + 1 == end);
        if wrapper {
            continue;
        }
        let before = i > start && words[i - 1].end == words[i].start;
        let after = i + 1 < end && words[i].end == words[i + 1].start;
        let previous = if i > start { word(i - 1) } else { "" };
        let next = if i + 1 < end { word(i + 1) } else { "" };
        if let Some((kind, side)) = mark(word(i), before, after, previous, next) {
            out.push((i, kind, side));
        }
    }
    out
}

/// What one word does as a mark, given whether its neighbours touch it and what they are.
fn mark(word: &str, before: bool, after: bool, previous: &str, next: &str) -> Option<(Kind, Side)> {
    let by_space = || {
        let opened = !before || previous.ends_with(['(', '[', '{', '—', '–', '-', '/', '“', '"', '‘']);
        let stop = next.starts_with(['.', ',', ';', ':', '!', '?', ')', ']', '}', '—', '–', '”', '"', '’']);
        match (opened, after && !stop) {
            (true, true) => Side::Opens,
            (false, false) => Side::Closes,
            _ => Side::Either,
        }
    };
    let single = || match by_space() {
        // after a letter it may be the apostrophe of a plural
        Side::Closes if previous.ends_with(['s', 'S', 'z', 'x']) => Side::Either,
        // apart from all words it is no mark
        Side::Either if !before && !after => Side::Opens,
        side => side,
    };
    let kind = match word.chars().next()? {
        '“' | '„' | '‟' => (Kind::Double, Side::Opens),
        '”' => (Kind::Double, Side::Closes),
        '"' => (Kind::Double, by_space()),
        '\'' | '`' | '’' | '‘' | '´' if word.chars().count() == 2 => (Kind::Double, by_space()),
        '«' => (Kind::Angle, Side::Opens),
        '»' => (Kind::Angle, Side::Closes),
        '‘' => (Kind::Single, Side::Opens),
        '’' => (Kind::Single, if single() == Side::Either { Side::Either } else { Side::Closes }),
        '\'' | '`' => (Kind::Single, single()),
        _ => return None,
    };
    word.chars().all(|c| !c.is_alphanumeric()).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundaries;

    /// The quotations of a text, as written.
    fn found(text: &str) -> Vec<&str> {
        let sentences = boundaries::split(text, &[Span::new(0, text.len())], None);
        let words: Vec<_> = sentences.iter().flat_map(|s| s.words.iter().copied()).collect();
        let paragraphs: Vec<_> = sentences.iter().flat_map(|s| s.words.iter().map(|_| s.paragraph)).collect();
        let all = quotations(text, &words, &paragraphs);
        all.iter().map(|q| &text[words[q.tokens.start].start..words[q.tokens.end - 1].end]).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(found("He spoke of \"a new page\" and \"hope\"."), ["\"a new page\"", "\"hope\""]);
        assert_eq!(found("“It is over,” he said. “Go home. Now.”"), ["“It is over,”", "“Go home. Now.”"]);
        assert_eq!(found("The ‘final’ offer, and the 'very last' one."), ["‘final’", "'very last'"]);
        assert_eq!(found("He said ''never'' twice."), ["''never''"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(found("The rebels' leaders and the states’ rights."), Vec::<&str>::new());
        assert_eq!(found("The paper wrote ‘the rebels’ leaders fled’ on Monday."), ["‘the rebels’ leaders fled’"]);
    }

    #[test]
    fn inner_quotations_belong_to_the_outer() {
        assert_eq!(found("“They told us ‘leave’ and we left,” she said."), ["“They told us ‘leave’ and we left,”"]);
        assert_eq!(found("‘They said “leave” to us,’ she said."), ["‘They said “leave” to us,’"]);
    }

    #[test]
    fn speeches_open_again_with_every_paragraph() {
        let text = "“We begin today.\n\n“We end tomorrow,” he said.\n\nNobody answered.";
        assert_eq!(found(text), ["“We begin today.\n\n“We end tomorrow,”"]);
        let text = "\"We begin today.\n\n\"We end tomorrow,\" he said.";
        assert_eq!(found(text), ["\"We begin today.\n\n\"We end tomorrow,\""]);
    }

    #[test]
    fn a_forgotten_mark_costs_one_paragraph() {
        let text = "“We begin today, he said.\n\nNobody “really” answered.";
        assert_eq!(found(text), ["“We begin today, he said.", "“really”"]);
    }

    #[test]
    fn marks_doubled_by_a_table() {
        assert_eq!(found("\"The army spoke of \"\"a flagrant attack\"\", it said.\""), ["\"\"a flagrant attack\"\""]);
        assert_eq!(found("\"\"\"Even here,\"\" he said.\""), ["\"\"\"Even here,\"\""]);
    }
}
