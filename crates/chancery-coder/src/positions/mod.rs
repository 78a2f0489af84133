//! Positions: what an actor wants, opposes, accepts, expects, doubts, asserts or denies (codebook §11), and denials of what no verb of doing tells.

mod denied;
mod frames;
mod matter;

pub use matter::sent;

use crate::{Desk, dates, report_id, told, tree, voices};
use chancery_model::{
    Actor, ActorRef, Document, EventType, Kind, Mention, MentionKind, Rel, Report, Span, Stance, Status, Token, Trace, Upos,
    Voice,
};

/// Words that hold a position where what they are about is a known matter; elsewhere some tell events, or too much, and of
/// others [`frames`] asks more.
const HOLDING_MATTERS: &[(&str, Stance)] = &[
    ("accept", Stance::Accepts),
    ("back", Stance::Wants),
    ("call", Stance::Wants),
    ("demand", Stance::Wants),
    ("doubt", Stance::Doubts),
    ("expect", Stance::Expects),
    ("favor", Stance::Wants),
    ("favour", Stance::Wants),
    ("hope", Stance::Wants),
    ("insist", Stance::Wants),
    ("oppose", Stance::Opposes),
    ("prefer", Stance::Wants),
    ("push", Stance::Wants),
    ("reject", Stance::Opposes),
    ("seek", Stance::Wants),
    ("support", Stance::Wants),
    ("urge", Stance::Wants),
    ("want", Stance::Wants),
    ("work", Stance::Wants),
];

/// The positions of a document, with the denied events that are told as states ("denied that it had troops there").
pub fn find(desk: &Desk) -> Vec<Report> {
    let document = desk.document;
    let holds = |list: &[(&str, Stance)], at: usize| list.iter().find(|(v, _)| *v == document.words[at].lemma).map(|l| l.1);
    let mut out: Vec<Report> = Vec::new();
    for at in 0..document.words.len() {
        let word = &document.words[at];
        let known = || holds(HOLDING_MATTERS, at).and_then(|s| known(desk, at, s));
        let found = match word.upos {
            Upos::Verb => known().or_else(|| must(desk, at)).or_else(|| framed(desk, at)).or_else(|| ought(desk, at)),
            Upos::Noun if matches!(word.lemma.as_str(), "call" | "demand") => known(),
            _ => framed(desk, at).or_else(|| ought(desk, at)),
        };
        out.extend(found);
        out.extend(denied::of(desk, at));
    }
    out
}

/// Whose position a word tells: the subject of a verb, the possessor of a noun; a pronoun that is not understood stands for the speaker.
fn holder<'a>(desk: &Desk<'a>, at: usize) -> Option<&'a Mention> {
    let document = desk.document;
    let head = match document.words[at].upos {
        Upos::Verb => tree::subject(document, at),
        _ if document.child(at, &[Rel::Cop]).is_some() => document.child(at, &[Rel::Nsubj]),
        _ => document.child(at, &[Rel::Nmod]).filter(|&c| c < at || tree::preposition(document, c) == Some("by")),
    };
    let speaker = || desk.voices.speaker_at(at).and_then(|s| who(desk, s));
    head.and_then(|h| who(desk, h)).or_else(speaker)
}

/// The mention that a word heads or stands in.
fn who<'a>(desk: &Desk<'a>, head: usize) -> Option<&'a Mention> {
    let within = desk.findings.within(desk.document, tree::phrase(desk.document, head));
    within.into_iter().find(|m| m.kind != MentionKind::Adjective)
}

/// A position on a known matter.
fn known(desk: &Desk, at: usize, stance: Stance) -> Option<Report> {
    let document = desk.document;
    let mention = holder(desk, at)?;
    let content = content(document, at)?;
    // "wants him to go": he stands above what he is to do
    let raised = document.child(at, &[Rel::Obj]).filter(|&o| o < content && document.words[content].rel == Rel::Xcomp);
    let words = document.subtree(content);
    let words = raised.map_or(words, |o| words.join(document.subtree(o)));
    let known = matter::of(desk, words, at)?;
    // "to remove him" is against his staying, "against his removal" for it
    let stance = if known.against { matter::turned(stance) } else { stance };
    let stance = if negated(document, at) { matter::turned(stance) } else { stance };
    Some(report(desk, at, mention, stance, known.issue, (content, words)))
}

/// A position on any matter.
fn framed(desk: &Desk, at: usize) -> Option<Report> {
    let document = desk.document;
    let (stance, content) = frames::of(desk, at)?;
    let passive = document.words[at].upos == Upos::Verb && tree::passive(document, at) && document.words[at].lemma != "oppose";
    let mention = match passive && !matches!(stance, Stance::Accepts) {
        true => who(desk, tree::agent(document, at)?)?,
        false => holder(desk, at)?,
    };
    let raised = document.child(at, &[Rel::Obj]).filter(|&o| o < content && document.words[content].rel == Rel::Xcomp);
    let words = document.subtree(content);
    let words = raised.map_or(words, |o| words.join(document.subtree(o)));
    let stance = if negated(document, at) { matter::turned(stance) } else { stance };
    // "is against the plan": below the predicate stands the holder too
    if content == at {
        let words = tree::phrase(document, at);
        return Some(report(desk, at, mention, stance, written(desk, words), (at, words)));
    }
    Some(report(desk, at, mention, stance, plain(desk, content, raised), (content, words)))
}

/// What a speaker says ought to be.
fn ought(desk: &Desk, at: usize) -> Option<Report> {
    let document = desk.document;
    let stance = frames::ought(desk, at)?;
    let mention = who(desk, desk.voices.speaker_at(at)?)?;
    let stance = if negated(document, at) { matter::turned(stance) } else { stance };
    Some(report(desk, at, mention, stance, plain(desk, at, None), (at, document.subtree(at))))
}

/// "He must go", "the troops should leave": told by somebody, of a known matter.
fn must(desk: &Desk, at: usize) -> Option<Report> {
    let document = desk.document;
    let modal = document.children(at).any(|c| {
        document.words[c].rel == Rel::Aux && matches!(document.words[c].lemma.as_str(), "must" | "should" | "shall" | "ought")
    });
    if !modal && !matches!(document.words[at].lemma.as_str(), "have" | "need") {
        return None;
    }
    let mention = who(desk, desk.voices.speaker_at(at)?)?;
    let words = document.subtree(at);
    let known = matter::of(desk, words, words.start)?;
    let stance = if known.against { Stance::Opposes } else { Stance::Wants };
    let stance = if negated(document, at) { matter::turned(stance) } else { stance };
    Some(report(desk, at, mention, stance, known.issue, (at, words)))
}

/// What a word of holding is about: its clause, its object, or what follows "for", "to" or "on".
fn content(document: &Document, at: usize) -> Option<usize> {
    let clause = document.child(at, &[Rel::Xcomp, Rel::Ccomp]);
    // "urged Iran to leave": what is urged, not who
    clause.or_else(|| document.child(at, &[Rel::Advcl, Rel::Acl]).filter(|&c| marked(document, c))).or_else(|| {
        let object = document.child(at, &[Rel::Obj]);
        object.or_else(|| {
            document.children(at).find(|&c| {
                matches!(document.words[c].rel, Rel::Obl | Rel::Nmod)
                    && matches!(tree::preposition(document, c), Some("for" | "on" | "to"))
            })
        })
    })
}

fn marked(document: &Document, at: usize) -> bool {
    document.children(at).any(|c| document.words[c].rel == Rel::Mark && matches!(document.words[c].lemma.as_str(), "for" | "to"))
}

fn negated(document: &Document, at: usize) -> bool {
    document
        .children(at)
        .any(|c| document.words[c].rel == Rel::Advmod && matches!(document.words[c].lemma.as_str(), "not" | "never" | "n't"))
}

/// The head phrase of what is held: a clause from its subject to its object, the object of an infinitive, or the noun.
fn plain(desk: &Desk, content: usize, raised: Option<usize>) -> String {
    /// A longer clause gives its verb and object alone.
    const WORDS: usize = 9;
    let document = desk.document;
    let verb = document.words[content].upos == Upos::Verb;
    let object = document.child(content, &[Rel::Obj]).filter(|_| verb);
    let end = |of: usize| tree::phrase(document, of).end.max(content + 1);
    let subject = raised.or_else(|| document.child(content, &[Rel::Nsubj])).filter(|&s| s < content);
    let tokens = match (subject, object) {
        (Some(s), _) => {
            let reach = object.or_else(|| document.child(content, &[Rel::Obl, Rel::Xcomp])).map_or(content + 1, end);
            let whole = Span::new(tree::phrase(document, s).start, reach);
            if whole.len() <= WORDS { whole } else { Span::new(content, object.map_or(content + 1, end)) }
        }
        (None, Some(o)) => tree::phrase(document, o),
        (None, None) if verb => Span::new(content, content + 1),
        (None, None) => tree::phrase(document, content),
    };
    // the preposition belongs to the word of holding
    let start =
        tokens.range().find(|&i| !matches!(document.words[i].rel, Rel::Case | Rel::Mark) || i == content).unwrap_or(tokens.start);
    written(desk, Span::new(start, tokens.end))
}

fn written(desk: &Desk, tokens: Span<Token>) -> String {
    desk.article.text[desk.document.bytes(tokens).range()].to_owned()
}

/// Whom a position is about: who acts or is in what is held, else the first named there; never who holds it.
fn about(desk: &Desk, (head, words): (usize, Span<Token>), holder: &Mention) -> Vec<ActorRef> {
    let document = desk.document;
    let other = |m: &&Mention| m.head != holder.head && !m.actors.is_empty() && m.actors != holder.actors;
    // "the court" in what a state says is likely its own, and not whom it speaks of
    let foreign = |m: &&Mention| other(m) && !m.actors.iter().any(|a| holder.actors.iter().any(|h| h.code == a.code));
    let subject = document.child(head, &[Rel::Nsubj]).and_then(|s| who(desk, s)).filter(|m| other(m));
    let inside = || desk.findings.mentions.iter().filter(|m| words.contains(m.head)).find(foreign);
    let Some(mention) = subject.or_else(inside) else { return Vec::new() };
    let span = document.bytes(mention.tokens);
    let one = |a: &Actor| ActorRef {
        code: a.code.clone(),
        sector: a.sector,
        entity: a.entity.clone(),
        identifier: a.identifier.clone(),
        office: a.office.clone(),
        text: desk.article.text[span.range()].to_owned(),
        span,
        via: mention.via.map(|v| document.bytes(v)),
        confidence: mention.confidence,
    };
    mention.actors.iter().map(one).collect()
}

fn report(desk: &Desk, at: usize, mention: &Mention, stance: Stance, issue: String, content: (usize, Span<Token>)) -> Report {
    let document = desk.document;
    let trigger = document.words[at].span;
    let mut out = blank(desk, at, "statement");
    out.kind = Kind::Statement;
    out.attribution = mention.actors.first().map(|a| voice(desk, mention, a, at, stance)).into_iter().collect();
    // who says that he holds it stands behind him in the chain
    let outer = desk.voices.around(desk, at);
    out.attribution.extend(outer.into_iter().filter(|v| v.span != document.bytes(mention.tokens) && !same(v, mention)));
    out.recipients = about(desk, content, mention);
    out.trigger = trigger;
    out.trace = vec![Trace {
        field: "position".into(),
        rule: format!("position.{}", stance.as_str()),
        detail: document.words[at].lemma.clone(),
        score: None,
    }];
    if let Some(sentence) = document.sentence_of(at) {
        // a position is dated as a promise is: by when it was told
        let cue = told::cue(document, EventType::Agree, Span::new(at, at + 1));
        out.date = dates::of(desk, &cue, at, sentence, &mut out.trace);
    }
    out.position = Some((stance, issue, document.bytes(content.1)));
    out
}

/// Whether a voice is the one who holds the position.
fn same(voice: &Voice, mention: &Mention) -> bool {
    mention.actors.iter().any(|a| voice.code.as_ref() == Some(&a.code) && voice.entity == a.entity)
}

/// A mention as a voice.
fn voice(desk: &Desk, mention: &Mention, actor: &Actor, cue: usize, stance: Stance) -> Voice {
    let span = desk.document.bytes(mention.tokens);
    Voice {
        text: desk.article.text[span.range()].to_owned(),
        span,
        cue: Some(desk.document.words[cue].span),
        code: Some(actor.code.clone()),
        sector: actor.sector,
        entity: actor.entity.clone(),
        kind: voices::kind(desk, mention.tokens, mention.head, Some((actor.code.as_str(), actor.sector))),
        stance,
    }
}

/// A report at a word, with nothing in it yet.
fn blank(desk: &Desk, at: usize, what: &str) -> Report {
    let document = desk.document;
    let trigger = document.words[at].span;
    let sentence = document.sentence_of(at).map_or(trigger, |s| document.sentences[s].span);
    Report {
        id: report_id(&desk.article.id, trigger.start, trigger.end, what),
        article: desk.article.id.clone(),
        kind: Kind::Event,
        event: None,
        mode: None,
        contexts: Vec::new(),
        status: Status::Actual,
        historical: false,
        ongoing: false,
        main: false,
        confidence: 0.6,
        same_as: None,
        actors: Vec::new(),
        recipients: Vec::new(),
        date: None,
        place: None,
        place_span: None,
        attribution: Vec::new(),
        size: Vec::new(),
        trigger,
        sentence,
        cameo: None,
        position: None,
        trace: Vec::new(),
    }
}
