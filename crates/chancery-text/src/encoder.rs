//! Pieces → word vectors: the transformer, for a batch of sentences at a time.
//!
//! All steps but attention work row by row, so that a sentence's vectors do not depend on what else is in the batch.

use crate::Error;
use crate::engine::Row;
use crate::kernels::{Activation, AttentionScratch, Input, Kernels, Rows};
use crate::weights::{File, Linear, Table};

/// Numbers of a vector.
pub(crate) const HIDDEN: usize = 384;
const ATTENTION_HEADS: usize = 12;
const INNER: usize = 1536;
const LAYERS: usize = 6;
/// The last so many layers are mixed.
const MIXED: usize = 4;

struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Vec<f32>,
    up: Linear,
    down: Linear,
    norm2: Vec<f32>,
}

/// The transformer.
pub(crate) struct Encoder {
    word: Table,
    position: Table,
    shape: Vec<f32>,
    norm: Vec<f32>,
    layers: Vec<Layer>,
    mix: Vec<f32>,
}

/// Buffers that are used again from batch to batch.
#[derive(Default)]
pub(crate) struct Scratch {
    x: Vec<f32>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    attention: AttentionScratch,
    quantised: Quantised,
}

/// Rows of activations as bytes.
#[derive(Default)]
pub(crate) struct Quantised {
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Takes rows in.
    pub fn take<'a>(&'a mut self, kernels: &Kernels, rows: Rows) -> Input<'a> {
        self.bytes.resize(rows.count * rows.cols, 0);
        self.scales.resize(rows.count, 0.0);
        kernels.quantise(rows, &mut self.bytes, &mut self.scales);
        Input { bytes: &self.bytes, scales: &self.scales }
    }
}

/// All of a buffer as rows.
pub(crate) fn rows(data: &[f32], cols: usize) -> Rows<'_> {
    Rows { data, start: 0, stride: cols, cols, count: data.len() / cols }
}

/// A part of the columns of a buffer.
pub(crate) fn part(data: &[f32], stride: usize, (start, cols): (usize, usize)) -> Rows<'_> {
    Rows { data, start, stride, cols, count: data.len() / stride }
}

impl Encoder {
    /// Takes the tensors of the encoder from a file.
    pub fn new(file: &File) -> Result<Self, Error> {
        let norm = |name: &str| {
            let w = file.floats(name)?;
            if w.len() == 2 * HIDDEN { Ok(w) } else { Err(Error::format(format!("{name} has the wrong size"))) }
        };
        let layer = |i: usize| {
            Ok(Layer {
                qkv: file.linear(&format!("{i}.qkv"), HIDDEN)?,
                out: file.linear(&format!("{i}.out"), HIDDEN)?,
                norm1: norm(&format!("{i}.norm1"))?,
                up: file.linear(&format!("{i}.up"), HIDDEN)?,
                down: file.linear(&format!("{i}.down"), INNER)?,
                norm2: norm(&format!("{i}.norm2"))?,
            })
        };
        let layers = (0..LAYERS).map(layer).collect::<Result<Vec<_>, Error>>()?;
        let sound = |l: &Layer| {
            [l.qkv.outputs(), l.out.outputs(), l.up.outputs(), l.down.outputs()] == [3 * HIDDEN, HIDDEN, INNER, HIDDEN]
        };
        let (shape, mix) = (file.floats("shape")?, file.floats("mix")?);
        if !layers.iter().all(sound) || shape.len() != 7 * HIDDEN || mix.len() != MIXED {
            return Err(Error::format("the layers have the wrong sizes"));
        }
        let (word, position) = (file.table("word", HIDDEN)?, file.table("position", HIDDEN)?);
        Ok(Encoder { word, position, shape, norm: norm("norm")?, layers, mix })
    }

    /// Pieces that a sentence may have.
    pub fn positions(&self) -> usize {
        self.position.rows()
    }

    /// The vectors of all words of all sentences, one after the other.
    pub fn run(&self, file: &[u8], kernels: &Kernels, batch: &[&Row], scratch: &mut Scratch, words: &mut Vec<f32>) {
        let total: usize = batch.iter().map(|r| r.pieces.len()).sum();
        self.embed(file, kernels, batch, scratch);
        words.clear();
        words.resize(batch.iter().map(|r| r.firsts.len()).sum::<usize>() * HIDDEN, 0.0);
        scratch.wide.resize(total * INNER, 0.0);
        scratch.narrow.resize(total * HIDDEN, 0.0);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.run(file, kernels, batch, scratch, total);
            if let Some(&share) = (i + MIXED).checked_sub(LAYERS).and_then(|m| self.mix.get(m)) {
                mix(&scratch.x, share, batch, words);
            }
        }
    }

    fn embed(&self, file: &[u8], kernels: &Kernels, batch: &[&Row], scratch: &mut Scratch) {
        scratch.x.clear();
        scratch.narrow.clear();
        for row in batch {
            for (position, (&piece, &shape)) in row.pieces.iter().zip(&row.shapes).enumerate() {
                let (word, scale) = self.word.row(file, piece as usize);
                scratch.x.extend(word.iter().map(|&b| f32::from(b.cast_signed()) * scale));
                let (at, scale) = self.position.row(file, position);
                let shape = &self.shape[usize::from(shape.min(6)) * HIDDEN..][..HIDDEN];
                scratch.narrow.extend(at.iter().zip(shape).map(|(&b, s)| f32::from(b.cast_signed()) * scale + s));
            }
        }
        kernels.normalise(&mut scratch.x, &scratch.narrow, &self.norm);
    }
}

impl Layer {
    fn run(&self, file: &[u8], kernels: &Kernels, batch: &[&Row], scratch: &mut Scratch, total: usize) {
        let Scratch { x, wide, narrow, attention, quantised } = scratch;
        let qkv = &mut wide[..total * 3 * HIDDEN];
        kernels.linear(quantised.take(kernels, rows(x, HIDDEN)), self.qkv.weights(file), Activation::None, qkv);
        let mut at = 0;
        for row in batch {
            let n = row.pieces.len();
            let out = &mut narrow[at * HIDDEN..][..n * HIDDEN];
            kernels.attention(
                &qkv[at * 3 * HIDDEN..][..n * 3 * HIDDEN],
                ATTENTION_HEADS,
                HIDDEN / ATTENTION_HEADS,
                out,
                attention,
            );
            at += n;
        }
        // the results of attention are turned into bytes before their buffer takes the next results
        let input = quantised.take(kernels, rows(narrow, HIDDEN));
        kernels.linear(input, self.out.weights(file), Activation::None, narrow);
        kernels.normalise(x, narrow, &self.norm1);
        kernels.linear(quantised.take(kernels, rows(x, HIDDEN)), self.up.weights(file), Activation::Gelu, wide);
        let input = quantised.take(kernels, rows(wide, INNER));
        kernels.linear(input, self.down.weights(file), Activation::None, narrow);
        kernels.normalise(x, narrow, &self.norm2);
    }
}

/// Adds a share of a layer's results to the vectors of the words.
fn mix(x: &[f32], share: f32, batch: &[&Row], words: &mut [f32]) {
    let firsts = batch.iter().scan(0, |at, row| {
        let start = *at;
        *at += row.pieces.len();
        Some(row.firsts.iter().map(move |f| start + f))
    });
    for (word, piece) in words.chunks_exact_mut(HIDDEN).zip(firsts.flatten()) {
        for (w, x) in word.iter_mut().zip(&x[piece * HIDDEN..][..HIDDEN]) {
            *w += share * x;
        }
    }
}
