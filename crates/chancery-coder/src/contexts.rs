//! Themes of a sentence (codebook §7), by words that name them.

use chancery_model::{Context, Document, EventType, Mode};

/// Lemmas (lower case) and the theme they name, sorted by theme in the codebook's order.
const THEMES: &[(Context, &[&str])] = &[
    (
        Context::Military,
        &[
            "air",
            "aircraft",
            "airstrike",
            "army",
            "artillery",
            "battle",
            "bomb",
            "brigade",
            "ceasefire",
            "combat",
            "fighter",
            "forces",
            "guard",
            "jet",
            "militant",
            "military",
            "missile",
            "navy",
            "offensive",
            "rebel",
            "rocket",
            "soldier",
            "tank",
            "troop",
            "truce",
            "war",
            "weapon",
        ],
    ),
    (Context::Intelligence, &["espionage", "intelligence", "spy", "surveillance"]),
    (Context::Executive, &["cabinet", "decree", "executive", "reshuffle"]),
    (Context::Legislative, &["bill", "congress", "lawmaker", "legislation", "parliament", "senate"]),
    (Context::Election, &["ballot", "candidate", "election", "electoral", "poll", "referendum", "vote", "voter"]),
    (Context::PoliticalInstitutions, &["constitution", "constitutional", "impeachment"]),
    (Context::ProDemocracy, &["democracy", "democratic"]),
    (
        Context::Economic,
        &[
            "bank",
            "budget",
            "economic",
            "economy",
            "export",
            "gas",
            "import",
            "investment",
            "loan",
            "oil",
            "tariff",
            "tax",
            "trade",
        ],
    ),
    (Context::Legal, &["court", "indictment", "judge", "lawsuit", "prosecutor", "trial", "tribunal"]),
    (Context::Reparations, &["compensation", "reparation"]),
    (Context::HumanRights, &["atrocity", "genocide", "rights", "torture"]),
    (Context::RightsFreedoms, &["censorship", "freedom", "journalist"]),
    (Context::Repression, &["crackdown", "dissident", "repression"]),
    (Context::HumanSecurity, &["civilian", "displaced", "famine", "humanitarian", "hunger"]),
    (Context::Gender, &["gender", "girl", "woman"]),
    (Context::Lgbt, &["gay", "homosexual", "lgbt"]),
    (
        Context::Religion,
        &[
            "alawite",
            "christian",
            "church",
            "ethnic",
            "islamic",
            "jewish",
            "mosque",
            "muslim",
            "sectarian",
            "shia",
            "shiite",
            "sunni",
        ],
    ),
    (
        Context::Diplomatic,
        &["ambassador", "diplomat", "diplomatic", "embassy", "envoy", "negotiation", "summit", "talk", "treaty"],
    ),
    (Context::Territory, &["annexation", "border", "sovereignty", "territorial", "territory"]),
    (Context::Peacekeeping, &["peacekeeper", "peacekeeping"]),
    (Context::Health, &["disease", "epidemic", "hospital", "medical", "pandemic", "vaccine", "virus"]),
    (Context::Asylum, &["asylum", "refugee"]),
    (Context::Migration, &["migrant", "migration"]),
    (Context::Disasters, &["cyclone", "drought", "earthquake", "flood", "hurricane"]),
    (Context::NaturalResource, &["fishery", "mining", "oil", "water"]),
    (Context::Environment, &["climate", "emission", "pollution"]),
    (Context::Technology, &["satellite", "technology"]),
    (Context::Terrorism, &["extremism", "extremist", "jihadist", "terror", "terrorism", "terrorist"]),
    (Context::Cbrn, &["chemical", "enrichment", "nuclear", "sarin", "uranium"]),
    (Context::Cyber, &["cyber", "hacker", "hacking"]),
    (Context::Misinformation, &["disinformation", "propaganda"]),
    (Context::Crime, &["crime", "gang", "murder", "police", "robbery"]),
    (Context::Corruption, &["bribe", "bribery", "corruption", "embezzlement", "graft"]),
    (Context::IllegalDrugs, &["cocaine", "drug", "heroin", "opium"]),
    (Context::Trafficking, &["smuggling", "trafficking"]),
];

/// The themes of a sentence, in the codebook's order.
pub fn of(document: &Document, sentence: usize, event: EventType, mode: Option<Mode>) -> Vec<Context> {
    let lemmas: Vec<String> =
        document.sentences[sentence].tokens.range().map(|i| document.words[i].lemma.to_lowercase()).collect();
    let mut out: Vec<Context> = THEMES
        .iter()
        .filter(|(_, words)| lemmas.iter().any(|l| words.binary_search(&l.as_str()).is_ok()))
        .map(|(c, _)| *c)
        .collect();
    let implied = match (event, mode) {
        (EventType::Consult, _) => Some(Context::Diplomatic),
        (EventType::Assault | EventType::Mobilize, _) => Some(Context::Military),
        (EventType::Sanction, Some(Mode::Convict)) => Some(Context::Legal),
        _ => None,
    };
    if let Some(c) = implied
        && !out.contains(&c)
    {
        out.push(c);
        out.sort();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_the_search() {
        for (context, words) in THEMES {
            assert!(words.is_sorted(), "{context}");
        }
    }
}
