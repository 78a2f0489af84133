//! A record that grows: whatever the order of arrival and however often it is derived, it is what merging everything in one go gives.
#![allow(clippy::unwrap_used)]

use chancery::audit;
use chancery::model::{Article, EventType, Id, Report};
use chancery::register::{derive, merged_in_one_go};
use chancery::synthetic::World;
use chancery_register::sketch;
use chancery_store::{Change, Filter, Put, Store, Target};
use std::path::Path;

type Read = (Article, Vec<Report>);

fn world(n: usize) -> Vec<Read> {
    let world = World { seed: 7, daily: 12, undated: 12 };
    (0..n).map(|n| world.article(n)).collect()
}

fn put(store: &mut Store, (article, reports): &Read) -> Put {
    store.put(article, reports, &[], &sketch(&article.text)).unwrap()
}

/// Everything that a reader could export: reports, events and claims, in their order.
fn export(store: &Store) -> String {
    let all = Filter::default();
    let reports = serde_json::to_string(&store.reports(None).unwrap()).unwrap();
    let events = serde_json::to_string(&store.events(&all).unwrap()).unwrap();
    reports + &events + &serde_json::to_string(&store.claims(&all).unwrap()).unwrap()
}

fn in_one_go(store: &Store) -> String {
    let (mut events, claims) = merged_in_one_go(store).unwrap();
    let day = |e: &chancery::model::Event| e.date.as_ref().map(|d| d.from);
    events.sort_by(|a, b| (day(a).is_none(), day(a), &a.id).cmp(&(day(b).is_none(), day(b), &b.id)));
    let at = |id: &Id| events.iter().position(|e| e.id == *id);
    let mut claims = claims;
    claims.sort_by_key(|c| at(&c.event));
    let reports = serde_json::to_string(&store.reports(None).unwrap()).unwrap();
    reports + &serde_json::to_string(&events).unwrap() + &serde_json::to_string(&claims).unwrap()
}

fn shuffled<T: Clone>(all: &[T], seed: u64) -> Vec<T> {
    let mut out = all.to_vec();
    let mut at = seed;
    for i in (1..out.len()).rev() {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.swap(i, (at >> 33) as usize % (i + 1));
    }
    out
}

fn fresh(dir: &Path, name: &str) -> Store {
    Store::open(dir.join(name)).unwrap()
}

#[test]
fn twenty_orders_of_arrival_give_one_record() {
    let dir = tempfile::tempdir().unwrap();
    let all = world(200);
    let mut first = fresh(dir.path(), "first.db");
    all.iter().for_each(|a| _ = put(&mut first, a));
    derive(&mut first).unwrap();
    let expected = export(&first);
    assert!(expected == in_one_go(&first), "piece by piece is as in one go");
    let events = first.events(&Filter::default()).unwrap();
    assert!(events.iter().any(|e| e.reports.len() > 2) && events.len() < 950, "{} events", events.len());
    assert!(events.iter().any(|e| e.origins < e.reports.len()), "reprints are found");
    for seed in 0..20 {
        let mut store = fresh(dir.path(), &format!("{seed}.db"));
        // Some at a time, and more or fewer of them; in some orders nearly one by one.
        let step = [1 + 199 * usize::from(seed > 1), 7, 40, 113][seed as usize % 4];
        for some in shuffled(&all, seed).chunks(step) {
            some.iter().for_each(|a| assert_eq!(put(&mut store, a), Put::New));
            derive(&mut store).unwrap();
        }
        assert!(export(&store) == expected, "order {seed}");
        assert_eq!(audit(&store).unwrap(), Vec::<String>::new(), "order {seed}");
    }
}

#[test]
fn what_is_read_otherwise_is_merged_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(dir.path(), "r.db");
    let mut all = world(120);
    all.iter().for_each(|a| _ = put(&mut store, a));
    derive(&mut store).unwrap();
    let before = store.events(&Filter::default()).unwrap();
    for (n, (_, reports)) in all.iter_mut().enumerate().filter(|(n, _)| n % 3 == 0) {
        reports.remove(n % reports.len());
        reports[0].event = Some(EventType::Protest);
        reports[0].mode = None;
        reports[1].date = None;
    }
    for some in all.chunks(50) {
        some.iter().for_each(|a| _ = put(&mut store, a));
        derive(&mut store).unwrap();
    }
    assert!(export(&store) == in_one_go(&store));
    assert_eq!(audit(&store).unwrap(), Vec::<String>::new());
    // An id that was in use leads to what goes on for it, or is known to be gone with its report.
    let now = store.events(&Filter::default()).unwrap();
    let (mut led, mut gone) = (0, 0);
    for e in before.iter().filter(|e| !now.iter().any(|n| n.id == e.id)) {
        match store.goes_on_as(&e.id.0).unwrap() {
            Some(id) => {
                let next = store.event(&id.0).unwrap().unwrap();
                assert!(store.supersedes(&next).unwrap().contains(&e.id));
                led += 1;
            }
            None => gone += 1,
        }
    }
    println!("{led} ids lead on, {gone} are gone");
    assert!(led + gone > 0);
}

#[test]
fn what_people_say_of_events_is_heeded_and_can_be_undone() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(dir.path(), "r.db");
    world(60).iter().for_each(|a| _ = put(&mut store, a));
    derive(&mut store).unwrap();
    let before = export(&store);
    let events = store.events(&Filter::default()).unwrap();
    let target = |id: &Id| target_of(&store, id);
    let several = events.iter().find(|e| e.reports.len() > 2).unwrap();
    let (one, two) = (&events[0], &events[events.len() - 1]);
    let split = Change::Split { from: several.reports[1..].iter().map(target).collect() };
    let (alone, both) = (vec![target(&several.reports[0])], vec![target(&one.reports[0]), target(&two.reports[0])]);
    let said = |store: &mut Store, change: &Change, targets: &[Target]| {
        let n = store.correct("2026-01-02T03:04:05Z", "A. Reader", "read them", change, targets).unwrap();
        derive(store).unwrap();
        assert!(export(store) == in_one_go(store));
        assert_eq!(audit(store).unwrap(), Vec::<String>::new());
        n
    };
    let first = said(&mut store, &split, &alone);
    assert_eq!(store.event_of(&several.reports[0].0).unwrap().unwrap().reports, several.reports[..1]);
    let second = said(&mut store, &Change::Merge, &both);
    let merged = store.event_of(&one.reports[0].0).unwrap().unwrap();
    assert!(merged.reports.contains(&two.reports[0]));
    assert!(merged.merged.iter().any(|w| w.contains("correction 2 by A. Reader")), "{:?}", merged.merged);
    let other = target_of(&store, &events[3].reports[0]);
    said(&mut store, &Change::NotEvent, &[other]);
    for n in [3, second, first] {
        said(&mut store, &Change::Undo { number: n }, &[]);
    }
    assert!(export(&store) == before);
}

fn target_of(store: &Store, id: &Id) -> Target {
    Target::of(&store.report(&id.0).unwrap().unwrap())
}

#[test]
fn series_of_a_pair_are_those_of_its_events() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(dir.path(), "r.db");
    world(120).iter().for_each(|a| _ = put(&mut store, a));
    derive(&mut store).unwrap();
    let events = store.events(&Filter::default()).unwrap();
    let rows = chancery_relations::rows(&events, chancery_relations::Level::Code, chancery::goldstein);
    let wanted = chancery_relations::between(&rows, "USA", "RUS");
    let ties = store.ties("USA", "RUS").unwrap();
    assert!(!wanted.is_empty());
    let told: Vec<_> =
        ties.iter().map(|t| (&t.from, &t.to, t.directed, &t.event, t.day, t.weight, t.score, t.reports, t.origins)).collect();
    let expected: Vec<_> =
        wanted.iter().map(|r| (&r.from, &r.to, r.directed, &r.event, r.day, r.weight, r.score, r.reports, r.origins)).collect();
    assert_eq!(told, expected);
}

#[test]
fn claims_and_ties_that_were_tampered_with_are_found() {
    for (sql, told) in [
        ("DELETE FROM dyads", "between pairs"),
        ("UPDATE dyads SET score = score + 1 WHERE event = (SELECT min(event) FROM dyads)", "between pairs"),
        ("DELETE FROM claims", "is not there, though"),
        ("UPDATE texts SET origin = 'a0'", "origins than it says"),
        (
            "UPDATE claims SET contested = 1 - contested, json = replace(json, '\"positions\":[{', '\"positions\":[],\"was\":[{')",
            "is not what the reports",
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = fresh(dir.path(), "r.db");
        world(60).iter().for_each(|a| _ = put(&mut store, a));
        derive(&mut store).unwrap();
        assert_eq!(audit(&store).unwrap(), Vec::<String>::new());
        rusqlite::Connection::open(store.path()).unwrap().execute_batch(sql).unwrap();
        let wrong = audit(&store).unwrap();
        assert!(wrong.iter().any(|w| w.contains(told)), "{sql}: {wrong:?}");
    }
}
