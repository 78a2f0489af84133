//! The command line: every flag is defined here once, with its words.

use chancery::model::{EventType, Sector, Status};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

const ABOUT: &str = "Reads news and keeps the record: who did what to whom, when, and who says so";
const EXITS: &str = "Exit codes: 0 done, 1 nothing found, 2 wrong use, 3 some inputs failed (listed in errors.jsonl)";
const CLI: &str = "\
Examples:
  chancery demo
  chancery read news/            take a folder of news into chancery.db
  chancery dyad russia iran      what passed between the two
  chancery search Palmyra
  chancery code news/ > events.jsonl

Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 nothing found, 2 wrong use, 3 some inputs failed (listed in errors.jsonl).";

#[derive(Parser)]
#[command(name = "chancery", version, about = ABOUT, after_help = EXITS, after_long_help = CLI, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args, Clone)]
pub struct Common {
    /// The record file [default: $CHANCERY_RECORD, else chancery.db]
    #[arg(long, global = true, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// How to print [default: table on a terminal, tsv in a pipe]
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Threads; results do not depend on it [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Say nothing on stderr but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Tsv,
    Jsonl,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stop {
    Intake,
    Text,
    Resolve,
    Code,
}

#[derive(Subcommand)]
pub enum Command {
    /// Take pages in and keep what they tell in the record
    #[command(after_help = "\
Examples:
  chancery read news/ more.jsonl page.html
  curl -s https://example.org/story.html | chancery read - --published 2016-03-28
  chancery read --stop-after text story.txt     show sentences, names and event cues; keep nothing

Each article is kept once, however often it is read; a killed run is completed by running it again.")]
    Read(Inputs),
    /// Print what pages tell, one JSON object a line; keep nothing
    #[command(after_help = "\
Examples:
  chancery code news/ > events.jsonl
  chancery code rows.jsonl --text-field body --date-field day
  chancery code story.txt --stop-after code     the evidence of each event under its words
  chancery code story.txt --stop-after intake --format jsonl")]
    Code(Inputs),
    /// The events of the record
    #[command(after_help = "\
Examples:
  chancery events --type assault --since 2015-09-01 --until 2015-12-31
  chancery events --from russia --to syria --format jsonl
  chancery events --said-by reuters --status negated")]
    Events(Filtered),
    /// Who asserts, denies or doubts what
    #[command(after_help = "\
Examples:
  chancery claims --contested
  chancery claims --actor iran --said-by \"Amir-Abdollahian\"")]
    Claims {
        /// Only those that some assert and others deny or doubt
        #[arg(long)]
        contested: bool,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// The actors of the record and how often they act and are acted on
    #[command(after_help = "\
Examples:
  chancery actors
  chancery actors --place syria --since 2016-01-01")]
    Actors(Filtered),
    /// What passed between two actors, both ways
    #[command(after_help = "\
Examples:
  chancery dyad russia IRN
  chancery dyad SYR/GOV SYR/REB
  chancery dyad Lavrov Zarif --since 2015-10-01 --format jsonl")]
    Dyad {
        /// A name or code: russia, RUS, SYR/REB, Hezbollah, Lavrov
        #[arg(value_parser = who)]
        a: String,
        /// The other
        #[arg(value_parser = who)]
        b: String,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// Find words in the articles of the record, with the events told there
    #[command(after_help = "\
Examples:
  chancery search Palmyra
  chancery search '\"air base\" Hamadan' --since 2016-08-01")]
    Search {
        /// Words that must all occur; a phrase in quotation marks
        #[arg(required = true, num_args = 1..)]
        words: Vec<String>,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// Why a field says what it says: words, rules, rejected readings, sources
    #[command(after_help = "\
Examples:
  chancery explain r3f09c2
  chancery explain e81d7a0b5c64f2e19

The id of a report (r…) or event (e…); the first digits suffice where they are unique.")]
    Explain {
        /// Id of a report or event
        id: String,
    },
    /// Write the record as a file of another shape, to stdout
    #[command(after_help = "\
Examples:
  chancery export jsonl > events.jsonl       PLOVER names, one report a line
  chancery export csv --type assault > assaults.csv   one merged event a row")]
    Export {
        /// The shape
        #[arg(value_enum)]
        shape: Shape,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// Audit the record
    #[command(after_help = "Example:\n  chancery check --record chancery.db")]
    Check,
    /// Look into the lexicon
    #[command(after_help = "\
Examples:
  chancery lexicon find \"Sergey Lavrov\"
  chancery lexicon audit")]
    Lexicon {
        #[command(subcommand)]
        what: LexiconCommand,
    },
    /// Read the bundled sample into a fresh record and show it
    #[command(after_help = "\
Examples:
  chancery demo
  chancery demo --into chancery-demo    keep its pages and record there, to ask further questions")]
    Demo {
        /// Keep the sample's pages and record in this folder
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    Jsonl,
    Csv,
}

#[derive(Subcommand)]
pub enum LexiconCommand {
    /// What a phrase can mean
    Find {
        /// A name, code, title or place
        #[arg(required = true, num_args = 1..)]
        phrase: Vec<String>,
    },
    /// What the lexicon holds and how much of it has a second source
    Audit,
}

#[derive(Args, Clone)]
pub struct Inputs {
    /// Files and folders of txt, md, html, json, jsonl, csv; `-` for stdin
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Publication date of inputs that state none
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,
    #[command(flatten)]
    pub fields: Fields,
    /// Largest article taken, in bytes
    #[arg(long, value_name = "BYTES")]
    pub max_bytes: Option<usize>,
    /// Print this room's result with carets under the words, and go no further
    #[arg(long, value_enum, value_name = "ROOM")]
    pub stop_after: Option<Stop>,
}

/// Which field of a row holds what; found out where not told.
#[derive(Args, Clone, Default)]
pub struct Fields {
    /// Field of a row that holds the text [default: found out, as for the others]
    #[arg(long, value_name = "FIELD")]
    pub text_field: Option<String>,
    /// Field that holds the headline
    #[arg(long, value_name = "FIELD")]
    pub title_field: Option<String>,
    /// Field that holds the publication date
    #[arg(long, value_name = "FIELD")]
    pub date_field: Option<String>,
    /// Field that holds the outlet
    #[arg(long, value_name = "FIELD")]
    pub outlet_field: Option<String>,
    /// Field that holds the address
    #[arg(long, value_name = "FIELD")]
    pub url_field: Option<String>,
    /// Field that holds the row's id
    #[arg(long, value_name = "FIELD")]
    pub id_field: Option<String>,
}

/// The same on every noun.
#[derive(Args, Clone, Default)]
pub struct Filtered {
    /// An actor on either side: a name, code, or code/sector
    #[arg(long, value_name = "WHO", value_parser = who)]
    pub actor: Option<String>,
    /// Who acts
    #[arg(long, value_name = "WHO", value_parser = who)]
    pub from: Option<String>,
    /// Who is acted on
    #[arg(long, value_name = "WHO", value_parser = who)]
    pub to: Option<String>,
    /// Event type, e.g. ASSAULT (several: repeat or separate by commas)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    pub types: Vec<EventType>,
    /// First day, e.g. 2015-09-01; a month or year stands for its first day
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Last day; a month or year stands for its last
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
    /// Where it happened: a place or country
    #[arg(long, value_name = "PLACE", value_parser = named)]
    pub place: Option<String>,
    /// Whose word it is: a person, body or outlet
    #[arg(long, value_name = "WHO", value_parser = who)]
    pub said_by: Option<String>,
    /// actual, future, hypothetical or negated
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub status: Vec<Status>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

fn event_type(s: &str) -> Result<EventType, String> {
    s.to_uppercase().parse().map_err(|_| {
        let known: Vec<&str> = EventType::ALL.iter().map(|t| t.as_str()).collect();
        format!("no such event type; there are {}", known.join(", "))
    })
}

fn status(s: &str) -> Result<Status, String> {
    s.to_lowercase().parse().map_err(|_| "there are actual, future, hypothetical and negated".to_owned())
}

fn named(s: &str) -> Result<String, String> {
    let name = s.trim();
    if name.chars().any(char::is_alphanumeric) { Ok(name.to_owned()) } else { Err("a name is wanted".to_owned()) }
}

/// A name or code; what follows the slash of a code must be a sector.
fn who(s: &str) -> Result<String, String> {
    let name = named(s)?;
    let code = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_alphabetic());
    match name.split_once('/') {
        Some((state, sector)) if code(state) && sector.to_uppercase().parse::<Sector>().is_err() => {
            let known: Vec<&str> = Sector::ALL.iter().map(|t| t.as_str()).collect();
            Err(format!("no such sector; there are {}", known.join(", ")))
        }
        _ => Ok(name),
    }
}

fn day(s: &str) -> Result<Date, String> {
    s.trim().parse().map_err(|_| "write a day as 2015-09-01".to_owned())
}

fn first_day(s: &str) -> Result<Date, String> {
    let s = s.trim();
    let whole =
        [String::new(), "-01".to_owned(), "-01-01".to_owned()].into_iter().find_map(|rest| format!("{s}{rest}").parse().ok());
    whole.ok_or_else(|| "write it as 2015-09-01, 2015-09 or 2015".to_owned())
}

fn last_day(s: &str) -> Result<Date, String> {
    let first = first_day(s)?;
    Ok(match s.trim().len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_stand_for_their_ends() {
        let day = |s: &str| s.parse::<Date>().unwrap();
        assert_eq!(first_day("2016-02"), Ok(day("2016-02-01")));
        assert_eq!(last_day("2016-02"), Ok(day("2016-02-29")));
        assert_eq!((first_day("2016"), last_day("2016")), (Ok(day("2016-01-01")), Ok(day("2016-12-31"))));
        assert_eq!(last_day("2016-02-03"), Ok(day("2016-02-03")));
        assert!(["", "yesterday", "2016-13", "2016-02-30", "16"].iter().all(|s| first_day(s).is_err() && last_day(s).is_err()));
    }

    #[test]
    fn a_sector_that_is_none_is_named() {
        assert!(who("SYR/FOO").unwrap_err().contains("REB"));
        assert!(who(" ").is_err() && named("'").is_err());
        assert_eq!(who("syr/reb"), Ok("syr/reb".to_owned()));
        assert_eq!(who("Ansar/Group"), Ok("Ansar/Group".to_owned()));
    }
}
