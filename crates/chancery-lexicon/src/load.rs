use crate::{
    Codes, Entry, EntryKind, FormKind, OfficeKind,
    fold::fold,
    forms::{Forms, rank},
    ids::Ids,
    noun::Nouns,
    similar::is_particle,
};
use chancery_model::{Sector, Tenure};
use jiff::civil::Date;
use std::ops::Range;

/// A line of a data file, or of a user's own file, that cannot be read; it is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct Fault {
    /// File name under `data/`, or the user's name for the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Everything the data files hold.
pub(crate) struct Loaded {
    pub entries: Vec<Entry>,
    pub ids: Ids,
    /// Entries of `officials.tsv`, who are found by full name alone.
    pub officials: Range<usize>,
    pub forms: Forms,
    pub surnames: Vec<(String, usize)>,
    pub codes: Vec<Codes>,
    pub nouns: Nouns,
    pub faults: Vec<Fault>,
}

/// The data files by name.
pub(crate) const FILES: [(&str, &str); 12] = [
    ("states.tsv", include_str!("../data/states.tsv")),
    ("codes.tsv", include_str!("../data/codes.tsv")),
    ("people.tsv", include_str!("../data/people.tsv")),
    ("organisations.tsv", include_str!("../data/organisations.tsv")),
    ("groups.tsv", include_str!("../data/groups.tsv")),
    ("forces.tsv", include_str!("../data/forces.tsv")),
    ("outlets.tsv", include_str!("../data/outlets.tsv")),
    ("places.tsv", include_str!("../data/places.tsv")),
    // after the places that it adds to, and apart from them: see the README beside it
    ("odbl/coordinates.tsv", include_str!("../data/odbl/coordinates.tsv")),
    ("officials.tsv", include_str!("../data/officials.tsv")),
    // after all that can hold an office
    ("offices.tsv", include_str!("../data/offices.tsv")),
    ("nouns.tsv", include_str!("../data/nouns.tsv")),
];

/// Fields of one line by the names of the header.
struct Row<'h> {
    header: &'h [&'static str],
    fields: &'h [&'static str],
}

impl Row<'_> {
    // inlined, so that `name` is a constant and comparing takes no call
    #[inline(always)]
    fn get(&self, name: &str) -> &'static str {
        self.header.iter().position(|h| *h == name).and_then(|i| self.fields.get(i)).copied().unwrap_or("")
    }
    #[inline(always)]
    fn list(&self, name: &str) -> impl Iterator<Item = &'static str> + use<> {
        self.get(name).split('|').filter(|s| !s.is_empty())
    }
    #[inline(always)]
    fn date(&self, name: &str) -> Result<Option<Date>, String> {
        match self.get(name) {
            "" => Ok(None),
            s => s.parse().map(Some).map_err(|_| format!("`{s}` is no ISO date")),
        }
    }
    #[inline(always)]
    fn number(&self, name: &str) -> Result<Option<f64>, String> {
        match self.get(name) {
            "" => Ok(None),
            s => s.parse().map(Some).map_err(|_| format!("`{s}` is no number")),
        }
    }
    fn sector(&self) -> Result<Option<Sector>, String> {
        match self.get("sector") {
            "" => Ok(None),
            s => s.parse().map(Some).map_err(|_| format!("`{s}` is no sector")),
        }
    }
    #[inline(always)]
    fn filled(&self, name: &str) -> Result<&'static str, String> {
        match self.get(name) {
            "" => Err(format!("no {name}")),
            s => Ok(s),
        }
    }
}

impl Loaded {
    /// Reads the embedded files.
    pub fn builtin() -> Loaded {
        let lines = FILES.iter().map(|(_, text)| text.len() / 60).sum::<usize>();
        let mut out = Loaded {
            entries: Vec::with_capacity(lines),
            ids: Ids::with_capacity(lines),
            officials: 0..0,
            forms: Forms::with_capacity(2 * lines),
            surnames: Vec::new(),
            codes: Vec::new(),
            nouns: Nouns::default(),
            faults: Vec::new(),
        };
        for (file, text) in FILES {
            let first = out.entries.len();
            out.file(file, text);
            if file == "officials.tsv" {
                out.officials = first..out.entries.len();
            }
        }
        for e in &mut out.entries {
            e.tenures.sort_by_key(|(_, t)| (t.from, t.to));
        }
        out.forms.close();
        out
    }

    fn file(&mut self, file: &'static str, text: &'static str) {
        let mut lines = text.lines();
        let header: Vec<&'static str> = lines.next().unwrap_or("").split('\t').collect();
        let mut fields: Vec<&'static str> = Vec::with_capacity(header.len());
        for (i, line) in lines.enumerate() {
            fields.clear();
            // most fields are shorter than what a search for the next tab takes to set up
            let mut rest = line;
            while let Some(tab) = rest.bytes().position(|b| b == b'\t') {
                fields.push(&rest[..tab]);
                rest = &rest[tab + 1..];
            }
            fields.push(rest);
            let row = Row { header: &header, fields: &fields };
            let done = if row.fields.len() == header.len() {
                self.row(file, &row)
            } else {
                Err(format!("{} fields where the header has {}", row.fields.len(), header.len()))
            };
            if let Err(what) = done {
                self.faults.push(Fault { file: file.to_owned(), line: i + 2, what });
            }
        }
    }

    fn row(&mut self, file: &str, row: &Row<'_>) -> Result<(), String> {
        match file {
            "states.tsv" => self.state(row),
            "codes.tsv" => self.code(row),
            "people.tsv" => self.person(row),
            "offices.tsv" => self.office(row),
            "officials.tsv" => self.official(row),
            "organisations.tsv" => self.body(row, EntryKind::Organisation),
            "groups.tsv" => self.body(row, EntryKind::Group),
            "forces.tsv" => self.body(row, EntryKind::Force),
            "outlets.tsv" => self.body(row, EntryKind::Outlet),
            "places.tsv" => self.body(row, EntryKind::Place),
            "odbl/coordinates.tsv" => self.coordinates(row),
            _ => self.nouns.add(row.get("noun"), row.get("plural"), row.get("sector"), row.get("kind"), row.get("office")),
        }
    }

    /// Adds the entry itself, without forms.
    fn entry(&mut self, row: &Row<'_>, kind: EntryKind) -> Result<usize, String> {
        let id = row.filled("id")?;
        let entry = Entry {
            id: id.to_owned(),
            kind,
            name: row.filled("name")?.to_owned(),
            code: row.get("code").to_owned(),
            sector: row.sector()?,
            from: row.date("from")?,
            to: row.date("to")?,
            lat: row.number("lat")?,
            lon: row.number("lon")?,
            feature: if kind == EntryKind::State { "country".to_owned() } else { row.get("feature").to_owned() },
            weight: row.number("weight")?.unwrap_or(0.0),
            wikidata: Some(row.get("wikidata")).filter(|s| !s.is_empty()).map(str::to_owned),
            gender: row.get("gender").chars().next(),
            source: row.filled("source")?.to_owned(),
            tenures: Vec::new(),
        };
        self.add(entry)
    }

    /// Adds an entry under its id.
    pub fn add(&mut self, entry: Entry) -> Result<usize, String> {
        let index = self.entries.len();
        if !self.ids.add(&entry.id, index) {
            return Err(format!("second entry with id `{}`", entry.id));
        }
        self.entries.push(entry);
        Ok(index)
    }

    pub fn form(&mut self, text: &str, entry: usize, kind: FormKind) {
        let rank = rank(&self.entries[entry], kind);
        self.forms.add(text, entry, kind, rank);
        // "The Daily Star" is found as "Daily Star" too, but "The Nation" needs its article
        let outlet = self.entries[entry].kind == EntryKind::Outlet;
        if let Some(bare) = text.strip_prefix("The ").filter(|b| kind == FormKind::Name && (!outlet || b.contains(' '))) {
            self.forms.add(bare, entry, kind, rank);
        }
    }

    fn state(&mut self, row: &Row<'_>) -> Result<(), String> {
        let at = self.entry(row, EntryKind::State)?;
        self.form(row.get("name"), at, FormKind::Name);
        let columns = [
            ("names", FormKind::Name),
            ("abbreviations", FormKind::Abbreviation),
            ("adjectives", FormKind::Adjective),
            ("people", FormKind::People),
            ("capital", FormKind::Capital),
            ("metonyms", FormKind::Metonym),
        ];
        for (column, kind) in columns {
            for text in row.list(column) {
                self.form(text, at, kind);
            }
        }
        Ok(())
    }

    fn body(&mut self, row: &Row<'_>, kind: EntryKind) -> Result<(), String> {
        let at = self.entry(row, kind)?;
        self.form(row.get("name"), at, FormKind::Name);
        for (column, form) in [("names", FormKind::Name), ("adjectives", FormKind::Adjective)] {
            for text in row.list(column) {
                self.form(text, at, form);
            }
        }
        Ok(())
    }

    /// Where a place lies that has no coordinates in `places.tsv`.
    fn coordinates(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id = row.filled("id")?;
        let (lat, lon) = (row.number("lat")?.ok_or("no lat")?, row.number("lon")?.ok_or("no lon")?);
        let at = self.ids.get(id, &self.entries).ok_or_else(|| format!("no entry `{id}`"))?;
        let place = &mut self.entries[at];
        if place.kind != EntryKind::Place || place.lat.is_some() {
            return Err(format!("`{id}` is no place without coordinates"));
        }
        (place.lat, place.lon) = (Some(lat), Some(lon));
        place.source.push_str(COORDINATES);
        Ok(())
    }

    fn person(&mut self, row: &Row<'_>) -> Result<(), String> {
        let at = self.entry(row, EntryKind::Person)?;
        let mut surnames: Vec<&str> = row.list("surname").collect();
        for name in std::iter::once(row.get("name")).chain(row.list("names")) {
            self.form(name, at, FormKind::Name);
            if let Some(plain) = without_particles(name) {
                self.form(&plain, at, FormKind::Name);
            }
            if row.get("surname").is_empty() {
                surnames.extend(name.split(' ').next_back());
            }
        }
        surnames.sort_unstable();
        surnames.dedup();
        for surname in surnames {
            self.form(surname, at, FormKind::Surname);
            let plain = without_particles(surname);
            if let Some(plain) = &plain {
                self.form(plain, at, FormKind::Surname);
            }
            self.surnames.push((fold(plain.as_deref().unwrap_or(surname)), at));
        }
        Ok(())
    }

    fn office(&mut self, row: &Row<'_>) -> Result<(), String> {
        let id = row.filled("holder")?;
        let kind = OfficeKind::parse(row.get("kind")).ok_or_else(|| format!("`{}` is no kind of office", row.get("kind")))?;
        let tenure = Tenure {
            office: row.filled("office")?.to_owned(),
            code: row.filled("code")?.to_owned(),
            sector: row.sector()?.ok_or("no sector")?,
            from: row.date("from")?,
            to: row.date("to")?,
        };
        if tenure.from.zip(tenure.to).is_some_and(|(from, to)| to < from) {
            return Err("ends before it begins".to_owned());
        }
        let at = self.ids.get(id, &self.entries).ok_or_else(|| format!("no entry `{id}`"))?;
        self.entries[at].tenures.push((kind, tenure));
        Ok(())
    }

    /// Someone of whom a source tells offices and dates and little else. No last names: they would be taken for better-known people.
    fn official(&mut self, row: &Row<'_>) -> Result<(), String> {
        let at = self.entry(row, EntryKind::Person)?;
        self.entries[at].weight = OFFICIAL;
        for held in row.list("held") {
            let tenure = held_office(held, row.get("code")).ok_or_else(|| format!("`{held}` is not `office SECTOR from/to`"))?;
            self.entries[at].tenures.push((OfficeKind::Other, tenure));
        }
        if self.entries[at].tenures.is_empty() {
            self.entries[at].sector = Some(Sector::Eli);
        }
        for name in std::iter::once(row.get("name")).chain(row.list("names")) {
            self.form(name, at, FormKind::Name);
        }
        Ok(())
    }

    fn code(&mut self, row: &Row<'_>) -> Result<(), String> {
        self.codes.push(Codes {
            iso3: row.filled("iso3")?,
            iso2: row.get("iso2"),
            numeric: row.get("numeric"),
            cow: row.get("cow"),
            cow_number: row.get("cow_number"),
            gw: row.get("gw"),
            fips: row.get("fips"),
        });
        Ok(())
    }
}

/// What `odbl/coordinates.tsv` adds to the source of a place.
const COORDINATES: &str = "|countries-states-cities";

/// Prominence of the people of `officials.tsv`: below everyone of `people.tsv`.
const OFFICIAL: f64 = 10.0;

/// An office as `officials.tsv` writes it: its name, sector, code where it is not that of the person, and days.
fn held_office(held: &str, code: &str) -> Option<Tenure> {
    let (before, days) = held.rsplit_once(' ')?;
    let (from, to) = days.split_once('/')?;
    let day = |s: &str| if s.is_empty() { Some(None) } else { s.parse::<Date>().ok().map(Some) };
    let (office, last) = before.rsplit_once(' ')?;
    let own = last.parse::<Sector>().ok().map(|sector| (office, sector, code));
    let (office, sector, code) = own.or_else(|| {
        let (office, sector) = office.rsplit_once(' ')?;
        Some((office, sector.parse().ok()?, last))
    })?;
    let (from, to) = (day(from)?, day(to)?);
    let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
    ordered.then(|| Tenure { office: office.to_owned(), code: code.to_owned(), sector, from, to })
}

/// The name without "al-" and its kin; `None` where it has none.
pub(crate) fn without_particles(name: &str) -> Option<String> {
    if !name.contains('-') && !name.contains(' ') {
        return None;
    }
    let mut changed = false;
    let words: Vec<&str> = name
        .split(' ')
        .filter_map(|w| match w.split_once('-') {
            Some((p, rest)) if is_particle(&p.to_lowercase()) => {
                changed = true;
                Some(rest)
            }
            _ if matches!(w, "Al" | "El" | "al" | "el") => {
                changed = true;
                None
            }
            _ => Some(w),
        })
        .collect();
    (changed && !words.is_empty()).then(|| words.join(" "))
}
