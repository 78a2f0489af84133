use crate::{Error, Filter, Store, read::day};
use chancery_model::{Byte, Id, Span};
use jiff::civil::Date;
use rusqlite::{Connection, params, params_from_iter, types::Value};

/// An article that has the words.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: Id,
    /// Its name in the output.
    pub doc: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication date.
    pub published: Option<Date>,
    /// The words around the first matches; line breaks and struck stretches (as blanks) included, so that offsets hold.
    pub snippet: String,
    /// Where the snippet stands in the article's text.
    pub span: Span<Byte>,
    /// All matches in the article's text, in order.
    pub matches: Vec<Span<Byte>>,
    /// Events that pass the filter and have a match in a sentence that tells them, in the order of the text.
    pub events: Vec<Id>,
}

/// Bytes of a snippet, about.
const SNIPPET: usize = 200;
/// Articles with the words up to which it is weighed how good each of them is, which takes a microsecond each.
const MANY: usize = 25_000;

impl Store {
    /// Articles that have all the words (in any form: `strike` finds `strikes`), best first, ties by id.
    ///
    /// Words that very many articles have (more than 25 000, whatever the filter) tell next to nothing about which of these is best: then the
    /// newest come first, those of one day by id, undated ones last.
    ///
    /// `"quoted words"` must stand together, `begin*` stands for all words that begin so; anything else is taken as it is and never an error.
    /// With a filter, only articles that tell an event which passes it. Struck stretches are not searched.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn search(&self, words: &str, filter: &Filter, limit: usize) -> Result<Vec<Hit>, Error> {
        self.found(words, filter, limit, MANY)
    }

    fn found(&self, words: &str, filter: &Filter, limit: usize, many: usize) -> Result<Vec<Hit>, Error> {
        let Some(query) = query(words).filter(|_| limit > 0) else { return Ok(Vec::new()) };
        let (condition, values) = filter.sql();
        let (within, of_within) = match filter.is_open() {
            true => ("1".to_owned(), Vec::new()),
            false => (
                format!(
                    "+key IN (SELECT r.article FROM events e JOIN event_reports er ON er.event = e.key
                     JOIN reports r ON r.id = er.report WHERE {condition})"
                ),
                values.clone(),
            ),
        };
        // Ids are looked up of those alone that are no worse than the last one wanted.
        let best = format!(
            "WITH found AS MATERIALIZED (SELECT rowid AS key, rank AS points FROM story_index WHERE story_index MATCH ? AND {})
             SELECT a.key FROM found f JOIN articles a ON a.key = f.key
             WHERE f.points <= coalesce((SELECT points FROM found ORDER BY points LIMIT 1 OFFSET ? - 1), 0)
             ORDER BY f.points, a.id LIMIT ?",
            within.replace("+key", "+rowid")
        );
        // The index by day is gone through and what does not belong left out, not the other way round.
        let newest = format!(
            "SELECT key FROM articles WHERE +key IN (SELECT rowid FROM story_index WHERE story_index MATCH ?) AND {within}
             ORDER BY published DESC, id LIMIT ?"
        );
        let number = |n: usize| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
        self.read(|conn| {
            let mut s = conn.prepare_cached(
                "SELECT count(*) > ?2 FROM (SELECT 1 FROM story_index WHERE story_index MATCH ?1 LIMIT ?2 + 1)",
            )?;
            let (sql, limits) = match s.query_row(params![query, number(many)], |r| r.get(0))? {
                true => (newest, 1),
                false => (best, 2),
            };
            let limits = std::iter::repeat_n(number(limit), limits);
            let all = std::iter::once(query.clone().into()).chain(of_within).chain(limits);
            let mut s = conn.prepare(&sql)?;
            let keys = s.query_map(params_from_iter(all), |r| r.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
            keys.into_iter().map(|key| hit(conn, key, &query, &condition, &values)).collect()
        })
    }
}

/// What a reader typed as a query that cannot be malformed: every term in quotation marks of its own; `None` where there is no word in it.
pub(crate) fn query(words: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (n, part) in words.split(['"', '“', '”']).enumerate() {
        // Every second part stood between quotation marks.
        let phrases: Vec<&str> = if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for p in phrases {
            let clean: String = p.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if clean.chars().any(char::is_alphanumeric) {
                let star = if n % 2 == 0 && clean.ends_with('*') { " *" } else { "" };
                terms.push(format!("\"{}\"{star}", clean.trim_end_matches('*').trim()));
            }
        }
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn hit(conn: &Connection, key: i64, query: &str, condition: &str, values: &[Value]) -> Result<Hit, Error> {
    let mut s = conn.prepare_cached(
        "SELECT highlight(story_index, 1, char(1), char(2)) FROM story_index WHERE story_index MATCH ? AND rowid = ?",
    )?;
    let marked: String = s.query_row(params![query, key], |r| r.get(0))?;
    let (story, matches) = unmark(&marked);
    let span = around(&story, &matches);
    let events = events_at(conn, key, &matches, condition, values)?;
    let mut s = conn.prepare_cached("SELECT id, doc, title, outlet, published FROM articles WHERE key = ?")?;
    Ok(s.query_row([key], |r| {
        Ok(Hit {
            article: Id(r.get(0)?),
            doc: r.get(1)?,
            title: r.get(2)?,
            outlet: r.get(3)?,
            published: day(r, 4)?,
            snippet: story[span.range()].to_owned(),
            span,
            matches,
            events,
        })
    })?)
}

/// Takes the marks out again: the story, and where the matches stand in it. The story itself has no such characters.
fn unmark(marked: &str) -> (String, Vec<Span<Byte>>) {
    let (mut story, mut matches, mut from) = (String::with_capacity(marked.len()), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '\u{1}' => from = story.len(),
            '\u{2}' => matches.push(Span::new(from, story.len())),
            _ => story.push(c),
        }
    }
    (story, matches)
}

/// A stretch of whole words about the place where most matches stand together; the beginning where there is none.
fn around(story: &str, matches: &[Span<Byte>]) -> Span<Byte> {
    let crowd = |m: &Span<Byte>| matches.iter().filter(|n| n.start >= m.start && n.end <= m.start + SNIPPET).count();
    let mut best: Option<(usize, &Span<Byte>)> = None;
    // A very long text is judged by its first matches.
    for m in matches.iter().take(200) {
        let n = crowd(m);
        if best.is_none_or(|b| n > b.0) {
            best = Some((n, m));
        }
    }
    let centre = best.map_or(0, |b| b.1.start);
    let mut start = centre.saturating_sub(SNIPPET / 4);
    let mut end = (start + SNIPPET).max(best.map_or(0, |b| b.1.end)).min(story.len());
    while !story.is_char_boundary(start) {
        start -= 1;
    }
    while !story.is_char_boundary(end) {
        end += 1;
    }
    if start > 0 {
        // Not from the middle of a word, where one begins before the match.
        let word = story[start..centre.max(start)].find(char::is_whitespace);
        start += word.unwrap_or(0);
    }
    if end < story.len() {
        let last = story[start..end].rfind(char::is_whitespace).map_or(end, |i| start + i);
        end = if best.is_some_and(|b| last < b.1.end) { end } else { last };
    }
    let text = &story[start..end];
    let lead = text.len() - text.trim_start().len();
    Span::new(start + lead, start + lead + text.trim().len())
}

fn events_at(conn: &Connection, key: i64, matches: &[Span<Byte>], condition: &str, values: &[Value]) -> Result<Vec<Id>, Error> {
    let mut s = conn.prepare_cached(&format!(
        "SELECT r.start, r.stop, e.id FROM reports r JOIN event_reports er ON er.report = r.id JOIN events e ON e.key = er.event
         WHERE r.article = ? AND {condition} ORDER BY r.start, r.place, e.id"
    ))?;
    let all = std::iter::once(Value::from(key)).chain(values.iter().cloned());
    let rows = s.query_map(params_from_iter(all), |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, String>(2)?)))?;
    let mut events: Vec<Id> = Vec::new();
    for row in rows {
        let (start, stop, id) = row?;
        let sentence = Span::new(usize::try_from(start).unwrap_or(0), usize::try_from(stop).unwrap_or(0));
        if matches.iter().any(|m| m.overlaps(sentence)) && !events.iter().any(|e| e.0 == id) {
            events.push(Id(id));
        }
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chancery_model::{Article, DateBasis, Published};
    use jiff::civil::date;

    #[test]
    fn whatever_is_typed_is_a_query() {
        assert_eq!(query("Palmyra").as_deref(), Some("\"Palmyra\""));
        assert_eq!(query("\"air strike\" sy*").as_deref(), Some("\"air strike\" \"sy\" *"));
        assert_eq!(query("a\"b").as_deref(), Some("\"a\" \"b\""));
        for nothing in ["", "  ", "\"", "*", "- AND (", "\"\"", "^:{}"].map(|t| t.replace("AND", "&")) {
            assert_eq!(query(&nothing), None, "{nothing}");
        }
    }

    #[test]
    fn common_words_bring_the_newest_whatever_the_order_of_arrival() {
        let article = |n: i8| Article {
            id: Id(format!("a{n}")),
            doc: format!("d{n}"),
            locator: format!("d{n}.txt"),
            published: (n != 4).then(|| Published { date: date(2016, 3, 1 + n / 2), basis: DateBasis::Metadata, span: None }),
            text: "Palmyra fell. ".repeat(if n == 2 { 5 } else { 1 }),
            ..Article::bare("", "")
        };
        for order in [[0, 1, 2, 3, 4, 5], [5, 3, 4, 0, 2, 1]] {
            let dir = tempfile::tempdir().unwrap();
            let mut store = Store::open(dir.path().join("r.db")).unwrap();
            for n in order {
                store.put(&article(n), &[], &[], &[0]).unwrap();
            }
            store
                .conn
                .execute_batch(
                    "INSERT INTO reports (key, id, article, place, kind, start, stop, json)
                       SELECT key, 'r' || id, key, 0, 'event', 0, 13, '' FROM articles WHERE id IN ('a1', 'a3', 'a4');
                     INSERT INTO events (key, id, event, status, origins, json) VALUES (1, 'e1', 'ASSAULT', 'actual', 3, '');
                     INSERT INTO event_reports (event, report) SELECT 1, id FROM reports;",
                )
                .unwrap();
            let found = |filter: &Filter, limit, many| -> Vec<String> {
                store.found("palmyra", filter, limit, many).unwrap().into_iter().map(|h| h.article.0).collect()
            };
            let (all, told) = (Filter::default(), Filter { origins: 2, ..Filter::default() });
            assert_eq!(found(&all, 9, 6), ["a2", "a0", "a1", "a3", "a4", "a5"]);
            assert_eq!(found(&all, 3, 6), ["a2", "a0", "a1"]);
            assert_eq!(found(&told, 2, 6), ["a1", "a3"]);
            assert_eq!(found(&all, 9, 5), ["a5", "a2", "a3", "a0", "a1", "a4"]);
            assert_eq!(found(&told, 2, 5), ["a3", "a1"]);
            assert!(found(&all, 0, 5).is_empty());
        }
    }

    #[test]
    fn snippets_keep_to_the_text() {
        let story = "é".repeat(300) + " und " + &"ü ".repeat(300);
        for at in [0, 10, 601, 700] {
            let m = Span::new(at, at + 2);
            let span = around(&story, &[m]);
            assert!(story.get(span.range()).is_some());
        }
        assert_eq!(around("", &[]), Span::new(0, 0));
    }
}
