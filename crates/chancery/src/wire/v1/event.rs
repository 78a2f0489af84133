use super::line::{Link, Location, Party, link, location, scale, thousandths, words};
use chancery_model::{
    ActorRef, Article, CodePoints, Context, DateBasis, DatePrecision, Event, EventType, Minority, Mode, Report, Status,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One merged event as one line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventLine {
    /// Event id.
    pub id: String,
    /// One type.
    pub event: Vec<EventType>,
    /// One mode or none.
    pub mode: Vec<Mode>,
    /// Themes of all reports.
    pub context: Vec<Context>,
    /// 1 to 4.
    pub quad_code: u8,
    /// PLOVER score; 0 unless actual.
    pub event_scale: f64,
    /// Status told by most independent origins.
    pub status: Status,
    /// Background in every report.
    pub historical: bool,
    /// A continuing practice.
    pub ongoing: bool,
    /// 0..=1, three digits.
    pub confidence: f64,
    /// Who acts.
    pub actor: Vec<Party>,
    /// Who is acted on.
    pub recipient: Vec<Party>,
    /// Whom so few origins name that they are kept apart from those who take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minority: Vec<Few>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Last day, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enddate: Option<Date>,
    /// What the date rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// How exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_precision: Option<DatePrecision>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_loc: Option<Location>,
    /// Independent origins among the reports.
    pub origins: usize,
    /// Fields on which the reports differ.
    pub disputed: Vec<String>,
    /// The reports, earliest first.
    pub reports: Vec<Source>,
    /// Why they were taken for one event.
    pub merged: Vec<String>,
}

/// Somebody whom a minority of the origins name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Few {
    /// `actor` or `recipient`.
    pub role: String,
    /// Who.
    #[serde(flatten)]
    pub party: Party,
    /// Ids of the reports that say so.
    pub reports: Vec<String>,
}

/// A report of a merged event, with where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Report id.
    pub id: String,
    /// Name of the document.
    pub doc: String,
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
    /// Day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The trigger words.
    pub event_text: String,
    /// Where they stand.
    pub span: [usize; 2],
    /// The sentence around them.
    pub sentence: String,
    /// Status in this report.
    pub status: Status,
    /// Nearest voice first.
    pub attribution: Vec<Link>,
}

/// A merged event with its reports and their articles, earliest first.
pub fn event_line<'a>(e: &Event, told: impl IntoIterator<Item = (&'a Report, &'a Article)>) -> EventLine {
    EventLine {
        id: e.id.0.clone(),
        event: vec![e.event],
        mode: e.mode.into_iter().collect(),
        context: e.contexts.clone(),
        quad_code: e.event.quad().number(),
        event_scale: scale(e.event, e.mode, e.status),
        status: e.status,
        historical: e.historical,
        ongoing: e.ongoing,
        confidence: thousandths(e.confidence),
        actor: e.actors.iter().map(party).collect(),
        recipient: e.recipients.iter().map(party).collect(),
        minority: e.minority.iter().map(few).collect(),
        date: e.date.as_ref().map(|d| d.from),
        enddate: e.date.as_ref().filter(|d| d.to != d.from).map(|d| d.to),
        date_basis: e.date.as_ref().map(|d| d.basis),
        date_precision: e.date.as_ref().map(|d| d.precision),
        event_loc: e.place.as_ref().map(|p| location(p, None)),
        origins: e.origins,
        disputed: e.disputed.clone(),
        reports: told.into_iter().map(|(r, a)| source(r, a)).collect(),
        merged: e.merged.clone(),
    }
}

// The offsets of a merged event's actors would be those of one report among several: they stand with the reports.
fn party(a: &ActorRef) -> Party {
    Party {
        code: a.code.clone(),
        sector: a.sector,
        identifier_text: a.entity.clone(),
        identifier_id: a.identifier.clone(),
        office: a.office.clone(),
        entity_text: a.text.clone(),
        span: None,
        via: None,
    }
}

fn few(m: &Minority) -> Few {
    let role = if m.recipient { "recipient" } else { "actor" };
    Few { role: role.to_owned(), party: party(&m.who), reports: m.reports.iter().map(|r| r.0.clone()).collect() }
}

fn source(r: &Report, a: &Article) -> Source {
    let points = CodePoints::of(&a.text);
    Source {
        id: r.id.0.clone(),
        doc: a.doc.clone(),
        publication: a.outlet.clone(),
        published: a.published.map(|p| p.date),
        url: a.url.clone(),
        event_text: words(&a.text, r.trigger).to_owned(),
        span: points.span(r.trigger),
        sentence: words(&a.text, r.sentence).to_owned(),
        status: r.status,
        attribution: r.attribution.iter().map(|v| link(&points, v)).collect(),
    }
}
