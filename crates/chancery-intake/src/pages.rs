use crate::{
    Failure,
    decode::{NoText, decode},
    fields::{Filled, day},
    files::{Source, ending, packed, sources},
    rows::{Lines, Numbered, Rows, Table, Values},
};
use chancery_model::{Media, Metadata, Note, Page};
use flate2::bufread::MultiGzDecoder;
use jiff::civil::Date;
use std::{
    fs::File,
    io::{BufRead, BufReader, Cursor, Read},
    path::Path,
};

/// The most bytes that one article may have unless told otherwise: 32 MiB.
pub const DEFAULT_MAX_BYTES: usize = 32 << 20;

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// Publication date of pages that state none, neither in the text nor beside it.
    pub published: Option<Date>,
    /// Field of rows that holds the headline; detected if `None`, as are the others.
    pub title_field: Option<String>,
    /// Field that holds the text.
    pub text_field: Option<String>,
    /// Field that holds the publication date.
    pub date_field: Option<String>,
    /// Field that holds the address.
    pub url_field: Option<String>,
    /// Field that holds the outlet.
    pub outlet_field: Option<String>,
    /// Field that holds the row's id.
    pub id_field: Option<String>,
    /// The most bytes that one article may have.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            published: None,
            title_field: None,
            text_field: None,
            date_field: None,
            url_field: None,
            outlet_field: None,
            id_field: None,
            max_bytes: DEFAULT_MAX_BYTES,
        }
    }
}

/// Streams the pages of all inputs in a stable order: inputs as given, folders walked in byte order of the path, rows as they come.
///
/// An input is a file, a folder or `-` for what comes on standard input; files may be packed with gzip. In folders, hidden files, sidecars
/// (`NAME.meta.json`), `NAME.json` beside `NAME.txt`, images and the like are passed over. Each file is read once even if it is given twice.
/// Rows of tables are read one by one: memory does not grow with them. What cannot be read is a [`Failure`] in its place, and the rest
/// goes on.
///
/// ```
/// let missing: Vec<_> = chancery_intake::pages(&["no/such/file.txt".into()], &Default::default()).collect();
/// assert_eq!(missing[0].as_ref().unwrap_err().code, "missing");
/// ```
pub fn pages(inputs: &[String], options: &Options) -> Pages {
    let (mut queue, mut files) = (Vec::new(), Vec::new());
    for input in inputs {
        if input == "-" {
            queue.extend(sources(&std::mem::take(&mut files)).into_iter().map(Next::File));
            queue.push(Next::Stdin);
        } else {
            files.push(input.clone());
        }
    }
    queue.extend(sources(&files).into_iter().map(Next::File));
    Pages { queue: queue.into_iter(), table: None, options: options.clone() }
}

enum Next {
    File(Result<Source, Failure>),
    Stdin,
}

/// The iterator that [`pages`] returns.
pub struct Pages {
    queue: std::vec::IntoIter<Next>,
    table: Option<Open>,
    options: Options,
}

/// A table that is being read.
struct Open {
    rows: Rows,
    locator: String,
    doc: String,
    /// Whether the file is one object rather than many rows, so far as its name tells.
    single: Option<Box<Result<Page, Failure>>>,
    started: bool,
    /// Whether a row with text has come, so that the columns are known to be right.
    filled: bool,
}

impl Iterator for Pages {
    type Item = Result<Page, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.table {
                match open.next(&self.options) {
                    Some(page) => return Some(page),
                    None => self.table = None,
                }
            }
            let opened = match self.queue.next()? {
                Next::File(Err(failure)) => return Some(Err(failure)),
                Next::File(Ok(source)) => self.open(&source),
                Next::Stdin => {
                    self.sniff("-", "stdin", Box::new(BufReader::new(std::io::stdin())), Vec::new(), Metadata::default())
                }
            };
            match opened {
                Ok(Opened::Page(page)) => return Some(Ok(*page)),
                Ok(Opened::Table(open)) => self.table = Some(*open),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

enum Opened {
    Page(Box<Page>),
    Table(Box<Open>),
}

type Input = Box<dyn BufRead + Send>;

/// How a file is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Page(Media),
    Lines,
    Json,
    Table(u8),
}

impl Pages {
    fn open(&self, source: &Source) -> Result<Opened, Failure> {
        let locator = source.path.display().to_string();
        let file = File::open(&source.path).map_err(|e| Failure::io(&locator, &e))?;
        let size = file.metadata().map_or(0, |m| m.len());
        let input: Input = match packed(&source.path) {
            true => Box::new(BufReader::new(MultiGzDecoder::new(BufReader::new(file)))),
            false => Box::new(BufReader::new(file)),
        };
        let (metadata, notes) = self.sidecar(&source.path);
        let format = match ending(&source.path).as_str() {
            "txt" | "text" => Format::Page(Media::Text),
            "md" | "markdown" => Format::Page(Media::Markdown),
            "html" | "htm" | "xhtml" => Format::Page(Media::Html),
            "jsonl" | "ndjson" => Format::Lines,
            "json" => Format::Json,
            "csv" => Format::Table(b','),
            "tsv" => Format::Table(b'\t'),
            "warc" | "parquet" | "pdf" | "doc" | "docx" | "odt" | "rtf" | "xls" | "xlsx" | "zip" => {
                let message = "is of a kind that is not read; give its text as .txt, .md, .html, .jsonl or .csv";
                return Err(Failure::new(locator, "not-supported", message));
            }
            _ => return self.sniff(&locator, &source.doc, input, notes, metadata),
        };
        if matches!(format, Format::Page(_)) && !packed(&source.path) && size > self.options.max_bytes as u64 {
            return Err(Failure::too_large(locator, self.options.max_bytes));
        }
        if size == 0 {
            return Err(Failure::new(locator, "empty", "is empty; nothing to read"));
        }
        self.begin(&locator, &source.doc, input, format, notes, metadata)
    }

    fn begin(
        &self,
        at: &str,
        doc: &str,
        input: Input,
        format: Format,
        notes: Vec<Note>,
        metadata: Metadata,
    ) -> Result<Opened, Failure> {
        let rows = match format {
            Format::Page(media) => {
                let bytes = whole(at, input, self.options.max_bytes)?;
                let page = Page { locator: at.to_owned(), doc: doc.to_owned(), media, bytes, metadata, notes };
                return Ok(Opened::Page(Box::new(page)));
            }
            Format::Lines => Rows::Lines(Lines::new(readable(at, input)?, at, self.options.max_bytes)),
            Format::Json => Rows::Json(Values::new(readable(at, input)?, at, self.options.max_bytes)),
            Format::Table(mark) => {
                let mut input = readable(at, input)?;
                let mark = separator(input.fill_buf().map_err(|e| Failure::io(at, &e))?, mark);
                Rows::Table(Box::new(Table::new(input, at, mark, self.options.max_bytes)))
            }
        };
        Ok(Opened::Table(Box::new(Open {
            rows,
            locator: at.to_owned(),
            doc: doc.to_owned(),
            single: None,
            started: format != Format::Json,
            filled: false,
        })))
    }

    /// Takes what has no ending by what it begins with.
    fn sniff(&self, at: &str, doc: &str, mut input: Input, notes: Vec<Note>, metadata: Metadata) -> Result<Opened, Failure> {
        let mut head = Vec::new();
        input.by_ref().take(64 << 10).read_to_end(&mut head).map_err(|e| Failure::io(at, &e))?;
        let format = format_of(&head);
        let input: Input = Box::new(BufReader::new(Cursor::new(head).chain(input)));
        self.begin(at, doc, input, format, notes, metadata)
    }

    /// What `NAME.meta.json` beside a file tells.
    fn sidecar(&self, path: &Path) -> (Metadata, Vec<Note>) {
        let mut notes = Vec::new();
        let inner = if packed(path) { path.with_extension("") } else { path.to_owned() };
        let beside = inner.with_extension("meta.json");
        let told = match std::fs::read(&beside) {
            Ok(bytes) => read_sidecar(&bytes, &beside, &mut notes),
            Err(_) => Metadata::default(),
        };
        (Metadata { fallback: self.options.published, ..told }, notes)
    }
}

/// What a sidecar can tell.
const SIDECAR: [&str; 5] = ["title", "published", "date", "outlet", "url"];

fn read_sidecar(bytes: &[u8], path: &Path, notes: &mut Vec<Note>) -> Metadata {
    let value: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => {
            notes.push(Note::new("sidecar-unreadable", format!("{} is no JSON ({error}) and was not used", path.display())));
            return Metadata::default();
        }
    };
    let wrong: Vec<&str> = match value.as_object() {
        Some(map) => map
            .iter()
            .filter(|(k, v)| SIDECAR.contains(&k.as_str()) && !v.is_string() && !v.is_null())
            .map(|(k, _)| k.as_str())
            .collect(),
        None => SIDECAR.to_vec(),
    };
    if !wrong.is_empty() {
        let message = format!("{} gives no text for {}; not used", path.display(), wrong.join(", "));
        notes.push(Note::new("sidecar-unreadable", message));
    }
    let get = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    let published = get("published").or_else(|| get("date")).and_then(|d| day(&d, notes));
    Metadata { id: None, title: get("title"), published, outlet: get("outlet"), url: get("url"), fallback: None }
}

/// All bytes of a page, if they are not too many.
fn whole(at: &str, input: Input, max_bytes: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input.take(max_bytes as u64 + 1).read_to_end(&mut bytes).map_err(|e| Failure::io(at, &e))?;
    if bytes.len() > max_bytes { Err(Failure::too_large(at, max_bytes)) } else { Ok(bytes) }
}

/// Refuses a table that begins like no text at all.
fn readable(at: &str, mut input: Input) -> Result<Input, Failure> {
    let head = input.fill_buf().map_err(|e| Failure::io(at, &e))?;
    match decode(head, None, &mut Vec::new()) {
        Err(NoText::Binary(kind)) => {
            let kind = kind.unwrap_or("binary file");
            Err(Failure::new(at, "binary", format!("is a {kind}, no table of articles")))
        }
        Err(NoText::Empty) if head.is_empty() => Err(Failure::new(at, "empty", "is empty; nothing to read")),
        _ => Ok(input),
    }
}

/// What parts the fields of a table: `usual`, unless the header has none of it and has one of the others.
fn separator(head: &[u8], usual: u8) -> u8 {
    let mut quoted = false;
    let mut counts = [(usual, 0usize), (b'\t', 0), (b';', 0), (b',', 0), (b'|', 0)];
    for &b in head {
        quoted ^= b == b'"';
        match b {
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(mark, _)| *mark == b).for_each(|(_, n)| *n += 1),
        }
    }
    match counts[0].1 {
        0 => counts.iter().rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 0).map_or(usual, |(mark, _)| *mark),
        _ => usual,
    }
}

fn format_of(head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let start = text.trim_start();
    let first = start.lines().next().unwrap_or("");
    let object = |line: &str| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).is_ok();
    let lower: String = start.chars().take(1000).collect::<String>().to_lowercase();
    match () {
        () if start.starts_with('{') && object(first) => Format::Lines,
        () if start.starts_with('{') && start.trim_start_matches('{').trim_start().starts_with('"') => Format::Json,
        () if start.starts_with('[') && start[1..].trim_start().starts_with('{') => Format::Json,
        () if lower.starts_with("<!doctype html")
            || lower.starts_with("<html")
            || lower.starts_with('<') && lower.contains("<html") =>
        {
            Format::Page(Media::Html)
        }
        () if header(first, '\t') => Format::Table(b'\t'),
        () if header(first, ',') => Format::Table(b','),
        () => Format::Page(Media::Text),
    }
}

/// Whether a line is the header of a table of articles: names without spaces at their ends, one of which is that of a text field.
fn header(line: &str, mark: char) -> bool {
    let names: Vec<String> = line.split(mark).map(|n| n.trim().trim_matches('"').to_lowercase()).collect();
    names.len() >= 2
        && names.iter().all(|n| n.len() <= 30 && n.split(' ').count() <= 2)
        && names.iter().any(|n| ["text", "body", "content", "article", "story"].contains(&n.as_str()))
}

impl Open {
    fn next(&mut self, options: &Options) -> Option<Result<Page, Failure>> {
        if !self.started {
            return self.first(options);
        }
        if let Some(held) = self.single.take() {
            return Some(*held);
        }
        let row = self.rows.next()?;
        Some(self.page(row, options, false))
    }

    /// A JSON file of one object is named as its file, so the second has to be seen before the first can go out.
    fn first(&mut self, options: &Options) -> Option<Result<Page, Failure>> {
        self.started = true;
        let Some(first) = self.rows.next() else {
            return Some(Err(Failure::new(&self.locator, "empty", "holds no object; nothing to read")));
        };
        let second = self.rows.next();
        let page = self.page(first, options, second.is_none());
        self.single = second.map(|row| Box::new(self.page(row, options, false)));
        Some(page)
    }

    fn page(&mut self, row: Numbered, options: &Options, alone: bool) -> Result<Page, Failure> {
        let (number, row) = row?;
        let at = format!("{}:{number}", self.locator);
        let code = if self.filled { "empty-row" } else { "no-text" };
        let filled = row.fill(options, self.filled).map_err(|m| Failure::new(&at, code, m))?;
        self.filled = true;
        let Filled { text, mut metadata, notes } = filled;
        metadata.fallback = options.published;
        let doc = match &metadata.id {
            Some(id) => id.clone(),
            None if alone => self.doc.clone(),
            None => format!("{}:{number}", self.doc),
        };
        let media = if looks_like_html(&text) { Media::Html } else { Media::Text };
        Ok(Page { locator: if alone { self.locator.clone() } else { at }, doc, media, bytes: text, metadata, notes })
    }
}

/// Whether the text of a row is HTML: a whole page, or a stretch that begins with a tag and closes one, or breaks many lines.
fn looks_like_html(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&text[..text.len().min(20_000)]).to_ascii_lowercase();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let page =
        start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with('<') && head.contains("<html");
    let closing = ["</p>", "</div>", "<br>", "<br/>", "<br />"].iter().map(|t| head.matches(t).count()).sum::<usize>();
    page || start.starts_with('<') && closing >= 1 || closing >= 5
}
