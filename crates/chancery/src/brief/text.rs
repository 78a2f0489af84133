//! For a terminal.

use super::{Block, Brief, Chart, Footnote, Line, Piece, phrases};
use crate::shown;

/// Heads of the numbers of a chart.
pub const HEADS: [&str; 7] =
    ["step", "cooperation in words", "in deeds", "conflict in words", "in deeds", "smoothed level", "articles"];

/// The numbers of a chart: the steps in which something happened, and the stretches between them that articles do not cover.
pub fn numbers(chart: &Chart) -> Vec<Vec<String>> {
    let told = |b: &&super::Bar| b.cooperation.iter().chain(&b.conflict).sum::<usize>() > 0;
    let row = |b: &super::Bar| {
        vec![
            b.label.clone(),
            b.cooperation[0].to_string(),
            b.cooperation[1].to_string(),
            b.conflict[0].to_string(),
            b.conflict[1].to_string(),
            b.level.map(|l| format!("{l:+.1}")).unwrap_or_default(),
            if b.covered { "yes" } else { "none" }.to_owned(),
        ]
    };
    chart.bars.iter().filter(told).map(row).collect()
}

/// The dossier in lines of at most `columns` characters.
pub fn drawn(brief: &Brief, columns: usize) -> String {
    let columns = columns.max(40);
    let title = shown(&brief.title);
    let mut out = format!("{title}\n{}\n\n", "═".repeat(title.chars().count().min(columns)));
    out.push_str(&wrapped(&shown(&brief.subtitle), columns, 0));
    for b in &brief.blocks {
        out.push('\n');
        match b {
            Block::Heading(words) => {
                let words = shown(words);
                out.push_str(&format!("{words}\n{}\n", "─".repeat(words.chars().count())));
            }
            Block::Paragraph(l) => out.push_str(&wrapped(&line(l), columns, 0)),
            Block::List(items) => items.iter().for_each(|l| {
                let body = wrapped(&line(l), columns - 2, 2);
                out.push_str(&format!("– {}", body.trim_start()));
            }),
            Block::Table { heads, rows } => rows.iter().for_each(|r| out.push_str(&row(heads, r, columns))),
            Block::Chart(chart) => out.push_str(&bars(chart, columns)),
        }
    }
    if !brief.notes.is_empty() {
        out.push_str("\nSources cited\n─────────────\n");
        for (n, note) in brief.notes.iter().enumerate() {
            let body = wrapped(&footnote(note), columns - 6, 6);
            out.push_str(&format!("{:>4}. {}", n + 1, body.trim_start()));
        }
    }
    out
}

/// The first cell, and what follows in sentences under it: tables of sentences do not fit a terminal.
fn row(heads: &[&str], cells: &[Line], columns: usize) -> String {
    let first = cells.first().map(line).unwrap_or_default();
    let rest: Vec<String> = heads
        .iter()
        .zip(cells)
        .skip(1)
        .map(|(head, cell)| (head, line(cell)))
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(head, cell)| if head.is_empty() { cell } else { format!("{head}: {cell}") })
        .collect();
    format!("{first}\n{}", wrapped(&rest.join("; "), columns - 4, 4))
}

/// A line a step: `2016-03  ++++ −− ` and the level.
fn bars(chart: &Chart, columns: usize) -> String {
    let mut out = wrapped(&shown(&chart.caption), columns, 0);
    let (mut silent, mut empty) = (0, 0);
    let flush = |silent: &mut usize, empty: &mut usize, out: &mut String| {
        let steps = |n: usize| if n == 1 { "month".to_owned() } else { format!("{n} months") };
        match (*silent, *empty) {
            (0, 0) => {}
            (0, n) => out.push_str(&format!("         ({} without an event)\n", steps(n))),
            (n, 0) => out.push_str(&format!("         ({} without an article)\n", steps(n))),
            (n, m) => out.push_str(&format!("         ({} without an event, {n} of them without an article)\n", steps(n + m))),
        }
        (*silent, *empty) = (0, 0);
    };
    for b in &chart.bars {
        let (up, down): (usize, usize) = (b.cooperation.iter().sum(), b.conflict.iter().sum());
        if up + down == 0 {
            *(if b.covered { &mut empty } else { &mut silent }) += 1;
            continue;
        }
        flush(&mut silent, &mut empty, &mut out);
        let room = columns.saturating_sub(30) / 2;
        let level = b.level.map(|l| format!("{l:+.1}")).unwrap_or_default();
        let bar = |mark: &str, n: usize| if n > room { format!("{} {n}", mark.repeat(room)) } else { mark.repeat(n) };
        out.push_str(&format!("{:<8} {level:>5}  {}{}\n", b.label, bar("+", up), bar("−", down)));
    }
    flush(&mut silent, &mut empty, &mut out);
    out
}

fn line(pieces: &Line) -> String {
    let one = |p: &Piece| match p {
        Piece::Text(words) | Piece::Strong(words) => shown(words),
        Piece::Quote(words) => format!("“{}”", shown(words)),
        Piece::Note(n) => format!("[{n}]"),
    };
    pieces.iter().map(one).collect()
}

fn footnote(note: &Footnote) -> String {
    let day = note.published.map_or_else(|| "undated".to_owned(), phrases::day);
    let voices =
        if note.voices.is_empty() { String::new() } else { format!(" (says {})", shown(&note.voices.join(", through "))) };
    format!("{}, {day}: “{}”{voices} {}", shown(&note.outlet), note.quote, note.report)
}

/// Words in lines, each indented.
fn wrapped(words: &str, columns: usize, indent: usize) -> String {
    let (mut out, mut used) = (" ".repeat(indent), 0);
    for word in words.split_whitespace() {
        let len = word.chars().count();
        if used > 0 && used + 1 + len > columns {
            out.push_str(&format!("\n{}", " ".repeat(indent)));
            used = 0;
        }
        if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += len;
    }
    out.push('\n');
    out
}
