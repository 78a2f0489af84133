//! The places of events, given the words that tell them: each row is a text, the trigger, its type and the place, `-` for none (codebook §6).

mod told;

use chancery_model::Span;

const ROWS: &[(&str, &str, &str, &str)] = &[
    // on the verb itself, and what is aimed at
    ("French jets bombed a camp near Gao on Monday.", "bombed", "ASSAULT", "Gao"),
    ("The army shelled Aleppo.", "shelled", "ASSAULT", "Aleppo"),
    // not where another deed sets out from
    ("Rockets fired from Syria hit Kilis on Monday.", "hit", "ASSAULT", "Kilis"),
    ("Missiles launched from Yemen struck Riyadh.", "struck", "ASSAULT", "Riyadh"),
    ("Shells fired from Lebanon killed two men in Haifa.", "killed", "ASSAULT", "Haifa"),
    ("Israel has been shelled from Gaza since Friday.", "shelled", "ASSAULT", "Israel"),
    ("Najran was hit by missiles fired from Yemen.", "hit", "ASSAULT", "Najran"),
    // the scene goes on
    ("Rebels entered Gao on Monday. They killed nine soldiers.", "killed", "ASSAULT", "Gao"),
    ("Police in Lagos fired shots. They arrested nine men.", "arrested", "COERCE", "Lagos"),
    // what is quoted is not done where it is said
    (
        "Israeli Prime Minister Benjamin Netanyahu spoke to reporters in Washington. “We struck the camp on Sunday,” he said.",
        "struck",
        "ASSAULT",
        "-",
    ),
    (
        "Russian Foreign Minister Sergei Lavrov met John Kerry in Geneva on Monday. “Our planes struck the rebels,” Lavrov said.",
        "struck",
        "ASSAULT",
        "-",
    ),
    // nor is what is only talked of
    (
        "President Recep Tayyip Erdogan and President Vladimir Putin met in St Petersburg. Both condemned the coup attempt.",
        "coup attempt",
        "ASSAULT",
        "-",
    ),
    ("The leaders of Chad and Niger met in Paris on Monday. They deplored the attacks.", "attacks", "ASSAULT", "-"),
    // another day is another scene
    (
        "Boko Haram fighters attacked a village in Cameroon on Monday. French soldiers killed rebels on Tuesday.",
        "killed",
        "ASSAULT",
        "-",
    ),
    // who receives or arrests is at home
    ("The emir of Qatar received the foreign minister of Oman on Monday.", "received", "CONSULT", "Qatar"),
    ("Kenya hosted envoys of Sudan and Chad.", "hosted", "CONSULT", "Kenya"),
    ("Turkish authorities arrested two Iranian citizens.", "arrested", "COERCE", "Turkey"),
    // said where the clause plays
    ("Speaking in Nairobi on Monday, President William Ruto condemned the coup.", "condemned", "ACCUSE", "Nairobi"),
];

fn place(text: &str, trigger: &str, event: &str) -> String {
    told::asked((text, trigger, event), Some("2022-11-16"), |article, document, findings, lexicon, event, at| {
        let words = document.tokens(Span::new(at, at + trigger.len()));
        let place = chancery_coder::place_at(article, document, findings, lexicon, event, words);
        place.map_or_else(|| "-".to_owned(), |p| p.name)
    })
}

#[test]
fn events_have_their_own_places() {
    told::all_as_wanted(ROWS, place);
}
