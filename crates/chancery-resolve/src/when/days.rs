//! Arithmetic on days: stretches of the calendar, their TIMEX3 values, named days.

use super::expression::{Amount, Portion};
use super::words::{Rule, Season, Unit};
use chancery_model::DatePrecision;
use jiff::ToSpan;
use jiff::civil::Date;

/// First and last day.
pub(crate) type Days = (Date, Date);

/// The day `n` days off.
pub(crate) fn plus_days(day: Date, n: i64) -> Date {
    day.saturating_add(n.clamp(-4_000_000, 4_000_000).days())
}

/// The day `n` months off, at the month's end where the month is shorter.
pub(crate) fn plus_months(day: Date, n: i64) -> Date {
    day.saturating_add(n.clamp(-100_000, 100_000).months())
}

/// How many days from `a` to `b`.
pub(crate) fn distance(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

/// Monday of the week.
pub(crate) fn monday(day: Date) -> Date {
    plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The whole unit that holds a day.
pub(crate) fn stretch(day: Date, unit: Unit) -> Days {
    let first = day.first_of_month();
    match unit {
        Unit::Week | Unit::Fortnight => (monday(day), plus_days(monday(day), 6)),
        Unit::Weekend => (plus_days(monday(day), 5), plus_days(monday(day), 6)),
        Unit::Month => (first, day.last_of_month()),
        Unit::Quarter => {
            let start = plus_months(first, -i64::from((day.month() - 1) % 3));
            (start, plus_months(start, 2).last_of_month())
        }
        Unit::Season => season_days(season_of(day).0, season_of(day).1).unwrap_or((day, day)),
        Unit::Year => years(day.year(), 1),
        Unit::Decade => years(day.year().div_euclid(10) * 10, 10),
        Unit::Century => years(day.year().div_euclid(100) * 100, 100),
        Unit::Millennium => years(day.year().div_euclid(1000) * 1000, 1000),
        _ => (day, day),
    }
}

/// From the first day of a year over `n` years.
pub(crate) fn years(first: i16, n: i16) -> Days {
    let at = |y: i16, m, d| Date::new(y.clamp(-9999, 9999), m, d).unwrap_or(Date::MAX);
    (at(first, 1, 1), at(first.saturating_add(n - 1), 12, 31))
}

/// The season of a day and the year that season is counted in.
pub(crate) fn season_of(day: Date) -> (Season, i16) {
    match day.month() {
        3..=5 => (Season::Spring, day.year()),
        6..=8 => (Season::Summer, day.year()),
        9..=11 => (Season::Fall, day.year()),
        12 => (Season::Winter, day.year()),
        _ => (Season::Winter, day.year() - 1),
    }
}

/// A season of the northern year; winter begins in December of its year.
pub(crate) fn season_days(season: Season, year: i16) -> Option<Days> {
    let start = Date::new(year, [3, 6, 9, 12][season as usize], 1).ok()?;
    Some((start, plus_months(start, 2).last_of_month()))
}

/// A quarter of a year.
pub(crate) fn quarter_days(year: i16, quarter: u8) -> Option<Days> {
    Some(stretch(Date::new(year, quarter as i8 * 3, 1).ok()?, Unit::Quarter))
}

/// A year as TIMEX3 writes it: "0480" of old "BC0480".
pub(crate) fn year_text(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

/// The TIMEX3 value of the unit that holds a day.
pub(crate) fn value(day: Date, unit: Unit) -> String {
    let (y, m) = (year_text(day.year()), day.month());
    match unit {
        Unit::Year => y,
        Unit::Month => format!("{y}-{m:02}"),
        Unit::Quarter => format!("{y}-Q{}", (m - 1) / 3 + 1),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let w = day.iso_week_date();
            format!("{}-W{:02}{}", year_text(w.year()), w.week(), if unit == Unit::Weekend { "-WE" } else { "" })
        }
        Unit::Season => {
            let (s, y) = season_of(day);
            format!("{}-{}", year_text(y), season_code(s))
        }
        Unit::Decade | Unit::Century | Unit::Millennium => {
            let keep = match unit {
                Unit::Decade => 3,
                Unit::Century => 2,
                _ => 1,
            };
            let old = day.year() <= 0;
            let digits = y.trim_start_matches("BC");
            format!("{}{}", if old { "BC" } else { "" }, digits.get(..keep).unwrap_or(digits))
        }
        _ => format!("{y}-{m:02}-{:02}", day.day()),
    }
}

/// Two letters for a season.
pub(crate) fn season_code(season: Season) -> &'static str {
    ["SP", "SU", "FA", "WI"][season as usize]
}

/// How exact a unit is.
pub(crate) fn precision(unit: Unit) -> DatePrecision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => DatePrecision::Day,
        Unit::Week | Unit::Weekend => DatePrecision::Week,
        Unit::Month => DatePrecision::Month,
        Unit::Quarter | Unit::Season => DatePrecision::Season,
        Unit::Year => DatePrecision::Year,
        _ => DatePrecision::Span,
    }
}

/// The TIMEX3 duration of so many units: "P5Y", "PT3H", "PXM".
pub(crate) fn period(amount: Amount, unit: Unit) -> Option<String> {
    let (time, letter, times) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day | Unit::Night => ("", "D", 1),
        Unit::Weekend => ("", "D", 2),
        Unit::Week => ("", "W", 1),
        Unit::Fortnight => ("", "W", 2),
        Unit::Month => ("", "M", 1),
        Unit::Quarter | Unit::Season => ("", "M", 3),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
        Unit::Millennium => ("", "Y", 1000),
    };
    let Amount::Halves(n) = amount else { return Some(format!("P{time}X{letter}")) };
    let n = n.checked_mul(times)?;
    let (whole, half) = (n / 2, n % 2 == 1);
    Some(match (half, unit) {
        (false, Unit::Hour) if whole == 24 => "P1D".to_owned(),
        (false, _) => format!("P{time}{whole}{letter}"),
        (true, Unit::Year) if whole == 0 => "P6M".to_owned(),
        (true, Unit::Year) => format!("P{whole}Y6M"),
        (true, Unit::Hour) if whole == 0 => "PT30M".to_owned(),
        (true, Unit::Hour) => format!("PT{whole}H30M"),
        (true, Unit::Minute) => format!("PT{whole}M30S"),
        (true, _) => format!("P{time}{whole}.5{letter}"),
    })
}

/// A day moved by so many units; vague amounts count three, and days a week.
pub(crate) fn moved(day: Date, amount: Amount, unit: Unit, forward: bool) -> Date {
    let n = match (amount, unit) {
        (Amount::Halves(n), _) => n,
        (Amount::Vague, Unit::Day | Unit::Night) => 14,
        (Amount::Vague, _) => 6,
    };
    let n = if forward { n } else { n.saturating_neg() };
    match unit {
        Unit::Second | Unit::Minute => day,
        Unit::Hour => plus_days(day, n / 48),
        Unit::Day | Unit::Night => plus_days(day, n / 2),
        Unit::Weekend | Unit::Week => plus_days(day, n.saturating_mul(7) / 2),
        Unit::Fortnight => plus_days(day, n.saturating_mul(7)),
        Unit::Month => plus_days(plus_months(day, n / 2), n % 2 * 15),
        Unit::Quarter | Unit::Season => plus_months(day, n.saturating_mul(3) / 2),
        Unit::Year => plus_months(day, n.saturating_mul(6)),
        Unit::Decade => plus_months(day, n.saturating_mul(60)),
        Unit::Century => plus_months(day, n.saturating_mul(600)),
        Unit::Millennium => plus_months(day, n.saturating_mul(6000)),
    }
}

/// The part of a stretch that "early", "mid-" or "late" means: thirds, and for a month its first ten, next ten and last days.
pub(crate) fn narrowed((from, to): Days, portion: Portion) -> Days {
    let n = distance(from, to) + 1;
    if n > 80 {
        return narrowed_by_months((from, to), portion, n);
    }
    let cut = |a: i64, b: i64| (plus_days(from, a.clamp(0, n - 1)), plus_days(from, b.clamp(0, n - 1)));
    let third = if (28..=31).contains(&n) { 10 } else { (n / 3).max(1) };
    match portion {
        Portion::Early => cut(0, third - 1),
        Portion::Mid => cut(third, 2 * third - 1),
        Portion::Late => cut(2 * third, n - 1),
        Portion::FirstHalf => cut(0, n / 2 - 1),
        Portion::SecondHalf => cut(n / 2, n - 1),
        _ => (from, to),
    }
}

/// Seasons and years in whole months, decades and centuries in whole years; the first third takes what is left over.
fn narrowed_by_months((from, to): Days, portion: Portion, days: i64) -> Days {
    let step = if days > 3000 { 12 } else { 1 };
    let n = (days + 15) * 12 / 365 / step;
    let (early, late) = ((n + 2) / 3, n / 3);
    let at = |k: i64| plus_months(from, k * step);
    match portion {
        Portion::Early => (from, plus_days(at(early), -1)),
        Portion::Mid => (at(early), plus_days(at(n - late), -1)),
        Portion::Late => (at(n - late), to),
        Portion::FirstHalf => (from, plus_days(at(n / 2), -1)),
        Portion::SecondHalf => (at(n / 2), to),
        _ => (from, to),
    }
}

/// The days of a named day in a year.
pub(crate) fn holiday(rule: Rule, year: i16) -> Option<Days> {
    let day = match rule {
        Rule::Fixed(m, d) => Date::new(year, m as i8, d as i8).ok()?,
        Rule::Once(y, m, d) => Date::new(y, m as i8, d as i8).ok()?,
        Rule::Nth(m, w, n) => nth_weekday(year, m, w, n)?,
        Rule::Easter(off) => plus_days(easter(year)?, off),
        Rule::ElectionDay => plus_days(nth_weekday(year, 11, 1, 1)?, 1),
        Rule::Islamic(m, d, n) => {
            let start = islamic(year, m, d)?;
            return Some((start, plus_days(start, i64::from(n) - 1)));
        }
    };
    Some((day, day))
}

fn nth_weekday(year: i16, month: u8, weekday: u8, n: i8) -> Option<Date> {
    let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday as i8).ok()?;
    Date::new(year, month as i8, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
}

/// Easter Sunday of the western church, by the anonymous Gregorian computus.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// A day of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7 … of thirty) in a Gregorian year; the first where there are two.
fn islamic(year: i16, month: u8, day: u8) -> Option<Date> {
    let epoch = Date::new(622, 7, 19).ok()?;
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess - 1..=guess + 2).find_map(|h| {
        let days = (h - 1) * 354 + (3 + 11 * h) / 30 + (59 * (i64::from(month) - 1) + 1) / 2 + i64::from(day) - 1;
        let at = plus_days(epoch, days);
        (at.year() == year).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn named_days() {
        assert_eq!(holiday(Rule::Easter(0), 2015), Some((date(2015, 4, 5), date(2015, 4, 5))));
        assert_eq!(holiday(Rule::Easter(0), 1998), Some((date(1998, 4, 12), date(1998, 4, 12))));
        assert_eq!(holiday(Rule::ElectionDay, 2016), Some((date(2016, 11, 8), date(2016, 11, 8))));
        assert_eq!(holiday(Rule::Nth(11, 4, 4), 1989), Some((date(1989, 11, 23), date(1989, 11, 23))));
        // observed 18 June 2015 and 6 June 2016; the table may be a day off
        let start = |y| holiday(Rule::Islamic(9, 1, 30), y).map(|d| d.0);
        assert!(start(2015).is_some_and(|d| distance(d, date(2015, 6, 18)).abs() <= 1));
        assert!(start(2016).is_some_and(|d| distance(d, date(2016, 6, 6)).abs() <= 1));
    }

    #[test]
    fn portions() {
        let july = stretch(date(2015, 7, 14), Unit::Month);
        assert_eq!(narrowed(july, Portion::Early), (date(2015, 7, 1), date(2015, 7, 10)));
        assert_eq!(narrowed(july, Portion::Mid), (date(2015, 7, 11), date(2015, 7, 20)));
        assert_eq!(narrowed(july, Portion::Late), (date(2015, 7, 21), date(2015, 7, 31)));
    }
}
