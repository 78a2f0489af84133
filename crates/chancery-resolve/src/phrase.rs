//! Reading noun phrases off the tree: what stands before the head, owners, "of" phrases, appositions, lists.

use chancery_model::{Document, NameKind, Rel, Span, Token, Upos};

/// The words of a span with single spaces, clitics and hyphens joined as written.
pub(crate) fn text(document: &Document, tokens: Span<Token>) -> String {
    let mut out = String::new();
    let mut end = None;
    for w in document.words.iter().take(tokens.end).skip(tokens.start) {
        if end.is_some_and(|e| e < w.span.start) {
            out.push(' ');
        }
        out.push_str(&w.text);
        end = Some(w.span.end);
    }
    out
}

/// Whether a word is the clitic of a possessor ("'s", "’").
pub(crate) fn is_possessive_mark(document: &Document, at: usize) -> bool {
    document.words[at].xpos == "POS"
}

/// Whether a token stands in the possessive: it has the clitic, or is a possessive pronoun.
pub(crate) fn is_possessor(document: &Document, at: usize) -> bool {
    document.words[at].rel == Rel::Nmod
        && (document.words[at].xpos == "PRP$"
            || document.children(at).any(|c| document.words[c].rel == Rel::Case && is_possessive_mark(document, c)))
}

/// The preposition of a token, lower case; that of a title before a name is the name's.
pub(crate) fn case(document: &Document, at: usize) -> Option<String> {
    let own = |t: usize| {
        document
            .children(t)
            .find(|&c| document.words[c].rel == Rel::Case && !is_possessive_mark(document, c))
            .map(|c| document.words[c].text.to_lowercase())
    };
    own(at).or_else(|| {
        let title = document.children(at).find(|&c| {
            c < at && document.words[c].rel == Rel::Nmod && !is_possessor(document, c) && document.words[c].upos != Upos::Num
        })?;
        (document.words[at].upos == Upos::Propn && title + 1 == at).then(|| own(title)).flatten()
    })
}

/// Tokens that stand before the head of a noun phrase and belong to it, in order: determiners, adjectives, compounds, possessors, titles.
pub(crate) fn before(document: &Document, head: usize) -> Vec<usize> {
    let mut out = Vec::new();
    collect(document, head, head, &mut out, 0);
    out.sort_unstable();
    out
}

fn collect(document: &Document, at: usize, head: usize, out: &mut Vec<usize>, depth: usize) {
    if depth > 6 {
        return;
    }
    for c in document.children(at) {
        let w = &document.words[c];
        let inside = matches!(w.rel, Rel::Compound | Rel::Amod | Rel::Flat | Rel::Det | Rel::Nummod | Rel::Punct | Rel::Fixed)
            || w.rel == Rel::Nmod && (c + 1 == head || case(document, c).is_none())
            || w.rel == Rel::Conj && at != head
            || w.rel == Rel::Obl && at != head && w.upos != Upos::Verb
            || matches!(w.rel, Rel::Cc | Rel::Case | Rel::Advmod) && at != head;
        if c < head && inside {
            out.push(c);
            collect(document, c, head, out, depth + 1);
        }
    }
}

/// The dependents after a noun that say whose it is, with their preposition ("of", "for", "in", "from", "to", …).
pub(crate) fn after(document: &Document, head: usize) -> Vec<(usize, String)> {
    document
        .children(head)
        .filter(|&c| c > head && document.words[c].rel == Rel::Nmod)
        .filter_map(|c| case(document, c).map(|p| (c, p)))
        .collect()
}

/// A token and those that are listed with it.
pub(crate) fn list(document: &Document, head: usize) -> Vec<usize> {
    let mut out = vec![head];
    out.extend(document.children(head).filter(|&c| document.words[c].rel == Rel::Conj && document.words[c].upos != Upos::Verb));
    out
}

/// The title that stands before a name with what it is a title of between them ("President of Mongolia U. Khurelsukh", "the Minister of
/// Foreign Affairs, Jane Doe").
pub(crate) fn title_before(document: &Document, name: usize) -> Option<usize> {
    let words = &document.words;
    let sentence = document.sentences[document.sentence_of(name)?].tokens;
    let mut start = name;
    while start > sentence.start + 1 && crate::who::is_style(&words[start - 1].text) && words[start - 1].text != "Prime" {
        start -= 1;
    }
    // "the Prime Minister Sheikh Sabah".
    if start < name && is_title(document, start - 1) {
        return Some(start - 1);
    }
    let comma = name.checked_sub(1).is_some_and(|t| t > sentence.start && words[t].text == ",");
    let last = if comma { name - 1 } else { name };
    let joins = |t: usize| matches!(words[t].text.to_lowercase().as_str(), "of" | "for" | "in" | "to" | "at");
    let person = |t: usize| document.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(t));
    let back = (last.saturating_sub(12).max(sentence.start)..last).rev().take_while(|&t| {
        let inside = matches!(words[t].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Cconj);
        (inside || joins(t)) && !person(t)
    });
    back.into_iter().find(|&t| t + 2 < last && joins(t + 1) && is_title(document, t))
}

// A noun for one human being in a role.
fn is_title(document: &Document, at: usize) -> bool {
    let noun = crate::nouns::noun(&document.words[at].lemma);
    noun.is_some_and(|n| n.kind == crate::nouns::NounKind::Person) && !is_plural(document, at)
}

/// Whether a noun is plural.
pub(crate) fn is_plural(document: &Document, at: usize) -> bool {
    matches!(document.words[at].xpos, "NNS" | "NNPS")
}

/// Whether a noun phrase has a definite determiner ("the", "this", "both") or none is needed.
pub(crate) fn is_definite(document: &Document, head: usize) -> bool {
    document.children(head).any(|c| {
        document.words[c].rel == Rel::Det
            && matches!(document.words[c].text.to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those" | "both")
    })
}

/// Whether a noun phrase has an indefinite determiner or quantity.
pub(crate) fn is_indefinite(document: &Document, head: usize) -> bool {
    document.children(head).any(|c| {
        matches!(
            document.words[c].text.to_lowercase().as_str(),
            "a" | "an" | "some" | "several" | "any" | "another" | "other" | "many" | "most" | "dozens" | "hundreds"
        )
    })
}

/// The number before a noun ("two", "both"), if it is one of the small ones.
pub(crate) fn count(document: &Document, head: usize) -> Option<usize> {
    document.children(head).find_map(|c| match document.words[c].text.to_lowercase().as_str() {
        "both" | "two" | "2" => Some(2),
        "three" | "3" => Some(3),
        "four" | "4" => Some(4),
        _ => None,
    })
}

/// Syntactic role as one of the weights of coreference knows it.
pub(crate) fn is_subject(document: &Document, at: usize) -> bool {
    matches!(document.words[at].rel, Rel::Nsubj | Rel::Csubj)
        || document.words[at].rel == Rel::Conj && document.words[at].head.is_some_and(|h| document.words[h].rel == Rel::Nsubj)
}
