//! Which cues become events, and which words tell each of them.

use crate::tree;
use chancery_model::{Cue, Document, Rel, Span, Token, Upos};

/// Least score at which a cue is weighed.
const THRESHOLD: f32 = 0.25;

/// A cue that becomes an event.
pub struct Trigger<'a> {
    /// What the model sees.
    pub cue: &'a Cue,
    /// The word that tells the event.
    pub head: usize,
    /// The words shown as its trigger: the head with its particle, object or complement where they stand close.
    pub tokens: Span<Token>,
}

/// The cues that are sure enough, each event once: of two cues of one type in one construction ("held talks") the surer stays.
pub fn choose(document: &Document) -> Vec<Trigger<'_>> {
    let mut all: Vec<Trigger> =
        document.cues.iter().filter(|c| c.score >= THRESHOLD).filter_map(|cue| trigger(document, cue)).collect();
    all.sort_by(|a, b| b.cue.score.total_cmp(&a.cue.score).then(a.head.cmp(&b.head)));
    let mut kept: Vec<Trigger> = Vec::new();
    for t in all {
        if !kept.iter().any(|k| k.cue.event == t.cue.event && one_construction(document, k.head, t.head)) {
            kept.push(t);
        }
    }
    kept.sort_by_key(|t| (t.head, t.cue.event));
    kept
}

fn trigger<'a>(document: &Document, cue: &'a Cue) -> Option<Trigger<'a>> {
    let mut head = document.head_of(cue.tokens);
    // a function word stands for the word it serves
    while light(document.words[head].upos) {
        let above = document.words[head].head?;
        if document.words[head].upos == Upos::Punct {
            return None;
        }
        head = above;
    }
    Some(Trigger { cue, head, tokens: shown(document, head).join(content(document, cue.tokens)) })
}

fn light(upos: Upos) -> bool {
    matches!(
        upos,
        Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Det | Upos::Part | Upos::Pron | Upos::Punct | Upos::Sconj | Upos::Sym
    )
}

/// A cue's words without function words and marks at its edges.
fn content(document: &Document, mut tokens: Span<Token>) -> Span<Token> {
    while tokens.len() > 1 && light(document.words[tokens.start].upos) {
        tokens.start += 1;
    }
    while tokens.len() > 1 && light(document.words[tokens.end - 1].upos) {
        tokens.end -= 1;
    }
    tokens
}

/// Words of an event noun or verb as a reader would mark them.
fn shown(document: &Document, head: usize) -> Span<Token> {
    let mut span = Span::new(head, head + 1);
    if document.words[head].upos != Upos::Verb {
        for c in document.children(head).filter(|&c| c < head && head - c <= 3) {
            if matches!(document.words[c].rel, Rel::Compound | Rel::Amod) {
                span = span.join(Span::new(c, head + 1));
            }
        }
        return span;
    }
    for c in document.children(head).filter(|&c| c > head && c - head <= 6) {
        match document.words[c].rel {
            Rel::Compound | Rel::Xcomp => span = span.join(Span::new(head, c + 1)),
            Rel::Obj => span = span.join(Span::new(head, tree::phrase(document, c).end.min(head + 9))),
            _ => {}
        }
    }
    span
}

/// Whether two words are one construction of verb and event noun, or verb and complement.
fn one_construction(document: &Document, a: usize, b: usize) -> bool {
    if a == b {
        return true;
    }
    let below = |child: usize, parent: usize| {
        document.words[child].head == Some(parent)
            && matches!(
                document.words[child].rel,
                Rel::Obj
                    | Rel::Xcomp
                    | Rel::Nmod
                    | Rel::Compound
                    | Rel::Amod
                    | Rel::Obl
                    | Rel::Flat
                    | Rel::Appos
                    | Rel::Acl
                    | Rel::Nsubj
            )
    };
    below(a, b) || below(b, a)
}
