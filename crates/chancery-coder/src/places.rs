//! Where: by attachment, not by nearest name.

use crate::{Desk, tree, words};
use chancery_model::{Actor, Byte, Cue, Document, EventType, Place, PlaceMention, Rel, Role, Sector, Span, Trace, Upos};

/// The place of the event at `head`, with the words that name it.
pub fn of(desk: &Desk, cue: &Cue, head: usize, trace: &mut Vec<Trace>) -> (Option<Place>, Option<Span<Byte>>) {
    let Some((mention, rule)) = found(desk, cue, head) else { return (None, None) };
    let span = desk.document.bytes(mention.tokens);
    let detail =
        format!("“{}” is in {}", &desk.article.text[span.range()], mention.place.country.as_deref().unwrap_or("no state"));
    trace.push(Trace { field: "place".into(), rule: rule.into(), detail, score: Some(mention.confidence) });
    (Some(mention.place.clone()), Some(span))
}

fn found<'a>(desk: &Desk<'a>, cue: &Cue, head: usize) -> Option<(&'a PlaceMention, &'static str)> {
    let document = desk.document;
    let places = &desk.findings.places;
    let linked = cue.roles.iter().filter(|r| r.role == Role::Place).find_map(|r| {
        let inside: Vec<&PlaceMention> = places.iter().filter(|p| r.tokens.overlaps(p.tokens)).collect();
        let top = document.head_of(r.tokens);
        inside.iter().find(|p| p.tokens.contains(top)).or(inside.first()).copied()
    });
    if let Some(place) = linked {
        return Some((place, "head.place"));
    }
    if let Some(place) = attached(document, places, head).or_else(|| carried(document, places, head)) {
        return Some((place, "place.attached"));
    }
    // what is only said may be said anywhere; a deed is done where the sentence is set
    if !done(cue.event) {
        return None;
    }
    let aimed = || target(document, places, head).filter(|_| cue.event == EventType::Assault).map(|p| (p, "place.target"));
    let before = || before(document, places, head).filter(|_| bodily(cue.event)).map(|p| (p, "place.before"));
    let home = || home(desk, cue, head).filter(|_| bodily(cue.event)).map(|p| (p, "place.home"));
    aimed().or_else(|| only(document, places, head).map(|p| (p, "place.sentence"))).or_else(before).or_else(home)
}

/// What a state's own people do to each other is done at home: the last words before it, or the first after, that name the country.
fn home<'a>(desk: &Desk<'a>, cue: &Cue, head: usize) -> Option<&'a PlaceMention> {
    let known = cue.roles.iter().filter(|r| matches!(r.role, Role::Actor | Role::Recipient));
    let who: Vec<&Actor> =
        known.filter_map(|r| desk.findings.at(desk.document.head_of(r.tokens))).flat_map(|m| m.actors.iter()).collect();
    let alone = !cue.roles.iter().any(|r| r.role == Role::Recipient);
    let abroad = |a: &&Actor| matches!(a.sector, Some(Sector::Gov | Sector::Mil));
    if alone && matches!(cue.event, EventType::Assault | EventType::Mobilize) && who.iter().any(abroad) {
        return None; // an army may be anywhere
    }
    let mut codes: Vec<&str> = who.iter().map(|a| a.code.as_str()).collect();
    codes.dedup();
    let [code] = codes.as_slice() else { return None };
    let mut named = desk.findings.places.iter().filter(|p| p.place.country.as_deref() == Some(*code));
    let before = named.clone().rfind(|p| p.tokens.start <= head);
    before.or_else(|| named.next())
}

/// Whether an event is a deed and no words.
fn done(event: EventType) -> bool {
    bodily(event) || matches!(event, EventType::Consult | EventType::Aid | EventType::Cooperate)
}

/// Whether an event takes bodies to a spot.
fn bodily(event: EventType) -> bool {
    use EventType::*;
    matches!(event, Assault | Coerce | Protest | Mobilize | Retreat)
}

/// A place that hangs on the trigger with a locative preposition, itself or inside a noun that does ("in the northern city of Kidal").
fn attached<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let mut best: Option<(usize, &PlaceMention)> = None;
    for place in places.iter().filter(|p| p.locative || visited(document, p, head)) {
        let mut at = document.head_of(place.tokens);
        for steps in 0..3 {
            let word = &document.words[at];
            let Some(up) = word.head else { break };
            if up == head {
                let fits = matches!(word.rel, Rel::Obl | Rel::Nmod | Rel::Obj)
                    && !matches!(tree::preposition(document, at), Some("against" | "with" | "by" | "from" | "for"));
                if fits && best.is_none_or(|(b, _)| steps < b) {
                    best = Some((steps, place));
                }
                break;
            }
            let noun = matches!(document.words[up].upos, Upos::Noun | Upos::Propn);
            if !noun || !matches!(word.rel, Rel::Nmod | Rel::Appos | Rel::Flat | Rel::Compound) {
                break;
            }
            at = up;
        }
    }
    best.map(|(_, p)| p)
}

/// "visited Algeria", "his tour of Africa": the place stands for nobody.
fn visited(document: &Document, place: &PlaceMention, head: usize) -> bool {
    let at = document.head_of(place.tokens);
    let goes = matches!(document.words[head].lemma.as_str(), "visit" | "tour");
    goes && document.words[at].head == Some(head) && matches!(document.words[at].rel, Rel::Obj | Rel::Nmod)
}

/// The same for the verb that only carries the noun of an event ("held talks in Oman").
fn carried<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let word = &document.words[head];
    let up = word.head.filter(|_| word.upos != Upos::Verb && matches!(word.rel, Rel::Obj | Rel::Nsubj | Rel::Xcomp))?;
    words::light(&document.words[up].lemma).then(|| attached(document, places, up)).flatten()
}

/// What is attacked, where it is a country or place ("the invasion of Ukraine", "shelled Aleppo").
fn target<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    places.iter().find(|p| {
        let at = document.head_of(p.tokens);
        let word = &document.words[at];
        let aimed = word.rel == Rel::Obj
            || matches!(word.rel, Rel::Nmod | Rel::Obl)
                && matches!(tree::preposition(document, at), Some("of" | "on" | "against" | "into" | "in"));
        aimed && word.head == Some(head)
    })
}

/// The nearest place of the sentence, where all its places lie in one country.
fn only<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let sentence = document.sentences[document.sentence_of(head)?].tokens;
    let here: Vec<&PlaceMention> = places.iter().filter(|p| p.locative && sentence.covers(p.tokens)).collect();
    let near = here.iter().min_by_key(|p| (tree::distance(document, document.head_of(p.tokens), head), p.tokens.start))?;
    one_country(&here).then_some(*near)
}

// How many sentences back the place of a deed is looked for.
const MEMORY: usize = 6;

/// The last place told of before, where its sentence names none abroad beside it.
fn before<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let sentence = document.sentence_of(head)?;
    let inside = |s: usize| places.iter().filter(move |p| document.sentences[s].tokens.covers(p.tokens));
    if inside(sentence).next().is_some() {
        return None;
    }
    let here =
        (sentence.saturating_sub(MEMORY)..sentence).rev().map(|s| inside(s).collect::<Vec<_>>()).find(|p| !p.is_empty())?;
    here.iter().rfind(|p| p.locative).copied().filter(|_| one_country(&here))
}

fn one_country(places: &[&PlaceMention]) -> bool {
    places.windows(2).all(|p| p[0].place.country == p[1].place.country)
}
