//! "X denied that it had troops in Y": a deed denied that is told as a state, which no trigger stands for.

use super::{blank, matter, voice, who};
use crate::{Desk, cameo_code, tree};
use chancery_model::{ActorRef, Context, EventType, Mention, Mode, Rel, Report, Sector, Span, Stance, Status, Token, Trace};

/// Verbs by which forces are somewhere rather than do something.
const STATES: &[&str] = &["be", "have", "keep", "maintain", "station"];
/// Words of helping: forces lent to a host are AID, others MOBILIZE.
const HELP: &[&str] = &["advice", "advise", "aid", "ally", "alongside", "assist", "assistance", "back", "help", "support"];

/// The denied presence of forces at a verb of denying.
pub(super) fn of(desk: &Desk, at: usize) -> Option<Report> {
    let document = desk.document;
    if !matches!(document.words[at].lemma.as_str(), "deny" | "refute" | "dismiss") {
        return None;
    }
    let clause = clause(desk, at)?;
    let words = tree::own_words(document, clause);
    let forces = matter::forces(desk, words)?;
    // where the model sees an event in the words, it is told already
    let seen = |c: &chancery_model::Cue| words.overlaps(c.tokens) && c.score > 0.5;
    if document.cues.iter().any(seen) {
        return None;
    }
    let denier = who(desk, tree::subject(document, at)?)?;
    let owner = owner(desk, clause).unwrap_or(denier);
    let code = &owner.actors.first()?.code;
    let host = desk
        .findings
        .mentions
        .iter()
        .find(|m| words.contains(m.head) && m.actors.iter().any(|a| a.code != *code && state(&a.code)));
    // "his country" is no place where they were denied to be
    let abroad = |p: &&chancery_model::PlaceMention| p.place.country.as_ref() != Some(code);
    let place = desk.findings.places.iter().filter(|p| words.overlaps(p.tokens)).find(abroad);
    let sentence = document.sentence_of(at)?;
    let helps = document.sentences[sentence].tokens.range().any(|i| HELP.contains(&document.words[i].lemma.as_str()));
    let (event, mode) = if helps && host.is_some() { (EventType::Aid, None) } else { (EventType::Mobilize, Some(Mode::Troops)) };
    let verb = if STATES.contains(&document.words[clause].lemma.as_str()) { clause } else { forces };
    let trigger = document.bytes(Span::<Token>::new(verb.min(forces), verb.max(forces) + 1));
    let mut out = blank(desk, forces, event.as_str());
    out.id = crate::report_id(&desk.article.id, trigger.start, trigger.end, event.as_str());
    out.event = Some(event);
    out.mode = mode;
    out.contexts = vec![Context::Military];
    out.status = Status::Negated;
    out.actors = slot(desk, owner, None);
    out.recipients = host.map(|m| slot(desk, m, Some(code))).unwrap_or_default();
    out.place = place.map(|p| p.place.clone());
    out.place_span = place.map(|p| document.bytes(p.tokens));
    out.attribution = denier.actors.first().map(|a| voice(desk, denier, a, at, Stance::Denies)).into_iter().collect();
    out.trigger = trigger;
    out.cameo = Some(cameo_code(event, mode).to_owned());
    out.trace = vec![Trace {
        field: "event".into(),
        rule: "denied.forces".into(),
        detail: "the presence of forces, denied".into(),
        score: None,
    }];
    Some(out)
}

/// What is denied: "that it had troops", "having troops", "reports that it has troops".
fn clause(desk: &Desk, at: usize) -> Option<usize> {
    let document = desk.document;
    let own = document.child(at, &[Rel::Ccomp, Rel::Xcomp]);
    own.or_else(|| {
        let object = document.child(at, &[Rel::Obj])?;
        document.child(object, &[Rel::Acl, Rel::Ccomp]).or(Some(object))
    })
}

/// Whose forces: the subject of the clause, where it has one of its own.
fn owner<'a>(desk: &Desk<'a>, clause: usize) -> Option<&'a Mention> {
    let subject = desk.document.child(clause, &[Rel::Nsubj])?;
    who(desk, subject)
}

fn state(code: &str) -> bool {
    code.len() == 3 && !matches!(code, "IMG" | "IGO" | "NGO" | "MNC" | "ISM" | "UNO" | "EUR")
}

/// The actors of a mention; a people or place stands for those who govern it. With `without`, those of that code are left out.
fn slot(desk: &Desk, mention: &Mention, without: Option<&str>) -> Vec<ActorRef> {
    let span = desk.document.bytes(mention.tokens);
    let all = mention.actors.iter().filter(|a| without != Some(a.code.as_str()));
    all.map(|a| ActorRef {
        code: a.code.clone(),
        sector: a.sector.filter(|s| *s != Sector::Unk).or(Some(Sector::Gov)),
        entity: a.entity.clone(),
        identifier: a.identifier.clone(),
        office: a.office.clone(),
        text: desk.article.text[span.range()].to_owned(),
        span,
        via: mention.via.map(|v| desk.document.bytes(v)),
        confidence: mention.confidence,
    })
    .collect()
}
