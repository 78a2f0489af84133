//! Whether it happened: the model's status, corrected by negation, denial, modality and condition (codebook §3).

use crate::{tree, words};
use chancery_model::{Cue, Document, EventType, Rel, Stance, Status, Trace, Upos, Voice};

/// The status of the event at `head`.
pub fn of(document: &Document, cue: &Cue, head: usize, voices: &[Voice], trace: &mut Vec<Trace>) -> Status {
    let told = cue.best_status();
    let (status, rule) = match sign(document, cue, head, voices) {
        Some((s, r)) => (s, r),
        None => (told, "head.status"),
    };
    if status != Status::Actual {
        let score = cue.status[Status::ALL.iter().position(|s| *s == status).unwrap_or(0)];
        trace.push(Trace { field: "status".into(), rule: rule.into(), detail: status.to_string(), score: Some(score) });
    }
    status
}

/// Whether the nearest voice denies what it tells.
fn denied(voices: &[Voice]) -> bool {
    voices.first().is_some_and(|v| v.stance == Stance::Denies)
}

/// What the clause itself shows, if anything.
fn sign(document: &Document, cue: &Cue, head: usize, voices: &[Voice]) -> Option<(Status, &'static str)> {
    if denied(voices) && !matches!(cue.event, EventType::Reject | EventType::Accuse) {
        return Some((Status::Negated, "status.denied"));
    }
    if !refusal(document, cue.event, head) && negated(document, head) {
        return Some((Status::Negated, "status.not"));
    }
    let path = tree::path(document, head);
    // what is told beside a clause is not undone with it: "denied that …, though he did say that …"
    let own = path.iter().position(|&t| matches!(document.words[t].rel, Rel::Advcl | Rel::Parataxis)).unwrap_or(path.len());
    for pair in path[..path.len().min(own + 1)].windows(2) {
        let (below, above) = (pair[0], pair[1]);
        let rel = document.words[below].rel;
        let lemma = document.words[above].lemma.as_str();
        if matches!(rel, Rel::Xcomp | Rel::Ccomp | Rel::Obj | Rel::Obl)
            && words::undoes(lemma)
            && !cue.tokens.contains(above)
            && !refusal(document, cue.event, head)
        {
            return Some((Status::Negated, "status.undone"));
        }
        if rel == Rel::Xcomp && words::tries(lemma) && thwarted(document, above) {
            return Some((Status::Negated, "status.tried"));
        }
        if matches!(rel, Rel::Xcomp | Rel::Obj | Rel::Nmod | Rel::Acl) && words::unsure(lemma) && cue.status[0] < 0.8 {
            return Some((Status::Hypothetical, "status.unsure"));
        }
    }
    let condition = path.iter().any(|&t| {
        document
            .children(t)
            .any(|c| document.words[c].rel == Rel::Mark && matches!(document.words[c].lemma.as_str(), "if" | "unless"))
            && document.words[t].rel == Rel::Advcl
    });
    if condition {
        return Some((Status::Hypothetical, "status.if"));
    }
    let modal = document
        .children(head)
        .find(|&c| document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "could" | "may" | "might"));
    if modal.is_some() && !matches!(cue.event, EventType::Threaten | EventType::Request | EventType::Accuse) {
        return Some((Status::Hypothetical, "status.may"));
    }
    None
}

/// Whether a "but" follows on what was tried: "tried to land but was turned back".
fn thwarted(document: &Document, verb: usize) -> bool {
    let but = |c: usize| document.children(c).any(|k| document.words[k].rel == Rel::Cc && is(document, k, &["but", "only"]));
    document.children(verb).any(|c| c > verb && document.words[c].rel == Rel::Conj && but(c))
}

/// Whether a negated clause expresses the type without the event being negated itself: "will not withdraw" is a refusal, "is not
/// acceptable" a reproof.
fn refusal(document: &Document, event: EventType, head: usize) -> bool {
    use EventType::*;
    event == Reject || matches!(event, Accuse | Request | Threaten) && document.words[head].upos != Upos::Verb
}

/// Whether the clause of an event says that it did not happen: "did not attack", "no talks were held", "did not hold talks".
fn negated(document: &Document, head: usize) -> bool {
    let no = |at: usize| document.children(at).any(|c| document.words[c].rel == Rel::Det && is(document, c, &["no", "neither"]));
    let not = |at: usize| {
        let adverb = |c: usize| document.words[c].rel == Rel::Advmod && is(document, c, &["not", "never", "n't", "n’t"]);
        document.children(at).any(adverb)
    };
    let subject = document.child(head, &[Rel::Nsubj]);
    let verb = document.words[head].head.filter(|&v| {
        let below = matches!(document.words[head].rel, Rel::Obj | Rel::Nsubj);
        below && document.words[head].upos == Upos::Noun && words::light(document.words[v].lemma.as_str())
    });
    not(head)
        || no(head)
        || subject.is_some_and(|s| no(s) || is(document, s, &["nobody", "none"]))
        || verb.is_some_and(|v| not(v) || no(v))
}

fn is(document: &Document, at: usize, lemmas: &[&str]) -> bool {
    lemmas.contains(&document.words[at].lemma.as_str()) || lemmas.contains(&document.words[at].text.to_lowercase().as_str())
}

/// Conversions of codebook §2: a cooperative deed that is promised is AGREE, a withdrawal or truce that is announced is CONCEDE.
pub fn convert(event: EventType, status: Status) -> Option<(EventType, &'static str)> {
    use EventType::*;
    match (event, status) {
        (Consult | Support | Cooperate | Aid, Status::Future) => Some((Agree, "a cooperative deed in the future is a promise")),
        (Retreat, Status::Future) => Some((Concede, "a withdrawal, truce or release announced")),
        _ => None,
    }
}
