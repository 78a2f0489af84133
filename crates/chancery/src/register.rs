//! Reports → Events in a store: merged anew are those alone that have changed, with what hangs together with them.
//!
//! The result is that of merging everything in one go, whatever the order in which the reports came. Merging joins the best pairs first, as
//! long as nothing in the two clusters clashes. A cluster that ends as it did before has therefore grown as it did before, and whoever it did not
//! join then it does not join now, unless the other has changed: it suffices to go on from what changes, until nothing else does.

use chancery_intake::outlet_name;
use chancery_model::{Claim, Event, Id, Report};
use chancery_register::{ByHand, Reach, Told, claims, is_reprint, links, lookup_keys, merge_with, origins};
use chancery_relations::{DyadRow, Level, rows};
use chancery_store::{Error, Kept, Settled, Stand, Store, Telling, Text, Tie};
use std::collections::{BTreeMap, BTreeSet};

/// The rules of merging; raised whenever the same reports may give other events, so that records merged by older rules are merged anew.
pub const RULES: u32 = 3;

/// Reports that are merged at a time: they and what stands near them in time are what memory holds.
const BATCH: usize = 16_384;
/// Articles whose texts are compared at a time: every time, most pages of the numbers kept are read and written once.
const TEXTS: usize = 16_384;
/// Articles under one number that a text is compared with: so many share boilerplate, and copies of one text share more than that.
const MOST: usize = 64;

/// Brings the events and claims of a record up to its reports.
///
/// # Errors
/// Where the record cannot be read or written; it then holds what it held before, or a part of the new, and can be asked to go on.
pub fn derive(store: &mut Store) -> Result<(), Error> {
    if store.is_current(RULES)? {
        return Ok(());
    }
    store.go_by(RULES)?;
    while compare_texts(store)? {}
    while merge_some(store)? {}
    Ok(())
}

/// Everything merged in one go, with nothing taken from what was derived before: what [`derive()`] must come to.
///
/// # Errors
/// Where the record cannot be read.
pub fn merged_in_one_go(store: &Store) -> Result<(Vec<Event>, Vec<Claim>), Error> {
    let origins = origins(&store.sketches()?);
    let tellings = store.tellings()?;
    let told: Vec<Told> =
        tellings.iter().map(|t| as_told(t, origins.get(&t.report.article).unwrap_or(&t.report.article))).collect();
    let events = merge_with(&told, &by_hand(store)?, &BTreeSet::new());
    let reports: BTreeMap<Id, Report> = tellings.iter().map(|t| (t.report.id.clone(), t.report.clone())).collect();
    let claims = claims(&events, &reports);
    Ok((events, claims))
}

fn by_hand(store: &Store) -> Result<ByHand, Error> {
    let (together, apart) = store.said_of_events()?;
    Ok(ByHand { together, apart })
}

/// Numbers in groups that hang together.
#[derive(Default)]
struct Groups {
    root: BTreeMap<i64, i64>,
}

impl Groups {
    fn find(&mut self, n: i64) -> i64 {
        let mut at = n;
        loop {
            let up = *self.root.entry(at).or_insert(at);
            if up == at {
                break;
            }
            at = up;
        }
        self.root.insert(n, at);
        at
    }

    fn unite(&mut self, a: i64, b: i64) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            self.root.insert(a.max(b), a.min(b));
        }
    }

    /// The groups of what is known, each sorted, by their least number.
    fn all(&mut self) -> Vec<Vec<i64>> {
        let known: Vec<i64> = self.root.keys().copied().collect();
        let mut out: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for n in known {
            out.entry(self.find(n)).or_default().push(n);
        }
        out.into_values().collect()
    }
}

/// Compares some texts with the others; false where none waits.
fn compare_texts(store: &mut Store) -> Result<bool, Error> {
    let fresh = store.pending_texts(TEXTS)?;
    if fresh.is_empty() {
        return Ok(false);
    }
    let numbers: Vec<(u64, i64)> = fresh.iter().flat_map(|t| lookup_keys(&t.sketch).iter().map(|&n| (n, t.key))).collect();
    let silent: Vec<i64> = fresh.iter().filter(|t| lookup_keys(&t.sketch).is_empty()).map(|t| t.key).collect();
    let pairs = store.at_once(|| candidates(store, &numbers))?;
    let mut texts: BTreeMap<i64, Text> = fresh.into_iter().map(|t| (t.key, t)).collect();
    let mut groups = Groups::default();
    let mut families = BTreeSet::new();
    let mut join = |groups: &mut Groups, t: &Text| {
        if t.family != 0 {
            groups.unite(t.key, t.family);
            families.insert(t.family);
        }
    };
    for t in texts.values() {
        join(&mut groups, t);
    }
    let others: BTreeSet<i64> = pairs.iter().map(|p| p.1).filter(|k| !texts.contains_key(k)).collect();
    let others: Vec<i64> = others.into_iter().collect();
    texts.extend(store.texts(&others, &[])?.into_iter().map(|t| (t.key, t)));
    for (a, b) in &pairs {
        let (Some(x), Some(y)) = (texts.get(a), texts.get(b)) else { continue };
        if is_reprint(&x.sketch, &y.sketch) {
            groups.unite(*a, *b);
            join(&mut groups, x);
            join(&mut groups, y);
        }
    }
    let families: Vec<i64> = families.into_iter().collect();
    for t in store.texts(&[], &families)? {
        groups.unite(t.key, t.family);
        texts.insert(t.key, t);
    }
    let mut settled = Vec::new();
    for group in groups.all() {
        let of: Vec<&Text> = group.iter().filter_map(|k| texts.get(k)).collect();
        let sketches: Vec<(Id, Vec<u64>)> = of.iter().map(|t| (t.article.clone(), t.sketch.clone())).collect();
        let found = origins(&sketches);
        let family = of.first().map_or(0, |t| t.key);
        settled.extend(of.iter().map(|t| (t.key, family, found.get(&t.article).unwrap_or(&t.article).clone())));
    }
    store.settle_texts(&numbers, &settled)?;
    store.texts_done(&silent)?;
    Ok(true)
}

/// Pairs of a fresh text and another that share a number.
fn candidates(store: &Store, numbers: &[(u64, i64)]) -> Result<BTreeSet<(i64, i64)>, Error> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let mut out = BTreeSet::new();
    let mut known = Vec::new();
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        known.clear();
        store.looked_up(same[0].0, MOST, &mut known)?;
        known.extend(same.iter().take(MOST).map(|s| s.1));
        for &(_, a) in same {
            out.extend(known.iter().filter(|b| a != **b).map(|&b| (a, b)));
        }
    }
    Ok(out)
}

/// A kept report as the register takes it.
pub(crate) fn told(k: &Kept) -> Told<'_> {
    as_told(&k.telling, &k.origin)
}

fn as_told<'a>(t: &'a Telling, origin: &'a Id) -> Told<'a> {
    let outlet = t.outlet.as_deref().map(|o| outlet_name(o).unwrap_or(o));
    Told { report: &t.report, published: t.published, origin, outlet, wire: t.wire.as_deref(), sentence: &t.sentence }
}

/// Merges some of the reports that wait; false where none does.
fn merge_some(store: &mut Store) -> Result<bool, Error> {
    let Some((settled, bereft)) = store.at_once(|| merged_some(store))? else { return Ok(false) };
    store.settle(&settled, &bereft)?;
    Ok(true)
}

/// What is to be written, and the clusters that are thereby made good.
type Settling = (Vec<Settled>, Vec<i64>);

/// What is to be written of some of the reports that wait, with the clusters that have lost one; `None` where neither is.
fn merged_some(store: &Store) -> Result<Option<Settling>, Error> {
    let waiting = store.pending(BATCH)?;
    let bereft = store.bereft()?;
    if waiting.is_empty() && bereft.is_empty() {
        return Ok(None);
    }
    let dissolved: BTreeSet<i64> = waiting.iter().map(|k| k.cluster).chain(bereft.iter().copied()).filter(|c| *c != 0).collect();
    let fresh: BTreeSet<i64> = waiting.iter().map(|k| k.key).collect();
    let mut step = Step {
        hand: by_hand(store)?,
        kept: waiting.into_iter().map(|k| (k.key, k)).collect(),
        clusters: BTreeMap::new(),
        stands: BTreeMap::new(),
        changing: fresh.clone(),
        looked: BTreeSet::new(),
        groups: Groups::default(),
        results: BTreeMap::new(),
        crowded: BTreeSet::new(),
    };
    for cluster in dissolved {
        let members = step.whole(store, cluster)?;
        step.changing.extend(members);
    }
    while step.look_about(store)? {
        step.merge();
    }
    Ok(Some((step.settled(&fresh), bereft)))
}

/// Events with the keys of their reports.
type Merged = Vec<(Event, Vec<i64>)>;

/// One step of merging: what is at hand, and what of it changes.
struct Step {
    hand: ByHand,
    kept: BTreeMap<i64, Kept>,
    /// The reports of each event at hand, as they were before.
    clusters: BTreeMap<i64, Vec<i64>>,
    /// Where the fresh reports stand.
    stands: BTreeMap<i64, Vec<Stand>>,
    /// Reports whose events are not (or no more) what they were.
    changing: BTreeSet<i64>,
    /// Those of them whose surroundings are at hand.
    looked: BTreeSet<i64>,
    /// What hangs together by links and by having been one event.
    groups: Groups,
    /// What came of each group.
    results: BTreeMap<Vec<i64>, Merged>,
    /// Blocks too large for what has no day to be held against what has one.
    crowded: BTreeSet<u64>,
}

impl Step {
    fn fetch(&mut self, store: &Store, keys: impl IntoIterator<Item = i64>) -> Result<(), Error> {
        let missing: BTreeSet<i64> = keys.into_iter().filter(|k| !self.kept.contains_key(k)).collect();
        let missing: Vec<i64> = missing.into_iter().collect();
        self.kept.extend(store.kept(&missing)?.into_iter().map(|k| (k.key, k)));
        Ok(())
    }

    /// The reports of an event, all at hand.
    fn whole(&mut self, store: &Store, cluster: i64) -> Result<Vec<i64>, Error> {
        if let Some(known) = self.clusters.get(&cluster) {
            return Ok(known.clone());
        }
        let members = store.cluster(cluster)?;
        self.fetch(store, members.iter().copied())?;
        self.clusters.insert(cluster, members.clone());
        Ok(members)
    }

    /// Brings to hand what could be one event with what changes, and the whole events of that; false where that is done.
    fn look_about(&mut self, store: &Store) -> Result<bool, Error> {
        let new: BTreeSet<i64> = self.changing.difference(&self.looked).copied().collect();
        if new.is_empty() {
            return Ok(false);
        }
        self.looked.extend(&new);
        let here: Vec<&Kept> = new.iter().filter_map(|k| self.kept.get(k)).filter(|k| !k.dropped).collect();
        let reaches: Vec<(i64, Reach)> = here.iter().filter_map(|k| Some((k.key, Reach::of(&told(k))?))).collect();
        let mut near = near(store, &reaches)?;
        near.extend(self.in_small_blocks(store, &reaches)?);
        for (key, reach) in reaches {
            self.stands.insert(key, reach.stands.iter().map(|s| (s.block, s.kind, s.day)).collect());
        }
        self.fetch(store, near.iter().copied())?;
        let about: Vec<&Kept> = near.union(&new).filter_map(|k| self.kept.get(k)).filter(|k| !k.dropped).collect();
        let all: Vec<Told> = about.iter().map(|k| told(k)).collect();
        let flags: Vec<bool> = about.iter().map(|k| new.contains(&k.key)).collect();
        let mut pairs: Vec<(i64, i64)> =
            links(&all, &flags, &self.crowded).into_iter().map(|(i, j)| (about[i].key, about[j].key)).collect();
        pairs.extend(self.spoken_of(store, &new)?);
        new.iter().for_each(|k| _ = self.groups.find(*k));
        for (a, b) in pairs {
            self.groups.unite(a, b);
            self.fetch(store, [a, b])?;
            for key in [a, b] {
                self.take_in(store, key)?;
            }
        }
        for key in new {
            self.take_in(store, key)?;
        }
        Ok(true)
    }

    /// What has no day is held against the whole of its block while that is small. When it ceases to be, those who stood in it change.
    fn in_small_blocks(&mut self, store: &Store, reaches: &[(i64, Reach)]) -> Result<BTreeSet<i64>, Error> {
        let mut blocks: BTreeMap<u64, (BTreeSet<i64>, bool)> = BTreeMap::new();
        for (key, reach) in reaches {
            for s in &reach.stands {
                let block = blocks.entry(s.block).or_default();
                block.0.insert(*key);
                block.1 |= reach.undated;
            }
        }
        let mut out = BTreeSet::new();
        for (block, (mut all, undated)) in blocks {
            let Some(standing) = store.block(block, Reach::FEW)? else {
                self.crowded.insert(block);
                continue;
            };
            let undated = undated || standing.iter().any(|s| Reach::UNDATED.contains(&s.1));
            all.extend(standing.iter().map(|s| s.0));
            if all.len() > Reach::FEW {
                self.crowded.insert(block);
                if undated {
                    self.fetch(store, standing.iter().map(|s| s.0))?;
                    self.changing.extend(standing.iter().map(|s| s.0));
                }
            } else if undated {
                out.extend(all);
            }
        }
        Ok(out)
    }

    /// Takes a report's whole event into its group; where a part of it has no day, it is found out whether its blocks are small.
    fn take_in(&mut self, store: &Store, key: i64) -> Result<(), Error> {
        let Some(cluster) = self.kept.get(&key).map(|k| k.cluster).filter(|c| *c != 0) else { return Ok(()) };
        let known = self.clusters.contains_key(&cluster);
        for member in self.whole(store, cluster)? {
            self.groups.unite(key, member);
        }
        if known {
            return Ok(());
        }
        let members = self.clusters.get(&cluster).into_iter().flatten().filter_map(|k| self.kept.get(k));
        let undated: Vec<Reach> = members.filter_map(|k| Reach::of(&told(k))).filter(|r| r.undated).collect();
        for stand in undated.iter().flat_map(|r| &r.stands) {
            if store.block(stand.block, Reach::FEW)?.is_none() {
                self.crowded.insert(stand.block);
            }
        }
        Ok(())
    }

    /// Pairs with a new one that are said to tell one event.
    fn spoken_of(&self, store: &Store, new: &BTreeSet<i64>) -> Result<Vec<(i64, i64)>, Error> {
        let mut out = Vec::new();
        for (a, b, _) in &self.hand.together {
            if let [a, b] = store.keys_of([a, b])?[..]
                && (new.contains(&a) || new.contains(&b))
            {
                out.push((a, b));
            }
        }
        Ok(out)
    }

    /// Merges the groups that are not what they were; what thereby comes out otherwise than before changes, too.
    fn merge(&mut self) {
        let groups: Vec<Vec<i64>> = self.groups.all();
        let mut results = BTreeMap::new();
        for group in groups {
            let members: Vec<i64> = group.into_iter().filter(|k| self.kept.get(k).is_some_and(|k| !k.dropped)).collect();
            let merged = match self.results.remove(&members) {
                Some(known) => known,
                None => self.merged(&members),
            };
            for (_, keys) in &merged {
                let cluster = keys.first().and_then(|k| self.kept.get(k)).map_or(0, |k| k.cluster);
                let same = cluster != 0 && self.clusters.get(&cluster).is_some_and(|c| c == keys);
                if !same {
                    self.changing.extend(keys);
                    // What they were one event with before has lost them.
                    let before: BTreeSet<i64> =
                        keys.iter().filter_map(|k| self.kept.get(k)).map(|k| k.cluster).filter(|c| *c != 0).collect();
                    for cluster in before {
                        let left = self.clusters.get(&cluster).cloned().unwrap_or_default();
                        self.changing.extend(left);
                    }
                }
            }
            results.insert(members, merged);
        }
        self.results = results;
    }

    fn merged(&self, members: &[i64]) -> Merged {
        let part: Vec<&Kept> = members.iter().filter_map(|k| self.kept.get(k)).collect();
        let by_id: BTreeMap<&Id, i64> = part.iter().map(|k| (&k.telling.report.id, k.key)).collect();
        let all: Vec<Told> = part.iter().map(|k| told(k)).collect();
        let keys = |e: &Event| {
            let mut keys: Vec<i64> = e.reports.iter().filter_map(|r| by_id.get(r).copied()).collect();
            keys.sort_unstable();
            keys
        };
        merge_with(&all, &self.hand, &self.crowded).into_iter().map(|e| (keys(&e), e)).map(|(k, e)| (e, k)).collect()
    }

    /// What is to be written: the events of whatever changes.
    fn settled(&self, fresh: &BTreeSet<i64>) -> Vec<Settled> {
        let mut out: Vec<Settled> = Vec::new();
        let dropped: Vec<i64> = fresh.iter().filter(|k| self.kept.get(k).is_some_and(|k| k.dropped)).copied().collect();
        if !dropped.is_empty() {
            out.push(Settled { dropped, ..Settled::default() });
        }
        for (event, keys) in self.results.values().flatten().filter(|(_, keys)| keys.iter().any(|k| self.changing.contains(k))) {
            let kept = keys.iter().filter_map(|k| self.kept.get(k));
            let reports: BTreeMap<Id, Report> = kept.map(|k| (k.telling.report.id.clone(), k.telling.report.clone())).collect();
            let events = vec![event.clone()];
            let stands = keys
                .iter()
                .filter(|k| fresh.contains(k))
                .map(|k| (*k, self.stands.get(k).cloned().unwrap_or_default()))
                .collect();
            out.push(Settled {
                members: keys.clone(),
                stands,
                dropped: Vec::new(),
                claims: claims(&events, &reports),
                ties: rows(&events, Level::Code, chancery_coder::goldstein).into_iter().map(tie).collect(),
                events,
            });
        }
        out
    }
}

/// The keys of what stands where some reports have to look on the days about theirs.
fn near(store: &Store, reaches: &[(i64, Reach)]) -> Result<BTreeSet<i64>, Error> {
    // Many look to the same place; its days are looked through once for all of them.
    let mut looks: BTreeMap<(u64, u8), Vec<(i32, i32)>> = BTreeMap::new();
    for (_, reach) in reaches {
        for o in reach.outlooks.iter().filter(|o| reach.undated || !o.undated) {
            looks.entry((o.block, o.kind)).or_default().push((*o.days.start(), *o.days.end()));
        }
    }
    let mut found = Vec::new();
    for ((block, kind), mut days) in looks {
        days.sort_unstable();
        let mut spans: Vec<(i32, i32)> = Vec::new();
        for (from, to) in days {
            match spans.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => spans.push((from, to)),
            }
        }
        for (from, to) in spans {
            store.standing(block, kind, &(from..=to), &mut found)?;
        }
    }
    Ok(found.into_iter().collect())
}

/// What the store keeps of an event between two.
pub(crate) fn tie(r: DyadRow) -> Tie {
    Tie {
        event: r.event,
        from: r.from,
        to: r.to,
        directed: r.directed,
        kind: r.kind.to_string(),
        status: r.status.to_string(),
        day: r.day,
        weight: r.weight,
        score: r.score,
        goldstein: r.goldstein,
        reports: r.reports,
        origins: r.origins,
    }
}
