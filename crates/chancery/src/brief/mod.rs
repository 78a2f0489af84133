//! A dossier on two: sentences built from events, every one with its sources, as text, Markdown or a page that stands alone.
//!
//! The principal type is [`Brief`]; it holds blocks and footnotes, and knows nothing of how they are drawn.

mod chart;
mod gather;
mod held;
mod html;
mod markdown;
mod notes;
mod parts;
mod phrases;
mod text;

pub use chart::{Bar, Chart};
pub use gather::Source;
pub use notes::Footnote;

/// A dossier.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Whom it is about.
    pub title: String,
    /// What it rests on, in a line.
    pub subtitle: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// What the numbers in it stand for, from 1.
    pub notes: Vec<Footnote>,
}

/// A part of a dossier.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// Sentences.
    Paragraph(Line),
    /// Points.
    List(Vec<Line>),
    /// Rows under heads.
    Table {
        /// The heads.
        heads: Vec<&'static str>,
        /// The rows, as many cells each.
        rows: Vec<Vec<Line>>,
    },
    /// A drawing with the numbers it shows.
    Chart(Chart),
}

/// Pieces of text that stand after one another.
pub type Line = Vec<Piece>;

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Our words.
    Text(String),
    /// Words to be noticed.
    Strong(String),
    /// Words of an article, without quotation marks.
    Quote(String),
    /// The number of a footnote.
    Note(usize),
}

impl Piece {
    fn text(words: impl Into<String>) -> Piece {
        Piece::Text(words.into())
    }
}

impl Brief {
    /// For a terminal, in lines of at most `columns` characters.
    pub fn to_text(&self, columns: usize) -> String {
        text::drawn(self, columns)
    }
    /// As Markdown with footnotes.
    pub fn to_markdown(&self) -> String {
        markdown::drawn(self)
    }
    /// As one HTML page without scripts and without anything from elsewhere.
    pub fn to_html(&self) -> String {
        html::drawn(self)
    }
}
