use super::Piece;
use crate::{Happening, Telling, quoted};
use chancery_model::{Byte, Id, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Where a statement of a dossier comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The outlet; the name of the document where it is not known.
    pub outlet: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Headline.
    pub title: Option<String>,
    /// The words, without quotation marks.
    pub quote: String,
    /// Who says so in the article, nearest first.
    pub voices: Vec<String>,
    /// Address, where it is one of the web.
    pub url: Option<String>,
    /// Name of the document.
    pub doc: String,
    /// The report, for `chancery explain`.
    pub report: Id,
}

/// The footnotes of a dossier while it is written: each report is cited under one number.
#[derive(Default)]
pub struct Notes {
    pub list: Vec<Footnote>,
    known: BTreeMap<Id, usize>,
}

/// Characters of a quotation.
const QUOTED: usize = 280;

/// Reports cited for one event; the table of sources and `explain` have the others.
const CITED: usize = 3;

impl Notes {
    /// The number of a report.
    pub fn cite(&mut self, t: &Telling) -> Piece {
        self.cite_for(t, t.report.trigger)
    }

    /// The number of a report, quoted for some of its words.
    pub fn cite_for(&mut self, t: &Telling, words: Span<Byte>) -> Piece {
        if let Some(n) = self.known.get(&t.report.id) {
            return Piece::Note(*n);
        }
        let a = &t.article;
        self.list.push(Footnote {
            outlet: a.outlet.clone().unwrap_or_else(|| a.doc.clone()),
            published: a.published.map(|p| p.date),
            title: a.title.clone(),
            quote: quoted(a, t.report.sentence, words, QUOTED),
            voices: t.report.attribution.iter().map(|v| v.entity.clone().unwrap_or_else(|| v.text.clone())).collect(),
            url: a.url.clone().filter(|u| u.starts_with("https://") || u.starts_with("http://")),
            doc: a.doc.clone(),
            report: t.report.id.clone(),
        });
        self.known.insert(t.report.id.clone(), self.list.len());
        Piece::Note(self.list.len())
    }

    /// The numbers of an event: its earliest reports, one for each outlet.
    pub fn cite_event(&mut self, h: &Happening) -> Vec<Piece> {
        let mut outlets = Vec::new();
        let mut out = Vec::new();
        for t in &h.told {
            let outlet = t.article.outlet.as_ref().unwrap_or(&t.article.doc);
            if out.len() < CITED && !outlets.contains(&outlet) {
                outlets.push(outlet);
                out.push(self.cite(t));
            }
        }
        out
    }
}
