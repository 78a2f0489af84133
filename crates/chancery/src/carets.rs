//! Text with carets under the words: snapshot, documentation and bug report in one.

use chancery_model::{Byte, Span};

/// A stretch of text and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// The stretch.
    pub span: Span<Byte>,
    /// What stands behind its carets.
    pub label: String,
}

/// Columns of a line before it is broken.
const WIDTH: usize = 96;

/// A text fit for a terminal: a line break or control character becomes a space, so that no page can steer the terminal.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The words of `stretch`, broken into lines, each with carets and labels under the marks that touch it; every line is indented by `indent`.
///
/// ```
/// use chancery::{Marks, carets};
/// use chancery::model::Span;
/// let text = "Moscow denied it.";
/// let marks = [Marks { span: Span::new(0, 6), label: "RUS".into() }, Marks { span: Span::new(7, 13), label: "denies".into() }];
/// assert_eq!(carets(text, Span::new(0, text.len()), &marks, 0), "Moscow denied it.\n       ^^^^^^ denies\n^^^^^^ RUS\n");
/// ```
pub fn carets(text: &str, stretch: Span<Byte>, marks: &[Marks], indent: usize) -> String {
    let mut out = String::new();
    let pad = " ".repeat(indent);
    for line in broken(text, stretch) {
        let words = text.get(line.range()).unwrap_or_default();
        out.push_str(&format!("{pad}{}\n", shown(words).trim_end()));
        for row in rows(text, line, marks) {
            out.push_str(&format!("{pad}{row}\n"));
        }
    }
    out
}

/// Breaks a stretch at spaces into lines of at most [`WIDTH`] characters; a longer word stands alone.
fn broken(text: &str, stretch: Span<Byte>) -> Vec<Span<Byte>> {
    let mut out = Vec::new();
    let Some(words) = text.get(stretch.range()) else { return out };
    let (mut start, mut space, mut columns) = (0, None, 0);
    for (at, c) in words.char_indices() {
        if columns >= WIDTH
            && let Some(cut) = space.take()
        {
            out.push(Span::new(stretch.start + start, stretch.start + cut));
            start = cut;
            columns = words[start..at].chars().count();
        }
        columns += 1;
        if c.is_whitespace() {
            space = Some(at + c.len_utf8());
        }
    }
    if start < words.len() {
        out.push(Span::new(stretch.start + start, stretch.end));
    }
    out
}

/// The rows of carets under one line; marks share a row where they and their labels leave room.
fn rows(text: &str, line: Span<Byte>, marks: &[Marks]) -> Vec<String> {
    let column = |at: usize| text.get(line.start..at).map_or(0, |s| s.chars().count());
    let mut touching: Vec<(usize, usize, &str)> = Vec::new();
    for m in marks.iter().filter(|m| m.span.overlaps(line) && !m.span.is_empty()) {
        let (start, end) = (m.span.start.max(line.start), m.span.end.min(line.end));
        // A mark that runs on from the line before has its label there.
        let label = if m.span.start >= line.start { m.label.as_str() } else { "" };
        let blank = text.get(start..end).unwrap_or_default();
        let end = start + blank.trim_end().len();
        if end > start {
            touching.push((column(start), column(end), label));
        }
    }
    // From the right, so that a label never stands under words that another row is about.
    touching.sort_by_key(|m| (usize::MAX - m.0, m.1));
    let mut rows: Vec<Vec<(usize, usize, &str)>> = Vec::new();
    for m in touching {
        let needs = m.1 + if m.2.is_empty() { 0 } else { 1 + m.2.chars().count() };
        match rows.iter_mut().find(|row| row.last().is_none_or(|next| needs + 2 <= next.0)) {
            Some(row) => row.push(m),
            None => rows.push(vec![m]),
        }
    }
    rows.into_iter().map(|row| drawn(row.into_iter().rev())).collect()
}

fn drawn<'a>(row: impl Iterator<Item = (usize, usize, &'a str)>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (start, end, label) in row {
        out.push_str(&" ".repeat(start.saturating_sub(at)));
        out.push_str(&"^".repeat(end - start));
        at = end;
        if !label.is_empty() {
            out.push(' ');
            out.push_str(&shown(label));
            at += 1 + label.chars().count();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str, label: &str) -> Marks {
        let start = text.find(words).unwrap_or(0);
        Marks { span: Span::new(start, start + words.len()), label: label.into() }
    }

    #[test]
    fn marks_share_a_row_where_there_is_room() {
        let text = "Russia has long supported the government of Syria.";
        let marks = [mark(text, "Russia", "RUS"), mark(text, "supported", "AID"), mark(text, "Syria", "SYR")];
        let drawn = carets(text, Span::new(0, text.len()), &marks, 2);
        assert_eq!(
            drawn,
            "  Russia has long supported the government of Syria.\n  ^^^^^^ RUS      ^^^^^^^^^ AID               ^^^^^ SYR\n"
        );
    }

    #[test]
    fn long_lines_are_broken_and_marks_run_on() {
        let text = "word ".repeat(40);
        let all = [Marks { span: Span::new(0, text.len()), label: "all".into() }];
        let drawn = carets(&text, Span::new(0, text.len()), &all, 0);
        assert!(drawn.lines().all(|l| l.chars().count() <= WIDTH + 4), "{drawn}");
        assert_eq!(drawn.matches("all").count(), 1);
        assert_eq!(drawn.lines().filter(|l| l.starts_with('^')).count(), 3);
    }

    #[test]
    fn columns_count_characters_and_escapes_are_harmless() {
        let text = "“Ça” \u{1b}[31m Hama";
        let drawn = carets(text, Span::new(0, text.len()), &[mark(text, "Hama", "place")], 0);
        assert_eq!(drawn, "“Ça”  [31m Hama\n           ^^^^ place\n");
    }

    #[test]
    fn odd_spans_draw_nothing() {
        assert_eq!(carets("é", Span::new(1, 2), &[], 0), "");
        assert_eq!(carets("", Span::new(0, 0), &[], 0), "");
    }
}
