//! The publication date from the text's own evidence, where nothing beside the text gives it.
//!
//! Two kinds of evidence leave no choice: a day of writing that the text itself names ("today, 24 September 2015"), and a dateline's month
//! and day whose year the same news states ("LONDON, 24 Sep – … on 22 September 2015"), with no weekday against it.

use super::days::{distance, plus_days};
use super::words::{Sense, sense};
use chancery_model::{Article, DateBasis, DatePrecision, Document, Published, Span, Time};
use jiff::civil::Date;

/// Publication date inferred from the text where its evidence leaves no choice, else `None`; its basis is always `Inferred`.
pub fn infer_published(article: &Article, document: &Document) -> Option<Published> {
    if article.published.is_some() {
        return article.published.filter(|p| p.basis == DateBasis::Inferred);
    }
    let times = super::times(article, document);
    let dated = dated(&times);
    named_today(document, &times).or_else(|| dateline(article, document, &dated))
}

/// Expressions that give a day with its year.
fn dated(times: &[Time]) -> Vec<(Date, Span<chancery_model::Token>)> {
    times
        .iter()
        .filter(|t| t.precision == DatePrecision::Day && t.basis == DateBasis::Stated)
        .filter_map(|t| t.days.map(|d| (d.0, t.tokens)))
        .collect()
}

/// "today, 24 September 2015", "yesterday (23 September 2015)".
fn named_today(document: &Document, times: &[Time]) -> Option<Published> {
    let mut found: Option<(Date, Span<chancery_model::Token>)> = None;
    for pair in times.windows(2) {
        let shift =
            match pair[0].tokens.range().map(|i| document.words[i].text.to_lowercase()).collect::<Vec<_>>().join(" ").as_str() {
                "today" => 0,
                "yesterday" => 1,
                "tomorrow" => -1,
                _ => continue,
            };
        let gap = pair[0].tokens.end..pair[1].tokens.start;
        let close = gap.len() <= 1 && gap.clone().all(|i| matches!(document.words[i].text.as_str(), "," | "(" | "-" | "–" | "—"));
        let Some(((day, _), true)) = pair[1].days.zip(Some(close && pair[1].precision == DatePrecision::Day)) else { continue };
        let at = plus_days(day, shift);
        // two that differ settle nothing
        if found.is_some_and(|(d, _)| d != at) {
            return None;
        }
        found = Some((at, pair[1].tokens));
    }
    found.map(|(date, tokens)| Published { date, basis: DateBasis::Inferred, span: Some(document.bytes(tokens)) })
}

/// How many days a news text may lie behind the days with a year that it tells as its news.
const NEWS: i64 = 31;

/// A dateline's month and day in the year that the text's own dates give it.
fn dateline(article: &Article, document: &Document, dated: &[(Date, Span<chancery_model::Token>)]) -> Option<Published> {
    let line = article.dateline.as_ref()?;
    let (month, day) = month_and_day(line.date_text.as_deref()?)?;
    let mut years: Vec<i16> = Vec::new();
    for (told, _) in dated {
        for y in [told.year(), told.year().saturating_add(1)] {
            let Ok(at) = Date::new(y, month, day) else { continue };
            if (0..=NEWS).contains(&distance(*told, at)) && !years.contains(&y) {
                years.push(y);
            }
        }
    }
    let [year] = years.as_slice() else { return None };
    let date = Date::new(*year, month, day).ok()?;
    // a text does not tell as past what comes long after it
    let later = dated.iter().any(|(d, _)| distance(date, *d) > NEWS);
    let agrees = weekday_beside(document, line.span).is_none_or(|w| w == date.weekday().to_monday_one_offset());
    (!later && agrees).then_some(Published { date, basis: DateBasis::Inferred, span: Some(line.span) })
}

/// "24 Sep", "September 24".
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (mut month, mut day) = (None, None);
    for piece in text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        if let Sense::Month(m) = sense(&piece.to_lowercase()) {
            month = Some(m as i8);
        } else if let Ok(n) = piece.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i8>() {
            day = day.or(Some(n).filter(|n| (1..=31).contains(n)));
        }
    }
    month.zip(day)
}

/// The weekday that the dateline itself names.
fn weekday_beside(document: &Document, span: Span<chancery_model::Byte>) -> Option<i8> {
    document.tokens(span).range().find_map(|i| match sense(&document.words[i].text.to_lowercase()) {
        Sense::Weekday(w) => Some(w as i8),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::{Dateline, Rel, Sentence, Upos, Word};
    use jiff::civil::date;

    fn article(text: &str, dateline: Option<&str>) -> Article {
        let line = dateline.map(|d| Dateline {
            span: Span::new(0, text.find('-').unwrap_or(0)),
            place: None,
            date_text: Some(d.to_owned()),
        });
        Article { dateline: line, ..Article::bare("", text) }
    }

    fn document(text: &str) -> Document {
        let mut out = Document::default();
        let mut open = 0;
        for word in text.split(' ') {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            let span = Span::new(at, at + word.len());
            let (text, lemma) = (word.to_owned(), word.to_lowercase());
            out.words.push(Word { span, text, lemma, upos: Upos::X, xpos: "", head: None, rel: Rel::Dep });
            if word == "." {
                let tokens = Span::new(open, out.words.len());
                out.sentences.push(Sentence {
                    tokens,
                    span: Span::new(out.words[open].span.start, span.end),
                    paragraph: 0,
                    heading: false,
                });
                open = out.words.len();
            }
        }
        out
    }

    fn inferred(text: &str, dateline: Option<&str>) -> Option<Date> {
        let found = infer_published(&article(text, dateline), &document(text));
        assert!(found.is_none_or(|p| p.basis == DateBasis::Inferred));
        found.map(|p| p.date)
    }

    #[test]
    fn certain() {
        let told = "LONDON , 24 Sep - The pair met on 22 September 2015 in Doha .";
        assert_eq!(inferred(told, Some("24 Sep")), Some(date(2015, 9, 24)));
        let told = "LONDON , Thursday 24 Sep - The pair met on 22 September 2015 in Doha .";
        assert_eq!(inferred(told, Some("Thursday 24 Sep")), Some(date(2015, 9, 24)));
        let told = "LONDON , 2 Jan - The pair met on 29 December 2015 in Doha .";
        assert_eq!(inferred(told, Some("2 Jan")), Some(date(2016, 1, 2)));
        let told = "The council met today , 24 September 2015 , in New York .";
        assert_eq!(inferred(told, None), Some(date(2015, 9, 24)));
        let told = "The council met yesterday ( 23 September 2015 ) in New York .";
        assert_eq!(inferred(told, None), Some(date(2015, 9, 24)));
    }

    #[test]
    fn uncertain() {
        // no year, a year too far off, two years, the wrong weekday
        assert_eq!(inferred("LONDON , 24 Sep - The pair met on Tuesday .", Some("24 Sep")), None);
        assert_eq!(inferred("LONDON , 24 Sep - The war began on 15 March 2011 .", Some("24 Sep")), None);
        assert_eq!(inferred("LONDON , 24 Sep - They met on 22 September 2015 , as on 21 September 2014 .", Some("24 Sep")), None);
        assert_eq!(inferred("LONDON , Monday 24 Sep - They met on 22 September 2015 .", Some("Monday 24 Sep")), None);
        assert_eq!(inferred("The war began in 2011 and goes on today .", None), None);
    }
}
