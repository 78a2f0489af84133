//! Speed of a record as it grows: articles made from a seed are kept and merged, and questions asked of what came of it.
//!
//! Beside the clock on the wall stand the seconds that the work itself was on a core, since a machine does other work, too. What takes
//! milliseconds is measured by the wall alone: systems count the time on a core in steps of some.
#![allow(clippy::disallowed_methods, reason = "the clock is what a benchmark reads")]

use crate::bench::Timer;
use anyhow::{Result, ensure};
use chancery::register::derive;
use chancery::synthetic::{TOLD, World};
use chancery_model::{Event, Id};
use chancery_register::sketch;
use chancery_store::{Filter, Store, Who};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// How to measure.
#[derive(Args)]
pub struct Request {
    /// Reports to register.
    #[arg(long, default_value_t = 1_000_000)]
    reports: usize,
    /// Articles of a day, each with five reports.
    #[arg(long, default_value_t = 55)]
    daily: usize,
    /// What the articles are made from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Articles of one run: kept, then merged.
    #[arg(long, default_value_t = 10_000)]
    run: usize,
    /// Questions of each kind.
    #[arg(long, default_value_t = 400)]
    questions: usize,
    /// Where the record is made, and left; a folder of its own that is taken away afterwards, if not told.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
}

/// Measures and prints.
pub fn run(request: &Request) -> Result<bool> {
    let articles = request.reports.div_ceil(TOLD);
    ensure!(articles >= 1_000 && request.daily > 1 && request.run > 0 && request.questions > 0, "too little to measure");
    let folder = std::env::temp_dir().join(format!("chancery-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = request.into.clone().unwrap_or_else(|| folder.join("record.db"));
    ensure!(!path.exists(), "{} is there already", path.display());
    let done = measure(request, articles, &path);
    fs::remove_dir_all(&folder)?;
    done.map(|()| true)
}

fn measure(request: &Request, articles: usize, path: &std::path::Path) -> Result<()> {
    let world = World { seed: request.seed, daily: request.daily, undated: 300 };
    let mut store = Store::open(path)?;
    let timer = Pair::start();
    for n in 0..articles.min(20_000) {
        std::hint::black_box(world.article(n));
    }
    let making = timer.seconds().0 / articles.min(20_000) as f64;
    println!(
        "{} reports in {articles} articles of {} days; making an article takes {:.0} µs, left out below",
        articles * TOLD,
        articles / request.daily,
        making * 1e6
    );
    println!("reports so far, in this run: reports/s on a core (keeping, merging), on the wall; memory; file");
    let (mut at, mut sum) = (0, (0.0, 0.0));
    let tenth = articles / 10;
    let mut shown = 0;
    let mut part = (0.0, 0.0, 0.0, 0usize);
    while at < articles {
        let end = (at + request.run).min(articles);
        let timer = Pair::start();
        for n in at..end {
            keep(&mut store, &world, n)?;
        }
        let kept = timer.seconds();
        let timer = Pair::start();
        derive(&mut store)?;
        let merged = timer.seconds();
        let made = making * (end - at) as f64;
        sum = (sum.0 + kept.0 + merged.0 - made, sum.1 + kept.1 + merged.1 - made);
        part = (part.0 + kept.0 - made, part.1 + merged.0, part.2 + kept.1 + merged.1 - made, part.3 + end - at);
        at = end;
        if at >= shown + tenth || at == articles {
            let n = (part.3 * TOLD) as f64;
            println!(
                "{:>9}  {:6.0} ({:.0}, {:.0})  {:6.0}  {:4} MiB  {:5} MiB",
                at * TOLD,
                n / (part.0 + part.1),
                n / part.0,
                n / part.1,
                n / part.2,
                memory().unwrap_or(0) >> 10,
                fs::metadata(path)?.len() >> 20
            );
            (shown, part) = (at, (0.0, 0.0, 0.0, 0));
            later(&mut store, &world, articles, at / tenth)?;
        }
    }
    let n = (articles * TOLD) as f64;
    println!("all: {:.0} reports/s on a core, {:.0} on the wall", n / sum.0, n / sum.1);
    let counts = store.counts()?;
    println!("{} reports of {} events, {} claims", counts.reports, counts.events, counts.claims);
    questions(&store, request)
}

fn keep(store: &mut Store, world: &World, n: usize) -> Result<()> {
    let (article, reports) = world.article(n);
    store.put(&article, &reports, &[], &sketch(&article.text))?;
    Ok(())
}

/// One article at a time, each merged at once.
fn later(store: &mut Store, world: &World, articles: usize, tenth: usize) -> Result<()> {
    let mut times: Vec<f64> = Vec::new();
    for n in 0..30 {
        let (article, reports) = world.article(articles * 2 + tenth * 30 + n);
        let sketch = sketch(&article.text);
        let timer = Pair::start();
        store.put(&article, &reports, &[], &sketch)?;
        derive(store)?;
        times.push(timer.seconds().1 * 1000.0);
    }
    println!("           one more article, kept and merged by itself: {}", quantiles(&mut times));
    Ok(())
}

/// Both clocks.
struct Pair {
    worked: Timer,
    wall: Instant,
}

impl Pair {
    fn start() -> Pair {
        Pair { worked: Timer::start(), wall: Instant::now() }
    }
    /// Seconds on a core, and on the wall.
    fn seconds(&self) -> (f64, f64) {
        (self.worked.seconds(), self.wall.elapsed().as_secs_f64())
    }
}

/// Most memory that the process has held, in KiB, where the system tells.
fn memory() -> Option<u64> {
    let told = fs::read_to_string("/proc/self/status").ok()?;
    told.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

fn quantiles(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let at = |q: f64| times.get(((times.len() as f64 - 1.0) * q) as usize).copied().unwrap_or_default();
    format!("median {:.2} ms, 95th percentile {:.2} ms, most {:.2} ms", at(0.5), at(0.95), at(1.0))
}

/// Numbers to ask by, always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }
}

fn questions(store: &Store, request: &Request) -> Result<()> {
    // Events are drawn evenly, so that a pair is asked about as often as it is in the record.
    let events: Vec<Event> = store.events(&Filter { limit: Some(200_000), ..Filter::default() })?;
    let mut draw = Draw(request.seed);
    let mut ask = |name: &str, question: &mut dyn FnMut(&Event, &mut Draw) -> Result<usize>| -> Result<()> {
        let (mut times, mut found) = (Vec::new(), 0);
        for _ in 0..request.questions {
            let event = &events[draw.below(events.len())];
            let timer = Pair::start();
            found += question(event, &mut draw)?;
            times.push(timer.seconds().1 * 1000.0);
        }
        println!("{name:<44} {} ({} rows a question)", quantiles(&mut times), found / request.questions);
        Ok(())
    };
    let pair = |e: &Event| {
        let mut codes = e.actors.iter().chain(&e.recipients).map(|a| a.code.clone());
        let a = codes.next().unwrap_or_default();
        (a.clone(), codes.next().unwrap_or(a))
    };
    ask("series of a pair, all its events", &mut |e, _| {
        let (a, b) = pair(e);
        Ok(store.ties(&a, &b)?.len())
    })?;
    ask("an event by its id, with reports", &mut |e, _| {
        let event = store.event(&e.id.0)?;
        let mut n = 0;
        for r in event.iter().flat_map(|e: &Event| &e.reports) {
            n += usize::from(store.report(&r.0)?.is_some());
        }
        Ok(n)
    })?;
    ask("events of a pair in a month", &mut |e, _| {
        let (a, b) = pair(e);
        let day = e.date.as_ref().map(|d| d.from);
        let between = Some((Who::code(&a), Who::code(&b)));
        let (since, until) = (day.map(|d| d.first_of_month()), day.map(|d| d.last_of_month()));
        Ok(store.events(&Filter { between, since, until, ..Filter::default() })?.len())
    })?;
    ask("events of a pair, the first 50", &mut |e, _| {
        let (a, b) = pair(e);
        Ok(store.events(&Filter { between: Some((Who::code(&a), Who::code(&b))), limit: Some(50), ..Filter::default() })?.len())
    })?;
    ask("contested claims of an actor, the first 50", &mut |e, _| {
        let (a, _) = pair(e);
        Ok(store.claims(&Filter { actors: vec![Who::code(&a)], contested: true, limit: Some(50), ..Filter::default() })?.len())
    })?;
    let sentence = |e: &Event| -> Result<Vec<String>> {
        let first: Option<&Id> = e.reports.first();
        let Some(report) = first.map(|r| store.report(&r.0)).transpose()?.flatten() else { return Ok(Vec::new()) };
        let article = store.article(&report.article.0)?;
        let text = article.and_then(|a| a.text.get(report.sentence.range()).map(str::to_owned)).unwrap_or_default();
        Ok(text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 4).map(str::to_owned).collect())
    };
    ask("search for a word, the first 50", &mut |e, draw| {
        let words = sentence(e)?;
        let word = words.get(draw.below(words.len())).cloned().unwrap_or_default();
        Ok(store.search(&word, &Filter::default(), 50)?.len())
    })?;
    ask("search for two words, the first 50", &mut |e, draw| {
        let words = sentence(e)?;
        let mut word = || words.get(draw.below(words.len())).cloned().unwrap_or_default();
        let two = format!("{} {}", word(), word());
        Ok(store.search(&two, &Filter::default(), 50)?.len())
    })
}
