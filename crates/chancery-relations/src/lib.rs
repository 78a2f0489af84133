//! Events → dyad series, turning points, network and outlook: the arithmetic of relations.
//!
//! The principal type is [`DyadRow`], one event between one pair, made by [`rows`]. [`series`] adds rows up by day, week or month, [`shifts`]
//! finds where a relation turned and on what that rests, [`network`] who stands with whom, [`outlook`] what the next month may bring.
//! [`changes`] is the test behind the turning points and works on any numbers.
//!
//! ```
//! use chancery_relations::{Point, changes};
//! let months = [4.0, 3.0, 5.0, 4.0, 4.5, 3.5, -5.0, -4.0, -6.0, -5.5, -4.5].map(Point::new);
//! let found = changes(&months, 0.0);
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].at, 6);
//! ```
#![deny(missing_docs)]

mod chance;
mod changes;
mod coverage;
mod dyads;
mod explained;
mod forecast;
mod network;
mod outlook;
mod periods;
mod scores;
mod series;
mod shifts;
mod triads;
mod turns;

pub use changes::{BELIEVED, Change, LONGEST, Point, SHORTEST, changes, likeliest};
pub use coverage::{Coverage, Gap};
pub use dyads::{DyadRow, Level, Scale, between, rows};
pub use network::{Broker, Network, Sign, Tie, network};
pub use outlook::{Forecast, Outlook, Trial, outlook};
pub use periods::Period;
pub use scores::plover_score;
pub use series::{Series, Sums, series};
pub use shifts::{Material, Measure, Shift, Shifts, Support, shifts};
pub use triads::{Balance, Triad};
pub use turns::{Way, turn_of};
