use crate::{
    Audit, Codes, Entry, EntryKind, Fault, Match, Noun, OfficeKind, OwnFile, Sense,
    fold::{EMPTY, chain, fold},
    load::{FILES, Loaded},
    similar::{is_particle, key, similar_names},
};
use chancery_model::{Fingerprint, Id, Tenure};
use jiff::civil::Date;
use std::{collections::HashMap, sync::OnceLock};

/// Names and what they can mean.
pub struct Lexicon {
    loaded: Loaded,
    /// The user's own files.
    own: Vec<OwnFile>,
    /// Folded surnames and their holders by the consonants of the surname.
    surnames: HashMap<Vec<u8>, Vec<(String, usize)>>,
    /// Offices by code and kind, then as [`Place`]s in order of entries.
    offices: HashMap<(u64, OfficeKind), Vec<Place>>,
}

/// Index of an entry, and of one of its tenures.
type Place = (usize, usize);

impl Lexicon {
    /// The lexicon that comes with the program; read once, at the first call.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(Lexicon::fresh)
    }

    /// Reads the data files anew, where [`Lexicon::builtin`] would share them.
    pub fn fresh() -> Lexicon {
        Lexicon::new(Loaded::builtin())
    }

    /// A hash of all files read, with the letter `l`: two lexicons with the same one know the same.
    pub fn fingerprint(&self) -> Id {
        let builtin = FILES.iter().fold(Fingerprint::new(), |f, (name, text)| f.text(name).text(text));
        self.own.iter().fold(builtin, |f, file| f.text("own").text(&file.text)).id('l')
    }

    /// The lexicon that comes with the program, and beside it a user's own files, the later ones on top of the earlier.
    ///
    /// Lines that cannot be taken are left out and stand in [`Lexicon::faults`]. In tables and TOML an entry whose `id`, or whose name, kind and
    /// code, are known adds to the known one; others are new, and their names are meant before all others. Actor dictionaries add the
    /// names that the lexicon does not know.
    pub fn with(files: &[OwnFile]) -> Lexicon {
        let mut loaded = Loaded::builtin();
        for file in files {
            loaded.join(file);
        }
        Lexicon { own: files.to_vec(), ..Lexicon::new(loaded) }
    }

    fn new(mut loaded: Loaded) -> Lexicon {
        let mut surnames: HashMap<Vec<u8>, Vec<(String, usize)>> = HashMap::new();
        for (name, at) in std::mem::take(&mut loaded.surnames) {
            surnames.entry(key(last(&name))).or_default().push((name, at));
        }
        let mut offices: HashMap<(u64, OfficeKind), Vec<Place>> = HashMap::new();
        // officials hold no office by its own name, so that nobody can be asked for by theirs
        for (i, e) in loaded.entries.iter().enumerate().filter(|(i, _)| !loaded.officials.contains(i)) {
            for (j, (kind, t)) in e.tenures.iter().enumerate() {
                offices.entry((chain(EMPTY, &t.code), *kind)).or_default().push((i, j));
            }
        }
        Lexicon { loaded, own: Vec::new(), surnames, offices }
    }

    /// The entry at an index that a [`Sense`] gives.
    ///
    /// # Panics
    /// Panics where `index` is not below [`Lexicon::len`].
    pub fn entry(&self, index: usize) -> &Entry {
        &self.loaded.entries[index]
    }

    /// All entries, in the order of their indices.
    pub fn entries(&self) -> &[Entry] {
        &self.loaded.entries
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.loaded.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.loaded.entries.is_empty()
    }

    /// The entry with that id: "RUS", "vladimir-putin", "hezbollah".
    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        self.index_of(id).map(|i| self.entry(i))
    }

    /// The index of the entry with that id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.loaded.ids.get(id, &self.loaded.entries)
    }

    /// The state or territory with that ISO 3166 alpha-3 code.
    pub fn state(&self, code: &str) -> Option<&Entry> {
        self.by_id(code).filter(|e| e.kind == EntryKind::State)
    }

    /// The codes of a state by its ISO 3166 alpha-3 code.
    pub fn codes(&self, iso3: &str) -> Option<&Codes> {
        self.loaded.codes.iter().find(|c| c.iso3 == iso3)
    }

    /// The longest match that starts at each word, in order of its first word; matches may overlap.
    ///
    /// `words` are the words of one sentence. Hyphens and dots do not matter; capitals do: a form written with a capital needs one in
    /// the text, and letters such as "US" need all capitals, unless the sentence is in capitals throughout.
    pub fn find(&self, words: &[&str]) -> Vec<Match> {
        self.loaded.forms.find(words)
    }

    /// The meanings of a whole phrase, best supported first, whatever its capitals; empty for an unknown one.
    pub fn look_up(&self, phrase: &str) -> Vec<Sense> {
        let phrase = phrase.trim();
        let found = self.loaded.forms.exact(phrase);
        match phrase.get(..4) {
            Some(the) if found.is_empty() && the.eq_ignore_ascii_case("the ") => self.loaded.forms.exact(&phrase[4..]),
            _ => found,
        }
    }

    /// Persons whose last name reads the same, transliteration allowed for; the closest and most prominent first.
    pub fn by_surname(&self, surname: &str) -> Vec<usize> {
        let folded = fold(surname);
        let Some(candidates) = self.surnames.get(&key(last(&folded))) else { return Vec::new() };
        let mut found: Vec<(f32, usize)> = candidates
            .iter()
            .filter_map(|(name, at)| similar_names(&folded, name).filter(|_| tail_matches(&folded, name)).map(|s| (s, *at)))
            .collect();
        found.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then(self.entry(b.1).weight.total_cmp(&self.entry(a.1).weight)).then(a.1.cmp(&b.1))
        });
        let mut out: Vec<usize> = Vec::with_capacity(found.len());
        for (_, at) in found {
            if !out.contains(&at) {
                out.push(at);
            }
        }
        out
    }

    /// Holders of an office of a state or organisation on a day; with no day, all of them. Newest first.
    pub fn holders(&self, code: &str, office: OfficeKind, on: Option<Date>) -> Vec<(usize, &Tenure)> {
        let places = self.offices.get(&(chain(EMPTY, code), office)).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<(usize, &Tenure)> = places
            .iter()
            .filter_map(|(entry, tenure)| self.entry(*entry).tenures.get(*tenure).map(|(_, t)| (*entry, t)))
            .filter(|(_, t)| t.code == code && on.is_none_or(|day| t.holds(day)))
            .collect();
        out.sort_by(|a, b| b.1.from.cmp(&a.1.from).then(a.0.cmp(&b.0)));
        out
    }

    /// Those who hold or held the office that a title of a state or organisation names: "Iranian president", "foreign minister of Chad",
    /// "UN secretary-general"; newest first, and empty for any other phrase. Where nobody's office bears the title itself ("US foreign
    /// minister"), all holders of its kind are given.
    ///
    /// ```
    /// let lexicon = chancery_lexicon::Lexicon::builtin();
    /// let newest = lexicon.entry(lexicon.titled("French president")[0]);
    /// assert!(newest.tenures.iter().any(|(_, t)| t.office == "president" && t.code == "FRA"));
    /// assert!(lexicon.titled("French bread").is_empty());
    /// ```
    pub fn titled(&self, phrase: &str) -> Vec<usize> {
        let phrase = phrase.trim();
        let owned = phrase.match_indices(' ').map(|(at, _)| (phrase[at + 1..].to_owned(), phrase[..at].trim_end_matches("'s")));
        let of = phrase.match_indices(" of ").map(|(at, of)| (phrase[..at].to_owned(), &phrase[at + of.len()..]));
        let office = |title: &str| match OfficeKind::of_title(title) {
            OfficeKind::Other => self.noun(title).and_then(|n| n.office),
            known => Some(known),
        };
        for (title, owner) in owned.chain(of) {
            let Some(kind) = office(&title).or_else(|| office(phrase)) else { continue };
            let Some(code) = self.look_up(owner).first().map(|s| self.entry(s.entry).code.clone()) else { continue };
            // a president or king who governs
            let governs = (kind == OfficeKind::HeadOfState).then_some(OfficeKind::HeadOfGovernment);
            let all: Vec<(usize, &Tenure)> =
                std::iter::once(kind).chain(governs).flat_map(|k| self.holders(&code, k, None)).collect();
            let title = title.to_lowercase();
            let bears = |t: &Tenure| t.office.eq_ignore_ascii_case(&title);
            let any = all.iter().any(|(_, t)| bears(t));
            let mut held: Vec<(usize, &Tenure)> = all.into_iter().filter(|(_, t)| !any || bears(t)).collect();
            held.sort_by(|a, b| b.1.from.cmp(&a.1.from).then(a.0.cmp(&b.0)));
            let mut out: Vec<usize> = Vec::new();
            held.into_iter().for_each(|(at, _)| {
                if !out.contains(&at) {
                    out.push(at)
                }
            });
            if !out.is_empty() {
                return out;
            }
        }
        Vec::new()
    }

    /// What a common noun for actors means, in the singular or plural: "rebels", "foreign minister".
    pub fn noun(&self, phrase: &str) -> Option<&Noun> {
        self.loaded.nouns.get(phrase)
    }

    /// Counts by kind and source.
    pub fn audit(&self) -> Audit {
        let (forms, nouns, faults) = (self.loaded.forms.len(), self.loaded.nouns.len(), self.loaded.faults.len());
        Audit { forms, nouns, faults, ..Audit::count(&self.loaded.entries) }
    }

    /// Lines of the data files, and of the user's own, that could not be read.
    pub fn faults(&self) -> &[Fault] {
        &self.loaded.faults
    }
}

/// The word of a folded name that tells most.
fn last(folded: &str) -> &str {
    folded.rsplit(' ').find(|w| !is_particle(w)).unwrap_or(folded)
}

/// A surname of two words ("Peña Nieto") must be met as a whole or by its last word.
fn tail_matches(asked: &str, surname: &str) -> bool {
    let words = |s: &str| s.split(' ').filter(|w| !is_particle(w)).count();
    words(asked) <= words(surname)
}
