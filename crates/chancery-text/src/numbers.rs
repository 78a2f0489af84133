//! Small arithmetic of the decoders, on the portable kernels' exponential: the same bits everywhere.

use crate::kernels;

/// Probabilities from scores.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().fold(f32::MIN, |a, &b| if b > a { b } else { a });
    let mut out: Vec<f32> = scores.iter().map(|s| kernels::exp(s - top)).collect();
    let total: f32 = out.iter().sum();
    out.iter_mut().for_each(|x| *x /= total);
    out
}

/// The natural logarithm of a probability above 1e-3: Halley's method on the exponential, which triples the right digits each time.
pub(crate) fn ln(p: f32) -> f32 {
    (0..8).fold(0.0, |y, _| {
        let e = kernels::exp(y);
        y + 2.0 * (p - e) / (p + e)
    })
}

/// The probability of yes from a score.
pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + kernels::exp(-score))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_true_functions() {
        for i in -870..880 {
            let x = i as f32 / 10.0;
            let (a, b) = (f64::from(kernels::exp(x)), f64::from(x).exp());
            assert!((a / b - 1.0).abs() < 3e-7, "{x}: {a} {b}");
        }
        for i in 1..=1000 {
            let p = i as f32 / 1000.0;
            assert!((f64::from(ln(p)) - f64::from(p).ln()).abs() < 1e-5, "{p}: {}", ln(p));
        }
        assert_eq!(logistic(0.0), 0.5);
        assert!(softmax(&[1.0, 2.0, 3.0]).iter().sum::<f32>() - 1.0 < 1e-6);
    }
}
