//! Later mentions of one event in one article, and the one event a sentence is chiefly about.

use chancery_model::{ActorRef, Article, Document, Report, Rel};
use std::collections::BTreeSet;

/// Links each later mention to the first full one: same type, no conflict of roles, place or status. A headline is no full mention:
/// it is linked to the body's.
pub fn link(article: &Article, document: &Document, reports: &mut [Report]) {
    let order: Vec<usize> = {
        let mut order: Vec<usize> = (0..reports.len()).collect();
        order.sort_by_key(|&i| (in_heading(article, document, &reports[i]), reports[i].trigger.start));
        order
    };
    for (n, &i) in order.iter().enumerate() {
        let earlier = order[..n].iter().filter(|&&j| reports[j].same_as.is_none()).map(|&j| (affinity(article, document, &reports[j], &reports[i]), j));
        let best = earlier.filter(|(s, _)| *s >= LINKED).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, j)) = best {
            reports[i].same_as = Some(reports[j].id.clone());
        }
    }
}

/// Least affinity at which two mentions are one event.
const LINKED: f32 = 1.0;

fn in_heading(article: &Article, document: &Document, report: &Report) -> bool {
    let at = document.tokens(report.trigger).start;
    let heading = document.sentence_of(at).is_some_and(|s| document.sentences[s].heading);
    heading || article.title_span.is_some_and(|t| t.covers(report.trigger))
}

/// How much speaks for one event; negative infinity where something contradicts it.
fn affinity(article: &Article, document: &Document, a: &Report, b: &Report) -> f32 {
    let never = f32::NEG_INFINITY;
    if a.event != b.event || (a.status != b.status && matches!((a.status, b.status), (x, y) if x as u8 == 3 || y as u8 == 3)) {
        return never;
    }
    if let (Some(x), Some(y)) = (&a.date, &b.date)
        && (x.to < y.from || y.to < x.from)
    {
        return never;
    }
    let Some(actors) = slot(&a.actors, &b.actors) else { return never };
    let Some(recipients) = slot(&a.recipients, &b.recipients) else { return never };
    let place = match (&a.place, &b.place) {
        (Some(x), Some(y)) if x.name == y.name => 0.5,
        (Some(x), Some(y)) if x.country != y.country => return never,
        _ => 0.0,
    };
    if a.mode.is_some() && b.mode.is_some() && a.mode != b.mode {
        return never;
    }
    let words = shared_words(article, document, a, b);
    let pointing = if points_back(document, b) { 0.6 } else { 0.0 };
    let heading = if in_heading(article, document, b) { 0.3 } else { 0.0 };
    actors + recipients + place + words + pointing + heading
}

/// Agreement of two slots: `None` for conflict, more for named agreement than for silence.
fn slot(a: &[ActorRef], b: &[ActorRef]) -> Option<f32> {
    let codes = |s: &[ActorRef]| s.iter().map(|x| x.code.clone()).collect::<BTreeSet<_>>();
    let (x, y) = (codes(a), codes(b));
    if x.is_empty() || y.is_empty() {
        return Some(if x.is_empty() && y.is_empty() { 0.25 } else { 0.15 });
    }
    if x == y {
        let names = |s: &[ActorRef]| s.iter().filter_map(|x| x.entity.clone()).collect::<BTreeSet<_>>();
        let (n, m) = (names(a), names(b));
        return Some(if !n.is_empty() && !m.is_empty() && n.is_disjoint(&m) { 0.2 } else { 0.4 });
    }
    if x.is_subset(&y) || y.is_subset(&x) { Some(0.2) } else { None }
}

fn shared_words(article: &Article, document: &Document, a: &Report, b: &Report) -> f32 {
    let _ = article;
    let content = |r: &Report| {
        document
            .tokens(r.trigger)
            .range()
            .filter(|&i| document.words[i].upos.as_str().len() > 3 && !matches!(document.words[i].rel, Rel::Det | Rel::Case | Rel::Punct))
            .map(|i| stem(&document.words[i].lemma))
            .collect::<BTreeSet<_>>()
    };
    let (x, y) = (content(a), content(b));
    let shared = x.intersection(&y).count() as f32;
    if shared == 0.0 { 0.0 } else { 0.3 + 0.3 * shared / x.len().min(y.len()).max(1) as f32 }
}

/// The beginning of a word, so that "recapture" and "recapturing", "visit" and "visitor" meet.
fn stem(lemma: &str) -> String {
    lemma.to_lowercase().chars().take(5).collect()
}

/// "the meeting", "this attack", "those visits": a definite event noun.
fn points_back(document: &Document, report: &Report) -> bool {
    let tokens = document.tokens(report.trigger);
    let head = document.head_of(tokens);
    document.children(head).any(|c| document.words[c].rel == Rel::Det && matches!(document.words[c].lemma.as_str(), "the" | "this" | "that" | "these" | "those"))
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
