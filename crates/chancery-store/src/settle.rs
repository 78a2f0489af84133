//! Reports on their way to events, piece by piece: what waits, what stands near it, and what came of it.

use crate::{
    Error, Store, Telling,
    correct::{amend_one, by_hand},
    derived,
    read::{TELLING, Told},
};
use chancery_model::{Claim, Event, Id};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// A report of an event, as merging takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its number in this record; of no meaning elsewhere.
    pub key: i64,
    /// The reports with which it was merged in one go; 0 where it was not yet.
    pub cluster: i64,
    /// Whether a person says that it is no event.
    pub dropped: bool,
    /// The report as corrected, with what merging needs beside it.
    pub telling: Telling,
    /// The article whose text its article has.
    pub origin: Id,
}

/// The place of a report among the others: block, kind of day, day.
pub type Stand = (u64, u8, i32);

/// One event between a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The event.
    pub event: Id,
    /// Who acts; for what is not directed, the lesser of the two.
    pub from: String,
    /// Who is acted on.
    pub to: String,
    /// False where both act.
    pub directed: bool,
    /// Its type.
    pub kind: String,
    /// Its status.
    pub status: String,
    /// Its first day.
    pub day: Option<Date>,
    /// 1, or its share among many who all act.
    pub weight: f64,
    /// Its score, not weighted.
    pub score: f64,
    /// Its Goldstein value, not weighted.
    pub goldstein: f64,
    /// Its reports.
    pub reports: usize,
    /// Independent origins among them.
    pub origins: usize,
}

/// What became of reports that were merged in one go.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// All of them, those that are no event left out.
    pub members: Vec<i64>,
    /// Where those of them stand that did not stand there before.
    pub stands: Vec<(i64, Vec<Stand>)>,
    /// Those that are no event (any more).
    pub dropped: Vec<i64>,
    /// The events they tell.
    pub events: Vec<Event>,
    /// The claims about these.
    pub claims: Vec<Claim>,
    /// What they are between pairs of codes.
    pub ties: Vec<Tie>,
}

/// Pairs of reports that people say tell one event, with the words that say so, and pairs that they say do not.
pub type SaidOfEvents = (Vec<(Id, Id, String)>, Vec<(Id, Id)>);

/// An article's text among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its number in this record.
    pub key: i64,
    /// The article.
    pub article: Id,
    /// Its sketch.
    pub sketch: Vec<u64>,
    /// The articles with which its text was compared in one go; 0 where it is alone.
    pub family: i64,
    /// The article whose text it is.
    pub origin: Id,
}

/// The columns of a [`Kept`], with their tables.
fn kept_columns() -> String {
    format!(
        "SELECT r.key, coalesce(s.cluster, 0), r.dropped, coalesce(t.origin, a.id), {TELLING}
         FROM reports r JOIN articles a ON a.key = r.article LEFT JOIN standing s ON s.report = r.key LEFT JOIN texts t ON t.article = a.key"
    )
}

const TEXT: &str = "SELECT a.key, a.id, a.sketch, coalesce(t.family, 0), coalesce(t.origin, a.id)
    FROM articles a LEFT JOIN texts t ON t.article = a.key";

impl Store {
    /// Whether the events are those of the reports now kept, merged by these rules; false after a run that was killed before it came to them.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_current(&self, rules: u32) -> Result<bool, Error> {
        self.read(|conn| current(conn, rules))
    }

    /// Has everything merged anew where it was merged by other rules.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn go_by(&mut self, rules: u32) -> Result<(), Error> {
        self.write(|tx| {
            let now: i64 = tx.query_row("SELECT value FROM state WHERE name = 'merging'", [], |r| r.get(0))?;
            if now != i64::from(rules) {
                tx.execute_batch(
                    "DELETE FROM standing; DELETE FROM blocks; DELETE FROM texts; DELETE FROM lookup; DELETE FROM pending;
                     DELETE FROM pending_texts;
                     INSERT INTO pending SELECT coalesce(a.published, ''), r.key FROM reports r JOIN articles a ON a.key = r.article
                       WHERE r.kind = 'event';
                     INSERT INTO pending_texts SELECT key FROM articles;",
                )?;
                tx.execute("UPDATE state SET value = ? WHERE name = 'merging'", [rules])?;
            }
            Ok(())
        })
    }

    /// At most `limit` of the reports that wait to be merged, those of the earliest articles first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pending(&self, limit: usize) -> Result<Vec<Kept>, Error> {
        // The report is looked up by the pending one, not the other way round.
        let sql = kept_columns().replace("FROM reports r JOIN", "FROM pending p CROSS JOIN reports r ON r.key = p.report JOIN");
        let sql = format!("{sql} ORDER BY p.day, p.report LIMIT ?");
        self.read(|conn| {
            let mut s = conn.prepare_cached(&sql)?;
            s.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], kept)?.map(|r| Raw::whole(r?)).collect()
        })
    }

    /// Reports by their keys; what is not there (any more) is left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn kept(&self, keys: &[i64]) -> Result<Vec<Kept>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached(&format!("{} WHERE r.key = ?", kept_columns()))?;
            let mut out = Vec::with_capacity(keys.len());
            for key in keys {
                if let Some(raw) = s.query_row([key], kept).optional()? {
                    out.push(raw.whole()?);
                }
            }
            Ok(out)
        })
    }

    /// The keys of reports by their ids; what is not there is left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn keys_of<'a>(&self, reports: impl IntoIterator<Item = &'a Id>) -> Result<Vec<i64>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT key FROM reports WHERE id = ? AND kind = 'event'")?;
            let mut out = Vec::new();
            for id in reports {
                out.extend(s.query_row([&id.0], |r| r.get::<_, i64>(0)).optional()?);
            }
            Ok(out)
        })
    }

    /// The keys of reports that stand in a block with such a kind of day, on such days.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn standing(&self, block: u64, kind: u8, days: &RangeInclusive<i32>, out: &mut Vec<i64>) -> Result<(), Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT report FROM blocks WHERE block = ? AND kind = ? AND day BETWEEN ? AND ?")?;
            for key in s.query_map(params![block as i64, kind, days.start(), days.end()], |r| r.get(0))? {
                out.push(key?);
            }
            Ok(())
        })
    }

    /// The keys of all reports that stand in a block, with the kinds of their days; `None` where there are more than `most`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn block(&self, block: u64, most: usize) -> Result<Option<Vec<(i64, u8)>>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT report, kind FROM blocks WHERE block = ? LIMIT ?")?;
            let rows = s.query_map(params![block as i64, most as i64 + 1], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let all: Vec<(i64, u8)> = rows.collect::<Result<_, _>>()?;
            Ok((all.len() <= most).then_some(all))
        })
    }

    /// The keys of the reports that were merged in one go.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn cluster(&self, cluster: i64) -> Result<Vec<i64>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT report FROM standing WHERE cluster = ? ORDER BY report")?;
            Ok(s.query_map([cluster], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// The clusters that have lost a report, and how many have lost one without being part of any.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn bereft(&self) -> Result<Vec<i64>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT DISTINCT cluster FROM removed ORDER BY cluster")?;
            Ok(s.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// What people say about which reports tell one event.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn said_of_events(&self) -> Result<SaidOfEvents, Error> {
        self.read(by_hand)
    }

    /// Writes what became of reports, in one transaction: their events take the place of those they told before. What is unchanged stays as it
    /// is. `bereft` are the clusters whose losses are thereby made good.
    ///
    /// # Errors
    /// Where the file cannot be written; it then holds what it held before.
    pub fn settle(&mut self, settled: &[Settled], bereft: &[i64]) -> Result<(), Error> {
        self.write(|tx| {
            derived::replace(tx, settled, bereft)?;
            for s in settled {
                stand(tx, s)?;
            }
            Ok(())
        })
    }

    /// At most `limit` articles whose text has not been compared with the others.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pending_texts(&self, limit: usize) -> Result<Vec<Text>, Error> {
        self.read(|conn| {
            let mut s =
                conn.prepare_cached(&format!("{TEXT} JOIN pending_texts p ON p.article = a.key ORDER BY p.article LIMIT ?"))?;
            Ok(s.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], text)?.collect::<Result<_, _>>()?)
        })
    }

    /// The keys of at most `most` articles that are kept under a number.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn looked_up(&self, number: u64, most: usize, out: &mut Vec<i64>) -> Result<(), Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT article FROM lookup WHERE number = ? ORDER BY article LIMIT ?")?;
            for key in s.query_map(params![number as i64, most as i64], |r| r.get(0))? {
                out.push(key?);
            }
            Ok(())
        })
    }

    /// Articles' texts by their keys, and all of some families; each once, by key.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn texts(&self, keys: &[i64], families: &[i64]) -> Result<Vec<Text>, Error> {
        self.read(|conn| {
            let mut one = conn.prepare_cached(&format!("{TEXT} WHERE a.key = ?"))?;
            let mut out: Vec<Text> = Vec::new();
            for key in keys {
                out.extend(one.query_row([key], text).optional()?);
            }
            let mut all = conn.prepare_cached(&format!("{TEXT} WHERE t.family = ?"))?;
            for family in families {
                out.extend(all.query_map([family], text)?.collect::<Result<Vec<_>, _>>()?);
            }
            out.sort_by_key(|t| t.key);
            out.dedup_by_key(|t| t.key);
            Ok(out)
        })
    }

    /// The articles that print one text with an article, that one among them, by key; none where the article is not there.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn prints(&self, article: &Id) -> Result<Vec<Text>, Error> {
        let own = self.read(|conn| {
            let mut s = conn.prepare_cached(&format!("{TEXT} WHERE a.id = ?"))?;
            Ok(s.query_row([&article.0], text).optional()?)
        })?;
        let Some(own) = own else { return Ok(Vec::new()) };
        if own.family == 0 {
            return Ok(vec![own]);
        }
        let mut all = self.texts(&[], &[own.family])?;
        all.retain(|t| t.origin == own.origin);
        Ok(all)
    }

    /// Writes what became of texts: the numbers under which they are to be looked up, and the family and origin of those that share their text
    /// with others. Reports of articles whose origin is another now are to be merged anew, and what people say of a page reaches those that print
    /// its text.
    ///
    /// # Errors
    /// Where the file cannot be written; it then holds what it held before.
    pub fn settle_texts(&mut self, numbers: &[(u64, i64)], families: &[(i64, i64, Id)]) -> Result<(), Error> {
        self.write(|tx| {
            let mut add = tx.prepare_cached("INSERT OR IGNORE INTO lookup (number, article) VALUES (?, ?)")?;
            let mut done = tx.prepare_cached("DELETE FROM pending_texts WHERE article = ?")?;
            let mut last = None;
            let mut sorted: Vec<(i64, i64)> = numbers.iter().map(|&(n, a)| (n as i64, a)).collect();
            sorted.sort_unstable();
            for (number, article) in &sorted {
                add.execute([number, article])?;
            }
            for (_, article) in numbers {
                if last.replace(article) != Some(article) {
                    done.execute([article])?;
                }
            }
            let mut moved: BTreeSet<i64> = BTreeSet::new();
            for (article, family, origin) in families {
                done.execute([article])?;
                let mut known = tx.prepare_cached(
                    "SELECT coalesce(t.origin, a.id), coalesce(t.family, 0) FROM articles a LEFT JOIN texts t ON t.article = a.key WHERE a.key = ?",
                )?;
                let found: Option<(String, i64)> = known.query_row([article], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
                if found.as_ref().is_none_or(|(o, f)| (o, f) != (&origin.0, family)) {
                    moved.insert(*family);
                }
                let was = found.map(|f| f.0);
                tx.prepare_cached("INSERT OR REPLACE INTO texts (article, family, origin) VALUES (?, ?, ?)")?
                    .execute(params![article, family, origin.0])?;
                if was.as_ref() != Some(&origin.0) {
                    tx.prepare_cached(
                        "INSERT OR IGNORE INTO pending SELECT coalesce(a.published, ''), r.key FROM articles a JOIN reports r ON r.article = a.key
                         WHERE a.key = ? AND r.kind = 'event'",
                    )?
                    .execute([article])?;
                }
            }
            for (article, ..) in families.iter().filter(|f| moved.contains(&f.1)) {
                let mut name = tx.prepare_cached("SELECT id FROM articles WHERE key = ?")?;
                if let Some(id) = name.query_row([article], |r| r.get(0)).optional()? {
                    amend_one(tx, &Id(id))?;
                }
            }
            Ok(())
        })
    }

    /// Articles that are done with though nothing is looked up by them.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn texts_done(&mut self, articles: &[i64]) -> Result<(), Error> {
        self.write(|tx| {
            let mut done = tx.prepare_cached("DELETE FROM pending_texts WHERE article = ?")?;
            articles.iter().try_for_each(|a| Ok(done.execute([a]).map(|_| ())?))
        })
    }
}

/// Whether nothing waits.
pub(crate) fn settled(conn: &Connection) -> Result<bool, Error> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM pending) AND NOT EXISTS (SELECT 1 FROM removed) AND NOT EXISTS (SELECT 1 FROM pending_texts)";
    Ok(conn.query_row(sql, [], |r| r.get(0))?)
}

fn current(conn: &Connection, rules: u32) -> Result<bool, Error> {
    let known: i64 = conn.query_row("SELECT value FROM state WHERE name = 'merging'", [], |r| r.get(0))?;
    Ok(known == i64::from(rules) && settled(conn)?)
}

struct Raw {
    key: i64,
    cluster: i64,
    dropped: bool,
    origin: String,
    told: Told,
}

impl Raw {
    fn whole(self) -> Result<Kept, Error> {
        let telling = self.told.whole()?;
        Ok(Kept { key: self.key, cluster: self.cluster, dropped: self.dropped, telling, origin: Id(self.origin) })
    }
}

fn kept(r: &Row) -> rusqlite::Result<Raw> {
    Ok(Raw { key: r.get(0)?, cluster: r.get(1)?, dropped: r.get(2)?, origin: r.get(3)?, told: Told::of(r, 4)? })
}

fn text(r: &Row) -> rusqlite::Result<Text> {
    let bytes: Vec<u8> = r.get(2)?;
    Ok(Text {
        key: r.get(0)?,
        article: Id(r.get(1)?),
        sketch: crate::read::numbers(&bytes),
        family: r.get(3)?,
        origin: Id(r.get(4)?),
    })
}

/// Writes where reports stand and with whom.
fn stand(tx: &Transaction, s: &Settled) -> Result<(), Error> {
    for key in &s.dropped {
        leave(tx, *key)?;
        tx.prepare_cached("DELETE FROM standing WHERE report = ?")?.execute([key])?;
        done(tx, *key)?;
    }
    for (key, stands) in &s.stands {
        leave(tx, *key)?;
        let mut add = tx.prepare_cached("INSERT OR IGNORE INTO blocks (block, kind, day, report) VALUES (?, ?, ?, ?)")?;
        let mut reach = Vec::with_capacity(13 * stands.len());
        for (block, kind, day) in stands {
            add.execute(params![*block as i64, kind, day, key])?;
            reach.extend(block.to_le_bytes());
            reach.push(*kind);
            reach.extend(day.to_le_bytes());
        }
        tx.prepare_cached("INSERT OR REPLACE INTO standing (report, cluster, reach) VALUES (?, 0, ?)")?
            .execute(params![key, reach])?;
        done(tx, *key)?;
    }
    let cluster = s.members.iter().min();
    for key in &s.members {
        tx.prepare_cached("UPDATE standing SET cluster = ?1 WHERE report = ?2 AND cluster <> ?1")?
            .execute(params![cluster, key])?;
    }
    Ok(())
}

fn done(tx: &Transaction, key: i64) -> Result<(), Error> {
    tx.prepare_cached(
        "DELETE FROM pending WHERE report = ?1
         AND day = (SELECT coalesce(a.published, '') FROM reports r JOIN articles a ON a.key = r.article WHERE r.key = ?1)",
    )?
    .execute([key])?;
    Ok(())
}

/// Takes a report out of the blocks in which it stands.
pub(crate) fn leave(tx: &Transaction, key: i64) -> Result<(), Error> {
    let mut s = tx.prepare_cached("SELECT reach FROM standing WHERE report = ?")?;
    let reach: Option<Vec<u8>> = s.query_row([key], |r| r.get(0)).optional()?;
    let mut drop = tx.prepare_cached("DELETE FROM blocks WHERE block = ? AND kind = ? AND day = ? AND report = ?")?;
    for row in reach.unwrap_or_default().chunks_exact(13) {
        let block = row[..8].iter().rev().fold(0u64, |n, &d| n << 8 | u64::from(d));
        let day = row[9..].iter().rev().fold(0u32, |n, &d| n << 8 | u32::from(d));
        drop.execute(params![block as i64, row[8], day as i32, key])?;
    }
    Ok(())
}
