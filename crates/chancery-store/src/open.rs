use crate::{
    Error, Store,
    error::Kind,
    schema::{APPLICATION, STEPS, VERSION},
};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// How long one waits for another process to finish writing.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the record at `path`, or makes a fresh one where there is no file (or an empty one).
    ///
    /// # Errors
    /// Where the file is no record or from a newer version (it is then not touched), or cannot be read or written.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, Error> {
        let path = path.as_ref();
        if is_vacant(path)? {
            create(path)?;
        }
        Store::open_existing(path)
    }

    /// Opens the record at `path`, for commands that only ask.
    ///
    /// # Errors
    /// As [`open`](Store::open), and where there is no file.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Store, Error> {
        let path = path.as_ref();
        recognise(path)?;
        let opened =
            connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|mut conn| upgrade(&mut conn, path).map(|()| conn));
        let conn = match opened {
            Err(e) if e.is_unreadable() => locked(path).ok_or(e),
            other => other,
        };
        Ok(Store { conn: conn.map_err(|e| e.at(path))?, path: path.to_owned(), run: 0 })
    }
}

/// Whether nothing is there yet.
fn is_vacant(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(m) => Ok(m.is_file() && m.len() == 0),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(Error::caused(Kind::Unreadable, e).at(path)),
    }
}

/// Reads the head of the file, before SQLite touches anything: format, application and version stand in its first hundred bytes.
fn recognise(path: &Path) -> Result<(), Error> {
    let fail = |e: io::Error| {
        let kind = if e.kind() == io::ErrorKind::NotFound { Kind::Missing } else { Kind::Unreadable };
        match kind {
            Kind::Missing => Error::new(kind, path),
            _ => Error::caused(kind, e).at(path),
        }
    };
    if fs::metadata(path).map_err(fail)?.is_dir() {
        return Err(Error::new(Kind::Unreadable, path));
    }
    let mut head = Vec::with_capacity(100);
    File::open(path).and_then(|f| f.take(100).read_to_end(&mut head)).map_err(fail)?;
    let number = |at: usize| head.get(at..at + 4).map(|b| b.iter().fold(0u32, |n, &d| n << 8 | u32::from(d)));
    if !head.starts_with(b"SQLite format 3\0") || number(68) != Some(APPLICATION) {
        return Err(Error::new(Kind::NotOurs, path));
    }
    match number(60) {
        Some(version) if i64::from(version) > VERSION => Err(Error::new(Kind::Newer(i64::from(version)), path)),
        _ => Ok(()),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(PATIENCE)?;
    // With a write-ahead log, NORMAL loses nothing when the program is killed; when the power fails, at most the last articles, whole.
    // The cache is what keeps the indexes of random ids at hand while a large record grows: 64 MiB, whatever its size. The log may grow to 16 MiB
    // before it is taken into the file, so that a page which many articles change is not taken over for each of them.
    conn.execute_batch(
        "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;
         PRAGMA wal_autocheckpoint = 4096;",
    )?;
    // A statement keeps its plan whatever its values; SQLite would otherwise prepare many of them anew for every value.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(conn)
}

/// A record that may be read and not written, in a folder where SQLite cannot keep its two files: asked as it lies there. Not where a log
/// stands beside it, for then the file alone is not the whole.
fn locked(path: &Path) -> Option<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(log).is_ok_and(|m| m.len() > 0) {
        return None;
    }
    let safe =
        |b: &u8| if b.is_ascii_alphanumeric() || b"/._-".contains(b) { char::from(*b).to_string() } else { format!("%{b:02X}") };
    let whole = fs::canonicalize(path).ok()?;
    let name: String = whole.to_str()?.as_bytes().iter().map(safe).collect();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).ok()?;
    let version: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0)).ok()?;
    (version == VERSION).then_some(conn)
}

/// Brings an older format up to ours, each record in one transaction.
fn upgrade(conn: &mut Connection, path: &Path) -> Result<(), Error> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if version > VERSION {
        return Err(Error::new(Kind::Newer(version), path));
    }
    if version == VERSION {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let version: i64 = tx.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        tx.execute_batch(step)?;
    }
    tx.execute_batch(&format!("PRAGMA user_version = {VERSION}"))?;
    tx.commit()?;
    Ok(())
}

/// Makes a fresh record. It is built beside its place and put there whole, so that neither a killed run nor two runs at once leave half of one.
fn create(path: &Path) -> Result<(), Error> {
    let beside = sibling(path);
    let result = build(&beside).map_err(|e| e.at(path)).and_then(|()| settle(&beside, path));
    // Nothing can be done about a leftover, and nothing comes of it.
    let _ = fs::remove_file(&beside);
    result
}

fn sibling(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new-{}", std::process::id()));
    path.with_file_name(name)
}

fn build(path: &Path) -> Result<(), Error> {
    let _ = fs::remove_file(path);
    let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let tx = conn.transaction()?;
    for step in STEPS {
        tx.execute_batch(step)?;
    }
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"))?;
    tx.commit()?;
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    conn.close().map_err(|(_, e)| e)?;
    Ok(())
}

/// Puts the fresh file in its place; where another process was faster, its file stands.
fn settle(beside: &Path, path: &Path) -> Result<(), Error> {
    let unwritable = |e: io::Error| Error::caused(Kind::Unreadable, e).at(path);
    match fs::hard_link(beside, path) {
        Ok(()) => Ok(()),
        // An empty file was there, or the file system knows no links: replace what is still vacant.
        Err(_) if is_vacant(path)? => fs::rename(beside, path).map_err(unwritable),
        Err(_) => Ok(()),
    }
}
