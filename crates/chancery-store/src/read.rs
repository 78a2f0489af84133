use crate::{Error, Filter, Store, correct::readings};
use chancery_model::{Article, Id, Kind, Note, Report, Sector};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params_from_iter};

/// A report with what merging needs beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The report.
    pub report: Report,
    /// When its article was published.
    pub published: Option<Date>,
    /// The words of its sentence.
    pub sentence: String,
    /// Who publishes its article.
    pub outlet: Option<String>,
    /// The outlet on whose word it rests ([`Article::rests_on`]).
    pub wire: Option<String>,
}

/// The columns of a [`Telling`]. Offsets count bytes, so its sentence is cut out of bytes. Most articles are not needed whole: those that credit
/// nobody rest on nobody.
pub(crate) const TELLING: &str =
    "coalesce(r.corrected, r.json), a.published, substr(CAST(a.text AS BLOB), r.start + 1, r.stop - r.start), a.outlet,
    iif(instr(a.json, '\"credited\":[]'), NULL, a.json), iif(instr(a.json, '\"credited\":[]'), NULL, a.text)";

/// A [`Telling`] as its columns have it.
pub(crate) struct Told {
    json: String,
    published: Option<Date>,
    words: Option<Vec<u8>>,
    outlet: Option<String>,
    article: Option<(String, String)>,
}

impl Told {
    /// From a row whose columns from `first` on are those of [`TELLING`].
    pub(crate) fn of(r: &Row, first: usize) -> rusqlite::Result<Told> {
        let article: Option<String> = r.get(first + 4)?;
        Ok(Told {
            json: r.get(first)?,
            published: day(r, first + 1)?,
            words: r.get(first + 2)?,
            outlet: r.get(first + 3)?,
            article: article.map(|json| Ok::<_, rusqlite::Error>((json, r.get(first + 5)?))).transpose()?,
        })
    }

    pub(crate) fn whole(self) -> Result<Telling, Error> {
        let report: Report = serde_json::from_str(&self.json)?;
        let article = self.article.map(whole).transpose()?;
        Ok(Telling {
            published: self.published,
            sentence: String::from_utf8_lossy(&self.words.unwrap_or_default()).into_owned(),
            outlet: self.outlet,
            wire: article.and_then(|a| a.rests_on(&report).map(str::to_owned)),
            report,
        })
    }
}

/// How much a record holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Reports of events.
    pub reports: usize,
    /// Statements of positions.
    pub statements: usize,
    /// Events.
    pub events: usize,
    /// Claims.
    pub claims: usize,
    /// Claims that some assert and others deny or doubt.
    pub contested: usize,
    /// First and last day of its events.
    pub days: Option<(Date, Date)>,
}

/// How often somebody takes part in events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCount {
    /// Code.
    pub code: String,
    /// Sector, where known.
    pub sector: Option<Sector>,
    /// Canonical name, where named.
    pub entity: Option<String>,
    /// Events in which it acts (meetings included).
    pub acts: usize,
    /// Events in which it is acted on.
    pub acted_on: usize,
    /// First and last day of the dated ones.
    pub days: Option<(Date, Date)>,
}

impl Store {
    /// All articles, by id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn articles(&self) -> Result<Vec<Article>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT json, text FROM articles ORDER BY id")?;
            let rows = s.query_map([], article)?;
            rows.map(|r| whole(r?)).collect()
        })
    }

    /// The ids of all articles, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn article_ids(&self) -> Result<Vec<Id>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT id FROM articles ORDER BY id")?;
            Ok(s.query_map([], |r| Ok(Id(r.get(0)?)))?.collect::<Result<_, _>>()?)
        })
    }

    /// The reports and statements of an article as they were read, whatever has been said of them since.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn readings(&self, article: &Id) -> Result<Vec<Report>, Error> {
        self.read(|conn| readings(conn, article))
    }

    /// The ids of articles (`a…`), reports (`r…`) or events (`e…`) that begin so, at most `most`, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn beginning(&self, digits: &str, most: usize) -> Result<Vec<Id>, Error> {
        let table = match digits.chars().next() {
            Some('a') => "articles",
            Some('r') => "reports",
            _ => "events",
        };
        self.read(|conn| {
            let mut s =
                conn.prepare_cached(&format!("SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT ?2"))?;
            Ok(s.query_map(rusqlite::params![digits, most as i64], |r| Ok(Id(r.get(0)?)))?.collect::<Result<_, _>>()?)
        })
    }

    /// An article by its id, or by a document name or locator that it was read under (of several, that with the least id).
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn article(&self, id_or_doc: &str) -> Result<Option<Article>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT json, text FROM articles WHERE id = ?")?;
            if let Some(known) = s.query_row([id_or_doc], article).optional()? {
                return whole(known).map(Some);
            }
            // Locators are looked through one by one: it is people who ask by them, and now and then.
            let mut s = conn.prepare_cached(
                "SELECT json, text FROM articles WHERE key IN (SELECT article FROM sources WHERE doc = ?1 OR locator = ?1) ORDER BY id LIMIT 1",
            )?;
            s.query_row([id_or_doc], article).optional()?.map(whole).transpose()
        })
    }

    /// The notes that arose on the way to an article's reports.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn notes(&self, article: &Id) -> Result<Vec<Note>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT notes FROM articles WHERE id = ?")?;
            let notes: Option<String> = s.query_row([&article.0], |r| r.get(0)).optional()?;
            Ok(notes.map_or_else(|| Ok(Vec::new()), |n| serde_json::from_str(&n))?)
        })
    }

    /// The reports and statements of one article in their order, or of all articles by article id; as people have corrected them, and without
    /// those that are no event.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn reports(&self, article: Option<&Id>) -> Result<Vec<Report>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached(
                "SELECT coalesce(r.corrected, r.json) FROM articles a JOIN reports r ON r.article = a.key
                 WHERE (?1 IS NULL OR a.id = ?1) AND NOT r.dropped ORDER BY a.id, r.place",
            )?;
            let rows = s.query_map([article.map(|a| &a.0)], |r| r.get::<_, String>(0))?;
            rows.map(|r| Ok(serde_json::from_str(&r?)?)).collect()
        })
    }

    /// One report or statement, as people have corrected it; also one that is said to be no event, as it was read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<Report>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT coalesce(corrected, json) FROM reports WHERE id = ?")?;
            let json: Option<String> = s.query_row([id], |r| r.get(0)).optional()?;
            Ok(json.map(|j| serde_json::from_str(&j)).transpose()?)
        })
    }

    /// Every report and statement with its article's date and the words of its sentence, by article id and order; as people have corrected them,
    /// and without those that are no event.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn tellings(&self) -> Result<Vec<Telling>, Error> {
        self.told(None, None)
    }

    pub(crate) fn told(&self, kind: Option<Kind>, article: Option<&Id>) -> Result<Vec<Telling>, Error> {
        let mut condition = String::from("NOT r.dropped");
        if let Some(kind) = kind {
            condition.push_str(if kind == Kind::Event { " AND r.kind = 'event'" } else { " AND r.kind = 'statement'" });
        }
        if article.is_some() {
            condition.push_str(" AND a.id = ?");
        }
        self.read(|conn| {
            let mut s = conn.prepare_cached(&format!(
                "SELECT {TELLING} FROM reports r JOIN articles a ON r.article = a.key WHERE {condition} ORDER BY a.id, r.place"
            ))?;
            let rows = s.query_map(params_from_iter(article.map(|a| &a.0)), |r| Told::of(r, 0))?;
            rows.map(|r| r?.whole()).collect()
        })
    }

    /// The sketch of every article's text, by article id, for finding reprints.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn sketches(&self) -> Result<Vec<(Id, Vec<u64>)>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT id, sketch FROM articles ORDER BY id")?;
            let rows = s.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Vec<u8>>(1)?)))?;
            rows.map(|r| {
                let (id, bytes) = r?;
                Ok((Id(id), numbers(&bytes)))
            })
            .collect()
        })
    }

    /// How much is there.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        self.read(|conn| {
            let one = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).map(|n| usize::try_from(n).unwrap_or(0));
            Ok(Counts {
                articles: one("SELECT count(*) FROM articles")?,
                reports: one("SELECT count(*) FROM reports WHERE kind = 'event' AND NOT dropped")?,
                statements: one("SELECT count(*) FROM reports WHERE kind = 'statement' AND NOT dropped")?,
                events: one("SELECT count(*) FROM events")?,
                claims: one("SELECT count(*) FROM claims")?,
                contested: one("SELECT count(*) FROM claims WHERE contested")?,
                days: conn.query_row("SELECT min(since), max(until) FROM events", [], |r| Ok(day(r, 0)?.zip(day(r, 1)?)))?,
            })
        })
    }

    /// The names of those of a code who take part in events, sorted.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn names(&self, code: &str) -> Result<Vec<String>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached(
                "SELECT DISTINCT entity FROM participants WHERE code = ? AND entity IS NOT NULL ORDER BY entity",
            )?;
            Ok(s.query_map([code], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Who takes part in the events that pass the filter, the most frequent first; ties by code, sector, name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn actors(&self, filter: &Filter) -> Result<Vec<ActorCount>, Error> {
        let (condition, values) = filter.sql();
        let limit = filter.limit.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        self.read(|conn| {
            let mut s = conn.prepare(&format!(
                "SELECT p.code, p.sector, p.entity, count(DISTINCT iif(p.side <> 'r', e.key, NULL)) AS acts,
                 count(DISTINCT iif(p.side = 'r', e.key, NULL)) AS acted_on, min(e.since), max(e.until)
                 FROM events e JOIN participants p ON p.event = e.key WHERE {condition}
                 GROUP BY p.code, p.sector, p.entity ORDER BY acts + acted_on DESC, p.code, p.sector, p.entity LIMIT {limit}"
            ))?;
            let rows = s.query_map(params_from_iter(values), |r| {
                Ok(ActorCount {
                    code: r.get(0)?,
                    sector: r.get::<_, Option<String>>(1)?.and_then(|s| s.parse().ok()),
                    entity: r.get(2)?,
                    acts: usize::try_from(r.get::<_, i64>(3)?).unwrap_or(0),
                    acted_on: usize::try_from(r.get::<_, i64>(4)?).unwrap_or(0),
                    days: day(r, 5)?.zip(day(r, 6)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn article(r: &Row) -> rusqlite::Result<(String, String)> {
    Ok((r.get(0)?, r.get(1)?))
}

pub(crate) fn whole((json, text): (String, String)) -> Result<Article, Error> {
    let mut article: Article = serde_json::from_str(&json)?;
    article.text = text;
    Ok(article)
}

/// A sketch as it was kept.
pub(crate) fn numbers(bytes: &[u8]) -> Vec<u64> {
    bytes.chunks_exact(8).map(|b| b.iter().rev().fold(0u64, |n, &d| n << 8 | u64::from(d))).collect()
}

/// A day column; what is no day is none.
pub(crate) fn day(r: &Row, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(r.get::<_, Option<String>>(column)?.and_then(|d| d.parse().ok()))
}
