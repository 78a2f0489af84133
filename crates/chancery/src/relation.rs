use crate::{Between, Direction, Happening, Said, Who};
use chancery_lexicon::Lexicon;
use chancery_model::{Article, DateBasis, DatePrecision, DateRange, Id};
use chancery_relations::{Coverage, DyadRow, Material, Measure, Outlook, Period, Shifts, outlook, shifts};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All that a record holds of two, with what it takes to tell how they stand.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The first.
    pub a: Who,
    /// The other.
    pub b: Who,
    /// What passed between them.
    pub between: Between,
    /// The events of that, by id.
    pub happenings: BTreeMap<Id, Happening>,
    /// The outlets that tell each of them.
    pub outlets: BTreeMap<Id, BTreeSet<String>>,
    /// When the articles of the record were published.
    pub coverage: Coverage,
    /// The articles that tell of the first, by id.
    pub articles: Vec<Arc<Article>>,
}

impl Relation {
    /// From the events of a record in which the first takes part, and the days on which its articles were published.
    pub fn of(events: Vec<Happening>, published: Vec<Date>, a: &Who, b: &Who) -> Relation {
        let mut articles: BTreeMap<Id, Arc<Article>> = BTreeMap::new();
        for t in events.iter().flat_map(|h| &h.told) {
            articles.entry(t.article.id.clone()).or_insert_with(|| t.article.clone());
        }
        let between = Between::of(&events, a, b);
        let wanted: BTreeSet<&Id> = between.rows.iter().map(|r| &r.event).collect();
        let happenings: BTreeMap<Id, Happening> =
            events.into_iter().filter(|h| wanted.contains(&h.event.id)).map(|h| (h.event.id.clone(), h)).collect();
        let outlets = happenings.iter().map(|(id, h)| (id.clone(), h.outlets())).collect();
        let articles = articles.into_values().collect();
        Relation { a: a.clone(), b: b.clone(), between, happenings, outlets, coverage: Coverage::of(published), articles }
    }

    /// The turning points by steps of a length, of one direction or of both.
    pub fn shifts(&self, period: Period, way: Option<Direction>, from: Option<Date>, to: Option<Date>) -> Shifts {
        let rows = self.between.towards(way);
        shifts(&Material { rows: &rows, outlets: &self.outlets, coverage: &self.coverage }, period, from, to)
    }

    /// The longest steps that leave enough of them to look for turning points; months where none do.
    pub fn period(&self, way: Option<Direction>, from: Option<Date>, to: Option<Date>) -> Period {
        let periods = [Period::Month, Period::Week, Period::Day];
        let tested = periods.map(|p| {
            let found = self.shifts(p, way, from, to);
            (p, found.tested(Measure::Level), found.tested(Measure::Volume))
        });
        let both = tested.iter().find(|t| t.1 && t.2);
        both.or_else(|| tested.iter().find(|t| t.1 || t.2)).map_or(Period::Month, |t| t.0)
    }

    /// Leaves out what happened before a day or after another, and what has no date, where days are given; the coverage likewise.
    pub fn keep(&mut self, from: Option<Date>, to: Option<Date>) {
        if from.is_none() && to.is_none() {
            return;
        }
        let inside = |d: Date| from.is_none_or(|f| d >= f) && to.is_none_or(|t| d <= t);
        self.between.keep(|r| r.day.is_some_and(inside));
        self.coverage = self.coverage.within(from, to);
    }

    /// What the next month may bring.
    pub fn outlook(&self, way: Option<Direction>) -> Outlook {
        outlook(&self.between.towards(way), &self.coverage)
    }

    /// What articles themselves say of a turn.
    pub fn said(&self, lexicon: &Lexicon) -> Vec<Said> {
        Said::of(&self.articles, &self.a, &self.b, lexicon)
    }

    /// The rows between the two.
    pub fn rows(&self) -> &[DyadRow] {
        &self.between.rows
    }
}

impl Happening {
    /// The outlets that tell it; an article whose outlet is not known stands for itself.
    pub fn outlets(&self) -> BTreeSet<String> {
        self.told.iter().map(|t| t.article.outlet.clone().unwrap_or_else(|| t.article.doc.clone())).collect()
    }

    /// The same, dated to the day on which the first article told it, where it has no date of its own and is no background; its basis says so.
    pub fn placed(mut self) -> Happening {
        let first = self.told.iter().filter_map(|t| t.article.published).map(|p| p.date).min();
        if let (None, false, false, Some(day)) = (&self.event.date, self.event.historical, self.event.ongoing, first) {
            let (basis, precision) = (DateBasis::Publication, DatePrecision::Day);
            self.event.date = Some(DateRange { from: day, to: day, basis, precision, span: None });
        }
        self
    }
}
