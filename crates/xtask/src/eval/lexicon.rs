//! `lexicon`: coverage of the gazetteers, and where they and ours disagree.
//!
//! `archigos`, `reign`: their rulers in office since 2000 whom the lexicon knows in an office of that state at that time, by any word of the
//! name in its folded form. `phoenix`: phrases of the Phoenix country dictionary with a code dated after 2000 that occur in the bulk news,
//! resolved to the same state, or to somebody who held an office of it. `listed` of those not found are in `lexicon_differences.tsv`, each
//! with a reason; the others are `unexplained`.

use super::{Figures, round, rows};
use anyhow::{Context, Result};
use chancery_lexicon::{EntryKind, Lexicon, Sense, fold, similar_names};
use jiff::civil::Date;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// What is not found and need not be, by measure, state and name, with reasons.
const DIFFERENCES: &str = include_str!("lexicon_differences.tsv");

/// Found, listed as different, and all.
#[derive(Default)]
struct Share {
    found: usize,
    listed: usize,
    all: usize,
}

impl Share {
    fn figures(&self) -> Figures {
        let mut out = Figures::new();
        out.insert("share".into(), round(self.found as f64 / self.all.max(1) as f64, 4));
        out.insert("found".into(), self.found.into());
        out.insert("listed".into(), self.listed.into());
        out.insert("unexplained".into(), (self.all - self.found - self.listed).into());
        out.insert("all".into(), self.all.into());
        out
    }
}

impl Share {
    fn count(
        &mut self,
        found: bool,
        measure: &str,
        state: &str,
        name: &str,
        missing: &mut Vec<String>,
        what: impl Fn() -> String,
    ) {
        self.all += 1;
        let listed = || {
            let mut lines = DIFFERENCES.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
            lines.any(|l| l.len() == 4 && l[0] == measure && l[1] == state && l[2] == name && !l[3].is_empty())
        };
        match found {
            true => {
                self.found += 1;
                if listed() {
                    missing.push(format!("{measure}: {state}: {name} is listed as different, but found"));
                }
            }
            false if listed() => self.listed += 1,
            false => missing.push(what()),
        }
    }
}

/// Coverage of the gazetteers in a folder; `errors` lists that many of those missing or different.
pub fn measure(folder: &Path, errors: usize) -> Result<Figures> {
    let mut missing = Vec::new();
    let mut out = Figures::new();
    for (key, file) in [("archigos", "archigos41.jsonl.gz"), ("reign", "reign_leaders_2021_03.jsonl.gz")] {
        out.insert(key.into(), leaders(&folder.join(file), key, &mut missing)?.figures().into());
    }
    let bulk = folder.parent().context("the folder of gazetteers stands beside that of bulk news")?.join("bulk");
    out.insert("phoenix".into(), phoenix(&folder.join("phoenix_countries.jsonl.gz"), &bulk, &mut missing)?.figures().into());
    for line in missing.iter().take(errors) {
        println!("{line}");
    }
    Ok(out)
}

/// ISO code by the abbreviation of the Correlates of War, and by its number and that of Gleditsch and Ward.
fn states() -> BTreeMap<String, String> {
    let lexicon = Lexicon::builtin();
    let states = lexicon.entries().iter().filter(|e| e.kind == EntryKind::State);
    let codes = states.filter_map(|e| lexicon.codes(&e.code).map(|c| (c, &e.code)));
    let keys = codes.flat_map(|(c, iso)| [(c.cow, iso), (c.cow_number, iso), (c.gw, iso)]);
    keys.filter(|(key, _)| !key.is_empty()).map(|(key, iso)| (key.to_owned(), iso.clone())).collect()
}

fn leaders(path: &Path, measure: &str, missing: &mut Vec<String>) -> Result<Share> {
    let (states, lexicon) = (states(), Lexicon::builtin());
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, e) in lexicon.entries().iter().enumerate() {
        for (_, t) in &e.tenures {
            holders.entry(&t.code).or_default().insert(at);
        }
    }
    let mut out = Share::default();
    let mut seen = BTreeSet::new();
    for row in rows::json(path)? {
        let string = |key: &str| row[key].as_str().unwrap_or_default();
        let state = if string("idacr").is_empty() { string("stateabb") } else { string("idacr") };
        let Some((name, (from, to))) = row["leader"].as_str().zip(tenure(&row)).filter(|(_, (_, to))| to.year() >= 2000) else {
            continue;
        };
        let number = row["ccode"].as_str().map(str::to_owned).unwrap_or_else(|| row["ccode"].to_string());
        let Some(code) = states.get(state).or_else(|| states.get(&number)) else {
            out.count(false, measure, state, name, missing, || format!("{state}: {name}: no state of ours"));
            continue;
        };
        if !seen.insert((code.clone(), name.to_owned(), from.year())) {
            continue;
        }
        let holds = |at: &usize| {
            let offices = &lexicon.entry(*at).tenures;
            offices.iter().any(|(_, t)| t.code == *code && t.from.is_none_or(|f| f <= to) && t.to.is_none_or(|t| from <= t))
        };
        let found = called(name).iter().any(holds)
            || holders.get(code.as_str()).is_some_and(|h| h.iter().any(|at| holds(at) && alike(name, *at)));
        out.count(found, measure, state, name.trim(), missing, || format!("{state}: {name} ({from} to {to}) is not ours"));
    }
    Ok(out)
}

/// Those whom the name means as a whole, or a word of it as a last name.
fn called(name: &str) -> Vec<usize> {
    let lexicon = Lexicon::builtin();
    let whole = lexicon.look_up(name).into_iter().map(|s| s.entry);
    whole.chain(name.split([' ', '.', '-']).filter(|n| n.len() > 1).flat_map(|n| lexicon.by_surname(n))).collect()
}

/// Whether a word of the name, longer than an article, is a word of the entry's name.
fn alike(name: &str, at: usize) -> bool {
    let (name, ours) = (fold(name), fold(&Lexicon::builtin().entry(at).name));
    let same = |w: &str| ours.split(' ').any(|o| w.len() > 2 && (o == w || similar_names(o, w).is_some()));
    name.split(' ').any(same)
}

/// First and last day in office, as far as the row tells.
fn tenure(row: &Value) -> Option<(Date, Date)> {
    if let (Some(from), Some(to)) = (row["startdate"].as_str(), row["enddate"].as_str()) {
        return Some((from.parse().ok()?, to.parse().ok()?));
    }
    let number = |key: &str| row[key].as_str().and_then(|n| n.parse::<i16>().ok());
    let from = Date::new(number("syear")?, number("smonth")? as i8, 1).ok()?;
    // those without an end were in office when the list was closed
    let to = Date::new(number("eyear").unwrap_or(2021), number("emonth").unwrap_or(3) as i8, 28).ok()?;
    Some((from, to))
}

fn phoenix(path: &Path, bulk: &Path, missing: &mut Vec<String>) -> Result<Share> {
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    for row in rows::json(path)? {
        let codes = row["codes"].as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str);
        let Some(code) = codes.filter_map(recent).next() else { continue };
        let names = row["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str).chain(row["name"].as_str());
        for name in names {
            let name = name.split(';').next().unwrap_or(name).trim().to_lowercase();
            if !name.is_empty() {
                wanted.insert(name, code.to_owned());
            }
        }
    }
    let said = said(bulk, &wanted)?;
    let lexicon = Lexicon::builtin();
    let mut out = Share::default();
    for (name, code) in wanted.iter().filter(|(n, _)| said.contains(*n)) {
        let ours = meant(name).map(|s| lexicon.entry(s.entry));
        let held = |state: &str| ours.is_some_and(|e| e.code == state || e.tenures.iter().any(|(_, t)| t.code == state));
        let found = states_of(code).iter().any(|s| held(s));
        out.count(found, "phoenix", code, name, missing, || {
            let ours = ours.map(|e| format!("{} ({})", e.id, e.code));
            format!("phoenix: {name}: {ours:?} instead of {code}")
        });
    }
    Ok(out)
}

/// The states of today that a code of the dictionary stands for.
fn states_of(code: &str) -> Vec<&str> {
    match code {
        "KSV" => vec!["XKX"],
        "SCG" | "YUG" => vec!["SRB", "MNE"],
        "IGO" => vec!["UNO", "EUR", "IGO"],
        code => vec![code],
    }
}

/// What a phrase means as a whole, else by the last part of it that is known ("chancellor angela merkel").
fn meant(phrase: &str) -> Option<Sense> {
    let lexicon = Lexicon::builtin();
    let whole = lexicon.look_up(phrase).first().copied();
    let capital =
        |w: &str| w.chars().next().map(|c| c.to_uppercase().chain(w.chars().skip(1)).collect::<String>()).unwrap_or_default();
    whole.or_else(|| {
        let words: Vec<String> = phrase.split_whitespace().map(capital).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        lexicon.find(&words).last().and_then(|m| m.senses.first().copied())
    })
}

/// The state of a code that is dated after 2000 ("AGOGOVBUS 081201-100731", "<040101" and the like are dated).
fn recent(code: &str) -> Option<&str> {
    let (code, dates) = code.split_once(' ')?;
    let last: String = dates.rsplit(['-', '>', '<']).next()?.chars().take_while(char::is_ascii_digit).collect();
    let year: u32 = last.get(..2)?.parse().ok()?;
    (last.len() == 6 && year <= 30).then(|| code.get(..3)).flatten()
}

/// Those of the wanted phrases that occur in the bulk news.
fn said(bulk: &Path, wanted: &BTreeMap<String, String>) -> Result<BTreeSet<String>> {
    let longest = wanted.keys().map(|n| n.split_whitespace().count()).max().unwrap_or(0).min(6);
    let known: std::collections::HashSet<&str> = wanted.keys().map(String::as_str).collect();
    let mut out = BTreeSet::new();
    for file in ["bbc.jsonl.gz", "reuters21578.jsonl.gz", "te3_silver.jsonl.gz"] {
        for row in rows::json(&bulk.join(file))? {
            let text = row["text"].as_str().or(row["body"].as_str()).unwrap_or_default().to_lowercase();
            let words: Vec<&str> = text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
            for at in 0..words.len() {
                let mut phrase = String::new();
                for word in &words[at..(at + longest).min(words.len())] {
                    if !phrase.is_empty() {
                        phrase.push(' ');
                    }
                    phrase.push_str(word);
                    if known.contains(phrase.as_str()) {
                        out.insert(phrase.clone());
                    }
                }
            }
        }
    }
    Ok(out)
}
