use chancery_lexicon::{EntryKind, Lexicon, similar_names};
use chancery_model::ActorRef;

/// The persons among actors, with the codes of their states: those whom the lexicon knows as such, and whom it does not know at all where an
/// office is told of them.
pub(super) fn persons<'a>(actors: impl Iterator<Item = &'a ActorRef>) -> Vec<(&'a str, &'a str)> {
    let is_person = |a: &ActorRef, name: &str| {
        let lexicon = Lexicon::builtin();
        let first = lexicon.look_up(name).first().map(|sense| lexicon.entry(sense.entry).kind);
        first.map_or(a.office.is_some(), |kind| kind == EntryKind::Person)
    };
    actors.filter_map(|a| a.entity.as_deref().filter(|name| is_person(a, name)).map(|name| (a.code.as_str(), name))).collect()
}

/// Whether two reports name persons of one state, and none of them the same; transliterations of one name are the same.
pub(super) fn others(a: &[(&str, &str)], b: &[(&str, &str)]) -> bool {
    let same = |x: &str, y: &str| x == y || similar_names(x, y).is_some();
    a.iter().any(|(code, _)| {
        let mut met = b.iter().filter(|(c, _)| c == code).peekable();
        let of_code = || a.iter().filter(|(c, _)| c == code);
        met.peek().is_some() && !met.any(|(_, y)| of_code().any(|(_, x)| same(x, y)))
    })
}
