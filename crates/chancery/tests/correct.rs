//! `correct`, `verify`, `diff` and `runs` from argv to exit code.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str =
    "12 April 2016\n\nRussian jets struck rebel positions near Palmyra on Sunday. Turkey condemned the Russian air strikes.\n";

fn chancery(folder: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.current_dir(folder).env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

fn run(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let done = chancery(folder).args(args).assert().code(code);
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (text(&done.get_output().stdout), text(&done.get_output().stderr))
}

fn json(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

const SIGNED: [&str; 4] = ["--author", "A. Reader", "--reason", "the page says so"];

fn correct(folder: &Path, args: &[&str]) -> String {
    run(folder, &[&["correct"], args, &SIGNED].concat(), 0).1
}

fn events(folder: &Path) -> Vec<serde_json::Value> {
    json(&run(folder, &["events", "--format", "jsonl"], 0).0)
}

#[test]
fn a_correction_shows_everywhere_survives_and_is_undone() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("page.txt"), PAGE).unwrap();
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    fs::copy(at.join("chancery.db"), at.join("before.db")).unwrap();
    let id = events(at).iter().find(|e| e["event"][0] == "ASSAULT").unwrap()["id"].as_str().unwrap().to_owned();
    correct(at, &["type", &id[..9], "SANCTION.expel"]);
    correct(at, &["place", &id, "Vienna"]);
    let is = |e: &serde_json::Value| e["event"][0] == "SANCTION" && e["mode"][0] == "expel" && e["event_loc"]["country"] == "AUT";
    assert!(events(at).iter().any(|e| e["id"] == id && is(e)), "{:?}", events(at));
    let export = json(&run(at, &["export", "jsonl"], 0).0);
    assert!(export.iter().any(|l| is(l) && l["rules"].as_array().unwrap().contains(&"corrected-by-hand".into())));
    let told = run(at, &["explain", &id], 0).0;
    assert!(told.contains("corrected by hand") && told.contains("by A. Reader: type SANCTION.expel; the page says so"), "{told}");
    assert!(told.contains("was read as ASSAULT"), "{told}");
    let listed = json(&run(at, &["correct", "list", "--format", "jsonl"], 0).0);
    assert_eq!(
        (listed.len(), listed[0]["author"].as_str(), listed[0]["standing"].as_str()),
        (2, Some("A. Reader"), Some("holds"))
    );
    // Reading the page again changes nothing about it, nor does deriving everything anew.
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    assert!(events(at).iter().any(is));
    run(at, &["verify"], 0);
    run(at, &["check"], 0);
    let different = json(&run(at, &["diff", "before.db", "chancery.db", "--format", "jsonl"], 0).0);
    assert!(
        different.iter().any(|d| d["change"] == "recoded" && d["fields"].as_array().unwrap().contains(&"event".into())),
        "{different:?}"
    );
    let cases = run(at, &["correct", "cases"], 0).0;
    assert!(cases.starts_with("| sentence | event |") && cases.contains(" | SANCTION actual "), "{cases}");
    correct(at, &["undo", "1"]);
    correct(at, &["undo", "2"]);
    assert!(!events(at).iter().any(is));
    run(at, &["diff", "before.db", "chancery.db"], 1);
}

const LAVROV: &str =
    "Hezbollah attacked the town of Zabadani on Sunday. Sergei Lavrov condemned the attack. He urged France to act.\n";

/// Reads the page of Lavrov into a record, and gives the id of its event of a type.
fn lavrov(at: &Path) -> impl Fn(&str) -> String {
    fs::write(at.join("page.txt"), LAVROV).unwrap();
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    let all = events(at);
    move |kind| all.iter().find(|e| e["event"][0] == kind).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_patch_is_loaded_and_applied() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let of = lavrov(at);
    correct(at, &["actor", &of("ASSAULT"), "Hezbollah", "SYR/PRM Hezbollah"]);
    correct(at, &["actor", &of("ACCUSE"), "Lavrov", "SRB/OPP Sergej Lavrov"]);
    correct(at, &["actor", &of("REQUEST"), "Lavrov", "Putin"]);
    correct(at, &["recipient", &of("REQUEST"), "France", "XYZ/GOV Nowhere"]);
    let patch = run(at, &["correct", "patch"], 0).0;
    fs::write(at.join("p.tsv"), &patch).unwrap();
    assert!(patch.contains("# correction 3 by A. Reader") && patch.contains("“He” is no name"), "{patch}");
    assert!(patch.contains("# correction 4 by A. Reader") && patch.contains("`XYZ` is no code"), "{patch}");
    let coded = json(&run(at, &["code", "page.txt", "--published", "2016-04-12", "--lexicon", "p.tsv"], 0).0);
    let actor = |kind: &str| coded.iter().find(|l| l["event"][0] == kind).unwrap()["actor"][0].clone();
    let is = |a: serde_json::Value, code: &str, sector: &str, name: &str| {
        assert_eq!((&a["code"], &a["sector"], &a["identifier_text"]), (&code.into(), &sector.into(), &name.into()), "{patch}");
    };
    is(actor("ASSAULT"), "SYR", "PRM", "Hezbollah");
    is(actor("ACCUSE"), "SRB", "OPP", "Sergej Lavrov");
}

#[test]
fn cases_say_what_they_have_no_room_for() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let of = lavrov(at);
    correct(at, &["type", &of("ACCUSE"), "CONSULT.visit"]);
    correct(at, &["place", &of("ASSAULT"), "Vienna"]);
    correct(at, &["date", &of("ASSAULT"), "2016-04-09"]);
    correct(at, &["merge", &of("ASSAULT"), &of("ACCUSE")]);
    let cases = run(at, &["correct", "cases"], 0).0;
    assert!(cases.contains("| Sergei Lavrov condemned the attack. | CONSULT actual RUS > - | |\n"), "{cases}");
    for told in
        ["correction 1 by A. Reader: type CONSULT.visit", "no room for the place", "no room for the day", "one sentence, not"]
    {
        assert!(cases.lines().any(|l| l.starts_with("<!-- ") && l.ends_with(" -->") && l.contains(told)), "{told}: {cases}");
    }
}

#[test]
fn ids_of_events_merged_away_lead_on_when_cut_short() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let of = lavrov(at);
    let (one, two) = (of("ASSAULT"), of("ACCUSE"));
    correct(at, &["merge", &one, &two]);
    let left: Vec<String> = events(at).iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    let gone = if left.contains(&one) { &two } else { &one };
    assert!(!left.contains(gone));
    let told = run(at, &["explain", &gone[..9]], 0).0;
    assert!(told.contains(&format!("supersedes {gone}")), "{told}");
    assert_eq!(told, run(at, &["explain", gone], 0).0);
    let exported = json(&run(at, &["export", "events"], 0).0);
    let kept = exported.iter().find(|e| left.contains(&e["id"].as_str().unwrap().to_owned()) && e["supersedes"][0] == **gone);
    assert_eq!(kept.unwrap()["supersedes"].as_array().unwrap().len(), 1, "{exported:?}");
    assert_eq!(exported.len(), left.len());
    assert_eq!(json(&run(at, &["export", "events", "--type", "request"], 0).0)[0]["supersedes"], serde_json::json!([]));
}

#[test]
fn what_is_no_event_is_gone_from_the_answers() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("page.txt"), PAGE).unwrap();
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    let before = events(at);
    let id = before[0]["id"].as_str().unwrap();
    correct(at, &["not-event", id]);
    assert_eq!(events(at).len(), before.len() - 1);
    let report = before[0]["reports"][0]["id"].as_str().unwrap();
    assert!(run(at, &["explain", report], 0).0.contains("this is no event"));
    run(at, &["verify"], 0);
}

/// A dispatch, and a reprint of it with its head and its tail cut and its lines broken otherwise.
fn dispatch_and_reprint(at: &Path) {
    let story = [
        "Russia and Turkey signed an agreement on a gas pipeline in Ankara on Monday after two years of talks.",
        "Hezbollah attacked the town of Zabadani on Sunday, while Sergei Lavrov condemned the United States for its sanctions.",
        "Engineers had waited for a permit since the winter, when a storm damaged the port from which the ships are to leave.",
        "The foreign ministers of both states said that work under the Black Sea would begin before the end of the summer.",
    ];
    for (name, outlet, day, text) in [
        ("wire", "Reuters", "2016-04-12", story.join(" ")),
        ("copy", "Harbour Dispatch", "2016-04-13", story[..3].join(" ").replace(" the ", "\nthe ")),
    ] {
        let row = serde_json::json!({"id": name, "outlet": outlet, "published": day, "title": "Pipeline", "text": text});
        fs::write(at.join(format!("{name}.jsonl")), format!("{row}\n")).unwrap();
    }
}

#[test]
fn a_correction_reaches_reprints_that_come_later() {
    let export = |at: &Path| run(at, &["events", "--format", "jsonl"], 0).0 + &run(at, &["export", "jsonl"], 0).0;
    let of = |at: &Path, kind: &str| {
        let told = json(&run(at, &["export", "jsonl"], 0).0);
        told.iter().find(|l| l["doc"] == "wire" && l["event"][0] == kind).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let correct_both = |at: &Path| {
        let (attack, blame) = (of(at, "ASSAULT"), of(at, "ACCUSE"));
        correct(at, &["not-event", &attack]);
        correct(at, &["actor", &blame, "Lavrov", "SRB/OPP Sergej Lavrov"]);
    };
    let (before, after) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for folder in [before.path(), after.path()] {
        dispatch_and_reprint(folder);
        run(folder, &["read", "wire.jsonl", "-q"], 0);
    }
    let at = before.path();
    correct_both(at);
    run(at, &["read", "copy.jsonl", "-q"], 0);
    let told = json(&run(at, &["export", "jsonl"], 0).0);
    let copied: Vec<_> = told.iter().filter(|l| l["doc"] == "copy").collect();
    assert!(
        copied.iter().any(|l| l["event"][0] == "SUPPORT") && !copied.iter().any(|l| l["event"][0] == "ASSAULT"),
        "{copied:#?}"
    );
    let blame = copied.iter().find(|l| l["event"][0] == "ACCUSE").unwrap();
    assert_eq!((&blame["actor"][0]["code"], &blame["actor"][0]["sector"]), (&"SRB".into(), &"OPP".into()), "{blame}");
    assert!(
        run(at, &["explain", blame["id"].as_str().unwrap()], 0).0.contains("by A. Reader: actor is not RUS"),
        "by whom it is corrected"
    );
    run(at, &["check"], 0);
    run(at, &["verify"], 0);
    // The same where the copy was there before.
    run(after.path(), &["read", "copy.jsonl", "-q"], 0);
    correct_both(after.path());
    assert_eq!(export(at), export(after.path()));
    // Reading it again changes nothing; what is undone is undone in the copy, too.
    run(at, &["read", "copy.jsonl", "wire.jsonl", "-q"], 0);
    assert_eq!(export(at), export(after.path()));
    correct(at, &["undo", "1"]);
    let told = json(&run(at, &["export", "jsonl"], 0).0);
    assert_eq!(told.iter().filter(|l| l["event"][0] == "ASSAULT").count(), 2);
    run(at, &["check"], 0);
}

#[test]
fn wrong_use_is_told() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("page.txt"), PAGE).unwrap();
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    let id = events(at)[0]["id"].as_str().unwrap().to_owned();
    let said = |args: &[&str]| run(at, &[&["correct"], args, &SIGNED].concat(), 2).1;
    assert!(said(&["type", &id, "QUARREL"]).contains("ASSAULT"));
    assert!(said(&["type", &id, "AID.aerial"]).contains("no such mode"));
    assert!(said(&["date", &id, "Sunday"]).contains("2015-09-01"));
    assert!(said(&["actor", &id, "Peru", "Chile"]).contains("is not there"));
    assert!(said(&["split", &id]).contains("ids (r"));
    assert!(said(&["undo", "7"]).contains("no correction 7"));
    assert!(said(&["not-event", "e000000"]).contains("no id begins"));
    run(at, &["correct", "not-event", &id, "--reason", "no author"], 2);
    run(at, &["correct", "list"], 1);
}

#[test]
fn a_record_that_was_tampered_with_does_not_verify() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("page.txt"), PAGE).unwrap();
    run(at, &["read", "page.txt", "--published", "2016-04-12"], 0);
    let runs = json(&run(at, &["runs", "--format", "jsonl"], 0).0);
    assert_eq!((runs.len(), runs[0]["new"].as_u64(), runs[0]["pages"].as_u64()), (1, Some(1), Some(1)));
    for hash in ["lexicon", "model", "inputs", "program", "codebook", "done"] {
        assert!(runs[0][hash].as_str().unwrap().len() >= 16, "{hash}: {}", runs[0]);
    }
    run(at, &["verify"], 0);
    let conn = rusqlite::Connection::open(at.join("chancery.db")).unwrap();
    let changed =
        conn.execute("UPDATE reports SET json = replace(json, '\"status\":\"actual\"', '\"status\":\"negated\"')", []).unwrap();
    assert!(changed > 0);
    drop(conn);
    let (out, _) = run(at, &["verify", "--format", "jsonl"], 3);
    assert!(json(&out).iter().any(|d| d["change"] == "recoded" && d["fields"][0] == "status"), "{out}");
}
