//! Words by the conventions of the English treebanks of Universal Dependencies: clitics and hyphens are cut, abbreviations keep
//! their dots, numbers, addresses and emoticons stay whole.

use super::forms;
use super::numbers;
use unicode_normalization::char::is_combining_mark;

/// A word's place in the text, in bytes.
pub(super) type Place = (usize, usize);

/// Appends the words of `text[start..end]` to `out`.
pub(super) fn words(text: &str, start: usize, end: usize, out: &mut Vec<Place>) {
    let first = out.len();
    let mut chunk = None;
    for (i, c) in text[start..end].char_indices() {
        match (is_gap(c), chunk) {
            (true, Some(from)) => {
                Chunk::new(text, from, start + i, end).cut(out);
                chunk = None;
            }
            (false, None) => chunk = Some(start + i),
            _ => {}
        }
    }
    if let Some(from) = chunk {
        Chunk::new(text, from, end, end).cut(out);
    }
    cut_it_is(text, first, out);
}

/// Whether a character lies between words: white space, controls, and marks that have no width of their own.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{115f}' | '\u{3164}')
}

/// Marks of direction and soft hyphens: invisible, no words of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Letters, digits, and what may stand among them.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() || is_combining_mark(c) && c != '\u{fe0f}' || c == '\u{ad}'
    }
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// "its" written for "it's" is two words where the next word says so.
fn cut_it_is(text: &str, first: usize, out: &mut Vec<Place>) {
    let mut i = first;
    while i + 1 < out.len() {
        let (s, e) = out[i];
        if e - s == 3
            && text[s..e].eq_ignore_ascii_case("its")
            && forms::is_after_it_is(&text[out[i + 1].0..out[i + 1].1].to_lowercase())
        {
            out[i] = (s, s + 2);
            out.insert(i + 1, (s + 2, e));
        }
        i += 1;
    }
}

/// A stretch without white space, and what follows it.
pub(super) struct Chunk<'a> {
    pub(super) text: &'a str,
    start: usize,
    pub(super) end: usize,
    limit: usize,
}

impl<'a> Chunk<'a> {
    fn new(text: &'a str, start: usize, end: usize, limit: usize) -> Self {
        Chunk { text, start, end, limit }
    }

    /// The character at `at`, if inside the chunk.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        if at < self.end { self.text[at..self.end].chars().next() } else { None }
    }

    /// The character before `at`, if inside the chunk.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        if at > self.start { self.text[self.start..at].chars().next_back() } else { None }
    }

    /// The end of the run of characters from `at` that satisfy `keep`.
    pub(super) fn run(&self, at: usize, keep: impl Fn(char) -> bool) -> usize {
        self.text[at..self.end].char_indices().find(|(_, c)| !keep(*c)).map_or(self.end, |(i, _)| at + i)
    }

    /// The first character after the chunk that is no gap, looked for among a few.
    fn following(&self) -> Option<char> {
        self.text[self.end..self.limit].chars().take(4).find(|c| !is_gap(*c))
    }

    fn cut(&self, out: &mut Vec<Place>) {
        let mut at = self.start;
        while let Some(c) = self.at(at) {
            let next = at + c.len_utf8();
            if is_invisible(c) && c != '\u{ad}' {
                at = next;
                continue;
            }
            if let Some(end) = self.address(at).or_else(|| self.emoticon(at)) {
                out.push((at, end));
                at = end;
            } else if let Some(end) = numbers::number(self, at) {
                at = self.push_number(at, end, out);
            } else if is_word(c) {
                let end = self.word(at);
                push_word(self.text, at, end, out);
                at = end;
            } else if is_apostrophe(c) && self.short_form(at).is_some() {
                let end = self.short_form(at).unwrap_or(next);
                out.push((at, end));
                at = end;
            } else {
                let end = self.symbol(at, c);
                out.push((at, end));
                at = end;
            }
        }
    }

    /// A number, then its unit as a word of its own ("30|km").
    fn push_number(&self, start: usize, end: usize, out: &mut Vec<Place>) -> usize {
        out.push((start, end));
        let unit = self.run(end, |c| c.is_ascii_alphabetic());
        if unit > end {
            let unit = if self.text[end..unit].len() == 1 { self.dotted(end, unit).unwrap_or(unit) } else { unit };
            out.push((end, unit));
            return unit;
        }
        end
    }

    /// The end of a web address, mail address, handle or hash tag that begins at `at`.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..self.end];
        let first = rest.chars().next()?;
        if !first.is_ascii_alphanumeric() && !matches!(first, '@' | '#' | '.') {
            return None;
        }
        if self.before(at).is_some_and(is_word) {
            return None;
        }
        if matches!(first, '@' | '#') {
            let end =
                at + self.text[at..self.run(at + 1, |c| is_word(c) || matches!(c, '.' | '-'))].trim_end_matches(['.', '-']).len();
            return (self.text[at + 1..end].chars().next().is_some_and(char::is_alphabetic) && end - at > 2).then_some(end);
        }
        if first == '.' {
            let end = self.run(at + 1, is_word);
            return (end - at > 3 && forms::is_ending(&self.text[at + 1..end].to_lowercase()) && self.before(at).is_none())
                .then_some(end);
        }
        let schemes = ["http://", "https://", "ftp://", "www.", "mailto:"];
        let starts = |s: &&str| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s));
        if schemes.iter().any(starts) {
            return Some(self.trimmed(at));
        }
        self.mail(at)
    }

    /// The end of a web address from `at`: to the end of the chunk, less closing punctuation.
    pub(super) fn trimmed(&self, at: usize) -> usize {
        let mut end = self.run(at, |c| !matches!(c, '<' | '>' | '"' | '“' | '”' | '’' | '|'));
        let whole = &self.text[at..end];
        let mut open = whole.matches('(').count() as isize - whole.matches(')').count() as isize;
        while let Some(c) = self.text[at..end].chars().next_back() {
            match c {
                ')' if open < 0 => open += 1,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '*' | '…' => {}
                _ => break,
            }
            end -= c.len_utf8();
        }
        end
    }

    fn mail(&self, at: usize) -> Option<usize> {
        let sign = self.text[at..self.end]
            .char_indices()
            .take(80)
            .find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')))
            .and_then(|(i, c)| (c == '@' && i > 0).then_some(at + i))?;
        let end = self.run(sign + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        let name = self.text[sign + 1..end].trim_end_matches(['.', '-', '_']);
        (name.len() > 1).then_some(sign + 1 + name.len())
    }

    /// The end of an emoticon at `at`; only where nothing but punctuation follows it.
    fn emoticon(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..self.end];
        let end = at + forms::emoticon(rest)?;
        let alone = at == self.start;
        let last = end == self.end && !self.text[self.start..at].contains('(') && self.text.as_bytes()[at].is_ascii_punctuation();
        let closes = self.text[end..self.end].chars().all(|c| matches!(c, '.' | ',' | '!' | '?' | ')'));
        ((alone || last) && closes).then_some(end)
    }

    /// The end of an apostrophe's short form at `at`: "'s" apart from its word, "'em", "'90s".
    fn short_form(&self, at: usize) -> Option<usize> {
        let c = self.at(at)?;
        let inside = at + c.len_utf8();
        let end = self.run(inside, is_word);
        let form = self.text[inside..end].to_lowercase();
        let digits = form.strip_suffix('s').unwrap_or(&form);
        let year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        let closed = self.at(end).is_some_and(is_apostrophe);
        let alone = at == self.start;
        let known = matches!(form.as_str(), "em" | "n" | "til" | "cause" | "bout" | "cuz" | "round") && c != '`';
        let clitic =
            matches!(form.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") && (alone || self.before(at).is_some_and(is_word));
        ((year || known || clitic) && !closed).then_some(end)
    }

    /// The end of the word at `at`, its inner apostrophes, dots and joined hyphens included.
    fn word(&self, at: usize) -> usize {
        let mut from = at;
        let mut end = self.run(at, is_word);
        while let Some(c) = self.at(end) {
            let next = end + c.len_utf8();
            let after = self.run(next, is_word);
            let joined = after > next;
            let step = match c {
                '.' => match self.dotted(at, end).or_else(|| self.name_with_dots(at)) {
                    Some(e) => return e.max(end),
                    None => break,
                },
                _ if is_apostrophe(c) && c != '‘' && joined => after,
                _ if is_hyphen(c) && joined && self.stays_joined(from, end, next, after) => after,
                '&' if joined && self.initials(at, end, next, after) => after,
                '/' if self.slashed(at, after) => after,
                '*' if joined && self.letters(at, end) && self.letters(next, after) => after,
                '!' if self.text[at..end] == *"Yahoo" => return next,
                '$' | '£' | '€' if self.currency(at, end, next) => return next,
                _ => break,
            };
            from = next;
            end = step;
        }
        end
    }

    fn letters(&self, from: usize, to: usize) -> bool {
        self.text[from..to].chars().all(char::is_alphabetic)
    }

    /// "AT&T", "P&L": short runs of letters around the sign.
    fn initials(&self, at: usize, end: usize, next: usize, after: usize) -> bool {
        let short = |s: &str| s.len() <= 4 && (s.len() == 1 || s.bytes().all(|b| b.is_ascii_uppercase()));
        short(&self.text[at..end]) && short(&self.text[next..after])
    }

    fn slashed(&self, at: usize, after: usize) -> bool {
        after - at <= 5 && forms::is_slashed(&self.text[at..after].to_lowercase())
    }

    /// "US$4.5": the sign belongs to the letters before it.
    fn currency(&self, at: usize, end: usize, next: usize) -> bool {
        end - at <= 3
            && self.text[at..end].bytes().all(|b| b.is_ascii_uppercase())
            && self.at(next).is_none_or(|c| c.is_ascii_digit())
    }

    /// Whether the hyphen between the two stretches is no cut: "non-violent", "e-mail", "career-wise".
    fn stays_joined(&self, from: usize, end: usize, next: usize, after: usize) -> bool {
        let left = &self.text[from..end];
        if left.len() > 8 && after - next > 6 {
            return false;
        }
        forms::is_prefix(&left.to_lowercase()) || forms::is_suffix(&self.text[next..after].to_lowercase())
    }

    /// The end, dot included, of an abbreviation whose letters are `start..end` with a dot after them.
    fn dotted(&self, start: usize, end: usize) -> Option<usize> {
        if let Some(e) = self.acronym(start, end) {
            return Some(e);
        }
        let form = &self.text[start..end];
        if self.at(end) != Some('.') || form.len() > 8 {
            return None;
        }
        let after = self.at(end + 1);
        let follows = if after.is_none() { self.following() } else { after };
        let number = follows.is_some_and(|c| c.is_ascii_digit());
        let capital = form.starts_with(char::is_uppercase);
        if after.is_some_and(char::is_lowercase) || self.dots_follow(end + 1) {
            return None;
        }
        let mut letters = form.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            let initial = letter.is_uppercase() && after.is_none_or(|c| c.is_uppercase() || is_hyphen(c) || c == ',');
            let note = matches!(letter, 'b' | 'c' | 'd' | 'm' | 'n' | 'p' | 'v') && number && after.is_none();
            return (letter.is_alphabetic() && (initial || note)).then_some(end + 1);
        }
        let lower = form.to_lowercase();
        let known = forms::is_abbreviation(&lower, capital) || number && forms::is_abbreviation_before_number(&lower);
        known.then_some(end + 1)
    }

    /// The end of single letters with dots between and perhaps after them: "U.S.", "a.m", "Ph.D.".
    fn acronym(&self, start: usize, end: usize) -> Option<usize> {
        let single = |from: usize, to: usize| {
            let mut c = self.text[from..to].chars();
            matches!((c.next(), c.next()), (Some(l), None) if l.is_alphabetic())
        };
        let degree = matches!(&self.text[start..end], "Ph" | "M" | "B" | "D");
        if !single(start, end) && !degree {
            return None;
        }
        let (mut at, mut dots) = (end, 0);
        while self.at(at) == Some('.') {
            let after = self.run(at + 1, is_word);
            let last_of_degree = degree && dots == 0 && matches!(&self.text[at + 1..after], "D" | "Sc" | "Phil" | "Ed" | "Eng");
            if !(single(at + 1, after) || last_of_degree) {
                break;
            }
            at = after;
            dots += 1;
        }
        if dots == 0 {
            return None;
        }
        let ends = self.at(at) == Some('.') && !self.dots_follow(at + 1);
        Some(if ends { at + 1 } else { at })
    }

    /// Whether more than a full stop of dots begins at `at`.
    fn dots_follow(&self, at: usize) -> bool {
        self.at(at) == Some('.') && self.at(at + 1) == Some('.')
    }

    /// The end of a file or host name ("report.doc", "example.org/page", "comp.lang.c") that begins at `at`.
    fn name_with_dots(&self, at: usize) -> Option<usize> {
        let limit = (at + 120).min(self.end);
        let limit = (limit..=self.end).find(|i| self.text.is_char_boundary(*i))?;
        let stretch = &self.text[at..limit];
        let stop = stretch.find(|c: char| !(is_word(c) || matches!(c, '.' | '-'))).unwrap_or(stretch.len());
        let name = stretch[..stop].trim_end_matches(['.', '-']);
        let (_, ending) = name.rsplit_once('.')?;
        let lower = ending.to_lowercase();
        let dots = name.matches('.').count();
        let plain = name.chars().all(|c| c.is_lowercase() || matches!(c, '.' | '-' | '_') || c.is_ascii_digit());
        let known = forms::is_ending(&lower) && !name.contains("..") && (lower.len() > 2 || plain);
        let group =
            dots >= 2 && plain && name.split('.').all(|part| part.len() > 1 && part.bytes().any(|b| b.is_ascii_alphabetic()));
        if !known && !group {
            return None;
        }
        let end = at + name.len();
        Some(if self.at(end) == Some('/') { self.trimmed(at) } else { end })
    }

    /// The end of the punctuation or symbol at `at`: runs of one kind are one word.
    fn symbol(&self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        match c {
            '.' | '…' | '!' | '?' => self.run(at, |d| matches!(d, '.' | '…' | '!' | '?')),
            '[' if self.text[at..self.end].starts_with("[...]") => at + 5,
            '[' if self.text[at..self.end].starts_with("[…]") => at + 5,
            '-' | '*' | '=' | '~' | '#' | '+' | '_' | '<' | '>' | '^' | '|' => {
                // a drawn line is one word, whatever it is drawn with
                let drawn = self.run(at, |d| matches!(d, '-' | '*' | '=' | '~' | '#' | '+' | '_' | '<' | '>' | '^' | '|'));
                if drawn - at > 3 { drawn } else { self.run(at, |d| d == c) }
            }
            _ if is_apostrophe(c) => self.run(at, is_apostrophe),
            '–' | '—' | '―' | '"' | '•' | '·' | '$' | '/' | '\\' => self.run(at, |d| d == c),
            _ if c.is_ascii() || is_closed_sign(c) => next,
            _ => self.emoji(at, c),
        }
    }

    /// One emoji with its modifiers, joiners and the second half of a flag.
    fn emoji(&self, at: usize, c: char) -> usize {
        let flag = |d: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&d);
        let mut end = at + c.len_utf8();
        if flag(c) {
            return self.at(end).filter(|d| flag(*d)).map_or(end, |d| end + d.len_utf8());
        }
        while let Some(d) = self.at(end) {
            let skin = ('\u{1f3fb}'..='\u{1f3ff}').contains(&d)
                || matches!(d, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}')
                || ('\u{e0020}'..='\u{e007f}').contains(&d);
            if d == '\u{200d}' {
                let joined = end + d.len_utf8();
                end = self.at(joined).filter(|e| !is_word(*e)).map_or(joined, |e| joined + e.len_utf8());
            } else if skin || is_combining_mark(d) {
                end += d.len_utf8();
            } else {
                break;
            }
        }
        end
    }
}

/// Signs that never take modifiers: general punctuation, currency, brackets of other scripts.
fn is_closed_sign(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}')
}

/// Appends the word `start..end`, its clitics cut: "do|n't", "Iran|'s", "can|not".
fn push_word(text: &str, start: usize, end: usize, out: &mut Vec<Place>) {
    let mut cuts = [0usize; 3];
    let (mut n, mut tail) = (0, end);
    while n < cuts.len() {
        let Some(cut) = clitic(&text[start..tail]) else { break };
        tail = start + cut;
        cuts[n] = tail;
        n += 1;
    }
    let word = &text[start..tail];
    let one_word = n == 0 && word.len() <= 9 && word.is_ascii();
    if let Some(cut) = one_word.then(|| forms::contraction(&word.to_ascii_lowercase())).flatten() {
        out.push((start, start + cut));
        out.push((start + cut, end));
        return;
    }
    let mut from = start;
    for cut in cuts[..n].iter().rev() {
        out.push((from, *cut));
        from = *cut;
    }
    out.push((from, end));
}

/// Where the last clitic of `word` begins.
fn clitic(word: &str) -> Option<usize> {
    let (i, _) = word.char_indices().rev().take(3).find(|(_, c)| is_apostrophe(*c))?;
    let mark = word[i..].chars().next()?.len_utf8();
    let tail = &word[i + mark..];
    if tail.eq_ignore_ascii_case("t") {
        let n = i.checked_sub(1)?;
        return (n > 0 && matches!(word.as_bytes()[n], b'n' | b'N')).then_some(n);
    }
    let known = ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| tail.eq_ignore_ascii_case(c));
    (i > 0 && known).then_some(i)
}
