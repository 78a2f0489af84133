//! CoNLL-U files: gold trees, and the raw text they were annotated on.

use super::rows;
use anyhow::{Context, Result};
use std::path::Path;

/// One syntactic word.
pub struct Word {
    /// As annotated.
    pub form: String,
    /// Universal part of speech.
    pub upos: String,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation without subtype.
    pub rel: String,
}

/// One sentence.
pub struct Sentence {
    /// `# sent_id`.
    pub id: String,
    /// `# text`.
    pub text: String,
    /// Whether a paragraph or document begins here.
    pub opens: bool,
    /// Whether its last token is followed by no space.
    pub glued: bool,
    /// Words.
    pub words: Vec<Word>,
    /// Surface tokens: the form and the indices of the words it stands for.
    pub tokens: Vec<(String, std::ops::Range<usize>)>,
}

/// The sentences of a treebank file.
pub fn read(path: &Path) -> Result<Vec<Sentence>> {
    let (mut out, mut open) = (Vec::new(), true);
    let mut id = String::new();
    let (mut text, mut words, mut tokens, mut until, mut glued) = (String::new(), Vec::new(), Vec::new(), 0usize, false);
    for (n, line) in rows::lines(path)?.iter().enumerate() {
        if let Some(t) = line.strip_prefix("# text = ") {
            text = t.to_owned();
        } else if let Some(i) = line.strip_prefix("# sent_id = ") {
            id = i.to_owned();
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            open = true;
        } else if line.is_empty() {
            if !words.is_empty() {
                let sentence = Sentence {
                    id: std::mem::take(&mut id),
                    text: std::mem::take(&mut text),
                    opens: open,
                    glued,
                    words: std::mem::take(&mut words),
                    tokens: std::mem::take(&mut tokens),
                };
                out.push(sentence);
                (open, until, glued) = (false, 0, false);
            }
        } else if !line.starts_with('#') {
            let cells: Vec<&str> = line.split('\t').collect();
            let place = || format!("{}:{}: not a CoNLL-U line", path.display(), n + 1);
            if cells.len() < 8 {
                anyhow::bail!(place());
            }
            let misc = cells.get(9).copied().unwrap_or("_");
            if let Some((a, b)) = cells[0].split_once('-') {
                let (a, b): (usize, usize) = (a.parse().with_context(place)?, b.parse().with_context(place)?);
                tokens.push((cells[1].to_owned(), a - 1..b));
                until = b;
                glued = misc.contains("SpaceAfter=No");
            } else if let Ok(i) = cells[0].parse::<usize>() {
                if i > until {
                    tokens.push((cells[1].to_owned(), i - 1..i));
                    glued = misc.contains("SpaceAfter=No");
                }
                let head: usize = cells[6].parse().with_context(place)?;
                let rel = cells[7].split(':').next().unwrap_or("").to_owned();
                words.push(Word { form: cells[1].to_owned(), upos: cells[3].to_owned(), head: head.checked_sub(1), rel });
            }
        }
    }
    Ok(out)
}

/// The raw text of a treebank: sentences with a space between them, paragraphs with a blank line.
pub fn raw_text(sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut glued = true;
    for s in sentences {
        if s.opens && !out.is_empty() {
            out.push_str("\n\n");
        } else if !glued {
            out.push(' ');
        }
        out.push_str(&s.text);
        glued = s.glued;
    }
    out
}
