//! Expressions that lean on another day: "yesterday", "last week", "two days later", "every month", "recently".

use super::super::expression::{Amount, Expr, Origin, Shift, Vague};
use super::super::words::{Sense, Unit};
use super::{Line, Read, amount, calendar};

/// "today", "yesterday", "the day before yesterday".
pub(super) fn day(line: &Line, at: usize) -> Read<Expr> {
    let i = line.skip(at, "the");
    let days = |n, next| Some((Expr::Days(n), next));
    if let Some(n) = line.eat_all(i, &["day", "before", "yesterday"]) {
        return days(-2, n);
    }
    if let Some(n) = line.eat_all(i, &["day", "after", "tomorrow"]) {
        return days(2, n);
    }
    match line.low(at) {
        "today" => days(0, at + 1),
        "yesterday" => days(-1, at + 1),
        "tomorrow" => days(1, at + 1),
        _ => None,
    }
}

/// "the last week of August", "the first days of March": counted from either end of a month or year.
pub(super) fn slice(line: &Line, at: usize) -> Read<Expr> {
    let i = line.skip(at, "the");
    let last = match line.low(i) {
        "first" | "opening" => false,
        "last" | "final" | "closing" => true,
        _ => return None,
    };
    let (amount, j) = amount::whole(line, i + 1).map_or((Amount::whole(1), i + 1), |(n, j)| (Amount::whole(n), j));
    let ((unit, plural), j) = amount::unit(line, j)?;
    let amount = if plural && amount == Amount::whole(1) { Amount::Vague } else { amount };
    let (of, n) = calendar::date(line, line.eat(j, "of")?)?;
    let fits = matches!(unit, Unit::Day | Unit::Week) && matches!(of, Expr::Calendar { day: None, .. });
    fits.then(|| (Expr::Slice { amount, unit, last, of: Box::new(of) }, n))
}

/// "this week", "the previous year", "that day", "the year".
pub(super) fn unit(line: &Line, at: usize) -> Read<Expr> {
    let made = |u, s, n| Some((Expr::Unit(u, s), n));
    if let Some(n) = line
        .eat_all(at, &["year", "-", "end"])
        .or_else(|| line.eat_all(at, &["year", "end"]))
        .or_else(|| line.eat_all(at, &["year", "'s", "end"]))
    {
        return made(Unit::Year, Shift::Bare, n);
    }
    if let Some(n) = line.eat_all(at, &["month", "'s", "end"]) {
        return made(Unit::Month, Shift::Bare, n);
    }
    if let Some((shift, i)) = line.shift(at) {
        let i = line.skip(line.skip(i, "fiscal"), "calendar");
        let Sense::Unit(u) = line.sense(i) else { return None };
        // "This Week" is a programme
        if i > 1 && line.capital(i) && line.capital(i - 1) {
            return None;
        }
        if matches!(u, Unit::Minute | Unit::Hour | Unit::Quarter | Unit::Millennium)
            || line.glued(i + 1) && line.low(i + 1) == "-"
        {
            return None;
        }
        // "the last day of the talks" and "the past year" are told elsewhere
        let the_last = line.low(at) == "the" && shift == Shift::Last;
        let lasting = the_last && line.low(i - 1) == "past";
        if lasting || the_last && u == Unit::Day || shift == Shift::This && u == Unit::Day && line.low(at) != "this" {
            return None;
        }
        if line.low(i + 1) == "of" && (the_last || line.before(at) == "the") {
            return None;
        }
        return made(u, shift, i + 1);
    }
    let i = line.eat(at, "the")?;
    let j = line.skip(line.skip(i, "full"), "fiscal");
    match line.sense(j) {
        Sense::Unit(u @ (Unit::Year | Unit::Week | Unit::Weekend | Unit::Month)) => {
            let ended = matches!(line.low(j + 1), "ended" | "ending" | "to");
            if ended && u == Unit::Year {
                return Some((Expr::Duration { amount: Amount::whole(1), unit: u, side: 0 }, j + 1));
            }
            if u == Unit::Week && line.low(j + 1) == "of" {
                let (e, n) = calendar::date(line, j + 2).filter(|(e, _)| matches!(e, Expr::Calendar { day: Some(_), .. }))?;
                return Some((Expr::Holding(u, Box::new(e)), n));
            }
            let closes = matches!(
                line.low(j + 1),
                "" | "."
                    | ","
                    | ";"
                    | ")"
                    | "as"
                    | "to"
                    | "ended"
                    | "after"
                    | "before"
                    | "'s"
                    | "for"
                    | "from"
                    | "and"
                    | "in"
                    | "at"
                    | "on"
                    | "was"
                    | "were"
            );
            if u == Unit::Weekend && line.before(at) == "over" || u == Unit::Week && line.low(j + 1) == "'s" {
                return made(u, Shift::Bare, j + 1);
            }
            let led = matches!(line.before(at), "of" | "in" | "for" | "during" | "throughout" | "by" | "over" | "on" | "");
            (closes && led).then_some(()).and(made(u, Shift::Bare, j + 1))
        }
        _ => None,
    }
}

/// "two years ago", "a day later", "three months earlier", "year-ago".
pub(super) fn offset(line: &Line, at: usize) -> Read<Expr> {
    let previous = Expr::Offset { amount: Amount::whole(1), unit: Unit::Year, forward: false, origin: Origin::Story };
    // year-ago results, the year-earlier figure
    let the = line.eat_any(at, &["the", "a"]).unwrap_or(at);
    if let Some(n) = line.eat_all(the, &["year", "-"]).and_then(|i| line.eat_any(i, &["ago", "earlier"])) {
        return Some((previous, line.eat_any(n, &["period"]).unwrap_or(n)));
    }
    let (amount, unit, i) = match amount::measured(line, at) {
        Some(((amount, unit), i)) => (amount, unit, i),
        None => {
            // "weeks later", "the day before"
            let i = if matches!(line.low(the), "day" | "week" | "month" | "year" | "night") { the } else { at };
            let ((unit, plural), n) = amount::unit(line, i)?;
            let amount = if plural { Amount::Vague } else { Amount::whole(1) };
            if !plural && i == at {
                return None;
            }
            (amount, unit, n)
        }
    };
    let i = line.eat_all(i, &["or", "so"]).unwrap_or(i);
    let i = if line.low(i) == "," { line.skip(i, ",") } else { i };
    let made = |forward, origin, n| Some((Expr::Offset { amount, unit, forward, origin }, n));
    let closed = |n: usize| matches!(line.low(n), "" | "." | "," | ";" | ")" | "that" | "\"" | ":");
    match line.low(i) {
        "ago" => made(false, Origin::Anchor, i + 1),
        "hence" => made(true, Origin::Anchor, i + 1),
        "from" if matches!(line.low(i + 1), "now" | "today") => made(true, Origin::Anchor, i + 2),
        "earlier" | "previously" | "beforehand" => made(false, Origin::Story, i + 1),
        "later" | "afterwards" | "afterward" | "thereafter" => made(true, Origin::Story, i + 1),
        "before" if closed(i + 1) => made(false, Origin::Story, i + 1),
        "after" | "following" if closed(i + 1) => made(true, Origin::Story, i + 1),
        _ => None,
    }
}

/// "every day", "each month", "daily", "every other week", "twice a year".
pub(super) fn often(line: &Line, at: usize) -> Read<Expr> {
    let set = |v: &str, n| Some((Expr::Set(v.to_owned()), n));
    if let Sense::Often(value) = line.sense(at) {
        // a Daily or a Weekly with a capital inside a sentence is a newspaper
        let title = at > 0 && line.capital(at);
        // a quarterly dividend is a kind of dividend
        let kind = line.low(at) == "quarterly" && line.low(at + 1).starts_with(|c: char| c.is_alphabetic());
        let paper = line.capital(at + 1) && line.low(at) == "daily";
        return if title || kind || paper { None } else { set(value, at + 1) };
    }
    let counted = matches!(line.before(at), "once" | "twice" | "times");
    let i = line.eat_any(at, &["every", "each", "per"]).or_else(|| line.eat_any(at, &["a", "an"]).filter(|_| counted))?;
    let (every, i) = match line.low(i) {
        "other" | "second" => (2, i + 1),
        _ => amount::whole(line, i).unwrap_or((1, i)),
    };
    match line.sense(i) {
        Sense::Weekday(w) => return set(&format!("XXXX-WXX-{w}"), i + 1),
        Sense::Month(m) if line.capital(i) => return set(&format!("XXXX-{m:02}"), i + 1),
        Sense::Season(s) => return set(super::super::days::season_code(s), i + 1),
        Sense::Part(p) => return set(&format!("XXXX-XX-XX{}", p.suffix()), i + 1),
        _ => {}
    }
    let ((unit, _), n) = amount::unit(line, i)?;
    if line.low(n) == "of" && unit != Unit::Day {
        return None;
    }
    let code = super::super::days::period(Amount::whole(every), unit)?;
    set(&code, n)
}

/// "now", "recently", "in the past", "the near future".
pub(super) fn vague(line: &Line, at: usize) -> Read<Expr> {
    let made = |v, n| Some((Expr::Ref(v), n));
    match line.low(at) {
        "now" => made(Vague::Present, at + 1),
        "right" if line.low(at + 1) == "now" => made(Vague::Present, at + 2),
        "currently" | "nowadays" | "presently" => made(Vague::Present, at + 1),
        "current" if !matches!(line.low(at + 1), "account" | "affairs") => made(Vague::Present, at + 1),
        "these" if line.low(at + 1) == "days" => made(Vague::Present, at + 2),
        "at" if line.low(at + 1) == "present" => made(Vague::Present, at + 2),
        "recent" | "recently" | "lately" => made(Vague::Past, at + 1),
        "more" if line.low(at + 1) == "recently" => made(Vague::Past, at + 2),
        "the" => match line.low(at + 1) {
            "past" if past_closes(line, at + 2) => made(Vague::Past, at + 2),
            "future" if line.low(at + 2) != "of" => made(Vague::Future, at + 2),
            "near" | "foreseeable" | "distant" if matches!(line.low(at + 2), "future" | "term") => made(Vague::Future, at + 3),
            _ => None,
        },
        "future" if line.before(at) == "in" && line.low(at + 1) != "-" => made(Vague::Future, at + 1),
        "near" if line.low(at + 1) == "future" => made(Vague::Future, at + 2),
        _ => None,
    }
}

/// "in the past," but not "the past president".
fn past_closes(line: &Line, at: usize) -> bool {
    line.atoms.get(at).is_none_or(|a| {
        !a.low.chars().next().is_some_and(char::is_alphabetic)
            || matches!(a.low.as_str(), "and" | "that" | "but" | "when" | "it" | "he" | "they" | "has" | "have" | "is" | "was")
    })
}
