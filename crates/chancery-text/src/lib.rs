//! Article → Document: sentences, words, tags, dependency trees, names, quotations and event cues.
//!
//! The principal type is [`Model`], the English model; [`read`] takes an article in. Text never fails: odd input gives something sensible
//! and notes. Results are the same bytes on every processor, with any number of threads and in any batch.
//!
//! ```
//! use chancery_model::Rel;
//! use chancery_text::Model;
//! let analysis = Model::builtin().analyse(&[vec!["Kenya", "expelled", "two", "diplomats", "."]]);
//! assert_eq!(analysis[0].head, [Some(1), None, Some(3), Some(1), Some(1)]);
//! assert_eq!(analysis[0].rel[3], Rel::Obj);
//! ```
#![deny(missing_docs)]
#![deny(unsafe_code)]

mod analysis;
pub mod boundaries;
mod cues;
mod encoder;
pub mod engine;
mod error;
mod heads;
#[allow(unsafe_code)] // instructions of particular processors
mod kernels;
mod labels;
pub mod lemma;
mod model;
mod names;
mod numbers;
mod phrases;
mod pieces;
pub mod quotations;
mod read;
mod tree;
mod triggers;
mod weights;

pub use analysis::Analysis;
pub use error::Error;
pub use kernels::Path;
pub use lemma::lemma;
pub use model::Model;
pub use read::read;
