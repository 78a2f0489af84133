//! Stretches of the calendar with a name: seasons, quarters, named days, decades, centuries.

use super::super::expression::{Expr, Shift, Year};
use super::super::words::{HOLIDAYS, Season, Sense, Unit};
use super::calendar::{ordinal, year, year_after, year_number};
use super::{Line, Read};

/// "summer", led by a word of time or followed by a year, as no other "fall" or "spring" is.
pub(super) fn season(line: &Line, at: usize) -> Read<Expr> {
    let the = line.eat(at, "the");
    let (shift, i) = line.shift(at).unwrap_or((Shift::Bare, the.unwrap_or(at)));
    let mut season = None;
    // 1975-1976 winter, 1942 summer
    if let Some((y, n)) = year_number(line, i)
        && let Sense::Season(s) = line.sense(n)
    {
        return Some((Expr::Season(s, Some(Year::Is(y)), shift), n + 1));
    }
    if let Sense::Season(s) = line.sense(i) {
        season = Some(s);
    }
    let (season, n) = (season?, i + 1);
    if let Some((y, k)) = year_after(line, n) {
        return Some((Expr::Season(season, Some(y), shift), k));
    }
    let doubtful = matches!(season, Season::Fall | Season::Spring) && line.low(i) != "autumn";
    let led = matches!(line.before(at), "in" | "by" | "during" | "since" | "early" | "late" | "mid" | "until" | "of" | "through");
    let other = line.low(n) == "of" || doubtful && the.is_some() && !led;
    let alone = shift != Shift::Bare || led || the.is_some() && !doubtful || !doubtful && line.low(n) != "of" && !line.capital(i);
    (alone && !other && !(doubtful && shift == Shift::That)).then_some((Expr::Season(season, None, shift), n))
}

/// "the third quarter", "fiscal second-quarter", "this year's third quarter", "the year-ago quarter", "the latest period", "Q3 2015".
pub(super) fn quarter(line: &Line, at: usize) -> Read<Expr> {
    if let Some(n) = line.low(at).strip_prefix('q').and_then(|d| d.parse::<u8>().ok()).filter(|n| (1..=4).contains(n)) {
        let (year, i) = year_after(line, at + 1).map_or((None, at + 1), |(y, i)| (Some(y), i));
        return Some((Expr::Quarter(Some(n), year, Shift::Bare), i));
    }
    let lead = line.eat_any(at, &["the", "its", "their", "a"]);
    let (mut year, mut shift, mut i) = (None, Shift::Bare, lead.unwrap_or(at));
    i = line.skip(line.skip(i, "comparable"), "corresponding");
    // this year's, last year's
    if let Some((s, j)) = line.shift(i).or_else(|| line.shift(at)) {
        match line.eat_all(j, &["year", "'s"]) {
            Some(k) => (year, i) = (Some(Year::Shifted(s)), k),
            None => (shift, i) = (s, j),
        }
    }
    if line.low(i) == "latest" {
        (shift, i) = (Shift::That, i + 1);
    }
    if let Some(j) = line.eat_all(i, &["year", "-"]).and_then(|j| line.eat_any(j, &["ago", "earlier"])) {
        (year, i) = (Some(Year::Shifted(Shift::Previous)), j);
    }
    if let Some((y, j)) = year_number(line, i).filter(|_| line.digits(i).is_some()) {
        (year, i) = (Some(Year::Is(y)), j);
    }
    i = line.skip(line.skip(i, "fiscal"), "-");
    let (n, i) = match ordinal(line, i) {
        Some((n @ 1..=4, j)) => (Some(n), line.skip(j, "-")),
        Some(_) => return None,
        None => (None, i),
    };
    let period = line.low(i) == "period" && n.is_none() && (year.is_some() || line.before(i) == "latest");
    if !matches!(line.sense(i), Sense::Unit(Unit::Quarter)) && !period {
        return None;
    }
    // "a quarter of the votes", "three quarters"
    if n.is_none() && year.is_none() && shift == Shift::Bare && (line.low(at) != "the" || line.low(i + 1) == "of") {
        return None;
    }
    let mut next = i + 1;
    if year.is_none() {
        let of = line.skip(line.skip(next, "of"), "fiscal");
        if let Some((y, k)) = year_after(line, of) {
            (year, next) = (Some(y), k);
        } else if let Some(k) =
            line.eat_all(next, &["a", "year", "ago"]).or_else(|| line.eat_all(next, &["a", "year", "earlier"]))
        {
            (year, next) = (Some(Year::Shifted(Shift::Previous)), k);
        }
    }
    Some((Expr::Quarter(n, year, shift), next))
}

/// "Christmas 1914", "last Thanksgiving".
pub(super) fn holiday(line: &Line, at: usize) -> Read<Expr> {
    let (shift, i) = line.shift(at).unwrap_or((Shift::Bare, line.skip(at, "the")));
    if !line.capital(i) {
        return None;
    }
    let (words, rule) = HOLIDAYS.iter().find(|(words, _)| line.eat_all(i, words).is_some())?;
    let n = i + words.len();
    let (year, n) = year_after(line, n).map_or((None, n), |(y, n)| (Some(y), n));
    Some((Expr::Holiday(*rule, year, shift), n))
}

/// "the 1990s", "the '90s", "the nineties", "the 480s BC".
pub(super) fn decade(line: &Line, at: usize) -> Read<Expr> {
    const SPELT: &[(&str, i16)] = &[
        ("twenties", 1920),
        ("thirties", 1930),
        ("forties", 1940),
        ("fifties", 1950),
        ("sixties", 1960),
        ("seventies", 1970),
        ("eighties", 1980),
        ("nineties", 1990),
    ];
    let the = line.eat(at, "the");
    let i = the.unwrap_or(at);
    if let (Some((_, y)), true) = (
        SPELT.iter().find(|(w, _)| *w == line.low(i)),
        the.is_some() || matches!(line.before(at), "late" | "early" | "mid" | "-"),
    ) {
        return Some((Expr::Decade(*y), i + 1));
    }
    let raw = line.low(i);
    let body = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s")).or_else(|| raw.strip_suffix('s'));
    let (body, mut n) = match body {
        Some(b) => (b, i + 1),
        None if line.low(i + 1) == "'s" && line.glued(i + 1) => (raw, i + 2),
        None => return None,
    };
    let digits = body.trim_start_matches(['\'', '’', '`']);
    let value: i16 = digits.parse().ok().filter(|v| v % 10 == 0)?;
    if let Some(k) = line.eat_any(n, &["bc", "bce"]) {
        return Some((Expr::Decade(-value), k));
    }
    let value = match digits.len() {
        4 => value,
        2 if value >= 20 || digits.len() < body.len() => 1900 + value,
        _ => return None,
    };
    // "in his 30s" is an age
    if digits.len() == 2
        && the.is_none()
        && digits.len() == body.len()
        && !matches!(line.before(at), "early" | "mid" | "late" | "-")
    {
        return None;
    }
    n = n.max(i + 1);
    Some((Expr::Decade(value), n))
}

/// "the 20th century", "the fifth century BC".
pub(super) fn century(line: &Line, at: usize) -> Read<Expr> {
    let i = line.skip(at, "the");
    let (n, i) = ordinal(line, i)?;
    let i = line.skip(i, "-");
    if !matches!(line.sense(i), Sense::Unit(Unit::Century)) || n == 0 || n > 30 {
        return None;
    }
    Some(match line.eat_any(i + 1, &["bc", "bce"]) {
        Some(k) => (Expr::Century(-i16::from(n) * 100), k),
        None => (Expr::Century((i16::from(n) - 1) * 100), i + 1),
    })
}

/// What a stretch may be of, though it is nothing alone: "the end of the month", "month's end".
pub(super) fn after_portion(line: &Line, at: usize) -> Read<Expr> {
    let i = line.eat_any(at, &["the", "its"])?;
    let i = line.skip(line.skip(i, "fiscal"), "calendar");
    let Sense::Unit(u @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Quarter)) = line.sense(i)
    else {
        return None;
    };
    Some((Expr::Unit(u, Shift::Bare), i + 1)).filter(|_| year(line, at).is_none())
}
