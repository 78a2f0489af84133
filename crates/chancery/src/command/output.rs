//! Rows on their way to stdout: a table for people, TSV, CSV or JSON lines for programs.

use super::args::Format;
use anyhow::Result;
use chancery::shown;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;
use std::io::{BufWriter, IsTerminal, Write};

/// Columns assumed where stdout is no terminal and a table is asked for.
const COLUMNS: u16 = 120;

/// Rows under heads, each with the JSON it stands for.
pub struct Sheet {
    heads: &'static [&'static str],
    rows: Vec<(Vec<String>, Value)>,
}

impl Sheet {
    pub fn new(heads: &'static [&'static str]) -> Self {
        Sheet { heads, rows: Vec::new() }
    }
    pub fn row(&mut self, cells: Vec<String>, json: Value) {
        self.rows.push((cells, json));
    }
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    pub fn truncate(&mut self, limit: Option<usize>) {
        self.rows.truncate(limit.unwrap_or(usize::MAX));
    }

    pub fn print(&self, out: &mut Out) -> Result<()> {
        match out.format {
            Format::Table => writeln!(out, "{}", self.table(out.columns))?,
            Format::Tsv => {
                writeln!(out, "{}", self.heads.join("\t"))?;
                for (cells, _) in &self.rows {
                    writeln!(out, "{}", cells.iter().map(|c| shown(c)).collect::<Vec<_>>().join("\t"))?;
                }
            }
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(&mut out.to);
                csv.write_record(self.heads)?;
                for (cells, _) in &self.rows {
                    csv.write_record(cells)?;
                }
                csv.flush()?;
            }
            Format::Jsonl => {
                for (_, json) in &self.rows {
                    serde_json::to_writer(&mut out.to, json)?;
                    writeln!(out)?;
                }
            }
        }
        Ok(())
    }

    fn table(&self, columns: Option<u16>) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        if let Some(columns) = columns {
            table.set_width(columns);
        }
        table.set_header(self.heads.to_vec());
        for (cells, _) in &self.rows {
            // Line breaks are ours here, everything else comes from pages.
            table.add_row(cells.iter().map(|c| c.lines().map(shown).collect::<Vec<_>>().join("\n")));
        }
        table
    }
}

/// Where data goes.
pub struct Out {
    to: Box<dyn Write>,
    /// The chosen format, or what suits the place where data goes.
    pub format: Format,
    /// Whether a format was chosen.
    pub chosen: bool,
    columns: Option<u16>,
}

impl Out {
    pub fn stdout(format: Option<Format>) -> Self {
        let stdout = std::io::stdout();
        let terminal = stdout.is_terminal();
        Out {
            to: Box::new(BufWriter::with_capacity(1 << 16, stdout)),
            format: format.unwrap_or(if terminal { Format::Table } else { Format::Tsv }),
            chosen: format.is_some(),
            columns: (!terminal).then_some(COLUMNS),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.to.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
