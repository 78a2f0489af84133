use crate::merge::with_letter;
use chancery_model::{Claim, Event, Id, Position, Report, Stance, Status, Voice};
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
    let told: Vec<&Report> = event.reports.iter().filter_map(|id| reports.get(id)).collect();
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
    let holds = |stances: &[Stance]| positions.iter().any(|p| stances.contains(&p.stance));
    let contested = holds(&[Stance::Asserts, Stance::Confirms, Stance::Alleges]) && holds(&[Stance::Denies, Stance::Doubts]);
    if !contested && positions.iter().all(|p| p.voice.is_none()) {
        return None;
    }
    let words = told.first().map(|r| r.sentence);
    Some(Claim { id: with_letter(&event.id, 'c'), event: event.id.clone(), positions, contested, words })
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
