//! Time expressions: words → TIMEX3 type, value and days.
//!
//! [`times`] reads a document, [`times_in`] bare words. The grammar (`grammar`) finds the shape of an expression by a table of words
//! (`words`); `resolve` does the arithmetic from the day of writing, the tense of the clause (`tense`) and the dates told before
//! (`story`).
//!
//! ```
//! use chancery_resolve::when::{Tense, times_in};
//! let words = ["He", "left", "on", "Friday", "."];
//! let found = times_in(&words, &[0..5], Some(jiff::civil::date(2015, 10, 26)), &|_| Tense::Past);
//! assert_eq!(found[0].value.as_deref(), Some("2015-10-23"));
//! ```

mod atoms;
mod days;
mod expression;
mod grammar;
mod partial;
mod published;
mod resolve;
mod story;
mod stretch;
mod tense;
mod words;

pub use published::infer_published;
pub use tense::Tense;

use chancery_model::{Article, DateBasis, Document, Span, Time, Token};
use expression::{Expr, Found, Portion, Shift, Year};
use jiff::civil::Date;
use resolve::{Ahead, Meaning, Scene};
use std::ops::Range;
use story::{Point, Story};
use words::Unit;

/// Time expressions of a document with their values, in order. `article.published` is the anchor where known.
///
/// What leans on an inferred publication date, or on the text's own chain of dates, has the basis `Inferred`; all else is `Stated`.
pub fn times(article: &Article, document: &Document) -> Vec<Time> {
    let words: Vec<&str> = document.words.iter().map(|w| w.text.as_str()).collect();
    let sentences: Vec<Range<usize>> = document.sentences.iter().map(|s| s.tokens.range()).collect();
    let anchor = article.published.map(|p| p.date);
    let inferred = article.published.is_some_and(|p| p.basis == DateBasis::Inferred);
    found_times(&words, &sentences, anchor, inferred, &|at| tense::parsed(document, at))
}

/// The same on bare words: their texts, the words of each sentence, the day of writing, and the tense of the clause around a word.
///
/// Without a day of writing, what leans on it has a vague value (`PAST_REF`) or a partial one (`XXXX-09-24`) and no days.
pub fn times_in(
    words: &[&str],
    sentences: &[Range<usize>],
    anchor: Option<Date>,
    tense_at: &dyn Fn(usize) -> Tense,
) -> Vec<Time> {
    found_times(words, sentences, anchor, false, tense_at)
}

/// The tense around a word as far as the words themselves show it, for texts without a parse.
pub fn tense_of_words(words: &[&str], sentence: Range<usize>, at: usize) -> Tense {
    tense::cued(words, sentence, at)
}

fn found_times(
    words: &[&str],
    sentences: &[Range<usize>],
    anchor: Option<Date>,
    inferred: bool,
    tense_at: &dyn Fn(usize) -> Tense,
) -> Vec<Time> {
    let cut: Vec<Vec<atoms::Atom>> = sentences.iter().map(|s| atoms::atoms(words, s.clone())).collect();
    let mut found: Vec<Vec<Found>> = cut.iter().map(|atoms| grammar::read(&grammar::Line { atoms })).collect();
    for (line, atoms) in found.iter_mut().zip(&cut) {
        share_years(line, atoms);
    }
    let mut story = Story::of(&found, anchor);
    let mut out: Vec<Time> = Vec::new();
    for (sentence, (line, atoms)) in found.iter().zip(&cut).enumerate() {
        let mut told: Vec<(Span<Token>, Meaning)> = Vec::with_capacity(line.len());
        for (i, f) in line.iter().enumerate() {
            let tokens = tokens(f, atoms);
            let tense = if names_past(f, atoms) { Tense::Past } else { tense_at(tokens.start) };
            let scene = Scene { anchor, tense, ahead: looks_ahead(atoms, f), sentence, story: &story };
            let mut m = resolve::meaning(f, &scene);
            if let (Some((_, first)), Some(before)) = (told.last_mut(), i.checked_sub(1).map(|b| &line[b])) {
                stretch::in_order((before, first), (f, &mut m), atoms, tense);
            }
            if !ends_years(line, i, atoms) {
                remember(&mut story, f, &m, sentence);
            }
            told.push((tokens, m));
        }
        let stretches = stretch::of(line, atoms, &told);
        for ((tokens, m), stretch) in told.into_iter().zip(stretches) {
            if out.last().is_some_and(|t| t.tokens.overlaps(tokens)) {
                continue;
            }
            let basis = match m.leans {
                Some(true) if inferred => DateBasis::Inferred,
                Some(false) => DateBasis::Inferred,
                _ => DateBasis::Stated,
            };
            out.push(Time { tokens, kind: m.kind, value: m.value, days: m.days, precision: m.precision, basis, stretch });
        }
    }
    out
}

fn tokens(found: &Found, atoms: &[atoms::Atom]) -> Span<Token> {
    Span::new(atoms[found.atoms.start].word, atoms[found.atoms.end - 1].word + 1)
}

/// "Saturday's attack" is over even in a sentence about what is to come, unless what follows is of the kind that is awaited.
fn names_past(found: &Found, atoms: &[atoms::Atom]) -> bool {
    const AWAITED: &[&str] = &[
        "ballot",
        "conference",
        "deadline",
        "election",
        "elections",
        "game",
        "hearing",
        "meeting",
        "meetings",
        "poll",
        "polls",
        "referendum",
        "runoff",
        "session",
        "summit",
        "talks",
        "trial",
        "visit",
        "vote",
        "voting",
    ];
    const BEFORE: &[&str] = &["of", "before", "for", "until", "till", "by", "next", "to"];
    let dated = matches!(found.expr, Expr::Weekday(_, Shift::Bare) | Expr::Calendar { day: Some(_), .. });
    let end = found.atoms.end;
    let owner = atoms.get(end).is_some_and(|a| a.low == "'s");
    let awaited = atoms.iter().skip(end).take(4).any(|a| AWAITED.contains(&a.low.as_str()));
    let led = found.atoms.start.checked_sub(1).is_some_and(|i| BEFORE.contains(&atoms[i].low.as_str()));
    dated && owner && !awaited && !led
}

/// The later year of "1975–1976": the story has not got there yet.
fn ends_years(line: &[Found], at: usize, atoms: &[atoms::Atom]) -> bool {
    let year = |f: &Found| matches!(f.expr, Expr::Calendar { year: Some(Year::Is(_)), month: None, day: None, .. });
    let Some(before) = at.checked_sub(1).map(|i| &line[i]) else { return false };
    let gap = before.atoms.end..line[at].atoms.start;
    year(before)
        && year(&line[at])
        && gap.len() == 1
        && matches!(atoms[gap.start].low.as_str(), "-" | "to" | "and" | "until" | "through")
}

/// "until 5 May", "due in June": whatever the tense of the verb.
fn looks_ahead(atoms: &[atoms::Atom], found: &Found) -> Ahead {
    const STRONG: &[&str] = &[
        "until",
        "till",
        "due",
        "effective",
        "payable",
        "expire",
        "expires",
        "expiring",
        "matures",
        "deadline",
        "starting",
        "upcoming",
        "soon",
    ];
    const LEADS: &[&str] = &[
        "in",
        "on",
        "the",
        "of",
        "end",
        "beginning",
        "around",
        "early",
        "late",
        "as",
        "from",
        "about",
        "before",
        "later",
        "than",
    ];
    let mut at = found.atoms.start;
    for step in 0..3 {
        let Some(i) = at.checked_sub(1) else { return Ahead::No };
        let low = atoms[i].low.as_str();
        // "laid down by the Feb. 23 accord"
        let agent = low == "by" && step == 1 && atoms[at].low == "the";
        // "Until Thursday, they had not called"
        let opens = i == 0 && matches!(low, "until" | "till");
        if matches!(low, "by" | "through") && !agent || opens {
            return Ahead::Weakly;
        }
        if STRONG.contains(&low) {
            return Ahead::Strongly;
        }
        if !LEADS.contains(&low) {
            return Ahead::No;
        }
        at = i;
    }
    Ahead::No
}

/// "in May and June 2015", "from 3 March to 5 April 2016": the first takes the year of the second. "Ten years ago, on 11 March", "on 11 March
/// ten years ago": the day takes the year told beside it.
fn share_years(line: &mut [Found], atoms: &[atoms::Atom]) {
    for i in (1..line.len()).rev() {
        let (before, after) = line.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first_mut()) else { continue };
        let gap = &atoms[a.atoms.end..b.atoms.start];
        let told_then = gap.len() <= 3 && gap.iter().all(|g| matches!(g.low.as_str(), "," | "on" | "in" | "the"));
        if let (Some(year), Expr::Calendar { year: open @ None, month: Some(_), shift: Shift::Bare, .. }) =
            (a.expr.year(), &mut b.expr)
            && told_then
            && a.portion == Portion::Whole
        {
            *open = Some(year);
        }
        if let (Expr::Calendar { year: open @ None, month: Some(_), shift: Shift::Bare, .. }, Expr::Offset { .. }) =
            (&mut a.expr, &b.expr)
            && gap.is_empty()
        {
            *open = b.expr.year();
        }
        let b = &*b;
        let (y, later) = match &b.expr {
            Expr::Calendar { year: Some(Year::Is(y)), month: Some(later), .. } => (*y, *later),
            Expr::Season(_, Some(Year::Is(y)), _) => (*y, 12),
            _ => continue,
        };
        let gap = a.atoms.end..b.atoms.start;
        let joined = gap.len() <= 2
            && gap
                .clone()
                .all(|g| matches!(atoms[g].low.as_str(), "and" | "to" | "-" | "until" | "through" | "or" | "," | "till" | "on"));
        if let (Expr::Season(_, year @ None, Shift::Bare), true) = (&mut a.expr, joined && !gap.is_empty()) {
            *year = Some(Year::Is(y));
        }
        if let Expr::Calendar { year: year @ None, month: Some(m), shift: Shift::Bare, .. } = &mut a.expr
            && joined
            && !gap.is_empty()
        {
            *year = Some(Year::Is(if *m > later { y - 1 } else { y }));
        }
    }
}

/// Moves the story on by a date told.
fn remember(story: &mut Story, found: &Found, meaning: &Meaning, sentence: usize) {
    if let Expr::Duration { unit: Unit::Month | Unit::Year, side: 0, .. } = found.expr {
        story.by_quarter = false;
    }
    let (Some(days), Some(unit)) = (meaning.days, meaning.unit) else { return };
    if matches!(found.expr, Expr::Offset { forward: false, .. } | Expr::Unit(Unit::Year, Shift::Previous | Shift::Last))
        && story.narrative
    {
        return;
    }
    if let Expr::Quarter(_, year, _) = found.expr
        && !matches!(year, Some(Year::Shifted(_) | Year::Is(_)))
    {
        story.quarter = Some((days.0.year(), (days.0.month() as u8 - 1) / 3 + 1));
        story.by_quarter = true;
    }
    if let Expr::Calendar { weekday: Some(_), day: Some(_), .. } = found.expr
        && meaning.explicit
    {
        story.weekday = Some(Point { day: days.0, unit, explicit: true, sentence });
    }
    if unit < Unit::Decade {
        story.tell(days, unit, meaning.explicit, sentence);
    }
}
