use chancery_model::{Article, CodePoints, DateBasis};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What intake made of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intake {
    /// Name of the document.
    pub doc: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// What that day rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_basis: Option<DateBasis>,
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Outlets that the text credits.
    pub credited: Vec<String>,
    /// ISO 639-1.
    pub language: String,
    /// What is no part of the story.
    pub struck: Vec<Cut>,
}

/// A stretch that is no part of the story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// First code point.
    pub start: usize,
    /// After the last.
    pub end: usize,
    /// Why.
    pub reason: String,
}

/// What intake made of an article.
pub fn intake(article: &Article) -> Intake {
    let points = CodePoints::of(&article.text);
    let cut =
        |s: &chancery_model::Struck| Cut { start: points.at(s.span.start), end: points.at(s.span.end), reason: s.reason.clone() };
    Intake {
        doc: article.doc.clone(),
        title: article.title.clone(),
        published: article.published.map(|p| p.date),
        published_basis: article.published.map(|p| p.basis),
        outlet: article.outlet.clone(),
        credited: article.credited.iter().map(|c| c.name.clone()).collect(),
        language: article.language.clone(),
        struck: article.struck.iter().map(cut).collect(),
    }
}
