//! The record as the commands see it: events with their reports and articles, filtered.

use anyhow::{Context, Result};
use chancery::model::{Article, Claim, Event, Id, Report};
use chancery::{Asked, Happening, Outcome, Telling, Who};
use chancery_register::{Told, claims, merge, origins, sketch};
use chancery_store::{Error, Filter, Put, Store};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// An open record.
pub struct Record {
    store: Store,
    articles: RefCell<BTreeMap<Id, Arc<Article>>>,
    contested: OnceCell<BTreeSet<Id>>,
}

/// An article that holds the words searched for.
pub struct Found {
    pub article: Arc<Article>,
    pub snippet: String,
    /// Those told in a sentence that holds a word searched for.
    pub events: Vec<Id>,
}

impl Record {
    /// Opens a record to add to it; makes one where there is none.
    pub fn open(path: &Path) -> Result<Record, Error> {
        Store::open(path).map(Record::of)
    }

    /// Opens a record that must be there. Events are derived anew where a run was killed before it came to them.
    pub fn existing(path: &Path) -> Result<Record, Error> {
        let mut record = Store::open_existing(path).map(Record::of)?;
        record.derive()?;
        Ok(record)
    }

    fn of(store: Store) -> Record {
        Record { store, articles: RefCell::default(), contested: OnceCell::new() }
    }

    /// The store itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps what was read from a page.
    pub fn put(&mut self, o: &Outcome) -> Result<Put, Error> {
        self.store.put(&o.article, &o.reports, &o.notes, &sketch(&story(&o.article)))
    }

    /// Merges reports into events and claims, unless that has been done since the last change.
    pub fn derive(&mut self) -> Result<(), Error> {
        if self.store.is_current()? {
            return Ok(());
        }
        let (events, claims) = self.merged()?;
        self.store.replace_events(&events, &claims)
    }

    fn merged(&self) -> Result<(Vec<Event>, Vec<Claim>), Error> {
        let origins = origins(&self.store.sketches()?);
        let tellings = self.store.tellings()?;
        let told: Vec<Told> = tellings
            .iter()
            .map(|t| Told {
                report: &t.report,
                published: t.published,
                origin: origins.get(&t.report.article).unwrap_or(&t.report.article),
                sentence: &t.sentence,
            })
            .collect();
        let events = merge(&told);
        let reports: BTreeMap<Id, Report> = tellings.iter().map(|t| (t.report.id.clone(), t.report.clone())).collect();
        let claims = claims(&events, &reports);
        Ok((events, claims))
    }

    /// The events that are asked for, by first day (undated last) and id.
    ///
    /// Where a span of days leaves out some that have none, their number is told; `counts` says of which.
    pub fn happenings(&self, asked: &Asked, counts: impl Fn(&Happening) -> bool) -> Result<Vec<Happening>> {
        let (mut out, mut undated) = (Vec::new(), 0);
        let wide = Asked { since: None, until: None, ..asked.clone() };
        for event in self.store.events(&coarse(asked))? {
            let happening = self.happening(event)?;
            if asked.wants(&happening.event, &happening.told) {
                out.push(happening);
            } else if asked.misses_date(&happening.event) && wide.wants(&happening.event, &happening.told) && counts(&happening) {
                undated += 1;
            }
        }
        if undated > 0 {
            eprintln!("{undated} more fit but have no date; leave out --since and --until to see them");
        }
        Ok(out)
    }

    /// An event with its reports.
    pub fn happening(&self, event: Event) -> Result<Happening> {
        let mut told = Vec::with_capacity(event.reports.len());
        for id in &event.reports {
            let report = self.store.report(&id.0)?.with_context(|| format!("report {id} is missing; run `chancery check`"))?;
            let article = self.article(&report.article)?;
            told.push(Telling { report, article });
        }
        let contested = self.contested()?.contains(&event.id);
        Ok(Happening { event, told, contested })
    }

    /// The events that some assert and others deny or doubt.
    fn contested(&self) -> Result<&BTreeSet<Id>> {
        if let Some(known) = self.contested.get() {
            return Ok(known);
        }
        let claims = self.store.claims(&Filter { contested: true, ..Filter::default() })?;
        Ok(self.contested.get_or_init(|| claims.into_iter().map(|c| c.event).collect()))
    }

    /// An article by its id.
    pub fn article(&self, id: &Id) -> Result<Arc<Article>> {
        if let Some(known) = self.articles.borrow().get(id) {
            return Ok(known.clone());
        }
        let article = self.store.article(&id.0)?.with_context(|| format!("article {id} is missing; run `chancery check`"))?;
        let article = Arc::new(article);
        let mut articles = self.articles.borrow_mut();
        // A bound on memory: most questions concern few articles, and those of one event stand together.
        if articles.len() >= 4096 {
            articles.clear();
        }
        articles.insert(id.clone(), article.clone());
        Ok(article)
    }

    /// The claims about some events.
    pub fn claims(&self, happenings: &[Happening]) -> Result<Vec<Claim>> {
        let wanted: BTreeMap<&Id, usize> = happenings.iter().enumerate().map(|(n, h)| (&h.event.id, n)).collect();
        let mut claims = self.store.claims(&Filter::default())?;
        claims.retain(|c| wanted.contains_key(&c.event));
        claims.sort_by_key(|c| wanted.get(&c.event).copied());
        Ok(claims)
    }

    /// Articles that hold the words, best first; where something is asked for, only those that tell it.
    pub fn search(&self, words: &str, asked: &Asked, limit: usize) -> Result<Vec<Found>> {
        let hits = self.store.search(words, &coarse(asked), limit)?;
        let found =
            |h: chancery_store::Hit| Ok(Found { article: self.article(&h.article)?, snippet: h.snippet, events: h.events });
        hits.into_iter().map(found).collect()
    }

    /// The ids of reports and events that begin with some digits.
    pub fn beginning(&self, digits: &str) -> Result<Vec<Id>> {
        let mut out: Vec<Id> = Vec::new();
        if digits.starts_with('r') {
            out.extend(self.store.reports(None)?.into_iter().map(|r| r.id));
        } else {
            out.extend(self.store.events(&Filter::default())?.into_iter().map(|e| e.id));
        }
        out.retain(|id| id.0.starts_with(digits));
        Ok(out)
    }
}

/// The story without what was struck out, for comparing texts.
fn story(article: &Article) -> String {
    article.story().iter().filter_map(|s| article.text.get(s.range())).collect()
}

/// What the store itself can sort out by its columns; names and places are compared with more care afterwards.
fn coarse(asked: &Asked) -> Filter {
    let who = |w: &Option<Who>| match w {
        Some(Who::Code(code)) => Some(chancery_store::Who::code(code)),
        Some(Who::Sector(code, sector)) => Some(chancery_store::Who { sector: Some(*sector), ..chancery_store::Who::code(code) }),
        _ => None,
    };
    Filter {
        actors: who(&asked.actor).into_iter().collect(),
        from: who(&asked.from),
        to: who(&asked.to),
        types: asked.types.clone(),
        statuses: asked.status.clone(),
        ..Filter::default()
    }
}
