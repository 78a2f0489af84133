//! `demo`: the bundled sample from pages to answers.

use super::args::{Common, Fields, Filtered, Format, Inputs};
use super::explain::event_text;
use super::output::Out;
use super::record::Record;
use super::take;
use super::{claims, nouns};
use anyhow::{Context, Result};
use chancery::{Asked, Happening, sample};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Reads the sample into a fresh record, that of `--record` where one is named, and shows what it answers.
pub fn demo(common: &Common, into: Option<&Path>, out: &mut Out) -> Result<bool> {
    let kept = common.record.clone().or_else(|| into.map(|f| f.join("chancery.db")));
    if let Some(there) = kept.as_ref().filter(|p| p.exists()) {
        anyhow::bail!(super::Usage(format!("{} is there already; choose another place", there.display())));
    }
    let folder = Folder::new(into)?;
    let record = kept.as_ref().map_or_else(|| Ok(folder.path.join("chancery.db")), std::path::absolute)?;
    // Pages are named from the folder that holds them, so that what is shown is the same wherever it lies.
    let _back = folder.enter()?;
    sample::unpack(Path::new("pages")).with_context(|| format!("{} cannot be written", folder.path.display()))?;
    let inputs = Inputs {
        inputs: vec!["pages".to_owned()],
        published: None,
        fields: Fields::default(),
        max_bytes: None,
        stop_after: None,
    };
    let quiet = Common { quiet: true, ..common.clone() };
    let tally = take::read(&inputs, &quiet, &record, out)?;
    let record = Record::existing(&record)?;
    // The demo is for eyes, also where it goes into a pipe or file.
    out.format = Format::Table;
    let counts = record.store().counts()?;
    writeln!(
        out,
        "Read {} dispatches of 2015 to 2018 (events real, outlets and wording made up): {} reports of {} events, {} contested.\n",
        tally.articles,
        counts.reports,
        counts.events,
        record.contested()?.len()
    )?;
    writeln!(out, "$ chancery dyad russia iran\n")?;
    nouns::dyad(&record, "russia", "iran", &Filtered::default(), out)?;
    writeln!(out, "\n$ chancery claims --contested\n")?;
    let contested = claims::Of { contested: true, by: None, about: None };
    if !claims::claims(&record, contested, &Filtered::default(), out)? {
        writeln!(out, "(nothing is contested)")?;
    }
    writeln!(out, "\n$ chancery search Palmyra\n")?;
    nouns::search(&record, &["Palmyra".to_owned()], &Filtered::default(), out)?;
    let found = record.happenings(&Asked::default(), |_| true)?;
    if let Some(h) = telling(&found) {
        writeln!(out, "\n$ chancery explain {}\n", h.event.id)?;
        write!(out, "{}", event_text(&record, h)?)?;
    }
    match kept {
        Some(place) => writeln!(out, "\nAsk further with --record {}", place.display())?,
        None => writeln!(out, "\nKeep it and ask further: chancery demo --into FOLDER")?,
    }
    Ok(tally.articles > 0)
}

/// The event that shows most: contested, told by several voices, with its fields told. Ties go to the earlier.
fn telling(found: &[Happening]) -> Option<&Happening> {
    let worth = |h: &Happening| {
        let voices = h.told.iter().filter(|t| !t.report.attribution.is_empty()).count();
        let e = &h.event;
        let fields = usize::from(e.place.is_some()) + usize::from(e.date.is_some()) + usize::from(!e.recipients.is_empty());
        (h.contested, e.origins.min(2), voices.min(3), fields)
    };
    found.iter().rev().max_by_key(|h| worth(h))
}

/// A folder that is removed afterwards, unless the user named it.
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    fn new(into: Option<&Path>) -> Result<Folder> {
        let path =
            into.map_or_else(|| std::env::temp_dir().join(format!("chancery-demo-{}", std::process::id())), Path::to_owned);
        std::fs::create_dir_all(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Folder { path, keep: into.is_some() })
    }

    /// Makes it the current folder for as long as the result lives.
    fn enter(&self) -> Result<Back> {
        let back = Back(std::env::current_dir()?);
        std::env::set_current_dir(&self.path)?;
        Ok(back)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // Nothing hangs on it: the system empties its folder for temporary files by itself.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// The folder to return to.
struct Back(PathBuf);

impl Drop for Back {
    fn drop(&mut self) {
        // Where it is gone there is nothing to return to.
        let _ = std::env::set_current_dir(&self.0);
    }
}
