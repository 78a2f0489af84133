use crate::{Error, Store, aliases, correct, settle};
use chancery_model::{Article, Fingerprint, Kind, Note, Report, Voice};
use rusqlite::{OptionalExtension, Transaction, params, params_from_iter, types::Value};
use std::collections::BTreeSet;

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    New,
    /// It was there, with the same reports.
    Unchanged,
    /// It was there; what was read from it is now something else, and replaced.
    Replaced,
}

impl Store {
    /// Keeps an article with what was read from it, in one transaction.
    ///
    /// The same text, title and date found in several places is one article with several sources; it goes by the least of their
    /// locators, whatever the order in which they come. `sketch` is kept for finding reprints.
    ///
    /// # Errors
    /// Where the file cannot be written; it then holds what it held before.
    pub fn put(&mut self, article: &Article, reports: &[Report], notes: &[Note], sketch: &[u64]) -> Result<Put, Error> {
        let run = self.run;
        self.write(|tx| put(tx, article, reports, notes, sketch, run))
    }
}

fn put(tx: &Transaction, article: &Article, reports: &[Report], notes: &[Note], sketch: &[u64], run: i64) -> Result<Put, Error> {
    // One id is one trigger and type: the first telling stands.
    let mut seen = BTreeSet::new();
    let reports: Vec<Report> = reports.iter().filter(|r| seen.insert(&r.id)).cloned().collect();
    let reports = reports.as_slice();
    let body = Body::of(article, reports, notes, sketch)?;
    let known = tx
        .prepare_cached("SELECT key, locator, json, digest FROM articles WHERE id = ?")?
        .query_row([&article.id.0], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?, r.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((key, locator, json, digest)) = known else {
        let key = insert_article(tx, article, &body, run)?;
        insert_reports(tx, key, article, reports, &body)?;
        add_source(tx, key, article)?;
        tx.prepare_cached("INSERT INTO pending_texts (article) VALUES (?)")?.execute([key])?;
        aliases::revive(tx, reports)?;
        correct::amend(tx, &article.id)?;
        return Ok(Put::New);
    };
    add_source(tx, key, article)?;
    let renamed = article.locator <= locator && json != body.json;
    let reread = digest != body.digest;
    if renamed {
        update_article(tx, key, article, &body)?;
    }
    if reread || renamed {
        let old = delete_reports(tx, key)?;
        insert_reports(tx, key, article, reports, &body)?;
        aliases::pass_on(tx, &old, reports)?;
        sketched_anew(tx, key, &body)?;
        tx.prepare_cached("UPDATE articles SET notes = ?, sketch = ?, digest = ?, run = ? WHERE key = ?")?.execute(params![
            body.notes,
            body.sketch,
            body.digest,
            run,
            key
        ])?;
        correct::amend(tx, &article.id)?;
        return Ok(Put::Replaced);
    }
    Ok(Put::Unchanged)
}

/// Has the text compared with the others again, where it is not what it was, and with it those that it was taken to be one with.
fn sketched_anew(tx: &Transaction, key: i64, body: &Body) -> Result<(), Error> {
    let old: Vec<u8> = tx.prepare_cached("SELECT sketch FROM articles WHERE key = ?")?.query_row([key], |r| r.get(0))?;
    if old == body.sketch {
        return Ok(());
    }
    let mut forget = tx.prepare_cached("DELETE FROM lookup WHERE number = ? AND article = ?")?;
    for number in crate::read::numbers(&old) {
        forget.execute([number as i64, key])?;
    }
    tx.prepare_cached(
        "INSERT OR IGNORE INTO pending_texts SELECT ?1 UNION SELECT article FROM texts WHERE family = (SELECT family FROM texts WHERE article = ?1)",
    )?
    .execute([key])?;
    Ok(())
}

/// What is written of an article, as text.
struct Body {
    json: String,
    reports: Vec<String>,
    notes: String,
    sketch: Vec<u8>,
    digest: String,
}

impl Body {
    fn of(article: &Article, reports: &[Report], notes: &[Note], sketch: &[u64]) -> Result<Body, Error> {
        // The text has a column of its own.
        let mut value = serde_json::to_value(article)?;
        value["text"] = "".into();
        let reports = reports.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let notes = serde_json::to_string(notes)?;
        let sketch: Vec<u8> = sketch.iter().flat_map(|n| n.to_le_bytes()).collect();
        let digest = digest(&reports, &notes, &sketch);
        Ok(Body { json: value.to_string(), reports, notes, sketch, digest })
    }
}

/// What tells whether something else was read from an article.
pub(crate) fn digest(reports: &[String], notes: &str, sketch: &[u8]) -> String {
    let all = reports.iter().fold(Fingerprint::new(), |f, r| f.text(r)).text(notes);
    sketch.iter().fold(all, |f, &b| f.number(u64::from(b))).id('d').0
}

fn insert_article(tx: &Transaction, a: &Article, body: &Body, run: i64) -> Result<i64, Error> {
    tx.prepare_cached(
        "INSERT INTO articles (id, text, json, notes, sketch, digest, run, doc, locator, title, outlet, published, language, story)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params_from_iter(
        [
            a.id.0.clone().into(),
            a.text.clone().into(),
            body.json.clone().into(),
            body.notes.clone().into(),
            body.sketch.clone().into(),
            body.digest.clone().into(),
            Value::from(run),
        ]
        .into_iter()
        .chain(article_columns(a)),
    ))?;
    let key = tx.last_insert_rowid();
    index(tx, key)?;
    Ok(key)
}

fn update_article(tx: &Transaction, key: i64, a: &Article, body: &Body) -> Result<(), Error> {
    // The index must forget the words it was given, so they are handed to it before they change.
    tx.prepare_cached(
        "INSERT INTO story_index (story_index, rowid, title, story) SELECT 'delete', key, title, story FROM stories WHERE key = ?",
    )?
    .execute([key])?;
    tx.prepare_cached(
        "UPDATE articles SET doc = ?, locator = ?, title = ?, outlet = ?, published = ?, language = ?, story = ?, json = ? WHERE key = ?",
    )?
    .execute(params_from_iter(article_columns(a).into_iter().chain([body.json.clone().into(), Value::from(key)])))?;
    index(tx, key)
}

/// The columns that stand beside an article's JSON.
pub(crate) const ARTICLE: [&str; 7] = ["doc", "locator", "title", "outlet", "published", "language", "story"];

/// What they hold.
pub(crate) fn article_columns(a: &Article) -> Vec<Value> {
    let published = a.published.map(|p| p.date.to_string());
    vec![
        a.doc.clone().into(),
        a.locator.clone().into(),
        a.title.clone().into(),
        a.outlet.clone().into(),
        published.into(),
        a.language.clone().into(),
        story(a).into(),
    ]
}

fn index(tx: &Transaction, key: i64) -> Result<(), Error> {
    tx.prepare_cached("INSERT INTO story_index (rowid, title, story) SELECT key, title, story FROM stories WHERE key = ?")?
        .execute([key])?;
    Ok(())
}

/// The text with struck stretches, and characters that search uses as its own marks, as blanks of the same length.
fn story(a: &Article) -> Option<String> {
    let mark = |c: char| matches!(c, '\0' | '\u{1}' | '\u{2}');
    if a.struck.is_empty() && !a.text.contains(mark) {
        return None;
    }
    let mut out = String::with_capacity(a.text.len());
    let mut struck = a.struck.iter().peekable();
    for (i, c) in a.text.char_indices() {
        while struck.next_if(|s| s.span.end <= i).is_some() {}
        let inside = struck.peek().is_some_and(|s| s.span.contains(i));
        if mark(c) || (inside && c != '\n') {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

fn add_source(tx: &Transaction, key: i64, a: &Article) -> Result<(), Error> {
    tx.prepare_cached("INSERT OR REPLACE INTO sources (article, locator, doc) VALUES (?, ?, ?)")?
        .execute(params![key, a.locator, a.doc])?;
    Ok(())
}

/// Takes the reports of an article out; what they were merged with is to be merged anew.
fn delete_reports(tx: &Transaction, key: i64) -> Result<Vec<Report>, Error> {
    let rows: Vec<(i64, String)> = tx
        .prepare_cached("SELECT key, json FROM reports WHERE article = ? ORDER BY place")?
        .query_map([key], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut old = Vec::with_capacity(rows.len());
    for (report, json) in rows {
        settle::leave(tx, report)?;
        tx.prepare_cached(
            "INSERT OR IGNORE INTO removed SELECT r.id, coalesce(s.cluster, 0) FROM reports r LEFT JOIN standing s ON s.report = r.key
             WHERE r.key = ? AND (s.report IS NOT NULL OR EXISTS (SELECT 1 FROM event_reports er WHERE er.report = r.id))",
        )?
        .execute([report])?;
        tx.prepare_cached("DELETE FROM standing WHERE report = ?")?.execute([report])?;
        tx.prepare_cached("DELETE FROM voices WHERE report = ?")?.execute([report])?;
        tx.prepare_cached(
            "DELETE FROM pending WHERE report = ?1
             AND day = (SELECT coalesce(a.published, '') FROM reports r JOIN articles a ON a.key = r.article WHERE r.key = ?1)",
        )?
        .execute([report])?;
        old.push(serde_json::from_str(&json)?);
    }
    tx.prepare_cached("DELETE FROM reports WHERE article = ?")?.execute([key])?;
    Ok(old)
}

fn insert_reports(tx: &Transaction, key: i64, article: &Article, reports: &[Report], body: &Body) -> Result<(), Error> {
    let mut add = tx.prepare_cached(
        "INSERT OR IGNORE INTO reports (id, article, place, kind, start, stop, json) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut say = tx.prepare_cached("INSERT INTO voices (report, code, sector, entity, words) VALUES (?, ?, ?, ?, ?)")?;
    let mut wait = tx.prepare_cached("INSERT OR IGNORE INTO pending (day, report) VALUES (?, ?)")?;
    for (n, (r, json)) in reports.iter().zip(&body.reports).enumerate() {
        let [kind, start, stop] = report_columns(r);
        if add.execute(params![r.id.0, key, n as i64, kind, start, stop, json])? == 0 {
            continue;
        }
        let report = tx.last_insert_rowid();
        if r.kind == Kind::Event {
            wait.execute(params![article.published.map(|p| p.date.to_string()).unwrap_or_default(), report])?;
        }
        for [code, sector, entity, words] in voices(article, r) {
            say.execute(params![report, code, sector, entity, words])?;
        }
    }
    Ok(())
}

/// The columns that stand beside a report's JSON.
pub(crate) const REPORT: [&str; 3] = ["kind", "start", "stop"];

/// What they hold.
pub(crate) fn report_columns(r: &Report) -> [Value; 3] {
    let kind = if r.kind == Kind::Event { "event" } else { "statement" };
    [kind.to_owned().into(), (r.sentence.start as i64).into(), (r.sentence.end as i64).into()]
}

/// The voices that tell a report: code, sector, entity and words of each. The outlet is the last of every chain.
pub(crate) fn voices(article: &Article, r: &Report) -> Vec<[Value; 4]> {
    let voice = |v: &Voice| {
        let sector = v.sector.map(|s| s.to_string());
        [v.code.clone().into(), sector.into(), v.entity.clone().into(), v.text.clone().into()]
    };
    let outlet = article.outlet.clone().map(|o| [Value::Null, Value::Null, o.clone().into(), o.into()]);
    r.attribution.iter().map(voice).chain(outlet).collect()
}
