//! The data files as they stand: every line is read, what belongs together agrees, and loading is quick.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use chancery_lexicon::{EntryKind, FormKind, Lexicon, OfficeKind};
use std::time::{Duration, Instant};

/// Codes of the codebook that are no states.
const SUPRANATIONAL: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"];

/// Time that this thread has had a processor, where the system tells it; a busy machine's clock would count its other work too.
fn spent() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn loads_quickly() {
    let best = (0..7)
        .map(|_| {
            let (clock, own) = (Instant::now(), spent());
            assert!(!Lexicon::fresh().is_empty());
            own.and_then(|before| Some(spent()? - before)).unwrap_or(clock.elapsed())
        })
        .min()
        .unwrap();
    println!("loaded in {best:.1?}: {:#?}", Lexicon::builtin().audit());
    assert!(cfg!(debug_assertions) || best < Duration::from_millis(50), "{best:?}");
}

#[test]
fn every_line_is_read() {
    let faults: Vec<String> = Lexicon::builtin().faults().iter().map(ToString::to_string).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn codes_are_known() {
    let lexicon = Lexicon::builtin();
    let known = |code: &str| SUPRANATIONAL.contains(&code) || lexicon.state(code).is_some();
    for e in lexicon.entries() {
        assert!(
            e.code.is_empty() && matches!(e.kind, EntryKind::Place | EntryKind::Group | EntryKind::Outlet) || known(&e.code),
            "{} has the code `{}`",
            e.id,
            e.code
        );
        assert!(e.tenures.iter().all(|(_, t)| known(&t.code)), "{} holds an office of no known state", e.id);
    }
}

#[test]
fn the_lexicon_has_its_promised_size() {
    let audit = Lexicon::builtin().audit();
    for (kind, least) in [
        (EntryKind::State, 249),
        (EntryKind::Organisation, 400),
        (EntryKind::Group, 600),
        (EntryKind::Force, 250),
        (EntryKind::Outlet, 400),
        (EntryKind::Place, 12_000),
    ] {
        assert!(audit.kinds[&kind] >= least, "{kind:?}: {}", audit.kinds[&kind]);
    }
}

#[test]
fn states_have_names_adjectives_people_capitals_and_codes() {
    let lexicon = Lexicon::builtin();
    let mut sovereign = 0;
    for codes in lexicon.entries().iter().filter(|e| e.kind == EntryKind::State && e.id.len() == 3) {
        let found = lexicon.look_up(&codes.name);
        assert!(found.iter().any(|s| lexicon.entry(s.entry).id == codes.id), "{} is not found by its own name", codes.id);
        let numbers = lexicon.codes(&codes.id);
        assert!(numbers.is_some(), "{} has no line of codes", codes.id);
        sovereign += numbers.is_some_and(|c| !c.gw.is_empty()) as usize;
    }
    assert!(sovereign >= 190, "{sovereign}");
    for (words, code, form) in [
        (&["Syrian"][..], "SYR", FormKind::Adjective),
        (&["Syrians"], "SYR", FormKind::People),
        (&["Damascus"], "SYR", FormKind::Capital),
        (&["Ulan", "Bator"], "MNG", FormKind::Capital),
        (&["UAE"], "ARE", FormKind::Abbreviation),
        (&["Quai", "d'Orsay"], "FRA", FormKind::Metonym),
    ] {
        let found = lexicon.find(words);
        let hit = found.first().unwrap_or_else(|| panic!("{words:?}"));
        let is = |s: &chancery_lexicon::Sense| s.form == form && lexicon.entry(s.entry).id == code;
        assert!(hit.end == words.len() && hit.senses.iter().any(is), "{words:?}: {hit:?}");
    }
}

#[test]
fn officials_are_found_by_full_name_alone() {
    let lexicon = Lexicon::builtin();
    let first = |phrase: &str| lexicon.entry(lexicon.look_up(phrase)[0].entry);
    let manuel = first("Trevor Manuel");
    assert_eq!((manuel.code.as_str(), manuel.source.as_str()), ("ZAF", "phoenix"));
    let (kind, tenure) = &manuel.tenures[0];
    assert_eq!((*kind, tenure.sector.as_str()), (OfficeKind::Other, "GOV"));
    // nobody of the file is meant by a last name, nor asked for by office
    let officials = |at: &usize| lexicon.entry(*at).source == "phoenix";
    assert!(!lexicon.by_surname("Manuel").iter().any(officials));
    assert!(lexicon.holders("ZAF", OfficeKind::Other, None).iter().all(|(at, _)| !officials(at)));
    let out_of_office = lexicon.look_up("Suharto");
    assert!(out_of_office.is_empty() || lexicon.entry(out_of_office[0].entry).code == "IDN");
}

#[test]
fn sources_are_known() {
    const SOURCES: [&str; 9] =
        ["archigos", "editor", "factbook", "geonames", "iso-codes", "natural-earth", "phoenix", "reign", "ucdp"];
    for e in Lexicon::builtin().entries() {
        assert!(e.source.split('|').all(|s| SOURCES.contains(&s)), "{}: {}", e.id, e.source);
    }
}

#[test]
fn places_lie_on_the_earth_and_have_features() {
    const FEATURES: [&str; 11] =
        ["province", "city", "site", "region", "river", "border", "base", "strait", "sea", "mountain", "camp"];
    for e in Lexicon::builtin().entries().iter().filter(|e| e.kind == EntryKind::Place) {
        assert!(FEATURES.contains(&e.feature.as_str()), "{}: {}", e.id, e.feature);
        assert_eq!(e.lat.is_some(), e.lon.is_some(), "{}", e.id);
        assert!(e.lat.is_none_or(|x| x.abs() <= 90.0) && e.lon.is_none_or(|x| x.abs() <= 180.0), "{}", e.id);
    }
}

#[test]
fn what_news_names_is_found_first_as_what_it_is() {
    let lexicon = Lexicon::builtin();
    for (phrase, code, kind) in [
        ("the Kremlin", "RUS", EntryKind::State),
        ("White House", "USA", EntryKind::State),
        ("Foggy Bottom", "USA", EntryKind::State),
        ("Downing Street", "GBR", EntryKind::State),
        ("Élysée", "FRA", EntryKind::State),
        ("Damascus", "SYR", EntryKind::State),
        ("Kyiv", "UKR", EntryKind::State),
        ("Pentagon", "USA", EntryKind::Force),
        ("State Department", "USA", EntryKind::Organisation),
        ("Foreign Office", "GBR", EntryKind::Organisation),
        ("Security Council", "UNO", EntryKind::Organisation),
        ("UNHCR", "UNO", EntryKind::Organisation),
        ("IAEA", "UNO", EntryKind::Organisation),
        ("European Union", "EUR", EntryKind::Organisation),
        ("Arab League", "IGO", EntryKind::Organisation),
        ("NATO", "IGO", EntryKind::Organisation),
        ("US-led coalition", "IGO", EntryKind::Organisation),
        ("Amnesty International", "NGO", EntryKind::Organisation),
        ("Islamic State", "IMG", EntryKind::Group),
        ("al-Qaeda", "IMG", EntryKind::Group),
        ("Hezbollah", "LBN", EntryKind::Group),
        ("Syrian Democratic Forces", "SYR", EntryKind::Group),
        ("Quds Force", "IRN", EntryKind::Force),
        ("Peshmerga", "IRQ", EntryKind::Force),
        ("Reuters", "GBR", EntryKind::Outlet),
        ("Ladhiqiyah", "SYR", EntryKind::Place),
        ("Raqqah", "SYR", EntryKind::Place),
        ("Strait of Hormuz", "", EntryKind::Place),
    ] {
        let senses = lexicon.look_up(phrase);
        let first = senses.first().map(|s| lexicon.entry(s.entry)).unwrap_or_else(|| panic!("{phrase} is not known"));
        assert_eq!((first.code.as_str(), first.kind), (code, kind), "{phrase}: {}", first.id);
    }
}

#[test]
fn the_holder_of_an_office_depends_on_the_day() {
    let lexicon = Lexicon::builtin();
    for (code, office, day, id) in [
        ("RUS", OfficeKind::HeadOfState, "2010-06-01", "dmitry-medvedev"),
        ("RUS", OfficeKind::HeadOfState, "2015-06-01", "vladimir-putin"),
        ("USA", OfficeKind::HeadOfState, "2016-08-01", "barack-obama"),
        ("IRN", OfficeKind::HeadOfGovernment, "2016-08-01", "hassan-rouhani"),
        ("RUS", OfficeKind::ForeignMinister, "2016-08-01", "sergei-lavrov"),
        ("USA", OfficeKind::ForeignMinister, "2015-12-15", "john-kerry"),
    ] {
        let holders = lexicon.holders(code, office, Some(day.parse().unwrap()));
        assert!(holders.iter().any(|(e, _)| lexicon.entry(*e).id == id), "{code} {office:?} {day}: {holders:?}");
    }
}

#[test]
fn capitals_and_spellings_decide() {
    let lexicon = Lexicon::builtin();
    let found = |words: &[&str]| -> Vec<String> {
        lexicon.find(words).iter().map(|m| lexicon.entry(m.senses[0].entry).id.clone()).collect()
    };
    assert_eq!(found(&["they", "told", "us", "who"]), Vec::<String>::new());
    assert_eq!(found(&["the", "U.S.", "and", "turkey"]), ["USA"]);
    assert_eq!(found(&["Turkey", "'s", "plan"])[0], "TUR");
    assert_eq!(found(&["in", "Deir", "ez", "-", "Zor"]), ["deir-ez-zor-syr"]);
    assert_eq!(found(&["in", "Khan", "Shaykhun"]), ["khan-sheikhoun-syr"]);
}
