//! `coref`: chains of people, organisations and places on GUM's entities, with our own mentions.
//!
//! Words and sentences are given; mentions and chains are ours: [`Findings::chains`]. Gold mentions count whatever their form; a mention is
//! found where its first and last word are. Chains of one mention are kept on both sides.

use super::{Figures, articles, clusters::Clusters, rows};
use anyhow::{Context, Result};
use chancery_lexicon::Lexicon;
use chancery_model::{Document, Findings, Sentence, Span, Word};
use chancery_text::{Model, lemma};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// First word and word after the last.
type Mention = (usize, usize);

/// The mean of MUC, B³ and CEAFe, and the three.
pub fn measure(path: &Path) -> Result<Figures> {
    let mut clusters = Clusters::default();
    for row in rows::json(path)? {
        let gold = gold(&row)?;
        let (article, document) = document(&row)?;
        let findings = chancery_resolve::resolve(&article, &document, Lexicon::builtin());
        clusters.add(&gold, &ours(&findings));
    }
    Ok(clusters.figures())
}

/// What chains are judged by, a line of JSON for each phrase of each document, after a line with the names of the features of links: what
/// `training/chains.py` fits the weights on.
pub fn write_evidence(path: &Path, out: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(out).with_context(|| out.display().to_string())?);
    writeln!(file, "{}", json!({ "names": chancery_resolve::link_names() }))?;
    for row in rows::json(path)? {
        let (article, document) = document(&row)?;
        for e in chancery_resolve::evidence(&article, &document, Lexicon::builtin()) {
            let phrase = json!({
                "doc": row["id"], "genre": row["genre"], "start": e.phrase.tokens.start, "end": e.phrase.tokens.end, "head": e.phrase.head,
                "kind": e.kind, "alone": e.alone, "links": e.links,
            });
            writeln!(file, "{phrase}")?;
        }
    }
    Ok(())
}

fn gold(row: &Value) -> Result<Vec<Vec<Mention>>> {
    let mut chains: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for m in row["mentions"].as_array().context("row without mentions")? {
        let at = |key: &str| m[key].as_u64().map(|n| n as usize).with_context(|| format!("mention without {key}"));
        if matches!(m["type"].as_str(), Some("person" | "organization" | "place")) {
            chains.entry(m["chain"].to_string()).or_default().push((at("start")?, at("end")?));
        }
    }
    Ok(once(chains.into_values()))
}

/// The clusters with each mention in one of them only.
fn once(clusters: impl Iterator<Item = Vec<Mention>>) -> Vec<Vec<Mention>> {
    let mut seen = std::collections::BTreeSet::new();
    clusters.map(|c| c.into_iter().filter(|m| seen.insert(*m)).collect::<Vec<_>>()).filter(|c| !c.is_empty()).collect()
}

fn ours(findings: &Findings) -> Vec<Vec<Mention>> {
    let phrases = |c: &chancery_model::Chain| c.phrases.iter().map(|p| (p.tokens.start, p.tokens.end)).collect();
    once(findings.chains.iter().map(phrases))
}

/// A document of the given words.
fn document(row: &Value) -> Result<(chancery_model::Article, Document)> {
    let tokens: Vec<&str> = row["tokens"].as_array().context("row without tokens")?.iter().filter_map(Value::as_str).collect();
    let starts: Vec<usize> = row["sent_starts"]
        .as_array()
        .context("row without sent_starts")?
        .iter()
        .filter_map(|v| v.as_u64())
        .map(|n| n as usize)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let bounds: Vec<Mention> = starts.iter().copied().zip(ends).collect();
    let forms: Vec<Vec<&str>> = bounds.iter().map(|b| tokens[b.0..b.1].to_vec()).collect();
    let mut document = Document::default();
    let mut at = 0;
    for (paragraph, (forms, analysis)) in forms.iter().zip(Model::builtin().analyse(&forms)).enumerate() {
        let (first, from) = (document.words.len(), at);
        for (i, form) in forms.iter().enumerate() {
            let (upos, xpos) = (analysis.upos[i], analysis.xpos[i]);
            let span = Span::new(at, at + form.len());
            at = span.end + 1;
            let head = analysis.head[i].map(|h| h + first);
            document.words.push(Word {
                span,
                text: (*form).to_owned(),
                lemma: lemma(form, upos, xpos),
                upos,
                xpos,
                head,
                rel: analysis.rel[i],
            });
        }
        for mut name in analysis.names {
            name.tokens = Span::new(name.tokens.start + first, name.tokens.end + first);
            document.names.push(name);
        }
        let tokens = Span::new(first, document.words.len());
        document.sentences.push(Sentence { tokens, span: Span::new(from, at.saturating_sub(1)), paragraph, heading: false });
    }
    let id = row["id"].as_str().unwrap_or_default();
    Ok((articles::bare(id, &tokens.join(" "), None), document))
}
