//! A head for names, trained on frozen word vectors: what the encoder knows of names apart from the shipped head.
//!
//! One hidden layer over the vectors of a word and its neighbours, the shipped head's names, tags and the look of the word; softmax over
//! begin/continue tags, decoded to the best sequence in which a name begins before it goes on. Training takes the examples in a fixed order and
//! sums in a fixed order: the figures are the same on every run.

use chancery_model::{NameKind, Rel, Upos};
use chancery_text::Model;

/// Hidden units.
const HIDDEN: usize = 96;
/// Rounds over the training words.
const ROUNDS: usize = 10;
/// Words between two steps.
const BATCH: usize = 32;
/// Step length at the beginning; it falls to a tenth by the end.
const STEP: f32 = 2e-3;
/// Share of inputs and of hidden units that are silenced in training.
const DROPPED: f32 = 0.3;
/// How much the neighbours' vectors weigh beside the word's own.
const NEAR: f32 = 0.15;
/// Pull of the weights towards nothing: there are more of them than words to learn from.
const PULL: f32 = 1e-3;
/// Heads that are trained from different beginnings and asked together.
const HEADS: u64 = 3;
/// None, then begin and continue per kind.
const TAGS: usize = 1 + 2 * NameKind::ALL.len();

/// The features of a sentence's words, a row each: dense vectors, then what is said by ones at some places.
pub struct Features {
    dense: Vec<Vec<f32>>,
    sparse: Vec<Vec<usize>>,
}

/// Ones per word: the shipped head's tag, part of speech, relation and looks.
const OF_WORD: usize = TAGS + Upos::ALL.len() + Rel::ALL.len() + LOOKS;
const LOOKS: usize = 7;

/// The features of a sentence.
pub fn features(words: &[&str]) -> Features {
    let dense = Model::builtin().vectors(words);
    let analysis = Model::builtin().analyse(&[words.to_vec()]).pop().unwrap_or_default();
    let mut tags = vec![0; words.len()];
    for name in &analysis.names {
        mark(&mut tags, name.tokens.start, name.tokens.end, name.kind);
    }
    let place = |found: Option<usize>| found.unwrap_or(0);
    let ones = (0..words.len()).map(|i| {
        let upos = place(Upos::ALL.iter().position(|u| *u == analysis.upos[i]));
        let rel = place(Rel::ALL.iter().position(|r| *r == analysis.rel[i]));
        let mut out = vec![tags[i], TAGS + upos, TAGS + Upos::ALL.len() + rel];
        out.extend(looks(words[i], i).into_iter().map(|l| OF_WORD - LOOKS + l));
        out
    });
    Features { dense, sparse: ones.collect() }
}

/// What a word looks like.
fn looks(word: &str, at: usize) -> Vec<usize> {
    let any = |f: fn(char) -> bool| word.chars().any(f);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let tests = [
        capital,
        any(char::is_alphabetic) && !any(char::is_lowercase),
        any(|c| c.is_ascii_digit()),
        !any(char::is_alphanumeric),
        at == 0,
        word.chars().skip(1).any(char::is_uppercase),
        any(char::is_lowercase) && !capital,
    ];
    (0..LOOKS).filter(|&l| tests[l]).collect()
}

/// Sets the tags of a name; one that another holds already is left alone.
pub fn mark(tags: &mut [usize], start: usize, end: usize, kind: NameKind) {
    let Some(k) = NameKind::ALL.iter().position(|n| *n == kind) else { return };
    if start < end && end <= tags.len() && tags[start..end].iter().all(|t| *t == 0) {
        tags[start] = 1 + 2 * k;
        tags[start + 1..end].fill(2 + 2 * k);
    }
}

/// Heads trained alike from different beginnings.
pub struct Heads(Vec<Head>);

impl Heads {
    /// Trains on sentences with their tags; the same sentences give the same heads.
    pub fn train(sentences: &[(&Features, Vec<usize>)]) -> Heads {
        Heads((0..HEADS).map(|n| Head::train(sentences, n)).collect())
    }

    /// The names of a sentence: first word, word after the last, kind.
    pub fn names(&self, features: &Features) -> Vec<(usize, usize, NameKind)> {
        let mut rows = vec![vec![0.0; TAGS]; features.dense.len()];
        for head in &self.0 {
            for (w, row) in rows.iter_mut().enumerate() {
                let scores = head.scores(&head.hidden(&head.input(features, w)));
                row.iter_mut().zip(&scores).for_each(|(r, s)| *r += s);
            }
        }
        spans(&best(&rows))
    }
}

/// One trained head.
struct Head {
    mean: Vec<f32>,
    scale: Vec<f32>,
    /// A row of hidden weights per input.
    first: Vec<f32>,
    first_bias: Vec<f32>,
    /// A row of tag weights per hidden unit.
    second: Vec<f32>,
    second_bias: Vec<f32>,
}

/// One word as the head sees it.
struct Input {
    dense: Vec<f32>,
    ones: Vec<usize>,
}

impl Head {
    fn train(sentences: &[(&Features, Vec<usize>)], beginning: u64) -> Head {
        let width = sentences.iter().flat_map(|s| s.0.dense.first()).map(Vec::len).next().unwrap_or(0);
        let mut random = Random(7 + beginning);
        let mut head = Head::new(width, sentences, &mut random);
        let examples: Vec<(usize, usize)> =
            sentences.iter().enumerate().flat_map(|(s, f)| (0..f.1.len()).map(move |w| (s, w))).collect();
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let sizes = [head.first.len(), HIDDEN, head.second.len(), TAGS];
        let (mut sums, mut steps) = (sizes.map(|n| vec![0.0f32; n]), sizes.map(Adam::new));
        let total = ROUNDS * examples.len().div_ceil(BATCH);
        let mut done = 0;
        for _ in 0..ROUNDS {
            for i in (1..order.len()).rev() {
                order.swap(i, random.below(i + 1));
            }
            for batch in order.chunks(BATCH) {
                sums.iter_mut().for_each(|s| s.fill(0.0));
                for &e in batch {
                    let (s, w) = examples[e];
                    let mut input = head.input(sentences[s].0, w);
                    input.dense.iter_mut().for_each(|x| *x = random.kept(*x));
                    head.backward(&input, sentences[s].1[w], &mut sums, &mut random);
                }
                let step = STEP * (1.0 - 0.9 * done as f32 / total as f32);
                done += 1;
                let weights = [&mut head.first, &mut head.first_bias, &mut head.second, &mut head.second_bias];
                for ((weights, adam), sums) in weights.into_iter().zip(&mut steps).zip(&sums) {
                    adam.step(weights, sums, 1.0 / batch.len() as f32, step, done);
                }
            }
        }
        head
    }

    fn new(width: usize, sentences: &[(&Features, Vec<usize>)], random: &mut Random) -> Head {
        let (mut mean, mut square, mut n) = (vec![0.0f64; width], vec![0.0f64; width], 0.0f64);
        for v in sentences.iter().flat_map(|s| &s.0.dense) {
            n += 1.0;
            for (k, x) in v.iter().enumerate() {
                mean[k] += f64::from(*x);
                square[k] += f64::from(*x) * f64::from(*x);
            }
        }
        let n = n.max(1.0);
        let spread = |k: usize| (square[k] / n - (mean[k] / n) * (mean[k] / n)).max(1e-6).sqrt();
        let inputs = 3 * width + 3 * OF_WORD;
        let mut start =
            |n: usize, from: usize| (0..n).map(|_| (random.unit() * 2.0 - 1.0) * (3.0 / from as f32).sqrt()).collect();
        Head {
            scale: (0..width).map(|k| (1.0 / spread(k)) as f32).collect(),
            mean: mean.iter().map(|m| (m / n) as f32).collect(),
            first: start(inputs * HIDDEN, inputs),
            first_bias: vec![0.0; HIDDEN],
            second: start(HIDDEN * TAGS, HIDDEN),
            second_bias: vec![0.0; TAGS],
        }
    }

    /// A word with its neighbours.
    fn input(&self, features: &Features, at: usize) -> Input {
        let width = self.mean.len();
        let (mut dense, mut ones) = (Vec::with_capacity(3 * width), Vec::new());
        for (k, near) in [Some(at), at.checked_sub(1), Some(at + 1)].into_iter().enumerate() {
            match near.and_then(|i| features.dense.get(i).zip(features.sparse.get(i))) {
                Some((vector, said)) => {
                    let weight = if k == 0 { 1.0 } else { NEAR };
                    dense.extend(vector.iter().zip(&self.mean).zip(&self.scale).map(|((x, m), s)| (x - m) * s * weight));
                    ones.extend(said.iter().map(|o| 3 * width + k * OF_WORD + o));
                }
                None => dense.resize((k + 1) * width, 0.0),
            }
        }
        Input { dense, ones }
    }

    fn hidden(&self, input: &Input) -> Vec<f32> {
        let mut out = self.first_bias.clone();
        for (i, x) in input.dense.iter().enumerate() {
            out.iter_mut().zip(&self.first[i * HIDDEN..][..HIDDEN]).for_each(|(h, w)| *h += x * w);
        }
        for i in &input.ones {
            out.iter_mut().zip(&self.first[i * HIDDEN..][..HIDDEN]).for_each(|(h, w)| *h += w);
        }
        out.iter_mut().for_each(|h| *h = h.max(0.0));
        out
    }

    /// Logarithms of the tags' probabilities.
    fn scores(&self, hidden: &[f32]) -> Vec<f32> {
        let mut out = self.second_bias.clone();
        for (j, h) in hidden.iter().enumerate() {
            out.iter_mut().zip(&self.second[j * TAGS..][..TAGS]).for_each(|(o, w)| *o += h * w);
        }
        let top = out.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = out.iter().map(|o| (o - top).exp()).sum();
        out.iter_mut().for_each(|o| *o -= top + sum.ln());
        out
    }

    /// Adds what one example says about the weights.
    fn backward(&self, input: &Input, tag: usize, sums: &mut [Vec<f32>; 4], random: &mut Random) {
        let mut hidden = self.hidden(input);
        hidden.iter_mut().for_each(|h| *h = random.kept(*h));
        let mut wrong: Vec<f32> = self.scores(&hidden).iter().map(|s| s.exp()).collect();
        wrong[tag] -= 1.0;
        let mut back = vec![0.0; HIDDEN];
        for (j, h) in hidden.iter().enumerate().filter(|(_, h)| **h > 0.0) {
            let weights = &self.second[j * TAGS..][..TAGS];
            back[j] = weights.iter().zip(&wrong).map(|(w, e)| w * e).sum::<f32>() / (1.0 - DROPPED);
            sums[2][j * TAGS..][..TAGS].iter_mut().zip(&wrong).for_each(|(s, e)| *s += h * e);
        }
        sums[3].iter_mut().zip(&wrong).for_each(|(s, e)| *s += e);
        sums[1].iter_mut().zip(&back).for_each(|(s, b)| *s += b);
        for (i, x) in input.dense.iter().enumerate() {
            sums[0][i * HIDDEN..][..HIDDEN].iter_mut().zip(&back).for_each(|(s, b)| *s += x * b);
        }
        for i in &input.ones {
            sums[0][i * HIDDEN..][..HIDDEN].iter_mut().zip(&back).for_each(|(s, b)| *s += b);
        }
    }
}

/// The best sequence of tags in which a name begins before it goes on.
fn best(rows: &[Vec<f32>]) -> Vec<usize> {
    let follows = |a: usize, b: usize| b == 0 || b % 2 == 1 || a == b || a + 1 == b;
    let (mut sums, mut from) = ([0.0f32; TAGS], Vec::new());
    for (i, row) in rows.iter().enumerate() {
        let (mut next, mut origin) = ([f32::MIN; TAGS], [0; TAGS]);
        for b in 0..TAGS {
            for a in (0..if i == 0 { 1 } else { TAGS }).filter(|&a| follows(a, b)) {
                if sums[a] + row[b] > next[b] {
                    (next[b], origin[b]) = (sums[a] + row[b], a);
                }
            }
        }
        sums = next;
        from.push(origin);
    }
    let mut tag = (0..TAGS).fold(0, |top, t| if sums[t] > sums[top] { t } else { top });
    let mut tags = vec![0; rows.len()];
    for i in (0..rows.len()).rev() {
        tags[i] = tag;
        tag = from[i][tag];
    }
    tags
}

/// The stretches that tags mark.
fn spans(tags: &[usize]) -> Vec<(usize, usize, NameKind)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tags.len() {
        let start = at;
        at += 1;
        if let Some(kind) = tags[start].checked_sub(1).and_then(|t| NameKind::ALL.get(t / 2)) {
            while at < tags.len() && tags[at] != 0 && tags[at].is_multiple_of(2) {
                at += 1;
            }
            out.push((start, at, *kind));
        }
    }
    out
}

/// Steps by Adam (Kingma and Ba, arXiv 1412.6980).
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Adam {
    fn new(n: usize) -> Adam {
        Adam { mean: vec![0.0; n], square: vec![0.0; n] }
    }

    fn step(&mut self, weights: &mut [f32], sums: &[f32], share: f32, step: f32, count: usize) {
        const KEEP: (f32, f32) = (0.9, 0.99);
        let (a, b) = (1.0 - KEEP.0.powi(count as i32), 1.0 - KEEP.1.powi(count as i32));
        for (((w, g), m), s) in weights.iter_mut().zip(sums).zip(&mut self.mean).zip(&mut self.square) {
            let g = g * share + PULL * *w;
            *m = KEEP.0 * *m + (1.0 - KEEP.0) * g;
            *s = KEEP.1 * *s + (1.0 - KEEP.1) * g * g;
            *w -= step * (*m / a) / ((*s / b).sqrt() + 1e-8);
        }
    }
}

/// A plain generator of numbers, so that every run draws the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n
    }
    /// A number as training sees it: silenced, or grown by as much as others are silenced.
    fn kept(&mut self, x: f32) -> f32 {
        if self.unit() < DROPPED { 0.0 } else { x / (1.0 - DROPPED) }
    }
    fn unit(&mut self) -> f32 {
        self.next() as f32 / (1u64 << 31) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(values: &[f32]) -> Features {
        Features { dense: values.iter().map(|v| vec![*v, 1.0 - v]).collect(), sparse: vec![vec![0]; values.len()] }
    }

    #[test]
    fn a_head_learns_what_vectors_tell_and_twice_the_same() {
        let sentences: Vec<Features> = (0..60).map(|n| sentence(&[f32::from(n % 2 == 0), 0.0, f32::from(n % 3 == 0)])).collect();
        let tags = |f: &Features| f.dense.iter().map(|v| usize::from(v[0] > 0.5)).collect::<Vec<_>>();
        let examples: Vec<(&Features, Vec<usize>)> = sentences.iter().map(|f| (f, tags(f))).collect();
        let (a, b) = (Heads::train(&examples), Heads::train(&examples));
        assert!(a.0.iter().zip(&b.0).all(|(a, b)| a.first == b.first));
        assert_eq!(a.names(&sentence(&[1.0, 0.0, 1.0])), [(0, 1, NameKind::ALL[0]), (2, 3, NameKind::ALL[0])]);
        assert!(a.names(&sentence(&[0.0, 0.0, 0.0])).is_empty());
    }

    #[test]
    fn tags_become_spans() {
        assert_eq!(spans(&[0, 1, 2, 3, 0]), [(1, 3, NameKind::ALL[0]), (3, 4, NameKind::ALL[1])]);
    }
}
