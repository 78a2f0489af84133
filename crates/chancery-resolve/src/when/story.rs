//! The chain of dates that a text tells: what "a day later", "that year" and the months of a history lean on.

use super::days::{self, Days};
use super::expression::{Expr, Found, Shift, Year};
use super::words::Unit;
use jiff::civil::Date;

/// A date told, and how exact it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) day: Date,
    pub(crate) unit: Unit,
    /// Whether the text gave its year.
    pub(crate) explicit: bool,
    pub(crate) sentence: usize,
}

/// What has been told so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    /// Where no day of writing is known: the one year that the text names, and names more than once.
    pub(crate) news_year: Option<i16>,
    /// The text goes along its own dates (a history), not by its day of writing.
    pub(crate) narrative: bool,
    /// The date told last.
    pub(crate) last: Option<Point>,
    /// The day told last.
    pub(crate) day: Option<Point>,
    /// The day told last with its weekday and year: the text's news, whenever it was written.
    pub(crate) weekday: Option<Point>,
    /// The quarter that a report is about.
    pub(crate) quarter: Option<(i16, u8)>,
    /// Whether the report compares quarters just now, not years or parts of them.
    pub(crate) by_quarter: bool,
    /// A year far from the story that was named in passing ("a 1995 book"); the story goes there only if it is named again.
    aside: Option<i16>,
}

/// After how many sentences a day told is out of mind in a news text.
const MEMORY: usize = 4;

impl Story {
    /// A text of histories: several dates with their years, most of them well before the day of writing, and few words like "yesterday".
    pub(crate) fn of(found: &[Vec<Found>], anchor: Option<Date>) -> Story {
        let (mut years, mut deictic, mut exact) = (Vec::new(), 0, 0);
        for f in found.iter().flatten() {
            match &f.expr {
                Expr::Calendar { year: Some(Year::Is(y)), month, .. } => {
                    years.push(*y);
                    exact += usize::from(month.is_some() || *y <= 0);
                }
                Expr::Season(_, Some(Year::Is(y)), _) => years.push(*y),
                Expr::Days(_) | Expr::Weekday(_, Shift::Bare | Shift::Last | Shift::Next | Shift::This) | Expr::WeekdayOf(..) => {
                    deictic += 1
                }
                Expr::Unit(_, Shift::Last | Shift::Next | Shift::This) => deictic += 1,
                _ => {}
            }
        }
        let sole = years.first().copied().filter(|y| anchor.is_none() && years.len() > 1 && years.iter().all(|o| o == y));
        let old = anchor.map_or(years.len(), |a| years.iter().filter(|y| **y <= a.year() - 2).count());
        let narrative =
            years.len() >= 5 && (exact >= 3 || years.len() >= 25) && old * 10 >= years.len() * 6 && years.len() > 2 * deictic;
        Story { narrative, news_year: sole.filter(|_| !narrative), ..Story::default() }
    }
    /// Remembers a date told.
    pub(crate) fn tell(&mut self, days: Days, unit: Unit, explicit: bool, sentence: usize) {
        let year = days.0.year();
        let far = |y: i16| (y - year).abs() > 3;
        if self.narrative && unit == Unit::Year && self.last.is_some_and(|p| far(p.day.year())) && self.aside.is_none_or(far) {
            self.aside = Some(year);
            return;
        }
        self.aside = None;
        let point = Point { day: days.0, unit, explicit, sentence };
        self.last = Some(point);
        if matches!(unit, Unit::Day | Unit::Night) {
            self.day = Some(point);
        }
    }
    /// The date that something counted in `unit` leans on: the last one told, or the last told as exactly as that.
    pub(crate) fn point(&self, unit: Unit, sentence: usize) -> Option<Date> {
        let last = self.last?;
        if last.unit <= unit.max(Unit::Day) || matches!(last.unit, Unit::Night | Unit::Weekend) {
            return Some(last.day);
        }
        let near = |p: &Point| sentence.saturating_sub(p.sentence) <= MEMORY && days::distance(last.day, p.day).abs() < 366;
        self.day.filter(near).map(|p| p.day)
    }
    /// The day of the news that a weekday leans on where no day of writing is known.
    pub(crate) fn news_day(&self, sentence: usize) -> Option<Date> {
        self.weekday.filter(|p| sentence.saturating_sub(p.sentence) <= MEMORY).map(|p| p.day)
    }
    /// The year that a year-less month or day of a history falls in: on from the date told last, or a little before it.
    pub(crate) fn year_of(&self, month: u8, day: Option<u8>) -> Option<i16> {
        let last = self.last?;
        if last.unit >= Unit::Season {
            return Some(last.day.year());
        }
        let base = last.day.year();
        let cost = |y: i16| {
            let at = Date::new(y, month as i8, day.unwrap_or(1) as i8).ok()?;
            let n = days::distance(last.day, at);
            Some(if n < -31 { -n * 2 } else { n.abs() })
        };
        [base, base + 1, base - 1].into_iter().filter_map(|y| cost(y).map(|c| (c, y))).min_by_key(|(c, _)| *c).map(|(_, y)| y)
    }
}
