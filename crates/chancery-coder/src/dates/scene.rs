//! The scene that an event without a day of its own is told in: the same talks, the same speakers going on.

use super::{attached, light_noun, times};
use crate::{Desk, roles, tree, words};
use chancery_model::{Cue, DatePrecision, Document, EventType, Rel, Span, Time, Token, Upos};

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
        .or_else(|| clauses(desk.document, head).into_iter().find_map(|c| occasion(desk, c, sentence)))
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
    let kind = kind(document, noun);
    told_before(desk, sentence, &|t| self::stem(document, t).is_some_and(|o| o == stem))
        .or_else(|| kind.and_then(|k| told_before(desk, sentence, &|t| self::kind(document, t) == Some(k))))
}

/// The day of the word told last before a sentence, of those that `same` takes.
fn told_before<'a>(desk: &Desk<'a>, sentence: usize, same: &dyn Fn(usize) -> bool) -> Option<&'a Time> {
    let document = desk.document;
    (sentence.saturating_sub(MEMORY)..sentence).rev().find_map(|s| {
        let here = times(desk, s);
        let content = |t: &usize| matches!(document.words[*t].upos, Upos::Noun | Upos::Propn | Upos::Verb);
        let mut tokens = document.sentences[s].tokens.range().filter(content).filter(|t| same(*t));
        (!here.is_empty()).then(|| tokens.find_map(|t| attached(document, &here, t))).flatten()
    })
}

/// What several words are used for in turn: "the ballot" is the referendum told of before, "the talks" are the meeting.
fn kind(document: &Document, at: usize) -> Option<u8> {
    match document.words[at].lemma.to_lowercase().as_str() {
        "ballot" | "referendum" | "plebiscite" | "election" | "poll" | "vote" => Some(0),
        "meet" | "meeting" | "talk" | "talks" | "discussion" | "conversation" => Some(1),
        "attack" | "assault" | "blast" | "bombing" | "explosion" | "raid" | "shelling" => Some(2),
        _ => None,
    }
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
    /// The scene that this one only looks back from ("… on Wednesday. Mali had fallen in October.").
    now: Option<Box<Scene<'a>>>,
}

/// A speech act or meeting of someone who is on a scene whose day was told, or what is said in a statement.
fn going_on<'a>(desk: &Desk<'a>, cue: &Cue, head: usize, sentence: usize) -> Option<&'a Time> {
    let document = desk.document;
    if !(roles::speech_act(cue.event) || cue.event == EventType::Consult) {
        return None;
    }
    let clause = clause(document, head);
    if let Some(day) = stated(desk, head, clause, sentence).filter(|_| roles::speech_act(cue.event)) {
        return Some(day);
    }
    if document.quotation_of(head).is_some() || !tells(document, head) {
        return None;
    }
    let who = subject(document, clause)?;
    if past(document, clause) {
        return scene(desk, sentence).and_then(|s| s.day_of(desk, who));
    }
    // what a statement does, it does on its own day: "we call on …", and above it "Minister welcomes …"
    let present = matches!(document.words[clause].xpos, "VBP" | "VBZ") && roles::speech_act(cue.event);
    let until = if sentence < HEAD { sentence + HEAD } else { sentence };
    let scene = scene(desk, until.min(document.sentences.len())).filter(|s| present && s.is_of_writing(desk))?;
    scene.holds(desk, who).then_some(scene.day)
}

/// "“They must let the convoys in.”", "It is essential that they do": asked or judged on the day of the statement that says so.
fn stated<'a>(desk: &Desk<'a>, head: usize, clause: usize, sentence: usize) -> Option<&'a Time> {
    let document = desk.document;
    if let Some(quotation) = document.quotation_of(head) {
        let inside = if quotation.tokens.contains(clause) { clause } else { head };
        let opens = document.sentence_of(quotation.tokens.start)?;
        return quoted(desk, head, opens).filter(|_| !past(document, inside));
    }
    if past(document, clause) || words::speech(&document.words[clause].lemma).is_some() {
        return None;
    }
    let must = |c: usize| document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "must" | "should");
    let judged =
        |c: usize| document.words[c].rel == Rel::Expl || document.words[c].rel == Rel::Nsubj && document.words[c].text == "It";
    let own = document.children(clause).any(|c| must(c) || judged(c));
    scene(desk, sentence).filter(|s| own && s.is_of_writing(desk)).map(|s| s.day)
}

/// The day on which a quotation was said: that of its words of telling, of the scene its teller is on, or of the statement it stands in.
fn quoted<'a>(desk: &Desk<'a>, head: usize, opens: usize) -> Option<&'a Time> {
    let document = desk.document;
    let Some(told) = desk.told().iter().find(|t| t.content.iter().any(|c| c.contains(head))) else {
        return scene(desk, opens).filter(|s| s.is_of_writing(desk)).map(|s| s.day);
    };
    let at = document.sentence_of(told.cue.start)?;
    let who = document.head_of(told.source?);
    let said = attached(document, &times(desk, at), told.cue.start);
    said.or_else(|| scene(desk, at).and_then(|s| s.day_of(desk, who)))
}

// A verb, or the noun of a light verb or of the occasion ("paid a visit", "spoke at a meeting"), not what is only talked of.
pub(crate) fn tells(document: &Document, head: usize) -> bool {
    let word = &document.words[head];
    let Some(up) = word.head.map(|h| &document.words[h]).filter(|_| word.upos == Upos::Noun) else {
        return word.upos != Upos::Noun;
    };
    let carried = words::light(&up.lemma) || super::carries(&up.lemma);
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
        let Some(root) = main(document, tokens) else { continue };
        let here = times(desk, s);
        let told = heads(document, root);
        let exact = |t: &&Time| matches!(t.precision, DatePrecision::Day | DatePrecision::Week | DatePrecision::Month);
        // what a quotation tells of the past is not what goes on around it
        let own = |v: &&usize| past(document, **v) && document.quotation_of(**v).is_none();
        let day = told.iter().filter(own).find_map(|&v| attached(document, &here, v).map(|t| (v, t)));
        if let Some((verb, day)) = day.filter(|(_, t)| exact(t)) {
            let now = on.take().filter(|scene| scene.looks_back(day)).map(Box::new);
            on = Some(Scene { now, ..Scene::new(desk, day, s, before_it(document, verb)) });
        } else if undated(desk, s, root) {
            on = None; // another scene, whose day is not known
        } else if let Some(scene) = &mut on {
            let goes_on = past(document, root) && subject(document, root).is_some_and(|who| scene.holds(desk, who));
            if goes_on && here.is_empty() {
                scene.enter(desk, s, None);
            } else if s - scene.last > PATIENCE {
                on = None;
            }
        }
    }
    on
}

/// The verb that a sentence tells by: its root, or that below a dateline taken for it ("CAIRO, 26 July: X received …").
fn main(document: &Document, tokens: Span<Token>) -> Option<usize> {
    let root = tokens.range().find(|&t| document.words[t].head.is_none())?;
    let below = |t: &usize| document.words[*t].head == Some(root) && document.words[*t].xpos == "VBD";
    let name = document.words[root].upos == Upos::Propn && root == tokens.start;
    tokens.range().find(below).filter(|_| name).or(Some(root))
}

/// What is told on a day as done before it ("announced on Tuesday that they had met"): who did that is not on the scene.
fn before_it(document: &Document, verb: usize) -> Option<Span<Token>> {
    let content = document.child(verb, &[Rel::Ccomp])?;
    let had =
        |c: usize| document.words[c].rel == Rel::Aux && document.words[c].xpos == "VBD" && document.words[c].lemma == "have";
    document.children(content).any(had).then(|| document.subtree(content))
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
    fn new(desk: &Desk<'a>, day: &'a Time, sentence: usize, without: Option<Span<Token>>) -> Self {
        let mut out = Scene { day, chains: Vec::new(), codes: Vec::new(), last: sentence, now: None };
        out.enter(desk, sentence, without);
        if without.is_some() {
            out.codes.clear();
        }
        out
    }

    /// Everyone named in a sentence is on the scene from then on.
    fn enter(&mut self, desk: &Desk<'a>, sentence: usize, without: Option<Span<Token>>) {
        let tokens = desk.document.sentences[sentence].tokens;
        let here = |at: usize| tokens.contains(at) && !without.is_some_and(|w| w.contains(at));
        self.last = sentence;
        for (i, chain) in desk.findings.chains.iter().enumerate() {
            if chain.phrases.iter().any(|p| here(p.head)) && !self.chains.contains(&i) {
                self.chains.push(i);
            }
        }
        for mention in desk.findings.mentions.iter().filter(|m| here(m.head)) {
            let state = |code: &&'a str| !self.codes.contains(code);
            let new: Vec<&str> = mention.actors.iter().map(|a| a.code.as_str()).filter(state).collect();
            self.codes.extend(new);
        }
    }

    /// Whether its day is that of the article.
    fn is_of_writing(&self, desk: &Desk) -> bool {
        desk.article.published.is_some_and(|p| self.day.days == Some((p.date, p.date)))
    }

    /// Whether a time told on the scene is what lies behind it: earlier, and less exact.
    fn looks_back(&self, time: &Time) -> bool {
        time.precision > self.day.precision && time.days.zip(self.day.days).is_some_and(|(then, now)| then.1 < now.0)
    }

    /// "It stressed …" right after a sentence of the scene, where nobody is found to be meant by the pronoun.
    fn goes_on_with(&self, desk: &Desk, who: usize) -> bool {
        let free = !desk.findings.chains.iter().any(|c| c.phrases.iter().any(|p| p.head == who));
        let next = desk.document.sentence_of(who).is_some_and(|s| s == self.last + 1);
        desk.document.words[who].xpos == "PRP" && free && next
    }

    /// The day of someone who is on the scene: whoever is not named in what it looks back on goes on where that began.
    fn day_of(&self, desk: &Desk, who: usize) -> Option<&'a Time> {
        let before = || self.now.as_ref().and_then(|s| s.day_of(desk, who));
        let own = self.holds(desk, who).then_some(self.day);
        if self.names(desk, who) { own } else { before().or(own) }
    }

    fn names(&self, desk: &Desk, who: usize) -> bool {
        let chain = desk.findings.chains.iter().position(|c| c.phrases.iter().any(|p| p.head == who));
        chain.is_some_and(|c| self.chains.contains(&c))
    }

    fn holds(&self, desk: &Desk, who: usize) -> bool {
        let owner = || desk.document.child(who, &[Rel::Nmod, Rel::Compound]).is_some_and(|o| o < who && self.holds(desk, o));
        self.names(desk, who)
            || self.goes_on_with(desk, who)
            || desk.findings.at(who).is_some_and(|m| m.actors.iter().any(|a| self.codes.contains(&a.code.as_str())))
            || owner()
    }
}

// The clause of an event, and those that it goes on from ("the demands were rejected, and he accused …", "following which …").
fn clauses(document: &Document, head: usize) -> Vec<usize> {
    let mut out = vec![clause(document, head)];
    for _ in 0..2 {
        let at = out[out.len() - 1];
        let which = |c: usize| document.words[c].xpos == "WDT" && document.words[c].rel == Rel::Obl;
        let word = &document.words[at];
        let goes_on = word.rel == Rel::Conj || word.rel == Rel::Advcl && document.children(at).any(which);
        let Some(up) = word.head.filter(|_| goes_on) else { break };
        out.push(clause(document, up));
    }
    out
}

// The verb under which an event is told: its own, or that of those who tell it.
pub(crate) fn clause(document: &Document, head: usize) -> usize {
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
    let was = |c: usize| {
        let word = &document.words[c];
        matches!(word.rel, Rel::Aux | Rel::Cop) && word.xpos == "VBD" && word.lemma == "be"
    };
    // the tagger may take an unusual "called" for a present
    let regular = matches!(word.xpos, "VBZ" | "VBP") && word.text.ends_with("ed") && !word.text.ends_with("eed");
    word.xpos == "VBD" || regular || matches!(word.xpos, "VBN" | "VBG" | "JJ") && document.children(verb).any(was)
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
