//! Two readings side by side: what one says and the other does not.

use crate::view;
use chancery_model::{Article, Event, Id, Report};
use chancery_store::{Error, Filter, Store};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How two readings differ in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kindred {
    /// Only the second says it.
    Added,
    /// Only the first says it.
    Removed,
    /// Both say it, with other fields.
    Recoded,
    /// Both say it, but the one takes for one event what the other takes for several.
    Merged,
}

impl Kindred {
    /// A word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kindred::Added => "added",
            Kindred::Removed => "removed",
            Kindred::Recoded => "recoded",
            Kindred::Merged => "merged differently",
        }
    }
}

/// One difference between two readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Of what kind.
    pub kind: Kindred,
    /// The report or event, by its id in the first reading where it has one there.
    pub id: Id,
    /// The document that tells it; the first one, of an event.
    pub doc: String,
    /// Which fields differ.
    pub fields: Vec<String>,
    /// What the first says, in a line.
    pub before: String,
    /// What the second says.
    pub after: String,
}

/// What two readings of one article differ in, in the order of the first; reports told by the same words are taken for the same.
pub fn readings(article: &Article, first: &[Report], second: &[Report]) -> Vec<Difference> {
    let mut out = Vec::new();
    let pairs = pairs(first, second);
    let row = |kind, id: &Id, fields, a: Option<&Report>, b: Option<&Report>| {
        let told = |r: Option<&Report>| r.map(|r| told(article, r)).unwrap_or_default();
        Difference { kind, id: id.clone(), doc: article.doc.clone(), fields, before: told(a), after: told(b) }
    };
    for (at, a) in first.iter().enumerate() {
        match pairs.get(&at).map(|&b| &second[b]) {
            Some(b) => {
                let fields = differing(a, b);
                if !fields.is_empty() {
                    out.push(row(Kindred::Recoded, &a.id, fields, Some(a), Some(b)));
                }
            }
            None => out.push(row(Kindred::Removed, &a.id, Vec::new(), Some(a), None)),
        }
    }
    let met: BTreeSet<usize> = pairs.values().copied().collect();
    let added = second.iter().enumerate().filter(|(at, _)| !met.contains(at));
    out.extend(added.map(|(_, b)| row(Kindred::Added, &b.id, Vec::new(), None, Some(b))));
    out
}

fn told(article: &Article, r: &Report) -> String {
    let words = article.text.get(r.trigger.range()).unwrap_or_default();
    format!("{} “{}”", view::gist(r), crate::shown(words))
}

/// Which report of the second is which of the first: by id, then by trigger words, each once.
fn pairs(first: &[Report], second: &[Report]) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    let mut met = BTreeSet::new();
    for (a, r) in first.iter().enumerate() {
        if let Some(b) = second.iter().position(|s| s.id == r.id).filter(|b| met.insert(*b)) {
            out.insert(a, b);
        }
    }
    for (a, r) in first.iter().enumerate() {
        let shared = |s: &Report| s.trigger.end.min(r.trigger.end).saturating_sub(s.trigger.start.max(r.trigger.start));
        let open = second.iter().enumerate().filter(|(b, s)| !met.contains(b) && s.kind == r.kind && shared(s) > 0);
        let best = open.max_by_key(|(b, s)| (shared(s), usize::MAX - b)).map(|(b, _)| b);
        if let Some(b) = best.filter(|_| !out.contains_key(&a)) {
            met.insert(b);
            out.insert(a, b);
        }
    }
    out
}

/// The names of the fields in which two values differ, as they are kept.
fn differing(a: &impl serde::Serialize, b: &impl serde::Serialize) -> Vec<String> {
    let (Ok(Value::Object(a)), Ok(Value::Object(b))) = (serde_json::to_value(a), serde_json::to_value(b)) else {
        return Vec::new();
    };
    a.iter().filter(|(name, value)| b.get(*name) != Some(value)).map(|(name, _)| name.clone()).collect()
}

/// What two records differ in: report by report, then where they take different reports for one event.
///
/// # Errors
/// Where one of them cannot be read.
pub fn records(first: &Store, second: &Store) -> Result<Vec<Difference>, Error> {
    let mut out = Vec::new();
    // Reports of the second that go by another id in the first.
    let mut renamed: BTreeMap<Id, Id> = BTreeMap::new();
    let ids: BTreeSet<Id> = first.article_ids()?.into_iter().chain(second.article_ids()?).collect();
    for id in ids {
        let Some(article) = first.article(&id.0)?.or(second.article(&id.0)?) else { continue };
        let (a, b) = (first.reports(Some(&id))?, second.reports(Some(&id))?);
        for (x, y) in pairs(&a, &b) {
            if a[x].id != b[y].id {
                renamed.insert(b[y].id.clone(), a[x].id.clone());
            }
        }
        out.extend(readings(&article, &a, &b));
    }
    let second_events = second.events(&Filter::default())?;
    let name = |id: &Id| renamed.get(id).unwrap_or(id).clone();
    let named: Vec<(&Event, Vec<Id>)> = second_events.iter().map(|e| (e, e.reports.iter().map(name).collect())).collect();
    out.extend(merged(&first.events(&Filter::default())?, &named, |id| doc(first, id)));
    Ok(out)
}

fn doc(store: &Store, report: &Id) -> String {
    let article = store.report(&report.0).ok().flatten().and_then(|r| store.article(&r.article.0).ok().flatten());
    article.map(|a| a.doc).unwrap_or_default()
}

/// Events of which the second takes the reports for several, or for part of another; reports that only one of them has are no difference here.
fn merged(first: &[Event], second: &[(&Event, Vec<Id>)], doc: impl Fn(&Id) -> String) -> Vec<Difference> {
    let here: BTreeSet<&Id> = first.iter().flat_map(|e| &e.reports).collect();
    let there: BTreeMap<&Id, usize> =
        second.iter().enumerate().flat_map(|(n, (_, reports))| reports.iter().map(move |r| (r, n))).collect();
    let mut out = Vec::new();
    for e in first {
        let common: Vec<&Id> = e.reports.iter().filter(|r| there.contains_key(r)).collect();
        let places: BTreeSet<usize> = common.iter().filter_map(|r| there.get(*r).copied()).collect();
        let theirs: Vec<&Id> = places.iter().flat_map(|n| &second[*n].1).filter(|r| here.contains(r)).collect();
        if common.is_empty() || (places.len() == 1 && theirs.len() == common.len()) {
            continue;
        }
        let list = |ids: &[&Id]| ids.iter().map(|i| i.0.as_str()).collect::<Vec<_>>().join(" ");
        let parts: Vec<String> =
            places.iter().map(|n| list(&second[*n].1.iter().filter(|r| here.contains(r)).collect::<Vec<_>>())).collect();
        out.push(Difference {
            kind: Kindred::Merged,
            id: e.id.clone(),
            doc: e.reports.first().map(&doc).unwrap_or_default(),
            fields: vec!["reports".to_owned()],
            before: list(&common),
            after: parts.join(" | "),
        });
    }
    out
}

/// What events as they are kept differ in from events derived anew out of the same reports.
pub fn events(kept: &[Event], anew: &[Event]) -> Vec<Difference> {
    let by_id: BTreeMap<&Id, &Event> = anew.iter().map(|e| (&e.id, e)).collect();
    let known: BTreeSet<&Id> = kept.iter().map(|e| &e.id).collect();
    let line = |e: Option<&Event>| {
        e.map(|e| format!("{} of {}", e.event, e.reports.iter().map(|r| r.0.as_str()).collect::<Vec<_>>().join(" ")))
    };
    let row = |kind, e: &Event, fields, a: Option<&Event>, b: Option<&Event>| Difference {
        kind,
        id: e.id.clone(),
        doc: String::new(),
        fields,
        before: line(a).unwrap_or_default(),
        after: line(b).unwrap_or_default(),
    };
    let mut out = Vec::new();
    for e in kept {
        match by_id.get(&e.id) {
            Some(f) if *f == e => {}
            Some(f) => out.push(row(Kindred::Recoded, e, differing(e, *f), Some(e), Some(f))),
            None => out.push(row(Kindred::Removed, e, Vec::new(), Some(e), None)),
        }
    }
    out.extend(anew.iter().filter(|e| !known.contains(&e.id)).map(|e| row(Kindred::Added, e, Vec::new(), None, Some(e))));
    out
}

/// The words of a report's sentence on one line.
pub fn sentence(article: &Article, r: &Report) -> String {
    article.text.get(r.sentence.range()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
