//! Probabilities of roles by word → the phrases that play them.

use crate::cues::Tagged;
use crate::heads::best;
use chancery_model::{CueRole, Role, Span};

/// Words that may stand between two stretches of one role and then belong to it.
const BRIDGES: [&str; 6] = ["-", "–", "of", "the", "'s", "’s"];

/// Stretches of words whose best role is the same, a small word between two of them included; those of small words alone are left out.
/// `chances`: a row per word; `roles`: what its columns stand for.
pub(crate) fn phrases(chances: &[Vec<f32>], sentence: &Tagged, roles: &[Option<Role>]) -> Vec<CueRole> {
    let mut chosen: Vec<usize> = chances.iter().map(|c| best(c)).collect();
    for w in 1..chosen.len().saturating_sub(1) {
        if chosen[w - 1] == chosen[w + 1] && roles[chosen[w - 1]].is_some() && BRIDGES.contains(&sentence.words[w]) {
            chosen[w] = chosen[w - 1];
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    for stretch in chosen.chunk_by(|a, b| a == b) {
        let tokens = Span::new(start, start + stretch.len());
        start = tokens.end;
        let Some(role) = roles[stretch[0]] else { continue };
        if tokens.range().any(|w| sentence.is_content(w)) {
            let score = tokens.range().map(|w| chances[w][stretch[0]]).sum::<f32>() / tokens.len() as f32;
            out.push(CueRole { role, tokens, score });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Upos::{Adp, Det, Noun, Propn, Punct, Verb};

    #[test]
    fn stretches_of_one_role() {
        let words = ["Assad", "-", "loyal", "troops", "hit", "the", "town", "of"];
        let upos = [Propn, Punct, Noun, Noun, Verb, Det, Noun, Adp];
        let row = |role: usize| {
            let mut r = vec![0.1; 3];
            r[role] = 0.8;
            r
        };
        let chances: Vec<Vec<f32>> = [1, 0, 1, 1, 0, 2, 0, 2].into_iter().map(row).collect();
        let found = phrases(&chances, &Tagged { words: &words, upos: &upos }, &[None, Some(Role::Actor), Some(Role::Recipient)]);
        // the hyphen is bridged, "the" and "of" alone are no recipients
        assert_eq!(found.iter().map(|r| (r.role, r.tokens.range())).collect::<Vec<_>>(), [(Role::Actor, 0..4)]);
    }
}
