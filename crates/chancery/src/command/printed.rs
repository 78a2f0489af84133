//! An article for `explain`: who printed its text first, which other pages print it, whom it credits, and what it tells.

use super::args::Format;
use super::output::Out;
use super::record::Record;
use anyhow::Result;
use chancery::model::{Article, Id};
use chancery::{Print, Taken, shown, view};
use serde_json::json;
use std::io::Write;

/// Prints an article with all pages that share its text.
pub fn article_of(record: &Record, article: &Article, out: &mut Out) -> Result<()> {
    let prints = record.prints(&article.id)?;
    let reports = record.store().reports(Some(&article.id))?;
    if out.chosen && out.format == Format::Jsonl {
        let of = |p: &Print| p.taken.map(|t| &prints[t.from].article.id);
        let line = |p: &Print| {
            json!({"id": p.article.id, "doc": p.article.doc, "publication": p.article.outlet, "published": p.article.published.map(|p| p.date),
                "of": of(p), "share": p.taken.map(|t| t.share), "kept": p.taken.map(|t| t.kept), "credited": credits(&p.article)})
        };
        let value = json!({"id": article.id, "doc": article.doc, "locator": article.locator, "url": article.url, "title": article.title,
            "publication": article.outlet, "published": article.published.map(|p| p.date), "credited": credits(article),
            "prints": prints.iter().map(line).collect::<Vec<_>>(), "reports": reports.iter().map(|r| &r.id).collect::<Vec<_>>()});
        writeln!(out, "{value}")?;
        return Ok(());
    }
    writeln!(out, "Article {}  {}", article.id, headed(article))?;
    writeln!(out, "             {}", shown(&article.locator))?;
    let credited = credits(article).join(", ");
    writeln!(out, "  credits    {}", if credited.is_empty() { "nobody" } else { &credited })?;
    match prints.as_slice() {
        [first, _, ..] => {
            writeln!(out, "  text       on {} pages of one origin; first printed, as far as the record tells, by", prints.len())?;
            writeln!(out, "    1. {}", line(first, &prints, article))?;
            for (n, p) in prints.iter().enumerate().skip(1) {
                writeln!(out, "    {}. {}", n + 1, line(p, &prints, article))?;
            }
        }
        _ => writeln!(out, "  text       on no other page of the record")?,
    }
    writeln!(out, "  tells      {} report(s)", reports.len())?;
    reports.iter().try_for_each(|r| writeln!(out, "    {}  {}", r.id, shown(&view::gist(r))))?;
    Ok(())
}

/// Of whose text an article is a reprint, and by how much; `None` where it is the first print, or the only one.
pub fn reprint(record: &Record, article: &Id) -> Result<Option<String>> {
    let prints = record.prints(article)?;
    let own = prints.iter().find(|p| p.article.id == *article);
    let said = |t: Taken| {
        let (first, from) = (&prints[0].article, &prints[t.from].article);
        // A copy of a copy is told as what it is.
        let through = if first.id == from.id { String::new() } else { format!(" through {}", headed(from)) };
        format!("of {}{through} ({}); {}", headed(first), shown(&first.doc), extent(t, "the other"))
    };
    Ok(own.and_then(|p| p.taken).map(said))
}

fn line(p: &Print, prints: &[Print], asked: &Article) -> String {
    let mark = if p.article.id == asked.id { ", this page" } else { "" };
    let taken = p.taken.map_or_else(String::new, |t| format!(": {}", extent(t, &format!("{}.", t.from + 1))));
    // What is credited that prints it, too, is why the one is taken for the other's.
    let printers: Vec<&str> = prints.iter().filter_map(Print::outlet).collect();
    let credited: Vec<String> = credits(&p.article).into_iter().filter(|c| printers.contains(&c.as_str())).collect();
    let credits = if credited.is_empty() { String::new() } else { format!("; credits {}", credited.join(", ")) };
    format!("{} ({}{mark}){taken}{credits}", headed(&p.article), shown(&p.article.doc))
}

/// Title, outlet and day.
fn headed(a: &Article) -> String {
    let published = a.published.map_or_else(|| "undated".to_owned(), |p| p.date.to_string());
    let outlet = a.outlet.as_deref().unwrap_or("outlet unknown");
    format!("“{}”, {}, {published}", shown(a.title.as_deref().unwrap_or(&a.doc)), shown(outlet))
}

/// How much of a page stands in the other, and the other way round.
fn extent(t: Taken, other: &str) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    format!("{} of its runs of five words stand in {other}, {} of those of {other} in it", percent(t.share), percent(t.kept))
}

fn credits(a: &Article) -> Vec<String> {
    a.credited.iter().map(|c| shown(&c.name)).collect()
}
