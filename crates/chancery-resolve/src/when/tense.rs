//! The tense of the clause around a word: from the parse, or from plain words where there is none.

use chancery_model::{Document, Rel, Upos};
use std::ops::Range;

/// When the clause around a time expression plays, seen from its writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// Told as past.
    Past,
    /// Told as present.
    Present,
    /// Told as still to come.
    Future,
    /// Nothing shows it.
    #[default]
    Unknown,
}

/// Verbs and adjectives whose infinitive is still to come: "plans to meet", "is due to fly".
const AHEAD: &[&str] = &[
    "able", "agree", "aim", "announce", "ask", "commit", "decide", "due", "expect", "hope", "intend", "invite", "likely", "need",
    "plan", "pledge", "prepare", "promise", "propose", "ready", "schedule", "set", "slate", "swear", "threaten", "urge", "vow",
    "want", "willing",
];

/// The tense of the clause that holds a word of a parsed document.
pub(crate) fn parsed(document: &Document, at: usize) -> Tense {
    let words = &document.words;
    let mut verb = at;
    // "…, its president said on Tuesday": the verb right before, whatever the parse makes of it
    let on = |t: usize| t.checked_sub(1).filter(|&p| words.get(p).is_some_and(|w| w.upos == Upos::Adp)).unwrap_or(t);
    if let Some(said) = on(at).checked_sub(1)
        && words.get(said).is_some_and(|w| w.xpos == "VBD" && w.upos == Upos::Verb)
    {
        return Tense::Past;
    }
    for _ in 0..40 {
        let Some(word) = words.get(verb) else { return Tense::Unknown };
        if matches!(word.upos, Upos::Verb | Upos::Aux) || document.children(verb).any(|c| words[c].rel == Rel::Cop) {
            return governed(document, verb, 0);
        }
        match word.head {
            Some(h) => verb = h,
            None => return Tense::Unknown,
        }
    }
    Tense::Unknown
}

fn governed(document: &Document, verb: usize, depth: usize) -> Tense {
    let words = &document.words;
    let mut tag = words[verb].xpos;
    let (mut to, mut helper) = (false, Tense::Unknown);
    for c in document.children(verb) {
        let low = words[c].text.to_lowercase();
        match (words[c].rel, words[c].xpos, low.as_str()) {
            (_, "MD", "would" | "could" | "might") if helper == Tense::Unknown => helper = Tense::Future,
            (_, "MD", _) => return Tense::Future,
            (Rel::Mark | Rel::Aux, "TO", _) => to = true,
            (Rel::Aux | Rel::Cop, "VBD", _) => helper = Tense::Past,
            (Rel::Aux, "VBP" | "VBZ", "have" | "has" | "'ve") => helper = Tense::Past,
            (Rel::Aux | Rel::Cop, "VBP" | "VBZ", _) if helper == Tense::Unknown => helper = Tense::Present,
            _ => {}
        }
    }
    if to && tag == "VB" {
        let ahead = words[verb].head.is_none_or(|h| AHEAD.contains(&words[h].lemma.as_str()) || words[h].upos == Upos::Noun);
        return match (ahead, words[verb].head) {
            (false, Some(h)) if depth < 4 => governed(document, h, depth + 1),
            _ => Tense::Future,
        };
    }
    if helper != Tense::Unknown {
        return if helper == Tense::Present && tag == "VBG" { Tense::Future } else { helper };
    }
    if words[verb].upos == Upos::Aux && tag.is_empty() {
        tag = "VBZ";
    }
    match (tag, words[verb].head) {
        ("VBD", _) => Tense::Past,
        ("VBP" | "VBZ", _) => Tense::Present,
        ("VBN" | "VBG" | "VB", Some(h)) if depth < 4 => {
            let up = climb(document, h);
            up.map_or(Tense::Past, |v| governed(document, v, depth + 1))
        }
        ("VBN", None) => Tense::Past,
        _ => Tense::Unknown,
    }
}

fn climb(document: &Document, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..40 {
        let word = document.words.get(at)?;
        if word.upos == Upos::Verb {
            return Some(at);
        }
        at = word.head?;
    }
    None
}

/// The tense around a word by the nearest verb form that can be told without a parse.
pub(crate) fn cued(words: &[&str], sentence: Range<usize>, at: usize) -> Tense {
    let mut best = (usize::MAX, Tense::Unknown);
    for i in sentence.clone() {
        let Some(tense) = cue(words, &sentence, i) else { continue };
        let far = if i < at { (at - i) * 2 } else { (i - at) * 3 };
        // a clause boundary between the two counts as distance
        let (a, b) = (i.min(at), i.max(at));
        let walls = words[a..b]
            .iter()
            .filter(|w| matches!(**w, "," | ";" | ":" | "that" | "which" | "who" | "when" | "while" | "but" | "--" | "-"))
            .count();
        let cost = far + walls * 8;
        if cost < best.0 {
            best = (cost, tense);
        }
    }
    best.1
}

fn cue(words: &[&str], sentence: &Range<usize>, i: usize) -> Option<Tense> {
    const FUTURE: &[&str] = &[
        "will",
        "'ll",
        "’ll",
        "wo",
        "shall",
        "upcoming",
        "scheduled",
        "planned",
        "planning",
        "plans",
        "expected",
        "due",
        "payable",
        "tomorrow",
    ];
    const TO: &[&str] = &[
        "agreed",
        "agreement",
        "agrees",
        "plans",
        "offer",
        "aims",
        "due",
        "expected",
        "expects",
        "going",
        "hopes",
        "intends",
        "likely",
        "plan",
        "planned",
        "planning",
        "plans",
        "pledged",
        "prepared",
        "preparing",
        "promised",
        "ready",
        "scheduled",
        "set",
        "slated",
        "vowed",
        "wants",
        "are",
        "is",
    ];
    const PRESENT: &[&str] = &["is", "are", "am", "'re", "does", "do", "says", "say", "remains", "continues"];
    const PAST: &[&str] = &[
        "was",
        "were",
        "had",
        "did",
        "said",
        "told",
        "met",
        "held",
        "took",
        "came",
        "went",
        "made",
        "gave",
        "began",
        "left",
        "fell",
        "rose",
        "got",
        "saw",
        "won",
        "lost",
        "led",
        "sent",
        "found",
        "brought",
        "thought",
        "became",
        "broke",
        "built",
        "bought",
        "caught",
        "chose",
        "drew",
        "drove",
        "fled",
        "flew",
        "fought",
        "grew",
        "heard",
        "kept",
        "knew",
        "laid",
        "lay",
        "meant",
        "paid",
        "ran",
        "sank",
        "sat",
        "shot",
        "showed",
        "sold",
        "spent",
        "spoke",
        "stood",
        "struck",
        "swore",
        "taught",
        "threw",
        "withdrew",
        "wrote",
        "blew",
        "has",
        "have",
        "'ve",
        "been",
        "overthrew",
        "undertook",
    ];
    const NO_VERB: &[&str] = &[
        "need", "speed", "indeed", "hundred", "united", "armed", "alleged", "feed", "seed", "bed", "red", "proceed", "exceed",
        "naked", "sacred", "wicked",
    ];
    let low = words.get(i)?.to_lowercase();
    let prev =
        i.checked_sub(1).filter(|p| sentence.contains(p)).and_then(|p| words.get(p)).map_or(String::new(), |w| w.to_lowercase());
    let w = low.as_str();
    if FUTURE.contains(&w) || w == "to" && TO.contains(&prev.as_str()) {
        return Some(Tense::Future);
    }
    if matches!(w, "would" | "may" | "should" | "must") && words[i].starts_with(char::is_lowercase) {
        return Some(Tense::Future);
    }
    let be = prev == "be";
    if PAST.contains(&w)
        && !be
        && !matches!(prev.as_str(), "will" | "would" | "may" | "might" | "could" | "to" | "'ll" | "should")
    {
        return Some(Tense::Past);
    }
    let participle = w.ends_with("ed")
        && w.len() > 3
        && !NO_VERB.contains(&w)
        && !w.starts_with("un")
        && !words[i].starts_with(char::is_uppercase);
    if participle && !matches!(prev.as_str(), "be" | "is" | "are" | "the" | "a" | "an") {
        return Some(Tense::Past);
    }
    PRESENT.contains(&w).then_some(Tense::Present)
}
