//! Inputs on their way through the rooms: options, progress, and the list of what failed.

use super::args::{Common, Inputs};
use anyhow::Result;
use chancery::{Failure, Outcome, Room, shown, stream};
use chancery_intake::Options;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

/// What came of a run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Articles that went through.
    pub articles: usize,
    /// Reports in them.
    pub reports: usize,
    /// Inputs that failed.
    pub failed: usize,
}

impl Inputs {
    fn options(&self) -> Options {
        let f = self.fields.clone();
        let mut options = Options {
            published: self.published,
            title_field: f.title_field,
            text_field: f.text_field,
            date_field: f.date_field,
            url_field: f.url_field,
            outlet_field: f.outlet_field,
            id_field: f.id_field,
            ..Options::default()
        };
        if let Some(bytes) = self.max_bytes {
            options.max_bytes = bytes;
        }
        options
    }
}

/// Leads the inputs through the rooms up to `last` and hands each outcome to `take`, in the order of the inputs.
///
/// What fails is told on stderr and listed in `errors`, and the run goes on; an error of `take` ends it.
pub fn feed(
    inputs: &Inputs,
    common: &Common,
    last: Room,
    errors: PathBuf,
    mut take: impl FnMut(&Outcome) -> Result<()>,
) -> Result<Tally> {
    let options = inputs.options();
    let threads = threads(common);
    let progress = progress(common.quiet);
    let mut failures = Failures { path: errors, file: None, lost: None };
    let mut tally = Tally::default();
    let (mut notes, mut stopped, mut blank) = (Notes::default(), None, 0usize);
    let pages = || chancery_intake::pages(&inputs.inputs, &options);
    stream(pages, &super::rooms(), last, threads, |outcome| {
        let done = match outcome {
            Ok(o) => {
                tally.articles += 1;
                tally.reports += o.reports.len();
                if !common.quiet {
                    notes.tell(&o, &progress);
                }
                take(&o)
            }
            Err(f) if f.is_blank() => {
                blank += 1;
                Ok(())
            }
            Err(f) => {
                tally.failed += 1;
                progress.suspend(|| eprintln!("chancery: {}", shown(&f.to_string())));
                failures.add(&f);
                Ok(())
            }
        };
        progress.inc(1);
        if progress.position().is_multiple_of(16) {
            progress.set_message(format!("{} reports, {} failed", tally.reports, tally.failed));
        }
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => {
                stopped = Some(e);
                ControlFlow::Break(())
            }
        }
    });
    progress.finish_and_clear();
    notes.rest();
    if blank > 0 && !common.quiet {
        eprintln!("chancery: {blank} row(s) without any text passed over");
    }
    failures.close(tally.failed);
    stopped.map_or(Ok(tally), Err)
}

/// The number of threads asked for, else that of the cores.
pub fn threads(common: &Common) -> usize {
    common.threads.map_or_else(cores, usize::from)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A counter on stderr, if that is a terminal.
fn progress(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} articles, {per_sec}, {msg} [{elapsed}]") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Notes of one code that are told one by one; of the rest only the number is.
const NOTES: usize = 3;

/// Notes on articles, by code.
#[derive(Default)]
struct Notes(BTreeMap<String, usize>);

impl Notes {
    fn tell(&mut self, o: &Outcome, progress: &ProgressBar) {
        for n in &o.notes {
            let count = self.0.entry(n.code.clone()).or_default();
            *count += 1;
            if *count <= NOTES {
                progress.suspend(|| eprintln!("{}: {}: {}", shown(&o.article.locator), n.code, shown(&n.message)));
            }
        }
    }

    fn rest(&self) {
        for (code, count) in self.0.iter().filter(|(_, c)| **c > NOTES) {
            eprintln!("{code}: {} more", count - NOTES);
        }
    }
}

/// The list of what failed; the file is made at the first failure. Where it cannot be written the run goes on: all was told on stderr.
struct Failures {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    lost: Option<std::io::Error>,
}

impl Failures {
    fn add(&mut self, f: &Failure) {
        if self.lost.is_none() {
            self.lost = self.write(f).err();
        }
    }

    fn write(&mut self, f: &Failure) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(BufWriter::new(File::create(&self.path)?)),
        };
        writeln!(file, "{}", json!({"input": f.locator, "code": f.code, "message": f.message}))
    }

    fn close(mut self, failed: usize) {
        if self.lost.is_none() {
            self.lost = self.file.as_mut().and_then(|f| f.flush().err());
        }
        let path = self.path.display();
        match self.lost {
            Some(e) => eprintln!("chancery: {failed} input(s) failed; {path}, the list of them, cannot be written: {e}"),
            None if self.file.is_some() => eprintln!("chancery: {failed} input(s) failed, listed in {path}"),
            None => {}
        }
    }
}
