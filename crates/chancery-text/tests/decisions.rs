//! The quantised model in Rust decides as the trained one in f32 does, and alike on every path and in every batch.
#![allow(clippy::unwrap_used)]

use chancery_text::engine::{Engine, NUMBERS, Row};
use chancery_text::{Model, Path};
use serde::Deserialize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the trainer's network says, written by `training/export.py`.
#[derive(Deserialize)]
struct Golden {
    words: Vec<String>,
    upos: Vec<String>,
    xpos: Vec<String>,
    head: Vec<usize>,
    rel: Vec<String>,
    names: Vec<String>,
    triggers: Vec<String>,
    vector: Vec<f32>,
}

fn golden() -> Vec<Golden> {
    include_str!("data/decisions.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn words(g: &Golden) -> Vec<&str> {
    g.words.iter().map(String::as_str).collect()
}

#[test]
fn agrees_with_the_trainer() {
    let (golden, mut total, mut wrong) = (golden(), 0, Vec::new());
    let found = Model::builtin().analyse(&golden.iter().map(words).collect::<Vec<_>>());
    for (g, f) in golden.iter().zip(&found) {
        let mut check = |what: &str, i: usize, ours: String, theirs: &str| {
            total += 1;
            if ours != theirs {
                wrong.push(format!("{} {what}: {ours}, trainer {theirs}", g.words[i]));
            }
        };
        for i in 0..g.words.len() {
            check("upos", i, f.upos[i].to_string(), &g.upos[i]);
            check("xpos", i, f.xpos[i].to_owned(), &g.xpos[i]);
            check("head", i, f.head[i].map_or(0, |h| h + 1).to_string(), &g.head[i].to_string());
            check("rel", i, f.rel[i].to_string(), &g.rel[i]);
            let name = f.names.iter().find(|n| n.tokens.contains(i)).map_or("O".to_owned(), |n| n.kind.to_string());
            check("name", i, name, g.names[i].trim_start_matches(['B', 'I', '-']));
            if g.triggers[i] != "O" {
                let event = f.cues.iter().find(|c| c.tokens.contains(i)).map_or("O".to_owned(), |c| c.event.to_string());
                check("event", i, event, &g.triggers[i][2..]);
            }
        }
    }
    let share = 1.0 - wrong.len() as f64 / f64::from(total);
    println!("{:.2} % of {total} decisions as in the trainer; others: {wrong:#?}", share * 100.0);
    assert!(share >= 0.97);
}

#[test]
fn vectors_are_close_to_the_trainers() {
    for g in golden() {
        let ours = &Model::builtin().vectors(&words(&g))[0];
        let error: f32 = ours.iter().zip(&g.vector).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt();
        let length: f32 = g.vector.iter().map(|b| b * b).sum::<f32>().sqrt();
        assert!(error < 0.15 * length, "{:?}: off by {error} of {length}: {ours:?}", g.words);
    }
}

#[test]
fn every_path_and_every_batch_gives_the_same_bytes() {
    let bytes = include_bytes!("../../../models/english.bin");
    let golden = golden();
    let mut sentences: Vec<Vec<&str>> = golden.iter().map(words).collect();
    sentences.push(vec!["Police"; 520]);
    sentences.push(Vec::new());
    sentences.push(vec!["", " ", "🙂", "\u{200b}", "x"]);
    let reference = Model::load(bytes).unwrap().on(Path::Portable);
    let (expected, vectors) = (reference.analyse(&sentences), reference.vectors(&sentences[0]));
    assert_eq!(expected[12].head.iter().filter(|h| h.is_none()).count(), 1, "one root in a sentence taken in parts");
    assert!(expected[13].upos.is_empty());
    for path in Path::available() {
        let model = Model::load(bytes).unwrap().on(path);
        println!("{}", model.path().name());
        assert_eq!(model.path(), path);
        // f32 compare equal only where their bits do, but for zeros
        assert!(model.analyse(&sentences) == expected, "{} differs from the portable path", path.name());
        let bits = |v: &[Vec<f32>]| v.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&model.vectors(&sentences[0])), bits(&vectors), "{}", path.name());
        let alone: Vec<_> = sentences.iter().map(|s| model.analyse(std::slice::from_ref(s)).remove(0)).collect();
        assert!(alone == expected, "{}: a sentence alone differs from one in a batch", path.name());
    }
    let threads: Vec<_> = std::thread::scope(|s| {
        let runs: Vec<_> = (0..4).map(|_| s.spawn(|| Model::builtin().analyse(&sentences))).collect();
        runs.into_iter().map(|r| r.join().unwrap()).collect()
    });
    assert!(threads.iter().all(|t| *t == expected));
}

/// An engine that asks another model for what it should compute, and does it wrong where it is told to.
struct Relay {
    whole: bool,
    calls: AtomicUsize,
}

impl Engine for &'static Relay {
    fn vectors(&self, sentences: &[&Row], vectors: &mut Vec<f32>) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        vectors.clear();
        for row in sentences {
            assert_eq!((row.pieces.len(), row.firsts.first()), (row.shapes.len(), Some(&1)));
            // "Police left" in pieces of one word each
            let words = Model::builtin().vectors(&["Police", "left"][..row.firsts.len()]);
            vectors.extend(words.iter().flatten().take(if self.whole { usize::MAX } else { 7 }));
        }
    }
    fn batch(&self) -> usize {
        8
    }
}

#[test]
fn another_engine_can_do_the_encoding() {
    let sentences = vec![vec!["Police", "left"]; 6];
    let with = |whole| {
        let relay = Relay { whole, calls: AtomicUsize::new(0) };
        let relay: &'static Relay = Box::leak(Box::new(relay));
        (relay, Model::load(include_bytes!("../../../models/english.bin")).unwrap().with(Box::new(relay)))
    };
    let (relay, model) = with(true);
    assert!(model.analyse(&sentences) == Model::builtin().analyse(&sentences));
    assert_eq!(relay.calls.load(Ordering::Relaxed), 3, "two sentences of four pieces in a batch of eight");
    assert_eq!(NUMBERS, model.vectors(&["Police"])[0].len());
    let (_, wrong) = with(false);
    assert_eq!(wrong.analyse(&sentences)[5].upos.len(), 2, "too few numbers stop nothing");
}

#[test]
fn damaged_files_are_refused() {
    let mut bytes = include_bytes!("../../../models/english.bin").to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    assert!(Model::load(&bytes).is_err_and(|e| e.is_checksum()));
    assert!(Model::load(&bytes[..100]).is_err());
    assert!(Model::load(&[]).is_err());
}
