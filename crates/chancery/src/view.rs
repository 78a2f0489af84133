//! What a room found, as carets under the words of a sentence.

use crate::{Dispute, Held, Marks, Outcome, SIDES, carets, quoted, shown};
use chancery_model::{Article, Byte, Document, Report, Sentence, Span, Status, Token};

/// The article with what was struck out marked by its reason.
pub fn intake(outcome: &Outcome) -> String {
    let a = &outcome.article;
    let mut out = heading(a);
    let marks: Vec<Marks> = a.struck.iter().map(|s| Marks { span: s.span, label: format!("struck: {}", s.reason) }).collect();
    let mut marks = marks;
    if let Some(span) = a.title_span {
        marks.push(Marks { span, label: "title".into() });
    }
    if let Some(d) = &a.dateline {
        marks.push(Marks { span: d.span, label: "dateline".into() });
    }
    if let Some(span) = a.published.and_then(|p| p.span) {
        marks.push(Marks { span, label: "published".into() });
    }
    marks.extend(a.credited.iter().map(|c| Marks { span: c.span, label: format!("credit: {}", c.name) }));
    let mut at = 0;
    for line in a.text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if !span.is_empty() {
            out.push_str(&carets(&a.text, span, &marks, 2));
        }
    }
    out
}

/// The sentences with names and event cues.
pub fn text(outcome: &Outcome) -> String {
    let d = &outcome.document;
    let mut marks: Vec<Marks> = d.names.iter().map(|n| mark(d, n.tokens, format!("{} {:.2}", n.kind, n.score))).collect();
    for cue in &d.cues {
        marks.push(mark(d, cue.tokens, format!("{} {:.2} {}", cue.event, cue.score, cue.best_status())));
    }
    heading(&outcome.article) + &sentences(outcome, &marks)
}

/// The sentences with actors, times and places.
pub fn resolve(outcome: &Outcome) -> String {
    let (d, f) = (&outcome.document, &outcome.findings);
    let mut marks = Vec::new();
    for m in &f.mentions {
        let actors: Vec<String> = m.actors.iter().map(|a| named(&a.code, a.sector, a.entity.as_deref())).collect();
        marks.push(mark(d, m.tokens, format!("{} ({})", actors.join(" + "), m.reason)));
    }
    for t in &f.times {
        marks.push(mark(d, t.tokens, format!("{} {}", t.kind, t.value.as_deref().unwrap_or("?"))));
    }
    for p in f.places.iter().filter(|p| p.locative) {
        let country = p.place.country.as_deref().unwrap_or("-");
        marks.push(mark(d, p.tokens, format!("at {} ({country})", p.place.name)));
    }
    heading(&outcome.article) + &sentences(outcome, &marks)
}

/// The sentences that tell something, once per report, with the evidence of its fields.
pub fn code(outcome: &Outcome) -> String {
    let mut out = heading(&outcome.article);
    for r in &outcome.reports {
        out.push_str(&format!("\n  {}  {}\n", r.id, gist(r)));
        out.push_str(&evidence(&outcome.article, r, 4));
    }
    out
}

/// The sentence of a report with the evidence of its fields; evidence elsewhere follows with its own sentence cut short.
pub fn evidence(article: &Article, r: &Report, indent: usize) -> String {
    let marks = marks(r);
    let mut out = carets(&article.text, r.sentence, &marks, indent);
    for m in marks.iter().filter(|m| !m.span.overlaps(r.sentence)) {
        let words = article.text.get(m.span.range()).unwrap_or_default();
        out.push_str(&format!("{}elsewhere: “{}” {}\n", " ".repeat(indent), shown(words), m.label));
    }
    out
}

/// What a report says, in one line: type.mode status actors → recipients.
pub fn gist(r: &Report) -> String {
    let kind = match (r.event, r.mode, &r.position) {
        (Some(e), Some(m), _) => format!("{e}.{m}"),
        (Some(e), None, _) => e.to_string(),
        (None, _, Some((stance, issue, _))) => format!("{stance}: {issue}"),
        (None, _, None) => "statement".to_owned(),
    };
    let list = |refs: &[chancery_model::ActorRef]| {
        refs.iter().map(|a| named(&a.code, a.sector, a.entity.as_deref())).collect::<Vec<_>>().join(" + ")
    };
    let arrow = if r.recipients.is_empty() { String::new() } else { format!(" → {}", list(&r.recipients)) };
    format!("{kind} {} {}{arrow}", r.status, list(&r.actors))
}

/// The same with codes alone, where there is little room: `CONSULT.phone RUS + IRN`; the status is told where it is not simply actual.
pub fn gist_short(r: &Report) -> String {
    let codes = |refs: &[chancery_model::ActorRef]| {
        let mut codes: Vec<&str> = refs.iter().map(|a| a.code.as_str()).collect();
        codes.dedup();
        codes.join(" + ")
    };
    let kind = match (r.event, r.mode) {
        (Some(e), Some(m)) => format!("{e}.{m}"),
        (Some(e), None) => e.to_string(),
        _ => "statement".to_owned(),
    };
    let status = if r.status == Status::Actual { String::new() } else { format!(" {}", r.status) };
    let arrow = if r.recipients.is_empty() { String::new() } else { format!(" → {}", codes(&r.recipients)) };
    format!("{kind}{status} {}{arrow}", codes(&r.actors))
}

/// Characters of a quotation from one who asserts or denies something.
const QUOTED: usize = 200;

/// Who asserts and who denies something, a line each with the words, the outlet and the day of publication.
pub fn dispute(d: &Dispute) -> String {
    let line = |verb: &str, h: &Held| {
        let (a, r) = (&h.telling.article, &h.telling.report);
        let day = a.published.map_or_else(|| "undated".to_owned(), |p| p.date.to_string());
        let words = quoted(a, r.sentence, r.trigger, QUOTED);
        format!("    {verb} {}: “{words}” ({}, {day}; {})\n", shown(h.name()), shown(h.telling.outlet()), r.id)
    };
    SIDES.iter().flat_map(|(stance, verb)| d.side(*stance).map(|h| line(verb, h))).collect()
}

/// Code, sector and name as one word for a person to read: `RUS/GOV Sergei Lavrov`.
pub fn named(code: &str, sector: Option<chancery_model::Sector>, entity: Option<&str>) -> String {
    let sector = sector.map_or_else(String::new, |s| format!("/{s}"));
    let entity = entity.map_or_else(String::new, |e| format!(" {e}"));
    format!("{code}{sector}{entity}")
}

/// The evidence of each field of a report.
fn marks(r: &Report) -> Vec<Marks> {
    let mut out = vec![Marks { span: r.trigger, label: r.event.map_or_else(|| "statement".to_owned(), |e| e.to_string()) }];
    for (slot, refs) in [("actor", &r.actors), ("recipient", &r.recipients)] {
        for a in refs {
            let label = format!("{slot} {}", named(&a.code, a.sector, a.entity.as_deref()));
            match out.iter_mut().find(|m| m.span == a.span) {
                // "the two presidents" is one stretch for two actors.
                Some(m) => m.label = format!("{}; {label}", m.label),
                None => out.push(Marks { span: a.span, label }),
            }
            out.extend(a.via.map(|span| Marks { span, label: format!("via, for “{}”", a.text) }));
        }
    }
    if let Some((d, span)) = r.date.as_ref().and_then(|d| Some((d, d.span?))) {
        out.push(Marks { span, label: format!("date {}", days(d)) });
    }
    if let Some((p, span)) = r.place.as_ref().zip(r.place_span) {
        out.push(Marks { span, label: format!("place {}", p.name) });
    }
    for v in &r.attribution {
        out.push(Marks { span: v.span, label: format!("voice ({}, {})", v.kind, v.stance) });
    }
    for m in &r.size {
        out.push(Marks { span: m.span, label: format!("{} {}", m.what, m.value) });
    }
    if let Some((stance, _, span)) = &r.position {
        out.push(Marks { span: *span, label: stance.to_string() });
    }
    out
}

/// A day, a month, a year, or the first and last day as an ISO 8601 interval.
pub fn days(d: &chancery_model::DateRange) -> String {
    let (from, to) = (d.from, d.to);
    if from == to {
        return from.to_string();
    }
    let whole_months = from.day() == 1 && to == to.last_of_month() && from.year() == to.year();
    match whole_months {
        true if from.month() == to.month() => format!("{:04}-{:02}", from.year(), from.month()),
        true if from.month() == 1 && to.month() == 12 => format!("{:04}", from.year()),
        _ => format!("{from}/{to}"),
    }
}

fn heading(a: &Article) -> String {
    let published = a.published.map_or_else(|| "undated".to_owned(), |p| format!("{} ({})", p.date, p.basis));
    let outlet = a.outlet.as_deref().unwrap_or("outlet unknown");
    format!("{}  {}  {published}  {outlet}  [{}]\n", a.doc, shown(a.title.as_deref().unwrap_or("(no title)")), a.language)
}

fn mark(d: &Document, tokens: Span<Token>, label: String) -> Marks {
    Marks { span: d.bytes(tokens), label }
}

fn sentences(outcome: &Outcome, marks: &[Marks]) -> String {
    let draw = |s: &Sentence| carets(&outcome.article.text, s.span, &within(marks, s.span), 2);
    outcome.document.sentences.iter().map(draw).collect()
}

fn within(marks: &[Marks], span: Span<Byte>) -> Vec<Marks> {
    marks.iter().filter(|m| m.span.overlaps(span)).cloned().collect()
}
