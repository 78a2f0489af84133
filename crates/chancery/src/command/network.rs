//! `network`: who stands with whom.

use super::args::{Ends, Filtered, Format, Part};
use super::output::{Out, Sheet};
use super::record::Record;
use anyhow::Result;
use chancery::model::{Event, Id};
use chancery_relations::{Balance, Level, Network, Sign, Triad, network as woven, rows};
use serde_json::json;
use std::io::Write;

impl From<Ends> for Level {
    fn from(ends: Ends) -> Level {
        match ends {
            Ends::Code => Level::Code,
            Ends::Sector => Level::Sector,
            Ends::Name => Level::Entity,
        }
    }
}

/// Ties shown in a table unless told otherwise.
const TIES: usize = 40;

/// Prints ties, mediators and triads; false where there is no tie.
pub fn network(record: &Record, ends: Ends, show: Option<Part>, filtered: &Filtered, out: &mut Out) -> Result<bool> {
    let events: Vec<Event> = record.happenings(&filtered.asked(), |_| true)?.into_iter().map(|h| h.event).collect();
    let net = woven(&rows(&events, ends.into(), chancery::goldstein));
    if net.ties.is_empty() {
        return Ok(false);
    }
    let all = show.is_none() && matches!(out.format, Format::Table | Format::Jsonl);
    let wants = |part: Part| all || show.unwrap_or(Part::Ties) == part;
    let mut begun = false;
    for part in [Part::Ties, Part::Mediators, Part::Triads] {
        if !wants(part) {
            continue;
        }
        if std::mem::replace(&mut begun, true) && out.format == Format::Table {
            writeln!(out)?;
        }
        match part {
            Part::Ties => ties(&net, filtered.limit.or((out.format == Format::Table).then_some(TIES)), out)?,
            Part::Mediators => mediators(&net, out)?,
            Part::Triads => triads(&net.balance, out)?,
        }
    }
    Ok(true)
}

fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Friendly => "friendly",
        Sign::Mixed => "mixed",
        Sign::Hostile => "hostile",
    }
}

fn ties(net: &Network, limit: Option<usize>, out: &mut Out) -> Result<()> {
    let mut sheet =
        Sheet::new(&["a", "b", "tie", "events", "level", "cooperation", "conflict", "a supports b", "b supports a", "origins"]);
    for t in &net.ties {
        let mut json = json!(t);
        json["kind"] = json!("tie");
        let cells = vec![
            t.a.clone(),
            t.b.clone(),
            sign(t.sign).to_owned(),
            t.events.to_string(),
            format!("{:+.1}", t.level),
            format!("{:+.1}", t.cooperation),
            format!("{:+.1}", t.conflict + 0.0),
            t.supports.len().to_string(),
            t.supported.len().to_string(),
            t.origins.to_string(),
        ];
        sheet.row(cells, json);
    }
    sheet.truncate(limit);
    sheet.print(out)?;
    if out.format == Format::Table && limit.is_some_and(|l| l < net.ties.len()) {
        writeln!(out, "({} more ties; --limit {} shows all)", net.ties.len() - limit.unwrap_or(0), net.ties.len())?;
    }
    Ok(())
}

fn mediators(net: &Network, out: &mut Out) -> Result<()> {
    let short = |ids: &[Id]| ids.iter().take(5).map(|i| i.0.chars().take(9).collect::<String>()).collect::<Vec<_>>().join(" ");
    let mut sheet = Sheet::new(&["mediator", "mediations", "friend of both", "events"]);
    for b in &net.brokers {
        let mut json = json!(b);
        json["kind"] = json!("mediator");
        let pairs: Vec<String> = b.between.iter().map(|(x, y)| format!("{x}–{y}")).collect();
        sheet.row(vec![b.who.clone(), b.mediations.len().to_string(), pairs.join(", "), short(&b.mediations)], json);
    }
    if sheet.is_empty() && out.format == Format::Table {
        writeln!(out, "Nobody mediates, and nobody is a friend of two who are hostile to each other.")?;
        return Ok(());
    }
    sheet.print(out)
}

fn triads(balance: &Balance, out: &mut Out) -> Result<()> {
    if out.format == Format::Table {
        return Ok(write!(out, "{}", told(balance))?);
    }
    let mut sheet = Sheet::new(&["a", "b", "c", "a–b", "a–c", "b–c"]);
    for t in balance.tense.iter().chain(&balance.hostile) {
        let cells = t.who.iter().cloned().chain(t.ties.iter().map(|s| sign(*s).to_owned())).collect();
        sheet.row(cells, json!({"kind": "triad", "who": t.who, "ties": t.ties}));
    }
    sheet.print(out)?;
    if out.format == Format::Jsonl {
        let all = json!({"kind": "balance", "by_hostile": balance.by_hostile, "balanced": balance.balanced, "expected": balance.expected});
        writeln!(out, "{all}")?;
    }
    Ok(())
}

fn told(balance: &Balance) -> String {
    let triads: usize = balance.by_hostile.iter().sum();
    let (Some(share), Some(expected)) = (balance.balanced, balance.expected) else {
        return "No three are tied to each other by two events or more each, so there is no triad to be balanced.\n".to_owned();
    };
    let [friends, tense, allies, hostile] = balance.by_hostile;
    let mut out = format!(
        "{triads} triads: {friends} of friends, {allies} of two friends against a third, {tense} tense (two friends of one are enemies), \
         {hostile} of enemies.\n{:.0} % are balanced; {:.0} % would be if the hostile ties fell anywhere.\n",
        100.0 * share,
        100.0 * expected
    );
    let name = |t: &Triad| {
        let [a, b, c] = &t.who;
        let hostile = match t.ties {
            [Sign::Hostile, ..] => format!("{a} against {b}, both friends of {c}"),
            [_, Sign::Hostile, _] => format!("{a} against {c}, both friends of {b}"),
            _ => format!("{b} against {c}, both friends of {a}"),
        };
        format!("  {hostile}\n")
    };
    out.extend(balance.tense.iter().take(12).map(name));
    out
}
