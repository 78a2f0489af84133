//! Do two tellings tell one thing? What speaks for and against it, with fitted weights (`data/merge.tsv`, made by `training/merge.py`).

mod cluster;
mod weights;
mod word;

use crate::words;
use chancery_model::EventType;
pub use cluster::average_linkage;

/// Points up to which one pair counts among several.
pub const BOUND: f32 = 30.0;
/// Mean points from which two groups of tellings of one topic are one event.
pub const ENOUGH: f32 = -8.0;

/// What is known of one telling, as it stands in an article.
#[derive(Debug, Clone, Default)]
pub struct Telling<'a> {
    /// The trigger words; the one that tells the event first.
    pub trigger: Vec<&'a str>,
    /// The sentence around them.
    pub sentence: &'a str,
    /// The type, where one is told.
    pub event: Option<EventType>,
    /// Who acts: names, or the words for them.
    pub acting: Vec<&'a str>,
    /// Who or what is acted on.
    pub acted_on: Vec<&'a str>,
    /// What else belongs to it: places, times, means.
    pub around: Vec<&'a str>,
    /// Whether it is told by a noun, where that is known.
    pub noun: Option<bool>,
    /// The word on which the trigger hangs in its sentence, where that is known.
    pub above: &'a str,
    /// The whole article, where it is to be compared; see [`theme`].
    pub theme: Theme,
}

/// Stems with their rarities, sorted, and the root of the sum of their squares.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    stems: Vec<(u64, f32)>,
    norm: f32,
}

/// What an article is about, by how its words differ from those of others.
pub fn theme(text: &str) -> Theme {
    Theme::without(words::stems(text), &[])
}

impl Theme {
    fn without(stems: Vec<u64>, own: &[u64]) -> Theme {
        let mut stems: Vec<(u64, f32)> = stems.into_iter().map(|s| (s, weights::rarity(s))).collect();
        stems.retain(|s| own.binary_search(&s.0).is_err());
        let norm = stems.iter().fold(0.0, |sum, s| sum + s.1 * s.1).sqrt();
        Theme { stems, norm }
    }

    /// The cosine of two, 0..=1.
    fn likeness(&self, other: &Theme) -> f32 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0f32);
        while let (Some(x), Some(y)) = (self.stems.get(i), other.stems.get(j)) {
            sum += if x.0 == y.0 { x.1 * y.1 } else { 0.0 };
            i += usize::from(x.0 <= y.0);
            j += usize::from(y.0 <= x.0);
        }
        let norm = self.norm * other.norm;
        if norm > 0.0 { sum / norm } else { 0.0 }
    }
}

/// A telling prepared for comparison.
#[derive(Debug, Clone)]
pub struct Shape {
    base: String,
    root: String,
    bases: Vec<String>,
    lines: Vec<u16>,
    tells: bool,
    event: Option<EventType>,
    acting: Vec<u64>,
    acted_on: Vec<u64>,
    around: Vec<u64>,
    everything: Vec<u64>,
    names: Vec<u64>,
    times: Vec<u64>,
    numbers: Vec<u64>,
    noun: Option<bool>,
    above: String,
    /// Of the sentence, without the trigger's words.
    sentence: Theme,
    article: Theme,
}

/// Names of days, months and parts of the day.
const TIMES: &[&str] = &[
    "april",
    "august",
    "december",
    "february",
    "friday",
    "january",
    "july",
    "june",
    "march",
    "may",
    "monday",
    "month",
    "morning",
    "night",
    "november",
    "october",
    "saturday",
    "september",
    "sunday",
    "thursday",
    "today",
    "tuesday",
    "wednesday",
    "week",
    "weekend",
    "year",
    "yesterday",
];

impl Shape {
    /// Prepares a telling.
    pub fn of(telling: &Telling) -> Shape {
        Shape::with(telling, words::stems(telling.sentence))
    }

    /// The same where the stems of the sentence are known.
    pub(crate) fn with(telling: &Telling, stems: Vec<u64>) -> Shape {
        let mut bases: Vec<String> = telling.trigger.iter().map(|w| word::base(w)).filter(|w| !w.is_empty()).collect();
        let base = bases.first().cloned().unwrap_or_default();
        bases.retain(|w| w.len() > 2 && !words::common(w));
        bases.sort_unstable();
        bases.dedup();
        let list = |slot: &[&str]| {
            let mut all: Vec<u64> = slot.iter().flat_map(|s| words::stems(s)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (acting, acted_on, around) = (list(&telling.acting), list(&telling.acted_on), list(&telling.around));
        let mut everything = [acting.as_slice(), &acted_on, &around].concat();
        everything.sort_unstable();
        everything.dedup();
        let own = list(&telling.trigger);
        let (names, times, numbers) = marks(telling.sentence);
        Shape {
            root: word::root(&base).to_owned(),
            lines: word::lines_of(&base).to_vec(),
            tells: word::tells(&base),
            base,
            bases,
            event: telling.event,
            acting,
            acted_on,
            around,
            everything,
            names,
            times,
            numbers,
            noun: telling.noun,
            above: word::base(telling.above),
            sentence: Theme::without(stems, &own),
            article: telling.theme.clone(),
        }
    }
}

/// Capitalised words within a sentence, words of time, and numbers; each sorted.
fn marks(sentence: &str) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
    let (mut names, mut times, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    let mut first = true;
    for w in sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let low = w.to_lowercase();
        if w.chars().all(|c| c.is_ascii_digit()) {
            let year = w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
            if year { &mut times } else { &mut numbers }.push(words::hash(w));
        } else if TIMES.binary_search(&low.as_str()).is_ok() {
            times.push(words::hash(&low));
        } else if !first && w.chars().next().is_some_and(char::is_uppercase) {
            names.extend(words::stems(w));
        }
        first = false;
    }
    for list in [&mut names, &mut times, &mut numbers] {
        list.sort_unstable();
        list.dedup();
    }
    (names, times, numbers)
}

macro_rules! traits {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What can be said of two tellings; each counts anew for the same word, kindred words and other words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Trait { $($variant),+ }
        impl Trait {
            /// All of them.
            pub const ALL: &'static [Trait] = &[$(Trait::$variant),+];
            /// The name of its weight: the trait and, after a stop, the kind of words: `same`, `kin` or `other`.
            pub fn name(self, word: usize) -> String {
                let of = match self { $(Trait::$variant => $name),+ };
                format!("{of}.{}", ["same", "kin", "other"][word.min(2)])
            }
        }
    };
}

traits! {
    Word = "word", Root = "root", Part = "part", KinShare = "kin-share", KinPart = "kin-part", Rare = "rare", Tells = "tells",
    ActorSame = "actor-same", ActorOther = "actor-other", ObjectSame = "object-same", ObjectOther = "object-other",
    AroundSame = "around-same", AroundOther = "around-other", ArgumentsSame = "arguments-same", ArgumentsOther = "arguments-other",
    ArgumentsRare = "arguments-rare", Crossed = "crossed", Mentioned = "mentioned", NamesSame = "names-same", NamesOther = "names-other",
    NamesRare = "names-rare", TimesSame = "times-same", TimesOther = "times-other", NumbersSame = "numbers-same",
    NumbersOther = "numbers-other", Sentence = "sentence", OneArticle = "one-article", OneSentence = "one-sentence", TypeSame = "type-same",
    TypeOther = "type-other", FormSame = "form-same", FormOther = "form-other", AboveSame = "above-same", Above = "above",
    Article = "article",
}

/// Where two tellings stand towards each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// In one sentence.
    Sentence,
    /// In one article.
    Article,
    /// In different articles.
    World,
}

/// Gives each trait of a pair with the kind of its words (0 the same, 1 kindred, 2 other) and its value.
pub fn traits(a: &Shape, b: &Shape, apart: Apart, mut say: impl FnMut(Trait, usize, f32)) {
    use Trait::*;
    let same = !a.base.is_empty() && a.base == b.base;
    let lines = both(&a.lines, &b.lines);
    let rooted = !same && a.root == b.root && a.root.len() > 2;
    let w = if same { 0 } else { 2 - usize::from(lines > 0 || rooted) };
    let mut mark = |t: Trait, yes: bool| {
        if yes {
            say(t, w, 1.0);
        }
    };
    mark(Word, true);
    mark(Root, rooted);
    mark(Part, w == 2 && a.bases.iter().any(|x| b.bases.binary_search(x).is_ok()));
    mark(KinPart, w == 2 && a.bases.iter().any(|x| b.bases.iter().any(|y| both(word::lines_of(x), word::lines_of(y)) > 0)));
    mark(Tells, a.tells && b.tells);
    for (same, other, x, y) in [
        (ActorSame, ActorOther, &a.acting, &b.acting),
        (ObjectSame, ObjectOther, &a.acted_on, &b.acted_on),
        (AroundSame, AroundOther, &a.around, &b.around),
        (ArgumentsSame, ArgumentsOther, &a.everything, &b.everything),
        (NamesSame, NamesOther, &a.names, &b.names),
        (TimesSame, TimesOther, &a.times, &b.times),
        (NumbersSame, NumbersOther, &a.numbers, &b.numbers),
    ] {
        if !x.is_empty() && !y.is_empty() {
            mark(if words::shared(x, y) > 0 { same } else { other }, true);
        }
    }
    mark(Crossed, words::shared(&a.acting, &b.acted_on) + words::shared(&a.acted_on, &b.acting) > 0);
    mark(OneArticle, apart != Apart::World);
    mark(OneSentence, apart == Apart::Sentence);
    if let (Some(x), Some(y)) = (a.event, b.event) {
        mark(if x == y { TypeSame } else { TypeOther }, true);
    }
    if let (Some(x), Some(y)) = (a.noun, b.noun) {
        mark(if x == y { FormSame } else { FormOther }, true);
    }
    mark(AboveSame, !a.above.is_empty() && a.above == b.above);
    mark(Above, (!a.above.is_empty() && a.above == b.base) || (!b.above.is_empty() && b.above == a.base));
    if lines > 0 && !same {
        say(KinShare, w, lines as f32 / (a.lines.len() + b.lines.len() - lines) as f32);
    }
    if same {
        say(Rare, w, weights::rarity(words::stems(&a.base).first().copied().unwrap_or(0)) / 6.0);
    }
    let rarest = |x: &[u64], y: &[u64]| common(x, y).map(weights::rarity).fold(0.0, f32::max) / 6.0;
    say(ArgumentsRare, w, rarest(&a.everything, &b.everything));
    say(NamesRare, w, rarest(&a.names, &b.names));
    let told = |x: &[u64], y: &Shape| {
        let there = x.iter().filter(|s| y.sentence.stems.binary_search_by_key(*s, |t| t.0).is_ok());
        there.map(|s| weights::rarity(*s)).fold(0.0, f32::max) / 6.0
    };
    say(Mentioned, w, told(&a.everything, b) + told(&b.everything, a));
    say(Sentence, w, a.sentence.likeness(&b.sentence));
    if apart == Apart::World {
        say(Article, w, a.article.likeness(&b.article));
    }
}

/// How many numbers two ascending lists share.
fn both(a: &[u16], b: &[u16]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

fn common<'a>(a: &'a [u64], b: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    a.iter().copied().filter(|x| b.binary_search(x).is_ok())
}

/// How much speaks for two tellings being of one thing: ten points to the unit of the logit, 0 where nothing is known either way.
///
/// ```
/// use chancery_register::alike::{Apart, Shape, Telling, points};
/// let told = |trigger, sentence| Shape::of(&Telling { trigger: vec![trigger], sentence, ..Telling::default() });
/// let raid = told("raided", "Troops raided the rebel camp near Aleppo on Friday.");
/// let attack = told("raid", "The raid on the rebel camp near Aleppo came on Friday.");
/// let visit = told("visited", "The minister visited Vienna.");
/// assert!(points(&raid, &attack, Apart::World) > points(&raid, &visit, Apart::World));
/// ```
pub fn points(a: &Shape, b: &Shape, apart: Apart) -> f32 {
    let mut sum = 0.0;
    traits(a, b, apart, |t, w, value| sum += weights::weight(t, w).0 * value);
    sum
}

/// The same as a list for a reader: what is said, and its points; what rounds to none is left out.
pub fn reasons(a: &Shape, b: &Shape, apart: Apart) -> Vec<(&'static str, f32)> {
    let mut out: Vec<(&'static str, f32)> = Vec::new();
    traits(a, b, apart, |t, w, value| {
        let (weight, words) = weights::weight(t, w);
        match out.iter_mut().find(|r| r.0 == words) {
            Some(known) => known.1 += weight * value,
            None => out.push((words, weight * value)),
        }
    });
    out.retain(|r| r.1.abs() >= 0.5);
    out
}
