//! `claims`: who asserts, denies, doubts or confirms what, and what actors hold on a matter over time.

use super::args::Filtered;
use super::nouns::id;
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::model::{Claim, Id, Position, Stance, Voice};
use chancery::{Happening, Telling, Who, shown, view};
use serde_json::json;
use std::collections::BTreeMap;

/// Which claims are wanted.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    /// Only those that some assert and others deny or doubt.
    pub contested: bool,
    /// Only what they hold.
    pub by: Option<&'a str>,
    /// Only what holds these words.
    pub about: Option<&'a str>,
}

impl Of<'_> {
    fn about(&self, words: &[&str]) -> bool {
        self.about.is_none_or(|a| {
            let text = words.join(" ").to_lowercase();
            a.to_lowercase().split_whitespace().all(|w| text.contains(w))
        })
    }
}

/// Prints positions on matters where one is asked about, then claims, a row per position of a voice.
pub fn claims(record: &Record, of: Of, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let by = of.by.map(|w| Who::of(w, super::rooms().lexicon));
    let mut sheet = Sheet::new(&["claim", "stance", "voice", "chain", "published", "event", "words", "contested"]);
    if of.about.is_some() && !of.contested {
        positions(record, of, by.as_ref(), filtered, out, &mut sheet)?;
    }
    let found = record.happenings(&filtered.asked(), |h| h.contested || !of.contested)?;
    let by_event: BTreeMap<&Id, &Happening> = found.iter().map(|h| (&h.event.id, h)).collect();
    let mut claims: Vec<Claim> = record.claims(&found)?;
    claims.retain(|c| c.contested || !of.contested);
    for c in &claims {
        let Some(h) = by_event.get(&c.event) else { continue };
        let speaks = |p: &Position| by.as_ref().is_none_or(|b| p.voice.as_ref().is_some_and(|v| is(b, v)));
        let wanted = of.about.is_none() || h.told.iter().any(|t| of.about(&[t.sentence()]));
        if !wanted || !c.positions.iter().any(speaks) {
            continue;
        }
        // where a claim is contested, one side is not shown without the other
        for p in c.positions.iter().filter(|p| c.contested || speaks(p)) {
            let own = h.told.iter().find(|t| t.report.id == p.report).cloned();
            let Some(t) = own.map_or_else(|| record.telling(&p.report), |t| Ok(Some(t)))? else { continue };
            row(&mut sheet, out, (&c.id, p, c.contested), &t, json!({ "event": c.event }));
        }
    }
    sheet.truncate(filtered.limit);
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

/// What actors hold on matters, each speaker's statements in the order of time.
fn positions(record: &Record, of: Of, by: Option<&Who>, filtered: &Filtered, out: &Out, sheet: &mut Sheet) -> Result<()> {
    for (thread, told) in record.threads(&filtered.asked())? {
        for (t, (_, stance)) in told.iter().zip(&thread.statements) {
            let voice = t.report.attribution.first();
            if !of.about(&[&thread.issue, t.sentence()]) || by.is_some_and(|b| !voice.is_some_and(|v| is(b, v))) {
                continue;
            }
            let position = Position { voice: voice.cloned(), stance: *stance, report: t.report.id.clone() };
            let more = json!({ "matter": thread.matter, "issue": thread.issue, "thread": thread.id, "changed": thread.changed });
            row(sheet, out, (&thread.id, &position, false), t, more);
        }
    }
    Ok(())
}

fn row(sheet: &mut Sheet, out: &Out, (claim, p, contested): (&Id, &Position, bool), t: &Telling, mut more: serde_json::Value) {
    let voice = p.voice.as_ref().map_or_else(|| "(the article)".into(), name);
    let published = t.article.published.map(|d| d.date);
    let gist = t.report.position.as_ref().map_or_else(|| view::gist_short(&t.report), |(_, issue, _)| shown(issue));
    let content = t.report.position.as_ref().and_then(|(.., s)| t.article.text.get(s.range())).unwrap_or_else(|| t.words());
    let json = json!({
        "claim": claim, "contested": contested, "stance": p.stance, "voice": voice, "chain": t.chain(),
        "publication": t.article.outlet.clone().unwrap_or_else(|| t.article.doc.clone()),
        "published": published, "report": p.report, "doc": t.article.doc, "gist": gist, "event_text": content, "sentence": t.sentence(),
    });
    if let (Some(more), Some(json)) = (more.as_object_mut(), json.as_object()) {
        more.extend(json.clone());
    }
    let against = matches!(p.stance, Stance::Denies | Stance::Doubts | Stance::Opposes);
    let stance = if against { p.stance.to_string().to_uppercase() } else { p.stance.to_string() };
    let cells = vec![
        id(claim, out.format),
        stance,
        voice,
        t.chain(),
        published.map(|d| d.to_string()).unwrap_or_default(),
        gist,
        shown(content),
        if contested { "yes".into() } else { String::new() },
    ];
    sheet.row(cells, more);
}

fn name(v: &Voice) -> String {
    let text = v.entity.as_deref().unwrap_or(&v.text);
    view::named(v.code.as_deref().unwrap_or_default(), v.sector, Some(text)).trim().to_owned()
}

/// Whether a voice is the one asked for.
fn is(who: &Who, v: &Voice) -> bool {
    match who {
        Who::Code(code) => v.code.as_ref() == Some(code),
        Who::Sector(code, sector) => v.code.as_ref() == Some(code) && v.sector == Some(*sector),
        Who::Entity(name) => {
            let has = |s: &str| s.to_lowercase().contains(&name.to_lowercase());
            v.entity.as_deref().is_some_and(has) || has(&v.text)
        }
    }
}
