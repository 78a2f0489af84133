//! The commands: argv in, rows on stdout, an exit code.

mod args;
mod brief;
mod cases;
mod claims;
mod correct;
mod corrections;
mod demo;
mod explain;
mod feed;
mod keep;
mod lexicon;
mod network;
mod nouns;
mod outlook;
mod output;
mod pair;
mod patch;
mod printed;
mod record;
mod series;
mod shifts;
mod take;
mod verify;

use anyhow::Result;
use args::{Cli, Command, LexiconCommand};
use clap::Parser;
use lexicon::rooms;
use output::Out;
use record::Record;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const DONE: u8 = 0;
const NOTHING: u8 = 1;
const USAGE: u8 = 2;
const FAILED: u8 = 3;

/// Wrong use that only shows when the command runs.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    // clap prints help to stdout with 0, wrong use to stderr with 2, and heeds NO_COLOR.
    let cli = Cli::parse();
    let mut out = Out::stdout(cli.common.format);
    let code = run(&cli, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    ExitCode::from(code.unwrap_or_else(|e| complain(&e)))
}

/// Tells what went wrong, and gives its exit code. A reader that has had enough (`| head`) is no failure.
fn complain(error: &anyhow::Error) -> u8 {
    let closed = |e: &(dyn std::error::Error + 'static)| {
        let io = e.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = e.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return DONE;
    }
    let store = error.downcast_ref::<chancery_store::Error>();
    match store {
        // It tells its cause itself.
        Some(e) => eprintln!("chancery: {e}"),
        None if error.is::<std::io::Error>() => eprintln!("chancery: the output cannot be written: {error}"),
        None => eprintln!("chancery: {error:#}"),
    }
    let missing = store.is_some_and(chancery_store::Error::is_missing);
    if missing || error.is::<Usage>() { USAGE } else { FAILED }
}

fn run(cli: &Cli, out: &mut Out) -> Result<u8> {
    let path = record_path(cli);
    let ask = || Record::existing(&path);
    if !matches!(cli.command, Command::Lexicon { what: LexiconCommand::Add(_) }) {
        lexicon::load(&cli.common)?;
    }
    let found = match &cli.command {
        Command::Read(inputs) => return take::read(inputs, &cli.common, &path, out).map(exit),
        Command::Code(inputs) => return take::code(inputs, &cli.common, out).map(exit),
        Command::Events(filtered) => nouns::events(&ask()?, filtered, out)?,
        Command::Claims { contested, by, about, filtered } => {
            let of = claims::Of { contested: *contested, by: by.as_deref(), about: about.as_deref() };
            claims::claims(&ask()?, of, filtered, out)?
        }
        Command::Actors(filtered) => nouns::actors(&ask()?, filtered, out)?,
        Command::Dyad { a, b, by: None, filtered } => nouns::dyad(&ask()?, a, b, filtered, out)?,
        Command::Dyad { a, b, by: Some(by), filtered } => series::series(&ask()?, a, b, *by, filtered, out)?,
        Command::Shifts { pair, by, way, reported } => shifts::shifts(&ask()?, pair, *by, *way, *reported, out)?,
        Command::Network { level, show, filtered } => network::network(&ask()?, *level, *show, filtered, out)?,
        Command::Outlook { pair, way, reported } => outlook::outlook(&ask()?, pair, *way, *reported, out)?,
        Command::Brief { pair, html, md } => brief::brief(&ask()?, pair, html.as_deref(), md.as_deref(), out)?,
        Command::Search { words, filtered } => nouns::search(&ask()?, words, filtered, out)?,
        Command::Explain { id } => explain::explain(&ask()?, id, out)?,
        Command::Export { shape, filtered } => keep::export(&ask()?, *shape, filtered, out)?,
        Command::Check => return Ok(if keep::check(&ask()?, out)? { DONE } else { FAILED }),
        Command::Correct { what } => correct::correct(&mut ask()?, what, out)?,
        Command::Verify => {
            let same = verify::verify(&ask()?, feed::threads(&cli.common), cli.common.quiet, out)?;
            return Ok(if same { DONE } else { FAILED });
        }
        Command::Diff { first, second } => verify::diff(first, second, out)?,
        Command::Runs => verify::runs(&ask()?, out)?,
        Command::Lexicon { what } => lexicon::lexicon(what, &cli.common, out)?,
        Command::Demo { into } => demo::demo(&cli.common, into.as_deref(), out)?,
    };
    if !found && !cli.common.quiet {
        tell_nothing(&cli.command);
    }
    Ok(if found { DONE } else { NOTHING })
}

/// Says that nothing was found, where the command itself has not said more.
fn tell_nothing(command: &Command) {
    match command {
        Command::Events(filtered)
        | Command::Claims { filtered, .. }
        | Command::Actors(filtered)
        | Command::Search { filtered, .. }
        | Command::Network { filtered, .. }
        | Command::Export { filtered, .. } => eprintln!("{}", nouns::nothing(filtered)),
        Command::Lexicon { .. } => eprintln!("nothing found"),
        _ => {}
    }
}

/// `--record`, else `CHANCERY_RECORD`, else `chancery.db` in the current folder.
fn record_path(cli: &Cli) -> PathBuf {
    let told =
        cli.common.record.clone().or_else(|| std::env::var_os("CHANCERY_RECORD").filter(|v| !v.is_empty()).map(PathBuf::from));
    told.unwrap_or_else(|| PathBuf::from("chancery.db"))
}

fn exit(tally: feed::Tally) -> u8 {
    match tally {
        feed::Tally { failed: 1.., .. } => FAILED,
        feed::Tally { articles: 0, .. } => NOTHING,
        _ => DONE,
    }
}
