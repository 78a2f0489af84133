//! The format of the file, as the steps that lead to it. A released step is never edited: a new one is added below it.

/// `PRAGMA application_id` of every record: "Chcy".
pub(crate) const APPLICATION: u32 = 0x4368_6379;

/// The format this code writes: the number of steps.
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// Step n leads from format n to format n + 1.
pub(crate) const STEPS: &[&str] = &[FORMAT_1];

// Whole words of the model are kept as JSON; the columns beside it exist to be searched. `key` is internal, `id` is what the world sees.
// `articles.story` is the text with what is no story blanked out, byte for byte, and NULL where nothing is: offsets into it are offsets into
// the text. `participants.side` is 'a' for actors, 'r' for recipients and 'm' (mutual) where several act and nobody is acted on.
// Days are ISO dates, which sort as text.
const FORMAT_1: &str = "
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('changes', 0), ('derived', 0);

CREATE TABLE articles (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL, locator TEXT NOT NULL, title TEXT, outlet TEXT,
  published TEXT, language TEXT NOT NULL, text TEXT NOT NULL, story TEXT, json TEXT NOT NULL, notes TEXT NOT NULL,
  sketch BLOB NOT NULL, digest TEXT NOT NULL
);
CREATE INDEX articles_by_doc ON articles (doc);
CREATE TABLE sources (
  article INTEGER NOT NULL REFERENCES articles (key), locator TEXT NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (article, locator)
) WITHOUT ROWID;
CREATE INDEX sources_by_doc ON sources (doc);

CREATE TABLE reports (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles (key), place INTEGER NOT NULL,
  kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, json TEXT NOT NULL
);
CREATE INDEX reports_by_article ON reports (article, place);
CREATE INDEX statements ON reports (key) WHERE kind = 'statement';
CREATE TABLE voices (report INTEGER NOT NULL REFERENCES reports (key), code TEXT, sector TEXT, entity TEXT, words TEXT);
CREATE INDEX voices_by_report ON voices (report);
CREATE INDEX voices_by_code ON voices (code) WHERE code IS NOT NULL;

CREATE TABLE events (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, status TEXT NOT NULL, since TEXT, until TEXT,
  place TEXT, country TEXT, origins INTEGER NOT NULL, json TEXT NOT NULL
);
CREATE INDEX events_by_day ON events (since, id);
CREATE INDEX events_by_type ON events (event, since);
CREATE TABLE participants (
  event INTEGER NOT NULL REFERENCES events (key), side TEXT NOT NULL, code TEXT NOT NULL, sector TEXT, entity TEXT, words TEXT NOT NULL
);
CREATE INDEX participants_by_event ON participants (event, side, code);
CREATE INDEX participants_by_code ON participants (code, side, event);
CREATE INDEX participants_by_entity ON participants (entity, side, event) WHERE entity IS NOT NULL;
CREATE TABLE event_reports (event INTEGER NOT NULL REFERENCES events (key), report TEXT NOT NULL, PRIMARY KEY (report, event)) WITHOUT ROWID;
CREATE INDEX event_reports_by_event ON event_reports (event);
CREATE TABLE claims (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, event INTEGER NOT NULL REFERENCES events (key), contested INTEGER NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX claims_by_event ON claims (event);

CREATE VIEW stories AS SELECT key, coalesce(title, '') AS title, coalesce(story, text) AS story FROM articles;
CREATE VIRTUAL TABLE story_index USING fts5 (
  title, story, content = 'stories', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
);
";
