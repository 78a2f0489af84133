//! Seeded series with known changes: how many are found, and how many that are none.
#![allow(clippy::unwrap_used)]

use chancery_relations::{Point, changes};

/// SplitMix64 (Steele, Lea and Flood 2014) with normal deviates by Box and Muller.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
    fn below(&mut self, n: u64) -> usize {
        (self.next() % n) as usize
    }
    fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
    /// Knuth's way; fine for small means.
    fn poisson(&mut self, mean: f64) -> f64 {
        let (mut n, mut p) = (-1.0, 1.0);
        while p > (-mean).exp() {
            p *= self.uniform();
            n += 1.0;
        }
        n
    }
}

/// Segments of given lengths, each two standard deviations above or below the one before, and where they begin.
fn series(dice: &mut Dice, lengths: &[usize]) -> (Vec<Point>, Vec<usize>) {
    let (mut points, mut truth, mut level) = (Vec::new(), Vec::new(), 0.0);
    for (n, length) in lengths.iter().enumerate() {
        if n > 0 {
            truth.push(points.len());
            level += if dice.below(2) == 0 { 2.0 } else { -2.0 };
        }
        points.extend((0..*length).map(|_| Point::new(level + dice.normal())));
    }
    (points, truth)
}

/// Precision and recall over many series; a change counts as found where one is told within three steps of it.
fn score(seed: u64, lengths: impl Fn(&mut Dice) -> Vec<usize>) -> (f64, f64) {
    let mut dice = Dice(seed);
    let (mut hits, mut told, mut there) = (0, 0, 0);
    for _ in 0..1000 {
        let lengths = lengths(&mut dice);
        let (points, truth) = series(&mut dice, &lengths);
        let found = changes(&points, 0.0);
        there += truth.len();
        told += found.len();
        hits += truth.iter().filter(|t| found.iter().any(|c| c.at.abs_diff(**t) <= 3)).count();
    }
    (hits as f64 / told as f64, hits as f64 / there as f64)
}

#[test]
fn a_change_of_two_deviations_over_ten_steps_is_found() {
    type Lengths = fn(&mut Dice) -> Vec<usize>;
    let cases: [(&str, Lengths); 4] = [
        ("ten before, ten after", |_| vec![10, 10]),
        ("twenty before, ten after", |_| vec![20, 10]),
        ("one change, ten to thirty on either side", |d| vec![10 + d.below(21), 10 + d.below(21)]),
        ("two changes, ten to thirty between them", |d| vec![10 + d.below(21), 10 + d.below(21), 10 + d.below(21)]),
    ];
    for (name, lengths) in cases {
        let (precision, recall) = score(11, lengths);
        println!("{name}: precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= 0.9 && recall >= 0.9, "{name}: precision {precision:.3}, recall {recall:.3}");
    }
    // Where every level lasts ten steps alone, the method is at its limit; what it tells is still right.
    let (precision, recall) = score(11, |_| vec![10; 4]);
    println!("three changes, ten steps apart: precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= 0.9 && recall >= 0.8, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn steady_series_raise_no_more_alarms_than_told() {
    for n in [10, 12, 20, 40, 80, 160] {
        let mut dice = Dice(5);
        let mut alarms = [0; 2];
        for _ in 0..1000 {
            let normal: Vec<Point> = (0..n).map(|_| Point::new(3.0 + dice.normal())).collect();
            let counts: Vec<Point> = (0..n).map(|_| Point::new(2.0 * (dice.poisson(3.0) + 0.375).sqrt())).collect();
            alarms[0] += usize::from(!changes(&normal, 0.0).is_empty());
            alarms[1] += usize::from(!changes(&counts, 1.0).is_empty());
        }
        println!("{n} steady steps: {alarms:?} alarms in 1000 series of normal values and of counts");
        assert!(alarms.iter().all(|a| *a <= 85), "{n}: {alarms:?}");
    }
    // Without noise there is nothing to be seen, nor in a constant trend of nothing.
    assert!(changes(&[Point::new(4.0); 60], 0.0).is_empty());
    assert!(changes(&[], 0.0).is_empty() && changes(&[Point::new(1.0)], 0.0).is_empty());
}

#[test]
fn an_outburst_is_no_level() {
    let mut values = vec![1.0, 2.0, 1.5, 2.5, 1.0, 2.0, 1.5, 2.0, 1.0, 2.5, 1.5, 2.0, 1.0, 2.0];
    values[7] = 9.0;
    assert!(changes(&values.into_iter().map(Point::new).collect::<Vec<_>>(), 0.0).is_empty());
}

#[test]
fn what_is_found_depends_neither_on_unit_nor_on_origin() {
    let mut dice = Dice(3);
    for _ in 0..50 {
        let (points, _) = series(&mut dice, &[12, 14, 11]);
        let scaled: Vec<Point> = points.iter().map(|p| Point { value: 1000.0 + 64.0 * p.value, weight: p.weight }).collect();
        let at = |p: &[Point]| changes(p, 0.0).iter().map(|c| (c.at, c.earliest, c.latest)).collect::<Vec<_>>();
        assert_eq!(at(&points), at(&scaled));
    }
}

#[test]
fn heavier_points_count_for_more() {
    // The one high point of a light step does not make a level; the same with weight does.
    let point = |value: f64, weight: f64| Point { value, weight };
    let quiet: Vec<Point> = (0..10).map(|n| point(f64::from(n % 3), 1.0)).collect();
    let light: Vec<Point> = quiet.iter().copied().chain((0..5).map(|n| point(1.0 + 2.2 * f64::from(n % 2), 0.2))).collect();
    assert!(changes(&light, 0.5).is_empty());
    let heavy: Vec<Point> = quiet.iter().copied().chain((0..5).map(|n| point(4.0 + f64::from(n % 2), 5.0))).collect();
    let found = changes(&heavy, 0.5);
    assert_eq!((found.len(), found[0].at), (1, 10));
    assert!(found[0].earliest <= 10 && found[0].latest >= 10 && found[0].chance < 0.05);
}
