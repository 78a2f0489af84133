//! `claims`: who asserts, denies, doubts or confirms what, and what actors hold on a matter over time.

use super::args::Filtered;
use super::nouns::id;
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::model::{Id, Kind, Position, Stance, Voice};
use chancery::{Telling, Who, shown, view};
use chancery_register::{asserts, claim_id, denies};
use serde_json::json;

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

/// Prints positions on matters, unless only what is contested is wanted, then claims, a row per position of a voice.
pub fn claims(record: &Record, of: Of, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let by = of.by.map(|w| Who::of(w, super::rooms().lexicon));
    let mut sheet = Sheet::new(&["claim", "stance", "voice", "chain", "said", "event", "words", "contested"]);
    if !of.contested {
        positions(record, of, by.as_ref(), filtered, out, &mut sheet)?;
    }
    let standing = record.standing()?;
    for h in record.happenings(&filtered.asked(), |h| h.contested || !of.contested)? {
        let Some(c) = h.claim().filter(|c| c.contested || !of.contested) else { continue };
        if of.about.is_some() && !h.told.iter().any(|t| of.about(&[t.sentence()])) {
            continue;
        }
        let within = c.positions.iter().any(asserts) && c.positions.iter().any(denies);
        let against: Vec<Id> = standing.against(&h.event.id).map(claim_id).collect();
        for position in c.positions.iter().filter(|p| speaks(by.as_ref(), p.voice.as_ref())) {
            let Some(telling) = h.told.iter().find(|t| t.report.id == position.report) else { continue };
            let row = Row { claim: &c.id, position, telling, within, against: &against };
            row.onto(&mut sheet, out, json!({ "event": c.event }));
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
        for (telling, s) in told.iter().zip(&thread.statements) {
            let voice = telling.report.attribution.first();
            if !of.about(&[&thread.issue, telling.sentence()]) || !speaks(by, voice) {
                continue;
            }
            let position = Position { voice: voice.cloned(), stance: s.stance, report: s.report.clone() };
            let row = Row { claim: &thread.id, position: &position, telling, within: false, against: &[] };
            let more = json!({ "matter": thread.matter, "issue": thread.issue, "thread": thread.id, "changed": thread.changed });
            row.onto(sheet, out, more);
        }
    }
    Ok(())
}

/// Whether a voice is the one asked for, if one is.
fn speaks(by: Option<&Who>, voice: Option<&Voice>) -> bool {
    by.is_none_or(|who| voice.is_some_and(|v| who.speaks(v)))
}

/// What one voice holds.
struct Row<'a> {
    /// The claim, or the thread of positions.
    claim: &'a Id,
    position: &'a Position,
    telling: &'a Telling,
    /// Whether other voices of the same claim contest it.
    within: bool,
    /// The other claims that stand against it.
    against: &'a [Id],
}

impl Row<'_> {
    fn onto(&self, sheet: &mut Sheet, out: &Out, mut more: serde_json::Value) {
        let (p, t) = (self.position, self.telling);
        let voice = p.voice.as_ref().map_or_else(|| "(the article)".into(), name);
        let gist = t.report.position.as_ref().map_or_else(|| view::gist_short(&t.report), |(_, issue, _)| shown(issue));
        let content = t.report.position.as_ref().and_then(|(.., s)| t.article.text.get(s.range())).unwrap_or_else(|| t.words());
        let json = json!({
            "claim": self.claim, "contested": self.within || !self.against.is_empty(), "against": self.against, "stance": p.stance,
            "voice": voice, "chain": t.chain(), "publication": t.outlet(), "said": self.said(),
            "published": t.article.published.map(|d| d.date), "report": p.report, "doc": t.article.doc, "gist": gist,
            "event_text": content, "sentence": t.sentence(),
        });
        if let (Some(more), Some(json)) = (more.as_object_mut(), json.as_object()) {
            more.extend(json.clone());
        }
        let against = matches!(p.stance, Stance::Denies | Stance::Doubts | Stance::Opposes);
        let stance = if against { p.stance.to_string().to_uppercase() } else { p.stance.to_string() };
        let others = self.against.iter().map(|c| id(c, out.format));
        let contested: Vec<String> = self.within.then(|| "yes".to_owned()).into_iter().chain(others).collect();
        let cells = vec![
            id(self.claim, out.format),
            stance,
            voice,
            t.chain(),
            self.said().unwrap_or_default(),
            gist,
            shown(content),
            contested.join(" "),
        ];
        sheet.row(cells, more);
    }

    /// When it was said: the day told for a statement, else that of publication. That of an event is not when it was spoken of.
    fn said(&self) -> Option<String> {
        let r = &self.telling.report;
        let own = r.date.as_ref().filter(|_| r.kind == Kind::Statement).map(view::days);
        own.or_else(|| self.telling.article.published.map(|p| p.date.to_string()))
    }
}

fn name(v: &Voice) -> String {
    let text = v.entity.as_deref().unwrap_or(&v.text);
    view::named(v.code.as_deref().unwrap_or_default(), v.sector, Some(text)).trim().to_owned()
}
