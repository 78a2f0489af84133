//! TOML: `[[entry]]` tables, each with any number of `[[entry.office]]`.

use super::{Own, Read, day, kind, office_kind, sector, table::gender};
use crate::OfficeKind;
use chancery_model::{Sector, Tenure};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entry: Vec<Spanned<Entry>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    id: String,
    kind: String,
    name: String,
    code: String,
    sector: String,
    names: Vec<String>,
    surname: Vec<String>,
    adjectives: Vec<String>,
    feature: String,
    from: Option<Day>,
    to: Option<Day>,
    lat: Option<f64>,
    lon: Option<f64>,
    weight: Option<f64>,
    gender: String,
    wikidata: String,
    source: String,
    note: String,
    office: Vec<Office>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Office {
    title: String,
    kind: String,
    code: String,
    sector: String,
    from: Option<Day>,
    to: Option<Day>,
}

/// A day with or without quotation marks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Day {
    Bare(toml::value::Datetime),
    Quoted(String),
}

pub(super) fn read(text: &str) -> Read {
    let mut out = Read::default();
    let line = |at: usize| text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
    match toml::from_str::<File>(text) {
        Ok(file) => {
            for spanned in file.entry {
                let at = line(spanned.span().start);
                match entry(spanned.into_inner(), at) {
                    Ok(own) => out.entries.push(own),
                    Err(what) => out.faults.push((at, what)),
                }
            }
        }
        Err(e) => out.faults.push((line(e.span().map_or(0, |s| s.start)), e.message().replace('\n', " "))),
    }
    out
}

fn entry(e: Entry, line: usize) -> Result<Own, String> {
    let at = match (e.lat, e.lon) {
        (Some(lat), Some(lon)) => Some((lat, lon)),
        (None, None) => None,
        _ => return Err("`lat` and `lon` go together; give both or none".to_owned()),
    };
    let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
    let code = e.code.to_uppercase();
    let own_sector = some(&e.sector.to_uppercase()).map(|s| sector(&s)).transpose()?;
    let mut offices = Vec::new();
    for o in e.office {
        if o.title.is_empty() {
            return Err("an office without `title`".to_owned());
        }
        let kind = some(&o.kind).map(|k| office_kind(&k)).transpose()?.unwrap_or_else(|| OfficeKind::of_title(&o.title));
        let sector = some(&o.sector.to_uppercase()).map(|s| sector(&s)).transpose()?.or(own_sector).unwrap_or(Sector::Gov);
        let code = some(&o.code.to_uppercase()).unwrap_or_else(|| code.clone());
        offices.push((kind, Tenure { office: o.title, code, sector, from: date(o.from)?, to: date(o.to)? }));
    }
    Ok(Own {
        line,
        id: e.id,
        kind: Some(kind(&e.kind)?),
        name: e.name,
        code,
        sector: own_sector.filter(|_| offices.is_empty()),
        names: e.names,
        surnames: e.surname,
        adjectives: e.adjectives,
        feature: e.feature,
        from: date(e.from)?,
        to: date(e.to)?,
        at,
        weight: e.weight,
        gender: some(&e.gender).map(|g| gender(&g)).transpose()?,
        wikidata: e.wikidata,
        source: e.source,
        offices,
    })
}

fn date(d: Option<Day>) -> Result<Option<Date>, String> {
    match d {
        None => Ok(None),
        Some(Day::Bare(d)) => day(&d.to_string()).map(Some),
        Some(Day::Quoted(s)) if s.is_empty() => Ok(None),
        Some(Day::Quoted(s)) => day(&s).map(Some),
    }
}
