//! Names of one person as different texts spell them.

use chancery_lexicon::{fold, similar_names};

// "U.Khurelsukh" is U. Khurelsukh.
pub(super) fn spaced(name: &str) -> String {
    let mut out = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (i, c) in letters.iter().enumerate() {
        out.push(*c);
        let initial = *c == '.' && i > 0 && letters[i - 1].is_uppercase() && (i == 1 || !letters[i - 2].is_alphabetic());
        if initial && letters.get(i + 1).is_some_and(|n| n.is_uppercase()) && letters.get(i + 2).is_some_and(|n| n.is_lowercase())
        {
            out.push(' ');
        }
    }
    out
}

/// Whether every word of a name as written has its like in a known name.
pub(super) fn all_alike(known: &str, text: &str) -> bool {
    let known: Vec<String> = fold(known).split_whitespace().map(str::to_owned).collect();
    fold(text).split_whitespace().all(|w| {
        known.iter().any(|k| {
            k == w
                || w.len() > 3 && k.len() > 3 && similar_names(k, w).is_some_and(|s| s >= 0.8)
                || w.len() == 1 && k.starts_with(w)
        })
    })
}

/// How well two folded names fit one person: 0 where they can't.
pub(super) fn same_person(known: &[String], words: &[String]) -> f32 {
    let (Some(known_last), Some(last)) = (known.last(), words.last()) else { return 0.0 };
    let alike = |a: &str, b: &str| a == b || a.len() > 3 && b.len() > 3 && similar_names(a, b).is_some_and(|s| s >= 0.85);
    if words.len() > 1 && known.len() > 1 {
        let all = words.iter().all(|w| known.iter().any(|k| alike(k, w)));
        return if all && alike(known_last, last) {
            2.5
        } else if all {
            1.5
        } else {
            0.0
        };
    }
    let single = if words.len() == 1 { last } else { known_last };
    let (other, other_last) = if words.len() == 1 { (known, known_last) } else { (words, last) };
    if alike(other_last, single) {
        2.0
    } else if single.len() > 2 && other.iter().any(|k| alike(k, single)) {
        1.0
    } else {
        0.0
    }
}
