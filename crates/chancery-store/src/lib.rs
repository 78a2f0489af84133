//! Articles, reports, events and claims ⇄ one SQLite file.
//!
//! The principal type is [`Store`]. Articles with their reports are kept as they come, one transaction each: a run that is killed at any moment
//! leaves whole articles only, and reading the same input again completes it without duplicates. Events and claims are derived from
//! the reports, those alone whose reports have changed ([`Store::pending`], [`Store::settle`]). What people say against a reading is kept
//! beside it ([`Store::correct`]): every question is answered as corrected, and nothing that was read is lost.
//!
//! ```
//! use chancery_store::{Filter, Store};
//! let folder = std::env::temp_dir().join(format!("chancery-example-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! let store = Store::open(folder.join("record.db"))?;
//! assert!(store.events(&Filter::default())?.is_empty());
//! assert!(Store::open_existing(folder.join("other.db")).is_err_and(|e| e.is_missing()));
//! std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]

mod aliases;
mod beside;
mod check;
mod correct;
mod days;
mod derived;
mod error;
mod filter;
mod open;
mod overlay;
mod put;
mod read;
mod runs;
mod schema;
mod search;
mod settle;

pub use error::Error;
pub use filter::{Filter, Who};
pub use overlay::{Aim, BY_HAND, Change, Correction, Party, Target};
pub use put::Put;
pub use read::{ActorCount, Counts, Telling};
pub use runs::{Receipt, Run};
pub use search::Hit;
pub use settle::{Kept, SaidOfEvents, Settled, Stand, Text, Tie};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// A record on disk.
///
/// One file beside which SQLite keeps two more (`-wal`, `-shm`) while it is open. One process writes at a time, others wait up to ten
/// seconds; readers never wait.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
    /// The run that is writing; 0 outside of one.
    run: i64,
}

impl Store {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Has all that `work` asks answered from one state of the file, which spares looking after every answer whether it has changed.
    ///
    /// # Errors
    /// Those of `work`, and where the file cannot be read.
    pub fn at_once<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let _state = self.conn.unchecked_transaction().map_err(|e| Error::from(e).at(&self.path))?;
        work()
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        work(&self.conn).map_err(|e| e.at(&self.path))
    }

    /// All of `work` or nothing of it.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Error>) -> Result<T, Error> {
        let result = (|| {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let out = work(&tx)?;
            tx.commit()?;
            Ok(out)
        })();
        result.map_err(|e: Error| e.at(&self.path))
    }
}
