//! What speaks for two phrases meaning the same one.

use super::{
    phrases::{Form, Phrase},
    weights,
};
use crate::phrase;
use chancery_model::{Document, Mention, Rel, Upos};

// What is said of a pair, and of a phrase that begins a chain, each with its values; a weight for each value and each form of the later phrase.
const FIELDS: [(&str, &[&str]); 27] = [
    ("earlier", &Form::NAMES),
    ("sentences", &["0", "1", "2", "3", "5", "9", "more"]),
    ("between", &["0", "1", "2", "4", "8", "16", "more"]),
    (
        "near",
        &[
            "i0",
            "i1",
            "i2",
            "we0",
            "we1",
            "we2",
            "you0",
            "you1",
            "you2",
            "he0",
            "he1",
            "he2",
            "she0",
            "she1",
            "she2",
            "it0",
            "it1",
            "it2",
            "they0",
            "they1",
            "they2",
            "word0",
            "word1",
            "word2",
            "name0",
            "name1",
            "name2",
            "definite0",
            "definite1",
            "definite2",
            "indefinite0",
            "indefinite1",
            "indefinite2",
        ],
    ),
    ("role", &["subject", "object", "owner", "oblique", "other"]),
    ("roles", &["both subjects", "same", "different"]),
    ("kinds", &["pp", "po", "pl", "px", "op", "oo", "ol", "ox", "lp", "lo", "ll", "lx", "xp", "xo", "xl", "xx"]),
    ("gender", &["same", "clash", "one", "none"]),
    ("number", &["same", "clash", "unknown"]),
    ("text", &["same", "other"]),
    ("head", &["other", "same", "same, less said", "same, more said", "same, other words", "contained"]),
    ("name", &["none", "last", "first", "inside", "letters", "shares"]),
    ("nested", &["no", "in earlier", "in later"]),
    ("syntax", &["none", "apposition", "predicate", "arguments", "listed", "title"]),
    ("actors", &["same", "different", "one", "none"]),
    ("quotation", &["none", "same", "speaker", "apart"]),
    ("repeated", &["0", "1", "2", "more"]),
    ("first", &["yes", "no"]),
    ("word", &["same", "other"]),
    ("new", &["yes"]),
    ("new kind", &["p", "o", "l", "x"]),
    ("new seen", &["text", "head", "none"]),
    ("new determiner", &["the", "owned", "this", "a", "other", "none"]),
    ("new said", &["nothing", "before", "after", "both"]),
    ("new role", &["subject", "object", "owner", "oblique", "other"]),
    ("new number", &["many", "one"]),
    (
        "placed",
        &[
            "here subject subject",
            "here subject other",
            "here object subject",
            "here object other",
            "here owner subject",
            "here owner other",
            "here oblique subject",
            "here oblique other",
            "here other subject",
            "here other other",
            "before subject subject",
            "before subject other",
            "before object subject",
            "before object other",
            "before owner subject",
            "before owner other",
            "before oblique subject",
            "before oblique other",
            "before other subject",
            "before other other",
            "far subject subject",
            "far subject other",
            "far object subject",
            "far object other",
            "far owner subject",
            "far owner other",
            "far oblique subject",
            "far oblique other",
            "far other subject",
            "far other other",
        ],
    ),
];

/// How many features there are for one form.
pub(crate) const fn count() -> usize {
    let (mut n, mut i) = (0, 0);
    while i < FIELDS.len() {
        n += FIELDS[i].1.len();
        i += 1;
    }
    n
}

/// Names of all weights, in order.
pub(crate) fn names() -> Vec<String> {
    let one = || FIELDS.iter().flat_map(|(f, values)| values.iter().map(move |v| format!("{f}: {v}")));
    Form::NAMES.iter().flat_map(|form| one().map(move |n| format!("{form} {n}"))).collect()
}

/// The features of one pair, as indices into the weights.
pub(crate) struct Features {
    form: usize,
    pub on: Vec<u16>,
}

impl Features {
    fn of(form: Form) -> Self {
        Features { form: form as usize * count(), on: Vec::with_capacity(24) }
    }

    fn say(&mut self, field: usize, value: usize) {
        let mut at = self.form;
        for f in FIELDS.iter().take(field) {
            at += f.1.len();
        }
        self.on.push((at + value.min(FIELDS[field].1.len() - 1)) as u16);
    }

    /// Sum of the weights, in the order of the features.
    pub fn sum(&self) -> f32 {
        let weights = weights::links();
        self.on.iter().map(|&f| weights[f as usize]).sum()
    }
}

/// Everything that pairs are judged by.
pub(crate) struct Table<'a> {
    pub document: &'a Document,
    pub mentions: &'a [Mention],
    pub phrases: &'a [Phrase],
    /// Best kind of each phrase: person, organisation, place, none.
    pub kinds: &'a [usize],
    roles: Vec<usize>,
    quotes: Vec<Option<usize>>,
    seen: Vec<usize>,
    first: Vec<bool>,
}

impl<'a> Table<'a> {
    pub fn new(document: &'a Document, mentions: &'a [Mention], phrases: &'a [Phrase], kinds: &'a [usize]) -> Self {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        let mut seen = Vec::with_capacity(phrases.len());
        for p in phrases {
            let n = counts.entry(p.text.as_str()).or_default();
            seen.push(*n);
            *n += 1;
        }
        let first = (0..phrases.len()).map(|i| i == 0 || phrases[i - 1].sentence != phrases[i].sentence).collect();
        let quote = |p: &Phrase| document.quotations.iter().position(|q| q.tokens.contains(p.head));
        Table {
            document,
            mentions,
            phrases,
            kinds,
            roles: phrases.iter().map(|p| role(document, p.head)).collect(),
            quotes: phrases.iter().map(quote).collect(),
            seen,
            first,
        }
    }

    /// Whether an earlier phrase is worth a look.
    pub fn candidate(&self, j: usize, i: usize) -> bool {
        let (a, b) = (&self.phrases[j], &self.phrases[i]);
        let sentences = b.sentence - a.sentence;
        match b.form {
            Form::I | Form::We | Form::You => i - j <= 60 || a.form == b.form && i - j <= 250,
            Form::He | Form::She => i - j <= 80 && sentences <= 10,
            Form::It | Form::They | Form::Word => i - j <= 50 && sentences <= 4,
            Form::Name | Form::Definite | Form::Indefinite => {
                if a.form.is_pronoun() {
                    return false;
                }
                let close = b.form == Form::Definite && sentences <= 2 || sentences == 0 && self.syntax(j, i) != 0;
                close || a.lemma == b.lemma || name(a, b) != 0 || self.actors(j, i) == 0
            }
        }
    }

    /// What speaks for and against `i` meaning the same as the earlier `j`.
    pub fn pair(&self, j: usize, i: usize) -> Features {
        let (a, b) = (&self.phrases[j], &self.phrases[i]);
        let mut f = Features::of(b.form);
        let sentences = b.sentence - a.sentence;
        f.say(0, a.form as usize);
        f.say(
            1,
            match sentences {
                0..=3 => sentences,
                4 | 5 => 4,
                6..=9 => 5,
                _ => 6,
            },
        );
        f.say(
            2,
            match i - j - 1 {
                n @ 0..=2 => n,
                3 | 4 => 3,
                5..=8 => 4,
                9..=16 => 5,
                _ => 6,
            },
        );
        f.say(3, a.form as usize * 3 + sentences.min(2));
        f.say(4, self.roles[j]);
        f.say(
            5,
            match (self.roles[j], self.roles[i]) {
                (0, 0) => 0,
                (x, y) if x == y => 1,
                _ => 2,
            },
        );
        f.say(6, self.kinds[j] * 4 + self.kinds[i]);
        f.say(
            7,
            match (a.gender, b.gender) {
                (Some(x), Some(y)) if x == y => 0,
                (Some(_), Some(_)) => 1,
                (None, None) => 3,
                _ => 2,
            },
        );
        f.say(
            8,
            match (a.plural, b.plural) {
                (Some(x), Some(y)) if x == y => 0,
                (Some(_), Some(_)) => 1,
                _ => 2,
            },
        );
        f.say(9, usize::from(a.text != b.text));
        f.say(10, head(a, b));
        f.say(11, name(a, b));
        f.say(
            12,
            if a.tokens.covers(b.tokens) {
                1
            } else if b.tokens.covers(a.tokens) {
                2
            } else {
                0
            },
        );
        f.say(13, self.syntax(j, i));
        f.say(14, self.actors(j, i));
        f.say(15, self.quotation(j, i));
        f.say(16, self.seen[j]);
        f.say(17, usize::from(!self.first[j]));
        f.say(26, sentences.min(2) * 10 + self.roles[j] * 2 + usize::from(self.roles[i] != 0));
        f.say(18, usize::from(!self.document.words[a.head].text.eq_ignore_ascii_case(&self.document.words[b.head].text)));
        f
    }

    /// What speaks for and against `i` being the first of its chain.
    pub fn new_chain(&self, i: usize) -> Features {
        let doc = self.document;
        let b = &self.phrases[i];
        let mut f = Features::of(b.form);
        f.say(19, 0);
        f.say(20, self.kinds[i]);
        let earlier = &self.phrases[..i];
        let seen = if self.seen[i] > 0 {
            0
        } else if earlier.iter().any(|a| a.lemma == b.lemma && !a.form.is_pronoun()) {
            1
        } else {
            2
        };
        f.say(21, seen);
        let determiner = doc.children(b.head).find_map(|c| {
            let w = doc.words[c].text.to_lowercase();
            match w.as_str() {
                _ if phrase::is_possessor(doc, c) => Some(1),
                _ if doc.words[c].rel != Rel::Det => None,
                "the" => Some(0),
                "this" | "that" | "these" | "those" => Some(2),
                "a" | "an" => Some(3),
                _ => Some(4),
            }
        });
        f.say(22, determiner.unwrap_or(5));
        f.say(23, usize::from(!b.marks.is_empty()) + 2 * usize::from(b.tokens.end > b.head + 1));
        f.say(24, self.roles[i]);
        f.say(25, usize::from(b.plural != Some(true)));
        f
    }

    fn actors(&self, j: usize, i: usize) -> usize {
        let of = |p: usize| self.phrases[p].mention.map(|m| &self.mentions[m].actors);
        match (of(j), of(i)) {
            (Some(x), Some(y)) => {
                let same = x.len() == y.len()
                    && x.iter()
                        .zip(y)
                        .all(|(a, b)| a.code == b.code && a.entity == b.entity && (a.entity.is_some() || a.sector == b.sector));
                usize::from(!same)
            }
            (None, None) => 3,
            _ => 2,
        }
    }

    fn quotation(&self, j: usize, i: usize) -> usize {
        match (self.quotes[j], self.quotes[i]) {
            (None, None) => 0,
            (Some(a), Some(b)) if a == b => 1,
            (None, Some(_)) if self.roles[j] == 0 && self.phrases[i].sentence.abs_diff(self.phrases[j].sentence) <= 1 => 2,
            _ => 3,
        }
    }

    fn syntax(&self, j: usize, i: usize) -> usize {
        let doc = self.document;
        let (a, b) = (self.phrases[j].head, self.phrases[i].head);
        let (wa, wb) = (&doc.words[a], &doc.words[b]);
        let copula = |noun: usize| doc.children(noun).any(|c| doc.words[c].rel == Rel::Cop);
        if wb.head == Some(a) && wb.rel == Rel::Appos || wa.head == Some(b) && wa.rel == Rel::Appos {
            1
        } else if wa.head == Some(b) && wa.rel == Rel::Nsubj && copula(b) {
            2
        } else if wa.head == wb.head
            && wa.head.is_some()
            && [wa, wb].iter().all(|w| matches!(w.rel, Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Obl))
        {
            3
        } else if wb.head == Some(a) && wb.rel == Rel::Conj || wb.head == wa.head && wa.rel == Rel::Conj && wb.rel == Rel::Conj {
            4
        } else if (wa.head == Some(b) || wb.head == Some(a))
            && matches!(wa.rel, Rel::Compound | Rel::Flat | Rel::Nmod)
            && wb.upos == Upos::Propn
        {
            5
        } else {
            0
        }
    }
}

fn role(doc: &Document, at: usize) -> usize {
    match doc.words[at].rel {
        _ if phrase::is_subject(doc, at) => 0,
        Rel::Obj | Rel::Iobj => 1,
        _ if phrase::is_possessor(doc, at) => 2,
        Rel::Obl => 3,
        _ => 4,
    }
}

// How the nouns of two phrases stand to each other.
fn head(a: &Phrase, b: &Phrase) -> usize {
    if a.form.is_pronoun() || b.form.is_pronoun() {
        return 0;
    }
    if a.lemma != b.lemma {
        let inside = |word: &str, p: &Phrase| p.marks.iter().any(|m| m == word);
        return if inside(&a.lemma, b) || inside(&b.lemma, a) { 5 } else { 0 };
    }
    let less = b.marks.iter().all(|m| a.marks.contains(m));
    let more = a.marks.iter().all(|m| b.marks.contains(m));
    match (less, more) {
        (true, true) => 1,
        (true, false) => 2,
        (false, true) => 3,
        (false, false) => 4,
    }
}

// How two names stand to each other.
fn name(a: &Phrase, b: &Phrase) -> usize {
    if a.form != Form::Name || b.form != Form::Name {
        return 0;
    }
    let all = |p: &Phrase| {
        let mut words: Vec<String> = p.text.split_whitespace().map(str::to_owned).collect();
        words.retain(|w| w.chars().any(char::is_alphanumeric));
        words
    };
    let (x, y) = (all(a), all(b));
    let (Some(xl), Some(yl), Some(xf), Some(yf)) = (x.last(), y.last(), x.first(), y.first()) else { return 0 };
    let letters = |long: &[String], short: &str| {
        let first: String = long
            .iter()
            .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"))
            .filter_map(|w| w.chars().next())
            .collect();
        long.len() > 1 && first.len() > 1 && first == short.replace('.', "")
    };
    if xl == yl {
        1
    } else if y.iter().all(|w| x.contains(w)) || x.iter().all(|w| y.contains(w)) {
        3
    } else if xf == yf {
        2
    } else if y.len() == 1 && letters(&x, yl) || x.len() == 1 && letters(&y, xl) {
        4
    } else if y.iter().any(|w| w.len() > 3 && x.contains(w)) {
        5
    } else {
        0
    }
}
