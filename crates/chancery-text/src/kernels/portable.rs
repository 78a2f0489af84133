//! The path that runs on any processor: plain Rust, left to the compiler to spread over what lanes there are.

use super::integer::Integers;
use super::lanes::{Lanes, WIDTH};

/// Sixteen numbers in an array.
#[derive(Clone, Copy)]
pub struct Plain([f32; WIDTH]);

impl Plain {
    #[inline(always)]
    fn each(self, f: impl Fn(f32) -> f32) -> Self {
        Plain(std::array::from_fn(|i| f(self.0[i])))
    }
    #[inline(always)]
    fn pair(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Plain(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }
}

impl Lanes for Plain {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        Plain([x; WIDTH])
    }
    #[inline(always)]
    fn load(from: &[f32; WIDTH]) -> Self {
        Plain(*from)
    }
    #[inline(always)]
    fn integers(from: &[i32; WIDTH]) -> Self {
        Plain(std::array::from_fn(|i| from[i] as f32))
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        *to = self.0;
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.pair(other, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.pair(other, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.pair(other, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.pair(other, |a, b| a / b)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.pair(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.pair(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.each(f32::abs)
    }
    #[inline(always)]
    fn power(self) -> Self {
        self.each(|x| f32::from_bits((x.to_bits() << 23).wrapping_add(127 << 23)))
    }
    #[inline(always)]
    fn low_bytes(self, to: &mut [u8; WIDTH]) {
        *to = std::array::from_fn(|i| self.0[i].to_bits() as u8);
    }
}

/// Integer sums in plain Rust.
pub struct PlainIntegers;

impl Integers for PlainIntegers {
    #[inline(always)]
    fn tile<const R: usize, const B: usize>(
        rows: [&[u8]; R],
        blocks: [&[u8]; B],
        offsets: [&[i32; WIDTH]; B],
    ) -> [[[i32; WIDTH]; B]; R] {
        let mut sums = [[[0; WIDTH]; B]; R];
        for (r, row) in rows.iter().enumerate() {
            let (row, _) = row.as_chunks::<4>();
            for (b, block) in blocks.iter().enumerate() {
                let mut acc = *offsets[b];
                for (x, w) in row.iter().zip(block.as_chunks::<64>().0) {
                    let x = x.map(i16::from);
                    for o in 0..WIDTH {
                        for k in 0..4 {
                            acc[o] += i32::from(x[k]) * i32::from(i16::from(w[o * 4 + k].cast_signed()));
                        }
                    }
                }
                sums[r][b] = acc;
            }
        }
        sums
    }
}

super::compile!(Plain, PlainIntegers, 1, 1);
