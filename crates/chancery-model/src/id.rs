use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// A content-derived name: a letter for the kind (`a` article, `r` report, `e` event, `c` claim), then 16 hexadecimal digits.
///
/// The same content gets the same id in every run and on every machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Collects the parts of an id; every part is delimited, so that ("ab", "c") and ("a", "bc") differ.
///
/// ```
/// use chancery_model::Fingerprint;
/// let id = Fingerprint::new().text("Moscow").number(4).id('a');
/// assert_eq!(id.0.len(), 17);
/// assert_ne!(id, Fingerprint::new().text("Moscow").number(5).id('a'));
/// ```
#[derive(Default, Clone)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Nothing collected yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a text.
    pub fn text(mut self, s: &str) -> Self {
        self.0.update((s.len() as u64).to_le_bytes());
        self.0.update(s.as_bytes());
        self
    }
    /// Adds bytes.
    pub fn bytes(mut self, b: &[u8]) -> Self {
        self.0.update((b.len() as u64).to_le_bytes());
        self.0.update(b);
        self
    }
    /// Adds a number.
    pub fn number(mut self, n: u64) -> Self {
        self.0.update(n.to_le_bytes());
        self
    }
    /// The id of what was collected, of the given kind.
    pub fn id(self, kind: char) -> Id {
        let digest = self.0.finalize();
        let mut s = String::with_capacity(17);
        s.push(kind);
        for b in &digest[..8] {
            s.push_str(&format!("{b:02x}"));
        }
        Id(s)
    }
}
