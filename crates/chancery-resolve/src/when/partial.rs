//! Dates that leave something open: days and months without a year, weekdays, seasons, quarters, named days.

use super::days;
use super::expression::{Expr, Shift, Year};
use super::resolve::{Ahead, Meaning, Scene, date, looks_ahead, origin, year_number};
use super::tense::Tense;
use super::words::{Rule, Season, Unit};
use chancery_model::DatePrecision;
use jiff::civil::Date;

pub(super) fn calendar(expr: &Expr, scene: &Scene) -> Meaning {
    let Expr::Calendar { year, month, day, weekday, shift } = expr else { return Meaning::past() };
    let known = year.map(|y| year_number(y, scene));
    let found = match (known, month) {
        (Some(y), _) => y,
        (None, None) if day.is_some() => return day_of_month(day.unwrap_or(1), scene),
        (None, Some(m)) => infer_year(*m, *day, *weekday, *shift, scene).map(|y| (y, false)),
        (None, None) => None,
    };
    let Some((y, explicit)) = found else { return yearless(*month, *day) };
    let made = match (month, day) {
        (Some(m), Some(d)) => date(y, *m, *d).map(|d| Meaning::unit(d, Unit::Day)),
        (Some(m), None) => date(y, *m, 1).map(|d| Meaning::unit(d, Unit::Month)),
        _ => date(y, 1, 1).map(|d| Meaning::unit(d, Unit::Year)),
    };
    let leans = !scene.story.narrative && scene.anchor.is_some();
    made.map_or_else(|| yearless(*month, *day), |m| if explicit { m.explicit(true) } else { m.leaning(leans) })
}

/// "the 20th": of the month told, else the one nearest before the day of writing, or after it where the clause looks ahead.
fn day_of_month(day: u8, scene: &Scene) -> Meaning {
    let told = scene
        .story
        .point(Unit::Month, scene.sentence)
        .filter(|_| scene.story.narrative || scene.story.last.is_some_and(|p| p.sentence == scene.sentence));
    let base = told.or(scene.anchor);
    let in_month = |d: Date| date(d.year(), d.month() as u8, day);
    let found = base.and_then(|b| match (told.is_some(), in_month(b)) {
        (false, Some(d)) if d > b && !looks_ahead(scene) => in_month(days::plus_months(b.first_of_month(), -1)),
        (false, Some(d)) if d < b && looks_ahead(scene) => in_month(days::plus_months(b.first_of_month(), 1)),
        (_, d) => d,
    });
    found.map_or_else(
        || Meaning::word("DATE", format!("XXXX-XX-{day:02}")),
        |d| Meaning::unit(d, Unit::Day).leaning(told.is_none()),
    )
}

fn yearless(month: Option<u8>, day: Option<u8>) -> Meaning {
    match (month, day) {
        (Some(m), Some(d)) => Meaning::word("DATE", format!("XXXX-{m:02}-{d:02}")),
        (Some(m), None) => Meaning::word("DATE", format!("XXXX-{m:02}")),
        _ => Meaning::past(),
    }
}

/// The year of a month or day told without one.
fn infer_year(month: u8, day: Option<u8>, weekday: Option<u8>, shift: Shift, scene: &Scene) -> Option<i16> {
    let story = scene.story;
    if matches!(shift, Shift::That | Shift::Previous | Shift::Following) || story.narrative && story.last.is_some() {
        let base = story.last.map(|p| p.day).or(scene.anchor)?;
        return match shift {
            Shift::Previous | Shift::Last => Some(base.year() - i16::from(month as i8 >= base.month())),
            Shift::Following | Shift::Next => Some(base.year() + i16::from(month as i8 <= base.month())),
            Shift::That => Some(base.year()),
            _ => story.year_of(month, day),
        };
    }
    let Some(anchor) = scene.anchor else { return story_year(month, day, scene, None).or(story.news_year) };
    // "Thursday, 23 February" settles the year, or shows that it is none of ours
    if let (Some(w), Some(d)) = (weekday, day) {
        let fits = |y: i16| date(y, month, d).is_some_and(|d| d.weekday().to_monday_one_offset() == w as i8);
        let y = anchor.year();
        return [y, y - 1, y + 1].into_iter().find(|y| fits(*y));
    }
    story_year(month, day, scene, Some(anchor)).or_else(|| nearest_year(month, day, shift, anchor, scene))
}

/// A day right after one told with its year belongs to that chain: "on 21 August 2013 … On 27 September"; a month alone ("in March")
/// is as often one of this year.
fn story_year(month: u8, day: Option<u8>, scene: &Scene, anchor: Option<Date>) -> Option<i16> {
    let last =
        scene.story.last.filter(|p| p.explicit && p.unit <= Unit::Month && scene.sentence.saturating_sub(p.sentence) <= 2)?;
    let year = scene.story.year_of(month, Some(day?))?;
    let Some(a) = anchor else { return Some(year) };
    let at = date(year, month, day?.min(28))?;
    let on = days::distance(last.day, at);
    let ours = last.day.year() < a.year() && days::distance(last.day, a) > 200 && (0..200).contains(&on);
    (ours && at < a && !looks_ahead(scene)).then_some(year)
}

fn nearest_year(month: u8, day: Option<u8>, shift: Shift, anchor: Date, scene: &Scene) -> Option<i16> {
    let y = anchor.year();
    let start = |y| date(y, month, day.unwrap_or(1).min(if month == 2 { 28 } else { 30 }));
    let reached = start(y)? <= anchor;
    let this_month = anchor.month() == month as i8;
    let (back, on) = (if reached { y } else { y - 1 }, if reached { y + 1 } else { y });
    Some(match shift {
        Shift::Last => {
            if this_month && day.is_none() {
                y - 1
            } else {
                back
            }
        }
        Shift::Next => {
            if this_month && day.is_none() {
                y + 1
            } else {
                on
            }
        }
        Shift::This => y,
        _ => {
            let on = if this_month && day.is_none() { y } else { on };
            let ago = days::distance(start(back)?, anchor);
            let until = days::distance(anchor, start(on)?);
            if scene.ahead != Ahead::No && scene.tense == Tense::Past {
                if ago <= until { back } else { on }
            } else if looks_ahead(scene) {
                // a day just gone by is still nearer than one a whole year on
                if until > 300 { back } else { on }
            } else if scene.tense == Tense::Past {
                if ago > 300 && until < 50 { on } else { back }
            } else if ago <= until.saturating_mul(2) {
                back
            } else {
                on
            }
        }
    })
}

pub(super) fn weekday(w: u8, shift: Shift, scene: &Scene) -> Meaning {
    let on_or_before =
        |d: Date| days::plus_days(d, -((i64::from(d.weekday().to_monday_one_offset()) - i64::from(w)).rem_euclid(7)));
    let told = matches!(shift, Shift::That | Shift::Previous | Shift::Following) || scene.story.narrative;
    let base = if told { scene.story.point(Unit::Day, scene.sentence).or(scene.anchor) } else { scene.anchor };
    let Some(base) = base else {
        // "killed on Monday, October 12, 2015. On Sunday they …": the nearest to the day of the news
        let near = scene.story.news_day(scene.sentence).filter(|_| shift == Shift::Bare);
        return near.map_or_else(
            || Meaning::word("DATE", format!("XXXX-WXX-{w}")),
            |d| Meaning::unit(on_or_before(days::plus_days(d, 3)), Unit::Day).leaning(false),
        );
    };
    let day = match shift {
        Shift::Last | Shift::Previous => on_or_before(days::plus_days(base, -1)),
        Shift::Next | Shift::Following => days::plus_days(on_or_before(base), 7),
        Shift::This => {
            let this = days::plus_days(days::monday(base), i64::from(w) - 1);
            if this < base && looks_ahead(scene) { days::plus_days(this, 7) } else { this }
        }
        Shift::That => on_or_before(base),
        Shift::Bare if told => days::plus_days(on_or_before(days::plus_days(base, -1)), 7),
        Shift::Bare
            if scene.tense == Tense::Future
                || scene.ahead == Ahead::Strongly
                || scene.ahead == Ahead::Weakly && scene.tense != Tense::Past =>
        {
            days::plus_days(on_or_before(days::plus_days(base, -1)), 7)
        }
        Shift::Bare => on_or_before(base),
    };
    Meaning::unit(day, Unit::Day).leaning(!told)
}

pub(super) fn season(season: Season, year: Option<Year>, shift: Shift, scene: &Scene) -> Meaning {
    let found = match year {
        Some(y) => year_number(y, scene),
        None => origin(shift, Unit::Season, scene)
            .or_else(|| scene.story.last.filter(|_| scene.story.narrative).map(|p| (p.day, false)))
            .map(|(d, _)| {
                let y = d.year();
                let begun = days::season_days(season, y).is_some_and(|s| s.0 <= d);
                let over = days::season_days(season, y).is_some_and(|s| s.1 < d);
                let y = match shift {
                    Shift::Last | Shift::Previous => y - i16::from(!over),
                    Shift::Next | Shift::Following => y + i16::from(begun),
                    Shift::Bare if !looks_ahead(scene) && !scene.story.narrative => y - i16::from(!begun),
                    Shift::Bare if looks_ahead(scene) => y + i16::from(over),
                    _ => y,
                };
                (y, false)
            }),
    };
    let Some((y, explicit)) = found else { return Meaning::word("DATE", format!("XXXX-{}", days::season_code(season))) };
    match days::season_days(season, y) {
        Some(d) => Meaning::unit(d.0, Unit::Season).explicit(explicit),
        None => Meaning::past(),
    }
}

pub(super) fn quarter(n: Option<u8>, year: Option<Year>, shift: Shift, scene: &Scene) -> Meaning {
    let told = scene.story.quarter;
    let now = scene.anchor.map(|a| (a.year(), (a.month() as u8 - 1) / 3 + 1));
    let before = now.map(|(y, q)| if q == 1 { (y - 1, 4) } else { (y, q - 1) });
    let after = now.map(|(y, q)| if q == 4 { (y + 1, 1) } else { (y, q + 1) });
    // a company "expects" the quarter just over, too
    let usual = |q: u8| {
        now.map(|(y, at)| {
            let ahead = looks_ahead(scene);
            (if q > at { y - i16::from(!ahead) } else { y + i16::from(ahead && at - q > 1) }, q)
        })
    };
    let found = match (n, year) {
        (Some(q), Some(Year::Shifted(Shift::Previous))) => {
            told.filter(|t| t.1 == q).or_else(|| usual(q)).map(|(y, q)| (y - 1, q))
        }
        (Some(q), Some(y)) => year_number(y, scene).map(|(y, _)| (y, q)),
        (Some(q), None) => usual(q),
        (None, Some(Year::Shifted(Shift::Previous | Shift::Last))) => told.or(before).map(|(y, q)| (y - 1, q)),
        (None, Some(y)) => match (year_number(y, scene), told.filter(|_| scene.story.by_quarter)) {
            (Some((y, _)), Some((_, q))) => Some((y, q)),
            (Some((y, _)), None) => {
                return date(y, 1, 1).map_or_else(Meaning::past, |d| Meaning::unit(d, Unit::Year).explicit(true));
            }
            _ => None,
        },
        (None, None) => match shift {
            Shift::This => now,
            Shift::Last | Shift::Previous => before,
            Shift::Next | Shift::Following => after,
            Shift::Bare | Shift::That => told.or(before),
        },
    };
    let Some((y, q)) = found else {
        return Meaning::word("DATE", n.map_or("XXXX-QX".to_owned(), |n| format!("XXXX-Q{n}")));
    };
    match days::quarter_days(y, q) {
        Some(d) => Meaning::unit(d.0, Unit::Quarter).explicit(matches!(year, Some(Year::Is(_)))),
        None => Meaning::past(),
    }
}

pub(super) fn half(n: u8, year: Option<Year>, scene: &Scene) -> Meaning {
    let year = year.unwrap_or(Year::Shifted(Shift::This));
    let Some((y, explicit)) = year_number(year, scene) else { return Meaning::word("DATE", format!("XXXX-H{n}")) };
    let mut out = Meaning::word("DATE", format!("{}-H{n}", days::year_text(y)));
    let portion = if n == 1 { (1, 1, 6, 30) } else { (7, 1, 12, 31) };
    out.days = date(y, portion.0, portion.1).zip(date(y, portion.2, portion.3));
    out.unit = Some(Unit::Season);
    out.explicit(explicit)
}

pub(super) fn holiday(rule: Rule, year: Option<Year>, shift: Shift, scene: &Scene) -> Meaning {
    let years = match year {
        Some(y) => year_number(y, scene),
        None if matches!(rule, Rule::Once(..)) => Some((0, true)),
        None => origin(shift, Unit::Year, scene).map(|(d, _)| {
            let y = d.year();
            let reached = days::holiday(rule, y).is_some_and(|h| h.0 <= d);
            let y = match shift {
                Shift::Last | Shift::Previous => y - i16::from(!reached),
                Shift::Next | Shift::Following => y + i16::from(reached),
                Shift::Bare if scene.story.narrative => y,
                Shift::Bare if looks_ahead(scene) => y + i16::from(reached),
                Shift::Bare => y - i16::from(!reached),
                _ => y,
            };
            (y, false)
        }),
    };
    let Some((from, to, explicit)) = years.and_then(|(y, e)| days::holiday(rule, y).map(|(a, b)| (a, b, e))) else {
        let fixed = match rule {
            Rule::Fixed(m, d) => format!("XXXX-{m:02}-{d:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        };
        return Meaning::word("DATE", fixed);
    };
    let mut out = Meaning::unit(from, Unit::Day).explicit(explicit);
    if let Rule::Islamic(month, _, n) = rule {
        // a sighting may fall a day on either side
        out.days = Some((days::plus_days(from, -1), days::plus_days(to, 1)));
        out.precision = DatePrecision::Span;
        if month == 9 && n > 1 {
            out.value = Some(format!("{}/{}", days::value(from, Unit::Day), days::value(to, Unit::Day)));
        }
    }
    out
}
