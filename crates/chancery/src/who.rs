use chancery_lexicon::{EntryKind, FormKind, Lexicon, fold, similar_names};
use chancery_model::{ActorRef, Sector, Voice};
use std::fmt;

/// Whom a word of the command line means.
///
/// ```
/// use chancery::{Rooms, Who};
/// let lexicon = Rooms::builtin().lexicon;
/// assert_eq!(Who::of("russia", lexicon), Who::of("RUS", lexicon));
/// assert_eq!(Who::of("SYR/REB", lexicon).to_string(), "SYR/REB");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A state or kind of organisation by its code.
    Code(String),
    /// A sector of a state.
    Sector(String, Sector),
    /// A person or body by its canonical name, or by words that its name holds.
    Entity(String),
}

/// Codes of the codebook that stand for no state.
const KINDS: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"];

impl Who {
    /// Whom a name or code means; an unknown name means whoever's name holds it.
    pub fn of(phrase: &str, lexicon: &Lexicon) -> Who {
        let phrase = phrase.trim();
        if let Some((code, sector)) = phrase.split_once('/')
            && let Ok(sector) = sector.to_uppercase().parse()
        {
            return match Who::of(code, lexicon) {
                Who::Code(code) => Who::Sector(code, sector),
                _ => Who::Sector(code.to_uppercase(), sector),
            };
        }
        let code = phrase.to_uppercase();
        if lexicon.state(&code).is_some() || KINDS.contains(&code.as_str()) {
            return Who::Code(code);
        }
        if let Some(sense) = lexicon.look_up(phrase).into_iter().find(|s| lexicon.entry(s.entry).kind != EntryKind::Place) {
            let entry = lexicon.entry(sense.entry);
            return match entry.kind {
                EntryKind::State => Who::Code(entry.id.clone()),
                EntryKind::Organisation if matches!(entry.code.as_str(), "UNO" | "EUR") && sense.form != FormKind::Surname => {
                    Who::Code(entry.code.clone())
                }
                _ => Who::Entity(entry.name.clone()),
            };
        }
        match lexicon.by_surname(phrase).first() {
            Some(&at) => Who::Entity(lexicon.entry(at).name.clone()),
            None => Who::Entity(phrase.to_owned()),
        }
    }

    /// Whether an actor is meant.
    pub fn is(&self, a: &ActorRef) -> bool {
        match self {
            Who::Code(code) => a.code == *code,
            Who::Sector(code, sector) => a.code == *code && a.sector == Some(*sector),
            Who::Entity(name) => a.entity.as_deref().is_some_and(|e| same(name, e)) || holds(&a.text, name),
        }
    }

    /// Whether a voice is meant.
    pub fn speaks(&self, v: &Voice) -> bool {
        match self {
            Who::Code(code) => v.code.as_deref() == Some(code),
            Who::Sector(code, sector) => v.code.as_deref() == Some(code) && v.sector == Some(*sector),
            Who::Entity(name) => v.entity.as_deref().is_some_and(|e| same(name, e)) || holds(&v.text, name),
        }
    }

    /// How narrowly it is meant: a name is narrower than a sector, a sector than a code.
    pub fn narrowness(&self) -> u8 {
        match self {
            Who::Code(_) => 0,
            Who::Sector(..) => 1,
            Who::Entity(_) => 2,
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Who::Code(code) => f.pad(code),
            Who::Sector(code, sector) => f.pad(&format!("{code}/{sector}")),
            Who::Entity(name) => f.pad(name),
        }
    }
}

/// Whether two names are one, spelling aside, or the first stands in the second.
fn same(asked: &str, name: &str) -> bool {
    holds(name, asked) || similar_names(asked, name).is_some()
}

/// Whether all of `words` stand in `text`, one after the other, as whole words.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    let (text, words) = (format!(" {} ", fold(text)), format!(" {} ", fold(words)));
    !words.trim().is_empty() && text.contains(&words)
}
