//! Events in plain sentences.

use crate::{Happening, shown};
use chancery_lexicon::Lexicon;
use chancery_model::{ActorRef, DatePrecision, DateRange, EventType, Mode, Status};
use jiff::civil::Date;

/// What the actors did, before the recipients, and where there are none.
fn verbs(event: EventType, mode: Option<Mode>) -> (&'static str, &'static str) {
    use EventType::*;
    match (event, mode) {
        (Agree, _) => ("agreed or offered to cooperate with", "agreed to cooperate"),
        (Consult, Some(Mode::Visit)) => ("visited", "met on a visit"),
        (Consult, Some(Mode::Phone)) => ("telephoned", "spoke by telephone"),
        (Consult, Some(Mode::ThirdParty)) => ("mediated for", "met with a mediator"),
        (Consult, Some(Mode::Multilateral)) => ("negotiated among several with", "met among several"),
        (Consult, _) => ("consulted with", "held talks"),
        (Support, _) => ("expressed support for", "expressed mutual support"),
        (Concede, _) => ("announced a concession to", "announced concessions"),
        (Cooperate, _) => ("cooperated with", "cooperated"),
        (Aid, _) => ("gave aid to", "gave aid"),
        (Retreat, Some(Mode::Withdraw)) => ("withdrew in relation to", "withdrew"),
        (Retreat, Some(Mode::Release)) => ("released people or property of", "released people or property"),
        (Retreat, Some(Mode::Ceasefire)) => ("kept a ceasefire with", "kept a ceasefire"),
        (Retreat, _) => ("yielded to", "yielded"),
        (Request, Some(Mode::Assist)) => ("asked for help from", "asked for help"),
        (Request, _) => ("made a demand on", "made demands"),
        (Accuse, Some(Mode::Disapprove)) => ("criticised", "criticised each other"),
        (Accuse, Some(Mode::Investigate)) => ("opened an inquiry into", "opened inquiries"),
        (Accuse, _) => ("accused", "accused each other"),
        (Reject, _) => ("turned down", "turned each other down"),
        (Threaten, _) => ("threatened", "threatened each other"),
        (Protest, _) => ("protested against", "protested"),
        (Sanction, Some(Mode::Expel)) => ("expelled people of", "expelled people"),
        (Sanction, Some(Mode::Convict)) => ("convicted people of", "convicted people"),
        (Sanction, _) => ("reduced relations with or imposed sanctions on", "reduced relations"),
        (Mobilize, _) => ("mobilised forces towards", "mobilised forces"),
        (Coerce, Some(Mode::Arrest)) => ("arrested people of", "made arrests"),
        (Coerce, Some(Mode::Seize)) => ("seized property of", "seized property"),
        (Coerce, Some(Mode::Cyber)) => ("attacked the computers of", "attacked each other's computers"),
        (Coerce, _) => ("coerced", "used coercion"),
        (Assault, Some(Mode::Aerial | Mode::Drone)) => ("struck from the air", "exchanged strikes from the air"),
        (Assault, Some(Mode::Abduct)) => ("captured people of", "captured people"),
        (Assault, _) => ("attacked", "fought each other"),
    }
}

/// What happened, without its date: `Mohammad Javad Zarif (Iran) visited Russia`.
pub fn deed(h: &Happening, lexicon: &Lexicon) -> String {
    let e = &h.event;
    let (with, alone) = verbs(e.event, e.mode);
    let actors = listed(&e.actors, lexicon);
    // Where all who are acted on act as well, it was mutual.
    let acting: Vec<&str> = e.actors.iter().map(|a| a.code.as_str()).collect();
    let several = acting.iter().any(|c| *c != acting[0]);
    let mutual = e.recipients.is_empty() || several && e.recipients.iter().all(|a| acting.contains(&a.code.as_str()));
    let mut out = match mutual {
        true => format!("{actors} {alone}"),
        false => format!("{actors} {with} {}", listed(&e.recipients, lexicon)),
    };
    if let Some(p) = &e.place {
        out.push_str(&format!(" in {}", shown(&p.name)));
    }
    match e.status {
        Status::Actual => out,
        Status::Future => format!("Announced, not yet done: {out}"),
        Status::Hypothetical => format!("Possible, not established: {out}"),
        Status::Negated => format!("Denied or not done: {out}"),
    }
}

fn listed(refs: &[ActorRef], lexicon: &Lexicon) -> String {
    let mut names: Vec<String> = Vec::new();
    for a in refs {
        let name = name(a, lexicon);
        // "Iran" says nothing more beside "Hassan Rouhani (Iran)".
        let state = lexicon.state(&a.code).is_some_and(|s| s.name == name);
        if state && refs.iter().any(|b| b.code == a.code && self::name(b, lexicon) != name) {
            continue;
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "Somebody".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A name with the state it belongs to: `Sergei Lavrov (Russia)`.
pub fn name(a: &ActorRef, lexicon: &Lexicon) -> String {
    let state = lexicon.state(&a.code).map_or(a.code.as_str(), |s| s.name.as_str());
    match &a.entity {
        Some(entity) if entity != state => format!("{} ({state})", shown(entity)),
        Some(entity) => shown(entity),
        None => match a.sector {
            Some(chancery_model::Sector::Gov) | None => state.to_owned(),
            _ => format!("{} ({state})", shown(&a.text)),
        },
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn month(d: Date) -> &'static str {
    MONTHS.get(usize::from(d.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default()
}

/// A day in words: `21 August 2016`.
pub fn day(d: Date) -> String {
    format!("{} {} {}", d.day(), month(d), d.year())
}

/// A date in words, no more exact than it is: `21 August 2016`, `August 2016`, `24 June to 24 September 2015`.
pub fn date(d: &DateRange) -> String {
    let (from, to) = (d.from, d.to);
    let whole = from.day() == 1 && to == to.last_of_month();
    match d.precision {
        _ if from == to => day(from),
        DatePrecision::Year if from.year() == to.year() => from.year().to_string(),
        _ if whole && (from.year(), from.month()) == (to.year(), to.month()) => format!("{} {}", month(from), from.year()),
        _ if (from.year(), from.month()) == (to.year(), to.month()) => format!("{} to {}", from.day(), day(to)),
        _ => format!("{} to {}", day(from), day(to)),
    }
}
