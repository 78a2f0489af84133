//! `correct cases`: the corrected sentences as test cases, in the shape of the files in `tests/cases`.

use super::correct::{gist, holding};
use super::output::Out;
use super::record::Record;
use anyhow::Result;
use chancery::model::{ActorRef, Kind, Report};
use chancery::{compare, shown};
use chancery_store::{Change, Correction};
use std::collections::BTreeSet;
use std::io::Write;

/// Writes a row for each sentence with the event that is to be read in it, and a comment for what a row has no room for; false where no
/// correction gives either.
pub fn cases(record: &Record, out: &mut Out) -> Result<bool> {
    let (mut rows, mut comments) = (BTreeSet::new(), BTreeSet::new());
    for (c, read) in holding(record)? {
        let Some(article) = record.store().article(&read.article.0)? else { continue };
        let sentence = compare::sentence(&article, &read);
        let row = case(&c.change, &read, &record.store().reports(Some(&read.article))?);
        if let Some(why) = row.as_ref().err().copied().or_else(|| beyond(&c.change)) {
            comments.insert(comment(&c, &sentence, why));
        }
        if let Ok(wanted) = row {
            rows.insert(format!("| {} | {wanted} | |", sentence.replace('|', "/")));
        }
    }
    if rows.is_empty() && comments.is_empty() {
        eprintln!("no correction makes a case");
        return Ok(false);
    }
    if !rows.is_empty() {
        writeln!(out, "| sentence | event | known wrong |\n|---|---|---|")?;
        rows.iter().try_for_each(|r| writeln!(out, "{}", shown(r)))?;
    }
    comments.iter().try_for_each(|c| writeln!(out, "{c}"))?;
    Ok(true)
}

/// What is to be read in the sentence of a corrected report, of which `now` are the reports of its article; or why no case can say it.
fn case(change: &Change, read: &Report, now: &[Report]) -> Result<String, &'static str> {
    match change {
        Change::Merge | Change::Split { .. } => {
            return Err("a case is about one sentence, not about which reports tell one event");
        }
        Change::Date { .. } => return Err("a case has no room for the day"),
        Change::Place { .. } => return Err("a case has no room for the place"),
        _ => {}
    }
    let mut told = now.iter().filter(|r| r.sentence == read.sentence && r.kind == Kind::Event);
    match told.clone().find(|r| r.id == read.id) {
        Some(r) => Ok(wanted(r)),
        None if told.next().is_none() => Ok("nothing".to_owned()),
        None => Err("the sentence tells other events, so that a case would say nothing about this one"),
    }
}

/// What a correction says beside what its case has room for.
fn beyond(change: &Change) -> Option<&'static str> {
    matches!(change, Change::Type { mode: Some(_), .. }).then_some("a case has room for the type, but not for the mode")
}

fn comment(c: &Correction, sentence: &str, why: &str) -> String {
    let text = shown(&format!("correction {} by {}: {}; {} (“{sentence}”): {why}", c.number, c.author, gist(c), c.reason));
    // Two hyphens would end the comment.
    format!("<!-- {} -->", text.replace("--", "–"))
}

/// `TYPE status ACTORS > RECIPIENTS`, as in the files of cases.
fn wanted(r: &Report) -> String {
    let codes = |refs: &[ActorRef]| {
        let codes: BTreeSet<&str> = refs.iter().map(|a| a.code.as_str()).collect();
        if codes.is_empty() { "-".to_owned() } else { codes.into_iter().collect::<Vec<_>>().join(",") }
    };
    format!("{} {} {} > {}", r.event.map_or("statement", |e| e.as_str()), r.status, codes(&r.actors), codes(&r.recipients))
}
