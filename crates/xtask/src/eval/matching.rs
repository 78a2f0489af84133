//! Which coded event is which event of the gold, by the rules of `score.py`: what that scorer counts in sum is told here event by event.

use super::rows;
use anyhow::{Context, Result};
use chancery_model::CodePoints;
use serde_json::Value;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// An event that is wanted, found, or both; gold events that are optional, and what is found of them, are left out.
pub struct Judged {
    /// Its type.
    pub event: String,
    /// Confidence of the coded event; `None` where it was not found.
    pub confidence: Option<f64>,
    /// Whether the gold has it.
    pub wanted: bool,
}

/// A mention of a gold event; offsets in code points.
struct Mention {
    trigger: (usize, usize),
    sentence: (usize, usize),
}

/// A gold event with its later mentions.
struct Gold {
    event: Value,
    optional: bool,
    mentions: Vec<Mention>,
}

/// Every event of the gold documents in `folder` and of the coded lines.
pub fn judged(folder: &Path, predictions: &Path) -> Result<Vec<Judged>> {
    let mut coded: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in rows::json(predictions)?.into_iter().filter(|l| l["kind"].as_str().unwrap_or("event") == "event") {
        let doc = line["doc"].as_str().context("a coded line without doc")?.to_owned();
        coded.entry(doc).or_default().push(line);
    }
    let mut out = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    names.retain(|p| p.extension().is_some_and(|e| e == "json") && !p.to_string_lossy().ends_with(".meta.json"));
    names.sort();
    for path in names {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let gold = gold(&path).with_context(|| path.display().to_string())?;
        document(&gold, coded.remove(stem).unwrap_or_default(), &mut out);
    }
    Ok(out)
}

fn gold(path: &Path) -> Result<Vec<Gold>> {
    let gold: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let text = fs::read_to_string(path.with_extension("txt"))?;
    let points = CodePoints::of(&text);
    let mut events: Vec<(String, Gold)> = Vec::new();
    let mut later: Vec<(String, Mention)> = Vec::new();
    for e in gold["events"].as_array().context("no events")? {
        let sentence = e["sentence"].as_str().context("an event without sentence")?;
        let at = text.find(sentence).with_context(|| format!("not in the text: {sentence}"))?;
        let within = (points.at(at), points.at(at + sentence.len()));
        let trigger = e["trigger"].as_str().unwrap_or_default();
        let stated = || Some((e["span"][0].as_u64()? as usize, e["span"][1].as_u64()? as usize));
        let found = || sentence.find(trigger).map(|t| (points.at(at + t), points.at(at + t + trigger.len())));
        let mention = Mention { trigger: stated().or_else(found).unwrap_or(within), sentence: within };
        match e["same_as"].as_str() {
            Some(first) => later.push((first.to_owned(), mention)),
            None => {
                let id = e["id"].as_str().unwrap_or_default().to_owned();
                events.push((id, Gold { event: e.clone(), optional: e["optional"] == true, mentions: vec![mention] }));
            }
        }
    }
    for (first, mention) in later {
        if let Some((_, gold)) = events.iter_mut().find(|(id, _)| *id == first) {
            gold.mentions.push(mention);
        }
    }
    Ok(events.into_iter().map(|(_, g)| g).collect())
}

fn document(gold: &[Gold], lines: Vec<Value>, out: &mut Vec<Judged>) {
    let (mut again, mut coded): (Vec<Value>, Vec<Value>) = lines.into_iter().partition(|l| l["same_as"].is_string());
    let known: BTreeSet<String> = coded.iter().filter_map(|l| l["id"].as_str()).map(str::to_owned).collect();
    // a mention of what is not there is an event of its own
    let loose = |l: &Value| !l["same_as"].as_str().is_some_and(|id| known.contains(id));
    coded.extend(again.extract_if(.., |l| loose(l)));
    let pairs = matched(gold, &coded);
    let name = |v: &Value| v["event"][0].as_str().or(v["event"].as_str()).unwrap_or_default().to_owned();
    let confidence = |l: &Value| l["confidence"].as_f64().or(Some(0.0));
    for (i, g) in gold.iter().enumerate().filter(|(_, g)| !g.optional) {
        let found = pairs.iter().find(|p| p.0 == i).and_then(|p| confidence(&coded[p.1]));
        out.push(Judged { event: name(&g.event), confidence: found, wanted: true });
    }
    let free = coded.iter().enumerate().filter(|(j, _)| pairs.iter().all(|p| p.1 != *j)).map(|(_, l)| l);
    // a later mention counts against the coder where it lies outside the event that it is linked to
    let stray = again.iter().filter(|l| {
        let first = coded.iter().position(|c| c["id"] == l["same_as"]);
        let to = first.and_then(|j| pairs.iter().find(|p| p.1 == j)).map(|p| &gold[p.0]);
        let start = start(l).filter(|s| *s > 0);
        to.is_some_and(|g| !g.mentions.iter().any(|m| start.is_some_and(|s| m.sentence.0 <= s && s < m.sentence.1)))
    });
    out.extend(free.chain(stray).map(|l| Judged { event: name(l), confidence: confidence(l), wanted: false }));
}

/// Best pairs first, required gold before optional gold, then the order of both.
fn matched(gold: &[Gold], coded: &[Value]) -> Vec<(usize, usize)> {
    let mut order: Vec<_> = (0..gold.len())
        .flat_map(|i| (0..coded.len()).map(move |j| (i, j)))
        .map(|(i, j)| (Reverse(!gold[i].optional), Reverse(fit(&gold[i], &coded[j])), i, j))
        .filter(|(_, fit, ..)| fit.0 > 0)
        .collect();
    order.sort();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in order {
        if out.iter().all(|p| p.0 != i && p.1 != j) {
            out.push((i, j));
        }
    }
    out
}

fn start(line: &Value) -> Option<usize> {
    line["text_info"]["start"].as_u64().map(|n| n as usize)
}

/// 0 where the line cannot be the event, else how well it fits.
fn fit(gold: &Gold, line: &Value) -> usize {
    let Some(start) = start(line) else { return 0 };
    if gold.event["event"] != line["event"][0] {
        return 0;
    }
    let end = line["text_info"]["end"].as_u64().map(|n| n as usize).filter(|e| *e > 0).unwrap_or(start + 1);
    let of = |m: &Mention| match () {
        () if start < m.trigger.1 && m.trigger.0 < end => 8,
        () if m.sentence.0 <= start && start < m.sentence.1 => 4,
        () => 0,
    };
    let best = gold.mentions.iter().map(of).max().unwrap_or(0);
    if best == 0 {
        return 0;
    }
    let share = !codes(&gold.event["actor"]).is_disjoint(&codes(&line["actor"]));
    best + 2 * usize::from(share) + usize::from(codes(&gold.event["recipient"]) == codes(&line["recipient"]))
}

fn codes(slot: &Value) -> BTreeSet<&str> {
    let entities = slot.as_array().into_iter().flatten().filter(|x| x.is_object());
    entities.map(|x| x["code"].as_str().filter(|c| !c.is_empty()).unwrap_or("UNK")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn gold(event: Value, trigger: (usize, usize), sentence: (usize, usize)) -> Gold {
        Gold { optional: event["optional"] == true, event, mentions: vec![Mention { trigger, sentence }] }
    }

    fn line(id: &str, kind: &str, start: usize, actor: &str) -> Value {
        json!({"id": id, "event": [kind], "actor": [{"code": actor}], "confidence": 0.8, "text_info": {"start": start, "end": start + 3}})
    }

    fn told(gold: &[Gold], lines: Vec<Value>) -> Vec<(String, bool, bool)> {
        let mut out = Vec::new();
        document(gold, lines, &mut out);
        out.into_iter().map(|j| (j.event, j.confidence.is_some(), j.wanted)).collect()
    }

    #[test]
    fn the_trigger_goes_before_the_sentence_and_the_actor_decides() {
        let golds = [
            gold(json!({"event": "AID", "actor": [{"code": "USA"}]}), (10, 15), (0, 40)),
            gold(json!({"event": "AID"}), (30, 35), (0, 40)),
        ];
        let lines = vec![line("a", "AID", 20, "USA"), line("b", "AID", 11, "FRA"), line("c", "AID", 31, "USA")];
        assert_eq!(matched(&golds, &lines), [(0, 1), (1, 2)]);
        let sentence = [line("a", "AID", 1, "FRA"), line("b", "AID", 2, "USA")];
        assert_eq!(matched(&golds[..1], &sentence), [(0, 1)]);
        assert!(matched(&golds, &[line("a", "ACCUSE", 11, "USA")]).is_empty());
    }

    #[test]
    fn what_is_optional_costs_nothing() {
        let golds = [
            gold(json!({"event": "AID", "optional": true}), (0, 5), (0, 40)),
            gold(json!({"event": "ACCUSE"}), (50, 55), (45, 60)),
        ];
        let found = told(&golds, vec![line("a", "AID", 1, "USA"), line("b", "AID", 100, "USA")]);
        assert_eq!(found, [("ACCUSE".into(), false, true), ("AID".into(), true, false)]);
    }

    #[test]
    fn a_later_mention_counts_only_where_it_strays() {
        let golds = [gold(json!({"event": "AID"}), (2, 5), (0, 40))];
        let mut inside = line("b", "AID", 20, "USA");
        inside["same_as"] = "a".into();
        let mut outside = line("c", "AID", 80, "USA");
        outside["same_as"] = "a".into();
        let mut nowhere = line("d", "AID", 90, "USA");
        nowhere["same_as"] = "z".into();
        let found = told(&golds, vec![line("a", "AID", 2, "USA"), inside, outside, nowhere]);
        assert_eq!(found.iter().filter(|j| j.2).count(), 1);
        assert_eq!(found.iter().filter(|j| !j.2).count(), 2);
    }
}
