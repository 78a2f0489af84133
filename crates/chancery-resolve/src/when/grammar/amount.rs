//! Numbers, and durations made of them.

use super::super::expression::{Amount, Expr};
use super::super::words::{Sense, Unit};
use super::{Line, Read};

/// The unit of a noun and whether it is plural.
pub(super) fn unit(line: &Line, at: usize) -> Read<(Unit, bool)> {
    let found = match line.sense(at) {
        Sense::Unit(u) => (u, false),
        Sense::Units(u) => (u, true),
        Sense::Parts(super::super::words::Part::Night) => (Unit::Night, true),
        Sense::Seasons(_) => (Unit::Season, true),
        _ => return None,
    };
    Some((found, at + 1))
}

/// Whether an atom is the plural of a unit.
pub(super) fn plural_of(line: &Line, at: usize) -> bool {
    unit(line, at).is_some_and(|((_, plural), _)| plural)
}

/// A whole number in digits or words: "12", "twenty-four", "two thousand".
pub(super) fn whole(line: &Line, at: usize) -> Read<i64> {
    if let Some(n) = line.digits(at) {
        return Some((n, at + 1));
    }
    let (mut total, mut part, mut i, mut last) = (0i64, 0i64, at, 0);
    let mut any = false;
    while let Sense::Cardinal(n) = line.sense(i) {
        match n {
            100 | 1000 if any => {
                part = part.max(1).saturating_mul(n);
                if n == 1000 {
                    total = total.saturating_add(part);
                    part = 0;
                }
            }
            100 | 1000 => return None,
            _ if !any => part = n,
            // "twenty four" and "hundred ten" run on; "two three" and "nineteen ninety" do not
            _ if last >= 100 || (last >= 20 && n < 10) => part = part.saturating_add(n),
            _ => break,
        }
        (any, last, i) = (true, n, i + 1);
        if line.low(i) == "-" && matches!(line.sense(i + 1), Sense::Cardinal(n) if n < 10 && (20..100).contains(&last)) {
            i += 1;
        }
        if line.low(i) == "and" && last >= 100 && matches!(line.sense(i + 1), Sense::Cardinal(n) if n < 100) {
            i += 1;
        }
    }
    any.then_some((total.saturating_add(part), i))
}

/// "two", "2 1/2", "two and a half", "a", "a few", "several", "a couple of", "two to three".
pub(super) fn amount(line: &Line, at: usize) -> Read<Amount> {
    let vague = |n| Some((Amount::Vague, n));
    if let Some(i) = line.eat_any(at, &["a", "an"]) {
        return match line.low(i) {
            "few" | "handful" | "number" => vague(line.skip(i + 1, "of")),
            "couple" => Some((Amount::whole(2), line.skip(i + 1, "of"))),
            "dozen" => Some((Amount::whole(12), i + 1)),
            "hundred" | "thousand" => Some((Amount::whole(if line.low(i) == "hundred" { 100 } else { 1000 }), i + 1)),
            "half" => Some((Amount::Halves(1), line.skip(i + 1, "-"))),
            "single" | "full" | "whole" | "mere" | "further" | "additional" => {
                whole(line, i + 1).map_or(Some((Amount::whole(1), i + 1)), |(n, j)| Some((Amount::whole(n), j)))
            }
            _ => Some((Amount::whole(1), i)),
        };
    }
    if let Some(i) = line.eat(at, "another") {
        return whole(line, i).map_or(Some((Amount::whole(1), i)), |(n, j)| Some((Amount::whole(n), j)));
    }
    if let Some(i) = line.eat_any(at, &["few", "many"]) {
        return vague(i);
    }
    if line.sense(at) == Sense::Some {
        return vague(at + 1);
    }
    if let Some(i) = line.eat_any(at, &["couple", "half"]) {
        let half = line.low(at) == "half";
        let n = line.skip(line.skip(line.skip(i, "of"), "-"), if half { "a" } else { "of" });
        return Some((if half { Amount::Halves(1) } else { Amount::whole(2) }, n));
    }
    let (n, i) = whole(line, at)?;
    // 2 1/2, two and a half
    if line.digits(i) == Some(1) && line.low(i + 1) == "/" && line.digits(i + 2) == Some(2) {
        return Some((Amount::Halves(n.saturating_mul(2).saturating_add(1)), i + 3));
    }
    if let Some(j) = line
        .eat_all(i, &["and", "a", "half"])
        .or_else(|| line.eat_all(i, &["and", "half"]))
        .or_else(|| line.eat_all(i, &["-", "and", "-", "a", "-", "half"]))
    {
        return Some((Amount::Halves(n.saturating_mul(2).saturating_add(1)), j));
    }
    // the lower of "two to three", "14-18"
    if let Some(j) = line.eat_any(i, &["to", "or", "-"])
        && let Some((_, k)) = whole(line, j)
        && matches!(line.sense(k), Sense::Units(_))
    {
        return Some((Amount::whole(n), k));
    }
    Some((Amount::whole(n), i))
}

/// What may stand between a number and its unit.
const BETWEEN: &[&str] = &[
    "more",
    "full",
    "additional",
    "consecutive",
    "straight",
    "successive",
    "long",
    "trading",
    "business",
    "working",
    "further",
    "bloody",
    "calendar",
    "brutal",
    "previous",
    "past",
    "final",
    "whole",
    "solid",
    "crucial",
    "odd",
    "other",
    "extra",
    "whole",
    "school",
    "fiscal",
];

/// An amount and its unit: "two more weeks", "five-year", "a year and a half", "months".
pub(super) fn measured(line: &Line, at: usize) -> Read<(Amount, Unit)> {
    let (amount, i) = amount(line, at)?;
    let mut i = line.skip(i, "-");
    if BETWEEN.contains(&line.low(i)) {
        i += 1;
    }
    let ((unit, plural), i) = unit(line, i)?;
    // "60 Minutes" is a programme
    if i > 1 && line.capital(i - 1) {
        return None;
    }
    if amount == Amount::whole(1) && plural {
        return None;
    }
    let and_half = line.eat_all(i, &["and", "a", "half"]).or_else(|| line.eat_all(i, &["-", "and", "-", "a", "-", "half"]));
    Some(match (amount, and_half) {
        (Amount::Halves(n), Some(j)) if n % 2 == 0 => ((Amount::Halves(n.saturating_add(1)), unit), j),
        _ => ((amount, unit), i),
    })
}

/// Ages are not times: "25 years old", "aged 25 years", "a 12-year-old boy"; a year-old war is.
fn is_age(line: &Line, at: usize, end: usize) -> bool {
    const THINGS: &[&str] = &[
        "agreement",
        "alliance",
        "armistice",
        "ban",
        "battle",
        "blockade",
        "boycott",
        "campaign",
        "ceasefire",
        "civil",
        "coalition",
        "conflict",
        "coup",
        "crisis",
        "deal",
        "dispute",
        "embargo",
        "fight",
        "government",
        "insurgency",
        "intifada",
        "offensive",
        "operation",
        "peace",
        "pact",
        "policy",
        "process",
        "program",
        "programme",
        "project",
        "rebellion",
        "regime",
        "revolt",
        "rule",
        "sanctions",
        "siege",
        "standoff",
        "state",
        "strike",
        "struggle",
        "system",
        "treaty",
        "truce",
        "union",
        "unrest",
        "uprising",
        "war",
        "violence",
    ];
    let i = line.skip(end, "-");
    if matches!(line.low(i), "old" | "olds") {
        let noun = line.skip(i + 1, "-");
        return !(THINGS.contains(&line.low(noun))
            || THINGS.contains(&line.low(noun + 1)) && line.low(noun).chars().all(char::is_alphabetic));
    }
    let back = |n: usize| at.checked_sub(n).map_or("", |i| line.low(i));
    line.eat_all(end, &["of", "age"]).is_some() || back(1) == "aged" || (back(2) == "age" && back(1) == "of")
}

/// "five years", "the past two months", "a week", "year-long", "the weeks ahead".
pub(super) fn duration(line: &Line, at: usize) -> Read<Expr> {
    sided(line, at).or_else(|| plain(line, at)).or_else(|| bare_plural(line, at)).or_else(|| long(line, at))
}

/// "the last three months", "the next few years", "the first nine months", "recent weeks".
fn sided(line: &Line, at: usize) -> Read<Expr> {
    let i = line.skip(at, "the");
    let (side, j) = match line.low(i) {
        "past" | "last" | "previous" | "preceding" | "latest" => (-1, i + 1),
        "next" | "coming" | "following" | "subsequent" | "ensuing" => (1, i + 1),
        "recent" => (-1, i + 1),
        "first" | "final" | "opening" | "intervening" => (0, i + 1),
        _ if i > at => (0, i),
        _ => return None,
    };
    if let Some(((amount, unit), n)) = measured(line, j) {
        // "the five-year conflict" leaves its article to the conflict
        let adjective = side == 0 && n >= 2 && line.low(n - 2) == "-" && matches!(line.sense(n - 1), Sense::Unit(_));
        if adjective && j == i {
            return None;
        }
        if side != 0 || !is_age(line, at, n) {
            return Some((Expr::Duration { amount, unit, side }, side_after(line, n)));
        }
    }
    let ((unit, plural), n) = unit(line, j)?;
    if plural && (j > i || i > at) {
        // "recent weeks and months"
        let n = match line.eat_any(n, &["and", "or"]) {
            Some(k) if side != 0 && plural_of(line, k) => k + 1,
            _ => n,
        };
        if j == i && !matches!(line.low(n), "ahead" | "before" | "after" | "since" | "following" | "leading" | "preceding") {
            return None;
        }
        return Some((Expr::Duration { amount: Amount::Vague, unit, side }, side_after(line, n)));
    }
    // "the past year" lasts a year; "last year" does not
    let lasting = matches!(line.low(i), "past") && i > at && !plural;
    lasting.then_some((Expr::Duration { amount: Amount::whole(1), unit, side }, n))
}

fn side_after(line: &Line, at: usize) -> usize {
    line.eat(at, "ahead").or_else(|| line.eat_all(at, &["to", "come"])).or_else(|| line.eat_all(at, &["or", "so"])).unwrap_or(at)
}

fn plain(line: &Line, at: usize) -> Read<Expr> {
    let ((amount, unit), mut n) = measured(line, at)?;
    if is_age(line, at, n) || matches!(line.before(at), "$" | "#") {
        return None;
    }
    let indefinite = matches!(line.low(at), "a" | "an");
    // after a count, "a day" and "a year" say how often
    let back = line.before(at);
    let plural_noun = back.len() > 3
        && back.ends_with('s')
        && !matches!(
            back,
            "lasts"
                | "takes"
                | "less"
                | "was"
                | "this"
                | "plus"
                | "years"
                | "months"
                | "perhaps"
                | "covers"
                | "spends"
                | "lies"
                | "sometimes"
                | "is"
        );
    let counted = at > 0
        && (line.digits(at - 1).is_some()
            || matches!(back, "million" | "billion" | "thousand" | "cents" | "%" | "percent")
            || plural_noun);
    if indefinite && counted && line.low(n) != "ago" {
        return None;
    }
    // "three quarters of the votes"
    if unit == Unit::Quarter && (line.low(n) == "of" || line.glued(n - 1)) {
        return None;
    }
    if indefinite && matches!(unit, Unit::Quarter | Unit::Season | Unit::Weekend | Unit::Night) {
        return None;
    }
    if indefinite && line.eat_all(n, &["-", "long"]).is_some() {
        return None;
    }
    n = line.eat_all(n, &["-", "long"]).or_else(|| line.eat_all(n, &["-", "old"])).unwrap_or(n);
    Some((Expr::Duration { amount, unit, side: 0 }, side_after(line, n)))
}

/// "for years", "months of fighting".
fn bare_plural(line: &Line, at: usize) -> Read<Expr> {
    let ((unit, plural), n) = unit(line, at)?;
    if !plural || matches!(unit, Unit::Quarter | Unit::Season | Unit::Weekend | Unit::Second) || line.glued(at) {
        return None;
    }
    if line.eat_all(n, &["of", "age"]).is_some() || line.low(n) == "old" {
        return None;
    }
    let led = matches!(
        line.before(at),
        "for"
            | "after"
            | "within"
            | "of"
            | "over"
            | "in"
            | "took"
            | "take"
            | "takes"
            | "lasted"
            | "last"
            | "many"
            | "despite"
            | "spent"
    );
    let followed = matches!(line.low(n), "of" | "ahead") || matches!(line.low(n), "or") && plural_of(line, n + 1);
    let n = if line.eat_all(n, &["-", "long"]).is_some() { n + 2 } else { n };
    let long = line.before(n) == "long";
    (led || followed || long).then_some((Expr::Duration { amount: Amount::Vague, unit, side: 0 }, n))
}

/// "year-long", "week-long".
fn long(line: &Line, at: usize) -> Read<Expr> {
    let ((unit, _), n) = unit(line, at)?;
    let n = line.eat_all(n, &["-", "long"])?;
    Some((Expr::Duration { amount: Amount::whole(1), unit, side: 0 }, n))
}
