//! Tasks of the house: `cargo xtask tidy` tests the map, `cargo xtask eval` recomputes every figure, `cargo xtask bench` the speed.

mod bench;
mod drift;
mod eval;
mod evidence;
mod register;
mod tidy;

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the house")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check the map: crates against ARCHITECTURE.md, who may depend on whom, stray files, house style that can be counted.
    Tidy,
    /// Recompute figures; without a measure, all of them on the development data, written to eval/scores.csv.
    ///
    /// Measures: events DIR, debris DIR, resolve DIR, ud FILE (--raw), ner FILE (--folds N), coref FILE, time FILE, sentences FILE, false FILE,
    /// pairs IN OUT,
    /// attribution FILE, status FILE, crossdoc FILE, reprints FILE, pages FILE, dates FILE, lexicon DIR.
    Eval(eval::Request),
    /// What the coder of the working tree codes otherwise than that of a commit: events added, removed and recoded on a frozen corpus.
    Drift(drift::Request),
    /// What the coder weighs in the articles of a file (JSON Lines with `id` and `text`), to fit its weights.
    Evidence {
        /// The articles.
        file: PathBuf,
    },
    /// Words per second of the English model on one core, by every path that the processor can go; with `register`, the speed of a record.
    #[command(args_conflicts_with_subcommands = true)]
    Bench {
        #[command(subcommand)]
        of: Option<Bench>,
        #[command(flatten)]
        model: bench::Request,
    },
}

#[derive(Subcommand)]
enum Bench {
    /// Reports per second that a record takes in, its memory, and how long questions wait for answers.
    Register(register::Request),
}

/// The root of the workspace.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Tidy => tidy::run(&root()),
        Task::Eval(request) => eval::run(&root(), &request),
        Task::Drift(request) => drift::run(&root(), &request),
        Task::Evidence { file } => evidence::print(&file).map(|()| true),
        Task::Bench { of: Some(Bench::Register(request)), .. } => register::run(&request),
        Task::Bench { of: None, model } => bench::run(&root(), &model),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
