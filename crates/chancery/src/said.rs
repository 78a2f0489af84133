use crate::Who;
use crate::who::holds;
use chancery_lexicon::{EntryKind, Lexicon};
use chancery_model::{Article, Byte, Span};
use chancery_relations::{Way, turn_of};
use std::sync::Arc;

/// A sentence in which an article itself says that a relation turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The article.
    pub article: Arc<Article>,
    /// The sentence.
    pub sentence: Span<Byte>,
    /// The words that say so.
    pub words: Span<Byte>,
    /// Which way.
    pub way: Way,
}

impl Said {
    /// The sentences of some articles that name both and speak of a turn, by day of publication (undated last), article and place.
    pub fn of<'a>(articles: impl IntoIterator<Item = &'a Arc<Article>>, a: &Who, b: &Who, lexicon: &Lexicon) -> Vec<Said> {
        let mut out = Vec::new();
        for article in articles {
            for sentence in sentences(article) {
                let Some(text) = article.text.get(sentence.range()) else { continue };
                let Some((words, way)) = turn_of(text) else { continue };
                if named(text, a, lexicon) && named(text, b, lexicon) {
                    let words = Span::new(sentence.start + words.start, sentence.start + words.end);
                    out.push(Said { article: article.clone(), sentence, words, way });
                }
            }
        }
        let day = |s: &Said| s.article.published.map(|p| p.date);
        out.sort_by(|x, y| {
            (day(x).is_none(), day(x), &x.article.id, x.sentence).cmp(&(day(y).is_none(), day(y), &y.article.id, y.sentence))
        });
        out
    }
}

/// Whether somebody is named in a sentence: by name, adjective, capital, or a person of his.
fn named(sentence: &str, who: &Who, lexicon: &Lexicon) -> bool {
    let of_code = |code: &str| {
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-' && c != '.').collect();
        let found = lexicon.find(&words);
        found.iter().flat_map(|m| &m.senses).any(|s| {
            let e = lexicon.entry(s.entry);
            !matches!(e.kind, EntryKind::Place | EntryKind::Outlet) && (e.code == code || e.id == code)
        })
    };
    match who {
        Who::Code(code) | Who::Sector(code, _) => of_code(code),
        Who::Entity(name) => holds(sentence, name) || name.split_whitespace().last().is_some_and(|last| holds(sentence, last)),
    }
}

/// The sentences of the story, cut roughly: at line breaks, and after a full stop before a capital.
fn sentences(article: &Article) -> Vec<Span<Byte>> {
    let mut out = Vec::new();
    for stretch in article.story() {
        let Some(text) = article.text.get(stretch.range()) else { continue };
        let (mut start, mut stopped) = (0, false);
        let mut before = [' '; 3];
        for (at, c) in text.char_indices() {
            let opens = c.is_uppercase() || matches!(c, '“' | '"' | '‘');
            if c == '\n' || (stopped && opens && before[2].is_whitespace()) {
                push(&mut out, stretch.start, text, start, at);
                start = at;
                stopped = false;
            }
            // An initial or "U.S." ends no sentence.
            let initial = before[2].is_uppercase() && !before[1].is_alphanumeric();
            match c {
                '.' => stopped = !initial,
                '!' | '?' => stopped = true,
                _ if c.is_whitespace() || matches!(c, '”' | '"' | '’' | ')') => {}
                _ => stopped = false,
            }
            before = [before[1], before[2], c];
        }
        push(&mut out, stretch.start, text, start, text.len());
    }
    out
}

fn push(out: &mut Vec<Span<Byte>>, base: usize, text: &str, start: usize, end: usize) {
    let words = &text[start..end];
    let lead = words.len() - words.trim_start().len();
    if !words.trim().is_empty() {
        out.push(Span::new(base + start + lead, base + start + lead + words.trim().len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rooms;

    fn article(text: &str) -> Arc<Article> {
        Arc::new(Article::bare("a1", text))
    }

    #[test]
    fn an_article_that_speaks_of_a_turn_is_quoted() {
        let a = article(
            "Mr. V. Putin met Rouhani. Observers see a rift between Moscow and Tehran. A rift divides France from Italy.\nRussia and Iran met.",
        );
        let lexicon = Rooms::builtin().lexicon;
        let found = Said::of([&a], &Who::Code("RUS".into()), &Who::Code("IRN".into()), lexicon);
        let quotes: Vec<&str> = found.iter().map(|s| &a.text[s.sentence.range()]).collect();
        assert_eq!(quotes, ["Observers see a rift between Moscow and Tehran."]);
        assert_eq!((&a.text[found[0].words.range()], found[0].way), ("rift", Way::Cooler));
        assert!(Said::of([&a], &Who::Code("FRA".into()), &Who::Code("IRN".into()), lexicon).is_empty());
    }
}
