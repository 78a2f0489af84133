//! Scores of clusterings: MUC, B³ and CEAFe (entity similarity φ4), and their mean, as in the CoNLL shared tasks.

use super::{Figures, round};
use std::collections::BTreeMap;

/// Sums of numerators and denominators over documents or topics.
#[derive(Default)]
pub struct Clusters {
    muc: Parts,
    b_cubed: Parts,
    ceaf: Parts,
}

/// Numerators and denominators of recall and precision.
#[derive(Default)]
struct Parts {
    recalled: f64,
    gold: f64,
    precise: f64,
    ours: f64,
}

impl Parts {
    fn f1(&self) -> f64 {
        let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let (r, p) = (share(self.recalled, self.gold), share(self.precise, self.ours));
        if r + p > 0.0 { 2.0 * r * p / (r + p) } else { 0.0 }
    }
}

impl Clusters {
    /// Adds a document: clusters of mentions; a mention of one side need not be on the other.
    pub fn add<M: Ord + Clone>(&mut self, gold: &[Vec<M>], ours: &[Vec<M>]) {
        let (in_gold, in_ours) = (index(gold), index(ours));
        (self.muc.recalled, self.muc.gold) = sum((self.muc.recalled, self.muc.gold), links(gold, &in_ours));
        (self.muc.precise, self.muc.ours) = sum((self.muc.precise, self.muc.ours), links(ours, &in_gold));
        (self.b_cubed.recalled, self.b_cubed.gold) = sum((self.b_cubed.recalled, self.b_cubed.gold), shares(gold, &in_ours));
        (self.b_cubed.precise, self.b_cubed.ours) = sum((self.b_cubed.precise, self.b_cubed.ours), shares(ours, &in_gold));
        let similarity = matched(gold, ours, &in_ours);
        self.ceaf.recalled += similarity;
        self.ceaf.precise += similarity;
        self.ceaf.gold += gold.len() as f64;
        self.ceaf.ours += ours.len() as f64;
    }

    /// `conll` and the three F1 that it is the mean of.
    pub fn figures(&self) -> Figures {
        let parts = [("muc", self.muc.f1()), ("b3", self.b_cubed.f1()), ("ceafe", self.ceaf.f1())];
        let mut out = Figures::new();
        out.insert("conll".into(), round(parts.iter().map(|p| p.1).sum::<f64>() / 3.0, 4));
        out.extend(parts.map(|(k, v)| (k.to_owned(), round(v, 4))));
        out
    }
}

fn sum(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

fn index<M: Ord + Clone>(clusters: &[Vec<M>]) -> BTreeMap<M, usize> {
    clusters.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |m| (m.clone(), i))).collect()
}

/// MUC: links of a cluster that the other side keeps.
fn links<M: Ord>(clusters: &[Vec<M>], other: &BTreeMap<M, usize>) -> (f64, f64) {
    let mut out = (0.0, 0.0);
    for c in clusters {
        let mut parts: Vec<Option<usize>> = c.iter().map(|m| other.get(m).copied()).collect();
        let alone = parts.iter().filter(|p| p.is_none()).count();
        parts.retain(Option::is_some);
        parts.sort_unstable();
        parts.dedup();
        out.0 += c.len() as f64 - (parts.len() + alone) as f64;
        out.1 += c.len() as f64 - 1.0;
    }
    out
}

/// B³: for each mention the share of its cluster that is with it on the other side.
fn shares<M: Ord>(clusters: &[Vec<M>], other: &BTreeMap<M, usize>) -> (f64, f64) {
    let mut out = (0.0, 0.0);
    for c in clusters {
        let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
        for m in c {
            if let Some(o) = other.get(m) {
                *counts.entry(*o).or_default() += 1.0;
            }
        }
        out.0 += counts.values().map(|n| n * n).sum::<f64>() / c.len().max(1) as f64;
        out.1 += c.len() as f64;
    }
    out
}

/// CEAFe: the greatest sum of similarities of clusters paired one to one. Pairs that share nothing weigh nothing, so that each group of clusters
/// that hang together is solved alone.
fn matched<M: Ord>(gold: &[Vec<M>], ours: &[Vec<M>], in_ours: &BTreeMap<M, usize>) -> f64 {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (g, c) in gold.iter().enumerate() {
        for o in c.iter().filter_map(|m| in_ours.get(m)) {
            *weights.entry((g, *o)).or_default() += 1.0;
        }
    }
    for ((g, o), w) in &mut weights {
        *w = 2.0 * *w / (gold[*g].len() + ours[*o].len()) as f64;
    }
    let mut root: Vec<usize> = (0..gold.len() + ours.len()).collect();
    fn find(root: &[usize], mut i: usize) -> usize {
        while root[i] != i {
            i = root[i];
        }
        i
    }
    for (g, o) in weights.keys() {
        let (a, b) = (find(&root, *g), find(&root, gold.len() + o));
        root[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for ((g, o), w) in &weights {
        groups.entry(find(&root, *g)).or_default().push((*g, *o, *w));
    }
    groups.values().map(|edges| assignment(edges)).sum()
}

/// The best assignment among the given pairs (Hungarian algorithm on the cost 1 − weight).
fn assignment(edges: &[(usize, usize, f64)]) -> f64 {
    if let [(_, _, w)] = edges {
        return *w;
    }
    let distinct = |f: fn(&(usize, usize, f64)) -> usize| {
        let mut all: Vec<usize> = edges.iter().map(f).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (rows, cols) = (distinct(|e| e.0), distinct(|e| e.1));
    let n = rows.len().max(cols.len());
    let mut weight = vec![vec![0.0; n + 1]; n + 1];
    for (g, o, w) in edges {
        if let (Ok(i), Ok(j)) = (rows.binary_search(g), cols.binary_search(o)) {
            weight[i + 1][j + 1] = *w;
        }
    }
    let (mut u, mut v, mut partner, mut way) = (vec![0.0; n + 1], vec![0.0; n + 1], vec![0usize; n + 1], vec![0usize; n + 1]);
    for i in 1..=n {
        partner[0] = i;
        let (mut column, mut least, mut used) = (0, vec![f64::MAX; n + 1], vec![false; n + 1]);
        loop {
            used[column] = true;
            let (row, mut delta, mut next) = (partner[column], f64::MAX, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let cost = 1.0 - weight[row][j] - u[row] - v[j];
                if cost < least[j] {
                    (least[j], way[j]) = (cost, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[partner[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if partner[column] == 0 {
                break;
            }
        }
        while column != 0 {
            partner[column] = partner[way[column]];
            column = way[column];
        }
    }
    (1..=n).map(|j| weight[partner[j]][j]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_the_classic_example() {
        // five mentions in two gold clusters, the response splits the larger one and moves a mention
        let gold = vec![vec!['a', 'b', 'c'], vec!['d', 'e', 'f', 'g']];
        let ours = vec![vec!['a', 'b'], vec!['c', 'd'], vec!['f', 'g', 'h', 'i']];
        let mut c = Clusters::default();
        c.add(&gold, &ours);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-4, "{a} {b}");
        near(c.muc.f1(), 0.4);
        near(c.b_cubed.recalled / c.b_cubed.gold, (5.0 / 3.0 + 5.0 / 4.0) / 7.0);
        near(c.b_cubed.precise / c.b_cubed.ours, 0.5);
        near(c.ceaf.recalled, 0.8 + 0.5);
        let mut same = Clusters::default();
        same.add(&gold, &gold);
        near(same.muc.f1() + same.b_cubed.f1() + same.ceaf.f1(), 3.0);
    }

    #[test]
    fn assignment_takes_the_best_sum() {
        let edges = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8), (1, 1, 0.1)];
        assert!((assignment(&edges) - 1.6).abs() < 1e-9);
    }
}
