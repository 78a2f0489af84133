use crate::{ActorRef, Byte, Context, DateRange, EventType, Id, Mode, Place, Span, Stance, Status, Voice};
use serde::{Deserialize, Serialize};

/// One happening in the world, merged from its reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The id of its earliest report (by publication date, then report id), with the letter `e`.
    pub id: Id,
    /// Its reports, earliest first.
    pub reports: Vec<Id>,
    /// Type.
    pub event: EventType,
    /// Mode.
    pub mode: Option<Mode>,
    /// Themes of all reports.
    pub contexts: Vec<Context>,
    /// Status told by most independent origins.
    pub status: Status,
    /// Background in every report.
    pub historical: bool,
    /// A continuing practice.
    pub ongoing: bool,
    /// Who acts: of a state or group that more than a third of the origins name.
    pub actors: Vec<ActorRef>,
    /// Who is acted on, likewise.
    pub recipients: Vec<ActorRef>,
    /// Whom a third of the origins or fewer name, where no other of theirs is among the former.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minority: Vec<Minority>,
    /// When.
    pub date: Option<DateRange>,
    /// Where.
    pub place: Option<Place>,
    /// Independent origins among its reports: reprints of one text count once.
    pub origins: usize,
    /// Fields on which its reports differ; `actors` and `recipients` also where a minority names others.
    pub disputed: Vec<String>,
    /// Why its reports were taken for one event, a line each.
    pub merged: Vec<String>,
    /// 0..=1.
    pub confidence: f32,
}

/// Somebody whom so few of an event's independent origins name that he is kept apart from those who take part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Minority {
    /// Whether he is named as acted on; else as acting.
    pub recipient: bool,
    /// Who.
    pub who: ActorRef,
    /// The reports that say so, earliest first.
    pub reports: Vec<Id>,
}

/// What one voice holds about one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The voice; `None` is the article's own.
    pub voice: Option<Voice>,
    /// What it does with the event.
    pub stance: Stance,
    /// The report.
    pub report: Id,
}

/// A proposition that voices assert, deny or doubt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The id of the event it is about, with the letter `c`.
    pub id: Id,
    /// The event.
    pub event: Id,
    /// Who holds what, earliest first.
    pub positions: Vec<Position>,
    /// Whether some assert what others deny or doubt.
    pub contested: bool,
    /// The words of its first report.
    pub words: Option<Span<Byte>>,
}
