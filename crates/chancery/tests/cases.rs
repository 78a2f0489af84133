//! Sentences and the events that must be among what is coded from them; see the files in `tests/cases`.

use chancery::{Rooms, read_page};

use chancery_model::{ActorRef, Media, Metadata, Page, Report};
use std::collections::BTreeSet;

fn page(text: &str) -> Page {
    let metadata = Metadata { published: "2022-11-16".parse().ok(), ..Metadata::default() };
    Page { locator: "case".into(), doc: "case".into(), media: Media::Text, bytes: text.into(), metadata, notes: Vec::new() }
}

fn side(told: &[ActorRef], wanted: &str) -> bool {
    let codes: BTreeSet<&str> = told.iter().map(|a| a.code.as_str()).collect();
    match wanted {
        "*" => true,
        "-" => codes.is_empty(),
        _ => codes == wanted.split(',').collect(),
    }
}

/// Whether a report is the event that a row tells.
fn fits(report: &Report, wanted: &str) -> bool {
    let (event, by) = wanted.split_once(" by ").map_or((wanted, None), |(e, b)| (e, Some(b)));
    let words: Vec<&str> = event.split_whitespace().collect();
    let [kind, status, actors, ">", recipients] = words[..] else { panic!("`{wanted}` is no event") };
    let voice = by.is_none_or(|by| {
        let (code, stance) = by.split_once(' ').expect("by CODE stance");
        report
            .attribution
            .first()
            .is_some_and(|v| (code == "*" || v.code.as_deref() == Some(code)) && v.stance.as_str() == stance)
    });
    report.event.is_some_and(|e| e.as_str() == kind)
        && report.status.as_str() == status
        && side(&report.actors, actors)
        && side(&report.recipients, recipients)
        && voice
}

fn told(report: &Report) -> String {
    let codes = |s: &[ActorRef]| s.iter().map(|a| a.code.clone()).collect::<Vec<_>>().join(",");
    let voice =
        report.attribution.first().map(|v| format!(" by {} {}", v.code.as_deref().unwrap_or("-"), v.stance)).unwrap_or_default();
    let kind = report.event.map_or("statement", |e| e.as_str());
    format!("{kind} {} {} > {}{voice}", report.status, codes(&report.actors), codes(&report.recipients))
}

/// A row of a table: sentence, wanted event, and why it is known to be wrong, if it is.
struct Case {
    sentence: String,
    wanted: String,
    known_wrong: Option<String>,
}

fn cases(file: &std::path::Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).expect("a table of cases");
    let rows = text.lines().filter_map(|line| match line.split('|').map(str::trim).collect::<Vec<_>>()[..] {
        ["", sentence, wanted, why, ""] if wanted != "event" && !sentence.starts_with("---") => Some(Case {
            sentence: sentence.to_owned(),
            wanted: wanted.to_owned(),
            known_wrong: (!why.is_empty()).then(|| why.to_owned()),
        }),
        _ => None,
    });
    rows.collect()
}

/// What is wrong with a case: not coded as it says, or coded so although it is known to be wrong.
fn fault(case: &Case, rooms: &Rooms) -> Option<String> {
    let outcome = read_page(&page(&case.sentence), rooms).expect("a sentence is readable");
    let right = match case.wanted.as_str() {
        "nothing" => outcome.reports.iter().all(|r| r.event.is_none()),
        wanted => outcome.reports.iter().any(|r| fits(r, wanted)),
    };
    let got = || outcome.reports.iter().map(told).collect::<Vec<_>>().join("; ");
    match (right, &case.known_wrong) {
        (false, None) => Some(format!("{}\n  wanted {}\n  got {}", case.sentence, case.wanted, got())),
        (true, Some(why)) => Some(format!("{}\n  is right now, take the mark away ({why})", case.sentence)),
        _ => None,
    }
}

#[test]
fn every_case_is_coded_as_it_says() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (rooms, mut wrong, mut rows, mut known) = (Rooms::builtin(), Vec::new(), 0, 0);
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("cases").map(|f| f.expect("a file").path()).collect();
    files.sort();
    for case in files.iter().flat_map(|f| cases(f)) {
        rows += 1;
        known += usize::from(case.known_wrong.is_some());
        wrong.extend(fault(&case, &rooms));
    }
    println!("{rows} cases, {known} known to be wrong");
    assert!(rows >= 20, "{rows} rows read");
    assert!(wrong.is_empty(), "{} of {rows} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nobody_acts_beside_who_is_described_by_them() {
    let rooms = Rooms::builtin();
    for (text, actors) in [
        ("The president of Kenya, Uhuru Kenyatta, telephoned the prime minister of Norway.", 2),
        ("The leaders of Serbia and Kosovo met in Brussels.", 2),
        ("The defence ministers of Chad and Niger met on Monday.", 2),
        ("The governor of Kandahar criticised the judges.", 1),
        ("Saudi-backed fighters seized a port in Yemen.", 1),
        ("KHARTOUM, Sudan (AP) - Gunmen shot dead a mayor on Monday.", 1),
        ("NAIROBI, Kenya - Gunmen shot dead a mayor on Monday.", 1),
        ("Police in Mombasa, Kenya, arrested ten students.", 1),
        ("TRIPOLI, Libya (Reuters) - Rebels shelled a barracks on Thursday.", 1),
    ] {
        let reports = read_page(&page(text), &rooms).expect("a sentence is readable").reports;
        let told: Vec<String> = reports.iter().map(told).collect();
        assert!(reports.iter().any(|r| r.actors.len() == actors), "{text}\n  {told:?}");
        assert!(reports.iter().all(|r| r.actors.len() <= actors), "{text}\n  {told:?}");
    }
}
