//! `false`: events found in prose that tells none of politics, per hundred sentences.

use super::{Figures, articles, conllu, round};
use anyhow::Result;
use chancery_lexicon::Lexicon;
use chancery_model::Kind;
use chancery_text::Model;
use std::path::Path;

/// Kinds of text that hold no news, as the treebank's sentence ids begin.
const CALM: &[&str] = &["reviews", "answers", "email"];
/// So many sentences are read.
const SENTENCES: usize = 500;

/// `per_100`: events per hundred sentences, each sentence an article of its own; `sentences`, `events`, and `touched`, the sentences with any.
pub fn measure(path: &Path, errors: usize) -> Result<Figures> {
    let sentences = conllu::read(path)?;
    let calm = |s: &&conllu::Sentence| CALM.iter().any(|k| s.id.starts_with(k));
    let (mut read, mut events, mut touched, mut shown) = (0, 0, 0, 0);
    for s in sentences.iter().filter(calm).take(SENTENCES) {
        read += 1;
        let article = articles::bare(&s.id, &s.text, None);
        let document = chancery_text::read(&article, Model::builtin()).output;
        let findings = chancery_resolve::resolve(&article, &document, Lexicon::builtin());
        let coded = chancery_coder::code(&article, &document, &findings, Lexicon::builtin());
        let found: Vec<_> = coded.iter().filter(|r| r.kind == Kind::Event).collect();
        events += found.len();
        touched += usize::from(!found.is_empty());
        for r in found {
            if shown < errors {
                let told = r.event.map_or("", |e| e.as_str());
                println!("{}: {told} “{}” {:.2}: {}", s.id, &s.text[r.trigger.range()], r.confidence, s.text);
                shown += 1;
            }
        }
    }
    let mut out = Figures::new();
    out.insert("per_100".into(), round(100.0 * events as f64 / read.max(1) as f64, 2));
    out.insert("sentences".into(), read.into());
    out.insert("events".into(), events.into());
    out.insert("touched".into(), touched.into());
    Ok(out)
}
