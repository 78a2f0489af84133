//! The audit of a record: what the store finds by itself, and whether what was derived is what the rules give.

use crate::register::{RULES, tie, told};
use chancery_model::{Claim, Event, Id, Report};
use chancery_register::{Told, claims, whose};
use chancery_relations::{Level, rows};
use chancery_store::{Error, Filter, Store};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a record, a line each; nothing where all is well. What is derived is looked at where it is current.
///
/// # Errors
/// Where the record cannot be read at all.
pub fn audit(store: &Store) -> Result<Vec<String>, Error> {
    let mut wrong = store.check()?;
    if store.is_current(RULES)? {
        let events = store.events(&Filter::default())?;
        origins_against(store, &events, &mut wrong)?;
        claims_against(store, &events, &mut wrong)?;
        let ties: Vec<_> = rows(&events, Level::Code, chancery_coder::goldstein).into_iter().map(tie).collect();
        let other = store.other_ties(&ties)?;
        wrong.extend(other.into_iter().map(|id| format!("event {id}: what it is between pairs is not what it tells")));
    }
    Ok(wrong)
}

/// Events whose reports have more or fewer origins than they say.
fn origins_against(store: &Store, events: &[Event], wrong: &mut Vec<String>) -> Result<(), Error> {
    for e in events {
        let kept = store.kept(&store.keys_of(&e.reports)?)?;
        let of: Vec<Told> = kept.iter().map(told).collect();
        if whose(&of).into_iter().collect::<BTreeSet<_>>().len() != e.origins {
            wrong.push(format!("event {}: its reports have more or fewer origins than it says", e.id));
        }
    }
    Ok(())
}

/// Claims that the events and their reports do not give, and those that they give and that are not there.
fn claims_against(store: &Store, events: &[Event], wrong: &mut Vec<String>) -> Result<(), Error> {
    let reports: BTreeMap<Id, Report> = store.reports(None)?.into_iter().map(|r| (r.id.clone(), r)).collect();
    let kept = store.claims(&Filter::default())?;
    let kept: BTreeMap<&Id, &Claim> = kept.iter().map(|c| (&c.id, c)).collect();
    let given = claims(events, &reports);
    let given: BTreeMap<&Id, &Claim> = given.iter().map(|c| (&c.id, c)).collect();
    for (id, claim) in &given {
        match kept.get(id) {
            None => wrong.push(format!("claim {id}: is not there, though reports of {} make it", claim.event)),
            Some(kept) if kept != claim => wrong.push(format!("claim {id}: is not what the reports of {} make it", claim.event)),
            Some(_) => {}
        }
    }
    wrong.extend(kept.keys().filter(|id| !given.contains_key(*id)).map(|id| format!("claim {id}: no report makes it")));
    Ok(())
}
