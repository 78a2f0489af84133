//! Reports → Events and Claims: one happening, however many tell it.
//!
//! The principal function is [`merge`]: it takes what articles report and gives one [`Event`](chancery_model::Event) for each happening,
//! whatever the order of arrival. [`origins`] says which articles reprint one text, [`claims`] who asserts what others deny,
//! [`threads`] what an actor has said on one matter over time, and [`dyads`] counts who did how much to whom.
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

mod claims;
pub mod dyads;
mod merge;
mod scores;
mod shingle;
mod threads;
mod words;

pub use claims::claims;
pub use merge::{Told, merge};
pub use scores::plover_score;
pub use shingle::{origins, sketch};
pub use threads::{Thread, threads};
