use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An input that gave no page, or a page that gave no article. The run goes on with the rest.
///
/// Stable codes: `missing`, `unreadable`, `empty`, `binary`, `too-large`, `undecodable`, `broken-row`, `no-text`, `empty-row`, `not-supported`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{locator}: {message}")]
pub struct Failure {
    /// Path, or `path:LINE` (1-based) for a row of a table.
    pub locator: String,
    /// Stable, lower case with hyphens.
    pub code: Cow<'static, str>,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Failure {
    /// Whether nothing is wrong but that a row of a table holds neither text nor headline while others do: to be counted, not to be listed as
    /// failed.
    pub fn is_blank(&self) -> bool {
        self.code == "empty-row"
    }

    pub(crate) fn new(locator: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Failure { locator: locator.into(), code: Cow::Borrowed(code), message: message.into() }
    }

    pub(crate) fn io(locator: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{NotFound, PermissionDenied};
        let locator = locator.into();
        match error.kind() {
            NotFound => Failure::new(locator, "missing", "no such file or folder; check the path"),
            PermissionDenied => {
                Failure::new(locator, "unreadable", "may not be read (permission denied); check its access rights")
            }
            _ => Failure::new(locator, "unreadable", format!("cannot be read: {error}")),
        }
    }

    pub(crate) fn too_large(locator: impl Into<String>, max_bytes: usize) -> Self {
        let message = format!(
            "larger than {max_bytes} bytes, the most that one article may have; if it really is one article, raise --max-bytes"
        );
        Failure::new(locator, "too-large", message)
    }
}
