//! Who does it and to whom: the mentions of the sentence, by the weights of what head and tree say for each.

use crate::{Desk, tree, weigh};
use chancery_model::{ActorRef, Cue, EventType, Mention, MentionKind, Mode, Place, Rel, Role, Trace, Voice};
use jiff::civil::Date;

/// Actors and recipients of a cue, each in the order of the text; `days` are the event's, by which offices are taken.
pub fn of(
    desk: &Desk,
    cue: &Cue,
    head: usize,
    days: Option<(Date, Date)>,
    voices: &[Voice],
    trace: &mut Vec<Trace>,
) -> (Vec<ActorRef>, Vec<ActorRef>) {
    let (mut actors, recipients) = weighed(desk, cue, head, days, voices);
    let spoken = actors.is_empty() && speech_act(cue.event);
    if spoken {
        actors = speaking(desk, head, days);
    }
    for (slot, list, rule) in
        [("actor", &actors, if spoken { "role.speaker" } else { "role.weights" }), ("recipient", &recipients, "role.weights")]
    {
        if !list.is_empty() {
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
    // what is said needs somebody who says it or of whom it is said
    !actors.is_empty() || !recipients.is_empty() || cue.score > 0.75 && !speech_act(event) && event != EventType::Consult
}

/// Types that are done by saying them.
pub fn speech_act(event: EventType) -> bool {
    use EventType::*;
    matches!(event, Agree | Support | Concede | Request | Accuse | Reject | Threaten)
}

/// The mentions of a cue's sentence that lie in no other, each with what speaks for its parts in the event.
pub fn parts<'a>(desk: &'a Desk, cue: &Cue, head: usize, voices: &[Voice]) -> Vec<(&'a Mention, weigh::Features)> {
    let Some(sentence) = desk.document.sentence_of(head) else { return Vec::new() };
    let all = weigh::candidates(desk, desk.document.sentences[sentence].tokens);
    let speaks = |m: &Mention| voices.first().is_some_and(|v| v.span.overlaps(desk.document.bytes(m.tokens)));
    let own = |m: &&Mention| !describes_another(desk, cue, m);
    all.filter(own).map(|m| (m, weigh::of_part(desk, cue, head, m, speaks(m)))).collect()
}

/// Prepositions by which a noun says whose it is or where it is at home.
const BELONGING: [&str; 13] =
    ["of", "for", "from", "at", "in", "on", "near", "inside", "outside", "within", "across", "throughout", "around"];

/// Whether a mention is only a part of how another one is described: whose it is ("the president of Georgia", "police in Nairobi, Kenya"),
/// where it is, or by whom it is backed ("US-backed rebels").
fn describes_another(desk: &Desk, cue: &Cue, mention: &Mention) -> bool {
    let words = &desk.document.words;
    let mut at = mention.head;
    for _ in 0..6 {
        let (rel, Some(up)) = (words[at].rel, words[at].head) else { return false };
        let nominal = matches!(rel, Rel::Nmod | Rel::Amod | Rel::Compound | Rel::Appos | Rel::Conj | Rel::Flat)
            || rel == Rel::Obl && words[up].rel == Rel::Amod;
        if !nominal || cue.tokens.contains(at) || cue.tokens.contains(up) {
            return false;
        }
        let whole = desk.findings.mentions.iter().find(|m| m.head == up && m.kind != MentionKind::Adjective);
        if let Some(whole) = whole.filter(|_| matches!(rel, Rel::Nmod | Rel::Amod | Rel::Compound)) {
            let belongs = tree::preposition(desk.document, at).is_none_or(|p| BELONGING.contains(&p));
            let same_state = mention.actors.iter().all(|a| whole.actors.iter().any(|w| w.code == a.code));
            if mention.actors != whole.actors {
                let owner = belongs && mention.kind == MentionKind::Named && (same_state || mention.confidence < 0.3);
                return owner || rel == Rel::Amod && at != mention.head;
            }
        }
        at = up;
    }
    false
}

/// Actors and recipients by the weights of what speaks for them.
fn weighed(desk: &Desk, cue: &Cue, head: usize, days: Option<(Date, Date)>, voices: &[Voice]) -> (Vec<ActorRef>, Vec<ActorRef>) {
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    for (mention, said) in parts(desk, cue, head, voices) {
        if let Some((role, sum)) = weigh::part(&said) {
            let side = if role == Role::Actor { &mut actors } else { &mut recipients };
            refs(desk, mention, days, weigh::chance(sum)).into_iter().for_each(|a| push(side, a));
        }
    }
    (actors, recipients)
}

fn push(out: &mut Vec<ActorRef>, a: ActorRef) {
    if !out.iter().any(|o| o.code == a.code && o.sector == a.sector && o.entity == a.entity) {
        out.push(a);
    }
}

fn refs(desk: &Desk, mention: &Mention, days: Option<(Date, Date)>, score: f32) -> Vec<ActorRef> {
    let span = desk.document.bytes(mention.tokens);
    let text = &desk.article.text[span.range()];
    let resolved = |a: &chancery_model::Actor| days.map_or_else(|| a.clone(), |(from, to)| a.during(from, to));
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

/// The voice that utters a speech act inside its own words.
fn speaking(desk: &Desk, head: usize, days: Option<(Date, Date)>) -> Vec<ActorRef> {
    let Some(speaker) = desk.voices.speaker_at(head) else { return Vec::new() };
    let tokens = tree::phrase(desk.document, speaker);
    let usable = |m: &&Mention| m.kind != MentionKind::Adjective;
    desk.findings.within(desk.document, tokens).into_iter().filter(usable).flat_map(|m| refs(desk, m, days, 0.6)).collect()
}
