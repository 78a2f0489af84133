use crate::{Byte, Span};
use serde::{Deserialize, Serialize};

/// Something a reader should know about a result that is nevertheless given: a stable code, words, and the place it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable, e.g. `language-not-english`; lower case with hyphens.
    pub code: String,
    /// What, and what to do about it.
    pub message: String,
    /// The characters of the article it is about, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span<Byte>>,
}

impl Note {
    /// A note about the whole.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Note { code: code.to_owned(), message: message.into(), span: None }
    }
}

/// An output together with the notes that arose on the way: text never fails, it is noted.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted<T> {
    /// The result, always there.
    pub output: T,
    /// In the order in which they arose.
    pub notes: Vec<Note>,
}

impl<T> Noted<T> {
    /// An output without notes.
    pub fn plain(output: T) -> Self {
        Noted { output, notes: Vec::new() }
    }
}
