//! `ud`: tags and trees against a treebank, on gold words or from raw text (by the rules of the CoNLL 2018 shared task).

use super::{Counts, Figures, conllu, round};
use anyhow::Result;
use chancery_model::{Byte, Span};
use chancery_text::{Model, boundaries};
use std::{collections::HashMap, path::Path};

/// UPOS, UAS and LAS in percent on gold words.
pub fn gold(path: &Path) -> Result<Figures> {
    let sentences = conllu::read(path)?;
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let (mut n, mut upos, mut uas, mut las) = (0usize, 0usize, 0usize, 0usize);
    for (sentence, ours) in sentences.iter().zip(Model::builtin().analyse(&words)) {
        for (i, word) in sentence.words.iter().enumerate() {
            n += 1;
            upos += usize::from(ours.upos[i].as_str() == word.upos);
            let attached = ours.head[i] == word.head;
            uas += usize::from(attached);
            las += usize::from(attached && ours.rel[i].as_str() == word.rel);
        }
    }
    let mut out = Figures::new();
    for (k, v) in [("upos", upos), ("uas", uas), ("las", las)] {
        out.insert(k.into(), round(100.0 * v as f64 / n.max(1) as f64, 2));
    }
    out.insert("sentences".into(), sentences.len().into());
    out.insert("words".into(), n.into());
    Ok(out)
}

/// Positions in a text counted without white space, so that both sides agree whatever the spacing.
struct Solid(Vec<usize>);

impl Solid {
    fn of(text: &str) -> Solid {
        let mut n = 0;
        let mut at = Vec::with_capacity(text.len() + 1);
        for (i, c) in text.char_indices() {
            at.resize(i + 1, n);
            n += usize::from(!c.is_whitespace());
        }
        at.resize(text.len() + 1, n);
        Solid(at)
    }
    fn span(&self, span: Span<Byte>) -> (usize, usize) {
        (self.0[span.start], self.0[span.end])
    }
}

/// Clitics that the treebank writes in one surface token with the word before them.
fn clitic(before: &str, word: &str) -> bool {
    let word = word.to_lowercase().replace('’', "'");
    match word.as_str() {
        "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "n't" | "'" => before.chars().next_back().is_some_and(char::is_alphanumeric),
        "not" => before.eq_ignore_ascii_case("can"),
        "na" => matches!(before.to_lowercase().as_str(), "gon" | "wan"),
        "ta" => before.eq_ignore_ascii_case("got"),
        _ => false,
    }
}

/// Token, sentence and labelled attachment F1 in percent from raw text.
pub fn raw(path: &Path) -> Result<Figures> {
    let sentences = conllu::read(path)?;
    let text = conllu::raw_text(&sentences);
    let solid = Solid::of(&text);
    let drafts = boundaries::split(&text, &[Span::new(0, text.len())], None);
    let words: Vec<Vec<&str>> = drafts.iter().map(|d| d.words.iter().map(|w| &text[w.range()]).collect()).collect();
    let analyses = Model::builtin().analyse(&words);

    let mut gold = Side::default();
    let mut at = 0;
    for s in &sentences {
        let (from, first) = (at, gold.words.len());
        for (form, range) in &s.tokens {
            let len = form.chars().filter(|c| !c.is_whitespace()).count();
            gold.tokens.push((at, at + len));
            gold.spread(&s.words[range.clone()].iter().map(|w| w.form.as_str()).collect::<Vec<_>>(), at, len);
            at += len;
        }
        gold.sentences.push((from, at));
        gold.arcs.extend(s.words.iter().map(|w| (w.head.map(|h| h + first), w.rel.clone())));
    }
    let mut ours = Side::default();
    for (draft, analysis) in drafts.iter().zip(&analyses) {
        let first = ours.words.len();
        let mut before: Option<Span<Byte>> = None;
        for w in &draft.words {
            let here = solid.span(*w);
            match (before, ours.tokens.last_mut()) {
                (Some(b), Some(token)) if b.end == w.start && clitic(&text[b.range()], &text[w.range()]) => token.1 = here.1,
                _ => ours.tokens.push(here),
            }
            ours.words.push((here.0, here.1, 0));
            before = Some(*w);
        }
        if let (Some(a), Some(b)) = (draft.words.first(), draft.words.last()) {
            ours.sentences.push((solid.span(*a).0, solid.span(*b).1));
        }
        ours.arcs
            .extend((0..draft.words.len()).map(|i| (analysis.head[i].map(|h| h + first), analysis.rel[i].as_str().to_owned())));
    }
    let mut out = Figures::new();
    out.insert("tokens".into(), percent(overlap(&gold.tokens, &ours.tokens)));
    out.insert("sentences".into(), percent(overlap(&gold.sentences, &ours.sentences)));
    out.insert("las".into(), percent(attachment(&gold, &ours)));
    Ok(out)
}

/// One side of a comparison: spans in solid characters, arcs by word number.
#[derive(Default)]
struct Side {
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    /// Start, end, and a number that tells words of one span apart.
    words: Vec<(usize, usize, usize)>,
    arcs: Vec<(Option<usize>, String)>,
}

impl Side {
    /// The words of one surface token: cut where their forms spell it, else all with the whole span.
    fn spread(&mut self, forms: &[&str], at: usize, len: usize) {
        let lengths: Vec<usize> = forms.iter().map(|f| f.chars().filter(|c| !c.is_whitespace()).count()).collect();
        let spelt = lengths.iter().sum::<usize>() == len;
        let mut start = at;
        for (k, l) in lengths.iter().enumerate() {
            match spelt {
                true => self.words.push((start, start + l, 0)),
                false => self.words.push((at, at + len, k)),
            }
            start += l;
        }
    }
}

fn overlap(gold: &[(usize, usize)], ours: &[(usize, usize)]) -> Counts {
    let known: std::collections::HashSet<_> = gold.iter().collect();
    Counts { right: ours.iter().filter(|s| known.contains(s)).count(), found: ours.len(), gold: gold.len() }
}

fn attachment(gold: &Side, ours: &Side) -> Counts {
    let index: HashMap<_, usize> = gold.words.iter().enumerate().map(|(i, w)| (*w, i)).collect();
    let partner: Vec<Option<usize>> = ours.words.iter().map(|w| index.get(w).copied()).collect();
    let right = (0..ours.words.len()).filter(|&i| {
        let Some(g) = partner[i] else { return false };
        let (head, rel) = &ours.arcs[i];
        let (gold_head, gold_rel) = &gold.arcs[g];
        rel == gold_rel
            && match (head, gold_head) {
                (None, None) => true,
                (Some(h), Some(gh)) => partner[*h] == Some(*gh),
                _ => false,
            }
    });
    Counts { right: right.count(), found: ours.words.len(), gold: gold.words.len() }
}

fn percent(counts: Counts) -> serde_json::Value {
    let f1 = counts.figures().get("f1").and_then(serde_json::Value::as_f64).unwrap_or(0.0);
    round(100.0 * f1, 2)
}
