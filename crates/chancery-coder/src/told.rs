//! All telling in a document, whether or not an event is told: for reports on sources, and to measure who is found to say what.

use crate::voices::Voices;
use crate::{Desk, dates, places};
use chancery_lexicon::Lexicon;
use chancery_model::{Article, Cue, DateRange, Document, EventType, Findings, Place, Rel, Span, Token};

/// One act of telling: who tells what, by which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The phrase of the teller; `None` where nobody is named ("it was reported").
    pub source: Option<Span<Token>>,
    /// The words that mark it ("said", "according to").
    pub cue: Span<Token>,
    /// What is told, in order: one stretch, or the parts around the teller.
    pub content: Vec<Span<Token>>,
}

/// The telling of a document, in the order of the cues; a quotation without words of telling goes to its nearest teller.
///
/// ```
/// assert!(chancery_coder::told(&chancery_model::Document::default()).is_empty());
/// ```
pub fn told(document: &Document) -> Vec<Told> {
    Voices::of(document).told(document)
}

/// The days of an event of that type told by these words, as [`code`](crate::code) would give them; `None` where the text tells none.
pub fn date_of(
    article: &Article,
    document: &Document,
    findings: &Findings,
    lexicon: &Lexicon,
    event: EventType,
    trigger: Span<Token>,
) -> Option<DateRange> {
    let sentence = document.sentence_of(trigger.start)?;
    let desk = Desk::new(article, document, findings, lexicon);
    let cue = cue(document, event, trigger);
    dates::of(&desk, &cue, document.head_of(trigger), sentence, &mut Vec::new())
}

/// The place of an event of that type told by these words, as [`code`](crate::code) would give it; `None` where the text tells none.
pub fn place_at(
    article: &Article,
    document: &Document,
    findings: &Findings,
    lexicon: &Lexicon,
    event: EventType,
    trigger: Span<Token>,
) -> Option<Place> {
    document.sentence_of(trigger.start)?;
    let desk = Desk::new(article, document, findings, lexicon);
    let cue = cue(document, event, trigger);
    places::of(&desk, &cue, document.head_of(trigger), &mut Vec::new()).0
}

// What is known of given trigger words: the phrases that the model links to them.
pub(crate) fn cue(document: &Document, event: EventType, trigger: Span<Token>) -> Cue {
    let seen = document.cues.iter().filter(|c| c.tokens.overlaps(trigger)).max_by(|a, b| a.score.total_cmp(&b.score));
    let roles = seen.map(|c| c.roles.clone()).unwrap_or_default();
    let (status, score) = ([1.0, 0.0, 0.0, 0.0], 1.0);
    let others = Vec::new();
    Cue { tokens: trigger, event, score, others, status, historical: 0.0, ongoing: 0.0, happened: 1.0, modes: Vec::new(), roles }
}

/// A stretch without what it encloses.
pub(crate) fn without(within: Span<Token>, hole: Span<Token>) -> Vec<Span<Token>> {
    if hole.is_empty() || !within.overlaps(hole) {
        return vec![within];
    }
    let parts = [Span::new(within.start, hole.start), Span::new(hole.end, within.end)];
    parts.into_iter().filter(|p| p.start < p.end).collect()
}

/// The phrase of a teller: all words below its head, up to the words of telling and to what is told.
pub(crate) fn teller(document: &Document, head: usize, cue: usize, content: &[Span<Token>]) -> Span<Token> {
    let mut out = document.subtree(head);
    let held = |at: usize| at == cue || content.iter().any(|c| c.contains(at));
    out.start = (out.start..head).rev().find(|&t| held(t)).map_or(out.start, |t| t + 1);
    out.end = (head + 1..out.end).find(|&t| held(t)).unwrap_or(out.end);
    let mark = |at: usize| matches!(document.words[at].text.as_str(), "," | "." | ";" | ":" | "-" | "–" | "—" | "\"" | "“" | "”");
    while out.end > head + 1 && mark(out.end - 1) {
        out.end -= 1;
    }
    while out.start < head && (mark(out.start) || document.words[out.start].rel == Rel::Case) {
        out.start += 1;
    }
    out
}
