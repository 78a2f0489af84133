//! For `training/boundaries.py`: reads lines of `offsets TAB paragraph`, writes label and features of every gap as little-endian words.

use chancery_text::boundaries;
use std::io::{self, BufWriter, Read, Write};

fn main() -> io::Result<()> {
    let mut lines = String::new();
    io::stdin().read_to_string(&mut lines)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines.lines() {
        let (ends, text) = line.split_once('\t').unwrap_or(("", line));
        let ends: Vec<usize> = ends.split(',').filter_map(|e| e.parse().ok()).collect();
        for (end, features) in boundaries::gaps(text) {
            out.write_all(&u32::from(ends.contains(&end)).to_le_bytes())?;
            for feature in features {
                out.write_all(&feature.to_le_bytes())?;
            }
        }
    }
    out.flush()
}
