//! Word vectors and trigger tags → cues: possible events with type, mode, status and linked phrases.

use crate::Error;
use crate::encoder::{HIDDEN, Quantised, part, rows};
use crate::heads::{Words, best};
use crate::kernels::{Activation, Kernels, Rows};
use crate::labels::Labels;
use crate::numbers::{logistic, softmax};
use crate::weights::{File, Linear};
use chancery_model::{Cue, CueRole, EventType, Mode, Role, Span};

/// A word is taken as a trigger's from this probability of one type on: low, since the coder decides later with the score.
const TRIGGER: f32 = 0.25;
/// Words at the edges of a trigger that are less than this share as probable as its best word are left out.
const EDGE: f32 = 0.5;
/// Other types are told from this probability on.
const OTHER: f32 = 0.02;
/// Words that may stand between two stretches of one role and then belong to it.
const BRIDGES: [&str; 6] = ["-", "–", "of", "the", "'s", "’s"];

/// The heads that read the vector of a trigger.
pub(crate) struct Heads {
    hidden: Linear,
    event: (usize, usize),
    role: (usize, usize),
    facts: Linear,
    status: (usize, usize),
    mode: (usize, usize),
    flags: (usize, usize),
    happened: (usize, usize),
    roles: Linear,
    role_bilinear: (usize, usize),
    role_linear: (usize, usize),
}

/// A trigger: its words (of the batch), and how probable each type is at its best word.
struct Trigger {
    tokens: Span<chancery_model::Token>,
    types: Vec<(EventType, f32)>,
}

impl Heads {
    /// Takes the tensors of these heads from a file.
    pub fn new(file: &File, role_width: usize, labels: &Labels) -> Result<Self, Error> {
        let (event, role) = (file.part("cues", "event_hidden")?, file.part("cues", "role_event")?);
        let facts = |name: &str| file.part("facts", name);
        let heads = Heads {
            hidden: file.linear("cues", HIDDEN)?,
            facts: file.linear("facts", event.1)?,
            status: facts("status")?,
            mode: facts("mode")?,
            flags: facts("flags")?,
            happened: facts("happened")?,
            roles: file.linear("role", role.1)?,
            role_bilinear: file.part("role", "bilinear")?,
            role_linear: file.part("role", "event")?,
            event,
            role,
        };
        let within = |parts: &[(usize, usize)], m: &Linear| parts.iter().all(|p| p.0 + p.1 <= m.outputs());
        let sound = within(&[event, role], &heads.hidden)
            && within(&[heads.status, heads.mode, heads.flags, heads.happened], &heads.facts)
            && within(&[heads.role_bilinear, heads.role_linear], &heads.roles)
            && (heads.status.1, heads.mode.1, heads.flags.1, heads.happened.1) == (4, labels.modes.len(), 2, 1)
            && (heads.role_bilinear.1, heads.role_linear.1) == (labels.roles.len() * role_width, labels.roles.len());
        if sound { Ok(heads) } else { Err(Error::format("the heads of events have the wrong sizes")) }
    }

    /// The cues of each sentence of a batch; spans count the words of their sentence.
    pub fn run(
        &self,
        file: &[u8],
        kernels: &Kernels,
        words: &Words,
        texts: &[&[&str]],
        labels: &Labels,
        q: &mut Quantised,
    ) -> Vec<Vec<Cue>> {
        let mut first = 0;
        let mut triggers = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            let rows: Vec<&[f32]> = (first..first + text.len()).map(|w| words.triggers.row(w)).collect();
            triggers.extend(find(&rows, labels).into_iter().map(|t| (i, first, t)));
            first += text.len();
        }
        let mut out = vec![Vec::new(); texts.len()];
        if triggers.is_empty() {
            return out;
        }
        let vectors: Vec<f32> = triggers.iter().flat_map(|(_, first, t)| mean(words.vectors, *first, t)).collect();
        let count = triggers.len();
        let mut hidden = vec![0.0; count * self.hidden.outputs()];
        kernels.linear(q.take(kernels, rows(&vectors, HIDDEN)), self.hidden.weights(file), Activation::ReluFrom(0), &mut hidden);
        let mut facts = vec![0.0; count * self.facts.outputs()];
        let input = q.take(kernels, part(&hidden, self.hidden.outputs(), self.event));
        kernels.linear(input, self.facts.weights(file), Activation::None, &mut facts);
        let mut roles = vec![0.0; count * self.roles.outputs()];
        let input = q.take(kernels, part(&hidden, self.hidden.outputs(), self.role));
        kernels.linear(input, self.roles.weights(file), Activation::None, &mut roles);
        for (k, (i, first, trigger)) in triggers.into_iter().enumerate() {
            let facts = &facts[k * self.facts.outputs()..][..self.facts.outputs()];
            let left = &roles[k * self.roles.outputs()..][..self.roles.outputs()];
            let players = self.players(kernels, words, left, first, texts[i], labels);
            out[i].extend(self.cue(trigger, facts, players, labels));
        }
        out
    }

    fn cue(&self, trigger: Trigger, facts: &[f32], roles: Vec<CueRole>, labels: &Labels) -> Option<Cue> {
        let of = |p: (usize, usize)| &facts[p.0..p.0 + p.1];
        let (&(event, score), others) = trigger.types.split_first()?;
        let mut status = [0.0; 4];
        status.copy_from_slice(&softmax(of(self.status)));
        Some(Cue {
            tokens: trigger.tokens,
            event,
            score,
            others: others.iter().copied().filter(|o| o.1 >= OTHER).collect(),
            status,
            historical: logistic(of(self.flags)[0]),
            ongoing: logistic(of(self.flags)[1]),
            happened: logistic(of(self.happened)[0]),
            modes: modes(event, of(self.mode), labels),
            roles,
        })
    }

    /// The phrases of a sentence that the head links to a trigger.
    fn players(
        &self,
        kernels: &Kernels,
        words: &Words,
        event: &[f32],
        first: usize,
        text: &[&str],
        labels: &Labels,
    ) -> Vec<CueRole> {
        let (n, cols) = (labels.roles.len(), words.role_words.cols);
        let left = Rows { data: event, start: self.role_bilinear.0, stride: cols, cols, count: n };
        let mut scores = vec![0.0; n];
        let chances: Vec<Vec<f32>> = (first..first + text.len())
            .map(|w| {
                kernels.dots(left, words.role_words.row(w), &mut scores);
                let (of_event, of_word) = (&event[self.role_linear.0..], words.roles.row(w));
                scores.iter_mut().enumerate().for_each(|(r, s)| *s += of_event[r] + of_word[r]);
                softmax(&scores)
            })
            .collect();
        phrases(&chances, text, &labels.roles)
    }
}

/// The mean of the vectors of a trigger's words.
fn mean(vectors: &[f32], first: usize, trigger: &Trigger) -> Vec<f32> {
    let mut sum = vec![0.0; HIDDEN];
    for w in trigger.tokens.range() {
        sum.iter_mut().zip(&vectors[(first + w) * HIDDEN..][..HIDDEN]).for_each(|(s, v)| *s += v);
    }
    let share = 1.0 / trigger.tokens.len().max(1) as f32;
    sum.iter_mut().for_each(|s| *s *= share);
    sum
}

/// Modes that the type may take, `None` among them, with their probabilities, best first.
fn modes(event: EventType, scores: &[f32], labels: &Labels) -> Vec<(Option<Mode>, f32)> {
    let open = |m: &Option<Mode>| m.is_none_or(|m| Mode::of(event).contains(&m));
    let (kept, scores): (Vec<_>, Vec<_>) =
        labels.modes.iter().zip(scores).filter(|(m, _)| open(m)).map(|(m, s)| (*m, *s)).unzip();
    let mut out: Vec<_> = kept.into_iter().zip(softmax(&scores)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

/// Triggers among the words of a sentence from their tag probabilities: runs of words of one type.
fn find(tags: &[&[f32]], labels: &Labels) -> Vec<Trigger> {
    let kinds = labels.events.len();
    let mass = |w: usize, k: usize| tags[w][2 * k + 1] + tags[w][2 * k + 2];
    let masses: Vec<Vec<f32>> = (0..tags.len()).map(|w| (0..kinds).map(|k| mass(w, k)).collect()).collect();
    let begins =
        |w: usize| (0..kinds).map(|k| tags[w][2 * k + 1]).sum::<f32>() > (0..kinds).map(|k| tags[w][2 * k + 2]).sum::<f32>();
    let mut runs: Vec<(Span<chancery_model::Token>, Vec<f32>)> = Vec::new();
    for (w, here) in masses.iter().enumerate() {
        let top = here[best(here)];
        if top < TRIGGER {
            continue;
        }
        match runs.last_mut() {
            Some((span, sums)) if span.end == w && !begins(w) && here[best(sums)] >= top * EDGE => {
                span.end = w + 1;
                sums.iter_mut().zip(here).for_each(|(s, m)| *s += m);
            }
            _ => runs.push((Span::new(w, w + 1), here.clone())),
        }
    }
    runs.into_iter().map(|(span, sums)| trigger(span, best(&sums), &masses, labels)).collect()
}

/// A run of words of one type, its weak edges cut off.
fn trigger(mut span: Span<chancery_model::Token>, kind: usize, masses: &[Vec<f32>], labels: &Labels) -> Trigger {
    let top = |k: usize, span: Span<chancery_model::Token>| {
        masses[span.range()].iter().map(|m| m[k]).fold(0.0, |a, b| if b > a { b } else { a })
    };
    let least = top(kind, span) * EDGE;
    while span.len() > 1 && masses[span.start][kind] < least {
        span.start += 1;
    }
    while span.len() > 1 && masses[span.end - 1][kind] < least {
        span.end -= 1;
    }
    let mut types: Vec<(EventType, f32)> = labels.events.iter().enumerate().map(|(k, &e)| (e, top(k, span))).collect();
    let first = types.remove(kind);
    types.sort_by(|a, b| b.1.total_cmp(&a.1));
    types.insert(0, first);
    Trigger { tokens: span, types }
}

/// Stretches of words whose best role is the same, small words between two of them included.
fn phrases(chances: &[Vec<f32>], text: &[&str], labels: &[Option<Role>]) -> Vec<CueRole> {
    let roles: Vec<usize> = chances.iter().map(|c| best(c)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < roles.len() {
        let Some(role) = labels[roles[at]] else {
            at += 1;
            continue;
        };
        let (start, mut end) = (at, at + 1);
        while end < roles.len() {
            let bridged = end + 1 < roles.len()
                && roles[end + 1] == roles[start]
                && labels[roles[end]].is_none()
                && BRIDGES.contains(&text[end]);
            if roles[end] != roles[start] && !bridged {
                break;
            }
            end += 1;
        }
        let own: Vec<f32> = (start..end).filter(|&w| roles[w] == roles[start]).map(|w| chances[w][roles[start]]).collect();
        out.push(CueRole { role, tokens: Span::new(start, end), score: own.iter().sum::<f32>() / own.len() as f32 });
        at = end;
    }
    out
}
