//! `events`: the whole way on gold documents, scored by the codebook's own scorer; beside it each type, and how far confidence can be trusted.

use super::{Counts, Figures, matching, round};
use anyhow::{Context, Result, bail, ensure};
use chancery_model::EventType;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// Runs the `chancery` command of this workspace and gives what it printed.
pub fn chancery(root: &Path, arguments: &[&std::ffi::OsStr]) -> Result<Vec<u8>> {
    let out = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--package", "chancery", "--"])
        .args(arguments)
        .current_dir(root)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cargo run")?;
    if !out.status.success() {
        bail!("chancery {arguments:?} ended with {}", out.status);
    }
    Ok(out.stdout)
}

/// The figures of `score.py`, those of each type (`by_type`), and the reliability of confidence (`reliability`).
pub fn measure(root: &Path, folder: &Path, errors: usize) -> Result<Figures> {
    let folder = folder.canonicalize()?;
    let lines = chancery(root, &["code".as_ref(), "--format".as_ref(), "jsonl".as_ref(), folder.as_os_str()])?;
    let predictions = root.join("target/eval-events.jsonl");
    fs::write(&predictions, lines)?;
    let score = |more: &[&str]| -> Result<Vec<u8>> {
        let scorer = root.join("../shared/score/score.py");
        let out = Command::new("python3").arg(&scorer).arg(&folder).arg(&predictions).args(more).output().context("python3")?;
        if !out.status.success() {
            bail!("{}: {}", scorer.display(), String::from_utf8_lossy(&out.stderr));
        }
        Ok(out.stdout)
    };
    if errors > 0 {
        print!("{}", String::from_utf8_lossy(&score(&["--errors", &errors.to_string()])?));
    }
    let mut figures: Figures = serde_json::from_slice(&score(&["--json"])?)?;
    let judged = matching::judged(&folder, &predictions)?;
    let total = counted(judged.iter());
    let theirs = |key: &str| figures["event"][key].as_u64().unwrap_or_default() as usize;
    let (tp, fp, fn_) = (theirs("tp"), theirs("fp"), theirs("fn"));
    ensure!(
        (total.right, total.found, total.gold) == (tp, tp + fp, tp + fn_),
        "the matching here counts {} right of {} found and {} wanted, score.py {tp}, {} and {}",
        total.right,
        total.found,
        total.gold,
        tp + fp,
        tp + fn_
    );
    figures.insert("by_type".into(), by_type(&judged).into());
    figures.insert("reliability".into(), reliability(&judged).into());
    Ok(figures)
}

fn counted<'a>(judged: impl Iterator<Item = &'a matching::Judged>) -> Counts {
    let mut out = Counts::default();
    for j in judged {
        out.right += usize::from(j.wanted && j.confidence.is_some());
        out.found += usize::from(j.confidence.is_some());
        out.gold += usize::from(j.wanted);
    }
    out
}

/// Precision, recall and F1 of each type that is wanted or found, in the order of the codebook.
fn by_type(judged: &[matching::Judged]) -> Figures {
    let each = EventType::ALL.iter().map(|t| (t.as_str(), counted(judged.iter().filter(|j| j.event == t.as_str()))));
    each.filter(|(_, c)| c.gold + c.found > 0).map(|(t, c)| (t.to_owned(), c.figures().into())).collect()
}

/// For each tenth of confidence: how many (`n`), the mean confidence (`told`) and the share that is right (`right`); and the expected
/// calibration error (`ece`), the mean distance of the two, weighed by n.
fn reliability(judged: &[matching::Judged]) -> Figures {
    let mut tenths: BTreeMap<usize, (usize, f64, usize)> = BTreeMap::new();
    for j in judged {
        let Some(confidence) = j.confidence else { continue };
        let row = tenths.entry(((confidence * 10.0) as usize).min(9)).or_default();
        row.0 += 1;
        row.1 += confidence;
        row.2 += usize::from(j.wanted);
    }
    let all: usize = tenths.values().map(|t| t.0).sum();
    let mut out = Figures::new();
    let error: f64 = tenths.values().map(|(_, told, right)| (told - *right as f64).abs()).sum();
    out.insert("ece".into(), round(error / all.max(1) as f64, 4));
    for (tenth, (n, told, right)) in tenths {
        let mut row = Figures::new();
        row.insert("n".into(), n.into());
        row.insert("told".into(), round(told / n as f64, 3));
        row.insert("right".into(), round(right as f64 / n as f64, 3));
        out.insert(format!("{:.1}-{:.1}", tenth as f64 / 10.0, (tenth + 1) as f64 / 10.0), Value::Object(row));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(event: &str, confidence: Option<f64>, wanted: bool) -> matching::Judged {
        matching::Judged { event: event.into(), confidence, wanted }
    }

    #[test]
    fn confidence_is_held_against_what_is_right() {
        let table = [
            judged("AID", Some(0.95), true),
            judged("AID", Some(1.0), false),
            judged("AID", Some(0.3), false),
            judged("AID", None, true),
        ];
        let out = reliability(&table);
        assert_eq!(out["0.9-1.0"], serde_json::json!({"n": 2, "told": 0.975, "right": 0.5}));
        assert_eq!(out["0.3-0.4"]["n"], 1);
        // (|1.95 − 1| + |0.3 − 0|) / 3
        assert_eq!(out["ece"], 0.4167);
        let types = by_type(&table);
        assert_eq!(
            (types.len(), &types["AID"]["gold"], &types["AID"]["found"], &types["AID"]["right"]),
            (1, &2.into(), &3.into(), &1.into())
        );
    }
}
