//! What several expressions tell together: the ends of a stretch ("from 3 to 5 May", "2008–09"), the members of a row ("on Monday and Tuesday").

use super::atoms::Atom;
use super::days::{self, Days};
use super::expression::{Expr, Found, Shift};
use super::resolve::Meaning;
use super::tense::Tense;
use chancery_model::{DatePrecision, Span, Stretch, Token};

/// How an expression is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// "from … to …", "between … and …".
    Ends,
    /// "… and …", "… or …".
    Row,
    /// "…, …".
    List,
}

fn joint(before: &Found, found: &Found, atoms: &[Atom]) -> Option<Joint> {
    let low = |i: usize| atoms[i].low.as_str();
    let gap = before.atoms.end..found.atoms.start;
    let led = before.atoms.start.checked_sub(1).map_or("", low);
    match gap.clone().map(low).collect::<Vec<_>>().as_slice() {
        ["to" | "until" | "till" | "through" | "-"] => Some(Joint::Ends),
        ["and"] if led == "between" => Some(Joint::Ends),
        ["and" | "or" | "&"] => Some(Joint::Row),
        ["and" | "or", again] if *again == led => Some(Joint::Row),
        [","] => Some(Joint::List),
        _ => None,
    }
}

/// Days of a row lie at most a month apart, other units next to each other; more tells of two times, not of one.
const ROW: i64 = 31;

/// The days from the first of two to the last, if they tell one time together.
fn joined(joint: Joint, (a, exact): (Days, DatePrecision), b: &Meaning) -> Option<Days> {
    let to = b.days?;
    let on = days::distance(a.1, to.0);
    let together = match joint {
        Joint::Ends => a.0 <= to.1,
        Joint::Row if exact == DatePrecision::Day && b.precision == exact => (1..=ROW).contains(&on),
        Joint::Row | Joint::List => on == 1 && exact == b.precision,
    };
    together.then(|| (a.0.min(to.0), a.1.max(to.1)))
}

/// For each expression of a sentence the stretch that it stands in.
pub(super) fn of(line: &[Found], atoms: &[Atom], told: &[(Span<Token>, Meaning)]) -> Vec<Option<Stretch>> {
    let mut out: Vec<Option<Stretch>> = vec![None; told.len()];
    let mut first = 0;
    for i in 1..told.len() {
        let before = out[i - 1].map(|s| s.days).or(told[i - 1].1.days);
        let whole = before
            .zip(joint(&line[i - 1], &line[i], atoms))
            .and_then(|(days, joint)| joined(joint, (days, told[i - 1].1.precision), &told[i].1));
        match whole {
            Some(days) => out[first..=i].fill(Some(Stretch { tokens: told[first].0.join(told[i].0), days })),
            None => first = i,
        }
    }
    out
}

/// "from Monday to Wednesday", told on a Tuesday: the two days are those of one week, behind or ahead.
pub(super) fn in_order((a, first): (&Found, &mut Meaning), (b, last): (&Found, &mut Meaning), atoms: &[Atom], tense: Tense) {
    let bare = |f: &Found| matches!(f.expr, Expr::Weekday(_, Shift::Bare));
    let crossed = first.days.zip(last.days).is_some_and(|(a, b)| a.0 > b.1);
    if !bare(a) || !bare(b) || !crossed || joint(a, b, atoms).is_none() {
        return;
    }
    if tense == Tense::Future { last.move_by(7) } else { first.move_by(-7) }
}

#[cfg(test)]
mod tests {
    use super::super::times_in;
    use super::*;
    use jiff::civil::{Date, date};

    /// The stretch of the last expression of a sentence written on Tuesday 17 March 2015.
    fn stretch(text: &str, tense: Tense) -> Option<(String, Date, Date)> {
        let words: Vec<&str> = text.split(' ').collect();
        let times = times_in(&words, std::slice::from_ref(&(0..words.len())), Some(date(2015, 3, 17)), &|_| tense);
        let whole = times.last().and_then(|t| t.stretch)?;
        assert_eq!(times.iter().filter(|t| t.stretch == Some(whole)).count(), times.len(), "{text}");
        Some((words[whole.tokens.range()].join(" "), whole.days.0, whole.days.1))
    }

    #[test]
    fn ends_of_one_stretch() {
        for (text, words, from, to) in [
            ("They fought between 3 and 5 May 2014 .", "3 and 5 May 2014", date(2014, 5, 3), date(2014, 5, 5)),
            ("They fought from 2 to 6 March .", "2 to 6 March", date(2015, 3, 2), date(2015, 3, 6)),
            (
                "They fought from 20 December to 5 January 2014 .",
                "20 December to 5 January 2014",
                date(2013, 12, 20),
                date(2014, 1, 5),
            ),
            ("The war of 2008-09 was short .", "2008-09", date(2008, 1, 1), date(2009, 12, 31)),
            ("The war of 2008 – 09 was short .", "2008 – 09", date(2008, 1, 1), date(2009, 12, 31)),
            ("He ruled from 1999 until May 2004 .", "1999 until May 2004", date(1999, 1, 1), date(2004, 5, 31)),
            ("They fought from Monday to Wednesday .", "Monday to Wednesday", date(2015, 3, 9), date(2015, 3, 11)),
            (
                "They fought from late January through mid-February .",
                "late January through mid-February",
                date(2015, 1, 21),
                date(2015, 2, 20),
            ),
        ] {
            assert_eq!(stretch(text, Tense::Past), Some((words.to_owned(), from, to)), "{text}");
        }
        let ahead = stretch("They will meet from Monday to Wednesday .", Tense::Future);
        assert_eq!(ahead.map(|s| (s.1, s.2)), Some((date(2015, 3, 23), date(2015, 3, 25))));
    }

    #[test]
    fn members_of_one_row() {
        for (text, from, to) in [
            ("Bombs fell on 2 and 5 March .", date(2015, 3, 2), date(2015, 3, 5)),
            ("Bombs fell on Sunday and on Monday .", date(2015, 3, 15), date(2015, 3, 16)),
            ("Bombs fell in May and June 2014 .", date(2014, 5, 1), date(2014, 6, 30)),
            ("Bombs fell on Friday , Saturday and Sunday .", date(2015, 3, 13), date(2015, 3, 15)),
        ] {
            assert_eq!(stretch(text, Tense::Past).map(|s| (s.1, s.2)), Some((from, to)), "{text}");
        }
    }

    #[test]
    fn two_times_are_no_stretch() {
        for text in [
            "Votes were held in 2008 and 2012 .",
            "They met on 5 March 2013 and 8 July 2014 .",
            "They met on Monday and Kerry left on Friday .",
            "They fought on 2 May 2014 .",
            "They parted on Monday , 2 March , after 10 February .",
        ] {
            assert_eq!(stretch(text, Tense::Past), None, "{text}");
        }
    }
}
