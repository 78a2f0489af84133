//! Whether the columns and rows that exist to be searched say what the JSON beside them says.

use crate::{
    Error,
    derived::{EVENT, event_columns, participants},
    put::{ARTICLE, REPORT, article_columns, digest, report_columns, voices},
    read::whole,
};
use chancery_model::{Article, Claim, Event, Report};
use rusqlite::{Connection, Row, types::Value};
use std::collections::BTreeSet;

/// Articles with their reports and voices.
pub(crate) fn articles(conn: &Connection, wrong: &mut Vec<String>) -> Result<(), Error> {
    let columns = ARTICLE.join(", ");
    let mut s =
        conn.prepare(&format!("SELECT key, id, json, text, notes, sketch, digest, {columns} FROM articles ORDER BY id"))?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let a = whole((row.get(2)?, row.get(3)?))?;
        let name = format!("article {}", row.get::<_, String>(1)?);
        if a.id.0 != row.get::<_, String>(1)? {
            wrong.push(format!("{name}: was read under another id"));
        }
        if a.id != Article::id_of(&a.text, a.title.as_deref(), a.published.map(|p| p.date)) {
            wrong.push(format!("{name}: its text, title or day is not what its id was made of"));
        }
        differing(&name, &ARTICLE, row, 7, &article_columns(&a), wrong)?;
        let read = reports(conn, row.get(0)?, &a, wrong)?;
        if digest(&read, &row.get::<_, String>(4)?, &row.get::<_, Vec<u8>>(5)?) != row.get::<_, String>(6)? {
            wrong.push(format!("{name}: its reports, notes or sketch are not what its digest was made of"));
        }
    }
    let strays = "SELECT id FROM articles a WHERE NOT EXISTS
        (SELECT 1 FROM sources s WHERE s.article = a.key AND s.locator = a.locator AND s.doc = a.doc)";
    listed(conn, strays, |id| format!("article {id}: is not among the sources"), wrong)
}

/// The reports of an article, as JSON.
fn reports(conn: &Connection, article: i64, a: &Article, wrong: &mut Vec<String>) -> Result<Vec<String>, Error> {
    let columns = REPORT.join(", ");
    let mut s = conn.prepare_cached(&format!("SELECT key, id, json, {columns} FROM reports WHERE article = ? ORDER BY place"))?;
    let mut said = conn.prepare_cached("SELECT code, sector, entity, words FROM voices WHERE report = ? ORDER BY rowid")?;
    let mut rows = s.query([article])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, json): (String, String) = (row.get(1)?, row.get(2)?);
        let r: Report = serde_json::from_str(&json)?;
        let name = format!("report {id}");
        if r.id.0 != id {
            wrong.push(format!("{name}: was read under another id"));
        }
        differing(&name, &REPORT, row, 3, &report_columns(&r), wrong)?;
        if rows_of(&mut said, row.get(0)?)? != voices(a, &r) {
            wrong.push(format!("{name}: the voices to search by are not those that were read"));
        }
        out.push(json);
    }
    Ok(out)
}

/// Events with their participants and reports, and claims.
pub(crate) fn events(conn: &Connection, wrong: &mut Vec<String>) -> Result<(), Error> {
    let mut s = conn.prepare(&format!("SELECT key, id, json, {} FROM events ORDER BY id", EVENT.join(", ")))?;
    let mut part = conn.prepare("SELECT side, code, sector, entity, words FROM participants WHERE event = ? ORDER BY rowid")?;
    let mut told = conn.prepare_cached("SELECT report FROM event_reports WHERE event = ?")?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let (key, id, json): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let e: Event = serde_json::from_str(&json)?;
        let name = format!("event {id}");
        differing(&name, &EVENT, row, 3, &event_columns(&e), wrong)?;
        if rows_of(&mut part, key)? != participants(&e) {
            wrong.push(format!("{name}: the participants to search by are not its own"));
        }
        let found = told.query_map([key], |r| r.get(0))?.collect::<Result<BTreeSet<String>, _>>()?;
        if found != e.reports.iter().map(|r| r.0.clone()).collect() {
            wrong.push(format!("{name}: the reports kept under it are not its own"));
        }
    }
    let mut s =
        conn.prepare("SELECT c.id, e.id, c.contested, c.json FROM claims c JOIN events e ON e.key = c.event ORDER BY c.id")?;
    let mut rows = s.query([])?;
    while let Some(row) = rows.next()? {
        let c: Claim = serde_json::from_str(&row.get::<_, String>(3)?)?;
        let expected = [c.id.0.into(), c.event.0.into(), Value::from(c.contested)];
        differing(&format!("claim {}", row.get::<_, String>(0)?), &["id", "event", "contested"], row, 0, &expected, wrong)?;
    }
    Ok(())
}

/// The articles that share their text with others.
pub(crate) fn texts(conn: &Connection, wrong: &mut Vec<String>) -> Result<(), Error> {
    let families = "SELECT a.id FROM texts t JOIN articles a ON a.key = t.article
        WHERE t.family <> (SELECT min(u.article) FROM texts u WHERE u.family = t.family) ORDER BY a.id";
    listed(conn, families, |id| format!("article {id}: its text is counted among those of no family"), wrong)
}

/// A line for each id that a query gives.
fn listed(conn: &Connection, sql: &str, line: impl Fn(&str) -> String, wrong: &mut Vec<String>) -> Result<(), Error> {
    let mut s = conn.prepare(sql)?;
    for id in s.query_map([], |r| r.get::<_, String>(0))? {
        wrong.push(line(&id?));
    }
    Ok(())
}

/// Tells which of the columns from `first` on do not say what they should.
fn differing(
    of: &str,
    names: &[&str],
    row: &Row,
    first: usize,
    expected: &[Value],
    wrong: &mut Vec<String>,
) -> Result<(), Error> {
    for (n, (name, expected)) in names.iter().zip(expected).enumerate() {
        if row.get::<_, Value>(first + n)? != *expected {
            wrong.push(format!("{of}: `{name}` to search by is not its own"));
        }
    }
    Ok(())
}

fn rows_of<const N: usize>(s: &mut rusqlite::Statement, key: i64) -> Result<Vec<[Value; N]>, Error> {
    let row = |r: &Row| {
        let mut out = [const { Value::Null }; N];
        out.iter_mut().enumerate().try_for_each(|(n, v)| r.get(n).map(|found| *v = found))?;
        Ok(out)
    };
    Ok(s.query_map([key], row)?.collect::<Result<_, _>>()?)
}
