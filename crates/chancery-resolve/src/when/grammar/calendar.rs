//! Dates of the calendar: days, months, weekdays and years, alone and in rows.

use super::super::expression::{Expr, Found, Portion, Shift, Year};
use super::super::words::{ATTACKS, COUNTED, Sense, Unit};
use super::{Line, Read, amount};

/// A month by name. "May" and "March" need a capital, and no name or verb for a neighbour.
pub(super) fn month(line: &Line, at: usize) -> Read<u8> {
    let Sense::Month(m) = line.sense(at) else { return None };
    let low = line.low(at);
    if !line.capital(at) {
        return None;
    }
    let mut next = at + 1;
    // a full stop that stands as a word of its own
    if line.low(next) == "." && low.len() <= 4 && !matches!(low, "may" | "june" | "july") && next + 1 < line.atoms.len() {
        next += 1;
    }
    let dated = line.digits(next).is_some() || line.digits(next + 1).is_some() && line.low(next) == ",";
    let led = line.digits(at.wrapping_sub(1)).is_some()
        || matches!(
            line.before(at),
            "of" | "in"
                | "last"
                | "next"
                | "this"
                | "since"
                | "by"
                | "until"
                | "till"
                | "early"
                | "late"
                | "mid"
                | "-"
                | "during"
                | "for"
                | "and"
                | "to"
                | "from"
                | "through"
                | "between"
                | "before"
                | "after"
                | "each"
                | "every"
                | "'s"
                | "previous"
                | "following"
                | "("
                | ","
                | "or"
                | "earlier"
                | "on"
        );
    let name_or_verb = matches!(low, "may" | "march" | "april" | "june" | "august" | "jan" | "mar");
    let noun_next = line.low(next).starts_with(|c: char| c.is_ascii_lowercase()) && !line.capital(next);
    let moving = matches!(line.low(next), "to" | "on" | "of" | "for" | "against" | "towards" | "toward" | "from" | "with");
    if matches!(low, "may" | "march") && !dated {
        // "Theresa May", "May I", "the Women's March on Versailles", but "the March accession"
        let meeting = matches!(line.before(at), "the" | "a" | "its" | "their" | "his") && noun_next && !moving;
        let named = matches!(line.before(at), "," | "(" | "'s" | "and" | "or" | "to" | "of") && moving;
        if !meeting && !led || named {
            return None;
        }
    } else if name_or_verb && !dated && !led && at > 0 && line.capital(at - 1) {
        return None;
    }
    // "Jan" and "Mar" are names too
    let after_day = at.checked_sub(1).is_some_and(|i| line.digits(i).is_some());
    if low.len() == 3 && low != "may" && !dated && !after_day && !line.text(at).ends_with('.') && line.low(at + 1) != "." {
        return None;
    }
    Some((m, next))
}

/// A day of the month: "5", "05", "21st", "eighth", "twenty-first".
fn day(line: &Line, at: usize) -> Read<u8> {
    if let Some(n) = line.digits(at) {
        let fits = (1..=31).contains(&n) && line.text(at).len() <= 3 && !line.text(at).contains(',');
        return fits.then_some((n as u8, at + 1));
    }
    ordinal(line, at).filter(|(n, _)| *n <= 31)
}

/// "21st", "third", "twenty-first".
pub(super) fn ordinal(line: &Line, at: usize) -> Read<u8> {
    if let Sense::Ordinal(n) = line.sense(at) {
        return Some((n, at + 1));
    }
    if let (Sense::Cardinal(tens @ (20 | 30)), "-") = (line.sense(at), line.low(at + 1))
        && let Sense::Ordinal(n @ 1..=9) = line.sense(at + 2)
    {
        return Some((tens as u8 + n, at + 3));
    }
    let low = line.low(at);
    let end = low.find(|c: char| !c.is_ascii_digit())?;
    let n: u8 = low.get(..end)?.parse().ok()?;
    matches!(low.get(end..)?, "st" | "nd" | "rd" | "th").then_some((n, at + 1))
}

/// A year that its place already vouches for: "1939", "480 BC", "nineteen ninety-seven", "'97".
pub(super) fn year_number(line: &Line, at: usize) -> Read<i16> {
    if let Some(n) = line.digits(at) {
        if line.low(at).contains(',') || n > 3000 {
            return None;
        }
        if let Some(i) = line.eat_any(at + 1, &["bc", "bce"]) {
            return Some(((1 - n) as i16, i));
        }
        return ((1000..=2200).contains(&n) && line.low(at).len() == 4).then_some((n as i16, at + 1));
    }
    let low = line.low(at);
    if let Some(two) = low.strip_prefix(['\'', '’', '`']) {
        let n: i16 = two.parse().ok().filter(|_| two.len() == 2)?;
        return Some((if n < 40 { 2000 + n } else { 1900 + n }, at + 1));
    }
    // nineteen ninety-seven, twenty fifteen
    if let Sense::Cardinal(century @ (18..=20)) = line.sense(at) {
        let (n, i) = amount::whole(line, line.skip(at + 1, "-"))?;
        let fits = (10..100).contains(&n)
            && line.digits(at + 1).is_none()
            && matches!(line.sense(line.skip(at + 1, "-")), Sense::Cardinal(10..=90));
        return fits.then_some(((century * 100 + n) as i16, i));
    }
    if line.eat_all(at, &["two", "thousand"]).is_some() {
        let i = line.skip(at + 2, "and");
        return Some(match amount::whole(line, i) {
            Some((n, j)) if n < 100 => ((2000 + n) as i16, j),
            _ => (2000, at + 2),
        });
    }
    None
}

/// A year after a month or day: ", 1939", "of 1939", "1939", "last year", "of that year".
pub(super) fn year_after(line: &Line, at: usize) -> Read<Year> {
    if let Some(found) = line.shifted_year(at) {
        return Some(found);
    }
    let i = line.eat_any(at, &[",", "of"]).unwrap_or(at);
    let (y, n) = year_number(line, i)?;
    if line.low(at) == "," && (COUNTED.contains(&line.low(n)) || line.low(i).starts_with('\'')) {
        return None;
    }
    Some((Year::Is(y), n))
}

/// Month with day or year, with or without a weekday before it.
pub(super) fn date(line: &Line, at: usize) -> Read<Expr> {
    let week = bare_weekday(line, line.shift(at).map_or(at, |(_, n)| n));
    if let Some((w, i)) = week {
        let i = line.skip(line.skip(i, ","), "the");
        if let Some((Expr::Calendar { year, month, day: Some(d), .. }, n)) = month_date(line, i) {
            return Some((Expr::Calendar { year, month, day: Some(d), weekday: Some(w), shift: Shift::Bare }, n));
        }
    }
    if let Some((shift, i)) = line.shift(at)
        && let Some((m, n)) = month(line, i)
    {
        let (year, n) = year_after(line, n).map_or((None, n), |(y, n)| (Some(y), n));
        return Some((Expr::Calendar { year, month: Some(m), day: None, weekday: None, shift }, n));
    }
    let i = line.eat(at, "the").filter(|&i| day(line, i).is_some()).unwrap_or(at);
    month_date(line, i).or_else(|| day_alone(line, at))
}

/// "on the 20th", where no noun follows.
fn day_alone(line: &Line, at: usize) -> Read<Expr> {
    let i = line.eat(at, "the").filter(|&i| {
        line.low(i).starts_with(|c: char| c.is_ascii_digit()) && matches!(line.before(at), "on" | "of" | "until" | "by")
    })?;
    let (d, n) = ordinal(line, i).filter(|(d, _)| (1..=31).contains(d))?;
    let next = line.low(n);
    let closed = !next.starts_with(|c: char| c.is_alphanumeric())
        || matches!(next, "was" | "were" | "and" | "in" | "when" | "at" | "that" | "after" | "he" | "she" | "they" | "it");
    closed.then_some((Expr::calendar(None, None, Some(d)), n))
}

fn month_date(line: &Line, at: usize) -> Read<Expr> {
    let made = |month, day, next| {
        let (year, n) = year_after(line, next).map_or((None, next), |(y, n)| (Some(y), n));
        Some((Expr::Calendar { year, month: Some(month), day, weekday: None, shift: Shift::Bare }, n))
    };
    // 5 March, the 25th of August
    if let Some((d, i)) = day(line, at) {
        let i = line.skip(line.skip(i, "-"), "of");
        if let Some((m, n)) = month(line, i) {
            // 25-Aug-1990
            return made(m, Some(d), if line.digits(n + 1).is_some() && line.glued(n) { line.skip(n, "-") } else { n });
        }
        return None;
    }
    let (m, i) = month(line, at)?;
    if let Some((d, n)) = day(line, line.skip(i, "the")) {
        // "March 3,500 troops", "July 11:30" and "May 2 percent" are no days
        let clock = line.low(n) == ":" && line.digits(n + 1).is_some();
        let odd = matches!(line.low(n), "%" | "percent" | "million" | "billion") || clock;
        if !odd {
            if line.low(n) == "/" && day(line, n + 1).is_some() {
                return made(m, Some(d), n + 2);
            }
            return sept_11(line, m, d, n).or_else(|| made(m, Some(d), n));
        }
    }
    // "July, 1942" is a date; the comma of "in July, 1942 people" is weighed in `year_after`
    made(m, None, i)
}

/// "Sept. 11 attacks" are those of 2001.
fn sept_11(line: &Line, month: u8, day: u8, next: usize) -> Read<Expr> {
    let i = line.skip(next, "-");
    let named = ATTACKS.contains(&line.low(line.skip(i, "terrorist"))) || ATTACKS.contains(&line.low(i));
    ((month, day) == (9, 11) && named).then_some((Expr::Fixed(2001, 9, 11), next))
}

fn bare_weekday(line: &Line, at: usize) -> Read<u8> {
    let (w, doubtful) = match line.sense(at) {
        Sense::Weekday(w) => (w, false),
        Sense::DoubtfulWeekday(w) => (w, true),
        _ => return None,
    };
    let next = if line.low(at).len() <= 5 && line.low(at + 1) == "." { at + 2 } else { at + 1 };
    let dated = month(line, line.skip(next, ",")).is_some()
        || line.digits(line.skip(next, ",")).is_some_and(|n| n <= 31) && month(line, line.skip(next, ",") + 1).is_some();
    (line.capital(at) && (!doubtful || dated)).then_some((w, next))
}

/// "Friday", "last Monday", "the previous Friday", "a week on Friday".
pub(super) fn weekday(line: &Line, at: usize) -> Read<Expr> {
    if let Some(i) = line.eat_all(at, &["a", "week"]).and_then(|i| line.eat_any(i, &["on", "from"])) {
        return bare_weekday(line, i).map(|(w, n)| (Expr::WeekdayOf(w, Shift::Following), n));
    }
    let (shift, i) = line.shift(at).unwrap_or((Shift::Bare, at));
    let (w, n) = bare_weekday(line, i)?;
    // "Bloody Sunday", "Black Friday" are names
    if matches!(line.before(i), "bloody" | "black") && line.capital(i.wrapping_sub(1)) {
        return None;
    }
    if shift == Shift::Bare && line.low(i).ends_with("days") {
        return Some((Expr::Set(format!("XXXX-WXX-{w}")), n));
    }
    // "Tuesday last week", "Friday of this week"
    let j = line.skip(n, "of");
    if let Some((s, k)) = line.shift(j).filter(|_| shift == Shift::Bare)
        && let (Sense::Unit(Unit::Week), true) = (line.sense(k), matches!(s, Shift::Last | Shift::Next | Shift::This))
    {
        return Some((Expr::WeekdayOf(w, s), k + 1));
    }
    // "Tuesday week": a week after the coming one
    if shift == Shift::Bare
        && line.sense(n) == Sense::Unit(Unit::Week)
        && !line.capital(n)
        && !matches!(line.low(n + 1), "-" | "'s")
    {
        return Some((Expr::WeekdayOf(w, Shift::Following), n + 1));
    }
    // "a week ago Friday" is left alone
    Some((Expr::Weekday(w, shift), n))
}

/// 2015-10-24, 24/10/2015, 10/24/2015, 24.10.2015, 9/11.
pub(super) fn numeric(line: &Line, at: usize) -> Read<Expr> {
    let low = line.low(at);
    if low.matches('.').count() == 2 && low.len() >= 8 {
        let mut parts = low.split('.').map(|p| p.parse::<i64>().ok());
        if let (Some(Some(d)), Some(Some(m)), Some(Some(y))) = (parts.next(), parts.next(), parts.next()) {
            return fitting(y, m, d).or_else(|| fitting(d, m, y)).map(|e| (e, at + 1));
        }
    }
    let mark = line.low(at + 1);
    if !matches!(mark, "/" | "-") {
        return None;
    }
    let (a, b) = (line.digits(at)?, line.digits(at + 2)?);
    if mark == "/" && (a, b) == (9, 11) && line.low(at + 3) != "/" {
        return Some((Expr::Fixed(2001, 9, 11), at + 3));
    }
    let c = line.digits(at + 4).filter(|_| line.low(at + 3) == mark)?;
    let two_digits = |n: i64| if n < 100 { if n < 40 { n + 2000 } else { n + 1900 } } else { n };
    let expr = if a > 999 {
        fitting(a, b, c)
    } else {
        let y = two_digits(c);
        fitting(y, a, b).or_else(|| fitting(y, b, a))
    };
    expr.map(|e| (e, at + 5))
}

fn fitting(year: i64, month: i64, day: i64) -> Option<Expr> {
    let fits = (1900..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| Expr::calendar(Some(year as i16), Some(month as u8), Some(day as u8)))
}

/// "FY2015", "FY 2015", "FY15".
fn fiscal(line: &Line, at: usize) -> Read<Expr> {
    let low = line.low(at).strip_prefix("fy")?;
    let (digits, n) = if low.is_empty() { (line.low(at + 1), at + 2) } else { (low, at + 1) };
    let y: i16 = digits.parse().ok().filter(|_| matches!(digits.len(), 2 | 4))?;
    let y = if digits.len() == 2 { 2000 + y } else { y };
    (1900..=2100).contains(&y).then(|| (Expr::calendar(Some(y), None, None), n))
}

/// A year on its own, where nothing speaks for a count.
pub(super) fn year(line: &Line, at: usize) -> Read<Expr> {
    if let Some(i) =
        line.eat_all(at, &["the", "year"]).or_else(|| line.eat_all(at, &["the", "years"])).or_else(|| line.eat(at, "fiscal"))
    {
        let i = line.skip(i, "year");
        let (y, n) = year_number(line, i)?;
        return Some((Expr::calendar(Some(y), None, None), n));
    }
    if let Some(n) = fiscal(line, at) {
        return Some(n);
    }
    let (y, n) = year_number(line, at)?;
    if line.digits(at).is_none() {
        let spelt = y < 2000 || matches!(line.before(at), "in" | "year" | "since" | "by");
        return spelt.then_some((Expr::calendar(Some(y), None, None), n));
    }
    let plain = Some((Expr::calendar(Some(y), None, None), n));
    if y <= 0 {
        return plain;
    }
    let before = line.before(at);
    let money = matches!(
        before,
        "$" | "#"
            | "£"
            | "€"
            | "no"
            | "number"
            | "nr"
            | "than"
            | "about"
            | "some"
            | "nearly"
            | "least"
            | "resolution"
            | "over"
            | "up"
            | "roughly"
            | "approximately"
            | "almost"
            | "another"
            | "/"
            | "room"
            | "flight"
            | "killed"
            | "killing"
            | "wounded"
            | "n°"
            | "us$"
            | "r"
            | "res"
    );
    // "in early 2015 rebels", "In 2011 people": no count is early, and hardly one that is in something is not round
    let dated = matches!(before, "early" | "mid" | "late")
        || before == "-" && line.before(at - 1) == "mid"
        || matches!(before, "in" | "since" | "during") && (1900..=2035).contains(&y) && y % 100 != 0;
    let count = COUNTED.contains(&line.low(n)) && !dated
        || matches!(line.low(n), "/" | "." | ":" | ",") && line.digits(n + 1).is_some_and(|d| d < 1000) && line.glued(n);
    let counted = line.low(n) == "or" && line.low(n + 1) == "more";
    let led = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "during"
            | "of"
            | "from"
            | "before"
            | "after"
            | "through"
            | "throughout"
            | "early"
            | "late"
            | "mid"
            | "to"
            | "and"
            | "the"
            | "("
            | "-"
            | "between"
            | "circa"
            | "ca"
            | "year"
            | "its"
            | "his"
            | "their"
            | "her"
            | "due"
            | "or"
            | "into"
            | ""
            | "post"
            | "pre"
            | "for"
            | "summer"
            | "spring"
            | "fall"
            | "autumn"
            | "winter"
            | ","
    );
    let near = (1900..=2035).contains(&y) || y >= 1500 && matches!(before, "the" | ",");
    let strong = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "during"
            | "of"
            | "from"
            | "before"
            | "after"
            | "throughout"
            | "through"
            | "("
            | "-"
            | "between"
            | "early"
            | "late"
            | "mid"
    );
    if before == "about" && line.before(at - 1) == "in" {
        return plain;
    }
    (!count && !counted && !money && (strong || near && (led || line.low(n) != "-"))).then_some(()).and(plain)
}

/// "5-7 March", "March 5 to 7", "1939-45": each end on its own.
pub(super) fn listed(line: &Line, at: usize) -> Read<Vec<Found>> {
    let found = |atoms, expr| Found { atoms, expr, portion: Portion::Whole };
    let joint = |i: usize| line.eat_any(i, &["-", "and", "to", "or", "&", "through"]);
    // 1939-45
    if let (Some(a), Some(b)) = (line.digits(at), line.digits(at + 2)) {
        let same_century = (1000..2100).contains(&a) && line.low(at).len() == 4 && line.low(at + 2).len() == 2 && b > a % 100;
        if line.low(at + 1) == "-" && same_century && line.before(at) != "/" && line.low(at + 3) != "-" {
            let first = Expr::calendar(Some(a as i16), None, None);
            let last = Expr::calendar(Some((a / 100 * 100 + b) as i16), None, None);
            return Some((vec![found(at..at + 1, first), found(at + 2..at + 3, last)], at + 3));
        }
    }
    // 1861-1863, 499-493 BC, 264 to 241 BC
    if let Some(read) = years(line, at) {
        return Some(read);
    }
    // 5-7 March 2015
    if let Some((d, i)) = day(line, at) {
        let j = joint(i)?;
        let (expr, n) = month_date(line, j)?;
        if let Expr::Calendar { year, month, day: Some(_), .. } = expr {
            let first = Expr::Calendar { year, month, day: Some(d), weekday: None, shift: Shift::Bare };
            return Some((vec![found(at..i, first), found(j..n, expr)], n));
        }
        return None;
    }
    // March 5-7, 2015
    let (m, i) = month(line, at)?;
    let (d, i) = day(line, i)?;
    let j = joint(i)?;
    let (e, n) = day(line, j)?;
    if e <= d
        || line.low(n) == "." && line.digits(n + 1).is_some()
        || matches!(line.sense(n), Sense::Month(_) | Sense::Units(_))
        || COUNTED.contains(&line.low(n))
    {
        return None;
    }
    let (year, n) = year_after(line, n).map_or((None, n), |(y, n)| (Some(y), n));
    let made = |d| Expr::Calendar { year, month: Some(m), day: Some(d), weekday: None, shift: Shift::Bare };
    Some((vec![found(at..i, made(d)), found(j..n, made(e))], n))
}

/// Two years of one stretch.
fn years(line: &Line, at: usize) -> Read<Vec<Found>> {
    let (a, b) = (line.digits(at)?, line.digits(at + 2)?);
    let found = |i: usize, n: usize, y: i64| Found {
        atoms: i..n,
        expr: Expr::calendar(Some(y as i16), None, None),
        portion: Portion::Whole,
    };
    let both = |s: usize| line.low(s).len() == 4 && !line.low(s).contains(',');
    if line.low(at + 1) == "-"
        && both(at)
        && both(at + 2)
        && (1000..2100).contains(&a)
        && (a..2100).contains(&b)
        && line.low(at + 3) != "-"
    {
        return Some((vec![found(at, at + 1, a), found(at + 2, at + 3, b)], at + 3));
    }
    let n = line.eat_any(at + 3, &["bc", "bce"])?;
    let joint = matches!(line.low(at + 1), "-" | "to" | "and" | "or");
    (joint && a > b && a < 4000).then(|| (vec![found(at, at + 1, 1 - a), found(at + 2, n, 1 - b)], n))
}
