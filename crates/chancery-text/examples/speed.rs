//! Words per second on one core, with every head, on each path that the processor can go.
//!
//!     cargo run --release -p chancery-text --example speed

use chancery_text::{Model, Path};
use std::time::Instant;

const STEMS: [&str; 24] = [
    "The",
    "government",
    "of",
    "Norway",
    "said",
    "on",
    "Tuesday",
    "that",
    "rebels",
    "attacked",
    "two",
    "villages",
    "near",
    "the",
    "border",
    ",",
    "while",
    "officials",
    "met",
    "Turkish",
    "diplomats",
    "in",
    "Ankara",
    "peacekeeping",
];

/// Sentences of 8 to 42 words, 25 in the mean, always the same.
fn sentences(count: usize) -> Vec<Vec<&'static str>> {
    let mut state = 1u32;
    let mut next = move |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % n
    };
    (0..count)
        .map(|_| {
            let n = 8 + next(34);
            let mut words: Vec<&str> = (0..n - 1).map(|_| STEMS[next(STEMS.len())]).collect();
            words.push(".");
            words
        })
        .collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.bin"))?;
    let text = sentences(400);
    let words: usize = text.iter().map(Vec::len).sum();
    for path in Path::available() {
        let began = Instant::now();
        let model = Model::load(&bytes)?.on(path);
        let loaded = began.elapsed();
        model.analyse(&text[..40]);
        let mut best = f64::MAX;
        for _ in 0..3 {
            let began = Instant::now();
            std::hint::black_box(model.analyse(&text));
            best = best.min(began.elapsed().as_secs_f64());
        }
        let rate = words as f64 / best;
        println!(
            "{:14} {rate:7.0} words/s, {:5.0} sentences/s, loaded in {} ms",
            path.name(),
            rate * text.len() as f64 / words as f64,
            loaded.as_millis()
        );
    }
    Ok(())
}
