//! PLOVER scores against the codebook's own list (§8). Skipped, and said so, where the codebook is not at hand.
#![allow(clippy::unwrap_used)]

use chancery::model::{EventType, Mode, Status};
use chancery::wire::v1::scale;
use std::collections::BTreeMap;

/// The scores of §8, those of types under their name alone, those of modes under both.
fn listed(codebook: &str) -> BTreeMap<(EventType, Option<Mode>), f64> {
    let section = codebook.split("\n## ").find(|s| s.starts_with("8.")).unwrap().replace('\n', " ");
    let list = section.split_once("(mode in brackets):").unwrap().1;
    let mut out = BTreeMap::new();
    for part in list.split("; ").flat_map(|p| p.split(". Events")).map(str::trim) {
        let mut words = part.split_whitespace();
        let (Some(name), Some(score)) = (words.next(), words.next()) else { continue };
        let Ok(event) = name.parse::<EventType>() else { continue };
        out.insert((event, None), score.trim_end_matches('.').parse().unwrap());
        let inside = part.split_once('(').map_or("", |p| p.1);
        for pair in inside.split([',', ';', ')']) {
            let pair: Vec<&str> = pair.split_whitespace().collect();
            if let [mode, score] = pair[..]
                && let Ok(mode) = mode.parse::<Mode>()
            {
                out.insert((event, Some(mode)), score.parse().unwrap());
            }
        }
    }
    out
}

#[test]
fn scores_are_those_of_the_codebook() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/CODEBOOK.md");
    let Ok(codebook) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let list = listed(&codebook);
    assert!(EventType::ALL.iter().all(|e| list.contains_key(&(*e, None))), "{list:?}");
    assert!(list.len() > 60, "{} scores read", list.len());
    for event in EventType::ALL {
        for mode in [None].into_iter().chain(Mode::of(*event).iter().copied().map(Some)) {
            // a mode that is not listed has the score of its type
            let wanted = list.get(&(*event, mode)).or_else(|| list.get(&(*event, None))).unwrap();
            assert_eq!(scale(*event, mode, Status::Actual), *wanted, "{event} {mode:?}");
            assert_eq!(scale(*event, mode, Status::Negated), 0.0);
        }
    }
}
