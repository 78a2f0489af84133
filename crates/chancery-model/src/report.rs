use crate::{Byte, Context, DateBasis, DatePrecision, EventType, Id, Mode, Place, Sector, Span, Stance, Status, VoiceKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a line tells an event or a position (codebook §11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something done, promised, asked, refused or suffered.
    Event,
    /// What an actor wants, holds or expects.
    Statement,
}

/// An actor in a slot of a report, with the words it stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActorRef {
    /// Code of the state or class of organisation.
    pub code: String,
    /// Sector, where known.
    pub sector: Option<Sector>,
    /// Canonical name, where one is named or resolved to.
    pub entity: Option<String>,
    /// Wikidata id.
    pub identifier: Option<String>,
    /// Office as of the event's date.
    pub office: Option<String>,
    /// The words as written.
    pub text: String,
    /// Where they stand in this clause.
    pub span: Span<Byte>,
    /// The antecedent that a pronoun or nominal was resolved through.
    pub via: Option<Span<Byte>>,
    /// 0..=1.
    pub confidence: f32,
}

/// The days of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateRange {
    /// First day.
    pub from: Date,
    /// Last day, the first or later.
    pub to: Date,
    /// What it rests on.
    pub basis: DateBasis,
    /// How exact.
    pub precision: DatePrecision,
    /// The words it was taken from.
    pub span: Option<Span<Byte>>,
}

/// A voice that tells an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span<Byte>,
    /// The words that mark it as told ("said", "according to").
    pub cue: Option<Span<Byte>>,
    /// Code, where it is an actor.
    pub code: Option<String>,
    /// Sector, where it is an actor.
    pub sector: Option<Sector>,
    /// Canonical name, where known.
    pub entity: Option<String>,
    /// What kind of source.
    pub kind: VoiceKind,
    /// What it does with what it tells.
    pub stance: Stance,
}

/// A number that the text gives for an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Magnitude {
    /// `dead`, `injured`, `arrested`, `sum` or `equipment`.
    pub what: String,
    /// The number.
    pub value: f64,
    /// The words.
    pub span: Span<Byte>,
}

/// One step of the reasoning behind a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The field it is about ("event", "actor", "date", ...).
    pub field: String,
    /// The rule, head or lexicon entry, by its stable name.
    pub rule: String,
    /// What it saw and did, for a reader.
    pub detail: String,
    /// Score where there is one, 0..=1.
    pub score: Option<f32>,
}

/// One article's telling of one event, or of one position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Hash of article id, trigger span and type.
    pub id: Id,
    /// The article it was read in.
    pub article: Id,
    /// Event or statement.
    pub kind: Kind,
    /// Type; for statements that are no events, `None`.
    pub event: Option<EventType>,
    /// Mode, where the type has modes and the text tells one.
    pub mode: Option<Mode>,
    /// Themes.
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub status: Status,
    /// Background from more than a month before the article's own news.
    pub historical: bool,
    /// Told as a continuing practice.
    pub ongoing: bool,
    /// The one event its sentence is chiefly about.
    pub main: bool,
    /// Chance that the report is right, 0..=1.
    pub confidence: f32,
    /// Earlier report of the same article that this one repeats.
    pub same_as: Option<Id>,
    /// Who acts.
    pub actors: Vec<ActorRef>,
    /// Who is acted on.
    pub recipients: Vec<ActorRef>,
    /// When.
    pub date: Option<DateRange>,
    /// Where.
    pub place: Option<Place>,
    /// The words that name the place.
    pub place_span: Option<Span<Byte>>,
    /// Who says so, nearest voice first.
    pub attribution: Vec<Voice>,
    /// Numbers told.
    pub size: Vec<Magnitude>,
    /// The trigger words.
    pub trigger: Span<Byte>,
    /// The sentence around them.
    pub sentence: Span<Byte>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// For statements: stance, matter (head phrase) and content.
    pub position: Option<(Stance, String, Span<Byte>)>,
    /// How it came about.
    pub trace: Vec<Trace>,
}
