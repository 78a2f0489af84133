//! The scene that an event without a day of its own is told in: the same talks, the same speakers going on.

use super::{attached, light_noun, times};
use crate::{Desk, roles, tree};
use chancery_model::{Cue, DatePrecision, Document, EventType, Rel, Time, Upos};

// How many sentences a scene goes on without one of those in it as subject.
const PATIENCE: usize = 8;
// How many sentences head a statement.
const HEAD: usize = 3;
// How many sentences back a noun is looked for.
const MEMORY: usize = 20;

/// The day of the scene that the event at `head` belongs to, if one was told.
pub(super) fn of<'a>(desk: &Desk<'a>, cue: &Cue, head: usize, sentence: usize) -> Option<(&'a Time, &'static str)> {
    if !times(desk, sentence).is_empty() {
        return None; // the sentence has days of its own, and they are another's
    }
    same_noun(desk, head, sentence)
        .or_else(|| occasion(desk, clause(desk.document, head), sentence))
        .map(|t| (t, "date.same"))
        .or_else(|| going_on(desk, cue, head, sentence).map(|t| (t, "date.scene")))
}

/// "The meeting …": the one told of before, with its day.
fn same_noun<'a>(desk: &Desk<'a>, noun: usize, sentence: usize) -> Option<&'a Time> {
    let document = desk.document;
    let definite = document.children(noun).any(|c| {
        document.words[c].rel == Rel::Det
            && matches!(document.words[c].text.to_lowercase().as_str(), "the" | "this" | "that" | "all" | "these")
    });
    if document.words[noun].upos != Upos::Noun || !definite {
        return None;
    }
    let stem = stem(document, noun)?;
    (sentence.saturating_sub(MEMORY)..sentence).rev().find_map(|s| {
        let here = times(desk, s);
        let same = |t: &usize| {
            matches!(document.words[*t].upos, Upos::Noun | Upos::Propn | Upos::Verb)
                && self::stem(document, *t).is_some_and(|o| o == stem)
        };
        let mut tokens = document.sentences[s].tokens.range().filter(same);
        (!here.is_empty()).then(|| tokens.find_map(|t| attached(document, &here, t))).flatten()
    })
}

/// "During the talks, …", "the declaration promised", "began the war by": what a clause names as its occasion.
fn occasion<'a>(desk: &Desk<'a>, clause: usize, sentence: usize) -> Option<&'a Time> {
    let document = desk.document;
    let named = document.children(clause).filter(|&c| match document.words[c].rel {
        Rel::Nsubj | Rel::Obj => desk.findings.at(c).is_none(),
        Rel::Obl => matches!(tree::preposition(document, c), Some("during" | "at" | "in")),
        _ => false,
    });
    let inner = |c: usize| match light_noun(&document.words[c].lemma) {
        true => document.child(c, &[Rel::Nmod]).unwrap_or(c),
        false => c,
    };
    named.map(inner).find_map(|c| same_noun(desk, c, sentence))
}

/// Who is on the scene, and its day.
struct Scene<'a> {
    day: &'a Time,
    chains: Vec<usize>,
    codes: Vec<&'a str>,
    last: usize,
}

/// A speech act or meeting of someone who is on a scene whose day was told.
fn going_on<'a>(desk: &Desk<'a>, cue: &Cue, head: usize, sentence: usize) -> Option<&'a Time> {
    let document = desk.document;
    if !(roles::speech_act(cue.event) || cue.event == EventType::Consult) || document.quotation_of(head).is_some() {
        return None;
    }
    if !tells(document, head) {
        return None;
    }
    let clause = clause(document, head);
    let who = subject(document, clause)?;
    if past(document, clause) {
        return scene(desk, sentence).filter(|s| s.holds(desk, who)).map(|s| s.day);
    }
    // what a statement does, it does on its own day: "we call on …", and above it "Minister welcomes …"
    let present = matches!(document.words[clause].xpos, "VBP" | "VBZ") && roles::speech_act(cue.event);
    let until = if sentence < HEAD { sentence + HEAD } else { sentence };
    let scene = scene(desk, until.min(document.sentences.len())).filter(|s| present && s.is_of_writing(desk))?;
    scene.holds(desk, who).then_some(scene.day)
}

// A verb, or the noun of a light verb or of the occasion ("paid a visit", "spoke at a meeting"), not what is only talked of.
fn tells(document: &Document, head: usize) -> bool {
    let word = &document.words[head];
    let Some(up) = word.head.map(|h| &document.words[h]).filter(|_| word.upos == Upos::Noun) else {
        return word.upos != Upos::Noun;
    };
    let carried = crate::words::light(&up.lemma) || super::carries(&up.lemma);
    match word.rel {
        Rel::Obj | Rel::Nsubj => carried,
        Rel::Obl => matches!(tree::preposition(document, head), Some("during" | "at" | "in")),
        _ => false,
    }
}

/// The scene that is on when a sentence begins.
fn scene<'a>(desk: &Desk<'a>, until: usize) -> Option<Scene<'a>> {
    let document = desk.document;
    let mut on: Option<Scene> = None;
    for s in 0..until {
        let tokens = document.sentences[s].tokens;
        let Some(root) = tokens.range().find(|&t| document.words[t].head.is_none()) else { continue };
        let here = times(desk, s);
        let told = heads(document, root);
        let exact = |t: &&Time| matches!(t.precision, DatePrecision::Day | DatePrecision::Week | DatePrecision::Month);
        let day = told.iter().filter(|&&v| past(document, v)).find_map(|&v| attached(document, &here, v)).filter(exact);
        if let Some(day) = day {
            on = Some(Scene::new(desk, day, s));
        } else if undated(desk, s, root) {
            on = None; // another scene, whose day is not known
        } else if let Some(scene) = &mut on {
            let goes_on = past(document, root) && subject(document, root).is_some_and(|who| scene.holds(desk, who));
            if goes_on && here.is_empty() {
                scene.enter(desk, s);
            } else if s - scene.last > PATIENCE {
                on = None;
            }
        }
    }
    on
}

/// The verbs of a sentence that tell what is done: its root, and what the root tells or adds.
fn heads(document: &Document, root: usize) -> Vec<usize> {
    let told = |c: &usize| matches!(document.words[*c].rel, Rel::Ccomp | Rel::Parataxis) && document.words[*c].upos == Upos::Verb;
    std::iter::once(root).chain(document.children(root).filter(told)).collect()
}

/// Whether a sentence tells by a day that cannot be known ("said on Sunday" in an article without a date).
fn undated(desk: &Desk, sentence: usize, root: usize) -> bool {
    let tokens = desk.document.sentences[sentence].tokens;
    let unknown: Vec<&Time> = desk
        .findings
        .times
        .iter()
        .filter(|t| tokens.covers(t.tokens) && t.days.is_none() && matches!(t.kind, "DATE" | "TIME"))
        .collect();
    attached(desk.document, &unknown, root).is_some()
}

impl<'a> Scene<'a> {
    fn new(desk: &Desk<'a>, day: &'a Time, sentence: usize) -> Self {
        let mut out = Scene { day, chains: Vec::new(), codes: Vec::new(), last: sentence };
        out.enter(desk, sentence);
        out
    }

    /// Everyone named in a sentence is on the scene from then on.
    fn enter(&mut self, desk: &Desk<'a>, sentence: usize) {
        let tokens = desk.document.sentences[sentence].tokens;
        self.last = sentence;
        for (i, chain) in desk.findings.chains.iter().enumerate() {
            if chain.phrases.iter().any(|p| tokens.contains(p.head)) && !self.chains.contains(&i) {
                self.chains.push(i);
            }
        }
        for mention in desk.findings.mentions.iter().filter(|m| tokens.contains(m.head)) {
            let state = |code: &&'a str| !self.codes.contains(code);
            let new: Vec<&str> = mention.actors.iter().map(|a| a.code.as_str()).filter(state).collect();
            self.codes.extend(new);
        }
    }

    /// Whether its day is that of the article.
    fn is_of_writing(&self, desk: &Desk) -> bool {
        desk.article.published.is_some_and(|p| self.day.days == Some((p.date, p.date)))
    }

    fn holds(&self, desk: &Desk, who: usize) -> bool {
        let chain = desk.findings.chains.iter().position(|c| c.phrases.iter().any(|p| p.head == who));
        let known = chain.is_some_and(|c| self.chains.contains(&c));
        let owner = || desk.document.child(who, &[Rel::Nmod]).is_some_and(|o| o < who && self.holds(desk, o));
        known || desk.findings.at(who).is_some_and(|m| m.actors.iter().any(|a| self.codes.contains(&a.code.as_str()))) || owner()
    }
}

// The verb under which an event is told: its own, or that of those who tell it.
fn clause(document: &Document, head: usize) -> usize {
    let mut at = head;
    for _ in 0..8 {
        let word = &document.words[at];
        let Some(up) = word.head else { break };
        let out_of = match word.rel {
            Rel::Acl | Rel::Parataxis => false,
            Rel::Advcl => word.xpos == "VBG",
            _ => !past(document, at) || matches!(word.rel, Rel::Xcomp | Rel::Ccomp),
        };
        if !out_of {
            break;
        }
        at = up;
    }
    at
}

// "condemned", "was speaking": told as done, not as "has condemned" or "condemns".
fn past(document: &Document, verb: usize) -> bool {
    let word = &document.words[verb];
    let was = |c: usize| document.words[c].rel == Rel::Aux && document.words[c].xpos == "VBD" && document.words[c].lemma == "be";
    word.xpos == "VBD" || matches!(word.xpos, "VBN" | "VBG") && document.children(verb).any(was)
}

fn subject(document: &Document, verb: usize) -> Option<usize> {
    tree::subject(document, verb)
}

// "meeting" and "meet", "visit" and "visited": the first four letters of the dictionary form.
fn stem(document: &Document, at: usize) -> Option<String> {
    let lemma = document.words[at].lemma.to_lowercase();
    let stem: String = lemma.chars().take(4).collect();
    (stem.chars().count() == 4 || lemma == "war").then_some(stem)
}
