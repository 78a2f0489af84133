//! Document and Findings → Reports: what happened, whether it happened, and who says so.
//!
//! The principal function is [`code`]. The model's event heads propose ([`chancery_model::Cue`]); rules over tree and lexicon decide
//! roles, status, voices, dates and places, and leave a [`chancery_model::Trace`] of what they did.
//!
//! ```
//! use chancery_model::{Document, Findings};
//! # let article: chancery_model::Article = serde_json::from_str(r#"{"id":"a0","doc":"x","locator":"x","language":"en","text":"","struck":[],"credited":[]}"#)?;
//! let lexicon = chancery_lexicon::Lexicon::builtin();
//! let reports = chancery_coder::code(&article, &Document::default(), &Findings::default(), lexicon);
//! assert!(reports.is_empty());
//! # Ok::<(), serde_json::Error>(())
//! ```
#![deny(missing_docs)]

mod cameo;
mod contexts;
mod dates;
mod magnitude;
mod places;
mod positions;
mod roles;
mod same;
mod status;
mod told;
mod tree;
mod triggers;
mod voices;
mod weigh;
mod words;

pub use cameo::{cameo_code, cameo_in, goldstein, goldstein_of, label, label_of};
pub use told::{Told, date_of, place_at, told};
pub use weigh::Features;

use chancery_lexicon::Lexicon;
use chancery_model::{
    Article, Byte, Cue, Document, EventType, Findings, Fingerprint, Id, Kind, Mode, Report, Span, Status, Trace,
};
use std::cell::OnceCell;

/// Everything that the steps of coding one cue look at.
struct Desk<'a> {
    article: &'a Article,
    document: &'a Document,
    findings: &'a Findings,
    lexicon: &'a Lexicon,
    voices: voices::Voices,
    told: OnceCell<Vec<Told>>,
}

impl<'a> Desk<'a> {
    fn new(article: &'a Article, document: &'a Document, findings: &'a Findings, lexicon: &'a Lexicon) -> Self {
        Desk { article, document, findings, lexicon, voices: voices::Voices::of(document), told: OnceCell::new() }
    }

    /// All telling, found when first asked for.
    fn told(&self) -> &[Told] {
        self.told.get_or_init(|| self.voices.told(self.document))
    }
}

/// The reports of an article, in the order of their trigger words; positions (codebook §11) stand among them.
pub fn code(article: &Article, document: &Document, findings: &Findings, lexicon: &Lexicon) -> Vec<Report> {
    let desk = Desk::new(article, document, findings, lexicon);
    let weighed = triggers::choose(document).into_iter().filter_map(|t| report(&desk, &t));
    let mut out: Vec<Report> =
        weighed.filter(|(r, said)| weigh::reported(weigh::event(said), plain(document, r))).map(|(r, _)| r).collect();
    same::link(article, document, &mut out);
    same::mark_main(document, &mut out);
    out.extend(positions::find(&desk));
    out.sort_by(|a, b| (a.trigger.start, a.trigger.end, &a.id).cmp(&(b.trigger.start, b.trigger.end, &b.id)));
    out
}

/// Whether words tell an event so plainly that less need speak for it: it is denied, failed, feared or still ahead, or forces are sent. The
/// annotated news has too few of these for the weights to have learnt them.
fn plain(document: &Document, report: &Report) -> bool {
    let deployed = matches!(report.event, Some(EventType::Mobilize | EventType::Aid));
    report.status != Status::Actual || deployed && positions::sent(document, document.head_of(document.tokens(report.trigger)))
}

/// A possible event with all that is weighed for and against it, and each mention of its sentence with what speaks for its parts.
pub struct Evidence {
    /// As it would be reported.
    pub report: Report,
    /// What speaks for and against the event.
    pub event: Features,
    /// The head words of the sentence's mentions, each with what speaks for its part.
    pub parts: Vec<(Span<Byte>, Features)>,
}

/// What is weighed for two events of one type, of those that are reported, being one: their indices, the earlier first, and what can be said of them.
pub type Link = (usize, usize, Features);

/// Everything that [`code`] weighs in an article, what it leaves out included: to fit the weights, and to explain.
pub fn evidence(article: &Article, document: &Document, findings: &Findings, lexicon: &Lexicon) -> (Vec<Evidence>, Vec<Link>) {
    let desk = Desk::new(article, document, findings, lexicon);
    let coded = triggers::choose(document).into_iter().filter_map(|chosen| {
        let (report, event) = report(&desk, &chosen)?;
        let parts = roles::parts(&desk, chosen.cue, chosen.head, &report.attribution);
        let parts = parts.into_iter().map(|(m, said)| (document.bytes(Span::new(m.head, m.head + 1)), said)).collect();
        Some(Evidence { report, event, parts })
    });
    let found: Vec<Evidence> = coded.collect();
    let told = |&i: &usize| weigh::reported(weigh::event(&found[i].event), plain(document, &found[i].report));
    let at: Vec<usize> = (0..found.len()).filter(told).collect();
    let reports: Vec<Report> = at.iter().map(|&i| found[i].report.clone()).collect();
    let links = same::pairs(article, document, &reports).into_iter().map(|(a, b, said)| (at[a], at[b], said)).collect();
    (found, links)
}

fn report(desk: &Desk, chosen: &triggers::Trigger) -> Option<(Report, Features)> {
    let document = desk.document;
    let (cue, head) = (chosen.cue, chosen.head);
    let sentence = document.sentence_of(head)?;
    let mut trace =
        vec![Trace { field: "event".into(), rule: "head.trigger".into(), detail: rejected(cue), score: Some(cue.score) }];
    let voices = desk.voices.of_event(desk, cue, head, &mut trace);
    let status = status::of(document, cue, head, &voices, &mut trace);
    let mut event = cue.event;
    let mut status = status;
    if let Some((to, why)) = status::convert(event, status) {
        trace.push(Trace {
            field: "event".into(),
            rule: format!("convert.{}", to.as_str().to_lowercase()),
            detail: why.into(),
            score: None,
        });
        event = to;
        status = Status::Actual;
    }
    let date = dates::of(desk, cue, head, sentence, &mut trace);
    let (mut actors, mut recipients) = roles::of(desk, cue, head, date.as_ref().map(|d| (d.from, d.to)), &voices, &mut trace);
    let mode = mode(event, cue, &mut trace);
    let (place, place_span) = places::of(desk, cue, head, &mut trace);
    roles::settle(event, mode, (&mut actors, &mut recipients), place.as_ref(), &mut trace);
    if !roles::political(cue, event, &actors, &recipients) {
        return None;
    }
    let contexts = contexts::of(document, sentence, event, mode);
    let cameo = cameo_in(event, mode, &contexts).to_owned();
    let said = weigh::of_event(desk, chosen, (&actors, &recipients), &voices, status);
    let trigger = document.bytes(chosen.tokens);
    let id = report_id(&desk.article.id, trigger.start, trigger.end, event.as_str());
    let report = Report {
        id,
        article: desk.article.id.clone(),
        kind: Kind::Event,
        event: Some(event),
        mode,
        contexts,
        status,
        historical: cue.historical > 0.5,
        ongoing: cue.ongoing > 0.5,
        main: false,
        confidence: weigh::chance(weigh::event(&said)),
        same_as: None,
        actors,
        recipients,
        date,
        place,
        place_span,
        attribution: voices,
        size: magnitude::of(document, sentence, head),
        trigger,
        sentence: document.sentences[sentence].span,
        cameo: Some(cameo),
        position: None,
        trace,
    };
    Some((report, said))
}

/// A report's id: hash of article id, trigger span and type.
fn report_id(article: &Id, start: usize, end: usize, event: &str) -> Id {
    Fingerprint::new().text(&article.0).number(start as u64).number(end as u64).text(event).id('r')
}

fn rejected(cue: &Cue) -> String {
    let others: Vec<String> = cue.others.iter().take(2).map(|(t, p)| format!("{t} {p:.2}")).collect();
    match others.is_empty() {
        true => format!("{} {:.2}", cue.event, cue.score),
        false => format!("{} {:.2}; rejected {}", cue.event, cue.score, others.join(", ")),
    }
}

/// The most probable mode that the type may take.
fn mode(event: EventType, cue: &Cue, trace: &mut Vec<Trace>) -> Option<Mode> {
    let allowed = Mode::of(event);
    let (best, p) = cue.modes.iter().find(|(m, _)| m.is_none_or(|m| allowed.contains(&m)))?;
    if let Some(m) = best {
        trace.push(Trace { field: "mode".into(), rule: "head.mode".into(), detail: m.to_string(), score: Some(*p) });
    }
    *best
}
