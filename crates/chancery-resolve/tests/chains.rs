//! Chains over short texts read by the English model.
#![allow(clippy::unwrap_used)]

use chancery_lexicon::Lexicon;
use chancery_model::{Article, ChainKind};
use chancery_resolve::resolve;

/// The kind and the words of each chain.
fn chains(text: &str) -> Vec<(ChainKind, Vec<String>)> {
    let article = Article::bare("a", text);
    let document = chancery_text::read(&article, chancery_text::Model::builtin()).output;
    let found = resolve(&article, &document, Lexicon::builtin());
    let words = |c: &chancery_model::Chain| c.phrases.iter().map(|p| text[document.bytes(p.tokens).range()].to_owned()).collect();
    found.chains.iter().map(|c| (c.kind, words(c))).collect()
}

/// The chain that holds a phrase.
fn chain(text: &str, phrase: &str) -> (ChainKind, Vec<String>) {
    let all = chains(text);
    all.iter().find(|(_, p)| p.iter().any(|p| p == phrase)).unwrap_or_else(|| panic!("no chain holds {phrase}: {all:?}")).clone()
}

#[test]
fn a_person_goes_on_as_pronoun_and_noun() {
    let text = "Maria Lopez won the election in Peru on Sunday. She told reporters that her party would form a government. Mr. Smith \
                congratulated Lopez.";
    let (kind, phrases) = chain(text, "Maria Lopez");
    assert_eq!(kind, ChainKind::Person);
    for p in ["She", "her", "Lopez"] {
        assert!(phrases.iter().any(|x| x == p), "{p} is lost: {phrases:?}");
    }
    assert!(!phrases.iter().any(|x| x.contains("Smith")), "{phrases:?}");
}

#[test]
fn two_people_stay_two() {
    let text = "Anna met John in Paris. He gave her a book. John said that Anna liked it.";
    let (_, anna) = chain(text, "Anna");
    let (_, john) = chain(text, "John");
    assert!(anna.contains(&"her".to_owned()) && !anna.contains(&"He".to_owned()), "{anna:?}");
    assert!(john.contains(&"He".to_owned()), "{john:?}");
}

#[test]
fn organisations_and_places_have_their_kind() {
    let text = "The World Bank opened an office in Nairobi. The bank said that the city is growing fast. Nairobi is the capital of Kenya.";
    let (kind, phrases) = chain(text, "The World Bank");
    assert_eq!(kind, ChainKind::Organisation, "{phrases:?}");
    let (kind, phrases) = chain(text, "Nairobi");
    assert_eq!((kind, phrases.iter().filter(|p| *p == "Nairobi").count()), (ChainKind::Place, 2));
    assert!(!phrases.iter().any(|p| p == "Kenya" || p == "The bank"), "{phrases:?}");
}

#[test]
fn each_phrase_is_in_one_chain_and_in_order() {
    let text = "The minister said his country would help its neighbours. They thanked him.";
    let mut seen = std::collections::BTreeSet::new();
    let all = chains(text);
    assert!(!all.is_empty());
    for (_, phrases) in &all {
        assert!(!phrases.is_empty());
        for p in phrases {
            seen.insert(p.clone());
        }
    }
    let count: usize = all.iter().map(|(_, p)| p.len()).sum();
    assert_eq!(count, seen.len(), "{all:?}");
    assert_eq!(all, chains(text), "the same text gives the same chains");
}

#[test]
fn a_text_without_anyone_has_no_chains() {
    assert!(chains("").is_empty());
    assert!(chains("It rained.").is_empty(), "{:?}", chains("It rained."));
}
