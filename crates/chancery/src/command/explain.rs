//! `explain`: why a field says what it says, down to words, rules and rejected readings.

use super::args::Format;
use super::correct;
use super::nouns::with_former_ids;
use super::output::Out;
use super::printed::{article_of, reprint};
use super::record::Record;
use anyhow::{Result, bail};
use chancery::model::{Byte, CodePoints, DateBasis, Id, Span, Trace};
use chancery::wire::v1;
use chancery::{Happening, Telling, shown, view};
use serde_json::json;
use std::io::Write;

/// Explains a report, event or article; false where no id begins so and no article is called so.
pub fn explain(record: &Record, asked: &str, out: &mut Out) -> Result<bool> {
    let id = asked.trim().to_lowercase();
    // A claim has the digits of the event that it is about.
    let id = id.strip_prefix('c').map_or(id.clone(), |digits| format!("e{digits}"));
    let formed = id.strip_prefix(['r', 'e', 'a']).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let found = if formed { record.beginning(&id)? } else { Vec::new() };
    let id = match found.as_slice() {
        [] => match (record.store().article(asked.trim())?, formed) {
            (Some(article), _) => {
                article_of(record, &article, out)?;
                return Ok(true);
            }
            (None, true) => {
                eprintln!("no report, event or article has an id that begins with {id}");
                return Ok(false);
            }
            (None, false) => bail!(super::Usage(format!(
                "`{}` is no id and no document of the record; ids of reports begin with r, those of events with e, those of articles with a",
                shown(&id)
            ))),
        },
        [one] => one.0.clone(),
        many => {
            let list: Vec<&str> = many.iter().take(5).map(|i| i.0.as_str()).collect();
            bail!(super::Usage(format!("{} ids begin with {id}: {} …; give more digits", many.len(), list.join(", "))));
        }
    };
    match (id.starts_with('a'), record.store().event(&id)?) {
        (true, _) => article_of(record, record.article(&Id(id))?.as_ref(), out)?,
        (false, Some(event)) => event_of(record, &record.happening(event)?, out)?,
        (false, None) => report_of(record, &id, out)?,
    }
    Ok(true)
}

fn report_of(record: &Record, id: &str, out: &mut Out) -> Result<()> {
    let Some(report) = record.store().report(id)? else { bail!("report {id} is missing; run `chancery check`") };
    let told = Telling { article: record.article(&report.article)?, report };
    if out.chosen && out.format == Format::Jsonl {
        let line = v1::line(&told.article, &CodePoints::of(&told.article.text), &told.report);
        let mut value = serde_json::to_value(line)?;
        value["trace"] = json!(told.report.trace);
        writeln!(out, "{value}")?;
        return Ok(());
    }
    write!(out, "{}", report_text(record, &told, "")?)?;
    write!(out, "{}", correct::told(record, std::slice::from_ref(&told.report.id))?)?;
    if record.store().as_read(&told.report.id)?.is_some_and(|(_, dropped)| dropped) {
        writeln!(out, "\nBy hand: this is no event; it is left out of everything.")?;
    }
    if let Some(event) = record.store().event_of(id)? {
        let others = event.reports.len() - 1;
        writeln!(out, "\nPart of event {} with {others} other report(s): chancery explain {}", event.id, event.id)?;
    }
    Ok(())
}

fn event_of(record: &Record, h: &Happening, out: &mut Out) -> Result<()> {
    if out.chosen && out.format == Format::Jsonl {
        let mut value = with_former_ids(record, h)?;
        value["against"] = json!(record.standing()?.against(&h.event.id).collect::<Vec<_>>());
        value["trace"] = h.told.iter().map(|t| json!({"report": t.report.id, "trace": t.report.trace})).collect();
        writeln!(out, "{value}")?;
        return Ok(());
    }
    write!(out, "{}", event_text(record, h)?)?;
    write!(out, "{}", correct::told(record, &h.event.reports)?)?;
    let former = record.store().supersedes(&h.event)?;
    if !former.is_empty() {
        writeln!(out, "\n  supersedes {}", former.iter().map(|i| i.0.as_str()).collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}

/// An event, its agreed and disputed fields, why its reports are one, who asserts and who denies it, and each report.
pub fn event_text(record: &Record, h: &Happening) -> Result<String> {
    let e = &h.event;
    let mut out = format!("Event {}\n", e.id);
    let mut field = |name: &str, value: String| out.push_str(&format!("  {name:<11}{value}\n"));
    let list = |refs: &[chancery::model::ActorRef]| {
        refs.iter().map(|a| view::named(&a.code, a.sector, a.entity.as_deref())).collect::<Vec<_>>().join("; ")
    };
    field("type", e.mode.map_or_else(|| e.event.to_string(), |m| format!("{}.{m}", e.event)));
    field("status", if h.contested { format!("{} (contested, see below)", e.status) } else { e.status.to_string() });
    field("actors", list(&e.actors));
    field("recipients", list(&e.recipients));
    for (a, name) in e.actors.iter().chain(&e.recipients).filter_map(|a| Some((a, a.entity.as_ref()?))) {
        let identities = record.identities(&a.code)?;
        let first = identities.get(name).map_or(name, |i| &i.name);
        for i in identities.values().filter(|i| i.name == *first) {
            field("one person", format!("{} ({:.2})", shown(&i.reason), i.confidence));
        }
    }
    field("date", e.date.as_ref().map_or_else(|| "not told".into(), view::days));
    field("place", e.place.as_ref().map_or_else(|| "not told".into(), place));
    field("reports", format!("{}, of {} independent origin(s)", e.reports.len(), e.origins));
    if !e.disputed.is_empty() {
        field("disputed", e.disputed.join(", "));
    }
    for m in &e.minority {
        let (who, as_what) = (list(std::slice::from_ref(&m.who)), if m.recipient { "acted on" } else { "acting" });
        let reports: Vec<&str> = m.reports.iter().map(|r| r.0.as_str()).collect();
        field("minority", format!("{who} as {as_what}, only in {}", reports.join(" ")));
    }
    field("confidence", format!("{:.2}", e.confidence));
    if !e.merged.is_empty() {
        out.push_str("  one event because\n");
        e.merged.iter().for_each(|line| out.push_str(&format!("    {}\n", shown(line))));
    }
    if h.contested {
        out.push_str(&format!("  contested\n{}", view::dispute(&record.dispute(&e.id)?)));
    }
    for t in &h.told {
        out.push('\n');
        out.push_str(&report_text(record, t, "  ")?);
    }
    Ok(out)
}

fn place(p: &chancery::model::Place) -> String {
    match (&p.country, p.lat, p.lon) {
        (Some(c), Some(lat), Some(lon)) => format!("{} ({c}, {lat:.2} {lon:.2}, {})", p.name, p.precision),
        (Some(c), ..) => format!("{} ({c}, {})", p.name, p.precision),
        _ => p.name.clone(),
    }
}

/// A report: article and whose text that is, sentence with carets, fields with quoted words, chain of voices, date arithmetic, reasoning.
fn report_text(record: &Record, t: &Telling, pad: &str) -> Result<String> {
    let (a, r) = (&t.article, &t.report);
    let mut out = format!("Report {}  {}\n", r.id, view::gist(r));
    let published = a.published.map_or_else(|| "undated".to_owned(), |p| format!("{} ({})", p.date, p.basis));
    let outlet = a.outlet.as_deref().unwrap_or("outlet unknown");
    out.push_str(&format!("  in         “{}”, {outlet}, {published}\n", shown(a.title.as_deref().unwrap_or(&a.doc))));
    out.push_str(&format!("             {}{}\n", a.locator, a.url.as_ref().map_or_else(String::new, |u| format!("  {u}"))));
    if let Some(reprint) = reprint(record, &a.id)? {
        out.push_str(&format!("  reprint    {reprint}\n"));
    }
    if let Some(wire) = t.rests_on() {
        out.push_str(&format!("  rests on   {}, of whose origin it is\n", shown(wire)));
    }
    out.push('\n');
    out.push_str(&view::evidence(a, r, 4));
    out.push('\n');
    out.push_str(&fields(t));
    out.push_str(&chain(t));
    out.push_str(&reasoning(&r.trace));
    Ok(out.lines().map(|l| if l.is_empty() { "\n".to_owned() } else { format!("{pad}{l}\n") }).collect())
}

fn fields(t: &Telling) -> String {
    let (a, r) = (&t.article, &t.report);
    let points = CodePoints::of(&a.text);
    let quoted = |span: Span<Byte>| {
        let [start, end] = points.span(span);
        format!("“{}” [{start}–{end}]", shown(a.text.get(span.range()).unwrap_or_default()))
    };
    let mut out = String::new();
    let mut field = |name: &str, value: String| out.push_str(&format!("  {name:<11}{value}\n"));
    let kind = match (r.event, r.mode) {
        (Some(e), Some(m)) => format!("{e}.{m}"),
        (Some(e), None) => e.to_string(),
        _ => "statement".to_owned(),
    };
    field("type", format!("{kind} from {}", quoted(r.trigger)));
    if let (Some(e), Some(cameo)) = (r.event, &r.cameo) {
        let label = chancery_coder::label_of(cameo).unwrap_or_else(|| chancery_coder::label(e, r.mode));
        field(
            "",
            format!("CAMEO {cameo} {label}, quad {}, PLOVER score {:+.1}", e.quad().number(), v1::scale(e, r.mode, r.status)),
        );
    }
    let mut flags = vec![r.status.to_string()];
    flags.extend(
        [(r.historical, "historical"), (r.ongoing, "ongoing"), (r.main, "main event of its sentence")]
            .iter()
            .filter(|f| f.0)
            .map(|f| f.1.to_owned()),
    );
    field("status", flags.join(", "));
    for (slot, refs) in [("actor", &r.actors), ("recipient", &r.recipients)] {
        for x in refs.iter() {
            let office = x.office.as_ref().map_or_else(String::new, |o| format!(", {o}"));
            let via = x.via.map_or_else(String::new, |v| format!(", through {}", quoted(v)));
            field(
                slot,
                format!(
                    "{}{office} from {}{via} ({:.2})",
                    view::named(&x.code, x.sector, x.entity.as_deref()),
                    quoted(x.span),
                    x.confidence
                ),
            );
        }
    }
    field("date", date(t, &quoted));
    match (&r.place, r.place_span) {
        (Some(p), Some(span)) => field("place", format!("{} from {}", place(p), quoted(span))),
        (Some(p), None) => field("place", place(p)),
        _ => field("place", "not told".to_owned()),
    }
    for m in &r.size {
        field(&m.what, format!("{} from {}", m.value, quoted(m.span)));
    }
    if let Some((stance, issue, span)) = &r.position {
        field("position", format!("{stance} “{issue}” in {}", quoted(*span)));
    }
    if !r.contexts.is_empty() {
        field("contexts", r.contexts.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", "));
    }
    if let Some(same) = &r.same_as {
        field("same as", format!("{same}, told before in this article"));
    }
    field("confidence", format!("{:.2}", r.confidence));
    out
}

/// The date and how it was reckoned: "Saturday" is 2015-10-24 because the article appeared on the 25th.
fn date(t: &Telling, quoted: &impl Fn(Span<Byte>) -> String) -> String {
    let published = t.article.published;
    let Some(d) = &t.report.date else {
        return match published {
            Some(p) => format!("not told; not after {} (publication, {})", p.date, p.basis),
            None => "not told".to_owned(),
        };
    };
    let words = d.span.map_or_else(String::new, |s| format!(" from {}", quoted(s)));
    let anchor = match (d.basis, published) {
        (DateBasis::Stated, None) => String::new(),
        (_, Some(p)) => format!(", reckoned from publication on {} {} ({})", weekday(p.date), p.date, p.basis),
        (_, None) => ", inferred from the text".to_owned(),
    };
    let first = if d.from == d.to { format!("{} {}", weekday(d.from), d.from) } else { view::days(d) };
    format!("{first} ({}, {}){words}{anchor}", d.precision, d.basis)
}

fn weekday(day: jiff::civil::Date) -> &'static str {
    use jiff::civil::Weekday::*;
    match day.weekday() {
        Monday => "Mon",
        Tuesday => "Tue",
        Wednesday => "Wed",
        Thursday => "Thu",
        Friday => "Fri",
        Saturday => "Sat",
        Sunday => "Sun",
    }
}

fn chain(t: &Telling) -> String {
    let mut out = String::from("\n  who says so, nearest voice first\n");
    for v in &t.report.attribution {
        let actor =
            v.code.as_deref().map_or_else(String::new, |c| format!(" = {}", view::named(c, v.sector, v.entity.as_deref())));
        let cue = v.cue.and_then(|c| t.article.text.get(c.range())).map_or_else(String::new, |c| format!(" by “{}”", shown(c)));
        out.push_str(&format!("    “{}”{actor}  {}, {}{cue}\n", shown(&v.text), v.kind, v.stance));
    }
    let outlet = t.article.outlet.as_deref().unwrap_or("the article itself");
    out.push_str(&format!("    {outlet}  publishes it\n"));
    out
}

fn reasoning(trace: &[Trace]) -> String {
    if trace.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n  reasoning\n");
    for t in trace {
        let score = t.score.map_or_else(String::new, |s| format!(" {s:.2}"));
        out.push_str(&format!("    {:<12} {}{score}  {}\n", t.field, t.rule, shown(&t.detail)));
    }
    out
}
