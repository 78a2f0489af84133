use super::{item::Item, roles};
use crate::{Told, whose};
use chancery_model::{ActorRef, Context, DateBasis, DatePrecision, DateRange, Event, Id, Minority, Place, Report};
use std::collections::{BTreeMap, BTreeSet};

/// A report of an event, with whose word it is among the others.
struct Member<'a, 'b> {
    item: &'b Item<'a>,
    report: &'a Report,
    origin: &'a Id,
}

/// What the reports at `members` (earliest first) agree on, as one event.
pub(super) fn event(items: &[Item], members: &[usize], merged: Vec<String>) -> Event {
    let told: Vec<Told> = members.iter().map(|&i| items[i].told).collect();
    let member = |(&i, origin): (&usize, _)| Member { item: &items[i], report: items[i].report, origin };
    let of: Vec<Member> = members.iter().zip(whose(&told)).map(member).collect();
    let first = &of[0];
    let origins: BTreeSet<&Id> = of.iter().map(|i| i.origin).collect();
    let mut disputed = Vec::new();
    let mut differ = |field: &str, yes: bool| {
        if yes {
            disputed.push(field.to_owned());
        }
    };
    let (event, many) = vote(of.iter().map(|i| (i.item.event, i.origin))).unwrap_or((first.item.event, false));
    differ("event", many);
    let fitting = of.iter().filter(|i| i.item.event == event);
    let mode = vote(fitting.filter_map(|i| i.report.mode.map(|m| (m, i.origin))));
    differ("mode", mode.is_some_and(|m| m.1));
    let (status, many) = vote(of.iter().map(|i| (i.report.status, i.origin))).unwrap_or((first.report.status, false));
    differ("status", many);
    let Slots { agreed: [actors, recipients], minority } = slots(&of);
    let few = |recipient: bool| minority.iter().any(|m| m.recipient == recipient);
    differ("actors", few(false) || any_pair(&of, |a, b| roles::side(&a.report.actors, &b.report.actors) == Some(0)));
    differ("recipients", few(true) || any_pair(&of, |a, b| roles::side(&a.report.recipients, &b.report.recipients) == Some(0)));
    let (date, many) = date(&of);
    differ("date", many);
    let (place, many) = place(&of);
    differ("place", many);
    differ("size", sizes_differ(&of));
    let contexts: BTreeSet<Context> = of.iter().flat_map(|i| i.report.contexts.iter().copied()).collect();
    let ongoing = vote(of.iter().map(|i| (i.report.ongoing, i.origin))).is_some_and(|v| v.0);
    Event {
        id: with_letter(&first.report.id, 'e'),
        reports: of.iter().map(|i| i.report.id.clone()).collect(),
        event,
        mode: mode.map(|m| m.0),
        contexts: contexts.into_iter().collect(),
        status,
        historical: of.iter().all(|i| i.report.historical),
        ongoing,
        actors,
        recipients,
        minority,
        date,
        place,
        origins: origins.len(),
        disputed,
        merged,
        confidence: confidence(&of),
    }
}

/// The same id with another letter for its kind.
pub(crate) fn with_letter(id: &Id, letter: char) -> Id {
    let rest: String = id.0.chars().skip(1).collect();
    Id(format!("{letter}{rest}"))
}

/// The value told by most independent origins, the earliest among equals; and whether there are several values.
fn vote<'a, T: PartialEq + Copy>(told: impl Iterator<Item = (T, &'a Id)>) -> Option<(T, bool)> {
    let mut counts: Vec<(T, BTreeSet<&Id>)> = Vec::new();
    for (value, origin) in told {
        match counts.iter_mut().find(|c| c.0 == value) {
            Some(c) => {
                c.1.insert(origin);
            }
            None => counts.push((value, BTreeSet::from([origin]))),
        }
    }
    let most = counts.iter().map(|c| c.1.len()).max()?;
    let several = counts.len() > 1;
    counts.into_iter().find(|c| c.1.len() == most).map(|c| (c.0, several))
}

/// Whether any two of the first reports differ; a field that the first 64 agree on is not disputed by the rest.
fn any_pair(of: &[Member], differ: impl Fn(&Member, &Member) -> bool) -> bool {
    let few = &of[..of.len().min(64)];
    few.iter().enumerate().any(|(n, a)| few[n + 1..].iter().any(|b| differ(a, b)))
}

/// Chance that at least one origin is right, each taken at its best report, in the order of their ids.
fn confidence(of: &[Member]) -> f32 {
    let mut best: BTreeMap<&Id, f32> = BTreeMap::new();
    for i in of {
        let c = best.entry(i.origin).or_insert(0.0);
        *c = c.max(i.report.confidence.clamp(0.0, 1.0));
    }
    if best.len() == 1 {
        return best.into_values().fold(0.0, f32::max);
    }
    (1.0 - best.into_values().fold(1.0f32, |rest, c| rest * (1.0 - c))).min(0.99)
}

/// One participant over all reports: the fullest reference, and who tells it in which slot: as acting, and as acted on.
struct Part<'a> {
    best: &'a ActorRef,
    told: [Telling<'a>; 2],
}

/// Reports with the origins that they are of.
type Telling<'a> = BTreeMap<&'a Id, Vec<&'a Id>>;

/// Actors, recipients, and those whom a minority names.
struct Slots {
    agreed: [Vec<ActorRef>; 2],
    minority: Vec<Minority>,
}

/// Actors and recipients: each participant once, in the slot where most origins put it, in the order of first mention. Who is of a state or group
/// that no more than a third of the origins name does not stand in one, lest one bad report spoil the event; unless nobody else does.
fn slots<'a>(of: &[Member<'a, '_>]) -> Slots {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for i in of {
        for (side, slot) in [&i.report.actors, &i.report.recipients].into_iter().enumerate() {
            // Participants of one report stay apart unless they are the same by name.
            let known = parts.len();
            let mut taken = Vec::new();
            for a in slot {
                let at = match position(&parts[..known], a, side, &taken) {
                    Some(at) => at,
                    None => {
                        parts.push(Part { best: a, told: Default::default() });
                        parts.len() - 1
                    }
                };
                taken.push(at);
                let part = &mut parts[at];
                if part.best.entity.is_none() && a.entity.is_some() {
                    part.best = a;
                }
                part.told[side].entry(i.origin).or_default().push(&i.report.id);
            }
        }
    }
    let chosen = [0, 1].map(|side| chosen(of, &parts, side));
    let kin = |p: &Part, n: usize| roles::likeness(p.best, parts[n].best) > 0;
    let mut minority = Vec::new();
    for (side, recipient) in [(0, false), (1, true)] {
        for p in parts.iter().filter(|p| !p.told[side].is_empty() && !chosen.iter().flatten().any(|&n| kin(p, n))) {
            let mut reports: Vec<Id> = p.told[side].values().flatten().map(|r| (*r).clone()).collect();
            reports.sort_by_key(|r| of.iter().position(|i| i.report.id == *r));
            minority.push(Minority { recipient, who: p.best.clone(), reports });
        }
    }
    Slots { agreed: chosen.map(|list| list.into_iter().map(|n| parts[n].best.clone()).collect()), minority }
}

/// The participants, by position, that stand in a slot.
fn chosen(of: &[Member], parts: &[Part], side: usize) -> Vec<usize> {
    let fills = |i: &&Member| !if side == 0 { &i.report.actors } else { &i.report.recipients }.is_empty();
    let all = of.iter().filter(fills).map(|i| i.origin).collect::<BTreeSet<_>>().len();
    let wins = |p: &Part| match (p.told[side].len(), p.told[1 - side].len()) {
        (here, there) if side == 0 => here > 0 && here >= there,
        (here, there) => here > there,
    };
    let may: Vec<usize> = (0..parts.len()).filter(|&n| wins(&parts[n])).collect();
    // How many origins name him, or another of his: in either slot, since those who fight each other stand now here, now there.
    let support = |n: usize| {
        let kin = parts.iter().filter(|p| roles::likeness(p.best, parts[n].best) > 0);
        kin.flat_map(|p| p.told.iter().flat_map(BTreeMap::keys)).collect::<BTreeSet<_>>().len()
    };
    let enough = |n: &usize| 3 * parts[*n].told[side].len() >= all && 3 * support(*n) > all;
    let out: Vec<usize> = may.iter().copied().filter(enough).collect();
    if out.is_empty() {
        may.into_iter().max_by_key(|&n| (parts[n].told[side].len(), usize::MAX - n)).into_iter().collect()
    } else {
        out
    }
}

/// The participant that a reference means: the same by name, else the likeliest in the same slot that is not yet taken by its report.
fn position(parts: &[Part], a: &ActorRef, side: usize, taken: &[usize]) -> Option<usize> {
    let named = parts.iter().position(|p| roles::likeness(p.best, a) == roles::SIDE);
    let alike = || {
        let open = parts.iter().enumerate().filter(|(n, _)| !taken.contains(n));
        let same_slot = open.filter(|(_, p)| !p.told[side].is_empty());
        same_slot.map(|(n, p)| (roles::likeness(p.best, a), n)).filter(|s| s.0 >= 10).max_by_key(|s| (s.0, usize::MAX - s.1))
    };
    named.or_else(|| alike().map(|s| s.1))
}

/// The most exact date that most origins give.
fn date(of: &[Member]) -> (Option<DateRange>, bool) {
    let dates = || of.iter().filter_map(|i| i.report.date.as_ref().map(|d| (d, i.origin)));
    let rank = |d: &DateRange| (d.basis == DateBasis::Publication, d.precision, d.basis == DateBasis::Inferred);
    let sharpest = dates().map(|d| rank(d.0)).min_by_key(|r| (r.0, precision_rank(r.1), r.2));
    let winner = vote(dates().filter(|d| Some(rank(d.0)) == sharpest).map(|(d, o)| ((d.from, d.to), o))).map(|v| v.0);
    let date = dates().map(|d| d.0).find(|d| Some(rank(d)) == sharpest && Some((d.from, d.to)) == winner);
    let apart = any_pair(of, |a, b| matches!((a.item.stated, b.item.stated), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0));
    (date.cloned(), apart)
}

fn precision_rank(p: DatePrecision) -> u8 {
    match p {
        DatePrecision::Day => 0,
        DatePrecision::Span => 1,
        DatePrecision::Week => 2,
        DatePrecision::Month => 3,
        DatePrecision::Season => 4,
        DatePrecision::Year => 5,
    }
}

/// The most exact place that most origins give.
fn place(of: &[Member]) -> (Option<Place>, bool) {
    let rank = |p: &Place| match p.precision.as_str() {
        "site" => 0u8,
        "city" => 1,
        "province" => 2,
        "region" => 3,
        _ => 4,
    };
    let places = || of.iter().filter_map(|i| i.report.place.as_ref().map(|p| (p, i.origin)));
    let sharpest = places().map(|p| rank(p.0)).min();
    let winner = vote(places().filter(|p| Some(rank(p.0)) == sharpest).map(|(p, o)| (p.name.as_str(), o))).map(|v| v.0);
    let place = places().map(|p| p.0).find(|p| Some(rank(p)) == sharpest && Some(p.name.as_str()) == winner);
    let apart = any_pair(of, |a, b| match (&a.report.place, &b.report.place) {
        (Some(x), Some(y)) => x.country != y.country || (rank(x) == rank(y) && x.name != y.name),
        _ => false,
    });
    (place.cloned(), apart)
}

fn sizes_differ(of: &[Member]) -> bool {
    any_pair(of, |a, b| {
        let (x, y) = (&a.report.size, &b.report.size);
        x.iter().any(|m| y.iter().any(|n| n.what == m.what) && !y.iter().any(|n| n.what == m.what && n.value == m.value))
    })
}
