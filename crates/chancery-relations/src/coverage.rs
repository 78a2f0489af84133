use crate::Period;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

/// Days on which nothing was published, as far as the record goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gap {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// When the articles of a record were published: where none were, silence says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    days: Vec<Date>,
}

/// A gap is longer than this many days, however dense the record.
const LEAST: i32 = 7;

/// … and longer than this many times the usual distance from one day of publication to the next,
const TIMES: i32 = 3;

/// … unless it is longer than this: few articles far apart cover nothing between them.
const MOST: i32 = 62;

impl Coverage {
    /// From the day of publication of each article that has one, in any order.
    pub fn of(days: impl IntoIterator<Item = Date>) -> Coverage {
        let mut days: Vec<Date> = days.into_iter().collect();
        days.sort();
        Coverage { days }
    }

    /// The first and the last day of publication.
    pub fn span(&self) -> Option<(Date, Date)> {
        self.days.first().copied().zip(self.days.last().copied())
    }

    /// Articles published from one day to another, both included.
    pub fn articles(&self, from: Date, to: Date) -> usize {
        self.days.partition_point(|d| *d <= to).saturating_sub(self.days.partition_point(|d| *d < from))
    }

    /// What lies from one day to another.
    pub fn within(&self, from: Option<Date>, to: Option<Date>) -> Coverage {
        let inside = |d: &Date| from.is_none_or(|f| *d >= f) && to.is_none_or(|t| *d <= t);
        Coverage { days: self.days.iter().filter(|d| inside(d)).copied().collect() }
    }

    /// The stretches without articles between the first day of publication and the last, in order: those of more than a week that are more
    /// than three times as long as half of the distances from one day of publication to the next are at most, and all of more than two months.
    pub fn gaps(&self) -> Vec<Gap> {
        let distance = |w: &[Date]| w[0].until(w[1]).map_or(0, |s| s.get_days());
        let mut distances: Vec<i32> = self.days.windows(2).map(distance).filter(|d| *d > 0).collect();
        distances.sort_unstable();
        let usual = distances.get(distances.len() / 2).copied().unwrap_or(0);
        let long = LEAST.max(TIMES * usual).min(MOST);
        let gap = |w: &[Date]| {
            let (from, to) = (w[0].checked_add(1.day()).ok()?, w[1].checked_sub(1.day()).ok()?);
            Some(Gap { from, to })
        };
        self.days.windows(2).filter(|w| distance(w) > long).filter_map(gap).collect()
    }

    /// The steps that articles cover: from the first day of publication to the last, without those that lie within a gap.
    pub fn steps(&self, period: Period) -> Vec<Date> {
        let Some((first, last)) = self.span() else { return Vec::new() };
        let gaps = self.gaps();
        let within = |d: &Date| gaps.iter().any(|g| g.from <= *d && period.end(*d) <= g.to);
        period.steps(first, last).into_iter().filter(|d| !within(d)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_gap_is_a_silence_of_the_record() {
        let days = (1..=11).chain(20..=31).map(|d| date(2015, 10, d));
        let coverage = Coverage::of(days.rev());
        assert_eq!(coverage.gaps(), [Gap { from: date(2015, 10, 12), to: date(2015, 10, 19) }]);
        assert_eq!(coverage.articles(date(2015, 10, 11), date(2015, 10, 20)), 2);
        let weeks = coverage.steps(Period::Week);
        assert!(!weeks.contains(&date(2015, 10, 12)) && weeks.contains(&date(2015, 10, 19)), "{weeks:?}");
        // A record that publishes once a month has no gaps for that.
        assert!(Coverage::of((1..=9).map(|m| date(2015, m, 3))).gaps().is_empty());
        // Two articles two years apart cover two months.
        let far = Coverage::of([date(2016, 9, 14), date(2018, 6, 17)]);
        assert_eq!(far.steps(Period::Month), [date(2016, 9, 1), date(2018, 6, 1)]);
        assert!(Coverage::default().steps(Period::Day).is_empty());
    }
}
