//! Reports → Events and Claims: one happening, however many tell it.
//!
//! The principal function is [`merge`]: it takes what articles report and gives one [`Event`](chancery_model::Event) for each happening,
//! whatever the order of arrival. [`origins`] says which articles reprint one text, [`claims`] who asserts what others deny,
//! and [`threads`] what an actor has said on one matter over time.
//!
//! ```
//! use chancery_register::{origins, sketch};
//! use chancery_model::Id;
//! let story = "Talks on the ceasefire began in Geneva on Monday, with envoys of nine states at the table and no date set for their end.";
//! let found = origins(&[
//!     (Id("a2".into()), sketch(&format!("{story} More follows."))),
//!     (Id("a1".into()), sketch(story)),
//!     (Id("a3".into()), sketch("Farmers blocked the road to the capital in protest at the price of milk and fuel.")),
//! ]);
//! assert_eq!(found[&Id("a2".into())], Id("a1".into()));
//! assert_eq!(found[&Id("a3".into())], Id("a3".into()));
//! ```
#![deny(missing_docs)]

pub mod alike;
mod claims;
mod merge;
mod persons;
mod shingle;
mod threads;
mod whose;
mod words;

pub use claims::{Standing, asserts, claim_id, claim_of, claims, denies};
pub use merge::{ByHand, Outlook, Reach, Stand, Told, links, merge, merge_with};
pub use persons::{Identity, persons};
pub use shingle::{is_reprint, lookup_keys, origins, shares, sketch};
pub use threads::{Statement, Thread, threads};
pub use whose::whose;
