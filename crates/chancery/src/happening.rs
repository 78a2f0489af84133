use chancery_model::{Article, Event, Report, Voice};
use chancery_register::Told;
use std::sync::Arc;

/// A report with the article it was read in.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The report.
    pub report: Report,
    /// Its article.
    pub article: Arc<Article>,
}

/// An event with the reports that tell it, earliest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// The event.
    pub event: Event,
    /// Its reports.
    pub told: Vec<Telling>,
    /// Whether some assert what others deny or doubt.
    pub contested: bool,
}

impl Telling {
    /// As the register takes it.
    pub fn told(&self) -> Told<'_> {
        let published = self.article.published.map(|p| p.date);
        Told { report: &self.report, published, origin: &self.article.id, sentence: self.sentence() }
    }
    /// The trigger words.
    pub fn words(&self) -> &str {
        self.article.text.get(self.report.trigger.range()).unwrap_or_default()
    }
    /// The sentence around them.
    pub fn sentence(&self) -> &str {
        self.article.text.get(self.report.sentence.range()).unwrap_or_default()
    }
    /// Who says so: the chain from the nearest voice outward, the outlet last.
    pub fn chain(&self) -> String {
        let outlet = self.article.outlet.clone().unwrap_or_else(|| self.article.doc.clone());
        let voices = self.report.attribution.iter().map(named);
        voices.chain([outlet]).collect::<Vec<_>>().join(" ← ")
    }
}

fn named(v: &Voice) -> String {
    v.entity.clone().unwrap_or_else(|| crate::shown(&v.text))
}
