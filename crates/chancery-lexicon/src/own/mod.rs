//! A user's own files: read into [`Own`] entries, then joined with what the lexicon holds.

mod actors;
mod days;
mod join;
mod print;
mod table;
mod tree;

use crate::{EntryKind, Fault, OfficeKind};
use chancery_model::{Sector, Tenure};
use jiff::civil::Date;

/// An entry of a user's own file.
///
/// ```
/// use chancery_lexicon::{Lexicon, Own, OwnFile};
/// let text = "kind,name,code,office,from\nperson,Jane Doe,GBR,foreign minister,2026-01-05\n";
/// let file = OwnFile { name: "mine.csv".into(), text: text.into() };
/// let lexicon = Lexicon::with(&[file]);
/// assert!(lexicon.faults().is_empty());
/// assert_eq!(lexicon.entry(lexicon.look_up("Jane Doe")[0].entry).tenures[0].1.office, "foreign minister");
/// let wrong = OwnFile { name: "mine.csv".into(), text: "kind,name,code\nperson,Jane Doe,UK\n".into() };
/// assert!(Lexicon::with(&[wrong]).faults()[0].to_string().starts_with("mine.csv:2: `UK` is no code"));
/// # let _ = Own::default();
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// Line in its file, from 1.
    pub line: usize,
    /// Stable id; made of the name where empty. That of a known entry adds to it.
    pub id: String,
    /// What it is; `None` where the file tells only a code.
    pub kind: Option<EntryKind>,
    /// Canonical name.
    pub name: String,
    /// ISO 3166 alpha-3 or UNO, IGO, IMG, …; may be empty for places, groups and outlets.
    pub code: String,
    /// Sector.
    pub sector: Option<Sector>,
    /// Other names and spellings.
    pub names: Vec<String>,
    /// Last names of a person, where they are not the last word.
    pub surnames: Vec<String>,
    /// Adjectives.
    pub adjectives: Vec<String>,
    /// Finer kind: `city`, `party`, `wire`, …
    pub feature: String,
    /// First day of its existence.
    pub from: Option<Date>,
    /// Last day of its existence.
    pub to: Option<Date>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    /// Population of a place, prominence of others.
    pub weight: Option<f64>,
    /// `m` or `f`.
    pub gender: Option<char>,
    /// Wikidata id.
    pub wikidata: String,
    /// Where it was taken from; the file's name where empty.
    pub source: String,
    /// Offices held.
    pub offices: Vec<(OfficeKind, Tenure)>,
}

/// A user's own file, read by whoever calls.
///
/// What it is shows in the name: `.csv` (and `.tsv`), `.toml`, anything else is an actor dictionary of PETRARCH or Phoenix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Name for messages; its ending tells the format.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// The formats of a user's own file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnFormat {
    /// Rows under a header.
    Csv,
    /// `[[entry]]` tables.
    Toml,
    /// PETRARCH or Phoenix actors.
    Actors,
}

impl OwnFile {
    /// The format that the ending tells.
    pub fn format(&self) -> OwnFormat {
        let ending = self.name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" => OwnFormat::Csv,
            "toml" => OwnFormat::Toml,
            _ => OwnFormat::Actors,
        }
    }

    /// What it holds, and the lines that could not be read.
    pub(crate) fn read(&self) -> (Vec<Own>, Vec<Fault>) {
        let read = match self.format() {
            OwnFormat::Csv => table::read(&self.text, if self.name.ends_with(".tsv") { b'\t' } else { b',' }),
            OwnFormat::Toml => tree::read(&self.text),
            OwnFormat::Actors => actors::read(&self.text),
        };
        let faults = read.faults.into_iter().map(|(line, what)| Fault { file: self.name.clone(), line, what });
        (read.entries, faults.collect())
    }

    /// The text with an entry added at its end, in the format of the file.
    ///
    /// # Errors
    /// Where the file is an actor dictionary, or its header lacks a column that the entry needs; the message says what to do.
    pub fn with(&self, own: &Own) -> Result<String, String> {
        match self.format() {
            OwnFormat::Csv => print::row(&self.text, own, if self.name.ends_with(".tsv") { b'\t' } else { b',' }),
            OwnFormat::Toml => Ok(print::tree(&self.text, own)),
            OwnFormat::Actors => Err("an actor dictionary holds no kinds; add to a file that ends in .csv or .toml".to_owned()),
        }
    }
}

/// Entries of a file, and what could not be read by line.
#[derive(Default)]
struct Read {
    entries: Vec<Own>,
    faults: Vec<(usize, String)>,
}

fn kind(s: &str) -> Result<EntryKind, String> {
    EntryKind::ALL.into_iter().find(|k| k.as_str() == s).ok_or_else(|| {
        let known: Vec<&str> = EntryKind::ALL.iter().map(|k| k.as_str()).collect();
        format!("`{s}` is no kind; write one of {}", known.join(", "))
    })
}

fn sector(s: &str) -> Result<Sector, String> {
    s.parse().map_err(|_| {
        let known: Vec<&str> = Sector::ALL.iter().map(|s| s.as_str()).collect();
        format!("`{s}` is no sector; write one of {}", known.join(", "))
    })
}

fn day(s: &str) -> Result<Date, String> {
    s.parse().map_err(|_| format!("`{s}` is no day; write it as 2026-01-05"))
}

fn number(s: &str) -> Result<f64, String> {
    s.parse().ok().filter(|x: &f64| x.is_finite()).ok_or_else(|| format!("`{s}` is no number"))
}

fn office_kind(s: &str) -> Result<OfficeKind, String> {
    OfficeKind::parse(s).ok_or_else(|| {
        let known: Vec<&str> = OfficeKind::ALL.iter().map(|k| k.as_str()).collect();
        format!("`{s}` is no kind of office; write one of {}", known.join(", "))
    })
}
