//! What is no part of the story, line by line: first by the words and the shape of a line, then by where it stands.

mod phrases;
mod place;
mod shapes;

use crate::lines::Line;
use std::collections::BTreeMap;

pub(crate) use place::{headline_like, site_beside};

/// A rule by which lines are struck: its reason, and what it looks for.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The stable reason given in `struck`.
    pub reason: &'static str,
    /// What it looks for, in a sentence.
    pub what: &'static str,
}

/// All rules that look at shape and place, in the order in which they are tried; phrases of `data/debris.tsv` come first.
pub fn rules() -> Vec<Rule> {
    let shapes = shapes::SHAPES.iter().map(|s| Rule { reason: s.reason, what: s.what });
    let places = place::HEADS.iter().chain(place::PLACES).map(|p| Rule { reason: p.reason, what: p.what });
    shapes.chain(places).collect()
}

/// Every reason that can be given, sorted.
pub fn reasons() -> Vec<&'static str> {
    let mut out: Vec<&str> = phrases::phrases().iter().map(|p| p.reason).chain(rules().iter().map(|r| r.reason)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The lines of a page and what has been found out about them.
pub(crate) struct Sheet<'l, 't> {
    pub lines: &'l [Line<'t>],
    /// Reason per struck line.
    pub struck: BTreeMap<usize, &'static str>,
    /// Lines that open a list of other stories.
    openers: Vec<usize>,
    /// The headline's line, once it is known.
    pub title: Option<usize>,
}

impl<'l, 't> Sheet<'l, 't> {
    /// Strikes what the lines show by themselves.
    pub fn new(lines: &'l [Line<'t>]) -> Self {
        let mut sheet = Sheet { lines, struck: BTreeMap::new(), openers: Vec::new(), title: None };
        for (i, line) in lines.iter().enumerate() {
            let phrase = phrases::phrases().iter().find(|p| p.fits(line) && !(p.opens && line.closed()));
            if let Some(phrase) = phrase {
                sheet.struck.insert(i, phrase.reason);
                if phrase.opens {
                    sheet.openers.push(i);
                }
            } else if let Some(shape) = shapes::SHAPES.iter().find(|s| (s.fits)(line)) {
                sheet.struck.insert(i, shape.reason);
            }
        }
        sheet.strike_head();
        sheet
    }

    /// Strikes what shows by its place, once the headline is known; lines in `keep` (outlet, date) stay.
    pub fn strike_places(&mut self, title: Option<usize>, keep: &[usize]) {
        self.title = title;
        for place in place::PLACES {
            for i in (place.find)(self) {
                if Some(i) != title && !keep.contains(&i) {
                    self.struck.entry(i).or_insert(place.reason);
                }
            }
        }
    }

    /// A kept line of prose.
    pub fn prose(&self, i: usize) -> bool {
        !self.struck.contains_key(&i) && self.lines.get(i).is_some_and(Line::prose)
    }

    /// The first kept line of prose.
    pub fn first_prose(&self) -> Option<usize> {
        (0..self.lines.len()).find(|i| self.prose(*i))
    }

    fn last_prose(&self) -> Option<usize> {
        (0..self.lines.len()).rev().find(|i| self.prose(*i))
    }

    fn kept(&self, i: usize) -> bool {
        i < self.lines.len() && !self.struck.contains_key(&i)
    }

    /// Strikes what has to go before the headline can be told.
    fn strike_head(&mut self) {
        for place in place::HEADS {
            for i in (place.find)(self) {
                self.struck.insert(i, place.reason);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::cut;
    use std::collections::BTreeMap;

    /// Cases of `data/debris-witnesses.txt`: reason, then lines marked `-` (struck) or ` ` (kept).
    fn cases() -> Vec<(String, Vec<(bool, String)>)> {
        let mut out: Vec<(String, Vec<(bool, String)>)> = Vec::new();
        for line in include_str!("../../data/debris-witnesses.txt").lines() {
            if let Some(reason) = line.strip_prefix("== ") {
                out.push((reason.to_owned(), Vec::new()));
            } else if let (Some((_, case)), Some(text)) = (out.last_mut(), line.get(2..)) {
                case.push((line.starts_with('-'), text.to_owned()));
            }
        }
        out
    }

    #[test]
    fn witnesses() {
        let mut wrong = Vec::new();
        let mut seen: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (reason, case) in cases() {
            let text: String = case.iter().map(|(_, l)| format!("{l}\n\n")).collect();
            let cut = cut(&text);
            let mut at = 0;
            for (strike, line) in &case {
                let got =
                    cut.struck.iter().find(|s| s.span.start >= at && s.span.end <= at + line.len()).map(|s| s.reason.as_str());
                at += line.len() + 2;
                let count = seen.entry(reason.clone()).or_default();
                match (strike, got) {
                    (true, Some(r)) if r == reason => count.0 += 1,
                    (false, None) => count.1 += 1,
                    _ => wrong.push(format!("{reason}: `{line}` struck as {got:?}")),
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for reason in reasons() {
            let (struck, kept) = seen.get(reason).copied().unwrap_or_default();
            assert!(struck >= 3 && kept >= 3, "{reason} has {struck} lines it must strike and {kept} it must keep");
        }
    }
}
