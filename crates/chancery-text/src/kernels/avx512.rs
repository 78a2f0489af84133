//! The path for x86-64 processors with AVX-512 and its instructions for neural networks: sixteen lanes and 64 products of bytes to an
//! instruction.

use super::integer::Integers;
use super::lanes::{Lanes, WIDTH};
use std::arch::x86_64::*;

/// Sixteen numbers in one register.
#[derive(Clone, Copy)]
pub struct Whole(__m512);

// SAFETY of all blocks in this file: values of these types are made and used only in functions compiled for AVX-512 (F, BW, DQ, VL, VNNI),
// which are reached only through `Path::Avx512.kernels()`, given out where the processor has them. Pointers come from arrays or
// slices of the sizes read.
impl Lanes for Whole {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_set1_ps(x)) }
    }
    #[inline(always)]
    fn load(from: &[f32; WIDTH]) -> Self {
        // SAFETY: AVX-512 is there; sixteen numbers are behind the pointer.
        unsafe { Whole(_mm512_loadu_ps(from.as_ptr())) }
    }
    #[inline(always)]
    fn integers(from: &[i32; WIDTH]) -> Self {
        // SAFETY: AVX-512 is there; sixteen integers are behind the pointer.
        unsafe { Whole(_mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast()))) }
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        // SAFETY: AVX-512 is there; the array holds sixteen numbers.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_div_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_max_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_min_ps(self.0, other.0)) }
    }
    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe { Whole(_mm512_abs_ps(self.0)) }
    }
    #[inline(always)]
    fn power(self) -> Self {
        // SAFETY: AVX-512 is there.
        unsafe {
            let shifted = _mm512_slli_epi32::<23>(_mm512_castps_si512(self.0));
            Whole(_mm512_castsi512_ps(_mm512_add_epi32(shifted, _mm512_set1_epi32(127 << 23))))
        }
    }
    #[inline(always)]
    fn low_bytes(self, to: &mut [u8; WIDTH]) {
        // SAFETY: AVX-512 is there; the array takes sixteen bytes.
        unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0))) }
    }
}

/// Integer sums by `vpdpbusd`.
pub struct Vnni;

impl Integers for Vnni {
    #[inline(always)]
    fn tile<const R: usize, const B: usize>(
        rows: [&[u8]; R],
        blocks: [&[u8]; B],
        offsets: [&[i32; WIDTH]; B],
    ) -> [[[i32; WIDTH]; B]; R] {
        let groups = rows[0].len() / 4;
        assert!(rows.iter().all(|r| r.len() >= groups * 4) && blocks.iter().all(|b| b.len() >= groups * 64));
        let mut sums = [[[0; WIDTH]; B]; R];
        // SAFETY: AVX-512 with VNNI is there; the lengths are asserted above, and `sums` holds sixteen integers per row and block.
        unsafe {
            let mut w = [_mm512_setzero_si512(); B];
            for b in 0..B {
                w[b] = _mm512_loadu_si512(offsets[b].as_ptr().cast());
            }
            let mut acc = [w; R];
            for g in 0..groups {
                for b in 0..B {
                    w[b] = _mm512_loadu_si512(blocks[b].as_ptr().add(g * 64).cast());
                }
                for r in 0..R {
                    let x = _mm512_set1_epi32(rows[r].as_ptr().add(g * 4).cast::<i32>().read_unaligned());
                    for b in 0..B {
                        acc[r][b] = _mm512_dpbusd_epi32(acc[r][b], x, w[b]);
                    }
                }
            }
            for r in 0..R {
                for b in 0..B {
                    _mm512_storeu_si512(sums[r][b].as_mut_ptr().cast(), acc[r][b]);
                }
            }
        }
        sums
    }
}

super::compile!(Whole, Vnni, 6, 4, "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni");
