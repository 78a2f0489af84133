use chancery_model::{EventType, Id, Sector, Status};
use jiff::civil::Date;
use rusqlite::types::Value;

/// Somebody to look for: all fields that are set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Code of a state or kind of organisation.
    pub code: Option<String>,
    /// Sector.
    pub sector: Option<Sector>,
    /// Canonical name.
    pub entity: Option<String>,
    /// The words as written, or a part of them, in any case: for what no lexicon knows.
    pub words: Option<String>,
}

impl Who {
    /// Everybody of a code.
    pub fn code(code: &str) -> Who {
        Who { code: Some(code.to_owned()), ..Who::default() }
    }
    /// Whoever bears a canonical name.
    pub fn entity(name: &str) -> Who {
        Who { entity: Some(name.to_owned()), ..Who::default() }
    }

    /// A condition on the columns code, sector, entity, words.
    fn sql(&self, values: &mut Vec<Value>) -> String {
        let mut all = vec!["1".to_owned()];
        for (column, value) in [("code", &self.code), ("sector", &self.sector.map(|s| s.to_string())), ("entity", &self.entity)] {
            if let Some(v) = value {
                values.push(v.clone().into());
                all.push(format!("{column} = ?"));
            }
        }
        if let Some(w) = &self.words {
            values.push(w.to_lowercase().into());
            all.push("instr(lower(words), ?) > 0".to_owned());
        }
        all.join(" AND ")
    }
}

/// Which events (and what hangs on them) to show: all that is set must hold. The default passes everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each takes part, on either side.
    pub actors: Vec<Who>,
    /// Acts. Where several act and nobody is acted on (a meeting), each is on both sides.
    pub from: Option<Who>,
    /// Is acted on.
    pub to: Option<Who>,
    /// One acts on the other, either way round.
    pub between: Option<(Who, Who)>,
    /// Any of these types; empty for all.
    pub types: Vec<EventType>,
    /// On this day or later; what has no date does not pass.
    pub since: Option<Date>,
    /// On this day or earlier; what has no date does not pass.
    pub until: Option<Date>,
    /// Name of a place or code of a country, in any case.
    pub place: Option<String>,
    /// Told by this voice, or published by an outlet of these words.
    pub said_by: Option<Who>,
    /// Any of these; empty for all.
    pub statuses: Vec<Status>,
    /// Told in this article.
    pub article: Option<Id>,
    /// Told by at least so many independent origins.
    pub origins: usize,
    /// Only what some assert and others deny or doubt.
    pub contested: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

const ACTING: &str = "side IN ('a', 'm')";
const ACTED_ON: &str = "side IN ('r', 'm')";
const EITHER: &str = "side IN ('a', 'm', 'r')";

impl Filter {
    /// Whether everything passes (`limit` aside).
    pub fn is_open(&self) -> bool {
        *self == Filter { limit: self.limit, ..Filter::default() }
    }

    /// A condition on `events e`, with its values in order.
    pub(crate) fn sql(&self) -> (String, Vec<Value>) {
        let mut values = Vec::new();
        let mut all = vec!["1".to_owned()];
        for who in &self.actors {
            all.push(takes_part(who, EITHER, &mut values));
        }
        if let Some(who) = &self.from {
            all.push(takes_part(who, ACTING, &mut values));
        }
        if let Some(who) = &self.to {
            all.push(takes_part(who, ACTED_ON, &mut values));
        }
        if let Some((a, b)) = &self.between {
            all.push(format!("({} OR {})", pair(a, b, &mut values), pair(b, a, &mut values)));
        }
        any_of("e.event", self.types.iter().map(|t| t.as_str()), &mut all, &mut values);
        any_of("e.status", self.statuses.iter().map(|t| t.as_str()), &mut all, &mut values);
        if let Some(day) = self.since {
            all.push("e.until >= ?".to_owned());
            values.push(day.to_string().into());
        }
        if let Some(day) = self.until {
            all.push("e.since <= ?".to_owned());
            values.push(day.to_string().into());
        }
        if let Some(place) = &self.place {
            all.push("(e.country = ? COLLATE NOCASE OR e.place = ? COLLATE NOCASE)".to_owned());
            values.extend([place.clone().into(), place.clone().into()]);
        }
        if let Some(who) = &self.said_by {
            all.push(format!(
                "e.key IN (SELECT er.event FROM event_reports er JOIN reports r ON r.id = er.report JOIN voices v ON v.report = r.key WHERE {})",
                who.sql(&mut values)
            ));
        }
        if let Some(id) = &self.article {
            all.push(
                "e.key IN (SELECT er.event FROM articles a JOIN reports r ON r.article = a.key
                 JOIN event_reports er ON er.report = r.id WHERE a.id = ?)"
                    .to_owned(),
            );
            values.push(id.0.clone().into());
        }
        if self.origins > 0 {
            all.push("e.origins >= ?".to_owned());
            values.push(i64::try_from(self.origins).unwrap_or(i64::MAX).into());
        }
        if self.contested {
            all.push("EXISTS (SELECT 1 FROM claims k WHERE k.event = e.key AND k.contested)".to_owned());
        }
        (all.join(" AND "), values)
    }
}

fn takes_part(who: &Who, side: &str, values: &mut Vec<Value>) -> String {
    format!("e.key IN (SELECT event FROM participants WHERE {side} AND {})", who.sql(values))
}

/// `a` acts on `b`; the two are not the same mention.
fn pair(a: &Who, b: &Who, values: &mut Vec<Value>) -> String {
    let (x, y) = (a.sql(values), b.sql(values));
    format!(
        "e.key IN (SELECT x.event FROM (SELECT event, rowid AS n FROM participants WHERE {ACTING} AND {x}) x
         JOIN (SELECT event, rowid AS n FROM participants WHERE {ACTED_ON} AND {y}) y ON y.event = x.event AND y.n <> x.n)"
    )
}

fn any_of<'a>(column: &str, terms: impl Iterator<Item = &'a str>, all: &mut Vec<String>, values: &mut Vec<Value>) {
    let terms: Vec<Value> = terms.map(|t| t.to_owned().into()).collect();
    if !terms.is_empty() {
        all.push(format!("{column} IN ({})", vec!["?"; terms.len()].join(", ")));
        values.extend(terms);
    }
}
