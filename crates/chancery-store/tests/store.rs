//! Real files in temporary folders: opening, keeping, asking, being killed.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use chancery_model::*;
use chancery_store::{Filter, Put, Settled, Store, Who};
use jiff::civil::date;
use std::{fs, path::Path, process::Command, time::Duration};

fn article(doc: &str, text: &str) -> Article {
    let published = Some(Published { date: date(2016, 3, 27), basis: DateBasis::Metadata, span: None });
    let title = format!("Title of {doc}");
    Article {
        id: Article::id_of(text, Some(&title), published.map(|p| p.date)),
        doc: doc.into(),
        locator: format!("in/{doc}.txt"),
        url: None,
        title: Some(title),
        title_span: None,
        outlet: Some("The Courier".into()),
        byline: None,
        dateline: None,
        published,
        credited: vec![],
        language: "en".into(),
        text: text.into(),
        struck: vec![],
    }
}

/// A report of the sentence of `a` that holds `trigger`.
fn report(a: &Article, trigger: &str, event: EventType, actors: &[&str], recipients: &[&str]) -> Report {
    let at = a.text.find(trigger).unwrap();
    let start = a.text[..at].rfind(". ").map_or(0, |i| i + 2);
    let end = at + a.text[at..].find('.').unwrap() + 1;
    let slot = |codes: &[&str]| codes.iter().map(|c| actor(c)).collect();
    let day = DateRange {
        from: date(2016, 3, 27),
        to: date(2016, 3, 27),
        basis: DateBasis::Stated,
        precision: DatePrecision::Day,
        span: None,
    };
    Report {
        id: Fingerprint::new().text(&a.id.0).number(at as u64).text(event.as_str()).id('r'),
        article: a.id.clone(),
        kind: Kind::Event,
        event: Some(event),
        mode: None,
        contexts: vec![Context::Military],
        status: Status::Actual,
        historical: false,
        ongoing: false,
        main: true,
        confidence: 0.7,
        same_as: None,
        actors: slot(actors),
        recipients: slot(recipients),
        date: Some(day),
        place: Some(Place {
            name: "Palmyra".into(),
            country: Some("SYR".into()),
            lat: Some(34.5624),
            lon: None,
            precision: "city".into(),
        }),
        place_span: None,
        attribution: vec![],
        size: vec![],
        trigger: Span::new(at, at + trigger.len()),
        sentence: Span::new(start, end),
        cameo: None,
        position: None,
        trace: vec![],
    }
}

fn actor(tag: &str) -> ActorRef {
    let (code, sector) = tag.split_once('/').map_or((tag, None), |(c, s)| (c, s.parse().ok()));
    ActorRef {
        code: code.into(),
        sector,
        entity: None,
        identifier: None,
        office: None,
        text: code.into(),
        span: Span::new(0, 0),
        via: None,
        confidence: 0.5,
    }
}

/// An event of one report, as merging would give it.
fn event(r: &Report) -> Event {
    Event {
        id: Id(format!("e{}", &r.id.0[1..])),
        reports: vec![r.id.clone()],
        event: r.event.unwrap(),
        mode: r.mode,
        contexts: r.contexts.clone(),
        status: r.status,
        historical: false,
        ongoing: false,
        actors: r.actors.clone(),
        recipients: r.recipients.clone(),
        date: r.date.clone(),
        place: r.place.clone(),
        origins: 1,
        disputed: vec![],
        minority: Vec::new(),
        merged: vec![],
        confidence: r.confidence,
    }
}

fn claim(e: &Event, contested: bool) -> Claim {
    Claim { id: Id(format!("c{}", &e.id.0[1..])), event: e.id.clone(), positions: vec![], contested, words: None }
}

/// The rules by which these tests say that they merge.
const RULES: u32 = 1;

/// Settles all that waits as the given events, each by itself.
fn settle(store: &mut Store, events: &[Event], claims: &[Claim]) {
    store.go_by(RULES).unwrap();
    let bereft = store.bereft().unwrap();
    let texts: Vec<i64> = store.pending_texts(usize::MAX).unwrap().iter().map(|t| t.key).collect();
    store.texts_done(&texts).unwrap();
    let waiting = store.pending(usize::MAX).unwrap();
    let mut all: Vec<Settled> = Vec::new();
    for e in events {
        let members = store.keys_of(&e.reports).unwrap();
        let fresh = members.iter().filter(|m| waiting.iter().any(|w| w.key == **m));
        let stands = fresh.map(|m| (*m, vec![(7, 0, 100 + *m as i32)])).collect();
        let claims = claims.iter().filter(|c| c.event == e.id).cloned().collect();
        all.push(Settled { members, stands, events: vec![e.clone()], claims, ..Settled::default() });
    }
    store.settle(&all, &bereft).unwrap();
}

const PALMYRA: &str =
    "Moscow. The army retook Palmyra from Islamic State. Russian jets had struck the city for weeks. Putin met Kerry.";

/// One article with three reports and their events.
fn filled(path: &Path) -> (Store, Article, Vec<Report>) {
    let mut store = Store::open(path).unwrap();
    let a = article("palmyra", PALMYRA);
    let mut reports = vec![
        report(&a, "retook", EventType::Assault, &["SYR/MIL"], &["IMG/REB"]),
        report(&a, "struck", EventType::Assault, &["RUS/MIL"], &["IMG/REB"]),
        report(&a, "met", EventType::Consult, &["RUS/GOV", "USA/GOV"], &[]),
    ];
    reports[2].date = None;
    reports[2].place = None;
    reports[1].attribution = vec![Voice {
        text: "the Defence Ministry".into(),
        span: Span::new(0, 6),
        cue: None,
        code: Some("RUS".into()),
        sector: Some(Sector::Gov),
        entity: None,
        kind: VoiceKind::Official,
        stance: Stance::Asserts,
    }];
    assert_eq!(store.put(&a, &reports, &[Note::new("n", "a note")], &[0, 5, u64::MAX]).unwrap(), Put::New);
    assert!(!store.is_current(RULES).unwrap());
    let events: Vec<Event> = reports.iter().map(event).collect();
    settle(&mut store, &events, &[claim(&events[0], false), claim(&events[1], true)]);
    assert!(store.is_current(RULES).unwrap());
    (store, a, reports)
}

#[test]
fn what_is_kept_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let (store, a, reports) = filled(&path);
    drop(store);
    let store = Store::open_existing(&path).unwrap();
    assert_eq!(store.articles().unwrap(), std::slice::from_ref(&a));
    assert_eq!(store.article("palmyra").unwrap().as_ref(), Some(&a));
    assert_eq!(store.article(&a.id.0).unwrap().as_ref(), Some(&a));
    assert_eq!(store.article("in/palmyra.txt").unwrap().as_ref(), Some(&a));
    assert_eq!(store.article("nothing").unwrap(), None);
    assert_eq!(store.reports(None).unwrap(), reports);
    assert_eq!(store.report(&reports[1].id.0).unwrap().as_ref(), Some(&reports[1]));
    assert_eq!(store.notes(&a.id).unwrap()[0].code, "n");
    assert_eq!(store.sketches().unwrap(), [(a.id.clone(), vec![0, 5, u64::MAX])]);
    let told = store.tellings().unwrap();
    assert_eq!(told[0].sentence, "The army retook Palmyra from Islamic State.");
    assert_eq!(told[0].published, Some(date(2016, 3, 27)));
    assert_eq!(store.event_of(&reports[2].id.0).unwrap(), Some(event(&reports[2])));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let counts = store.counts().unwrap();
    assert_eq!(
        (counts.articles, counts.reports, counts.statements, counts.events, counts.claims, counts.contested),
        (1, 3, 0, 3, 2, 1)
    );
    assert_eq!(counts.days, Some((date(2016, 3, 27), date(2016, 3, 27))));
}

/// The lines of an audit after something was written past the store.
fn wrong_after(sql: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let (mut store, a, _) = filled(&path);
    store.settle_texts(&[], &[(1, 1, a.id)]).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    store.check().unwrap()
}

#[test]
fn what_was_tampered_with_is_found() {
    let index = "INSERT INTO story_index (story_index) VALUES ('rebuild')";
    let altered = format!("UPDATE articles SET text = replace(text, 'retook', 'lost!!'); {index}");
    for (sql, told) in [
        ("DELETE FROM participants", "participants to search by"),
        ("UPDATE participants SET code = 'FRA' WHERE code = 'RUS'", "participants to search by"),
        ("DELETE FROM voices", "voices to search by"),
        ("DELETE FROM event_reports", "reports kept under it"),
        ("UPDATE events SET status = 'negated'", "`status` to search by"),
        ("UPDATE events SET origins = 9", "`origins` to search by"),
        ("UPDATE events SET since = NULL", "`since` to search by"),
        ("DELETE FROM participants; DELETE FROM claims; DELETE FROM event_reports; DELETE FROM events", "belongs to no event"),
        ("UPDATE claims SET contested = 0", "`contested` to search by"),
        ("UPDATE texts SET family = 0", "no family"),
        ("UPDATE articles SET published = '2016-03-28'", "`published` to search by"),
        ("UPDATE articles SET outlet = NULL", "`outlet` to search by"),
        ("UPDATE reports SET start = 0", "`start` to search by"),
        ("UPDATE reports SET json = replace(json, '\"confidence\":0.7', '\"confidence\":0.9')", "digest"),
        ("DELETE FROM sources", "among the sources"),
        (altered.as_str(), "is not what its id was made of"),
    ] {
        let wrong = wrong_after(sql);
        assert!(wrong.iter().any(|w| w.contains(told)), "{sql}: {wrong:?}");
    }
}

#[test]
fn reading_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let (mut store, a, mut reports) = filled(&path);
    let notes = [Note::new("n", "a note")];
    assert_eq!(store.put(&a, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Unchanged);
    assert!(store.is_current(RULES).unwrap(), "nothing changed, so the events stand");
    // The same text in another place is the same article, whichever comes first.
    let copy = Article { doc: "copy".into(), locator: "other/copy.txt".into(), ..a.clone() };
    assert_eq!(store.put(&copy, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Unchanged);
    assert_eq!(store.article("copy").unwrap().unwrap().doc, "palmyra");
    let earlier = Article { doc: "aaa".into(), locator: "a.txt".into(), ..a.clone() };
    assert_eq!(store.put(&earlier, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Replaced);
    assert_eq!(store.put(&a, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Unchanged);
    assert_eq!(store.articles().unwrap(), std::slice::from_ref(&earlier));
    // Another coder, other reports.
    reports.remove(0);
    reports[0].confidence = 0.9;
    assert_eq!(store.put(&a, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Replaced);
    assert_eq!(store.reports(Some(&a.id)).unwrap(), reports);
    assert!(!store.is_current(RULES).unwrap());
    let events: Vec<Event> = reports.iter().map(event).collect();
    settle(&mut store, &events, &[]);
    assert_eq!(store.events(&Filter::default()).unwrap().len(), 2);
    // What is struck later is found no more.
    let mut cut = earlier.clone();
    cut.struck = vec![Struck { span: Span::new(0, 8), reason: "teaser".into() }];
    assert_eq!(store.put(&cut, &reports, &notes, &[0, 5, u64::MAX]).unwrap(), Put::Replaced);
    assert!(store.search("Moscow", &Filter::default(), 5).unwrap().is_empty());
    assert_eq!(store.search("Palmyra", &Filter::default(), 5).unwrap().len(), 1);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn filters() {
    let dir = tempfile::tempdir().unwrap();
    let (store, a, reports) = filled(&dir.path().join("r.db"));
    let triggers = |f: Filter| -> Vec<String> {
        let events = store.events(&f).unwrap();
        let find = |e: &Event| reports.iter().find(|r| r.id == e.reports[0]).map(|r| PALMYRA[r.trigger.range()].to_owned());
        let mut out: Vec<String> = events.iter().filter_map(find).collect();
        out.sort();
        out
    };
    let some = |code: &str| Some(Who::code(code));
    let f = Filter::default;
    assert_eq!(triggers(f()).len(), 3);
    assert_eq!(triggers(Filter { from: some("RUS"), ..f() }), ["met", "struck"]);
    assert_eq!(triggers(Filter { to: some("RUS"), ..f() }), ["met"], "a meeting has two sides");
    assert_eq!(triggers(Filter { to: some("IMG"), ..f() }), ["retook", "struck"]);
    assert_eq!(triggers(Filter { actors: vec![Who::code("RUS"), Who::code("IMG")], ..f() }), ["struck"]);
    assert_eq!(triggers(Filter { between: Some((Who::code("IMG"), Who::code("SYR"))), ..f() }), ["retook"]);
    assert_eq!(triggers(Filter { between: Some((Who::code("USA"), Who::code("RUS"))), ..f() }), ["met"]);
    assert!(triggers(Filter { between: Some((Who::code("USA"), Who::code("USA"))), ..f() }).is_empty());
    let army = Who { code: Some("RUS".into()), sector: Some(Sector::Mil), ..Who::default() };
    assert_eq!(triggers(Filter { actors: vec![army], ..f() }), ["struck"]);
    assert_eq!(triggers(Filter { types: vec![EventType::Consult, EventType::Aid], ..f() }), ["met"]);
    assert_eq!(triggers(Filter { place: Some("palmyra".into()), ..f() }), ["retook", "struck"]);
    assert_eq!(triggers(Filter { place: Some("syr".into()), contested: true, ..f() }), ["struck"]);
    assert_eq!(triggers(Filter { since: Some(date(2016, 3, 27)), until: Some(date(2016, 3, 27)), ..f() }), ["retook", "struck"]);
    assert!(triggers(Filter { since: Some(date(2016, 3, 28)), ..f() }).is_empty());
    assert!(triggers(Filter { until: Some(date(2016, 3, 26)), ..f() }).is_empty());
    assert_eq!(triggers(Filter { said_by: some("RUS"), ..f() }), ["struck"]);
    let words = |w: &str| Some(Who { words: Some(w.into()), ..Who::default() });
    assert_eq!(triggers(Filter { said_by: words("DEFENCE"), ..f() }), ["struck"]);
    assert_eq!(triggers(Filter { said_by: words("courier"), ..f() }).len(), 3);
    assert!(triggers(Filter { statuses: vec![Status::Negated], ..f() }).is_empty());
    assert!(triggers(Filter { origins: 2, ..f() }).is_empty());
    assert_eq!(triggers(Filter { article: Some(a.id.clone()), ..f() }).len(), 3);
    assert_eq!(store.events(&Filter { limit: Some(2), ..f() }).unwrap().len(), 2);
    assert_eq!(store.claims(&Filter { from: some("SYR"), ..f() }).unwrap().len(), 1);
    let who = store.actors(&f()).unwrap();
    let img = who.iter().find(|w| w.code == "IMG").unwrap();
    assert_eq!((img.acts, img.acted_on, img.days.is_some()), (0, 2, true));
    assert_eq!(store.actors(&Filter { types: vec![EventType::Consult], ..f() }).unwrap().len(), 2);
}

#[test]
fn statements_are_found_by_speaker() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path().join("r.db")).unwrap();
    let a = article("says", "Iran wants talks. Turkey does not.");
    let mut r = report(&a, "wants", EventType::Agree, &["IRN/GOV"], &[]);
    r.kind = Kind::Statement;
    r.event = None;
    r.position = Some((Stance::Wants, "talks".into(), Span::new(0, 16)));
    store.put(&a, std::slice::from_ref(&r), &[], &[0]).unwrap();
    let by = |code: &str| store.statements(&Filter { actors: vec![Who::code(code)], ..Filter::default() }).unwrap();
    assert_eq!(by("IRN"), [r]);
    assert!(by("TUR").is_empty());
    assert_eq!(store.counts().unwrap().statements, 1);
}

#[test]
fn searching() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, a, reports) = filled(&dir.path().join("r.db"));
    let odd = article("odd", "Bände \u{1}über\u{2} Palmyra\0 “lägen” vor. Log in to read on. More words.");
    let at = odd.text.find("Log").unwrap();
    let odd = Article { struck: vec![Struck { span: Span::new(at, at + 19), reason: "log-in".into() }], ..odd };
    store.put(&odd, &[], &[], &[0]).unwrap();
    let all = Filter::default();
    let hits = store.search("palmyra", &all, 10).unwrap();
    assert_eq!(hits.len(), 2);
    for h in &hits {
        let text = store.article(&h.article.0).unwrap().unwrap().text;
        assert!(h.matches.iter().all(|m| &text[m.range()] == "Palmyra"), "{h:?}");
        assert_eq!(h.snippet.len(), h.span.len());
    }
    let hit = hits.iter().find(|h| h.article == a.id).unwrap();
    assert_eq!(hit.events, [event(&reports[0]).id]);
    assert!(hit.snippet.contains("retook Palmyra"));
    assert_eq!(store.search("strikes \"russian jet\"", &all, 10).unwrap().len(), 0, "struck is another word");
    assert_eq!(store.search("jet week", &all, 10).unwrap()[0].matches.len(), 2);
    assert_eq!(store.search("\"jets had struck\"", &all, 10).unwrap()[0].matches.len(), 1);
    assert_eq!(store.search("\"jets struck\"", &all, 10).unwrap().len(), 0);
    assert_eq!(store.search("ISLAM*", &all, 10).unwrap().len(), 1);
    assert_eq!(store.search("log in", &all, 10).unwrap().len(), 0, "struck out");
    assert_eq!(store.search("title", &all, 10).unwrap().len(), 2, "headlines are searched");
    assert_eq!(store.search("Bande", &all, 10).unwrap().len(), 1);
    let met = Filter { types: vec![EventType::Consult], ..Filter::default() };
    assert_eq!(store.search("palmyra", &met, 10).unwrap().len(), 1);
    assert!(store.search("palmyra", &met, 10).unwrap()[0].events.is_empty(), "it stands in another sentence");
    for typed in [
        "\"",
        "AND",
        "NOT",
        "a OR",
        "NEAR(",
        "title:x",
        "^a",
        "-b",
        "(*",
        "{x}:",
        "a\"b*c",
        "x + y",
        "\0",
        "é*",
        "'; DROP TABLE articles; --",
    ] {
        assert!(store.search(typed, &all, 10).is_ok(), "{typed}");
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("notes.txt");
    fs::write(&text, "shopping list").unwrap();
    let other = dir.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    for path in [&text, &other] {
        let before = fs::read(path).unwrap();
        let e = Store::open(path).unwrap_err();
        assert!(e.is_not_ours() && e.to_string().contains(&path.display().to_string()), "{e}");
        assert!(Store::open_existing(path).unwrap_err().is_not_ours());
        assert_eq!(fs::read(path).unwrap(), before);
    }
    assert!(Store::open(dir.path()).unwrap_err().is_unreadable());
    let nowhere = dir.path().join("no/such/folder.db");
    assert!(Store::open(&nowhere).unwrap_err().is_unreadable());
    let missing = Store::open_existing(&nowhere).unwrap_err();
    assert!(missing.is_missing() && missing.to_string().contains("chancery read"), "{missing}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing was left lying about");
}

#[test]
fn what_is_newer_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    drop(filled(&path));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA user_version = 99").unwrap();
    conn.close().unwrap();
    let before = fs::read(&path).unwrap();
    let e = Store::open(&path).unwrap_err();
    assert!(e.is_newer() && e.to_string().contains("99"), "{e}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_record() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    fs::write(&path, "").unwrap();
    assert_eq!(filled(&path).0.counts().unwrap().articles, 1);
}

#[cfg(unix)]
#[test]
fn a_record_in_a_locked_folder_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("a b%?");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("r.db");
    let (store, a, reports) = filled(&path);
    drop(store);
    let mode = |n: u32, p: &Path| fs::set_permissions(p, fs::Permissions::from_mode(n)).unwrap();
    mode(0o444, &path);
    mode(0o555, &folder);
    let free = fs::write(folder.join("x"), "").is_ok();
    let asked = Store::open(&path).and_then(|s| s.counts());
    let written =
        Store::open(&path).and_then(|mut s| s.put(&Article { text: "Other.".into(), id: Id("a0".into()), ..a }, &[], &[], &[]));
    mode(0o755, &folder);
    if free {
        println!("skipped: this user may write everything");
        return;
    }
    assert_eq!(asked.unwrap().reports, reports.len());
    assert!(written.unwrap_err().is_unreadable());
}

#[test]
fn a_damaged_record_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    drop(filled(&path));
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let e = Store::open(&path).and_then(|s| s.articles()).unwrap_err();
    assert!(e.is_damaged(), "{e}");
}

#[test]
fn one_writer_at_a_time_and_readers_any_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let (mut store, a, reports) = filled(&path);
    let held = rusqlite::Connection::open(&path).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(Store::open_existing(&path).unwrap().articles().unwrap().len(), 1);
    let free = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        held.execute_batch("COMMIT").unwrap();
    });
    // Waits for the other and then goes on.
    assert_eq!(store.put(&a, &reports[..1], &[], &[0]).unwrap(), Put::Replaced);
    free.join().unwrap();
}

/// The text of the `n`th article of an endless stream.
fn streamed(n: usize) -> (Article, Vec<Report>) {
    let a = article(
        &format!("s{n}"),
        &format!("The army number {n} struck the town. It then met the press. {}", "And so on. ".repeat(50)),
    );
    let reports =
        vec![report(&a, "struck", EventType::Assault, &["SYR"], &[]), report(&a, "met", EventType::Consult, &["SYR"], &[])];
    (a, reports)
}

/// Whole articles only, and reading again completes them.
fn assert_whole(path: &Path, upto: usize) -> usize {
    let mut store = Store::open(path).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let kept = store.articles().unwrap();
    assert_eq!(store.reports(None).unwrap().len(), 2 * kept.len());
    for n in 0..upto {
        let (a, r) = streamed(n);
        let put = store.put(&a, &r, &[], &[0]).unwrap();
        assert_eq!(put == Put::Unchanged, kept.contains(&a), "article {n}");
    }
    assert_eq!(store.counts().unwrap().articles, kept.len().max(upto));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    kept.len()
}

#[test]
#[ignore = "run by `killed_at_any_moment` in a process of its own"]
fn writes_until_killed() {
    let Ok(path) = std::env::var("CHANCERY_TEST_RECORD") else { return };
    let mut store = Store::open(path).unwrap();
    for n in 0.. {
        let (a, r) = streamed(n);
        store.put(&a, &r, &[], &[0]).unwrap();
    }
}

#[test]
fn killed_at_any_moment() {
    let mut written = 0;
    for wait in [5u64, 20, 60, 150, 400] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("r.db");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writes_until_killed", "--ignored"])
            .env("CHANCERY_TEST_RECORD", &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        written += assert_whole(&path, 30);
    }
    assert!(written > 0, "it was never killed while writing");
}

#[test]
fn a_copy_in_the_middle_of_writing_holds_whole_articles() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let mut store = Store::open(&path).unwrap();
    for n in 0..10 {
        let (a, r) = streamed(n);
        store.put(&a, &r, &[], &[0]).unwrap();
    }
    // An article half written: in the log already, not yet committed.
    let half = rusqlite::Connection::open(&path).unwrap();
    half.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
    let mut add = half.prepare("INSERT INTO articles SELECT NULL, id || ?1, doc, locator, title, outlet, published, language, text, story, json, notes, sketch, digest, run FROM articles WHERE key <= 10").unwrap();
    for n in 0..50 {
        add.execute([format!("-{n}")]).unwrap();
    }
    let copy = dir.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    fs::copy(dir.path().join("r.db-wal"), dir.path().join("copy.db-wal")).unwrap();
    assert!(fs::metadata(dir.path().join("r.db-wal")).unwrap().len() > 100_000);
    assert_whole(&copy, 15);
    drop(add);
    drop(half);
    assert_whole(&path, 15);
}

#[test]
#[ignore = "a measurement: run with --ignored --nocapture"]
fn rate() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path().join("r.db")).unwrap();
    let articles: Vec<_> = (0..10_000).map(streamed).collect();
    let start = std::time::Instant::now();
    for (a, r) in &articles {
        store.put(a, r, &[], &[0; 100]).unwrap();
    }
    println!("put: {:.0} articles/s with 2 reports each", 10_000.0 / start.elapsed().as_secs_f64());
    let events: Vec<Event> = articles.iter().flat_map(|(_, r)| r.iter().map(event)).collect();
    for what in ["fresh", "unchanged"] {
        let start = std::time::Instant::now();
        settle(&mut store, &events, &[]);
        println!("settle, {what}: {:.0} events/s", events.len() as f64 / start.elapsed().as_secs_f64());
    }
    let start = std::time::Instant::now();
    let n = store.tellings().unwrap().len();
    println!("tellings: {:.0} reports/s", n as f64 / start.elapsed().as_secs_f64());
    let start = std::time::Instant::now();
    let n = store.search("number 777", &Filter::default(), 20).unwrap().len();
    println!("search: {n} hits in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let wrong = store.check().unwrap();
    println!("check: {} articles/s, {} lines", articles.len() * 1000 / start.elapsed().as_millis().max(1) as usize, wrong.len());
    println!("file: {} bytes per article", fs::metadata(store.path()).unwrap().len() / 10_000);
}
