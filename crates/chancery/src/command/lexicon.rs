//! `lexicon`, and `--lexicon` of all commands: the knowledge behind the record, and a user's own files beside it.

use super::Usage;
use super::args::{Added, Common, LexiconCommand};
use super::output::{Out, Sheet};
use anyhow::{Context, Result, anyhow};
use chancery::Rooms;
use chancery::model::{Sector, Tenure};
use chancery_lexicon::{Entry, EntryKind, Fault, Lexicon, OfficeKind, Own, OwnFile, OwnFormat};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The lexicon of this run, where files were named beside the one that comes with the program.
static CHOSEN: OnceLock<Lexicon> = OnceLock::new();

/// Faults of own files that are told one by one; of the rest only the number is.
const FAULTS: usize = 10;

/// The rooms of this run: with the user's own files, if any were named.
pub fn rooms() -> Rooms<'static> {
    match CHOSEN.get() {
        Some(lexicon) => Rooms { lexicon, ..Rooms::builtin() },
        None => Rooms::builtin(),
    }
}

/// Reads the files of `--lexicon`. What tables and TOML get wrong ends the run; what dictionaries do is told and passed over.
pub fn load(common: &Common) -> Result<()> {
    if common.lexicon.is_empty() {
        return Ok(());
    }
    let files: Vec<OwnFile> = common.lexicon.iter().map(|p| file(p)).collect::<Result<_>>()?;
    let lexicon = Lexicon::with(&files);
    let dictionary = |f: &&Fault| files.iter().any(|own| own.name == f.file && own.format() == OwnFormat::Actors);
    let (passed, grave): (Vec<&Fault>, Vec<&Fault>) = lexicon.faults().iter().partition(dictionary);
    if !grave.is_empty() {
        return Err(Usage(told(&grave)).into());
    }
    if !passed.is_empty() && !common.quiet {
        eprintln!("chancery: {} line(s) of actor dictionaries passed over:\n{}", passed.len(), told(&passed));
    }
    let _ = CHOSEN.set(lexicon);
    Ok(())
}

fn told(faults: &[&Fault]) -> String {
    let mut lines: Vec<String> = faults.iter().take(FAULTS).map(ToString::to_string).collect();
    if faults.len() > FAULTS {
        lines.push(format!("and {} more", faults.len() - FAULTS));
    }
    lines.join("\n")
}

fn file(path: &Path) -> Result<OwnFile> {
    let bytes = fs::read(path).map_err(|e| Usage(format!("{} cannot be read: {e}", path.display())))?;
    let text = String::from_utf8(bytes).map_err(|_| Usage(format!("{} is not UTF-8; save it as UTF-8", path.display())))?;
    Ok(OwnFile { name: path.display().to_string(), text })
}

/// Looks into the lexicon, or adds to a user's own file.
pub fn lexicon(what: &LexiconCommand, common: &Common, out: &mut Out) -> Result<bool> {
    match what {
        LexiconCommand::Find { phrase } => find(rooms().lexicon, &phrase.join(" "), out),
        LexiconCommand::Audit => audit(rooms().lexicon, out),
        LexiconCommand::Add(added) => add(added, common),
    }
}

/// All meanings of a phrase: as it stands, as an id or code, as somebody's last name, as a title with its holders, as a common noun.
fn find(lexicon: &Lexicon, phrase: &str, out: &mut Out) -> Result<bool> {
    let mut senses: Vec<(usize, String)> =
        lexicon.look_up(phrase).into_iter().map(|s| (s.entry, format!("{:?}", s.form).to_lowercase())).collect();
    if let Some(at) = lexicon.index_of(phrase).or_else(|| lexicon.index_of(&phrase.to_uppercase())) {
        senses.push((at, "id".into()));
    }
    // a name that is known so is no misspelling of another
    let sure = !senses.is_empty();
    let ends = |name: &str| name.to_lowercase().ends_with(&phrase.to_lowercase());
    let surnames = lexicon.by_surname(phrase).into_iter().filter(|at| !sure || ends(&lexicon.entry(*at).name));
    senses.extend(surnames.map(|at| (at, "surname".into())));
    senses.extend(lexicon.titled(phrase).into_iter().map(|at| (at, "title".into())));
    let mut seen = BTreeSet::new();
    senses.retain(|(at, _)| seen.insert(*at));
    let mut sheet =
        Sheet::new(&["name", "kind", "code", "sector", "as", "days", "offices", "place", "population", "source", "id"]);
    for (at, form) in senses {
        let (cells, json) = shown(lexicon.entry(at), form);
        sheet.row(cells, json);
    }
    if let Some(noun) = lexicon.noun(phrase) {
        let office = noun.office.map(|o| o.as_str()).unwrap_or_default();
        let kind = format!("{:?}", noun.kind).to_lowercase();
        let json = json!({"name": phrase, "kind": "noun", "sector": noun.sector, "form": "noun", "feature": kind, "office": noun.office.map(|o| o.as_str())});
        let cells = [phrase, &format!("noun ({kind})"), "", noun.sector.as_str(), "noun", "", office, "", "", "", ""];
        sheet.row(cells.map(str::to_owned).to_vec(), json);
    }
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}

/// An entry as a row and as JSON.
fn shown(e: &Entry, form: String) -> (Vec<String>, serde_json::Value) {
    let mut offices: Vec<String> =
        e.tenures.iter().map(|(_, t)| format!("{} of {} {}", t.office, t.code, days(t.from, t.to))).collect();
    // as they are coded once the last office is over
    if let Some((to, t)) =
        e.tenures.iter().map(|(_, t)| t.to.map(|to| (to, t))).max_by_key(|o| o.map_or(Date::MAX, |(to, _)| to)).flatten()
    {
        offices.push(format!("ELI of {} {}", t.code, days(to.tomorrow().ok(), None)));
    }
    let sector = e.sector.map(|s| s.to_string()).unwrap_or_default();
    let population = matches!(e.kind, EntryKind::State | EntryKind::Place).then_some(e.weight).filter(|n| *n > 0.0);
    let json = json!({"id": e.id, "name": e.name, "kind": e.kind.as_str(), "code": e.code, "sector": e.sector, "form": form,
        "from": e.from, "to": e.to, "feature": e.feature, "lat": e.lat, "lon": e.lon, "population": population, "wikidata": e.wikidata,
        "source": e.source, "offices": e.tenures.iter().map(|(_, t)| t).collect::<Vec<_>>()});
    let kind = if e.feature.is_empty() { e.kind.as_str().to_owned() } else { format!("{} ({})", e.kind.as_str(), e.feature) };
    let place = e.lat.zip(e.lon).map(|(lat, lon)| format!("{lat}, {lon}")).unwrap_or_default();
    let population = population.map(|n| n.to_string()).unwrap_or_default();
    let (days, offices) = (days(e.from, e.to), offices.join("\n"));
    let cells =
        [e.name.clone(), kind, e.code.clone(), sector, form, days, offices, place, population, e.source.clone(), e.id.clone()];
    (cells.to_vec(), json)
}

/// `2004-03-09..2026-01-31`; empty where neither day is known.
fn days(from: Option<Date>, to: Option<Date>) -> String {
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    if from.is_none() && to.is_none() { String::new() } else { format!("{}..{}", day(from), day(to)) }
}

/// Counts what the lexicon holds, and of each how much no second source has confirmed.
fn audit(lexicon: &Lexicon, out: &mut Out) -> Result<bool> {
    let audit = lexicon.audit();
    let mut sheet = Sheet::new(&["what", "entries", "with one source only (editor)"]);
    let mut row = |what: String, n: usize, unchecked: Option<usize>| {
        let json = json!({"what": what, "entries": n, "unchecked": unchecked});
        sheet.row(vec![what, n.to_string(), unchecked.map(|n| n.to_string()).unwrap_or_default()], json);
    };
    for (kind, n) in &audit.kinds {
        row(kind.as_str().to_owned(), *n, Some(audit.unchecked.get(kind).copied().unwrap_or_default()));
    }
    row("offices held".into(), audit.tenures, Some(audit.tenures_unchecked));
    row("spellings".into(), audit.forms, None);
    row("common nouns".into(), audit.nouns, None);
    row("unreadable lines".into(), audit.faults, None);
    for (source, n) in &audit.sources {
        row(format!("source: {source}"), *n, None);
    }
    sheet.print(out)?;
    Ok(true)
}

/// Appends an entry to the last file of `--lexicon`, if all of it can be read afterwards.
fn add(added: &Added, common: &Common) -> Result<bool> {
    let path: &PathBuf = common
        .lexicon
        .last()
        .ok_or_else(|| Usage("no file to add to; name one that ends in .csv or .toml: --lexicon mine.csv".to_owned()))?;
    let before = match path.exists() {
        true => file(path)?,
        false => OwnFile { name: path.display().to_string(), text: String::new() },
    };
    let own = added.own();
    let text = before.with(&own).map_err(|what| Usage(format!("{}: {what}", before.name)))?;
    let after = OwnFile { text, ..before.clone() };
    let lexicon = Lexicon::with(std::slice::from_ref(&after));
    let faults: Vec<&Fault> = lexicon.faults().iter().collect();
    if !faults.is_empty() {
        return Err(Usage(format!("nothing added:\n{}", told(&faults))).into());
    }
    // Written beside it and moved over it, so that a full disk never costs the file.
    let beside = path.with_extension("new");
    fs::write(&beside, &after.text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|e| anyhow!("{} cannot be written: {e}", path.display()))?;
    let index = lexicon.look_up(&own.name).first().map(|s| s.entry).context("the new entry is not found by its name")?;
    if !common.quiet {
        let entry = lexicon.entry(index);
        let how = if entry.source == after.name || entry.source == own.source { "new" } else { "adds to what is known" };
        eprintln!("{}: {} ({}, {how})", after.name, entry.name, entry.id);
    }
    Ok(true)
}

impl Added {
    fn own(&self) -> Own {
        let office = self.office.as_ref().map(|title| {
            let code = self.office_code.clone().unwrap_or_else(|| self.code.clone());
            let kind = self.office_kind.unwrap_or_else(|| OfficeKind::of_title(title));
            let sector = self.sector.unwrap_or(Sector::Gov);
            (kind, Tenure { office: title.clone(), code, sector, from: self.since, to: self.until })
        });
        let held = office.is_some();
        Own {
            line: 0,
            id: self.id.clone().unwrap_or_default(),
            kind: Some(self.kind),
            name: self.name.trim().to_owned(),
            code: self.code.clone(),
            sector: self.sector.filter(|_| !held),
            names: self.alias.clone(),
            surnames: self.surname.clone(),
            adjectives: self.adjective.clone(),
            feature: self.feature.clone().unwrap_or_default(),
            from: self.since.filter(|_| !held),
            to: self.until.filter(|_| !held),
            at: self.lat.zip(self.lon),
            weight: self.weight,
            gender: self.gender,
            wikidata: self.wikidata.clone().unwrap_or_default(),
            source: self.source.clone().unwrap_or_default(),
            offices: office.into_iter().collect(),
        }
    }
}
