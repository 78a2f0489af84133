//! `sentences`: single sentences with all their events: the main event's type and quad, who takes part, and what did not simply happen.

use super::{Counts, Figures, articles, rows};
use anyhow::{Context, Result};
use chancery_lexicon::Lexicon;
use chancery_model::{ActorRef, Byte, Kind, Report, Span, Status};
use chancery_text::Model;
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// One sentence of the file with what is coded from it.
struct Sentence {
    text: String,
    events: Vec<Value>,
    quad: Option<u64>,
    coded: Vec<Report>,
}

/// Macro-F1 of the main event's type and quad, of `quad_cameo`, F1 of arguments, and of statuses other than `actual`.
///
/// The main event of the gold is the first that is not optional. The shipped model has learnt `train/sentences.jsonl`: figures on that
/// file flatter, unless `model` was trained without the sentences of `fold` (`training/train.py --leave-out`).
pub fn measure(path: &Path, model: &Model, fold: Option<(usize, usize)>, errors: usize) -> Result<Figures> {
    let (mut types, mut quads, mut cameo) = (Classes::default(), Classes::default(), Classes::default());
    let (mut arguments, mut other, mut shown) = (Counts::default(), Counts::default(), 0);
    for (n, row) in rows::json(path)?.into_iter().enumerate() {
        if fold.is_some_and(|(k, of)| n % of != k) {
            continue;
        }
        let s = coded(&row, model).with_context(|| format!("{}:{}", path.display(), n + 1))?;
        let main = s.coded.iter().find(|r| r.main).and_then(|r| r.event);
        if let Some(gold) = s.events.iter().find(|e| e["optional"] != true).and_then(|e| e["event"].as_str()) {
            let told = main.map_or("-", |e| e.as_str());
            types.add(gold, told);
            let quad = |e: &str| e.parse::<chancery_model::EventType>().map_or("-".into(), |e| e.quad().number().to_string());
            quads.add(&quad(gold), &quad(told));
            if gold != told && shown < errors {
                shown += 1;
                println!("{gold} told as {told}: {}", s.text);
            }
        }
        if let Some(gold) = s.quad {
            // the label's authors count appeals as neutral
            let told = main.filter(|e| *e != chancery_model::EventType::Request).map_or(0, |e| e.quad().number());
            cameo.add(&gold.to_string(), &told.to_string());
        }
        compare(&s, &mut arguments, &mut other);
    }
    let mut out = Figures::new();
    out.insert("main_type".into(), types.macro_f1());
    out.insert("main_quad".into(), quads.macro_f1());
    out.insert("quad_cameo".into(), cameo.macro_f1());
    out.insert("arguments".into(), Value::Object(arguments.figures()));
    out.insert("other_status".into(), Value::Object(other.figures()));
    out.insert("by_type".into(), Value::Object(types.each()));
    Ok(out)
}

fn coded(row: &Value, model: &Model) -> Result<Sentence> {
    let text = row["text"].as_str().context("row without text")?;
    let article = articles::bare("s", text, None);
    let document = chancery_text::read(&article, model).output;
    let findings = chancery_resolve::resolve(&article, &document, Lexicon::builtin());
    let mut coded = chancery_coder::code(&article, &document, &findings, Lexicon::builtin());
    coded.retain(|r| r.kind == Kind::Event);
    let events = row["events"].as_array().cloned().unwrap_or_default();
    Ok(Sentence { text: text.to_owned(), events, quad: row["quad_cameo"].as_u64(), coded })
}

/// Counts arguments and statuses of the gold events against the reports of their type at their triggers.
fn compare(s: &Sentence, arguments: &mut Counts, other: &mut Counts) {
    let locate = |phrase: &Value| phrase.as_str().and_then(|p| s.text.find(p).map(|at| Span::<Byte>::new(at, at + p.len())));
    let mut used = vec![false; s.coded.len()];
    for gold in &s.events {
        let trigger = locate(&gold["trigger"]);
        let fits =
            |r: &Report| r.event.is_some_and(|e| gold["event"] == e.as_str()) && trigger.is_some_and(|t| r.trigger.overlaps(t));
        let at = (0..s.coded.len()).find(|&i| !used[i] && fits(&s.coded[i]));
        at.into_iter().for_each(|i| used[i] = true);
        if gold["optional"] == true {
            continue;
        }
        let report = at.map(|i| &s.coded[i]);
        for (slot, of) in [("actor", (|r| &r.actors) as fn(&Report) -> &Vec<ActorRef>), ("recipient", |r| &r.recipients)] {
            let wanted: Vec<Span<Byte>> =
                gold[slot].as_array().into_iter().flatten().filter_map(|a| locate(&a["text"])).collect();
            let told = report.map(of).map_or(&[][..], Vec::as_slice);
            arguments.gold += wanted.len();
            arguments.found += told.len();
            arguments.right += wanted.iter().filter(|w| told.iter().any(|t| t.span.overlaps(**w))).count();
        }
        let status = gold["status"].as_str().unwrap_or("actual");
        let told = report.map_or(Status::Actual, |r| r.status);
        other.gold += usize::from(status != "actual");
        other.found += usize::from(told != Status::Actual);
        other.right += usize::from(status != "actual" && told.as_str() == status);
    }
    let loose = s.coded.iter().zip(&used).filter(|(_, used)| !**used).map(|(r, _)| r);
    for r in loose {
        arguments.found += r.actors.len() + r.recipients.len();
        other.found += usize::from(r.status != Status::Actual);
    }
}

/// Counts per class.
#[derive(Default)]
struct Classes(BTreeMap<String, Counts>);

impl Classes {
    fn add(&mut self, gold: &str, told: &str) {
        self.0.entry(gold.to_owned()).or_default().gold += 1;
        self.0.entry(told.to_owned()).or_default().found += 1;
        if gold == told {
            self.0.entry(gold.to_owned()).or_default().right += 1;
        }
    }

    /// The mean of F1 over the classes that the gold has.
    fn macro_f1(&self) -> Value {
        let f1 = |c: &Counts| c.figures()["f1"].as_f64().unwrap_or(0.0);
        let all: Vec<f64> = self.0.values().filter(|c| c.gold > 0).map(f1).collect();
        super::round(all.iter().sum::<f64>() / all.len().max(1) as f64, 4)
    }

    fn each(&self) -> Figures {
        self.0.iter().filter(|(_, c)| c.gold > 0).map(|(k, c)| (k.clone(), c.figures()["f1"].clone())).collect()
    }
}
