//! Tags and trees on the development part of the English Web Treebank, where it is at hand.
#![allow(clippy::unwrap_used)]

use chancery_text::Model;
use std::io::Read;

/// LAS in percent below which the model is worse than what was shipped before.
const FLOOR: f64 = 89.0;

struct Tree {
    words: Vec<String>,
    upos: Vec<String>,
    head: Vec<usize>,
    rel: Vec<String>,
}

fn trees(text: &str) -> Vec<Tree> {
    let mut out = Vec::new();
    for block in text.split("\n\n") {
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split('\t').collect())
            .filter(|c: &Vec<&str>| c[0].parse::<usize>().is_ok())
            .collect();
        let cell = |i: usize| rows.iter().map(|r| r[i].to_owned()).collect::<Vec<_>>();
        if !rows.is_empty() {
            let head = rows.iter().map(|r| r[6].parse().unwrap()).collect();
            let rel = rows.iter().map(|r| r[7].split(':').next().unwrap_or("").to_owned()).collect();
            out.push(Tree { words: cell(1), upos: cell(3), head, rel });
        }
    }
    out
}

#[test]
fn english_web_treebank() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ud/en_ewt-dev.conllu.gz");
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let trees = trees(&text);
    let sentences: Vec<Vec<&str>> = trees.iter().map(|t| t.words.iter().map(String::as_str).collect()).collect();
    let found = Model::builtin().analyse(&sentences);
    let (mut n, mut upos, mut uas, mut las) = (0, 0, 0, 0);
    for (t, f) in trees.iter().zip(&found) {
        for i in 0..t.words.len() {
            n += 1;
            upos += usize::from(f.upos[i].as_str() == t.upos[i]);
            let attached = f.head[i].map_or(0, |h| h + 1) == t.head[i];
            uas += usize::from(attached);
            las += usize::from(attached && f.rel[i].as_str() == t.rel[i]);
        }
    }
    let percent = |x: usize| 100.0 * x as f64 / n as f64;
    println!("EWT dev, {n} words: UPOS {:.2} UAS {:.2} LAS {:.2}", percent(upos), percent(uas), percent(las));
    assert!(percent(las) >= FLOOR);
}
