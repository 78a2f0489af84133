//! What a phrase means: a person, an organisation, a place or none of them.

use super::{phrases::Phrase, weights};
use crate::{nouns, scene::Scene};
use chancery_model::{Rel, Upos};
use std::{collections::BTreeMap, sync::OnceLock};

/// The sums for person, organisation, place and all else.
pub(crate) fn sums(scene: &Scene, p: &Phrase) -> weights::Kinds {
    let mut out = weights::Kinds::default();
    for feature in features(scene, p) {
        let w = weights::kind(&feature);
        for k in 0..4 {
            out[k] += w[k];
        }
    }
    out
}

/// The index of the highest.
pub(crate) fn best(sums: &weights::Kinds) -> usize {
    (0..4).fold(0, |best, k| if sums[k] > sums[best] { k } else { best })
}

/// What can be said of a phrase.
pub(crate) fn features(scene: &Scene, p: &Phrase) -> Vec<String> {
    let doc = scene.document;
    let word = &doc.words[p.head];
    let form = super::phrases::Form::NAMES[p.form as usize];
    let mut out = vec![format!("form {form}")];
    let mut say = |name: &str, value: &str| out.push(format!("{name} {value}"));
    if p.form.is_pronoun() {
        say("pronoun", &word.text.to_lowercase());
        say("relation", &format!("{form} {}", word.rel.as_str()));
        return out;
    }
    let name = p.form == super::phrases::Form::Name;
    let class = if name { "name" } else { "noun" };
    say(class, &p.lemma);
    let letters: Vec<char> = p.lemma.chars().collect();
    for n in [2, 3, 4] {
        if letters.len() > n + 1 {
            say("end", &format!("{class} {}", letters[letters.len() - n..].iter().collect::<String>()));
        }
    }
    say("list", &format!("{class} {}", listed(&p.lemma)));
    let described = nouns::noun(&p.lemma).map_or("none".to_owned(), |n| format!("{:?}", n.kind));
    say("lexical", &format!("{class} {described}"));
    say("marked", &format!("{class} {}", p.name.map_or("none", |n| n.as_str())));
    say("entry", &format!("{class} {}", p.entry.map_or("none".to_owned(), |e| format!("{e:?}"))));
    say(
        "marked entry",
        &format!("{} {}", p.name.map_or("none", |n| n.as_str()), p.entry.map_or("none".to_owned(), |e| format!("{e:?}"))),
    );
    say("relation", &format!("{class} {}", word.rel.as_str()));
    say("number", &format!("{class} {}", if p.plural == Some(true) { "many" } else { "one" }));
    say("gender", &format!("{class} {:?}", p.gender));
    if let Some(h) = word.head {
        let up = &doc.words[h];
        say("under", &format!("{} {}", word.rel.as_str(), up.lemma.to_lowercase()));
        if word.rel == Rel::Compound || word.rel == Rel::Nmod {
            say("under list", &format!("{class} {}", listed(&up.lemma.to_lowercase())));
        }
    }
    let case = doc.child(p.head, &[Rel::Case]).map_or("none".to_owned(), |c| doc.words[c].text.to_lowercase());
    say("case", &format!("{class} {case}"));
    let det = doc.child(p.head, &[Rel::Det]).map_or("none".to_owned(), |c| doc.words[c].text.to_lowercase());
    say("determiner", &format!("{class} {det}"));
    for m in &p.marks {
        say("with", m);
        say("with list", &format!("{class} {}", listed(m)));
    }
    if let Some(a) = doc.child(p.head, &[Rel::Appos]) {
        say("apposition", listed(&doc.words[a].lemma.to_lowercase()));
    }
    if word.rel == Rel::Appos
        && let Some(h) = word.head
    {
        say("apposed", &format!("{} {}", listed(&doc.words[h].lemma.to_lowercase()), doc.words[h].upos.as_str()));
    }
    let who = doc
        .children(p.head)
        .any(|c| doc.words[c].rel == Rel::Acl && doc.children(c).any(|k| doc.words[k].text.eq_ignore_ascii_case("who")));
    if who {
        say("who", class);
    }
    if name {
        say("words", &p.marks.len().min(4).to_string());
        let capitals = word.text.chars().all(char::is_uppercase) && letters.len() > 1;
        say("capitals", if capitals { "all" } else { "first" });
        let given = p.marks.iter().any(|m| listed(m) == "person");
        say("title", if given { "yes" } else { "no" });
    }
    if word.upos == Upos::X {
        say("foreign", class);
    }
    out
}

/// The kinds of a common noun by `data/kinds.tsv`.
fn listed(lemma: &str) -> &'static str {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../data/kinds.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
    });
    table
        .get(lemma)
        .or_else(|| table.get(lemma.rsplit('-').next()?))
        .or_else(|| table.get(lemma.strip_suffix('s')?))
        .copied()
        .unwrap_or("none")
}
