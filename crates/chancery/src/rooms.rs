use chancery_intake::Failure;
use chancery_lexicon::Lexicon;
use chancery_model::{Article, Document, Findings, Note, Page, Report};
use chancery_text::Model;

/// What the rooms need to know, loaded once and shared by all threads.
#[derive(Clone, Copy)]
pub struct Rooms<'a> {
    /// States, people, organisations, places.
    pub lexicon: &'a Lexicon,
    /// The English model.
    pub model: &'a Model,
}

impl Rooms<'static> {
    /// The lexicon and the model that come with the program.
    pub fn builtin() -> Self {
        Rooms { lexicon: Lexicon::builtin(), model: Model::builtin() }
    }
}

/// The rooms in the order in which a page passes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Page → Article.
    Intake,
    /// Article → Document.
    Text,
    /// Document → Findings.
    Resolve,
    /// Findings → Reports.
    Code,
}

/// What the rooms made of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The story.
    pub article: Article,
    /// Its sentences; empty where the article is not English or a stop came before.
    pub document: Document,
    /// What its words refer to; empty likewise.
    pub findings: Findings,
    /// What it tells; empty likewise.
    pub reports: Vec<Report>,
    /// In the order of the rooms.
    pub notes: Vec<Note>,
}

/// Leads a page through all rooms.
///
/// # Errors
/// Where the page holds no text that could be read; from the article on nothing fails.
///
/// ```
/// # use chancery::{model::{Media, Metadata, Page}, Rooms, read_page};
/// let page = Page {
///     locator: "call.txt".into(), doc: "call".into(), media: Media::Text, metadata: Metadata::default(), notes: Vec::new(),
///     bytes: b"Vladimir Putin telephoned Hassan Rouhani on Monday, the Kremlin said.\n".to_vec(),
/// };
/// let outcome = read_page(&page, &Rooms::builtin())?;
/// assert_eq!(outcome.article.doc, "call");
/// # Ok::<(), chancery::Failure>(())
/// ```
pub fn read_page(page: &Page, rooms: &Rooms) -> Result<Outcome, Failure> {
    read_page_until(page, rooms, Room::Code)
}

/// Gives an article without a publication date the one that its own words leave no choice about.
fn date(out: &mut Outcome) {
    if out.article.published.is_none()
        && let Some(published) = chancery_resolve::when::infer_published(&out.article, &out.document)
    {
        out.article.published = Some(published);
        out.notes.retain(|n| n.code != "published-unknown");
        let message = format!("the text states no day of publication; {} follows from what it tells", published.date);
        out.notes.push(Note { span: published.span, ..Note::new("published-inferred", message) });
    }
}

/// Codes an article that has been read already: all rooms but the first.
pub fn code_again(article: &Article, rooms: &Rooms) -> Vec<Report> {
    if article.language != "en" {
        return Vec::new();
    }
    let document = chancery_text::read(article, rooms.model).output;
    let findings = chancery_resolve::resolve(article, &document, rooms.lexicon);
    chancery_coder::code(article, &document, &findings, rooms.lexicon)
}

/// Leads a page through the rooms up to `last`.
///
/// # Errors
/// As [`read_page`].
pub fn read_page_until(page: &Page, rooms: &Rooms, last: Room) -> Result<Outcome, Failure> {
    let taken = chancery_intake::article(page)?;
    let mut out = Outcome {
        article: taken.output,
        document: Document::default(),
        findings: Findings::default(),
        reports: Vec::new(),
        notes: taken.notes,
    };
    if last == Room::Intake || out.article.language != "en" {
        return Ok(out);
    }
    let parsed = chancery_text::read(&out.article, rooms.model);
    out.document = parsed.output;
    out.notes.extend(parsed.notes);
    if last >= Room::Resolve {
        date(&mut out);
        out.findings = chancery_resolve::resolve(&out.article, &out.document, rooms.lexicon);
    }
    if last >= Room::Code {
        out.reports = chancery_coder::code(&out.article, &out.document, &out.findings, rooms.lexicon);
    }
    Ok(out)
}
