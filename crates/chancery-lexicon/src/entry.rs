use chancery_model::{Sector, Tenure};
use jiff::civil::Date;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A state, territory or breakaway state.
    State,
    /// A person.
    Person,
    /// An intergovernmental organisation, court, alliance, ministry, NGO or company.
    Organisation,
    /// An armed group, militia, party, movement or people.
    Group,
    /// Armed forces, police, services and agencies of a state.
    Force,
    /// A news outlet.
    Outlet,
    /// A place that is no state.
    Place,
}

impl EntryKind {
    /// Every kind, in the order of the data files.
    pub const ALL: [EntryKind; 7] = {
        use EntryKind::*;
        [State, Person, Organisation, Group, Force, Outlet, Place]
    };
    /// The kind's name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            EntryKind::State => "state",
            EntryKind::Person => "person",
            EntryKind::Organisation => "organisation",
            EntryKind::Group => "group",
            EntryKind::Force => "force",
            EntryKind::Outlet => "outlet",
            EntryKind::Place => "place",
        }
    }
}

/// What kind of office a tenure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfficeKind {
    /// President, king, supreme leader.
    HeadOfState,
    /// Prime minister, chancellor.
    HeadOfGovernment,
    /// Foreign minister, secretary of state.
    ForeignMinister,
    /// Defence minister.
    DefenceMinister,
    /// Spokesperson of a ministry, presidency or government.
    Spokesperson,
    /// Ambassador, permanent representative, envoy.
    Ambassador,
    /// Head of an intergovernmental organisation.
    IgoHead,
    /// Chief of staff, commander of a force or an armed group.
    Commander,
    /// Any other office.
    Other,
}

impl OfficeKind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [OfficeKind; 9] = {
        use OfficeKind::*;
        [HeadOfState, HeadOfGovernment, ForeignMinister, DefenceMinister, Spokesperson, Ambassador, IgoHead, Commander, Other]
    };
    /// The spelling in the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            OfficeKind::HeadOfState => "head-of-state",
            OfficeKind::HeadOfGovernment => "head-of-government",
            OfficeKind::ForeignMinister => "foreign-minister",
            OfficeKind::DefenceMinister => "defence-minister",
            OfficeKind::Spokesperson => "spokesperson",
            OfficeKind::Ambassador => "ambassador",
            OfficeKind::IgoHead => "igo-head",
            OfficeKind::Commander => "commander",
            OfficeKind::Other => "other",
        }
    }
    /// The kind of an office by its bare title; `Other` where the title does not tell.
    ///
    /// ```
    /// use chancery_lexicon::OfficeKind;
    /// assert_eq!(OfficeKind::of_title("Foreign Secretary"), OfficeKind::ForeignMinister);
    /// assert_eq!(OfficeKind::of_title("deputy foreign minister"), OfficeKind::Other);
    /// ```
    pub fn of_title(title: &str) -> OfficeKind {
        let title = title.to_lowercase();
        match title.as_str() {
            "president" | "king" | "queen" | "emir" | "sultan" | "supreme leader" => OfficeKind::HeadOfState,
            "prime minister" | "chancellor" | "premier" => OfficeKind::HeadOfGovernment,
            "foreign minister" | "foreign secretary" | "secretary of state" | "minister of foreign affairs" => {
                OfficeKind::ForeignMinister
            }
            "defence minister" | "defense minister" | "defence secretary" | "secretary of defense" | "minister of defence" => {
                OfficeKind::DefenceMinister
            }
            t if ["spokesman", "spokeswoman", "spokesperson"].iter().any(|w| t.ends_with(w)) => OfficeKind::Spokesperson,
            t if t.starts_with("ambassador") || t.starts_with("permanent representative") => OfficeKind::Ambassador,
            t if t.starts_with("commander") || t.starts_with("chief of staff") => OfficeKind::Commander,
            _ => OfficeKind::Other,
        }
    }
    pub(crate) fn parse(s: &str) -> Option<OfficeKind> {
        OfficeKind::ALL.into_iter().find(|k| k.as_str() == s)
    }
}

/// How a phrase stands for its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// Its name or a variant of it.
    Name,
    /// Its adjective ("Iranian").
    Adjective,
    /// Its people ("Syrians").
    People,
    /// Its capital as a word for its government ("Damascus").
    Capital,
    /// Another word for its government ("the Kremlin").
    Metonym,
    /// Letters ("US", "NATO").
    Abbreviation,
    /// A person's last name alone.
    Surname,
}

/// One meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sense {
    /// Index for [`crate::Lexicon::entry`].
    pub entry: usize,
    /// How the phrase stands for it.
    pub form: FormKind,
}

/// A stretch of words that the lexicon knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// First word.
    pub start: usize,
    /// After the last word.
    pub end: usize,
    /// What it can mean, best supported first; never empty.
    pub senses: Vec<Sense>,
}

/// Something the lexicon knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Stable id: ISO 3166 alpha-3 for states, else a slug of the name ("vladimir-putin").
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Canonical English name.
    pub name: String,
    /// ISO 3166 alpha-3 of the state it belongs to, or UNO, EUR, IGO, NGO, IMG, MNC, ISM; empty for what belongs to none.
    pub code: String,
    /// Its sector, where it has one of its own (people take theirs from their tenures).
    pub sector: Option<Sector>,
    /// First day of its existence, if known and of use.
    pub from: Option<Date>,
    /// Last day of its existence.
    pub to: Option<Date>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Places: `country`, `province`, `city`, `site`, `region`, `river`, `border`, `base`, `strait`, `sea`, `mountain`, `camp`; outlets: `wire`,
    /// `newspaper`, `broadcaster`, `state-media`, `agency`, `blog`, `magazine`; organisations: `igo`, `court`, `alliance`, `ministry`,
    /// `ngo`, `company`, …; groups: `armed`, `militia`, `party`, `people`, …
    pub feature: String,
    /// Population of states and places; for the others prominence, 0..=100.
    pub weight: f64,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// `m` or `f` for persons.
    pub gender: Option<char>,
    /// Where the entry was taken from, several by `|`; `editor` alone is own knowledge, not yet seconded.
    pub source: String,
    /// Offices held, oldest first.
    pub tenures: Vec<(OfficeKind, Tenure)>,
}

/// The codes of a state in the systems of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    /// ISO 3166 alpha-3.
    pub iso3: &'static str,
    /// ISO 3166 alpha-2; empty where there is none, as for the fields below.
    pub iso2: &'static str,
    /// ISO 3166 numeric, three digits.
    pub numeric: &'static str,
    /// Correlates of War letters.
    pub cow: &'static str,
    /// Correlates of War number.
    pub cow_number: &'static str,
    /// Gleditsch and Ward number.
    pub gw: &'static str,
    /// FIPS 10-4.
    pub fips: &'static str,
}
