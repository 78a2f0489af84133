//! What the grammar finds: the shape of a time expression, before any arithmetic.

use super::words::{Part, Rule, Season, Unit};
use std::ops::Range;

/// How many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Amount {
    /// So many halves: 4 is two, 5 is two and a half.
    Halves(i64),
    /// A few, several, none given.
    Vague,
}

impl Amount {
    pub(crate) fn whole(n: i64) -> Self {
        Amount::Halves(n.saturating_mul(2))
    }
}

/// Which of a row of like things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Not said.
    Bare,
    /// "this", "current": the one that holds the day of writing.
    This,
    /// "last", "past": before the day of writing.
    Last,
    /// "next", "coming": after it.
    Next,
    /// "that", "the same": the one told of.
    That,
    /// "the previous": before the one told of.
    Previous,
    /// "the following", "the next": after it.
    Following,
}

/// The year of a partial date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// Astronomical: 1 BC is 0.
    Is(i16),
    /// Known by its distance from another year.
    Shifted(Shift),
    /// So many years before that of writing.
    Ago(i16),
}

/// A stretch of the thing named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Portion {
    Whole,
    /// "early", "the start of".
    Early,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    Late,
    /// "earlier": up to the day of writing.
    Earlier,
    /// "later": from the day of writing on.
    Later,
    FirstHalf,
    SecondHalf,
}

/// From where an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The day of writing.
    Anchor,
    /// The date told last.
    Story,
}

/// A vague reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vague {
    Past,
    Present,
    Future,
}

/// The shape of a time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// Year, month or day, in any mixture.
    Calendar {
        year: Option<Year>,
        month: Option<u8>,
        day: Option<u8>,
        weekday: Option<u8>,
        shift: Shift,
    },
    /// A month and day that fit no year but one ("9/11").
    Fixed(i16, u8, u8),
    /// "Friday".
    Weekday(u8, Shift),
    /// "Tuesday last week": a weekday of a week counted from the day of writing; `Following` is "Tuesday week".
    WeekdayOf(u8, Shift),
    Season(Season, Option<Year>, Shift),
    /// The nth quarter of a year; `None` is the one told of.
    Quarter(Option<u8>, Option<Year>, Shift),
    /// The first or second half of a year.
    Half(u8, Option<Year>),
    Holiday(Rule, Option<Year>, Shift),
    /// First year of a decade.
    Decade(i16),
    /// First year of a century as its number tells: 1900 for the twentieth; negative before Christ.
    Century(i16),
    /// "this week", "the previous year", "that day".
    Unit(Unit, Shift),
    /// "the week of 8 March": the unit that holds a date.
    Holding(Unit, Box<Expr>),
    /// "the last two weeks of August".
    Slice {
        amount: Amount,
        unit: Unit,
        last: bool,
        of: Box<Expr>,
    },
    /// "two days ago", "a week later"; the sign is in `forward`.
    Offset {
        amount: Amount,
        unit: Unit,
        forward: bool,
        origin: Origin,
    },
    /// "the day before yesterday": days from the day of writing.
    Days(i64),
    Ref(Vague),
    /// "two years", and where it is laid against the day of writing: -1 before it, 1 after.
    Duration {
        amount: Amount,
        unit: Unit,
        side: i8,
    },
    /// The TIMEX3 value of how often.
    Set(String),
    /// Hour and minute, and the day.
    Clock(u8, Option<u8>, Option<Box<Expr>>),
    Part(Part, Option<Box<Expr>>),
}

impl Expr {
    /// A date of known year, or none.
    pub(crate) fn calendar(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Expr {
        Expr::Calendar { year: year.map(Year::Is), month, day, weekday: None, shift: Shift::Bare }
    }
    /// The year that it tells and nothing more: "in 2006", "last year", "ten years ago".
    pub(crate) fn year(&self) -> Option<Year> {
        match self {
            Expr::Calendar { year, month: None, day: None, .. } => *year,
            Expr::Unit(Unit::Year, shift @ (Shift::This | Shift::Last | Shift::Next)) => Some(Year::Shifted(*shift)),
            Expr::Offset { amount: Amount::Halves(n), unit: Unit::Year, forward: false, origin: Origin::Anchor }
                if n % 2 == 0 =>
            {
                i16::try_from(n / 2).ok().map(Year::Ago)
            }
            _ => None,
        }
    }
}

/// An expression with the atoms it spans.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) atoms: Range<usize>,
    pub(crate) expr: Expr,
    pub(crate) portion: Portion,
}
