//! Who does it and to whom: the model's linked phrases, completed from the tree.

use crate::{Desk, tree};
use chancery_model::{
    ActorRef, Cue, Document, EventType, Mention, MentionKind, Mode, Place, Rel, Role, Span, Token, Trace, Upos,
};
use jiff::civil::Date;

/// Least probability at which a phrase linked by the model is taken.
const LINK: f32 = 0.4;

/// Actors and recipients of a cue, each in the order of the text; `day` is the event's day, by which offices are taken.
pub fn of(desk: &Desk, cue: &Cue, head: usize, day: Option<Date>, trace: &mut Vec<Trace>) -> (Vec<ActorRef>, Vec<ActorRef>) {
    let mut actors = linked(desk, cue, Role::Actor, day);
    let mut recipients = linked(desk, cue, Role::Recipient, day);
    let had = (actors.is_empty(), recipients.is_empty());
    if actors.is_empty()
        && let Some(at) =
            acting(desk.document, head).filter(|&at| !recipients.iter().any(|r| r.span.overlaps(desk.document.words[at].span)))
    {
        actors = phrase(desk, tree::phrase(desk.document, at), day, 0.55);
    }
    if actors.is_empty() && speech_act(cue.event) {
        actors = speaking(desk, head, day);
    }
    if recipients.is_empty()
        && let Some(at) = suffering(desk.document, head, cue.event)
        && !actors.iter().any(|a| a.span.overlaps(desk.document.words[at].span))
    {
        recipients = phrase(desk, tree::phrase(desk.document, at), day, 0.5);
    }
    for (slot, list, filled) in [("actor", &actors, had.0), ("recipient", &recipients, had.1)] {
        if !list.is_empty() {
            let rule = if filled { "role.tree" } else { "head.role" };
            let detail = list.iter().map(|a| format!("{} ({})", a.text, a.code)).collect::<Vec<_>>().join("; ");
            trace.push(Trace { field: slot.into(), rule: rule.into(), detail, score: None });
        }
    }
    (actors, recipients)
}

/// Makes the slots fit type and mode (codebook §2): nobody acts on himself; those who meet are all actors; a visit has a visitor and a host.
pub fn settle(
    event: EventType,
    mode: Option<Mode>,
    sides: (&mut Vec<ActorRef>, &mut Vec<ActorRef>),
    place: Option<&Place>,
    trace: &mut Vec<Trace>,
) {
    let (actors, recipients) = sides;
    let before = (actors.len(), recipients.len());
    let same = |a: &ActorRef, b: &ActorRef| a.code == b.code && a.entity == b.entity && a.sector == b.sector;
    recipients.retain(|r| !actors.iter().any(|a| same(a, r) && (a.span.overlaps(r.span) || r.via == Some(a.span))));
    if event == EventType::Consult {
        match mode {
            None | Some(Mode::Multilateral) => {
                for r in std::mem::take(recipients) {
                    push(actors, r);
                }
                actors.sort_by_key(|a| (a.span.start, a.span.end));
            }
            Some(Mode::Visit) if recipients.is_empty() && actors.len() > 1 => {
                let country = place.and_then(|p| p.country.as_deref());
                if let Some(host) = actors.iter().position(|a| Some(a.code.as_str()) == country) {
                    recipients.push(actors.remove(host));
                }
            }
            _ => {}
        }
    }
    if (actors.len(), recipients.len()) != before {
        let detail = format!("{} act, {} are acted on", actors.len(), recipients.len());
        trace.push(Trace { field: "actor".into(), rule: "role.settle".into(), detail, score: None });
    }
}

/// Whether this is an event of political actors at all (codebook §1).
pub fn political(cue: &Cue, event: EventType, actors: &[ActorRef], recipients: &[ActorRef]) -> bool {
    let sides = actors.len() + recipients.len();
    match event {
        // two-sided types need somebody
        EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Request | EventType::Accuse => {
            !actors.is_empty() || sides > 1
        }
        _ => sides > 0 || cue.score > 0.75,
    }
}

/// Types that are done by saying them.
pub fn speech_act(event: EventType) -> bool {
    use EventType::*;
    matches!(event, Agree | Support | Concede | Request | Accuse | Reject | Threaten)
}

fn linked(desk: &Desk, cue: &Cue, role: Role, day: Option<Date>) -> Vec<ActorRef> {
    let mut out: Vec<ActorRef> = Vec::new();
    for link in cue.roles.iter().filter(|r| r.role == role && r.score >= LINK) {
        for a in phrase(desk, link.tokens, day, link.score) {
            push(&mut out, a);
        }
    }
    out
}

fn push(out: &mut Vec<ActorRef>, a: ActorRef) {
    if !out.iter().any(|o| o.code == a.code && o.sector == a.sector && o.entity == a.entity) {
        out.push(a);
    }
}

/// The actors that a phrase means.
fn phrase(desk: &Desk, tokens: Span<Token>, day: Option<Date>, score: f32) -> Vec<ActorRef> {
    let mut out = Vec::new();
    // a place acts only where the model says so
    let acts = |m: &&Mention| m.confidence >= 0.3 || score >= 0.6;
    for m in desk.findings.within(desk.document, tokens).into_iter().filter(acts) {
        for a in refs(desk, m, day, score) {
            push(&mut out, a);
        }
    }
    out
}

fn refs(desk: &Desk, mention: &Mention, day: Option<Date>, score: f32) -> Vec<ActorRef> {
    let span = desk.document.bytes(mention.tokens);
    let text = &desk.article.text[span.range()];
    let resolved = |a: &chancery_model::Actor| day.map_or_else(|| a.clone(), |d| a.as_of(d));
    mention
        .actors
        .iter()
        .map(resolved)
        .map(|a| ActorRef {
            code: a.code,
            sector: a.sector,
            entity: a.entity,
            identifier: a.identifier,
            office: a.office,
            text: text.to_owned(),
            span,
            via: mention.via.map(|v| desk.document.bytes(v)),
            confidence: (score * mention.confidence * 1000.0).round() / 1000.0,
        })
        .collect()
}

/// Who does what the word at `head` says: subject of a verb, agent of a passive; possessor, "by"-phrase or adjective of a noun.
fn acting(document: &Document, head: usize) -> Option<usize> {
    if document.words[head].upos == Upos::Verb {
        return match tree::passive(document, head) {
            true => tree::agent(document, head),
            false => tree::subject(document, head),
        };
    }
    let possessor = document
        .children(head)
        .find(|&c| document.words[c].rel == Rel::Nmod && document.children(c).any(|k| document.words[k].xpos == "POS"));
    possessor
        .or_else(|| tree::agent(document, head))
        .or_else(|| document.children(head).find(|&c| document.words[c].rel == Rel::Nmod && document.words[c].xpos == "PRP$"))
        .or_else(|| document.child(head, &[Rel::Amod, Rel::Compound]))
        .or_else(|| light_verb(document, head))
}

/// The subject of a light verb over an event noun ("carried out an attack", "held talks").
fn light_verb(document: &Document, head: usize) -> Option<usize> {
    let verb = document.words[head].head.filter(|_| document.words[head].rel == Rel::Obj)?;
    let light = matches!(
        document.words[verb].lemma.as_str(),
        "carry"
            | "conduct"
            | "give"
            | "have"
            | "hold"
            | "launch"
            | "make"
            | "mount"
            | "offer"
            | "pay"
            | "provide"
            | "stage"
            | "take"
            | "wage"
    );
    if light { tree::subject(document, verb) } else { None }
}

/// Who suffers or receives it: object of a verb, subject of a passive, "of/on/against/to/with"-phrase of a noun.
fn suffering(document: &Document, head: usize, event: EventType) -> Option<usize> {
    if document.words[head].upos == Upos::Verb {
        if tree::passive(document, head) {
            return tree::subject(document, head);
        }
        return document.child(head, &[Rel::Obj, Rel::Iobj]).filter(|_| event != EventType::Consult);
    }
    let wanted: &[&str] = match event {
        EventType::Assault | EventType::Accuse | EventType::Sanction | EventType::Coerce | EventType::Threaten => {
            &["on", "against", "of"]
        }
        EventType::Aid | EventType::Support => &["to", "for", "of"],
        _ => return None,
    };
    document
        .children(head)
        .find(|&c| document.words[c].rel == Rel::Nmod && tree::preposition(document, c).is_some_and(|p| wanted.contains(&p)))
}

/// The voice that utters a speech act inside its own words.
fn speaking(desk: &Desk, head: usize, day: Option<Date>) -> Vec<ActorRef> {
    let Some(speaker) = desk.voices.speaker_at(head) else { return Vec::new() };
    let tokens = tree::phrase(desk.document, speaker);
    let usable = |m: &&Mention| m.kind != MentionKind::Adjective;
    desk.findings.within(desk.document, tokens).into_iter().filter(usable).flat_map(|m| refs(desk, m, day, 0.6)).collect()
}
