//! Later mentions of one event in one article, and the one event a sentence is chiefly about.

use crate::weigh::{Features, Weights};
use chancery_model::{ActorRef, Article, Document, Report, Upos};
use std::{collections::BTreeSet, sync::LazyLock};

/// Natural logarithms of 1 to 12, written out so that no logarithm of the platform decides; the distance of two mentions counts no further.
const LOGARITHMS: [f64; 12] = [
    0.0,
    std::f64::consts::LN_2,
    1.0986122886681098,
    1.3862943611198906,
    1.6094379124341003,
    1.791759469228055,
    1.9459101490553132,
    2.0794415416798357,
    2.1972245773362196,
    std::f64::consts::LN_10,
    2.3978952727983707,
    2.4849066497880004,
];

/// Weights of what speaks for or against one event, by name, and the `threshold` from which two mentions are taken for one; fitted on
/// annotated documents.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../data/links.tsv")));

/// Links each later mention to the first full one. A headline is no full mention: it is linked to the body's.
pub fn link(article: &Article, document: &Document, reports: &mut [Report]) {
    let (order, enough) = (order(article, document, reports), WEIGHTS.of("", "threshold"));
    // root[i]: the first mention of the chain that i belongs to
    let mut root: Vec<usize> = (0..reports.len()).collect();
    for (n, &i) in order.iter().enumerate() {
        let sums = order[..n].iter().filter_map(|&j| Some((sum(article, document, &reports[j], &reports[i])?, j)));
        if let Some((_, j)) = sums.filter(|(s, _)| *s >= enough).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
            root[i] = root[j];
            reports[i].same_as = Some(reports[root[j]].id.clone());
        }
    }
}

/// Reports in the order of the text, those of headlines last.
fn order(article: &Article, document: &Document, reports: &[Report]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&i| (in_heading(article, document, &reports[i]), reports[i].trigger.start));
    order
}

/// What can be said of every pair of reports of one type, an earlier and a later one, for fitting the weights.
pub fn pairs(article: &Article, document: &Document, reports: &[Report]) -> Vec<(usize, usize, Features)> {
    let order = order(article, document, reports);
    let pairs = order.iter().enumerate().flat_map(|(n, &later)| order[..n].iter().map(move |&earlier| (earlier, later)));
    let alike = pairs.filter(|&(a, b)| reports[a].event == reports[b].event);
    alike.map(|(a, b)| (a, b, features(article, document, &reports[a], &reports[b]))).collect()
}

fn in_heading(article: &Article, document: &Document, report: &Report) -> bool {
    let at = document.tokens(report.trigger).start;
    let heading = document.sentence_of(at).is_some_and(|s| document.sentences[s].heading);
    heading || article.title_span.is_some_and(|t| t.covers(report.trigger))
}

/// What speaks for two mentions being one event, as the sum of a logistic regression; `None` for different types, and where others act.
fn sum(article: &Article, document: &Document, a: &Report, b: &Report) -> Option<f64> {
    (a.event == b.event && !others(&a.actors, &b.actors)).then(|| WEIGHTS.sum("", &features(article, document, a, b)))
}

/// Whether none of those who act in one mention acts in the other: of other states or bodies, or other people.
fn others(a: &[ActorRef], b: &[ActorRef]) -> bool {
    let apart = |x: BTreeSet<&str>, y: BTreeSet<&str>| !x.is_empty() && !y.is_empty() && x.is_disjoint(&y);
    apart(codes(a), codes(b)) || apart(people(a), people(b))
}

/// The codes of a side.
fn codes(side: &[ActorRef]) -> BTreeSet<&str> {
    side.iter().map(|r| r.code.as_str()).collect()
}

/// The names of a side.
fn names(side: &[ActorRef]) -> BTreeSet<&str> {
    side.iter().filter_map(|r| r.entity.as_deref()).collect()
}

/// Those of a side who hold an office.
fn people(side: &[ActorRef]) -> BTreeSet<&str> {
    side.iter().filter(|r| r.office.is_some()).filter_map(|r| r.entity.as_deref()).collect()
}

/// What can be said of two mentions, by the names of the weights.
fn features(article: &Article, document: &Document, a: &Report, b: &Report) -> Features {
    let mut out = Features::new();
    let mut say = |name: String| out.push((name, 1.0));
    for (slot, x, y) in [("actor", &a.actors, &b.actors), ("recipient", &a.recipients, &b.recipients)] {
        say(format!("{slot}.{}", relation(&codes(x), &codes(y))));
        if x.iter().any(|p| y.iter().any(|q| p.span == q.span)) {
            say(format!("{slot}.words.same"));
        }
        for (key, x, y) in [("name", names(x), names(y)), ("person", people(x), people(y))] {
            if !x.is_empty() && !y.is_empty() {
                say(format!("{slot}.{key}.{}", if x.is_disjoint(&y) { "other" } else { "same" }));
            }
        }
        let sectors = |s: &[ActorRef]| s.iter().map(|r| format!("{} {:?}", r.code, r.sector)).collect::<BTreeSet<_>>();
        if !x.is_empty() && !y.is_empty() {
            say(format!("{slot}.sector.{}", if sectors(x).is_disjoint(&sectors(y)) { "other" } else { "same" }));
        }
    }
    if let (Some(p), Some(q)) = (&a.place, &b.place) {
        let kind = if p.name == q.name {
            "same"
        } else if p.country == q.country {
            "country"
        } else {
            "other"
        };
        say(format!("place.{kind}"));
    }
    if let (Some(p), Some(q)) = (&a.date, &b.date) {
        let kind = if p.from == q.from {
            "same"
        } else if p.from <= q.to && q.from <= p.to {
            "meet"
        } else {
            "other"
        };
        say(format!("date.{kind}"));
    }
    say(format!(
        "mode.{}",
        match (a.mode, b.mode) {
            (None, None) => "none",
            (Some(p), Some(q)) if p == q => "same",
            (Some(_), Some(_)) => "other",
            _ => "one",
        }
    ));
    say(format!("status.{}", if a.status == b.status { "same" } else { "other" }));
    if definite(document, b) {
        say("definite".into());
    }
    if let Some(event) = a.event {
        say(format!("type.{event}"));
    }
    let apart = match (sentence(document, a), sentence(document, b)) {
        (Some(p), Some(q)) => p.abs_diff(q),
        _ => 0,
    };
    if apart == 0 {
        say("sentence.same".into());
        say(format!("tree {}", between(document, a, b)));
    }
    let (x, y) = (stems(article, a), stems(article, b));
    let shared = x.intersection(&y).count();
    if in_heading(article, document, b) {
        let part = if (1..=2).contains(&apart) { "lead" } else { "body" };
        say(format!("headline.{part}"));
        say(format!("headline.{part}.{}", if shared > 0 { "words" } else { "other" }));
        say(format!("headline.actor.{}", relation(&codes(&a.actors), &codes(&b.actors))));
    }
    let lemma = |r: &Report| {
        let head = &document.words[document.head_of(document.tokens(r.trigger))];
        (head.upos.to_string(), head.lemma.to_lowercase())
    };
    let ((p, l), (q, m)) = (lemma(a), lemma(b));
    out.push((format!("upos {p} {q}"), 1.0));
    if l != m {
        out.push((format!("lemmas {} {}", l.clone().min(m.clone()), l.max(m)), 1.0));
    } else {
        out.push(("lemma".into(), 1.0));
        out.push((format!("lemma {l}"), 1.0));
    }
    out.push(("far".into(), LOGARITHMS.get(apart).copied().unwrap_or(2.5)));
    out.push(("words".into(), shared as f64 / x.len().min(y.len()).max(1) as f64));
    out.push(("words.any".into(), if shared > 0 { 1.0 } else { 0.0 }));
    out
}

/// How the triggers of one sentence hang together: the arcs that lead from one up to the other, or to where both hang.
fn between(document: &Document, a: &Report, b: &Report) -> String {
    let head = |r: &Report| document.head_of(document.tokens(r.trigger));
    let Some((up, down)) = crate::tree::apart(document, head(a), head(b), 3) else { return "far".into() };
    let arcs = |path: &[usize]| path.iter().map(|&t| document.words[t].rel.to_string()).collect::<Vec<_>>().join(" ");
    format!("{} | {}", arcs(&up), arcs(&down))
}

fn sentence(document: &Document, report: &Report) -> Option<usize> {
    document.sentence_of(document.tokens(report.trigger).start)
}

fn relation(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> &'static str {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => "none",
        (true, _) | (_, true) => "one",
        _ if a == b => "equal",
        _ if a.is_subset(b) || b.is_subset(a) => "subset",
        _ if a.is_disjoint(b) => "apart",
        _ => "overlap",
    }
}

/// Beginnings of the content words of a trigger, so that "recapture" and "recapturing" meet.
fn stems(article: &Article, report: &Report) -> BTreeSet<String> {
    const LIGHT: &str = " the a an of to in on for with and or by at from that this its his her their has have had was were is are be been \
        will would it he she they as not no into over about after before ";
    let text = article.text[report.trigger.range()].to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.filter(|w| !LIGHT.contains(&format!(" {w} "))).map(|w| w.chars().take(5).collect()).collect()
}

/// "the meeting", "this attack", "those visits": a definite word within two words before the trigger.
fn definite(document: &Document, report: &Report) -> bool {
    let start = document.tokens(report.trigger).start;
    (start.saturating_sub(2)..start).any(|i| {
        document.words[i].upos != Upos::Punct
            && matches!(document.words[i].text.to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
    })
}

/// Marks in each sentence the event nearest to the root of the tree; ties by score, then position.
pub fn mark_main(document: &Document, reports: &mut [Report]) {
    let mut best: std::collections::BTreeMap<usize, (usize, usize)> = std::collections::BTreeMap::new();
    for (i, r) in reports.iter().enumerate() {
        let head = document.head_of(document.tokens(r.trigger));
        let Some(sentence) = document.sentence_of(head) else { continue };
        let depth = crate::tree::path(document, head).len();
        let entry = best.entry(sentence).or_insert((depth, i));
        if depth < entry.0 {
            *entry = (depth, i);
        }
    }
    for (_, i) in best.values() {
        reports[*i].main = true;
    }
}
