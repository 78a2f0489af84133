//! Word vectors and trigger tags → cues: possible events with type, mode, status and linked phrases.

use crate::Error;
use crate::encoder::{HIDDEN, Quantised, part, rows};
use crate::heads::Words;
use crate::kernels::{Activation, Kernels, Rows};
use crate::labels::Labels;
use crate::numbers::{logistic, softmax};
use crate::phrases;
use crate::triggers::{self, Trigger};
use crate::weights::{File, Linear};
use chancery_model::{Cue, CueRole, EventType, Mode, Upos};

/// Other types are told from this probability on.
const OTHER: f32 = 0.02;
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

/// The words of a sentence with their parts of speech.
#[derive(Clone, Copy)]
pub(crate) struct Tagged<'a> {
    pub words: &'a [&'a str],
    pub upos: &'a [Upos],
}

impl Tagged<'_> {
    /// Whether a word has a meaning of its own.
    pub fn is_content(&self, at: usize) -> bool {
        let empty = [Upos::Punct, Upos::Det, Upos::Aux, Upos::Part, Upos::Cconj, Upos::Sconj, Upos::Adp, Upos::Sym];
        self.upos.get(at).is_some_and(|u| !empty.contains(u))
    }
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
        sentences: &[Tagged],
        labels: &Labels,
        q: &mut Quantised,
    ) -> Vec<Vec<Cue>> {
        let mut first = 0;
        let mut triggers = Vec::new();
        for (i, sentence) in sentences.iter().enumerate() {
            let n = sentence.words.len();
            let rows: Vec<&[f32]> = (first..first + n).map(|w| words.triggers.row(w)).collect();
            triggers.extend(triggers::find(&rows, sentence, labels).into_iter().map(|t| (i, first, t)));
            first += n;
        }
        let mut out = vec![Vec::new(); sentences.len()];
        if triggers.is_empty() {
            return out;
        }
        let vectors: Vec<f32> = triggers.iter().flat_map(|(_, first, t)| mean(words.vectors, *first, t)).collect();
        let count = triggers.len();
        let (hidden, facts) = self.facts(file, kernels, &vectors, q);
        let mut roles = vec![0.0; count * self.roles.outputs()];
        let input = q.take(kernels, part(&hidden, self.hidden.outputs(), self.role));
        kernels.linear(input, self.roles.weights(file), Activation::None, &mut roles);
        for (k, (i, first, trigger)) in triggers.into_iter().enumerate() {
            let facts = &facts[k * self.facts.outputs()..][..self.facts.outputs()];
            let left = &roles[k * self.roles.outputs()..][..self.roles.outputs()];
            let players = self.players(kernels, words, left, first, &sentences[i], labels);
            out[i].extend(self.cue(trigger, facts, players, labels));
        }
        out
    }

    /// Hidden vectors of triggers and the scores of their facts, a row each.
    fn facts(&self, file: &[u8], kernels: &Kernels, vectors: &[f32], q: &mut Quantised) -> (Vec<f32>, Vec<f32>) {
        let count = vectors.len() / HIDDEN;
        let mut hidden = vec![0.0; count * self.hidden.outputs()];
        kernels.linear(q.take(kernels, rows(vectors, HIDDEN)), self.hidden.weights(file), Activation::ReluFrom(0), &mut hidden);
        let mut facts = vec![0.0; count * self.facts.outputs()];
        let input = q.take(kernels, part(&hidden, self.hidden.outputs(), self.event));
        kernels.linear(input, self.facts.weights(file), Activation::None, &mut facts);
        (hidden, facts)
    }

    /// The probability of having happened, for triggers of these vectors.
    pub fn happened(&self, file: &[u8], kernels: &Kernels, vectors: &[f32], q: &mut Quantised) -> Vec<f32> {
        if vectors.is_empty() {
            return Vec::new();
        }
        let (_, facts) = self.facts(file, kernels, vectors, q);
        facts.chunks_exact(self.facts.outputs()).map(|row| logistic(row[self.happened.0])).collect()
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
        sentence: &Tagged,
        labels: &Labels,
    ) -> Vec<CueRole> {
        let (n, cols) = (labels.roles.len(), words.role_words.cols);
        let left = Rows { data: event, start: self.role_bilinear.0, stride: cols, cols, count: n };
        let mut scores = vec![0.0; n];
        let chances: Vec<Vec<f32>> = (first..first + sentence.words.len())
            .map(|w| {
                kernels.dots(left, words.role_words.row(w), &mut scores);
                let (of_event, of_word) = (&event[self.role_linear.0..], words.roles.row(w));
                scores.iter_mut().enumerate().for_each(|(r, s)| *s += of_event[r] + of_word[r]);
                softmax(&scores)
            })
            .collect();
        phrases::phrases(&chances, sentence, &labels.roles)
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
