//! The parts of a dossier, each from the events behind it.

use super::gather::Ground;
use super::notes::Notes;
use super::{Bar, Block, Chart, Line, Piece, phrases};
use crate::{Happening, Said, Telling, quoted, shown, view};
use chancery_model::{Quad, Status};
use chancery_relations::{Measure, Period, Shift, Support, Way, series};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Events that the summary tells.
const CHIEF: usize = 6;
/// Events that the timeline tells; of more, the weightiest.
const TIMELINE: usize = 150;
/// Sentences told in which articles speak of a turn: the last.
const SAID: usize = 8;
/// People, matters and sentences that a part tells.
pub(super) const LISTED: usize = 40;

fn plural(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

fn sentence(words: String) -> String {
    let mut out = words;
    out.push('.');
    out
}

/// What the dossier rests on.
pub fn subtitle(g: &Ground) -> String {
    let days: Vec<Date> = g.rows().iter().filter_map(|r| r.day).collect();
    let span = match (g.source.from.or(days.iter().min().copied()), g.source.to.or(days.iter().max().copied())) {
        (Some(from), Some(to)) if from != to => format!("{} to {}", phrases::day(from), phrases::day(to)),
        (Some(day), _) => phrases::day(day),
        _ => "no dates".to_owned(),
    };
    let reports: usize = g.events.iter().map(|h| h.event.reports.len()).sum();
    let origins: usize = g.events.iter().map(|h| h.event.origins).sum();
    let outlets: BTreeSet<&String> = g.source.relation.outlets.values().flatten().collect();
    format!(
        "{span}. {} in {} of {} by {}.",
        plural(g.events.len(), "event"),
        plural(reports, "report"),
        plural(origins, "independent origin"),
        plural(outlets.len(), "outlet")
    )
}

/// Sentences built from events, each with its sources.
pub fn summary(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    let [a, b] = &g.names;
    let total = series(g.rows(), Period::Month).total;
    let mut quads: BTreeMap<Quad, usize> = BTreeMap::new();
    for h in g.events.iter().filter(|h| h.event.status == Status::Actual) {
        *quads.entry(h.event.event.quad()).or_default() += 1;
    }
    let named = |q: &Quad| q.to_string().to_lowercase();
    let list: Vec<String> = Quad::ALL.iter().filter_map(|q| quads.get(q).map(|n| format!("{n} of {}", named(q)))).collect();
    let level = total
        .level()
        .map(|l| format!(" The mean PLOVER score of an event is {l:+.1} on a scale from −10 to 10."))
        .unwrap_or_default();
    let happened: usize = quads.values().sum();
    let counts = match list.is_empty() {
        true => format!("Nothing between {a} and {b} is told as having happened."),
        false => {
            format!("Of what is told between {a} and {b}, {} happened: {}.{level}", plural(happened, "event"), list.join(", "))
        }
    };
    let mut out = vec![Block::Heading("Summary".into()), Block::Paragraph(vec![Piece::text(counts)])];
    let items: Vec<Line> = chief(g).into_iter().map(|h| told(g, h, notes)).collect();
    if !items.is_empty() {
        out.push(Block::List(items));
    }
    out
}

/// The weightiest events, by day: those of more origins and stronger scores, what is chiefly told before what is mentioned.
fn chief<'a>(g: &Ground<'a>) -> Vec<&'a Happening> {
    let mut ranked: Vec<(usize, &Happening)> = g.events.iter().copied().enumerate().collect();
    ranked.sort_by(|(m, x), (n, y)| weight(y).total_cmp(&weight(x)).then(m.cmp(n)));
    let mut best: Vec<(usize, &Happening)> = ranked.into_iter().take(CHIEF).collect();
    best.sort_by_key(|b| b.0);
    best.into_iter().map(|b| b.1).collect()
}

fn weight(h: &Happening) -> f64 {
    let e = &h.event;
    let main = h.told.iter().any(|t| t.report.main);
    let score = chancery_relations::plover_score(e.event, e.mode).abs();
    let known = if e.date.is_some() { 1.0 } else { 0.5 };
    let happened = if e.status == Status::Actual { 1.0 } else { 0.5 };
    let background = if e.historical { 0.5 } else { 1.0 };
    (2.0 + score)
        * (e.origins as f64).sqrt()
        * known
        * happened
        * background
        * if main { 1.0 } else { 0.6 }
        * f64::from(e.confidence)
}

/// An event as a sentence: date, who did what, the words, the sources.
fn told(g: &Ground, h: &Happening, notes: &mut Notes) -> Line {
    let mut out = Vec::new();
    if let Some(d) = &h.event.date {
        out.extend([Piece::Strong(format!("{}:", phrases::date(d))), Piece::text(" ")]);
    }
    out.push(Piece::text(g.deed(h)));
    if let Some(t) = h.told.first() {
        out.extend([Piece::text(" ("), Piece::Quote(shown(t.words())), Piece::text(")")]);
    }
    out.push(Piece::text(if h.contested { ", which is disputed." } else { "." }));
    out.extend(notes.cite_event(h));
    out
}

/// Where the relation turned, or why that cannot be said; and what articles say of it themselves.
pub fn turns(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    let mut out = vec![Block::Heading("Turning points".into())];
    let items: Vec<Line> = g.shifts.shifts.iter().map(|s| turn(g, s, notes)).collect();
    let tested = g.shifts.tested(Measure::Level) || g.shifts.tested(Measure::Volume);
    let step = g.period;
    match (items.is_empty(), tested) {
        (false, _) => out.push(Block::List(items)),
        (true, true) => out.push(Block::Paragraph(vec![Piece::text(format!(
            "By {step} neither the number of events nor their level changes by more than a steady series may."
        ))])),
        (true, false) => out.push(Block::Paragraph(vec![Piece::text(format!(
            "There is too little for a test: {} dated events in {} {step}s, and {} {step}s with events would be needed.",
            g.shifts.dated, g.shifts.told_steps, g.shifts.needed_steps
        ))])),
    }
    let mut seen = BTreeSet::new();
    let mut said = g.source.relation.said(g.source.lexicon);
    said.retain(|s| {
        s.article.published.is_none_or(|p| within(g, p.date))
            && seen.insert(s.article.text.get(s.sentence.range()).map(str::to_owned))
    });
    let said: Vec<Line> = said.iter().skip(said.len().saturating_sub(SAID)).map(speaks).collect();
    if !said.is_empty() {
        out.push(Block::Paragraph(vec![Piece::text("Articles that speak of a turn themselves:")]));
        out.push(Block::List(said));
    }
    out
}

/// A sentence in which an article speaks of a turn.
fn speaks(s: &Said) -> Line {
    let day = s.article.published.map_or_else(|| "undated".to_owned(), |p| phrases::day(p.date));
    let outlet = s.article.outlet.as_deref().unwrap_or(&s.article.doc);
    let way = if s.way == Way::Cooler { "cooler" } else { "warmer" };
    vec![
        Piece::text(format!("{way}: ")),
        Piece::Quote(quoted(&s.article, s.sentence, s.words, 240)),
        Piece::text(format!(" ({}, {day})", shown(outlet))),
    ]
}

fn within(g: &Ground, day: Date) -> bool {
    g.source.from.is_none_or(|f| day >= f) && g.source.to.is_none_or(|t| day <= t)
}

fn turn(g: &Ground, s: &Shift, notes: &mut Notes) -> Line {
    let what = match s.measure {
        Measure::Level => format!("the mean score of an event goes from {:+.1} to {:+.1}", s.before, s.after),
        Measure::Volume => format!("events a {} go from {:.1} to {:.1}", g.period, s.before, s.after),
    };
    let mut out = vec![Piece::Strong(format!("{}:", g.period.label(s.day))), Piece::text(format!(" {what}"))];
    let events: Vec<&Happening> = s.explained_by.iter().filter_map(|id| g.happening(id)).collect();
    if !events.is_empty() {
        out.push(Piece::text(if s.ceased { "; what ceased: " } else { "; told by " }));
        for (n, h) in events.iter().enumerate() {
            out.push(Piece::text(format!("{}{}", if n > 0 { "; " } else { "" }, g.deed(h))));
            out.extend(notes.cite_event(h));
        }
    }
    let rests: Vec<String> = s
        .rests_on
        .iter()
        .map(|r| match r {
            Support::Outlet(name) => format!("what {} alone tells", shown(name)),
            Support::Event(id) => g.happening(id).map_or_else(|| id.to_string(), |h| g.deed(h)),
            Support::Attention => "the number of articles".to_owned(),
        })
        .collect();
    out.push(Piece::text(match rests.is_empty() {
        true => ". It stands without any one outlet or event.".to_owned(),
        false => format!(". It vanishes without {}.", rests.join("; without ")),
    }));
    out.extend(
        s.gaps.iter().map(|gap| Piece::text(format!(" No coverage {} to {}.", phrases::day(gap.from), phrases::day(gap.to)))),
    );
    out
}

/// Events by month, drawn.
pub fn chart(g: &Ground) -> Vec<Block> {
    let all = series(g.rows(), Period::Month);
    let covered: BTreeSet<Date> = g.source.relation.coverage.steps(Period::Month).into_iter().collect();
    let smoothed = all.smoothed(Period::Month);
    let bars: Vec<Bar> = all
        .filled(Period::Month)
        .into_iter()
        .zip(smoothed)
        .map(|((day, s), (_, level))| Bar {
            label: Period::Month.label(day),
            cooperation: [s.quads[0], s.quads[1]],
            conflict: [s.quads[2], s.quads[3]],
            // Where nothing is told the level is not known either.
            level: level.filter(|_| covered.contains(&day) || s.events > 0),
            covered: covered.contains(&day) || s.events > 0,
        })
        .collect();
    if bars.is_empty() {
        return Vec::new();
    }
    let caption = "Events by month: cooperation upwards, conflict downwards, words pale and deeds full; months without articles are shaded. \
                   Under them the level of an event, smoothed over the months before."
        .to_owned();
    vec![Block::Heading("Over time".into()), Block::Chart(Chart { caption, bars })]
}

/// Every event, by day.
pub fn timeline(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    let mut shown_events: Vec<(usize, &Happening)> = g.events.iter().copied().enumerate().collect();
    let left = shown_events.len().saturating_sub(TIMELINE);
    if left > 0 {
        shown_events.sort_by(|(m, x), (n, y)| weight(y).total_cmp(&weight(x)).then(m.cmp(n)));
        shown_events.truncate(TIMELINE);
        shown_events.sort_by_key(|e| e.0);
    }
    let row = |h: &Happening, notes: &mut Notes| {
        let first = h.told.iter().filter_map(|t| t.article.published).map(|p| p.date).min();
        let date = match (&h.event.date, first) {
            (Some(d), _) => phrases::date(d),
            // The day of publication is the last on which it can have happened.
            (None, Some(day)) => format!("by {}", phrases::day(day)),
            (None, None) => "undated".to_owned(),
        };
        let mut what = vec![Piece::text(g.deed(h))];
        if h.contested {
            what.push(Piece::text(" "));
            what.push(Piece::Strong("disputed".into()));
        }
        what.extend(notes.cite_event(h));
        let words = h.told.first().map(|t| vec![Piece::Quote(shown(t.words()))]).unwrap_or_default();
        let count = match (h.event.reports.len(), h.event.origins) {
            (1, _) => String::new(),
            (n, o) => format!("{n} reports, {}", plural(o, "origin")),
        };
        vec![vec![Piece::text(date)], what, words, vec![Piece::text(count)]]
    };
    let rows: Vec<Vec<Line>> = shown_events.iter().map(|(_, h)| row(h, notes)).collect();
    let mut out = vec![Block::Heading("Timeline".into()), Block::Table { heads: vec!["when", "what", "words", "told in"], rows }];
    if left > 0 {
        out.push(Block::Paragraph(vec![Piece::text(format!(
            "{left} events of less weight are left out; `chancery dyad` lists all."
        ))]));
    }
    out
}

/// Those who act by name, and the offices that they hold at the time.
pub fn people(g: &Ground, notes: &mut Notes) -> Vec<Block> {
    #[derive(Default)]
    struct Seen<'a> {
        acts: BTreeSet<usize>,
        acted_on: BTreeSet<usize>,
        offices: BTreeSet<String>,
        first: Option<&'a Telling>,
    }
    let mut seen: BTreeMap<(String, String), Seen> = BTreeMap::new();
    for (n, h) in g.events.iter().enumerate() {
        for t in &h.told {
            for (refs, acts) in [(&t.report.actors, true), (&t.report.recipients, false)] {
                for a in refs {
                    let state = g.source.lexicon.state(&a.code).map(|s| &s.name);
                    let Some(entity) = a.entity.as_ref().filter(|e| Some(*e) != state) else { continue };
                    let s = seen.entry((entity.clone(), view::named(&a.code, a.sector, None))).or_default();
                    (if acts { &mut s.acts } else { &mut s.acted_on }).insert(n);
                    s.offices.extend(a.office.clone());
                    s.first.get_or_insert(t);
                }
            }
        }
    }
    let mut order: Vec<((String, String), Seen)> = seen.into_iter().collect();
    order.sort_by_key(|(_, s)| std::cmp::Reverse(s.acts.len() + s.acted_on.len()));
    order.truncate(LISTED);
    let rows: Vec<Vec<Line>> = order
        .into_iter()
        .map(|((name, code), s)| {
            let mut who = vec![Piece::text(shown(&name))];
            who.extend(s.first.map(|t| notes.cite(t)));
            let offices = s.offices.iter().map(|o| shown(o)).collect::<Vec<_>>().join("; ");
            vec![who, vec![Piece::text(code)], vec![Piece::text(offices)], number(s.acts.len()), number(s.acted_on.len())]
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let heads = vec!["who", "code", "office at the time", "acts", "is acted on"];
    vec![Block::Heading("People and offices".into()), Block::Table { heads, rows }]
}

fn number(n: usize) -> Line {
    vec![Piece::text(if n == 0 { String::new() } else { n.to_string() })]
}

/// Who tells it, and how much of that is of its own.
pub fn sources(g: &Ground) -> Vec<Block> {
    #[derive(Default)]
    struct Outlet {
        articles: BTreeSet<String>,
        events: usize,
        alone: usize,
        credited: BTreeSet<String>,
    }
    let mut outlets: BTreeMap<String, Outlet> = BTreeMap::new();
    for h in &g.events {
        let names = h.outlets();
        for name in &names {
            let o = outlets.entry(name.clone()).or_default();
            o.events += 1;
            o.alone += usize::from(names.len() == 1);
        }
        for t in &h.told {
            let name = t.article.outlet.clone().unwrap_or_else(|| t.article.doc.clone());
            let o = outlets.entry(name).or_default();
            o.articles.insert(t.article.doc.clone());
            o.credited.extend(t.article.credited.iter().map(|c| c.name.clone()));
        }
    }
    let reports: usize = g.events.iter().map(|h| h.event.reports.len()).sum();
    let origins: usize = g.events.iter().map(|h| h.event.origins).sum();
    let single = g.events.iter().filter(|h| h.event.origins <= 1).count();
    let words = format!(
        "{} come from {}; reprints of one text count once. {} of {} rest on a single origin",
        plural(reports, "report"),
        plural(origins, "independent origin"),
        single,
        plural(g.events.len(), "event")
    );
    let mut order: Vec<(String, Outlet)> = outlets.into_iter().collect();
    order.sort_by_key(|(_, o)| std::cmp::Reverse(o.events));
    let rows = order
        .into_iter()
        .take(LISTED)
        .map(|(name, o)| {
            let credited = o.credited.iter().map(|c| shown(c)).collect::<Vec<_>>().join(", ");
            vec![
                vec![Piece::text(shown(&name))],
                number(o.articles.len()),
                number(o.events),
                number(o.alone),
                vec![Piece::text(credited)],
            ]
        })
        .collect();
    vec![
        Block::Heading("Sources".into()),
        Block::Paragraph(vec![Piece::text(sentence(words))]),
        Block::Table { heads: vec!["outlet", "articles", "events", "told by it alone", "credits"], rows },
    ]
}

/// What is not known.
pub fn gaps(g: &Ground) -> Vec<Block> {
    let mut items: Vec<String> = Vec::new();
    let undated = g.events.iter().filter(|h| h.event.date.is_none()).count();
    if undated > 0 {
        items.push(format!(
            "{} of {} have no date of their own; the timeline gives the day by which they were told.",
            undated,
            plural(g.events.len(), "event")
        ));
    }
    let not_actual = g.events.iter().filter(|h| h.event.status != Status::Actual).count();
    if not_actual > 0 {
        items.push(format!(
            "{} announced, possible or denied; they are listed but score nothing.",
            if not_actual == 1 { "1 event is".to_owned() } else { format!("{not_actual} events are") }
        ));
    }
    let unnamed = g.source.relation.articles.iter().filter(|a| a.outlet.is_none()).count();
    if unnamed > 0 {
        items.push(format!("Of {} the outlet is not known; each stands for itself.", plural(unnamed, "article")));
    }
    let unpublished = g.source.relation.articles.iter().filter(|a| a.published.is_none()).count();
    if unpublished > 0 {
        items.push(format!("Of {} the day of publication is not known.", plural(unpublished, "article")));
    }
    let gaps = g.source.relation.coverage.gaps();
    let days = |gap: &chancery_relations::Gap| format!("{} to {}", phrases::day(gap.from), phrases::day(gap.to));
    if !gaps.is_empty() {
        let list: Vec<String> = gaps.iter().take(LISTED).map(days).collect();
        items.push(format!("No article in the record: {}.", list.join("; ")));
    }
    if items.is_empty() {
        items.push("None that the record itself shows.".into());
    }
    vec![Block::Heading("Gaps".into()), Block::List(items.into_iter().map(|i| vec![Piece::text(i)]).collect())]
}
