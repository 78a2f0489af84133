//! Rows on their way to stdout: a table for people, TSV, CSV or JSON lines for programs.

use super::args::Format;
use anyhow::Result;
use chancery::shown;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent, Width, presets};
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
        table.load_preset(presets::NOTHING).set_style(TableComponent::HeaderLines, '─');
        table.set_style(TableComponent::MiddleHeaderIntersections, '─').set_content_arrangement(ContentArrangement::Dynamic);
        if let Some(columns) = columns {
            table.set_width(columns);
        }
        table.set_header(self.heads.to_vec());
        for (cells, _) in &self.rows {
            // Line breaks are ours here, everything else comes from pages.
            table.add_row(cells.iter().map(|c| c.lines().map(shown).collect::<Vec<_>>().join("\n")));
        }
        for (n, column) in table.column_iter_mut().enumerate() {
            let cells = || self.rows.iter().map(|(cells, _)| cells[n].as_str());
            let widest =
                cells().flat_map(str::lines).map(|l| l.chars().count()).max().unwrap_or(0).max(self.heads[n].chars().count());
            column.set_padding((0, 2));
            if cells().all(is_number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            // Dates, types and ids are never broken; sentences are.
            if widest <= WHOLE || cells().all(|c| !c.contains(' ')) && widest <= 2 * WHOLE {
                column.set_constraint(ColumnConstraint::ContentWidth);
            } else {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(WHOLE as u16)));
            }
        }
        table
    }
}

/// Columns of cells that are not broken.
const WHOLE: usize = 14;

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))
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
