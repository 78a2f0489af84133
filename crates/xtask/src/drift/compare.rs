//! Two codings of the same articles: which events are in both, and in which fields they differ.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Texts by name of the document.
type Texts = BTreeMap<String, String>;
/// A field of a coded line as a reader sees it.
type Shown = fn(&Value) -> String;

/// What has changed from one coding to another.
pub struct Drift {
    before: Vec<Value>,
    after: Vec<Value>,
    /// Events of both codings, by position in each.
    pairs: Vec<(usize, usize)>,
}

/// Counts of one type; what is recoded counts for the type that it had.
#[derive(Default, Debug, PartialEq)]
pub struct Count {
    pub before: usize,
    pub after: usize,
    pub added: usize,
    pub removed: usize,
    pub recoded: usize,
}

/// The fields that are held against each other, each as a line shows it.
const FIELDS: [(&str, Shown); 7] = [
    ("type", kind),
    ("mode", |l| l["mode"][0].as_str().unwrap_or("-").to_owned()),
    ("status", |l| l["status"].as_str().unwrap_or("-").to_owned()),
    ("actors", |l| side(&l["actor"])),
    ("recipients", |l| side(&l["recipient"])),
    ("date", days),
    ("place", |l| {
        l["event_loc"]["name"]
            .as_str()
            .map_or("-".into(), |n| format!("{n} ({})", l["event_loc"]["country"].as_str().unwrap_or("-")))
    }),
];

/// Pairs the events of two codings: same document and overlapping words, those of the same type and the same words first.
pub fn compare(before: Vec<Value>, after: Vec<Value>) -> Drift {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (j, l) in after.iter().enumerate() {
        places.entry(doc(l)).or_default().push(j);
    }
    let mut possible: Vec<(bool, bool, usize, usize)> = Vec::new();
    for (i, a) in before.iter().enumerate() {
        for &j in places.get(doc(a)).into_iter().flatten() {
            let (x, y) = (words(a), words(&after[j]));
            if x.0 < y.1 && y.0 < x.1 && (kind(a) == "statement") == (kind(&after[j]) == "statement") {
                possible.push((kind(a) != kind(&after[j]), x != y, i, j));
            }
        }
    }
    possible.sort();
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs: Vec<(usize, usize)> = possible
        .into_iter()
        .filter(|&(.., i, j)| !left.contains(&i) && !right.contains(&j) && left.insert(i) && right.insert(j))
        .map(|p| (p.2, p.3))
        .collect();
    pairs.sort();
    Drift { before, after, pairs }
}

impl Drift {
    /// Counts by type, in the order of their names, and of all.
    pub fn counts(&self) -> Vec<(String, Count)> {
        let mut out: BTreeMap<String, Count> = BTreeMap::new();
        self.before.iter().for_each(|l| out.entry(kind(l)).or_default().before += 1);
        self.after.iter().for_each(|l| out.entry(kind(l)).or_default().after += 1);
        self.lone(true).for_each(|l| out.entry(kind(l)).or_default().added += 1);
        self.lone(false).for_each(|l| out.entry(kind(l)).or_default().removed += 1);
        self.changed().for_each(|(a, ..)| out.entry(kind(a)).or_default().recoded += 1);
        let sum = |of: fn(&Count) -> usize| out.values().map(of).sum();
        let all = Count {
            before: sum(|c| c.before),
            after: sum(|c| c.after),
            added: sum(|c| c.added),
            removed: sum(|c| c.removed),
            recoded: sum(|c| c.recoded),
        };
        out.into_iter().chain([("all".to_owned(), all)]).collect()
    }

    /// Events of one coding without a partner.
    fn lone(&self, new: bool) -> impl Iterator<Item = &Value> {
        let paired: BTreeSet<usize> = self.pairs.iter().map(|p| if new { p.1 } else { p.0 }).collect();
        let side = if new { &self.after } else { &self.before };
        side.iter().enumerate().filter(move |(i, _)| !paired.contains(i)).map(|(_, l)| l)
    }

    /// Pairs that differ, with the names of the fields and what both say.
    fn changed(&self) -> impl Iterator<Item = (&Value, &Value, Vec<(&'static str, String, String)>)> {
        self.pairs.iter().filter_map(|&(i, j)| {
            let (a, b) = (&self.before[i], &self.after[j]);
            let fields: Vec<_> = FIELDS.iter().map(|(n, of)| (*n, of(a), of(b))).filter(|(_, x, y)| x != y).collect();
            (!fields.is_empty()).then_some((a, b, fields))
        })
    }

    /// A line for each event that only the second coding has.
    pub fn added(&self, texts: &Texts) -> Vec<String> {
        self.lone(true).map(|l| format!("  + {}", shown(l, texts))).collect()
    }

    /// A line for each event that only the first coding has.
    pub fn removed(&self, texts: &Texts) -> Vec<String> {
        self.lone(false).map(|l| format!("  - {}", shown(l, texts))).collect()
    }

    /// A line for each event that both have with other fields.
    pub fn recoded(&self, texts: &Texts) -> Vec<String> {
        let fields =
            |f: &[(&str, String, String)]| f.iter().map(|(n, x, y)| format!("{n} {x} → {y}")).collect::<Vec<_>>().join("; ");
        self.changed()
            .map(|(_, b, f)| format!("  ~ {} “{}”: {}\n      {}: {}", kind(b), text(b), fields(&f), doc(b), opening(b, texts)))
            .collect()
    }

    /// All of it for a program.
    pub fn json(&self, commit: &str, texts: &Texts) -> Value {
        let row = |l: &Value| {
            let fields: Map<String, Value> = FIELDS.iter().map(|(n, of)| ((*n).to_owned(), of(l).into())).collect();
            json!({"doc": doc(l), "words": text(l), "span": [words(l).0, words(l).1], "fields": fields, "sentence": opening(l, texts)})
        };
        let counts: Map<String, Value> = self
            .counts()
            .into_iter()
            .map(|(k, c)| {
                (k, json!({"before": c.before, "after": c.after, "added": c.added, "removed": c.removed, "recoded": c.recoded}))
            })
            .collect();
        let recoded: Vec<Value> = self
            .changed()
            .map(|(a, b, f)| json!({"before": row(a), "after": row(b), "differ": f.iter().map(|d| d.0).collect::<Vec<_>>()}))
            .collect();
        json!({
            "against": commit, "articles": texts.len(), "by_type": counts,
            "added": self.lone(true).map(row).collect::<Vec<_>>(), "removed": self.lone(false).map(row).collect::<Vec<_>>(), "recoded": recoded,
        })
    }
}

fn doc(line: &Value) -> &str {
    line["doc"].as_str().unwrap_or_default()
}

fn kind(line: &Value) -> String {
    line["event"][0].as_str().unwrap_or("statement").to_owned()
}

fn text(line: &Value) -> &str {
    line["event_text"][0].as_str().unwrap_or_default()
}

fn words(line: &Value) -> (u64, u64) {
    let at = |key: &str| line["text_info"][key].as_u64().unwrap_or_default();
    (at("start"), at("end"))
}

/// Codes with sectors, sorted.
fn side(slot: &Value) -> String {
    let one = |a: &Value| match (a["code"].as_str(), a["sector"].as_str()) {
        (code, Some(sector)) => format!("{}/{sector}", code.unwrap_or("UNK")),
        (code, None) => code.unwrap_or("UNK").to_owned(),
    };
    let all: BTreeSet<String> = slot.as_array().into_iter().flatten().map(one).collect();
    if all.is_empty() { "-".to_owned() } else { all.into_iter().collect::<Vec<_>>().join(",") }
}

fn days(line: &Value) -> String {
    match (line["date"].as_str(), line["enddate"].as_str()) {
        (Some(from), Some(to)) => format!("{from}/{to}"),
        (Some(day), None) => day.to_owned(),
        _ => "-".to_owned(),
    }
}

/// An event in a line: what, who, when, where, and how its sentence opens.
fn shown(line: &Value, texts: &Texts) -> String {
    let told: Vec<String> = FIELDS[1..].iter().map(|(_, of)| of(line)).collect();
    let [mode, status, actors, recipients, date, place] = &told[..] else { return String::new() };
    let mode = if mode == "-" { String::new() } else { format!(".{mode}") };
    format!(
        "{}{mode} “{}” {status}, {actors} > {recipients}, {date}, {place}\n      {}: {}",
        kind(line),
        text(line),
        doc(line),
        opening(line, texts)
    )
}

/// The first words of the sentence that tells an event.
fn opening(line: &Value, texts: &Texts) -> String {
    const LENGTH: usize = 90;
    let at = |key: &str| line["text_info"][key].as_u64().unwrap_or_default() as usize;
    let (start, end) = (at("sentence_start"), at("sentence_end"));
    let Some(text) = texts.get(doc(line)) else { return String::new() };
    let sentence: String = text.chars().skip(start).take(end.saturating_sub(start).min(LENGTH)).collect();
    let plain: String =
        sentence.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if end - start.min(end) > LENGTH { format!("{plain}…") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(doc: &str, kind: &str, start: u64, actor: &str) -> Value {
        json!({"doc": doc, "event": [kind], "mode": [], "status": "actual", "actor": [{"code": actor, "sector": "GOV"}], "recipient": [],
            "event_text": ["struck"], "text_info": {"start": start, "end": start + 6, "sentence_start": 0, "sentence_end": 12}})
    }

    fn texts() -> Texts {
        [("a".to_owned(), "They struck. It rained.".to_owned())].into()
    }

    fn count(drift: &Drift, kind: &str) -> Count {
        drift.counts().into_iter().find(|(k, _)| k == kind).map(|(_, c)| c).unwrap_or_default()
    }

    #[test]
    fn a_coding_does_not_drift_from_itself() {
        let lines = vec![line("a", "ASSAULT", 5, "USA"), line("a", "AID", 5, "USA"), line("b", "AID", 9, "FRA")];
        let drift = compare(lines.clone(), lines);
        assert_eq!(count(&drift, "all"), Count { before: 3, after: 3, ..Count::default() });
        assert!(drift.recoded(&texts()).is_empty());
    }

    #[test]
    fn what_is_new_gone_and_other_is_told_apart() {
        let before = vec![line("a", "ASSAULT", 5, "USA"), line("a", "AID", 40, "USA"), line("b", "ACCUSE", 9, "FRA")];
        let mut negated = line("a", "ASSAULT", 5, "USA");
        negated["status"] = "negated".into();
        let after = vec![negated, line("b", "REJECT", 11, "DEU"), line("b", "AID", 90, "FRA")];
        let drift = compare(before, after);
        assert_eq!(count(&drift, "all"), Count { before: 3, after: 3, added: 1, removed: 1, recoded: 2 });
        assert_eq!(count(&drift, "ASSAULT"), Count { before: 1, after: 1, recoded: 1, ..Count::default() });
        assert_eq!(count(&drift, "REJECT"), Count { after: 1, ..Count::default() });
        let told = drift.recoded(&texts());
        assert!(told[0].contains("status actual → negated\n      a: They struck."), "{told:?}");
        assert!(told[1].contains("type ACCUSE → REJECT; actors FRA/GOV → DEU/GOV"), "{told:?}");
        assert!(drift.removed(&texts())[0].starts_with("  - AID “struck” actual, USA/GOV > -, -, -"));
    }

    #[test]
    fn a_pair_of_the_same_type_goes_before_one_of_another() {
        let before = vec![line("a", "ASSAULT", 5, "USA")];
        let after = vec![line("a", "COERCE", 5, "USA"), line("a", "ASSAULT", 8, "USA")];
        let drift = compare(before, after);
        assert_eq!((count(&drift, "COERCE").added, count(&drift, "all").recoded), (1, 0));
    }

    #[test]
    fn a_statement_is_no_event() {
        let mut said = line("a", "ASSAULT", 5, "USA");
        said["event"] = json!([]);
        let drift = compare(vec![said], vec![line("a", "ASSAULT", 5, "USA")]);
        assert_eq!((count(&drift, "statement").removed, count(&drift, "ASSAULT").added), (1, 1));
    }

    #[test]
    fn json_holds_everything() {
        let out = compare(vec![line("a", "AID", 5, "USA")], vec![line("a", "AID", 5, "FRA")]).json("abc", &texts());
        assert_eq!(out["recoded"][0]["differ"], json!(["actors"]));
        assert_eq!(
            (&out["recoded"][0]["after"]["sentence"], &out["by_type"]["AID"]["recoded"]),
            (&json!("They struck."), &json!(1))
        );
    }
}
