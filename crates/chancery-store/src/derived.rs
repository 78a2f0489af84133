use crate::{Error, Filter, Store};
use chancery_model::{Claim, Event, Kind, Report};
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Replaces all events and claims, in one transaction. What is unchanged stays as it is, so that a small run costs little writing.
    ///
    /// # Errors
    /// Where the file cannot be written; it then holds what it held before.
    pub fn replace_events(&mut self, events: &[Event], claims: &[Claim]) -> Result<(), Error> {
        self.write(|tx| {
            let keys = replace(tx, events)?;
            tx.execute("DELETE FROM claims", [])?;
            let mut add = tx.prepare_cached("INSERT INTO claims (id, event, contested, json) VALUES (?, ?, ?, ?)")?;
            for c in claims {
                if let Some(key) = keys.get(c.event.0.as_str()) {
                    add.execute(params![c.id.0, key, c.contested, serde_json::to_string(c)?])?;
                }
            }
            tx.execute("UPDATE state SET value = (SELECT value FROM state WHERE name = 'changes') WHERE name = 'derived'", [])?;
            Ok(())
        })
    }

    /// Whether the events are those of the articles now kept; false after a run that was killed before it came to them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_current(&self) -> Result<bool, Error> {
        self.read(current)
    }

    /// The events that pass, by first day (undated last) and id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn events(&self, filter: &Filter) -> Result<Vec<Event>, Error> {
        let (condition, values) = filter.sql();
        let order = "ORDER BY e.since IS NULL, e.since, e.id";
        self.listed(&format!("SELECT e.json FROM events e WHERE {condition} {order}"), values, filter.limit)
    }

    /// One event.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn event(&self, id: &str) -> Result<Option<Event>, Error> {
        self.single("SELECT json FROM events WHERE id = ?", id)
    }

    /// The event that a report belongs to.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn event_of(&self, report: &str) -> Result<Option<Event>, Error> {
        self.single("SELECT e.json FROM event_reports er JOIN events e ON e.key = er.event WHERE er.report = ?", report)
    }

    /// The claims about events that pass, in the order of their events.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Claim>, Error> {
        let (condition, values) = filter.sql();
        let order = "ORDER BY e.since IS NULL, e.since, e.id";
        let sql = format!("SELECT c.json FROM claims c JOIN events e ON e.key = c.event WHERE {condition} {order}");
        self.listed(&sql, values, filter.limit)
    }

    /// The statements of positions, by article id and order. Of the filter, `actors`, `from` and `said_by` are looked for among the voices and
    /// actors, `since` and `until` on the statement's or article's day, `article` and `limit` hold; the rest is about events and has no bearing.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<Report>, Error> {
        let tellings = self.tellings()?;
        let passes = |t: &crate::Telling| {
            let r = &t.report;
            let day = r.date.as_ref().map(|d| (d.from, d.to)).or(t.published.map(|p| (p, p)));
            let mut sought = filter.actors.iter().chain(&filter.from).chain(&filter.said_by);
            r.kind == Kind::Statement
                && filter.article.as_ref().is_none_or(|a| *a == r.article)
                && filter.since.is_none_or(|s| day.is_some_and(|d| d.1 >= s))
                && filter.until.is_none_or(|u| day.is_some_and(|d| d.0 <= u))
                && sought.all(|who| speaks(who, r))
        };
        let found = tellings.into_iter().filter(passes).map(|t| t.report);
        Ok(found.take(filter.limit.unwrap_or(usize::MAX)).collect())
    }

    fn listed<T: serde::de::DeserializeOwned>(
        &self,
        sql: &str,
        values: Vec<rusqlite::types::Value>,
        limit: Option<usize>,
    ) -> Result<Vec<T>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare(sql)?;
            let rows = s.query_map(params_from_iter(values), |r| r.get::<_, String>(0))?;
            rows.take(limit.unwrap_or(usize::MAX)).map(|r| Ok(serde_json::from_str(&r?)?)).collect()
        })
    }

    fn single<T: serde::de::DeserializeOwned>(&self, sql: &str, id: &str) -> Result<Option<T>, Error> {
        self.read(|conn| {
            let json: Option<String> = conn.prepare_cached(sql)?.query_row([id], |r| r.get(0)).optional()?;
            Ok(json.map(|j| serde_json::from_str(&j)).transpose()?)
        })
    }
}

fn speaks(who: &crate::Who, r: &Report) -> bool {
    let fits = |code: Option<&str>, sector, entity: Option<&str>, words: &str| {
        who.code.as_deref().is_none_or(|c| code == Some(c))
            && who.sector.is_none_or(|s| sector == Some(s))
            && who.entity.as_deref().is_none_or(|e| entity == Some(e))
            && who.words.as_ref().is_none_or(|w| words.to_lowercase().contains(&w.to_lowercase()))
    };
    r.attribution.iter().any(|v| fits(v.code.as_deref(), v.sector, v.entity.as_deref(), &v.text))
        || r.actors.iter().any(|a| fits(Some(&a.code), a.sector, a.entity.as_deref(), &a.text))
}

pub(crate) fn current(conn: &Connection) -> Result<bool, Error> {
    Ok(conn.query_row("SELECT count(DISTINCT value) = 1 FROM state WHERE name IN ('changes', 'derived')", [], |r| r.get(0))?)
}

/// Writes the events that are not there as they are, drops those that are gone; gives the key of each.
fn replace<'a>(tx: &Transaction, events: &'a [Event]) -> Result<BTreeMap<&'a str, i64>, Error> {
    let mut keys = BTreeMap::new();
    let mut fresh = Vec::new();
    {
        let mut known = tx.prepare_cached("SELECT key, json FROM events WHERE id = ?")?;
        for e in events {
            let json = serde_json::to_string(e)?;
            let old = known.query_row([&e.id.0], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?))).optional()?;
            match old {
                Some((key, same)) if same == json => {
                    keys.insert(e.id.0.as_str(), key);
                }
                _ => fresh.push((e, json)),
            }
        }
    }
    // Claims point at events and are written anew after this.
    tx.execute("DELETE FROM claims", [])?;
    let kept: BTreeSet<i64> = keys.values().copied().collect();
    let all: Vec<i64> = tx.prepare_cached("SELECT key FROM events")?.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    for key in all.into_iter().filter(|k| !kept.contains(k)) {
        for table in ["participants", "event_reports"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?"))?.execute([key])?;
        }
        tx.prepare_cached("DELETE FROM events WHERE key = ?")?.execute([key])?;
    }
    for (e, json) in fresh {
        keys.insert(e.id.0.as_str(), insert(tx, e, &json)?);
    }
    Ok(keys)
}

fn insert(tx: &Transaction, e: &Event, json: &str) -> Result<i64, Error> {
    tx.prepare_cached(
        "INSERT INTO events (id, event, status, since, until, place, country, origins, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        e.id.0,
        e.event.as_str(),
        e.status.as_str(),
        e.date.as_ref().map(|d| d.from.to_string()),
        e.date.as_ref().map(|d| d.to.to_string()),
        e.place.as_ref().map(|p| &p.name),
        e.place.as_ref().and_then(|p| p.country.as_ref()),
        e.origins as i64,
        json
    ])?;
    let key = tx.last_insert_rowid();
    let mut add =
        tx.prepare_cached("INSERT INTO participants (event, side, code, sector, entity, words) VALUES (?, ?, ?, ?, ?, ?)")?;
    let acting = if e.recipients.is_empty() && e.actors.len() > 1 { "m" } else { "a" };
    for (list, side) in [(&e.actors, acting), (&e.recipients, "r")] {
        for a in list {
            add.execute(params![key, side, a.code, a.sector.map(|s| s.as_str()), a.entity, a.text])?;
        }
    }
    let mut add = tx.prepare_cached("INSERT OR IGNORE INTO event_reports (event, report) VALUES (?, ?)")?;
    for r in &e.reports {
        add.execute(params![key, r.0])?;
    }
    Ok(key)
}
