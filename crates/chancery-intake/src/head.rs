//! The head of a story: headline, outlet line, byline, date line, dateline.

use crate::{
    credits::outlet_name,
    dates::{Reading, date_line, first_date, month},
    debris::{Sheet, headline_like},
    lines::Line,
};
use chancery_model::{Byte, Dateline, Span};
use jiff::civil::Date;

/// What the lines above the story, and the first words of the story, say about it.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Line of the headline.
    pub title: Option<usize>,
    pub outlet: Option<String>,
    /// Line of the outlet's name.
    pub outlet_line: Option<usize>,
    pub byline: Option<String>,
    pub dateline: Option<Dateline>,
    /// The stated day of publication.
    pub published: Option<(Date, Span<Byte>)>,
    /// A date line that fits two days.
    pub ambiguous: Option<Span<Byte>>,
}

/// Nouns that names of outlets are made of.
const OUTLET_NOUNS: &[&str] = &[
    "News",
    "Times",
    "Post",
    "Daily",
    "Press",
    "Agency",
    "Focus",
    "Project",
    "Tribune",
    "Herald",
    "Gazette",
    "Journal",
    "Monitor",
    "Observer",
    "TV",
    "Radio",
    "Online",
    "Chronicle",
    "Star",
    "Mail",
    "Mirror",
    "Review",
    "Report",
    "Wire",
    "Watch",
    "Telegraph",
    "Guardian",
    "Independent",
    "Standard",
    "Examiner",
    "Inquirer",
    "Sun",
    "Globe",
    "Courier",
    "Dispatch",
    "Bulletin",
    "Newsletter",
    "Voice",
    "Sentinel",
    "Argus",
    "Weekly",
    "Digest",
];

/// Reads the head of a sheet whose lines have been looked at one by one.
pub(crate) fn head(sheet: &Sheet) -> Head {
    let first = (0..sheet.lines.len()).find(|i| kept(sheet, *i) && body(&sheet.lines[*i]));
    let mut out = Head { title: title(sheet, first), ..Head::default() };
    let top = first.unwrap_or(sheet.lines.len().min(8));
    for i in 0..top {
        let line = &sheet.lines[i];
        if kept(sheet, i) && out.title != Some(i) && out.outlet.is_none() {
            out.outlet = outlet_line(line);
            out.outlet_line = out.outlet.as_ref().map(|_| i);
        }
        if out.byline.is_none() && sheet.struck.get(&i) == Some(&"byline") {
            out.byline = Some(line.text.to_owned());
        }
        stated(line, &mut out);
    }
    for i in tail(sheet) {
        if sheet.lines[i].folded.contains("publish") || sheet.lines[i].folded.contains("posted") {
            stated(&sheet.lines[i], &mut out);
        }
    }
    if let Some(first) = first {
        begin(&sheet.lines[first], &mut out);
        out.published = out.published.or_else(|| marked(&sheet.lines[first]));
    }
    out
}

/// "Updated 14 March 2014. The army …": a date line that the story follows on.
fn marked(line: &Line) -> Option<(Date, Span<Byte>)> {
    const MARKS: &[&str] = &["published", "updated", "posted", "issued", "released", "last updated", "first published"];
    let end = line.text.find(". ")?;
    let day = date_line(&line.text[..end]).filter(|_| MARKS.iter().any(|m| line.folded.starts_with(m)))?;
    Some((day, Span::new(line.span.start, line.span.start + end)))
}

fn kept(sheet: &Sheet, i: usize) -> bool {
    !sheet.struck.contains_key(&i)
}

fn tail(sheet: &Sheet) -> std::ops::Range<usize> {
    sheet.lines.len().saturating_sub(4)..sheet.lines.len()
}

/// A line of the story itself: prose, or too long for anything else.
fn body(line: &Line) -> bool {
    line.prose() || line.words().count() >= 25 && !line.truncated()
}

/// The first kept line above the story that may be a headline; one of three words or more is preferred to shorter ones.
fn title(sheet: &Sheet, first: Option<usize>) -> Option<usize> {
    let top = first.unwrap_or(sheet.lines.len().min(4));
    let may = |i: &usize| {
        let line = &sheet.lines[*i];
        kept(sheet, *i)
            && headline_like(line)
            && date_in_parts(line).is_none()
            && dateline(line).is_none()
            && outlet_line(line).is_none()
    };
    let candidates: Vec<usize> = (0..top).filter(may).collect();
    if first.is_none() && sheet.lines.len() < 2 {
        return None;
    }
    candidates.iter().copied().find(|i| sheet.lines[*i].words().count() >= 3).or_else(|| candidates.first().copied())
}

/// A line that is nothing but the name of an outlet: one that is known, or two to five capitalised words ending in a noun of the press.
fn outlet_line(line: &Line) -> Option<String> {
    let text = line.text.trim_end_matches([':', '|', '-', '–']).trim();
    let text = text.strip_prefix("Source:").map_or(text, str::trim);
    if let Some(name) = outlet_name(text) {
        return Some(name.to_owned());
    }
    looks_like_outlet(text).then(|| text.to_owned())
}

fn looks_like_outlet(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    // the first word may be a brand in small letters
    let capital = |w: &str| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and");
    let noun = words.last().is_some_and(|w| OUTLET_NOUNS.contains(w));
    (2..=5).contains(&words.len())
        && noun
        && words.iter().skip(1).all(|w| capital(w))
        && (capital(words[0]) || words.len() == 2)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '&'))
}

/// A date line, or one part of a line such as "By A. Writer | 17 Jun 2018 | World".
fn date_in_parts(line: &Line) -> Option<(Date, Span<Byte>)> {
    if let Some(day) = date_line(line.text) {
        return Some((day, line.span));
    }
    let mut at = line.span.start;
    let mut found = None;
    if line.len() <= 150 {
        for part in line.text.split(['|', '•', '·']) {
            found = found.or_else(|| date_line(part).map(|d| (d, Span::new(at, at + part.len()))));
            at += part.len() + line.text[at - line.span.start + part.len()..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

/// Takes over the date that a line states, if it is one; of several, one marked as an update gives way.
fn stated(line: &Line, out: &mut Head) {
    let updated = line.folded.starts_with("updated") || line.folded.starts_with("last ") || line.folded.contains("modified");
    match date_in_parts(line) {
        Some(found) if out.published.is_none() || !updated && out.published.is_some_and(|p| p.0 > found.0) => {
            out.published = Some(found)
        }
        Some(_) => {}
        None if line.len() <= 40 => {
            if let Some((Reading::Ambiguous, _)) = first_date(line.text) {
                out.ambiguous = out.ambiguous.or(Some(line.span));
            }
        }
        None => {}
    }
}

/// The first words of the story: dateline with its date and agency, or an outlet set off by a bar or a colon.
fn begin(line: &Line, out: &mut Head) {
    let Some(found) = dateline(line) else { return };
    let shift = line.span.start;
    if let Some((day, range)) = found.day
        && out.published.is_none()
    {
        out.published = Some((day, Span::new(shift + range.start, shift + range.end)));
    }
    if out.outlet.is_none() {
        out.outlet = found.outlet;
    }
    if found.place.is_some() || found.date_text.is_some() {
        let span = Span::new(shift, shift + found.end);
        out.dateline = Some(Dateline { span, place: found.place, date_text: found.date_text });
    }
}

/// The parts of a dateline, places counted from the start of its line.
#[derive(Debug, PartialEq, Eq)]
struct Opening {
    place: Option<String>,
    date_text: Option<String>,
    day: Option<(Date, std::ops::Range<usize>)>,
    /// The outlet or agency named in it, where it is not in brackets.
    outlet: Option<String>,
    /// After the mark that ends it.
    end: usize,
}

/// Words in capitals before a dash or colon that are no places.
const NO_PLACE: &[&str] = &[
    "QUESTION",
    "ANSWER",
    "UPDATE",
    "EXCLUSIVE",
    "WATCH",
    "BREAKING",
    "VIDEO",
    "ANALYSIS",
    "OPINION",
    "PHOTOS",
    "LIVE",
    "NOTE",
    "CORRECTION",
    "SUMMARY",
    "FACTBOX",
    "EXPLAINER",
    "EDITORIAL",
    "INTERVIEW",
    "Q",
    "A",
    "PTI",
    "US",
    "UK",
    "EU",
    "UN",
    "PM",
    "ISIS",
    "ISIL",
    "NATO",
    "USA",
    "UAE",
    "READ",
    "MORE",
];

/// "LONDON, 24 Sep –", "WASHINGTON (Reuters) -", "CAIRO: ", "Ulaanbaatar /MONTSAME/": place, day, agency, then a dash or colon.
fn dateline(line: &Line) -> Option<Opening> {
    let text = line.text;
    let limit = text.char_indices().nth(100).map_or(text.len(), |(at, _)| at);
    let mut openings = marks(&text[..limit]).filter_map(|(at, end)| opening(&text[..at], &text[at..end], end, &text[end..]));
    let first = openings.next()?;
    // "CAIRO – 26 July 2022: The minister": the day may stand behind a dash of its own
    let dated = if first.date_text.is_none() { openings.find(|o| o.date_text.is_some()) } else { None };
    Some(dated.unwrap_or(first))
}

/// Dashes, colons and bars that may end a dateline, each with the end of the spaces after it; a closing slash counts as well.
fn marks(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let dash = |c: char| matches!(c, '–' | '—' | '-' | ':' | '|' | '/' | '−');
    let found = move |(at, c): (usize, char)| {
        let run = text[at..].find(|d: char| !dash(d) && !d.is_whitespace() && d != '.').unwrap_or(text.len() - at);
        let spaced = text[at + c.len_utf8()..].starts_with(|d: char| d.is_whitespace() || dash(d)) || c == '—' || c == '–';
        let slash = c == '/' && text[..at].contains(" /");
        (dash(c) && spaced && (c != '/' || slash)).then_some((at, at + run))
    };
    text.char_indices().filter_map(found)
}

fn opening(before: &str, mark: &str, end: usize, rest: &str) -> Option<Opening> {
    let starts = rest
        .trim_start_matches(['"', '“', '\'', '‘', '«', '[', '('])
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if !starts || before.trim().is_empty() || before.contains(['"', '“', ';']) {
        return None;
    }
    let (head, agency) = agency(before.trim_end_matches([' ', '-', '–', '—', '|', '\u{a0}']));
    let (place, date) = split_date(head);
    let place = place.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | '|' | '-' | '–' | '—'));
    let date_text =
        date.map(|r| before[r.clone()].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':')).to_owned());
    let day = first_date(head).and_then(|(reading, range)| Some((reading.day()?, range)));
    let known = outlet_name(place).map(str::to_owned).or_else(|| looks_like_outlet(place).then(|| place.to_owned()));
    let dated = date_text.is_some() || agency.is_some();
    // "KHARTOUM, Sudan"
    let town = place.split(',').next().unwrap_or(place);
    let capitals = !town.chars().any(|c| c.is_lowercase()) && town.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let slashed = mark.starts_with('/') && agency.is_none();
    let place_fits = place_like(place) && !slashed && (dated || capitals && (!mark.starts_with('|')));
    match known {
        Some(outlet) if dated || mark.contains(['|', ':', '–', '—', '-']) => {
            Some(Opening { place: None, date_text, day, outlet: Some(outlet), end })
        }
        _ if place_fits => Some(Opening { place: Some(place.to_owned()), date_text, day, outlet: None, end }),
        _ => None,
    }
}

/// Cuts "(Reuters)" or "/MONTSAME" off the end.
fn agency(head: &str) -> (&str, Option<String>) {
    let trimmed = head.trim_end_matches([' ', '.', ',']);
    let cut = match trimmed.strip_suffix(')') {
        Some(inner) => inner.rfind('(').map(|at| (&head[..at], &inner[at + 1..])),
        None => trimmed.rfind(" /").map(|at| (&head[..at], trimmed[at + 2..].trim_end_matches('/'))),
    };
    match cut {
        Some((left, name)) if !name.is_empty() && name.len() <= 40 && name.split_whitespace().count() <= 5 => {
            (left, Some(name.to_owned()))
        }
        _ => (head, None),
    }
}

/// Cuts a day and month, in either order, with or without a year, off the end.
fn split_date(head: &str) -> (&str, Option<std::ops::Range<usize>>) {
    let pieces = head.split_inclusive(char::is_whitespace).scan(0, |at, w| {
        *at += w.len();
        Some((*at - w.len(), w.trim_end()))
    });
    let words: Vec<(usize, &str)> = pieces.filter(|(_, w)| !w.is_empty()).collect();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let dates = |w: &str| {
        let w = bare(w);
        month(&w).is_some() || !w.is_empty() && w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit())
    };
    let from = words.iter().rposition(|(_, w)| !dates(w)).map_or(0, |at| at + 1);
    let tail = &words[from..];
    let complete = tail.iter().any(|(_, w)| month(&bare(w)).is_some())
        && tail.iter().any(|(_, w)| bare(w).bytes().all(|b| b.is_ascii_digit()));
    match tail.first() {
        Some((at, _)) if complete && tail.len() <= 3 => (&head[..*at], Some(*at..head.len())),
        _ => (head, None),
    }
}

/// One to six capitalised words, with commas, dots and slashes: what the name of a place looks like.
fn place_like(place: &str) -> bool {
    let words: Vec<&str> = place.split([' ', '/', ',']).filter(|w| !w.is_empty()).collect();
    let small = ["of", "de", "al", "el", "the", "on", "and", "da", "la", "near"];
    let capital = |w: &str| w.starts_with(char::is_uppercase) || small.contains(&w);
    let marks = place.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '/'));
    (1..=6).contains(&words.len())
        && place.len() <= 50
        && marks
        && words.iter().all(|w| capital(w))
        && !NO_PLACE.contains(&words[0].trim_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    /// Place, date as written, day, outlet.
    type Parts = (Option<String>, Option<String>, Option<String>, Option<String>);

    fn open(text: &str) -> Option<Parts> {
        let all = lines(text);
        dateline(&all[0]).map(|o| (o.place, o.date_text, o.day.map(|d| d.0.to_string()), o.outlet))
    }

    #[test]
    fn datelines() {
        let some = |s: &str| Some(s.to_owned());
        for (text, expected) in [
            ("London, 24 Sep – Envoys have met.", (some("London"), some("24 Sep"), None, None)),
            ("TEHRAN – The deputy minister said so.", (some("TEHRAN"), None, None, None)),
            ("MOSCOW (AP) — The court ruled.", (some("MOSCOW"), None, None, None)),
            ("WASHINGTON, Jan 3 (Reuters) - The president spoke.", (some("WASHINGTON"), some("Jan 3"), None, None)),
            (
                "CAIRO – 26 July 2022: The minister received a call.",
                (some("CAIRO"), some("26 July 2022"), some("2022-07-26"), None),
            ),
            ("CAIRO- 24 July 2022: The president spoke.", (some("CAIRO"), some("24 July 2022"), some("2022-07-24"), None)),
            ("KUWAIT: His Highness said so.", (some("KUWAIT"), None, None, None)),
            ("KHARTOUM, Sudan - Fighting went on.", (some("KHARTOUM, Sudan"), None, None, None)),
            ("Lusaka News, 24 March - After the ban, police came.", (None, some("24 March"), None, some("Lusaka News"))),
            ("BEIRUT/GENEVA - The envoys left.", (some("BEIRUT/GENEVA"), None, None, None)),
            ("Ulaanbaatar /MONTSAME/ The president arrived.", (some("Ulaanbaatar"), None, None, None)),
            ("Al-Monitor | : On June 9, the presidents met.", (None, None, None, some("Al-Monitor"))),
        ] {
            assert_eq!(open(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_line_before_the_story() {
        let day = |text: &str| marked(&lines(text)[0]).map(|(d, s)| (d.to_string(), text[s.range()].to_owned()));
        let some = |d: &str, words: &str| Some((d.to_owned(), words.to_owned()));
        assert_eq!(day("Updated 14 March 2014. The army shelled the town."), some("2014-03-14", "Updated 14 March 2014"));
        assert_eq!(day("Published: May 3, 2016. Envoys met in Doha."), some("2016-05-03", "Published: May 3, 2016"));
        assert_eq!(
            day("Last updated on 2 June 2018 at 10:15 GMT. Police fired."),
            some("2018-06-02", "Last updated on 2 June 2018 at 10:15 GMT")
        );
        assert_eq!(day("Posted guards fired on 14 March 2014. The army came."), None);
        assert_eq!(day("Released on 14 March 2014 from prison. He left."), None);
        assert_eq!(day("On 14 March 2014. The army came."), None);
    }

    #[test]
    fn no_datelines() {
        for text in [
            "Russia - the main ally - said it would help.",
            "US - Iran talks resume.",
            "QUESTION: Does it help?",
            "The ministry said: \"We will go.\"",
            "State-run media said so.",
            "Mosul battle: Iraq forces retake the university",
            "January 10: Military airstrikes continue",
        ] {
            assert_eq!(open(text), None, "{text}");
        }
    }
}
