//! Later mentions of one event in one article, and the one event a sentence is chiefly about.

use crate::weigh::{Features, Weights};
use chancery_model::{ActorRef, Article, Document, Rel, Report, Span, Token, Upos, Word};
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
    let (mentions, enough) = (Mention::all(article, document, reports), WEIGHTS.of("", "threshold"));
    // root[n]: the first mention of the chain that the nth belongs to
    let mut root: Vec<usize> = (0..mentions.len()).collect();
    for n in 0..mentions.len() {
        let alike = (0..n).filter(|&m| mentions[m].report.event == mentions[n].report.event);
        let sums = alike.map(|m| (WEIGHTS.sum("", &features(document, &mentions, m, n)), m));
        if let Some((_, m)) = sums.filter(|(s, _)| *s >= enough).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
            root[n] = root[m];
        }
    }
    let again = (0..mentions.len()).filter(|&n| root[n] != n);
    let again: Vec<_> = again.map(|n| (mentions[n].number, mentions[root[n]].report.id.clone())).collect();
    for (number, first) in again {
        reports[number].same_as = Some(first);
    }
}

/// What can be said of every pair of reports of one type, an earlier and a later one, for fitting the weights.
pub fn pairs(article: &Article, document: &Document, reports: &[Report]) -> Vec<(usize, usize, Features)> {
    let mentions = Mention::all(article, document, reports);
    let pairs = (0..mentions.len()).flat_map(|later| (0..later).map(move |earlier| (earlier, later)));
    let alike = pairs.filter(|&(a, b)| mentions[a].report.event == mentions[b].report.event);
    alike.map(|(a, b)| (mentions[a].number, mentions[b].number, features(document, &mentions, a, b))).collect()
}

/// A report with what is looked at where it is compared.
struct Mention<'a> {
    report: &'a Report,
    /// Its place among the reports.
    number: usize,
    /// The word of its trigger that the tree hangs highest.
    head: usize,
    /// The number of its sentence.
    sentence: usize,
    /// Whether it stands in a headline.
    heading: bool,
    /// Beginnings of the content words of its trigger, so that "recapture" and "recapturing" meet.
    stems: BTreeSet<String>,
    /// Lemmas of the other content words of its sentence.
    beside: BTreeSet<&'a str>,
    /// Lemmas of the content words that hang on its trigger.
    below: BTreeSet<&'a str>,
    /// Names and numbers of its sentence.
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// How it is introduced ("the", "new", "its").
    introduced: Vec<&'a str>,
}

impl<'a> Mention<'a> {
    /// Reports in the order of the text, those of headlines last.
    fn all(article: &'a Article, document: &'a Document, reports: &'a [Report]) -> Vec<Self> {
        let mut all: Vec<Self> = reports.iter().enumerate().map(|(n, r)| Mention::new(article, document, n, r)).collect();
        all.sort_by_key(|m| (m.heading, m.report.trigger.start));
        all
    }

    fn new(article: &Article, document: &'a Document, number: usize, report: &'a Report) -> Self {
        let tokens = document.tokens(report.trigger);
        let (head, sentence) = (document.head_of(tokens), document.sentence_of(tokens.start));
        let content = |words: Span<Token>| {
            let telling = move |&i: &usize| !tokens.contains(i) && of_content(document.words[i].upos);
            words.range().filter(telling).map(|i| document.words[i].lemma.as_str()).collect::<BTreeSet<_>>()
        };
        let of = |upos: Upos| -> BTreeSet<String> {
            let words = sentence.map_or(&[][..], |s| &document.words[document.sentences[s].tokens.range()]);
            words.iter().filter(|w| w.upos == upos).map(|w| w.lemma.to_lowercase()).collect()
        };
        let introducing = |w: &&Word| matches!(w.rel, Rel::Det | Rel::Amod | Rel::Advmod) || w.xpos == "PRP$";
        let introduced = document.children(head).map(|c| &document.words[c]).filter(introducing);
        Mention {
            report,
            number,
            head,
            sentence: sentence.unwrap_or(0),
            heading: sentence.is_some_and(|s| document.sentences[s].heading)
                || article.title_span.is_some_and(|t| t.covers(report.trigger)),
            stems: tokens
                .range()
                .filter(|&i| of_content(document.words[i].upos))
                .map(|i| stem(&document.words[i].text))
                .collect(),
            beside: sentence.map_or_else(BTreeSet::new, |s| content(document.sentences[s].tokens)),
            below: content(document.subtree(head)),
            names: of(Upos::Propn),
            numbers: of(Upos::Num),
            introduced: introduced.map(|w| if w.xpos == "PRP$" { "its" } else { w.lemma.as_str() }).collect(),
        }
    }
}

/// Whether words of that kind carry content rather than grammar.
fn of_content(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
}

/// The beginning of a word.
fn stem(word: &str) -> String {
    word.to_lowercase().chars().take(5).collect()
}

/// The share of the smaller set that both have, 0..=1.
fn shared<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    a.intersection(b).count() as f64 / a.len().min(b.len()).max(1) as f64
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
fn features(document: &Document, mentions: &[Mention], earlier: usize, later: usize) -> Features {
    let (x, y) = (&mentions[earlier], &mentions[later]);
    let (a, b) = (x.report, y.report);
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
    say(format!("historical.{} {}", a.historical, b.historical));
    if let Some(event) = a.event {
        say(format!("type.{event}"));
    }
    // "the new attack", "his second visit"
    for (side, m) in [("a", x), ("b", y)] {
        m.introduced.iter().for_each(|word| say(format!("{side} {word}")));
    }
    if !b.attribution.is_empty() {
        say("told".into());
    }
    if document.quotation_of(y.head).is_some() {
        say("quoted".into());
    }
    let (p, q) = (&document.words[x.head], &document.words[y.head]);
    say(format!("rel {}", q.rel));
    say(format!("upos {} {}", p.upos, q.upos));
    if p.upos == Upos::Noun && q.upos == Upos::Noun {
        say(format!("number.{}", if p.xpos == q.xpos { "same" } else { "other" }));
    }
    let apart = x.sentence.abs_diff(y.sentence);
    let stems = shared(&x.stems, &y.stems);
    if apart == 0 {
        say("sentence.same".into());
        say(format!("tree {}", between(document, x.head, y.head)));
    }
    if y.heading {
        let part = if (1..=2).contains(&apart) { "lead" } else { "body" };
        say(format!("headline.{part}"));
        say(format!("headline.{part}.{}", if stems > 0.0 { "words" } else { "other" }));
        say(format!("headline.actor.{}", relation(&codes(&a.actors), &codes(&b.actors))));
    } else if x.sentence <= 2 {
        say("lead".into());
    }
    let (l, m) = (p.lemma.to_lowercase(), q.lemma.to_lowercase());
    if l == m {
        say("lemma".into());
        say(format!("lemma {l}"));
    } else {
        say(format!("lemmas {} {}", l.clone().min(m.clone()), l.max(m)));
    }
    let alike = mentions.iter().filter(|m| m.report.event == a.event);
    let (low, high) = (a.trigger.start.min(b.trigger.start), a.trigger.start.max(b.trigger.start));
    let amid = alike.clone().filter(|m| low < m.report.trigger.start && m.report.trigger.start < high).count();
    say(if amid == 0 { "nearest".into() } else { "others".into() });
    if !alike.clone().any(|m| !m.heading && m.report.trigger.start < a.trigger.start) {
        say("first".into());
    }
    let logarithm = |n: usize| LOGARITHMS.get(n).copied().unwrap_or(2.5);
    out.push(("between".into(), logarithm(amid)));
    out.push(("many".into(), logarithm(alike.count() - 1)));
    out.push(("far".into(), logarithm(apart)));
    out.push(("words".into(), stems));
    out.push(("words.any".into(), if stems > 0.0 { 1.0 } else { 0.0 }));
    if apart > 0 {
        out.push(("beside".into(), shared(&x.beside, &y.beside)));
        out.push(("below".into(), shared(&x.below, &y.below)));
        out.push(("below.any".into(), if x.below.is_disjoint(&y.below) { 0.0 } else { 1.0 }));
        out.push(("names".into(), x.names.intersection(&y.names).count().min(4) as f64 / 2.0));
        if !x.numbers.is_empty() && !y.numbers.is_empty() {
            out.push((format!("numbers.{}", if x.numbers.is_disjoint(&y.numbers) { "other" } else { "same" }), 1.0));
        }
    }
    out
}

/// How the triggers of one sentence hang together: the arcs that lead from one up to the other, or to where both hang.
fn between(document: &Document, a: usize, b: usize) -> String {
    let Some((up, down)) = crate::tree::apart(document, a, b, 3) else { return "far".into() };
    let arcs = |path: &[usize]| path.iter().map(|&t| document.words[t].rel.to_string()).collect::<Vec<_>>().join(" ");
    format!("{} | {}", arcs(&up), arcs(&down))
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
