use crate::shown;
use chancery_model::{Article, Byte, Span};

/// The words of a sentence, cut to about `most` characters around what it is quoted for; control characters and runs of blanks become a space.
///
/// ```
/// use chancery::{quote, model::Span};
/// let text = "On Sunday, after long talks, Iran criticised Moscow for having told the press of the flights from Hamadan.";
/// let words = text.find("criticised").unwrap();
/// let cut = quote(text, Span::new(0, text.len()), Span::new(words, words + 10), 40);
/// assert_eq!(cut, "… talks, Iran criticised Moscow for …");
/// ```
pub fn quote(text: &str, sentence: Span<Byte>, words: Span<Byte>, most: usize) -> String {
    let Some(whole) = text.get(sentence.range()) else { return String::new() };
    if whole.chars().count() <= most {
        return tidy(whole);
    }
    let words = if sentence.covers(words) { words } else { Span::new(sentence.start, sentence.start) };
    let Some(core) = text.get(words.range()) else { return tidy(whole) };
    let spare = most.saturating_sub(core.chars().count());
    let before = &text[sentence.start..words.start];
    let after = &text[words.end..sentence.end];
    let lead = (spare / 2).max(spare.saturating_sub(after.chars().count()));
    let from = before.char_indices().rev().nth(lead.saturating_sub(1)).map_or(0, |(at, _)| at);
    // Whole words only.
    let from =
        if from == 0 || lead == 0 { from } else { before[from..].find(char::is_whitespace).map_or(before.len(), |i| from + i) };
    let from = if lead == 0 { before.len() } else { from };
    let trail = spare.saturating_sub(before[from..].chars().count());
    let to = after.char_indices().nth(trail).map_or(after.len(), |(at, _)| at);
    let to = if to == after.len() { to } else { after[..to].rfind(char::is_whitespace).unwrap_or(0) };
    let (head, tail) = (if from > 0 { "… " } else { "" }, if to < after.len() { " …" } else { "" });
    format!("{head}{}{tail}", tidy(&format!("{}{core}{}", &before[from..], &after[..to])))
}

/// A sentence that is quoted for some of its words.
pub fn quoted(article: &Article, sentence: Span<Byte>, words: Span<Byte>, most: usize) -> String {
    quote(&article.text, sentence, words, most)
}

fn tidy(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_what_they_are_quoted_for() {
        let text = "é ü “a” ".repeat(30) + "criticised" + &" ö “b” é".repeat(30);
        let at = text.find("criticised").unwrap_or(0);
        for most in [0, 1, 5, 12, 40, 100, 400] {
            for words in [Span::new(at, at + 10), Span::new(0, 2), Span::new(text.len() - 2, text.len())] {
                let cut = quote(&text, Span::new(0, text.len()), words, most);
                assert!(cut.contains(&text[words.range()]), "{most} {cut}");
                assert!(cut.chars().count() <= most.max(10) + 4, "{most} {cut}");
            }
        }
        assert_eq!(quote("é", Span::new(1, 2), Span::new(0, 0), 9), "");
    }
}
