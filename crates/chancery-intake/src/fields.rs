//! Which field of a row is what.

use crate::{Options, Reading, parse_date};
use chancery_model::{Metadata, Note};

/// Names of fields in the order of preference; compared without case, spaces, hyphens and underscores.
const TITLES: &[&str] = &["title", "headline", "heading", "head"];
const TEXTS: &[&str] = &[
    "text",
    "body",
    "content",
    "article",
    "story",
    "fulltext",
    "articletext",
    "articlebody",
    "maintext",
    "plaintext",
    "storytext",
];
const DATES: &[&str] = &[
    "published",
    "date",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "pubdate",
    "publishedat",
    "datepublished",
    "datepublish",
    "dct",
    "created",
    "createdat",
    "datetime",
    "timestamp",
];
const URLS: &[&str] = &["url", "link", "href", "permalink", "sourceurl"];
const OUTLETS: &[&str] =
    &["outlet", "source", "publisher", "publication", "sourcename", "sitename", "newspaper", "domain", "site"];
const IDS: &[&str] = &["id", "docid", "articleid", "storyid", "uid", "guid", "uuid"];

/// One row: names of its fields with their values as text. Bytes, because tables come in all charsets.
pub(crate) struct Row {
    pub fields: Vec<(String, Vec<u8>)>,
}

/// What a row says: its text and what is told about it.
pub(crate) struct Filled {
    pub text: Vec<u8>,
    pub metadata: Metadata,
    pub notes: Vec<Note>,
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Row {
    fn named(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_slice())
    }

    /// The field that the user named, else the first of the usual names that is there and not blank.
    fn pick(&self, own: Option<&String>, usual: &[&str]) -> Option<&[u8]> {
        let filled = |v: &&[u8]| !v.iter().all(u8::is_ascii_whitespace);
        match own {
            Some(name) => self.named(name).filter(filled),
            None => usual.iter().find_map(|u| {
                self.fields.iter().find(|(n, v)| plain(n) == *u && filled(&v.as_slice())).map(|(_, v)| v.as_slice())
            }),
        }
    }

    fn words(&self, own: Option<&String>, usual: &[&str]) -> Option<String> {
        let text = String::from_utf8_lossy(self.pick(own, usual)?).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// Text and metadata of the row. With `brief`, a row without text but with a headline is a story that consists of its headline.
    ///
    /// # Errors
    /// Says which fields there are where none holds text.
    pub fn fill(&self, options: &Options, brief: bool) -> Result<Filled, String> {
        let mut notes = Vec::new();
        let text = match self.pick(options.text_field.as_ref(), TEXTS) {
            Some(text) => text,
            None => {
                let title = self.pick(options.title_field.as_ref(), TITLES).filter(|_| brief);
                let title = title.ok_or_else(|| self.no_text(options))?;
                notes.push(Note::new("title-only", "the row has a headline but no text; the headline is taken as the text"));
                title
            }
        };
        let date = self.words(options.date_field.as_ref(), DATES);
        let published = date.and_then(|d| day(&d, &mut notes));
        let metadata = Metadata {
            id: self.words(options.id_field.as_ref(), IDS),
            title: self.words(options.title_field.as_ref(), TITLES),
            published,
            outlet: self.words(options.outlet_field.as_ref(), OUTLETS),
            url: self.words(options.url_field.as_ref(), URLS),
            fallback: options.published,
        };
        Ok(Filled { text: text.to_vec(), metadata, notes })
    }

    fn no_text(&self, options: &Options) -> String {
        let seen: Vec<&str> = self.fields.iter().map(|(n, _)| n.as_str()).take(30).collect();
        let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
        match &options.text_field {
            Some(name) => format!("no text in a field `{name}`; fields seen: {seen}"),
            None => format!(
                "no text in a field text, body, content, article or story; fields seen: {seen}; name the right one with --text-field"
            ),
        }
    }
}

/// Reads a date of metadata, noting what cannot be read.
pub(crate) fn day(text: &str, notes: &mut Vec<Note>) -> Option<jiff::civil::Date> {
    let reading = parse_date(text);
    let shown: String = text.chars().take(60).collect();
    match reading {
        Reading::Day(_) => {}
        Reading::Ambiguous => {
            notes
                .push(Note::new("date-ambiguous", format!("`{shown}` fits two days, so it is not used; write it as YYYY-MM-DD")));
        }
        Reading::None => {
            notes.push(Note::new("date-unread", format!("`{shown}` is no date with a year; write it as YYYY-MM-DD")))
        }
    }
    reading.day()
}
