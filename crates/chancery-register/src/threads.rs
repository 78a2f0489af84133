use crate::{Told, words};
use chancery_model::{Fingerprint, Id, Kind, Report, Stance};
use jiff::civil::Date;
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
    /// The statements, earliest first; undated last.
    pub statements: Vec<Statement>,
    /// Whether a statement is known to have been made after one of another stance.
    pub changed: bool,
}

/// What was said on a matter once.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The report.
    pub report: Id,
    /// The stance.
    pub stance: Stance,
    /// First and last day on which it may have been said: those told, else the day of publication.
    pub days: Option<(Date, Date)>,
}

impl Thread {
    /// The statements in groups: one group was made after the other, and which of one group was made first is not known.
    ///
    /// Those whose days are not known are the last group; it may have been made at any time.
    pub fn moments(&self) -> Vec<&[Statement]> {
        let mut last = None;
        let together = |a: &Statement, b: &Statement| {
            last = last.max(a.days.map(|d| d.1));
            a.days.is_some() == b.days.is_some() && b.days.map(|d| d.0) <= last
        };
        self.statements.chunk_by(together).collect()
    }
}

/// Gathers statements into threads, sorted by speaker and matter; independent of the order of `reports`.
///
/// A statement without a speaker that has a code is left out.
pub fn threads(reports: &[Told]) -> Vec<Thread> {
    let mut told: Vec<&Told> = reports.iter().filter(|t| t.report.kind == Kind::Statement).collect();
    told.sort_by(|a, b| (days(a).is_none(), days(a), &a.report.id).cmp(&(days(b).is_none(), days(b), &b.report.id)));
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
        let said = Statement { report: t.report.id.clone(), stance: *stance, days: days(t) };
        thread.changed = thread.changed || thread.statements.iter().any(|s| s.stance != said.stance && before(s, &said));
        thread.statements.push(said);
    }
    out.into_values().collect()
}

/// The days on which it may have been said: those told, else that of publication.
fn days(t: &Told) -> Option<(Date, Date)> {
    t.report.date.as_ref().map(|d| (d.from, d.to)).or(t.published.map(|d| (d, d)))
}

/// Whether one statement is known to have been made before another.
fn before(a: &Statement, b: &Statement) -> bool {
    a.days.zip(b.days).is_some_and(|(a, b)| a.1 < b.0)
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
