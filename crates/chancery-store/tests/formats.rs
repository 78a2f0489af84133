//! Every format that was ever released is opened for ever: a record of each is kept in `tests/formats`, made of sentences of our own.
#![allow(clippy::unwrap_used)]

use chancery_model::Status;
use chancery_store::{Filter, Store};
use std::{fs, path::Path};

/// What every one of them tells, whatever its format.
fn holds_what_it_held(store: &Store, format: i64) {
    let articles = store.articles().unwrap();
    let docs: Vec<&str> = articles.iter().map(|a| a.doc.as_str()).collect();
    assert!(["denial", "harbour", "reprint"].iter().all(|d| docs.contains(d)), "{docs:?}");
    assert_eq!(store.reports(None).unwrap().len(), 9);
    let events = store.events(&Filter::default()).unwrap();
    assert_eq!(events.iter().map(|e| e.reports.len()).sum::<usize>(), 9, "every report tells an event");
    let contested = store.claims(&Filter { contested: true, ..Filter::default() }).unwrap();
    assert_eq!(contested.len(), 1, "Tehran denies what another asserts");
    let hits = store.search("advisers", &Filter::default(), 9).unwrap();
    assert_eq!(hits.len(), 3);
    // What came with format 2: corrections, receipts, and what stands between pairs.
    let corrections = store.corrections().unwrap();
    let hypothetical = store.reports(None).unwrap().iter().filter(|r| r.status == Status::Hypothetical).count();
    let told = (corrections.len(), hypothetical, store.runs().unwrap().len(), store.ties("IRN", "SYR").unwrap().len());
    assert_eq!(told, if format == 1 { (0, 0, 0, 0) } else { (1, 1, 1, 1) });
}

#[test]
fn a_record_of_every_format_is_opened() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut opened = 0;
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "record"))
        .collect();
    files.sort();
    for file in files {
        let dir = tempfile::tempdir().unwrap();
        let copy = dir.path().join("r.db");
        fs::copy(&file, &copy).unwrap();
        let before =
            rusqlite::Connection::open(&copy).unwrap().query_row("PRAGMA user_version", [], |r| r.get::<_, i64>(0)).unwrap();
        assert_eq!(format!("v{before}.record"), file.file_name().unwrap().to_str().unwrap());
        let store = Store::open(&copy).unwrap();
        holds_what_it_held(&store, before);
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{}", file.display());
        // A second opening finds nothing to do.
        drop(store);
        holds_what_it_held(&Store::open_existing(&copy).unwrap(), before);
        opened += 1;
    }
    let known: i64 = {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path().join("r.db")).unwrap());
        rusqlite::Connection::open(dir.path().join("r.db")).unwrap().query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap()
    };
    assert_eq!(opened, known, "one record of each format is kept; add one of the new format");
}
