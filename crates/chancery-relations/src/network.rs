//! Who stands with whom.

use crate::{Balance, DyadRow};
use chancery_model::{EventType, Id, Mode};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// On which side of indifference a tie lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// Mean score of 1 or more.
    Friendly,
    /// Between.
    Mixed,
    /// Mean score of −1 or less.
    Hostile,
}

/// What passed between two, both ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// The lesser of the two.
    pub a: String,
    /// The other.
    pub b: String,
    /// Events that happened.
    pub events: usize,
    /// Mean PLOVER score of an event.
    pub level: f64,
    /// Sum of the positive scores.
    pub cooperation: f64,
    /// Sum of the negative scores.
    pub conflict: f64,
    /// Of its level.
    pub sign: Sign,
    /// Events by which the first supports the other in word or deed (SUPPORT, AID).
    pub supports: Vec<Id>,
    /// Events by which the other supports the first.
    pub supported: Vec<Id>,
    /// Independent origins of its events.
    pub origins: usize,
}

/// Somebody between others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Broker {
    /// Who.
    pub who: String,
    /// Meetings that he held as a third party.
    pub mediations: Vec<Id>,
    /// Pairs that are hostile to each other and friendly to him.
    pub between: Vec<(String, String)>,
}

/// The ties of a record.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Network {
    /// By number of events, then names.
    pub ties: Vec<Tie>,
    /// Those who mediate or stand between hostile sides; by number of mediations and pairs, then name.
    pub brokers: Vec<Broker>,
    /// Whether friends of friends are friends.
    pub balance: Balance,
}

/// Ties of fewer events say nothing of their sign.
const FEW: usize = 2;

/// The network of some rows (both directions of a pair are one tie); only what happened counts.
pub fn network(rows: &[DyadRow]) -> Network {
    let mut pairs: BTreeMap<(&str, &str), Vec<&DyadRow>> = BTreeMap::new();
    for r in rows.iter().filter(|r| r.is_actual() && r.from != r.to) {
        let (a, b) = if r.from <= r.to { (&r.from, &r.to) } else { (&r.to, &r.from) };
        pairs.entry((a, b)).or_default().push(r);
    }
    let mut ties: Vec<Tie> = pairs.into_iter().map(|((a, b), rows)| tie(a, b, &rows)).collect();
    let brokers = brokers(rows, &ties);
    let balance = Balance::of(&ties);
    ties.sort_by(|x, y| y.events.cmp(&x.events).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
    Network { ties, brokers, balance }
}

fn tie(a: &str, b: &str, rows: &[&DyadRow]) -> Tie {
    let weight: f64 = rows.iter().map(|r| r.weight).sum();
    let scores = || rows.iter().map(|r| r.weight * r.score);
    let level = scores().sum::<f64>() / weight.max(1e-9);
    let events: BTreeMap<&Id, usize> = rows.iter().map(|r| (&r.event, r.origins)).collect();
    let backs = |from: &str| {
        let helps = |r: &&&DyadRow| r.directed && r.from == from && matches!(r.kind, EventType::Support | EventType::Aid);
        let ids: BTreeSet<Id> = rows.iter().filter(helps).map(|r| r.event.clone()).collect();
        ids.into_iter().collect()
    };
    Tie {
        a: a.to_owned(),
        b: b.to_owned(),
        events: events.len(),
        level,
        // The sum of nothing is −0.
        cooperation: 0.0 + scores().filter(|s| *s > 0.0).sum::<f64>(),
        conflict: 0.0 + scores().filter(|s| *s < 0.0).sum::<f64>(),
        sign: match events.len() {
            n if n < FEW => Sign::Mixed,
            _ if level >= 1.0 => Sign::Friendly,
            _ if level <= -1.0 => Sign::Hostile,
            _ => Sign::Mixed,
        },
        supports: backs(a),
        supported: backs(b),
        origins: events.values().sum(),
    }
}

fn brokers(rows: &[DyadRow], ties: &[Tie]) -> Vec<Broker> {
    let mut mediations: BTreeMap<&str, BTreeSet<&Id>> = BTreeMap::new();
    let third = |r: &&DyadRow| r.directed && r.is_actual() && r.kind == EventType::Consult && r.mode == Some(Mode::ThirdParty);
    for r in rows.iter().filter(third) {
        mediations.entry(&r.from).or_default().insert(&r.event);
    }
    let mut friends: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for t in ties.iter().filter(|t| t.sign == Sign::Friendly) {
        friends.entry(&t.a).or_default().insert(&t.b);
        friends.entry(&t.b).or_default().insert(&t.a);
    }
    let mut between: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for t in ties.iter().filter(|t| t.sign == Sign::Hostile) {
        let (Some(a), Some(b)) = (friends.get(t.a.as_str()), friends.get(t.b.as_str())) else { continue };
        for who in a.intersection(b) {
            between.entry(who).or_default().push((t.a.clone(), t.b.clone()));
        }
    }
    let names: BTreeSet<&str> = mediations.keys().chain(between.keys()).copied().collect();
    let broker = |who: &str| Broker {
        who: who.to_owned(),
        mediations: mediations.get(who).into_iter().flatten().map(|id| (*id).clone()).collect(),
        between: between.get(who).cloned().unwrap_or_default(),
    };
    let mut out: Vec<Broker> = names.into_iter().map(broker).collect();
    out.sort_by_key(|b| std::cmp::Reverse((b.mediations.len(), b.between.len())));
    out
}
