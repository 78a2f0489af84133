//! `dyad --by`, `shifts`, `network`, `outlook` and `brief` from argv to answer, on the sample and on pages with hostile words.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

fn chancery(folder: &Path) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.current_dir(folder).env_remove("CHANCERY_RECORD").env("NO_COLOR", "1");
    c
}

/// A folder with a record of the sample, read once.
static DESK: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    chancery::sample::unpack(&folder.path().join("pages")).unwrap();
    chancery(folder.path()).args(["read", "pages", "--quiet"]).assert().success();
    folder
});

fn said(args: &[&str]) -> String {
    String::from_utf8(chancery(DESK.path()).args(args).assert().success().get_output().stdout.clone()).unwrap()
}

fn json(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_series_adds_up_to_the_dyad() {
    let events = json(&said(&["dyad", "RUS", "IRN", "--format", "jsonl"])).len();
    for by in ["day", "week", "month"] {
        let rows = json(&said(&["dyad", "RUS", "IRN", "--by", by, "--format", "jsonl"]));
        let sum = |all: bool| -> u64 {
            rows.iter().filter(|r| (r["way"] == "all") == all).map(|r| r["events"].as_u64().unwrap()).sum()
        };
        assert_eq!((sum(true), sum(false)), (events as u64, events as u64), "{by}");
        assert!(rows.iter().all(|r| r["origins"].as_u64() <= r["reports"].as_u64()));
    }
    let months = json(&said(&["dyad", "RUS", "IRN", "--by", "month", "--format", "jsonl"]));
    let all: Vec<&serde_json::Value> = months.iter().filter(|r| r["way"] == "all" && r["step"] != "undated").collect();
    assert_eq!((&all[0]["step"], &all[all.len() - 1]["step"], all.len()), (&"2015-07-01".into(), &"2018-06-01".into(), 36));
    let quiet = all.iter().position(|r| r["step"] == "2015-09-01").unwrap();
    let level = |n: usize| all[n]["smoothed"].as_f64().unwrap();
    assert_eq!((&all[quiet]["events"], &all[quiet]["level"]), (&0.into(), &().into()));
    assert!((level(quiet) - 0.7 * level(quiet - 1)).abs() < 1e-9, "where nothing happens the level fades");
    let tsv = said(&["dyad", "RUS", "IRN", "--by", "month"]);
    assert!(tsv.contains("2015-09\tall\t0\t0\t0\t0\t0\t+0.0\t+0.0\t\t+"), "{tsv}");
    let table = said(&["dyad", "russia", "iran", "--by", "month", "--format", "table"]);
    assert!(table.contains("2016-08") && table.contains("RUS ↔ IRN") && table.contains("smoothed"), "{table}");
}

#[test]
fn shifts_say_honestly_that_the_sample_is_too_small() {
    let answer = said(&["shifts", "russia", "iran", "--format", "table"]);
    for words in [
        "no turning point",
        "Too little for a turn in the level",
        "dated events in",
        "strengthen cooperation",
        "No article in the record",
    ] {
        assert!(answer.contains(words), "{words} is missing in\n{answer}");
    }
    let lines = json(&said(&["shifts", "russia", "iran", "--format", "jsonl"]));
    let material = lines.iter().find(|l| l["kind"] == "material").unwrap();
    assert_eq!(material["tested"]["level"], false);
    assert!(material["gaps"].as_array().unwrap().iter().any(|g| g["to"] == "2018-05-17"), "{material}");
    assert!(lines.iter().any(|l| l["kind"] == "said" && l["way"] == "warmer"));
    let reported = json(&said(&["shifts", "russia", "iran", "--reported", "--format", "jsonl"]));
    let dated = |l: &[serde_json::Value]| l.iter().find(|l| l["kind"] == "material").unwrap()["dated"].as_u64().unwrap();
    assert!(dated(&reported) > dated(&lines));
}

/// A record of dispatches by two outlets, a week each: talks, then blame.
#[test]
fn a_turn_in_the_news_is_found_and_quoted() {
    let folder = TempDir::new().unwrap();
    let mut rows = String::new();
    for week in 0..28i64 {
        let day = jiff::civil::date(2016, 1, 4).checked_add(jiff::ToSpan::weeks(week)).unwrap();
        let text = if week < 15 {
            format!(
                "Russia and Turkey held talks in Ankara on Monday. Turkey praised Russia on Monday for the pipeline number {week}."
            )
        } else {
            format!(
                "Turkey condemned Russia on Monday for the raid number {week}. Russia accused Turkey on Monday of lies number {week}."
            )
        };
        let published = jiff::civil::Date::tomorrow(day).unwrap();
        let outlet = if week % 2 == 0 { "Bosphorus Courier" } else { "Volga Gazette" };
        rows.push_str(&format!(
            "{}\n",
            serde_json::json!({"id": format!("w{week}"), "text": text, "published": published, "outlet": outlet})
        ));
    }
    fs::write(folder.path().join("rows.jsonl"), rows).unwrap();
    chancery(folder.path()).args(["read", "rows.jsonl", "--quiet"]).assert().success();
    let run = |args: &[&str]| {
        String::from_utf8(chancery(folder.path()).args(args).assert().success().get_output().stdout.clone()).unwrap()
    };
    let lines = json(&run(&["shifts", "turkey", "russia", "--by", "week", "--format", "jsonl"]));
    let turn = lines.iter().find(|l| l["kind"] == "shift" && l["measure"] == "level").unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(turn["day"], "2016-04-18");
    assert!(turn["before"].as_f64().unwrap() > 0.0 && turn["after"].as_f64().unwrap() < 0.0);
    let quotes = turn["evidence"].to_string();
    assert!(quotes.contains("condemned Russia") || quotes.contains("accused Turkey"), "{quotes}");
    assert_eq!(turn["rests_on"].as_array().unwrap().len(), 0, "{turn}");
    let table = run(&["shifts", "turkey", "russia", "--by", "week", "--format", "table"]);
    assert!(table.contains("mean score of an event") && table.contains("stands without any one outlet"), "{table}");
    let tsv = run(&["shifts", "turkey", "russia", "--by", "week"]);
    assert!(tsv.starts_with("day\tmeasure\t") && tsv.contains("2016-04-18\tlevel"), "{tsv}");
    let brief = run(&["brief", "turkey", "russia"]);
    assert!(brief.contains("the mean score of an event goes from") && brief.contains("Volga Gazette"), "{brief}");
    let outlook = json(&run(&["outlook", "turkey", "russia", "--format", "jsonl"]));
    assert_eq!(outlook[0]["month"], "2016-08-01");
}

#[test]
fn a_network_tells_ties_mediators_and_triads() {
    let lines = json(&said(&["network", "--format", "jsonl"]));
    let tie = lines.iter().find(|l| l["kind"] == "tie" && l["a"] == "IRN" && l["b"] == "RUS").unwrap();
    assert!(tie["events"].as_u64().unwrap() > 5 && tie["sign"] == "friendly", "{tie}");
    assert!(lines.iter().any(|l| l["kind"] == "balance"));
    let table = said(&["network", "--format", "table"]);
    assert!(table.contains("a supports b"), "{table}");
    assert!(said(&["network", "--show", "triads"]).starts_with("a\tb\tc"));
    chancery(DESK.path()).args(["network", "--actor", "Norway"]).assert().code(1);
}

#[test]
fn an_outlook_without_months_says_so() {
    let run = chancery(DESK.path()).args(["outlook", "RUS", "IRN", "--until", "2015-12"]).assert().code(1);
    let words = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(words.contains("too little for an outlook") && words.contains("needed"), "{words}");
}

#[test]
fn a_brief_cites_every_event() {
    let md = said(&["brief", "russia", "iran", "--md", "-"]);
    for part in [
        "# Russia and Iran",
        "## Summary",
        "## Turning points",
        "## Timeline",
        "## People and offices",
        "## Sources",
        "## Gaps",
        "[^1]: ",
    ] {
        assert!(md.contains(part), "{part} is missing in\n{md}");
    }
    let timeline: Vec<&str> = md.split("## Timeline").nth(1).unwrap().split("\n## ").next().unwrap().lines().skip(4).collect();
    let rows: Vec<&&str> = timeline.iter().filter(|l| l.starts_with('|')).collect();
    let events = said(&["dyad", "RUS", "IRN", "--format", "jsonl"]);
    let ids: std::collections::BTreeSet<String> = json(&events).iter().map(|e| e["id"].to_string()).collect();
    assert_eq!(rows.len(), ids.len());
    assert!(rows.iter().all(|r| r.contains("[^")), "{rows:?}");
    for n in 1.. {
        let (cited, noted) = (md.contains(&format!("[^{n}]")), md.contains(&format!("\n[^{n}]: ")));
        assert_eq!(cited, noted, "note {n}");
        if !cited {
            break;
        }
    }
    let text = said(&["brief", "RUS", "IRN", "--since", "2016-09", "--until", "2016-12"]);
    assert!(text.contains("Jaber") && !text.contains("Qingdao"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 100), "{text}");
}

#[test]
fn a_brief_as_a_page_stands_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("brief.html");
    said(&["brief", "russia", "iran", "--html", file.to_str().unwrap()]);
    let html = fs::read_to_string(&file).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<svg") && html.contains("prefers-color-scheme:dark"));
    for foreign in ["<script", "src=", "@import", "url(", "<link"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    for n in 1..=3 {
        assert!(
            html.contains(&format!("href=\"#n{n}\""))
                && html.contains(&format!("id=\"n{n}\""))
                && html.contains(&format!("id=\"c{n}\""))
        );
    }
    // Every tag that opens closes.
    for tag in ["table", "tr", "td", "ul", "ol", "li", "p", "q", "sup", "figure", "details", "svg", "div", "main"] {
        let open = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn a_brief_is_written_as_page_and_as_markdown_at_once() {
    let folder = TempDir::new().unwrap();
    let [html, md] = ["b.html", "b.md"].map(|name| folder.path().join(name));
    said(&["brief", "russia", "iran", "--html", html.to_str().unwrap(), "--md", md.to_str().unwrap()]);
    assert!(fs::read_to_string(html).unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(fs::read_to_string(md).unwrap(), said(&["brief", "russia", "iran", "--md", "-"]));
    let same = chancery(DESK.path()).args(["brief", "russia", "iran", "--html", "-", "--md", "-"]).assert().code(2);
    assert!(String::from_utf8_lossy(&same.get_output().stderr).contains("name two files"));
}

#[test]
fn words_of_pages_do_nothing_to_a_brief() {
    let folder = TempDir::new().unwrap();
    let text = "Russia condemned <script>alert(1)</script> & \"Turkey\" on Monday | **loudly** [x](javascript:y).\u{1b}[31m Russia and Turkey held talks in Ankara on Monday.";
    let row = serde_json::json!({"id": "a\"><img src=x>", "text": text, "title": "<b>T</b>", "published": "2016-05-03",
        "outlet": "<i>O</i>", "url": "javascript:alert(1)"});
    fs::write(folder.path().join("rows.jsonl"), format!("{row}\n")).unwrap();
    chancery(folder.path()).args(["read", "rows.jsonl", "--quiet"]).assert().success();
    let run = |args: &[&str]| {
        String::from_utf8(chancery(folder.path()).args(args).assert().success().get_output().stdout.clone()).unwrap()
    };
    let html = run(&["brief", "russia", "turkey", "--html", "-"]);
    assert!(html.contains("&lt;i&gt;O&lt;/i&gt;"), "{html}");
    for bad in ["<script", "<b>", "<i>", "<img", "javascript:alert", "\u{1b}"] {
        assert!(!html.contains(bad), "{bad} in\n{html}");
    }
    let md = run(&["brief", "russia", "turkey", "--md", "-"]);
    assert!(!md.contains("<i>") && md.contains("\\<i\\>O") && !md.contains('\u{1b}'), "{md}");
    assert!(!run(&["brief", "russia", "turkey"]).contains('\u{1b}'));
}

#[test]
fn wrong_use_is_told() {
    let said = |args: &[&str], code: i32| {
        let run = chancery(DESK.path()).args(args).assert().code(code);
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    for command in ["shifts", "outlook", "brief"] {
        assert!(said(&[command, "russia", "RUS"], 2).contains("both are RUS"));
        assert!(said(&[command, "Norway", "Chad"], 1).contains("nothing between NOR and TCD"));
        assert!(said(&[command, "RUS", "IRN", "--from", "2017", "--to", "2016"], 2).contains("write the first day first"));
    }
    assert!(said(&["brief", "RUS", "IRN", "--format", "csv"], 2).contains("--html FILE"));
    assert!(said(&["brief", "RUS", "IRN", "--html", "no/such/folder/x.html"], 3).contains("cannot be written"));
    said(&["shifts", "RUS", "IRN", "--by", "year"], 2);
    for command in ["shifts", "network", "outlook", "brief"] {
        let help =
            String::from_utf8(chancery(DESK.path()).args([command, "--help"]).assert().success().get_output().stdout.clone())
                .unwrap();
        assert!(help.contains("Examples:\n  chancery "), "{help}");
    }
}
