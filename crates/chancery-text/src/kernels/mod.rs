//! The arithmetic of the network on every kind of processor, with the same bits as result.
//!
//! [`float`] and [`integer`] hold each step once, over sixteen lanes; [`portable`], [`avx2`] and [`avx512`] say what a lane is, and the
//! macro [`compile!`] compiles all steps for each. This is the only place with `unsafe` code.

#![allow(clippy::needless_range_loop)] // one index runs over several arrays at once

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod float;
mod integer;
mod lanes;
mod portable;

pub(crate) use float::{AttentionScratch, Rows};
pub(crate) use integer::{Activation, Input, Weights};
pub(crate) use lanes::WIDTH;

/// A way through the arithmetic: which instructions of the processor are used. Results are the same on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// Any processor.
    Portable,
    /// x86-64 with AVX2.
    Avx2,
    /// x86-64 with AVX-512 and VNNI.
    Avx512,
}

impl Path {
    /// The paths that this processor can go, slowest first.
    pub fn available() -> Vec<Path> {
        [Path::Portable, Path::Avx2, Path::Avx512].into_iter().filter(|p| p.kernels().is_some()).collect()
    }

    /// The fastest path that this processor can go.
    pub fn best() -> Path {
        Path::available().pop().unwrap_or(Path::Portable)
    }

    /// A name to print.
    pub fn name(self) -> &'static str {
        match self {
            Path::Portable => "portable",
            Path::Avx2 => "AVX2",
            Path::Avx512 => "AVX-512 VNNI",
        }
    }

    fn kernels(self) -> Option<&'static Kernels> {
        match self {
            Path::Portable => Some(&portable::KERNELS),
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => is_x86_feature_detected!("avx2").then_some(&avx2::KERNELS),
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => (is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni"))
            .then_some(&avx512::KERNELS),
            #[cfg(not(target_arch = "x86_64"))]
            _ => None,
        }
    }
}

/// The steps of the network, compiled for one path. Values are given out by [`Kernels::of`] alone, for paths the processor can go.
pub(crate) struct Kernels {
    quantise: unsafe fn(Rows, &mut [u8], &mut [f32]),
    linear: unsafe fn(Input, Weights, Activation, &mut [f32]),
    normalise: unsafe fn(&mut [f32], &[f32], &[f32]),
    attention: unsafe fn(&[f32], usize, usize, &mut [f32], &mut AttentionScratch),
    product: unsafe fn(Rows, Rows, &mut [f32], usize, usize),
    dots: unsafe fn(Rows, &[f32], &mut [f32]),
    softmax: unsafe fn(&mut [f32], usize),
}

impl Kernels {
    /// The steps for a path, or for any processor where this one cannot go it.
    pub fn of(path: Path) -> &'static Kernels {
        path.kernels().unwrap_or(&portable::KERNELS)
    }
    /// See [`float::quantise`].
    pub fn quantise(&self, x: Rows, bytes: &mut [u8], scales: &mut [f32]) {
        // SAFETY: whoever holds `self` got it from `Path::kernels`, which has asked the processor; so for all calls below.
        unsafe { (self.quantise)(x, bytes, scales) }
    }
    /// See [`integer::linear`].
    pub fn linear(&self, x: Input, w: Weights, activation: Activation, out: &mut [f32]) {
        // SAFETY: as in `quantise`.
        unsafe { (self.linear)(x, w, activation, out) }
    }
    /// See [`float::normalise`].
    pub fn normalise(&self, x: &mut [f32], add: &[f32], weights: &[f32]) {
        // SAFETY: as in `quantise`.
        unsafe { (self.normalise)(x, add, weights) }
    }
    /// See [`float::attention`].
    pub fn attention(&self, qkv: &[f32], heads: usize, width: usize, out: &mut [f32], scratch: &mut AttentionScratch) {
        // SAFETY: as in `quantise`.
        unsafe { (self.attention)(qkv, heads, width, out, scratch) }
    }
    /// See [`float::product`].
    pub fn product(&self, a: Rows, b: Rows, out: &mut [f32], start: usize, stride: usize) {
        // SAFETY: as in `quantise`.
        unsafe { (self.product)(a, b, out, start, stride) }
    }
    /// See [`float::dots`].
    pub fn dots(&self, a: Rows, v: &[f32], out: &mut [f32]) {
        // SAFETY: as in `quantise`.
        unsafe { (self.dots)(a, v, out) }
    }
    /// See [`float::softmax`].
    pub fn softmax(&self, row: &mut [f32], n: usize) {
        // SAFETY: as in `quantise`.
        unsafe { (self.softmax)(row, n) }
    }
}

/// Compiles every step for one path: lanes, integer sums, rows and blocks of a tile, features of the processor.
macro_rules! compile {
    ($lanes:ty, $integers:ty, $rows:literal, $blocks:literal $(, $features:literal)?) => {
        mod compiled {
            use super::super::{Activation, AttentionScratch, Input, Rows, Weights, float, integer};
            use super::*;

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn quantise(x: Rows, bytes: &mut [u8], scales: &mut [f32]) {
                float::quantise::<$lanes>(x, bytes, scales)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn linear(x: Input, w: Weights, activation: Activation, out: &mut [f32]) {
                integer::linear::<$lanes, $integers, $rows, $blocks>(x, w, activation, out)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn normalise(x: &mut [f32], add: &[f32], weights: &[f32]) {
                float::normalise::<$lanes>(x, add, weights)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn attention(qkv: &[f32], heads: usize, width: usize, out: &mut [f32], scratch: &mut AttentionScratch) {
                float::attention::<$lanes>(qkv, heads, width, out, scratch)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn product(a: Rows, b: Rows, out: &mut [f32], start: usize, stride: usize) {
                float::product::<$lanes>(a, b, out, start, stride)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn dots(a: Rows, v: &[f32], out: &mut [f32]) {
                float::dots::<$lanes>(a, v, out)
            }
            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn softmax(row: &mut [f32], n: usize) {
                float::softmax::<$lanes>(row, n)
            }
        }
        /// All steps on this path.
        pub(super) static KERNELS: super::Kernels = super::Kernels {
            quantise: compiled::quantise,
            linear: compiled::linear,
            normalise: compiled::normalise,
            attention: compiled::attention,
            product: compiled::product,
            dots: compiled::dots,
            softmax: compiled::softmax,
        };
    };
}
use compile;

/// eˣ as the kernels compute it, for a single number.
pub(crate) fn exp(x: f32) -> f32 {
    use lanes::Lanes;
    let mut out = [0.0; WIDTH];
    lanes::exp(portable::Plain::splat(x)).store(&mut out);
    out[0]
}
