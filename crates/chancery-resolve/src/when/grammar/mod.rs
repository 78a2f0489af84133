//! Atoms of a sentence → expressions. Each rule reads from a place and says how far it got; the longest reading wins.

mod amount;
mod calendar;
mod clock;
mod named;
mod relative;

use super::atoms::Atom;
use super::expression::{Expr, Found, Portion, Shift, Year};
use super::words::{Sense, Unit};

/// What a rule read, and the atom after it.
pub(super) type Read<T> = Option<(T, usize)>;

/// The atoms of one sentence.
pub(crate) struct Line<'a> {
    pub(crate) atoms: &'a [Atom<'a>],
}

impl<'a> Line<'a> {
    /// The lower-case atom, empty beyond either end.
    pub(super) fn low(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |a| a.low.as_str())
    }
    /// As written.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.atoms.get(at).map_or("", |a| a.text)
    }
    /// The atom before.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |i| self.low(i))
    }
    pub(super) fn sense(&self, at: usize) -> Sense {
        self.atoms.get(at).map_or(Sense::None, |a| a.sense)
    }
    pub(super) fn digits(&self, at: usize) -> Option<i64> {
        self.atoms.get(at).and_then(|a| a.digits)
    }
    /// The place after `word`, if it stands there.
    pub(super) fn eat(&self, at: usize, word: &str) -> Option<usize> {
        (self.low(at) == word).then_some(at + 1)
    }
    /// The place after one of the words.
    pub(super) fn eat_any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.contains(&self.low(at)).then_some(at + 1)
    }
    /// The place after `word`, or the same place.
    pub(super) fn skip(&self, at: usize, word: &str) -> usize {
        self.eat(at, word).unwrap_or(at)
    }
    /// The place after a row of words.
    pub(super) fn eat_all(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().enumerate().all(|(i, w)| self.low(at + i) == *w).then_some(at + words.len())
    }
    /// Whether an atom starts with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.text(at).chars().next().is_some_and(char::is_uppercase)
    }
    /// Whether an atom is glued to the one before within a word.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.atoms.len() && self.atoms[at - 1].word == self.atoms[at].word
    }
    /// "this", "last", "the following" …: which, without the noun.
    pub(super) fn shift(&self, at: usize) -> Read<Shift> {
        let the = self.eat(at, "the");
        let i = the.unwrap_or(at);
        let (shift, next) = match self.low(i) {
            "this" if the.is_none() => match self.low(i + 1) {
                "past" | "last" => (Shift::Last, i + 2),
                "coming" | "next" => (Shift::Next, i + 2),
                "same" => (Shift::That, i + 2),
                "current" => (Shift::This, i + 2),
                _ => (Shift::This, i + 1),
            },
            "that" if the.is_none() => (Shift::That, self.skip(i + 1, "same")),
            "same" => (Shift::That, i + 1),
            "last" | "past" => (Shift::Last, i + 1),
            "next" if the.is_some() => (Shift::Following, i + 1),
            "next" | "coming" | "upcoming" => (Shift::Next, i + 1),
            "current" | "present" => (Shift::This, i + 1),
            "previous" | "preceding" | "prior" => (Shift::Previous, i + 1),
            "following" | "ensuing" => (Shift::Following, i + 1),
            _ => return None,
        };
        Some((shift, next))
    }
    /// "this", "of that", "last" + "year" after a month or season.
    pub(super) fn shifted_year(&self, at: usize) -> Read<Year> {
        let i = self.eat_any(at, &["of", ","]).unwrap_or(at);
        let (shift, i) = self.shift(i)?;
        let i = self.skip(self.skip(i, "fiscal"), "calendar");
        Some((Year::Shifted(shift), self.eat(i, "year")?))
    }
}

/// Every expression of a sentence, in order.
pub(crate) fn read(line: &Line) -> Vec<Found> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < line.atoms.len() {
        match longest(line, at) {
            Some((found, next)) if next > at => {
                out.extend(found);
                at = next;
            }
            _ => at += 1,
        }
    }
    out
}

fn longest(line: &Line, at: usize) -> Read<Vec<Found>> {
    let whole = |r: Read<Expr>| r.map(|(e, n)| (vec![Found { atoms: at..n, expr: e, portion: Portion::Whole }], n));
    let readings = [
        calendar::listed(line, at),
        portioned(line, at),
        whole(clock::clock(line, at)),
        whole(clock::part(line, at)),
        whole(base(line, at)),
        whole(relative::slice(line, at)),
        whole(relative::offset(line, at)),
        whole(relative::often(line, at)),
        whole(amount::duration(line, at)),
        whole(relative::vague(line, at)),
    ];
    // the first of the longest
    let mut best: Read<Vec<Found>> = None;
    for reading in readings.into_iter().flatten() {
        if best.as_ref().is_none_or(|b| reading.1 > b.1) {
            best = Some(reading);
        }
    }
    best
}

/// A date, unit or season without a stretch of it.
pub(super) fn base(line: &Line, at: usize) -> Read<Expr> {
    let mut best: Read<Expr> = None;
    for reading in [
        calendar::numeric(line, at),
        calendar::date(line, at),
        calendar::weekday(line, at),
        named::holiday(line, at),
        named::season(line, at),
        named::quarter(line, at),
        named::decade(line, at),
        named::century(line, at),
        relative::day(line, at),
        relative::unit(line, at),
        calendar::year(line, at),
    ]
    .into_iter()
    .flatten()
    {
        if best.as_ref().is_none_or(|b| reading.1 > b.1) {
            best = Some(reading);
        }
    }
    best
}

/// "late July", "the end of the year", "earlier this week", "the second half of 1989".
fn portioned(line: &Line, at: usize) -> Read<Vec<Found>> {
    let (portion, i) = portion(line, at)?;
    let day = matches!(portion, Portion::Earlier | Portion::Later) && line.low(i) == "the" && line.low(i + 1) == "day";
    let (expr, next) = match named::after_portion(line, i).or_else(|| base(line, i)) {
        Some(read) => read,
        None if day => (Expr::Days(0), i + 2),
        None => return None,
    };
    if matches!(expr, Expr::Quarter(None, None, Shift::Bare)) {
        return None;
    }
    let (expr, portion) = match (portion, expr) {
        (Portion::FirstHalf, Expr::Calendar { year, month: None, day: None, .. }) => (Expr::Half(1, year), Portion::Whole),
        (Portion::SecondHalf, Expr::Calendar { year, month: None, day: None, .. }) => (Expr::Half(2, year), Portion::Whole),
        (Portion::FirstHalf, Expr::Unit(Unit::Year, s)) => (Expr::Half(1, Some(Year::Shifted(s))), Portion::Whole),
        (Portion::SecondHalf, Expr::Unit(Unit::Year, s)) => (Expr::Half(2, Some(Year::Shifted(s))), Portion::Whole),
        (p, e) => (e, p),
    };
    Some((vec![Found { atoms: at..next, expr, portion }], next))
}

fn portion(line: &Line, at: usize) -> Read<Portion> {
    const OPENERS: &[(&str, Portion)] = &[
        ("early", Portion::Early),
        ("mid", Portion::Mid),
        ("late", Portion::Late),
        ("earlier", Portion::Earlier),
        ("later", Portion::Later),
        ("sometime", Portion::Whole),
    ];
    const NOUNS: &[(&str, Portion)] = &[
        ("beginning", Portion::Early),
        ("start", Portion::Early),
        ("outset", Portion::Early),
        ("opening", Portion::Early),
        ("middle", Portion::Mid),
        ("end", Portion::Late),
        ("close", Portion::Late),
        ("eve", Portion::Early),
        ("rest", Portion::Later),
        ("remainder", Portion::Later),
    ];
    let i = line.skip(at, "the");
    if let Some((_, p)) = OPENERS.iter().find(|(w, _)| *w == line.low(i)) {
        if let Some(n) = line.eat_any(i + 1, &["part", "days", "months", "years", "weeks"]) {
            return Some((*p, line.eat(n, "of")?));
        }
        let mut n = line.skip(line.skip(i + 1, "-"), "on");
        n = line.skip(n, "in");
        return Some((*p, n));
    }
    if let Some((_, p)) = NOUNS.iter().find(|(w, _)| *w == line.low(i)) {
        return Some((*p, line.eat(i + 1, "of")?));
    }
    let half = match line.low(i) {
        "first" => Portion::FirstHalf,
        "second" | "last" | "latter" => Portion::SecondHalf,
        _ => return None,
    };
    let n = line.eat(i + 1, "half").or_else(|| line.eat_all(i + 1, &["-", "half"])).or_else(|| line.eat(i + 1, "part"))?;
    Some((half, line.eat(n, "of").unwrap_or(n)))
}
