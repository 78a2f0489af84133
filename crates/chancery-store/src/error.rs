use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// What a store could not do, with the file and what to do about it.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: Option<PathBuf>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    NotOurs,
    Newer(i64),
    Missing,
    Busy,
    Unreadable,
    Damaged,
    Full,
    Other,
}

impl Error {
    pub(crate) fn new(kind: Kind, path: &Path) -> Self {
        Error { kind, path: Some(path.to_owned()), source: None }
    }

    pub(crate) fn caused(kind: Kind, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Error { kind, path: None, source: Some(Box::new(source)) }
    }

    /// The same, naming the file.
    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }

    /// The file is no record: another database, or no database at all. It was left untouched.
    pub fn is_not_ours(&self) -> bool {
        self.kind == Kind::NotOurs
    }
    /// The record was written by a newer version. It was left untouched.
    pub fn is_newer(&self) -> bool {
        matches!(self.kind, Kind::Newer(_))
    }
    /// There is no such file.
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Missing
    }
    /// Another process has been writing for longer than one waits.
    pub fn is_busy(&self) -> bool {
        self.kind == Kind::Busy
    }
    /// The file or its folder cannot be read or written.
    pub fn is_unreadable(&self) -> bool {
        self.kind == Kind::Unreadable
    }
    /// The file is a record, but broken.
    pub fn is_damaged(&self) -> bool {
        self.kind == Kind::Damaged
    }
    /// The disk is full; what was stored before is safe.
    pub fn is_full(&self) -> bool {
        self.kind == Kind::Full
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.as_deref().unwrap_or(Path::new("the record")).display();
        match self.kind {
            Kind::NotOurs => write!(f, "{path} is not a Chancery record and was left as it is; name another file with --record")?,
            Kind::Newer(version) => write!(
                f,
                "{path} is in format {version}, this Chancery knows formats up to {}; it was left as it is; use a newer Chancery, or another file",
                crate::schema::VERSION
            )?,
            Kind::Missing => {
                write!(f, "there is no record at {path}; make one with `chancery read INPUT`, or name yours with --record FILE")?
            }
            Kind::Busy => write!(f, "{path} is being written by another process; try again when it is done")?,
            Kind::Unreadable => {
                write!(f, "{path} cannot be opened or written; check that it is a file, and the rights to it and its folder")?
            }
            Kind::Damaged => write!(f, "{path} is damaged; take a copy from before, or read the inputs into a fresh record")?,
            Kind::Full => write!(f, "{path} cannot grow, the disk is full; free some space and run the same command again")?,
            Kind::Other => write!(f, "{path}: the record could not answer")?,
        }
        match &self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|s| s as _)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        let kind = match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Kind::Damaged,
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
                Kind::Unreadable
            }
            Some(ErrorCode::DiskFull) => Kind::Full,
            _ => Kind::Other,
        };
        Error::caused(kind, e)
    }
}

/// What was stored as JSON always reads back; where it does not, the file was tampered with.
impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Error::caused(Kind::Damaged, e)
    }
}
