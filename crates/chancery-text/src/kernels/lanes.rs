//! Sixteen floating-point numbers at a time.
//!
//! Every path does the same IEEE operations on the same lanes in the same order and never fuses a product with a sum, so that all
//! of them give the same bits; they differ in how many lanes one instruction takes.

/// Lanes of one [`Lanes`] value.
pub const WIDTH: usize = 16;

/// 1.5 · 2²³: added to a small number it rounds it to an integer, which then stands in the low bits.
pub const ROUNDER: f32 = 12_582_912.0;

/// Sixteen `f32` lanes.
pub trait Lanes: Copy {
    /// The same number in every lane.
    fn splat(x: f32) -> Self;
    /// Sixteen numbers from memory.
    fn load(from: &[f32; WIDTH]) -> Self;
    /// Sixteen integers from memory, each rounded to the nearest `f32`.
    fn integers(from: &[i32; WIDTH]) -> Self;
    /// To memory.
    fn store(self, to: &mut [f32; WIDTH]);
    /// Sum by lane.
    fn add(self, other: Self) -> Self;
    /// Difference by lane.
    fn sub(self, other: Self) -> Self;
    /// Product by lane.
    fn mul(self, other: Self) -> Self;
    /// Quotient by lane.
    fn div(self, other: Self) -> Self;
    /// The greater by lane; `other` where they cannot be compared.
    fn max(self, other: Self) -> Self;
    /// The lesser by lane; `other` where they cannot be compared.
    fn min(self, other: Self) -> Self;
    /// Without sign.
    fn abs(self) -> Self;
    /// 2ⁿ for lanes that hold `ROUNDER + n`, n in −126..=127.
    fn power(self) -> Self;
    /// The lowest byte of each lane's bits.
    fn low_bytes(self, to: &mut [u8; WIDTH]);
}

/// The sum of sixteen numbers, always in the same order: halves onto halves.
#[inline(always)]
pub fn sum<L: Lanes>(x: L) -> f32 {
    let mut a = [0.0; WIDTH];
    x.store(&mut a);
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            a[i] += a[i + half];
        }
    }
    a[0]
}

/// The greatest of sixteen numbers.
#[inline(always)]
pub fn greatest<L: Lanes>(x: L) -> f32 {
    let mut a = [0.0; WIDTH];
    x.store(&mut a);
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            a[i] = if a[i] > a[i + half] { a[i] } else { a[i + half] };
        }
    }
    a[0]
}

/// eˣ to about one unit in the last place, for x cut to −87..=88 (Cody and Waite's reduction, the polynomial of Cephes `expf`).
#[inline(always)]
pub fn exp<L: Lanes>(x: L) -> L {
    let x = x.max(L::splat(-87.0)).min(L::splat(88.0));
    let shifted = x.mul(L::splat(std::f32::consts::LOG2_E)).add(L::splat(ROUNDER));
    let n = shifted.sub(L::splat(ROUNDER));
    let r = x.sub(n.mul(L::splat(0.693_359_4))).sub(n.mul(L::splat(-2.121_944_4e-4)));
    let mut p = L::splat(1.987_569_1e-4);
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_6e-1, 0.5] {
        p = p.mul(r).add(L::splat(c));
    }
    p.mul(r).mul(r).add(r).add(L::splat(1.0)).mul(shifted.power())
}

/// GELU in the form with tanh that the network was trained with: x / (1 + e^(−2u)), u = √(2/π) (x + 0.044715 x³).
#[inline(always)]
pub fn gelu<L: Lanes>(x: L) -> L {
    let u = x.add(x.mul(x).mul(x).mul(L::splat(0.044_715))).mul(L::splat(-1.595_769));
    x.div(exp(u).add(L::splat(1.0)))
}
