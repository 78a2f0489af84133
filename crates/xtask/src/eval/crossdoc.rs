//! `crossdoc`: which event mentions of different articles are one, on ECB+ with gold mentions in validated sentences and gold topics
//! (those of one seminal event: `subtopic`).
//!
//! `conll` is the figure of the pair model and clustering of the register; `same_lemma` that of the plain rule that mentions of a topic with
//! one head lemma are one event; `own_mentions` that of the register on the event words which the model finds itself, scored at their heads.
//! `crossdoc-pairs IN OUT` writes what the model is fitted on (`training/merge.py`).

use super::{Figures, clusters::Clusters, rows};
use anyhow::{Context, Result};
use chancery_model::{Rel, Span, Token, Upos};
use chancery_register::alike::{Apart, BOUND, ENOUGH, Shape, Telling, Theme, average_linkage, points, theme, traits};
use chancery_text::{Analysis, Model, lemma};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// A mention with what it is compared by.
struct Mention {
    row: usize,
    sentence: usize,
    /// Word numbers in the article.
    words: Vec<usize>,
    head: usize,
    lemma: String,
    /// Gold chain; none for what the model finds itself.
    chain: String,
    shape: Shape,
}

/// Mentions of one topic: those of the gold, and those that the model finds.
#[derive(Default)]
struct Topic {
    gold: Vec<Mention>,
    own: Vec<Mention>,
}

/// CoNLL F1 across the documents of each topic, chains of one mention kept; the rows of the split `dev` where the file has splits.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let data = rows::json(path)?;
    let split = data.iter().any(|r| r["split"] == "dev");
    let topics = topics(&data, |r| !split || r["split"] == "dev")?;
    let (mut model, mut lemmas, mut own) = (Clusters::default(), Clusters::default(), Clusters::default());
    let mut left = errors;
    for topic in topics.values() {
        let gold = gather(&topic.gold, |m| m.chain.clone());
        let ours = clustered(&topic.gold);
        show(&topic.gold, &ours, &mut left);
        let words = |c: &[Vec<usize>]| groups(&topic.gold, c, |m| (m.row, m.words.clone()));
        model.add(&words(&gold), &words(&ours));
        lemmas.add(&words(&gold), &words(&gather(&topic.gold, |m| m.lemma.clone())));
        let heads = |all: &[Mention], c: &[Vec<usize>]| groups(all, c, |m| (m.row, m.head));
        own.add(&heads(&topic.gold, &gold), &heads(&topic.own, &clustered(&topic.own)));
    }
    let mut out = model.figures();
    out.insert("same_lemma".into(), lemmas.figures().into());
    out.insert("own_mentions".into(), own.figures().into());
    Ok(out)
}

/// Writes the traits of all pairs of gold mentions of each topic, one topic a line.
pub fn write_pairs(input: &Path, output: &Path) -> Result<()> {
    let data = rows::json(input)?;
    let mut out = BufWriter::new(File::create(output).with_context(|| output.display().to_string())?);
    let held: BTreeSet<String> = data.iter().filter(|r| r["split"] == "dev").map(|r| r["subtopic"].to_string()).collect();
    for (name, topic) in topics(&data, |_| true)? {
        let dev = held.contains(&name);
        let pairs = topic.gold.iter().enumerate().flat_map(|(i, a)| topic.gold[..i].iter().map(move |b| (a, b)));
        let pairs: Vec<Value> = pairs
            .map(|(a, b)| {
                let mut found = serde_json::Map::new();
                traits(&a.shape, &b.shape, apart(a, b), |t, word, value| {
                    if value != 0.0 {
                        found.insert(t.name(word), value.into());
                    }
                });
                found.into()
            })
            .collect();
        let chains: Vec<&str> = topic.gold.iter().map(|m| m.chain.as_str()).collect();
        let lemmas: Vec<&str> = topic.gold.iter().map(|m| m.lemma.as_str()).collect();
        writeln!(out, "{}", json!({"topic": name, "dev": dev, "chains": chains, "lemmas": lemmas, "pairs": pairs}))?;
    }
    out.flush()?;
    Ok(())
}

fn apart(a: &Mention, b: &Mention) -> Apart {
    match (a.row == b.row, a.sentence == b.sentence) {
        (true, true) => Apart::Sentence,
        (true, false) => Apart::Article,
        _ => Apart::World,
    }
}

/// The register's clustering of the mentions of a topic.
fn clustered(all: &[Mention]) -> Vec<Vec<usize>> {
    let of = |i: usize| all[..i].iter().map(|b| points(&all[i].shape, &b.shape, apart(&all[i], b))).collect();
    average_linkage(&(0..all.len()).map(of).collect::<Vec<_>>(), BOUND, ENOUGH)
}

fn gather(all: &[Mention], key: impl Fn(&Mention) -> String) -> Vec<Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, m) in all.iter().enumerate() {
        out.entry(key(m)).or_default().push(i);
    }
    out.into_values().collect()
}

fn groups<K>(all: &[Mention], clusters: &[Vec<usize>], key: impl Fn(&Mention) -> K) -> Vec<Vec<K>> {
    clusters.iter().map(|c| c.iter().map(|&i| key(&all[i])).collect()).collect()
}

/// Prints clusters of several gold chains.
fn show(all: &[Mention], clusters: &[Vec<usize>], left: &mut usize) {
    for c in clusters.iter().filter(|c| c.iter().any(|&i| all[i].chain != all[c[0]].chain)) {
        if *left == 0 {
            return;
        }
        *left -= 1;
        println!("{}", c.iter().map(|&i| format!("{} [{}]", all[i].lemma, all[i].chain)).collect::<Vec<_>>().join(", "));
    }
}

/// The mentions of the rows that are wanted, by topic.
fn topics(data: &[Value], wanted: impl Fn(&Value) -> bool) -> Result<BTreeMap<String, Topic>> {
    let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
    for (row, value) in data.iter().enumerate().filter(|(_, r)| wanted(r)) {
        let topic = topics.entry(value["subtopic"].to_string()).or_default();
        read(row, value, topic)?;
    }
    Ok(topics)
}

/// An article's words with their trees, numbered through.
struct Article<'a> {
    tokens: Vec<&'a str>,
    /// First word and analysis of each sentence.
    sentences: Vec<(usize, String, Analysis)>,
    /// The sentence of each word.
    of: Vec<usize>,
    theme: Theme,
}

impl Article<'_> {
    fn head(&self, at: usize) -> Option<usize> {
        let (first, _, analysis) = &self.sentences[self.of[at]];
        analysis.head[at - first].map(|h| h + first)
    }

    fn lemma(&self, at: usize) -> String {
        let (first, _, analysis) = &self.sentences[self.of[at]];
        lemma(self.tokens[at], analysis.upos[at - first], analysis.xpos[at - first]).to_lowercase()
    }

    /// Dependents with one of these relations, each with the parts of its name.
    fn dependents(&self, head: usize, rels: &[Rel]) -> Vec<&str> {
        let (first, _, analysis) = &self.sentences[self.of[head]];
        let below = |at: usize, rels: &[Rel]| {
            let fits = |i: &usize| analysis.head[*i] == Some(at) && rels.contains(&analysis.rel[*i]);
            (0..analysis.head.len()).filter(fits).collect::<Vec<_>>()
        };
        let mut out = Vec::new();
        for i in below(head - first, rels) {
            out.push(self.tokens[first + i]);
            out.extend(below(i, &[Rel::Flat, Rel::Compound, Rel::Appos]).into_iter().map(|k| self.tokens[first + k]));
        }
        out
    }

    fn mention(&self, row: usize, words: Vec<usize>, chain: String) -> Mention {
        let span = Span::<Token>::new(words[0], words.last().map_or(words[0], |l| l + 1));
        let head = words.iter().copied().find(|&w| self.head(w).is_none_or(|h| !span.contains(h))).unwrap_or(words[0]);
        let (first, text, analysis) = &self.sentences[self.of[head]];
        let mut trigger = vec![self.tokens[head]];
        trigger.extend(words.iter().filter(|w| **w != head).map(|&w| self.tokens[w]));
        let cue = analysis.cues.iter().find(|c| c.tokens.contains(head - first));
        let shape = Shape::of(&Telling {
            trigger,
            sentence: text,
            event: cue.map(|c| c.event),
            acting: self.dependents(head, &[Rel::Nsubj, Rel::Csubj]),
            acted_on: self.dependents(head, &[Rel::Obj, Rel::Ccomp, Rel::Xcomp]),
            around: self.dependents(head, &[Rel::Obl, Rel::Nmod, Rel::Compound, Rel::Amod, Rel::Iobj, Rel::Nummod]),
            noun: Some(!matches!(analysis.upos[head - first], Upos::Verb | Upos::Aux)),
            above: self.head(head).map_or("", |h| self.tokens[h]),
            theme: self.theme.clone(),
        });
        Mention { row, sentence: self.of[head], lemma: self.lemma(head), words, head, chain, shape }
    }
}

fn numbers(v: &Value) -> Vec<usize> {
    v.as_array().map(|a| a.iter().filter_map(Value::as_u64).map(|n| n as usize).collect()).unwrap_or_default()
}

/// Adds the event mentions of an article: those annotated, and the cues of the model.
fn read(row: usize, value: &Value, topic: &mut Topic) -> Result<()> {
    let id = value["id"].as_str().context("row without id")?;
    let tokens: Vec<&str> = value["tokens"].as_array().context("row without tokens")?.iter().filter_map(Value::as_str).collect();
    let (sentence, valid) = (numbers(&value["sent"]), numbers(&value["validated_sents"]));
    let mut article = Article { of: Vec::new(), sentences: Vec::new(), theme: theme(&tokens.join(" ")), tokens };
    for words in (0..article.tokens.len()).collect::<Vec<_>>().chunk_by(|a, b| sentence[*a] == sentence[*b]) {
        let own = &article.tokens[words[0]..=words[words.len() - 1]];
        let analysis = Model::builtin().analyse(&[own.to_vec()]).pop().context("no analysis")?;
        article.of.extend(words.iter().map(|_| article.sentences.len()));
        article.sentences.push((words[0], own.join(" "), analysis));
    }
    let first = topic.gold.len();
    for (n, m) in value["mentions"].as_array().context("row without mentions")?.iter().enumerate() {
        let words = numbers(&m["tokens"]);
        let event = m["type"].as_str().is_some_and(|t| t.starts_with("ACTION") || t.starts_with("NEG_ACTION"));
        let here = words.first().is_some_and(|&w| w < article.tokens.len() && valid.contains(&sentence[w]));
        if event && here && !topic.gold[first..].iter().any(|o| o.words == words) {
            let chain = m["chain"].as_str().map_or_else(|| format!("{id}/{n}"), str::to_owned);
            topic.gold.push(article.mention(row, words, chain));
        }
    }
    let cues: Vec<Vec<usize>> = article
        .sentences
        .iter()
        .filter(|(first, ..)| valid.contains(&sentence[*first]))
        .flat_map(|(first, _, a)| a.cues.iter().map(move |c| (first + c.tokens.start..first + c.tokens.end).collect()))
        .collect();
    for words in cues {
        topic.own.push(article.mention(row, words, String::new()));
    }
    Ok(())
}
