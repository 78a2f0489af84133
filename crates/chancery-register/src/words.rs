//! Words as numbers: what two texts share is counted on hashes of their words.

/// Words too common to tell two sentences apart, with the verbs of saying.
const COMMON: &[&str] = &[
    "about", "after", "all", "also", "and", "any", "are", "been", "before", "between", "but", "can", "could", "did", "does",
    "during", "each", "for", "from", "had", "has", "have", "her", "his", "how", "into", "its", "made", "more", "most", "not",
    "now", "off", "one", "only", "other", "our", "out", "over", "said", "same", "say", "says", "she", "should", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "told", "two", "under", "was",
    "were", "what", "when", "where", "which", "who", "will", "with", "would", "you",
];

/// Characters of a word that count: its beginning, so that "deployed" and "deployment" are one.
const STEM: usize = 5;

/// A well-mixed 64-bit number for a word (FNV-1a, then the finaliser of SplitMix64).
pub(crate) fn hash(word: &str) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for b in word.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(h)
}

/// Scatters the bits of a number.
pub(crate) fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// The words of a text, lower case: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether a lower-case word is too common to tell two sentences apart.
pub(crate) fn common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// The telling words of a text as sorted hashes of their beginnings, each once.
pub(crate) fn stems(text: &str) -> Vec<u64> {
    let mut out: Vec<u64> = words(text)
        .filter(|w| w.chars().count() > 2 && !common(w))
        .map(|w| hash(w.char_indices().nth(STEM).map_or(w.as_str(), |(i, _)| &w[..i])))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// How many numbers two sorted lists share.
pub(crate) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_sorted() {
        assert!(COMMON.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn forms_of_a_word_are_one() {
        assert_eq!(stems("deployed"), stems("The deployment"));
        assert_eq!(shared(&stems("Iran deployed fighters"), &stems("deployment of Iranian fighters")), 2);
        assert!(stems("and said the which").is_empty());
    }
}
