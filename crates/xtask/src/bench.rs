//! Speed of the English model on one core: every path that the processor can go, and ONNX Runtime with the same weights beside them.
//!
//! Times are those that the work itself was on a core, where the system tells them (Linux): what else the machine does then takes nothing
//! from the figures but room in the caches. Elsewhere the clock on the wall is read.
#![allow(clippy::disallowed_methods, reason = "the clock is what a benchmark reads")]

use anyhow::{Context, Result, ensure};
use chancery_text::{Model, Path as Way};
use clap::Args;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;
use std::{fs, hint};

/// How to measure.
#[derive(Args)]
pub struct Request {
    /// A Python that has onnx, onnxruntime and numpy: run the same weights in f32 beside ours.
    #[arg(long, value_name = "PYTHON")]
    onnx: Option<PathBuf>,
    /// Rounds; in each, everything runs once, in turns. Medians are printed.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Sentences of 25 words.
    #[arg(long, default_value_t = 500)]
    sentences: usize,
}

/// Measures and prints; true when all figures came out.
pub fn run(root: &Path, request: &Request) -> Result<bool> {
    ensure!(request.rounds > 0 && request.sentences > 0, "--rounds and --sentences must be at least 1");
    let file = root.join("models/english.bin");
    let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
    let text = sentences(request.sentences);
    let words = text.iter().map(Vec::len).sum::<usize>();
    println!("{} words in {} sentences; {}; this processor goes best by {}", words, text.len(), processor(), Way::best().name());
    let mut ways = Vec::new();
    for way in Way::available() {
        let began = Timer::start();
        let model = Model::load(&bytes)?.on(way);
        println!("{}: loaded in {:.0} ms", way.name(), began.seconds() * 1000.0);
        ways.push((way, model, Vec::new()));
    }
    let mut other = request.onnx.as_deref().map(|python| Onnx::start(root, python, &text)).transpose()?;
    if let Some(onnx) = &other {
        onnx.compare(&ways[0].1.analyse(&text));
    }
    let mut others = Vec::new();
    for _ in 0..request.rounds {
        for (_, model, rates) in &mut ways {
            rates.push(words as f64 / timed(model, &text));
            if let Some(onnx) = &mut other {
                others.push(words as f64 / onnx.seconds()?);
            }
        }
    }
    report(&mut ways, &mut others);
    Ok(true)
}

fn report(ways: &mut [(Way, Model, Vec<f64>)], others: &mut [f64]) {
    let beside = (!others.is_empty()).then(|| median(others));
    for (way, _, rates) in ways {
        let rate = median(rates);
        let ratio = beside.map_or(String::new(), |b| format!(", {:.2} × ONNX Runtime", rate / b));
        println!("{:<14} {rate:6.0} words/s ({}){ratio}", way.name(), range(rates));
    }
    if let Some(b) = beside {
        println!("{:<14} {b:6.0} words/s ({})", "ONNX Runtime", range(others));
    }
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Of sorted numbers.
fn range(rates: &[f64]) -> String {
    format!("{:.0} to {:.0}", rates[0], rates[rates.len() - 1])
}

/// Seconds of one analysis of all sentences, every head included.
fn timed(model: &Model, text: &[Vec<&str>]) -> f64 {
    let began = Timer::start();
    hint::black_box(model.analyse(text));
    began.seconds()
}

/// Measures what this thread works.
pub struct Timer {
    clock: Instant,
    on_core: Option<f64>,
}

impl Timer {
    /// From now on.
    pub fn start() -> Self {
        Timer { clock: Instant::now(), on_core: on_core() }
    }
    /// Seconds since.
    pub fn seconds(&self) -> f64 {
        let worked = self.on_core.zip(on_core()).map(|(before, after)| after - before);
        worked.unwrap_or_else(|| self.clock.elapsed().as_secs_f64())
    }
}

/// Seconds that this thread has been on a core, where the system tells.
fn on_core() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|ns| ns * 1e-9)
}

/// What the system calls its processor.
fn processor() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told.lines().find_map(|l| l.strip_prefix("model name")).and_then(|l| l.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned())
}

/// ONNX Runtime in a process of its own.
struct Onnx {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    told: Told,
}

/// What the script says before its first run.
#[derive(Deserialize)]
struct Told {
    version: String,
    pieces: usize,
    upos: Vec<Vec<String>>,
}

impl Onnx {
    fn start(root: &Path, python: &Path, text: &[Vec<&str>]) -> Result<Self> {
        let script = root.join("training/onnx_speed.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg("--serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| python.display().to_string())?;
        let mut ask = child.stdin.take().context("no way to the script")?;
        let mut answers = BufReader::new(child.stdout.take().context("no way from the script")?);
        for words in text {
            writeln!(ask, "{}", words.join(" "))?;
        }
        writeln!(ask)?;
        let mut line = String::new();
        answers.read_line(&mut line)?;
        let told =
            serde_json::from_str(&line).context("onnx_speed.py did not start; has its Python onnx, onnxruntime and numpy?")?;
        Ok(Onnx { child, ask, answers, told })
    }

    /// Says how far both networks agree: a graph that computes something else would make the comparison void.
    fn compare(&self, ours: &[chancery_text::Analysis]) {
        let pairs = ours.iter().zip(&self.told.upos).flat_map(|(a, b)| a.upos.iter().zip(b));
        let (same, all) = pairs.fold((0, 0), |(same, all), (a, b)| (same + usize::from(a.to_string() == *b), all + 1));
        println!(
            "ONNX Runtime {}, f32, one thread, {} pieces: {:.2} % of the parts of speech as here",
            self.told.version,
            self.told.pieces,
            100.0 * same as f64 / f64::from(all.max(1)),
        );
    }

    /// Seconds of one run over all sentences.
    fn seconds(&mut self) -> Result<f64> {
        writeln!(self.ask, "again")?;
        self.ask.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        line.trim().parse().context("onnx_speed.py ended early")
    }
}

impl Drop for Onnx {
    fn drop(&mut self) {
        // it ends by itself when nobody asks any more; what it still says is of no use
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const WHO: &str = "ministers rebels officials diplomats police lawmakers protesters envoys soldiers judges traders reporters";
const WHOSE: &str = "Norwegian Kenyan Turkish Peruvian Latvian Malian Jordanian Cambodian northern regional senior local";
const DID: &str = "rejected attacked visited blamed praised detained warned accused welcomed expelled besieged investigated";
const WHAT: &str =
    "proposal ceasefire village embassy sanctions convoy agreement checkpoint election airport pipeline subcommittee";
const WHERE: &str = "Oslo Nairobi Ankara Arequipa Riga Timbuktu Amman Battambang Tskhinvali Maiduguri Geneva Quetta";
const WHEN: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday overnight again today 2014";

/// What sentences are made of: a letter after % stands for a word of a list, see `sentences`.
const SHAPE: &str = "The %a %w %d the %t near %p on %n , while %a %w in %p %d a %t that the %w had %d .";

/// Sentences of 25 words, always the same ones for a count.
fn sentences(count: usize) -> Vec<Vec<&'static str>> {
    let mut state = 1u32;
    let mut next = move |list: &'static str| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let words: Vec<&str> = list.split(' ').collect();
        words[(state >> 16) as usize % words.len()]
    };
    let mut word = |slot: &'static str| match slot {
        "%a" => next(WHOSE),
        "%w" => next(WHO),
        "%d" => next(DID),
        "%t" => next(WHAT),
        "%p" => next(WHERE),
        "%n" => next(WHEN),
        itself => itself,
    };
    (0..count).map(|_| SHAPE.split(' ').map(&mut word).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_25_words_differ() {
        let text = sentences(50);
        assert!(text.iter().all(|s| s.len() == 25), "{}", text[0].len());
        assert_eq!(text.iter().collect::<std::collections::BTreeSet<_>>().len(), 50);
        assert_eq!(text[..10], sentences(10)[..]);
    }

    #[test]
    fn middle_of_rates() {
        let mut rates = [3.0, 1.0, 9.0, 2.0, 5.0];
        assert_eq!((median(&mut rates), range(&rates)), (3.0, "1 to 9".to_owned()));
    }
}
