//! Positions: what an actor wants, opposes, accepts, expects or doubts (codebook §11).

use crate::{Desk, report_id, tree};
use chancery_model::{Kind, MentionKind, Rel, Report, Stance, Status, Trace, Upos, Voice, VoiceKind};

/// Verbs of holding a position.
const HOLDING: &[(&str, Stance)] = &[
    ("accept", Stance::Accepts),
    ("demand", Stance::Wants),
    ("doubt", Stance::Doubts),
    ("expect", Stance::Expects),
    ("favor", Stance::Wants),
    ("favour", Stance::Wants),
    ("hope", Stance::Wants),
    ("insist", Stance::Wants),
    ("oppose", Stance::Opposes),
    ("prefer", Stance::Wants),
    ("want", Stance::Wants),
];

/// The positions of a document.
pub fn find(desk: &Desk) -> Vec<Report> {
    let document = desk.document;
    (0..document.words.len())
        .filter(|&at| document.words[at].upos == Upos::Verb)
        .filter_map(|at| {
            HOLDING.iter().find(|(v, _)| *v == document.words[at].lemma).and_then(|(_, stance)| position(desk, at, *stance))
        })
        .collect()
}

fn position(desk: &Desk, verb: usize, stance: Stance) -> Option<Report> {
    let document = desk.document;
    let holder = tree::subject(document, verb)?;
    let mention =
        desk.findings.within(document, tree::phrase(document, holder)).into_iter().find(|m| m.kind != MentionKind::Adjective)?;
    let actor = mention.actors.first()?;
    let content = document.child(verb, &[Rel::Xcomp, Rel::Ccomp, Rel::Obj])?;
    let matter = document
        .child(content, &[Rel::Obj, Rel::Nsubj])
        .filter(|_| document.words[content].upos == Upos::Verb)
        .unwrap_or(content);
    let negated = document.children(verb).any(|c| document.words[c].rel == Rel::Advmod && document.words[c].lemma == "not");
    let stance = match (stance, negated) {
        (Stance::Wants | Stance::Accepts, true) => Stance::Opposes,
        (Stance::Opposes, true) => Stance::Accepts,
        (Stance::Expects, true) => Stance::Doubts,
        (s, _) => s,
    };
    let words = |tokens| {
        let span = document.bytes(tokens);
        (desk.article.text[span.range()].to_owned(), span)
    };
    let (speaker, speaker_span) = words(mention.tokens);
    let (issue, _) = words(tree::phrase(document, matter));
    let (_, span) = words(document.subtree(content));
    let trigger = document.words[verb].span;
    let sentence = document.sentence_of(verb)?;
    Some(Report {
        id: report_id(&desk.article.id, trigger.start, trigger.end, "statement"),
        article: desk.article.id.clone(),
        kind: Kind::Statement,
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
        attribution: vec![Voice {
            text: speaker,
            span: speaker_span,
            cue: Some(trigger),
            code: Some(actor.code.clone()),
            sector: actor.sector,
            entity: actor.entity.clone(),
            kind: VoiceKind::Official,
            stance,
        }],
        size: Vec::new(),
        trigger,
        sentence: document.sentences[sentence].span,
        cameo: None,
        position: Some((stance, issue, span)),
        trace: vec![Trace {
            field: "position".into(),
            rule: format!("position.{}", stance.as_str()),
            detail: document.words[verb].lemma.clone(),
            score: None,
        }],
    })
}
