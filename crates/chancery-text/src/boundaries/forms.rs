//! Closed lists of spellings that the word rules need, each sorted for binary search.

/// Abbreviations that keep their dot where they begin with a capital (titles, months, states), without the dot.
const CAPITALISED: &[&str] = &[
    "abp", "adm", "ala", "alta", "amb", "apr", "ariz", "ark", "assn", "asst", "attn", "atty", "aug", "av", "ave", "bldg", "blvd",
    "brig", "bros", "calif", "capt", "cdr", "cmdr", "co", "col", "colo", "comdr", "conn", "corp", "cpl", "ct", "dec", "del",
    "dep", "dept", "det", "dir", "dist", "dr", "drs", "ed", "ens", "esq", "feb", "fla", "flt", "fri", "ft", "gen", "gov", "govt",
    "hon", "hwy", "inc", "insp", "inst", "intl", "jan", "jas", "jos", "jr", "jul", "jun", "kan", "kans", "ky", "la", "lieut",
    "lt", "ltd", "maj", "mass", "md", "messrs", "mfg", "mgr", "mich", "minn", "mlle", "mme", "mob", "mon", "mr", "mrs", "ms",
    "msgr", "mssrs", "mt", "natl", "nov", "oct", "okla", "ont", "ore", "para", "pfc", "ph", "pl", "plc", "pres", "prof", "profs",
    "prop", "ps", "pt", "pte", "pty", "pvt", "que", "rd", "rep", "reps", "ret", "rev", "rt", "sask", "sc", "sen", "sens", "sept",
    "sfc", "sgt", "spc", "sr", "ss", "st", "sta", "ste", "sts", "supt", "surg", "tenn", "tex", "thur", "thurs", "treas", "tue",
    "tues", "univ", "va", "vt", "wed", "wis", "wisc", "wyo",
];

/// Abbreviations that keep their dot in any case, without the dot.
const ABBREVIATIONS: &[&str] = &[
    "acad", "adj", "al", "approx", "arr", "arrv", "assoc", "bbl", "bn", "ca", "cf", "conf", "cont", "corp", "cwt", "div", "dlrs",
    "eds", "eg", "eng", "esp", "etc", "excl", "ext", "ft", "hr", "hrs", "ibid", "ie", "incl", "intl", "jr", "lb", "lbs", "lt",
    "ltd", "lv", "md", "min", "mins", "misc", "mln", "mos", "nos", "nr", "orig", "oz", "pct", "ph", "pp", "ps", "pt", "qtr",
    "rept", "resp", "rpt", "sec", "sq", "sr", "tel", "viz", "vol", "vols", "vs", "wk", "wks", "yr", "yrs",
];

/// Titles and the like, with their dot: a name follows, so that no sentence ends in them.
const TITLES: &[&str] = &[
    "Adm.", "Amb.", "Atty.", "Brig.", "Capt.", "Cdr.", "Cmdr.", "Col.", "Comdr.", "Cpl.", "Dr.", "Drs.", "Ens.", "Ft.", "Gen.",
    "Gov.", "Hon.", "Insp.", "Lieut.", "Lt.", "Maj.", "Messrs.", "Mlle.", "Mme.", "Mr.", "Mrs.", "Ms.", "Msgr.", "Mt.", "Pfc.",
    "Pres.", "Prof.", "Profs.", "Pvt.", "Rep.", "Reps.", "Rev.", "Sen.", "Sens.", "Sfc.", "Sgt.", "Spc.", "St.", "Ste.", "Sts.",
    "Supt.",
];

/// Months, full and short.
const MONTHS: &[&str] = &[
    "Apr.",
    "April",
    "Aug.",
    "August",
    "Dec.",
    "December",
    "Feb.",
    "February",
    "Jan.",
    "January",
    "Jul.",
    "July",
    "Jun.",
    "June",
    "March",
    "Nov.",
    "November",
    "Oct.",
    "October",
    "Sep",
    "Sep.",
    "Sept",
    "Sept.",
    "September",
];

/// Words that begin sentences and are seldom capitalised within one.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Both",
    "But",
    "By",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Many",
    "Meanwhile",
    "Most",
    "No",
    "Nobody",
    "On",
    "One",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Three",
    "To",
    "Two",
    "We",
    "What",
    "When",
    "While",
    "With",
    "Yet",
    "You",
];

/// Days of the week.
const DAYS: &[&str] = &["Friday", "Monday", "Saturday", "Sunday", "Thursday", "Tuesday", "Wednesday"];

/// Abbreviations that are also common words: the dot belongs to them only before a number ("No. 10", "Fig. 3", "Sat. 5").
const SENTENCE_WORDS: &[&str] = &["art", "ch", "fig", "figs", "mar", "no", "sat", "sun"];

/// Prefixes that stay joined to what follows the hyphen ("anti-American"), by the habit of the treebank.
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "hyper", "inter", "intra", "macro", "mega", "micro", "mid",
    "mini", "multi", "neo", "non", "over", "pan", "post", "pre", "pro", "pseudo", "psycho", "re", "semi", "socio", "sub",
    "super", "trans", "tri", "ultra", "un", "under", "uni",
];

/// Suffixes that stay joined to what comes before the hyphen.
const SUFFIXES: &[&str] = &["esque", "ish", "wise"];

/// What a number may carry without a space and without being one word with it ("30km", "7:30pm", "$3bn").
const UNITS: &[&str] = &[
    "am", "b", "bn", "c", "cm", "f", "ft", "g", "gb", "ghz", "h", "hh", "hr", "hrs", "hz", "in", "k", "kb", "kg", "km", "kph",
    "lb", "lbs", "m", "mb", "mg", "mhz", "mi", "min", "mins", "ml", "mm", "mn", "mph", "oz", "p", "percent", "pm", "sec", "secs",
    "sq", "t", "tn", "tr", "trn", "w", "x", "yr", "yrs",
];

/// Endings of file and host names that are one word with what precedes the dot.
const ENDINGS: &[&str] = &[
    "asp", "aspx", "au", "biz", "ca", "com", "csv", "cz", "de", "doc", "docx", "edu", "eu", "exe", "fr", "gif", "gov", "htm",
    "html", "il", "info", "int", "ir", "jpeg", "jpg", "js", "jsp", "mil", "mp3", "net", "org", "pdf", "php", "png", "ppt", "pst",
    "ru", "sy", "tr", "tv", "tw", "txt", "uk", "url", "us", "wav", "xls", "xlsx", "xml", "zip",
];

/// Words spelt together that are two: the form, and the letters of the first.
const CONTRACTIONS: &[(&str, usize)] = &[
    ("aint", 2),
    ("alot", 1),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gimme", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("hadnt", 4),
    ("hasnt", 4),
    ("havent", 4),
    ("heres", 4),
    ("hes", 2),
    ("hows", 3),
    ("im", 1),
    ("isnt", 2),
    ("ive", 1),
    ("lemme", 3),
    ("lotta", 3),
    ("outta", 3),
    ("shes", 3),
    ("shouldnt", 6),
    ("thats", 4),
    ("theres", 5),
    ("theyre", 4),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("weve", 2),
    ("whats", 4),
    ("wont", 2),
    ("wouldnt", 5),
    ("youll", 3),
    ("youre", 3),
    ("youve", 3),
];

/// Words after which "its" written for "it's" is the likelier reading.
const AFTER_IT_IS: &[&str] = &[
    "a", "about", "all", "almost", "always", "an", "been", "better", "cool", "hard", "it", "just", "like", "more", "much",
    "never", "nice", "no", "not", "ok", "okay", "only", "pretty", "probably", "quite", "really", "so", "still", "such",
    "supposed", "that", "the", "time", "too", "very", "worth",
];

/// Short forms with a slash that are one word.
const SLASHED: &[&str] = &["b/c", "b/t", "i/c", "i/o", "i/s", "l/c", "n/a", "w/", "w/o", "w/out"];

/// Emoticons, longest first where one begins another.
const EMOTICONS: &[&str] = &[
    ">:(", ">:)", ":'(", ":-)", ":-(", ":-D", ":-P", ":-p", ":-/", ":-|", ";-)", ";-(", "=-)", "8-)", "(-:", "^_^", "^^", "-_-",
    ":))", ":)", ":(", ":D", ":P", ":p", ":/", ":|", ":o", ":O", ";)", ";(", ";P", ";D", "=)", "=(", "=D", "=P", "(:", "<3",
    "XD", "xD", "T_T", "o_O", "O_o", "->", "<-",
];

fn listed(list: &[&str], form: &str) -> bool {
    list.binary_search(&form).is_ok()
}

/// Whether `form` (lower case, no dot at its end) is an abbreviation, given whether it was written with a capital.
pub(super) fn is_abbreviation(form: &str, capital: bool) -> bool {
    listed(ABBREVIATIONS, form) || capital && listed(CAPITALISED, form)
}

/// Whether `form` (lower case, no dot at its end) is an abbreviation before a number.
pub(super) fn is_abbreviation_before_number(form: &str) -> bool {
    listed(SENTENCE_WORDS, form)
}

/// Whether `word` is a title before a name, as "Gen.".
pub(super) fn is_title(word: &str) -> bool {
    listed(TITLES, word)
}

/// Whether `word` is a month, full or short.
pub(super) fn is_month(word: &str) -> bool {
    listed(MONTHS, word)
}

/// Whether `word`, capital and all, commonly begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    listed(STARTERS, word)
}

/// The word that stands for all of its kind in the boundary model: any month, any day of the week; else `word` itself.
pub(super) fn model_word(word: &str) -> &str {
    if is_month(word) {
        if word.ends_with('.') { "Jan." } else { "January" }
    } else if listed(DAYS, word) {
        "Monday"
    } else {
        word
    }
}

/// Whether `form` (lower case) stays joined to what follows its hyphen.
pub(super) fn is_prefix(form: &str) -> bool {
    listed(PREFIXES, form)
}

/// Whether `form` (lower case) stays joined to what precedes its hyphen.
pub(super) fn is_suffix(form: &str) -> bool {
    listed(SUFFIXES, form)
}

/// Whether `form` (lower case) is a unit that is cut from its number.
pub(super) fn is_unit(form: &str) -> bool {
    listed(UNITS, form)
}

/// Whether `form` (lower case) ends file or host names.
pub(super) fn is_ending(form: &str) -> bool {
    listed(ENDINGS, form)
}

/// Whether `form` (lower case) is a short form with a slash.
pub(super) fn is_slashed(form: &str) -> bool {
    listed(SLASHED, form)
}

/// Whether "its" before `next` (lower case) stands for "it is".
pub(super) fn is_after_it_is(next: &str) -> bool {
    listed(AFTER_IT_IS, next)
}

/// The letters of the first of the two words spelt as `form` (lower case).
pub(super) fn contraction(form: &str) -> Option<usize> {
    CONTRACTIONS.binary_search_by(|(f, _)| (*f).cmp(form)).ok().map(|i| CONTRACTIONS[i].1)
}

/// The emoticon at the start of `text`, in bytes.
pub(super) fn emoticon(text: &str) -> Option<usize> {
    EMOTICONS.iter().find(|e| text.starts_with(**e)).map(|e| e.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [
            CAPITALISED,
            TITLES,
            MONTHS,
            DAYS,
            ABBREVIATIONS,
            SENTENCE_WORDS,
            PREFIXES,
            SUFFIXES,
            UNITS,
            ENDINGS,
            AFTER_IT_IS,
            SLASHED,
        ] {
            let wrong = list.windows(2).find(|w| w[0] >= w[1]);
            assert_eq!(wrong, None);
        }
        assert!(CONTRACTIONS.windows(2).all(|w| w[0].0 < w[1].0));
    }

    #[test]
    fn longer_emoticons_come_first() {
        for (i, e) in EMOTICONS.iter().enumerate() {
            assert!(!EMOTICONS[..i].iter().any(|before| e.starts_with(before)), "{e} is hidden");
        }
    }
}
