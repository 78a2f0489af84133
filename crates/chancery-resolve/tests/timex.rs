//! TempEval-3 figures of `when` on TimeBank, AQUAINT and WikiWars: extents strict and relaxed, and values over all expressions.
#![allow(clippy::unwrap_used)]

use chancery_resolve::when::{tense_of_words, times_in};
use std::io::Read;
use std::ops::Range;
use std::path::PathBuf;

struct Words<'a> {
    texts: Vec<&'a str>,
    starts: Vec<usize>,
    sentences: Vec<Range<usize>>,
}

const ABBREVIATIONS: &[&str] = &[
    "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sen",
    "rep", "gov", "st", "u.s", "u.n", "a.m", "p.m", "inc", "corp", "co", "ltd", "no", "vs", "jr", "sr", "ca", "b.c", "u.k",
    "mon", "tues", "wed", "thurs", "fri", "sat", "sun",
];

fn is_abbreviation(word: &str) -> bool {
    let low = word.to_lowercase();
    ABBREVIATIONS.contains(&low.as_str()) || low.len() == 1 || low.contains('.')
}

/// Words between blanks with the punctuation at either end cut off; a sentence ends with a full stop before a capital, or with a line.
fn words(text: &str) -> Words<'_> {
    let mut out = Words { texts: Vec::new(), starts: Vec::new(), sentences: Vec::new() };
    let mut open = 0;
    let mut previous_end = 0;
    let mut ended = false;
    for piece in text.split_whitespace() {
        let at = piece.as_ptr() as usize - text.as_ptr() as usize;
        let line_break = text[previous_end..at].matches('\n').count() > 1;
        let capital = piece
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if (line_break || ended && capital) && out.texts.len() > open {
            out.sentences.push(open..out.texts.len());
            open = out.texts.len();
        }
        previous_end = at + piece.len();
        ended = cut(piece, at, &mut out);
    }
    if out.texts.len() > open {
        out.sentences.push(open..out.texts.len());
    }
    out
}

/// Adds the words of a piece; whether it may end a sentence.
fn cut<'a>(piece: &'a str, at: usize, out: &mut Words<'a>) -> bool {
    let opens = |c: char| {
        matches!(c, '(' | '"' | '`' | '“' | '[' | '$') || c == '\'' && !piece[1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let closes = |c: char| matches!(c, ')' | '"' | '\'' | '”' | ',' | ';' | ':' | '?' | '!' | ']' | '_');
    let (mut start, mut end) = (0, piece.len());
    while let Some(c) = piece[start..end].chars().next().filter(|c| opens(*c)) {
        push(piece, start, start + c.len_utf8(), at, out);
        start += c.len_utf8();
    }
    let mut tail = Vec::new();
    while let Some(c) = piece[start..end].chars().next_back() {
        let stop = c == '.' && !is_abbreviation(&piece[start..end - 1]);
        if !closes(c) && !stop {
            break;
        }
        tail.push((end - c.len_utf8(), end, c));
        end -= c.len_utf8();
    }
    // a hyphen beside a figure stands alone: "1861-1863", "5 September-12 September"
    while let Some(hyphen) = piece[start..end].match_indices('-').map(|(i, _)| start + i).find(|&i| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        i > start && i + 1 < end && (digit(piece[..i].chars().next_back()) || digit(piece[i + 1..].chars().next()))
    }) {
        push(piece, start, hyphen, at, out);
        push(piece, hyphen, hyphen + 1, at, out);
        start = hyphen + 1;
    }
    let body = &piece[start..end];
    match body.strip_suffix("'s") {
        Some(b) => {
            push(piece, start, start + b.len(), at, out);
            push(piece, start + b.len(), end, at, out);
        }
        None => push(piece, start, end, at, out),
    }
    let mut ended = false;
    for (a, b, c) in tail.into_iter().rev() {
        push(piece, a, b, at, out);
        ended |= matches!(c, '.' | '?' | '!');
    }
    ended || body.ends_with('.') && !ABBREVIATIONS.contains(&body.trim_end_matches('.').to_lowercase().as_str())
}

fn push<'a>(piece: &'a str, start: usize, end: usize, at: usize, out: &mut Words<'a>) {
    if start < end {
        out.texts.push(&piece[start..end]);
        out.starts.push(at + start);
    }
}

struct Gold {
    start: usize,
    end: usize,
    kind: String,
    value: Option<String>,
}

#[derive(Default)]
struct Tally {
    gold: usize,
    ours: usize,
    strict: usize,
    relaxed: usize,
    kind: usize,
    value: usize,
}

impl Tally {
    fn f1(&self, right: usize) -> f64 {
        2.0 * right as f64 / (self.gold + self.ours).max(1) as f64
    }
}

fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/time").join(name);
    let file = std::fs::File::open(path).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    Some(text)
}

fn gold(document: &serde_json::Value, text: &str) -> Vec<Gold> {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let field = |t: &serde_json::Value, k: &str| t[k].as_str().map(str::to_owned);
    document["timex"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| Gold {
            start: bytes[t["start"].as_u64().unwrap() as usize],
            end: bytes[t["end"].as_u64().unwrap() as usize],
            kind: field(t, "type").unwrap_or_default(),
            value: field(t, "value").filter(|v| v != "null"),
        })
        .collect()
}

fn measure(corpus: &str) -> Option<Tally> {
    let show = std::env::var("TIMEX_ERRORS").is_ok_and(|v| corpus.starts_with(&v));
    let mut tally = Tally::default();
    for line in shared(corpus)?.lines() {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = document["text"].as_str().unwrap();
        let anchor = document["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let w = words(text);
        let sentence = |at: usize| w.sentences.iter().find(|s| s.contains(&at)).cloned().unwrap_or(at..at + 1);
        let found = times_in(&w.texts, &w.sentences, anchor, &|at| tense_of_words(&w.texts, sentence(at), at));
        let gold = gold(&document, text);
        let mut used = vec![false; gold.len()];
        let id = document["id"].as_str().unwrap();
        tally.gold += gold.len();
        tally.ours += found.len();
        for t in &found {
            let (a, last) = (w.starts[t.tokens.start], t.tokens.end - 1);
            let b = w.starts[last] + w.texts[last].len();
            let context = || {
                text[text.floor_char_boundary(a.saturating_sub(60))..text.ceil_char_boundary((b + 40).min(text.len()))]
                    .replace('\n', " ")
            };
            let Some(n) = (0..gold.len()).find(|&n| !used[n] && gold[n].start < b && a < gold[n].end) else {
                if show {
                    println!("SPURIOUS\t{id}\t{}\t{:?}\t{}", &text[a..b].replace('\n', " "), t.value, context());
                }
                continue;
            };
            used[n] = true;
            let g = &gold[n];
            tally.relaxed += 1;
            tally.strict += usize::from((a, b) == (g.start, g.end));
            tally.kind += usize::from(g.kind == t.kind);
            if g.value == t.value {
                tally.value += 1;
            } else if show {
                println!("VALUE\t{id}\t{}\t{:?}\t{:?}\t{}", &text[a..b].replace('\n', " "), t.value, g.value, context());
            }
        }
        for (g, _) in gold.iter().zip(&used).filter(|(_, u)| !**u) {
            if show {
                let context = &text
                    [text.floor_char_boundary(g.start.saturating_sub(60))..text.ceil_char_boundary((g.end + 40).min(text.len()))];
                println!(
                    "MISSED\t{id}\t{}\t{:?}\t{}",
                    text[g.start..g.end].replace('\n', " "),
                    g.value,
                    context.replace('\n', " ")
                );
            }
        }
    }
    println!(
        "{corpus}: strict F1 {:.3}, relaxed F1 {:.3}, type F1 {:.3}, value F1 {:.3} ({} gold, {} found)",
        tally.f1(tally.strict),
        tally.f1(tally.relaxed),
        tally.f1(tally.kind),
        tally.f1(tally.value),
        tally.gold,
        tally.ours
    );
    Some(tally)
}

#[test]
fn figures() {
    // corpus, floors of relaxed extent F1 and value F1
    for (corpus, relaxed, value) in
        [("timebank.jsonl.gz", 0.94, 0.82), ("aquaint.jsonl.gz", 0.93, 0.75), ("wikiwars-train.jsonl.gz", 0.93, 0.82)]
    {
        let Some(tally) = measure(corpus) else {
            println!("skipped: {corpus} is not beside this checkout");
            continue;
        };
        assert!(tally.f1(tally.relaxed) >= relaxed, "{corpus}: relaxed extent F1 {:.3} below {relaxed}", tally.f1(tally.relaxed));
        assert!(tally.f1(tally.value) >= value, "{corpus}: value F1 {:.3} below {value}", tally.f1(tally.value));
    }
}
