//! Type and mode → CAMEO code, its label and its Goldstein value: the way back from PLOVER to the older ontology.
//!
//! The codes map back to the same type and mode through PLOVER's own conversion table of 2021 where that table has the mode; the values
//! are Goldstein's (1992) as extended to CAMEO for ICEWS.

use chancery_model::{EventType, Mode};

/// (type, mode, CAMEO code, label, Goldstein value); the first row of a type without a mode is its fallback.
const TABLE: &[(EventType, Option<Mode>, &str, &str, f64)] = &[
    (EventType::Agree, None, "030", "Express intent to cooperate", 4.0),
    (EventType::Consult, None, "040", "Consult", 1.0),
    (EventType::Consult, Some(Mode::Visit), "042", "Make a visit", 1.9),
    (EventType::Consult, Some(Mode::ThirdParty), "045", "Mediate", 5.0),
    (EventType::Consult, Some(Mode::Multilateral), "046", "Engage in negotiation", 7.0),
    (EventType::Consult, Some(Mode::Phone), "041", "Discuss by telephone", 1.0),
    (EventType::Support, None, "050", "Engage in diplomatic cooperation", 3.5),
    (EventType::Concede, None, "080", "Yield", 5.0),
    (EventType::Cooperate, None, "060", "Engage in material cooperation", 6.0),
    (EventType::Aid, None, "070", "Provide aid", 7.0),
    (EventType::Retreat, None, "084", "Return, release", 7.0),
    (EventType::Retreat, Some(Mode::Withdraw), "0872", "Ease military blockade", 9.0),
    (EventType::Retreat, Some(Mode::Release), "0841", "Return, release person(s)", 7.0),
    (EventType::Retreat, Some(Mode::Disarm), "0873", "Demobilize armed forces", 9.0),
    (EventType::Retreat, Some(Mode::Ceasefire), "0871", "Declare truce, ceasefire", 9.0),
    (EventType::Retreat, Some(Mode::Access), "086", "Allow international involvement", 9.0),
    (EventType::Retreat, Some(Mode::Resign), "0831", "Accede to demands for change in leadership", 5.0),
    (EventType::Request, None, "100", "Demand", -5.0),
    (EventType::Request, Some(Mode::Assist), "101", "Demand material cooperation", -5.0),
    (EventType::Request, Some(Mode::Change), "104", "Demand political reform", -5.0),
    (EventType::Request, Some(Mode::Yield), "1056", "Demand de-escalation of military engagement", -5.0),
    (EventType::Request, Some(Mode::Meet), "106", "Demand meeting, negotiation", -5.0),
    (EventType::Accuse, None, "110", "Disapprove", -2.0),
    (EventType::Accuse, Some(Mode::Disapprove), "111", "Criticize or denounce", -2.0),
    (EventType::Accuse, Some(Mode::Investigate), "090", "Investigate", -2.0),
    (EventType::Accuse, Some(Mode::Allege), "114", "Complain officially", -2.0),
    (EventType::Reject, None, "120", "Reject", -4.0),
    (EventType::Reject, Some(Mode::Assist), "121", "Reject material cooperation", -4.0),
    (EventType::Reject, Some(Mode::Change), "123", "Reject request or demand for political reform", -4.0),
    (EventType::Reject, Some(Mode::Yield), "1246", "Decline to de-escalate military engagement", -4.0),
    (EventType::Reject, Some(Mode::Meet), "125", "Reject proposal to meet, discuss, or negotiate", -5.0),
    (EventType::Threaten, None, "130", "Threaten", -4.4),
    (EventType::Threaten, Some(Mode::Restrict), "1312", "Threaten to boycott, embargo, or sanction", -5.8),
    (EventType::Threaten, Some(Mode::Arrest), "137", "Threaten with violent repression", -7.0),
    (EventType::Threaten, Some(Mode::Relations), "1313", "Threaten to reduce or break relations", -5.8),
    (EventType::Threaten, Some(Mode::Expel), "136", "Threaten to halt international involvement", -7.0),
    (EventType::Threaten, Some(Mode::Territory), "1382", "Threaten occupation", -7.0),
    (EventType::Threaten, Some(Mode::Violence), "138", "Threaten with military force", -7.0),
    (EventType::Protest, None, "140", "Engage in political dissent", -6.5),
    (EventType::Protest, Some(Mode::Demo), "141", "Demonstrate or rally", -6.5),
    (EventType::Protest, Some(Mode::Riot), "145", "Protest violently, riot", -7.5),
    (EventType::Protest, Some(Mode::Strike), "143", "Conduct strike or boycott", -6.5),
    (EventType::Protest, Some(Mode::Hunger), "142", "Conduct hunger strike", -6.5),
    (EventType::Protest, Some(Mode::Boycott), "143", "Conduct strike or boycott", -6.5),
    (EventType::Protest, Some(Mode::Obstruct), "144", "Obstruct passage, block", -7.5),
    (EventType::Sanction, None, "160", "Reduce relations", -4.0),
    (EventType::Sanction, Some(Mode::Expel), "166", "Expel or withdraw", -7.0),
    (EventType::Sanction, Some(Mode::Withdraw), "161", "Reduce or break diplomatic relations", -4.0),
    (EventType::Sanction, Some(Mode::Discontinue), "162", "Reduce or stop aid", -5.6),
    (EventType::Mobilize, None, "150", "Demonstrate military or police power", -7.2),
    (EventType::Mobilize, Some(Mode::Troops), "154", "Mobilize or increase armed forces", -7.2),
    (EventType::Mobilize, Some(Mode::Police), "153", "Mobilize or increase police power", -7.2),
    (EventType::Coerce, None, "170", "Coerce", -7.0),
    (EventType::Coerce, Some(Mode::Seize), "171", "Seize or damage property", -9.2),
    (EventType::Coerce, Some(Mode::Restrict), "172", "Impose administrative sanctions", -5.0),
    (EventType::Coerce, Some(Mode::Curfew), "1723", "Impose curfew", -5.0),
    (EventType::Coerce, Some(Mode::MartialLaw), "1724", "Impose state of emergency or martial law", -5.0),
    (EventType::Coerce, Some(Mode::Arrest), "173", "Arrest, detain, or charge with legal action", -5.0),
    (EventType::Coerce, Some(Mode::Deport), "174", "Expel or deport individuals", -5.0),
    (EventType::Assault, None, "190", "Use conventional military force", -10.0),
    (EventType::Assault, Some(Mode::Abduct), "181", "Abduct, hijack, or take hostage", -9.0),
    (EventType::Assault, Some(Mode::Beat), "182", "Physically assault", -9.5),
    (EventType::Assault, Some(Mode::Sexual), "1821", "Sexually assault", -9.0),
    (EventType::Assault, Some(Mode::Torture), "1822", "Torture", -9.0),
    (EventType::Assault, Some(Mode::Targeted), "186", "Assassinate", -10.0),
    (EventType::Assault, Some(Mode::Explosives), "1833", "Carry out roadside bombing", -9.0),
    (EventType::Assault, Some(Mode::SuicideAttack), "183", "Conduct suicide, car, or other non-military bombing", -10.0),
    (EventType::Assault, Some(Mode::Firearms), "193", "Fight with small arms and light weapons", -10.0),
    (EventType::Assault, Some(Mode::HeavyWeapons), "194", "Fight with artillery and tanks", -10.0),
    (EventType::Assault, Some(Mode::Aerial), "195", "Employ aerial weapons", -10.0),
    (EventType::Assault, Some(Mode::Drone), "195", "Employ aerial weapons", -10.0),
    (EventType::Assault, Some(Mode::Unconventional), "204", "Use weapons of mass destruction", -10.0),
];

fn row(event: EventType, mode: Option<Mode>) -> Option<&'static (EventType, Option<Mode>, &'static str, &'static str, f64)> {
    let of_type = |m: Option<Mode>| TABLE.iter().find(move |r| r.0 == event && r.1 == m);
    of_type(mode).or_else(|| of_type(None))
}

/// The CAMEO code of a type and mode; a mode without a code of its own falls back to the type's.
///
/// ```
/// use chancery_model::{EventType, Mode};
/// assert_eq!(chancery_coder::cameo_code(EventType::Consult, Some(Mode::Phone)), "041");
/// assert_eq!(chancery_coder::cameo_code(EventType::Mobilize, Some(Mode::Weapons)), "150");
/// ```
pub fn cameo_code(event: EventType, mode: Option<Mode>) -> &'static str {
    row(event, mode).map_or("", |r| r.2)
}

/// The Goldstein value (−10 to 10) of a type and mode.
pub fn goldstein(event: EventType, mode: Option<Mode>) -> f64 {
    row(event, mode).map_or(0.0, |r| r.4)
}

/// The CAMEO label of a type and mode, as ICEWS prints it.
pub fn label(event: EventType, mode: Option<Mode>) -> &'static str {
    row(event, mode).map_or("", |r| r.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_fallback_and_every_mode_fits_its_type() {
        for event in EventType::ALL {
            assert!(TABLE.iter().any(|r| r.0 == *event && r.1.is_none()), "{event}");
        }
        for (event, mode, ..) in TABLE {
            assert!(mode.is_none_or(|m| Mode::of(*event).contains(&m)), "{event} {mode:?}");
        }
    }
}
