//! Matters on which actors take positions, told in many ways: whether a leader stays, whether foreign forces stay, whether there are elections.

use crate::Desk;
use chancery_model::{Document, Mention, Rel, Sector, Span, Stance, Token, Upos};

/// A matter with one name in all articles.
pub(super) struct Matter {
    /// Its name, such as "Bashar al-Assad in power".
    pub issue: String,
    /// Whether the words are about its end ("to remove him").
    pub against: bool,
}

/// Words for the rule of somebody, and for its end.
const RULING: &[&str] =
    &["future", "government", "leadership", "office", "power", "presidency", "regime", "remain", "role", "rule", "stay"];
const ENDING: &[&str] = &[
    "depart",
    "departure",
    "end",
    "exit",
    "go",
    "leave",
    "oust",
    "ouster",
    "overthrow",
    "quit",
    "relinquish",
    "removal",
    "remove",
    "resign",
    "resignation",
    "step",
    "topple",
    "withdraw",
    "withdrawal",
];
/// Words for forces, by their head.
const FORCES: &[&str] = &[
    "adviser",
    "advisor",
    "army",
    "base",
    "brigade",
    "commando",
    "contingent",
    "fighter",
    "force",
    "guard",
    "mercenary",
    "military",
    "militia",
    "officer",
    "personnel",
    "presence",
    "soldier",
    "troop",
    "unit",
    "volunteer",
];
const VOTING: &[&str] = &["ballot", "election", "poll", "referendum", "vote"];

/// The matter of some words, if it is a known one; `at` is the word of holding, outside of them.
pub(super) fn of(desk: &Desk, words: Span<Token>, at: usize) -> Option<Matter> {
    let document = desk.document;
    let lemmas = || words.range().filter(|&i| i != at).map(|i| document.words[i].lemma.to_lowercase());
    let holds = |list: &[&str]| lemmas().any(|l| list.contains(&l.as_str()));
    let ending = holds(ENDING);
    let mentions: Vec<&Mention> = desk.findings.mentions.iter().filter(|m| words.contains(m.head)).collect();
    if holds(FORCES)
        && foreign(desk, words)
        && let Some(host) = host(desk, words, &mentions)
    {
        return Some(Matter { issue: format!("foreign forces in {host}"), against: ending });
    }
    let leader = mentions.iter().flat_map(|m| &m.actors).find(|a| ruler(a)).and_then(|a| a.entity.clone());
    if let Some(name) = leader.filter(|_| ending || holds(RULING)) {
        return Some(Matter { issue: format!("{name} in power"), against: ending });
    }
    if holds(VOTING)
        && let Some(host) = host(desk, words, &mentions)
    {
        return Some(Matter { issue: format!("elections in {host}"), against: false });
    }
    None
}

/// Somebody by name who governs or has governed a state.
fn ruler(actor: &chancery_model::Actor) -> bool {
    actor.entity.is_some()
        && matches!(actor.sector, Some(Sector::Gov | Sector::Eli))
        && (actor.office.is_some() || !actor.tenures.is_empty())
}

/// Whether forces are told to be other than the country's own: "foreign", "non-Syrian", "all", or those of a state.
fn foreign(desk: &Desk, words: Span<Token>) -> bool {
    words.range().any(|i| {
        let low = desk.document.words[i].text.to_lowercase();
        matches!(low.as_str(), "foreign" | "outside" | "foreigners" | "non") || low.starts_with("non-")
    })
}

/// The country of which words tell: a place in them, else the state of "non-Syrian" or "Syrian".
fn host(desk: &Desk, words: Span<Token>, mentions: &[&Mention]) -> Option<String> {
    let name = |code: &str| desk.lexicon.state(code).map(|e| e.name.clone());
    let own = words.range().find_map(|i| {
        let text = &desk.document.words[i].text;
        let rest = text.get(4..).filter(|_| text.get(..4).is_some_and(|p| p.eq_ignore_ascii_case("non-")))?;
        desk.lexicon.look_up(rest).iter().map(|s| desk.lexicon.entry(s.entry)).find_map(|e| name(&e.code))
    });
    let place = || {
        let inside = desk.findings.places.iter().filter(|p| words.overlaps(p.tokens));
        inside.filter_map(|p| p.place.country.as_deref()).find_map(name)
    };
    let state = || mentions.iter().flat_map(|m| &m.actors).find_map(|a| name(&a.code));
    own.or_else(place).or_else(state)
}

/// The stance of one who does not, or who is for the end of what the matter names.
pub(super) fn turned(stance: Stance) -> Stance {
    match stance {
        Stance::Wants | Stance::Accepts => Stance::Opposes,
        Stance::Opposes => Stance::Accepts,
        Stance::Expects => Stance::Doubts,
        s => s,
    }
}

/// Whether a verb tells that forces are sent somewhere ("sent hundreds of soldiers").
pub fn sent(document: &Document, verb: usize) -> bool {
    matches!(document.words[verb].lemma.as_str(), "deploy" | "dispatch" | "send" | "station")
        && document.children(verb).filter(|&c| matches!(document.words[c].rel, Rel::Obj | Rel::Nsubj)).any(|object| {
            let counted = document.children(object).filter(|&c| document.words[c].rel == Rel::Nmod);
            let all = std::iter::once(object).chain(counted);
            all.map(|i| document.words[i].lemma.to_lowercase()).any(|lemma| FORCES.contains(&lemma.as_str()))
        })
}

/// The head of the first forces among some words.
pub(super) fn forces(desk: &Desk, words: Span<Token>) -> Option<usize> {
    let noun = |i: &usize| matches!(desk.document.words[*i].upos, Upos::Noun | Upos::Propn);
    words.range().filter(noun).find(|&i| FORCES.contains(&desk.document.words[i].lemma.to_lowercase().as_str()))
}
