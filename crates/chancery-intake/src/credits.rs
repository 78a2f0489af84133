//! Agencies and outlets that a story credits, from `data/outlets.tsv` and from phrases such as "the Young Voices news agency".

use chancery_model::{Byte, Credit, Span};
use std::{collections::BTreeMap, sync::OnceLock};

/// One outlet of the table.
struct Outlet {
    name: &'static str,
}

/// Forms by their words, longest first under each first word.
type Table = BTreeMap<String, Vec<(Vec<String>, usize)>>;

fn table() -> &'static (Vec<Outlet>, Table) {
    static TABLE: OnceLock<(Vec<Outlet>, Table)> = OnceLock::new();
    TABLE.get_or_init(|| {
        let (mut outlets, mut forms) = (Vec::new(), Table::new());
        for line in include_str!("../data/outlets.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let others = cells.nth(1).unwrap_or("").split('|').filter(|f| !f.is_empty());
            for form in std::iter::once(name).chain(others) {
                let words: Vec<String> = words(form).into_iter().map(|(w, _)| w.to_owned()).collect();
                if let Some(first) = words.first() {
                    forms.entry(first.clone()).or_default().push((words, outlets.len()));
                }
            }
            outlets.push(Outlet { name });
        }
        for list in forms.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        (outlets, forms)
    })
}

/// Words (letters, digits, inner slashes and hyphens; an apostrophe parts words), each with its place.
fn words(text: &str) -> Vec<(&str, usize)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&');
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (inside(c), start) {
            (true, None) => start = Some(at),
            (false, Some(s)) => {
                let word = text[s..at].trim_matches(['-', '/', '&']);
                if !word.is_empty() {
                    out.push((word, s + text[s..at].find(word).unwrap_or(0)));
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn end(word: (&str, usize)) -> usize {
    word.1 + word.0.len()
}

/// The canonical name of an outlet given by one of its forms, under which stories credit it; the article "the" does not count.
///
/// ```
/// assert_eq!(chancery_intake::outlet_name("the Associated Press"), Some("AP"));
/// assert_eq!(chancery_intake::outlet_name("The Harbour Dispatch"), None);
/// ```
pub fn outlet_name(text: &str) -> Option<&'static str> {
    let (outlets, forms) = table();
    let find = |text: &str| {
        let words: Vec<&str> = words(text).into_iter().map(|(w, _)| w).collect();
        let list = forms.get(*words.first()?)?;
        list.iter().find(|(form, _)| form.iter().map(String::as_str).eq(words.iter().copied())).map(|(_, o)| outlets[*o].name)
    };
    let bare = text.strip_prefix("the ").or_else(|| text.strip_prefix("The "));
    find(text).or_else(|| bare.and_then(find))
}

/// What stands before an outlet that is credited.
const BEFORE: &[&str] = &[
    "to",
    "by",
    "told",
    "citing",
    "cited",
    "quoting",
    "reported",
    "reports",
    "via",
    "from",
    "with",
    "on",
    "agency",
    "source",
    "sources",
    "network",
    "daily",
    "newspaper",
    "station",
    "channel",
    "television",
    "broadcaster",
    "for",
    "media",
    "in",
    "and",
    "website",
    "outlet",
    "said",
    "state-run",
    "paper",
    "magazine",
    "per",
    "quotes",
    "quoted",
    "tells",
];

/// What follows an outlet that is credited.
const AFTER: &[&str] = &[
    "reported",
    "reports",
    "report",
    "said",
    "says",
    "quoted",
    "quotes",
    "cited",
    "cites",
    "wrote",
    "writes",
    "added",
    "news",
    "agency",
    "newspaper",
    "daily",
    "television",
    "tv",
    "has",
    "interview",
    "correspondent",
    "reporter",
    "noted",
    "revealed",
    "published",
    "carried",
    "also",
    "citing",
    "quoting",
    "channel",
    "network",
    "radio",
    "station",
    "broadcast",
    "and",
    "that",
    "claimed",
    "announced",
    "website",
    "magazine",
    "confirmed",
    "broadcaster",
    "learned",
    "described",
    "ran",
    "as",
    "in",
    "poll",
    "earlier",
    "on",
];

/// Nouns after a capitalised name that make it an outlet.
const NOUNS: &[&str] =
    &["newspaper", "daily", "television", "tv", "radio", "news", "broadcaster", "website", "channel", "magazine"];

/// Credited outlets in order of first credit, each once, in the given stretches of the text.
pub(crate) fn credits(text: &str, stretches: &[Span<Byte>]) -> Vec<Credit> {
    let mut out: Vec<Credit> = Vec::new();
    for stretch in stretches {
        for line in text[stretch.range()].split_inclusive('\n').scan(stretch.start, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        }) {
            for credit in in_line(line.1, line.0) {
                if !out.iter().any(|c| c.name == credit.name) {
                    out.push(credit);
                }
            }
        }
    }
    out
}

fn in_line(line: &str, offset: usize) -> Vec<Credit> {
    let words = words(line);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let known = known_at(&words, i);
        let (len, name) = match known {
            Some((len, outlet)) if credited(line, &words, i, len) => (len, Some(outlet.name.to_owned())),
            Some((len, _)) => (len, None),
            None => match named_agency(line, &words, i) {
                Some(len) => (len, Some(line[words[i].1..end(words[i + len - 1])].to_owned())),
                None => (1, None),
            },
        };
        if let Some(name) = name {
            let span = Span::new(offset + words[i].1, offset + end(words[i + len - 1]));
            out.push(Credit { name, span });
        }
        i += len;
    }
    out
}

fn known_at(words: &[(&str, usize)], i: usize) -> Option<(usize, &'static Outlet)> {
    let (outlets, forms) = table();
    let list = forms.get(words[i].0)?;
    list.iter().find_map(|(form, o)| {
        let here = words.get(i..i + form.len())?;
        here.iter().zip(form).all(|((w, _), f)| w == f).then(|| (form.len(), &outlets[*o]))
    })
}

/// Whether an outlet that is named is also credited: in brackets, before or after a word of reporting, or as the very first word with a colon.
fn credited(line: &str, words: &[(&str, usize)], i: usize, len: usize) -> bool {
    let (before, after) = (line[..words[i].1].trim_end(), line[end(words[i + len - 1])..].trim_start());
    // a word that is capitalised because a sentence begins with it is no name, unless it is a person's title
    let begins = |at: usize| line[..at].trim_end().is_empty() || line[..at].trim_end().ends_with(['.', '!', '?', '”', '"', ':']);
    let named = |w: &&(&str, usize)| before.ends_with(w.0) && (TITLES.contains(&w.0) || !begins(w.1));
    let prior = words[..i].last().filter(named).map(|w| w.0);
    if within_longer_name(prior, words.get(i + len).map(|w| w.0), after) {
        return false;
    }
    let bracketed = before.ends_with(['(', '[', '/']) && after.starts_with([')', ']', '/', ',', ';']);
    let opens = before.is_empty() && after.starts_with([':', '|', '–', '—', '-']);
    let alone = before.is_empty() && after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    // "IRNA quoted", "told Iran's Arabic-language Al-Alam television", "according to the Lebanese Al-Mayadeen"
    let next = words.get(i + len).map(|w| w.0.to_lowercase());
    let joined = after.starts_with(|c: char| c.is_alphanumeric());
    let follows = joined && next.as_deref().is_some_and(|w| AFTER.contains(&w));
    let near = words[i.saturating_sub(5)..i].iter().map(|w| w.0.to_lowercase()).collect::<Vec<_>>();
    let close = near.iter().rev().take(2).any(|w| BEFORE.contains(&w.as_str()));
    let leads = near.iter().any(|w| {
        matches!(
            w.as_str(),
            "told" | "according" | "agency" | "citing" | "quoted" | "reported" | "reports" | "interview" | "newspaper"
        )
    });
    bracketed
        || opens
        || alone
        || follows
        || close && !matches!(next.as_deref(), Some("journalist" | "journalists" | "office" | "offices"))
        || leads
}

/// Titles before names of persons.
const TITLES: &[&str] =
    &["Sheikh", "Prince", "Princess", "King", "Emir", "President", "Minister", "General", "Judge", "Bishop", "Imam", "Mayor"];

/// Whether capitalised words directly beside it make the outlet's name a part of another name: "Foreign Policy Committee", "Sheikh Sabah".
/// A demonym before it and a noun of the press after it do not.
fn within_longer_name(prior: Option<&str>, next: Option<&str>, after: &str) -> bool {
    let capital = |w: &str| w.starts_with(char::is_uppercase) && w.chars().any(char::is_lowercase);
    let press = |w: &str| NOUNS.contains(&w.to_lowercase().as_str()) || w == "agency" || w == "Agency";
    let joined = after.starts_with(char::is_alphabetic);
    let longer = joined && next.is_some_and(|w| capital(w) && !press(w));
    let people = |w: &str| ["an", "ese", "ish", "ch", "language", "run", "owned", "based"].iter().any(|e| w.ends_with(e));
    let titled = prior.is_some_and(|w| capital(w) && w.len() > 4 && !people(w)) && !(joined && next.is_some_and(press));
    longer || titled && !after.starts_with([')', '/', ':', '|'])
}

/// A capitalised word of a name; "Arabic-language" and the like tell of what follows.
fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !["language", "based", "run", "owned", "backed"].iter().any(|e| word.ends_with(e))
}

/// Words one of which must stand near a name that only its noun shows to be an outlet's.
const REPORTING: &[&str] = &[
    "told",
    "according",
    "citing",
    "cited",
    "quoted",
    "reported",
    "reports",
    "report",
    "said",
    "wrote",
    "interview",
    "speaking",
    "spoke",
    "added",
];

/// Capitalised words that say whose or which outlet, not what it is called.
const GENERAL: &[&str] = &[
    "The", "A", "In", "On", "An", "State", "Iranian", "Russian", "Syrian", "Israeli", "Turkish", "Chinese", "American",
    "British", "Local",
];

/// "Al-Khabar news agency", "the public broadcaster Lake Television": capitalised words before or after a noun that makes them an outlet,
/// with a word of reporting near. Gives the number of words of the name.
fn named_agency(line: &str, words: &[(&str, usize)], i: usize) -> Option<usize> {
    let beside = |j: usize| line[end(words[j])..words[j + 1].1] == *" ";
    if !capital(words[i].0) || i > 0 && capital(words[i - 1].0) && beside(i - 1) {
        return None;
    }
    let run = 1 + (i..words.len() - 1).take(4).take_while(|j| beside(*j) && capital(words[j + 1].0)).count();
    let known = (i..i + run).any(|j| known_at(words, j).is_some());
    let noun = |j: usize| words.get(j).map(|w| w.0.to_lowercase()).filter(|w| NOUNS.contains(&w.as_str()) && w != "news");
    let follows = i + run < words.len() && beside(i + run - 1);
    let agency = follows && words[i + run].0 == "news" && words.get(i + run + 1).is_some_and(|w| w.0 == "agency");
    let after = follows && noun(i + run).is_some();
    let before = i > 0 && beside(i - 1) && (noun(i - 1).is_some() || words[i - 1].0 == "agency");
    let people = ["an", "ese", "ish", "ch", "i", "man"].iter().any(|e| words[i + run - 1].0.ends_with(e)) && run <= 2;
    let general =
        run == 1 && (GENERAL.contains(&words[i].0) || words[i].0.len() < 3) || people && (run == 1 || words[i].0 == "The");
    let mut near = words[i.saturating_sub(6)..i].iter().chain(words[i + run..].iter().take(4));
    let reporting = near.any(|w| REPORTING.contains(&w.0.to_lowercase().as_str()));
    // "Lake radio" is called so, "the Lake newspaper" is not
    let with_noun = after && noun(i + run).is_some_and(|n| matches!(n.as_str(), "radio" | "television" | "tv"));
    (!known && !general && reporting && (agency || after || before)).then_some(run + usize::from(with_noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        credits(text, &[Span::new(0, text.len())]).into_iter().map(|c| c.name).collect()
    }

    #[test]
    fn credited_outlets() {
        for (text, expected) in [
            ("The ministry agreed, according to Reuters.", vec!["Reuters"]),
            ("MOSCOW (AP) — The court ruled.", vec!["AP"]),
            ("Talks begin, Iran’s state news agency IRNA quoted the minister as saying.", vec!["IRNA"]),
            ("The port was hit, Fars news agency reported. Later Tasnim reported a second raid.", vec!["Fars", "Tasnim"]),
            ("Envoys told Iran’s Arabic-language Al-Alam television that they would leave.", vec!["Al-Alam"]),
            ("The office was closed, the Wall Street Journal reported.", vec!["The Wall Street Journal"]),
            ("He told the Young Voices news agency so. Reuters says he left. (Reuters)", vec!["Young Voices", "Reuters"]),
            ("The Sharq newspaper reported the arrest.", vec!["The Sharq"]),
            ("In a report by the public broadcaster Lake Television, his family said so.", vec!["Lake Television"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn outlets_named_but_not_credited() {
        for text in [
            "A Reuters journalist was killed.",
            "Police raided Reuters offices.",
            "The times are hard, he said.",
            "He sat in the trend of talks.",
            "The Foreign Policy Committee said so.",
            "Sheikh Sabah said he would go.",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn spans_are_of_the_line() {
        let text = "First.\nThe minister’s aide told Reuters’ desk so.\n";
        let got = credits(text, &[Span::new(0, text.len())]);
        assert_eq!(&text[got[0].span.range()], "Reuters");
    }

    #[test]
    fn names_of_outlets() {
        assert_eq!(outlet_name("Associated Press"), Some("AP"));
        assert_eq!(outlet_name("the Washington Post"), Some("The Washington Post"));
        assert_eq!(outlet_name("Syria"), None);
    }

    #[test]
    fn the_table_is_sorted() {
        let names: Vec<String> = table().0.iter().map(|o| o.name.to_lowercase()).collect();
        assert!(names.is_sorted());
        let rows = include_str!("../data/outlets.tsv").lines().filter(|l| !l.starts_with('#'));
        let kinds = ["wire", "state-media", "newspaper", "broadcaster", "site"];
        assert!(rows.map(|r| r.split('\t').nth(1)).all(|k| k.is_some_and(|k| kinds.contains(&k))));
    }
}
