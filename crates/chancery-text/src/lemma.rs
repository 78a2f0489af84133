//! Word and tag → dictionary form: a list of what rules get wrong, then rules for the endings.
//!
//! ```
//! use chancery_model::Upos;
//! use chancery_text::lemma::lemma;
//! assert_eq!(lemma("denied", Upos::Verb, "VBD"), "deny");
//! assert_eq!(lemma("Militiamen", Upos::Noun, "NNS"), "militiaman");
//! assert_eq!(lemma("Talks", Upos::Propn, "NNPS"), "Talk");
//! ```

use chancery_model::Upos;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// `form TAB tag TAB lemma`, sorted by form and tag; written by `training/lemmas.py`.
const EXCEPTIONS: &str = include_str!("../data/lemmas.txt");
/// Base forms of verbs, sorted; they decide whether "-ing" and "-ed" hide an e or a doubled letter.
const VERBS: &str = include_str!("../data/verbs.txt");

/// Strong verbs, one a line: base, past, participle (`-` where regular).
const STRONG: &str = include_str!("../data/irregular.txt");

/// Nouns whose plural hides the singular: plural, singular; sorted.
const PLURALS: &[(&str, &str)] = &[
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("bases", "base"),
    ("calves", "calf"),
    ("children", "child"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("halves", "half"),
    ("headquarters", "headquarters"),
    ("hypotheses", "hypothesis"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("oxen", "ox"),
    ("parentheses", "parenthesis"),
    ("phenomena", "phenomenon"),
    ("politics", "politics"),
    ("scarves", "scarf"),
    ("series", "series"),
    ("sheaves", "sheaf"),
    ("shelves", "shelf"),
    ("statistics", "statistics"),
    ("synopses", "synopsis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("thieves", "thief"),
    ("ties", "tie"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("zombies", "zombie"),
];

/// Clitics written without their apostrophe, with their tag and lemma.
const BARE: &[(&str, &str, &str)] = &[
    ("s", "VBZ", "be"),
    ("s", "POS", "'s"),
    ("m", "VBP", "be"),
    ("re", "VBP", "be"),
    ("ve", "VBP", "have"),
    ("ve", "VB", "have"),
    ("ll", "MD", "will"),
    ("nt", "RB", "not"),
    ("d", "MD", "would"),
];

/// The dictionary form of a word with its tags: lower case, except for names and what is always capitalised.
pub fn lemma(form: &str, upos: Upos, xpos: &str) -> String {
    exception(form, upos, xpos).map_or_else(|| by_rule(form, upos, xpos), str::to_owned)
}

/// The listed lemma, if any: names are looked up as written, other words in lower case.
fn exception(form: &str, upos: Upos, xpos: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(&str, &str, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let fields = |l: &'static str| {
            let mut f = l.split('\t');
            Some((f.next()?, f.next()?, f.next()?))
        };
        EXCEPTIONS.lines().filter_map(fields).collect()
    });
    let form = key(form, upos, xpos);
    table.binary_search_by(|(f, x, _)| (*f, *x).cmp(&(&form, xpos))).ok().map(|i| table[i].2)
}

/// How a form is listed: typographic apostrophes made plain, in lower case unless it is a name.
fn key(form: &str, upos: Upos, xpos: &str) -> String {
    let plain = form.replace(['’', '‘', '`'], "'");
    if upos == Upos::Propn || xpos.starts_with("NNP") { plain } else { plain.to_lowercase() }
}

fn is_verb(base: &str) -> bool {
    static TABLE: OnceLock<Vec<&str>> = OnceLock::new();
    TABLE.get_or_init(|| VERBS.lines().collect()).binary_search(&base).is_ok()
}

/// The lemma by rules alone; what `training/lemmas.py` checks to find the exceptions.
pub fn by_rule(form: &str, upos: Upos, xpos: &str) -> String {
    if xpos == "CD" && form.starts_with(|c: char| c.is_ascii_digit()) {
        return form.replace(',', "");
    }
    if matches!(upos, Upos::Punct | Upos::Sym | Upos::X) || !form.chars().any(char::is_alphabetic) {
        return form.to_owned();
    }
    let name = upos == Upos::Propn || xpos.starts_with("NNP");
    if name && form.chars().all(char::is_lowercase) {
        return without_name_plural(capitalised(form), xpos);
    }
    let letter = form.chars().nth(1).is_none() && xpos == "NN";
    let word = if name || letter { form.to_owned() } else { form.replace('’', "'").to_lowercase() };
    if let Some((_, _, found)) = BARE.iter().find(|(f, x, _)| *f == word && *x == xpos) {
        return (*found).to_owned();
    }
    if name {
        return without_name_plural(word, xpos);
    }
    if let Some(found) = strong(&word, xpos) {
        return found.to_owned();
    }
    match xpos {
        "NNS" => match PLURALS.binary_search_by(|(p, _)| (*p).cmp(word.as_str())) {
            Ok(i) => PLURALS[i].1.to_owned(),
            Err(_) => without_s(&word),
        },
        "VBZ" => without_s(&word),
        "VBG" => base(&word, "ing"),
        "VBD" | "VBN" => base(&word, "ed"),
        "JJR" | "RBR" => positive(&word, "er"),
        "JJS" | "RBS" => positive(&word, "est"),
        _ => word,
    }
}

fn without_name_plural(word: String, xpos: &str) -> String {
    if xpos == "NNPS" { without_s(&word) } else { word }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// The base of a strong verb's past or participle.
fn strong(word: &str, xpos: &str) -> Option<&'static str> {
    static TABLE: OnceLock<BTreeMap<(&str, bool), &str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = BTreeMap::new();
        for line in STRONG.lines() {
            let mut forms = line.split(' ');
            if let (Some(base), Some(past), Some(participle)) = (forms.next(), forms.next(), forms.next()) {
                table.insert((past, false), base);
                table.insert((participle, true), base);
            }
        }
        table
    });
    matches!(xpos, "VBD" | "VBN").then(|| table.get(&(word, xpos == "VBN")).copied()).flatten()
}

/// Plural of nouns and third person of verbs.
fn without_s(word: &str) -> String {
    let cut = |ending: &str, add: &str| word.strip_suffix(ending).filter(|s| s.len() > 1).map(|s| format!("{s}{add}"));
    if word.ends_with("ss") || word.ends_with("us") && word.len() > 3 {
        return word.to_owned();
    }
    for (ending, add) in [
        ("ies", "y"),
        ("IES", "Y"),
        ("'s", ""),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("zzes", "zz"),
        ("oes", "o"),
        ("men", "man"),
        ("s", ""),
        ("S", ""),
    ] {
        if let Some(found) = cut(ending, add) {
            return found;
        }
    }
    word.to_owned()
}

/// The base of a verb form in "-ing" or "-ed".
fn base(word: &str, ending: &str) -> String {
    let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 1 && s.chars().any(is_vowel)) else { return word.to_owned() };
    let with_e = format!("{stem}e");
    let mut letters = stem.chars().rev();
    let (last, second, third) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    let doubled = last == second && !is_vowel(last);
    let single = &stem[..stem.len() - last.len_utf8()];
    if ending == "ed" && last == 'i' && !is_vowel(second) {
        return format!("{single}y");
    }
    // a verb with a prefix or hyphen is judged by its last part
    let known = |w: &str| {
        is_verb(w)
            || ["re", "un", "over", "mis", "dis", "out", "pre", "co"]
                .iter()
                .any(|p| w.strip_prefix(p).is_some_and(|r| is_verb(r.trim_start_matches('-'))))
    };
    if known(stem) && !known(&with_e) {
        return stem.to_owned();
    }
    if known(&with_e) {
        return with_e;
    }
    // "panicked": the k only keeps the c hard
    if stem.ends_with("ick") && stem.len() > 5 {
        return single.to_owned();
    }
    if doubled && (known(single) || !matches!(last, 'l' | 's' | 'z' | 'f')) {
        return single.to_owned();
    }
    if takes_e(stem, last, second, third) { with_e } else { stem.to_owned() }
}

/// Whether an unknown stem ends like a verb in silent e: "-at", "-iz", "-v", "-c", "-g" after a vowel, consonant + "l" or "r".
fn takes_e(stem: &str, last: char, second: char, third: char) -> bool {
    let one_vowel = is_vowel(second) && !is_vowel(third);
    match last {
        'v' | 'c' | 'u' => true,
        'z' => second != 'z',
        's' => second != 's' && (second != 'u' || third != 'c') && (is_vowel(second) || matches!(second, 'n' | 'r' | 'l')),
        'g' => matches!(second, 'd' | 'r') || one_vowel || second == 'n' && matches!(third, 'a' | 'e') && stem.len() > 3,
        't' => stem.len() > 3 && one_vowel && matches!(second, 'a' | 'u' | 'o'),
        'l' => !is_vowel(second) && !matches!(second, 'l' | 'r' | 'w'),
        'r' => one_vowel && matches!(second, 'i' | 'u' | 'a') || matches!(second, 't' | 'b'),
        'd' | 'k' | 'm' | 'n' | 'p' => {
            one_vowel && matches!(second, 'i' | 'u' | 'a' | 'o') && stem.len() <= 6 && !(last == 'n' && second == 'o')
        }
        _ => false,
    }
}

/// The base of a comparative or superlative.
fn positive(word: &str, ending: &str) -> String {
    let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 2) else { return word.to_owned() };
    let mut letters = stem.chars().rev();
    let (last, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    let single = &stem[..stem.len() - last.len_utf8()];
    match last {
        'i' => format!("{single}y"),
        _ if last == second && !is_vowel(last) && !matches!(last, 'l' | 's') => single.to_owned(),
        'g' if second == 'n' => {
            if stem.len() > 5 && stem.ends_with("rang") {
                format!("{stem}e")
            } else {
                stem.to_owned()
            }
        }
        'c' | 'v' | 's' | 'u' | 'g' if last != 's' || second != 's' => format!("{stem}e"),
        'l' if !is_vowel(second) && second != 'l' => format!("{stem}e"),
        _ => stem.to_owned(),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_sorted() {
        let rows: Vec<(&str, &str)> =
            EXCEPTIONS.lines().filter_map(|l| l.split_once('\t').and_then(|(f, r)| Some((f, r.split_once('\t')?.0)))).collect();
        assert!(rows.len() > 1000 && rows.windows(2).all(|w| w[0] < w[1]));
        let verbs: Vec<&str> = VERBS.lines().collect();
        assert!(verbs.len() > 1000 && verbs.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn plurals_are_sorted() {
        assert!(PLURALS.windows(2).all(|w| w[0].0 < w[1].0));
    }

    #[test]
    fn endings_unseen_in_training() {
        for (form, xpos, expected) in [
            ("shelling", "VBG", "shell"),
            ("reconquered", "VBN", "reconquer"),
            ("redeploying", "VBG", "redeploy"),
            ("radicalizing", "VBG", "radicalize"),
            ("peshmergas", "NNS", "peshmerga"),
            ("ceasefires", "NNS", "ceasefire"),
            ("shakier", "JJR", "shaky"),
            ("gunmen", "NNS", "gunman"),
        ] {
            let upos = if xpos.starts_with('V') {
                Upos::Verb
            } else if xpos == "NNS" {
                Upos::Noun
            } else {
                Upos::Adj
            };
            assert_eq!(lemma(form, upos, xpos), expected);
        }
    }

    #[test]
    fn odd_words_keep_their_letters() {
        for form in ["", "ed", "ing", "ß", "é", "…", "日本", "İed", "s", "'s", "👍"] {
            for xpos in ["NNS", "VBG", "VBD", "JJR", "NNP", "", "POS"] {
                let _ = lemma(form, Upos::Verb, xpos);
            }
        }
    }
}
