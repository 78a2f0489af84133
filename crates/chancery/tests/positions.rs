//! Sentences and the positions that must be read from them; see `tests/positions.md`.
#![allow(clippy::unwrap_used)]

use chancery::{Rooms, read_page};
use chancery_model::{Kind, Media, Metadata, Page, Report};
use std::collections::BTreeSet;

const TABLE: &str = include_str!("positions.md");

fn read(text: &str) -> Vec<Report> {
    let metadata = Metadata { published: "2022-11-16".parse().ok(), ..Metadata::default() };
    let page =
        Page { locator: "case".into(), doc: "case".into(), media: Media::Text, bytes: text.into(), metadata, notes: Vec::new() };
    let mut out = read_page(&page, &Rooms::builtin()).unwrap().reports;
    out.retain(|r| r.kind == Kind::Statement);
    out
}

/// A report as a row of the table tells it: holder and stance, matter, whom it is about.
fn told(report: &Report) -> [String; 3] {
    let (stance, issue, _) = report.position.as_ref().unwrap();
    let holder = report.attribution.first().and_then(|v| v.code.as_deref()).unwrap_or("-");
    let about: BTreeSet<&str> = report.recipients.iter().map(|a| a.code.as_str()).collect();
    let about = if about.is_empty() { "-".to_owned() } else { about.into_iter().collect::<Vec<_>>().join(",") };
    [format!("{holder} {stance}"), issue.clone(), about]
}

#[test]
fn every_position_is_read_as_it_says() {
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in TABLE.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", sentence, position, issue, about, why, ""] = cells[..] else { continue };
        if position == "position" || sentence.starts_with("---") {
            continue;
        }
        rows += 1;
        let found: Vec<[String; 3]> = read(sentence).iter().map(told).collect();
        let right = match position {
            "nothing" => found.is_empty(),
            _ => found.iter().any(|f| f.each_ref().map(String::as_str) == [position, issue, about]),
        };
        if right != why.is_empty() {
            wrong.push(format!("{sentence}\n  wanted {position} “{issue}” about {about} {why}\n  got {found:?}"));
        }
    }
    assert!(rows >= 30, "{rows} rows read");
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_chain_leads_outward_and_the_day_is_that_of_telling() {
    let found = read("The Saudi foreign minister said on Tuesday that Iraq wants a seat on the council.");
    let codes: Vec<_> = found[0].attribution.iter().map(|v| v.code.as_deref().unwrap_or("-")).collect();
    assert_eq!(codes, ["IRQ", "SAU"]);
    assert_eq!(found[0].date.as_ref().map(|d| d.from.to_string()).as_deref(), Some("2022-11-15"));
}
