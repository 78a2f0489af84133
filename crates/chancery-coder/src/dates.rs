//! When: the event's own days, never the article's by silent default.

use crate::{Desk, roles, tree};
use chancery_model::{Cue, DateRange, Document, Rel, Role, Time, Trace};

/// The days of the event at `head`, where the text gives any.
pub fn of(desk: &Desk, cue: &Cue, head: usize, sentence: usize, trace: &mut Vec<Trace>) -> Option<DateRange> {
    let document = desk.document;
    let tokens = document.sentences[sentence].tokens;
    let here: Vec<&Time> = desk.findings.times.iter().filter(|t| tokens.covers(t.tokens) && t.days.is_some()).collect();
    let linked =
        cue.roles.iter().filter(|r| r.role == Role::Time).find_map(|r| here.iter().find(|t| t.tokens.overlaps(r.tokens)));
    let mut rule = "head.time";
    let mut found = linked.copied();
    if found.is_none() {
        rule = "date.clause";
        found = attached(document, &here, head);
    }
    // a promise, demand or refusal is made when it is spoken
    if found.is_none()
        && roles::speech_act(cue.event)
        && let Some(verb) = desk.voices.cue_at(head)
    {
        rule = "date.speech";
        found = attached(document, &here, verb);
    }
    let time = found?;
    let (from, to) = time.days?;
    let span = document.bytes(time.tokens);
    let detail = format!("“{}” is {from} to {to}", &desk.article.text[span.range()]);
    trace.push(Trace { field: "date".into(), rule: rule.into(), detail, score: None });
    Some(DateRange { from, to, basis: time.basis, precision: time.precision, span: Some(span) })
}

/// The nearest time expression that hangs on the clause of `head` itself.
fn attached<'a>(document: &Document, times: &[&'a Time], head: usize) -> Option<&'a Time> {
    let mut best: Option<(usize, &Time)> = None;
    for time in times {
        let at = document.head_of(time.tokens);
        if !same_clause(document, at, head) {
            continue;
        }
        let Some(d) = tree::distance(document, at, head) else { continue };
        if d <= 3 && best.is_none_or(|(b, _)| d < b) {
            best = Some((d, time));
        }
    }
    best.map(|(_, t)| t)
}

/// Whether the way from `at` up to `head`, or to where both meet, crosses no clause boundary.
fn same_clause(document: &Document, at: usize, head: usize) -> bool {
    let (up, down) = (tree::path(document, at), tree::path(document, head));
    let Some(meet) = up.iter().find(|t| down.contains(t)) else { return false };
    let boundary = |t: &usize| matches!(document.words[*t].rel, Rel::Ccomp | Rel::Advcl | Rel::Acl | Rel::Parataxis | Rel::Csubj);
    let side = |path: &[usize]| path.iter().take_while(|t| *t != meet).any(boundary);
    // an expression inside a lower clause is not of this one; an event in a lower clause does not take the upper clause's time
    !side(&up) && !side(&down)
}
