use crate::prints::outlet;
use chancery_model::{Article, Claim, Event, Report, Voice};
use chancery_register::{Told, claim_of};
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

impl Happening {
    /// Who holds what of it; `None` where nobody is named for it and nobody contests it.
    pub fn claim(&self) -> Option<Claim> {
        claim_of(&self.event, self.told.iter().map(|t| &t.report), self.contested)
    }
}

impl Telling {
    /// As the register takes it.
    pub fn told(&self) -> Told<'_> {
        let published = self.article.published.map(|p| p.date);
        let (outlet, wire) = (outlet(&self.article), self.rests_on());
        Told { report: &self.report, published, origin: &self.article.id, outlet, wire, sentence: self.sentence() }
    }
    /// The outlet on whose word it rests; `None` where its own outlet tells it of itself.
    pub fn rests_on(&self) -> Option<&str> {
        self.article.rests_on(&self.report).filter(|w| outlet(&self.article) != Some(*w))
    }
    /// The trigger words.
    pub fn words(&self) -> &str {
        self.article.text.get(self.report.trigger.range()).unwrap_or_default()
    }
    /// The sentence around them.
    pub fn sentence(&self) -> &str {
        self.article.text.get(self.report.sentence.range()).unwrap_or_default()
    }
    /// The outlet; the name of the document where it is not known.
    pub fn outlet(&self) -> &str {
        self.article.outlet.as_deref().unwrap_or(&self.article.doc)
    }
    /// Who says so: the chain from the nearest voice outward, the outlet last.
    pub fn chain(&self) -> String {
        let voices = self.report.attribution.iter().map(named);
        voices.chain([self.outlet().to_owned()]).collect::<Vec<_>>().join(" ← ")
    }
}

fn named(v: &Voice) -> String {
    v.entity.clone().unwrap_or_else(|| crate::shown(&v.text))
}
