use crate::{
    Entry, EntryKind, FormKind, Match, Sense,
    fold::{Atom, EMPTY, atoms, chain},
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Longest form in atoms: capitals are kept as bits of a `u16`.
const LONGEST: usize = 16;

/// The keys are hashes already.
#[derive(Default)]
pub(crate) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }
    fn write_u64(&mut self, x: u64) {
        self.0 = x;
    }
}

/// One spelling of one entry.
struct Form {
    key: u64,
    entry: u32,
    kind: FormKind,
    rank: f32,
    /// Atoms that must open with a capital, and those that must be all capitals; the first atom is bit 0.
    capital: u16,
    upper: u16,
}

/// Where the forms of a key stand, and whether longer forms begin with it.
#[derive(Clone, Copy, Default)]
struct Node {
    first: u32,
    count: u32,
    longer: bool,
}

/// All spellings, found by chained hashes of their atoms.
#[derive(Default)]
pub(crate) struct Forms {
    forms: Vec<Form>,
    nodes: HashMap<u64, Node, BuildHasherDefault<Plain>>,
    prefixes: Vec<u64>,
}

/// An atom of a sentence.
struct At {
    word: usize,
    text: String,
    capital: bool,
    upper: bool,
}

impl Forms {
    pub fn with_capacity(forms: usize) -> Self {
        Forms { forms: Vec::with_capacity(forms), nodes: HashMap::default(), prefixes: Vec::with_capacity(forms) }
    }

    /// Adds a spelling; one of more than 16 atoms, or of none, is left out.
    pub fn add(&mut self, text: &str, entry: usize, kind: FormKind, rank: f32) {
        let (mut key, mut n, mut capital, mut upper) = (EMPTY, 0usize, 0u16, 0u16);
        let mut single = true;
        let mut prefixes = [0u64; LONGEST];
        for word in text.split_ascii_whitespace() {
            atoms(word, |a: Atom<'_>| {
                if n < LONGEST {
                    prefixes[n] = key;
                    capital |= u16::from(a.capital) << n;
                    upper |= u16::from(a.upper && a.text.len() <= 4 && a.text.len() >= 2) << n;
                    single = n == 0;
                }
                n += 1;
                key = chain(key, a.text);
            });
        }
        if n == 0 || n > LONGEST {
            return;
        }
        self.prefixes.extend_from_slice(&prefixes[1..n]);
        let letters = single && upper != 0 && kind == FormKind::Name;
        let kind = if letters { FormKind::Abbreviation } else { kind };
        self.forms.push(Form { key, entry: entry as u32, kind, rank, capital, upper });
    }

    /// Sorts what was added; look-ups do not find what was added after it. May be called again.
    pub fn close(&mut self) {
        for node in self.nodes.values_mut() {
            (node.first, node.count) = (0, 0);
        }
        self.forms.sort_unstable_by(|a, b| {
            (a.key, b.rank)
                .partial_cmp(&(b.key, a.rank))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then(a.entry.cmp(&b.entry))
                .then(a.kind.cmp(&b.kind))
        });
        self.nodes.reserve(self.forms.len() + self.prefixes.len() / 2);
        for (i, form) in self.forms.iter().enumerate() {
            let node = self.nodes.entry(form.key).or_default();
            if node.count == 0 {
                node.first = i as u32;
            }
            node.count += 1;
        }
        for prefix in std::mem::take(&mut self.prefixes) {
            self.nodes.entry(prefix).or_default().longer = true;
        }
    }

    /// Takes names in full from the entries for which `given_up` (by the name's key, the entry and the form's rank) holds; they are to be
    /// sorted again.
    pub fn give_up(&mut self, given_up: impl Fn(u64, usize, f32) -> bool) {
        let named = |f: &Form| matches!(f.kind, FormKind::Name | FormKind::Abbreviation);
        self.forms.retain(|f| !named(f) || !given_up(f.key, f.entry as usize, f.rank));
    }

    /// By what a phrase is found.
    pub fn key(phrase: &str) -> u64 {
        let mut key = EMPTY;
        for word in phrase.split_whitespace() {
            atoms(word, |a| key = chain(key, a.text));
        }
        key
    }

    pub fn len(&self) -> usize {
        self.forms.len()
    }

    pub fn find(&self, words: &[&str]) -> Vec<Match> {
        let mut text: Vec<At> = Vec::with_capacity(words.len() + 8);
        for (word, w) in words.iter().enumerate() {
            atoms(w, |a| text.push(At { word, text: a.text.to_owned(), capital: a.capital, upper: a.upper }));
        }
        let shouted = shouted(&text);
        let mut out: Vec<Match> = Vec::new();
        for start in 0..text.len() {
            if let Some((len, senses)) = self.longest(&text[start..], shouted) {
                let (first, last) = (text[start].word, text[start + len - 1].word);
                // a word of several atoms may start several matches: the first is the longest
                if out.last().is_none_or(|m| (m.start, m.end) != (first, last + 1)) {
                    out.push(Match { start: first, end: last + 1, senses });
                }
            }
        }
        out
    }

    /// The longest form that `text` opens with, in atoms, and its senses.
    fn longest(&self, text: &[At], shouted: bool) -> Option<(usize, Vec<Sense>)> {
        let (mut key, mut best) = (EMPTY, None);
        let (mut capital, mut upper) = (0u16, 0u16);
        for (n, at) in text.iter().take(LONGEST).enumerate() {
            key = chain(key, &at.text);
            capital |= u16::from(at.capital) << n;
            upper |= u16::from(at.upper || shouted) << n;
            let Some(node) = self.nodes.get(&key) else { break };
            let senses = self.senses(*node, capital, upper);
            if !senses.is_empty() {
                best = Some((n + 1, senses));
            }
            if !node.longer {
                break;
            }
        }
        best
    }

    fn senses(&self, node: Node, capital: u16, upper: u16) -> Vec<Sense> {
        let mut out: Vec<Sense> = Vec::new();
        for f in &self.forms[node.first as usize..(node.first + node.count) as usize] {
            let sense = Sense { entry: f.entry as usize, form: f.kind };
            if f.capital & !capital == 0 && f.upper & !upper == 0 && !out.contains(&sense) {
                out.push(sense);
            }
        }
        out
    }

    /// Senses of a whole phrase, whatever its capitals.
    pub fn exact(&self, phrase: &str) -> Vec<Sense> {
        let mut keys = vec![EMPTY];
        for word in phrase.split_whitespace() {
            atoms(word, |a| keys.push(chain(keys.last().copied().unwrap_or(EMPTY), a.text)));
        }
        let found = |key: Option<&u64>| key.and_then(|k| self.nodes.get(k)).map(|n| self.senses(*n, u16::MAX, u16::MAX));
        match found(keys.last()) {
            Some(senses) if keys.len() > 1 => senses,
            // "Russia's" as it stands in a title
            _ if phrase.ends_with("'s") || phrase.ends_with("’s") => found(keys.iter().rev().nth(1)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// Whether a sentence is written in capitals, so that they tell nothing.
fn shouted(text: &[At]) -> bool {
    let mut letters = 0;
    for at in text.iter().filter(|a| a.text.bytes().any(|b| !b.is_ascii_digit())) {
        if !at.upper {
            return false;
        }
        letters += at.text.len();
    }
    letters > 12
}

/// How well a spelling supports an entry against the others that share it: higher is better.
pub(crate) fn rank(entry: &Entry, form: FormKind) -> f32 {
    let weight = entry.weight as f32;
    match (entry.kind, form) {
        (EntryKind::State, FormKind::Capital) => 900.0,
        (EntryKind::State, _) => 1000.0 + weight.max(1.0).log10() * 10.0 + if entry.sector.is_none() { -300.0 } else { 0.0 },
        (EntryKind::Place, _) => 300.0 + 40.0 * weight.max(1.0).log10(),
        (EntryKind::Person, FormKind::Surname) => 350.0 + 3.0 * weight,
        (EntryKind::Person, _) => 700.0 + weight,
        (EntryKind::Outlet, _) => 500.0 + weight,
        _ => 800.0 + weight,
    }
}
