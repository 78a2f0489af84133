//! Where: by attachment, not by nearest name.

use crate::{Desk, dates, roles, tree, words};
use chancery_model::{Byte, Cue, Document, EventType, Mention, Place, PlaceMention, Rel, Role, Sector, Span, Trace, Upos};

/// The place of the event at `head`, with the words that name it.
pub fn of(desk: &Desk, cue: &Cue, head: usize, trace: &mut Vec<Trace>) -> (Option<Place>, Option<Span<Byte>>) {
    let Some((mention, rule)) = found(desk, cue, head) else { return (None, None) };
    let span = desk.document.bytes(mention.tokens);
    let detail =
        format!("“{}” is in {}", &desk.article.text[span.range()], mention.place.country.as_deref().unwrap_or("no state"));
    trace.push(Trace { field: "place".into(), rule: rule.into(), detail, score: Some(mention.confidence) });
    (Some(mention.place.clone()), Some(span))
}

fn found(desk: &Desk, cue: &Cue, head: usize) -> Option<(PlaceMention, &'static str)> {
    let own = |(place, rule): (&PlaceMention, _)| (place.clone(), rule);
    let host = || host(desk, cue.event, head).map(|p| (p, "place.host"));
    let home = || home(desk, cue, head).map(|p| (p, "place.home"));
    told(desk, cue, head).map(own).or_else(host).or_else(|| set(desk, cue, head).map(own)).or_else(home)
}

/// What the model links to the event, else what hangs on its words.
fn told<'a>(desk: &Desk<'a>, cue: &Cue, head: usize) -> Option<(&'a PlaceMention, &'static str)> {
    let document = desk.document;
    let places = &desk.findings.places;
    let linked = cue.roles.iter().filter(|r| r.role == Role::Place).find_map(|r| {
        let inside: Vec<&PlaceMention> =
            places.iter().filter(|p| r.tokens.overlaps(p.tokens) && !origin(document, p, head)).collect();
        let top = document.head_of(r.tokens);
        inside.iter().find(|p| p.tokens.contains(top)).or(inside.first()).copied()
    });
    let hangs = || attached(document, places, head).or_else(|| carried(document, places, head));
    linked.map(|p| (p, "head.place")).or_else(|| hangs().map(|p| (p, "place.attached")))
}

/// Where the sentence is set: what is only said may be said anywhere, but where its clause plays; a deed is done on the scene.
fn set<'a>(desk: &Desk<'a>, cue: &Cue, head: usize) -> Option<(&'a PlaceMention, &'static str)> {
    let document = desk.document;
    let places = &desk.findings.places;
    if roles::speech_act(cue.event) {
        return attached(document, places, dates::clause(document, head)).map(|p| (p, "place.clause"));
    }
    if !done(cue.event) {
        return None;
    }
    let aimed = || target(document, places, head).filter(|_| cue.event == EventType::Assault).map(|p| (p, "place.target"));
    let before = || before(desk, places, head).filter(|_| bodily(cue.event)).map(|p| (p, "place.before"));
    aimed().or_else(|| only(document, places, head).map(|p| (p, "place.sentence"))).or_else(before)
}

/// Whether a place is only where another deed sets out from ("rockets fired from Syria hit Kilis").
fn origin(document: &Document, place: &PlaceMention, head: usize) -> bool {
    let at = document.head_of(place.tokens);
    let another = document.words[at].head.is_some_and(|up| up != head && document.words[up].upos == Upos::Verb);
    another && tree::preposition(document, at) == Some("from")
}

/// What a state's own people do to each other is done at home.
fn home(desk: &Desk, cue: &Cue, head: usize) -> Option<PlaceMention> {
    let known = cue.roles.iter().filter(|r| matches!(r.role, Role::Actor | Role::Recipient));
    let who: Vec<&Mention> = known.filter_map(|r| desk.findings.at(desk.document.head_of(r.tokens))).collect();
    let alone = !cue.roles.iter().any(|r| r.role == Role::Recipient);
    let armed = |m: &&Mention| m.actors.iter().any(|a| matches!(a.sector, Some(Sector::Gov | Sector::Mil)));
    // an army may be anywhere
    let abroad = alone && matches!(cue.event, EventType::Assault | EventType::Mobilize) && who.iter().any(armed);
    if bodily(cue.event) && !abroad { country(desk, state(&who)?, head) } else { None }
}

/// Who receives a guest or arrests somebody does it at home, and "Turkish police" says where that is.
fn host(desk: &Desk, event: EventType, head: usize) -> Option<PlaceMention> {
    let document = desk.document;
    let at_home = match event {
        EventType::Consult => ["receive", "host", "welcome"].as_slice(),
        EventType::Coerce => &["arrest", "detain", "jail", "imprison"],
        _ => return None,
    };
    let verb = at_home.contains(&document.words[head].lemma.as_str());
    let who = if tree::passive(document, head) { tree::agent(document, head) } else { tree::subject(document, head) };
    let mention = desk.findings.at(who.filter(|_| verb)?)?;
    let code = state(&[mention])?;
    country(desk, code, head).or_else(|| {
        let state = desk.lexicon.state(code)?;
        let (name, country) = (state.name.clone(), Some(state.code.clone()));
        let place = Place { name, country, lat: state.lat, lon: state.lon, precision: "country".to_owned() };
        Some(PlaceMention { tokens: mention.tokens, place, locative: false, confidence: mention.confidence })
    })
}

/// The one state or body that all belong to.
fn state<'a>(who: &[&'a Mention]) -> Option<&'a str> {
    let mut codes = who.iter().flat_map(|m| &m.actors).map(|a| a.code.as_str());
    let first = codes.next()?;
    codes.all(|c| c == first).then_some(first)
}

/// The last words before an event that name a country, else the first after.
fn country(desk: &Desk, code: &str, head: usize) -> Option<PlaceMention> {
    let mut named = desk.findings.places.iter().filter(|p| p.place.country.as_deref() == Some(code));
    named.clone().rfind(|p| p.tokens.start <= head).or_else(|| named.next()).cloned()
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
            || word.rel == Rel::Nsubj && tree::passive(document, head)
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

/// The last place told of before, where its sentence names none abroad beside it and the same scene goes on: what is only talked of, what is
/// quoted and what is done on another day has a place of its own.
fn before<'a>(desk: &Desk, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let document = desk.document;
    let sentence = document.sentence_of(head)?;
    let inside = |s: usize| places.iter().filter(move |p| document.sentences[s].tokens.covers(p.tokens));
    if inside(sentence).next().is_some() || !dates::tells(document, head) {
        return None;
    }
    let (at, here) = (sentence.saturating_sub(MEMORY)..sentence)
        .rev()
        .map(|s| (s, inside(s).collect::<Vec<_>>()))
        .find(|(_, p)| !p.is_empty())?;
    let place = here.iter().rfind(|p| p.locative).copied().filter(|_| one_country(&here))?;
    let quoted = document.quotation_of(head).is_some() && document.quotation_of(place.tokens.start).is_none();
    let days = |s: usize| dates::times(desk, s).into_iter().map(|t| t.days).collect::<Vec<_>>();
    let (then, now) = (days(at), days(sentence));
    let another_day = !then.is_empty() && !now.is_empty() && !now.iter().any(|d| then.contains(d));
    (!quoted && !another_day).then_some(place)
}

fn one_country(places: &[&PlaceMention]) -> bool {
    places.windows(2).all(|p| p[0].place.country == p[1].place.country)
}
