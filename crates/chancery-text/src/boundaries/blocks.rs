//! Blocks: stretches in which a sentence may run on. A line break ends one, unless the text is wrapped at a column.

use super::words::is_gap;
use chancery_model::{Byte, Span};

/// A paragraph, heading or item: the stretches of text that make it up (several where something inside a line was struck out).
pub(super) struct Block {
    pub(super) pieces: Vec<Span<Byte>>,
    pub(super) title: bool,
}

/// A line, or the part of it between struck stretches or beside the title.
struct Line {
    start: usize,
    end: usize,
    indent: usize,
    width: usize,
    blank_before: bool,
    continues: bool,
    title: bool,
}

/// How a text breaks its lines.
#[derive(Clone, Copy)]
struct Layout {
    /// The column at which running text is wrapped, if it is.
    column: Option<usize>,
    /// Whether paragraphs of wrapped text begin with an indent.
    indented: bool,
}

/// The blocks of the story stretches, in order.
pub(super) fn blocks(text: &str, story: &[Span<Byte>], title: Option<Span<Byte>>) -> Vec<Block> {
    let lines = lines(text, story, title);
    let layout = layout(text, &lines);
    let mut out: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let piece = Span::new(line.start, line.end);
        match out.last_mut() {
            Some(block) if i > 0 && runs_on(text, &lines[i - 1], line, layout) => block.pieces.push(piece),
            _ => out.push(Block { pieces: vec![piece], title: line.title }),
        }
    }
    out
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn boundary(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

fn lines(text: &str, story: &[Span<Byte>], title: Option<Span<Byte>>) -> Vec<Line> {
    let mut out = Vec::new();
    let mut last = None;
    for span in story {
        let (start, end) = (boundary(text, span.start), boundary(text, span.end));
        let mut cuts = vec![start];
        cuts.extend(
            title.iter().flat_map(|t| [boundary(text, t.start), boundary(text, t.end)]).filter(|c| start < *c && *c < end),
        );
        cuts.push(end);
        for part in cuts.windows(2) {
            let inside = title.is_some_and(|t| t.start <= part[0] && part[1] <= boundary(text, t.end));
            let mut from = part[0];
            for line in text[part[0]..part[1]].split_inclusive(is_break) {
                push_line(text, from, from + line.len(), inside, &mut last, &mut out);
                from += line.len();
            }
        }
    }
    out
}

/// Appends the line `start..end` without its margins, unless it is blank; `last` is where the last line ended.
fn push_line(text: &str, start: usize, end: usize, title: bool, last: &mut Option<usize>, out: &mut Vec<Line>) {
    let raw = &text[start..end];
    let body = raw.trim_start_matches(is_gap);
    let from = end - body.len();
    let to = from + body.trim_end_matches(is_gap).len();
    if from >= to {
        return;
    }
    let between = last.map_or("", |l: usize| &text[l.min(start)..start]);
    let breaks = between.chars().filter(|c| is_break(*c)).count() - between.matches("\r\n").count();
    let indent = raw[..from - start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let width = indent + text[from..to].chars().count();
    out.push(Line {
        start: from,
        end: to,
        indent,
        width,
        blank_before: breaks > 1,
        continues: last.is_some() && breaks == 0,
        title,
    });
    *last = Some(to);
}

/// Measures whether running text is wrapped: in wrapped text the first word of a line would not have fitted on the line before.
fn layout(text: &str, lines: &[Line]) -> Layout {
    let inner = |w: &&[Line]| !w[1].blank_before && !w[1].continues && w[1].indent <= w[0].indent + 1 && !w[0].title;
    let pairs: Vec<&[Line]> = lines.windows(2).filter(inner).collect();
    let indents = lines.windows(2).filter(|w| !w[1].blank_before && w[1].indent >= w[0].indent + 2).count();
    let mut layout = Layout { column: None, indented: indents >= 2 };
    if pairs.len() < 3 {
        return layout;
    }
    let mut widths: Vec<usize> = pairs.iter().map(|p| p[0].width).collect();
    widths.sort_unstable();
    let column = widths[widths.len() * 9 / 10];
    let full = pairs.iter().filter(|p| is_full(text, &p[0], &p[1], column)).count();
    let open =
        pairs.iter().filter(|p| is_full(text, &p[0], &p[1], column) && !ends_sentence(&text[p[0].start..p[0].end])).count();
    if (30..=120).contains(&column) && full * 2 > pairs.len() && open * 2 > full {
        layout.column = Some(column);
    }
    layout
}

fn is_full(text: &str, line: &Line, next: &Line, column: usize) -> bool {
    let word = text[next.start..next.end].chars().take_while(|c| !c.is_whitespace()).take(column).count();
    line.width + 1 + word >= column
}

/// Whether `next` continues the block of `line`.
fn runs_on(text: &str, line: &Line, next: &Line, layout: Layout) -> bool {
    if next.continues && line.title == next.title {
        return true;
    }
    if next.blank_before || line.title != next.title {
        return false;
    }
    let (a, b) = (&text[line.start..line.end], &text[next.start..next.end]);
    let begins = b.chars().next();
    // a long line that stops short of its sentence's end may go on with a number
    let number =
        begins.is_some_and(|c| c.is_ascii_digit()) && line.width >= 40 && a.ends_with(|c: char| c.is_alphabetic() || c == ',');
    let lower = begins.is_some_and(char::is_lowercase) || number;
    if is_tabular(a) || is_tabular(b) {
        return false;
    }
    let Some(column) = layout.column else {
        return lower && !ends_sentence(a) && !a.ends_with([':', ';']);
    };
    if next.indent > line.indent && layout.indented || next.indent >= line.indent + 2 {
        return false;
    }
    if is_full(text, line, next, column) || lower && !ends_sentence(a) {
        return !(is_item(b) && ends_sentence(a));
    }
    !ends_sentence(a) && !is_item(b) && (layout.indented || line.width * 4 > column * 3)
}

/// Whether a line looks like a row of a table: wide gaps inside.
fn is_tabular(line: &str) -> bool {
    line.contains("   ") || line.contains("\t")
}

/// Whether a line begins with the mark of a list item.
fn is_item(line: &str) -> bool {
    let mut c = line.chars();
    let first = c.next();
    matches!(first, Some('-' | '*' | '•' | '·' | '–' | '+' | '>' | '#')) && c.next().is_some_and(char::is_whitespace)
}

/// Whether a line ends as sentences end.
pub(super) fn ends_sentence(line: &str) -> bool {
    let body = line.trim_end_matches(|c: char| is_gap(c) || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*'));
    body.ends_with(['.', '!', '?', '…', '。', '؟'])
}
