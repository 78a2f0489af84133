use whatlang::Lang;

/// The language of a story as an ISO 639-1 code, or 639-3 where there is no shorter one. English is taken where the text is too short
/// or the guess is not reliable.
pub(crate) fn language(story: &str) -> &'static str {
    let sample = prefix(story, 3000);
    if english(sample) {
        return "en";
    }
    match whatlang::detect(sample) {
        Some(info) if info.is_reliable() && (sample.len() >= 200 || info.script() != whatlang::Script::Latin) => {
            code(info.lang())
        }
        _ => "en",
    }
}

/// Whether at least one word of twelve is one of the commonest of English, which names in a text do not hide, or one of five is a figure,
/// so that the letters tell little.
fn english(sample: &str) -> bool {
    let (mut all, mut common, mut figures) = (0usize, 0usize, 0usize);
    for word in sample.split_whitespace() {
        all += 1;
        figures += usize::from(word.bytes().any(|b| b.is_ascii_digit()));
        common += usize::from(matches!(
            word,
            "the" | "The" | "of" | "and" | "to" | "that" | "said" | "with" | "was" | "for" | "from" | "by"
        ));
    }
    all >= 20 && common * 12 >= all || figures * 5 >= all
}

fn prefix(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn code(lang: Lang) -> &'static str {
    const SHORT: &[(&str, &str)] = &[
        ("eng", "en"),
        ("fra", "fr"),
        ("deu", "de"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("pol", "pl"),
        ("tur", "tr"),
        ("ara", "ar"),
        ("pes", "fa"),
        ("heb", "he"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("hin", "hi"),
        ("urd", "ur"),
        ("nld", "nl"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("bul", "bg"),
        ("mkd", "mk"),
        ("ron", "ro"),
        ("hun", "hu"),
        ("ell", "el"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("cat", "ca"),
        ("vie", "vi"),
        ("ind", "id"),
        ("tha", "th"),
        ("ben", "bn"),
        ("tam", "ta"),
        ("tel", "te"),
        ("mar", "mr"),
        ("guj", "gu"),
        ("pan", "pa"),
        ("aze", "az"),
        ("kat", "ka"),
        ("hye", "hy"),
        ("uzb", "uz"),
        ("tuk", "tk"),
        ("bel", "be"),
        ("afr", "af"),
        ("epo", "eo"),
        ("tgl", "tl"),
        ("jav", "jv"),
        ("yid", "yi"),
        ("amh", "am"),
        ("nep", "ne"),
        ("sin", "si"),
        ("mya", "my"),
        ("khm", "km"),
        ("kan", "kn"),
        ("mal", "ml"),
        ("ori", "or"),
        ("lat", "la"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("cym", "cy"),
    ];
    let long = lang.code();
    SHORT.iter().find(|(l, _)| *l == long).map_or(long, |(_, s)| s)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages() {
        assert_eq!(language("Talks on Syria"), "en");
        assert_eq!(language("Министр иностранных дел России провёл переговоры с иранским коллегой в Москве."), "ru");
        let french = "Le ministre des Affaires étrangères a rencontré son homologue à Paris pour discuter de la situation dans la région. ".repeat(3);
        assert_eq!(language(&french), "fr");
        let english =
            "The foreign minister met his counterpart in Paris to discuss the situation in the region, the ministry said. "
                .repeat(3);
        assert_eq!(language(&english), "en");
    }
}
