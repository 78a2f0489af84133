//! `drift`: what the coder of the working tree codes otherwise than that of a commit, on a frozen corpus.
//!
//! The corpus is `data/press` and the first articles of Reuters-21578, in the folder `shared` beside the workspace. The commit is unpacked and
//! built below `target/drift`; what it codes is kept there by its hash.

mod compare;

use crate::eval::rows;
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use compare::{Drift, compare};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What to compare.
#[derive(Args)]
pub struct Request {
    /// The commit to compare with.
    #[arg(long, default_value = "HEAD")]
    against: String,
    /// Print one JSON object with all events.
    #[arg(long)]
    json: bool,
    /// Show so many events of each list; 0 for all.
    #[arg(long, default_value_t = 25)]
    limit: usize,
    /// So many articles of Reuters.
    #[arg(long, default_value_t = 500)]
    articles: usize,
}

/// Where the corpus lies, and its texts by name of the document.
struct Corpus {
    inputs: Vec<PathBuf>,
    texts: BTreeMap<String, String>,
    /// A number for it: what is kept of one corpus is not held against another.
    mark: String,
}

/// Prints what has been added, removed and recoded since the commit; always true.
pub fn run(root: &Path, request: &Request) -> Result<bool> {
    let folder = root.join("target/drift");
    fs::create_dir_all(&folder)?;
    let corpus = corpus(root, &folder, request.articles)?;
    let commit = output(
        Command::new("git")
            .args(["rev-parse", "--verify", "--short=12"])
            .arg(format!("{}^{{commit}}", request.against))
            .current_dir(root),
    )?;
    let commit = String::from_utf8(commit)?.trim().to_owned();
    let before = before(root, &folder, &commit, &corpus)?;
    eprintln!("coding {} articles by the working tree", corpus.texts.len());
    let after = code(root, None, &corpus)?;
    let drift = compare(lines(&before)?, lines(&after)?);
    match request.json {
        true => println!("{}", drift.json(&commit, &corpus.texts)),
        false => print!("{}", report(&drift, &commit, &corpus, request.limit)),
    }
    Ok(true)
}

/// The corpus, with the rows of Reuters written to `folder`.
fn corpus(root: &Path, folder: &Path, articles: usize) -> Result<Corpus> {
    let shared = root.join("../shared/data");
    ensure!(shared.exists(), "{}: not there; the corpus lies in a folder `shared` beside the workspace", shared.display());
    let press = shared.join("press").canonicalize()?;
    let mut texts = BTreeMap::new();
    for file in fs::read_dir(&press)? {
        let path = file?.path();
        let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default().to_owned();
        texts.insert(stem, fs::read_to_string(&path).with_context(|| path.display().to_string())?);
    }
    let mut wire = String::new();
    for row in rows::json(&shared.join("bulk/reuters21578.jsonl.gz"))?.iter().filter(|r| r["body"].is_string()).take(articles) {
        let (id, text) =
            (format!("reuters-{}", row["id"].as_str().unwrap_or_default()), row["body"].as_str().unwrap_or_default());
        let published = row["date"].as_str().and_then(day);
        wire +=
            &format!("{}\n", json!({"id": id, "text": text, "title": row["title"], "published": published, "outlet": "Reuters"}));
        texts.insert(id, text.to_owned());
    }
    let path = folder.join("reuters.jsonl");
    fs::write(&path, &wire)?;
    let mark = texts.iter().fold(chancery_model::Fingerprint::new(), |f, (name, text)| f.text(name).text(text)).id('c').0;
    Ok(Corpus { inputs: vec![press, path], texts, mark })
}

/// The day of a date as Reuters wrote it ("26-FEB-1987 15:01:01.79").
fn day(told: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = told.trim().split([' ', '-']);
    let day: u8 = parts.next()?.parse().ok()?;
    let month = parts.next().and_then(|m| MONTHS.iter().position(|n| *n == m))?;
    let year: u16 = parts.next()?.parse().ok()?;
    Some(format!("{year}-{:02}-{day:02}", month + 1))
}

/// What the commit codes, from what is kept or from a build of it.
fn before(root: &Path, folder: &Path, commit: &str, corpus: &Corpus) -> Result<String> {
    let kept = folder.join(format!("{commit}-{}.jsonl", corpus.mark));
    if let Ok(lines) = fs::read_to_string(&kept) {
        return Ok(lines);
    }
    let tree = folder.join("tree");
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    fs::create_dir_all(&tree)?;
    let archive = folder.join("tree.tar");
    output(Command::new("git").args(["archive", "--format=tar", "-o"]).arg(&archive).arg(commit).current_dir(root))?;
    // files as new as this moment (-m): cargo would take an older commit's for built already
    output(Command::new("tar").arg("-xmf").arg(&archive).arg("-C").arg(&tree))?;
    fs::remove_file(&archive)?;
    eprintln!("building {commit} and coding {} articles by it", corpus.texts.len());
    let lines = code(&tree, Some(&folder.join("build")), corpus)?;
    fs::write(&kept, &lines)?;
    fs::remove_dir_all(&tree)?;
    Ok(lines)
}

/// The lines that the command of a workspace codes from the corpus.
fn code(root: &Path, target: Option<&Path>, corpus: &Corpus) -> Result<String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--package", "chancery"]);
    if let Some(target) = target {
        command.arg("--target-dir").arg(target);
    }
    command.args(["--", "--quiet", "code", "--format", "jsonl"]).args(&corpus.inputs).current_dir(root).stderr(Stdio::inherit());
    let out = command.output().context("cargo run")?;
    // 3: some articles could not be read, by either coder
    if !matches!(out.status.code(), Some(0 | 3)) {
        bail!("chancery code in {} ended with {}", root.display(), out.status);
    }
    Ok(String::from_utf8(out.stdout)?)
}

fn output(command: &mut Command) -> Result<Vec<u8>> {
    let out = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr).trim());
    Ok(out.stdout)
}

fn lines(text: &str) -> Result<Vec<Value>> {
    text.lines().map(|l| serde_json::from_str(l).with_context(|| format!("not JSON: {l}"))).collect()
}

/// For a reader: counts by type, then the lists.
fn report(drift: &Drift, commit: &str, corpus: &Corpus, limit: usize) -> String {
    let mut out = format!("drift from {commit} to the working tree on {} articles\n\n", corpus.texts.len());
    out += &format!("{:<10}{:>8}{:>8}{:>8}{:>9}{:>9}\n", "type", "before", "after", "added", "removed", "recoded");
    for (kind, c) in drift.counts() {
        out += &format!("{kind:<10}{:>8}{:>8}{:>8}{:>9}{:>9}\n", c.before, c.after, c.added, c.removed, c.recoded);
    }
    for (title, list) in [
        ("added", drift.added(&corpus.texts)),
        ("removed", drift.removed(&corpus.texts)),
        ("recoded", drift.recoded(&corpus.texts)),
    ] {
        out += &format!("\n{title}: {}\n", list.len());
        let shown = if limit == 0 { list.len() } else { limit };
        list.iter().take(shown).for_each(|l| out += &format!("{l}\n"));
        if list.len() > shown {
            out += &format!("  … {} more (--limit 0 shows all)\n", list.len() - shown);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_of_the_wire() {
        assert_eq!(super::day("26-FEB-1987 15:01:01.79").as_deref(), Some("1987-02-26"));
        assert_eq!(super::day(" 1-APR-1987 08:00:00.00").as_deref(), Some("1987-04-01"));
        assert_eq!(super::day("yesterday"), None);
    }
}
