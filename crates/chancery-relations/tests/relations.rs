//! Invented relations whose turning points, network and outlook are known.
#![allow(clippy::unwrap_used)]

use chancery_model::*;
use chancery_relations::*;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

fn actor(code: &str) -> ActorRef {
    ActorRef {
        code: code.into(),
        sector: None,
        entity: None,
        identifier: None,
        office: None,
        text: code.into(),
        span: Span::new(0, 0),
        via: None,
        confidence: 1.0,
    }
}

fn event(n: usize, kind: EventType, from: &[&str], to: &[&str], day: Option<Date>) -> Event {
    let precision = DatePrecision::Day;
    Event {
        id: Id(format!("e{n:016x}")),
        reports: vec![Id(format!("r{n:016x}"))],
        event: kind,
        mode: None,
        contexts: Vec::new(),
        status: Status::Actual,
        historical: false,
        ongoing: false,
        actors: from.iter().map(|c| actor(c)).collect(),
        recipients: to.iter().map(|c| actor(c)).collect(),
        date: day.map(|d| DateRange { from: d, to: d, basis: DateBasis::Stated, precision, span: None }),
        place: None,
        origins: 1,
        disputed: Vec::new(),
        minority: Vec::new(),
        merged: Vec::new(),
        confidence: 1.0,
    }
}

fn flat(_: EventType, _: Option<Mode>) -> f64 {
    1.0
}

fn every_day(from: Date, days: i64) -> Coverage {
    Coverage::of((0..days).map(|n| from.checked_add(n.days()).unwrap()))
}

/// Two friendly years in which a meeting and a word of support are told each month, then a year of blame, told by two outlets in turn; what
/// the third tells is a part of both.
fn friends_fall_out() -> (Vec<Event>, BTreeMap<Id, BTreeSet<String>>) {
    use EventType::*;
    let (mut events, mut outlets) = (Vec::new(), BTreeMap::new());
    for month in 0..24i64 {
        let day = date(2014, 1, 5).checked_add(month.months()).unwrap();
        let kinds = if month < 14 { [Consult, Support] } else { [Accuse, Threaten] };
        for (n, kind) in kinds.into_iter().enumerate() {
            let e = event(events.len(), kind, &["AAA"], &["BBB"], Some(day.checked_add((3 * n as i64).days()).unwrap()));
            outlets.insert(e.id.clone(), BTreeSet::from([if n == 0 { "Courier" } else { "Gazette" }.to_owned()]));
            events.push(e);
        }
    }
    (events, outlets)
}

#[test]
fn a_turn_is_found_explained_and_stands_on_several_legs() {
    let (events, outlets) = friends_fall_out();
    let rows = rows(&events, Level::Code, flat);
    let coverage = every_day(date(2014, 1, 1), 730);
    let found = shifts(&Material { rows: &rows, outlets: &outlets, coverage: &coverage }, Period::Month, None, None);
    assert_eq!(found.shifts.len(), 1, "{found:#?}");
    let s = &found.shifts[0];
    assert_eq!((s.measure, s.day), (Measure::Level, date(2015, 3, 1)));
    assert!((s.before - 3.75).abs() < 1e-9 && (s.after + 3.25).abs() < 1e-9, "{s:?}");
    let explained: Vec<EventType> = s.explained_by.iter().map(|id| events.iter().find(|e| e.id == *id).unwrap().event).collect();
    assert!(explained.len() == 3 && explained.iter().all(|e| e.quad() == Quad::VerbalConflict), "{explained:?}");
    assert_eq!(s.rests_on, []);
    assert!(found.gaps.is_empty() && s.gaps.is_empty());
}

#[test]
fn a_turn_that_one_outlet_tells_vanishes_without_it() {
    let (events, mut outlets) = friends_fall_out();
    for e in events.iter().filter(|e| e.event.quad() == Quad::VerbalConflict) {
        outlets.insert(e.id.clone(), BTreeSet::from(["Alarm".to_owned()]));
    }
    let rows = rows(&events, Level::Code, flat);
    let coverage = every_day(date(2014, 1, 1), 730);
    let material = Material { rows: &rows, outlets: &outlets, coverage: &coverage };
    let found = shifts(&material, Period::Month, None, None);
    assert_eq!(found.shifts[0].rests_on, [Support::Outlet("Alarm".into())]);
}

#[test]
fn silence_about_a_turn_is_told() {
    let (events, outlets) = friends_fall_out();
    let rows = rows(&events, Level::Code, flat);
    // Nothing was published in the last days before the turn.
    let silent = |d: &Date| !(date(2015, 2, 10)..=date(2015, 2, 25)).contains(d);
    let coverage = Coverage::of((0..730).map(|n| date(2014, 1, 1).checked_add(i64::from(n).days()).unwrap()).filter(silent));
    let found = shifts(&Material { rows: &rows, outlets: &outlets, coverage: &coverage }, Period::Month, None, None);
    assert_eq!(found.shifts[0].gaps, [Gap { from: date(2015, 2, 10), to: date(2015, 2, 25) }]);
}

#[test]
fn more_events_are_no_turn_where_there_are_only_more_articles() {
    let mut events = Vec::new();
    let mut days = Vec::new();
    for month in 0..24i64 {
        let first = date(2014, 1, 1).checked_add(month.months()).unwrap();
        let many = if month < 12 { 2 } else { 8 };
        for n in 0..many {
            let day = first.checked_add((3 * n).days()).unwrap();
            events.push(event(events.len(), EventType::Consult, &["AAA"], &["BBB"], Some(day)));
            // Of three articles in any month one tells of the two.
            days.extend([day, day, day]);
        }
    }
    let rows = rows(&events, Level::Code, flat);
    let outlets = BTreeMap::new();
    let volume = |coverage: &Coverage| {
        let material = Material { rows: &rows, outlets: &outlets, coverage };
        let found = shifts(&material, Period::Month, None, None).shifts;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].measure, found[0].day), (Measure::Volume, date(2015, 1, 1)));
        found[0].rests_on.clone()
    };
    assert_eq!(volume(&Coverage::of(days)), [Support::Attention]);
    assert_eq!(volume(&every_day(date(2014, 1, 1), 730)), []);
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let mut events: Vec<Event> =
        (1..=6).map(|m| event(m, EventType::Consult, &["AAA"], &["BBB"], Some(date(2014, m as i8, 5)))).collect();
    events.push(event(7, EventType::Assault, &["AAA"], &["BBB"], None));
    events.push(event(8, EventType::Assault, &["AAA"], &["BBB"], Some(date(2014, 2, 1))));
    events[7].status = Status::Negated;
    // "In recent months" is no date in a series of months.
    events.push(event(9, EventType::Assault, &["AAA"], &["BBB"], Some(date(2014, 2, 1))));
    events[8].date.as_mut().unwrap().to = date(2014, 4, 30);
    events[8].date.as_mut().unwrap().precision = DatePrecision::Span;
    let rows = rows(&events, Level::Code, flat);
    let outlets = BTreeMap::new();
    let coverage = Coverage::of([date(2014, 1, 2), date(2014, 6, 9)]);
    let found = shifts(&Material { rows: &rows, outlets: &outlets, coverage: &coverage }, Period::Month, None, None);
    assert!(!found.tested(Measure::Level) && !found.tested(Measure::Volume) && found.shifts.is_empty());
    assert_eq!((found.dated, found.undated, found.not_actual, found.told_steps), (6, 2, 1, 6));
    assert_eq!(found.gaps, [Gap { from: date(2014, 1, 3), to: date(2014, 6, 8) }]);
    assert!(outlook(&rows, &coverage).forecasts.is_empty());
}

#[test]
fn the_arithmetic_of_dyads() {
    use EventType::*;
    let mut events = vec![
        event(1, Consult, &["RUS", "IRN", "TUR"], &[], None),
        event(2, Aid, &["RUS", "RUS"], &["SYR"], Some(date(2015, 10, 7))),
        event(3, Accuse, &["RUS"], &["SYR"], None),
        event(4, Protest, &["IRN"], &[], None),
    ];
    events[2].status = Status::Negated;
    let all = rows(&events, Level::Code, flat);
    let pairs: Vec<_> = all.iter().map(|r| (r.from.as_str(), r.to.as_str(), r.directed, r.weight, r.score)).collect();
    assert_eq!(
        pairs,
        [
            ("IRN", "RUS", false, 0.5, 2.5),
            ("IRN", "TUR", false, 0.5, 2.5),
            ("RUS", "SYR", true, 1.0, 10.0),
            ("RUS", "SYR", true, 1.0, 0.0),
            ("RUS", "TUR", false, 0.5, 2.5),
        ]
    );
    let s = series(&between(&all, "SYR", "RUS"), Period::Week);
    assert_eq!(s.points.len(), 1);
    assert_eq!(s.points[0].0, date(2015, 10, 5));
    assert_eq!((s.total.events, s.total.actual, s.undated.events, s.total.goldstein), (2, 1, 1, 1.0));
    assert_eq!(s.total.quads, [0, 1, 1, 0]);
    assert_eq!((s.points[0].1.level(), s.undated.level(), s.total.balance()), (Some(10.0), None, Some(0.0)));
    // By sector, what two groups of one state do to each other is a dyad.
    let mut civil = event(5, Assault, &["SYR"], &["SYR"], None);
    civil.actors[0].sector = Some(Sector::Gov);
    civil.recipients[0].sector = Some(Sector::Reb);
    assert!(rows(std::slice::from_ref(&civil), Level::Code, flat).is_empty());
    assert_eq!(rows(&[civil], Level::Sector, flat)[0].to, "SYR/REB");
}

#[test]
fn a_smoothed_level_forgets_by_steps_and_fills_them() {
    let days = [date(2015, 1, 5), date(2015, 4, 5)];
    let kinds = [EventType::Aid, EventType::Assault];
    let events: Vec<Event> =
        kinds.iter().zip(days).enumerate().map(|(n, (k, d))| event(n, *k, &["AAA"], &["BBB"], Some(d))).collect();
    let s = series(&rows(&events, Level::Code, flat), Period::Month);
    let smoothed: Vec<Option<f64>> = s.smoothed(Period::Month).into_iter().map(|p| p.1).collect();
    assert_eq!(smoothed.len(), 4);
    assert_eq!(s.filled(Period::Month).iter().map(|p| p.1.events).collect::<Vec<_>>(), [1, 0, 0, 1]);
    for (n, level) in [10.0, 7.0, 4.9].into_iter().enumerate() {
        assert!((smoothed[n].unwrap() - level).abs() < 1e-9, "it fades where nothing happens: {smoothed:?}");
    }
    let kept = 0.7f64.powi(3);
    assert!((smoothed[3].unwrap() - (10.0 * kept - 9.0) / (kept + 1.0)).abs() < 1e-9);
}

#[test]
fn a_network_of_blocs_is_balanced_and_a_go_between_makes_it_tense() {
    use EventType::*;
    let mut events = Vec::new();
    let mut twice = |kind: EventType, a: &str, b: &str| {
        for _ in 0..2 {
            events.push(event(events.len(), kind, &[a], &[b], Some(date(2015, 1, 1))));
        }
    };
    for (a, b) in [("AAA", "BBB"), ("CCC", "DDD")] {
        twice(Support, a, b);
    }
    for (a, b) in [("AAA", "CCC"), ("AAA", "DDD"), ("BBB", "CCC"), ("BBB", "DDD")] {
        twice(Accuse, a, b);
    }
    let net = network(&rows(&events, Level::Code, flat));
    assert_eq!((net.balance.by_hostile, net.balance.balanced), ([0, 0, 4, 0], Some(1.0)));
    assert!(net.brokers.is_empty());
    let tie = net.ties.iter().find(|t| t.b == "BBB").unwrap();
    assert_eq!((tie.sign, tie.supports.len(), tie.supported.len(), tie.level), (Sign::Friendly, 2, 0, 5.0));
    let mut talks = event(900, Consult, &["MMM"], &["AAA", "CCC"], Some(date(2015, 1, 2)));
    talks.mode = Some(Mode::ThirdParty);
    let more = event(901, Aid, &["MMM"], &["AAA", "CCC"], None);
    events.extend([talks, more]);
    let net = network(&rows(&events, Level::Code, flat));
    assert_eq!(net.brokers.len(), 1);
    assert_eq!((net.brokers[0].who.as_str(), net.brokers[0].mediations.len()), ("MMM", 1));
    assert_eq!(net.brokers[0].between, [("AAA".to_owned(), "CCC".to_owned())]);
    assert_eq!(net.balance.tense.len(), 1);
    assert!(net.balance.balanced.unwrap() < 1.0 && net.balance.expected.unwrap() < 0.6);
}

#[test]
fn an_outlook_is_tested_against_naive_answers() {
    // A steady trickle about four a month: the mean is as good as anything, the last month is not.
    let mut events = Vec::new();
    for month in 0..36i64 {
        let first = date(2014, 1, 1).checked_add(month.months()).unwrap();
        for n in 0..[3, 5, 4, 6, 2, 4][(month * month % 6) as usize] {
            events.push(event(
                events.len(),
                EventType::Consult,
                &["AAA"],
                &["BBB"],
                Some(first.checked_add(i64::from(n).days()).unwrap()),
            ));
        }
    }
    let found = outlook(&rows(&events, Level::Code, flat), &every_day(date(2014, 1, 1), 3 * 365));
    assert_eq!((found.month, found.months), (Some(date(2017, 1, 1)), 36));
    let all = found.forecasts.iter().find(|f| f.what == "events").unwrap();
    let trial = all.trial.as_ref().unwrap();
    assert!((all.mean - all.usual).abs() < 1.0 && all.low < all.mean && all.mean < all.high, "{all:?}");
    assert_eq!(trial.months, 30);
    assert!(trial.error < trial.error_last && trial.skill() < 0.2 && trial.inside >= 0.7, "{trial:?}");
    let level = found.forecasts.iter().find(|f| f.what == "level").unwrap();
    assert!((level.mean - 2.5).abs() < 1e-9 && level.trial.as_ref().unwrap().error < 1e-9, "{level:?}");
    assert!(found.forecasts.iter().find(|f| f.what == "material conflict").unwrap().mean < 0.1);
}
