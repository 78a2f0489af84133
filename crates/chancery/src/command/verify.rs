//! `verify`, `diff`, `runs`: whether a record comes out the same again, what two differ in, and what its runs went by.

use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::compare::{self, Difference};
use chancery::model::{Article, Fingerprint, Id, Report};
use chancery::wire::v1::CODEBOOK;
use chancery::{code_again, register, shown};
use chancery_store::{Error, Filter, Receipt, Store};
use serde_json::json;
use std::path::Path;

/// Articles that are coded at a time, per thread.
const AHEAD: usize = 8;

/// What this program goes by.
pub fn receipt(asked: Vec<String>) -> Receipt {
    // Of the program itself, so that everything in it that bears on a result is told, its rules included.
    let own = std::env::current_exe().and_then(std::fs::read);
    let program = own.map_or_else(|_| "x".to_owned(), |bytes| Fingerprint::new().bytes(&bytes).id('x').0);
    Receipt {
        program: format!("{} {program}", env!("CARGO_PKG_VERSION")),
        codebook: CODEBOOK.to_owned(),
        lexicon: super::rooms().lexicon.fingerprint().0,
        model: super::rooms().model.fingerprint().0,
        asked,
        ..Receipt::default()
    }
}

/// Derives the record anew from the text of its articles; false where something comes out otherwise.
pub fn verify(record: &Record, threads: usize, quiet: bool, out: &mut Out) -> Result<bool> {
    let store = record.store();
    if !quiet {
        tell_drift(store)?;
    }
    let mut found: Vec<Difference> = Vec::new();
    let ids = store.article_ids()?;
    for some in ids.chunks(threads * AHEAD) {
        let kept: Vec<(Article, Vec<Report>)> =
            some.iter().filter_map(|id| pair(store, id).transpose()).collect::<Result<_, _>>()?;
        for ((article, old), new) in kept.iter().zip(coded(&kept, threads)) {
            found.extend(compare::readings(article, old, &new));
        }
    }
    let (events, claims) = register::merged_in_one_go(store)?;
    let mut old = store.events(&Filter::default())?;
    old.sort_by(|a, b| a.id.cmp(&b.id));
    found.extend(compare::events(&old, &events));
    let mut kept = store.claims(&Filter::default())?;
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    let claims_differ = kept != claims;
    if !quiet {
        eprintln!(
            "{} articles coded anew, {} events merged anew: {}",
            ids.len(),
            events.len(),
            match (found.len(), claims_differ) {
                (0, false) => "nothing differs".to_owned(),
                (0, true) => "the claims differ".to_owned(),
                (n, _) => format!("{n} differences"),
            }
        );
    }
    print(&found, out)?;
    Ok(found.is_empty() && !claims_differ)
}

fn pair(store: &Store, id: &Id) -> Result<Option<(Article, Vec<Report>)>, Error> {
    let Some(article) = store.article(&id.0)? else { return Ok(None) };
    let reports = store.readings(id)?;
    Ok(Some((article, reports)))
}

/// The articles coded again, in their order.
fn coded(articles: &[(Article, Vec<Report>)], threads: usize) -> Vec<Vec<Report>> {
    let rooms = super::rooms();
    let each = articles.len().div_ceil(threads.max(1)).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = articles
            .chunks(each)
            .map(|part| scope.spawn(move || part.iter().map(|(a, _)| code_again(a, &rooms)).collect::<Vec<_>>()))
            .collect();
        // A thread that fails leaves its articles without reports, which then shows as a difference.
        parts.into_iter().flat_map(|p| p.join().unwrap_or_default()).collect()
    })
}

/// Says where the record was read by something else than this program.
fn tell_drift(store: &Store) -> Result<()> {
    let Some(last) = store.runs()?.pop() else {
        eprintln!("the record was read before runs left receipts");
        return Ok(());
    };
    let (here, there) = (receipt(Vec::new()), last.receipt);
    let all = [
        ("program", &there.program, &here.program),
        ("codebook", &there.codebook, &here.codebook),
        ("lexicon", &there.lexicon, &here.lexicon),
        ("model", &there.model, &here.model),
    ];
    for (what, there, here) in all.iter().filter(|(_, a, b)| a != b) {
        eprintln!("its last run had another {what}: {}, this one is {}", shown(there), shown(here));
    }
    Ok(())
}

/// Prints what two records differ in; false where they do not.
pub fn diff(a: &Path, b: &Path, out: &mut Out) -> Result<bool> {
    let (first, second) = (Record::existing(a)?, Record::existing(b)?);
    let found = compare::records(first.store(), second.store())?;
    if found.is_empty() {
        eprintln!("{} and {} say the same", a.display(), b.display());
    }
    print(&found, out)?;
    Ok(!found.is_empty())
}

fn print(found: &[Difference], out: &mut Out) -> Result<()> {
    let mut sheet = Sheet::new(&["change", "id", "doc", "fields", "before", "after"]);
    for d in found {
        let cells = [d.kind.as_str(), &d.id.0, &d.doc, &d.fields.join(", "), &d.before, &d.after].map(str::to_owned).to_vec();
        let json = json!({"change": d.kind.as_str(), "id": d.id, "doc": d.doc, "fields": d.fields, "before": d.before, "after": d.after});
        sheet.row(cells, json);
    }
    if sheet.is_empty() { Ok(()) } else { sheet.print(out) }
}

/// Prints the receipts of the runs; false where there are none.
pub fn runs(record: &Record, out: &mut Out) -> Result<bool> {
    let mut sheet = Sheet::new(&[
        "run", "at", "done", "pages", "new", "known", "replaced", "failed", "program", "codebook", "lexicon", "model", "inputs",
        "asked",
    ]);
    for run in record.store().runs()? {
        let r = &run.receipt;
        let number = |n: u64| n.to_string();
        let mut json = serde_json::to_value(r)?;
        (json["run"], json["at"], json["done"]) = (json!(run.number), json!(run.at), json!(run.done));
        let cells = vec![
            run.number.to_string(),
            run.at.clone(),
            run.done.clone().unwrap_or_else(|| "broken off".to_owned()),
            number(r.pages),
            number(r.new),
            number(r.known),
            number(r.replaced),
            number(r.failed),
            r.program.clone(),
            r.codebook.clone(),
            r.lexicon.clone(),
            r.model.clone(),
            r.inputs.clone(),
            r.asked.join(" "),
        ];
        sheet.row(cells, json);
    }
    if !sheet.is_empty() {
        sheet.print(out)?;
    }
    Ok(!sheet.is_empty())
}
