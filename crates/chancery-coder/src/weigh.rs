//! Evidence as sums of weights: what speaks for a cue being an event, and for a phrase playing a part in it.
//!
//! Logistic regression over named features. The weights lie in `data/events.tsv` and `data/parts.tsv`; `training/evidence.py` fits them
//! on annotated news that the event heads had not seen. Sums are compared, so that no exponential of the platform decides.

use crate::{Desk, tree, triggers::Trigger};
use chancery_model::{ActorRef, Cue, Document, Mention, MentionKind, Rel, Role, Span, Status, Token, Upos, Voice};
use std::{collections::BTreeMap, sync::LazyLock};

/// Named features with their values.
pub type Features = Vec<(String, f64)>;

/// Weights by the names of features.
pub(crate) struct Weights(BTreeMap<&'static str, f64>);

impl Weights {
    /// From a table of names and weights, a tab between.
    pub(crate) fn read(table: &'static str) -> Self {
        let rows = table.lines().filter(|l| !l.starts_with('#'));
        Weights(rows.filter_map(|l| l.split_once('\t')).filter_map(|(n, w)| Some((n, w.parse().ok()?))).collect())
    }

    /// The weighted sum of features; `prefix` chooses among the weights that share a table.
    pub(crate) fn sum(&self, prefix: &str, features: &Features) -> f64 {
        self.of(prefix, "bias") + features.iter().map(|(name, value)| self.of(prefix, name) * value).sum::<f64>()
    }

    /// The weight of a name; 0 where the table has none.
    pub(crate) fn of(&self, prefix: &str, name: &str) -> f64 {
        self.0.get(format!("{prefix}{name}").as_str()).copied().unwrap_or(0.0)
    }
}

static EVENTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../data/events.tsv")));
static PARTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../data/parts.tsv")));

/// Sum for a cue being an event.
pub(crate) fn event(features: &Features) -> f64 {
    EVENTS.sum("", features)
}

/// Whether a cue of that sum is reported; what is told plainly is, from a lower sum.
pub(crate) fn reported(sum: f64, plain: bool) -> bool {
    sum + f64::from(u8::from(plain)) >= EVENTS.of("", "threshold")
}

/// The part of a mention in an event with its sum, if it plays one.
pub(crate) fn part(features: &Features) -> Option<(Role, f64)> {
    let over = |role: Role| (role, PARTS.sum(&format!("{role} "), features), PARTS.of(&format!("{role} "), "threshold"));
    let (actor, recipient) = (over(Role::Actor), over(Role::Recipient));
    let best = if actor.1 - actor.2 >= recipient.1 - recipient.2 { actor } else { recipient };
    (best.1 >= best.2).then_some((best.0, best.1))
}

/// The chance that belongs to a sum, in thousandths, from a table of the logistic function at steps of a half.
pub(crate) fn chance(sum: f64) -> f32 {
    const AT: [f64; 17] =
        [0.018, 0.029, 0.047, 0.076, 0.119, 0.182, 0.269, 0.378, 0.5, 0.622, 0.731, 0.818, 0.881, 0.924, 0.953, 0.971, 0.982];
    let x = (sum.clamp(-4.0, 4.0) + 4.0) * 2.0;
    let (low, rest) = (x as usize, x - (x as usize) as f64);
    let high = AT[(low + 1).min(AT.len() - 1)];
    ((AT[low] + (high - AT[low]) * rest) * 1000.0).round() as f32 / 1000.0
}

/// A number between knots as shares of the two that enclose it.
fn between(out: &mut Features, name: &str, value: f32, knots: &[f32]) {
    let at = knots.partition_point(|k| *k <= value).clamp(1, knots.len() - 1);
    let (low, high) = (knots[at - 1], knots[at]);
    let share = f64::from(((value - low) / (high - low)).clamp(0.0, 1.0));
    out.push((format!("{name}>{high}"), share));
    out.push((format!("{name}>{low}"), 1.0 - share));
}

/// What can be said of a cue, with who was found to act and to be acted on.
pub(crate) fn of_event(
    desk: &Desk,
    chosen: &Trigger,
    sides: (&[ActorRef], &[ActorRef]),
    voices: &[Voice],
    status: Status,
) -> Features {
    let (document, cue, head) = (desk.document, chosen.cue, chosen.head);
    let mut out = Features::new();
    between(&mut out, "score", cue.score, &[0.25, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0]);
    between(&mut out, "second", cue.others.first().map_or(0.0, |o| o.1), &[0.0, 0.1, 0.3, 0.5]);
    between(&mut out, "historical", cue.historical, &[0.0, 0.3, 0.7, 1.0]);
    let word = &document.words[head];
    between(&mut out, "not actual", 1.0 - cue.status[0], &[0.0, 0.2, 0.5, 0.8, 1.0]);
    let some = |side: &[ActorRef]| side.len().min(2);
    let mut say = |name: String| out.push((name, 1.0));
    say(format!("type {}", cue.event));
    say(format!("status {status}"));
    say(format!("upos {}", word.upos));
    say(format!("rel {}", word.rel));
    say(format!("actors {}", some(sides.0)));
    say(format!("recipients {}", some(sides.1)));
    say(format!("sides {} {}", some(sides.0), some(sides.1)));
    let known = |a: &ActorRef| a.code != "UNK";
    say(format!("known {}", sides.0.iter().chain(sides.1).filter(|a| known(a)).count().min(2)));
    if !voices.is_empty() {
        say("told".into());
    }
    if document.quotation_of(head).is_some() {
        say("quoted".into());
    }
    if let Some(s) = document.sentence_of(head) {
        say(format!("sentence {}", s.min(4)));
        if document.sentences[s].heading {
            say("heading".into());
        }
    }
    let above = tree::path(document, head).into_iter().skip(1).find_map(|t| document.cues.iter().find(|c| c.tokens.contains(t)));
    if let Some(above) = above {
        say(format!("below {}", if above.event == cue.event { "same" } else { "other" }));
    }
    say(format!("roles {}", cue.roles.iter().filter(|r| matches!(r.role, Role::Actor | Role::Recipient)).count().min(3)));
    let strength = sides.0.iter().chain(sides.1).map(|a| a.confidence).fold(0.0, f32::max);
    between(&mut out, "who", strength, &[0.0, 0.3, 0.6, 1.0]);
    out
}

/// What can be said of a mention's part in an event.
pub(crate) fn of_part(desk: &Desk, cue: &Cue, head: usize, mention: &Mention, speaks: bool) -> Features {
    let document = desk.document;
    let mut out = Features::new();
    let chance = |role: Role| {
        let own = cue.roles.iter().filter(|r| r.role == role && r.tokens.overlaps(mention.tokens));
        own.map(|r| if r.tokens.contains(mention.head) { r.score } else { r.score * 0.5 }).fold(0.0, f32::max)
    };
    let knots = [0.0, 0.25, 0.5, 0.75, 0.9, 1.0];
    between(&mut out, "head actor", chance(Role::Actor), &knots);
    between(&mut out, "head recipient", chance(Role::Recipient), &knots);
    let path = path(document, head, mention.head);
    let mut say = |name: String| out.push((name, 1.0));
    for role in [Role::Place, Role::Speaker, Role::Time] {
        if chance(role) > 0.4 {
            say(format!("head {role}"));
        }
    }
    say(format!("path {path}"));
    say(format!("path {path} {}", cue.event));
    say(format!("type {}", cue.event));
    say(format!("kind {}", kind(mention)));
    say(format!("kind {} {}", kind(mention), cue.event));
    say(format!("{} {}", if mention.head < head { "before" } else { "after" }, cue.event));
    if mention.confidence < 0.3 {
        say("place".into());
        say(format!("place {}", cue.event));
    }
    if speaks {
        say("speaks".into());
        say(format!("speaks {}", cue.event));
    }
    if mention.tokens.overlaps(cue.tokens) {
        say("within".into());
    }
    out
}

fn kind(mention: &Mention) -> &'static str {
    match mention.kind {
        MentionKind::Named => "named",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
        MentionKind::Adjective => "adjective",
    }
}

/// The way through the tree from one word to another: the arcs up, then down, with prepositions and passives; `far` beyond five arcs.
fn path(document: &Document, from: usize, to: usize) -> String {
    let Some((up, down)) = tree::apart(document, from, to, 5) else { return "far".into() };
    let noun = if matches!(document.words[from].upos, Upos::Verb | Upos::Aux) { "v" } else { "n" };
    let mut out = noun.to_owned();
    up.iter().for_each(|&t| out += &format!("<{}", arc(document, t)));
    down.iter().rev().for_each(|&t| out += &format!(">{}", arc(document, t)));
    out
}

fn arc(document: &Document, at: usize) -> String {
    let word = &document.words[at];
    let passive = word.rel == Rel::Nsubj && word.head.is_some_and(|h| tree::passive(document, h));
    match word.rel {
        Rel::Nmod | Rel::Obl => match tree::preposition(document, at) {
            Some(p) => format!("{}:{p}", word.rel),
            None => word.rel.to_string(),
        },
        _ if passive => "nsubj:pass".into(),
        _ => word.rel.to_string(),
    }
}

/// The mentions of a sentence that lie in no other.
pub(crate) fn candidates<'a>(desk: &'a Desk, sentence: Span<Token>) -> impl Iterator<Item = &'a Mention> {
    let all = &desk.findings.mentions;
    let from = all.partition_point(|m| m.head < sentence.start);
    let here = all[from..].iter().take_while(move |m| m.head < sentence.end);
    here.filter(move |m| {
        let wider = |o: &&Mention| o.head != m.head && o.tokens.contains(m.head) && o.tokens.len() > m.tokens.len();
        let near = |o: &&Mention| o.head >= sentence.start && o.head < sentence.end;
        !desk.findings.mentions[from..].iter().take_while(near).any(|o| wider(&o))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shared_by_the_knots_around_it() {
        let shares = |value: f32| {
            let mut out = Features::new();
            between(&mut out, "score", value, &[0.0, 0.5, 1.0]);
            out
        };
        assert_eq!(shares(0.25), [("score>0.5".to_owned(), 0.5), ("score>0".to_owned(), 0.5)]);
        assert_eq!(shares(2.0), [("score>1".to_owned(), 1.0), ("score>0.5".to_owned(), 0.0)]);
    }

    #[test]
    fn chances_rise_with_sums_and_stay_between_nought_and_one() {
        let all: Vec<f32> = (-100..=100).map(|n| chance(f64::from(n) / 10.0)).collect();
        assert!(all.windows(2).all(|w| w[0] <= w[1]) && all[0] > 0.0 && all[200] < 1.0);
        assert_eq!(chance(0.0), 0.5);
    }

    #[test]
    fn the_tables_hold_weights_for_what_is_named() {
        assert!(EVENTS.of("", "bias") != 0.0 && EVENTS.of("", "score>1") > EVENTS.of("", "score>0.35"));
        for (role, subject) in [("actor ", "path v>nsubj"), ("recipient ", "path v>obj")] {
            assert!(PARTS.of(role, subject) > 0.0, "{role}{subject}");
        }
    }
}
