//! Same event? Pairs of reports are weighed by readable points; the best pairs are joined first, as long as nothing in the two clusters clashes.

mod agree;
mod blocks;
mod hand;
mod item;
mod near;
mod pair;
mod person;
mod roles;

pub(crate) use agree::with_letter;
pub(crate) use blocks::family;
use chancery_model::{Event, Id, Report};
pub use hand::ByHand;
use item::Item;
use jiff::civil::Date;
pub use near::{Outlook, Reach, Stand, links};
use std::collections::{BTreeMap, BTreeSet};

/// A report with what its article says beside it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The report.
    pub report: &'a Report,
    /// When its article was published.
    pub published: Option<Date>,
    /// The origin of its article: articles that reprint one text share it (see [`origins`](crate::origins)).
    pub origin: &'a Id,
    /// Who publishes its article, by the name under which others credit it.
    pub outlet: Option<&'a str>,
    /// The outlet on whose word it rests, where it is not told of the article's own (see [`whose`](crate::whose())).
    pub wire: Option<&'a str>,
    /// The words of `report.sentence` in the article's text; empty where they are not at hand, and then not compared.
    pub sentence: &'a str,
}

/// Members of a cluster that a newcomer is held against; a cluster that large is settled.
const WITNESSES: usize = 64;

/// Members of a cluster whose mean decides whether it takes others in.
const JUDGES: usize = 6;

/// Merges reports into events.
///
/// The result is the same for every order of `reports`, and sorted by event id. Statements are left out. Each report of kind event lands in
/// exactly one event; an event's actors, recipients, date and place carry the words and spans of the earliest of its reports that tells them so.
pub fn merge(reports: &[Told]) -> Vec<Event> {
    merge_with(reports, &ByHand::default(), &BTreeSet::new())
}

/// Merges reports into events, heeding what a person has said about which of them tell one. `crowded` are blocks (see [`Stand`]) of which a record
/// holds more than [`Reach::FEW`] reports, where not all of them are given here.
pub fn merge_with(reports: &[Told], hand: &ByHand, crowded: &BTreeSet<u64>) -> Vec<Event> {
    let mut items: Vec<Item> = reports.iter().filter_map(Item::of).collect();
    items.sort_by(|a, b| key(a).cmp(&key(b)));
    items.dedup_by(|a, b| a.report.id == b.report.id);
    let mut clusters = Clusters::new(&items, hand);
    clusters.told_as_one(hand);
    clusters.repeats();
    for (_, i, j) in blocks::pairs(&items, None, crowded) {
        clusters.join(i, j);
    }
    let mut events: Vec<Event> =
        clusters.groups().into_iter().map(|(members, why)| agree::event(&items, &members, why)).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    events
}

/// Earliest first; what is undated comes last.
fn key<'a>(item: &Item<'a>) -> (bool, Option<Date>, &'a Id) {
    (item.told.published.is_none(), item.told.published, &item.report.id)
}

struct Clusters<'a, 'b> {
    items: &'b [Item<'a>],
    root: Vec<usize>,
    members: Vec<Vec<usize>>,
    articles: Vec<BTreeSet<&'a Id>>,
    why: Vec<Vec<String>>,
    /// Who may not come together, by hand.
    apart: BTreeSet<(usize, usize)>,
}

impl<'a, 'b> Clusters<'a, 'b> {
    fn new(items: &'b [Item<'a>], hand: &ByHand) -> Self {
        Clusters {
            items,
            root: (0..items.len()).collect(),
            members: (0..items.len()).map(|i| vec![i]).collect(),
            articles: items.iter().map(|i| BTreeSet::from([&i.report.article])).collect(),
            why: vec![Vec::new(); items.len()],
            apart: hand.apart(items),
        }
    }

    fn find(&self, mut i: usize) -> usize {
        while self.root[i] != i {
            i = self.root[i];
        }
        i
    }

    /// Joins what a person tells as one.
    fn told_as_one(&mut self, hand: &ByHand) {
        for (i, j, line) in hand.together(self.items) {
            self.unite(i, j, line);
        }
    }

    /// Joins what an article itself tells as one.
    fn repeats(&mut self) {
        let by_id: BTreeMap<&Id, usize> = self.items.iter().enumerate().map(|(i, item)| (&item.report.id, i)).collect();
        for (i, item) in self.items.iter().enumerate() {
            let Some(&j) = item.report.same_as.as_ref().and_then(|id| by_id.get(id)) else { continue };
            if self.items[j].report.article == item.report.article {
                let line = format!("{} repeats {} in the same article", item.report.id, self.items[j].report.id);
                self.unite(i, j, line);
            }
        }
    }

    /// Joins two clusters on the strength of one pair, unless an article would tell two of its events as one or two members clash.
    fn join(&mut self, i: usize, j: usize) {
        let (a, b) = (self.find(i), self.find(j));
        if a == b || !self.articles[a].is_disjoint(&self.articles[b]) {
            return;
        }
        let (x, y) = (self.members[a].iter().take(WITNESSES), self.members[b].iter().take(WITNESSES));
        if x.clone().any(|&m| y.clone().any(|&n| pair::clash(&self.items[m], &self.items[n]))) {
            return;
        }
        if !self.mostly_alike(a, b) {
            return;
        }
        let line = pair::weigh(&self.items[i], &self.items[j]).line();
        let line = format!("{} with {}: {line}", self.items[i].report.id, self.items[j].report.id);
        self.unite(a, b, line);
    }

    /// Whether the members of two clusters are alike on the mean and not just by one pair; judged by their first few.
    fn mostly_alike(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.members[a], &self.members[b]);
        let (x, y) = (&x[..x.len().min(JUDGES)], &y[..y.len().min(JUDGES)]);
        let all = x.iter().flat_map(|&m| y.iter().map(move |&n| pair::points(&self.items[m], &self.items[n])));
        let sum: i32 = all.sum();
        x.len() * y.len() == 1 || sum >= pair::ON_THE_MEAN * (x.len() * y.len()) as i32
    }

    fn unite(&mut self, i: usize, j: usize, line: String) {
        let (a, b) = (self.find(i), self.find(j));
        if a != b && !self.kept_apart(a, b) {
            // The larger takes the smaller in, so that paths stay short.
            let (to, from) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
            self.root[from] = to;
            let members = std::mem::take(&mut self.members[from]);
            self.members[to].extend(members);
            self.members[to].sort_unstable();
            let mut articles = std::mem::take(&mut self.articles[from]);
            self.articles[to].append(&mut articles);
            let why = std::mem::take(&mut self.why[from]);
            self.why[to].extend(why);
            self.why[to].push(line);
        }
    }

    fn kept_apart(&self, a: usize, b: usize) -> bool {
        self.apart.iter().any(|&(i, j)| {
            let (x, y) = (self.find(i), self.find(j));
            (x, y) == (a, b) || (x, y) == (b, a)
        })
    }

    /// The clusters' members, earliest first, each with the lines that say why.
    fn groups(self) -> Vec<(Vec<usize>, Vec<String>)> {
        let all = self.members.into_iter().zip(self.why);
        all.filter(|(m, _)| !m.is_empty())
            .map(|(m, mut why)| {
                why.sort();
                (m, why)
            })
            .collect()
    }
}
