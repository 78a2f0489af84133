//! The floating-point steps of the network, written once over [`Lanes`] and compiled for each path.

use super::lanes::{Lanes, ROUNDER, WIDTH, exp, greatest, sum};

/// A matrix of rows within a wider buffer: row `i` is `data[start + i * stride..][..cols]`.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The buffer.
    pub data: &'a [f32],
    /// Where the first row begins.
    pub start: usize,
    /// From one row to the next.
    pub stride: usize,
    /// Numbers of one row.
    pub cols: usize,
    /// Number of rows.
    pub count: usize,
}

impl<'a> Rows<'a> {
    /// Row `i`.
    #[inline(always)]
    pub fn row(&self, i: usize) -> &'a [f32] {
        &self.data[self.start + i * self.stride..][..self.cols]
    }
}

/// Rows as bytes: value ≈ (byte − 128) · scale of its row. Columns are a multiple of 16.
#[inline(always)]
pub fn quantise<L: Lanes>(x: Rows, bytes: &mut [u8], scales: &mut [f32]) {
    for (i, (bytes, scale)) in bytes.chunks_exact_mut(x.cols).zip(scales.iter_mut()).take(x.count).enumerate() {
        let (chunks, _) = x.row(i).as_chunks::<WIDTH>();
        let mut top = L::splat(0.0);
        for c in chunks {
            top = L::load(c).abs().max(top);
        }
        let top = greatest(top);
        *scale = top / 127.0;
        let inverse = L::splat(if top > 0.0 { 127.0 / top } else { 0.0 });
        // rounds to an integer, adds 128, and leaves the sum in the lowest byte
        let rounder = L::splat(ROUNDER + 128.0);
        for (c, b) in chunks.iter().zip(bytes.as_chunks_mut::<WIDTH>().0) {
            L::load(c).mul(inverse).add(rounder).low_bytes(b);
        }
    }
}

/// Each row of `x` plus the row of `add`, brought to mean 0 and variance 1, then times `weights[..cols]` plus `weights[cols..]`.
#[inline(always)]
pub fn normalise<L: Lanes>(x: &mut [f32], add: &[f32], weights: &[f32]) {
    let cols = weights.len() / 2;
    let (gain, bias) = weights.split_at(cols);
    let share = 1.0 / cols as f32;
    for (x, add) in x.chunks_exact_mut(cols).zip(add.chunks_exact(cols)) {
        let (x, _) = x.as_chunks_mut::<WIDTH>();
        let mut total = L::splat(0.0);
        for (x, a) in x.iter_mut().zip(add.as_chunks::<WIDTH>().0) {
            let v = L::load(x).add(L::load(a));
            total = total.add(v);
            v.store(x);
        }
        let mean = L::splat(sum(total) * share);
        let mut squares = L::splat(0.0);
        for x in x.iter() {
            let d = L::load(x).sub(mean);
            squares = squares.add(d.mul(d));
        }
        let scale = L::splat(1.0 / (sum(squares) * share + 1e-12).sqrt());
        for ((x, g), b) in x.iter_mut().zip(gain.as_chunks::<WIDTH>().0).zip(bias.as_chunks::<WIDTH>().0) {
            L::load(x).sub(mean).mul(scale).mul(L::load(g)).add(L::load(b)).store(x);
        }
    }
}

/// Turns the first `n` numbers of a row into probabilities; the row is filled up to whole lanes, the filling becomes next to nothing.
#[inline(always)]
pub fn softmax<L: Lanes>(row: &mut [f32], n: usize) {
    row[n..].fill(-1e30);
    let (chunks, _) = row.as_chunks_mut::<WIDTH>();
    let mut top = L::splat(-1e30);
    for c in chunks.iter() {
        top = L::load(c).max(top);
    }
    let top = L::splat(greatest(top));
    let mut total = L::splat(0.0);
    for c in chunks.iter_mut() {
        let e = exp(L::load(c).sub(top));
        total = total.add(e);
        e.store(c);
    }
    let total = L::splat(sum(total));
    for c in chunks.iter_mut() {
        L::load(c).div(total).store(c);
    }
}

/// `out[i] = Σₖ a[i][k] · b[k]` in the order of k, for rows of `out` that are whole lanes wide; `b` has `a.cols` rows of the width of `out`.
#[inline(always)]
pub fn product<L: Lanes>(a: Rows, b: Rows, out: &mut [f32], start: usize, stride: usize) {
    let mut i = 0;
    while i < a.count {
        if i + 4 <= a.count {
            product_rows::<L, 4>(a, b, out, start, stride, i);
            i += 4;
        } else {
            product_rows::<L, 1>(a, b, out, start, stride, i);
            i += 1;
        }
    }
}

#[inline(always)]
fn product_rows<L: Lanes, const R: usize>(a: Rows, b: Rows, out: &mut [f32], start: usize, stride: usize, i: usize) {
    let rows: [&[f32]; R] = std::array::from_fn(|r| a.row(i + r));
    let mut col = 0;
    while col + 2 * WIDTH <= b.cols {
        let mut acc = [[L::splat(0.0); 2]; R];
        for k in 0..a.cols {
            let Some((pair, _)) = b.data[b.start + k * b.stride + col..].split_first_chunk::<{ 2 * WIDTH }>() else { return };
            let (halves, _) = pair.as_chunks::<WIDTH>();
            let (b0, b1) = (L::load(&halves[0]), L::load(&halves[1]));
            for r in 0..R {
                let x = L::splat(rows[r][k]);
                acc[r][0] = acc[r][0].add(x.mul(b0));
                acc[r][1] = acc[r][1].add(x.mul(b1));
            }
        }
        for (r, acc) in acc.iter().enumerate() {
            let (to, _) = out[start + (i + r) * stride + col..][..2 * WIDTH].as_chunks_mut::<WIDTH>();
            acc[0].store(&mut to[0]);
            acc[1].store(&mut to[1]);
        }
        col += 2 * WIDTH;
    }
    if col < b.cols {
        let mut acc = [L::splat(0.0); R];
        for k in 0..a.cols {
            let Some((one, _)) = b.data[b.start + k * b.stride + col..].split_first_chunk::<WIDTH>() else { return };
            let b0 = L::load(one);
            for r in 0..R {
                acc[r] = acc[r].add(L::splat(rows[r][k]).mul(b0));
            }
        }
        for (r, acc) in acc.iter().enumerate() {
            if let Some(to) = out[start + (i + r) * stride + col..].first_chunk_mut::<WIDTH>() {
                acc.store(to);
            }
        }
    }
}

/// `out[i] = Σₖ a[i][k] · v[k]`, lanes first, then halves onto halves.
#[inline(always)]
pub fn dots<L: Lanes>(a: Rows, v: &[f32], out: &mut [f32]) {
    let (v, _) = v.as_chunks::<WIDTH>();
    for (i, out) in out.iter_mut().take(a.count).enumerate() {
        let mut acc = L::splat(0.0);
        for (x, y) in a.row(i).as_chunks::<WIDTH>().0.iter().zip(v) {
            acc = acc.add(L::load(x).mul(L::load(y)));
        }
        *out = sum(acc);
    }
}

/// Where a sentence's attention keeps its intermediate results.
#[derive(Default)]
pub struct AttentionScratch {
    keys: Vec<f32>,
    scores: Vec<f32>,
}

/// Attention of one sentence, head by head, each `width` wide. `qkv`: a row of queries, keys and values per piece; `out`: a row
/// per piece.
#[inline(always)]
pub fn attention<L: Lanes>(qkv: &[f32], heads: usize, width: usize, out: &mut [f32], scratch: &mut AttentionScratch) {
    let stride = 3 * heads * width;
    let n = qkv.len() / stride;
    let wide = n.next_multiple_of(WIDTH);
    scratch.keys.clear();
    scratch.keys.resize(width * wide, 0.0);
    scratch.scores.clear();
    scratch.scores.resize(n * wide, 0.0);
    for h in 0..heads {
        let at = |part: usize| (part * heads + h) * width;
        for (j, row) in qkv.chunks_exact(stride).enumerate() {
            for (d, &k) in row[at(1)..][..width].iter().enumerate() {
                scratch.keys[d * wide + j] = k;
            }
        }
        let queries = Rows { data: qkv, start: at(0), stride, cols: width, count: n };
        let keys = Rows { data: &scratch.keys, start: 0, stride: wide, cols: wide, count: width };
        product::<L>(queries, keys, &mut scratch.scores, 0, wide);
        for row in scratch.scores.chunks_exact_mut(wide) {
            softmax::<L>(row, n);
        }
        let scores = Rows { data: &scratch.scores, start: 0, stride: wide, cols: n, count: n };
        let values = Rows { data: qkv, start: at(2), stride, cols: width, count: n };
        product::<L>(scores, values, out, h * width, heads * width);
    }
}
