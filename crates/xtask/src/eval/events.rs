//! `events`: the whole way on gold documents, scored by the codebook's own scorer.

use super::Figures;
use anyhow::{Context, Result, bail};
use std::{fs, path::Path, process::Command};

/// Runs the `chancery` command of this workspace and gives what it printed.
pub fn chancery(root: &Path, arguments: &[&std::ffi::OsStr]) -> Result<Vec<u8>> {
    let out = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--package", "chancery", "--"])
        .args(arguments)
        .current_dir(root)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cargo run")?;
    if !out.status.success() {
        bail!("chancery {arguments:?} ended with {}", out.status);
    }
    Ok(out.stdout)
}

/// The figures of `score.py`.
pub fn measure(root: &Path, folder: &Path, errors: usize) -> Result<Figures> {
    let folder = folder.canonicalize()?;
    let lines = chancery(root, &["code".as_ref(), "--format".as_ref(), "jsonl".as_ref(), folder.as_os_str()])?;
    let predictions = root.join("target/eval-events.jsonl");
    fs::write(&predictions, lines)?;
    let score = |more: &[&str]| -> Result<Vec<u8>> {
        let scorer = root.join("../shared/score/score.py");
        let out = Command::new("python3").arg(&scorer).arg(&folder).arg(&predictions).args(more).output().context("python3")?;
        if !out.status.success() {
            bail!("{}: {}", scorer.display(), String::from_utf8_lossy(&out.stderr));
        }
        Ok(out.stdout)
    };
    if errors > 0 {
        print!("{}", String::from_utf8_lossy(&score(&["--errors", &errors.to_string()])?));
    }
    Ok(serde_json::from_slice(&score(&["--json"])?)?)
}
