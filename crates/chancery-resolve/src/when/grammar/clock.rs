//! Times of day, alone or with their date.

use super::super::expression::{Expr, Shift};
use super::super::words::{Part, Sense, Unit, ZONES};
use super::{Line, Read, base, calendar};

/// "5 p.m. EST Thursday", "15:30 GMT", "noon Saturday", "two in the morning".
pub(super) fn clock(line: &Line, at: usize) -> Read<Expr> {
    let ((hour, minute), mut i) = time(line, at)?;
    if let Some(j) = line.eat_all(i, &["local", "time"]).or_else(|| line.eat_any(i, ZONES)) {
        i = j;
    }
    let day = line.skip(line.skip(i, ","), "on");
    match base(line, day) {
        Some((on @ (Expr::Calendar { day: Some(_), .. } | Expr::Weekday(..) | Expr::Days(_) | Expr::Unit(Unit::Day, _)), n)) => {
            Some((Expr::Clock(hour, minute, Some(Box::new(on))), line.eat_any(n, ZONES).unwrap_or(n)))
        }
        _ => Some((Expr::Clock(hour, minute, None), i)),
    }
}

fn time(line: &Line, at: usize) -> Read<(u8, Option<u8>)> {
    if let Some(i) = line.eat(at, "noon") {
        return Some(((12, Some(0)), i));
    }
    if let Some(i) = line.eat(at, "midnight") {
        return Some(((24, None), i));
    }
    let (hour, minute, i) = hands(line, at)?;
    let spaced = line.eat_any(i, &["am", "pm", "a.m", "p.m"]);
    if let Some(n) = spaced {
        let pm = line.low(i).starts_with('p');
        let hour = match (hour, pm) {
            (12, false) => 0,
            (12, true) => 12,
            (h, true) if h < 12 => h + 12,
            (h, _) => h,
        };
        return (hour <= 24).then_some(((hour, Some(minute.unwrap_or(0))), n));
    }
    if let Some(n) = line.eat_all(i, &["o", "'clock"]).or_else(|| line.eat(i, "o'clock")) {
        return Some(((hour, Some(minute.unwrap_or(0))), n));
    }
    if let Some(n) = line.eat_all(i, &["in", "the", "morning"]).or_else(|| line.eat_all(i, &["in", "the", "afternoon"])) {
        let hour = if line.low(n - 1) == "afternoon" && hour < 12 { hour + 12 } else { hour };
        return (hour < 24).then_some(((hour, Some(minute.unwrap_or(0))), n));
    }
    // 15:30; 1500hrs, 0530 GMT
    let zone = line
        .eat_any(i, &["gmt", "utc", "hrs", "hours", "local"])
        .filter(|_| line.low(i) != "hours" || line.low(at).starts_with('0'));
    if minute.is_some() && line.low(at).contains(':') || zone.is_some() && (line.low(at).len() == 4 || minute.is_some()) {
        let n = if line.low(i) == "hrs" { i + 1 } else { i };
        return (hour < 25).then_some(((hour, Some(minute.unwrap_or(0))), n));
    }
    None
}

/// Hour and minute in digits or a small number word.
fn hands(line: &Line, at: usize) -> Option<(u8, Option<u8>, usize)> {
    let low = line.low(at);
    if let Some((h, m)) = low.split_once([':', '.']).filter(|(_, m)| m.len() == 2) {
        let (h, m): (u8, u8) = (h.parse().ok()?, m.parse().ok()?);
        return (h <= 24 && m < 60).then_some((h, Some(m), at + 1));
    }
    if let Some(n) = line.digits(at) {
        if low.len() == 4 && !low.contains(',') && n % 100 < 60 && n <= 2400 {
            return Some(((n / 100) as u8, Some((n % 100) as u8), at + 1));
        }
        // "3:00" cut in three
        if let (":", Some(m)) = (line.low(at + 1), line.digits(at + 2)) {
            return (n <= 24 && m < 60 && line.low(at + 2).len() == 2).then_some((n as u8, Some(m as u8), at + 3));
        }
        return (n <= 24).then_some((n as u8, None, at + 1));
    }
    match line.sense(at) {
        Sense::Cardinal(n @ 1..=12) => Some((n as u8, None, at + 1)),
        _ => None,
    }
}

/// "this morning", "Friday night", "the night of 6 June", "tonight", "overnight".
pub(super) fn part(line: &Line, at: usize) -> Read<Expr> {
    let boxed = |part, on: Expr, n| Some((Expr::Part(part, Some(Box::new(on))), n));
    match line.low(at) {
        "tonight" => return boxed(Part::Night, Expr::Days(0), at + 1),
        "overnight" => return boxed(Part::Night, Expr::Days(0), at + 1),
        _ => {}
    }
    let opening = line.eat_any(at, &["early", "late", "mid", "later", "earlier"]).map(|i| line.skip(i, "-"));
    let mut i = opening.unwrap_or(at);
    // mid-afternoon yesterday
    if let (Some(_), Sense::Part(p)) = (opening, line.sense(i)) {
        if let Some((on, n)) = day_of(line, i + 1) {
            return boxed(p, on, n);
        }
        if line.low(i + 1) != "of" && !matches!(line.sense(i + 1), Sense::Units(_)) && line.low(at) != "earlier" {
            return Some((Expr::Part(p, None), i + 1));
        }
    }
    if line.before(at) == "in"
        && line.low(at) == "the"
        && matches!(line.low(at + 1), "morning" | "afternoon" | "evening")
        && line.low(at + 2) != "of"
        && let Sense::Part(p) = line.sense(at + 1)
    {
        return Some((Expr::Part(p, None), at + 2));
    }
    i = line.skip(i, if opening.is_some() { "in" } else { "" });
    if let Some((shift, j)) = line.shift(i)
        && let Sense::Part(p) = line.sense(j)
    {
        let on = match shift {
            Shift::Last => Expr::Days(-1),
            Shift::This => Expr::Days(0),
            Shift::Next => Expr::Days(1),
            other => Expr::Unit(Unit::Day, other),
        };
        return boxed(p, on, j + 1);
    }
    // the (early) morning (hours) of 30 April
    let j = line.skip(i, "the");
    let j = line.eat_any(j, &["early", "late", "eve"]).unwrap_or(j);
    if let Sense::Part(p) = line.sense(j) {
        let n = line.skip(j + 1, "hours");
        if let Some(k) = line.eat(n, "of")
            && let Some((on, end)) = day_of(line, k)
        {
            return boxed(p, on, end);
        }
        if matches!(line.low(at), "this") || line.low(j) == "midnight" {
            return None;
        }
    }
    // Friday night, yesterday evening, 6 June morning
    let (on, n) = day_of(line, i)?;
    match line.sense(n) {
        Sense::Part(p) => boxed(p, on, n + 1),
        _ => None,
    }
}

fn day_of(line: &Line, at: usize) -> Read<Expr> {
    match base(line, at)? {
        (
            on @ (Expr::Calendar { day: Some(_), .. } | Expr::Weekday(..) | Expr::Days(_) | Expr::Holiday(..) | Expr::Fixed(..)),
            n,
        ) => Some((on, n)),
        _ => calendar::date(line, at).filter(|(e, _)| matches!(e, Expr::Calendar { day: Some(_), .. })),
    }
}
