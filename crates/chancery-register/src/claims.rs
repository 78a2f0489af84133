use crate::merge::{family, with_letter};
use chancery_model::{ActorRef, Claim, Event, EventType, Id, Position, Report, Sector, Stance, Status, Voice};
use std::collections::{BTreeMap, BTreeSet};

/// Who holds what about each event: a claim for every event that some voice is named for, or that reports contradict each other on.
///
/// A report gives the position of its nearest voice, or of the article itself where it names none, and of every outer voice that denies,
/// doubts or confirms. A voice that asserts what the report gives as not having happened denies it. Sorted by id.
pub fn claims(events: &[Event], reports: &BTreeMap<Id, Report>) -> Vec<Claim> {
    let mut out: Vec<Claim> = events.iter().filter_map(|e| claim(e, reports)).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn claim(event: &Event, reports: &BTreeMap<Id, Report>) -> Option<Claim> {
    claim_of(event, event.reports.iter().filter_map(|id| reports.get(id)), false)
}

/// The id of the claim about an event.
pub fn claim_id(event: &Id) -> Id {
    with_letter(event, 'c')
}

/// The claim about an event from its reports; `None` where nobody is named and nobody denies it, in them or (`answered`) elsewhere.
pub fn claim_of<'a>(event: &Event, reports: impl IntoIterator<Item = &'a Report>, answered: bool) -> Option<Claim> {
    let told: Vec<&Report> = reports.into_iter().collect();
    let mut positions = Vec::new();
    // An article that repeats itself does not thereby hold more.
    let mut held = BTreeSet::new();
    for report in &told {
        for (voice, stance) in stances(report) {
            let name = voice.map(|v| v.entity.as_deref().unwrap_or(&v.text).to_lowercase());
            if held.insert((&report.article, name, stance)) {
                positions.push(Position { voice: voice.cloned(), stance, report: report.id.clone() });
            }
        }
    }
    let contested = answered || positions.iter().any(asserts) && positions.iter().any(denies);
    if !contested && positions.iter().all(|p| p.voice.is_none()) {
        return None;
    }
    let words = told.first().map(|r| r.sentence);
    Some(Claim { id: claim_id(&event.id), event: event.id.clone(), positions, contested, words })
}

/// Whether a position is that the event happened.
pub fn asserts(position: &Position) -> bool {
    matches!(position.stance, Stance::Asserts | Stance::Confirms | Stance::Alleges)
}

/// Whether a position is that the event did not happen, or may not have.
pub fn denies(position: &Position) -> bool {
    matches!(position.stance, Stance::Denies | Stance::Doubts)
}

/// What is denied in general, and so of each deed of its kind: which events stand against which.
///
/// Who says "we have no troops there" denies every deployment there that others assert, told in the same words or not, before or after. Given the
/// denials of a record and what is told in spite of them, [`Standing::against`] says for either which others stand against it. A denial of what
/// happened on one day is none in general.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    denials: Vec<Event>,
    against: BTreeMap<Id, BTreeSet<Id>>,
}

impl Standing {
    /// Gathers general denials from events with their claims.
    pub fn of<'a>(all: impl IntoIterator<Item = (&'a Event, &'a Claim)>) -> Standing {
        let general = |(event, claim): &(&Event, &Claim)| {
            let denied = |p: &Position| p.stance == Stance::Denies && of_the_doer(event, p);
            event.status == Status::Negated && event.date.is_none() && claim.positions.iter().any(denied)
        };
        let denials = all.into_iter().filter(general).map(|(event, _)| event.clone()).collect();
        Standing { denials, against: BTreeMap::new() }
    }

    /// Whether an event is of a kind that is denied in general.
    pub fn denied(&self, event: &Event) -> bool {
        self.denials.iter().any(|d| answers(d, event))
    }

    /// Holds an event against the denials, if anybody asserts it.
    pub fn hold(&mut self, event: &Event, claim: &Claim) {
        if !claim.positions.iter().any(asserts) {
            return;
        }
        for denial in self.denials.iter().filter(|d| answers(d, event)) {
            self.against.entry(event.id.clone()).or_default().insert(denial.id.clone());
            self.against.entry(denial.id.clone()).or_default().insert(event.id.clone());
        }
    }

    /// The other events that stand against one: general denials of it, or what is asserted in spite of the denial that it is.
    pub fn against(&self, event: &Id) -> impl Iterator<Item = &Id> {
        self.against.get(event).into_iter().flatten()
    }

    /// All events that others stand against.
    pub fn contested(&self) -> impl Iterator<Item = &Id> {
        self.against.keys()
    }

    /// An event with all that stands against it, against that, and so on.
    pub fn dispute(&self, event: &Id) -> BTreeSet<Id> {
        let mut out = BTreeSet::from([event.clone()]);
        let mut left = vec![event];
        while let Some(next) = left.pop() {
            left.extend(self.against(next).filter(|id| out.insert((*id).clone())));
        }
        out
    }
}

/// Whether a position is that of one who would have done it.
fn of_the_doer(event: &Event, position: &Position) -> bool {
    let code = position.voice.as_ref().and_then(|v| v.code.as_deref());
    event.actors.iter().any(|a| Some(a.code.as_str()) == code)
}

/// Whether a denial is about deeds such as this one: of its family and theme, by the same state, with the same other, forces taking part.
fn answers(denial: &Event, event: &Event) -> bool {
    let codes = |e: &Event| -> BTreeSet<String> {
        let all = e.actors.iter().chain(&e.recipients).map(|a: &ActorRef| a.code.clone());
        all.chain(e.place.as_ref().and_then(|p| p.country.clone())).collect()
    };
    let theme = denial.contexts.iter().any(|c| event.contexts.contains(c));
    denial.id != event.id
        && event.status == Status::Actual
        && family(denial.event) == family(event.event)
        && theme
        && (event.event == EventType::Mobilize || forces(event))
        && codes(denial).len() > 1
        && codes(denial).is_subset(&codes(event))
}

/// Whether armed forces take part.
fn forces(event: &Event) -> bool {
    event.actors.iter().chain(&event.recipients).any(|a| matches!(a.sector, Some(Sector::Mil | Sector::Prm)))
}

/// The voices of a report that hold something about its event, nearest first.
fn stances(report: &Report) -> Vec<(Option<&Voice>, Stance)> {
    let Some(nearest) = report.attribution.first() else { return vec![(None, own(report.status))] };
    let mut out = vec![(Some(nearest), held(nearest.stance, report.status))];
    let outer = report.attribution.iter().skip(1);
    out.extend(
        outer.filter(|v| matches!(v.stance, Stance::Denies | Stance::Doubts | Stance::Confirms)).map(|v| (Some(v), v.stance)),
    );
    out
}

fn own(status: Status) -> Stance {
    match status {
        Status::Actual => Stance::Asserts,
        Status::Future => Stance::Expects,
        Status::Hypothetical => Stance::Alleges,
        Status::Negated => Stance::Denies,
    }
}

/// What a voice's stance towards its words means for the event in them.
fn held(stance: Stance, status: Status) -> Stance {
    match (stance, status) {
        (Stance::Asserts | Stance::Confirms | Stance::Alleges, Status::Negated) => Stance::Denies,
        (Stance::Asserts, Status::Future) => Stance::Expects,
        _ => stance,
    }
}
