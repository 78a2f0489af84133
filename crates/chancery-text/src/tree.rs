//! Arc scores → the highest-scoring dependency tree with exactly one root (Chu and Liu 1965, Edmonds 1967).

/// Lowers every arc from the root so far that the best tree has only one of them; f64 keeps all digits of the f32 scores beside it.
const ROOT_COST: f64 = 1e7;

/// The head of each of `n` words: 0 for the root, else 1 + the index of a word. `score(word, head)` is asked for heads 0..=n. Of equal
/// scores the first head is taken.
pub(crate) fn heads(n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut nodes = Nodes { size: n + 1, scores: vec![f64::NEG_INFINITY; (n + 1) * (n + 1)] };
    for word in 0..n {
        for head in (0..=n).filter(|&h| h != word + 1) {
            let s = f64::from(score(word, head));
            nodes.scores[(word + 1) * (n + 1) + head] = if s.is_finite() { s } else { -1e6 };
        }
    }
    let mut best = nodes.best();
    if best.iter().skip(1).filter(|&&h| h == 0).count() != 1 || cycle(&best).is_some() {
        for word in 1..=n {
            nodes.scores[word * (n + 1)] -= ROOT_COST;
        }
        best = nodes.arborescence();
    }
    best.remove(0);
    best
}

/// Scores of a dense graph; node 0 is the root.
struct Nodes {
    size: usize,
    scores: Vec<f64>,
}

impl Nodes {
    fn at(&self, node: usize, head: usize) -> f64 {
        self.scores[node * self.size + head]
    }

    /// Each node's best head, the first of equals; 0 for the root itself.
    fn best(&self) -> Vec<usize> {
        let best = |node: usize| {
            let mut found = 0;
            for head in 1..self.size {
                if head != node && self.at(node, head) > self.at(node, found) {
                    found = head;
                }
            }
            found
        };
        (0..self.size).map(|node| if node == 0 { 0 } else { best(node) }).collect()
    }

    /// The best tree: as long as best heads form a cycle, it becomes one node.
    fn arborescence(&self) -> Vec<usize> {
        let mut best = self.best();
        let Some(cycle) = cycle(&best) else { return best };
        let inside = {
            let mut inside = vec![false; self.size];
            cycle.iter().for_each(|&v| inside[v] = true);
            inside
        };
        let outside: Vec<usize> = (0..self.size).filter(|&v| !inside[v]).collect();
        let (size, joint) = (outside.len() + 1, outside.len());
        let mut smaller = Nodes { size, scores: vec![f64::NEG_INFINITY; size * size] };
        // for each node outside: by which node of the cycle it would be entered from there, and which one would be its head
        let (mut entered, mut left) = (vec![cycle[0]; joint], vec![cycle[0]; joint]);
        for (i, &u) in outside.iter().enumerate() {
            for (j, &v) in outside.iter().enumerate() {
                smaller.scores[i * size + j] = self.at(u, v);
            }
            let gain = |v: usize| self.at(v, u) - self.at(v, best[v]);
            for &v in &cycle {
                if gain(v) > gain(entered[i]) {
                    entered[i] = v;
                }
                if self.at(u, v) > self.at(u, left[i]) {
                    left[i] = v;
                }
            }
            smaller.scores[joint * size + i] = gain(entered[i]);
            smaller.scores[i * size + joint] = self.at(u, left[i]);
        }
        let found = smaller.arborescence();
        for (i, &u) in outside.iter().enumerate().skip(1) {
            best[u] = if found[i] == joint { left[i] } else { outside[found[i]] };
        }
        let from = found[joint].min(joint - 1);
        best[entered[from]] = outside[from];
        best
    }
}

/// The nodes of a cycle among the heads, in ascending order.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut v = start;
        while v != 0 && seen[v] == 0 {
            seen[v] = start;
            v = heads[v];
        }
        if v != 0 && seen[v] == start {
            let mut nodes = vec![v];
            let mut u = heads[v];
            while u != v {
                nodes.push(u);
                u = heads[u];
            }
            nodes.sort_unstable();
            return Some(nodes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All trees of up to five words, tried one by one.
    fn exhaustive(n: usize, scores: &[f32]) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect();
            let mut padded = vec![0];
            padded.extend(&heads);
            let one_root = heads.iter().filter(|&&h| h == 0).count() == 1;
            if one_root && heads.iter().enumerate().all(|(i, &h)| h != i + 1) && cycle(&padded).is_none() {
                best = best.max(heads.iter().enumerate().map(|(i, &h)| f64::from(scores[i * (n + 1) + h])).sum());
            }
        }
        best
    }

    #[test]
    fn finds_the_best_of_all_trees() {
        let mut state = 7u32;
        for round in 0..600 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as f32 / 16.0
                })
                .collect();
            let found = heads(n, |w, h| scores[w * (n + 1) + h]);
            let sum: f64 = found.iter().enumerate().map(|(i, &h)| f64::from(scores[i * (n + 1) + h])).sum();
            assert_eq!(sum, exhaustive(n, &scores), "{n} words, {scores:?}, {found:?}");
            assert_eq!(found.iter().filter(|&&h| h == 0).count(), 1);
        }
    }

    #[test]
    fn equal_scores_and_no_numbers_still_give_a_tree() {
        for value in [0.0, f32::NAN, f32::INFINITY] {
            let found = heads(40, |_, _| value);
            let mut padded = vec![0];
            padded.extend(&found);
            assert!(cycle(&padded).is_none());
            assert_eq!(found.iter().filter(|&&h| h == 0).count(), 1);
        }
        assert!(heads(0, |_, _| 0.0).is_empty());
    }
}
