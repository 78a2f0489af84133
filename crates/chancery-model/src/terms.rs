//! The closed vocabularies of the codebook, one enum each, spelt on the wire as PLOVER and UD spell them.

/// An enum with a fixed spelling per variant: `as_str`, `ALL`, `FromStr`, `Display` and serde all come from one table.
macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }
        impl $name {
            /// Every variant, in the order of the codebook.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The spelling on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = crate::UnknownTerm;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                match s { $($text => Ok($name::$variant),)+ _ => Err(crate::UnknownTerm(s.to_owned(), stringify!($name))) }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let s = std::borrow::Cow::<'de, str>::deserialize(d)?;
                s.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

terms! {
    /// PLOVER event types (codebook §2).
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID",
        Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN",
        Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
    }
}

impl EventType {
    /// The quad class of the type.
    pub fn quad(self) -> Quad {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }
}

terms! {
    /// PLOVER quad classes, numbered 1 to 4 on the wire (see [`Quad::number`]).
    Quad {
        VerbalCooperation = "VERBAL COOPERATION", MaterialCooperation = "MATERIAL COOPERATION",
        VerbalConflict = "VERBAL CONFLICT", MaterialConflict = "MATERIAL CONFLICT",
    }
}

impl Quad {
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

terms! {
    /// Modes of event types (codebook §2).
    Mode {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone", Withdraw = "withdraw",
        Release = "release", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access", Resign = "resign",
        Assist = "assist", Change = "change", Yield = "yield", Meet = "meet", Disapprove = "disapprove",
        Investigate = "investigate", Allege = "allege", Restrict = "restrict", Arrest = "arrest", Relations = "relations",
        Expel = "expel", Territory = "territory", Violence = "violence", Demo = "demo", Riot = "riot", Strike = "strike",
        Hunger = "hunger", Boycott = "boycott", Obstruct = "obstruct", Vandalize = "vandalize", Convict = "convict",
        Discontinue = "discontinue", Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia",
        Seize = "seize", Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport",
        Withhold = "withhold", Misinformation = "misinformation", Cyber = "cyber", Abduct = "abduct", Beat = "beat",
        Torture = "torture", Sexual = "sexual", Targeted = "targeted", Destroy = "destroy", Primitive = "primitive",
        Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack", Aerial = "aerial",
        Drone = "drone", HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control", Unconventional = "unconventional",
    }
}

impl Mode {
    /// The modes that an event type may take; empty for types without modes.
    pub fn of(event: EventType) -> &'static [Mode] {
        use Mode::*;
        match event {
            EventType::Consult => &[Visit, ThirdParty, Multilateral, Phone],
            EventType::Retreat => &[Withdraw, Release, Disarm, Ceasefire, Access, Resign],
            EventType::Request | EventType::Reject => &[Assist, Change, Yield, Meet],
            EventType::Accuse => &[Disapprove, Investigate, Allege],
            EventType::Threaten => &[Restrict, Arrest, Relations, Expel, Territory, Violence],
            EventType::Protest => &[Demo, Riot, Strike, Hunger, Boycott, Obstruct, Vandalize],
            EventType::Sanction => &[Convict, Expel, Withdraw, Discontinue],
            EventType::Mobilize => &[Troops, Weapons, Police, Militia],
            EventType::Coerce => &[Seize, Restrict, Censor, Curfew, MartialLaw, Arrest, Deport, Withhold, Misinformation, Cyber],
            EventType::Assault => &[
                Abduct,
                Beat,
                Torture,
                Sexual,
                Targeted,
                Destroy,
                Primitive,
                Firearms,
                Explosives,
                SuicideAttack,
                Aerial,
                Drone,
                HeavyWeapons,
                CrowdControl,
                Unconventional,
            ],
            _ => &[],
        }
    }
}

terms! {
    /// Sectors of actors (codebook §4), in the order in which the first that applies is taken.
    Sector {
        Gov = "GOV", Mil = "MIL", Cop = "COP", Jud = "JUD", Leg = "LEG", Spy = "SPY", Prm = "PRM", Pty = "PTY", Reb = "REB",
        Uaf = "UAF", Opp = "OPP", Bus = "BUS", Cvl = "CVL", Crm = "CRM", Ref = "REF", Rel = "REL", Jrn = "JRN", Edu = "EDU",
        Lab = "LAB", Agr = "AGR", Med = "MED", Soc = "SOC", Eli = "ELI", Pre = "PRE", Unk = "UNK",
    }
}

terms! {
    /// Whether an event happened (codebook §3).
    Status { Actual = "actual", Future = "future", Hypothetical = "hypothetical", Negated = "negated" }
}

terms! {
    /// What a voice does with what it tells (codebook §5 for events, §11 for positions).
    Stance {
        Asserts = "asserts", Denies = "denies", Confirms = "confirms", Alleges = "alleges", Doubts = "doubts",
        Wants = "wants", Opposes = "opposes", Accepts = "accepts", Expects = "expects",
    }
}

terms! {
    /// What kind of source a voice is (codebook §5).
    VoiceKind {
        Official = "official", Anonymous = "anonymous", StateMedia = "state-media", Wire = "wire", Newspaper = "newspaper",
        Agency = "agency", Ngo = "ngo", Witness = "witness", Unknown = "unknown",
    }
}

terms! {
    /// Themes of a paragraph or document (codebook §7).
    Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative",
        Election = "election", PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal", Reparations = "reparations",
        HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt", Religion = "religion_ethnicity",
        Inequality = "inequality", Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping",
        Health = "health", Asylum = "asylum", Migration = "migration", Disasters = "disasters",
        NaturalResource = "natural_resource", Environment = "environment", Technology = "technology",
        Terrorism = "terrorism", Cbrn = "cbrn", Cyber = "cyber", Misinformation = "misinformation", Crime = "crime",
        Corruption = "corruption", IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}

terms! {
    /// Where a date comes from: stated in the text, given beside it, inferred from the text's own evidence, or only bounded by the publication date.
    DateBasis { Stated = "stated", Metadata = "metadata", Inferred = "inferred", Publication = "publication" }
}

terms! {
    /// How exact a date is.
    DatePrecision { Day = "day", Week = "week", Month = "month", Season = "season", Year = "year", Span = "span" }
}

terms! {
    /// Universal part-of-speech tags.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

terms! {
    /// Universal dependency relations without subtypes.
    Rel {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", Case = "case", Cc = "cc",
        Ccomp = "ccomp", Compound = "compound", Conj = "conj", Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", Nsubj = "nsubj",
        Nummod = "nummod", Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

terms! {
    /// Kinds of names that the English model marks.
    NameKind { Person = "PER", Organisation = "ORG", Location = "LOC", Other = "MISC" }
}

terms! {
    /// Roles that a phrase can play in an event.
    Role { Actor = "actor", Recipient = "recipient", Place = "place", Time = "time", Speaker = "speaker" }
}
