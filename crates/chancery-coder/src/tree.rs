//! Questions about dependency trees that several steps ask.

use chancery_model::{Document, Rel, Span, Token, Upos};

/// Whether the verb is a passive participle ("was killed by", "killed by" as a modifier).
pub fn passive(document: &Document, verb: usize) -> bool {
    document.words[verb].xpos == "VBN"
        && (document
            .children(verb)
            .any(|c| document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "be" | "get"))
            || (document.words[verb].rel == Rel::Acl && document.child(verb, &[Rel::Nsubj]).is_none()))
}

/// The subject of a verb: its own, or one it shares with the verb it is coordinated with or depends on.
pub fn subject(document: &Document, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..6 {
        if let Some(s) = document.child(at, &[Rel::Nsubj, Rel::Csubj]) {
            let relative =
                matches!(document.words[s].lemma.as_str(), "who" | "which" | "that") && document.words[s].upos == Upos::Pron;
            return match (relative, document.words[at].rel) {
                (true, Rel::Acl) => document.words[at].head,
                _ => Some(s),
            };
        }
        let (rel, head) = (document.words[at].rel, document.words[at].head?);
        match rel {
            Rel::Conj | Rel::Advcl | Rel::Aux | Rel::Cop => at = head,
            Rel::Xcomp => {
                // "urged Iran to withdraw": the object of the upper verb does it
                if let Some(o) = document.child(head, &[Rel::Obj, Rel::Iobj])
                    && o < at
                {
                    return Some(o);
                }
                at = head;
            }
            Rel::Acl if passive(document, at) => return Some(head),
            Rel::Acl if document.words[at].xpos == "VBG" => return Some(head),
            _ => return None,
        }
    }
    None
}

/// The words of a clause without what is told beside it ("… in Syria, though he did say that …").
pub fn own_words(document: &Document, clause: usize) -> Span<Token> {
    let mut words = document.subtree(clause);
    let aside = |&c: &usize| c > clause && matches!(document.words[c].rel, Rel::Advcl | Rel::Parataxis);
    for c in document.children(clause).filter(aside) {
        words.end = words.end.min(document.subtree(c).start);
    }
    words
}

/// The agent of a passive: its oblique with "by".
pub fn agent(document: &Document, verb: usize) -> Option<usize> {
    document.children(verb).find(|&c| {
        matches!(document.words[c].rel, Rel::Obl | Rel::Nmod)
            && document.children(c).any(|k| document.words[k].rel == Rel::Case && document.words[k].lemma == "by")
    })
}

/// The first preposition of a nominal.
pub fn preposition(document: &Document, noun: usize) -> Option<&str> {
    document.child(noun, &[Rel::Case]).map(|c| document.words[c].lemma.as_str())
}

/// `at` and the tokens above it up to the root of the sentence.
pub fn path(document: &Document, at: usize) -> Vec<usize> {
    let mut out = vec![at];
    let mut up = document.words[at].head;
    while let Some(u) = up {
        if out.len() > 200 || out.contains(&u) {
            break;
        }
        out.push(u);
        up = document.words[u].head;
    }
    out
}

/// The tokens from one up, and from the other up, to where both hang, which is left out; `None` where that is more than `most` arcs away.
pub fn apart(document: &Document, from: usize, to: usize, most: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let (mut up, mut down) = (path(document, from), path(document, to));
    let (i, j) = up.iter().enumerate().find_map(|(i, t)| down.iter().position(|d| d == t).map(|j| (i, j)))?;
    up.truncate(i);
    down.truncate(j);
    (i + j <= most).then_some((up, down))
}

/// The phrase of a nominal: its subtree without clauses, lists after the first conjunct, and trailing punctuation.
pub fn phrase(document: &Document, head: usize) -> Span<Token> {
    let (mut lo, mut hi) = (head, head);
    for c in document.children(head) {
        let rel = document.words[c].rel;
        let inner = match rel {
            Rel::Det | Rel::Amod | Rel::Compound | Rel::Nummod | Rel::Flat | Rel::Nmod | Rel::Fixed => phrase(document, c),
            _ => continue,
        };
        lo = lo.min(inner.start);
        hi = hi.max(inner.end - 1);
    }
    Span::new(lo, hi + 1)
}

/// Distance in arcs between two tokens of one sentence; `None` across sentences.
pub fn distance(document: &Document, a: usize, b: usize) -> Option<usize> {
    let (pa, pb) = (path(document, a), path(document, b));
    pa.iter().enumerate().find_map(|(i, x)| pb.iter().position(|y| y == x).map(|j| i + j))
}
