//! Own entries as lines of a user's file.

use super::{
    Own,
    table::{COLUMNS, column, reader},
};
use jiff::civil::Date;
use std::fmt::Write;

/// The CSV text with rows for the entry at its end: one per office, under a header of all columns where the file has none.
pub(super) fn row(text: &str, own: &Own, delimiter: u8) -> Result<String, String> {
    let mut reader = reader(delimiter).from_reader(text.as_bytes());
    let mut header: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(column).collect();
    let mut out = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let failed = |e: csv::Error| e.to_string();
    let fresh = text.lines().all(|l| l.trim().is_empty() || l.starts_with('#'));
    if fresh {
        header = COLUMNS.map(str::to_owned).to_vec();
        out.write_record(&header).map_err(failed)?;
    }
    for n in 0..own.offices.len().max(1) {
        let cells = cells(own, n);
        if let Some((column, _)) = cells.iter().find(|(c, value)| !value.is_empty() && !header.iter().any(|h| h == c)) {
            return Err(format!("the file has no column `{column}`; add it to the header"));
        }
        let value = |h: &String| cells.iter().find(|(c, _)| c == h).map_or(String::new(), |(_, v)| v.clone());
        out.write_record(header.iter().map(value)).map_err(failed)?;
    }
    let added = out.into_inner().map_err(|e| e.to_string())?;
    let before = text.trim_end();
    let gap = if before.is_empty() { "" } else { "\n" };
    Ok(format!("{before}{gap}{}", String::from_utf8_lossy(&added)))
}

/// The columns of the entry with its `n`th office.
fn cells(own: &Own, n: usize) -> Vec<(&'static str, String)> {
    let office = own.offices.get(n);
    let tenure = office.map(|(_, t)| t);
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let (from, to) = tenure.map_or((own.from, own.to), |t| (t.from, t.to));
    let sector = tenure.map(|t| t.sector).or(own.sector);
    let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    vec![
        ("kind", own.kind.map(|k| k.as_str().to_owned()).unwrap_or_default()),
        ("name", own.name.clone()),
        ("code", own.code.clone()),
        ("sector", sector.map(|s| s.to_string()).unwrap_or_default()),
        ("names", own.names.join("|")),
        ("surname", own.surnames.join("|")),
        ("adjectives", own.adjectives.join("|")),
        ("office", tenure.map(|t| t.office.clone()).unwrap_or_default()),
        ("office_kind", office.map(|(k, _)| k.as_str().to_owned()).unwrap_or_default()),
        ("office_code", tenure.filter(|t| t.code != own.code).map(|t| t.code.clone()).unwrap_or_default()),
        ("from", day(from)),
        ("to", day(to)),
        ("feature", own.feature.clone()),
        ("lat", number(own.at.map(|(lat, _)| lat))),
        ("lon", number(own.at.map(|(_, lon)| lon))),
        ("weight", number(own.weight)),
        ("gender", own.gender.map(String::from).unwrap_or_default()),
        ("wikidata", own.wikidata.clone()),
        ("source", own.source.clone()),
        ("id", own.id.clone()),
    ]
}

/// The TOML text with a table for the entry at its end.
pub(super) fn tree(text: &str, own: &Own) -> String {
    let mut out = text.trim_end().to_owned();
    out.push_str(if out.is_empty() { "[[entry]]\n" } else { "\n\n[[entry]]\n" });
    let quoted = |s: &str| toml::Value::from(s).to_string();
    let list = |l: &[String]| format!("[{}]", l.iter().map(|s| quoted(s)).collect::<Vec<_>>().join(", "));
    let mut put = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    let kind = own.kind.map(|k| k.as_str()).unwrap_or_default();
    let texts = [("kind", kind), ("name", own.name.as_str()), ("code", &own.code), ("feature", &own.feature), ("id", &own.id)];
    for (key, value) in texts.into_iter().chain([("wikidata", own.wikidata.as_str()), ("source", &own.source)]) {
        if !value.is_empty() {
            put(key, quoted(value));
        }
    }
    let sector = own.sector.or(own.offices.first().map(|(_, t)| t.sector));
    sector.into_iter().for_each(|s| put("sector", quoted(s.as_str())));
    for (key, values) in [("names", &own.names), ("surname", &own.surnames), ("adjectives", &own.adjectives)] {
        if !values.is_empty() {
            put(key, list(values));
        }
    }
    for (key, day) in [("from", own.from), ("to", own.to)] {
        day.into_iter().for_each(|d| put(key, d.to_string()));
    }
    let (lat, lon) = own.at.unzip();
    for (key, x) in [("lat", lat), ("lon", lon), ("weight", own.weight)] {
        x.into_iter().for_each(|x| put(key, toml::Value::from(x).to_string()));
    }
    own.gender.into_iter().for_each(|g| put("gender", quoted(&g.to_string())));
    for (kind, t) in &own.offices {
        put("\n[[entry.office]]\ntitle", quoted(&t.office));
        put("kind", quoted(kind.as_str()));
        put("sector", quoted(t.sector.as_str()));
        if t.code != own.code {
            put("code", quoted(&t.code));
        }
        for (key, day) in [("from", t.from), ("to", t.to)] {
            day.into_iter().for_each(|d| put(key, d.to_string()));
        }
    }
    out
}
