//! Structural balance: whether friends of friends are friends, and enemies of enemies too.

use crate::{Sign, Tie};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Three of whom each has a friendly or hostile tie to both others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Triad {
    /// In order of their names.
    pub who: [String; 3],
    /// Ties of the first and second, first and third, second and third.
    pub ties: [Sign; 3],
}

/// How the triads of a network lie.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Balance {
    /// Triads by number of hostile ties, none to three.
    pub by_hostile: [usize; 4],
    /// Share of triads with none or two hostile ties; `None` without triads.
    pub balanced: Option<f64>,
    /// The share to be expected if the same number of hostile ties fell anywhere.
    pub expected: Option<f64>,
    /// Triads with one hostile tie (two friends of one are enemies), by name: the tense ones.
    pub tense: Vec<Triad>,
    /// Triads with three hostile ties, by name: balanced only in the weaker sense.
    pub hostile: Vec<Triad>,
}

impl Balance {
    /// Counts triads as Cartwright and Harary 1956 (Psych. Rev. 63, 277–293) do: balanced are those with an even number of hostile ties. By
    /// Davis 1967 (Human Relations 20, 181–187) three enemies are balanced as well; they are counted apart.
    pub fn of(ties: &[Tie]) -> Balance {
        let signed: BTreeMap<(&str, &str), Sign> =
            ties.iter().filter(|t| t.sign != Sign::Mixed).map(|t| ((t.a.as_str(), t.b.as_str()), t.sign)).collect();
        let mut near: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (a, b) in signed.keys() {
            near.entry(a).or_default().insert(b);
        }
        let mut out = Balance::default();
        for ((a, b), ab) in &signed {
            let (Some(of_a), Some(of_b)) = (near.get(a), near.get(b)) else { continue };
            for c in of_a.intersection(of_b) {
                let (Some(ac), Some(bc)) = (signed.get(&(*a, *c)), signed.get(&(*b, *c))) else { continue };
                out.add(Triad { who: [*a, *b, *c].map(str::to_owned), ties: [*ab, *ac, *bc] });
            }
        }
        let triads: usize = out.by_hostile.iter().sum();
        if triads > 0 {
            out.balanced = Some((out.by_hostile[0] + out.by_hostile[2]) as f64 / triads as f64);
            out.expected = expected(&signed);
        }
        out
    }

    fn add(&mut self, triad: Triad) {
        let hostile = triad.ties.iter().filter(|t| **t == Sign::Hostile).count();
        self.by_hostile[hostile] += 1;
        match hostile {
            1 => self.tense.push(triad),
            3 => self.hostile.push(triad),
            _ => {}
        }
    }
}

/// p³ + 3p(1−p)² for the share p of friendly ties.
fn expected(signed: &BTreeMap<(&str, &str), Sign>) -> Option<f64> {
    let friendly = signed.values().filter(|s| **s == Sign::Friendly).count() as f64;
    let p = friendly / signed.len() as f64;
    (!signed.is_empty()).then_some(p * p * p + 3.0 * p * (1.0 - p) * (1.0 - p))
}
