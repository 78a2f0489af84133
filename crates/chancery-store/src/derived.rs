use crate::{Error, Filter, Settled, Store, Tie, aliases, read::day};
use chancery_model::{ActorRef, Claim, DateRange, Event, Id, Kind, Report};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter, types::Value};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
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
        let speaks_and_passes = |t: &crate::Telling| {
            let r = &t.report;
            let day = r.date.as_ref().map(|d| (d.from, d.to)).or(t.published.map(|p| (p, p)));
            let mut sought = filter.actors.iter().chain(&filter.from).chain(&filter.said_by);
            filter.since.is_none_or(|s| day.is_some_and(|d| d.1 >= s))
                && filter.until.is_none_or(|u| day.is_some_and(|d| d.0 <= u))
                && sought.all(|who| speaks(who, r))
        };
        let mut found = self.told(Some(Kind::Statement), filter.article.as_ref())?;
        found.retain(speaks_and_passes);
        found.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(found.into_iter().map(|t| t.report).collect())
    }

    /// What passed between two codes, by first day (undated last) and event id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn ties(&self, a: &str, b: &str) -> Result<Vec<Tie>, Error> {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        self.read(|conn| {
            let mut s = conn.prepare_cached(
                "SELECT e.id, d.way, d.kind, d.status, d.day, d.weight, d.score, d.reports, d.origins, d.goldstein FROM dyads d JOIN events e ON e.key = d.event
                 WHERE d.a = ? AND d.b = ? ORDER BY d.day IS NULL, d.day, e.id, d.way",
            )?;
            let rows = s.query_map([a, b], |r| {
                let way: i64 = r.get(1)?;
                let (from, to) = if way < 0 { (b, a) } else { (a, b) };
                Ok(Tie {
                    event: chancery_model::Id(r.get(0)?),
                    from: from.to_owned(),
                    to: to.to_owned(),
                    directed: way != 0,
                    kind: r.get(2)?,
                    status: r.get(3)?,
                    day: day(r, 4)?,
                    weight: r.get(5)?,
                    score: r.get(6)?,
                    goldstein: r.get(9)?,
                    reports: usize::try_from(r.get::<_, i64>(7)?).unwrap_or(0),
                    origins: usize::try_from(r.get::<_, i64>(8)?).unwrap_or(0),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The events that are something else between pairs than the given ties, which are all that there should be.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn other_ties(&self, expected: &[Tie]) -> Result<BTreeSet<Id>, Error> {
        let mut left: BTreeMap<&str, Vec<Vec<Value>>> = BTreeMap::new();
        for t in expected {
            left.entry(&t.event.0).or_default().push(tie_columns(t));
        }
        self.read(|conn| {
            let mut other = BTreeSet::new();
            let mut s = conn.prepare(&format!(
                "SELECT e.id, {} FROM dyads d JOIN events e ON e.key = d.event",
                TIE.split(", ").map(|c| format!("d.{c}")).collect::<Vec<_>>().join(", ")
            ))?;
            let mut rows = s.query([])?;
            while let Some(row) = rows.next()? {
                let event: String = row.get(0)?;
                let found = (1..12).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>()?;
                let ties = left.get_mut(event.as_str());
                match ties.and_then(|t| t.iter().position(|t| *t == found).map(|at| t.swap_remove(at))) {
                    Some(_) => {}
                    None => _ = other.insert(Id(event)),
                }
            }
            other.extend(left.into_iter().filter(|(_, ties)| !ties.is_empty()).map(|(id, _)| Id(id.to_owned())));
            Ok(other)
        })
    }

    fn listed<T: serde::de::DeserializeOwned>(
        &self,
        sql: &str,
        values: Vec<rusqlite::types::Value>,
        limit: Option<usize>,
    ) -> Result<Vec<T>, Error> {
        // Told beforehand, so that not everything is put in order for the sake of the first few.
        let sql = limit.map_or_else(|| sql.to_owned(), |n| format!("{sql} LIMIT {}", i64::try_from(n).unwrap_or(i64::MAX)));
        self.read(|conn| {
            let mut s = conn.prepare(&sql)?;
            let rows = s.query_map(params_from_iter(values), |r| r.get::<_, String>(0))?;
            rows.map(|r| Ok(serde_json::from_str(&r?)?)).collect()
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

/// Puts events in the place of those that the same reports told before.
pub(crate) fn replace(tx: &Transaction, settled: &[Settled], bereft: &[i64]) -> Result<(), Error> {
    let mut old: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for s in settled {
        for key in s.members.iter().chain(&s.dropped) {
            let mut of = tx.prepare_cached(
                "SELECT e.id, e.key, e.json FROM reports r JOIN event_reports er ON er.report = r.id JOIN events e ON e.key = er.event WHERE r.key = ?",
            )?;
            let rows = of.query_map([key], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
            old.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
    }
    for cluster in bereft {
        let mut of = tx.prepare_cached(
            "SELECT e.id, e.key, e.json FROM removed d JOIN event_reports er ON er.report = d.report JOIN events e ON e.key = er.event
             WHERE d.cluster = ?",
        )?;
        old.extend(of.query_map([cluster], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?.collect::<Result<Vec<_>, _>>()?);
        tx.prepare_cached("DELETE FROM removed WHERE cluster = ?")?.execute([cluster])?;
    }
    let mut fresh: Vec<(&Event, String)> = Vec::new();
    let mut keys: BTreeMap<&str, i64> = BTreeMap::new();
    for e in settled.iter().flat_map(|s| &s.events) {
        let json = serde_json::to_string(e)?;
        match old.get(&e.id.0) {
            Some((key, same)) if *same == json => {
                keys.insert(&e.id.0, *key);
            }
            _ => fresh.push((e, json)),
        }
    }
    let here: BTreeSet<&str> = settled.iter().flat_map(|s| s.events.iter().map(|e| e.id.0.as_str())).collect();
    for (id, (key, _)) in &old {
        for table in ["claims", "dyads"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?"))?.execute([key])?;
        }
        if keys.contains_key(id.as_str()) {
            continue;
        }
        for table in ["participants", "event_reports"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?"))?.execute([key])?;
        }
        tx.prepare_cached("DELETE FROM events WHERE key = ?")?.execute([key])?;
        if !here.contains(id.as_str()) {
            aliases::retire(tx, id)?;
        }
    }
    for (e, json) in fresh {
        keys.insert(&e.id.0, insert(tx, e, &json)?);
    }
    for s in settled {
        hang(tx, s, &keys)?;
    }
    Ok(())
}

/// Writes what hangs on events: claims, and what they are between pairs.
fn hang(tx: &Transaction, s: &Settled, keys: &BTreeMap<&str, i64>) -> Result<(), Error> {
    let mut add = tx.prepare_cached("INSERT INTO claims (id, event, contested, json) VALUES (?, ?, ?, ?)")?;
    for c in &s.claims {
        if let Some(key) = keys.get(c.event.0.as_str()) {
            add.execute(params![c.id.0, key, c.contested, serde_json::to_string(c)?])?;
        }
    }
    let mut add = tx.prepare_cached(&format!("INSERT INTO dyads (event, {TIE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))?;
    for t in &s.ties {
        let Some(key) = keys.get(t.event.0.as_str()) else { continue };
        add.execute(params_from_iter(std::iter::once(Value::from(*key)).chain(tie_columns(t))))?;
    }
    Ok(())
}

/// The columns of what an event is between two, beside the event itself.
const TIE: &str = "a, b, day, way, kind, status, weight, score, goldstein, reports, origins";

/// What they hold.
fn tie_columns(t: &Tie) -> Vec<Value> {
    let (a, b, way) = match (t.directed, t.from <= t.to) {
        (false, true) => (&t.from, &t.to, 0i64),
        (false, false) => (&t.to, &t.from, 0),
        (true, true) => (&t.from, &t.to, 1),
        (true, false) => (&t.to, &t.from, -1),
    };
    vec![
        a.clone().into(),
        b.clone().into(),
        t.day.map(|d| d.to_string()).into(),
        way.into(),
        t.kind.clone().into(),
        t.status.clone().into(),
        t.weight.into(),
        t.score.into(),
        t.goldstein.into(),
        (t.reports as i64).into(),
        (t.origins as i64).into(),
    ]
}

fn insert(tx: &Transaction, e: &Event, json: &str) -> Result<i64, Error> {
    tx.prepare_cached(
        "INSERT INTO events (json, id, event, status, since, until, place, country, origins) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params_from_iter(std::iter::once(Value::from(json.to_owned())).chain(event_columns(e))))?;
    let key = tx.last_insert_rowid();
    let mut add =
        tx.prepare_cached("INSERT INTO participants (event, side, code, sector, entity, words) VALUES (?, ?, ?, ?, ?, ?)")?;
    for [side, code, sector, entity, words] in participants(e) {
        add.execute(params![key, side, code, sector, entity, words])?;
    }
    let mut add = tx.prepare_cached("INSERT OR IGNORE INTO event_reports (event, report) VALUES (?, ?)")?;
    for r in &e.reports {
        add.execute(params![key, r.0])?;
    }
    Ok(key)
}

/// The columns that stand beside an event's JSON.
pub(crate) const EVENT: [&str; 8] = ["id", "event", "status", "since", "until", "place", "country", "origins"];

/// What they hold.
pub(crate) fn event_columns(e: &Event) -> Vec<Value> {
    let day = |of: fn(&DateRange) -> Date| e.date.as_ref().map(|d| of(d).to_string());
    vec![
        e.id.0.clone().into(),
        e.event.to_string().into(),
        e.status.to_string().into(),
        day(|d| d.from).into(),
        day(|d| d.to).into(),
        e.place.as_ref().map(|p| p.name.clone()).into(),
        e.place.as_ref().and_then(|p| p.country.clone()).into(),
        (e.origins as i64).into(),
    ]
}

/// Who takes part in an event: side, code, sector, entity and words of each.
pub(crate) fn participants(e: &Event) -> Vec<[Value; 5]> {
    let acting = if e.recipients.is_empty() && e.actors.len() > 1 { "m" } else { "a" };
    let sides = [(&e.actors, acting), (&e.recipients, "r")];
    let part = |side: &str, a: &ActorRef| {
        let sector = a.sector.map(|s| s.to_string());
        [side.to_owned().into(), a.code.clone().into(), sector.into(), a.entity.clone().into(), a.text.clone().into()]
    };
    sides.iter().flat_map(|(list, side)| list.iter().map(|a| part(side, a))).collect()
}
