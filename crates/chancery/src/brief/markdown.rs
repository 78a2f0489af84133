//! Markdown with footnotes.

use super::{Block, Brief, Footnote, Line, Piece, phrases};
use crate::shown;

/// The dossier as Markdown.
pub fn drawn(brief: &Brief) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(&brief.title), escaped(&brief.subtitle));
    for b in &brief.blocks {
        out.push('\n');
        match b {
            Block::Heading(words) => out.push_str(&format!("## {}\n", escaped(words))),
            Block::Paragraph(l) => out.push_str(&format!("{}\n", line(l))),
            Block::List(items) => items.iter().for_each(|l| out.push_str(&format!("- {}\n", line(l)))),
            Block::Table { heads, rows } => {
                let heads: Vec<String> = heads.iter().map(|h| (*h).to_owned()).collect();
                out.push_str(&table(&heads, rows.iter().map(|r| r.iter().map(line).collect())));
            }
            Block::Chart(chart) => {
                out.push_str(&format!("{}\n\n", escaped(&chart.caption)));
                let heads: Vec<String> = super::text::HEADS.iter().map(|h| (*h).to_owned()).collect();
                out.push_str(&table(&heads, super::text::numbers(chart).into_iter()));
            }
        }
    }
    if !brief.notes.is_empty() {
        out.push_str("\n## Sources cited\n\n");
        for (n, note) in brief.notes.iter().enumerate() {
            out.push_str(&format!("[^{}]: {}\n", n + 1, footnote(note)));
        }
    }
    out
}

fn table(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out
}

fn line(pieces: &Line) -> String {
    let one = |p: &Piece| match p {
        Piece::Text(words) => escaped(words),
        Piece::Strong(words) => format!("**{}**", escaped(words)),
        Piece::Quote(words) => format!("“{}”", escaped(words)),
        Piece::Note(n) => format!("[^{n}]"),
    };
    pieces.iter().map(one).collect()
}

fn footnote(note: &Footnote) -> String {
    let day = note.published.map_or_else(|| "undated".to_owned(), phrases::day);
    let title = note.title.as_ref().map(|t| format!(", “{}”", escaped(t))).unwrap_or_default();
    let url = note.url.as_ref().map(|u| format!(" <{}>", shown(u).replace(['<', '>', ' '], ""))).unwrap_or_default();
    let voices =
        if note.voices.is_empty() { String::new() } else { format!(" (says {})", escaped(&note.voices.join(", through "))) };
    format!("{}{title}, {day}: “{}”{voices}{url} `{}`", escaped(&note.outlet), escaped(&note.quote), note.report)
}

/// Text that Markdown leaves alone.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in shown(words).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
