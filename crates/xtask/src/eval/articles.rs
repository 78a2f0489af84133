//! Bare texts as articles, for measures on corpora that are no pages.

use chancery_model::{Article, CodePoints, DateBasis, Published, Span, Token};
use jiff::civil::Date;

/// An English article of that text, published on that day.
pub fn bare(id: &str, text: &str, day: Option<Date>) -> Article {
    Article { published: day.map(|date| Published { date, basis: DateBasis::Metadata, span: None }), ..Article::bare(id, text) }
}

/// The places of a document's words in code points, the unit of most corpora.
pub fn places(text: &str, document: &chancery_model::Document) -> Vec<(usize, usize)> {
    let points = CodePoints::of(text);
    document.words.iter().map(|w| (points.at(w.span.start), points.at(w.span.end))).collect()
}

/// The words that share a character with a stretch; `places` are in order.
pub fn words_in(places: &[(usize, usize)], start: usize, end: usize) -> Span<Token> {
    let from = places.partition_point(|p| p.1 <= start);
    Span::new(from, places.partition_point(|p| p.0 < end).max(from))
}
