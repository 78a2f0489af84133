use crate::{Aim, Change, Correction, Error, Store, Target, overlay, settle::SaidOfEvents};
use chancery_model::{Byte, Id, Report, Span};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

impl Store {
    /// Adds a correction and gives it its number. What it is about is read as corrected from here on; events are to be derived anew.
    ///
    /// `at` is told by the caller: the store reads no clock.
    ///
    /// # Errors
    /// Where the file cannot be written; it then holds what it held before.
    pub fn correct(&mut self, at: &str, author: &str, reason: &str, change: &Change, targets: &[Target]) -> Result<i64, Error> {
        self.write(|tx| {
            let n: i64 = tx.query_row("SELECT coalesce(max(n), 0) + 1 FROM corrections", [], |r| r.get(0))?;
            tx.prepare_cached("INSERT INTO corrections (n, at, author, reason, json) VALUES (?, ?, ?, ?, ?)")?.execute(params![
                n,
                at,
                author,
                reason,
                serde_json::to_string(change)?
            ])?;
            let from = if let Change::Split { from } = change { from.as_slice() } else { &[] };
            let all: Vec<&Target> = targets.iter().chain(from).collect();
            let mut add = tx.prepare_cached("INSERT INTO targets (correction, place, article, json, now) VALUES (?, ?, ?, ?, ?)")?;
            for (place, target) in all.iter().enumerate() {
                let now: Option<String> = tx
                    .prepare_cached("SELECT id FROM reports WHERE id = ?")?
                    .query_row([&target.report.0], |r| r.get(0))
                    .optional()?;
                add.execute(params![n, place as i64, target.article.0, serde_json::to_string(target)?, now])?;
            }
            // Undoing touches what the undone one was about.
            let touched = if let Change::Undo { number } = change { concerned(tx, *number)? } else { all.into_iter().cloned().collect() };
            for target in &touched {
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO pending SELECT coalesce(a.published, ''), r.key FROM targets t JOIN reports r ON r.id = t.now
                     JOIN articles a ON a.key = r.article WHERE t.article = ?1 AND t.now IS NOT NULL AND r.kind = 'event'",
                )?
                .execute([&target.article.0])?;
            }
            let mut articles: Vec<&Id> = touched.iter().map(|t| &t.article).collect();
            articles.sort();
            articles.dedup();
            articles.into_iter().try_for_each(|a| amend(tx, a))?;
            Ok(n)
        })
    }

    /// All corrections in the order in which they were made, those undone among them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        self.read(corrections)
    }

    /// The corrections that hold and concern a report, be it by its words or by those of another page that prints the same sentence; in their order.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn corrections_of(&self, report: &Id) -> Result<Vec<Correction>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT a.id FROM reports r JOIN articles a ON a.key = r.article WHERE r.id = ?")?;
            let Some(article) = s.query_row([&report.0], |r| r.get(0)).optional()?.map(Id) else { return Ok(Vec::new()) };
            let of = active(conn, &article, &readings(conn, &article)?)?.into_iter();
            Ok(of.filter(|(_, aim)| aim.now.as_ref() == Some(report)).map(|(c, _)| c).collect())
        })
    }

    /// A report as it was read, whatever has been said of it since; and whether a person says that it is no event.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn as_read(&self, report: &Id) -> Result<Option<(Report, bool)>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT json, dropped FROM reports WHERE id = ?")?;
            let row = s.query_row([&report.0], |r| Ok((r.get::<_, String>(0)?, r.get::<_, bool>(1)?))).optional()?;
            row.map(|(json, dropped)| Ok((serde_json::from_str(&json)?, dropped))).transpose()
        })
    }
}

fn concerned(conn: &Connection, number: i64) -> Result<Vec<Target>, Error> {
    let mut s = conn.prepare_cached("SELECT json FROM targets WHERE correction = ? ORDER BY place")?;
    let rows = s.query_map([number], |r| r.get::<_, String>(0))?;
    rows.map(|r| Ok(serde_json::from_str(&r?)?)).collect()
}

pub(crate) fn corrections(conn: &Connection) -> Result<Vec<Correction>, Error> {
    let mut aims: BTreeMap<i64, Vec<Aim>> = BTreeMap::new();
    let mut s = conn.prepare_cached("SELECT correction, json, now FROM targets ORDER BY correction, place")?;
    let rows = s.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?)))?;
    for row in rows {
        let (n, json, now) = row?;
        aims.entry(n).or_default().push(Aim { target: serde_json::from_str(&json)?, now: now.map(Id) });
    }
    let mut s = conn.prepare_cached("SELECT n, at, author, reason, json FROM corrections ORDER BY n")?;
    let rows = s.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get::<_, String>(4)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (number, at, author, reason, json) = row?;
        let targets = aims.remove(&number).unwrap_or_default();
        out.push(Correction { number, at, author, reason, change: serde_json::from_str(&json)?, targets, undone: None });
    }
    // From the last to the first: an undoing that is itself undone has no bearing.
    for at in (0..out.len()).rev() {
        if let (Change::Undo { number }, None) = (&out[at].change, out[at].undone) {
            let (number, by) = (*number, out[at].number);
            if let Some(c) = out[..at].iter_mut().find(|c| c.number == number) {
                c.undone.get_or_insert(by);
            }
        }
    }
    Ok(out)
}

/// Finds anew what the corrections of an article are about, and writes its reports and those of the pages that print its text as corrected; what
/// thereby changes is to be merged anew.
pub(crate) fn amend(tx: &Transaction, article: &Id) -> Result<(), Error> {
    if !tx.prepare_cached("SELECT 1 FROM targets WHERE article = ? LIMIT 1")?.exists([&article.0])? {
        return amend_one(tx, article);
    }
    aim(tx, article, &readings(tx, article)?)?;
    amend_one(tx, article)?;
    others(tx, article)?.iter().try_for_each(|other| amend_one(tx, other))
}

/// Writes the reports of an article as corrected.
pub(crate) fn amend_one(tx: &Transaction, article: &Id) -> Result<(), Error> {
    // Most records hold no corrections.
    if !tx.prepare_cached("SELECT 1 FROM targets LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let rows: Vec<(i64, String, Option<String>, bool, String)> = tx
        .prepare_cached(
            "SELECT r.key, r.json, r.corrected, r.dropped, coalesce(a.published, '') FROM articles a JOIN reports r ON r.article = a.key
             WHERE a.id = ? ORDER BY r.place",
        )?
        .query_map([&article.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<Result<_, _>>()?;
    let read: Vec<Report> = rows.iter().map(|r| serde_json::from_str(&r.1)).collect::<Result<_, _>>()?;
    let amended = overlay::amended(&read, &active(tx, article, &read)?);
    for ((key, json, corrected, dropped, day), now) in rows.iter().zip(&amended) {
        let text = now.as_ref().map(serde_json::to_string).transpose()?.filter(|t| t != json);
        if *dropped != now.is_none() || *corrected != text {
            tx.prepare_cached("UPDATE reports SET corrected = ?, dropped = ? WHERE key = ?")?.execute(params![
                text,
                now.is_none(),
                key
            ])?;
            tx.prepare_cached("INSERT OR IGNORE INTO pending SELECT ?, key FROM reports WHERE key = ? AND kind = 'event'")?
                .execute(params![day, key])?;
        }
    }
    Ok(())
}

/// The other articles that print the text of one.
pub(crate) fn others(conn: &Connection, article: &Id) -> Result<Vec<Id>, Error> {
    let mut s = conn.prepare_cached(
        "SELECT o.id FROM articles a JOIN texts t ON t.article = a.key JOIN texts u ON u.family = t.family AND u.origin = t.origin
         JOIN articles o ON o.key = u.article WHERE a.id = ?1 AND o.id <> ?1 ORDER BY o.id",
    )?;
    Ok(s.query_map([&article.0], |r| Ok(Id(r.get(0)?)))?.collect::<Result<_, _>>()?)
}

/// The corrections that hold and concern an article, of which `read` are the reports, in their order, each with what it is about there; those of a
/// page that prints the same text, too, where the sentence is the same. What is said of which reports tell one event stays with those.
pub(crate) fn active(conn: &Connection, article: &Id, read: &[Report]) -> Result<Vec<(Correction, Aim)>, Error> {
    let mut targeted = conn.prepare_cached("SELECT 1 FROM targets WHERE article = ? LIMIT 1")?;
    let mut of_others = Vec::new();
    for other in others(conn, article)? {
        if targeted.exists([&other.0])? {
            of_others.push(Sentences::of(conn, &other, &readings(conn, &other)?)?);
        }
    }
    if of_others.is_empty() && !targeted.exists([&article.0])? {
        return Ok(Vec::new());
    }
    let sentences = Sentences::of(conn, article, read)?;
    let mut out: Vec<(Correction, Aim)> = Vec::new();
    for c in corrections(conn)?.into_iter().filter(|c| c.undone.is_none()) {
        let mut aims: Vec<Aim> = c.targets.iter().filter(|t| t.target.article == *article).cloned().collect();
        let of_reading = !matches!(c.change, Change::Merge | Change::Split { .. } | Change::Undo { .. });
        for aim in c.targets.iter().filter(|_| of_reading) {
            let Some(other) = of_others.iter().find(|s| s.article == aim.target.article) else { continue };
            let Some((sentence, copy)) = aim.now.as_ref().and_then(|now| other.copy(now, &sentences)) else { continue };
            let target = overlay::copied(&aim.target, sentence, article, copy);
            let now = overlay::found(&target, read).cloned();
            // What is said of the copy itself goes before.
            if now.is_some() && !aims.iter().any(|a| a.now == now) {
                aims.push(Aim { target, now });
            }
        }
        out.extend(aims.into_iter().map(|aim| (c.clone(), aim)));
    }
    Ok(out)
}

/// The reports of an article as they were read.
pub(crate) fn readings(conn: &Connection, article: &Id) -> Result<Vec<Report>, Error> {
    let mut s =
        conn.prepare_cached("SELECT r.json FROM articles a JOIN reports r ON r.article = a.key WHERE a.id = ? ORDER BY r.place")?;
    let rows = s.query_map([&article.0], |r| r.get::<_, String>(0))?;
    rows.map(|r| Ok(serde_json::from_str(&r?)?)).collect()
}

/// The sentences in which an article tells something.
struct Sentences {
    article: Id,
    /// Report, place of its sentence, and the words there.
    told: Vec<(Id, Span<Byte>, Vec<String>)>,
}

impl Sentences {
    fn of(conn: &Connection, article: &Id, read: &[Report]) -> Result<Sentences, Error> {
        let mut s = conn.prepare_cached("SELECT text FROM articles WHERE id = ?")?;
        let text: String = s.query_row([&article.0], |r| r.get(0))?;
        let words = |r: &Report| text.get(r.sentence.range()).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        Ok(Sentences { article: article.clone(), told: read.iter().map(|r| (r.id.clone(), r.sentence, words(r))).collect() })
    }

    /// Where the sentence of a report stands here and in another article that has it word by word.
    fn copy(&self, report: &Id, other: &Sentences) -> Option<(Span<Byte>, Span<Byte>)> {
        let (_, sentence, words) = self.told.iter().find(|t| t.0 == *report)?;
        other.told.iter().find(|t| t.2 == *words).map(|t| (*sentence, t.1))
    }
}

fn aim(tx: &Transaction, article: &Id, read: &[Report]) -> Result<(), Error> {
    let mut s = tx.prepare_cached("SELECT correction, place, json, now FROM targets WHERE article = ?")?;
    let rows = s.query_map([&article.0], |r| {
        Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, String>(2)?, r.get::<_, Option<String>>(3)?))
    })?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        let (correction, place, json, was) = row;
        let target: Target = serde_json::from_str(&json)?;
        let now = overlay::found(&target, read).map(|id| id.0.clone());
        if now != was {
            tx.prepare_cached("UPDATE targets SET now = ? WHERE correction = ? AND place = ?")?
                .execute(params![now, correction, place])?;
        }
    }
    Ok(())
}

/// What people say about which reports tell one event: pairs that do, with the words that say so, and pairs that do not.
pub(crate) fn by_hand(conn: &Connection) -> Result<SaidOfEvents, Error> {
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for c in corrections(conn)?.into_iter().filter(|c| c.undone.is_none()) {
        match &c.change {
            Change::Merge => {
                let there: Vec<&Id> = c.targets.iter().filter_map(|t| t.now.as_ref()).collect();
                let why = format!("correction {} by {}: they tell one event; {}", c.number, c.author, c.reason);
                together.extend(there.windows(2).map(|w| (w[0].clone(), w[1].clone(), why.clone())));
            }
            Change::Split { from } => {
                let (these, those) = c.targets.split_at(c.targets.len().saturating_sub(from.len()));
                for (a, b) in these.iter().flat_map(|a| those.iter().map(move |b| (&a.now, &b.now))) {
                    apart.extend(a.clone().zip(b.clone()));
                }
            }
            _ => {}
        }
    }
    Ok((together, apart))
}
