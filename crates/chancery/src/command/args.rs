//! The command line: every flag is defined here once, with its words.

use super::corrections::CorrectCommand;
use chancery::model::{EventType, Sector, Status};
use chancery_lexicon::{EntryKind, OfficeKind};
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
    /// Own names beside the lexicon: a .csv, .toml or PETRARCH actor file; may be repeated
    #[arg(long, global = true, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
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
    /// Who asserts, denies or doubts what, and what actors want, hold or expect
    #[command(after_help = "\
Examples:
  chancery claims --contested
  chancery claims --by IRN           what Iran asserts, denies, wants and opposes
  chancery claims --about assad      positions on a matter, by speaker and time
  chancery claims --actor iran --said-by \"Amir-Abdollahian\"")]
    Claims {
        /// Only those that some assert and others deny or doubt; the claims that stand against one are named beside it
        #[arg(long)]
        contested: bool,
        /// Only what they hold: a name, code, or code/sector
        #[arg(long, value_name = "WHO", value_parser = who, conflicts_with = "said_by")]
        by: Option<String>,
        /// Positions on matters that hold these words, each speaker's in the order of time, and claims with these words
        #[arg(long, value_name = "WORDS", value_parser = named)]
        about: Option<String>,
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
  chancery dyad Lavrov Zarif --since 2015-10-01 --format jsonl
  chancery dyad russia iran --by month --format csv    the series: counts, scores, level, origins

With --by there is a row for each step from the first in which something passed to the last, quiet ones among them, for all ways together and for
each way. score and Goldstein are sums over what happened, by the PLOVER and the Goldstein scale (-10 to 10 an event; what was denied, promised or
only possible adds nothing). level is the mean PLOVER score of an event that happened, so that it does not grow with the number of events; it is
empty where nothing happened. smoothed is the level with the steps before it, each counting 0.7 as much as the next; where nothing happens it fades
by as much towards 0. deeds is the share of deeds less that of words, from -1 (words alone) to 1 (deeds alone). origins are independent: reprints
of one text count once, and so does what rests on one outlet's word.")]
    Dyad {
        /// A name or code: russia, RUS, SYR/REB, Hezbollah, Lavrov
        #[arg(value_parser = who)]
        a: String,
        /// The other
        #[arg(value_parser = who)]
        b: String,
        /// The series by steps of this length instead of the events
        #[arg(long, value_enum, value_name = "STEP")]
        by: Option<By>,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// Where the relation of two turned, what explains it and on what that rests
    #[command(after_help = "\
Examples:
  chancery shifts russia iran
  chancery shifts RUS TUR --since 2015-06 --until 2016-12 --by week
  chancery shifts israel hezbollah --way there --reported")]
    Shifts {
        #[command(flatten)]
        pair: Pair,
        /// Length of the steps [default: the longest that leave enough of them]
        #[arg(long, value_enum, value_name = "STEP")]
        by: Option<By>,
        /// Only what the first does to the other, or back
        #[arg(long, value_enum, value_name = "WAY")]
        way: Option<Way>,
        /// Take the day of the first report for events that have no date and are no background
        #[arg(long)]
        reported: bool,
    },
    /// Who stands with whom: ties, support, mediators, and whether friends of friends are friends
    #[command(after_help = "\
Examples:
  chancery network --since 2015-09 --until 2016-12
  chancery network --show triads
  chancery network --level sector --place syria --format jsonl")]
    Network {
        /// What stands at the ends of a tie
        #[arg(long, value_enum, default_value = "code")]
        level: Ends,
        /// Only this part [default: all in a table, ties otherwise]
        #[arg(long, value_enum)]
        show: Option<Part>,
        #[command(flatten)]
        filtered: Filtered,
    },
    /// What the next month may bring between two, and how well that could have been told before
    #[command(after_help = "\
Examples:
  chancery outlook russia iran
  chancery outlook RUS TUR --way there --format jsonl

The month is the one after the last that articles cover. The back-test tells every month from those before it alone, and beside it stand the
errors of two naive answers: the last month again, and the mean of all months before.")]
    Outlook {
        #[command(flatten)]
        pair: Pair,
        /// Only what the first does to the other, or back
        #[arg(long, value_enum, value_name = "WAY")]
        way: Option<Way>,
        /// Take the day of the first report for events that have no date and are no background
        #[arg(long)]
        reported: bool,
    },
    /// A dossier on two actors, every sentence with its sources
    #[command(after_help = "\
Examples:
  chancery brief russia iran
  chancery brief RUS IRN --since 2015-09 --until 2016-12 --html russia-iran.html
  chancery brief SYR/GOV SYR/REB --md - > brief.md
  chancery brief RUS IRN --html brief.html --md brief.md    both")]
    Brief {
        #[command(flatten)]
        pair: Pair,
        /// Write a page that stands alone, without scripts; `-` for stdout
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Write Markdown; `-` for stdout
        #[arg(long, value_name = "FILE")]
        md: Option<PathBuf>,
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
    /// Why a field says what it says: words, rules, rejected readings, sources; and whose text an article is
    #[command(after_help = "\
Examples:
  chancery explain r3f09c2
  chancery explain e81d7a0b5c64f2e19
  chancery explain latakia     who printed the text of this document first, which pages share it and how much of it, what it tells

The id of a report (r…), event (e…) or article (a…), of which the first digits suffice where they are unique; or the name of a document.")]
    Explain {
        /// Id of a report, event or article, or the name of a document
        id: String,
    },
    /// Write the record as a file of another shape, to stdout
    #[command(after_help = "\
Examples:
  chancery export jsonl > events.jsonl       PLOVER names, one report a line
  chancery export csv --type assault > assaults.csv   one merged event a row
  chancery export events > merged.jsonl      one merged event a line; `supersedes` leads on from ids that were in use

What an event superseded depends on the order in which articles came; everything else is the same in any order.")]
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
    /// Say what a reading should be; what was read is kept beside it
    #[command(after_help = "\
Examples:
  chancery correct not-event r3f09c2 --author \"A. Reader\" --reason \"a headline of another story\"
  chancery correct actor e81d7a0 RUS \"Sergei Lavrov\" --author \"A. Reader\" --reason \"the minister himself\"
  chancery correct merge e81d7a0 e5c64f2 --author \"A. Reader\" --reason \"one meeting\"
  chancery correct undo 3 --author \"A. Reader\" --reason \"it was right\"
  chancery correct list

Corrections are only ever added, each with author, time and reason. They hold when an article is read or coded anew: a report is found again
by its id, else by its words, and `list` tells of those that are found no more.")]
    Correct {
        #[command(subcommand)]
        what: CorrectCommand,
    },
    /// Derive the record anew from the text of its articles and say what comes out otherwise
    #[command(after_help = "\
Example:
  chancery verify --record chancery.db

Exit code 0 where nothing differs, 3 where something does.")]
    Verify,
    /// What two records differ in: reports added, removed or recoded, events merged differently
    #[command(after_help = "\
Example:
  chancery diff before.db after.db

Exit code 0 where they differ, 1 where they say the same.")]
    Diff {
        /// A record
        first: PathBuf,
        /// Another
        second: PathBuf,
    },
    /// The runs that made the record, each with its receipt: hashes of inputs, program, lexicon and model
    #[command(after_help = "Example:\n  chancery runs --format jsonl")]
    Runs,
    /// Look into the lexicon, and add to one of your own
    #[command(after_help = "\
Examples:
  chancery lexicon find \"Sergey Lavrov\"
  chancery lexicon add \"Jane Doe\" --kind person --code GBR --office \"trade minister\" --since 2026-01-05 --lexicon mine.csv
  chancery code news/ --lexicon mine.csv
  chancery lexicon audit")]
    Lexicon {
        #[command(subcommand)]
        what: LexiconCommand,
    },
    /// Read the bundled sample into a fresh record and show it
    #[command(after_help = "\
Examples:
  chancery demo
  chancery demo --into chancery-demo    keep its pages and record there, to ask further questions
  chancery demo --record demo.db        keep its record alone")]
    Demo {
        /// Keep the sample's pages and record in this folder
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
}

/// Two actors and a stretch of time.
#[derive(Args, Clone)]
pub struct Pair {
    /// A name or code: russia, RUS, SYR/REB, Hezbollah, Lavrov
    #[arg(value_parser = who)]
    pub a: String,
    /// The other
    #[arg(value_parser = who)]
    pub b: String,
    /// First day, e.g. 2015-09-01; a month or year stands for its first day
    #[arg(long, visible_alias = "from", value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Last day; a month or year stands for its last
    #[arg(long, visible_alias = "to", value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// What the first does to the other
    There,
    /// What the other does to the first
    Back,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ends {
    /// States and kinds of organisation
    Code,
    /// Their sectors, as SYR/GOV and SYR/REB
    Sector,
    /// Persons and organisations by name
    Name,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// What passed between each two
    Ties,
    /// Who stands between others
    Mediators,
    /// Three by three
    Triads,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// The reports as JSON lines, PLOVER names
    Jsonl,
    /// The merged events as rows
    Csv,
    /// The merged events as JSON lines, each with the ids by which this record knew it before
    Events,
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
    /// Add a checked entry to a file of your own
    #[command(after_help = "\
Examples:
  chancery lexicon add \"Jane Doe\" --kind person --code GBR --office \"trade minister\" --since 2026-01-05 --lexicon mine.csv
  chancery lexicon add \"Sons of the Delta\" --kind group --code NGA --sector REB --alias SOTD --lexicon mine.toml
  chancery lexicon add \"Sergei Lavrov\" --kind person --code RUS --alias \"Sergej Lawrow\" --lexicon mine.csv

The file is made where there is none. A name that is known of the same state gets what is new; with an office, the days are those of the
office.")]
    Add(Box<Added>),
}

/// An entry as told on the command line.
#[derive(Args, Clone)]
pub struct Added {
    /// Canonical name
    #[arg(value_parser = named)]
    pub name: String,
    /// state, person, organisation, group, force, outlet or place
    #[arg(long, value_name = "KIND", value_parser = entry_kind)]
    pub kind: EntryKind,
    /// Code of its state, as GBR, or UNO, EUR, IGO, NGO, IMG, MNC, ISM
    #[arg(long, value_name = "CODE", default_value = "", value_parser = upper)]
    pub code: String,
    /// Sector, as GOV or REB
    #[arg(long, value_name = "SECTOR", value_parser = sector)]
    pub sector: Option<Sector>,
    /// Another name or spelling; may be repeated
    #[arg(long, alias = "names", value_name = "NAME", value_parser = named)]
    pub alias: Vec<String>,
    /// A person's last name, where it is not the last word; may be repeated
    #[arg(long, alias = "surnames", value_name = "NAME", value_parser = named)]
    pub surname: Vec<String>,
    /// Its adjective; may be repeated
    #[arg(long, alias = "adjectives", value_name = "WORD", value_parser = named)]
    pub adjective: Vec<String>,
    /// An office held, as "foreign minister"
    #[arg(long, value_name = "TITLE", value_parser = named)]
    pub office: Option<String>,
    /// Kind of the office [default: by its title]
    #[arg(long, value_name = "KIND", value_parser = office_kind, requires = "office")]
    pub office_kind: Option<OfficeKind>,
    /// Code of the office, where it is not that of the person
    #[arg(long, value_name = "CODE", value_parser = upper, requires = "office")]
    pub office_code: Option<String>,
    /// First day, of the office if one is given
    #[arg(long, alias = "from", value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Last day
    #[arg(long, alias = "to", value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
    /// Finer kind: city, province, party, wire, …
    #[arg(long, value_name = "WORD")]
    pub feature: Option<String>,
    /// Degrees north
    #[arg(long, value_name = "DEGREES", requires = "lon", allow_negative_numbers = true)]
    pub lat: Option<f64>,
    /// Degrees east
    #[arg(long, value_name = "DEGREES", requires = "lat", allow_negative_numbers = true)]
    pub lon: Option<f64>,
    /// Population of a place, prominence (0 to 100) of others
    #[arg(long, value_name = "NUMBER")]
    pub weight: Option<f64>,
    /// m or f
    #[arg(long, value_name = "m|f")]
    pub gender: Option<char>,
    /// Wikidata id
    #[arg(long, value_name = "ID")]
    pub wikidata: Option<String>,
    /// Where you have it from [default: the file]
    #[arg(long, value_name = "WORD")]
    pub source: Option<String>,
    /// Id, to tell two of one name apart [default: made of the name]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

fn entry_kind(s: &str) -> Result<EntryKind, String> {
    let known = || EntryKind::ALL.map(EntryKind::as_str).join(", ");
    EntryKind::ALL.into_iter().find(|k| k.as_str() == s.to_lowercase()).ok_or_else(|| format!("there are {}", known()))
}

fn office_kind(s: &str) -> Result<OfficeKind, String> {
    let known = || OfficeKind::ALL.map(OfficeKind::as_str).join(", ");
    OfficeKind::ALL.into_iter().find(|k| k.as_str() == s.to_lowercase()).ok_or_else(|| format!("there are {}", known()))
}

fn sector(s: &str) -> Result<Sector, String> {
    let known: Vec<&str> = Sector::ALL.iter().map(|t| t.as_str()).collect();
    s.to_uppercase().parse().map_err(|_| format!("no such sector; there are {}", known.join(", ")))
}

fn upper(s: &str) -> Result<String, String> {
    Ok(s.trim().to_uppercase())
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

pub(super) fn status(s: &str) -> Result<Status, String> {
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
