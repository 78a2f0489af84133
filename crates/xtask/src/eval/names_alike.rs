//! When two names are one, by the rule of `score.py`.

/// The words of a name as they are compared.
fn words(name: &str) -> Vec<String> {
    let folded = chancery_lexicon::fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !["the", "a", "an", "of"].contains(w));
    words.map(str::to_owned).collect()
}

/// Equal, or the same last word, or one inside the other; long stretches of text never match.
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() || a.len() > 10 || b.len() > 10 {
        return false;
    }
    a == b || a.last() == b.last() || a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn last_words_and_parts_are_enough() {
        assert!(same_name("Sergey Lavrov", "Lavrov") && same_name("the United Nations", "United Nations"));
        assert!(!same_name("Vladimir Putin", "Hassan Rouhani") && !same_name("", "Putin"));
    }
}
