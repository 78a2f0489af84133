//! Real input beside the repository: the five seed pages and the scorer. Skipped, and said so, where they are not at hand.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn chancery() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

#[test]
fn the_five_seeds_have_their_titles_and_only_stated_dates() {
    let Some(seeds) = shared("seeds") else { return };
    let out = chancery().arg("code").arg(seeds).args(["--stop-after", "intake", "--format", "jsonl"]).assert().success();
    let lines: Vec<serde_json::Value> =
        String::from_utf8_lossy(&out.get_output().stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let titles: Vec<&str> = lines.iter().map(|l| l["title"].as_str().unwrap_or("")).collect();
    assert_eq!(
        titles,
        [
            "Russia and Iran to strengthen cooperation in Middle East",
            "Putin, Rowhani agree to cooperate closely on Syria",
            "How Russia-Israel engagement is benefiting Iran",
            "Iran, Russia cooperate to keep Assad in power in Syria",
            "Iran-Russia co-op bearing fruit, official says",
        ]
    );
    let stated: Vec<Option<&str>> =
        lines.iter().map(|l| l["published"].as_str().filter(|_| l["published_basis"] == "stated")).collect();
    assert_eq!(stated, [None, None, Some("2018-06-17"), None, Some("2016-09-14")]);
}

#[test]
fn the_seeds_answer() {
    let Some(seeds) = shared("seeds") else { return };
    let folder = TempDir::new().unwrap();
    chancery().current_dir(folder.path()).arg("read").arg(fs::canonicalize(seeds).unwrap()).assert().success();
    let ask = |args: &[&str]| {
        let out = chancery().current_dir(folder.path()).args(args).assert().success();
        String::from_utf8_lossy(&out.get_output().stdout).into_owned()
    };
    let dyad = ask(&["dyad", "RUS", "IRN", "--format", "jsonl"]);
    assert!(dyad.lines().count() >= 5, "{dyad}");
    assert!(ask(&["search", "Palmyra"]).contains("Putin, Rowhani agree"));
    let first: serde_json::Value = serde_json::from_str(dyad.lines().next().unwrap()).unwrap();
    assert!(ask(&["explain", first["id"].as_str().unwrap()]).contains("^^"));
}

#[test]
fn the_scorer_takes_every_line() {
    let (Some(gold), Some(scorer)) = (shared("gold/dev"), shared("score/score.py")) else { return };
    if std::process::Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3");
        return;
    }
    let folder = TempDir::new().unwrap();
    let coded = chancery().current_dir(folder.path()).arg("code").arg(fs::canonicalize(&gold).unwrap()).assert().success();
    let lines = folder.path().join("coded.jsonl");
    fs::write(&lines, &coded.get_output().stdout).unwrap();
    let scored = std::process::Command::new("python3").arg(scorer).arg(&gold).arg(&lines).arg("--json").output().unwrap();
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    assert!(scored.stderr.is_empty(), "lines of unknown documents: {}", String::from_utf8_lossy(&scored.stderr));
    let figures: serde_json::Value = serde_json::from_slice(&scored.stdout).unwrap();
    assert!(figures["event"]["tp"].as_u64().unwrap() > 0, "{figures}");
}
