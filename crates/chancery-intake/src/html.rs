//! Main text and metadata of an HTML page.

use crate::{
    dates::parse_date,
    markup::{Token, attribute, depth, entities, strip, tokens},
};
use chancery_model::{Metadata, Note};
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;
use serde_json::Value;

/// What a page gives.
pub(crate) struct Read {
    pub text: String,
    pub metadata: Metadata,
}

/// Elements may nest this deep before the tree is not built: building and walking it recurses.
const DEEPEST: usize = 400;
/// Larger pages are read without a tree, which takes many times their size.
const LARGEST: usize = 8 << 20;

/// Reads a page: main text by a readability measure, or all text where no tree can be built or nothing is found.
pub(crate) fn read(html: &str, notes: &mut Vec<Note>) -> Read {
    let mut metadata = metadata(html);
    let deep = depth(html);
    if deep > DEEPEST || html.len() > LARGEST {
        let message = format!("{deep} elements deep and {} bytes long: read as plain text without its structure", html.len());
        notes.push(Note::new("html-stripped", message));
        return Read { text: strip(html), metadata };
    }
    let (text, title) = main_text(html).unwrap_or_default();
    metadata.title = metadata.title.or(title);
    let text = if text.trim().is_empty() { strip(html) } else { text };
    Read { text, metadata }
}

/// The main text with a line per block, and the title. A panic in the library is taken as nothing found.
fn main_text(html: &str) -> Option<(String, Option<String>)> {
    let parse = || {
        let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
        let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
        let title = Some(article.title.trim().to_owned()).filter(|t| !t.is_empty());
        Some((article.text_content.to_string(), title))
    };
    std::panic::catch_unwind(parse).ok().flatten()
}

/// What the head of a page and its time elements tell.
#[derive(Default)]
struct Told {
    og_title: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    site: Option<String>,
    url: Option<String>,
    /// Days with how much they are worth: lower is better.
    days: Vec<(u8, Date)>,
    linked: Linked,
}

/// What linked data (JSON-LD) tell.
#[derive(Default)]
struct Linked {
    headline: Option<String>,
    publisher: Option<String>,
}

/// Names of meta elements that give the day of publication, best first.
const DATE_NAMES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article.published",
    "published-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "date",
    "created",
    "article:post_date",
    "datecreated",
    "rnews:datepublished",
];

fn metadata(html: &str) -> Metadata {
    let mut told = Told::default();
    let mut inside = String::new();
    for token in tokens(html) {
        match token {
            Token::Tag { name, attributes } => {
                told.tag(&name, attributes);
                inside =
                    if name == "script" && !attributes.to_ascii_lowercase().contains("ld+json") { String::new() } else { name };
            }
            Token::Text(text) => told.text(&inside, text),
        }
    }
    let days = &mut told.days;
    days.sort_by_key(|(worth, _)| *worth);
    let published = days.first().map(|d| d.1).or_else(|| told.url.as_deref().and_then(day_of_address));
    Metadata {
        title: told
            .linked
            .headline
            .or(told.og_title)
            .or(told.title)
            .map(|t| headline(&t, told.heading.as_deref(), told.site.as_deref())),
        published,
        outlet: told.site.or(told.linked.publisher),
        url: told.url,
        ..Metadata::default()
    }
}

impl Told {
    fn tag(&mut self, name: &str, attributes: &str) {
        match name {
            "meta" => self.meta(attributes),
            "link" if attribute(attributes, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                self.url = attribute(attributes, "href").filter(|h| h.starts_with("http")).or(self.url.take());
            }
            "time" => {
                let published = attributes.contains("pubdate") || attributes.to_ascii_lowercase().contains("publish");
                let day = attribute(attributes, "datetime").and_then(|d| parse_date(&d).day());
                self.days.extend(day.map(|d| (if published { 40 } else { 50 }, d)));
            }
            "abbr" if attributes.contains("published") => {
                self.days.extend(attribute(attributes, "title").and_then(|d| parse_date(&d).day()).map(|d| (45, d)));
            }
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &str) {
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|k| attribute(attributes, k));
        let (Some(key), Some(content)) = (key, attribute(attributes, "content").filter(|c| !c.is_empty())) else { return };
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "og:title" | "twitter:title" => self.og_title = self.og_title.take().or(Some(content)),
            "og:site_name" => self.site = self.site.take().or(Some(content)),
            "og:url" if content.starts_with("http") => self.url = self.url.take().or(Some(content)),
            _ => {
                let worth = DATE_NAMES.iter().position(|n| *n == key).and_then(|p| u8::try_from(p).ok());
                self.days.extend(worth.zip(parse_date(&content).day()).map(|(w, d)| (w + 1, d)));
            }
        }
    }

    fn text(&mut self, inside: &str, text: &str) {
        match inside {
            "title" => self.title = self.title.take().or_else(|| line(text)),
            "h1" => self.heading = self.heading.take().or_else(|| line(text)),
            "script" => {
                if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
                    self.linked_data(&value, 0);
                }
            }
            _ => {}
        }
    }

    /// Walks linked data: objects, lists and graphs, four levels at most.
    fn linked_data(&mut self, value: &Value, level: usize) {
        if level > 4 {
            return;
        }
        match value {
            Value::Array(list) => list.iter().take(50).for_each(|v| self.linked_data(v, level + 1)),
            Value::Object(map) => {
                let kind = map.get("@type").map(|t| t.to_string()).unwrap_or_default();
                if ["Article", "NewsArticle", "BlogPosting", "Report"].iter().any(|k| kind.contains(k)) {
                    let get = |k: &str| map.get(k).and_then(Value::as_str);
                    self.days.extend(get("datePublished").and_then(|d| parse_date(d).day()).map(|d| (0, d)));
                    self.linked.headline = self.linked.headline.take().or_else(|| get("headline").and_then(line));
                    let publisher = map.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str);
                    self.linked.publisher = self.linked.publisher.take().or_else(|| publisher.and_then(line));
                }
                map.get("@graph").into_iter().for_each(|g| self.linked_data(g, level + 1));
                map.get("mainEntity").into_iter().for_each(|g| self.linked_data(g, level + 1));
            }
            _ => {}
        }
    }
}

/// On one line, entities read, or nothing.
fn line(text: &str) -> Option<String> {
    let text = entities(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A title without the site's name: what the first heading says if the title begins with it, else up to a bar or dash before the site's name.
fn headline(title: &str, heading: Option<&str>, site: Option<&str>) -> String {
    if let Some(heading) = heading.filter(|h| h.len() >= 15 && title.starts_with(*h)) {
        return heading.to_owned();
    }
    for mark in [" | ", " – ", " — ", " - ", " » ", " :: "] {
        if let Some((left, right)) = title.rsplit_once(mark) {
            let named = site.is_some_and(|s| s.eq_ignore_ascii_case(right.trim()));
            if left.split_whitespace().count() >= 3 && (named || mark == " | " && right.split_whitespace().count() <= 4) {
                return left.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// `/2016/03/28/` inside an address.
fn day_of_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split('/').collect();
    parts.windows(3).find_map(|w| {
        let number = |i: usize, len: std::ops::RangeInclusive<usize>| {
            if len.contains(&w[i].len()) { w[i].parse::<i16>().ok() } else { None }
        };
        let (y, m, d) = (number(0, 4..=4)?, number(1, 1..=2)?, number(2, 1..=2)?);
        if !(1990..2100).contains(&y) {
            return None;
        }
        Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Envoys meet in Geneva for talks | The Lake Courier</title>
<meta property="og:site_name" content="The Lake Courier"><link rel="canonical" href="https://lake.example/2016/03/28/envoys">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Envoys meet in Geneva for talks",
"datePublished":"2016-03-28T10:00:00Z"}]}</script></head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Envoys meet in Geneva for talks</h1><p>Envoys of the two states met in Geneva on Monday for a third round of talks, the Swiss
foreign ministry said, and agreed to go on for two more days.</p><p>The delegations spoke about the exchange of prisoners, the opening of two
roads and the delivery of food to besieged towns, according to diplomats who asked not to be named.</p><p>It was the first meeting since
the truce broke down in January, and both sides said that they wanted to restore it before the summer.</p></article>
<footer>© The Lake Courier</footer></body></html>"#;

    #[test]
    fn reads_a_page() {
        let mut notes = Vec::new();
        let read = read(PAGE, &mut notes);
        assert!(notes.is_empty());
        assert!(read.text.contains("third round of talks") && read.text.contains("restore it before the summer."));
        assert!(!read.text.contains("Home") && !read.text.contains('©'), "{}", read.text);
        assert_eq!(read.metadata.title.as_deref(), Some("Envoys meet in Geneva for talks"));
        assert_eq!(read.metadata.published, Some(Date::constant(2016, 3, 28)));
        assert_eq!(read.metadata.outlet.as_deref(), Some("The Lake Courier"));
        assert_eq!(read.metadata.url.as_deref(), Some("https://lake.example/2016/03/28/envoys"));
    }

    #[test]
    fn deep_pages_are_stripped() {
        let mut notes = Vec::new();
        let html = format!("{}<p>Envoys met in Geneva.</p>{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
        assert_eq!(read(&html, &mut notes).text, "Envoys met in Geneva.");
        assert_eq!(notes[0].code, "html-stripped");
    }

    #[test]
    fn pages_at_the_limit_fit_a_small_stack() {
        let html = format!("{}<p>Envoys met in Geneva.</p>{}", "<div>".repeat(390), "</div>".repeat(390));
        let small = std::thread::Builder::new().stack_size(1 << 20);
        let text = small.spawn(move || read(&html, &mut Vec::new()).text).expect("a thread").join().expect("no overflow");
        assert!(text.contains("Envoys met in Geneva."));
    }

    #[test]
    fn days_of_addresses() {
        assert_eq!(day_of_address("https://a.example/news/2016/3/28/x"), Some(Date::constant(2016, 3, 28)));
        assert_eq!(day_of_address("https://a.example/article/309076/x"), None);
    }
}
