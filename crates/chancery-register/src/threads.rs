use crate::{Told, words};
use chancery_model::{Fingerprint, Id, Kind, Report, Stance};
use std::collections::BTreeMap;

/// What one actor has said on one matter, over time (codebook §11).
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Speaker and matter, with the letter `t`.
    pub id: Id,
    /// Matter, with the letter `m`: the same for all speakers and articles.
    pub matter: Id,
    /// The matter in the words of the first statement.
    pub issue: String,
    /// Code of the speaker's state or organisation; people speak for theirs.
    pub speaker: String,
    /// The statements with their stances, earliest first.
    pub statements: Vec<(Id, Stance)>,
    /// Whether the stance has not been the same throughout.
    pub changed: bool,
}

/// Gathers statements into threads, sorted by speaker and matter; independent of the order of `reports`.
///
/// A statement without a speaker that has a code is left out.
pub fn threads(reports: &[Told]) -> Vec<Thread> {
    let mut told: Vec<&Told> = reports.iter().filter(|t| t.report.kind == Kind::Statement).collect();
    // By the day it was said where that is told, else of publication; undated last.
    let day = |t: &Told| t.report.date.as_ref().map(|d| d.from).or(t.published);
    told.sort_by(|a, b| (day(a).is_none(), day(a), &a.report.id).cmp(&(day(b).is_none(), day(b), &b.report.id)));
    told.dedup_by(|a, b| a.report.id == b.report.id);
    let mut out: BTreeMap<(String, Id), Thread> = BTreeMap::new();
    for t in told {
        let Some((stance, issue, _)) = &t.report.position else { continue };
        let Some(speaker) = speaker(t.report) else { continue };
        let matter = matter(issue);
        let thread = out.entry((speaker.to_owned(), matter.clone())).or_insert_with(|| Thread {
            id: Fingerprint::new().text(speaker).text(&matter.0).id('t'),
            matter,
            issue: issue.clone(),
            speaker: speaker.to_owned(),
            statements: Vec::new(),
            changed: false,
        });
        thread.changed |= thread.statements.first().is_some_and(|s| s.1 != *stance);
        thread.statements.push((t.report.id.clone(), *stance));
    }
    out.into_values().collect()
}

/// The id of a matter: its telling words, whatever their order and form.
fn matter(issue: &str) -> Id {
    let stems = words::stems(issue);
    if stems.is_empty() {
        return Fingerprint::new().text(&issue.to_lowercase()).id('m');
    }
    stems.into_iter().fold(Fingerprint::new(), Fingerprint::number).id('m')
}

/// Who speaks: the nearest voice that is an actor, else the actor of the statement.
fn speaker(report: &Report) -> Option<&str> {
    let voice = report.attribution.iter().find_map(|v| v.code.as_deref());
    voice.or_else(|| report.actors.first().map(|a| a.code.as_str())).filter(|c| !c.is_empty())
}
