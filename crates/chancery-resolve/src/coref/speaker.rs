//! Who speaks a quotation: the subject of the verb of saying beside it.

use crate::who::Resolver;
use chancery_model::{Document, Rel};

// Verbs that introduce speech.
const SAYING: [&str; 34] = [
    "say",
    "tell",
    "add",
    "note",
    "state",
    "declare",
    "announce",
    "claim",
    "warn",
    "stress",
    "insist",
    "argue",
    "explain",
    "write",
    "ask",
    "reply",
    "respond",
    "comment",
    "remark",
    "tweet",
    "conclude",
    "continue",
    "urge",
    "affirm",
    "reiterate",
    "emphasize",
    "emphasise",
    "underline",
    "point",
    "admit",
    "quote",
    "report",
    "vow",
    "pledge",
];

/// Whether a token is the subject of a verb of saying.
pub(super) fn is_speaker(doc: &Document, at: usize) -> bool {
    doc.words[at].rel == Rel::Nsubj && doc.words[at].head.is_some_and(|h| SAYING.contains(&doc.words[h].lemma.as_str()))
}

impl Resolver<'_, '_> {
    /// The mention that speaks the quotation around a token.
    pub fn speaker(&mut self, at: usize) -> Option<usize> {
        let doc = self.scene.document;
        let quote = doc.quotation_of(at)?.tokens;
        let first = doc.sentence_of(quote.start)?;
        let last = doc.sentence_of(quote.end.saturating_sub(1)).unwrap_or(first);
        let here = doc.sentence_of(at)?;
        // The quotation's own sentences, then the one before, then the one after.
        let mut order = vec![here];
        order.extend((first..=last).filter(|s| *s != here));
        order.extend(first.checked_sub(1));
        order.push(last + 1);
        for s in order {
            let Some(sentence) = doc.sentences.get(s) else { continue };
            let outside = |t: &usize| !quote.contains(*t) && doc.quotation_of(*t).is_none();
            let subject = sentence.tokens.range().filter(outside).find(|&t| is_speaker(doc, t) && self.token_may_speak(t));
            let according = || {
                sentence.tokens.range().filter(outside).find(|&t| {
                    doc.words[t].rel == Rel::Obl && doc.children(t).any(|c| doc.words[c].text.eq_ignore_ascii_case("according"))
                })
            };
            if let Some(t) = subject.or_else(according)
                && let Some(i) = self.speaking(t)
            {
                return Some(i);
            }
        }
        None
    }

    fn token_may_speak(&self, t: usize) -> bool {
        self.scene.document.words[t].text.chars().next().is_some_and(char::is_alphabetic)
    }

    // Later speakers are resolved ahead of their turn only where they are no pronouns, which need what comes before them.
    fn speaking(&mut self, t: usize) -> Option<usize> {
        self.mention_at(t).or_else(|| self.name_at(t)).or_else(|| self.resolve(t))
    }
}
