//! Inputs of all kinds, good and bad, as real files.
#![allow(clippy::unwrap_used)]

use chancery_intake::{Failure, Options, article, pages};
use chancery_model::{Article, DateBasis, Media, Page};
use std::{fs, io::Write, path::Path};
use tempfile::TempDir;

const STORY: &str = "Envoys meet in Geneva\n\nEnvoys of the two states met in Geneva on Monday, the foreign ministry said.\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn read_with(inputs: &[&Path], options: &Options) -> Vec<Result<Page, Failure>> {
    let inputs: Vec<String> = inputs.iter().map(|p| p.display().to_string()).collect();
    pages(&inputs, options).collect()
}

fn read(dir: &TempDir) -> Vec<Result<Page, Failure>> {
    read_with(&[dir.path()], &Options::default())
}

fn docs(pages: &[Result<Page, Failure>]) -> Vec<&str> {
    pages.iter().flatten().map(|p| p.doc.as_str()).collect()
}

/// The code and the end of the locator of every failure.
fn failures(pages: &[Result<Page, Failure>]) -> Vec<(String, String)> {
    let place = |f: &Failure| f.locator.rsplit('/').next().unwrap_or("").to_owned();
    pages.iter().filter_map(|p| p.as_ref().err()).map(|f| (f.code.to_string(), place(f))).collect()
}

fn pair(code: &str, place: &str) -> (String, String) {
    (code.to_owned(), place.to_owned())
}

fn whole(page: &Result<Page, Failure>) -> Article {
    article(page.as_ref().unwrap()).unwrap().output
}

#[test]
fn folders_are_walked_in_byte_order_and_pass_over_what_is_no_article() {
    let dir = folder(&[
        ("b.txt", STORY.as_bytes()),
        ("b.json", b"{\"events\": []}"),
        ("b.meta.json", b"{\"published\": \"2016-03-28\", \"outlet\": \"The Lake Courier\", \"title\": \"Envoys meet\"}"),
        ("a/z.md", STORY.as_bytes()),
        ("a.txt", STORY.as_bytes()),
        (".hidden.txt", STORY.as_bytes()),
        ("Z.html", b"<p>Envoys met in Geneva.</p>"),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("plain", STORY.as_bytes()),
    ]);
    let got = read(&dir);
    assert_eq!(docs(&got), ["Z", "a", "z", "b", "plain"]);
    let told = whole(&got[3]);
    assert_eq!(told.published.map(|p| (p.date.to_string(), p.basis)), Some(("2016-03-28".into(), DateBasis::Metadata)));
    assert_eq!((told.outlet.as_deref(), told.title.as_deref()), (Some("The Lake Courier"), Some("Envoys meet")));
}

#[test]
fn shared_names_become_relative_paths_and_files_are_read_once() {
    let dir = folder(&[("x/a.txt", STORY.as_bytes()), ("y/a.txt", STORY.as_bytes()), ("y/b.txt", STORY.as_bytes())]);
    let again = dir.path().join("y/b.txt");
    let got = read_with(&[dir.path(), &again], &Options::default());
    assert_eq!(docs(&got), ["x/a.txt", "y/a.txt", "b"]);
}

#[test]
fn tables_of_all_kinds_give_the_same_pages() {
    let text = "Envoys met in Geneva on Monday, the ministry said.";
    let row = format!(
        r#"{{"id": "r1", "Headline": "Envoys meet", "Body": "{text}", "pubDate": "Mon, 28 Mar 2016 10:00:00 GMT", "source": {{"name": "Lake"}}, "link": "https://l.example"}}"#
    );
    let csv = format!("id,title,content,date,outlet,url\nr1,Envoys meet,\"{text}\",2016-03-28,Lake,https://l.example\n");
    let dir = folder(&[
        ("1.jsonl", format!("{row}\n\n{}\n", row.replace("r1", "r2")).as_bytes()),
        ("2.json", format!("[{row},\n {}]", row.replace("r1", "r2")).as_bytes()),
        ("3.csv", csv.as_bytes()),
        ("4.tsv", csv.replace("\"", "").replace(", the", " the").replace(',', "\t").as_bytes()),
        ("5", format!("{row}\n").as_bytes()),
        ("6", csv.as_bytes()),
        ("7.json", row.replace("\"id\": \"r1\", ", "").as_bytes()),
    ]);
    let got = read(&dir);
    assert_eq!(failures(&got), []);
    assert_eq!(docs(&got), ["r1", "r2", "r1", "r2", "r1", "r1", "r1", "r1", "7"]);
    for page in &got {
        let a = whole(page);
        assert_eq!(a.title.as_deref(), Some("Envoys meet"));
        assert_eq!(a.published.map(|p| p.date.to_string()).as_deref(), Some("2016-03-28"));
        assert_eq!((a.outlet.as_deref(), a.url.as_deref()), (Some("Lake"), Some("https://l.example")));
        assert!(a.text.starts_with("Envoys met in Geneva"));
    }
    assert_eq!(got[1].as_ref().unwrap().locator.rsplit('/').next(), Some("1.jsonl:3"));
}

#[test]
fn rows_without_id_are_named_by_their_number_and_fields_can_be_named() {
    let dir = folder(&[(
        "news.jsonl",
        b"{\"kop\": \"A\", \"tekst\": \"Envoys met in Geneva.\"}\n{\"kop\": \"B\", \"tekst\": \"They met again.\"}\n",
    )]);
    let options = Options { text_field: Some("tekst".into()), title_field: Some("kop".into()), ..Options::default() };
    let got = read_with(&[dir.path()], &options);
    assert_eq!(docs(&got), ["news:1", "news:2"]);
    assert_eq!(whole(&got[1]).title.as_deref(), Some("B"));
    let plain = read(&dir);
    let failure = plain[0].as_ref().unwrap_err();
    assert_eq!(failure.code, "no-text");
    assert!(failure.message.contains("fields seen: kop, tekst"), "{}", failure.message);
}

#[test]
fn a_row_that_is_only_a_headline_is_a_brief_where_others_have_text() {
    let rows =
        b"{\"title\": \"A\", \"text\": \"Envoys met in Geneva.\"}\n{\"title\": \"Envoys leave Geneva\"}\n{\"name\": \"x\"}\n";
    let dir = folder(&[("wire.jsonl", rows), ("zz.jsonl", b"{\"title\": \"Envoys leave Geneva\"}\n")]);
    let got = read(&dir);
    assert_eq!(whole(&got[1]).text, "Envoys leave Geneva");
    assert_eq!(failures(&got), [pair("empty-row", "wire.jsonl:3"), pair("no-text", "zz.jsonl:1")]);
}

#[test]
fn broken_rows_are_named_and_the_rest_goes_on() {
    let good = "{\"text\": \"Envoys met in Geneva.\"}";
    let dir = folder(&[
        ("a.jsonl", format!("{good}\n{{\"text\": \"cut off\n[1]\n{good}\n").as_bytes()),
        ("b.json", format!("[{good},\n{{\"text\": oops}},\n{good}]").as_bytes()),
    ]);
    let got = read(&dir);
    assert_eq!(docs(&got), ["a:1", "a:4", "b:1", "b:3"]);
    assert_eq!(
        failures(&got),
        [pair("broken-row", "a.jsonl:2"), pair("broken-row", "a.jsonl:3"), pair("broken-row", "b.json:2")]
    );
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let dir = folder(&[
        ("archive.warc", b"WARC/1.0"),
        ("empty.txt", b""),
        ("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("noise", &[0u8, 1, 2, 3].repeat(100)),
        ("table.jsonl", &[0u8, 7, 200, 3].repeat(100)),
        ("white.txt", b" \n\n "),
        ("zz.txt", STORY.as_bytes()),
    ]);
    let missing = dir.path().join("none.txt");
    let got = read_with(&[&missing, dir.path()], &Options::default());
    let mut seen = failures(&got);
    for page in got.iter().flatten() {
        if let Err(f) = article(page) {
            seen.push((f.code.to_string(), f.locator.rsplit('/').next().unwrap_or("").to_owned()));
        }
    }
    assert_eq!(
        seen,
        [
            pair("missing", "none.txt"),
            pair("not-supported", "archive.warc"),
            pair("empty", "empty.txt"),
            pair("binary", "table.jsonl"),
            pair("binary", "image.txt"),
            pair("binary", "noise"),
            pair("empty", "white.txt"),
        ]
    );
    assert!(got.iter().flatten().any(|p| p.doc == "zz"));
}

#[cfg(unix)]
#[test]
fn unreadable_folders_are_named_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("locked/a.txt", STORY.as_bytes()), ("open/b.txt", STORY.as_bytes())]);
    let locked = dir.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let got = read(&dir);
    let root = fs::read_dir(&locked).is_ok();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    if root {
        println!("skipped: this user may read everything");
        return;
    }
    assert_eq!(failures(&got), [pair("unreadable", "locked")]);
    assert_eq!(docs(&got), ["b"]);
}

#[test]
fn what_is_too_large_is_refused_with_the_option_to_raise() {
    let line = "x".repeat(5000);
    let dir = folder(&[
        ("a.jsonl", format!("{{\"text\": \"{line}\"}}\n{{\"text\": \"Envoys met.\"}}\n").as_bytes()),
        ("b.json", format!("[{{\"text\": \"{line}\"}}, {{\"text\": \"Envoys met.\"}}]").as_bytes()),
        ("c.csv", format!("text\n{line}\nEnvoys met.\n").as_bytes()),
        ("d.txt", line.as_bytes()),
    ]);
    let options = Options { max_bytes: 1000, ..Options::default() };
    let got = read_with(&[dir.path()], &options);
    assert_eq!(docs(&got), ["a:2", "b:2", "c:2"]);
    let places: Vec<String> = failures(&got).into_iter().map(|(code, place)| format!("{code} {place}")).collect();
    assert_eq!(places, ["too-large a.jsonl:1", "too-large b.json:1", "too-large c.csv:2", "too-large d.txt"]);
    assert!(got.iter().filter_map(|p| p.as_ref().err()).all(|f| f.message.contains("--max-bytes")));
}

#[test]
fn one_line_of_a_hundred_megabytes_is_refused_without_being_read() {
    let dir = folder(&[]);
    let path = dir.path().join("long.txt");
    let mut file = fs::File::create(&path).unwrap();
    let chunk = vec![b'a'; 1 << 20];
    for _ in 0..100 {
        file.write_all(&chunk).unwrap();
    }
    assert_eq!(failures(&read(&dir)), [pair("too-large", "long.txt")]);
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test measures time")]
fn one_line_within_the_limit_is_read_at_bounded_cost() {
    let text = "Envoys met in Geneva on Monday , the ministry said . ".repeat(300_000);
    let dir = folder(&[("long.txt", text.as_bytes())]);
    let start = std::time::Instant::now();
    let a = whole(&read(&dir)[0]);
    assert_eq!((a.text.len(), a.title, a.struck.len()), (text.len(), None, 0));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn invalid_utf8_is_read_and_noted() {
    let dir = folder(&[
        ("a.txt", b"The minister\x92s caf\xe9 was \x93full\x94 on the day of the talks in Geneva."),
        ("b.jsonl", b"{\"text\": \"The minister\x92s caf\xe9 was full on the day of the talks in Geneva.\"}\n"),
        ("c.csv", b"text\nThe minister\x92s caf\xe9 was full on the day of the talks in Geneva.\n"),
        ("d.html", b"<html><head><meta charset=windows-1251></head><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p></body></html>"),
    ]);
    let got = read(&dir);
    for page in &got[..3] {
        let noted = article(page.as_ref().unwrap()).unwrap();
        assert!(noted.output.text.starts_with("The minister’s café was"), "{}", noted.output.text);
        assert!(noted.notes.iter().any(|n| n.code == "invalid-utf8"), "{:?}", noted.notes);
    }
    assert!(whole(&got[3]).text.contains("Привет"));
}

#[test]
fn plain_text_is_kept_to_the_byte() {
    let text = STORY.replace('\n', "\r\n");
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let a = whole(&read(&dir)[0]);
    assert_eq!(a.text, text);
    assert_eq!(a.title_span.map(|s| &a.text[s.range()]), Some("Envoys meet in Geneva"));
}

#[test]
fn deep_html_and_packed_files() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"{\"text\": \"Envoys met in Geneva.\"}\n").unwrap();
    let deep = format!("<html><body>{}<p>Envoys met in Geneva.</p>", "<div>".repeat(10_000));
    let dir = folder(&[("deep.html", deep.as_bytes()), ("rows.jsonl.gz", &packed.finish().unwrap())]);
    let got = read(&dir);
    assert_eq!(got[0].as_ref().unwrap().media, Media::Html);
    assert_eq!(whole(&got[0]).text, "Envoys met in Geneva.");
    assert_eq!((docs(&got)[1], whole(&got[1]).text), ("rows:1", "Envoys met in Geneva.".into()));
}

#[test]
fn dates_come_from_the_text_first_and_the_option_last() {
    let stated =
        "Envoys meet in Geneva\n\nSeptember 14, 2016 - 15:34\n\nEnvoys met in Geneva on Monday, the foreign ministry said.\n";
    let dateline = "Envoys meet in Geneva\n\nGENEVA, 24 Sep – Envoys met in Geneva on Monday, the foreign ministry said.\n";
    let unclear = "Envoys meet in Geneva\n\n03/04/2016\n\nEnvoys met in Geneva on Monday, the foreign ministry said.\n";
    let dir = folder(&[("a.txt", stated.as_bytes()), ("b.txt", dateline.as_bytes()), ("c.txt", unclear.as_bytes())]);
    let dates = |options: &Options| -> Vec<Option<(String, DateBasis)>> {
        read_with(&[dir.path()], options).iter().map(|p| whole(p).published.map(|p| (p.date.to_string(), p.basis))).collect()
    };
    let own = Some(("2016-09-14".to_owned(), DateBasis::Stated));
    assert_eq!(dates(&Options::default()), [own.clone(), None, None]);
    let given = Some(("2016-09-30".to_owned(), DateBasis::Metadata));
    let options = Options { published: "2016-09-30".parse().ok(), ..Options::default() };
    assert_eq!(dates(&options), [own, given.clone(), given]);
    let noted = article(read(&dir)[2].as_ref().unwrap()).unwrap();
    assert!(noted.notes.iter().any(|n| n.code == "date-ambiguous"));
}

#[test]
fn other_languages_are_kept_and_noted() {
    let text =
        "Le ministre des Affaires étrangères a rencontré son homologue à Paris pour discuter de la situation dans la région. "
            .repeat(4);
    let dir = folder(&[("fr.txt", text.as_bytes())]);
    let noted = article(read(&dir)[0].as_ref().unwrap()).unwrap();
    assert_eq!(noted.output.language, "fr");
    assert!(noted.notes.iter().any(|n| n.code == "language-not-english"));
}

#[test]
fn the_same_page_has_the_same_id() {
    let dir =
        folder(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes()), ("c.txt", b"Other words were said in the talks.")]);
    let got = read(&dir);
    let ids: Vec<String> = got.iter().map(|p| whole(p).id.0).collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[test]
fn tables_parted_by_other_marks_are_read() {
    let rows = |mark: &str| {
        let line = |a: &str, b: &str, c: &str| format!("{a}{mark}{b}{mark}{c}\r\n");
        format!(
            "\u{feff}{}{}",
            line("\"title\"", "text", "date"),
            line("Talks", "\"Envoys, of two\r\nstates; met | in Geneva.\"", "2016-03-28")
        )
    };
    for mark in [",", ";", "\t", "|"] {
        let dir = folder(&[("rows.csv", rows(mark).as_bytes())]);
        let got = read(&dir);
        assert_eq!(docs(&got), ["rows:1"], "{mark:?} {:?}", failures(&got));
        let page = got[0].as_ref().unwrap();
        assert_eq!(String::from_utf8_lossy(&page.bytes), "Envoys, of two\r\nstates; met | in Geneva.");
        assert_eq!(page.metadata.title.as_deref(), Some("Talks"));
    }
}

#[test]
fn sidecars_of_wrong_types_are_noted() {
    for (told, named) in [
        (&b"{\"title\": 12, \"published\": [\"x\"], \"outlet\": \"The Ledger\"}"[..], "title, published"),
        (b"[]", "title, published"),
    ] {
        let dir = folder(&[("a.txt", STORY.as_bytes()), ("a.meta.json", told)]);
        let got = read(&dir);
        let notes = &got[0].as_ref().unwrap().notes;
        assert!(notes.iter().any(|n| n.code == "sidecar-unreadable" && n.message.contains(named)), "{notes:?}");
    }
}

#[test]
fn lists_of_failures_are_passed_over() {
    let dir = folder(&[
        ("a.txt", STORY.as_bytes()),
        ("errors.jsonl", b"{\"input\": \"b.txt\", \"code\": \"empty\", \"message\": \"x\"}\n"),
    ]);
    let got = read(&dir);
    assert_eq!((docs(&got), failures(&got)), (vec!["a"], vec![]));
}

#[cfg(unix)]
#[test]
fn pipes_in_folders_are_not_waited_for() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let made = std::process::Command::new("mkfifo").arg(dir.path().join("pipe.txt")).status();
    if !made.is_ok_and(|s| s.success()) {
        println!("skipped: no mkfifo here");
        return;
    }
    assert_eq!(docs(&read(&dir)), ["a"]);
}
