use chancery_model::{Byte, Span};

/// A line of the text, or a paragraph where the text is wrapped to a fixed width, without the white space around it.
#[derive(Debug, Clone)]
pub(crate) struct Line<'t> {
    /// From the first to the last visible character.
    pub span: Span<Byte>,
    /// What stands there.
    pub text: &'t str,
    /// Lower case, single spaces, plain quotes: the form in which phrases are compared.
    pub folded: String,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, start: usize, end: usize) -> Option<Self> {
        let raw = text.get(start..end)?;
        let inner = raw.trim_matches(blank);
        if inner.is_empty() {
            return None;
        }
        let start = start + (raw.len() - raw.trim_start_matches(blank).len());
        Some(Line { span: Span::new(start, start + inner.len()), text: inner, folded: fold(inner) })
    }

    /// Characters.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// Words, split at white space.
    pub fn words(&self) -> impl Iterator<Item = &'t str> {
        self.text.split_whitespace()
    }

    /// Whether it breaks off in an ellipsis.
    pub fn truncated(&self) -> bool {
        let t = self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        t.ends_with("...") || t.ends_with('…') || t.ends_with("[...")
    }

    /// Whether it ends as a sentence does.
    pub fn closed(&self) -> bool {
        if self.truncated() {
            return false;
        }
        self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '。'])
            || self.text.ends_with(".)")
    }

    /// A closed line long enough to be prose: what a story consists of.
    pub fn prose(&self) -> bool {
        self.closed() && self.words().count() >= 8 && self.words().any(|w| w.starts_with(char::is_lowercase))
    }
}

/// White space, and characters that show nothing.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{3}' | '\u{0}')
}

/// Lower case, single spaces, plain quotes and dashes.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(blank).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' | '`' => out.push('\''),
                '“' | '”' => out.push('"'),
                '–' | '—' | '‐' | '‑' => out.push('-'),
                _ => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// The lines of a text that are not blank; paragraphs where the text is wrapped.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let bounds = bounds(text);
    let joined = if wrapped(text, &bounds) { paragraphs(text, &bounds) } else { bounds };
    joined.into_iter().filter_map(|(start, end)| Line::new(text, start, end)).collect()
}

fn bounds(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        out.push((start, start + line.len()));
        start += line.len();
    }
    out
}

/// Whether lines break in the middle of sentences at a fixed width, as on the wires: no line much longer than 90 bytes, and a
/// third of them (half, where there are fewer than five) followed directly by one that goes on in lower case.
fn wrapped(text: &str, bounds: &[(usize, usize)]) -> bool {
    let line = |i: usize| bounds.get(i).map_or("", |&(s, e)| text[s..e].trim_end());
    let (mut full, mut running, mut longest) = (0usize, 0usize, 0usize);
    for i in 0..bounds.len() {
        let (this, next) = (line(i), line(i + 1));
        longest = longest.max(this.len());
        if longest > 100 {
            return false;
        }
        full += usize::from(!this.trim().is_empty());
        running += usize::from(this.len() >= 30 && next.starts_with(|c: char| c.is_lowercase()));
    }
    if full < 5 { full >= 2 && running * 2 >= full && line(0).len() <= 80 } else { running * 3 >= full }
}

/// Joins wrapped lines: a blank line ends a paragraph, an indented line begins one.
fn paragraphs(text: &str, bounds: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for &(start, end) in bounds {
        let line = &text[start..end];
        let indented = line.starts_with([' ', '\t']);
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && !indented => last.1 = end,
            _ => out.push((start, end)),
        }
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place() {
        let text = "  One line. \r\n\r\n\u{a0}Two ’s\n";
        let got = lines(text);
        assert_eq!(got.len(), 2);
        assert_eq!(&text[got[0].span.range()], "One line.");
        assert_eq!(got[1].folded, "two 's");
    }

    #[test]
    fn wrapped_text_gives_paragraphs() {
        let text = "    Grain exports rose last month in the\nsouthern ports, the ministry said in its\nweekly review of the trade.\n    \
                    Prices fell for the third week as supplies\nreached the mills and traders waited for\nnews of the talks.\n Reuter\n";
        let got = lines(text);
        assert_eq!(got.len(), 3);
        assert!(got[1].text.starts_with("Prices fell") && got[1].text.ends_with("talks."));
        assert_eq!(got[2].text, "Reuter");
    }

    #[test]
    fn ends_of_lines() {
        let line = |t: &'static str| Line::new(t, 0, t.len()).expect("not blank");
        assert!(line("The reactor, which has been idle for more than...").truncated());
        assert!(!line("“We wait.”").truncated() && line("“We wait.”").closed());
        assert!(line("Ministers of the two states met in Geneva on the third day.").prose());
        assert!(!line("Talks resume").prose());
    }
}
