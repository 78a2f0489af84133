use chancery_lexicon::{bearer_key, one_bearer};
use std::collections::{BTreeMap, BTreeSet};

/// Whom a name means among the names of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The name that stands for all spellings.
    pub name: String,
    /// 0..=1.
    pub confidence: f32,
    /// What speaks for it.
    pub reason: String,
}

/// Names of one state's people that are spellings of another one's, with the name that stands for them all; those that stand alone are left out.
///
/// Names are compared only where their last words sound alike, the surest pairs are joined first, and a name joins others only if it can be
/// each of them; `known` are those that the lexicon tells apart, of which at most one is among those joined, and then stands for them. The order
/// of the names has no bearing.
pub fn persons<'a>(names: impl IntoIterator<Item = &'a str>, known: impl Fn(&str) -> bool) -> BTreeMap<&'a str, Identity> {
    let mut blocks: BTreeMap<Vec<u8>, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        blocks.entry(bearer_key(name)).or_default().insert(name);
    }
    let mut out = BTreeMap::new();
    for block in blocks.values().filter(|b| b.len() > 1) {
        let names: Vec<&str> = block.iter().copied().collect();
        for spellings in joined(&names, &known).into_iter().filter(|s| s.len() > 1) {
            let first = spellings.iter().copied().max_by_key(|n| (known(n), n.chars().count(), std::cmp::Reverse(*n)));
            let Some(first) = first else { continue };
            for name in spellings.into_iter().filter(|n| *n != first) {
                let Some((confidence, why)) = one_bearer(first, name) else { continue };
                let reason = format!("{name} is {first} by {why}");
                out.insert(name, Identity { name: first.to_owned(), confidence, reason });
            }
        }
    }
    out
}

/// No surer than this are two names of which one has an initial, or lacks a name, or differs in more than what transliterations exchange.
const PARTIAL: f32 = 0.8;

/// The names of a block in groups of which each two are one.
fn joined<'a>(names: &[&'a str], known: &impl Fn(&str) -> bool) -> Vec<Vec<&'a str>> {
    let sure = |a: &str, b: &str| one_bearer(a, b).filter(|_| !(known(a) && known(b))).map(|s| s.0);
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, a) in names.iter().enumerate() {
        pairs.extend(names.iter().enumerate().skip(i + 1).filter_map(|(j, b)| Some((sure(a, b)?, i, j))));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut group: Vec<usize> = (0..names.len()).collect();
    for (s, i, j) in pairs {
        // "R. Karimov" is neither Rustam nor Rashid where both are there
        let clear = |n: &str| n == names[i] || n == names[j] || sure(n, names[i]).is_some() == sure(n, names[j]).is_some();
        if s <= PARTIAL && !names.iter().copied().all(clear) {
            continue;
        }
        let of = |g: usize| (0..names.len()).filter(|&n| group[n] == g).collect::<Vec<_>>();
        let (a, b) = (group[i], group[j]);
        if a != b && of(a).iter().all(|&x| of(b).iter().all(|&y| sure(names[x], names[y]).is_some())) {
            group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        }
    }
    let mut out: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (name, g) in names.iter().zip(group) {
        out.entry(g).or_default().push(name);
    }
    out.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_for(names: &[&str]) -> Vec<(String, String)> {
        persons(names.iter().copied(), |_| false).into_iter().map(|(n, i)| (n.to_owned(), i.name)).collect()
    }

    #[test]
    fn spellings_of_one_person_in_any_order() {
        let mut names = ["Nurlan Mukhamedjanov", "Nurlan Mukhamedzhanov", "Nurlan Muxamedjanov", "Aidar Muxamedjanov"];
        let one = stands_for(&names);
        assert_eq!(one.len(), 2, "{one:?}");
        assert!(one.iter().all(|(n, to)| n.starts_with("Nurlan") && to.starts_with("Nurlan")), "{one:?}");
        for turn in 0..names.len() {
            names.rotate_left(1);
            names.swap(0, turn);
            assert_eq!(stands_for(&names), one);
        }
    }

    #[test]
    fn a_name_joins_only_those_all_of_whom_it_can_be() {
        assert!(stands_for(&["Ali Hassan", "Ali Hussein", "Karim Hassan"]).is_empty());
        assert!(stands_for(&["Ivan Petrov", "Ivana Petrova", "Petrov"]).is_empty());
        assert!(stands_for(&["R. Karimov", "Rustam Karimov", "Rashid Karimov"]).is_empty(), "an initial may be either's");
        assert_eq!(stands_for(&["R. Karimov", "Rustam Karimov"]).len(), 1);
    }

    #[test]
    fn two_whom_the_lexicon_knows_are_two() {
        let names = ["Hassan Rouhani", "Hasan Rowhani", "Hassan Ruhani"];
        let known = |n: &str| n != "Hasan Rowhani";
        let found = persons(names, known);
        assert_eq!(found.len(), 1);
        assert!(found["Hasan Rowhani"].confidence > 0.7 && found["Hasan Rowhani"].name.starts_with("Hassan"));
    }
}
