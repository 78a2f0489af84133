//! Tail probabilities. Exponentials and logarithms are those of `libm`, not of the platform: the same bits everywhere.

/// The square of the normal deviate with the tail of Student's t at `spare` degrees of freedom, given the square of t; to three digits
/// (Wallace 1959, Ann. Math. Statist. 30, 1124–1130).
pub fn square_of_normal(t_squared: f64, spare: f64) -> f64 {
    let scale = (8.0 * spare + 1.0) / (8.0 * spare + 3.0);
    scale * scale * spare * libm::log1p(t_squared / spare)
}

/// Student's t whose tail is that of the normal deviate `z`: Wallace's formula the other way round.
pub fn t_of_normal(z: f64, spare: f64) -> f64 {
    let scale = (8.0 * spare + 1.0) / (8.0 * spare + 3.0);
    (spare * libm::expm1(z * z / (scale * scale * spare))).sqrt()
}

/// The chance that of the differences of means before and after each admissible place in a steady series of `n` points, the greatest exceeds
/// `z` standard errors on either side; `shortest` points stand on each side at least.
///
/// James, James and Siegmund 1987, Biometrika 74, 71–83, with Siegmund's ν(x) ≈ exp(−0.583 x); their first-order term falls short by a
/// seventh in series as short as ours (simulated for 10 to 400 points), which is made good.
pub fn of_greatest(z: f64, n: usize, shortest: usize) -> f64 {
    let single = libm::erfc(z / std::f64::consts::SQRT_2);
    let n = n as f64;
    // In u = log(t / (1 − t)) the weight 1 / (t (1 − t)) is gone.
    let end = libm::log(n / shortest as f64 - 1.0);
    if end.is_nan() || end <= 0.0 {
        return single;
    }
    const STEPS: usize = 64;
    let width = 2.0 * end / STEPS as f64;
    let at = |i: usize| {
        let t = 1.0 / (1.0 + libm::exp(end - width * i as f64));
        libm::exp(-0.583 * z / (n * t * (1.0 - t)).sqrt())
    };
    let inner: f64 = (1..STEPS).map(|i| if i % 2 == 1 { 4.0 * at(i) } else { 2.0 * at(i) }).sum();
    let area = (at(0) + inner + at(STEPS)) * width / 3.0;
    let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    (single + SHORTFALL * z * density * area).min(1.0)
}

const SHORTFALL: f64 = 7.0 / 6.0;

/// The square of the deviate whose [`of_greatest`] is `chance`.
pub fn needed(chance: f64, n: usize, shortest: usize) -> f64 {
    // Beyond its peak the chance falls with z; 40 halvings leave nothing to be seen.
    let (mut low, mut high) = (1.0, 8.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if of_greatest(middle, n, shortest) > chance { low = middle } else { high = middle }
    }
    high * high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_tables() {
        // Two-sided 5 % points of Student's t.
        for (spare, t) in [(5.0, 2.571), (18.0, 2.101), (60.0, 2.000)] {
            assert!((square_of_normal(t * t, spare).sqrt() - 1.96).abs() < 0.01, "{spare}");
        }
        assert!((t_of_normal(1.2816, 5.0) - 1.476).abs() < 0.01);
        // Worsley's 5 % point of the greatest t for 20 points, any place admissible.
        let chance = of_greatest(square_of_normal(3.16 * 3.16, 18.0).sqrt(), 20, 1);
        assert!((0.04..0.07).contains(&chance), "{chance}");
        assert!(of_greatest(2.0, 8, 4) < 0.05 && of_greatest(2.0, 400, 4) > 0.5);
    }

    #[test]
    fn what_is_needed_agrees_with_simulation() {
        // 95 % points of the greatest ratio in 20,000 steady normal series for each length, on the normal scale.
        for (n, simulated) in [(8, 3.81), (12, 6.05), (20, 7.21), (40, 8.34), (60, 8.62), (120, 9.29), (400, 10.3)] {
            let needed = needed(0.05, n, 4);
            assert!((needed - simulated).abs() < 0.35, "{n}: {needed} {simulated}");
        }
    }
}
