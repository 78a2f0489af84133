//! Words per second on one core, with every head, on each path that the processor can go.
//!
//!     cargo run --release -p chancery-text --example speed
#![allow(clippy::disallowed_methods)] // the clock is what a benchmark reads

use chancery_text::{Model, Path};
use std::time::Instant;

const STEMS: &str = "The government of Norway said on Tuesday that rebels attacked two villages near the border , while officials met \
    Turkish diplomats in Ankara peacekeeping";

/// Sentences of 8 to 42 words, 25 in the mean, always the same.
fn sentences(count: usize) -> Vec<Vec<&'static str>> {
    let stems: Vec<&str> = STEMS.split_whitespace().collect();
    let mut state = 1u32;
    let mut next = move |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % n
    };
    (0..count)
        .map(|_| {
            let n = 8 + next(34);
            let mut words: Vec<&str> = (0..n - 1).map(|_| stems[next(stems.len())]).collect();
            words.push(".");
            words
        })
        .collect()
}

/// Seconds that this thread has been on a core, where the system tells: on a busy machine the clock on the wall says less.
fn seconds_on_core() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|ns| ns * 1e-9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.bin"))?;
    let text = sentences(400);
    let words = text.iter().map(Vec::len).sum::<usize>() as f64;
    for path in Path::available() {
        let began = Instant::now();
        let model = Model::load(&bytes)?.on(path);
        let loaded = began.elapsed().as_millis();
        model.analyse(&text[..40]);
        let (mut wall, mut core) = (f64::MAX, f64::MAX);
        for _ in 0..3 {
            let (began, before) = (Instant::now(), seconds_on_core());
            std::hint::black_box(model.analyse(&text));
            wall = wall.min(began.elapsed().as_secs_f64());
            core = core.min(seconds_on_core().zip(before).map_or(f64::MAX, |(after, before)| after - before));
        }
        let on_core = if core < f64::MAX { format!("{:.0} words/s of time on the core", words / core) } else { String::new() };
        println!("{:13} {:6.0} words/s by the clock, {on_core}; loaded in {loaded} ms", path.name(), words / wall);
    }
    Ok(())
}
