//! Where: names of places with the country they lie in, and whether they stand as places.

use crate::{
    phrase,
    scene::{Scene, is_state},
};
use chancery_lexicon::{Entry, EntryKind, FormKind, Lexicon};
use chancery_model::{Document, Findings, NameKind, Place, PlaceMention, Rel, Span, Token, Upos};

const LOCATIVE: [&str; 20] = [
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "around",
    "across",
    "throughout",
    "within",
    "into",
    "from",
    "to",
    "over",
    "on",
    "along",
    "off",
    "through",
    "toward",
    "towards",
    "via",
];
const STRICT: [&str; 9] = ["in", "at", "near", "inside", "outside", "across", "throughout", "within", "around"];
const DIRECTIONS: [&str; 16] = [
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "northeast",
    "northwest",
    "southeast",
];
// Sites named after a place ("Latakia airport"), and areas around one.
const SITES: [&str; 24] = [
    "airport",
    "airbase",
    "base",
    "camp",
    "port",
    "bridge",
    "dam",
    "prison",
    "hospital",
    "square",
    "mosque",
    "church",
    "university",
    "border",
    "crossing",
    "embassy",
    "palace",
    "street",
    "road",
    "highway",
    "refinery",
    "plant",
    "stadium",
    "market",
];
const AREAS: [&str; 18] = [
    "province",
    "region",
    "city",
    "town",
    "village",
    "district",
    "governorate",
    "area",
    "countryside",
    "suburb",
    "suburbs",
    "state",
    "county",
    "island",
    "peninsula",
    "valley",
    "strip",
    "neighborhood",
];

/// Whether a token stands as a place: after a preposition of place, itself or as part of the noun it belongs to.
pub(crate) fn is_locative(doc: &Document, at: usize) -> bool {
    preposition(doc, at).is_some_and(|p| STRICT.contains(&p.as_str()))
}

/// Whether a word says which part of a state is meant ("northern").
pub(crate) fn is_direction(word: &str) -> bool {
    DIRECTIONS.contains(&word.to_lowercase().as_str())
}

/// Whether a noun is a sort of place ("city", "airport").
pub(crate) fn is_place_noun(doc: &Document, at: usize) -> bool {
    let lemma = doc.words[at].lemma.as_str();
    AREAS.contains(&lemma) || SITES.contains(&lemma) || lemma == "capital"
}

fn preposition(doc: &Document, at: usize) -> Option<String> {
    let mut t = at;
    for _ in 0..4 {
        if phrase::is_possessor(doc, t) {
            return None;
        }
        if let Some(p) = phrase::case(doc, t) {
            // "the city of Palmyra": the preposition that counts is the city's.
            let of_area = p == "of" && doc.words[t].head.is_some_and(|h| AREAS.contains(&doc.words[h].lemma.as_str()));
            if !of_area {
                return Some(p);
            }
        }
        t = match (doc.words[t].rel, doc.words[t].head) {
            (Rel::Compound | Rel::Nmod | Rel::Amod, Some(h)) if is_place_noun(doc, h) => h,
            (Rel::Conj | Rel::Appos | Rel::Flat, Some(h)) => h,
            _ => return None,
        };
    }
    None
}

/// All places of a document.
pub(crate) fn places(scene: &Scene, findings: &Findings) -> Vec<PlaceMention> {
    let doc = scene.document;
    let mut out: Vec<PlaceMention> = Vec::new();
    for hit in &scene.hits {
        let Some(sense) = hit.place else { continue };
        let entry = scene.lexicon.entry(sense.entry);
        let mut place = of_entry(entry);
        let mut tokens = hit.tokens;
        if entry.kind == EntryKind::State && sense.form == FormKind::Capital {
            place.name = phrase::text(doc, hit.tokens);
            place.precision = "city".to_owned();
        }
        widen(scene, hit.tokens, hit.head, &mut tokens, &mut place);
        let p = preposition(doc, hit.head);
        let locative =
            p.as_deref().is_some_and(|p| LOCATIVE.contains(&p)) || entry.kind == EntryKind::Place && beside(doc, hit.head);
        let confidence = if scene.share(&entry.code) > 0.05 || entry.kind == EntryKind::State { 0.9 } else { 0.6 };
        out.push(PlaceMention { tokens, place, locative, confidence });
    }
    unknown(scene, &mut out);
    capitals(scene, findings, &mut out);
    out.sort_by_key(|p| (p.tokens.start, p.tokens.end));
    anaphora(scene, findings, &mut out);
    out.sort_by_key(|p| (p.tokens.start, p.tokens.end));
    out
}

// "Aleppo, Syria" and datelines: a place beside a place.
fn beside(doc: &Document, head: usize) -> bool {
    matches!(doc.words[head].rel, Rel::Appos | Rel::Root) && doc.words[head].upos == Upos::Propn
}

fn of_entry(entry: &Entry) -> Place {
    let precision = match entry.feature.as_str() {
        "country" => "country",
        "province" => "province",
        "city" | "town" | "capital" => "city",
        "site" | "base" | "camp" | "border" => "site",
        _ if entry.kind == EntryKind::State => "country",
        _ => "region",
    };
    Place {
        name: entry.name.clone(),
        country: Some(entry.code.clone()).filter(|c| is_state(c)),
        lat: entry.lat,
        lon: entry.lon,
        precision: precision.to_owned(),
    }
}

// "northern Syria", "Latakia airport", "the city of Palmyra".
fn widen(scene: &Scene, span: Span<Token>, head: usize, tokens: &mut Span<Token>, place: &mut Place) {
    let doc = scene.document;
    if let Some(before) = span.start.checked_sub(1).filter(|&b| is_direction(&doc.words[b].text)) {
        *tokens = tokens.join(Span::new(before, before + 1));
        place.name = phrase::text(doc, *tokens);
        place.precision = "region".to_owned();
    }
    let Some(h) = doc.words[head].head.filter(|_| matches!(doc.words[head].rel, Rel::Compound | Rel::Amod | Rel::Nmod)) else {
        return;
    };
    let lemma = doc.words[h].lemma.to_lowercase();
    if h >= span.end && SITES.contains(&lemma.as_str()) {
        let start = tokens.start;
        *tokens = Span::new(start, h + 1);
        place.name = phrase::text(doc, *tokens);
        place.precision = "site".to_owned();
    }
}

// Names that only the model knows as places: their country is that of the place they are listed or nested with, else the article's here.
fn unknown(scene: &Scene, out: &mut Vec<PlaceMention>) {
    let doc = scene.document;
    for name in doc.names.iter().filter(|n| n.kind == NameKind::Location) {
        if out.iter().any(|p| p.tokens.overlaps(name.tokens))
            || name.tokens.range().any(|t| scene.hit(t).is_some_and(|h| h.actor.is_some()))
        {
            continue;
        }
        let head = doc.head_of(name.tokens);
        let near = doc.children(head).chain(doc.words[head].head).find_map(|t| {
            let linked = matches!(doc.words[t].rel, Rel::Appos | Rel::Nmod | Rel::Amod | Rel::Compound | Rel::Conj | Rel::Flat)
                || doc.words[head].rel == Rel::Nmod;
            out.iter().find(|p| linked && p.tokens.contains(t)).and_then(|p| p.place.country.clone())
        });
        let sentence = doc.sentence_of(head).unwrap_or(0);
        let (country, confidence) = match near {
            Some(c) => (Some(c), 0.6),
            None => scene.near(sentence).map_or((None, 0.2), |(c, share)| (Some(c), 0.2 + 0.4 * share)),
        };
        let locative = preposition(doc, head).is_some_and(|p| LOCATIVE.contains(&p.as_str()));
        let place = Place { name: phrase::text(doc, name.tokens), country, lat: None, lon: None, precision: "region".to_owned() };
        out.push(PlaceMention { tokens: name.tokens, place, locative, confidence });
    }
}

// "the Syrian capital".
fn capitals(scene: &Scene, findings: &Findings, out: &mut Vec<PlaceMention>) {
    let doc = scene.document;
    for t in (0..doc.words.len()).filter(|&t| doc.words[t].lemma == "capital" && doc.words[t].upos == Upos::Noun) {
        let owner = phrase::before(doc, t)
            .into_iter()
            .chain(phrase::after(doc, t).into_iter().map(|(c, _)| c))
            .find_map(|c| findings.mentions.iter().find(|m| m.head == c && m.actors.iter().any(|a| is_state(&a.code))));
        let Some(code) = owner
            .and_then(|m| m.actors.first())
            .map(|a| a.code.clone())
            .or_else(|| doc.sentence_of(t).and_then(|s| scene.near(s)).map(|(c, _)| c))
        else {
            continue;
        };
        let start = owner.map_or(t, |m| m.head.min(t));
        let city = scene
            .hits
            .iter()
            .find(|h| h.actor.is_some_and(|s| s.form == FormKind::Capital && scene.lexicon.entry(s.entry).code == code));
        let mut place = city.and_then(|h| h.place).map(|s| of_entry(scene.lexicon.entry(s.entry))).unwrap_or(Place {
            name: phrase::text(doc, Span::new(start, t + 1)),
            country: Some(code),
            lat: None,
            lon: None,
            precision: "city".to_owned(),
        });
        place.precision = "city".to_owned();
        let locative = preposition(doc, t).is_some_and(|p| LOCATIVE.contains(&p.as_str()));
        out.push(PlaceMention { tokens: Span::new(start, t + 1), place, locative, confidence: 0.7 });
    }
}

// "the country", "the ancient city", "the province": the state meant, or the last place of that kind.
fn anaphora(scene: &Scene, findings: &Findings, out: &mut Vec<PlaceMention>) {
    let doc = scene.document;
    let mut more = Vec::new();
    for t in 0..doc.words.len() {
        let lemma = doc.words[t].lemma.to_lowercase();
        if doc.words[t].upos != Upos::Noun || out.iter().any(|p| p.tokens.contains(t)) {
            continue;
        }
        let locative = preposition(doc, t).is_some_and(|p| LOCATIVE.contains(&p.as_str()));
        let start = phrase::before(doc, t).first().copied().unwrap_or(t);
        let tokens = Span::new(start, t + 1);
        if matches!(lemma.as_str(), "country" | "nation" | "kingdom" | "emirate" | "republic") && !phrase::is_plural(doc, t) {
            let state =
                findings.mentions.iter().find(|m| m.head == t).and_then(|m| m.actors.first()).filter(|a| is_state(&a.code));
            if let Some(entry) = state.and_then(|a| scene.lexicon.state(&a.code)) {
                more.push(PlaceMention { tokens, place: of_entry(entry), locative, confidence: 0.6 });
            }
        } else if AREAS.contains(&lemma.as_str()) && phrase::is_definite(doc, t) {
            let wanted = match lemma.as_str() {
                "city" | "town" | "village" => "city",
                "province" | "governorate" | "state" | "county" => "province",
                _ => "",
            };
            let named = out.iter().find(|p| {
                p.tokens.end > tokens.start
                    && p.tokens.start <= t + 3
                    && doc.subtree(t).covers(p.tokens)
                    && p.place.precision != "country"
            });
            let last = named.or_else(|| {
                out.iter().rev().find(|p| {
                    p.tokens.end <= start && p.place.precision != "country" && (wanted.is_empty() || p.place.precision == wanted)
                })
            });
            if let Some(p) = last {
                more.push(PlaceMention { tokens, place: p.place.clone(), locative, confidence: 0.5 });
            }
        }
    }
    out.extend(more);
}

/// The place that a phrase means: the one at its head, else the most exact one named in it, else what its words mean alone.
pub(crate) fn of_phrase(findings: &Findings, doc: &Document, phrase: Span<Token>, lexicon: &Lexicon) -> Option<Place> {
    let head = doc.head_of(phrase);
    let rank = |p: &Place| match p.precision.as_str() {
        "site" => 0,
        "city" => 1,
        "province" => 2,
        "region" => 3,
        _ => 4,
    };
    let inside: Vec<&PlaceMention> = findings.places.iter().filter(|p| p.tokens.overlaps(phrase)).collect();
    let at_head = inside.iter().filter(|p| p.tokens.contains(head)).min_by_key(|p| rank(&p.place));
    if let Some(p) = at_head.or_else(|| inside.iter().min_by_key(|p| (rank(&p.place), p.tokens.start))) {
        return Some(p.place.clone());
    }
    let text = phrase::text(doc, phrase);
    let bare = text.trim_start_matches("the ").trim_start_matches("The ");
    if let Some(s) =
        lexicon.look_up(bare).into_iter().find(|s| matches!(lexicon.entry(s.entry).kind, EntryKind::Place | EntryKind::State))
    {
        return Some(of_entry(lexicon.entry(s.entry)));
    }
    // "Syrian territory", "the presidential palace": the country of those named in it.
    let inside = findings
        .mentions
        .iter()
        .filter(|m| phrase.contains(m.head))
        .flat_map(|m| &m.actors)
        .map(|a| a.code.clone())
        .find(|c| is_state(c));
    let code = inside.or_else(|| around(findings, doc, phrase))?;
    Some(Place { name: bare.to_owned(), country: Some(code), lat: None, lon: None, precision: "region".to_owned() })
}

// The country of the nearest place before a phrase or after it in its sentence, else that of most places.
fn around(findings: &Findings, doc: &Document, phrase: Span<Token>) -> Option<String> {
    let sentence = doc.sentence_of(phrase.start)?;
    let here = doc.sentences[sentence].tokens;
    let country = |p: &PlaceMention| p.place.country.clone();
    let near = findings
        .places
        .iter()
        .filter(|p| p.locative && here.covers(p.tokens))
        .min_by_key(|p| p.tokens.start.abs_diff(phrase.start))
        .and_then(country);
    near.or_else(|| {
        let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for c in findings.places.iter().filter_map(country) {
            *counts.entry(c).or_default() += 1;
        }
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(c, _)| c)
    })
}
