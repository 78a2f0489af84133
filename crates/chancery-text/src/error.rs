/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("model file: {what}")]
pub struct Error {
    what: String,
    checksum: bool,
}

impl Error {
    pub(crate) fn format(what: impl Into<String>) -> Self {
        Error { what: what.into(), checksum: false }
    }
    pub(crate) fn checksum() -> Self {
        Error { what: "its content does not have the checksum it states; fetch it again".to_owned(), checksum: true }
    }
    /// Whether the file's content differs from what was written.
    pub fn is_checksum(&self) -> bool {
        self.checksum
    }
}
