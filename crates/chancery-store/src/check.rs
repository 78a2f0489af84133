use crate::{
    Change, Correction, Error, Store, beside,
    correct::{self, others},
    overlay,
    settle::settled,
};
use chancery_model::{Article, Byte, Event, Id, Kind, Report, Span};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Audits the record: what is wrong with it, a line each; nothing where all is well.
    ///
    /// Looked at are the file itself, the search index, ids, links between articles, reports and events, whether every span lies in its text,
    /// whether texts are what their ids were made of and readings what their digests were made of, whether what is searched by is what stands in
    /// the JSON beside it, whether what people have corrected is corrected and every correction finds what it is about, and whether the runs have
    /// receipts. Whether origins, claims and ties are those that reports and
    /// events give is for those to say who know the rules ([`Store::other_ties`]).
    ///
    /// # Errors
    /// Where the file cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        let mut wrong = Vec::new();
        self.read(|conn| {
            file(conn, &mut wrong)?;
            beside::articles(conn, &mut wrong)?;
            beside::events(conn, &mut wrong)
        })?;
        let mut reports: BTreeMap<Id, Report> = BTreeMap::new();
        for a in self.articles()? {
            article(&a, &mut wrong);
            let of = self.reports(Some(&a.id))?;
            let ids: BTreeSet<&Id> = of.iter().map(|r| &r.id).collect();
            for r in &of {
                report(&a, r, &ids, &mut wrong);
            }
            reports.extend(of.into_iter().map(|r| (r.id.clone(), r)));
        }
        if self.read(settled)? {
            self.events_against(&reports, &mut wrong)?;
            self.read(|conn| beside::texts(conn, &mut wrong))?;
        }
        self.overlay(&mut wrong)?;
        self.receipts(&mut wrong)?;
        Ok(wrong)
    }

    /// Whether the record reads as people have corrected it.
    fn overlay(&self, wrong: &mut Vec<String>) -> Result<(), Error> {
        let all = self.corrections()?;
        let active: Vec<&Correction> = all.iter().filter(|c| c.undone.is_none()).collect();
        let mut articles: BTreeSet<Id> = BTreeSet::new();
        for c in &all {
            if let Change::Undo { number } = &c.change
                && !(1..c.number).contains(number)
            {
                wrong.push(format!("correction {}: undoes {number}, which is not before it", c.number));
            }
        }
        for c in &active {
            for aim in c.targets.iter().filter(|a| a.now.is_none()) {
                let (id, article) = (&aim.target.report, &aim.target.article);
                wrong.push(format!(
                    "correction {}: finds report {id} of {article} no more; see `chancery correct list`",
                    c.number
                ));
            }
            articles.extend(c.targets.iter().map(|t| t.target.article.clone()));
        }
        for article in articles.clone() {
            articles.extend(self.read(|conn| others(conn, &article))?);
        }
        for article in &articles {
            let read = self.readings(article)?;
            let of = self.read(|conn| correct::active(conn, article, &read))?;
            let expected: Vec<Report> = overlay::amended(&read, &of).into_iter().flatten().collect();
            if self.reports(Some(article))? != expected {
                wrong.push(format!("article {article}: its reports are not as they have been corrected"));
            }
        }
        Ok(())
    }

    fn receipts(&self, wrong: &mut Vec<String>) -> Result<(), Error> {
        for run in self.runs()? {
            let r = &run.receipt;
            if [&r.program, &r.codebook, &r.lexicon, &r.model].iter().any(|s| s.is_empty()) {
                wrong.push(format!("run {}: its receipt does not say what it went by", run.number));
            }
            if run.done.is_some() && r.new + r.known + r.replaced != r.pages {
                wrong.push(format!(
                    "run {}: its receipt tells of {} pages, but not of each what became of it",
                    run.number, r.pages
                ));
            }
        }
        let strays: i64 = self.read(|conn| {
            let sql = "SELECT count(*) FROM articles WHERE run <> 0 AND run NOT IN (SELECT n FROM runs)";
            Ok(conn.query_row(sql, [], |r| r.get(0))?)
        })?;
        if strays > 0 {
            wrong.push(format!("{strays} articles: the run that read them has no receipt"));
        }
        Ok(())
    }

    fn events_against(&self, reports: &BTreeMap<Id, Report>, wrong: &mut Vec<String>) -> Result<(), Error> {
        let events: Vec<Event> = self.events(&crate::Filter::default())?;
        let mut told = BTreeSet::new();
        for e in &events {
            for r in &e.reports {
                if !reports.contains_key(r) {
                    wrong.push(format!("event {}: report {r} is not there", e.id));
                }
                if !told.insert(r) {
                    wrong.push(format!("event {}: report {r} belongs to another event, too", e.id));
                }
            }
            if e.reports.first().is_none_or(|r| r.0.get(1..) != e.id.0.get(1..)) {
                wrong.push(format!("event {}: its id is not that of its first report", e.id));
            }
        }
        for r in reports.values().filter(|r| r.kind == Kind::Event && !told.contains(&r.id)) {
            wrong.push(format!("report {}: belongs to no event", r.id));
        }
        let ids: BTreeSet<&Id> = events.iter().map(|e| &e.id).collect();
        for c in self.claims(&crate::Filter::default())? {
            if !ids.contains(&c.event) {
                wrong.push(format!("claim {}: event {} is not there", c.id, c.event));
            }
            let missing = c.positions.iter().filter(|p| !reports.contains_key(&p.report));
            wrong.extend(missing.map(|p| format!("claim {}: report {} is not there", c.id, p.report)));
        }
        Ok(())
    }
}

fn file(conn: &Connection, wrong: &mut Vec<String>) -> Result<(), Error> {
    let mut s = conn.prepare("PRAGMA integrity_check(20)")?;
    for line in s.query_map([], |r| r.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            wrong.push(format!("file: {line}"));
        }
    }
    // Compares the index with the articles' words.
    let index = conn.execute("INSERT INTO story_index (story_index, rank) VALUES ('integrity-check', 1)", []);
    match index.map_err(Error::from) {
        Err(e) if e.is_damaged() => wrong.push("search index: does not fit the articles".to_owned()),
        // A record that may not be written to cannot be asked this; that is no fault of it.
        _ => (),
    }
    let mut s = conn.prepare("PRAGMA foreign_key_check")?;
    for line in s.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<i64>>(1)?, r.get::<_, String>(2)?)))? {
        let (table, row, parent) = line?;
        wrong.push(format!("{table}: row {} points at no row of {parent}", row.unwrap_or(0)));
    }
    Ok(())
}

fn well_formed(id: &Id, letter: char) -> bool {
    let mut chars = id.0.chars();
    chars.next() == Some(letter) && id.0.len() == 17 && chars.all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

fn article(a: &Article, wrong: &mut Vec<String>) {
    if !well_formed(&a.id, 'a') {
        wrong.push(format!("article {}: malformed id", a.id));
    }
    let mut end = 0;
    for s in &a.struck {
        if !fits(&a.text, s.span) || s.span.start < end {
            wrong.push(format!("article {}: struck stretch {:?} is out of place", a.id, s.span));
        }
        end = s.span.end;
    }
}

fn report(a: &Article, r: &Report, ids: &BTreeSet<&Id>, wrong: &mut Vec<String>) {
    if !well_formed(&r.id, 'r') {
        wrong.push(format!("report {}: malformed id", r.id));
    }
    if r.article != a.id {
        wrong.push(format!("report {}: names article {} but is kept with {}", r.id, r.article, a.id));
    }
    if let Some(first) = r.same_as.as_ref().filter(|id| !ids.contains(id)) {
        wrong.push(format!("report {}: repeats {first}, which is not in its article", r.id));
    }
    for (what, span) in spans(r) {
        if !fits(&a.text, span) {
            wrong.push(format!("report {}: {what} {span:?} is not in the text of {}", r.id, a.id));
        }
    }
}

/// Every span of a report with its name.
fn spans(r: &Report) -> Vec<(&'static str, Span<Byte>)> {
    let mut out = vec![("trigger", r.trigger), ("sentence", r.sentence)];
    for (name, list) in [("actor", &r.actors), ("recipient", &r.recipients)] {
        out.extend(list.iter().flat_map(|a| [Some(a.span), a.via]).flatten().map(|s| (name, s)));
    }
    out.extend(r.attribution.iter().flat_map(|v| [Some(v.span), v.cue]).flatten().map(|s| ("voice", s)));
    out.extend(r.date.as_ref().and_then(|d| d.span).map(|s| ("date", s)));
    out.extend(r.place_span.map(|s| ("place", s)));
    out.extend(r.size.iter().map(|m| ("size", m.span)));
    out.extend(r.position.as_ref().map(|p| ("position", p.2)));
    out
}

fn fits(text: &str, span: Span<Byte>) -> bool {
    text.get(span.range()).is_some()
}
