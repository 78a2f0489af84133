//! CSV: a header of known columns in any order, an entry a row; rows of one name are one entry with several offices. Lines that begin with `#`
//! are comments.

use super::{Own, Read, day, kind, number, office_kind, sector};
use crate::OfficeKind;
use chancery_model::{Sector, Tenure};

/// All columns that a file may have; the order is that of a new file.
pub(super) const COLUMNS: [&str; 21] = [
    "kind",
    "name",
    "code",
    "sector",
    "names",
    "surname",
    "adjectives",
    "office",
    "office_kind",
    "office_code",
    "from",
    "to",
    "feature",
    "lat",
    "lon",
    "weight",
    "gender",
    "wikidata",
    "source",
    "id",
    "note",
];

/// What `lexicon add` calls some columns.
const ALSO: [(&str, &str); 6] = [
    ("alias", "names"),
    ("aliases", "names"),
    ("surnames", "surname"),
    ("adjective", "adjectives"),
    ("since", "from"),
    ("until", "to"),
];

/// The column that a word of a header means.
pub(super) fn column(head: &str) -> String {
    let head = head.to_lowercase();
    ALSO.iter().find(|(also, _)| *also == head).map_or(head, |(_, column)| (*column).to_owned())
}

pub(super) fn read(text: &str, delimiter: u8) -> Read {
    let mut out = Read::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = reader(delimiter).flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(column).collect(),
        Err(e) => {
            out.faults.push((1, format!("the header cannot be read: {e}")));
            return out;
        }
    };
    for column in header.iter().filter(|c| !COLUMNS.contains(&c.as_str())) {
        out.faults.push((1, format!("there is no column `{column}`; columns are {}", COLUMNS.join(", "))));
    }
    for (i, column) in header.iter().enumerate().filter(|(i, c)| header[..*i].contains(c)) {
        out.faults.push((1, format!("column {} tells `{column}` twice; leave one of the two", i + 1)));
    }
    for needed in ["kind", "name"].iter().filter(|n| !header.iter().any(|h| h == *n)) {
        out.faults.push((1, format!("the column `{needed}` is missing")));
    }
    if !out.faults.is_empty() {
        return out;
    }
    for record in reader.records() {
        let line = |p: Option<&csv::Position>| p.map_or(0, |p| p.line() as usize);
        match record {
            Ok(r) if r.iter().all(str::is_empty) => {}
            Ok(r) if r.len() > header.len() => {
                let what = format!("{} fields where the header has {}; put quotation marks around commas", r.len(), header.len());
                out.faults.push((line(r.position()), what));
            }
            Ok(r) => {
                let get = |name: &str| header.iter().position(|h| h == name).and_then(|i| r.get(i)).unwrap_or("");
                match entry(get, line(r.position())) {
                    Ok(own) => add(&mut out, own),
                    Err(what) => out.faults.push((line(r.position()), what)),
                }
            }
            Err(e) => out.faults.push((line(e.position()), e.to_string())),
        }
    }
    out
}

/// Reads rows as they stand in a user's file.
pub(super) fn reader(delimiter: u8) -> csv::ReaderBuilder {
    let mut out = csv::ReaderBuilder::new();
    out.delimiter(delimiter).trim(csv::Trim::All).comment(Some(b'#'));
    out
}

/// A row of what is known of the row before tells a further office.
fn add(out: &mut Read, own: Own) {
    let same = |o: &&mut Own| o.id == own.id && o.name == own.name && o.kind == own.kind && o.code == own.code;
    match out.entries.iter_mut().find(same) {
        Some(before) if !own.offices.is_empty() => before.offices.extend(own.offices),
        _ => out.entries.push(own),
    }
}

fn entry<'a>(get: impl Fn(&str) -> &'a str, line: usize) -> Result<Own, String> {
    fn some<T>(s: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
        if s.is_empty() { Ok(None) } else { parse(s).map(Some) }
    }
    let list = |name: &str| get(name).split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let at = match (some(get("lat"), number)?, some(get("lon"), number)?) {
        (Some(lat), Some(lon)) => Some((lat, lon)),
        (None, None) => None,
        _ => return Err("`lat` and `lon` go together; fill both or none".to_owned()),
    };
    let mut own = Own {
        line,
        id: get("id").to_owned(),
        kind: Some(kind(get("kind"))?),
        name: get("name").to_owned(),
        code: get("code").to_uppercase(),
        sector: some(&get("sector").to_uppercase(), sector)?,
        names: list("names"),
        surnames: list("surname"),
        adjectives: list("adjectives"),
        feature: get("feature").to_owned(),
        from: some(get("from"), day)?,
        to: some(get("to"), day)?,
        at,
        weight: some(get("weight"), number)?,
        gender: some(get("gender"), gender)?,
        wikidata: get("wikidata").to_owned(),
        source: get("source").to_owned(),
        offices: Vec::new(),
    };
    if !get("office").is_empty() {
        let title = get("office").to_owned();
        let code = Some(get("office_code").to_uppercase()).filter(|c| !c.is_empty()).unwrap_or_else(|| own.code.clone());
        let kind = some(get("office_kind"), office_kind)?.unwrap_or_else(|| OfficeKind::of_title(&title));
        // with an office the days are those of the office
        let (from, to) = (own.from.take(), own.to.take());
        let sector = own.sector.take().unwrap_or(Sector::Gov);
        own.offices.push((kind, Tenure { office: title, code, sector, from, to }));
    }
    Ok(own)
}

pub(super) fn gender(s: &str) -> Result<char, String> {
    match s {
        "m" => Ok('m'),
        "f" => Ok('f'),
        _ => Err(format!("`{s}` is no gender; write m or f, or leave it empty")),
    }
}
