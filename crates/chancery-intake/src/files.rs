//! Which files the inputs stand for.

use crate::Failure;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub path: PathBuf,
    /// The name of the document, or the stem of the names of its rows.
    pub doc: String,
    /// Path within the folder that was given, `/` between names.
    relative: String,
}

/// Endings of files that hold articles; others are looked into when they are named, or have no ending.
pub(crate) const TEXTS: &[&str] =
    &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "csv", "tsv"];
/// Files that lie beside saved pages and hold no article.
const BESIDE: &[&str] = &[
    "css", "js", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "woff", "woff2", "ttf", "eot", "map", "mp3", "mp4", "webm",
    "bmp", "tif", "tiff", "db", "db-wal", "db-shm",
];

/// The list of what failed in an earlier run.
const FAILED: &str = "errors.jsonl";

/// All files of the inputs in a stable order, each once: inputs as given, folders walked by the bytes of the path.
pub(crate) fn sources(inputs: &[String]) -> Vec<Result<Source, Failure>> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for input in inputs {
        let path = Path::new(input);
        match fs::metadata(path) {
            Err(_) if input.contains("://") => {
                let message = "is an address; save the page and give the file";
                out.push(Err(Failure::new(input, "not-supported", message)));
            }
            Err(error) => out.push(Err(Failure::io(input, &error))),
            Ok(kind) if kind.is_dir() => walk(path, path, &mut seen, &mut out),
            Ok(_) => take(path, path.parent().unwrap_or(path), &mut seen, &mut out),
        }
    }
    name_apart(&mut out);
    out
}

fn take(path: &Path, root: &Path, seen: &mut BTreeSet<PathBuf>, out: &mut Vec<Result<Source, Failure>>) {
    if !seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
        return;
    }
    let relative = path.strip_prefix(root).unwrap_or(path);
    let relative = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    out.push(Ok(Source { path: path.to_owned(), doc: stem(path), relative }));
}

fn walk(folder: &Path, root: &Path, seen: &mut BTreeSet<PathBuf>, out: &mut Vec<Result<Source, Failure>>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return out.push(Err(Failure::io(folder.display().to_string(), &error))),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => out.push(Err(Failure::io(folder.display().to_string(), &error))),
        }
    }
    // a folder sorts among files as its name with a slash, so that the order is that of whole paths
    let key = |p: &PathBuf| (p.as_os_str().as_encoded_bytes().to_vec(), p.is_dir());
    paths.sort_by_cached_key(|p| match key(p) {
        (mut bytes, true) => {
            bytes.push(b'/');
            bytes
        }
        (bytes, false) => bytes,
    });
    let names: BTreeSet<String> = paths.iter().map(|p| name(p)).collect();
    for path in paths {
        let linked_folder = path.is_symlink() && path.is_dir();
        if name(&path).starts_with('.') || linked_folder {
            continue;
        }
        if path.is_dir() {
            walk(&path, root, seen, out);
        } else if wanted(&path, &names) {
            take(&path, root, seen, out);
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a file in a folder is looked at: not a sidecar, not the record of a text beside it, not an asset of a saved page,
/// not a list of failures, not a pipe or device.
fn wanted(path: &Path, names: &BTreeSet<String>) -> bool {
    let name = name(path);
    let beside = name
        .strip_suffix(".json")
        .is_some_and(|stem| ["txt", "md", "html", "htm"].iter().any(|e| names.contains(&format!("{stem}.{e}"))));
    // Pipes and devices would be waited for without end.
    let other = fs::metadata(path).is_ok_and(|m| !m.is_file());
    !name.ends_with(".meta.json") && name != FAILED && !beside && !other && !BESIDE.contains(&ending(path).as_str())
}

/// The ending in lower case, of the file inside where it is packed (`.jsonl.gz`).
pub(crate) fn ending(path: &Path) -> String {
    let inner = if packed(path) { path.with_extension("") } else { path.to_owned() };
    inner.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Whether the file is packed with gzip, by its name.
pub(crate) fn packed(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

/// The name without its ending, if that is one of ours; `a.b.txt` gives `a.b`, `notes.v2` stays.
fn stem(path: &Path) -> String {
    let inner = if packed(path) { path.with_extension("") } else { path.to_owned() };
    let ours = TEXTS.contains(&ending(path).as_str());
    let stem = if ours { inner.file_stem() } else { inner.file_name() };
    stem.unwrap_or_default().to_string_lossy().into_owned()
}

/// Gives files that share a name their relative path instead; where even those are the same, the path as given.
fn name_apart(sources: &mut [Result<Source, Failure>]) {
    let counts = |sources: &[Result<Source, Failure>]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for source in sources.iter().flatten() {
            *counts.entry(source.doc.clone()).or_default() += 1;
        }
        counts
    };
    let shared = counts(sources);
    for source in sources.iter_mut().flatten().filter(|s| shared.get(&s.doc).is_some_and(|n| *n > 1)) {
        source.doc.clone_from(&source.relative);
    }
    let shared = counts(sources);
    for source in sources.iter_mut().flatten().filter(|s| shared.get(&s.doc).is_some_and(|n| *n > 1)) {
        source.doc = source.path.to_string_lossy().replace('\\', "/");
    }
}
