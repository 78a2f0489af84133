//! The days of events, given the words that tell them: each row is a text, the trigger, its type and the day or days (codebook §3).

mod told;

use chancery_model::Span;

/// Published on Wednesday 16 November 2022; ranges are FROM/TO, `-` is no day.
const ROWS: &[(&str, &str, &str, &str)] = &[
    // on the verb itself, and on what only carries it
    ("French jets bombed a camp near Gao on Monday.", "bombed", "ASSAULT", "2022-11-14"),
    ("Ghana and Togo held talks in Accra on Friday.", "talks", "CONSULT", "2022-11-11"),
    ("The minister paid a visit to Oslo last week.", "visit", "CONSULT", "2022-11-07/2022-11-13"),
    // in a clause or phrase right at the event
    ("They spoke of the siege that began in May 2021.", "siege", "ASSAULT", "2021-05-01/2021-05-31"),
    ("He was toppled in a 2003 coup.", "toppled", "COERCE", "2003-01-01/2003-12-31"),
    ("The warrant issued in 2019 was confirmed.", "warrant", "ACCUSE", "2019-01-01/2019-12-31"),
    // at the front: said of all that follows
    ("On Monday, Chad met envoys of Niger and signed a treaty with them.", "signed", "SUPPORT", "2022-11-14"),
    ("In 2013, a court opened an investigation into the payments.", "investigation", "ACCUSE", "2013-01-01/2013-12-31"),
    ("Rebels seized Gao in late 2019 and in mid-2020 France bombed Kidal.", "bombed", "ASSAULT", "2020-05-01/2020-08-31"),
    ("Chad left the pact in March and on Sunday Niger joined it.", "joined", "AGREE", "2022-11-13"),
    // of the deed that goes on at the same time
    ("Ties were cut in 2016 when a crowd attacked the embassy.", "attacked", "ASSAULT", "2016-01-01/2016-12-31"),
    // all up to the day of writing
    ("Chad has held three editors since May 2021.", "held", "COERCE", "2021-05-01/2022-11-16"),
    // from one end of a stretch to the other, and all of a row
    ("Between 3 and 6 August the army shelled Gao.", "shelled", "ASSAULT", "2022-08-03/2022-08-06"),
    ("The army shelled Gao from Sunday to Tuesday.", "shelled", "ASSAULT", "2022-11-13/2022-11-15"),
    ("From 20 January to 18 March 2015 rebels held three nuns.", "held", "COERCE", "2015-01-20/2015-03-18"),
    ("Bombs killed nine men in Kano on 2 and 5 March.", "killed", "ASSAULT", "2022-03-02/2022-03-05"),
    ("Both armies fought in the 2008-09 war.", "fought", "ASSAULT", "2008-01-01/2009-12-31"),
    // the more exact of two times told in one breath
    ("Ten years ago, on 11 March, bombs killed people in Madrid.", "killed", "ASSAULT", "2012-03-11"),
    ("Last year, in May, Chad held talks with Niger.", "talks", "CONSULT", "2021-05-01/2021-05-31"),
    ("In 2016, on 5 June, Peru elected a president and rebels bombed Lima.", "bombed", "ASSAULT", "2016-06-05"),
    ("He was toppled in 2003, and on 5 May 2004 a court jailed him.", "toppled", "COERCE", "2003-01-01/2003-12-31"),
    // a promise or demand is made when it is spoken
    ("Kenya would send troops, its president said on Tuesday.", "send", "AGREE", "2022-11-15"),
    // not the plan's day, nor another deed's
    ("The summit, which will be hosted by Peru on 2 December, was discussed.", "hosted", "CONSULT", "-"),
    ("The EU condemned on Monday the execution of two men.", "execution", "ASSAULT", "-"),
    ("The opposition, in power before the 2011 elections, threatens to march.", "threatens", "THREATEN", "-"),
    ("Peru, which fought Chile in 1995, has sent envoys to Quito.", "sent", "CONSULT", "-"),
    ("He called it a prelude to the summit due in December.", "summit", "AGREE", "-"),
    ("The council adopted Vision 2030.", "adopted", "SUPPORT", "-"),
    // never the article's day by default
    ("Guinea expelled the ambassador of Mali.", "expelled", "SANCTION", "-"),
    // the same again
    ("Iran and Oman held a meeting on Sunday. The meeting dealt with trade.", "meeting dealt", "CONSULT", "2022-11-13"),
    (
        "The Lagos Declaration was signed in May 2021. The declaration promised a truce.",
        "promised",
        "AGREE",
        "2021-05-01/2021-05-31",
    ),
    // a statement is made when it is made
    (
        "Speaking today, Foreign Minister Anna Berg said: I welcome the truce in Mali. We call on Togo to sign it.",
        "call",
        "REQUEST",
        "2022-11-16",
    ),
    ("Speaking in Geneva on Monday, Foreign Minister Anna Berg condemned the raid.", "condemned", "ACCUSE", "2022-11-14"),
    // the same ones going on, and others who are not on the scene
    (
        "Foreign Minister Anna Berg met Turkish officials on Monday. She urged Turkey to free the men.",
        "urged",
        "REQUEST",
        "2022-11-14",
    ),
    ("Mali held a referendum on Sunday. Opposition parties boycotted the ballot.", "boycotted", "PROTEST", "2022-11-13"),
    // what a quotation tells of the past is not the scene around it, nor is what a text only looks back on
    (
        "“We met envoys of Mali in Lagos last month,” Foreign Minister Anna Berg said. “My government rejects the charges,” she said.",
        "rejects",
        "REJECT",
        "-",
    ),
    ("“I signed the treaty in May 2021,” President Macky Sall said. He condemned the raid on Gao.", "condemned", "ACCUSE", "-"),
    (
        "President Macky Sall met Turkish officials on Monday. Rebels had seized Gao in October. Sall condemned Mali.",
        "condemned",
        "ACCUSE",
        "2022-11-14",
    ),
    (
        "President Macky Sall met Turkish officials on Monday. He met President Bola Tinubu in October. Tinubu condemned Mali.",
        "condemned",
        "ACCUSE",
        "2022-10-01/2022-10-31",
    ),
    // in what a statement says, and in what it quotes
    (
        "Foreign Minister Anna Berg spoke today. “The siege is a crime. Mali must let the convoys in,” she said.",
        "let the convoys in",
        "REQUEST",
        "2022-11-16",
    ),
    (
        "Foreign Minister Anna Berg met Turkish officials on Monday. Sudan rejected a plan of the African Union.",
        "rejected",
        "REJECT",
        "-",
    ),
];

fn days(text: &str, trigger: &str, event: &str, published: Option<&str>) -> String {
    told::asked((text, trigger, event), published, |article, document, findings, lexicon, event, at| {
        // of several words the first is the trigger; the others tell which one
        let words = document.tokens(Span::new(at, at + trigger.split(' ').next().map_or(0, str::len)));
        match chancery_coder::date_of(article, document, findings, lexicon, event, words) {
            None => "-".to_owned(),
            Some(d) if d.from == d.to => d.from.to_string(),
            Some(d) => format!("{}/{}", d.from, d.to),
        }
    })
}

#[test]
fn events_have_their_own_days() {
    told::all_as_wanted(ROWS, |text, trigger, event| days(text, trigger, event, Some("2022-11-16")));
}

#[test]
fn a_weekday_says_nothing_where_the_day_of_writing_is_unknown() {
    assert_eq!(days("French jets bombed a camp near Gao on Monday.", "bombed", "ASSAULT", None), "-");
    assert_eq!(days("French jets bombed a camp on 5 May 2021.", "bombed", "ASSAULT", None), "2021-05-05");
}

#[test]
fn a_day_of_writing_that_the_text_leaves_no_choice_about_is_inferred() {
    let dated = |text: &str| {
        let outcome = chancery::read_page(&told::page(text, None), &chancery::Rooms::builtin()).expect("an article");
        let unknown = outcome.notes.iter().any(|n| n.code == "published-unknown");
        assert_eq!(unknown, outcome.article.published.is_none(), "{text}");
        outcome.article.published.map(|p| format!("{} {}", p.date, p.basis))
    };
    let inferred = |day: &str| Some(format!("{day} inferred"));
    assert_eq!(
        dated("Today, 4 July 2015, Greek police arrested three men. Yesterday Greece rejected the offer."),
        inferred("2015-07-04")
    );
    assert_eq!(
        dated(
            "KYIV, Feb 25 (Reuters) - Russian forces shelled Kharkiv, a day after Russia invaded Ukraine on February 24, 2022."
        ),
        inferred("2022-02-25")
    );
    assert_eq!(
        dated("LONDON, 24 Sep - The ministers of France and Iran met on Tuesday 22 September 2015 in Doha."),
        inferred("2015-09-24")
    );
    assert_eq!(
        dated("Updated 14 March 2014. Russian troops seized a base in Crimea on Thursday."),
        Some("2014-03-14 stated".to_owned())
    );
    assert_eq!(
        dated("The war in Syria began on 15 March 2011 and goes on today. France rejected the claims on Wednesday."),
        None
    );
}
