use crate::Outcome;
use chancery_model::{
    ActorRef, Article, Byte, CodePoints, Context, DateBasis, DatePrecision, EventType, Kind, Mode, Place, Quad, Report, Sector,
    Span, Stance, Status, Voice, VoiceKind,
};
use chancery_relations::plover_score;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The codebook that the coder follows.
pub const CODEBOOK: &str = "plover-2.0-draft+chancery";
/// The coder's name on the wire.
pub const CODER: &str = "chancery";

/// One report as one line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Report id.
    pub id: String,
    /// Name of the document.
    pub doc: String,
    /// `event` or `statement`.
    pub kind: Kind,
    /// One type; empty for statements that are no events.
    pub event: Vec<EventType>,
    /// One mode or none.
    pub mode: Vec<Mode>,
    /// Themes.
    pub context: Vec<Context>,
    /// 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad_code: Option<u8>,
    /// PLOVER score; 0 unless actual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_scale: Option<f64>,
    /// CAMEO code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// Goldstein value of the CAMEO code; 0 unless actual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f64>,
    /// Whether it happened.
    pub status: Status,
    /// Background.
    pub historical: bool,
    /// A continuing practice.
    pub ongoing: bool,
    /// The event its sentence is chiefly about.
    pub main: bool,
    /// 0..=1, three digits.
    pub confidence: f64,
    /// Earlier line of the same document that it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// Who acts.
    pub actor: Vec<Party>,
    /// Who is acted on.
    pub recipient: Vec<Party>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Last day, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enddate: Option<Date>,
    /// What the date rests on; `publication` alone where only the upper bound is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// How exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_precision: Option<DatePrecision>,
    /// The words the date was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_span: Option<[usize; 2]>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_loc: Option<Location>,
    /// Nearest voice first.
    pub attribution: Vec<Link>,
    /// Numbers told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Statements: stance, matter, content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Statement>,
    /// The trigger words.
    pub event_text: Vec<String>,
    /// Where they stand.
    pub text_info: TextInfo,
    /// The article.
    pub cite_info: CiteInfo,
    /// Always [`CODER`].
    pub coder: String,
    /// Version of the program.
    pub coder_version: String,
    /// Always [`CODEBOOK`].
    pub codebook: String,
    /// Names of the rules and heads that decided, in order, each once.
    pub rules: Vec<String>,
}

/// An actor or recipient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// State or class of organisation.
    pub code: String,
    /// Sector, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier_text: Option<String>,
    /// Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier_id: Option<String>,
    /// Office as of the event's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// As written.
    pub entity_text: String,
    /// Where it stands in this clause; left out for merged events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
    /// The antecedent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<[usize; 2]>,
}

/// Where an event happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Canonical name.
    pub name: String,
    /// ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// `country`, `province`, `city`, `site` or `region`.
    pub precision: String,
    /// The words that name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
}

/// A link of the chain of attribution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// As written.
    pub text: String,
    /// Code, where it is an actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Sector, where it is an actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier_text: Option<String>,
    /// Kind of source.
    pub kind: VoiceKind,
    /// What it does with what it tells.
    pub stance: Stance,
    /// Where it stands.
    pub span: [usize; 2],
    /// The words that mark it as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<[usize; 2]>,
}

/// Numbers that the text gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Killed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dead: Vec<Number>,
    /// Hurt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub injured: Vec<Number>,
    /// Held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrested: Vec<Number>,
    /// Money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Number>,
    /// Arms and vehicles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Number>,
}

/// A number and its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// The words.
    pub text: String,
    /// Where.
    pub span: [usize; 2],
}

/// A position (codebook §11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What the speaker does with the matter.
    pub stance: Stance,
    /// Short head phrase.
    pub issue: String,
    /// The content.
    pub span: [usize; 2],
}

/// Where the trigger and its sentence stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextInfo {
    /// First code point of the trigger.
    pub start: usize,
    /// After its last.
    pub end: usize,
    /// First code point of the sentence.
    pub sentence_start: usize,
    /// After its last.
    pub sentence_end: usize,
}

/// The article that a line was read in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CiteInfo {
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
    /// Day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What that day rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// ISO 639-1.
    pub language: String,
    /// Outlets that the text credits.
    pub credited: Vec<String>,
}

/// The lines of an outcome, in the order of its reports.
pub fn lines(outcome: &Outcome) -> Vec<Line> {
    let points = CodePoints::of(&outcome.article.text);
    outcome.reports.iter().map(|r| line(&outcome.article, &points, r)).collect()
}

/// One report of an article; `points` is the conversion for the article's text.
pub fn line(article: &Article, points: &CodePoints, r: &Report) -> Line {
    let at = |s: Span<Byte>| points.span(s);
    let ([start, end], [sentence_start, sentence_end]) = (at(r.trigger), at(r.sentence));
    Line {
        id: r.id.0.clone(),
        doc: article.doc.clone(),
        kind: r.kind,
        event: r.event.into_iter().collect(),
        mode: r.mode.into_iter().collect(),
        context: r.contexts.clone(),
        quad_code: r.event.map(|e| e.quad().number()),
        event_scale: r.event.map(|e| scale(e, r.mode, r.status)),
        goldstein: r.event.map(|e| {
            if r.status == Status::Actual {
                r.cameo.as_deref().and_then(chancery_coder::goldstein_of).unwrap_or_else(|| chancery_coder::goldstein(e, r.mode))
            } else {
                0.0
            }
        }),
        cameo: r.cameo.clone(),
        status: r.status,
        historical: r.historical,
        ongoing: r.ongoing,
        main: r.main,
        confidence: thousandths(r.confidence),
        same_as: r.same_as.as_ref().map(|i| i.0.clone()),
        actor: r.actors.iter().map(|a| party(points, a)).collect(),
        recipient: r.recipients.iter().map(|a| party(points, a)).collect(),
        date: r.date.as_ref().map(|d| d.from),
        enddate: r.date.as_ref().filter(|d| d.to != d.from).map(|d| d.to),
        date_basis: basis(article, r),
        date_precision: r.date.as_ref().map(|d| d.precision),
        date_span: r.date.as_ref().and_then(|d| d.span).map(at),
        event_loc: r.place.as_ref().map(|p| location(p, r.place_span.map(at))),
        attribution: r.attribution.iter().map(|v| link(points, v)).collect(),
        size: size(article, points, r),
        statement: r.position.as_ref().map(|(stance, issue, s)| Statement {
            stance: *stance,
            issue: issue.clone(),
            span: at(*s),
        }),
        event_text: vec![words(&article.text, r.trigger).to_owned()],
        text_info: TextInfo { start, end, sentence_start, sentence_end },
        cite_info: cite(article),
        coder: CODER.to_owned(),
        coder_version: env!("CARGO_PKG_VERSION").to_owned(),
        codebook: CODEBOOK.to_owned(),
        rules: rules(r),
    }
}

/// The PLOVER score of an event; what did not happen scores 0 (codebook §8).
pub fn scale(event: EventType, mode: Option<Mode>, status: Status) -> f64 {
    if status == Status::Actual { plover_score(event, mode) } else { 0.0 }
}

/// The quad class that a number on the wire means.
pub fn quad(number: u8) -> Option<Quad> {
    Quad::ALL.iter().copied().find(|q| q.number() == number)
}

// Confidence is shown to three digits: more would feign an exactness that the calibration does not have.
pub(super) fn thousandths(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

pub(super) fn words(text: &str, span: Span<Byte>) -> &str {
    text.get(span.range()).unwrap_or_default()
}

// Without a date of its own an event is only bounded by the day on which the article appeared (codebook §3).
fn basis(article: &Article, r: &Report) -> Option<DateBasis> {
    match &r.date {
        Some(d) => Some(d.basis),
        None => article.published.map(|_| DateBasis::Publication),
    }
}

fn party(points: &CodePoints, a: &ActorRef) -> Party {
    Party {
        code: a.code.clone(),
        sector: a.sector,
        identifier_text: a.entity.clone(),
        identifier_id: a.identifier.clone(),
        office: a.office.clone(),
        entity_text: a.text.clone(),
        span: Some(points.span(a.span)),
        via: a.via.map(|v| points.span(v)),
    }
}

pub(super) fn location(p: &Place, span: Option<[usize; 2]>) -> Location {
    Location { name: p.name.clone(), country: p.country.clone(), lat: p.lat, lon: p.lon, precision: p.precision.clone(), span }
}

pub(super) fn link(points: &CodePoints, v: &Voice) -> Link {
    Link {
        text: v.text.clone(),
        code: v.code.clone(),
        sector: v.sector,
        identifier_text: v.entity.clone(),
        kind: v.kind,
        stance: v.stance,
        span: points.span(v.span),
        cue: v.cue.map(|c| points.span(c)),
    }
}

fn size(article: &Article, points: &CodePoints, r: &Report) -> Option<Size> {
    let mut out = Size::default();
    for m in &r.size {
        let slot = match m.what.as_str() {
            "dead" => &mut out.dead,
            "injured" => &mut out.injured,
            "arrested" => &mut out.arrested,
            "equipment" => &mut out.equipment,
            _ => &mut out.sums,
        };
        slot.push(Number { value: m.value, text: words(&article.text, m.span).to_owned(), span: points.span(m.span) });
    }
    (out != Size::default()).then_some(out)
}

fn cite(article: &Article) -> CiteInfo {
    CiteInfo {
        url: article.url.clone(),
        title: article.title.clone(),
        publication: article.outlet.clone(),
        date: article.published.map(|p| p.date),
        date_basis: article.published.map(|p| p.basis),
        language: article.language.clone(),
        credited: article.credited.iter().map(|c| c.name.clone()).collect(),
    }
}

fn rules(r: &Report) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for t in &r.trace {
        if !out.contains(&t.rule) {
            out.push(t.rule.clone());
        }
    }
    out
}
