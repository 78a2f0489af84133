use crate::{
    Entry,
    fold::{EMPTY, chain},
    forms::Plain,
};
use std::{collections::HashMap, hash::BuildHasherDefault};

/// Indices of entries by id.
#[derive(Default)]
pub(crate) struct Ids(HashMap<u64, u32, BuildHasherDefault<Plain>>);

impl Ids {
    pub fn with_capacity(entries: usize) -> Self {
        Ids(HashMap::with_capacity_and_hasher(entries, BuildHasherDefault::default()))
    }

    /// Keeps the index of a new id; false where the id, or another of the same hash, has one already.
    pub fn add(&mut self, id: &str, index: usize) -> bool {
        let vacant = !self.0.contains_key(&chain(EMPTY, id));
        if vacant {
            self.0.insert(chain(EMPTY, id), index as u32);
        }
        vacant
    }

    pub fn get(&self, id: &str, entries: &[Entry]) -> Option<usize> {
        let index = *self.0.get(&chain(EMPTY, id))? as usize;
        entries.get(index).filter(|e| e.id == id).map(|_| index)
    }
}
