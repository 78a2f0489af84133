//! Word vectors → scores of every head, and from them tags, trees and names, sentence by sentence.

use crate::encoder::{HIDDEN, Quantised, part, rows};
use crate::kernels::{Activation, Kernels, Rows, WIDTH};
use crate::weights::{File, Linear};
use crate::{Analysis, Error, cues, labels::Labels, names, numbers, tree};

/// Words for which label scores are computed at a time: their intermediate results stay in the cache.
const LABELLED: usize = 32;

/// How far below a word's best arc another one may score to have its label looked at, and how many are looked at; what the logarithm of
/// the label's probability weighs beside the score of the arc. Measured on EWT train: most of what a wider search finds is found here.
const MARGIN: f32 = 3.0;
const CANDIDATES: usize = 3;
const LABEL_WEIGHT: f32 = 1.0;

/// Where a part of a joined matrix begins and how many outputs it has.
type Part = (usize, usize);

/// All heads.
pub(crate) struct Heads {
    words: Linear,
    upos: Part,
    xpos: Part,
    name_hidden: Part,
    arc_dep: Part,
    arc_head: Part,
    rel_dep: Part,
    rel_head: Part,
    trigger_hidden: Part,
    role_word: Part,
    names: Linear,
    arc: Linear,
    rel: Linear,
    rel_bilinear: Part,
    rel_linear: Part,
    rel_heads: Linear,
    root_arc: Vec<f32>,
    root_rel: Vec<f32>,
    root_rel_linear: Vec<f32>,
    triggers: Linear,
    roles: Linear,
    cues: cues::Heads,
    labels: Labels,
}

/// Buffers that are used again from batch to batch.
#[derive(Default)]
pub(crate) struct Scratch {
    hidden: Vec<f32>,
    names: Vec<f32>,
    arcs: Vec<f32>,
    triggers: Vec<f32>,
    rel_heads: Vec<f32>,
    roles: Vec<f32>,
    turned: Vec<f32>,
    scores: Vec<f32>,
    labels: Vec<f32>,
}

/// What the heads of single words give for a batch: a row per word in each.
pub(crate) struct Words<'a> {
    /// The words' vectors.
    pub vectors: &'a [f32],
    /// Hidden vectors of words as players of roles, within wider rows.
    pub role_words: Rows<'a>,
    /// Probabilities of trigger tags.
    pub triggers: Rows<'a>,
    /// The words' own part of the scores of roles.
    pub roles: Rows<'a>,
}

impl Heads {
    /// Takes the tensors of the heads from a file.
    pub fn new(file: &File) -> Result<Self, Error> {
        let words = file.linear("words", HIDDEN)?;
        let of_words = |name: &str| file.part("words", name);
        let (name_hidden, arc_dep, arc_head) = (of_words("name_hidden")?, of_words("arc_dep")?, of_words("arc_head")?);
        let (rel_dep, rel_head, trigger_hidden, role_word) =
            (of_words("rel_dep")?, of_words("rel_head")?, of_words("trigger_hidden")?, of_words("role_word")?);
        let labels = Labels::new(file)?;
        let heads = Heads {
            words,
            upos: of_words("upos")?,
            xpos: of_words("xpos")?,
            names: file.linear("names", name_hidden.1)?,
            arc: file.linear("arc", arc_dep.1)?,
            rel: file.linear("rel", rel_dep.1)?,
            rel_bilinear: file.part("rel", "bilinear")?,
            rel_linear: file.part("rel", "dep")?,
            rel_heads: file.linear("rel_head", rel_head.1)?,
            root_arc: file.floats("root.arc")?,
            root_rel: file.floats("root.rel")?,
            root_rel_linear: file.floats("root.rel_linear")?,
            triggers: file.linear("triggers", trigger_hidden.1)?,
            roles: file.linear("role_word", role_word.1)?,
            cues: cues::Heads::new(file, role_word.1, &labels)?,
            name_hidden,
            arc_dep,
            arc_head,
            rel_dep,
            rel_head,
            trigger_hidden,
            role_word,
            labels,
        };
        if heads.sound() { Ok(heads) } else { Err(Error::format("the heads have the wrong sizes")) }
    }

    fn sound(&self) -> bool {
        let l = &self.labels;
        let parts = [
            (self.upos, l.upos.len()),
            (self.xpos, l.xpos.len()),
            (self.arc_head, self.arc.outputs()),
            (self.rel_linear, l.rel.len()),
            (self.rel_bilinear, l.rel.len() * self.rel_head.1),
        ];
        let starts = [
            self.upos,
            self.xpos,
            self.name_hidden,
            self.arc_dep,
            self.arc_head,
            self.rel_dep,
            self.rel_head,
            self.trigger_hidden,
            self.role_word,
        ];
        parts.iter().all(|(part, n)| part.1 == *n)
            && starts.iter().all(|p| p.0 + p.1 <= self.words.outputs() && p.0 % WIDTH == 0)
            && self.upos.0.max(self.xpos.0) < self.name_hidden.0
            && self.rel_linear.0 + self.rel_linear.1 <= self.rel.outputs()
            && self.names.outputs() >= names::TAGS
            && self.triggers.outputs() >= l.triggers()
            && (self.root_arc.len(), self.root_rel.len(), self.root_rel_linear.len())
                == (self.arc_head.1, self.rel_head.1, l.rel.len())
    }

    /// Analyses sentences of `lengths` words whose vectors follow each other in `vectors`. `texts` are the words.
    pub fn run(
        &self,
        file: &[u8],
        kernels: &Kernels,
        vectors: &[f32],
        texts: &[&[&str]],
        scratch: &mut Scratch,
        q: &mut Quantised,
    ) -> Vec<Analysis> {
        let n = vectors.len() / HIDDEN;
        let stride = self.words.outputs();
        let s = scratch;
        s.hidden.resize(n * stride, 0.0);
        kernels.linear(
            q.take(kernels, rows(vectors, HIDDEN)),
            self.words.weights(file),
            Activation::ReluFrom(self.name_hidden.0),
            &mut s.hidden,
        );
        let mut second = |from: Part, matrix: &Linear, out: &mut Vec<f32>| {
            out.resize(n * matrix.outputs(), 0.0);
            kernels.linear(q.take(kernels, part(&s.hidden, stride, from)), matrix.weights(file), Activation::None, out);
        };
        second(self.name_hidden, &self.names, &mut s.names);
        second(self.arc_dep, &self.arc, &mut s.arcs);
        second(self.trigger_hidden, &self.triggers, &mut s.triggers);
        second(self.rel_head, &self.rel_heads, &mut s.rel_heads);
        second(self.role_word, &self.roles, &mut s.roles);
        for row in s.triggers.chunks_exact_mut(self.triggers.outputs()) {
            kernels.softmax(row, self.labels.triggers());
        }
        let mut out = Vec::with_capacity(texts.len());
        let mut first = 0;
        for text in texts {
            let (tree, rel) = self.tree(file, kernels, first, text.len(), s, q);
            out.push(self.tags(first, text.len(), tree, rel, s));
            first += text.len();
        }
        let words = Words {
            vectors,
            role_words: part(&s.hidden, stride, self.role_word),
            triggers: part(&s.triggers, self.triggers.outputs(), (0, self.labels.triggers())),
            roles: part(&s.roles, self.roles.outputs(), (0, self.labels.roles.len())),
        };
        let tagged: Vec<cues::Tagged> = texts.iter().zip(&out).map(|(words, a)| cues::Tagged { words, upos: &a.upos }).collect();
        let cues = self.cues.run(file, kernels, &words, &tagged, &self.labels, q);
        for (analysis, cues) in out.iter_mut().zip(cues) {
            analysis.cues = cues;
        }
        out
    }

    /// How probable it is that the events at words of these vectors happened.
    pub fn happened(&self, file: &[u8], kernels: &Kernels, vectors: &[f32], q: &mut Quantised) -> Vec<f32> {
        self.cues.happened(file, kernels, vectors, q)
    }

    /// The heads of `n` words from `first` on, 0 for the root, and the labels of their arcs: the tree whose arcs and labels together score
    /// best among each word's likely arcs.
    fn tree(
        &self,
        file: &[u8],
        kernels: &Kernels,
        first: usize,
        n: usize,
        s: &mut Scratch,
        q: &mut Quantised,
    ) -> (Vec<usize>, Vec<chancery_model::Rel>) {
        let (cols, wide) = (self.arc.outputs(), (n + 1).next_multiple_of(WIDTH));
        s.turned.clear();
        s.turned.resize(cols * wide, 0.0);
        for (k, &x) in self.root_arc.iter().enumerate() {
            s.turned[k * wide] = x;
        }
        for i in 0..n {
            for (k, &x) in part(&s.hidden, self.words.outputs(), self.arc_head).row(first + i).iter().enumerate() {
                s.turned[k * wide + i + 1] = x;
            }
        }
        s.scores.resize(n * wide, 0.0);
        let dependents = Rows { data: &s.arcs, start: first * cols, stride: cols, cols, count: n };
        let candidates = Rows { data: &s.turned, start: 0, stride: wide, cols: wide, count: cols };
        kernels.product(dependents, candidates, &mut s.scores, 0, wide);
        let likely: Vec<Vec<usize>> = (0..n).map(|word| likely(&s.scores[word * wide..=word * wide + n], word + 1)).collect();
        let labelled = self.labelled(file, kernels, (first, 0), &likely, s, q);
        for ((word, heads), labels) in likely.iter().enumerate().zip(&labelled) {
            let row = &mut s.scores[word * wide..=word * wide + n];
            let least = labels.iter().fold(0.0, |least: f32, (_, ln)| if *ln < least { *ln } else { least });
            for (head, score) in row.iter_mut().enumerate() {
                let known = heads.iter().position(|h| *h == head);
                *score += LABEL_WEIGHT * known.map_or(least, |i| labels[i].1);
            }
        }
        let heads = tree::heads(n, |word, head| s.scores[word * wide + head]);
        let rel = heads.iter().enumerate().map(|(word, &head)| match likely[word].iter().position(|&h| h == head) {
            Some(i) => labelled[word][i].0,
            None => self.labelled(file, kernels, (first, word), &[vec![head]], s, q)[0][0].0,
        });
        let rel = rel.collect();
        (heads, rel)
    }

    /// Tags and names of `n` words from `first` on.
    fn tags(&self, first: usize, n: usize, tree: Vec<usize>, rel: Vec<chancery_model::Rel>, s: &Scratch) -> Analysis {
        let hidden = |p: Part, i: usize| part(&s.hidden, self.words.outputs(), p).row(first + i);
        let names = part(&s.names, self.names.outputs(), (0, names::TAGS));
        Analysis {
            upos: (0..n).map(|i| self.labels.upos[best(hidden(self.upos, i))]).collect(),
            xpos: (0..n).map(|i| self.labels.xpos[best(hidden(self.xpos, i))]).collect(),
            head: tree.into_iter().map(|h| h.checked_sub(1)).collect(),
            rel,
            names: names::decode(&(0..n).map(|i| names.row(first + i)).collect::<Vec<_>>(), &self.labels.names),
            cues: Vec::new(),
        }
    }

    /// The labels of arcs of the sentence whose words begin at `first`: for its words from `word` on, one after the other, the best label to
    /// each of the given heads (0 the root, else 1 + a word) and the logarithm of its probability, which is 0 where there is no choice.
    fn labelled(
        &self,
        file: &[u8],
        kernels: &Kernels,
        (first, word): (usize, usize),
        heads: &[Vec<usize>],
        s: &mut Scratch,
        q: &mut Quantised,
    ) -> Vec<Vec<(chancery_model::Rel, f32)>> {
        let (labels, stride, cols) = (&self.labels.rel, self.rel.outputs(), self.rel_head.1);
        let candidates = part(&s.hidden, self.words.outputs(), self.rel_head);
        let mut scores = vec![0.0; labels.len()];
        let mut out = Vec::with_capacity(heads.len());
        for (chunk, heads) in heads.chunks(LABELLED).enumerate() {
            let mut dependents = part(&s.hidden, self.words.outputs(), self.rel_dep);
            dependents.start += (first + word + chunk * LABELLED) * dependents.stride;
            dependents.count = heads.len();
            s.labels.resize(heads.len() * stride, 0.0);
            kernels.linear(q.take(kernels, dependents), self.rel.weights(file), Activation::None, &mut s.labels);
            for (row, heads) in s.labels.chunks_exact(stride).zip(heads) {
                let left = Rows { data: row, start: self.rel_bilinear.0, stride: cols, cols, count: labels.len() };
                let label = |&head: &usize| {
                    let Some(head) = head.checked_sub(1) else { return (chancery_model::Rel::Root, 0.0) };
                    kernels.dots(left, candidates.row(first + head), &mut scores);
                    let of_head = &s.rel_heads[(first + head) * self.rel_heads.outputs()..];
                    for (r, score) in scores.iter_mut().enumerate() {
                        *score += row[self.rel_linear.0 + r] + of_head[r];
                        if labels[r] == chancery_model::Rel::Root {
                            *score = f32::MIN;
                        }
                    }
                    let best = best(&scores);
                    (labels[best], if heads.len() > 1 { numbers::ln(numbers::softmax(&scores)[best]) } else { 0.0 })
                };
                out.push(heads.iter().map(label).collect());
            }
        }
        out
    }
}

/// The likely heads of a word among the scores of all (it is itself number `own` there), best first.
fn likely(scores: &[f32], own: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::with_capacity(CANDIDATES + 1);
    for (head, score) in scores.iter().enumerate().filter(|(head, _)| *head != own) {
        let at = found.partition_point(|&other| scores[other] >= *score);
        if at < CANDIDATES {
            found.insert(at, head);
            found.truncate(CANDIDATES);
        }
    }
    let least = found.first().map_or(0.0, |&best| scores[best] - MARGIN);
    found.retain(|&head| scores[head] >= least);
    found
}

/// The index of the greatest number, the first of equals.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut found = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[found] {
            found = i;
        }
    }
    found
}
