//! What comes next in a short series: two naive answers and one that weighs the past by its age.

use crate::chance;

/// A number to be expected, with the ends of an interval that holds it with a chance of 80 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// How much of the past is kept from one month to the next; which of them is chosen by the past itself.
const KEPT: [f64; 5] = [0.6, 0.75, 0.85, 0.95, 1.0];

/// The count after `past`: a Poisson rate that drifts, with the counts before it discounted by their age, gives a negative binomial (Harvey and
/// Fernandes 1989, J. Business & Econ. Statist. 7, 407–417; West and Harrison's discounting). The discount is that under which the past was
/// most likely, each of its counts given those before it.
pub fn count(past: &[f64]) -> Option<Expected> {
    let mut best: Option<(f64, Rate)> = None;
    for kept in KEPT {
        let (mut rate, mut likely) = (Rate::START, 0.0);
        for y in past {
            let next = rate.aged(kept);
            likely += next.log_chance(*y);
            rate = next.told(*y);
        }
        if best.is_none_or(|b| likely > b.0) {
            best = Some((likely, rate.aged(kept)));
        }
    }
    let rate = best?.1;
    (!past.is_empty()).then(|| Expected { mean: rate.events / rate.months, low: rate.quantile(0.1), high: rate.quantile(0.9) })
}

/// What is known of a rate: so many events in so many months.
#[derive(Clone, Copy)]
struct Rate {
    events: f64,
    months: f64,
}

impl Rate {
    /// Half an event in a small part of a month: nothing much is known.
    const START: Rate = Rate { events: 0.5, months: 0.05 };

    fn aged(self, kept: f64) -> Rate {
        Rate { events: self.events * kept, months: self.months * kept }
    }
    fn told(self, y: f64) -> Rate {
        Rate { events: self.events + y, months: self.months + 1.0 }
    }
    fn log_chance(self, y: f64) -> f64 {
        let (a, b) = (self.events, self.months);
        libm::lgamma(a + y) - libm::lgamma(a) - libm::lgamma(y + 1.0) + a * libm::log(b / (1.0 + b)) - y * libm::log1p(b)
    }
    /// The least count that is not exceeded with a chance of `share`.
    fn quantile(self, share: f64) -> f64 {
        let (mut y, mut sum) = (0.0, 0.0);
        while y < 100_000.0 {
            sum += libm::exp(self.log_chance(y));
            if sum >= share {
                break;
            }
            y += 1.0;
        }
        y
    }
}

/// The value after `past`, each with its weight: their mean, discounted by age, with the spread of the values about it and of the mean itself
/// (Student's t). The discount is that with the least squared error over the past.
pub fn level(past: &[(f64, f64)]) -> Option<Expected> {
    if past.len() < 3 {
        return None;
    }
    let mut best: Option<(f64, f64)> = None;
    for kept in KEPT {
        let mut mean = Mean::default();
        let mut error = 0.0;
        for (n, (x, w)) in past.iter().enumerate() {
            if n > 0 {
                error += w * (x - mean.value()) * (x - mean.value());
            }
            mean = mean.told(*x, *w, kept);
        }
        if best.is_none_or(|b| error < b.0) {
            best = Some((error, kept));
        }
    }
    let kept = best?.1;
    let mean = past.iter().fold(Mean::default(), |m, (x, w)| m.told(*x, *w, kept));
    // Errors of the forecasts made on the way, so that drift widens the interval as well as noise.
    let (mut m, mut squares, mut weight) = (Mean::default(), 0.0, 0.0);
    for (n, (x, w)) in past.iter().enumerate() {
        if n > 0 {
            let scale = w / (1.0 + w / m.weight);
            squares += scale * (x - m.value()) * (x - m.value());
            weight += 1.0;
        }
        m = m.told(*x, *w, kept);
    }
    let usual: f64 = past.iter().map(|p| p.1).sum::<f64>() / past.len() as f64;
    let error = (squares / weight * (1.0 / usual + 1.0 / mean.weight)).sqrt();
    let reach = error * chance::t_of_normal(TENTH, weight);
    let value = mean.value();
    Some(Expected { mean: value, low: (value - reach).max(-10.0), high: (value + reach).min(10.0) })
}

/// The normal deviate that one in ten exceeds.
const TENTH: f64 = 1.281_551_565_545;

#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn value(self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
    fn told(self, x: f64, w: f64, kept: f64) -> Mean {
        Mean { sum: self.sum * kept + w * x, weight: self.weight * kept + w }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_count_is_expected_to_go_on() {
        let e = count(&[4.0; 24]).unwrap();
        assert!((e.mean - 4.0).abs() < 0.1 && e.low <= 3.0 && (5.0..=8.0).contains(&e.high), "{e:?}");
        let silent = count(&[0.0; 24]).unwrap();
        assert!(silent.mean < 0.1 && silent.high == 0.0, "{silent:?}");
        assert!(count(&[]).is_none());
    }

    #[test]
    fn what_changed_is_followed() {
        let past: Vec<f64> = [1.0; 12].into_iter().chain([9.0; 6]).collect();
        assert!(count(&past).unwrap().mean > 7.0);
        let past: Vec<(f64, f64)> = [4.0; 12].into_iter().chain([-5.0; 6]).map(|x| (x, 1.0)).collect();
        let e = level(&past).unwrap();
        assert!(e.mean < -3.0 && e.low < e.mean && e.mean < e.high, "{e:?}");
        assert!(level(&past[..2]).is_none());
    }
}
