//! words → entries: what names, adjectives and titles can mean, with dates.
//!
//! The principal type is [`Lexicon`]: states, people in office, organisations, groups, forces, outlets and places, kept as sorted text
//! files under `data/` and compiled once. It knows nothing of sentences: it says what a phrase *can* mean, the rooms after it choose.
//!
//! ```
//! use chancery_lexicon::{FormKind, Lexicon};
//! let lexicon = Lexicon::builtin();
//! let found = lexicon.find(&["the", "Kremlin", "and", "U.S.", "-", "backed", "rebels"]);
//! assert_eq!(lexicon.entry(found[0].senses[0].entry).code, "RUS");
//! assert_eq!(found[0].senses[0].form, FormKind::Metonym);
//! assert_eq!(lexicon.entry(found[1].senses[0].entry).code, "USA");
//! ```
#![deny(missing_docs)]

mod audit;
mod entry;
mod fold;
mod forms;
mod ids;
mod lexicon;
mod load;
mod noun;
mod own;
mod similar;

pub use audit::Audit;
pub use entry::{Codes, Entry, EntryKind, FormKind, Match, OfficeKind, Sense};
pub use fold::fold;
pub use lexicon::Lexicon;
pub use load::Fault;
pub use noun::{Noun, NounKind};
pub use own::{Own, OwnFile, OwnFormat};
pub use similar::{bearer_key, one_bearer, similar_names};
