//! The record as the commands see it: events with their reports and articles, filtered.

use anyhow::{Context, Result};
use chancery::model::{Article, Event, Id, Status};
use chancery::{Asked, Dispute, Happening, Outcome, Print, Telling, Who, prints};
use chancery_register::{Identity, Standing, Thread, Told, persons, sketch, threads};
use chancery_store::{Error, Filter, Put, Store};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// An open record.
pub struct Record {
    store: Store,
    articles: RefCell<BTreeMap<Id, Arc<Article>>>,
    identities: RefCell<BTreeMap<String, Arc<BTreeMap<String, Identity>>>>,
    contested: OnceCell<BTreeSet<Id>>,
    standing: OnceCell<Standing>,
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
        Record {
            store,
            articles: RefCell::default(),
            identities: RefCell::default(),
            contested: OnceCell::new(),
            standing: OnceCell::new(),
        }
    }

    /// The store itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps what was read from a page.
    pub fn put(&mut self, o: &Outcome) -> Result<Put, Error> {
        self.store.put(&o.article, &o.reports, &o.notes, &sketch(&story(&o.article)))
    }

    /// Merges reports into events and claims, those that have changed since.
    pub fn derive(&mut self) -> Result<(), Error> {
        self.identities = RefCell::default();
        self.contested = OnceCell::new();
        self.standing = OnceCell::new();
        chancery::register::derive(&mut self.store)
    }

    /// The store itself, to write to; events are to be derived afterwards.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Whom the names of a code's people mean that are spellings of others, by name.
    pub fn identities(&self, code: &str) -> Result<Arc<BTreeMap<String, Identity>>, Error> {
        if let Some(known) = self.identities.borrow().get(code) {
            return Ok(known.clone());
        }
        let names = self.store.names(code)?;
        let lexicon = super::rooms().lexicon;
        let known = |name: &str| lexicon.look_up(name).iter().any(|s| lexicon.entry(s.entry).name == name);
        let found = persons(names.iter().map(String::as_str), known).into_iter().map(|(n, i)| (n.to_owned(), i));
        let found = Arc::new(found.collect::<BTreeMap<_, _>>());
        self.identities.borrow_mut().insert(code.to_owned(), found.clone());
        Ok(found)
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
        let contested = self.contested()?.contains(&event.id);
        self.told(event, contested)
    }

    fn told(&self, event: Event, contested: bool) -> Result<Happening> {
        let mut told = Vec::with_capacity(event.reports.len());
        for id in &event.reports {
            let report = self.store.report(&id.0)?.with_context(|| format!("report {id} is missing; run `chancery check`"))?;
            let article = self.article(&report.article)?;
            told.push(Telling { report, article });
        }
        Ok(Happening { event, told, contested })
    }

    /// The events that some assert and others deny or doubt.
    pub(super) fn contested(&self) -> Result<&BTreeSet<Id>> {
        if let Some(known) = self.contested.get() {
            return Ok(known);
        }
        let claims = self.store.claims(&Filter { contested: true, ..Filter::default() })?;
        let mut found: BTreeSet<Id> = claims.into_iter().map(|c| c.event).collect();
        found.extend(self.standing()?.contested().cloned());
        Ok(self.contested.get_or_init(|| found))
    }

    /// What is denied in general, and what is asserted in spite of it.
    pub(super) fn standing(&self) -> Result<&Standing> {
        if let Some(known) = self.standing.get() {
            return Ok(known);
        }
        let found = self.find_standing()?;
        Ok(self.standing.get_or_init(|| found))
    }

    fn find_standing(&self) -> Result<Standing> {
        let negated = Filter { statuses: vec![Status::Negated], ..Filter::default() };
        let denials = self.store.claims(&negated)?;
        if denials.is_empty() {
            return Ok(Standing::default());
        }
        let events: BTreeMap<Id, Event> = self.store.events(&Filter::default())?.into_iter().map(|e| (e.id.clone(), e)).collect();
        let mut out = Standing::of(denials.iter().filter_map(|c| Some((events.get(&c.event)?, c))));
        for event in events.values().filter(|e| out.denied(e)).collect::<Vec<_>>() {
            if let Some(claim) = self.told(event.clone(), true)?.claim() {
                out.hold(event, &claim);
            }
        }
        Ok(out)
    }

    /// The pages that print the text of an article, the first print first.
    pub fn prints(&self, article: &Id) -> Result<Vec<Print>> {
        let found = self.store.prints(article)?.into_iter();
        Ok(prints(found.map(|t| Ok((self.article(&t.article)?, t.sketch))).collect::<Result<_>>()?))
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

    /// What is disputed in an event: what is held of it and of those that stand against it.
    pub fn dispute(&self, event: &Id) -> Result<Dispute> {
        let standing = self.standing()?;
        self.dispute_over([event].into_iter().chain(standing.against(event)))
    }

    /// All disputes of the record, each once, with all events that stand against each other in them, by day (undated last).
    pub fn disputes(&self) -> Result<Vec<Dispute>> {
        let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
        for event in self.contested()? {
            if seen.contains(event) {
                continue;
            }
            let events = self.standing()?.dispute(event);
            out.push(self.dispute_over(&events)?);
            seen.extend(events);
        }
        let day = |d: &Dispute| d.happenings.iter().filter_map(|h| h.event.date.as_ref()).map(|d| d.from).min();
        out.sort_by_key(|d| (day(d).is_none(), day(d)));
        Ok(out)
    }

    fn dispute_over<'a>(&self, events: impl IntoIterator<Item = &'a Id>) -> Result<Dispute> {
        let mut happenings = Vec::new();
        for id in events {
            let event = self.store.event(&id.0)?.with_context(|| format!("event {id} is missing; run `chancery check`"))?;
            happenings.push(self.happening(event)?);
        }
        Ok(Dispute::of(happenings))
    }

    /// What actors hold on matters, by speaker and matter, with the statements in the order of time.
    pub fn threads(&self, asked: &Asked) -> Result<Vec<(Thread, Vec<Telling>)>> {
        let mut told = Vec::new();
        for report in self.store.statements(&Filter::default())? {
            let article = self.article(&report.article)?;
            told.push(Telling { report, article });
        }
        told.retain(|t| asked.wants_statement(t));
        let heard: Vec<Told> = told.iter().map(Telling::told).collect();
        let by_id: BTreeMap<&Id, &Telling> = told.iter().map(|t| (&t.report.id, t)).collect();
        let with = |t: Thread| {
            let said = t.statements.iter().filter_map(|s| by_id.get(&s.report).map(|t| (*t).clone())).collect();
            (t, said)
        };
        Ok(threads(&heard).into_iter().map(with).collect())
    }

    /// Articles that hold the words, best first; where something is asked for, only those that tell it.
    pub fn search(&self, words: &str, asked: &Asked, limit: usize) -> Result<Vec<Found>> {
        let hits = self.store.search(words, &coarse(asked), limit)?;
        let found =
            |h: chancery_store::Hit| Ok(Found { article: self.article(&h.article)?, snippet: h.snippet, events: h.events });
        hits.into_iter().map(found).collect()
    }

    /// The ids of reports and events that begin with some digits, a few of them; of none, what goes on for ids in use once that begin so.
    pub fn beginning(&self, digits: &str) -> Result<Vec<Id>, Error> {
        let found = self.store.beginning(digits, 9)?;
        if found.is_empty() { self.store.goes_on_beginning(digits, 9) } else { Ok(found) }
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
