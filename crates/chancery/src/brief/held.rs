//! What the two hold: their positions on matters, and what of the events is disputed.

use super::gather::Ground;
use super::notes::Notes;
use super::parts::LISTED;
use super::{Block, Line, Piece, phrases};
use crate::{Dispute, Held, SIDES, Telling, quoted, shown};
use chancery_model::{Id, Stance, Status};
use chancery_register::{Statement, Thread, Told, threads};
use std::collections::BTreeMap;

/// Voices that are told of one side of a dispute.
const VOICES: usize = 8;
/// Characters of a quotation within a sentence.
const QUOTED: usize = 120;

/// What the two want, hold or expect, matter by matter, changes first.
pub fn positions(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    let by_id: BTreeMap<&Id, &Telling> = g.source.statements.iter().map(|t| (&t.report.id, t)).collect();
    let told: Vec<Told> = g.source.statements.iter().map(Telling::told).collect();
    let mut threads = threads(&told);
    threads.sort_by_key(|t| (!t.changed, std::cmp::Reverse(t.statements.len())));
    threads.truncate(LISTED);
    let row = |thread: &Thread| {
        let name = g.source.lexicon.state(&thread.speaker).map_or(thread.speaker.clone(), |s| s.name.clone());
        let changed = if thread.changed { vec![Piece::Strong("changed".into())] } else { Vec::new() };
        vec![vec![Piece::text(name)], vec![Piece::Quote(shown(&thread.issue))], spoken(&course(thread), &by_id, notes), changed]
    };
    let rows: Vec<Vec<Line>> = threads.iter().map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Positions".into()), Block::Table { heads: vec!["who", "matter", "stance", ""], rows }]
}

/// A stance with the statements that take it, one after the other.
struct Step<'a> {
    /// Whether it is known to come after what stands before it.
    later: bool,
    stance: Stance,
    statements: Vec<&'a Statement>,
}

/// The stances of a thread in the order of time, as far as that is known; a stance that stays is one step.
fn course(thread: &Thread) -> Vec<Step<'_>> {
    let mut out: Vec<Step> = Vec::new();
    for moment in thread.moments() {
        let start = out.len();
        let goes_on = out.last().zip(moment.first()).is_some_and(|(step, s)| step.stance == s.stance);
        let from = start - usize::from(goes_on);
        for s in moment {
            match out[from..].iter_mut().find(|step| step.stance == s.stance) {
                Some(step) => step.statements.push(s),
                None => {
                    let later = start > 0 && out.len() == start && !goes_on && s.days.is_some();
                    out.push(Step { later, stance: s.stance, statements: vec![s] });
                }
            }
        }
    }
    out
}

/// Stances in words: `wants (May 2015)[1], then opposes (3 June 2016; 9 June 2016)[2][3]`.
fn spoken(course: &[Step], by_id: &BTreeMap<&Id, &Telling>, notes: &mut Notes) -> Line {
    let mut out: Line = Vec::new();
    for step in course {
        let told: Vec<&Telling> = step.statements.iter().filter_map(|s| by_id.get(&s.report).copied()).collect();
        let mut days: Vec<String> = told.iter().map(|t| said_on(t)).collect();
        days.dedup();
        let link = match (out.is_empty(), step.later) {
            (true, _) => "",
            (false, true) => ", then ",
            (false, false) => ", also ",
        };
        out.push(Piece::text(format!("{link}{} ({})", step.stance, days.join("; "))));
        out.extend(told.iter().map(|t| notes.cite_for(t, t.report.position.as_ref().map_or(t.report.trigger, |p| p.2))));
    }
    out
}

/// The day of a statement, else that of its publication.
fn said_on(t: &Telling) -> String {
    let told = t.report.date.as_ref().map(phrases::date);
    told.or(t.article.published.map(|p| phrases::day(p.date))).unwrap_or_else(|| "undated".to_owned())
}

/// What some assert and others deny or doubt, with both of the two in it.
pub fn disputes(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    let items: Vec<Line> = g.source.disputes.iter().take(LISTED).map(|d| disputed(g, d, notes)).collect();
    let body = match items.is_empty() {
        true => Block::Paragraph(vec![Piece::text(
            "Nothing in which both take part, by deed or word, is asserted by some and denied by others.",
        )]),
        false => Block::List(items),
    };
    vec![Block::Heading("Disputed".into()), body]
}

/// What is disputed, who asserts and who denies it.
fn disputed(g: &Ground, d: &Dispute, notes: &mut Notes) -> Line {
    let mut out: Line = d.subject().map(|h| Piece::Strong(bare(g, h))).into_iter().collect();
    let mut link = " — ";
    for (stance, verb) in SIDES {
        let all = d.side(stance).count();
        for (n, held) in d.side(stance).take(VOICES).enumerate() {
            out.push(Piece::text(if n > 0 { ", ".to_owned() } else { format!("{link}{verb} ") }));
            out.extend(voice(held, notes));
            link = "; ";
        }
        if all > VOICES {
            out.push(Piece::text(format!(" and {} more", all - VOICES)));
        }
    }
    out.push(Piece::text("."));
    out
}

/// A voice with its words, the outlet and the day of publication.
fn voice(held: &Held, notes: &mut Notes) -> [Piece; 4] {
    let (a, r) = (&held.telling.article, &held.telling.report);
    let day = a.published.map_or_else(|| "undated".to_owned(), |p| phrases::day(p.date));
    [
        Piece::text(format!("{}: ", shown(held.name()))),
        Piece::Quote(quoted(a, r.sentence, r.trigger, QUOTED)),
        Piece::text(format!(" ({}, {day})", shown(held.telling.outlet()))),
        notes.cite(&held.telling),
    ]
}

/// The deed itself, whether or not it is said to have happened.
fn bare(g: &Ground, h: &crate::Happening) -> String {
    let mut h = h.clone();
    h.event.status = Status::Actual;
    g.deed(&h)
}
