//! The path for x86-64 processors with AVX2: eight lanes to an instruction; bytes are widened to 16 bits before they are multiplied.

use super::integer::Integers;
use super::lanes::{Lanes, WIDTH};
use std::arch::x86_64::*;
use std::mem::MaybeUninit;

/// Sixteen numbers in two registers.
#[derive(Clone, Copy)]
pub struct Halves(__m256, __m256);

// SAFETY of all blocks in this file: values of these types are made and used only in functions compiled for AVX2, which are reached only
// through `Path::Avx2.kernels()`, given out where the processor has AVX2. Pointers come from arrays or slices of the sizes read.
impl Lanes for Halves {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: see above; AVX2 is there.
        unsafe { Halves(_mm256_set1_ps(x), _mm256_set1_ps(x)) }
    }
    #[inline(always)]
    fn load(from: &[f32; WIDTH]) -> Self {
        // SAFETY: AVX2 is there; sixteen numbers are behind the pointer.
        unsafe { Halves(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
    }
    #[inline(always)]
    fn integers(from: &[i32; WIDTH]) -> Self {
        let p = from.as_ptr().cast::<__m256i>();
        // SAFETY: AVX2 is there; two times eight integers are behind the pointer.
        unsafe { Halves(_mm256_cvtepi32_ps(_mm256_loadu_si256(p)), _mm256_cvtepi32_ps(_mm256_loadu_si256(p.add(1)))) }
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        // SAFETY: AVX2 is there; the array holds sixteen numbers.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
        }
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_div_ps(self.0, other.0), _mm256_div_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe { Halves(_mm256_min_ps(self.0, other.0), _mm256_min_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            Halves(_mm256_andnot_ps(sign, self.0), _mm256_andnot_ps(sign, self.1))
        }
    }
    #[inline(always)]
    fn power(self) -> Self {
        // SAFETY: AVX2 is there.
        unsafe {
            let one = _mm256_set1_epi32(127 << 23);
            let (a, b) = (_mm256_castps_si256(self.0), _mm256_castps_si256(self.1));
            let (a, b) = (_mm256_slli_epi32::<23>(a), _mm256_slli_epi32::<23>(b));
            Halves(_mm256_castsi256_ps(_mm256_add_epi32(a, one)), _mm256_castsi256_ps(_mm256_add_epi32(b, one)))
        }
    }
    #[inline(always)]
    fn low_bytes(self, to: &mut [u8; WIDTH]) {
        // SAFETY: AVX2 is there; the array takes sixteen bytes.
        unsafe {
            let mask = _mm256_set1_epi32(0xFF);
            let (a, b) =
                (_mm256_and_si256(_mm256_castps_si256(self.0), mask), _mm256_and_si256(_mm256_castps_si256(self.1), mask));
            // packing works within 128-bit halves: the quarters come out as 0 2 1 3 and are put in order
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(a, b));
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }
}

/// Inputs of a matrix at most: a row is widened once for several blocks.
const LONGEST: usize = 1536;

/// Integer sums by `vpmaddwd`.
pub struct Widened;

impl Integers for Widened {
    #[inline(always)]
    fn tile<const R: usize, const B: usize>(
        rows: [&[u8]; R],
        blocks: [&[u8]; B],
        offsets: [&[i32; WIDTH]; B],
    ) -> [[[i32; WIDTH]; B]; R] {
        let groups = rows[0].len() / 4;
        assert!(groups.is_multiple_of(4) && groups * 4 <= LONGEST);
        assert!(rows.iter().all(|r| r.len() >= groups * 4) && blocks.iter().all(|b| b.len() >= groups * 64));
        let mut sums = [[[0; WIDTH]; B]; R];
        let mut wide = [const { MaybeUninit::<[i16; LONGEST]>::uninit() }; R];
        // SAFETY: AVX2 is there; the lengths are asserted above; of `wide` just that is read which was written; `sums` holds sixteen integers per row and block.
        unsafe {
            for r in 0..R {
                for k in (0..groups * 4).step_by(16) {
                    let x = _mm256_cvtepu8_epi16(_mm_loadu_si128(rows[r].as_ptr().add(k).cast()));
                    _mm256_storeu_si256(wide[r].as_mut_ptr().cast::<i16>().add(k).cast(), x);
                }
            }
            // half a block at a time: its sums, the rows' inputs and the weights just fill the sixteen registers
            for (b, half) in (0..2 * B).map(|i| (i / 2, i % 2)) {
                let mut acc = [[_mm256_setzero_si256(); 2]; R];
                let mut w = blocks[b].as_ptr().add(half * 32);
                for g in 0..groups {
                    let mut x = [_mm256_setzero_si256(); R];
                    for r in 0..R {
                        // four inputs, four times over
                        x[r] = _mm256_set1_epi64x(wide[r].as_ptr().cast::<i64>().add(g).read_unaligned());
                    }
                    for q in 0..2 {
                        // four outputs by four inputs
                        let weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(w.add(q * 16).cast()));
                        for r in 0..R {
                            acc[r][q] = _mm256_add_epi32(acc[r][q], _mm256_madd_epi16(x[r], weights));
                        }
                    }
                    w = w.wrapping_add(64);
                }
                for r in 0..R {
                    // adds the two sums of each output; outputs come out as 0 1 4 5 2 3 6 7
                    let pair = _mm256_hadd_epi32(acc[r][0], acc[r][1]);
                    let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(pair);
                    let offset = _mm256_loadu_si256(offsets[b].as_ptr().add(half * 8).cast());
                    _mm256_storeu_si256(sums[r][b].as_mut_ptr().add(half * 8).cast(), _mm256_add_epi32(ordered, offset));
                }
            }
        }
        sums
    }
}

super::compile!(Halves, Widened, 4, 8, "avx2");
