use crate::{Happening, Telling, Who};
use chancery_model::{Position, Stance};
use chancery_register::{asserts, denies};

/// What some assert and others deny or doubt: of one event, or of several that stand against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// The events.
    pub happenings: Vec<Happening>,
    /// Who asserts and who denies them, by day of publication (undated last).
    pub held: Vec<Held>,
}

/// What one voice holds, with the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The voice and its stance.
    pub position: Position,
    /// Where that is told.
    pub telling: Telling,
}

/// The stances of a dispute and what is said of those who take them.
pub const SIDES: [(Stance, &str); 5] = [
    (Stance::Asserts, "asserted by"),
    (Stance::Confirms, "confirmed by"),
    (Stance::Alleges, "alleged by"),
    (Stance::Denies, "denied by"),
    (Stance::Doubts, "doubted by"),
];

impl Dispute {
    /// The dispute about some events, from what their reports say.
    pub fn of(happenings: Vec<Happening>) -> Dispute {
        let mut held: Vec<Held> = happenings.iter().flat_map(held).collect();
        let day = |h: &Held| h.telling.article.published.map(|p| p.date);
        held.sort_by(|a, b| {
            let (x, y) = (&a.telling.report, &b.telling.report);
            (day(a).is_none(), day(a), &x.article, x.trigger).cmp(&(day(b).is_none(), day(b), &y.article, y.trigger))
        });
        Dispute { happenings, held }
    }

    /// The voices that take a stance.
    pub fn side(&self, stance: Stance) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |h| h.position.stance == stance)
    }

    /// What is disputed, as generally as it is denied: of the events denied, the one with the fewest who take part.
    pub fn subject(&self) -> Option<&Happening> {
        let denied = self.held.iter().filter(|h| denies(&h.position)).map(|h| &h.position.report);
        let events = denied.filter_map(|r| self.happenings.iter().find(|h| h.event.reports.contains(r)));
        events.min_by_key(|h| h.event.actors.len() + h.event.recipients.len())
    }

    /// Whether somebody takes part: in what is disputed, or as one who asserts or denies it.
    pub fn involves(&self, who: &Who) -> bool {
        let acts = |h: &Happening| h.event.actors.iter().chain(&h.event.recipients).any(|a| who.is(a));
        let speaks = |h: &Held| h.position.voice.as_ref().is_some_and(|v| who.speaks(v));
        self.happenings.iter().any(acts) || self.held.iter().any(speaks)
    }
}

fn held(h: &Happening) -> Vec<Held> {
    let positions = h.claim().map(|c| c.positions).unwrap_or_default();
    let with = |position: Position| {
        let telling = h.told.iter().find(|t| t.report.id == position.report)?.clone();
        Some(Held { position, telling })
    };
    positions.into_iter().filter(|p| asserts(p) || denies(p)).filter_map(with).collect()
}

impl Held {
    /// Who holds it, as a reader knows them.
    pub fn name(&self) -> &str {
        self.position.voice.as_ref().map_or("the article", |v| v.entity.as_deref().unwrap_or(&v.text))
    }
}
