//! Lines of plain or gzipped files.

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

/// The lines of a file; `.gz` is unpacked on the way.
pub fn lines(path: &Path) -> Result<Vec<String>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let reader: Box<dyn Read> = match path.extension().is_some_and(|e| e == "gz") {
        true => Box::new(MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    BufReader::new(reader).lines().collect::<Result<_, _>>().with_context(|| path.display().to_string())
}

/// The rows of a JSON Lines file.
pub fn json(path: &Path) -> Result<Vec<serde_json::Value>> {
    let mut out = Vec::new();
    for (n, line) in lines(path)?.iter().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        // some writers of JSON know a number that is none
        let row =
            serde_json::from_str(line).or_else(|e| serde_json::from_str(&line.replacen(": NaN,", ": null,", 1)).map_err(|_| e));
        out.push(row.with_context(|| format!("{}:{}", path.display(), n + 1))?);
    }
    Ok(out)
}
