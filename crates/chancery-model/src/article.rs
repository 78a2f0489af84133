use crate::{Byte, DateBasis, Fingerprint, Id, Note, Report, Span, Voice};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What kind of bytes a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Media {
    /// Plain text; the file itself is the source text.
    Text,
    /// Markdown, read as text with its marks left in place.
    Markdown,
    /// HTML; the source text is what main-text extraction gives.
    Html,
}

/// What is told about a page beside its text: a sidecar file, options, or the fields of its row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The row's own id.
    #[serde(default)]
    pub id: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Publication date.
    #[serde(default)]
    pub published: Option<Date>,
    /// Publishing outlet.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Address of the page.
    #[serde(default)]
    pub url: Option<String>,
    /// Publication date to take where neither the text nor the other metadata tell one.
    #[serde(default)]
    pub fallback: Option<Date>,
}

/// Bytes as they came.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path, address or `-`; with `:ROW` (1-based) for a row of a table.
    pub locator: String,
    /// Name in the output: the row's id, else the file stem, else `stem:ROW`.
    pub doc: String,
    /// Kind of bytes.
    pub media: Media,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What is told beside them.
    pub metadata: Metadata,
    /// What arose on the way in, such as a sidecar file that could not be read.
    pub notes: Vec<Note>,
}

/// A stretch of the source text that is no part of the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// The stretch; whole lines for debris.
    pub span: Span<Byte>,
    /// Why: a stable reason such as `teaser`, `share-bar`, `log-in`, `captcha`, `tag-list`, `address`.
    pub reason: String,
}

/// A publication date and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// `Stated`, `Metadata` or `Inferred`.
    pub basis: DateBasis,
    /// Where the text states it.
    pub span: Option<Span<Byte>>,
}

/// The place and day at the head of a dispatch ("LONDON, 24 Sep –").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// All of it.
    pub span: Span<Byte>,
    /// The place as written.
    pub place: Option<String>,
    /// Month and day as written, if any ("24 Sep").
    pub date_text: Option<String>,
}

/// An outlet or agency that the text credits with the story or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Canonical name.
    pub name: String,
    /// Where it is credited.
    pub span: Span<Byte>,
}

/// The story cut out of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Hash of the source text, the title and the publication date.
    pub id: Id,
    /// Name in the output.
    pub doc: String,
    /// Path or address it was read from.
    pub locator: String,
    /// Address of the page, if known.
    pub url: Option<String>,
    /// Headline; `title_span` is set where it stands in the text.
    pub title: Option<String>,
    /// The headline's place in the text.
    pub title_span: Option<Span<Byte>>,
    /// Publishing outlet.
    pub outlet: Option<String>,
    /// Author line as written.
    pub byline: Option<String>,
    /// Head of a dispatch.
    pub dateline: Option<Dateline>,
    /// Publication date; `None` where neither text nor metadata give one.
    pub published: Option<Published>,
    /// Credited outlets in order of first credit, each once.
    pub credited: Vec<Credit>,
    /// ISO 639-1 code, `en` for English; other languages are kept and not coded.
    pub language: String,
    /// The source text: every span of the house counts its bytes.
    pub text: String,
    /// Stretches that are no part of the story, in order, without overlap.
    pub struck: Vec<Struck>,
}

impl Article {
    /// The id of what has such a text, title and publication date.
    ///
    /// ```
    /// use chancery_model::Article;
    /// assert_ne!(Article::id_of("Putin met Kerry.", None, None), Article::id_of("Putin met Kerry.", Some("Talks"), None));
    /// ```
    pub fn id_of(text: &str, title: Option<&str>, published: Option<Date>) -> Id {
        let day = published.map_or(String::new(), |d| d.to_string());
        Fingerprint::new().text(text).text(title.unwrap_or("")).text(&day).id('a')
    }

    /// An English article of which only the text is known; `id` is its name and locator, too.
    pub fn bare(id: &str, text: &str) -> Article {
        Article {
            id: Id(id.to_owned()),
            doc: id.to_owned(),
            locator: id.to_owned(),
            url: None,
            title: None,
            title_span: None,
            outlet: None,
            byline: None,
            dateline: None,
            published: None,
            credited: Vec::new(),
            language: "en".to_owned(),
            text: text.to_owned(),
            struck: Vec::new(),
        }
    }

    /// The stretches of the text that are the story: what is left between struck ones, in order.
    pub fn story(&self) -> Vec<Span<Byte>> {
        let (mut out, mut at) = (Vec::new(), 0);
        for s in &self.struck {
            if at < s.span.start {
                out.push(Span::new(at, s.span.start));
            }
            at = at.max(s.span.end);
        }
        if at < self.text.len() {
            out.push(Span::new(at, self.text.len()));
        }
        out
    }

    /// The outlet on whose word a report of this article rests: the credited one that its nearest voices name, else one that is credited in its
    /// sentence with what somebody says, else the one credited with the whole story; `None` where the article tells it of itself.
    ///
    /// ```
    /// use chancery_model::{Article, Credit, Span};
    /// let mut article = Article::bare("a", "MOSCOW (AP) — The court ruled.");
    /// article.credited.push(Credit { name: "AP".into(), span: Span::new(8, 10) });
    /// assert_eq!(article.agency(), None, "a credit in the midst of a line");
    /// article.dateline = Some(chancery_model::Dateline { span: Span::new(0, 16), place: None, date_text: None });
    /// assert_eq!(article.agency(), Some("AP"));
    /// ```
    pub fn rests_on(&self, report: &Report) -> Option<&str> {
        let named = |v: &Voice| self.credited.iter().find(|c| v.span.overlaps(c.span) || self.names(&v.text, c));
        let said = || self.credited.iter().find(|c| !report.attribution.is_empty() && report.sentence.overlaps(c.span));
        let credit = report.attribution.iter().find_map(named).or_else(said);
        credit.map(|c| c.name.as_str()).or_else(|| self.agency())
    }

    /// The outlet credited with the whole story: in the dateline, in what is no story (a byline, a sign-off), or on a line of its own.
    pub fn agency(&self) -> Option<&str> {
        let holds = |span: &Span<Byte>, c: &Credit| span.start <= c.span.start && c.span.end <= span.end;
        let apart =
            |c: &Credit| self.dateline.iter().map(|d| &d.span).chain(self.struck.iter().map(|s| &s.span)).any(|s| holds(s, c));
        let alone = |c: &Credit| {
            let (before, after) = (self.text.get(..c.span.start), self.text.get(c.span.end..));
            let left = before.and_then(|t| t.rsplit('\n').next()).into_iter();
            !left.chain(after.and_then(|t| t.split('\n').next())).any(|t| t.contains(char::is_alphanumeric))
        };
        self.credited.iter().find(|c| apart(c) || alone(c)).map(|c| c.name.as_str())
    }

    /// Whether words name a credited outlet, by its name or as it is written where it is first credited.
    fn names(&self, words: &str, credit: &Credit) -> bool {
        let parts = |s: &'_ str| -> Vec<String> {
            s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let words = parts(words);
        let forms = [Some(credit.name.as_str()), self.text.get(credit.span.range())];
        forms.into_iter().flatten().map(parts).any(|form| !form.is_empty() && words.windows(form.len()).any(|w| w == form))
    }
}
