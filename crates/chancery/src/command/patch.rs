//! `correct patch`: what the corrections of actors tell the lexicon, as a file that `--lexicon` takes.

use super::correct::{gist, holding};
use super::output::Out;
use super::record::Record;
use anyhow::{Result, anyhow};
use chancery::model::{ActorRef, Sector};
use chancery::shown;
use chancery_lexicon::{Entry, EntryKind, Lexicon, Own, OwnFile};
use chancery_store::{Change, Correction, Party};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Writes the file; what it cannot say stands in comments. False where no correction tells a name.
pub fn patch(record: &Record, out: &mut Out) -> Result<bool> {
    let mut comments = BTreeSet::new();
    let mut meant: BTreeMap<String, (Correction, Own)> = BTreeMap::new();
    for (c, report) in holding(record)? {
        let Change::Party { recipient, was, now } = &c.change else { continue };
        let slot = if *recipient { &report.recipients } else { &report.actors };
        match entry(slot, was.as_ref(), now.as_ref()) {
            Ok((words, own)) => {
                let own = Own { source: shown(&format!("correction {} by {}: {}", c.number, c.author, c.reason)), ..own };
                // Of what is said of the same words, the last holds.
                let former = meant.insert(words.clone(), (c.clone(), own));
                if let Some((former, _)) = former.filter(|(f, _)| f.number != c.number) {
                    comments.insert(comment(&former, &format!("correction {} says who “{words}” is after it", c.number)));
                }
            }
            Err(why) => _ = comments.insert(comment(&c, &why)),
        }
    }
    let (text, refused) = file(meant.into_values().collect())?;
    comments.extend(refused);
    if text.is_empty() {
        comments.iter().for_each(|c| eprintln!("{c}"));
        eprintln!("no correction of an actor tells a name");
        return Ok(false);
    }
    comments.iter().try_for_each(|c| writeln!(out, "{c}"))?;
    write!(out, "{text}")?;
    Ok(true)
}

fn comment(c: &Correction, why: &str) -> String {
    shown(&format!("# correction {} by {} ({}) is left out: {why}", c.number, c.author, gist(c)))
}

/// The words that were read, and the entry that makes them mean who it is; or why there is none.
fn entry(slot: &[ActorRef], was: Option<&Party>, now: Option<&Party>) -> Result<(String, Own), String> {
    let was = was.ok_or("nobody was read, so that there are no words that could mean somebody")?;
    let read = slot.iter().find(|a| Party::of(a) == *was).ok_or("it is not read so any more")?;
    let words = read.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let now = now.ok_or_else(|| format!("a lexicon cannot say that “{words}” takes no part here"))?;
    if read.via.is_some() || !words.chars().next().is_some_and(char::is_uppercase) {
        return Err(format!("“{words}” is no name; whom it means depends on what stands around it"));
    }
    let lexicon = super::rooms().lexicon;
    let by_name = |name: &str| lexicon.entries().iter().find(|e| e.name == name && e.kind != EntryKind::Place);
    let known = now.entity.as_deref().and_then(by_name);
    let own = match known.filter(|e| is(e, now)) {
        Some(e) => Own { id: e.id.clone(), kind: Some(e.kind), name: e.name.clone(), code: e.code.clone(), ..Own::default() },
        None => {
            let kind = known.or(was.entity.as_deref().and_then(by_name)).map(|e| e.kind).filter(|k| *k != EntryKind::State);
            anew(kind.unwrap_or(kind_of(read, now.sector)), now, &words)
        }
    };
    let names = Some(words.clone()).filter(|w| *w != own.name);
    Ok((words, Own { names: names.into_iter().collect(), ..own }))
}

/// Whether what the lexicon knows of somebody, on whatever day, makes them who they are said to be.
fn is(e: &Entry, now: &Party) -> bool {
    let held = e.tenures.iter().any(|(_, t)| t.code == now.code && Some(t.sector) == now.sector);
    let former = !e.tenures.is_empty() && now.sector == Some(Sector::Eli);
    held || e.code == now.code && (former || e.sector == now.sector)
}

/// Somebody whom the lexicon does not know, or knows as somebody else: with an id of their own, so that the two are not taken for one.
fn anew(kind: EntryKind, now: &Party, words: &str) -> Own {
    let name = now.entity.as_deref().unwrap_or(words).split_whitespace().collect::<Vec<_>>().join(" ");
    let tag = now.sector.map_or_else(|| now.code.clone(), |s| format!("{}-{s}", now.code));
    let id: String = format!("corrected-{tag}-{name}").to_lowercase();
    Own {
        id: id.replace(|c: char| !c.is_alphanumeric(), "-"),
        kind: Some(kind),
        name,
        code: now.code.clone(),
        sector: now.sector,
        wikidata: now.identifier.clone().unwrap_or_default(),
        ..Own::default()
    }
}

/// What somebody of whom only the sector is known most likely is.
fn kind_of(read: &ActorRef, sector: Option<Sector>) -> EntryKind {
    match sector {
        _ if read.office.is_some() => EntryKind::Person,
        Some(Sector::Reb | Sector::Prm | Sector::Uaf | Sector::Crm) => EntryKind::Group,
        Some(Sector::Mil) => EntryKind::Force,
        _ => EntryKind::Organisation,
    }
}

/// The entries as a file, without those that the lexicon would refuse; and these as comments.
fn file(entries: Vec<(Correction, Own)>) -> Result<(String, Vec<String>)> {
    let written = |all: &[(Correction, Own)]| {
        let empty = OwnFile { name: "patch.tsv".to_owned(), text: String::new() };
        all.iter().try_fold(empty, |file, (_, own)| {
            let text = file.with(own).map_err(|what| anyhow!("{what}"))?;
            Ok::<_, anyhow::Error>(OwnFile { text, ..file })
        })
    };
    let all = written(&entries)?;
    let lexicon = Lexicon::with(std::slice::from_ref(&all));
    // An entry is a line, below the header.
    let faults: BTreeMap<usize, &str> =
        lexicon.faults().iter().filter(|f| f.file == all.name).map(|f| (f.line, f.what.as_str())).collect();
    let (mut good, mut refused) = (Vec::new(), Vec::new());
    for (n, (c, own)) in entries.into_iter().enumerate() {
        match faults.get(&(n + 2)) {
            Some(what) => refused.push(comment(&c, what)),
            None => good.push((c, own)),
        }
    }
    Ok((if refused.is_empty() { all.text } else { written(&good)?.text }, refused))
}
