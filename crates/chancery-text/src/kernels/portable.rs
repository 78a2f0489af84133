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

/// Inputs of a matrix at most: so many are laid out anew for each block.
const LONGEST: usize = 1536;

/// Integer sums in plain Rust: the weights of a block are laid out output by output, then many rows pass by.
pub struct PlainIntegers;

impl Integers for PlainIntegers {
    #[inline(always)]
    fn tile<const R: usize, const B: usize>(
        rows: [&[u8]; R],
        blocks: [&[u8]; B],
        offsets: [&[i32; WIDTH]; B],
    ) -> [[[i32; WIDTH]; B]; R] {
        let inputs = rows[0].len().min(LONGEST);
        let mut sums = [[[0; WIDTH]; B]; R];
        let mut weights = [[0i16; LONGEST]; WIDTH];
        let mut x = [0i16; LONGEST];
        for (b, block) in blocks.iter().enumerate() {
            for (g, group) in block.as_chunks::<64>().0.iter().take(inputs / 4).enumerate() {
                for (o, four) in group.as_chunks::<4>().0.iter().enumerate() {
                    for k in 0..4 {
                        weights[o][g * 4 + k] = i16::from(four[k].cast_signed());
                    }
                }
            }
            for (r, row) in rows.iter().enumerate() {
                x.iter_mut().zip(*row).for_each(|(x, byte)| *x = i16::from(*byte));
                for o in 0..WIDTH {
                    sums[r][b][o] = offsets[b][o] + dot(&x[..inputs], &weights[o][..inputs]);
                }
            }
        }
        sums
    }
}

/// A plain sum of products: the form for which compilers know the processor's instructions.
#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

super::compile!(Plain, PlainIntegers, 16, 1);
