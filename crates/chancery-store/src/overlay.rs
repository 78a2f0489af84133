//! What people say against a reading: kept beside it, never in its place.

use chancery_model::{
    ActorRef, Byte, DateBasis, DatePrecision, DateRange, EventType, Id, Mode, Place, Report, Sector, Span, Status, Trace,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The rule that the trace of a corrected field names.
pub const BY_HAND: &str = "corrected-by-hand";

/// A reading that is spoken of: found again by its id, or, when the article has been coded anew, by the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The article.
    pub article: Id,
    /// The report, by its id at the time.
    pub report: Id,
    /// Its trigger words.
    pub trigger: Span<Byte>,
    /// For a wrong actor: where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Span<Byte>>,
}

impl Target {
    /// A report as it is.
    pub fn of(report: &Report) -> Target {
        Target { article: report.article.clone(), report: report.id.clone(), trigger: report.trigger, words: None }
    }
}

/// Somebody as a person names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Code.
    pub code: String,
    /// Sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

impl Party {
    /// An actor of a report, as read.
    pub fn of(a: &ActorRef) -> Party {
        Party { code: a.code.clone(), sector: a.sector, entity: a.entity.clone(), identifier: a.identifier.clone() }
    }

    fn is(&self, a: &ActorRef) -> bool {
        self.code == a.code && self.sector == a.sector && self.entity == a.entity
    }
}

impl std::fmt::Display for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)?;
        self.sector.iter().try_for_each(|s| write!(f, "/{s}"))?;
        self.entity.iter().try_for_each(|e| write!(f, " {e}"))
    }
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Change {
    /// The words tell no event (or no position).
    NotEvent,
    /// It is of another type.
    Type {
        /// The type.
        event: EventType,
        /// Its mode.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<Mode>,
        /// Its CAMEO code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cameo: Option<String>,
    },
    /// It has another status.
    Status {
        /// The status.
        status: Status,
    },
    /// It happened on another day; `None` where the text does not tell the day.
    Date {
        /// First and last day.
        days: Option<(Date, Date)>,
    },
    /// It happened elsewhere; `None` where the text does not tell where.
    Place {
        /// The place.
        place: Option<Place>,
    },
    /// Somebody else acts or is acted on.
    Party {
        /// Whether the recipients are meant.
        recipient: bool,
        /// Who was read; `None` to add somebody.
        was: Option<Party>,
        /// Who it is; `None` to take somebody out.
        now: Option<Party>,
    },
    /// The reports tell one event.
    Merge,
    /// The reports do not tell one event with these others.
    Split {
        /// The others.
        from: Vec<Target>,
    },
    /// An earlier correction holds no more.
    Undo {
        /// Its number.
        number: i64,
    },
}

/// A correction as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// From 1, in the order in which they were made.
    pub number: i64,
    /// When, as told by whoever made it.
    pub at: String,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What.
    pub change: Change,
    /// Of what; for a correction of an event, its reports at the time.
    pub targets: Vec<Aim>,
    /// The correction that undid it.
    pub undone: Option<i64>,
}

/// A target and what it is at present.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// What was aimed at.
    pub target: Target,
    /// The report that goes by it now; `None` where the article does not tell it any more, or is not there.
    pub now: Option<Id>,
}

/// The reports of an article as a person has corrected them; `None` for those that are no event.
///
/// `active` are corrections in their order, each with the id of the report that it is about.
pub(crate) fn amended(read: &[Report], active: &[(Correction, Aim)]) -> Vec<Option<Report>> {
    let mut out: Vec<Option<Report>> = read.iter().cloned().map(Some).collect();
    for (correction, aim) in active {
        let Some(at) = read.iter().position(|r| Some(&r.id) == aim.now.as_ref()) else { continue };
        let slot = &mut out[at];
        if correction.change == Change::NotEvent {
            *slot = None;
        }
        if let Some(report) = slot {
            apply(report, correction, aim.target.words);
        }
    }
    // What repeats a reading that is no event repeats the next one that is left.
    let mut heirs: Vec<(Id, Id)> = Vec::new();
    for at in 0..read.len() {
        let Some(of) = read[at].same_as.clone() else { continue };
        let first = read.iter().position(|r| r.id == of);
        if first.is_none_or(|f| out[f].is_some()) {
            continue;
        }
        if let Some(report) = &mut out[at] {
            let heir = heirs.iter().find(|h| h.0 == of).map(|h| h.1.clone());
            if heir.is_none() {
                heirs.push((of, report.id.clone()));
            }
            report.same_as = heir;
        }
    }
    out
}

fn apply(r: &mut Report, c: &Correction, words: Option<Span<Byte>>) {
    let (field, was, now) = match &c.change {
        Change::Type { event, mode, cameo } => {
            let name = |e: Option<EventType>, m: Option<Mode>| match (e, m) {
                (Some(e), Some(m)) => format!("{e}.{m}"),
                (Some(e), None) => e.to_string(),
                _ => "statement".to_owned(),
            };
            let was = name(r.event, r.mode);
            (r.event, r.mode, r.cameo) = (Some(*event), *mode, cameo.clone());
            ("event", was, name(r.event, r.mode))
        }
        Change::Status { status } => {
            let was = std::mem::replace(&mut r.status, *status);
            ("status", was.to_string(), status.to_string())
        }
        Change::Date { days } => {
            let told = |d: Option<(Date, Date)>| match d {
                Some((a, b)) if a == b => a.to_string(),
                Some((a, b)) => format!("{a}/{b}"),
                None => "not told".to_owned(),
            };
            let was = told(r.date.as_ref().map(|d| (d.from, d.to)));
            let span = r.date.as_ref().and_then(|d| d.span);
            r.date = days.map(|(from, to)| DateRange {
                from,
                to,
                basis: DateBasis::Stated,
                precision: if from == to { DatePrecision::Day } else { DatePrecision::Span },
                span,
            });
            ("date", was, told(*days))
        }
        Change::Place { place } => {
            let told = |p: Option<&Place>| p.map_or_else(|| "not told".to_owned(), |p| p.name.clone());
            let was = told(r.place.as_ref());
            r.place = place.clone();
            // The words that were read name another place, or none.
            r.place_span = None;
            ("place", was, told(place.as_ref()))
        }
        Change::Party { recipient, was, now } => {
            let field = if *recipient { "recipient" } else { "actor" };
            let told = |p: &Option<Party>| p.as_ref().map_or_else(|| "nobody".to_owned(), Party::to_string);
            if !replace(r, *recipient, was.as_ref(), now.as_ref(), words) {
                return;
            }
            (field, told(was), told(now))
        }
        Change::NotEvent | Change::Merge | Change::Split { .. } | Change::Undo { .. } => return,
    };
    let detail = format!("correction {} by {}: {was} → {now}; {}", c.number, c.author, c.reason);
    r.trace.push(Trace { field: field.to_owned(), rule: BY_HAND.to_owned(), detail, score: None });
}

/// Puts somebody in another's place; false where the other is not there (any more).
fn replace(r: &mut Report, recipient: bool, was: Option<&Party>, now: Option<&Party>, words: Option<Span<Byte>>) -> bool {
    let trigger = r.trigger;
    let slot = if recipient { &mut r.recipients } else { &mut r.actors };
    let at = was.and_then(|was| {
        let spot = || words.and_then(|w| slot.iter().position(|a| a.span.overlaps(w)));
        slot.iter().position(|a| was.is(a)).or_else(spot)
    });
    match (at, was, now) {
        (Some(at), _, Some(now)) => {
            let a = &mut slot[at];
            // Who was meant is certain now; through whom it was resolved is not what it was.
            (a.code, a.sector, a.entity, a.identifier) =
                (now.code.clone(), now.sector, now.entity.clone(), now.identifier.clone());
            (a.office, a.via, a.confidence) = (None, None, 1.0);
        }
        (Some(at), _, None) => {
            slot.remove(at);
        }
        (None, None, Some(now)) if !slot.iter().any(|a| now.is(a)) => slot.push(ActorRef {
            code: now.code.clone(),
            sector: now.sector,
            entity: now.entity.clone(),
            identifier: now.identifier.clone(),
            office: None,
            text: now.entity.clone().unwrap_or_else(|| now.code.clone()),
            // It is not told beside these words; the event is where one looks.
            span: trigger,
            via: None,
            confidence: 1.0,
        }),
        _ => return false,
    }
    true
}

/// What a target means in a copy of its sentence: the same words there. `sentence` is where it stands in the target's text, `copy` where in the other.
pub(crate) fn copied(target: &Target, sentence: Span<Byte>, article: &Id, copy: Span<Byte>) -> Target {
    let moved = |span: Span<Byte>| {
        let at = |n: usize| (copy.start + n.saturating_sub(sentence.start)).min(copy.end);
        Span::new(at(span.start), at(span.end))
    };
    Target {
        article: article.clone(),
        report: target.report.clone(),
        trigger: moved(target.trigger),
        words: target.words.map(moved),
    }
}

/// The report of an article that a target means now: the one of its id, else the one told by the same words.
pub(crate) fn found<'a>(target: &Target, read: &'a [Report]) -> Option<&'a Id> {
    let same = read.iter().find(|r| r.id == target.report);
    let told = || {
        let shared = |r: &Report| r.trigger.end.min(target.trigger.end).saturating_sub(r.trigger.start.max(target.trigger.start));
        let exact = read.iter().find(|r| r.trigger == target.trigger);
        exact.or_else(|| read.iter().rev().filter(|r| shared(r) > 0).max_by_key(|r| shared(r)))
    };
    same.or_else(told).map(|r| &r.id)
}
