use chancery_model::{Cue, Name, Rel, Upos};

/// What the model says about one sentence; all positions count its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// Part of speech per word.
    pub upos: Vec<Upos>,
    /// Penn tag per word.
    pub xpos: Vec<&'static str>,
    /// Syntactic head per word; `None` for the one root.
    pub head: Vec<Option<usize>>,
    /// Relation to the head per word.
    pub rel: Vec<Rel>,
    /// In order, without overlap.
    pub names: Vec<Name>,
    /// In the order of their words, without overlap.
    pub cues: Vec<Cue>,
}

impl Analysis {
    /// The analyses of parts of one sentence as one: the roots of later parts hang on the first one's.
    pub(crate) fn joined(parts: Vec<Analysis>) -> Analysis {
        let mut out = Analysis::default();
        for part in parts {
            let first = out.upos.len();
            let root = out.head.iter().position(Option::is_none);
            for (head, rel) in part.head.into_iter().zip(part.rel) {
                out.rel.push(if head.is_none() && root.is_some() { Rel::Parataxis } else { rel });
                out.head.push(head.map(|h| h + first).or(root));
            }
            out.upos.extend(part.upos);
            out.xpos.extend(part.xpos);
            out.names.extend(part.names.into_iter().map(|n| n.moved(first)));
            out.cues.extend(part.cues.into_iter().map(|c| c.moved(first)));
        }
        out
    }
}

/// Moves what counts words on, from a part to the whole.
pub(crate) trait Moved {
    /// The same, `by` words further on.
    fn moved(self, by: usize) -> Self;
}

impl<U> Moved for chancery_model::Span<U> {
    fn moved(self, by: usize) -> Self {
        chancery_model::Span::new(self.start + by, self.end + by)
    }
}

impl Moved for Name {
    fn moved(mut self, by: usize) -> Self {
        self.tokens = self.tokens.moved(by);
        self
    }
}

impl Moved for Cue {
    fn moved(mut self, by: usize) -> Self {
        self.tokens = self.tokens.moved(by);
        for role in &mut self.roles {
            role.tokens = role.tokens.moved(by);
        }
        self
    }
}
