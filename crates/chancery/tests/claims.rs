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

    /// A record of some pages.
    fn read(&self, pages: &[PathBuf]) -> PathBuf {
        let record = self.0.join("r.db");
        let inputs: Vec<&str> = pages.iter().map(|p| p.to_str().unwrap()).collect();
        chancery(&record, &[&["read"], inputs.as_slice()].concat());
        record
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

/// A deployment that one page tells and another denies, and a visit of somebody else.
fn uganda(folder: &Folder) -> PathBuf {
    folder.read(&[
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
        folder.page("gazette", "2017-03-21", "Kenya's foreign minister visited Kampala on Monday for talks on trade with Uganda.\n"),
    ])
}

#[test]
fn a_denial_stands_against_what_others_report() {
    let folder = Folder::new("denial");
    let record = uganda(&folder);
    let found = rows(&record, &["claims", "--contested"]);
    let of = |stance: &str, doc: &str| found.iter().find(|r| r["stance"] == stance && r["doc"] == doc);
    let (denied, asserted) = (of("denies", "tribune").unwrap(), of("asserts", "herald").unwrap());
    assert!(found.iter().all(|r| r["doc"] != "gazette"));
    let names = |r: &serde_json::Value, other: &serde_json::Value| r["against"].as_array().unwrap().contains(&other["claim"]);
    assert!(names(denied, asserted) && names(asserted, denied), "{found:#?}");
    let told: std::collections::BTreeSet<String> =
        found.iter().map(|r| format!("{} {} {}", r["report"], r["voice"], r["stance"])).collect();
    assert_eq!(told.len(), found.len(), "each voice once: {found:#?}");
    let by = rows(&record, &["claims", "--contested", "--by", "UGA"]);
    assert!(!by.is_empty() && by.iter().all(|r| r["voice"].as_str().unwrap().starts_with("UGA")), "{by:#?}");
    assert!(rows(&record, &["claims", "--contested", "--by", "KEN"]).is_empty());
}

#[test]
fn a_dispute_names_both_sides_whichever_event_holds_the_denial() {
    let folder = Folder::new("sides");
    let record = uganda(&folder);
    let found = rows(&record, &["claims", "--contested"]);
    for claim in found.iter().map(|r| r["claim"].as_str().unwrap()) {
        let told = chancery(&record, &["explain", claim]);
        let line =
            |verb: &str| told.lines().find(|l| l.trim_start().starts_with(verb)).unwrap_or_else(|| panic!("{verb}: {told}"));
        let (asserted, denied) = (line("asserted by diplomats: “"), line("denied by "));
        assert!(asserted.contains("troops have been deployed") && asserted.contains("(herald, 2017-03-02; r"), "{told}");
        assert!(denied.contains("denied that his country had soldiers") && denied.contains("(tribune, 2017-03-20; r"), "{told}");
    }
    let brief = |a: &str, b: &str| {
        let md = chancery(&record, &["brief", a, b, "--md", "-"]);
        md.split("## Disputed").nth(1).unwrap().split("\n## ").next().unwrap().to_owned()
    };
    let both = brief("UGA", "SSD");
    assert!(both.contains("asserted by diplomats: ") && both.contains("(herald, 2 March 2017)"), "{both}");
    assert!(both.contains("denied by ") && both.contains("(tribune, 20 March 2017)"), "{both}");
    assert!(brief("UGA", "KEN").contains("Nothing in which both take part"), "Kenya has no part in it");
}

#[test]
fn a_stance_that_stays_is_told_once_and_one_that_follows_is_a_change() {
    let folder = Folder::new("course");
    let visit = "Turkey's foreign minister visited Moscow for talks with Russian Foreign Minister Sergei Lavrov.\n";
    let says = |name: &str, day: &str, words: &str| folder.page(name, day, &format!("{visit}\nTurkey {words} power.\n"));
    let record = folder.read(&[
        says("first", "2016-02-01", "wants President Bashar al-Assad to leave"),
        says("second", "2016-03-01", "wants President Bashar al-Assad to leave"),
        says("third", "2016-08-01", "accepts that President Bashar al-Assad stays in"),
    ]);
    let brief = chancery(&record, &["brief", "TUR", "RUS"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let told = brief.split("stance: opposes (1 February 2016; 1 March 2016)[").nth(1).unwrap_or_else(|| panic!("{brief}"));
    assert!(told.contains("], then accepts (1 August 2016)[") && told.contains("changed"), "{brief}");
}

#[test]
fn what_is_undated_is_told_in_no_order() {
    let folder = Folder::new("undated");
    let visit = "Turkey's foreign minister visited Moscow for talks with Russian Foreign Minister Sergei Lavrov.\n";
    let says = |n: usize, stance: &str| {
        let path = folder.0.join(format!("page{n}.txt"));
        std::fs::write(&path, format!("{visit}\nTurkey {stance} power.\n")).unwrap();
        path
    };
    let record = folder.read(&[
        says(1, "wants President Bashar al-Assad to leave"),
        says(2, "accepts that President Bashar al-Assad stays in"),
        says(3, "wants President Bashar al-Assad to leave"),
    ]);
    let md = chancery(&record, &["brief", "TUR", "RUS", "--md", "-"]);
    let row = md.lines().find(|l| l.contains("Assad") && l.starts_with("| Turkey")).unwrap_or_else(|| panic!("{md}"));
    assert!(!row.contains("then") && !row.contains("changed"), "{row}");
    assert!(row.matches("opposes (undated)").count() == 1 && row.matches("accepts (undated)").count() == 1, "{row}");
}

#[test]
fn positions_on_one_matter_form_a_thread() {
    let folder = Folder::new("thread");
    let record = folder.read(&[
        folder.page("first", "2016-02-01", "Turkey wants President Bashar al-Assad to leave power.\n"),
        folder.page("second", "2016-08-01", "Turkey accepts that President Bashar al-Assad stays in power for some months.\n"),
        folder.page("third", "2018-05-18", "Russian President Vladimir Putin called for all foreign forces to leave Syria.\n"),
        folder.page(
            "fourth",
            "2022-11-16",
            "The Saudi foreign minister said on Tuesday that Iraq wants a seat on the council.\n",
        ),
    ]);
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
    let stances = |args: &[&str]| -> Vec<(String, String)> {
        let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let found = rows(&record, &[&["claims"], args].concat());
        found.iter().filter(|r| r["issue"].is_string()).map(|r| (text(&r["voice"]), text(&r["said"]))).collect()
    };
    let turkey = stances(&["--by", "TUR"]);
    assert_eq!(turkey.iter().map(|t| t.1.as_str()).collect::<Vec<_>>(), ["2016-02-01", "2016-08-01"]);
    assert!(turkey.iter().all(|t| t.0.starts_with("TUR")));
    assert_eq!(stances(&["--actor", "Putin"]).len(), 1);
    assert_eq!(stances(&["--by", "IRQ"])[0].1, "2022-11-15", "said the day before it was published");
    assert_eq!(stances(&[]).len(), 4);
    assert!(stances(&["--contested"]).is_empty() && stances(&["--type", "aid"]).is_empty());
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
    let contested = rows(&record, &["claims", "--contested"]);
    assert!(contested.iter().any(|r| r["stance"] == "denies" && r["doc"].as_str().unwrap().starts_with("000")), "{contested:#?}");
    let against = |r: &&serde_json::Value| r["stance"] != "denies" && !r["doc"].as_str().unwrap().starts_with("000");
    assert!(contested.iter().any(|r| against(&r)), "{contested:#?}");
    let about = |words: &str| rows(&record, &["claims", "--about", words]).iter().filter(|r| r["issue"].is_string()).count();
    assert!(about("assad in power") > 1);
    assert!(about("foreign forces in syria") > 1);
}
