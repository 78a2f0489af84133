use crate::{
    Failure,
    credits::credits,
    debris::{Sheet, site_beside},
    decode::{NoText, decode},
    head::{Head, head},
    html,
    language::language,
    lines::{Line, fold, lines},
    markup,
};
use chancery_model::{Article, Byte, DateBasis, Media, Metadata, Note, Noted, Page, Published, Span, Struck};
use jiff::civil::Date;

/// Cuts the story out of a page.
///
/// The text of a plain or Markdown page is the decoded page itself, to the byte; of an HTML page it is the extracted main text. Notes tell of
/// a charset that had to be guessed (`invalid-utf8`, `charset`), another language (`language-not-english`), a date that fits two days
/// (`date-ambiguous`), differs from the text's (`date-differs`) or is nowhere to be found (`published-unknown`), and of HTML that was too
/// deep or too large for its structure to be used (`html-stripped`).
///
/// # Errors
/// `empty` for a page without a visible character, `binary` for one that is no text.
pub fn article(page: &Page) -> Result<Noted<Article>, Failure> {
    let mut notes = page.notes.clone();
    let refuse = |why: NoText| refusal(page, why);
    let (text, told) = match page.media {
        Media::Html => {
            let source = decode(&page.bytes, markup::charset(&page.bytes).as_deref(), &mut notes).map_err(refuse)?;
            let read = html::read(&source, &mut notes);
            (read.text, merge(&page.metadata, read.metadata))
        }
        Media::Text | Media::Markdown => (decode(&page.bytes, None, &mut notes).map_err(refuse)?, page.metadata.clone()),
    };
    if text.trim().is_empty() {
        return Err(Failure::new(&page.locator, "empty", "holds no main text; give the text of the story instead of its page"));
    }
    let told = if page.media == Media::Markdown { merge(&told, front_matter(&text)) } else { told };
    Ok(assemble(page, text, &told, notes))
}

fn refusal(page: &Page, why: NoText) -> Failure {
    match why {
        NoText::Empty => Failure::new(&page.locator, "empty", "is empty or holds only white space; nothing to read"),
        NoText::Binary(Some(kind)) => {
            Failure::new(&page.locator, "binary", format!("is a {kind}, no text; give its text as .txt, .md or .html"))
        }
        NoText::Binary(None) => Failure::new(&page.locator, "binary", "is binary, no text; give its text as .txt, .md or .html"),
    }
}

/// What is given beside the page goes before what stands in it.
fn merge(given: &Metadata, found: Metadata) -> Metadata {
    Metadata {
        id: given.id.clone(),
        title: given.title.clone().or(found.title),
        published: given.published.or(found.published),
        outlet: given.outlet.clone().or(found.outlet),
        url: given.url.clone().or(found.url),
        fallback: given.fallback.or(found.fallback),
    }
}

/// What a text alone gives.
pub(crate) struct Cut {
    pub head: Head,
    pub title: Option<Span<Byte>>,
    pub site: Option<(String, String)>,
    pub struck: Vec<Struck>,
}

/// Finds headline, head and debris of a text.
pub(crate) fn cut(text: &str) -> Cut {
    let lines = lines(text);
    let mut sheet = Sheet::new(&lines);
    let head = head(&sheet);
    let keep: Vec<usize> = head.outlet_line.into_iter().collect();
    sheet.strike_places(head.title, &keep);
    let title = head.title.and_then(|i| lines.get(i)).map(heading_span);
    let site = site(&sheet);
    let struck = sheet
        .struck
        .iter()
        .filter_map(|(i, reason)| Some(Struck { span: lines.get(*i)?.span, reason: (*reason).to_owned() }))
        .collect();
    Cut { head, title, site, struck }
}

/// A headline without Markdown's marks.
fn heading_span(line: &Line) -> Span<Byte> {
    let marks = line.text.len() - line.text.trim_start_matches(['#', ' ']).len();
    let end = line.text.trim_end_matches(['#', ' ']).len();
    if marks >= end { line.span } else { Span::new(line.span.start + marks, line.span.start + end) }
}

/// The name and address of the site where its foot spells both.
fn site(sheet: &Sheet) -> Option<(String, String)> {
    let foot =
        (0..sheet.lines.len()).rev().find(|i| sheet.struck.get(i) == Some(&"address") && site_beside(sheet, *i).is_some())?;
    let address = sheet.lines.iter().flat_map(Line::words).filter(|w| w.starts_with("http")).max_by_key(|w| w.len())?;
    Some((sheet.lines[foot].text.to_owned(), address.to_owned()))
}

fn assemble(page: &Page, text: String, told: &Metadata, mut notes: Vec<Note>) -> Noted<Article> {
    let cut = cut(&text);
    let (title, title_span) = title(&text, told.title.as_deref(), cut.title);
    let published = published(told, &cut.head, &mut notes);
    let (site, address) = cut.site.unzip();
    let mut article = Article {
        id: Article::id_of(&text, title.as_deref(), published.map(|p| p.date)),
        doc: page.doc.clone(),
        locator: page.locator.clone(),
        url: told.url.clone().or(address),
        title,
        title_span,
        outlet: told.outlet.clone().or(site).or(cut.head.outlet),
        byline: cut.head.byline,
        dateline: cut.head.dateline,
        published,
        credited: Vec::new(),
        language: String::new(),
        text,
        struck: cut.struck,
    };
    let mut stretches = article.story();
    // an agency's mark or "Reporting by" counts as credit though it is no story
    stretches
        .extend(article.struck.iter().filter(|s| matches!(s.reason.as_str(), "sign-off" | "byline" | "address")).map(|s| s.span));
    stretches.sort_by_key(|s| s.start);
    let own = article.outlet.clone();
    article.credited = credits(&article.text, &stretches).into_iter().filter(|c| Some(&c.name) != own.as_ref()).collect();
    let story: String = article.story().iter().map(|s| &article.text[s.range()]).collect();
    article.language = language(&story).to_owned();
    if article.language != "en" {
        let message = format!("the story is in another language ({}); it is kept, but not coded", article.language);
        notes.push(Note::new("language-not-english", message));
    }
    Noted { output: article, notes }
}

/// The headline that is given beside the text, and where it stands in the text if it does; else the text's own.
fn title(text: &str, given: Option<&str>, found: Option<Span<Byte>>) -> (Option<String>, Option<Span<Byte>>) {
    let own = found.map(|s| text[s.range()].to_owned());
    match given.map(str::trim).filter(|t| !t.is_empty()) {
        None => (own, found),
        Some(given) => {
            let span = found.filter(|s| fold(&text[s.range()]) == fold(given));
            (Some(given.to_owned()), span.or_else(|| line_equal(text, given)))
        }
    }
}

fn line_equal(text: &str, given: &str) -> Option<Span<Byte>> {
    let wanted = fold(given);
    lines(text).iter().take(8).find(|l| l.folded == wanted).map(|l| l.span)
}

/// The date told beside the text, else the one that the text states, else the one given for pages without any.
fn published(told: &Metadata, head: &Head, notes: &mut Vec<Note>) -> Option<Published> {
    if let Some(span) = head.ambiguous.filter(|_| head.published.is_none()) {
        let mut note =
            Note::new("date-ambiguous", "day and month of this date can be read either way, so it is not used; give --published");
        note.span = Some(span);
        notes.push(note);
    }
    match (told.published, head.published) {
        (Some(date), Some((stated, span))) if date == stated => {
            Some(Published { date, basis: DateBasis::Stated, span: Some(span) })
        }
        (Some(date), stated) => {
            if let Some((other, span)) = stated {
                notes.push(differs(date, other, span));
            }
            Some(Published { date, basis: DateBasis::Metadata, span: None })
        }
        (None, Some((date, span))) => Some(Published { date, basis: DateBasis::Stated, span: Some(span) }),
        (None, None) => fallback(told.fallback, notes),
    }
}

fn differs(date: Date, stated: Date, span: Span<Byte>) -> Note {
    let mut note = Note::new("date-differs", format!("the metadata say {date}, the text {stated}; the metadata are taken"));
    note.span = Some(span);
    note
}

fn fallback(date: Option<Date>, notes: &mut Vec<Note>) -> Option<Published> {
    if date.is_none() {
        let message = "neither text nor metadata state the day of publication; give --published DATE or a sidecar NAME.meta.json";
        notes.push(Note::new("published-unknown", message));
    }
    date.map(|date| Published { date, basis: DateBasis::Metadata, span: None })
}

/// Title, date, outlet and address of a front matter between `---` lines.
fn front_matter(text: &str) -> Metadata {
    let mut told = Metadata::default();
    let mut rows = text.lines();
    if rows.next().map(str::trim_end) == Some("---") {
        for row in rows.take_while(|r| r.trim_end() != "---").take(60) {
            let Some((key, value)) = row.split_once(':') else { continue };
            let value = value.trim().trim_matches(['"', '\'']);
            if value.is_empty() {
                continue;
            }
            match key.trim() {
                "title" => told.title = Some(value.to_owned()),
                "date" | "published" => told.published = crate::parse_date(value).day(),
                "outlet" | "source" | "publisher" => told.outlet = Some(value.to_owned()),
                "url" | "link" => told.url = Some(value.to_owned()),
                _ => {}
            }
        }
    }
    told
}
