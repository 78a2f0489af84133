use chancery_lexicon::one_bearer;
use chancery_model::{ActorRef, EventType, Sector};
use std::collections::BTreeSet;

/// Most points that one side can give: a named actor met again.
pub(super) const SIDE: i32 = 18;

/// Points for one name in two spellings.
const SPELLING: i32 = 16;

/// How well two slots' actors agree, 0..=18 points; `None` where one of them is silent.
pub(super) fn side(a: &[ActorRef], b: &[ActorRef]) -> Option<i32> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // Both ways round, so that the order of the arguments has no bearing when the lists are equally long.
    let best = |x: &[ActorRef], y: &[ActorRef]| -> i32 {
        x.iter().map(|p| y.iter().map(|q| likeness(p, q)).max().unwrap_or(0)).sum::<i32>() / x.len() as i32
    };
    Some((3 * best(few, many) + best(many, few)) / 4)
}

/// How alike two references are, 0..=18: one name 18, one that is not in the lexicon as two articles spell it 16, one code and sector 12, whole and
/// part 10, other parts of one state 3 to 8, else 0.
pub(super) fn likeness(a: &ActorRef, b: &ActorRef) -> i32 {
    if (a.identifier.is_some() && a.identifier == b.identifier) || (a.entity.is_some() && a.entity == b.entity) {
        return SIDE;
    }
    if a.code != b.code || opposed(a.sector, b.sector) {
        return 0;
    }
    match (&a.entity, &b.entity) {
        (Some(x), Some(y)) if a.identifier.is_none() && b.identifier.is_none() && one_bearer(x, y).is_some() => SPELLING,
        (Some(_), Some(_)) => 3,
        (None, None) if a.sector == b.sector => 12,
        // A state or group as a whole, and a person or organ of it.
        _ if a.sector == b.sector || unknown(a.sector) || unknown(b.sector) => 10,
        _ if of_state(a.sector) && of_state(b.sector) => 10,
        _ => 2,
    }
}

fn unknown(sector: Option<Sector>) -> bool {
    sector.is_none_or(|s| s == Sector::Unk)
}

fn of_state(sector: Option<Sector>) -> bool {
    use Sector::*;
    matches!(sector, Some(Gov | Mil | Cop | Jud | Leg | Spy | Prm))
}

/// Whether two sectors stand on two sides: those who rule and those who fight or oppose them.
fn opposed(a: Option<Sector>, b: Option<Sector>) -> bool {
    let against = |s| matches!(s, Some(Sector::Reb | Sector::Opp | Sector::Uaf | Sector::Crm));
    (of_state(a) && against(b)) || (against(a) && of_state(b))
}

/// Who takes part, for finding candidates: the codes of all actors and recipients, sorted.
pub(super) fn codes<'a>(actors: &'a [ActorRef], recipients: &'a [ActorRef]) -> Vec<&'a str> {
    let all: BTreeSet<&str> = actors.iter().chain(recipients).map(|a| a.code.as_str()).collect();
    all.into_iter().collect()
}

/// Whether both sides of such an event do the same, so that who is named first means little.
pub(super) fn mutual(event: EventType) -> bool {
    use EventType::*;
    matches!(event, Consult | Cooperate | Agree | Assault | Retreat)
}
