//! A page that stands alone: no scripts, nothing from elsewhere, light, dark and paper.

use super::{Block, Brief, Chart, Footnote, Line, Piece, phrases};
use crate::shown;
use std::fmt::Write;

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1b1b1f;--pale:#5c5f66;--paper:#fdfdfb;--rule:#d8d8d2;--coop:#0072b2;--conf:#d55e00;--gap:#ecece6}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--pale:#a5a7ad;--paper:#17181b;--rule:#3a3c42;--coop:#56b4e9;--conf:#e69f00;--gap:#26282d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:50rem;padding:2rem 1.2rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.55 Georgia,'Times New Roman',serif}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--rule);padding-bottom:.2rem}
.sub{color:var(--pale);margin:0 0 1.5rem}
p,li{overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.6rem 0}
th,td{text-align:left;vertical-align:top;padding:.28rem .7rem .28rem 0;border-bottom:1px solid var(--rule)}
th{font-weight:600;color:var(--pale)}
td:first-child{white-space:nowrap}
q{font-style:italic;quotes:'“' '”'}
sup{line-height:0}
sup a{text-decoration:none;padding:0 .1em}
a{color:var(--coop)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--conf)}
figure{margin:1rem 0}
figcaption{color:var(--pale);font-size:.88rem}
svg{width:100%;height:auto;font:10px system-ui,sans-serif}
svg .label{fill:var(--pale)}
svg .axis{stroke:var(--pale);stroke-width:1}
svg .coop{fill:var(--coop)}
svg .conf{fill:var(--conf)}
svg .words{fill-opacity:.5}
svg .gap{fill:var(--gap)}
svg .level{fill:none;stroke:var(--ink);stroke-width:1.5}
.notes{font-size:.85rem}
.notes .id{color:var(--pale);font-family:ui-monospace,monospace;font-size:.92em}
:target{background:var(--gap)}
@media print{:root{--ink:#000;--pale:#444;--paper:#fff;--rule:#bbb;--coop:#0072b2;--conf:#d55e00;--gap:#eee}body{max-width:none;padding:0;font-size:10.5pt}
h2{break-after:avoid}tr,figure,li{break-inside:avoid}a{color:inherit}.wide{overflow:visible}details>*{display:block}}
";

/// The page.
pub fn drawn(brief: &Brief) -> String {
    let title = escaped(&brief.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p class=\"sub\">{}</p>\n",
        escaped(&brief.subtitle)
    );
    let mut cited = vec![false; brief.notes.len() + 1];
    for b in &brief.blocks {
        block(&mut out, b, &mut cited);
    }
    if !brief.notes.is_empty() {
        out.push_str("<h2 id=\"notes\">Sources cited</h2>\n<ol class=\"notes\">\n");
        for (n, note) in brief.notes.iter().enumerate() {
            let _ = writeln!(
                out,
                "<li id=\"n{0}\">{1} <a href=\"#c{0}\" aria-label=\"back to the text\">↩</a></li>",
                n + 1,
                footnote(note)
            );
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn block(out: &mut String, b: &Block, cited: &mut [bool]) {
    match b {
        Block::Heading(words) => {
            let _ = writeln!(out, "<h2>{}</h2>", escaped(words));
        }
        Block::Paragraph(l) => {
            let _ = writeln!(out, "<p>{}</p>", line(l, cited));
        }
        Block::List(items) => {
            out.push_str("<ul>\n");
            items.iter().for_each(|l| {
                let _ = writeln!(out, "<li>{}</li>", line(l, cited));
            });
            out.push_str("</ul>\n");
        }
        Block::Table { heads, rows } => {
            let heads: String = heads.iter().map(|h| format!("<th scope=\"col\">{}</th>", escaped(h))).collect();
            let _ = writeln!(out, "<div class=\"wide\"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>");
            for row in rows {
                let cells: String = row.iter().map(|c| format!("<td>{}</td>", line(c, cited))).collect();
                let _ = writeln!(out, "<tr>{cells}</tr>");
            }
            out.push_str("</tbody></table></div>\n");
        }
        Block::Chart(chart) => figure(out, chart),
    }
}

/// A drawing, with its numbers as a table for those who cannot see it.
fn figure(out: &mut String, chart: &Chart) {
    let _ = writeln!(out, "<figure>\n{}\n<figcaption>{}</figcaption>", chart.svg(), escaped(&chart.caption));
    out.push_str("<details><summary>The numbers</summary><table>\n<thead><tr>");
    for head in super::text::HEADS {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in super::text::numbers(chart) {
        let cells: String = row.iter().map(|c| format!("<td>{}</td>", escaped(c))).collect();
        let _ = writeln!(out, "<tr>{cells}</tr>");
    }
    out.push_str("</tbody></table></details>\n</figure>\n");
}

fn line(pieces: &Line, cited: &mut [bool]) -> String {
    let mut out = String::new();
    for p in pieces {
        match p {
            Piece::Text(words) => out.push_str(&escaped(words)),
            Piece::Strong(words) => out.push_str(&format!("<strong>{}</strong>", escaped(words))),
            Piece::Quote(words) => out.push_str(&format!("<q>{}</q>", escaped(words))),
            Piece::Note(n) => {
                // The way back leads to the first place where a source is cited.
                let first = cited.get_mut(*n).is_some_and(|c| !std::mem::replace(c, true));
                let id = if first { format!(" id=\"c{n}\"") } else { String::new() };
                out.push_str(&format!("<sup{id}><a href=\"#n{n}\">{n}</a></sup>"));
            }
        }
    }
    out
}

fn footnote(note: &Footnote) -> String {
    let day = note.published.map_or_else(|| "undated".to_owned(), phrases::day);
    let title = note.title.as_ref().map(|t| format!(", “{}”", escaped(t))).unwrap_or_default();
    let outlet = escaped(&note.outlet);
    let outlet = match &note.url {
        Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{outlet}</a>", escaped(url)),
        None => outlet,
    };
    let voices = match note.voices.is_empty() {
        true => String::new(),
        false => format!(" (says {})", escaped(&note.voices.join(", through "))),
    };
    format!("{outlet}{title}, {day}: <q>{}</q>{voices} <span class=\"id\">{}</span>", escaped(&note.quote), note.report)
}

/// Text as HTML text or attribute; control characters become spaces.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in shown(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
