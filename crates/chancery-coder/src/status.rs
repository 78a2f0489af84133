//! Whether it happened: the model's status, corrected by negation, denial, modality and condition (codebook §3).

use crate::{tree, words};
use chancery_model::{Cue, Document, EventType, Rel, Stance, Status, Trace, Voice};

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

/// What the clause itself shows, if anything.
fn sign(document: &Document, cue: &Cue, head: usize, voices: &[Voice]) -> Option<(Status, &'static str)> {
    if voices.first().is_some_and(|v| v.stance == Stance::Denies) && !matches!(cue.event, EventType::Reject | EventType::Accuse) {
        return Some((Status::Negated, "status.denied"));
    }
    if !refusal(cue.event) && negated(document, head) {
        return Some((Status::Negated, "status.not"));
    }
    let path = tree::path(document, head);
    for pair in path.windows(2) {
        let (below, above) = (pair[0], pair[1]);
        let rel = document.words[below].rel;
        let lemma = document.words[above].lemma.as_str();
        if matches!(rel, Rel::Xcomp | Rel::Ccomp | Rel::Obj | Rel::Obl)
            && words::undoes(lemma)
            && !cue.tokens.contains(above)
            && !refusal(cue.event)
        {
            return Some((Status::Negated, "status.undone"));
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
        .any(|c| document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "could" | "may" | "might"));
    if modal && !matches!(cue.event, EventType::Agree | EventType::Threaten | EventType::Request | EventType::Accuse) {
        return Some((Status::Hypothetical, "status.may"));
    }
    None
}

/// Types that a negated clause expresses without being negated themselves ("will not withdraw" is a refusal).
fn refusal(event: EventType) -> bool {
    matches!(
        event,
        EventType::Reject
            | EventType::Accuse
            | EventType::Request
            | EventType::Threaten
            | EventType::Protest
            | EventType::Sanction
    )
}

fn negated(document: &Document, head: usize) -> bool {
    document.children(head).any(|c| {
        let word = &document.words[c];
        match word.rel {
            Rel::Advmod => {
                matches!(word.lemma.as_str(), "not" | "never" | "n't" | "n’t")
                    || matches!(word.text.as_str(), "n't" | "n’t" | "not")
            }
            Rel::Det => word.lemma == "no",
            _ => false,
        }
    })
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
