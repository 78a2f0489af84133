//! Tag probabilities → triggers: the runs of words that may be an event, low chances included.

use crate::cues::Tagged;
use crate::heads::best;
use crate::labels::Labels;
use chancery_model::{EventType, Span, Token};

/// A word is taken as a trigger's from this probability of one type on: low, since the coder decides later with the score.
const LEAST: f32 = 0.25;
/// Words at the edges of a trigger that are less than this share as probable as its best word are left out.
const EDGE: f32 = 0.5;
/// From this expected number of beginnings on, two neighbours of one type are two triggers; below it the model only wavers about where
/// the one begins ("has accused": beginning at "has" or at "accused").
const TWO: f32 = 1.5;

/// Words of a sentence that may be an event.
pub(crate) struct Trigger {
    pub tokens: Span<Token>,
    /// Types with their probabilities at their best words: the trigger's type, then the others, best first.
    pub types: Vec<(EventType, f32)>,
}

struct Run {
    tokens: Span<Token>,
    /// Sums of the probabilities of each type over the words.
    sums: Vec<f32>,
    /// Expected number of beginnings.
    begins: f32,
}

/// The triggers of a sentence, from a row of probabilities per word: none, then begin and continue for each type.
pub(crate) fn find(tags: &[&[f32]], sentence: &Tagged, labels: &Labels) -> Vec<Trigger> {
    let kinds = labels.events.len();
    let masses: Vec<Vec<f32>> = tags.iter().map(|t| (0..kinds).map(|k| t[2 * k + 1] + t[2 * k + 2]).collect()).collect();
    let mut runs: Vec<Run> = Vec::new();
    for (w, here) in masses.iter().enumerate() {
        let top = here[best(here)];
        if top < LEAST {
            continue;
        }
        let begins = (0..kinds).map(|k| tags[w][2 * k + 1]).sum::<f32>();
        match runs.last_mut() {
            Some(run) if run.tokens.end == w && run.begins + begins < TWO && here[best(&run.sums)] >= top * EDGE => {
                run.tokens.end = w + 1;
                run.begins += begins;
                run.sums.iter_mut().zip(here).for_each(|(s, m)| *s += m);
            }
            _ => runs.push(Run { tokens: Span::new(w, w + 1), sums: here.clone(), begins }),
        }
    }
    runs.retain(|r| r.tokens.range().any(|w| sentence.is_content(w)));
    runs.into_iter().map(|r| trigger(r.tokens, best(&r.sums), &masses, labels)).collect()
}

/// A run of words of one type, its weak edges cut off.
fn trigger(mut tokens: Span<Token>, kind: usize, masses: &[Vec<f32>], labels: &Labels) -> Trigger {
    let top =
        |k: usize, tokens: Span<Token>| masses[tokens.range()].iter().map(|m| m[k]).fold(0.0, |a, b| if b > a { b } else { a });
    let least = top(kind, tokens) * EDGE;
    while tokens.len() > 1 && masses[tokens.start][kind] < least {
        tokens.start += 1;
    }
    while tokens.len() > 1 && masses[tokens.end - 1][kind] < least {
        tokens.end -= 1;
    }
    let mut types: Vec<(EventType, f32)> = labels.events.iter().enumerate().map(|(k, &e)| (e, top(k, tokens))).collect();
    let first = types.remove(kind);
    types.sort_by(|a, b| b.1.total_cmp(&a.1));
    types.insert(0, first);
    Trigger { tokens, types }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Upos;

    fn labels() -> Labels {
        let events = EventType::ALL.to_vec();
        Labels {
            upos: Vec::new(),
            xpos: Vec::new(),
            rel: Vec::new(),
            names: Vec::new(),
            events,
            modes: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// Runs over words given as (part of speech, type, chance to begin it, chance to continue it).
    fn found(words: &[(Upos, EventType, f32, f32)]) -> Vec<(std::ops::Range<usize>, EventType)> {
        let rows: Vec<Vec<f32>> = words
            .iter()
            .map(|&(_, event, begin, goes_on)| {
                let mut row = vec![0.0; labels().triggers()];
                (row[0], row[2 * event as usize + 1], row[2 * event as usize + 2]) = (1.0 - begin - goes_on, begin, goes_on);
                row
            })
            .collect();
        let upos: Vec<Upos> = words.iter().map(|w| w.0).collect();
        let sentence = Tagged { words: &vec!["x"; words.len()], upos: &upos };
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        find(&rows, &sentence, &labels()).iter().map(|t| (t.tokens.range(), t.types[0].0)).collect()
    }

    #[test]
    fn runs_of_words() {
        use EventType::*;
        use Upos::*;
        // wavering about the beginning is one trigger, its weak edge cut off
        assert_eq!(found(&[(Aux, Accuse, 0.35, 0.0), (Verb, Accuse, 0.65, 0.3)]), [(1..2, Accuse)]);
        // two sure beginnings are two triggers
        assert_eq!(found(&[(Noun, Assault, 0.9, 0.0), (Noun, Assault, 0.9, 0.0)]), [(0..1, Assault), (1..2, Assault)]);
        // another type begins another trigger
        assert_eq!(found(&[(Verb, Request, 0.5, 0.0), (Verb, Aid, 0.4, 0.3)]), [(0..1, Request), (1..2, Aid)]);
        // long ones go on
        assert_eq!(found(&[(Verb, Agree, 0.9, 0.0), (Part, Agree, 0.0, 0.6), (Verb, Agree, 0.1, 0.6)]), [(0..3, Agree)]);
        // small words alone are none, nor are small chances
        assert_eq!(found(&[(Det, Assault, 0.8, 0.0), (Noun, Assault, 0.1, 0.1)]), []);
    }
}
