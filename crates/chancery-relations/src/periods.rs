use crate::DyadRow;
use chancery_model::DatePrecision;
use jiff::{ToSpan, civil::Date};
use serde::{Serialize, Serializer};
use std::fmt;

/// Length of the steps of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Days.
    Day,
    /// Weeks from Monday.
    Week,
    /// Calendar months.
    Month,
}

impl Period {
    /// The first day of the step that holds `day`.
    pub fn start(self, day: Date) -> Date {
        match self {
            Period::Day => day,
            Period::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Period::Month => day.first_of_month(),
        }
    }

    /// The first day of the step after the one that holds `day`; the same day at the end of the calendar.
    pub fn next(self, day: Date) -> Date {
        let start = self.start(day);
        let step = match self {
            Period::Day => 1.day(),
            Period::Week => 1.week(),
            Period::Month => 1.month(),
        };
        start.checked_add(step).unwrap_or(start)
    }

    /// The last day of the step that holds `day`.
    pub fn end(self, day: Date) -> Date {
        self.next(day).yesterday().unwrap_or(day)
    }

    /// The first days of all steps from the one that holds `from` to the one that holds `to`.
    pub fn steps(self, from: Date, to: Date) -> Vec<Date> {
        let (mut out, mut at) = (Vec::new(), self.start(from));
        while at <= to {
            out.push(at);
            let next = self.next(at);
            if next <= at {
                break;
            }
            at = next;
        }
        out
    }

    /// The step in which a row counts: that of its first day; `None` where it has none, or where its date is vaguer than a step is long
    /// ("in recent months" says nothing of a week).
    pub fn of(self, row: &DyadRow) -> Option<Date> {
        let (day, until) = (row.day?, row.until?);
        let exact = row.precision == Some(DatePrecision::Day);
        (exact || self.spans(day, until)).then(|| self.start(day))
    }

    /// Whether a stretch is no longer than a step.
    fn spans(self, from: Date, to: Date) -> bool {
        let most = match self {
            Period::Day => 1,
            Period::Week => 7,
            Period::Month => 31,
        };
        from.until(to).is_ok_and(|s| s.get_days() < most)
    }

    /// A step as people write it: `2016-03`, or its first day.
    pub fn label(self, start: Date) -> String {
        match self {
            Period::Month => format!("{:04}-{:02}", start.year(), start.month()),
            _ => start.to_string(),
        }
    }

    /// `day`, `week` or `month`.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn steps_cover_a_stretch_without_holes() {
        assert_eq!(Period::Month.steps(date(2015, 11, 30), date(2016, 2, 1)).len(), 4);
        assert_eq!(Period::Week.start(date(2015, 10, 11)), date(2015, 10, 5));
        assert_eq!(Period::Week.steps(date(2015, 10, 11), date(2015, 10, 12)), [date(2015, 10, 5), date(2015, 10, 12)]);
        assert_eq!(Period::Day.steps(date(2016, 2, 28), date(2016, 3, 1)).len(), 3);
        assert_eq!(Period::Month.end(date(2016, 2, 3)), date(2016, 2, 29));
        assert_eq!(Period::Day.steps(Date::MAX, Date::MAX), [Date::MAX]);
    }
}
