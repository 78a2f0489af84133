//! Where the level of a short, noisy series changes.

use crate::chance;

/// One observed step of a series. Steps that were not observed are left out, not filled in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Its value.
    pub value: f64,
    /// How much it counts: the variance of a point is that of the series divided by its weight. Above 0.
    pub weight: f64,
}

impl Point {
    /// A value that counts once.
    pub fn new(value: f64) -> Point {
        Point { value, weight: 1.0 }
    }
}

/// A change of level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Index of the first point after the change.
    pub at: usize,
    /// The least index that fits hardly worse (95 % by the likelihood ratio).
    pub earliest: usize,
    /// The greatest such index.
    pub latest: usize,
    /// Mean of the points since the change before.
    pub before: f64,
    /// Mean of the points up to the next change.
    pub after: f64,
    /// The difference of the two means in standard errors.
    pub t: f64,
    /// How likely a steady series of this length shows so large a difference somewhere, 0..=1.
    pub chance: f64,
}

impl Change {
    /// Whether its chance is low enough for it to be believed.
    pub fn is_believed(&self) -> bool {
        self.chance <= BELIEVED
    }
}

/// Points that a level lasts at least; anything shorter is an outburst, not a level.
pub const SHORTEST: usize = 5;

/// The chance at which a change is believed.
pub const BELIEVED: f64 = 0.05;

/// Changes that are looked for at most.
const MOST: usize = 12;

/// Points beyond which only the last are looked at, for the work grows with the square of their number.
pub const LONGEST: usize = 1500;

/// The changes of level in a series, in order; `floor` is the least standard deviation that the noise of a point of weight 1 can have.
///
/// For every number of changes the partition with the least weighted sum of squares is found exactly (segment neighbourhood by dynamic
/// programming: Auger and Lawrence 1989, Bull. Math. Biol. 51, 39–54; Bai and Perron 2003, J. Appl. Econometrics 18, 1–22). Their number
/// maximises the log likelihood ratio less a constant for each change, as in Schwarz's criterion (Yao 1988, Stat. Prob. Letters 6, 181–189);
/// the constant is the value that the greatest likelihood ratio of a single change in a steady series exceeds with a chance of 5 % (Worsley
/// 1979, JASA 74, 365–367, by the approximation of James, James and Siegmund 1987, Biometrika 74, 71–83), so that about one steady series
/// in twenty shows any change, whatever its length. Where neighbouring points hang together, ratios shrink accordingly. No random numbers
/// are drawn, and what is found does not depend on the unit of the values.
///
/// ```
/// use chancery_relations::{Point, changes};
/// let steady = [2.0, 3.0, 2.5, 2.0, 3.5, 2.0, 2.5, 3.0].map(Point::new);
/// assert!(changes(&steady, 0.0).is_empty());
/// let turned: Vec<Point> = steady.into_iter().chain([-3.0, -2.0, -2.5, -3.5, -2.0].map(Point::new)).collect();
/// let found = changes(&turned, 0.0);
/// assert_eq!((found.len(), found[0].at), (1, 8));
/// ```
pub fn changes(points: &[Point], floor: f64) -> Vec<Change> {
    let skipped = points.len().saturating_sub(LONGEST);
    let points = &points[skipped..];
    let sums = Sums::of(points);
    let most = (points.len() / SHORTEST).saturating_sub(1).min(MOST);
    let needed: Vec<f64> = (0..=most).map(|q| needed(q, points.len())).collect();
    let flat = Fit::of(points, &sums, &[], floor);
    // The log likelihood ratio of each partition against the steady series, on the scale of chi squared, added up step by step.
    let (mut ratios, mut squares, mut found) = (vec![0.0], flat.squares, Vec::new());
    for starts in partitions(&sums, most) {
        let fit = Fit::of(points, &sums, &starts, floor);
        let gain = ((squares - fit.squares) / fit.variance).max(0.0);
        squares = fit.squares;
        let ratio = ratios.last().copied().unwrap_or_default() + chance::square_of_normal(gain, fit.spare as f64);
        let m = ratios.len();
        let better = |(coarser, r): (usize, &f64)| (ratio - r) / fit.hanging >= needed[m - coarser];
        if ratios.iter().enumerate().all(better) {
            found = fit.changes(points, &sums);
        }
        ratios.push(ratio);
    }
    for c in &mut found {
        c.at += skipped;
        c.earliest += skipped;
        c.latest += skipped;
    }
    found
}

/// The log likelihood ratio (on the scale of chi squared) that `q` more changes in `n` points must exceed.
///
/// For one, the 95 % point of the greatest ratio in a steady series. For more, its 97.5 % point as simulated with 1,500 to 20,000 steady
/// normal series of 8 to 400 points: it lies within 1.4 of this function of their number and of the number of ways to place them.
fn needed(q: usize, n: usize) -> f64 {
    match q {
        0 => 0.0,
        1 => chance::needed(BELIEVED, n, SHORTEST),
        _ => {
            let places = (n + q).saturating_sub((q + 1) * SHORTEST);
            let ways: f64 = (0..q).map(|i| libm::log(places.saturating_sub(i).max(1) as f64 / (i + 1) as f64)).sum();
            3.4 + 2.3 * q as f64 + 1.1 * ways
        }
    }
}

/// The most likely single change of level, whether or not it is to be believed; `None` where there are too few points.
pub fn likeliest(points: &[Point], floor: f64) -> Option<Change> {
    let sums = Sums::of(points);
    let starts = partitions(&sums, 1).pop()?;
    Fit::of(points, &sums, &starts, floor).changes(points, &sums).pop()
}

/// Running sums, so that the sum of squares of any stretch takes no time.
struct Sums {
    centre: f64,
    weight: Vec<f64>,
    value: Vec<f64>,
    square: Vec<f64>,
}

impl Sums {
    fn of(points: &[Point]) -> Sums {
        // Sums of squares lose digits where the mean is far from zero.
        let total: f64 = points.iter().map(|p| p.weight).sum();
        let centre = if total > 0.0 { points.iter().map(|p| p.weight * p.value).sum::<f64>() / total } else { 0.0 };
        let mut out = Sums { centre, weight: vec![0.0], value: vec![0.0], square: vec![0.0] };
        let (mut w, mut v, mut s) = (0.0, 0.0, 0.0);
        for p in points {
            let d = p.value - centre;
            w += p.weight;
            v += p.weight * d;
            s += p.weight * d * d;
            out.weight.push(w);
            out.value.push(v);
            out.square.push(s);
        }
        out
    }
    fn len(&self) -> usize {
        self.weight.len() - 1
    }
    fn weight(&self, a: usize, b: usize) -> f64 {
        self.weight[b] - self.weight[a]
    }
    fn mean(&self, a: usize, b: usize) -> f64 {
        self.centre + (self.value[b] - self.value[a]) / self.weight(a, b)
    }
    /// Weighted squares about the mean of the stretch `a..b`.
    fn cost(&self, a: usize, b: usize) -> f64 {
        let v = self.value[b] - self.value[a];
        (self.square[b] - self.square[a] - v * v / self.weight(a, b)).max(0.0)
    }
}

/// For 1, 2 … `most` changes, where the segments of the best partition begin (the first one's 0 left out).
fn partitions(sums: &Sums, most: usize) -> Vec<Vec<usize>> {
    let n = sums.len();
    if n < 2 * SHORTEST {
        return Vec::new();
    }
    let mut best: Vec<f64> = (0..=n).map(|b| if b >= SHORTEST { sums.cost(0, b) } else { f64::INFINITY }).collect();
    let mut cuts: Vec<Vec<usize>> = Vec::new();
    for m in 1..=most.max(1) {
        let (mut next, mut cut) = (vec![f64::INFINITY; n + 1], vec![0; n + 1]);
        for b in (m + 1) * SHORTEST..=n {
            for (a, before) in best.iter().enumerate().take(b - SHORTEST + 1).skip(m * SHORTEST) {
                let cost = before + sums.cost(a, b);
                if cost < next[b] {
                    (next[b], cut[b]) = (cost, a);
                }
            }
        }
        best = next;
        cuts.push(cut);
    }
    (1..=cuts.len()).filter(|m| (m + 1) * SHORTEST <= n).map(|m| trace(&cuts[..m], n)).collect()
}

fn trace(cuts: &[Vec<usize>], n: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = cuts
        .iter()
        .rev()
        .scan(n, |end, cut| {
            *end = cut[*end];
            Some(*end)
        })
        .collect();
    starts.reverse();
    starts
}

/// A partition and the noise about it.
struct Fit {
    edges: Vec<usize>,
    squares: f64,
    variance: f64,
    spare: usize,
    hanging: f64,
}

impl Fit {
    fn of(points: &[Point], sums: &Sums, starts: &[usize], floor: f64) -> Fit {
        let n = points.len();
        let edges: Vec<usize> = std::iter::once(0).chain(starts.iter().copied()).chain([n]).collect();
        let spare = n - (edges.len() - 1);
        let squares: f64 = edges.windows(2).map(|e| sums.cost(e[0], e[1])).sum();
        // Without any noise every difference is beyond doubt; the least that can be told from none keeps the arithmetic sane.
        let least = 1e-12 * (sums.cost(0, n) + 1.0);
        let variance = (squares / spare as f64).max(floor * floor).max(least);
        let hanging = hanging(points, &edges, sums, variance * spare as f64);
        Fit { edges, squares, variance, spare, hanging }
    }

    fn changes(&self, points: &[Point], sums: &Sums) -> Vec<Change> {
        self.edges.windows(3).map(|e| self.change(points, sums, [e[0], e[1], e[2]])).collect()
    }

    fn change(&self, points: &[Point], sums: &Sums, [a, at, b]: [usize; 3]) -> Change {
        let variance = self.variance * self.hanging;
        let error = (variance * (1.0 / sums.weight(a, at) + 1.0 / sums.weight(at, b))).sqrt();
        let (before, after) = (sums.mean(a, at), sums.mean(at, b));
        let t = (after - before) / error;
        let least = sums.cost(a, at) + sums.cost(at, b);
        let fits = |k: &usize| sums.cost(a, *k) + sums.cost(*k, b) - least <= LIKELY * variance;
        let z = chance::square_of_normal(t * t, self.spare as f64).sqrt();
        Change {
            at,
            earliest: (a + 1..=at).find(fits).unwrap_or(at),
            latest: (at..b).rev().find(fits).unwrap_or(at),
            before,
            after,
            t,
            chance: chance::of_greatest(z, points.len(), SHORTEST),
        }
    }
}

/// The 95 % point of chi squared with one degree of freedom.
const LIKELY: f64 = 3.84;

/// By how much the variance of a mean grows because neighbouring points hang together: (1 + r) / (1 − r) for the correlation r of
/// neighbours within a segment, where r is more than chance gives; `noise` is the sum of squares, or what it is at least.
fn hanging(points: &[Point], edges: &[usize], sums: &Sums, noise: f64) -> f64 {
    let mut products = 0.0;
    for e in edges.windows(2) {
        let mean = sums.mean(e[0], e[1]);
        let d: Vec<f64> = points[e[0]..e[1]].iter().map(|p| p.weight.sqrt() * (p.value - mean)).collect();
        products += d.windows(2).map(|w| w[0] * w[1]).sum::<f64>();
    }
    let n = points.len() as f64;
    let r = products / noise;
    // Taking out the means of segments makes neighbours look more apart than they are.
    let r = (r + (edges.len() - 1) as f64 / n).min(0.8);
    if r <= HANGS / n.sqrt() { 1.0 } else { (1.0 + r) / (1.0 - r) }
}

/// Standard errors beyond which a correlation of neighbours is taken for real.
const HANGS: f64 = 2.0;
