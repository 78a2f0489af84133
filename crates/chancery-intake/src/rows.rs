//! Tables read row by row: JSON Lines, JSON, CSV, TSV. Memory holds one row.

use crate::{Failure, fields::Row};
use csv::ByteRecord;
use serde_json::Value;
use std::io::{BufRead, Read};

/// A row with its number (1-based; the line for JSON Lines), or why it could not be read.
pub(crate) type Numbered = Result<(usize, Row), Failure>;

/// Rows of one table.
pub(crate) enum Rows {
    Lines(Lines),
    Json(Values),
    Table(Box<Table>),
}

impl Iterator for Rows {
    type Item = Numbered;
    fn next(&mut self) -> Option<Numbered> {
        match self {
            Rows::Lines(lines) => lines.next(),
            Rows::Json(values) => values.next(),
            Rows::Table(table) => table.next(),
        }
    }
}

type Input = Box<dyn BufRead + Send>;

/// JSON Lines: every line an object.
pub(crate) struct Lines {
    input: Input,
    locator: String,
    max_bytes: usize,
    line: usize,
    over: bool,
}

impl Lines {
    pub fn new(input: Input, locator: &str, max_bytes: usize) -> Self {
        Lines { input, locator: locator.to_owned(), max_bytes, line: 0, over: false }
    }

    fn fail(&mut self, error: &std::io::Error) -> Option<Numbered> {
        self.over = true;
        Some(Err(Failure::io(format!("{}:{}", self.locator, self.line), error)))
    }
}

impl Iterator for Lines {
    type Item = Numbered;
    fn next(&mut self) -> Option<Numbered> {
        while !self.over {
            self.line += 1;
            let mut bytes = Vec::new();
            let limit = self.max_bytes as u64 + 1;
            match self.input.by_ref().take(limit).read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return self.fail(&error),
            }
            let at = format!("{}:{}", self.locator, self.line);
            if bytes.len() > self.max_bytes && bytes.last() != Some(&b'\n') {
                if let Err(error) = self.input.skip_until(b'\n') {
                    return self.fail(&error);
                }
                return Some(Err(Failure::too_large(at, self.max_bytes)));
            }
            let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
            if !line.is_empty() {
                return Some(object(line, &at).map(|row| (self.line, row)));
            }
        }
        None
    }
}

/// Parses one object. Bytes that are not UTF-8 are read as windows-1252: JSON allows no other charset, but files do not all know.
fn object(bytes: &[u8], at: &str) -> Result<Row, Failure> {
    let broken = |why: String| Failure::new(at, "broken-row", format!("is no JSON object: {why}; correct or remove it"));
    let legacy = std::str::from_utf8(bytes).is_err();
    let parsed = if legacy {
        serde_json::from_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0)
    } else {
        serde_json::from_slice(bytes)
    };
    match parsed {
        Ok(Value::Object(map)) => Ok(Row { fields: map.into_iter().filter_map(|(k, v)| Some((k, text(v, legacy)?))).collect() }),
        Ok(other) => Err(broken(format!("it is {}", kind(&other)))),
        Err(error) => Err(broken(error.to_string())),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The text of a value: strings, numbers, lists of strings as paragraphs, the `name` of an object. Where the file was not UTF-8 the bytes
/// go on as they came, so that the reading of the text notes it.
fn text(value: Value, legacy: bool) -> Option<Vec<u8>> {
    let text = match value {
        Value::String(s) => s,
        Value::Number(n) => n.to_string(),
        Value::Array(list) => {
            let parts: Vec<String> = list.into_iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
            parts.join("\n\n")
        }
        Value::Object(map) => map.get("name")?.as_str()?.to_owned(),
        Value::Null | Value::Bool(_) => return None,
    };
    if legacy {
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
        if !lost {
            return Some(bytes.into_owned());
        }
    }
    Some(text.into_bytes())
}

/// JSON: a list of objects, one object, or objects one after the other. Found by brackets and quotes alone, so that one is held at a time.
pub(crate) struct Values {
    input: Input,
    locator: String,
    max_bytes: usize,
    row: usize,
    line: usize,
    over: bool,
}

impl Values {
    pub fn new(input: Input, locator: &str, max_bytes: usize) -> Self {
        Values { input, locator: locator.to_owned(), max_bytes, row: 0, line: 1, over: false }
    }

    fn byte(&mut self) -> std::io::Result<Option<u8>> {
        let byte = self.input.fill_buf()?.first().copied();
        if byte.is_some() {
            self.input.consume(1);
        }
        self.line += usize::from(byte == Some(b'\n'));
        Ok(byte)
    }

    /// The next object with the line on which it begins; `None` at the end.
    fn value(&mut self) -> std::io::Result<Option<(usize, Vec<u8>)>> {
        let first = loop {
            match self.byte()? {
                None => return Ok(None),
                Some(b) if b.is_ascii_whitespace() || matches!(b, b'[' | b']' | b',' | 0xEF | 0xBB | 0xBF) => {}
                Some(b) => break b,
            }
        };
        let line = self.line;
        let mut bytes = vec![first];
        let (mut depth, mut quoted, mut escaped) = (usize::from(first == b'{'), first == b'"', false);
        while depth > 0 || quoted || first != b'{' {
            let Some(b) = self.byte()? else { break };
            if first != b'{' && !quoted && matches!(b, b',' | b']' | b'\n') {
                break;
            }
            // what is too long is counted out, not kept
            if bytes.len() <= self.max_bytes {
                bytes.push(b);
            }
            match (quoted, escaped, b) {
                (true, true, _) => escaped = false,
                (true, false, b'\\') => escaped = true,
                (_, false, b'"') => quoted = !quoted,
                (false, _, b'{' | b'[') => depth += 1,
                (false, _, b'}' | b']') => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Ok(Some((line, bytes)))
    }
}

impl Iterator for Values {
    type Item = Numbered;
    fn next(&mut self) -> Option<Numbered> {
        if self.over {
            return None;
        }
        self.row += 1;
        match self.value() {
            Ok(Some((line, bytes))) => {
                let at = format!("{}:{line}", self.locator);
                if bytes.len() > self.max_bytes {
                    return Some(Err(Failure::too_large(at, self.max_bytes)));
                }
                Some(object(&bytes, &at).map(|row| (self.row, row)))
            }
            Ok(None) => {
                self.over = true;
                None
            }
            Err(error) => {
                self.over = true;
                Some(Err(Failure::io(&self.locator, &error)))
            }
        }
    }
}

/// CSV or TSV with a header.
pub(crate) struct Table {
    reader: csv::Reader<Input>,
    header: Option<Vec<String>>,
    locator: String,
    max_bytes: usize,
    row: usize,
    over: bool,
}

impl Table {
    pub fn new(input: Input, locator: &str, delimiter: u8, max_bytes: usize) -> Self {
        let reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(input);
        Table { reader, header: None, locator: locator.to_owned(), max_bytes, row: 0, over: false }
    }

    fn record(&mut self) -> Option<Result<(u64, ByteRecord), Failure>> {
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                Some(Ok((line, record)))
            }
            Ok(false) => None,
            Err(error) => {
                self.over = true;
                Some(Err(Failure::new(&self.locator, "unreadable", format!("cannot be read as a table: {error}"))))
            }
        }
    }
}

impl Iterator for Table {
    type Item = Numbered;
    fn next(&mut self) -> Option<Numbered> {
        if self.over {
            return None;
        }
        if self.header.is_none() {
            match self.record()? {
                Ok((_, header)) => {
                    let name = |f: &[u8]| String::from_utf8_lossy(f.strip_prefix(b"\xef\xbb\xbf").unwrap_or(f)).trim().to_owned();
                    self.header = Some(header.iter().map(name).collect());
                }
                Err(failure) => return Some(Err(failure)),
            }
        }
        let (line, record) = match self.record()? {
            Ok(found) => found,
            Err(failure) => return Some(Err(failure)),
        };
        self.row += 1;
        if record.as_slice().len() > self.max_bytes {
            return Some(Err(Failure::too_large(format!("{}:{line}", self.locator), self.max_bytes)));
        }
        let header = self.header.as_deref().unwrap_or_default();
        let fields = header.iter().cloned().zip(record.iter().map(<[u8]>::to_vec)).collect();
        Some(Ok((self.row, Row { fields })))
    }
}
