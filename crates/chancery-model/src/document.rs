use crate::{Byte, EventType, Mode, NameKind, Rel, Role, Span, Status, Token, Upos};
use serde::Serialize;

/// One syntactic word by Universal Dependencies ("don't" is two).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// Where it stands in the article.
    pub span: Span<Byte>,
    /// As written.
    pub text: String,
    /// Dictionary form, lower case except for names.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: &'static str,
    /// Token index (of the document) of the syntactic head; `None` for the root of a sentence.
    pub head: Option<usize>,
    /// Relation to the head.
    pub rel: Rel,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// Its words.
    pub tokens: Span<Token>,
    /// First to last character.
    pub span: Span<Byte>,
    /// Number of its paragraph (line of text), from 0.
    pub paragraph: usize,
    /// Whether it is the article's headline, or a heading without a full stop on a line of its own.
    pub heading: bool,
}

/// A name that the model marked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Name {
    /// Its words.
    pub tokens: Span<Token>,
    /// What it names.
    pub kind: NameKind,
    /// Mean probability of its tags, 0..=1.
    pub score: f32,
}

/// A stretch between quotation marks, the marks included; it may run over several sentences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quotation {
    /// First to last word, marks included.
    pub tokens: Span<Token>,
}

/// A phrase that the model links to a cue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CueRole {
    /// The role.
    pub role: Role,
    /// Its words.
    pub tokens: Span<Token>,
    /// Mean probability over its words, 0..=1.
    pub score: f32,
}

/// What the model's event heads see at some words of a sentence: a possible event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cue {
    /// The trigger words.
    pub tokens: Span<Token>,
    /// The best type.
    pub event: EventType,
    /// Probability of the best type, 0..=1, at the trigger's best word.
    pub score: f32,
    /// The next best types with their probabilities, best first.
    pub others: Vec<(EventType, f32)>,
    /// Probabilities of actual, future, hypothetical, negated.
    pub status: [f32; 4],
    /// Probability that it is background from long before.
    pub historical: f32,
    /// Probability that it is a continuing practice.
    pub ongoing: f32,
    /// Probability that the predicate happened at all (UDS It-Happened).
    pub happened: f32,
    /// Modes with their probabilities, best first; `None` is no mode.
    pub modes: Vec<(Option<Mode>, f32)>,
    /// Linked phrases, in order of their words.
    pub roles: Vec<CueRole>,
}

impl Cue {
    /// The most probable status.
    pub fn best_status(&self) -> Status {
        let mut best = 0;
        for i in 1..4 {
            if self.status[i] > self.status[best] {
                best = i;
            }
        }
        Status::ALL[best]
    }
}

/// An article as sentences, words, trees, names, quotations and event cues.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Document {
    /// In the order of the text; struck stretches hold none.
    pub sentences: Vec<Sentence>,
    /// All words in order.
    pub words: Vec<Word>,
    /// In order, without overlap.
    pub names: Vec<Name>,
    /// In order, without overlap.
    pub quotations: Vec<Quotation>,
    /// In order of their first word.
    pub cues: Vec<Cue>,
}

impl Document {
    /// The sentence that holds token `at`, by binary search.
    pub fn sentence_of(&self, at: usize) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.tokens.end <= at);
        (i < self.sentences.len() && self.sentences[i].tokens.contains(at)).then_some(i)
    }
    /// From the first character of the first word to the last of the last; empty for an empty span.
    pub fn bytes(&self, tokens: Span<Token>) -> Span<Byte> {
        match (self.words.get(tokens.start), tokens.end.checked_sub(1).and_then(|i| self.words.get(i))) {
            (Some(a), Some(b)) if !tokens.is_empty() => Span::new(a.span.start, b.span.end),
            _ => Span::new(0, 0),
        }
    }
    /// The words that overlap a stretch of the article.
    pub fn tokens(&self, bytes: Span<Byte>) -> Span<Token> {
        let start = self.words.partition_point(|w| w.span.end <= bytes.start);
        let end = self.words.partition_point(|w| w.span.start < bytes.end);
        Span::new(start, end)
    }
    /// Direct dependents of a token, in order, within its sentence.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.sentence_of(at).map_or(0..0, |s| self.sentences[s].tokens.range());
        range.filter(move |&i| self.words[i].head == Some(at))
    }
    /// The first child with one of the given relations.
    pub fn child(&self, at: usize, rels: &[Rel]) -> Option<usize> {
        self.children(at).find(|&i| rels.contains(&self.words[i].rel))
    }
    /// The token of a span whose head lies outside it (the highest one; ties by position).
    pub fn head_of(&self, tokens: Span<Token>) -> usize {
        tokens
            .range()
            .filter(|&i| i < self.words.len())
            .find(|&i| self.words[i].rel != Rel::Punct && self.words[i].head.is_none_or(|h| !tokens.contains(h)))
            .unwrap_or(tokens.start)
    }
    /// The first and last token below `at` (itself included) in the tree.
    pub fn subtree(&self, at: usize) -> Span<Token> {
        let Some(s) = self.sentence_of(at) else { return Span::new(at, at + 1) };
        let range = self.sentences[s].tokens;
        let (mut lo, mut hi) = (at, at);
        for i in range.range() {
            let mut up = Some(i);
            let mut steps = 0;
            while let Some(u) = up {
                if u == at {
                    lo = lo.min(i);
                    hi = hi.max(i);
                    break;
                }
                up = self.words[u].head;
                steps += 1;
                if steps > range.len() {
                    break;
                }
            }
        }
        Span::new(lo, hi + 1)
    }
    /// The quotation that holds token `at`.
    pub fn quotation_of(&self, at: usize) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.tokens.contains(at))
    }
}
