use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Irregular forms and their base forms.
static IRREGULAR: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = lines(include_str!("../../data/irregular.txt"));
    lines.flat_map(|l| l.split(' ').skip(1).map(move |form| (form, l.split(' ').next().unwrap_or(form)))).collect()
});

/// The lines of kindred words on which a base form stands, ascending.
static KINDRED: LazyLock<BTreeMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut out: BTreeMap<&'static str, Vec<u16>> = BTreeMap::new();
    for (n, line) in lines(include_str!("../../data/kindred.txt")).enumerate() {
        for word in line.split(' ') {
            let at = out.entry(word).or_default();
            if at.last() != Some(&(n as u16)) {
                at.push(n as u16);
            }
        }
    }
    out
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// The lines of kindred words that hold a base form.
pub(super) fn lines_of(base: &str) -> &'static [u16] {
    KINDRED.get(base).map_or(&[], Vec::as_slice)
}

/// The base form of a word of a trigger, lower case: of the forms it may come from the first that is known, else the plainest.
pub(super) fn base(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(known) = IRREGULAR.get(word) {
        return (*known).to_owned();
    }
    let mut forms = vec![word.to_owned()];
    let mut may = |ending: &str, instead: &str| {
        if let Some(s) = word.strip_suffix(ending).filter(|s| s.len() > 2 - instead.len().min(1)) {
            forms.push(format!("{s}{instead}"));
            let last = s.chars().last();
            // "stopping": the doubled letter goes
            if ending != "s" && last.is_some() && s.len() > 3 && s.chars().rev().nth(1) == last {
                forms.push(s[..s.len() - last.map_or(0, char::len_utf8)].to_owned());
            }
        }
    };
    for (ending, instead) in
        [("ies", "y"), ("ied", "y"), ("s", ""), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")]
    {
        may(ending, instead);
    }
    if let Some(known) = forms.iter().find(|f| KINDRED.contains_key(f.as_str())) {
        return known.clone();
    }
    forms.into_iter().nth(1).unwrap_or_else(|| word.to_owned())
}

/// What derived words share: "attacker", "attack"; "invasion", "invade" stay two.
pub(super) fn root(base: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ation", "ition", "ment", "ance", "ence", "ness", "ing", "ion", "ure", "ity", "ist", "ism", "al", "er", "or", "ed", "e",
        "y", "s",
    ];
    // "robbery" is a form of "rob", "deploy" of nothing
    let whole = |e: &str, rest: &str| e == "y" && rest.ends_with(['a', 'e', 'o', 'u']);
    let cut = ENDINGS.iter().find_map(|e| base.strip_suffix(e).filter(|rest| rest.len() >= 3 && !whole(e, rest))).unwrap_or(base);
    cut.strip_suffix('e').unwrap_or(cut)
}

/// Whether it is a word of telling, which many articles share without telling one thing.
pub(super) fn tells(base: &str) -> bool {
    matches!(
        base,
        "accord"
            | "add"
            | "announce"
            | "claim"
            | "comment"
            | "confirm"
            | "explain"
            | "insist"
            | "note"
            | "remark"
            | "report"
            | "say"
            | "state"
            | "statement"
            | "tell"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms() {
        for (word, wanted) in [
            ("deployed", "deploy"),
            ("Bombings", "bombing"),
            ("raids", "raid"),
            ("stopped", "stop"),
            ("shot", "shoot"),
            ("seized", "seize"),
            ("deputies", "deputy"),
            ("talks", "talk"),
            ("killing", "killing"),
            ("'murder'", "murder"),
        ] {
            assert_eq!(base(word), wanted);
        }
        assert_eq!(root("attacker"), root("attack"));
        assert_eq!(root("deployment"), root("deploy"));
        assert_ne!(root("raid"), root("rain"));
    }

    #[test]
    fn kindred_words_share_a_line() {
        let kin = |a: &str, b: &str| lines_of(a).iter().any(|l| lines_of(b).contains(l));
        assert!(kin("attack", "assault") && kin("seize", "capture") && kin("truce", "ceasefire"));
        assert!(!kin("meet", "bomb") && !kin("resign", "deploy"));
        let sorted: Vec<&str> = lines(include_str!("../../data/kindred.txt")).collect();
        assert!(sorted.windows(2).all(|w| w[0] < w[1]), "sorted, each line once");
    }
}
