//! Expression + day of writing + what was told before → TIMEX3 value and days.

use super::days::{self, Days};
use super::expression::{Amount, Expr, Found, Origin, Portion, Shift, Vague, Year};
use super::partial;
use super::story::Story;
use super::tense::Tense;
use super::words::Unit;
use chancery_model::DatePrecision;
use jiff::civil::Date;

/// Whether the words before an expression look ahead: "until", "due" do; "by", "through" only where nothing is told as past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ahead {
    No,
    Weakly,
    Strongly,
}

/// Where an expression stands.
pub(crate) struct Scene<'a> {
    /// The day of writing.
    pub(crate) anchor: Option<Date>,
    /// Of its clause.
    pub(crate) tense: Tense,
    pub(crate) ahead: Ahead,
    pub(crate) sentence: usize,
    pub(crate) story: &'a Story,
}

/// What an expression means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) kind: &'static str,
    pub(crate) value: Option<String>,
    pub(crate) days: Option<Days>,
    pub(crate) precision: DatePrecision,
    /// The unit told, where it moves the story on.
    pub(crate) unit: Option<Unit>,
    /// Whether the text itself gives the year.
    pub(crate) explicit: bool,
    /// Whether it leans on the day of writing (`Some(true)`) or on the story (`Some(false)`).
    pub(crate) leans: Option<bool>,
}

impl Meaning {
    pub(super) fn word(kind: &'static str, value: impl Into<String>) -> Meaning {
        Meaning {
            kind,
            value: Some(value.into()),
            days: None,
            precision: DatePrecision::Span,
            unit: None,
            explicit: false,
            leans: None,
        }
    }
    pub(super) fn unit(day: Date, unit: Unit) -> Meaning {
        let days = days::stretch(day, unit);
        let precision = days::precision(unit);
        Meaning {
            kind: "DATE",
            value: Some(days::value(day, unit)),
            days: Some(days),
            precision,
            unit: Some(unit),
            explicit: false,
            leans: None,
        }
    }
    pub(super) fn explicit(mut self, explicit: bool) -> Meaning {
        self.explicit = explicit;
        self.leans = (!explicit).then_some(true);
        self
    }
    pub(super) fn leaning(mut self, anchor: bool) -> Meaning {
        self.leans = Some(anchor);
        self
    }
    /// The same so many days on.
    pub(super) fn move_by(&mut self, n: i64) {
        let Some((from, to)) = self.days else { return };
        self.days = Some((days::plus_days(from, n), days::plus_days(to, n)));
        self.value = self.unit.zip(self.days).map(|(unit, days)| days::value(days.0, unit)).or(self.value.take());
    }
    pub(super) fn past() -> Meaning {
        Meaning::word("DATE", "PAST_REF")
    }
    fn future() -> Meaning {
        Meaning::word("DATE", "FUTURE_REF")
    }
    fn present() -> Meaning {
        Meaning::word("DATE", "PRESENT_REF")
    }
}

/// The meaning of an expression in its scene.
pub(crate) fn meaning(found: &Found, scene: &Scene) -> Meaning {
    let mut out = expression(&found.expr, scene);
    if let (Some(days), true) = (out.days, found.portion != Portion::Whole) {
        let told = || scene.story.last.map(|p| p.day);
        let turn = if out.leans == Some(false) { told().or(scene.anchor) } else { scene.anchor };
        out.days = Some(portioned(days, found.portion, turn));
        if out.days != Some(days) && out.precision != DatePrecision::Day {
            out.precision = DatePrecision::Span;
        }
    }
    out
}

/// "earlier this week" ends the day before its turn (the day of writing, or the date told last); "later that year" begins with it.
fn portioned(days: Days, portion: Portion, turn: Option<Date>) -> Days {
    match (portion, turn) {
        (Portion::Earlier, Some(t)) if days.0 < t => (days.0, days.1.min(days::plus_days(t, -1))),
        (Portion::Later, Some(t)) if days.0 <= t && t <= days.1 => (t, days.1),
        _ => days::narrowed(days, portion),
    }
}

fn expression(expr: &Expr, scene: &Scene) -> Meaning {
    match expr {
        Expr::Calendar { .. } => partial::calendar(expr, scene),
        Expr::Fixed(y, m, d) => date(*y, *m, *d).map_or_else(Meaning::past, |d| Meaning::unit(d, Unit::Day).explicit(true)),
        Expr::Weekday(w, shift) => partial::weekday(*w, *shift, scene),
        Expr::WeekdayOf(w, shift) => match scene.anchor {
            Some(a) => {
                let inside = days::plus_days(days::monday(a), shift_by(*shift) * 7 + i64::from(*w) - 1);
                // next week's is a week after the coming one, unless that is itself next week's
                let late = *shift == Shift::Following && days::distance(a, inside) < 7;
                Meaning::unit(if late { days::plus_days(inside, 7) } else { inside }, Unit::Day).leaning(true)
            }
            None => Meaning::word("DATE", format!("XXXX-WXX-{w}")),
        },
        Expr::Season(s, year, shift) => partial::season(*s, *year, *shift, scene),
        Expr::Quarter(n, year, shift) => partial::quarter(*n, *year, *shift, scene),
        Expr::Half(n, year) => partial::half(*n, *year, scene),
        Expr::Holiday(rule, year, shift) => partial::holiday(*rule, *year, *shift, scene),
        Expr::Decade(y) => {
            // before Christ the decade of the 480s is 489–480
            let day = if *y < 0 { date(1 - (-*y), 1, 1) } else { date(*y, 1, 1) };
            day.map_or_else(Meaning::past, |d| old_span(*y, d, Unit::Decade))
        }
        Expr::Century(y) => {
            let day = if *y < 0 { date(1 + *y, 1, 1) } else { date(*y, 1, 1) };
            day.map_or_else(Meaning::past, |d| old_span(*y, d, Unit::Century))
        }
        Expr::Unit(unit, shift) => unit_of(*unit, *shift, scene),
        Expr::Slice { amount, unit, last, of } => {
            let inner = expression(of, scene);
            let mut out = Meaning::word("DURATION", days::period(*amount, *unit).unwrap_or_else(|| "PXX".to_owned()));
            out.days = inner.days.map(|(from, to)| {
                if *last {
                    (days::plus_days(days::moved(to, *amount, *unit, false), 1).max(from), to)
                } else {
                    (from, days::plus_days(days::moved(from, *amount, *unit, true), -1).min(to))
                }
            });
            Meaning { unit: inner.unit, explicit: inner.explicit, leans: inner.leans, ..out }
        }
        Expr::Holding(unit, inner) => match expression(inner, scene).days {
            Some((d, _)) => Meaning::unit(d, *unit).leaning(true),
            None => Meaning::past(),
        },
        Expr::Offset { amount, unit, forward, origin } => offset(*amount, *unit, *forward, *origin, scene),
        Expr::Days(n) => match scene.anchor {
            Some(a) => Meaning::unit(days::plus_days(a, *n), Unit::Day).leaning(true),
            None if *n < 0 => Meaning::past(),
            None if *n > 0 => Meaning::future(),
            None => Meaning::present(),
        },
        Expr::Ref(Vague::Past) => Meaning::past(),
        Expr::Ref(Vague::Present) => Meaning::present(),
        Expr::Ref(Vague::Future) => Meaning::future(),
        Expr::Duration { amount, unit, side } => duration(*amount, *unit, *side, scene),
        Expr::Set(value) => Meaning::word("SET", value.clone()),
        Expr::Clock(hour, minute, on) => {
            let clock = minute.map_or_else(|| format!("T{hour:02}"), |m| format!("T{hour:02}:{m:02}"));
            timed(on.as_deref(), &clock, scene)
        }
        Expr::Part(part, on) => timed(on.as_deref(), part.suffix(), scene),
    }
}

pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, month as i8, day as i8).ok()
}

fn old_span(first: i16, day: Date, unit: Unit) -> Meaning {
    if first >= 0 {
        return Meaning::unit(day, unit).explicit(true);
    }
    // counted backwards: the 480s BC run from 489 to 480
    let n = if unit == Unit::Decade { 10 } else { 100 };
    let last = if unit == Unit::Decade { 1 + first } else { first + n };
    let text = if unit == Unit::Decade { format!("BC{:03}", -first / 10) } else { format!("BC{:02}", (-first - 1) / 100) };
    let mut out = Meaning::word("DATE", text);
    out.days = Some(days::years(last - n + 1, n));
    out.unit = Some(unit);
    out.explicit = true;
    out
}

fn shift_by(shift: Shift) -> i64 {
    match shift {
        Shift::Last | Shift::Previous => -1,
        Shift::Next | Shift::Following => 1,
        _ => 0,
    }
}

/// The day that a shifted unit counts from: the story for "that" and "the previous", else the day of writing.
pub(super) fn origin(shift: Shift, unit: Unit, scene: &Scene) -> Option<(Date, bool)> {
    let told = || scene.story.point(unit, scene.sentence).map(|d| (d, false));
    let written = || scene.anchor.map(|d| (d, true));
    match shift {
        Shift::That => told(),
        Shift::Previous | Shift::Following if !scene.story.narrative => told().or_else(written),
        _ if scene.story.narrative => match (told(), scene.story.last) {
            (Some(t), _) => Some(t),
            (None, Some(p)) if unit >= Unit::Season => Some((p.day, false)),
            (None, Some(_)) => None,
            (None, None) => written(),
        },
        _ => written().or_else(|| named_year(unit, scene)),
    }
}

/// "last year" in a text without a day of writing that names its year.
fn named_year(unit: Unit, scene: &Scene) -> Option<(Date, bool)> {
    let year = scene.story.news_year.filter(|_| unit >= Unit::Year)?;
    date(year, 12, 31).map(|d| (d, false))
}

fn vague(shift: Shift) -> Meaning {
    match shift_by(shift) {
        -1 => Meaning::past(),
        1 => Meaning::future(),
        _ if shift == Shift::That => Meaning::past(),
        _ => Meaning::present(),
    }
}

pub(super) fn year_number(year: Year, scene: &Scene) -> Option<(i16, bool)> {
    match year {
        Year::Is(y) => Some((y, true)),
        Year::Ago(n) => scene.anchor.map(|d| (d.year().saturating_sub(n), false)),
        Year::Shifted(s) => origin(s, Unit::Year, scene).map(|(d, _)| (d.year().saturating_add(shift_by(s) as i16), false)),
    }
}

pub(super) fn looks_ahead(scene: &Scene) -> bool {
    scene.ahead != Ahead::No || scene.tense == Tense::Future
}

fn unit_of(unit: Unit, shift: Shift, scene: &Scene) -> Meaning {
    let Some((base, written)) = origin(shift, unit, scene) else { return vague(shift) };
    let n = shift_by(shift);
    let day = match unit {
        Unit::Weekend => {
            // the weekend gone by, unless the clause looks ahead
            let saturday = days::plus_days(days::monday(base), 5);
            let back = saturday > base && !looks_ahead(scene) && n <= 0;
            let skip = if n == 1 && saturday > base { 0 } else { n.max(0) };
            days::plus_days(
                saturday,
                skip * 7
                    - if back || n < 0 && saturday <= base && base.weekday() == jiff::civil::Weekday::Saturday { 7 } else { 0 },
            )
        }
        Unit::Season => days::plus_months(base, n * 12),
        _ => days::moved(days::stretch(base, unit).0, Amount::whole(n.abs()), unit, n >= 0),
    };
    let mut out = Meaning::unit(day, unit).leaning(written);
    // what is told of "this week" is told up to the day of writing, or is still to come
    if let (Shift::This | Shift::Bare, Some((from, to)), Some(a), true) = (shift, out.days, scene.anchor, written)
        && from <= a
        && a <= to
        && unit != Unit::Day
    {
        out.days = Some(if looks_ahead(scene) { (from, to) } else { (from, a) });
    }
    out
}

fn offset(amount: Amount, unit: Unit, forward: bool, origin: Origin, scene: &Scene) -> Meaning {
    let vague = if forward { Meaning::future() } else { Meaning::past() };
    // "a year earlier" in a report on a quarter is that quarter of the year before
    let year_back = amount == Amount::whole(1) && unit == Unit::Year && !forward && !scene.story.narrative;
    if let (Some((y, q)), true, true) = (scene.story.quarter, year_back, scene.story.by_quarter)
        && let Some(d) = days::quarter_days(y - 1, q)
    {
        return Meaning::unit(d.0, Unit::Quarter).leaning(true);
    }
    let year_back = origin == Origin::Story && unit >= Unit::Year && !scene.story.narrative;
    let base = match origin {
        Origin::Anchor if scene.story.narrative => scene.story.point(unit, scene.sentence).or(scene.anchor),
        Origin::Anchor => scene.anchor,
        Origin::Story => scene.story.point(unit, scene.sentence).or(if year_back { scene.anchor } else { None }),
    };
    let Some(base) = base else { return vague };
    if amount == Amount::Vague {
        let mut out = vague;
        let far = days::moved(base, amount, unit, forward);
        let loose = days::moved(base, Amount::Halves(24), unit, forward);
        if unit <= Unit::Month && origin == Origin::Story {
            out.days = Some((base.min(loose), base.max(loose)));
        } else if unit <= Unit::Month {
            out.days = Some((far.min(base), far.max(base)));
        }
        return out.leaning(origin == Origin::Anchor);
    }
    let day = days::moved(base, amount, unit, forward);
    let halves = matches!(amount, Amount::Halves(n) if n % 2 == 1);
    let told = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Night => Unit::Day,
        Unit::Decade | Unit::Century | Unit::Millennium => Unit::Year,
        Unit::Year if halves => Unit::Month,
        Unit::Fortnight => Unit::Week,
        u => u,
    };
    Meaning::unit(day, told).leaning(origin == Origin::Anchor)
}

fn duration(amount: Amount, unit: Unit, side: i8, scene: &Scene) -> Meaning {
    let mut out = Meaning::word("DURATION", days::period(amount, unit).unwrap_or_else(|| "PXX".to_owned()));
    let base = if scene.story.narrative { None } else { scene.anchor };
    if let (Some(a), true) = (base, side != 0 && unit >= Unit::Day) {
        let other = days::moved(a, amount, unit, side > 0);
        out.days = Some(if side < 0 { (other, a) } else { (a, other) });
        out.leans = Some(true);
    }
    out
}

fn timed(on: Option<&Expr>, suffix: &str, scene: &Scene) -> Meaning {
    let same_sentence = scene
        .story
        .day
        .filter(|p| scene.story.narrative || p.sentence == scene.sentence)
        .map(|p| Meaning::unit(p.day, Unit::Day).leaning(false));
    let day = match on {
        Some(on) => expression(on, scene),
        None => match (same_sentence, scene.anchor) {
            (Some(m), _) => m,
            (None, Some(a)) if !scene.story.narrative => Meaning::unit(a, Unit::Day).leaning(true),
            _ => Meaning::word("TIME", "XXXX-XX-XX"),
        },
    };
    let dated = day.value.as_deref().is_some_and(|v| v.len() >= 10 && !v.contains("REF"));
    let value = day.value.as_ref().filter(|_| dated).map_or_else(|| format!("XXXX-XX-XX{suffix}"), |v| format!("{v}{suffix}"));
    Meaning { kind: "TIME", value: Some(value), ..day }
}
