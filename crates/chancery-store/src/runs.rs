use crate::{Error, Store};
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// What a run went by: enough to repeat it, and to tell whether it would come out the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Version of the program.
    pub program: String,
    /// The codebook.
    pub codebook: String,
    /// Hash of the lexicon.
    pub lexicon: String,
    /// Hash of the model.
    pub model: String,
    /// What it was asked to read, as given, with the options that bear on the result.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Pages that went through.
    #[serde(default)]
    pub pages: u64,
    /// Inputs that failed.
    #[serde(default)]
    pub failed: u64,
    /// Articles that were not there before.
    #[serde(default)]
    pub new: u64,
    /// Articles that were there and say the same.
    #[serde(default)]
    pub known: u64,
    /// Articles that were there and are read otherwise now.
    #[serde(default)]
    pub replaced: u64,
    /// Hash of the articles that went through and of what was read from them, whatever their order.
    #[serde(default)]
    pub inputs: String,
}

/// A run with its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// From 1.
    pub number: i64,
    /// When it began, as told by whoever ran it.
    pub at: String,
    /// When it was done; `None` where it was broken off.
    pub done: Option<String>,
    /// What it went by.
    pub receipt: Receipt,
}

impl Store {
    /// Begins a run: what is kept from now on is marked as its work.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn begin(&mut self, at: &str, receipt: &Receipt) -> Result<i64, Error> {
        let json = serde_json::to_string(receipt)?;
        let number = self.write(|tx| {
            tx.execute("INSERT INTO runs (at, json) VALUES (?, ?)", [at, &json])?;
            Ok(tx.last_insert_rowid())
        })?;
        self.run = number;
        Ok(number)
    }

    /// Ends the run that was begun.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn end(&mut self, done: &str, receipt: &Receipt) -> Result<(), Error> {
        let (json, run) = (serde_json::to_string(receipt)?, self.run);
        self.write(|tx| {
            tx.execute("UPDATE runs SET done = ?, json = ? WHERE n = ?", params![done, json, run])?;
            Ok(())
        })
    }

    /// All runs, the first one first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        self.read(|conn| {
            let mut s = conn.prepare_cached("SELECT n, at, done, json FROM runs ORDER BY n")?;
            let rows = s.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get::<_, String>(3)?)))?;
            rows.map(|r| {
                let (number, at, done, json) = r?;
                Ok(Run { number, at, done, receipt: serde_json::from_str(&json)? })
            })
            .collect()
        })
    }
}
