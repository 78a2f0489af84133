//! The days of PETRARCH codes: `050101-060531`, `>100801`, `<20011222`.

use jiff::civil::Date;

/// First and last day of a code.
pub(super) type Days = (Option<Date>, Option<Date>);

/// The days of a code; none at all where nothing is told.
pub(super) fn read(text: &str) -> Result<Days, String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let days = match text.split_at_checked(1) {
        None => (None, None),
        Some((">", from)) => (Some(day(from)?), None),
        // the dictionaries mean the day itself to be outside
        Some(("<", to)) => (None, day(to)?.yesterday().ok()),
        Some(_) => {
            let (from, to) = text.split_once('-').ok_or_else(|| wrong(&text))?;
            (Some(day(from)?), Some(day(to)?))
        }
    };
    match days {
        (Some(from), Some(to)) if to < from => Err(format!("`{text}` ends before it begins")),
        days => Ok(days),
    }
}

fn wrong(text: &str) -> String {
    format!("`{text}` is no date; write >YYMMDD, <YYMMDD or YYMMDD-YYMMDD, the year with two or four digits")
}

/// YYMMDD or YYYYMMDD, or with the day of the year: YYDDD, YYYYDDD. Years of two digits below 30 are of this century.
fn day(s: &str) -> Result<Date, String> {
    let digits = |from: usize, to: usize| s.get(from..to).and_then(|d| d.parse::<i16>().ok());
    let century = |year: i16| if year < 30 { 2000 + year } else { 1900 + year };
    let all = s.bytes().all(|b| b.is_ascii_digit());
    let in_year = |year: i16, n: i16| Date::new(year, 1, 1).ok()?.checked_add(jiff::Span::new().days(n - 1)).ok();
    let date = match s.len() {
        _ if !all => None,
        5 => digits(0, 2).zip(digits(2, 5)).and_then(|(y, n)| in_year(century(y), n)),
        6 => {
            digits(0, 2).zip(digits(2, 4)).zip(digits(4, 6)).and_then(|((y, m), d)| Date::new(century(y), m as i8, d as i8).ok())
        }
        7 => digits(0, 4).zip(digits(4, 7)).and_then(|(y, n)| in_year(y, n)),
        8 => digits(0, 4).zip(digits(4, 6)).zip(digits(6, 8)).and_then(|((y, m), d)| Date::new(y, m as i8, d as i8).ok()),
        _ => None,
    };
    date.ok_or_else(|| wrong(s))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::read;

    #[test]
    fn days_of_codes() {
        let shown = |s: &str| {
            let (from, to) = read(s).unwrap();
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{}/{}", day(from), day(to))
        };
        assert_eq!(shown("050101-060531"), "2005-01-01/2006-05-31");
        assert_eq!(shown("> 20100801"), "2010-08-01/");
        assert_eq!(shown("<20011222"), "/2001-12-21");
        assert_eq!(shown("680101-000101"), "1968-01-01/2000-01-01");
        assert_eq!(shown(">2010032"), "2010-02-01/");
        assert_eq!(shown(""), "/");
        assert!(["2005", ">201005011", "060531-050101", ">2010-01-01", "051301-060101"].iter().all(|s| read(s).is_err()));
    }
}
