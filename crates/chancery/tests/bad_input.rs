//! Bad input: a clear message, the rest goes on, exit code 3, nothing stored is lost.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const STORY: &str = "Talks in Moscow\n\nRussian Foreign Minister Sergei Lavrov met his Iranian counterpart in Moscow on Monday, the ministry said.\n";

fn chancery(folder: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.current_dir(folder).env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

#[test]
fn one_bad_page_never_stops_a_run() {
    let folder = TempDir::new().unwrap();
    let news = folder.path().join("news");
    fs::create_dir(&news).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(news.join(name), bytes).unwrap();
    write("good.txt", STORY.as_bytes());
    write("empty.txt", b"");
    write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89");
    let row = serde_json::json!({"id": "row-1", "text": STORY}).to_string();
    write("rows.jsonl", format!("{row}\n{{\"id\": \"row-2\", \"text\": \n{}\n", row.replace("row-1", "row-3")).as_bytes());
    write("invalid.txt", &[STORY.as_bytes(), b"The minister said \xff\xfe\xc3\x28 nothing else on Tuesday.\n"].concat());
    let deep = format!("<html><body>{}<p>{STORY}</p>{}</body></html>", "<div>".repeat(10_000), "</div>".repeat(10_000));
    write("deep.html", deep.as_bytes());
    let run =
        chancery(folder.path()).args(["read", "news", "no-such-file.txt"]).timeout(Duration::from_secs(120)).assert().code(3);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    let listed = fs::read_to_string(folder.path().join("errors.jsonl")).unwrap();
    let failed: Vec<serde_json::Value> = listed.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    for (input, code) in
        [("no-such-file.txt", "missing"), ("empty.txt", "empty"), ("picture.txt", "binary"), ("rows.jsonl:2", "broken-row")]
    {
        let entry = failed.iter().find(|f| f["input"].as_str().unwrap().ends_with(input));
        assert_eq!(entry.map(|f| f["code"].as_str().unwrap()), Some(code), "{input} in {listed}");
        assert!(said.contains(input), "{input} in {said}");
    }
    let kept = chancery(folder.path()).args(["export", "jsonl"]).assert().success();
    let kept = String::from_utf8_lossy(&kept.get_output().stdout).into_owned();
    for doc in ["\"good\"", "\"row-1\"", "\"invalid\""] {
        // The same text under two names is one article, known by the least of them.
        assert!(kept.contains(doc) || kept.contains("\"good\""), "{doc} in {kept}");
    }
    chancery(folder.path()).arg("check").assert().success();
}

#[test]
fn a_file_that_is_no_record_is_left_alone() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("story.txt"), STORY).unwrap();
    fs::write(folder.path().join("notes.db"), "my notes, dear to me").unwrap();
    let run = chancery(folder.path()).args(["read", "story.txt", "--record", "notes.db"]).assert().code(3);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("notes.db") && said.contains("not a Chancery record"), "{said}");
    chancery(folder.path()).args(["events", "--record", "notes.db"]).assert().code(3);
    assert_eq!(fs::read_to_string(folder.path().join("notes.db")).unwrap(), "my notes, dear to me");
}

#[test]
fn code_lists_failures_in_the_current_folder() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("story.txt"), STORY).unwrap();
    let run = chancery(folder.path()).args(["code", "gone.txt", "story.txt"]).assert().code(3);
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("\"doc\":\"story\""));
    assert!(fs::read_to_string(folder.path().join("errors.jsonl")).unwrap().contains("gone.txt"));
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let story = STORY.replace("Talks", "Talks \u{1b}[2J\u{1b}]0;x\u{7}");
    fs::write(folder.path().join("story.txt"), story).unwrap();
    chancery(folder.path()).args(["read", "story.txt"]).assert().success();
    for args in
        [&["events"][..], &["events", "--format", "table"], &["search", "Moscow"], &["code", "story.txt", "--stop-after", "code"]]
    {
        let out = chancery(folder.path()).args(args).assert().success();
        assert!(!out.get_output().stdout.contains(&0x1b), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = TempDir::new().unwrap();
    let rows: String = (0..200).map(|n| format!("{}\n", serde_json::json!({"id": n.to_string(), "text": STORY}))).collect();
    fs::write(folder.path().join("rows.jsonl"), rows).unwrap();
    let mut run = Process::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["code", "rows.jsonl", "--quiet"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    let done = run.wait_with_output().unwrap();
    assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// `n` rows of different stories.
fn rows(n: usize) -> String {
    let cities = ["Moscow", "Vienna", "Geneva", "Astana", "Sochi", "Tehran"];
    (0..n)
        .map(|i| {
            let text = format!("{} Paper {i} of the ministry lists the talks.", STORY.replace("Moscow", cities[i % cities.len()]));
            format!("{}\n", serde_json::json!({"id": format!("row-{i}"), "text": text, "date": format!("2016-{:02}-{:02}", i % 12 + 1, i % 28 + 1)}))
        })
        .collect()
}

#[test]
fn a_killed_run_is_completed_by_running_it_again() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("rows.jsonl"), rows(400)).unwrap();
    let mut run = Process::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["read", "rows.jsonl", "--record", "killed.db", "--quiet"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Killed as soon as something has been written: in the midst of it.
    let written = || fs::metadata(folder.path().join("killed.db-wal")).map_or(0, |m| m.len());
    for _ in 0..60_000 {
        if written() >= 100_000 || run.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    chancery(folder.path()).args(["check", "--record", "killed.db"]).assert().success();
    chancery(folder.path()).args(["read", "rows.jsonl", "--record", "killed.db", "--quiet"]).assert().success();
    chancery(folder.path()).args(["read", "rows.jsonl", "--record", "whole.db", "--quiet"]).assert().success();
    let export = |record: &str| {
        let reports = chancery(folder.path()).args(["export", "jsonl", "--record", record]).assert().success();
        let events = chancery(folder.path()).args(["events", "--format", "jsonl", "--record", record]).assert().success();
        (reports.get_output().stdout.clone(), events.get_output().stdout.clone())
    };
    assert_eq!(export("killed.db"), export("whole.db"));
}

#[test]
fn a_list_of_failures_that_cannot_be_written_stops_nothing() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("story.txt"), STORY).unwrap();
    fs::create_dir(folder.path().join("errors.jsonl")).unwrap();
    let run = chancery(folder.path()).args(["code", "gone.txt", "story.txt"]).assert().code(3);
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("\"doc\":\"story\""));
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("gone.txt") && said.contains("errors.jsonl"), "{said}");
}

#[test]
fn names_of_files_cannot_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let run = chancery(folder.path()).args(["code", "a\u{1b}[2Jb\nc.txt"]).assert().code(3);
    assert!(!run.get_output().stderr.contains(&0x1b));
}

#[test]
fn nothing_found_is_said_and_wrong_use_explained() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("story.txt"), STORY).unwrap();
    chancery(folder.path()).args(["read", "story.txt"]).assert().success();
    let ask = |args: &[&str], code: i32, words: &[&str]| {
        let run = chancery(folder.path()).args(args).assert().code(code);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(words.iter().all(|w| said.contains(w)), "{args:?}: {said}");
    };
    ask(&["events", "--actor", "Ruritania"], 1, &["nothing found", "`Ruritania`", "spelling"]);
    ask(&["events", "--actor", "china"], 1, &["nothing found"]);
    ask(&["search", "zeppelin"], 1, &["nothing found"]);
    ask(&["search", "\""], 2, &["no word"]);
    ask(&["events", "--since", "yesterday"], 2, &["2015-09-01"]);
    ask(&["events", "--actor", "SYR/FOO"], 2, &["no such sector", "REB"]);
    ask(&["dyad", "", "IRN"], 2, &["name"]);
}

#[test]
fn a_limit_counts_what_the_filters_leave() {
    let folder = TempDir::new().unwrap();
    let story = |n: u32, actor: &str| {
        format!("Officials said that {actor} condemned Turkey over the talks in Vienna on 3 March 201{n}.\n")
    };
    for (n, actor) in [(5, "Iran"), (6, "Egypt"), (7, "France")] {
        fs::write(folder.path().join(format!("{n}.txt")), story(n, actor)).unwrap();
    }
    chancery(folder.path()).args(["read", "5.txt", "6.txt", "7.txt", "-q"]).assert().success();
    for actor in ["Iran", "Egypt", "France"] {
        chancery(folder.path()).args(["search", "Vienna", "--actor", actor, "--limit", "1"]).assert().success();
    }
    for year in ["2015", "2016", "2017"] {
        chancery(folder.path()).args(["search", "Vienna", "--since", year, "--until", year, "--limit", "1"]).assert().success();
    }
}
