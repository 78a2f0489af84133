//! Who contradicts whom, and what actors hold over time: on documents made for it, and on the seed pages where they are at hand.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("chancery-claims-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn page(&self, name: &str, published: &str, text: &str) -> PathBuf {
        let path = self.0.join(format!("{name}.txt"));
        std::fs::write(&path, text).unwrap();
        std::fs::write(
            self.0.join(format!("{name}.meta.json")),
            format!("{{\"published\":\"{published}\",\"outlet\":\"{name}\"}}"),
        )
        .unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn chancery(record: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_chancery")).args(args).arg("--record").arg(record).output().unwrap();
    assert!(out.status.code().is_some_and(|c| c < 2), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn rows(record: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let mut all = args.to_vec();
    all.extend(["--format", "jsonl"]);
    chancery(record, &all).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_denial_stands_against_what_others_report() {
    let folder = Folder::new("denial");
    let (a, b, c) = (
        folder.page(
            "herald",
            "2017-03-02",
            "Ugandan troops have been deployed in South Sudan to fight alongside the army of President Salva Kiir, diplomats said.\n",
        ),
        folder.page(
            "tribune",
            "2017-03-20",
            "Uganda's foreign minister denied that his country had soldiers in South Sudan, though he said Uganda would continue to \
             support the government in Juba with advice.\n",
        ),
        folder.page("gazette", "2017-03-21", "Kenya's foreign minister visited Kampala on Monday for talks on trade.\n"),
    );
    let record = folder.0.join("r.db");
    let inputs: Vec<&str> = [&a, &b, &c].iter().map(|p| p.to_str().unwrap()).collect();
    chancery(&record, &[&["read"], inputs.as_slice()].concat());
    let found = rows(&record, &["claims", "--contested"]);
    let of = |stance: &str, doc: &str| found.iter().any(|r| r["stance"] == stance && r["doc"] == doc);
    assert!(of("denies", "tribune"), "{found:#?}");
    assert!(of("asserts", "herald"), "{found:#?}");
    assert!(found.iter().all(|r| r["doc"] != "gazette"));
    let by = rows(&record, &["claims", "--contested", "--by", "UGA"]);
    assert!(!by.is_empty());
    assert!(rows(&record, &["claims", "--contested", "--by", "KEN"]).is_empty());
}

#[test]
fn positions_on_one_matter_form_a_thread() {
    let folder = Folder::new("thread");
    let (a, b, c) = (
        folder.page("first", "2016-02-01", "Turkey wants President Bashar al-Assad to leave power.\n"),
        folder.page("second", "2016-08-01", "Turkey accepts that President Bashar al-Assad stays in power for some months.\n"),
        folder.page("third", "2018-05-18", "Russian President Vladimir Putin called for all foreign forces to leave Syria.\n"),
    );
    let record = folder.0.join("r.db");
    let inputs: Vec<&str> = [&a, &b, &c].iter().map(|p| p.to_str().unwrap()).collect();
    chancery(&record, &[&["read"], inputs.as_slice()].concat());
    let found = rows(&record, &["claims", "--about", "assad"]);
    let turkey: Vec<(&str, &str)> = found
        .iter()
        .filter(|r| r["issue"].is_string())
        .map(|r| (r["stance"].as_str().unwrap(), r["published"].as_str().unwrap()))
        .collect();
    assert_eq!(turkey, [("opposes", "2016-02-01"), ("accepts", "2016-08-01")], "{found:#?}");
    assert!(found.iter().filter(|r| r["issue"].is_string()).all(|r| r["changed"] == true));
    let found = rows(&record, &["claims", "--about", "foreign forces"]);
    assert!(found.iter().any(|r| r["issue"] == "foreign forces in Syria" && r["stance"] == "opposes"), "{found:#?}");
}

#[test]
fn the_seed_pages_together() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    if !seeds.exists() {
        println!("skipped: no seed pages beside the checkout");
        return;
    }
    let folder = Folder::new("seeds");
    let record = folder.0.join("r.db");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(seeds).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    let inputs: Vec<&str> = pages.iter().map(|p| p.to_str().unwrap()).collect();
    chancery(&record, &[&["read"], inputs.as_slice()].concat());
    let contested = rows(&record, &["claims", "--contested", "--by", "IRN"]);
    assert!(contested.iter().any(|r| r["stance"] == "denies" && r["doc"].as_str().unwrap().starts_with("000")), "{contested:#?}");
    let against = |r: &&serde_json::Value| r["stance"] != "denies" && !r["doc"].as_str().unwrap().starts_with("000");
    assert!(contested.iter().any(|r| against(&r)), "{contested:#?}");
    let about = |words: &str| rows(&record, &["claims", "--about", words]).iter().filter(|r| r["issue"].is_string()).count();
    assert!(about("assad in power") > 1);
    assert!(about("foreign forces in syria") > 1);
}
