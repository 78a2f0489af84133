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

#[test]
fn every_case_is_coded_as_it_says() {
    let (rooms, mut wrong, mut rows) = (Rooms::builtin(), Vec::new(), 0);
    for line in include_str!("cases/status.md").lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, sentence, wanted, _] = cells[..] else { continue };
        if sentence == "sentence" || sentence.starts_with("---") {
            continue;
        }
        rows += 1;
        let (sentence, known_wrong) = sentence.strip_prefix('~').map_or((sentence, false), |s| (s.trim(), true));
        let outcome = read_page(&page(sentence), &rooms).expect("a sentence is readable");
        if outcome.reports.iter().any(|r| fits(r, wanted)) == known_wrong {
            let got: Vec<String> = outcome.reports.iter().map(told).collect();
            wrong.push(format!(
                "{sentence}\n  wanted{} {wanted}\n  got {}",
                if known_wrong { " (known wrong)" } else { "" },
                got.join("; ")
            ));
        }
    }
    assert!(rows >= 20, "{rows} rows read");
    assert!(wrong.is_empty(), "{} of {rows} cases:\n{}", wrong.len(), wrong.join("\n"));
}
