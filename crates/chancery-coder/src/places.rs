//! Where: by attachment, not by nearest name.

use crate::{Desk, tree};
use chancery_model::{Byte, Cue, Document, Place, PlaceMention, Rel, Role, Span, Trace};

/// The place of the event at `head`, with the words that name it.
pub fn of(desk: &Desk, cue: &Cue, head: usize, trace: &mut Vec<Trace>) -> (Option<Place>, Option<Span<Byte>>) {
    let document = desk.document;
    let places = &desk.findings.places;
    let linked = cue.roles.iter().filter(|r| r.role == Role::Place).find_map(|r| {
        let inside: Vec<&PlaceMention> = places.iter().filter(|p| r.tokens.overlaps(p.tokens)).collect();
        let top = document.head_of(r.tokens);
        inside.iter().find(|p| p.tokens.contains(top)).or(inside.first()).copied()
    });
    let (found, rule) = match linked {
        Some(p) => (Some(p), "head.place"),
        None => match attached(document, places, head) {
            Some(p) => (Some(p), "place.attached"),
            None => (only(document, places, head), "place.sentence"),
        },
    };
    let Some(mention) = found else { return (None, None) };
    let span = document.bytes(mention.tokens);
    let detail =
        format!("“{}” is in {}", &desk.article.text[span.range()], mention.place.country.as_deref().unwrap_or("no state"));
    trace.push(Trace { field: "place".into(), rule: rule.into(), detail, score: Some(mention.confidence) });
    (Some(mention.place.clone()), Some(span))
}

/// A place that hangs directly on the trigger with a locative preposition.
fn attached<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    places.iter().filter(|p| p.locative).find(|p| {
        let at = document.head_of(p.tokens);
        matches!(document.words[at].rel, Rel::Obl | Rel::Nmod | Rel::Obj)
            && document.words[at].head == Some(head)
            && !matches!(tree::preposition(document, at), Some("against" | "with" | "by" | "from" | "for"))
    })
}

/// The nearest place of the sentence, where all its places lie in one country.
fn only<'a>(document: &Document, places: &'a [PlaceMention], head: usize) -> Option<&'a PlaceMention> {
    let sentence = document.sentences[document.sentence_of(head)?].tokens;
    let here: Vec<&PlaceMention> = places.iter().filter(|p| p.locative && sentence.covers(p.tokens)).collect();
    let first = here.first()?;
    let one = here.iter().all(|p| p.place.country == first.place.country);
    let near = here.iter().min_by_key(|p| (tree::distance(document, document.head_of(p.tokens), head), p.tokens.start))?;
    one.then_some(*near)
}
