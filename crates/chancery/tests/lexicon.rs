//! `lexicon` and `--lexicon`: a user's own names beside those of the program.
#![allow(clippy::unwrap_used, clippy::panic)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn chancery(folder: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.current_dir(folder).env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

fn stdout(c: &mut Command) -> String {
    String::from_utf8(c.assert().success().get_output().stdout.clone()).unwrap()
}

/// What a refused command says; it must end as wrong use.
fn refused(c: &mut Command) -> String {
    String::from_utf8(c.assert().code(2).get_output().stderr.clone()).unwrap()
}

const STORY: &str = "Ilse van Ketteren met Sergei Lavrov in Moscow on Monday, the Kremlin said.\n";

#[test]
fn what_is_added_is_found_and_coded() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("story.txt"), STORY).unwrap();
    for file in ["mine.csv", "mine.toml"] {
        let add = ["lexicon", "add", "Ilse van Ketteren", "--kind", "person", "--code", "NLD", "--surname", "van Ketteren"];
        let office = ["--office", "foreign minister", "--since", "2026-02-01", "--lexicon", file];
        chancery(at).args(add).args(office).assert().success();
        let found = stdout(chancery(at).args(["lexicon", "find", "van Ketteren", "--lexicon", file, "--format", "tsv"]));
        assert!(found.contains("foreign minister of NLD 2026-02-01.."), "{found}");
        let coded = stdout(chancery(at).args(["code", "story.txt", "--published", "2026-03-03", "--lexicon", file]));
        assert!(coded.contains("\"NLD\"") && coded.contains("Ilse van Ketteren"), "{file}: {coded}");
    }
    let unknown = chancery(at).args(["lexicon", "find", "van Ketteren"]).assert().code(1);
    assert!(unknown.get_output().stdout.is_empty());
}

#[test]
fn a_wrong_entry_is_refused_and_leaves_the_file_alone() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let text = "kind,name,code\ngroup,Sons of the Delta,NGA\n";
    fs::write(at.join("mine.csv"), text).unwrap();
    let add = |more: &[&str]| refused(chancery(at).args(["lexicon", "add", "Jane Doe", "--kind", "person"]).args(more));
    assert!(add(&["--code", "GBR"]).contains("--lexicon mine.csv"));
    assert!(add(&["--code", "UK", "--lexicon", "mine.csv"]).contains("`UK` is no code; write GBR"));
    assert!(add(&["--code", "GBR", "--alias", "J. Doe", "--lexicon", "mine.csv"]).contains("no column `names`"));
    assert_eq!(fs::read_to_string(at.join("mine.csv")).unwrap(), text);
}

#[test]
fn files_that_cannot_be_read_are_told_by_line() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("story.txt"), STORY).unwrap();
    fs::write(at.join("mine.csv"), "kind,name,code\nprson,Jane Doe,GBR\n").unwrap();
    let code = |file: &str| refused(chancery(at).args(["code", "story.txt", "--lexicon", file]));
    assert!(code("mine.csv").contains("mine.csv:2: `prson` is no kind; write one of"));
    assert!(code("absent.csv").contains("absent.csv cannot be read"));
    // a dictionary's odd lines are told and passed over
    fs::write(at.join("actors.txt"), "ILSE_VAN_KETTEREN_\n\t[NLDGOV >260201]\nOLD_COMRADE\n\t[USRGOV 850101-881231]\n").unwrap();
    let run = chancery(at).args(["code", "story.txt", "--published", "2026-03-03", "--lexicon", "actors.txt"]).assert().success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("actors.txt:3: `USR` is no code"), "{said}");
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("\"NLD\""));
}

#[test]
fn find_shows_all_senses_with_days() {
    let folder = TempDir::new().unwrap();
    let found = stdout(chancery(folder.path()).args(["lexicon", "find", "Georgia", "--format", "tsv"]));
    assert!(found.lines().any(|l| l.contains("\tstate (country)\tGEO\t")), "{found}");
    assert!(found.lines().any(|l| l.contains("\tUSA\t")), "{found}");
    let audit = stdout(chancery(folder.path()).args(["lexicon", "audit", "--format", "tsv"]));
    assert!(
        audit.lines().any(|l| l.starts_with("source: phoenix\t")) && audit.lines().any(|l| l.starts_with("person\t")),
        "{audit}"
    );
}

#[test]
fn find_looks_up_titles_and_no_far_fetched_names() {
    let folder = TempDir::new().unwrap();
    let find = |phrase: &str| stdout(chancery(folder.path()).args(["lexicon", "find", phrase, "--format", "tsv"]));
    let lines = |phrase: &str| find(phrase).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert!(lines("foreign minister")[0].starts_with("foreign minister\tnoun (person)\t\tGOV\tnoun\t\tforeign-minister\t"));
    assert!(lines("militants")[0].starts_with("militants\tnoun (person)\t\tREB\t"));
    for (phrase, holder) in [
        ("Iranian president", "Hassan Rouhani"),
        ("president of Iran", "Mahmoud Ahmadinejad"),
        ("UN secretary-general", "António Guterres"),
        ("Russian foreign minister", "Sergei Lavrov"),
        ("US foreign minister", "John Kerry"),
    ] {
        assert!(lines(phrase).iter().any(|l| l.starts_with(holder) && l.contains("\ttitle\t")), "{phrase}: {}", find(phrase));
    }
    assert!(!find("Iranian president").contains("Khamenei"));
    assert!(!find("Kiev").contains("Htin Kyaw"));
    assert!(!find("Russia").contains("Rosa"));
    // spellings of one name are still found
    assert!(find("Rowhani").contains("Hassan Rouhani"));
    assert!(find("Bush").contains("George W. Bush"));
}

#[test]
fn find_shows_population_place_and_the_end_of_office() {
    let folder = TempDir::new().unwrap();
    let find = |phrase: &str, format: &str| stdout(chancery(folder.path()).args(["lexicon", "find", phrase, "--format", format]));
    let row = |phrase: &str, name: &str| {
        let found: Vec<serde_json::Value> = find(phrase, "jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        found.into_iter().find(|r| r["name"] == name && (r["kind"] == "state" || r["kind"] == "place")).unwrap()
    };
    for name in ["Nauru", "French Guiana", "Abkhazia", "Aleppo"] {
        let r = row(name, name);
        assert!(r["population"].as_f64().unwrap() > 1000.0 && r["lat"].is_number() && r["lon"].is_number(), "{r}");
    }
    assert!(find("France", "tsv").contains("\t46.2, 2.2\t68000000\t"));
    assert!(find("Barack Obama", "tsv").contains("ELI of USA 2017-01-21.."));
}
