use jiff::civil::Date;

/// What a date written somewhere says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One day.
    Day(Date),
    /// Two days fit ("03/04/2016"), so none is taken.
    Ambiguous,
    /// No date, or none with a year.
    None,
}

impl Reading {
    /// The day, if there is one.
    pub fn day(self) -> Option<Date> {
        match self {
            Reading::Day(d) => Some(d),
            _ => None,
        }
    }
}

/// Reads the date in metadata: ISO 8601, RFC 2822, seconds or milliseconds since 1970, and the ways in which pages write a day.
///
/// Time of day and zone are skipped: the day is taken as written. Numbers that fit both the American and the European order are
/// [`Reading::Ambiguous`]; a day without a year is [`Reading::None`].
///
/// ```
/// use chancery_intake::{Reading, parse_date};
/// assert_eq!(parse_date("26-FEB-1987 15:01:01.79"), parse_date("1987-02-26"));
/// assert_eq!(parse_date("03/04/2016"), Reading::Ambiguous);
/// assert_eq!(parse_date("24 September"), Reading::None);
/// ```
pub fn parse_date(text: &str) -> Reading {
    let pieces = pieces(text);
    match find(&pieces) {
        Some(found) => found.reading,
        None => epoch(text.trim()),
    }
}

/// The first date with a year in `text`, and the bytes it takes.
pub(crate) fn first_date(text: &str) -> Option<(Reading, std::ops::Range<usize>)> {
    find(&pieces(text)).map(|f| (f.reading, f.start..f.end))
}

/// A date in a line that holds nothing else than a date, a time of day and words like "Published" or "Updated on".
pub(crate) fn date_line(text: &str) -> Option<Date> {
    if text.len() > 90 {
        return None;
    }
    let pieces = pieces(text);
    let found = find(&pieces)?;
    let day = found.reading.day()?;
    let outside = |p: &&Piece| p.end <= found.start || p.start >= found.end;
    pieces.iter().filter(outside).all(Piece::beside_date).then_some(day)
}

/// Words that may stand beside a date in its own line.
const BESIDE: &[&str] = &[
    "published",
    "posted",
    "updated",
    "created",
    "issued",
    "released",
    "modified",
    "last",
    "first",
    "date",
    "dated",
    "on",
    "at",
    "the",
    "of",
    "time",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "gmt",
    "utc",
    "est",
    "edt",
    "pst",
    "pdt",
    "cet",
    "cest",
    "bst",
    "ist",
    "msk",
    "local",
    "hrs",
    "h",
    "z",
    "t",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "publication",
    "release",
    "article",
    "pubdate",
    "pub",
];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: &[&str] =
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month's name or its usual short form.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = |list: &[&str]| list.iter().position(|m| *m == word);
    let index = at(LONG_MONTHS).or_else(|| at(MONTHS)).or_else(|| (word == "sept").then_some(8))?;
    i8::try_from(index + 1).ok()
}

/// A run of letters or of digits, and what stands between it and the next one.
struct Piece<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// What follows up to the next piece.
    gap: &'t str,
}

impl Piece<'_> {
    /// The number, if it has at most `digits` digits.
    fn number(&self, digits: usize) -> Option<i32> {
        if self.text.len() > digits {
            return None;
        }
        self.text.parse().ok()
    }
    fn year(&self) -> Option<i16> {
        let year = i16::try_from(self.number(4)?).ok()?;
        (self.text.len() == 4 && (1500..2200).contains(&year)).then_some(year)
    }
    fn day(&self) -> Option<i8> {
        let day = i8::try_from(self.number(2)?).ok()?;
        (1..=31).contains(&day).then_some(day)
    }
    fn beside_date(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit()) || BESIDE.contains(&self.text.to_lowercase().as_str())
    }
    fn ordinal(&self) -> bool {
        matches!(self.text.to_lowercase().as_str(), "st" | "nd" | "rd" | "th")
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut bounds: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let k = kind(c);
        if k != 0 {
            match bounds.last_mut() {
                Some(b) if k == last => b.1 = at + c.len_utf8(),
                _ => bounds.push((at, at + c.len_utf8())),
            }
        }
        last = k;
    }
    let next = |i: usize| bounds.get(i + 1).map_or(text.len(), |b| b.0);
    let piece =
        |(i, &(start, end)): (usize, &(usize, usize))| Piece { text: &text[start..end], start, end, gap: &text[end..next(i)] };
    bounds.iter().enumerate().map(piece).collect()
}

struct Found {
    reading: Reading,
    start: usize,
    end: usize,
}

fn find(pieces: &[Piece]) -> Option<Found> {
    (0..pieces.len()).find_map(|i| {
        let rest = &pieces[i..];
        let (reading, used) =
            iso(rest).or_else(|| day_month_year(rest)).or_else(|| month_day_year(rest)).or_else(|| numeric(rest))?;
        Some(Found { reading, start: rest[0].start, end: rest[used - 1].end })
    })
}

fn day(year: i16, month: i8, day: i8) -> Option<Reading> {
    Date::new(year, month, day).ok().map(Reading::Day)
}

/// "2016-03-28", "2016/03/28", "2016.03.28", "20160328" alone or before a time, "1970-W.." is none.
fn iso(p: &[Piece]) -> Option<(Reading, usize)> {
    let first = p.first()?;
    if first.text.len() == 8 && first.text.bytes().all(|b| b.is_ascii_digit()) {
        let part = |r: std::ops::Range<usize>| first.text[r].parse::<i16>().ok();
        let (y, m, d) = (part(0..4)?, part(4..6)?, part(6..8)?);
        return (1800..2200).contains(&y).then(|| day(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?))?.map(|r| (r, 1));
    }
    let year = first.year()?;
    let (m, d) = (p.get(1)?, p.get(2)?);
    let joined = matches!(first.gap, "-" | "/" | "." | "年") && m.gap.trim_end_matches('月') == first.gap.trim_end_matches('年');
    if !joined || m.gap.contains(' ') {
        return None;
    }
    day(year, i8::try_from(m.number(2)?).ok()?, d.day()?).map(|r| (r, 3))
}

/// A short gap that joins the parts of one date: spaces, a comma, a dot, a dash, "of".
fn joins(gap: &str) -> bool {
    gap.chars().count() <= 3 && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/' | '–' | '\u{a0}'))
}

/// The year after the piece at `i`, past a weekday at most: "14, 2016", "14 (Wed) 2016" is none.
fn year_after(p: &[Piece], i: usize) -> Option<(i16, usize)> {
    let year = p.get(i)?.year().filter(|_| joins(p[i - 1].gap))?;
    Some((year, i + 1))
}

/// "17 Jun 2018", "26-FEB-1987", "24th of October, 2015".
fn day_month_year(p: &[Piece]) -> Option<(Reading, usize)> {
    let d = p.first()?.day()?;
    let mut at = 1;
    if p.get(at)?.ordinal() && p[0].gap.is_empty() {
        at += 1;
    }
    if p.get(at)?.text.eq_ignore_ascii_case("of") {
        at += 1;
    }
    let m = month(p.get(at)?.text).filter(|_| joins(p[at - 1].gap))?;
    let (year, used) = year_after(p, at + 1)?;
    day(year, m, d).map(|r| (r, used))
}

/// "September 14, 2016", "Oct. 3rd 2015".
fn month_day_year(p: &[Piece]) -> Option<(Reading, usize)> {
    let m = month(p.first()?.text).filter(|_| joins(p[0].gap))?;
    let d = p.get(1)?.day()?;
    let at = if p.get(2)?.ordinal() && p[1].gap.is_empty() { 3 } else { 2 };
    let (year, used) = year_after(p, at)?;
    day(year, m, d).map(|r| (r, used))
}

/// "28/03/2016", "3/28/2016", "28.3.2016", "28-03-2016". Dots are always day first; otherwise a number above 12 decides.
fn numeric(p: &[Piece]) -> Option<(Reading, usize)> {
    let (a, b, year) = (p.first()?, p.get(1)?, p.get(2)?.year()?);
    if a.gap != b.gap || !matches!(a.gap, "/" | "." | "-") {
        return None;
    }
    let (x, y) = (a.day()?, b.day()?);
    let reading = match () {
        () if a.gap == "." || x > 12 || x == y => day(year, y, x),
        () if y > 12 => day(year, x, y),
        () => Some(Reading::Ambiguous),
    };
    reading.map(|r| (r, 3))
}

/// Seconds or milliseconds since 1970, as a day in UTC.
fn epoch(text: &str) -> Reading {
    let whole = text.split('.').next().unwrap_or(text);
    let digits = whole.bytes().all(|b| b.is_ascii_digit());
    let seconds = match (digits, whole.len(), whole.parse::<i64>()) {
        (true, 9 | 10, Ok(s)) => s,
        (true, 12 | 13, Ok(ms)) => ms / 1000,
        _ => return Reading::None,
    };
    let start = Date::constant(1970, 1, 1);
    let span = i32::try_from(seconds / 86_400).ok().and_then(|d| start.checked_add(jiff::Span::new().try_days(d).ok()?).ok());
    span.map_or(Reading::None, Reading::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i16, m: i8, d: i8) -> Reading {
        Reading::Day(Date::constant(y, m, d))
    }

    #[test]
    fn reads_what_pages_write() {
        for (text, expected) in [
            ("2016-03-28", date(2016, 3, 28)),
            ("2016-03-28T10:20:30+03:30", date(2016, 3, 28)),
            ("2016/3/8 10:00", date(2016, 3, 8)),
            ("20160328T102030Z", date(2016, 3, 28)),
            ("Sat, 24 Oct 2015 10:00:00 GMT", date(2015, 10, 24)),
            ("26-FEB-1987 15:01:01.79", date(1987, 2, 26)),
            (" 4-APR-1987", date(1987, 4, 4)),
            ("17 Jun 2018 - 16:08", date(2018, 6, 17)),
            ("September 14, 2016 - 15:34", date(2016, 9, 14)),
            ("Sept. 14 2016", date(2016, 9, 14)),
            ("24th of October, 2015", date(2015, 10, 24)),
            ("28.03.2016", date(2016, 3, 28)),
            ("28/3/2016", date(2016, 3, 28)),
            ("3/28/2016", date(2016, 3, 28)),
            ("05/05/2016", date(2016, 5, 5)),
            ("03/04/2016", Reading::Ambiguous),
            ("1459123200", date(2016, 3, 28)),
            ("1459123200000", date(2016, 3, 28)),
            ("24 Sep", Reading::None),
            ("2016", Reading::None),
            ("31 February 2016", Reading::None),
            ("no date at all", Reading::None),
            ("", Reading::None),
        ] {
            assert_eq!(parse_date(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_are_dates() {
        for text in
            ["17 Jun 2018 - 16:08", "Published: Monday, 28 March 2016 at 10:30 GMT", "September 14, 2016 - 15:34", "2016-03-28"]
        {
            assert!(date_line(text).is_some(), "{text}");
        }
        for text in ["He was born on 3 May 1960", "London, 24 Sep 2015", "24 September", "Elections of 12 May 2016"] {
            assert!(date_line(text).is_none(), "{text}");
        }
    }
}
