use chancery_model::{EventType, Mode};

/// The PLOVER conflict–cooperation score of a type and mode (codebook §8): −10 most conflictual, 10 most cooperative.
///
/// A mode that the table does not list scores as its bare type.
///
/// ```
/// use chancery_model::{EventType, Mode};
/// assert_eq!(chancery_relations::plover_score(EventType::Consult, Some(Mode::Phone)), 1.5);
/// assert_eq!(chancery_relations::plover_score(EventType::Accuse, None), -3.0);
/// ```
pub fn plover_score(event: EventType, mode: Option<Mode>) -> f64 {
    mode.and_then(|m| of_mode(event, m)).unwrap_or_else(|| of_type(event))
}

fn of_type(event: EventType) -> f64 {
    use EventType::*;
    match event {
        Agree | Consult => 2.5,
        Support => 5.0,
        Concede => 4.5,
        Cooperate => 9.5,
        Aid => 10.0,
        Retreat => 6.5,
        Request => 0.0,
        // The draft prints 3 without its sign; every mode of the type is negative.
        Accuse => -3.0,
        Reject => -2.0,
        Threaten => -3.5,
        Protest => -5.0,
        Sanction => -6.0,
        Mobilize => -5.5,
        Coerce => -7.0,
        Assault => -9.0,
    }
}

fn of_mode(event: EventType, mode: Mode) -> Option<f64> {
    use EventType::*;
    use Mode::*;
    Some(match (event, mode) {
        (Consult, Visit | Multilateral) => 4.0,
        (Consult, ThirdParty) => 1.0,
        (Consult, Phone) => 1.5,
        (Retreat, Withdraw) => 8.0,
        (Retreat, Release | Access) => 6.5,
        (Retreat, Disarm) => 10.0,
        (Retreat, Ceasefire) => 7.5,
        (Retreat, Resign) => 4.5,
        (Request, Assist) => 0.5,
        (Request, Change | Yield) => -1.0,
        (Request, Meet) => 0.0,
        (Accuse, Disapprove) => -2.0,
        (Accuse, Investigate | Allege) => -3.5,
        (Reject, Assist) => -1.5,
        (Reject, Change | Yield | Meet) => -2.0,
        (Threaten, Restrict) => -3.0,
        (Threaten, Territory) => -4.0,
        (Threaten, Mode::Arrest | Relations | Expel | Violence) => -3.5,
        (Protest, Demo | Strike) => -5.0,
        (Protest, Riot) => -7.0,
        (Protest, Hunger | Boycott | Obstruct) => -4.5,
        (Sanction, Convict | Withdraw | Discontinue) => -6.0,
        (Sanction, Expel) => -5.5,
        (Mobilize, Troops | Weapons) => -6.5,
        (Mobilize, Police) => -5.5,
        (Mobilize, Militia) => -6.0,
        (Coerce, Censor | Curfew | Misinformation) => -6.5,
        (Coerce, MartialLaw) => -7.5,
        (Assault, Abduct | Torture | Sexual | Destroy) => -8.5,
        (Assault, Beat | CrowdControl) => -7.5,
        (Assault, Targeted | SuicideAttack | Aerial | Drone | HeavyWeapons) => -9.5,
        (Assault, Primitive) => -8.0,
        (Assault, Firearms | Explosives) => -9.0,
        (Assault, Unconventional) => -10.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_has_the_sign_of_its_quad() {
        for &event in EventType::ALL {
            for mode in std::iter::once(None).chain(Mode::of(event).iter().copied().map(Some)) {
                let score = plover_score(event, mode);
                let cooperative = event.quad().number() <= 2;
                assert!(if cooperative { score > 0.0 } else { score <= 0.5 }, "{event} {mode:?} {score}");
                assert!(score.abs() <= 10.0);
            }
        }
        assert_eq!(plover_score(EventType::Assault, Some(Mode::Aerial)), -9.5);
        assert_eq!(plover_score(EventType::Protest, Some(Mode::Vandalize)), -5.0);
    }
}
