//! Lines that show by where they stand that they belong to another story or to none.

use super::{Sheet, shapes};
use crate::lines::Line;

/// A rule on the place of lines in a page.
pub(super) struct Place {
    pub reason: &'static str,
    pub what: &'static str,
    pub find: fn(&Sheet) -> Vec<usize>,
}

/// Applied before the headline is looked for.
pub(super) const HEADS: &[Place] = &[
    Place {
        reason: "front-matter",
        what: "keys and values between two lines of three dashes at the very top",
        find: front_matter,
    },
    Place {
        reason: "breadcrumb",
        what: "a cut-off line at the top whose end is the beginning of the headline",
        find: cut_headlines,
    },
];

/// In the order in which they are applied; each sees what the ones before struck.
pub(super) const PLACES: &[Place] = &[
    Place { reason: "teaser", what: "headlines and cut-off openings below a line such as `Latest news`", find: listed },
    Place { reason: "teaser", what: "cut-off openings and their headlines after the story's last prose", find: cut_off_tail },
    Place { reason: "teaser", what: "three or more headlines in a row after the story's last prose", find: headline_tail },
    Place { reason: "address", what: "the site's name beside its web address at the foot", find: footer },
    Place { reason: "repeated", what: "a line of the head or a paragraph that stands there a second time", find: repeated },
    Place {
        reason: "caption",
        what: "a noun phrase with a participle and no finite verb among the first paragraphs",
        find: captions,
    },
    Place { reason: "byline", what: "a person's name alone on a line between headline and story", find: names },
];

/// Whether a line may be a headline: it does not end as a sentence and is not too long.
pub(crate) fn headline_like(line: &Line) -> bool {
    let words = line.words().count();
    let ends = !line.text.ends_with(['.', ':', ',', ';']) || line.truncated();
    let bullet = line.text.starts_with(['•', '-', '–', '*', '·', '▪', '►']);
    (2..=30).contains(&words) && line.len() <= 200 && ends && !bullet && line.text.chars().any(char::is_alphabetic)
}

/// A row of a table: wide gaps or several figures.
fn tabular(line: &Line) -> bool {
    let figures =
        line.words().filter(|w| w.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '+'))).count();
    line.text.contains("   ") || line.text.contains('\t') || figures >= 2
}

/// What may stand in a list of other stories: a headline, a cut-off opening, a one-word section name.
fn item(line: &Line) -> bool {
    line.truncated() || headline_like(line) || line.words().count() == 1 || !line.prose() && line.len() <= 60
}

/// From each opener down to the next prose. Above the story only the opener goes: the headline may be among the lines below it.
fn listed(sheet: &Sheet) -> Vec<usize> {
    let mut out = Vec::new();
    let first = sheet.first_prose().unwrap_or(usize::MAX);
    for &opener in sheet.openers.iter().filter(|o| **o > first) {
        out.extend((opener + 1..sheet.lines.len()).take_while(|i| item(&sheet.lines[*i])));
    }
    out
}

/// After the last prose, everything from the first headline above a cut-off line on, if that pattern comes at least once.
fn cut_off_tail(sheet: &Sheet) -> Vec<usize> {
    let Some(last) = sheet.last_prose() else { return Vec::new() };
    let tail: Vec<usize> = (last + 1..sheet.lines.len()).filter(|i| sheet.kept(*i)).collect();
    let pair = tail
        .windows(2)
        .position(|w| !sheet.lines[w[0]].truncated() && headline_like(&sheet.lines[w[0]]) && sheet.lines[w[1]].truncated());
    match pair {
        Some(at) => tail[at..].iter().copied().take_while(|i| item(&sheet.lines[*i])).collect(),
        None => Vec::new(),
    }
}

/// After the last prose, a run of at least three headlines that no colon announces.
fn headline_tail(sheet: &Sheet) -> Vec<usize> {
    let Some(last) = sheet.last_prose() else { return Vec::new() };
    let tail: Vec<usize> = (last + 1..sheet.lines.len()).filter(|i| sheet.kept(*i)).collect();
    let headline = |i: &usize| {
        let line = &sheet.lines[*i];
        headline_like(line)
            && !tabular(line)
            && line.words().count() >= 4
            && line.text.starts_with(|c: char| c.is_uppercase() || "'‘\"“".contains(c))
    };
    let run = tail.iter().take_while(|i| headline(i)).count();
    let follows = tail.first().is_none_or(|i| i.checked_sub(1).is_some_and(|p| !sheet.lines[p].text.ends_with(':')));
    if run >= 3 && run == tail.len() && follows { tail } else { Vec::new() }
}

/// Within three lines of a struck address after the story: a name whose letters are those of the address.
fn footer(sheet: &Sheet) -> Vec<usize> {
    let Some(last) = sheet.last_prose() else { return Vec::new() };
    (last + 1..sheet.lines.len()).filter(|i| sheet.kept(*i) && site_beside(sheet, *i).is_some()).collect()
}

/// The struck address near line `i` whose host spells the line.
pub(crate) fn site_beside<'t>(sheet: &Sheet<'_, 't>, i: usize) -> Option<&'t str> {
    let letters: String = sheet.lines[i].folded.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if letters.len() < 4 || sheet.lines[i].words().count() > 6 {
        return None;
    }
    let near = i.saturating_sub(2)..(i + 3).min(sheet.lines.len());
    near.filter(|j| *j != i).find_map(|j| {
        let address = sheet.lines[j].words().find(|w| shapes::is_address(w))?;
        let host = address.split("//").last().unwrap_or(address).split('/').next().unwrap_or("");
        let host: String = host.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let bare = letters.strip_prefix("the").filter(|b| b.len() >= 4).unwrap_or(&letters);
        host.contains(bare).then_some(address)
    })
}

/// The headline a second time before the story has begun, or a paragraph of some length a second time anywhere.
fn repeated(sheet: &Sheet) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    let first = sheet.first_prose().unwrap_or(0);
    let again = |i: &usize| {
        let line = &sheet.lines[*i];
        let title = sheet.title.filter(|t| *i < first && t < i).is_some_and(|t| sheet.lines[t].folded == line.folded);
        title || line.len() >= 80 && !seen.insert(line.folded.clone())
    };
    (0..sheet.lines.len()).filter(|i| sheet.kept(*i)).filter(again).collect()
}

/// The block of keys and values with which Markdown files may begin.
fn front_matter(sheet: &Sheet) -> Vec<usize> {
    let fence = |line: &Line| line.text == "---";
    if !sheet.lines.first().is_some_and(fence) {
        return Vec::new();
    }
    let end = sheet.lines.iter().take(60).skip(1).position(fence).map(|at| at + 1);
    let keys = |end: &usize| sheet.lines[1..*end].iter().all(|l| l.text.contains(':') || l.text.starts_with('-'));
    end.filter(keys).map_or(Vec::new(), |end| (0..=end).collect())
}

/// Cut-off lines among the first six whose end is the beginning of another of the first eight lines.
fn cut_headlines(sheet: &Sheet) -> Vec<usize> {
    let head = || 0..sheet.lines.len().min(8);
    let cut = |i: &usize| {
        let stem = sheet.lines[*i].folded.trim_end_matches(['.', '…', ' ']);
        sheet.lines[*i].truncated() && head().any(|j| j != *i && ends_as(stem, &sheet.lines[j].folded))
    };
    head().take(6).filter(cut).collect()
}

/// Whether the end of `stem`, at least 20 bytes of it, is the beginning of `other`.
fn ends_as(stem: &str, other: &str) -> bool {
    stem.char_indices().map(|(at, _)| &stem[at..]).take_while(|end| end.len() >= 20).any(|end| other.starts_with(end))
}

/// Verbs without which no sentence is one, and past forms that do not end in -ed.
const FINITE: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "shall",
    "do", "does", "did", "said", "says", "told", "met", "made", "took", "gave", "went", "came", "saw", "held", "left", "won",
    "lost", "began", "fell", "rose", "broke", "spoke", "sent", "became", "brought", "built", "felt", "found", "got", "grew",
    "kept", "knew", "led", "paid", "put", "ran", "set", "struck", "swore", "thought", "wrote", "makes", "takes", "gives",
    "comes", "goes", "shows", "remains", "means", "meant", "be", "been", "that",
];

/// Participles that are prepositions or nouns.
const NO_PARTICIPLES: &[&str] = &[
    "following",
    "including",
    "according",
    "regarding",
    "concerning",
    "excluding",
    "pending",
    "manufacturing",
    "banking",
    "building",
    "offering",
    "during",
    "meeting",
    "hearing",
    "ruling",
    "warning",
    "training",
    "morning",
    "evening",
    "spending",
    "housing",
    "funding",
    "something",
    "nothing",
];

/// "The two presidents speaking at the summit.": capitalised words and small words of names, then a participle, then no finite verb.
fn caption(line: &Line) -> bool {
    let words: Vec<&str> =
        line.words().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()).collect();
    let small = ["and", "of", "the", "de", "al", "with", "left", "right", "for", "bin", "van", "von", "L", "R", "to", "in"];
    let named = |w: &&&str| w.starts_with(char::is_uppercase) || small.contains(*w);
    let before = words.iter().take_while(named).count();
    let participle = words
        .get(before)
        .is_some_and(|w| w.ends_with("ing") && w.len() > 5 && !NO_PARTICIPLES.contains(w) && w.starts_with(char::is_lowercase));
    let finite = |w: &&str| FINITE.contains(&w.to_lowercase().as_str()) || w.ends_with("ed");
    before >= 2
        && participle
        && words.len() <= 25
        && line.len() <= 160
        && !words[before..].iter().any(finite)
        && !line.text.contains(['“', '"'])
}

/// Captions before the third paragraph.
fn captions(sheet: &Sheet) -> Vec<usize> {
    let third = (0..sheet.lines.len()).filter(|i| sheet.prose(*i)).nth(2).unwrap_or(sheet.lines.len());
    let Some(title) = sheet.title else { return Vec::new() };
    // a caption does not go on from a line that breaks off in mid-sentence
    let fresh = |i: usize| i == title + 1 || sheet.lines[i - 1].closed();
    (title + 1..third).filter(|i| sheet.kept(*i) && fresh(*i) && caption(&sheet.lines[*i])).collect()
}

/// Personal names between the headline and the first prose.
fn names(sheet: &Sheet) -> Vec<usize> {
    let (Some(title), Some(first)) = (sheet.title, sheet.first_prose()) else { return Vec::new() };
    let between = || (title + 1..first).filter(|i| sheet.kept(*i));
    // more than a few lines, or figures, are a table or a list
    if between().count() > 4 || between().any(|i| tabular(&sheet.lines[i])) {
        return Vec::new();
    }
    between().filter(|i| shapes::name_like(sheet.lines[*i].text)).collect()
}
