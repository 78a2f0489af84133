use super::{item::Item, person::others, roles};
use crate::alike::{self, Apart, BOUND};
use chancery_model::{EventType, Place, Status};

/// Points from which two reports are taken for one event.
pub(super) const ENOUGH: i32 = 70;

/// Mean points of all pairs from which two clusters are taken for one event.
pub(super) const ON_THE_MEAN: i32 = 45;

/// One reason for or against: readable words and points.
pub(super) type Reason = (String, i32);

/// What speaks for and against two reports telling one event.
pub(super) struct Score {
    pub points: i32,
    /// Kept only where a reader will see them: most pairs are strangers, and words cost more than sums.
    pub reasons: Option<Vec<Reason>>,
}

impl Score {
    fn add(&mut self, why: &str, points: i32) {
        self.name(why, "", points);
    }

    /// A reason that names something.
    fn name(&mut self, why: &str, what: &str, points: i32) {
        self.points += points;
        if let Some(reasons) = self.reasons.as_mut().filter(|_| points != 0) {
            reasons.push((format!("{why} {what}").trim_end().to_owned(), points));
        }
    }

    /// One line: what speaks for one event and what against it, with points, the sum, and what carries it (without which it would stay below
    /// the mark).
    pub fn line(&self) -> String {
        let reasons = self.reasons.as_deref().unwrap_or_default();
        let list = |speaks: fn(i32) -> bool| {
            let list: Vec<String> = reasons.iter().filter(|r| speaks(r.1)).map(|(w, p)| format!("{w} {p:+}")).collect();
            if list.is_empty() { "nothing".to_owned() } else { list.join(", ") }
        };
        let spare = self.points - ENOUGH;
        let rests: Vec<&str> = reasons.iter().filter(|(_, p)| *p > spare).map(|(w, _)| w.as_str()).collect();
        let rests = match rests.as_slice() {
            [] => "no single one of these would part them".to_owned(),
            _ => format!("rests on {}", rests.join(", ")),
        };
        let (pro, contra) = (list(|p| p > 0), list(|p| p < 0));
        format!("for it: {pro}; against it: {contra}; together {} of {ENOUGH} needed; {rests}", self.points)
    }
}

/// Whether nothing that the two tell can be squared with one event: different days, different countries, nobody in common,
/// other persons of the same state.
pub(super) fn clash(a: &Item, b: &Item) -> bool {
    days_apart(a, b).is_some_and(|d| d > 1)
        || matches!((country(a), country(b)), (Some(x), Some(y)) if x != y)
        || participants(a, b) == Some(0)
        || same_rank_elsewhere(a, b)
        || others(&a.persons, &b.persons)
}

fn country<'a>(item: &'a Item) -> Option<&'a str> {
    item.report.place.as_ref().and_then(|p| p.country.as_deref())
}

/// Two towns or sites, both with coordinates, more than fifty kilometres from each other.
fn same_rank_elsewhere(a: &Item, b: &Item) -> bool {
    let spot = |p: &Place| (p.precision == "city" || p.precision == "site").then_some((p.lat, p.lon));
    match (a.report.place.as_ref().and_then(spot), b.report.place.as_ref().and_then(spot)) {
        (Some((Some(lat), Some(lon))), Some((Some(lat2), Some(lon2)))) => {
            // Flat-earth distance is good enough at this scale; cosine of the latitude by its first terms, exact on every machine.
            let phi = lat.to_radians();
            let shrink = 1.0 - phi * phi / 2.0 + phi * phi * phi * phi / 24.0;
            let (dy, dx) = ((lat - lat2) * 111.0, (lon - lon2) * 111.0 * shrink);
            dy * dy + dx * dx > 50.0 * 50.0
        }
        _ => false,
    }
}

/// Days between two stated dates; 0 where they overlap, `None` where one of them states none.
fn days_apart(a: &Item, b: &Item) -> Option<i32> {
    let ((a1, a2), (b1, b2)) = (a.stated?, b.stated?);
    Some(if a2 < b1 { b1 - a2 } else { (a1 - b2).max(0) })
}

/// The sum for two reports of different articles.
pub(super) fn points(a: &Item, b: &Item) -> i32 {
    fill(a, b, Score { points: 0, reasons: None }).points
}

/// The sum for two reports of different articles, with its reasons.
pub(super) fn weigh(a: &Item, b: &Item) -> Score {
    fill(a, b, Score { points: 0, reasons: Some(Vec::new()) })
}

fn fill(a: &Item, b: &Item, mut s: Score) -> Score {
    weigh_type(a, b, &mut s);
    s.add("same participants", participants(a, b).unwrap_or(0));
    weigh_time(a, b, &mut s);
    weigh_place(a, b, &mut s);
    weigh_numbers(a, b, &mut s);
    // Most pairs are too far apart for any words to bring them together.
    if s.reasons.is_some() || s.points + BOUND as i32 >= ENOUGH {
        weigh_words(a, b, &mut s);
    }
    s
}

fn weigh_type(a: &Item, b: &Item, s: &mut Score) {
    match (a.event == b.event, a.report.mode, b.report.mode) {
        (true, Some(m), Some(n)) if m == n => s.name("same type and mode", m.as_str(), 26),
        (true, Some(_), Some(_)) => s.add("same type, another mode", 12),
        (true, ..) => s.name("same type", a.event.as_str(), 20),
        _ => s.add("kindred types", 8),
    }
    let happened = |i: &Item| matches!(i.report.status, Status::Actual | Status::Negated);
    // A denial is about what others assert; a plan is not yet the deed.
    s.add("one is still to come or only possible", if happened(a) == happened(b) { 0 } else { -8 });
    s.add("one is a continuing practice", if a.report.ongoing == b.report.ongoing { 0 } else { -5 });
}

/// Points for who takes part, at most 36; `None` where the two name nobody that could be compared.
pub(super) fn participants(a: &Item, b: &Item) -> Option<i32> {
    let (x, y) = (a.report, b.report);
    let straight = match (roles::side(&x.actors, &y.actors), roles::side(&x.recipients, &y.recipients)) {
        (Some(0), _) | (_, Some(0)) => Some(0),
        (None, None) => None,
        (p, q) => Some(p.unwrap_or(0) + q.unwrap_or(0)),
    };
    let one_sided = x.recipients.is_empty() != y.recipients.is_empty();
    let either_way = roles::mutual(a.event) && roles::mutual(b.event) && (one_sided || a.event == EventType::Consult);
    if !either_way || a.everyone.len() < 2 || b.everyone.len() < 2 {
        return straight;
    }
    // "A met B" and "talks of A and B" name the same people in different slots.
    let together = roles::side(&a.everyone, &b.everyone).map(|p| 2 * p);
    straight.max(together)
}

fn weigh_time(a: &Item, b: &Item, s: &mut Score) {
    if let Some(apart) = days_apart(a, b) {
        let wide = a.width().max(b.width());
        return match (apart, wide) {
            (0, 0) => s.add("same day", 25),
            (0, 1..=7) => s.add("same week", 15),
            (0, 8..=31) => s.add("same month", 8),
            (0, _) => s.add("overlapping dates", 2),
            (1, _) => s.add("a day apart", 12),
            _ => s.add("different days", -40),
        };
    }
    match (a.anchor(), b.anchor()) {
        // Published days bound the event from above: what is told on the same days is mostly the same news.
        (Some(x), Some(y)) => match (x - y).abs() {
            0..=1 => s.add("told on the same day", 10),
            2..=4 => s.add("told within days", 5),
            5..=14 => (),
            15..=45 => s.add("told weeks apart", -10),
            _ => s.add("told months apart", -20),
        },
        _ => s.add("undated", -5),
    }
}

fn weigh_place(a: &Item, b: &Item, s: &mut Score) {
    let (Some(x), Some(y)) = (&a.report.place, &b.report.place) else { return };
    if x.name == y.name {
        s.name("same place", &x.name, 15);
    } else if x.country.is_some() && x.country == y.country {
        let whole = x.precision == "country" || y.precision == "country";
        s.add(if whole { "same country" } else { "another place of the country" }, if whole { 5 } else { -10 });
    } else if x.country.is_some() && y.country.is_some() {
        s.add("another country", -25);
    }
}

/// What the words say, by fitted weights; at most [`BOUND`] either way.
fn weigh_words(a: &Item, b: &Item, s: &mut Score) {
    let sum = alike::points(&a.shape, &b.shape, Apart::World);
    let held = sum.clamp(-BOUND, BOUND).round() as i32;
    s.points += held;
    if let Some(reasons) = &mut s.reasons {
        let mut rest = held;
        for (words, points) in alike::reasons(&a.shape, &b.shape, Apart::World) {
            let points = points.round() as i32;
            rest -= points;
            reasons.push((words.to_owned(), points));
        }
        if rest != 0 {
            reasons.push(("words count no further".to_owned(), rest));
        }
    }
}

fn weigh_numbers(a: &Item, b: &Item, s: &mut Score) {
    if a.told.origin == b.told.origin && both_long(a, b) && a.stems == b.stems {
        s.add("the same sentence reprinted", 50);
    }
    for m in &a.report.size {
        if let Some(n) = b.report.size.iter().find(|n| n.what == m.what) {
            s.name("same number of", &m.what, if m.value == n.value { 10 } else { 0 });
        }
    }
}

fn both_long(a: &Item, b: &Item) -> bool {
    a.stems.len().min(b.stems.len()) >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(reasons: &[(&str, i32)]) -> String {
        let mut s = Score { points: 0, reasons: Some(Vec::new()) };
        reasons.iter().for_each(|(why, points)| s.add(why, *points));
        s.line()
    }

    #[test]
    fn a_line_says_what_speaks_for_and_against_and_what_it_rests_on() {
        assert_eq!(
            line(&[("same type", 20), ("same participants", 36), ("numbers in common", -4), ("same day", 25)]),
            "for it: same type +20, same participants +36, same day +25; against it: numbers in common -4; together 77 of 70 needed; \
             rests on same type, same participants, same day"
        );
        assert_eq!(
            line(&[("same type", 40), ("same day", 40), ("same place", 40)]),
            "for it: same type +40, same day +40, same place +40; against it: nothing; together 120 of 70 needed; \
             no single one of these would part them"
        );
    }
}
