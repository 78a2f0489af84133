//! Figures, one command each (see the table in CONTRIBUTING.md); the same code on the development data and on any file of its format.

pub mod articles;
mod attribution;
mod calm;
mod clusters;
mod conllu;
mod coref;
mod crossdoc;
mod debris;
pub mod events;
mod findings;
mod lexicon;
mod matching;
mod name_head;
mod names;
mod names_alike;
mod pages;
mod pairs;
mod reprints;
pub mod rows;
mod sentences;
mod status;
mod times;
mod trees;

use anyhow::{Context, Result, bail};
use chancery_text::Model;
use clap::Args;
use serde_json::{Map, Value};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What to measure.
#[derive(Args)]
pub struct Request {
    /// The measure; without one, all on the development data.
    measure: Option<String>,
    /// Files or folders to measure on; without any, the development data.
    inputs: Vec<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Print this many errors.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Trees from raw text instead of gold words.
    #[arg(long)]
    raw: bool,
    /// `ner`: measure heads trained on so many folds instead of the shipped one.
    #[arg(long)]
    folds: Option<usize>,
    /// `sentences`: measure this model instead of the shipped one.
    #[arg(long)]
    model: Option<PathBuf>,
    /// `sentences`: measure only every Nth sentence, from the Kth on (`K/N`): the fold that the model was trained without.
    #[arg(long, value_parser = fold, requires = "model")]
    fold: Option<(usize, usize)>,
}

fn fold(told: &str) -> Result<(usize, usize), String> {
    let parts = told.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(k, n)| k < n).ok_or_else(|| "write K/N with K from 0 to N-1, as in 0/5".to_owned())
}

/// Named figures in the order in which they are printed.
pub type Figures = Map<String, Value>;

/// The measures, each with the development data it runs on without a file.
const MEASURES: &[(&str, &[&str])] = &[
    ("events", &["gold/dev"]),
    ("debris", &["gold/dev"]),
    ("ud", &["data/ud/en_ewt-dev.conllu.gz", "data/ud/en_gum_permissive-dev.conllu.gz"]),
    ("ud-raw", &["data/ud/en_ewt-dev.conllu.gz", "data/ud/en_gum_permissive-dev.conllu.gz"]),
    ("ner", &["data/ner/uner_ewt-dev.jsonl.gz"]),
    ("ner-2-folds", &["data/ner/uner_ewt-dev.jsonl.gz"]),
    ("ner-5-folds", &["data/ner/re3d-dev.jsonl.gz"]),
    ("time", &["data/time/timebank.jsonl.gz", "data/time/aquaint.jsonl.gz", "data/time/wikiwars-train.jsonl.gz"]),
    ("resolve", &["gold/dev"]),
    ("sentences", &["train/sentences.jsonl"]),
    ("false", &["data/ud/en_ewt-dev.conllu.gz"]),
    ("status", &["data/factuality/uds_ithappened-dev.jsonl.gz"]),
    ("attribution", &["data/attribution/polnear-dev.jsonl.gz"]),
    ("coref", &["data/ner/gum_entities-dev.jsonl.gz"]),
    ("crossdoc", &["data/crossdoc/ecbplus-train-dev.jsonl.gz"]),
    ("reprints", &["data/bulk/reuters21578.jsonl.gz"]),
    ("pages", &["data/pages/trafilatura-dev.jsonl.gz"]),
    ("dates", &["data/pages/htmldate-dev.jsonl.gz"]),
    ("lexicon", &["data/gazetteer"]),
];

/// Runs a measure, or all; true when figures came out.
pub fn run(root: &Path, request: &Request) -> Result<bool> {
    let Some(measure) = &request.measure else { return all(root, request) };
    let measure = match (measure.as_str(), request.folds) {
        ("ud", _) if request.raw => "ud-raw".to_owned(),
        ("ner", Some(folds)) => format!("ner-{folds}-folds"),
        _ => measure.clone(),
    };
    let measure = measure.as_str();
    if measure == "pairs" {
        let [input, output] = request.inputs.as_slice() else {
            bail!("pairs takes two files: IN with id, text, source, target, and OUT")
        };
        pairs::write(input, output)?;
        return Ok(true);
    }
    if measure == "coref-evidence" {
        let [input, output] = request.inputs.as_slice() else { bail!("coref-evidence takes two files: GUM entities, and OUT") };
        coref::write_evidence(input, output)?;
        return Ok(true);
    }
    if measure == "crossdoc-pairs" {
        let [input, output] = request.inputs.as_slice() else { bail!("crossdoc-pairs takes two files: the corpus, and OUT") };
        crossdoc::write_pairs(input, output)?;
        return Ok(true);
    }
    let inputs: Vec<PathBuf> = match request.inputs.is_empty() {
        false => request.inputs.clone(),
        true => {
            let known = MEASURES.iter().find(|(m, _)| *m == measure);
            let (_, data) = known.with_context(|| format!("no measure `{measure}`; there are {}", names()))?;
            data.iter().map(|d| shared(root).join(d)).collect()
        }
    };
    for input in &inputs {
        let figures = one(root, measure, input, request)?;
        show(measure, input, &figures, request.json);
    }
    Ok(true)
}

fn names() -> String {
    MEASURES.iter().map(|(m, _)| *m).collect::<Vec<_>>().join(", ")
}

/// The folder of measuring data beside the workspace.
fn shared(root: &Path) -> PathBuf {
    root.join("../shared")
}

fn one(root: &Path, measure: &str, input: &Path, request: &Request) -> Result<Figures> {
    let errors = request.errors;
    if !input.exists() {
        bail!("{}: not there; the measuring data lies in a folder `shared` beside the workspace", input.display());
    }
    let done = match measure {
        "events" => events::measure(root, input, errors),
        "debris" => debris::measure(root, input, errors),
        "ud" => trees::gold(input),
        "ud-raw" => trees::raw(input),
        "ner" => names::measure(input, None, errors),
        "time" => times::measure(input, errors),
        "resolve" => findings::measure(input, errors),
        "sentences" => sentences::measure(input, model(request)?, request.fold, errors),
        "false" => calm::measure(input, errors),
        "status" => status::measure(input, errors),
        "attribution" => attribution::measure(input, errors),
        "coref" => coref::measure(input),
        "crossdoc" => crossdoc::measure(input, errors),
        "lexicon" => lexicon::measure(input, errors),
        "reprints" => reprints::measure(input, errors),
        "pages" => pages::segments(input, errors),
        "dates" => pages::dates(input, errors),
        _ if folds(measure).is_some() => names::measure(input, folds(measure), errors),
        _ => bail!("no measure `{measure}`; there are {}", names()),
    };
    done.with_context(|| format!("{measure} on {}", input.display()))
}

/// The model to measure.
fn model(request: &Request) -> Result<&'static Model> {
    let Some(path) = &request.model else { return Ok(Model::builtin()) };
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let model = Model::load(&bytes).with_context(|| path.display().to_string())?;
    Ok(Box::leak(Box::new(model)))
}

/// The number in `ner-2-folds`.
fn folds(measure: &str) -> Option<usize> {
    measure.strip_prefix("ner-")?.strip_suffix("-folds")?.parse().ok()
}

fn show(measure: &str, input: &Path, figures: &Figures, json: bool) {
    if json {
        println!("{}", Value::Object(figures.clone()));
        return;
    }
    println!("{measure} {}", input.display());
    for (name, value) in flat(figures) {
        println!("  {name:<24} {value}");
    }
}

/// Nested figures as dotted names.
fn flat(figures: &Figures) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (k, v) in figures {
        match v {
            Value::Object(inner) => out.extend(flat(inner).into_iter().map(|(n, v)| (format!("{k}.{n}"), v))),
            Value::Null => {}
            _ => out.push((k.clone(), v.to_string())),
        }
    }
    out
}

fn all(root: &Path, request: &Request) -> Result<bool> {
    let mut table = String::from("measure,data,figure,value\n");
    for (measure, data) in MEASURES {
        for name in *data {
            let input = shared(root).join(name);
            let figures = one(root, measure, &input, request)?;
            show(measure, &input, &figures, request.json);
            for (figure, value) in flat(&figures) {
                table += &format!("{measure},{name},{figure},{value}\n");
            }
        }
    }
    let path = root.join("eval/scores.csv");
    fs::create_dir_all(root.join("eval"))?;
    fs::write(&path, table).with_context(|| path.display().to_string())?;
    eprintln!("wrote {}", path.display());
    Ok(true)
}

/// Precision, recall and F1 from counts.
#[derive(Default, Clone, Copy)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// To be found.
    pub gold: usize,
}

impl Counts {
    /// `p`, `r`, `f1` (0..=1, four places) and the counts.
    pub fn figures(self) -> Figures {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (share(self.right, self.found), share(self.right, self.gold));
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let mut out = Figures::new();
        for (k, v) in [("p", p), ("r", r), ("f1", f1)] {
            out.insert(k.into(), round(v, 4));
        }
        for (k, v) in [("right", self.right), ("found", self.found), ("gold", self.gold)] {
            out.insert(k.into(), v.into());
        }
        out
    }
}

/// A number with so many places.
pub fn round(value: f64, places: i32) -> Value {
    let unit = 10f64.powi(places);
    ((value * unit).round() / unit).into()
}
