//! Ids that were in use once: what goes on for them.

use crate::{Error, Store};
use chancery_model::{Event, Id, Report};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

impl Store {
    /// The report or event that goes on for an id which was in use once; the id itself, where it still is.
    ///
    /// An event's id is that of its earliest report, so that it changes when an earlier one comes to light, or when events are merged by hand;
    /// a report's changes when its article is coded anew as something else.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn goes_on_as(&self, id: &str) -> Result<Option<Id>, Error> {
        let event = id.starts_with('e');
        if event && self.event(id)?.is_some() || !event && self.report(id)?.is_some() {
            return Ok(Some(Id(id.to_owned())));
        }
        let known = self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT report FROM aliases WHERE id = ?")?;
            Ok(s.query_row([id], |r| r.get::<_, String>(0)).optional()?)
        })?;
        // Every report of an event could have been its first.
        let report = known.unwrap_or_else(|| id.replacen('e', "r", 1));
        if event {
            return Ok(self.event_of(&report)?.map(|e| e.id));
        }
        Ok(self.report(&report)?.map(|r| r.id))
    }

    /// What goes on for reports (`r…`) or events (`e…`) whose ids were in use once and begin so, at most `most`, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn goes_on_beginning(&self, digits: &str, most: usize) -> Result<Vec<Id>, Error> {
        // Every report of an event could have been its first.
        let first = digits.replacen('e', "r", 1);
        let known: Vec<String> = self.read(|conn| {
            let mut s = conn.prepare_cached(
                "SELECT id FROM aliases WHERE id >= ?1 AND id < ?1 || 'g'
                 UNION SELECT substr(?1, 1, 1) || substr(id, 2) FROM reports WHERE id >= ?2 AND id < ?2 || 'g'",
            )?;
            Ok(s.query_map([digits, &first], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })?;
        let mut out = BTreeSet::new();
        for id in known {
            out.extend(self.goes_on_as(&id)?);
            if out.len() == most {
                break;
            }
        }
        Ok(out.into_iter().collect())
    }

    /// Ids under which an event was known in this record before, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn supersedes(&self, event: &Event) -> Result<Vec<Id>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT id FROM aliases WHERE report = ? AND id GLOB 'e*'")?;
            let mut out = Vec::new();
            for report in &event.reports {
                for id in s.query_map([&report.0], |r| r.get::<_, String>(0))? {
                    out.push(Id(id?));
                }
            }
            out.retain(|id| *id != event.id);
            out.sort();
            Ok(out)
        })
    }
}

/// Remembers the id of an event that goes by another from now on.
pub(crate) fn retire(tx: &Transaction, event: &str) -> Result<(), Error> {
    let report = event.replacen('e', "r", 1);
    let next: Option<String> =
        tx.prepare_cached("SELECT report FROM aliases WHERE id = ?")?.query_row([&report], |r| r.get(0)).optional()?;
    tx.prepare_cached("INSERT OR REPLACE INTO aliases (id, report) VALUES (?, ?)")?
        .execute(params![event, next.unwrap_or(report)])?;
    Ok(())
}

/// Reports that are there need no alias.
pub(crate) fn revive(tx: &Transaction, reports: &[Report]) -> Result<(), Error> {
    let mut s = tx.prepare_cached("DELETE FROM aliases WHERE id = ?")?;
    reports.iter().try_for_each(|r| Ok(s.execute([&r.id.0]).map(|_| ())?))
}

/// Leads from the reports that an article told to those that it tells now: by the words they share.
pub(crate) fn pass_on(tx: &Transaction, old: &[Report], new: &[Report]) -> Result<(), Error> {
    revive(tx, new)?;
    for o in old.iter().filter(|o| !new.iter().any(|n| n.id == o.id)) {
        let shared = |n: &Report| n.trigger.end.min(o.trigger.end).saturating_sub(n.trigger.start.max(o.trigger.start));
        let next = new.iter().rev().filter(|n| n.kind == o.kind && shared(n) > 0).max_by_key(|n| shared(n));
        let next = next.map_or("", |n| n.id.0.as_str());
        tx.prepare_cached("UPDATE aliases SET report = ? WHERE report = ?")?.execute([next, &o.id.0])?;
        tx.prepare_cached("INSERT OR REPLACE INTO aliases (id, report) VALUES (?, ?)")?.execute([&o.id.0, next])?;
    }
    Ok(())
}
