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
    claim_of(event, event.reports.iter().filter_map(|id| reports.get(id)), Vec::new())
}

/// The claim about an event from its reports, with what others hold beside them; `None` where nobody is named and nobody denies it.
pub fn claim_of<'a>(event: &Event, reports: impl IntoIterator<Item = &'a Report>, more: Vec<Position>) -> Option<Claim> {
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
    positions.extend(more);
    let holds = |stances: &[Stance]| positions.iter().any(|p| stances.contains(&p.stance));
    let contested = holds(&[Stance::Asserts, Stance::Confirms, Stance::Alleges]) && holds(&[Stance::Denies, Stance::Doubts]);
    if !contested && positions.iter().all(|p| p.voice.is_none()) {
        return None;
    }
    let words = told.first().map(|r| r.sentence);
    Some(Claim { id: with_letter(&event.id, 'c'), event: event.id.clone(), positions, contested, words })
}

/// What is denied in general, and so of each deed of its kind: claims with the events they are about.
///
/// Who says "we have no troops there" denies every deployment there that others assert, told in the same words or not, before or after. Given the
/// claims and events of a record, [`Standing::answers`] says for any event which such denials stand against it, and for any denial who asserts
/// what it denies. A denial of what happened on one day is none in general.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    denials: Vec<(Event, Vec<Position>)>,
    told: Vec<(Event, Vec<Position>)>,
}

impl Standing {
    /// Whether nothing is denied in general.
    pub fn is_empty(&self) -> bool {
        self.denials.is_empty()
    }

    /// Gathers general denials from the claims of negated events, and what is asserted of the same kind.
    pub fn of<'a>(all: impl IntoIterator<Item = (&'a Event, &'a Claim)> + Clone) -> Standing {
        let mut out = Standing::default();
        for (event, claim) in all.clone() {
            let denied = claim
                .positions
                .iter()
                .filter(|p| p.stance == Stance::Denies && of_the_doer(event, p))
                .cloned()
                .collect::<Vec<_>>();
            if event.status == Status::Negated && event.date.is_none() && !denied.is_empty() {
                out.denials.push((event.clone(), denied));
            }
        }
        for (event, claim) in all {
            if out.denials.iter().any(|d| answers(&d.0, event)) {
                out.told.push((event.clone(), claim.positions.clone()));
            }
        }
        out
    }

    /// The positions of other claims that stand against those of a claim: general denials of an event, or what is asserted in spite of a denial.
    pub fn answers(&self, event: &Event) -> Vec<Position> {
        let denied = self.denials.iter().filter(|d| answers(&d.0, event)).flat_map(|d| &d.1);
        let denial = self.denials.iter().any(|d| d.0.id == event.id);
        let holds = |p: &&Position| matches!(p.stance, Stance::Asserts | Stance::Confirms | Stance::Alleges);
        let told = self.told.iter().filter(|t| denial && answers(event, &t.0)).flat_map(|t| t.1.iter().filter(holds));
        denied.chain(told).cloned().collect()
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
