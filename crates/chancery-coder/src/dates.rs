//! When: the event's own days, never the article's by silent default.

mod scene;

pub(crate) use scene::{clause, tells};

use crate::{Desk, roles, tree, words};
use chancery_model::{Cue, DatePrecision, DateRange, Document, EventType, Rel, Role, Time, Trace, Upos};
use jiff::civil::Date;

/// The days of the event at `head`, where the text gives any.
pub fn of(desk: &Desk, cue: &Cue, head: usize, sentence: usize, trace: &mut Vec<Trace>) -> Option<DateRange> {
    let (time, rule) = found(desk, cue, head, sentence)?;
    let time = narrowed(desk, time, sentence);
    let document = desk.document;
    let (from, to, precision) = reach(desk, time)?;
    let span = document.bytes(time.stretch.map_or(time.tokens, |s| s.tokens));
    let detail = format!("“{}” is {from} to {to}", &desk.article.text[span.range()]);
    trace.push(Trace { field: "date".into(), rule: rule.into(), detail, score: None });
    Some(DateRange { from, to, basis: time.basis, precision, span: Some(span) })
}

/// The days that a time gives an event: its own, those of the whole stretch that it opens or closes, or all up to the day of writing after
/// "since"; "since the 2000s" is no time where that day is not known.
fn reach(desk: &Desk, time: &Time) -> Option<(Date, Date, DatePrecision)> {
    if let Some(stretch) = time.stretch {
        return Some((stretch.days.0, stretch.days.1, DatePrecision::Span));
    }
    let (from, to) = time.days?;
    if tree::preposition(desk.document, desk.document.head_of(time.tokens)) != Some("since") {
        return Some((from, to, time.precision));
    }
    match desk.article.published {
        Some(p) => Some((from, p.date.max(to), DatePrecision::Span)),
        None => (time.precision != DatePrecision::Span).then_some((from, to, time.precision)),
    }
}

fn found<'a>(desk: &Desk<'a>, cue: &Cue, head: usize, sentence: usize) -> Option<(&'a Time, &'static str)> {
    let document = desk.document;
    let all = times(desk, sentence);
    let here: Vec<&Time> = all.iter().copied().filter(|t| !planned(desk, cue.event, head, t)).collect();
    let linked = cue.roles.iter().filter(|r| r.role == Role::Time).filter_map(|r| {
        let time = here.iter().find(|t| t.tokens.overlaps(r.tokens) && !aside(document, t, head))?;
        Some((r.score, *time))
    });
    // of several the surest, of equal ones the first
    if let Some((_, time)) = linked.reduce(|best, next| if next.0 > best.0 { next } else { best }) {
        return Some((time, "head.time"));
    }
    if let Some(time) = attached(document, &here, head) {
        return Some((time, "date.clause"));
    }
    // a promise, demand or refusal is made when it is spoken
    if roles::speech_act(cue.event)
        && let Some(verb) = desk.voices.cue_at(head)
        && let Some(time) = attached(document, &all, verb)
    {
        return Some((time, "date.speech"));
    }
    scene::of(desk, cue, head, sentence)
}

/// "Ten years ago, on 11 March", "in 2006, on 11 March": the more exact of two times told in one breath.
fn narrowed<'a>(desk: &Desk<'a>, time: &'a Time, sentence: usize) -> &'a Time {
    let words = &desk.document.words;
    let between = |t: &Time| match t.tokens.start >= time.tokens.end {
        true => time.tokens.end..t.tokens.start,
        false => t.tokens.end..time.tokens.start,
    };
    let breath = |t: &Time| between(t).all(|i| words[i].text == "," || matches!(words[i].upos, Upos::Adp | Upos::Det));
    let inside = |t: &Time| t.days.zip(time.days).is_some_and(|(a, b)| a != b && b.0 <= a.0 && a.1 <= b.1);
    times(desk, sentence).into_iter().find(|t| inside(t) && breath(t)).unwrap_or(time)
}

/// Whether a time is that of a relative clause told beside the event ("Hezbollah, which fought Israel in 2006, has sent …").
fn aside(document: &Document, time: &Time, head: usize) -> bool {
    let path = tree::path(document, document.head_of(time.tokens));
    let relative = |at: &&usize| {
        let own = |c: usize| document.words[c].xpos == "WDT" || document.words[c].xpos == "WP";
        document.words[**at].rel == Rel::Acl && document.children(**at).any(own)
    };
    path.iter().find(relative).is_some_and(|&at| {
        let noun = document.words[at].head;
        !document.subtree(at).contains(head) && noun != Some(head)
    })
}

/// The time expressions of a sentence that mean days; the one of a dateline is the article's.
pub(crate) fn times<'a>(desk: &Desk<'a>, sentence: usize) -> Vec<&'a Time> {
    let tokens = desk.document.sentences[sentence].tokens;
    let dateline = desk.article.dateline.as_ref().map(|d| d.span);
    let own = |t: &&Time| dateline.is_none_or(|d| !d.overlaps(desk.document.bytes(t.tokens))) && !in_name(desk.document, t);
    desk.findings.times.iter().filter(|t| tokens.covers(t.tokens) && t.days.is_some()).filter(own).collect()
}

/// Whether a year is part of a name ("Vision 2030", "the Excise Policy 2021-2022").
fn in_name(document: &Document, time: &Time) -> bool {
    let at = document.head_of(time.tokens);
    let word = &document.words[at];
    let Some(up) = word.head.filter(|_| time.tokens.len() == 1 && word.upos == Upos::Num) else { return false };
    let (over, joined) = (&document.words[up], at.checked_sub(1).is_some_and(|b| document.words[b].text == "-"));
    word.rel == Rel::Flat && over.upos == Upos::Propn || joined && over.rel == Rel::Flat
}

/// Whether a time is that of a plan, and the event the making of it ("will be hosted on 7 November", "a summit due in May").
fn planned(desk: &Desk, event: EventType, head: usize, time: &Time) -> bool {
    let document = desk.document;
    let made = roles::speech_act(event) || event == EventType::Consult;
    let after = desk.article.published.is_some_and(|p| time.days.is_some_and(|(from, _)| from > p.date));
    let will = |at: usize| {
        document
            .children(at)
            .any(|c| document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "will" | "shall"))
    };
    let due = |at: usize| matches!(document.words[at].lemma.as_str(), "due" | "plan" | "schedule" | "expect" | "slate");
    let verb = document.words[head].upos == Upos::Verb;
    // "the summit due in September", whatever the parse makes of it
    let led = time.tokens.start.checked_sub(2).is_some_and(due) && document.words[time.tokens.start - 1].upos == Upos::Adp;
    led || made && (after || verb && (will(head) || due(head)) || time_under(document, time, will))
        || time_under(document, time, due)
}

fn time_under(document: &Document, time: &Time, holds: impl Fn(usize) -> bool) -> bool {
    document.words[document.head_of(time.tokens)].head.is_some_and(holds)
}

/// The time expression that hangs on the clause of `head` itself, or on a verb that only carries it ("held talks on Friday").
pub(super) fn attached<'a>(document: &Document, times: &[&'a Time], head: usize) -> Option<&'a Time> {
    if times.is_empty() {
        return None;
    }
    let anchors = anchors(document, head);
    let mut best: Option<(usize, &Time)> = None;
    for time in times {
        for anchor in &anchors {
            let Some(way) = way_up(document, time, anchor.at) else { continue };
            let before = time.tokens.end <= anchor.at;
            let reaches = match anchor.needs {
                Needs::Nothing => true,
                Needs::Before => before,
                Needs::Front => before && opens(document, time, anchor.at),
            };
            if reaches && best.is_none_or(|(b, _)| anchor.steps + way < b) {
                best = Some((anchor.steps + way, time));
            }
        }
    }
    best.map(|(_, t)| t)
}

/// A word whose time is that of an event, how far it is from it, and where the time must stand for that.
struct Anchor {
    at: usize,
    steps: usize,
    needs: Needs,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Needs {
    Nothing,
    /// Before the verb, so that it is said of all verbs listed with it.
    Before,
    /// At the front of the clause, so that it is said of everything in it.
    Front,
}

/// Whether a time stands before the subject of its verb.
fn opens(document: &Document, time: &Time, verb: usize) -> bool {
    document.child(verb, &[Rel::Nsubj, Rel::Csubj]).is_some_and(|s| time.tokens.end <= document.subtree(s).start)
}

/// The words whose time is that of the event at `head`, nearest first.
fn anchors(document: &Document, head: usize) -> Vec<Anchor> {
    let mut out = vec![Anchor { at: head, steps: 0, needs: Needs::Nothing }];
    let (mut at, mut needs) = (head, Needs::Nothing);
    for steps in 1..=5 {
        let word = &document.words[at];
        let Some(up) = word.head else { break };
        let over = &document.words[up];
        let verb = matches!(over.upos, Upos::Verb | Upos::Aux);
        let nominal = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::X);
        let now = match word.rel {
            Rel::Xcomp | Rel::Cop | Rel::Aux | Rel::Compound | Rel::Fixed | Rel::Flat => Needs::Nothing,
            Rel::Conj => Needs::Before,
            Rel::Obj | Rel::Nsubj | Rel::Obl if nominal && verb && (words::light(&over.lemma) || carries(&over.lemma)) => {
                Needs::Nothing
            }
            Rel::Obj if over.rel == Rel::Acl => Needs::Nothing,
            Rel::Nmod | Rel::Amod if nominal && !verb && light_noun(&over.lemma) => Needs::Nothing,
            Rel::Obj | Rel::Nsubj | Rel::Obl | Rel::Nmod if nominal => Needs::Front,
            Rel::Advcl if with(document, at, &["when", "as", "while", "with"]) || word.xpos == "VBG" && !marked(document, at) => {
                Needs::Nothing
            }
            Rel::Advcl if marked(document, at) && word.xpos == "VBG" => Needs::Front,
            Rel::Acl if word.xpos == "VBG" && light_noun(&over.lemma) => Needs::Nothing,
            _ => break,
        };
        needs = needs.max(now);
        out.push(Anchor { at: up, steps, needs });
        at = up;
    }
    out
}

fn marked(document: &Document, at: usize) -> bool {
    document.children(at).any(|c| matches!(document.words[c].rel, Rel::Mark | Rel::Case))
}

fn with(document: &Document, at: usize, marks: &[&str]) -> bool {
    document.children(at).any(|c| {
        matches!(document.words[c].rel, Rel::Mark | Rel::Advmod)
            && marks.contains(&document.words[c].lemma.to_lowercase().as_str())
    })
}

// Verbs that say of a noun's event only that it takes place.
fn carries(lemma: &str) -> bool {
    matches!(
        lemma,
        "begin"
            | "start"
            | "end"
            | "conclude"
            | "open"
            | "occur"
            | "happen"
            | "stage"
            | "launch"
            | "convene"
            | "host"
            | "attend"
            | "resume"
            | "erupt"
            | "sign"
            | "organise"
            | "organize"
            | "mount"
            | "undertake"
            | "lead"
            | "break"
            | "continue"
            | "follow"
            | "chair"
            | "kick"
    )
}

// Nouns that stand for a stretch or the form of a deed.
fn light_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "round"
            | "series"
            | "wave"
            | "spate"
            | "signing"
            | "start"
            | "beginning"
            | "end"
            | "course"
            | "statement"
            | "speech"
            | "letter"
            | "interview"
            | "day"
    )
}

/// "…, its president said on Tuesday", "received Tuesday a call": the past verb right before a time has it, whatever the parse makes
/// of it.
fn said_before(document: &Document, time: &Time) -> Option<usize> {
    let on = time.tokens.start.checked_sub(1).filter(|&p| document.words[p].upos == Upos::Adp).unwrap_or(time.tokens.start);
    let verb = on.checked_sub(1)?;
    let word = &document.words[verb];
    let weekday = on == time.tokens.start && time.tokens.len() == 1 && time.precision == DatePrecision::Day;
    let told = words::speech(&word.lemma).is_some() || weekday;
    (word.upos == Upos::Verb && word.xpos == "VBD" && told).then_some(verb)
}

/// How many steps a time expression hangs below a word; clauses and premodified nouns hold their own times.
fn way_up(document: &Document, time: &Time, anchor: usize) -> Option<usize> {
    let mut at = document.head_of(time.tokens);
    if time.tokens.contains(anchor) {
        return Some(0);
    }
    for steps in 1..=4 {
        let word = &document.words[at];
        let up = said_before(document, time).filter(|_| steps == 1).or(word.head)?;
        // "speaking in Geneva on Monday, she said"
        let saying =
            word.rel == Rel::Advcl && matches!(word.lemma.as_str(), "speak" | "address" | "comment" | "write" | "talk" | "brief");
        let clause = matches!(word.rel, Rel::Ccomp | Rel::Advcl | Rel::Parataxis | Rel::Csubj | Rel::Conj) && !saying;
        // "the talks held on Friday": a relative clause right at the event tells when
        let relative = word.rel == Rel::Acl && up != anchor;
        // "toppled in a 2003 coup", but not "threats before the 2011 elections"
        let occasion = || matches!(tree::preposition(document, up), Some("in" | "during" | "at" | "after" | "since"));
        let modifier = steps == 1
            && up != anchor
            && matches!(word.rel, Rel::Compound | Rel::Amod | Rel::Nummod | Rel::Nmod | Rel::Flat | Rel::Dep)
            && (at < up || tree::preposition(document, at).is_none())
            && !occasion();
        if clause || relative || modifier {
            return None;
        }
        if up == anchor {
            return Some(steps);
        }
        at = up;
    }
    None
}
