//! The state at home in a document: whose ministers, courts and police need no state beside them.
//!
//! Evidence, strongest first: who publishes it, where it is datelined, its address, what it calls its own (officials without a state beside
//! their title, towns, bodies), and at last what it speaks of. A state that the text itself puts before titles ("the Egyptian president")
//! is rather not at home.

use crate::{
    nouns::{self, NounKind},
    scene::{Hit, Scene, best, is_state},
};
use chancery_lexicon::{Entry, EntryKind, FormKind};
use chancery_model::Sector;
use std::collections::{BTreeMap, BTreeSet};

/// Points for each kind of evidence.
struct Weights {
    publisher: f32,
    outlet: f32,
    address: f32,
    dateline: f32,
    title: f32,
    byline: f32,
    official: f32,
    person: f32,
    town: f32,
    body: f32,
    talk: f32,
    foreign: f32,
    /// No more than this from towns, from bodies, or against.
    most: f32,
}

const WEIGHTS: Weights = Weights {
    publisher: 6.0,
    outlet: 3.0,
    address: 3.0,
    dateline: 2.5,
    title: 0.7,
    byline: 0.5,
    official: 1.2,
    person: 0.3,
    town: 0.5,
    body: 0.4,
    talk: 2.0,
    foreign: 0.5,
    most: 2.0,
};

/// Points of each state, by code; only those above nothing.
pub(crate) fn evidence(scene: &Scene) -> BTreeMap<String, f32> {
    let mut points: BTreeMap<String, f32> = BTreeMap::new();
    let mut give = |code: &str, by: f32| {
        if is_state(code) {
            *points.entry(code.to_owned()).or_default() += by;
        }
    };
    let article = scene.article;
    if let Some(code) = &scene.publisher {
        give(code, WEIGHTS.publisher);
    } else if let Some(code) = article.outlet.as_deref().and_then(|o| of_outlet(scene, o)) {
        give(&code, WEIGHTS.outlet);
    }
    if let Some(code) = article.url.as_deref().and_then(|u| of_address(scene, u)) {
        give(&code, WEIGHTS.address);
    }
    let outside = |text: Option<&str>| text.map(|t| scene.states_in(t)).unwrap_or_default();
    for code in outside(article.dateline.as_ref().and_then(|d| d.place.as_deref())).into_iter().take(1) {
        give(&code, WEIGHTS.dateline);
    }
    for code in outside(article.title.as_deref().filter(|_| article.title_span.is_none())) {
        give(&code, WEIGHTS.title);
    }
    for code in outside(article.byline.as_deref()) {
        give(&code, WEIGHTS.byline);
    }
    for (code, by) in told(scene) {
        give(&code, by);
    }
    for (code, by) in &scene.weights {
        give(code, WEIGHTS.talk * by / scene.weights.values().sum::<f32>().max(1.0));
    }
    points.retain(|_, p| *p > 0.0);
    points
}

/// The state of an outlet: its entry's, or the one in its name ("Newsroom Panama").
fn of_outlet(scene: &Scene, outlet: &str) -> Option<String> {
    let entry = scene.lexicon.look_up(outlet).into_iter().map(|s| scene.lexicon.entry(s.entry));
    let known = entry.filter(|e| e.kind == EntryKind::Outlet && is_state(&e.code)).map(|e| e.code.clone()).next();
    known.or_else(|| scene.states_in(outlet).into_iter().next())
}

/// The state of an address: its government's own domain, else its country's; country domains that anyone buys say nothing.
fn of_address(scene: &Scene, address: &str) -> Option<String> {
    const SOLD: [&str; 12] = ["tv", "co", "io", "me", "ai", "fm", "cc", "ws", "to", "ly", "eu", "su"];
    let host = address.split("//").nth(1)?.split(['/', ':', '?']).next()?.to_lowercase();
    let last = host.rsplit('.').next().filter(|l| *l != host)?;
    let iso2 = match last {
        "gov" | "mil" => "US",
        "uk" => "GB",
        other if SOLD.contains(&other) || other.len() != 2 => return None,
        other => other,
    };
    let states = scene.lexicon.entries().iter().filter(|e| e.kind == EntryKind::State);
    let found =
        states.filter(|e| scene.lexicon.codes(&e.code).is_some_and(|c| c.iso2.eq_ignore_ascii_case(iso2))).map(|e| &e.code);
    found.min().cloned()
}

/// What the text says by the way: towns, bodies and officials that it need not explain, and states that it puts before titles.
fn told(scene: &Scene) -> Vec<(String, f32)> {
    let mut out = Vec::new();
    let (mut towns, mut bodies, mut against) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut seen = BTreeSet::new();
    for hit in &scene.hits {
        let Some(sense) = hit.actor.or(hit.place) else { continue };
        let entry = scene.lexicon.entry(sense.entry);
        let new = seen.insert(sense.entry);
        match entry.kind {
            EntryKind::Place if new && !capital(scene, entry) => add(&mut towns, &entry.code, WEIGHTS.town * early(scene, hit)),
            EntryKind::State
                if matches!(sense.form, FormKind::Adjective | FormKind::Name | FormKind::Abbreviation)
                    && before_title(scene, hit) =>
            {
                add(&mut against, &entry.code, WEIGHTS.foreign);
            }
            EntryKind::Person if new && !qualified(scene, hit) => {
                let titled = title_before(scene, hit);
                out.push((entry.code.clone(), if titled { WEIGHTS.official } else { WEIGHTS.person }));
            }
            EntryKind::Organisation | EntryKind::Group | EntryKind::Force | EntryKind::Outlet if new => {
                add(&mut bodies, &entry.code, WEIGHTS.body)
            }
            _ => {}
        }
    }
    for (sums, sign) in [(towns, 1.0), (bodies, 1.0), (against, -1.0)] {
        out.extend(sums.into_iter().map(|(code, sum): (String, f32)| (code, sign * sum.min(WEIGHTS.most))));
    }
    out
}

// A capital is named in news from anywhere.
fn capital(scene: &Scene, place: &Entry) -> bool {
    scene
        .lexicon
        .look_up(&place.name)
        .iter()
        .any(|s| s.form == FormKind::Capital && scene.lexicon.entry(s.entry).code == place.code)
}

fn add(sums: &mut BTreeMap<String, f32>, code: &str, by: f32) {
    if is_state(code) {
        *sums.entry(code.to_owned()).or_default() += by;
    }
}

// What stands in the first sentences tells most.
fn early(scene: &Scene, hit: &Hit) -> f32 {
    if scene.document.sentence_of(hit.head).is_some_and(|s| s < 3) { 1.6 } else { 1.0 }
}

// "the Egyptian president", "Egypt's foreign minister": the next one or two words are an official's title.
fn before_title(scene: &Scene, hit: &Hit) -> bool {
    let words = scene.document.words.iter().skip(hit.tokens.end).filter(|w| w.xpos != "POS").take(3);
    let official = |lemma: &str| nouns::noun(lemma).is_some_and(|n| n.kind == NounKind::Person && n.sector == Sector::Gov);
    words.take_while(|w| !matches!(w.upos, chancery_model::Upos::Verb | chancery_model::Upos::Punct)).any(|w| official(&w.lemma))
}

fn title_before(scene: &Scene, hit: &Hit) -> bool {
    let before = hit.tokens.start.checked_sub(1).map(|b| &scene.document.words[b]);
    before.is_some_and(|w| nouns::noun(&w.lemma).is_some_and(|n| n.kind == NounKind::Person))
}

// A state stands within the words before a name.
fn qualified(scene: &Scene, hit: &Hit) -> bool {
    let sentence = scene.document.sentence_of(hit.head).map_or(0, |s| scene.document.sentences[s].tokens.start);
    (hit.tokens.start.saturating_sub(5).max(sentence)..hit.tokens.start)
        .any(|t| scene.hit(t).and_then(|h| h.actor).is_some_and(|s| scene.lexicon.entry(s.entry).kind == EntryKind::State))
}

// How much a mention of a state counts so many sentences before: 0.6 of the one after it.
const NEARNESS: [f32; 6] = [1.0, 0.6, 0.36, 0.216, 0.1296, 0.07776];
// How much the whole document weighs beside the sentences before a phrase.
const HOME: f32 = 3.0;
// How much a point of evidence for the state at home weighs beside a mention of a state in the same sentence.
const AT_HOME: f32 = 0.6;
// The same for a group of a state at war with itself.
const TORN: f32 = 2.0;

fn share(sum: &BTreeMap<&str, f32>) -> Option<(String, f32)> {
    let all: f32 = sum.values().sum();
    best(sum).map(|(c, w)| (c.to_owned(), w / all))
}

impl Scene<'_> {
    /// The state of those who are named without one: the one at home here, unless another is talked of around the sentence much more.
    pub fn own(&self, sentence: usize) -> Option<(String, f32)> {
        let mut sum = self.around(sentence);
        for (code, w) in &self.evidence {
            *sum.entry(code).or_default() += AT_HOME * w;
        }
        share(&sum)
    }

    /// The state most talked of around a sentence: its own and earlier sentences' states, nearer ones counting more, and the document's.
    pub fn near(&self, sentence: usize) -> Option<(String, f32)> {
        share(&self.around(sentence))
    }

    /// The state whose regime, opposition or rebels are meant where none is named: where such groups are at work, and never the
    /// publisher's own.
    pub fn divided(&self, sentence: usize) -> Option<(String, f32)> {
        let mut sum = self.around(sentence);
        let mut seen = Vec::new();
        for sense in self.hits.iter().filter_map(|h| h.actor) {
            let entry = self.lexicon.entry(sense.entry);
            let torn = matches!(entry.sector, Some(Sector::Reb | Sector::Opp | Sector::Prm)) && is_state(&entry.code);
            if torn && !seen.contains(&sense.entry) {
                seen.push(sense.entry);
                *sum.entry(entry.code.as_str()).or_default() += TORN;
            }
        }
        if let Some(code) = &self.publisher {
            sum.remove(code.as_str());
        }
        share(&sum)
    }

    fn around(&self, sentence: usize) -> BTreeMap<&str, f32> {
        let mut sum: BTreeMap<&str, f32> = BTreeMap::new();
        for (fades, s) in NEARNESS.iter().zip((0..=sentence).rev()) {
            for (code, w) in &self.by_sentence[s] {
                *sum.entry(code).or_default() += w.min(1.5) * fades;
            }
        }
        let total: f32 = self.weights.values().sum();
        for (code, w) in &self.weights {
            *sum.entry(code).or_default() += HOME * w / total.max(1.0);
        }
        sum
    }
}
