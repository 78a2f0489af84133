//! The format of the file, as the steps that lead to it. A released step is never edited: a new one is added below it.

/// `PRAGMA application_id` of every record: "Chcy".
pub(crate) const APPLICATION: u32 = 0x4368_6379;

/// The format this code writes: the number of steps.
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// Step n leads from format n to format n + 1.
pub(crate) const STEPS: &[&str] = &[FORMAT_1, FORMAT_2];

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

// Corrections are an overlay: `reports.json` stays what was read, `corrected` is what a reader sees where a person has said otherwise, `dropped`
// is set where a person says it is no event. `targets.now` is the report that a correction finds at present, NULL where it finds none.
// What has changed since events were derived stands in `pending` (reports), `pending_texts` (articles) and `removed` (ids of reports that are no
// more, with what they were merged with). `standing.cluster` is the least key of the reports that are merged in one go, `standing.reach` the rows
// of `blocks` in which the report stands. `texts` knows the articles that share their text with others, `lookup` finds them.
// `aliases` leads from ids that were in use to the report that goes on for them, '' where none does. Events of format 1 are derived anew.
const FORMAT_2: &str = "
DELETE FROM state;
INSERT INTO state VALUES ('merging', 0);

ALTER TABLE articles ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN corrected TEXT;
ALTER TABLE reports ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
DROP INDEX statements;
CREATE INDEX statements ON reports (article) WHERE kind = 'statement';
DROP INDEX participants_by_event;
CREATE INDEX participants_by_event ON participants (event);
DROP INDEX events_by_type;
CREATE INDEX events_by_type ON events (event, since, id);
CREATE INDEX claims_contested ON claims (event) WHERE contested;
CREATE INDEX articles_by_day ON articles (published DESC, id);

CREATE TABLE corrections (
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, json TEXT NOT NULL
);
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are only ever added'); END;
CREATE TRIGGER corrections_last BEFORE DELETE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are only ever added'); END;
CREATE TABLE targets (
  correction INTEGER NOT NULL REFERENCES corrections (n), place INTEGER NOT NULL, article TEXT NOT NULL, json TEXT NOT NULL, now TEXT,
  PRIMARY KEY (correction, place)
) WITHOUT ROWID;
CREATE INDEX targets_by_article ON targets (article);
CREATE INDEX targets_by_report ON targets (now) WHERE now IS NOT NULL;

CREATE TABLE runs (n INTEGER PRIMARY KEY, at TEXT NOT NULL, done TEXT, json TEXT NOT NULL);
CREATE TABLE aliases (id TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX aliases_by_report ON aliases (report);

CREATE TABLE pending (day TEXT NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (day, report)) WITHOUT ROWID;
CREATE TABLE removed (report TEXT PRIMARY KEY, cluster INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE standing (report INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, reach BLOB NOT NULL);
CREATE INDEX standing_by_cluster ON standing (cluster);
CREATE TABLE blocks (
  block INTEGER NOT NULL, kind INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (block, kind, day, report)
) WITHOUT ROWID;
CREATE TABLE pending_texts (article INTEGER PRIMARY KEY);
CREATE TABLE texts (article INTEGER PRIMARY KEY, family INTEGER NOT NULL, origin TEXT NOT NULL);
CREATE INDEX texts_by_family ON texts (family);
CREATE TABLE lookup (number INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (number, article)) WITHOUT ROWID;
CREATE TABLE dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, day TEXT, event INTEGER NOT NULL REFERENCES events (key), way INTEGER NOT NULL, kind TEXT NOT NULL,
  status TEXT NOT NULL, weight REAL NOT NULL, score REAL NOT NULL, goldstein REAL NOT NULL, reports INTEGER NOT NULL, origins INTEGER NOT NULL
);
CREATE INDEX dyads_by_pair ON dyads (a, b, day);
CREATE INDEX dyads_by_event ON dyads (event);

INSERT INTO pending SELECT coalesce(a.published, ''), r.key FROM reports r JOIN articles a ON a.key = r.article WHERE r.kind = 'event';
INSERT INTO pending_texts SELECT key FROM articles;
";
