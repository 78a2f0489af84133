//! Wordpieces → word vectors: the place where another engine can do the heavy part of the work.
//!
//! The trait [`Engine`] has one implementation here, the kernels of this crate in int8. Who has a GPU or another runtime at hand gives
//! [`Model::with`](crate::Model::with) one of their own that runs the same encoder; wordpieces, heads and decoding stay the model's. That
//! results are the same bytes everywhere holds for the engine of the house only.

use crate::encoder::{Encoder, HIDDEN, Scratch};
use crate::kernels::{Kernels, Path};
use crate::weights::Bytes;
use std::cell::RefCell;
use std::sync::Arc;

/// Numbers of a word's vector.
pub const NUMBERS: usize = HIDDEN;

/// Pieces of a batch, about: few enough that what passes between two layers stays in the second cache.
const BATCH: usize = 192;

/// A sentence in wordpieces, with the marks that open and close it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Row {
    /// Lines of the model's vocabulary, from 0.
    pub pieces: Vec<u32>,
    /// The letter shape of the word that each piece belongs to: 0 lower or caseless, 1 Capitalised, 2 ALL CAPS, 3 miXed, 4 one capital
    /// letter, 5 with a digit, 6 without letter or digit.
    pub shapes: Vec<u8>,
    /// Where each word's first piece is.
    pub firsts: Vec<usize>,
}

/// What computes the vectors of words.
pub trait Engine: Send + Sync {
    /// Puts the vectors of all words of all sentences into `vectors`, in order, [`NUMBERS`] each: the encoder's mix of its last four
    /// layers at the word's first piece. What stood there before is replaced.
    fn vectors(&self, sentences: &[&Row], vectors: &mut Vec<f32>);

    /// Pieces of a call, about; a longer sentence comes alone.
    fn batch(&self) -> usize {
        BATCH
    }
}

/// The engine of the house.
pub(crate) struct Own {
    pub bytes: Arc<Bytes>,
    pub encoder: Encoder,
    pub path: Path,
}

impl Engine for Own {
    fn vectors(&self, sentences: &[&Row], vectors: &mut Vec<f32>) {
        thread_local! {
            static SCRATCH: RefCell<Scratch> = RefCell::default();
        }
        SCRATCH.with_borrow_mut(|scratch| {
            self.encoder.run(self.bytes.all(), Kernels::of(self.path), sentences, scratch, vectors);
        });
    }
}
