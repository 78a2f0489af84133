use crate::fold::fold;

/// How alike two names of people are once transliteration is allowed for, 0..=1; `None` where they are different names.
///
/// Names with several words are compared word by word from the last one back; a missing first name or middle name costs little, a
/// different one makes them different.
///
/// ```
/// use chancery_lexicon::similar_names;
/// assert!(similar_names("Rouhani", "Rowhani").is_some_and(|s| s > 0.8));
/// assert!(similar_names("Qassem Soleimani", "Qasem Suleimani").is_some());
/// assert_eq!(similar_names("Lavrov", "Larov"), None);
/// ```
pub fn similar_names(a: &str, b: &str) -> Option<f32> {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return (!a.is_empty()).then_some(1.0);
    }
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (words(&a), words(&b));
    let mut score = 1.0f32;
    score = score.min(word(a.pop()?, b.pop()?)?);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let missing = long.len() - short.len();
    // every word of the shorter name must stand in the longer one, in order
    let mut rest = long.into_iter();
    for w in short {
        score = score.min(rest.find_map(|l| first(w, l))?);
    }
    Some((score - 0.05 * missing as f32).max(0.5))
}

/// Whether two names of one state's people, each of two words or more, are one person's as different articles spell it: how sure that is, 0..=1,
/// and by what. Without a word that they share by sound at the end, and the given names before it, they are two.
///
/// ```
/// use chancery_lexicon::one_bearer;
/// assert!(one_bearer("Zahir Qadirzai", "Zaher Qaderzai").is_some_and(|(sure, _)| sure > 0.7));
/// assert!(one_bearer("Abdu-Malik Khudaiberganov", "Abdumalik Xudoyberganov").is_some());
/// assert_eq!(one_bearer("Ali Hassan", "Ali Hussein"), None);
/// assert_eq!(one_bearer("Qaderzai", "Zaher Qaderzai"), None);
/// ```
pub fn one_bearer(a: &str, b: &str) -> Option<(f32, &'static str)> {
    let (a, b) = (fold(a), fold(b));
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (words(&a), words(&b));
    let last = spelling(a.pop()?, b.pop()?)?;
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // "Abdu-Malik" is Abdumalik
    let whole = spelling(&a.concat(), &b.concat()).map(|s| s.min(last));
    let given = whole.or_else(|| {
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        let mut rest = long.iter();
        let each =
            short.iter().map(|w| rest.find_map(|l| if w.len() == 1 || l.len() == 1 { first(w, l) } else { spelling(w, l) }));
        each.collect::<Option<Vec<f32>>>().map(|all| all.into_iter().fold(last, f32::min).min(0.8))
    })?;
    let why = match given {
        s if s >= 1.0 => "the same words",
        s if s > 0.8 => "letters that transliterations exchange",
        s if s > 0.7 => "letters that transliterations exchange, or a name left out",
        _ => "the same consonants",
    };
    Some((given.min(0.98), why))
}

/// How surely two folded words are one as it is spelt differently: by vowels that transliterations exchange, else by four consonants or more.
fn spelling(a: &str, b: &str) -> Option<f32> {
    const ENOUGH: usize = 4;
    word(a, b).or_else(|| {
        let (a, b) = (sounds(a), sounds(b));
        let same =
            a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.consonant == y.consonant && (x.vowels == 0) == (y.vowels == 0));
        (same && a.iter().filter(|s| s.consonant != 0).count() >= ENOUGH).then_some(0.65)
    })
}

/// What all spellings of a name for which [`one_bearer`] can hold share: the consonants of its last word, as transliterations exchange them.
pub fn bearer_key(name: &str) -> Vec<u8> {
    let folded = fold(name);
    words(&folded).last().map(|w| key(w)).unwrap_or_default()
}

/// Words of a folded name that tell people apart.
fn words(folded: &str) -> Vec<&str> {
    let all: Vec<&str> = folded.split(' ').collect();
    let kept: Vec<&str> = all.iter().copied().filter(|w| !is_particle(w)).collect();
    if kept.is_empty() { all } else { kept }
}

/// Articles and linking words that spellings of one name keep or drop.
pub(crate) fn is_particle(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul" | "ol" | "as" | "ad" | "ar" | "az" | "an" | "ash" | "at" | "bin" | "ben" | "ibn" | "'s")
}

/// A first name may be an initial.
fn first(a: &str, b: &str) -> Option<f32> {
    let initial = |x: &str, y: &str| x.len() == 1 && y.starts_with(x);
    if initial(a, b) || initial(b, a) { Some(0.85) } else { word(a, b) }
}

/// Two folded words: equal, or equal consonants with vowels that transliterations exchange.
fn word(a: &str, b: &str) -> Option<f32> {
    if a == b {
        return Some(1.0);
    }
    let (a, b) = (sounds(a), sounds(b));
    if a.len() != b.len() || a.iter().filter(|s| s.consonant != 0).count() < 2 {
        return None;
    }
    let mut cost = 0.0f32;
    for (x, y) in a.iter().zip(&b) {
        if x.consonant != y.consonant {
            return None;
        }
        cost += vowels_apart(x.vowels, y.vowels)?;
    }
    (cost <= 0.5).then_some(0.95 - cost * 0.5)
}

/// A consonant with the vowels that follow it; consonant 0 opens a word that starts with a vowel.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sound {
    consonant: u8,
    vowels: u8,
}

const OPEN: u8 = 1; // a
const MID: u8 = 2; // e
const FRONT: u8 = 4; // i, y
const BACK: u8 = 8; // o, u, and w after them

/// The consonants of a folded word in the classes that transliterations exchange; the result is the key of [`key`] too.
fn sounds(word: &str) -> Vec<Sound> {
    let b = word.as_bytes();
    let mut out: Vec<Sound> = Vec::with_capacity(b.len());
    let mut i = 0;
    while i < b.len() {
        let next = b.get(i + 1).copied().unwrap_or(0);
        let (c, used) = match (b[i], next) {
            (b'k', b'h') => (b'x', 2),
            (b'g', b'h') => (b'g', 2),
            (b's', b'h') | (b's', b'z') => (b'$', 2),
            (b'c', b'h') => (b'$', 2),
            (b't', b'h') => (b't', 2),
            (b'd', b'h') => (b'd', 2),
            (b'p', b'h') => (b'f', 2),
            (b'd', b'z') if b.get(i + 2) == Some(&b'h') => (b'j', 3),
            (b'z', b'h') | (b'd', b'j') | (b'd', b'z') => (b'j', 2),
            (b't', b's') | (b't', b'z') => (b'z', 2),
            (b'q', _) | (b'c', _) => (b'k', 1),
            (b'x', _) => (b'x', 1),
            (b'v', _) => (b'v', 1),
            // "Jweili" is Juweili
            (b'w', _) if !after_back(&out) && !after_consonant(&out) => (b'v', 1),
            // a silent h closes "Abdullah", "Raqqah"
            (b'h', 0) if i > 0 && vowel(b[i - 1]).is_some() => (0, 1),
            (c, _) => (c, 1),
        };
        i += used;
        if c == 0 {
            continue;
        }
        if let Some(v) = vowel(c).or((c == b'w').then_some(BACK)) {
            match out.last_mut() {
                Some(last) => last.vowels |= v,
                None => out.push(Sound { consonant: 0, vowels: v }),
            }
        } else if out.last().is_none_or(|l| l.consonant != c || l.vowels != 0) {
            out.push(Sound { consonant: c, vowels: 0 });
        }
    }
    out
}

fn after_consonant(out: &[Sound]) -> bool {
    out.last().is_some_and(|l| l.vowels == 0)
}

fn after_back(out: &[Sound]) -> bool {
    out.last().is_some_and(|l| l.vowels & BACK != 0)
}

fn vowel(c: u8) -> Option<u8> {
    match c {
        b'a' => Some(OPEN),
        b'e' => Some(MID),
        b'i' | b'y' => Some(FRONT),
        b'o' | b'u' => Some(BACK),
        _ => None,
    }
}

/// What it costs to read one group of vowels as another; `None` where no transliteration does.
fn vowels_apart(a: u8, b: u8) -> Option<f32> {
    if a == b {
        return Some(0.0);
    }
    if a == 0 || b == 0 {
        // an unwritten short vowel: "Mohamad", "Mohmad" is rarer than a typing slip
        return None;
    }
    let differ = a ^ b;
    if differ & BACK != 0 && (a | b) & !BACK == 0 {
        return Some(0.0);
    }
    // e stands between a and i, and "ei", "ai", "ay", "e" are one diphthong; o for a is another vowel
    if differ & BACK == 0 && (a & b != 0 || (a | b) & MID != 0) { Some(0.1) } else { Some(0.6) }
}

/// A key that all spellings for which [`similar_names`] can hold share: the consonants of the last word.
pub(crate) fn key(folded_word: &str) -> Vec<u8> {
    sounds(folded_word).iter().map(|s| s.consonant).collect()
}

#[cfg(test)]
mod tests {
    use super::similar_names;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [
            ("Rouhani", "Rowhani"),
            ("Soleimani", "Suleimani"),
            ("Assad", "Asad"),
            ("Moallem", "Muallem"),
            ("al-Moallem", "Moualem"),
            ("Mohammed", "Muhammad"),
            ("Hussein", "Hossein"),
            ("Hussain", "Hussein"),
            ("Gaddafi", "Gadafi"),
            ("Walid al-Muallem", "Walid Moallem"),
            ("Khamenei", "Khamenei"),
            ("Abdullah", "Abdollah"),
            ("Hassan Rohani", "Hassan Rouhani"),
            ("J. Kerry", "John Kerry"),
            ("Sergey Lavrov", "Sergei Lavrov"),
        ] {
            assert!(similar_names(a, b).is_some(), "{a} / {b}");
        }
    }

    #[test]
    fn different_names() {
        for (a, b) in [
            ("Assad", "Said"),
            ("Assad", "Saud"),
            ("Bush", "Bash"),
            ("Obama", "Osama"),
            ("John Kerry", "James Kerry"),
            ("Hassan Rouhani", "Hossein Fereydoun"),
            ("Ivanov", "Ivanova"),
            ("Kim", "Kam"),
            ("", "Kim"),
        ] {
            assert_eq!(similar_names(a, b), None, "{a} / {b}");
        }
    }
}
