//! Page → Article: formats, charset, main text, debris, metadata, language.
//!
//! The principal types are [`chancery_model::Page`], which [`pages`] streams out of the inputs of a command line, and
//! [`chancery_model::Article`], which [`article`] cuts out of a page: the story with title, outlet, dateline, date and credits, and what was
//! struck out of it, with the reason. Only [`pages`] does IO; [`article`] is a pure function of the page.
//!
//! ```
//! use chancery_intake::article;
//! use chancery_model::{Media, Metadata, Page};
//! let text = "Moscow, Tehran sign pact\n\nTEHRAN, 3 May 2016 – Iran and Russia signed a pact, according to Reuters.\n\nLeave a comment\n";
//! let page = Page {
//!     locator: "pact.txt".into(),
//!     doc: "pact".into(),
//!     media: Media::Text,
//!     bytes: text.into(),
//!     metadata: Metadata::default(),
//!     notes: Vec::new(),
//! };
//! let noted = article(&page)?;
//! assert_eq!(noted.output.title.as_deref(), Some("Moscow, Tehran sign pact"));
//! assert_eq!(noted.output.published.map(|p| p.date.to_string()).as_deref(), Some("2016-05-03"));
//! assert_eq!(noted.output.credited[0].name, "Reuters");
//! assert_eq!(noted.output.struck[0].reason, "log-in");
//! # Ok::<(), chancery_intake::Failure>(())
//! ```
#![deny(missing_docs)]

mod article;
mod credits;
mod dates;
mod debris;
mod decode;
mod failure;
mod fields;
mod files;
mod head;
mod html;
mod language;
mod lines;
mod markup;
mod pages;
mod rows;

pub use article::article;
pub use credits::outlet_name;
pub use dates::{Reading, parse_date};
pub use debris::{Rule, reasons, rules};
pub use failure::Failure;
pub use pages::{DEFAULT_MAX_BYTES, Options, Pages, pages};
