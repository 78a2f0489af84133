//! Rows of a text, the words that tell an event in it, its type, and what is wanted of that event; shared by the tests of days and places.

use chancery_lexicon::Lexicon;
use chancery_model::{Article, Document, EventType, Findings, Media, Metadata, Page};

/// A text as a page, published on that day.
pub fn page(text: &str, published: Option<&str>) -> Page {
    let metadata = Metadata { published: published.and_then(|p| p.parse().ok()), ..Metadata::default() };
    Page { locator: "case".into(), doc: "case".into(), media: Media::Text, bytes: text.into(), metadata, notes: Vec::new() }
}

/// What is asked of an event of that type in a text that has been read, given where its trigger stands.
pub fn asked<T>(
    (text, trigger, event): (&str, &str, &str),
    published: Option<&str>,
    ask: impl FnOnce(&Article, &Document, &Findings, &Lexicon, EventType, usize) -> T,
) -> T {
    let article = chancery_intake::article(&page(text, published)).expect("an article").output;
    let document = chancery_text::read(&article, chancery_text::Model::builtin()).output;
    let lexicon = Lexicon::builtin();
    let findings = chancery_resolve::resolve(&article, &document, lexicon);
    let at = article.text.rfind(trigger).expect("the trigger is in the text");
    ask(&article, &document, &findings, lexicon, event.parse().expect("a type"), at)
}

/// Fails with every row for which something else is found.
pub fn all_as_wanted(rows: &[(&str, &str, &str, &str)], found: impl Fn(&str, &str, &str) -> String) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, trigger, event, wanted)| (text, wanted, found(text, trigger, event)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(text, wanted, found)| format!("{text}\n    {found} instead of {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
