//! The command from argv to exit code, on the bundled sample and on bad input.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn chancery(folder: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.current_dir(folder).env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

/// A folder with the pages of the sample in `pages/`.
fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    chancery::sample::unpack(&folder.path().join("pages")).unwrap();
    folder
}

fn stdout(c: &mut Command) -> String {
    String::from_utf8(c.assert().success().get_output().stdout.clone()).unwrap()
}

fn json(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn demo_shows_dyad_claims_search_and_an_explained_event() {
    let folder = TempDir::new().unwrap();
    let out = stdout(chancery(folder.path()).arg("demo"));
    for expected in ["Read 15 dispatches", "RUS and IRN:", "Palmyra", "Report r", "^^^^", "who says so", "reasoning"] {
        assert!(out.contains(expected), "{expected} is missing in\n{out}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a demo leaves nothing behind");
}

#[test]
fn demo_into_a_folder_can_be_asked_further() {
    let folder = TempDir::new().unwrap();
    stdout(chancery(folder.path()).args(["demo", "--into", "kept"]));
    let events = json(&stdout(chancery(folder.path()).args(["events", "--record", "kept/chancery.db", "--format", "jsonl"])));
    assert!(events.len() > 10, "{} events", events.len());
    let id = events[0]["id"].as_str().unwrap();
    let explained = stdout(chancery(folder.path()).args(["explain", &id[..12], "--record", "kept/chancery.db"]));
    assert!(explained.contains(id) && explained.contains("^^"), "{explained}");
    let again = chancery(folder.path()).args(["demo", "--into", "kept"]).assert().code(2);
    assert!(String::from_utf8_lossy(&again.get_output().stderr).contains("is there already"));
}

#[test]
fn demo_makes_the_record_that_is_named() {
    let folder = TempDir::new().unwrap();
    let out = stdout(chancery(folder.path()).args(["demo", "--record", "mine.db"]));
    assert!(out.contains("Ask further with --record mine.db"), "{out}");
    assert!(stdout(chancery(folder.path()).args(["events", "--record", "mine.db"])).lines().count() > 10);
    let before = fs::read(folder.path().join("mine.db")).unwrap();
    let again = chancery(folder.path()).args(["demo", "--record", "mine.db"]).assert().code(2);
    assert!(String::from_utf8_lossy(&again.get_output().stderr).contains("mine.db is there already"));
    assert_eq!(fs::read(folder.path().join("mine.db")).unwrap(), before);
}

#[test]
fn code_is_the_same_with_any_number_of_threads() {
    let folder = desk();
    let one = stdout(chancery(folder.path()).args(["code", "pages", "--threads", "1"]));
    for threads in ["2", "5"] {
        assert_eq!(one, stdout(chancery(folder.path()).args(["code", "pages", "--threads", threads])));
    }
    let lines = json(&one);
    assert!(lines.iter().filter(|l| l["kind"] == "event").count() > 20);
    for l in &lines {
        let (start, end) = (l["text_info"]["start"].as_u64().unwrap(), l["text_info"]["end"].as_u64().unwrap());
        assert!(start < end && l["text_info"]["sentence_start"].as_u64().unwrap() <= start);
        assert!(l.as_object().unwrap().values().all(|v| !v.is_null()), "nulls are left out: {l}");
    }
    assert!(!folder.path().join("errors.jsonl").exists());
}

#[test]
fn offsets_count_code_points_of_the_file() {
    let folder = desk();
    let text: Vec<char> = fs::read_to_string(folder.path().join("pages/latakia.txt")).unwrap().chars().collect();
    let lines = json(&stdout(chancery(folder.path()).args(["code", "pages/latakia.txt"])));
    assert!(!lines.is_empty());
    for l in &lines {
        let words = |span: &serde_json::Value| -> String {
            text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].iter().collect()
        };
        let trigger = serde_json::json!([l["text_info"]["start"], l["text_info"]["end"]]);
        assert_eq!(words(&trigger), l["event_text"][0].as_str().unwrap());
        for party in l["actor"].as_array().unwrap().iter().chain(l["recipient"].as_array().unwrap()) {
            assert_eq!(words(&party["span"]), party["entity_text"].as_str().unwrap());
        }
    }
}

#[test]
fn reading_twice_changes_nothing_and_the_order_of_arrival_has_no_bearing() {
    let folder = desk();
    let export = |record: &str| {
        let reports = stdout(chancery(folder.path()).args(["export", "jsonl", "--record", record]));
        reports + &stdout(chancery(folder.path()).args(["events", "--format", "jsonl", "--record", record]))
    };
    chancery(folder.path()).args(["read", "pages", "--record", "a.db"]).assert().success();
    let first = export("a.db");
    let again = chancery(folder.path()).args(["read", "pages", "--record", "a.db"]).assert().success();
    assert!(String::from_utf8_lossy(&again.get_output().stderr).contains("0 new, 15 known, 0 read anew"));
    assert_eq!(first, export("a.db"));
    let mut files: Vec<String> =
        chancery::sample::FILES.iter().filter(|(n, _)| !n.ends_with(".meta.json")).map(|(n, _)| format!("pages/{n}")).collect();
    files.reverse();
    for file in &files {
        chancery(folder.path()).args(["read", file, "--record", "b.db", "--quiet"]).assert().success();
    }
    assert_eq!(first, export("b.db"));
}

#[test]
fn names_and_codes_mean_the_same() {
    let folder = desk();
    chancery(folder.path()).args(["read", "pages"]).assert().success();
    let by_code = stdout(chancery(folder.path()).args(["dyad", "RUS", "IRN"]));
    assert_eq!(by_code, stdout(chancery(folder.path()).args(["dyad", "russia", "Iran"])));
    assert!(by_code.starts_with("date\tway\t"), "TSV in a pipe: {by_code}");
    assert!(by_code.lines().count() > 5);
    let table = stdout(chancery(folder.path()).args(["dyad", "RUS", "IRN", "--format", "table"]));
    assert!(table.contains("RUS and IRN") && table.contains("2016-03"), "{table}");
}

#[test]
fn filters_narrow_every_noun_and_undated_events_are_not_lost_in_silence() {
    let folder = desk();
    chancery(folder.path()).args(["read", "pages"]).assert().success();
    let events = |args: &[&str]| json(&stdout(chancery(folder.path()).arg("events").args(args).args(["--format", "jsonl"])));
    let all = events(&[]).len();
    let consult = events(&["--type", "consult"]);
    assert!(!consult.is_empty() && consult.len() < all && consult.iter().all(|e| e["event"][0] == "CONSULT"));
    let late = events(&["--since", "2018-01-01"]);
    assert!(
        !late.is_empty()
            && late.iter().all(|e| e["date"].as_str().unwrap() >= "2018" || e["enddate"].as_str().unwrap() >= "2018")
    );
    let from = events(&["--from", "russia"]);
    assert!(!from.is_empty() && from.iter().all(|e| e["actor"].as_array().unwrap().iter().any(|a| a["code"] == "RUS")));
    assert!(events(&["--limit", "3"]).len() == 3);
}

#[test]
fn fields_of_rows_can_be_named() {
    let folder = TempDir::new().unwrap();
    let row = serde_json::json!({"nr": 7, "koerper": "Israel bombed targets in Syria on Monday.", "tag": "2016-05-04"});
    fs::write(folder.path().join("rows.jsonl"), format!("{row}\n")).unwrap();
    let args = ["code", "rows.jsonl", "--text-field", "koerper", "--date-field", "tag", "--id-field", "nr"];
    let lines = json(&stdout(chancery(folder.path()).args(args)));
    assert_eq!((lines[0]["doc"].as_str(), lines[0]["date"].as_str()), (Some("7"), Some("2016-05-02")), "{}", lines[0]);
    chancery(folder.path()).args(["code", "rows.jsonl"]).assert().code(3);
}

#[test]
fn exit_codes_tell_nothing_found_from_wrong_use() {
    let folder = desk();
    let said = |args: &[&str], code: i32| {
        let run = chancery(folder.path()).args(args).assert().code(code);
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    assert!(said(&["events"], 2).contains("chancery.db"));
    chancery(folder.path()).args(["read", "pages", "--quiet"]).assert().success();
    said(&["search", "zeppelin"], 1);
    said(&["events", "--actor", "Norway"], 1);
    said(&["explain", "e000000000000"], 1);
    said(&["dyad", "Norway", "Chad"], 1);
    assert!(said(&["explain", "xyz"], 2).contains("is no id"));
    assert!(said(&["explain", "e"], 2).contains("more digits"));
    assert!(said(&["dyad", "russia", "RUS"], 2).contains("both are RUS"));
    assert!(said(&["events", "--type", "QUARREL"], 2).contains("ASSAULT"));
    said(&["events", "--since", "yesterday"], 2);
    said(&["frobnicate"], 2);
}

#[test]
fn every_command_has_help_with_examples() {
    let folder = TempDir::new().unwrap();
    for command in
        ["read", "code", "events", "claims", "actors", "dyad", "search", "explain", "export", "check", "lexicon", "demo"]
    {
        let help = stdout(chancery(folder.path()).args([command, "--help"]));
        assert!(help.contains("Example") && help.contains("chancery "), "{command}: {help}");
    }
    assert!(stdout(chancery(folder.path()).arg("--help")).contains("Exit codes"));
}

#[test]
fn each_room_can_be_looked_into() {
    let folder = desk();
    let stop = |room: &str| stdout(chancery(folder.path()).args(["code", "pages/latakia.txt", "--stop-after", room]));
    assert!(stop("intake").contains("^ struck: "));
    assert!(stop("text").contains("^ LOC"));
    assert!(stop("resolve").contains("^ DATE") || stop("resolve").contains("DATE 2015"));
    assert!(stop("code").contains("actor RUS"));
    let intake =
        json(&stdout(chancery(folder.path()).args(["code", "pages/latakia.txt", "--stop-after", "intake", "--format", "jsonl"])));
    assert_eq!(intake[0]["doc"], "latakia");
    assert_eq!(intake[0]["published"], "2015-09-24");
    assert!(intake[0]["struck"].as_array().unwrap().len() >= 3, "{}", intake[0]);
    for room in ["text", "resolve"] {
        json(&stdout(chancery(folder.path()).args(["code", "pages/latakia.txt", "--stop-after", room, "--format", "jsonl"])));
    }
}

#[test]
fn a_denial_stands_against_what_others_assert() {
    let folder = desk();
    chancery(folder.path()).args(["read", "pages"]).assert().success();
    let contested = json(&stdout(chancery(folder.path()).args(["claims", "--contested", "--format", "jsonl"])));
    let denied: Vec<_> = contested.iter().filter(|p| p["stance"] == "denies" && p["doc"] == "no-fighters").collect();
    let asserted = |claim: &serde_json::Value| {
        contested.iter().any(|p| p["claim"] == *claim && p["stance"] == "asserts" && p["doc"] != "no-fighters")
    };
    assert!(denied.iter().any(|d| d["against"].as_array().unwrap().iter().any(asserted)), "{contested:?}");
}

#[test]
fn claims_and_actors_and_export_answer() {
    let folder = desk();
    chancery(folder.path()).args(["read", "pages"]).assert().success();
    let claims = stdout(chancery(folder.path()).args(["claims"]));
    assert!(claims.contains("DENIES"), "{claims}");
    assert!(stdout(chancery(folder.path()).args(["actors"])).contains("Sergei Lavrov"));
    let csv = stdout(chancery(folder.path()).args(["export", "csv"]));
    assert!(csv.starts_with("date,event,status,"), "{csv}");
    let found = stdout(chancery(folder.path()).args(["search", "Palmyra"]));
    assert!(found.lines().count() >= 3, "{found}");
    chancery(folder.path()).args(["check"]).assert().success();
}

/// A dispatch of a wire, a reprint of it a day later with its head and its tail cut, and a story of its own.
fn reprinted(folder: &Path) {
    let story: Vec<&str> = vec![
        "Russia and Turkey signed an agreement on a gas pipeline in Ankara on Monday after two years of talks.",
        "The foreign ministers of both states said that work under the Black Sea would begin before the end of the summer.",
        "Engineers had waited for a permit since the winter, when a storm damaged the port from which the ships are to leave.",
        "Iran condemned the United States on Sunday for its sanctions, which it called an attack upon the people of the region.",
    ];
    let row = |id: &str, outlet: &str, day: &str, text: String| {
        serde_json::json!({"id": id, "outlet": outlet, "published": day, "title": format!("Title of {id}"), "text": text})
            .to_string()
            + "\n"
    };
    let rows = row("copy", "Harbour Dispatch", "2016-04-13", format!("{}\n\n(Reuters)\n", story[..3].join(" ")))
        + &row("wire", "Reuters", "2016-04-12", story.join(" "))
        + &row("other", "Northgate Courier", "2016-04-12", "France praised Norway on Monday. Its minister visited Oslo.".into());
    fs::write(folder.join("rows.jsonl"), rows).unwrap();
    stdout(chancery(folder).args(["read", "rows.jsonl", "--quiet"]));
}

#[test]
fn the_first_print_of_a_reprint_is_named() {
    let folder = TempDir::new().unwrap();
    reprinted(folder.path());
    let told = stdout(chancery(folder.path()).args(["explain", "copy"]));
    for expected in [
        "on 2 pages of one origin",
        "1. “Title of wire”, Reuters, 2016-04-12 (wire)\n",
        "2. “Title of copy”, Harbour Dispatch, 2016-04-13 (copy, this page): ",
        " % of its runs of five words stand in 1.",
        "; credits Reuters",
    ] {
        assert!(told.contains(expected), "{expected} is missing in\n{told}");
    }
    let lines = json(&stdout(chancery(folder.path()).args(["explain", "wire", "--format", "jsonl"])));
    let prints = lines[0]["prints"].as_array().unwrap();
    assert_eq!((&prints[0]["doc"], &prints[0]["of"], &prints[1]["of"]), (&"wire".into(), &().into(), &prints[0]["id"]));
    assert!(prints[1]["share"].as_f64().unwrap() > 0.9 && prints[1]["kept"].as_f64().unwrap() < 0.9, "{prints:?}");
    let id = lines[0]["id"].as_str().unwrap();
    assert!(stdout(chancery(folder.path()).args(["explain", &id[..9]])).contains("1. “Title of wire”"));
    assert!(stdout(chancery(folder.path()).args(["explain", "other"])).contains("on no other page"));
    let events = json(&stdout(chancery(folder.path()).args(["events", "--format", "jsonl"])));
    let of_both = |e: &&serde_json::Value| {
        ["wire", "copy"].iter().all(|doc| e["reports"].as_array().unwrap().iter().any(|r| r["doc"] == **doc))
    };
    let both = events.iter().find(of_both).unwrap();
    let told = stdout(chancery(folder.path()).args(["explain", both["id"].as_str().unwrap()]));
    assert!(told.contains("  reprint    of “Title of wire”, Reuters, 2016-04-12 (wire); "), "{told}");
    assert_eq!(told.matches("  reprint    of").count(), 1, "the first print is none\n{told}");
}

#[test]
fn a_wire_told_in_own_words_is_no_origin_of_its_own() {
    let tell = |id: &str, outlet: &str, text: &str| {
        serde_json::json!({"id": id, "outlet": outlet, "published": "2016-04-12", "text": text}).to_string() + "\n"
    };
    let said = "Reuters reported on Tuesday that Russia and Turkey had signed an agreement on gas on Monday.";
    let own = "Russia and Turkey signed an agreement on gas on Monday. Work is to begin in the summer.";
    let credited = "ANKARA (Reuters) - Moscow and Ankara signed an agreement on gas on Monday, after two years of talks.";
    let other = "After long talks Russia and Turkey on Monday signed an agreement on gas. A pipeline is planned.";
    let origins = |rows: &[String]| {
        let folder = TempDir::new().unwrap();
        for row in rows {
            // One at a time, so that what came first is merged before the next is known.
            fs::write(folder.path().join("rows.jsonl"), row).unwrap();
            stdout(chancery(folder.path()).args(["read", "rows.jsonl", "--quiet"]));
        }
        let events = json(&stdout(chancery(folder.path()).args(["events", "--type", "support", "--format", "jsonl"])));
        assert_eq!(events.len(), 1, "{events:#?}");
        stdout(chancery(folder.path()).arg("check"));
        let told = stdout(chancery(folder.path()).args(["explain", events[0]["id"].as_str().unwrap()]));
        (events[0]["origins"].as_u64().unwrap(), told.matches("  rests on   Reuters").count())
    };
    let (wire, retold) = (tell("w", "Thomson Reuters", own), tell("r", "Harbour Dispatch", said));
    let (rewritten, courier) = (tell("c", "Volga Gazette", credited), tell("o", "Northgate Courier", other));
    assert_eq!(origins(&[wire.clone(), courier.clone()]), (2, 0));
    assert_eq!(origins(&[retold.clone(), wire.clone()]), (1, 1));
    assert_eq!(origins(&[retold.clone(), rewritten.clone()]), (1, 2), "two that credit it");
    let mut all = vec![wire, retold, rewritten, courier];
    for _ in 0..4 {
        all.rotate_left(1);
        assert_eq!(origins(&all), (2, 2));
    }
}

#[test]
fn an_unknown_person_is_one_in_every_spelling_and_any_order() {
    let pages = [
        ("a.txt", "Kyrgyz Deputy Energy Minister Nurlan Mukhamedjanov met Turkish officials in Bishkek on Monday."),
        ("b.txt", "Kyrgyz Deputy Energy Minister Nurlan Muxamedzhanov praised Mongolia on Tuesday."),
        ("c.txt", "Deputy Energy Minister Nur-Lan Mukhamedzhanov of Kyrgyzstan criticised Russia on Friday."),
        ("d.txt", "Libyan commander Usama al-Zweiri criticised Egypt on Sunday."),
        ("e.txt", "Libyan commander Osama Zuwairi met Turkish officials in Tripoli on Monday."),
    ];
    let read = |order: [usize; 5]| {
        let folder = TempDir::new().unwrap();
        for (name, text) in order.map(|n| pages[n]) {
            fs::write(folder.path().join(name), text).unwrap();
            stdout(chancery(folder.path()).args(["read", name, "--published", "2023-03-06", "--record", "r.db"]));
        }
        let actors = stdout(chancery(folder.path()).args(["actors", "--record", "r.db", "--format", "jsonl"]));
        let events = json(&stdout(chancery(folder.path()).args(["events", "--record", "r.db", "--format", "jsonl"])));
        let ids: Vec<String> = events.iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
        let explained: String =
            ids.iter().map(|id| stdout(chancery(folder.path()).args(["explain", id, "--record", "r.db"]))).collect();
        (actors, explained)
    };
    let (actors, explained) = read([0, 1, 2, 3, 4]);
    let named: Vec<_> = json(&actors).into_iter().filter(|a| !a["identity"].as_array().unwrap().is_empty()).collect();
    assert_eq!(named.len(), 2, "{actors}");
    let kyrgyz = named.iter().find(|a| a["code"] == "KGZ").unwrap();
    assert_eq!((kyrgyz["acts"].as_u64(), kyrgyz["identity"].as_array().unwrap().len()), (Some(3), 2), "{kyrgyz}");
    assert!(kyrgyz["identity"][0]["confidence"].as_f64().unwrap() > 0.6, "{kyrgyz}");
    assert!(explained.contains("is Osama Zuwairi by") || explained.contains("is Usama al-Zweiri by"), "{explained}");
    assert_eq!(read([4, 2, 0, 3, 1]).0, actors);
}
