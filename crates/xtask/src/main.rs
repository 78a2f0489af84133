//! Tasks of the house: `cargo xtask tidy` tests the map, `cargo xtask eval` recomputes every figure, `cargo xtask bench` the speed.

mod bench;
mod eval;
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
    /// Measures: events DIR, debris DIR, resolve DIR, ud FILE (--raw), ner FILE (--folds N), coref FILE, time FILE, sentences FILE, pairs IN OUT,
    /// attribution FILE, status FILE, crossdoc FILE, reprints FILE, pages FILE, dates FILE, lexicon DIR.
    Eval(eval::Request),
    /// Words per second of the English model on one core, by every path that the processor can go.
    Bench(bench::Request),
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
        Task::Bench(request) => bench::run(&root(), &request),
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
