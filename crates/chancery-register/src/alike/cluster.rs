/// Groups tellings by average linkage: the two groups with the highest mean over all their pairs are joined, as long as it is at least `least`.
///
/// `points[i][j]` for `j < i` is what speaks for `i` and `j` being one; it is taken as at most `bound` and at least `-bound`, so that one
/// certain pair does not outweigh many. Ties go to the lowest numbers. Groups come out by their first member.
pub fn average_linkage(points: &[Vec<f32>], bound: f32, least: f32) -> Vec<Vec<usize>> {
    let n = points.len();
    let mut sums = vec![vec![0.0f64; n]; n];
    for (i, row) in points.iter().enumerate() {
        for (j, p) in row.iter().enumerate().take(i) {
            sums[i][j] = f64::from(p.clamp(-bound, bound));
            sums[j][i] = sums[i][j];
        }
    }
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for i in 0..n {
            for j in i + 1..n {
                let pairs = groups[i].len() * groups[j].len();
                if pairs == 0 {
                    continue;
                }
                let mean = sums[i][j] / pairs as f64;
                if mean >= f64::from(least) && best.is_none_or(|b| mean > b.0) {
                    best = Some((mean, i, j));
                }
            }
        }
        let Some((_, i, j)) = best else { break };
        let moved = std::mem::take(&mut groups[j]);
        groups[i].extend(moved);
        for (k, more) in std::mem::take(&mut sums[j]).into_iter().enumerate() {
            sums[i][k] += more;
            let both = sums[i][k];
            if let Some(cell) = sums[k].get_mut(i) {
                *cell = both;
            }
        }
    }
    for g in &mut groups {
        g.sort_unstable();
    }
    groups.retain(|g| !g.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::average_linkage;

    #[test]
    fn a_chain_does_not_drag_strangers_together() {
        // 0–1 and 1–2 are alike, 0–2 are not at all
        let points = vec![vec![], vec![9.0], vec![-30.0, 8.0]];
        assert_eq!(average_linkage(&points, 30.0, 0.0), [vec![0, 1], vec![2]]);
        assert_eq!(average_linkage(&points, 30.0, -12.0), [vec![0, 1, 2]]);
        assert!(average_linkage(&[], 30.0, 0.0).is_empty());
    }
}
