//! The matrix product: bytes by bytes into 32-bit integers, exact on every path, and the way back to floating point.

use super::lanes::{Lanes, WIDTH, gelu};

/// What is done to the results of a matrix product.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// Nothing.
    None,
    /// Negative results become 0, from this column on (a multiple of 16).
    ReluFrom(usize),
    /// GELU.
    Gelu,
}

/// Quantised activations: rows of bytes, 128 standing for 0, and a scale per row.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// All rows, one after the other.
    pub bytes: &'a [u8],
    /// One per row.
    pub scales: &'a [f32],
}

/// Quantised weights.
#[derive(Clone, Copy)]
pub struct Weights<'a> {
    /// Signed bytes in blocks of 16 outputs by all inputs; within a block, four inputs of each output after each other.
    pub bytes: &'a [u8],
    /// One per output.
    pub scales: &'a [f32],
    /// One per output.
    pub bias: &'a [f32],
    /// −128 times the sum of an output's weights: takes out the 128 that activations carry.
    pub offsets: &'a [i32],
}

impl Weights<'_> {
    /// Numbers of one row of results, a multiple of 16.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }
    /// Numbers of one row of activations, a multiple of 4.
    pub fn inputs(&self) -> usize {
        self.bytes.len() / self.outputs().max(1)
    }
}

/// Exact sums of products of unsigned by signed bytes.
pub trait Integers {
    /// `[r][b][o] = offsets[b][o] + Σₖ rows[r][k] · blocks[b][k / 4][o][k % 4]`. All rows are of one length, a multiple of 4; a block
    /// is sixteen times as long.
    fn tile<const R: usize, const B: usize>(
        rows: [&[u8]; R],
        blocks: [&[u8]; B],
        offsets: [&[i32; WIDTH]; B],
    ) -> [[[i32; WIDTH]; B]; R];
}

/// `out[i][o] = activation(Σₖ x[i][k] · w[o][k] + bias[o])`, computed for `R` rows and `B` blocks of outputs at a time: weights of a few
/// blocks stay in the nearest cache while all rows pass by.
#[inline(always)]
pub fn linear<L: Lanes, I: Integers, const R: usize, const B: usize>(
    x: Input,
    w: Weights,
    activation: Activation,
    out: &mut [f32],
) {
    let blocks = w.outputs() / WIDTH;
    let mut block = 0;
    while block < blocks {
        if block + B <= blocks {
            columns::<L, I, R, B>(x, w, activation, out, block);
            block += B;
        } else {
            columns::<L, I, R, 1>(x, w, activation, out, block);
            block += 1;
        }
    }
}

#[inline(always)]
fn columns<L: Lanes, I: Integers, const R: usize, const B: usize>(
    x: Input,
    w: Weights,
    activation: Activation,
    out: &mut [f32],
    block: usize,
) {
    let rows = x.scales.len();
    let mut row = 0;
    while row + R <= rows {
        tile::<L, I, R, B>(x, w, activation, out, row, block);
        row += R;
    }
    if row < rows && rows >= R {
        // the last rows once more, with those before them: the same results, and sooner than one by one
        tile::<L, I, R, B>(x, w, activation, out, rows - R, block);
        return;
    }
    while row < rows {
        tile::<L, I, 1, B>(x, w, activation, out, row, block);
        row += 1;
    }
}

#[inline(always)]
fn tile<L: Lanes, I: Integers, const R: usize, const B: usize>(
    x: Input,
    w: Weights,
    activation: Activation,
    out: &mut [f32],
    row: usize,
    block: usize,
) {
    let (inputs, outputs) = (w.inputs(), w.outputs());
    let rows = std::array::from_fn(|r| &x.bytes[(row + r) * inputs..][..inputs]);
    let blocks = std::array::from_fn(|b| &w.bytes[(block + b) * inputs * WIDTH..][..inputs * WIDTH]);
    let (offsets, scales, bias) =
        (w.offsets.as_chunks::<WIDTH>().0, w.scales.as_chunks::<WIDTH>().0, w.bias.as_chunks::<WIDTH>().0);
    let sums = I::tile::<R, B>(rows, blocks, std::array::from_fn(|b| &offsets[block + b]));
    for (r, sums) in sums.iter().enumerate() {
        let scale = L::splat(x.scales[row + r]);
        let (to, _) = out[(row + r) * outputs + block * WIDTH..][..B * WIDTH].as_chunks_mut::<WIDTH>();
        for b in 0..B {
            let y = L::integers(&sums[b]).mul(scale).mul(L::load(&scales[block + b])).add(L::load(&bias[block + b]));
            let y = match activation {
                Activation::Gelu => gelu(y),
                Activation::ReluFrom(from) if (block + b) * WIDTH >= from => y.max(L::splat(0.0)),
                _ => y,
            };
            y.store(&mut to[b]);
        }
    }
}
