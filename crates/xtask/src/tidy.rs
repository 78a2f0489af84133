//! Tests the map: what ARCHITECTURE.md says against what is there, and the rules of the house that can be counted.

use anyhow::{Context, Result};
use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// What each room may depend on among our own crates.
const ROOMS: &[(&str, &[&str])] = &[
    ("chancery-model", &[]),
    ("chancery-lexicon", &["chancery-model"]),
    ("chancery-intake", &["chancery-model", "chancery-lexicon"]),
    ("chancery-text", &["chancery-model"]),
    ("chancery-resolve", &["chancery-model", "chancery-lexicon"]),
    ("chancery-coder", &["chancery-model", "chancery-lexicon"]),
    ("chancery-register", &["chancery-model", "chancery-lexicon"]),
    ("chancery-relations", &["chancery-model"]),
    ("chancery-store", &["chancery-model"]),
];

/// What may stand at the root of the repository.
const AT_ROOT: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "README.md",
    "clippy.toml",
    "crates",
    "eval",
    "models",
    "rustfmt.toml",
    "training",
];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["utils.rs", "util.rs", "helpers.rs", "misc.rs", "common.rs", "manager.rs"];

/// Lines above which a source file that is no table should be split.
const LONG: usize = 700;

/// Prints what is wrong; true if nothing is.
pub fn run(root: &Path) -> Result<bool> {
    let mut wrong = Vec::new();
    let files = tracked(root)?;
    crates_on_the_map(root, &mut wrong)?;
    dependencies(root, &mut wrong)?;
    for file in &files {
        let top = file.split('/').next().unwrap_or(file);
        if !AT_ROOT.contains(&top) {
            wrong.push(format!("{file}: not a file of the house; list {top} in crates/xtask/src/tidy.rs if it is one"));
        }
        let name = file.rsplit('/').next().unwrap_or(file);
        if EMPTY_NAMES.contains(&name) {
            wrong.push(format!("{file}: name it by what it is about"));
        }
        if name.ends_with(".rs") {
            source(root, file, &mut wrong)?;
        }
    }
    for line in &wrong {
        println!("{line}");
    }
    println!("tidy: {} files, {} wrong", files.len(), wrong.len());
    Ok(wrong.is_empty())
}

fn tracked(root: &Path) -> Result<Vec<String>> {
    let out = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git ls-files")?;
    let all = String::from_utf8_lossy(&out.stdout);
    Ok(all.split('\0').filter(|f| !f.is_empty() && root.join(f).exists()).map(str::to_owned).collect())
}

fn crates_on_the_map(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(root.join("crates"))? {
        there.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    for name in &there {
        if !map.contains(&format!("`{name}`")) {
            wrong.push(format!("ARCHITECTURE.md: says nothing of crates/{name}"));
        }
    }
    for quoted in map.split('`').skip(1).step_by(2) {
        let is_crate = quoted.starts_with("chancery-") && quoted.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let is_path = quoted.contains('/') && quoted.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        if (is_crate && !there.contains(quoted)) || (is_path && !root.join(quoted).exists()) {
            wrong.push(format!("ARCHITECTURE.md: names `{quoted}`, which is not there"));
        }
    }
    if map.lines().count() > 200 {
        wrong.push("ARCHITECTURE.md: over 200 lines".into());
    }
    Ok(())
}

fn dependencies(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for (room, allowed) in ROOMS {
        let path = format!("crates/{room}/Cargo.toml");
        let manifest = fs::read_to_string(root.join(&path)).with_context(|| path.clone())?;
        let mut section = "";
        for line in manifest.lines() {
            if line.starts_with('[') {
                section = line;
            }
            let name = line.split(['.', ' ', '=']).next().unwrap_or("");
            if section == "[dependencies]" && name.starts_with("chancery") && !allowed.contains(&name) {
                wrong.push(format!("{path}: a room may not depend on {name}; only the façade wires rooms"));
            }
        }
    }
    Ok(())
}

fn source(root: &Path, file: &str, wrong: &mut Vec<String>) -> Result<()> {
    let text = fs::read_to_string(root.join(file))?;
    let lines = text.lines().count();
    let table = text.lines().filter(|l| l.trim_start().starts_with(['(', '"', '['])).count() * 2 > lines;
    if lines > LONG && !table {
        wrong.push(format!("{file}: {lines} lines; split it where a type crosses"));
    }
    let library = file.starts_with("crates/chancery") && file.ends_with("src/lib.rs");
    if library && !(text.starts_with("//! ") && text.contains("#![deny(missing_docs)]")) {
        wrong.push(format!("{file}: opens with one line of what goes in and out, and denies missing docs"));
    }
    Ok(())
}
