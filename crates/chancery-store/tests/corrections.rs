//! What people say against a reading: it shows everywhere, survives another reading, can be undone, and nothing that was read is lost.
#![allow(clippy::unwrap_used)]

use chancery_model::*;
use chancery_store::{BY_HAND, Change, Filter, Party, Put, Store, Target};
use jiff::civil::date;

const TEXT: &str = "The army shelled the port on Monday. Talks were held in the town. The army fired on the port again.";

fn article() -> Article {
    let day = date(2016, 3, 29);
    Article {
        id: Article::id_of(TEXT, None, Some(day)),
        published: Some(Published { date: day, basis: DateBasis::Metadata, span: None }),
        ..Article::bare("port", TEXT)
    }
}

fn actor(code: &str, at: usize) -> ActorRef {
    ActorRef {
        code: code.into(),
        sector: Some(Sector::Mil),
        entity: None,
        identifier: None,
        office: None,
        text: "The army".into(),
        span: Span::new(at, at + 8),
        via: None,
        confidence: 0.5,
    }
}

fn report(words: &str, event: EventType) -> Report {
    let at = TEXT.find(words).unwrap();
    let a = article();
    let start = TEXT[..at].rfind(". ").map_or(0, |i| i + 2);
    Report {
        id: Fingerprint::new().text(&a.id.0).number(at as u64).text(event.as_str()).id('r'),
        article: a.id,
        kind: Kind::Event,
        event: Some(event),
        mode: None,
        contexts: vec![],
        status: Status::Actual,
        historical: false,
        ongoing: false,
        main: true,
        confidence: 0.7,
        same_as: None,
        actors: vec![actor("SYR", start)],
        recipients: vec![],
        date: None,
        place: None,
        place_span: None,
        attribution: vec![],
        size: vec![],
        trigger: Span::new(at, at + words.len()),
        sentence: Span::new(start, at + TEXT[at..].find('.').unwrap() + 1),
        cameo: None,
        position: None,
        trace: vec![],
    }
}

fn filled() -> (tempfile::TempDir, Store, Vec<Report>) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path().join("r.db")).unwrap();
    let mut reports =
        vec![report("shelled", EventType::Assault), report("Talks", EventType::Consult), report("fired", EventType::Assault)];
    reports[2].same_as = Some(reports[0].id.clone());
    store.put(&article(), &reports, &[], &[0]).unwrap();
    (dir, store, reports)
}

fn say(store: &mut Store, change: Change, of: &Report) -> i64 {
    store.correct("2026-01-02T03:04:05Z", "A. Reader", "the text says so", &change, &[Target::of(of)]).unwrap()
}

fn aid() -> Change {
    Change::Type { event: EventType::Aid, mode: None, cameo: Some("070".into()) }
}

#[test]
fn every_field_can_be_corrected_and_undone() {
    let (_dir, mut store, read) = filled();
    let palmyra = Place { name: "Palmyra".into(), country: Some("SYR".into()), lat: None, lon: None, precision: "city".into() };
    let rebels = Party { code: "SYR".into(), sector: Some(Sector::Reb), entity: Some("Jaysh al-Islam".into()), identifier: None };
    let was = Some(Party::of(&read[0].actors[0]));
    let changes = [
        aid(),
        Change::Status { status: Status::Negated },
        Change::Date { days: Some((date(2016, 3, 28), date(2016, 3, 28))) },
        Change::Place { place: Some(palmyra.clone()) },
        Change::Party { recipient: false, was, now: Some(rebels.clone()) },
        Change::Party {
            recipient: true,
            was: None,
            now: Some(Party { sector: None, entity: None, code: "TUR".into(), identifier: None }),
        },
    ];
    for (n, change) in changes.into_iter().enumerate() {
        assert_eq!(say(&mut store, change, &read[0]), n as i64 + 1);
    }
    let now = store.report(&read[0].id.0).unwrap().unwrap();
    assert_eq!((now.id.clone(), now.event, now.cameo.as_deref()), (read[0].id.clone(), Some(EventType::Aid), Some("070")));
    assert_eq!((now.status, now.place), (Status::Negated, Some(palmyra)));
    assert_eq!(now.date.map(|d| (d.from, d.basis)), Some((date(2016, 3, 28), DateBasis::Stated)));
    assert_eq!(
        (Party::of(&now.actors[0]), now.actors[0].span),
        (rebels, read[0].actors[0].span),
        "the words stay where they are"
    );
    assert_eq!((now.recipients[0].code.as_str(), now.recipients[0].span), ("TUR", read[0].trigger));
    let traces: Vec<&Trace> = now.trace.iter().filter(|t| t.rule == BY_HAND).collect();
    assert_eq!(traces.len(), 6);
    assert!(traces[0].detail.contains("correction 1 by A. Reader: ASSAULT → AID; the text says so"), "{}", traces[0].detail);
    assert_eq!(store.as_read(&read[0].id).unwrap(), Some((read[0].clone(), false)), "what was read is not lost");
    assert_eq!(store.reports(None).unwrap()[1..], read[1..], "of the others nothing was said");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    for n in (1..=6).rev() {
        say(&mut store, Change::Undo { number: n }, &read[0]);
    }
    assert_eq!(store.reports(None).unwrap(), read);
    let all = store.corrections().unwrap();
    assert_eq!(all.len(), 12, "undoing adds, it takes nothing away");
    assert!(all[..6].iter().all(|c| c.undone.is_some()) && all[6..].iter().all(|c| c.undone.is_none()));
    // An undoing is undone: the first correction holds again.
    say(&mut store, Change::Undo { number: 12 }, &read[0]);
    assert_eq!(store.report(&read[0].id.0).unwrap().unwrap().event, Some(EventType::Aid));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_no_event_is_nowhere_but_kept() {
    let (_dir, mut store, read) = filled();
    say(&mut store, Change::NotEvent, &read[0]);
    let left = store.reports(None).unwrap();
    assert_eq!(left.iter().map(|r| &r.id).collect::<Vec<_>>(), [&read[1].id, &read[2].id]);
    assert_eq!(left[1].same_as, None, "what repeated it stands by itself now");
    assert_eq!(store.tellings().unwrap().len(), 2);
    assert_eq!(store.counts().unwrap().reports, 2);
    assert_eq!(store.report(&read[0].id.0).unwrap(), Some(read[0].clone()), "it can still be asked for by its id");
    assert_eq!(store.as_read(&read[0].id).unwrap(), Some((read[0].clone(), true)));
    assert_eq!(store.corrections_of(&read[0].id).unwrap().len(), 1);
    assert!(store.pending(9).unwrap().iter().any(|k| k.dropped));
}

#[test]
fn corrections_survive_another_reading() {
    let (_dir, mut store, read) = filled();
    say(&mut store, aid(), &read[0]);
    say(&mut store, Change::NotEvent, &read[1]);
    // Read again, the same.
    assert_eq!(store.put(&article(), &read, &[], &[0]).unwrap(), Put::Unchanged);
    // Another coder takes the same words for something else, and one more word for the trigger: other ids.
    let mut other = vec![report("shelled the port", EventType::Coerce), report("Talks", EventType::Agree)];
    other[0].confidence = 0.2;
    assert_eq!(store.put(&article(), &other, &[], &[0]).unwrap(), Put::Replaced);
    let now = store.reports(None).unwrap();
    assert_eq!(now.len(), 1, "the talks are still no event");
    assert_eq!((now[0].event, now[0].id.clone(), now[0].confidence), (Some(EventType::Aid), other[0].id.clone(), 0.2));
    let all = store.corrections().unwrap();
    assert_eq!(all[0].targets[0].now, Some(other[0].id.clone()));
    assert_eq!(all[0].targets[0].target.report, read[0].id, "what it was said of is not forgotten");
    assert_eq!(store.goes_on_as(&read[0].id.0).unwrap(), Some(other[0].id.clone()), "the old id leads on");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    // The words tell nothing any more: said, not hidden.
    store.put(&article(), &other[1..], &[], &[0]).unwrap();
    assert_eq!(store.corrections().unwrap()[0].targets[0].now, None);
    let wrong = store.check().unwrap();
    assert!(wrong.len() == 1 && wrong[0].contains("correction 1: finds report"), "{wrong:?}");
    // And back: it holds again.
    store.put(&article(), &read, &[], &[0]).unwrap();
    assert_eq!(store.reports(None).unwrap()[0].event, Some(EventType::Aid));
    assert_eq!(store.goes_on_as(&read[0].id.0).unwrap(), Some(read[0].id.clone()));
    assert_eq!(store.goes_on_as(&other[0].id.0).unwrap(), None, "nothing went on for it when it vanished");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_correction_of_an_actor_goes_by_place_where_the_actor_is_read_otherwise() {
    let (_dir, mut store, read) = filled();
    let target = Target { words: Some(read[0].actors[0].span), ..Target::of(&read[0]) };
    let now = Party { code: "RUS".into(), sector: Some(Sector::Mil), entity: None, identifier: None };
    let change = Change::Party { recipient: false, was: Some(Party::of(&read[0].actors[0])), now: Some(now) };
    store.correct("2026-01-02T03:04:05Z", "A. Reader", "Russian guns", &change, &[target]).unwrap();
    let mut other = read.clone();
    other[0].actors[0].code = "TUR".into();
    store.put(&article(), &other, &[], &[0]).unwrap();
    assert_eq!(store.report(&read[0].id.0).unwrap().unwrap().actors[0].code, "RUS");
}

#[test]
fn corrections_are_only_ever_added() {
    let (dir, mut store, read) = filled();
    say(&mut store, aid(), &read[0]);
    let path = dir.path().join("r.db");
    drop(store);
    let conn = rusqlite::Connection::open(&path).unwrap();
    assert!(conn.execute("DELETE FROM corrections", []).is_err());
    assert!(conn.execute("UPDATE corrections SET author = 'x'", []).is_err());
    drop(conn);
    let store = Store::open_existing(&path).unwrap();
    assert_eq!(store.corrections().unwrap().len(), 1);
    assert!(store.events(&Filter::default()).unwrap().is_empty());
}

#[test]
fn a_record_that_is_not_as_corrected_is_found_out() {
    let (dir, mut store, read) = filled();
    say(&mut store, aid(), &read[0]);
    drop(store);
    let conn = rusqlite::Connection::open(dir.path().join("r.db")).unwrap();
    conn.execute("UPDATE reports SET corrected = NULL", []).unwrap();
    drop(conn);
    let store = Store::open_existing(dir.path().join("r.db")).unwrap();
    assert!(store.check().unwrap().iter().any(|w| w.contains("not as they have been corrected")));
}
