//! Pages → Reports, kept as a Register: the façade that wires the rooms.
//!
//! The principal function is [`read_page`], which leads one page through all rooms; [`stream`] does so for many pages on many threads. The
//! rooms never call each other: what passes between them passes here.
//!
//! ```
//! use chancery::{Room, Rooms, stream};
//! use chancery::model::{Media, Metadata, Page};
//! use std::ops::ControlFlow;
//! let page = |name: &str| Page {
//!     locator: format!("{name}.txt"), doc: name.into(), media: Media::Text, metadata: Metadata::default(), notes: Vec::new(),
//!     bytes: b"Iran and Russia held talks in Moscow on Monday, the foreign ministry said.\n".to_vec(),
//! };
//! let pages = || ["a", "b", "c"].into_iter().map(|n| Ok(page(n)));
//! let mut docs = String::new();
//! stream(pages, &Rooms::builtin(), Room::Intake, 2, |outcome| {
//!     docs.extend(outcome.map(|o| o.article.doc));
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(docs, "abc");
//! ```
#![deny(missing_docs)]

mod asked;
mod audit;
mod between;
pub mod brief;
mod carets;
pub mod compare;
mod dispute;
mod happening;
mod pipeline;
mod prints;
mod quote;
pub mod register;
mod relation;
mod rooms;
mod said;
pub mod sample;
pub mod synthetic;
pub mod view;
mod who;
pub mod wire;

pub use asked::{Asked, Where};
pub use audit::audit;
pub use between::{Between, Direction};
pub use carets::{Marks, carets, shown};
pub use chancery_coder::goldstein;
pub use chancery_intake::Failure;
pub use chancery_model as model;
pub use dispute::{Dispute, Held, SIDES};
pub use happening::{Happening, Telling};
pub use pipeline::stream;
pub use prints::{Print, Taken, prints};
pub use quote::{quote, quoted};
pub use relation::Relation;
pub use rooms::{Outcome, Room, Rooms, code_again, read_page, read_page_until};
pub use said::Said;
pub use who::Who;
