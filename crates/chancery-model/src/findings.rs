use crate::{DateBasis, DatePrecision, Document, Rel, Sector, Span, Token, Upos};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An office held over a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Title of the office ("foreign minister").
    pub office: String,
    /// State or organisation it is held in.
    pub code: String,
    /// Its sector.
    pub sector: Sector,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
}

impl Tenure {
    /// Whether the office is held on that day.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t)
    }
}

/// Who a phrase means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// ISO 3166 alpha-3 of the state it belongs to, or UNO, EUR, IGO, NGO, IMG, MNC, ISM.
    pub code: String,
    /// Its sector, where known.
    pub sector: Option<Sector>,
    /// Canonical name where a person or organisation is named or resolved to.
    pub entity: Option<String>,
    /// Wikidata id of the entity.
    pub identifier: Option<String>,
    /// Office as of the article's date.
    pub office: Option<String>,
    /// Offices known with their dates, to take the role as of an event's date.
    pub tenures: Vec<Tenure>,
}

impl Actor {
    /// The actor as of a day: the office then held; a holder whose offices are all over is `ELI`.
    pub fn as_of(&self, day: Date) -> Actor {
        let mut out = self.clone();
        if self.tenures.is_empty() {
            return out;
        }
        if let Some(t) = self.tenures.iter().find(|t| t.holds(day)) {
            out.code.clone_from(&t.code);
            out.sector = Some(t.sector);
            out.office = Some(t.office.clone());
        } else if let Some(t) = self.tenures.iter().filter(|t| t.to.is_some_and(|to| to < day)).max_by_key(|t| t.to) {
            out.code.clone_from(&t.code);
            out.sector = Some(Sector::Eli);
            out.office = Some(format!("former {}", t.office));
        }
        out
    }

    /// The same actor with the office held last within some days: those of "in 2020" for a minister who left in January are his last in
    /// office; where none was held then, as on the last of them.
    pub fn during(&self, from: Date, to: Date) -> Actor {
        let held = self.tenures.iter().filter(|t| t.from.is_none_or(|f| f <= to) && t.to.is_none_or(|t| t >= from));
        self.as_of(held.map(|t| t.to.map_or(to, |end| end.min(to))).max().unwrap_or(to))
    }
}

/// What form a mention has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A name ("Lavrov", "Moscow").
    Named,
    /// A common noun ("the minister", "rebels").
    Nominal,
    /// A pronoun, possessives included ("he", "their").
    Pronoun,
    /// An adjective of a state or group ("Russian" in "Russian jets").
    Adjective,
}

/// A phrase that means one or more political actors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mention {
    /// The phrase.
    pub tokens: Span<Token>,
    /// Its syntactic head.
    pub head: usize,
    /// Its form.
    pub kind: MentionKind,
    /// Who is meant; several for lists and plurals ("the two presidents"); never empty.
    pub actors: Vec<Actor>,
    /// The antecedent that it was resolved through.
    pub via: Option<Span<Token>>,
    /// 0..=1.
    pub confidence: f32,
    /// Why: lexicon entry or pattern, readable ("lexicon:RUS.capital", "apposition", "coreference: nearest male person").
    pub reason: String,
}

/// A time expression and the days it means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// The phrase.
    pub tokens: Span<Token>,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// TIMEX3 value ("2015-10-24", "2015-W43", "P5Y", "PAST_REF"); `None` where nothing can be said.
    pub value: Option<String>,
    /// First and last day meant; `None` for durations, sets and vague expressions.
    pub days: Option<(Date, Date)>,
    /// How exact.
    pub precision: DatePrecision,
    /// What it rests on.
    pub basis: DateBasis,
    /// The whole that it is an end or a member of ("from 3 to 5 May", "on Monday and Tuesday").
    pub stretch: Option<Stretch>,
}

/// Days told by several expressions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// From its first expression to its last.
    pub tokens: Span<Token>,
    /// First and last day.
    pub days: (Date, Date),
}

/// A place in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// ISO 3166 alpha-3 of the country it lies in, where it lies in one.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// `country`, `province`, `city`, `site` or `region`.
    pub precision: String,
}

/// A phrase that names a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceMention {
    /// The phrase, without preposition and article.
    pub tokens: Span<Token>,
    /// Where it is.
    pub place: Place,
    /// Whether it stands as a place here ("a bomb in Ankara") and not for those who govern there ("Ankara said").
    pub locative: bool,
    /// 0..=1.
    pub confidence: f32,
}

/// What a chain means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChainKind {
    /// A person or people.
    Person,
    /// An organisation.
    Organisation,
    /// A place, states included.
    Place,
}

/// One phrase of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainPhrase {
    /// The phrase with its articles, modifiers and relative clauses; without preposition and apposition.
    pub tokens: Span<Token>,
    /// Its syntactic head.
    pub head: usize,
}

/// The phrases of a document that mean the same one; a single phrase where it is mentioned once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chain {
    /// What is meant.
    pub kind: ChainKind,
    /// In order of their heads; never empty.
    pub phrases: Vec<ChainPhrase>,
}

/// What a document's words refer to.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Findings {
    /// Ordered by head token; nested phrases each have their own.
    pub mentions: Vec<Mention>,
    /// Ordered by first token.
    pub times: Vec<Time>,
    /// Ordered by first token.
    pub places: Vec<PlaceMention>,
    /// Ordered by first phrase; each phrase is in one chain at most.
    pub chains: Vec<Chain>,
}

impl Findings {
    /// The mentions that a phrase is made of: those at its head and at the heads listed with it inside the phrase, each with the highest
    /// mention below where the head itself is none ("Iranian volunteers"); empty where the phrase means no political actor.
    ///
    /// A state's name that stands as a place ("a bomb in Ankara") has a confidence of 0.2: take it only where something else says that
    /// it acts.
    pub fn within(&self, document: &Document, phrase: Span<Token>) -> Vec<&Mention> {
        let mut out: Vec<&Mention> = Vec::new();
        if phrase.is_empty() || phrase.end > document.words.len() {
            return out;
        }
        for head in heads(document, phrase) {
            if let Some(m) = self.at(head).or_else(|| self.below(document, phrase, head))
                && !out.iter().any(|o| o.head == m.head)
            {
                out.push(m);
            }
        }
        out
    }

    /// The mention whose head a token is, else the name that holds it.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        let from = self.mentions.partition_point(|m| m.head < token);
        let own = self.mentions.get(from).filter(|m| m.head == token);
        own.or_else(|| self.mentions.iter().find(|m| m.kind == MentionKind::Named && m.tokens.contains(token)))
    }

    // The highest mention below a token, inside the phrase: names before adjectives, then the first.
    fn below(&self, document: &Document, phrase: Span<Token>, head: usize) -> Option<&Mention> {
        let depth = |token: usize| {
            let (mut t, mut steps) = (token, 0);
            while let Some(h) = document.words[t].head.filter(|_| t != head && steps <= 40) {
                t = h;
                steps += 1;
            }
            (t == head).then_some(steps)
        };
        let inside = self.mentions.iter().filter(|m| phrase.contains(m.head));
        let ranked = inside.filter_map(|m| depth(m.head).map(|d| (d, m)));
        ranked.min_by_key(|(d, m)| (*d, m.kind == MentionKind::Adjective, m.head)).map(|(_, m)| m)
    }
}

// The head of a phrase and the heads listed with it inside the phrase.
fn heads(document: &Document, phrase: Span<Token>) -> Vec<usize> {
    // where a phrase was cut out of a larger one ("the U.S." of "the U.S. aggression"), its articles have heads outside it, too
    let top = |t: usize| {
        document.words[t].head.is_none_or(|h| !phrase.contains(h))
            && matches!(document.words[t].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::X)
    };
    let mut out = vec![phrase.range().find(|&t| top(t)).unwrap_or_else(|| document.head_of(phrase))];
    let mut i = 0;
    while i < out.len() {
        let listed = document.children(out[i]).filter(|&c| document.words[c].rel == Rel::Conj && phrase.contains(c));
        let more: Vec<usize> = listed.filter(|c| !out.contains(c)).collect();
        out.extend(more);
        i += 1;
    }
    out
}
