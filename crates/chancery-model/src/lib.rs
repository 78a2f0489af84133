//! The words of the house: Page → Article → Document → Findings → Report → Event, as plain data.
//!
//! The principal types are [`Article`], [`Document`], [`Findings`], [`Report`] and [`Event`]; each holds spans back into the one before, so
//! that every field can be walked back to characters of the article. No IO and no rules live here.
//!
//! ```
//! use chancery_model::{EventType, Quad};
//! let t: EventType = "RETREAT".parse()?;
//! assert_eq!(t.quad(), Quad::MaterialCooperation);
//! # Ok::<(), chancery_model::UnknownTerm>(())
//! ```
#![deny(missing_docs)]

mod article;
mod document;
mod findings;
mod id;
mod noted;
mod register;
mod report;
mod span;
mod terms;

pub use article::{Article, Credit, Dateline, Media, Metadata, Page, Published, Struck};
pub use document::{Cue, CueRole, Document, Name, Quotation, Sentence, Word};
pub use findings::{
    Actor, Chain, ChainKind, ChainPhrase, Findings, Mention, MentionKind, Place, PlaceMention, Stretch, Tenure, Time,
};
pub use id::{Fingerprint, Id};
pub use noted::{Note, Noted};
pub use register::{Claim, Event, Minority, Position};
pub use report::{ActorRef, DateRange, Kind, Magnitude, Report, Trace, Voice};
pub use span::{Byte, CodePoints, Span, Token};
pub use terms::{
    Context, DateBasis, DatePrecision, EventType, Mode, NameKind, Quad, Rel, Role, Sector, Stance, Status, Upos, VoiceKind,
};

/// A word that a closed vocabulary does not have: the word, then the vocabulary's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm(pub String, pub &'static str);

impl std::fmt::Display for UnknownTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no {}", self.0, self.1)
    }
}

impl std::error::Error for UnknownTerm {}
