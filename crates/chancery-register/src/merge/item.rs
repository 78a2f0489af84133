use super::{Told, person::persons};
use crate::alike::{Shape, Telling};
use crate::words;
use chancery_model::{ActorRef, DateBasis, EventType, Kind, Report};
use jiff::civil::Date;

/// A report prepared for comparison.
pub(super) struct Item<'a> {
    pub told: Told<'a>,
    pub report: &'a Report,
    pub event: EventType,
    /// First and last day that the text states, as day numbers.
    pub stated: Option<(i32, i32)>,
    /// Actors and recipients.
    pub everyone: Vec<ActorRef>,
    /// The persons among them, by code and name.
    pub persons: Vec<(&'a str, &'a str)>,
    /// What its words are compared by.
    pub shape: Shape,
    /// Telling words of the sentence, without the participants' names.
    pub stems: Vec<u64>,
}

impl<'a> Item<'a> {
    /// `None` for statements.
    pub fn of(told: &Told<'a>) -> Option<Item<'a>> {
        let report = told.report;
        let event = report.event.filter(|_| report.kind == Kind::Event)?;
        let persons = persons(report.actors.iter().chain(&report.recipients));
        let everyone: Vec<ActorRef> = report.actors.iter().chain(&report.recipients).cloned().collect();
        let mut names = Vec::new();
        for a in &everyone {
            names.extend(words::stems(&a.text));
            names.extend(a.entity.iter().flat_map(|e| words::stems(e)));
        }
        names.sort_unstable();
        let mut stems = words::stems(told.sentence);
        let shape = shape(told, event, stems.clone());
        stems.retain(|s| names.binary_search(s).is_err());
        let stated = stated(report);
        Some(Item { told: *told, report, event, stated, everyone, persons, shape, stems })
    }

    /// Days beyond the first that the stated date spans.
    pub fn width(&self) -> i32 {
        self.stated.map_or(0, |(a, b)| b - a)
    }

    /// The day to look for it at: stated, else that of publication.
    pub fn anchor(&self) -> Option<i32> {
        self.stated.map(|(a, _)| a).or(self.told.published.map(day))
    }

    /// Whether its day is known to within half a week.
    pub fn sharp(&self) -> bool {
        self.anchor().is_some() && self.width() <= SHARP
    }
}

/// The words of a report for comparison; those who take part by name, else as their sentence has them.
fn shape(told: &Told, event: EventType, stems: Vec<u64>) -> Shape {
    let report = told.report;
    let at = report.trigger.start.wrapping_sub(report.sentence.start);
    let trigger = told.sentence.get(at..at.wrapping_add(report.trigger.len())).unwrap_or_default();
    let mut words: Vec<&str> = trigger.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // The word that tells it: the first with a meaning of its own ("carried out an attack" has none before its noun).
    let first = words.iter().position(|w| !words::common(&w.to_lowercase())).unwrap_or(0);
    words.rotate_left(first);
    fn names(slot: &[ActorRef]) -> Vec<&str> {
        slot.iter().map(|a| a.entity.as_deref().unwrap_or(&a.code)).collect()
    }
    let telling = Telling {
        trigger: words,
        sentence: told.sentence,
        event: Some(event),
        acting: names(&report.actors),
        acted_on: names(&report.recipients),
        around: report.place.iter().map(|p| p.name.as_str()).collect(),
        ..Telling::default()
    };
    Shape::with(&telling, stems)
}

/// Widest date that still counts as a day.
pub(super) const SHARP: i32 = 3;

/// The day to look for a report at and how many more its date spans; as [`Item`] has them, without its words.
pub(super) fn days(report: &Report, published: Option<Date>) -> (Option<i32>, i32) {
    let stated = stated(report);
    (stated.map(|s| s.0).or(published.map(day)), stated.map_or(0, |(a, b)| b - a))
}

fn stated(report: &Report) -> Option<(i32, i32)> {
    report.date.as_ref().filter(|d| d.basis != DateBasis::Publication).map(|d| (day(d.from), day(d.to)))
}

/// Days since 1 January 1970.
fn day(date: Date) -> i32 {
    // Howard Hinnant's count of days in the proleptic Gregorian calendar.
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_are_counted() {
        use jiff::civil::date;
        assert_eq!(super::day(date(1970, 1, 1)), 0);
        assert_eq!(super::day(date(2000, 3, 1)) - super::day(date(2000, 2, 28)), 2);
        assert_eq!(super::day(date(2016, 1, 1)), 16_801);
    }
}
