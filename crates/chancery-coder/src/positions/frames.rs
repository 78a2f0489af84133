//! How positions are worded: words of holding, what must follow them, and where they tell no position although they stand there.

use crate::{Desk, tree};
use chancery_model::{Document, Rel, Stance, Upos};

/// What a word of holding must be followed by, to tell a position on any matter.
#[derive(Clone, Copy, PartialEq)]
enum Follows {
    /// An object, a clause or an infinitive.
    Any,
    /// A clause with a subject of its own.
    Clause,
    /// An infinitive.
    Infinitive,
    /// A phrase with this preposition.
    With(&'static str),
    /// An object.
    Object,
    /// An accusation, report or claim as object.
    Claim,
}
use Follows::*;

/// Verbs.
const VERBS: &[(&str, Follows, Stance)] = &[
    ("accept", Any, Stance::Accepts),
    ("agree", Clause, Stance::Accepts),
    ("agree", With("to"), Stance::Accepts),
    ("agree", With("with"), Stance::Accepts),
    ("anticipate", Any, Stance::Expects),
    ("argue", Clause, Stance::Asserts),
    ("believe", Clause, Stance::Asserts),
    ("consider", Clause, Stance::Asserts),
    ("contend", Clause, Stance::Asserts),
    ("demand", Any, Stance::Wants),
    ("deny", Any, Stance::Denies),
    ("dismiss", Claim, Stance::Denies),
    ("doubt", Any, Stance::Doubts),
    ("expect", Any, Stance::Expects),
    ("favor", Any, Stance::Wants),
    ("favour", Any, Stance::Wants),
    ("hope", Any, Stance::Wants),
    ("hope", With("for"), Stance::Wants),
    ("insist", Clause, Stance::Asserts),
    ("insist", With("on"), Stance::Wants),
    ("maintain", Clause, Stance::Asserts),
    ("object", With("to"), Stance::Opposes),
    ("oppose", Any, Stance::Opposes),
    ("oppose", With("to"), Stance::Opposes),
    ("predict", Any, Stance::Expects),
    ("prefer", Any, Stance::Wants),
    ("question", Object, Stance::Doubts),
    ("question", Clause, Stance::Doubts),
    ("refute", Claim, Stance::Denies),
    ("reject", Claim, Stance::Denies),
    ("reject", Object, Stance::Opposes),
    ("seek", Any, Stance::Wants),
    ("think", Clause, Stance::Asserts),
    ("want", Any, Stance::Wants),
    ("warn", With("against"), Stance::Opposes),
];

/// Adjectives and participles after "be".
const ADJECTIVES: &[(&str, Follows, Stance)] = &[
    ("certain", Clause, Stance::Expects),
    ("confident", Clause, Stance::Expects),
    ("convinced", Clause, Stance::Asserts),
    ("doubtful", With("about"), Stance::Doubts),
    ("doubtful", Clause, Stance::Doubts),
    ("eager", Infinitive, Stance::Wants),
    ("keen", Infinitive, Stance::Wants),
    ("opposed", With("to"), Stance::Opposes),
    ("prepared", Infinitive, Stance::Accepts),
    ("ready", Infinitive, Stance::Accepts),
    ("sceptical", With("about"), Stance::Doubts),
    ("sceptical", With("of"), Stance::Doubts),
    ("sceptical", Clause, Stance::Doubts),
    ("skeptical", With("about"), Stance::Doubts),
    ("skeptical", With("of"), Stance::Doubts),
    ("skeptical", Clause, Stance::Doubts),
    ("unwilling", Infinitive, Stance::Opposes),
    ("willing", Infinitive, Stance::Accepts),
];

/// What is denied rather than refused.
const CLAIMS: &[&str] = &[
    "accusation",
    "allegation",
    "assertion",
    "charge",
    "claim",
    "criticism",
    "insinuation",
    "notion",
    "report",
    "rumor",
    "rumour",
    "suggestion",
];

/// A position on any matter at a word: its stance, and the head of what it is about.
pub(super) fn of(desk: &Desk, at: usize) -> Option<(Stance, usize)> {
    let document = desk.document;
    let word = &document.words[at];
    if let Some(found) = preposed(document, at) {
        return Some(found);
    }
    let copula = document.child(at, &[Rel::Cop]).is_some() || (word.upos == Upos::Verb && tree::passive(document, at));
    let fits = |(name, follows, stance): &(&str, Follows, Stance), told: &str| {
        (*name == told).then(|| followed(document, at, *follows)).flatten().map(|content| (*stance, content))
    };
    let low = word.text.to_lowercase();
    let (stance, content) = match word.upos {
        _ if copula => ADJECTIVES.iter().find_map(|row| fits(row, &low))?,
        Upos::Verb => like(document, at).or_else(|| VERBS.iter().find_map(|row| fits(row, &word.lemma)))?,
        Upos::Adj => ADJECTIVES.iter().find_map(|row| fits(row, &low))?,
        _ => return None,
    };
    if !held(document, at) {
        return None;
    }
    // "believes that it will", "insists that it must": what is held of the future is expected, what ought to be is wanted
    let stance = match (stance, modal(document, content)) {
        (Stance::Asserts, Some("must" | "should" | "shall" | "ought")) => Stance::Wants,
        (Stance::Asserts, Some("will" | "would")) if word.lemma != "insist" => Stance::Expects,
        (s, _) => s,
    };
    let stance = if refused(document, at) { super::matter::turned(stance) } else { stance };
    Some((stance, content))
}

/// "Would like to", "would like him to".
fn like(document: &Document, at: usize) -> Option<(Stance, usize)> {
    let would = document.words[at].lemma == "like" && modal(document, at) == Some("would");
    would.then(|| followed(document, at, Infinitive)).flatten().map(|content| (Stance::Wants, content))
}

/// "Is against the plan", "is in favour of the plan": the matter is the predicate, or hangs on it.
fn preposed(document: &Document, at: usize) -> Option<(Stance, usize)> {
    document.child(at, &[Rel::Cop])?;
    document.child(at, &[Rel::Nsubj])?;
    if !held(document, at) {
        return None;
    }
    match (document.words[at].lemma.to_lowercase().as_str(), tree::preposition(document, at)) {
        ("favour" | "favor", Some("in")) => Some((Stance::Wants, document.child(at, &[Rel::Nmod, Rel::Acl])?)),
        (_, Some("against")) => Some((Stance::Opposes, at)),
        _ => None,
    }
}

/// The head of what follows a word of holding in that way.
fn followed(document: &Document, at: usize, follows: Follows) -> Option<usize> {
    let clause = || document.children(at).find(|&c| c > at && document.words[c].rel == Rel::Ccomp);
    let infinitive =
        || document.children(at).find(|&c| c > at && matches!(document.words[c].rel, Rel::Xcomp | Rel::Advcl) && to(document, c));
    let object =
        || document.child(at, &[Rel::Obj]).filter(|&o| matches!(document.words[o].upos, Upos::Noun | Upos::Propn | Upos::Pron));
    match follows {
        Any => clause().or_else(infinitive).or_else(|| document.child(at, &[Rel::Xcomp])).or_else(object),
        Clause => clause(),
        Infinitive => infinitive(),
        Object => object().filter(|&o| !claim(document, o)),
        Claim => object().filter(|&o| claim(document, o)),
        With(preposition) => document.children(at).find(|&c| {
            matches!(document.words[c].rel, Rel::Obl | Rel::Nmod | Rel::Advcl)
                && document
                    .children(c)
                    .any(|k| matches!(document.words[k].rel, Rel::Case | Rel::Mark) && document.words[k].lemma == preposition)
                && !(preposition == "to" && to(document, c) && document.words[c].upos == Upos::Verb)
        }),
    }
}

fn claim(document: &Document, at: usize) -> bool {
    CLAIMS.contains(&document.words[at].lemma.as_str())
}

/// Whether a verb stands as an infinitive with "to".
fn to(document: &Document, at: usize) -> bool {
    document.children(at).any(|c| c < at && document.words[c].upos == Upos::Part && document.words[c].lemma == "to")
}

/// The modal verb or "will" of a clause.
fn modal(document: &Document, at: usize) -> Option<&str> {
    let auxiliary =
        document.children(at).filter(|&c| document.words[c].rel == Rel::Aux).map(|c| match document.words[c].lemma.as_str() {
            "'ll" => "will",
            "'d" => "would",
            lemma => lemma,
        });
    auxiliary
        .into_iter()
        .find(|l| matches!(*l, "can" | "could" | "may" | "might" | "must" | "ought" | "shall" | "should" | "will" | "would"))
}

/// Whether a position is held rather than asked for, possible, or put as a condition.
fn held(document: &Document, at: usize) -> bool {
    let word = &document.words[at];
    let marked = document.children(at).any(|c| {
        document.words[c].rel == Rel::Mark && matches!(document.words[c].lemma.as_str(), "if" | "unless" | "whether" | "lest")
    });
    let upper = word.head.map_or("", |h| document.words[h].lemma.as_str());
    let infinitive = to(document, at) && !matches!(upper, "continue" | "decline" | "refuse");
    let open = matches!(modal(document, at), Some("may" | "might" | "must" | "ought" | "shall" | "should" | "could"));
    let asked = document.sentence_of(at).is_some_and(|s| {
        let tokens = document.sentences[s].tokens;
        tokens.range().next_back().is_some_and(|last| document.words[last].text == "?")
    });
    !marked && !infinitive && !open && !asked
}

/// "Refuses to accept", "no longer wants".
fn refused(document: &Document, at: usize) -> bool {
    let upper = document.words[at].head.map_or("", |h| document.words[h].lemma.as_str());
    let longer = |c: usize| {
        document.words[c].rel == Rel::Advmod
            && document.words[c].text.eq_ignore_ascii_case("longer")
            && c > 0
            && document.words[c - 1].lemma == "no"
    };
    matches!(document.words[at].rel, Rel::Xcomp) && matches!(upper, "decline" | "refuse") || document.children(at).any(longer)
}

/// What ought to be by the words of a speaker ("Turkey says he must go"): the clause that is told, not one inside it.
pub(super) fn ought(desk: &Desk, at: usize) -> Option<Stance> {
    let document = desk.document;
    let ought = matches!(modal(document, at), Some("must" | "should" | "ought"))
        || (document.words[at].rel == Rel::Xcomp
            && to(document, at)
            && document.words[at].head.is_some_and(|h| matches!(document.words[h].lemma.as_str(), "have" | "need")));
    let clause = if modal(document, at).is_some() { at } else { document.words[at].head? };
    let cue = desk.voices.cue_at(clause)?;
    let told = match document.words[clause].rel {
        Rel::Ccomp => document.words[clause].head == Some(cue),
        _ => document.words[cue].rel == Rel::Parataxis && document.words[cue].head == Some(clause),
    };
    (ought && told && document.child(clause, &[Rel::Nsubj]).is_some()).then_some(Stance::Wants)
}
