//! Whole short articles through the English model: who and where, phrase by phrase.
#![allow(clippy::unwrap_used)]

use chancery_lexicon::Lexicon;
use chancery_model::{Article, DateBasis, Document, Findings, Published, Span};
use chancery_resolve::{actors_of, place_of, resolve};

struct Read {
    article: Article,
    document: Document,
    findings: Findings,
}

fn read(text: &str, published: &str) -> Read {
    let published = published.parse().ok().map(|date| Published { date, basis: DateBasis::Metadata, span: None });
    let article = Article { published, ..Article::bare("a", text) };
    let document = chancery_text::read(&article, chancery_text::Model::builtin()).output;
    let findings = resolve(&article, &document, Lexicon::builtin());
    Read { article, document, findings }
}

impl Read {
    /// `CODE/SECTOR entity` of the last occurrence of a phrase.
    fn who(&self, phrase: &str) -> Vec<String> {
        let at = self.article.text.rfind(phrase).unwrap();
        let tokens = self.document.tokens(Span::new(at, at + phrase.len()));
        let found = actors_of(&self.findings, &self.document, tokens);
        found
            .into_iter()
            .filter(|(_, _, c)| *c > 0.25)
            .map(|(a, _, _)| {
                format!("{}/{} {}", a.code, a.sector.map_or("-", |s| s.as_str()), a.entity.unwrap_or_default())
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }
    fn country(&self, phrase: &str) -> Option<String> {
        let at = self.article.text.rfind(phrase).unwrap();
        let tokens = self.document.tokens(Span::new(at, at + phrase.len()));
        place_of(&self.findings, &self.document, tokens, Lexicon::builtin()).and_then(|p| p.country)
    }
}

#[test]
fn officials_counterparts_and_pronouns() {
    let r = read(
        "Russian Foreign Minister Sergei Lavrov met his Turkish counterpart in Sochi on Monday. He said both countries wanted a truce in northern Syria.\n\
         Iranian Deputy Foreign Minister Farzad Mohseni Tabari criticised the talks. “We were not asked,” Tabari said.",
        "2016-03-28",
    );
    assert_eq!(r.who("Sergei Lavrov"), ["RUS/GOV Sergei Lavrov"]);
    assert_eq!(r.who("He")[0][..7], *"RUS/GOV");
    assert_eq!(r.who("his Turkish counterpart")[0][..7], *"TUR/GOV");
    let both: Vec<String> = r.who("both countries").iter().map(|a| a[..7].to_owned()).collect();
    assert!(both.contains(&"RUS/GOV".to_owned()) && both.contains(&"TUR/GOV".to_owned()), "{both:?}");
    assert_eq!(r.who("Iranian Deputy Foreign Minister Farzad Mohseni Tabari"), ["IRN/GOV Farzad Mohseni Tabari"]);
    assert_eq!(r.who("We")[0][..7], *"IRN/GOV");
    assert_eq!(r.country("northern Syria").as_deref(), Some("SYR"));
}

#[test]
fn armed_groups_and_coalitions() {
    let r = read(
        "Coalition jets struck Islamic State positions near Raqqa on Tuesday, the US-led coalition said. The militants had shelled the Syrian Democratic Forces.\n\
         Hezbollah fighters and Syrian government troops entered Palmyra.",
        "2016-12-01",
    );
    assert_eq!(r.who("Coalition jets")[0][..7], *"IGO/MIL");
    assert_eq!(r.who("the US-led coalition")[0][..7], *"IGO/MIL");
    assert_eq!(r.who("The militants")[0][..7], *"IMG/REB");
    assert_eq!(r.who("Syrian Democratic Forces")[0][..7], *"SYR/REB");
    assert_eq!(r.who("Hezbollah fighters")[0][..7], *"LBN/PRM");
    assert_eq!(r.who("Syrian government troops")[0][..7], *"SYR/MIL");
}

#[test]
fn unknown_bodies_and_their_letters() {
    let r = read(
        "The Popular Renewal Union (PRU) opposition party called for protests in Gabon. PRU leaders met police in Libreville. The party was banned by the government.",
        "",
    );
    assert_eq!(r.who("PRU leaders"), ["GAB/PTY Popular Renewal Union"]);
    assert_eq!(r.who("The party")[0][..7], *"GAB/PTY");
    assert_eq!(r.who("police")[0][..7], *"GAB/COP");
    assert_eq!(r.who("the government"), ["GAB/GOV Gabon"]);
}

#[test]
fn a_former_president_is_not_the_president() {
    let r = read(
        "President Emmanuel Macron of France met former President François Hollande in Paris. The president thanked him.",
        "2021-06-01",
    );
    assert_eq!(r.who("The president"), ["FRA/GOV Emmanuel Macron"]);
    assert!(
        r.who("former President François Hollande")[0].starts_with("FRA/ELI"),
        "{:?}",
        r.who("former President François Hollande")
    );
}

#[test]
fn the_field_of_an_office_is_nobody() {
    let r = read(
        "The US secretary of state told the Dutch foreign minister that a deal was near. John Kerry, the secretary of state, then flew home.",
        "2015-07-14",
    );
    assert_eq!(r.who("The US secretary of state"), ["USA/GOV John Kerry"]);
    assert!(r.findings.mentions.iter().all(|m| r.document.words[m.head].text != "state"));
    let r = read("Heads of government met in Accra. Norway's secretary of state for trade visited Ghana.", "2009-03-10");
    assert!(r.findings.mentions.iter().all(|m| !matches!(r.document.words[m.head].text.as_str(), "state" | "government")));
}

#[test]
fn a_counterpart_of_one_who_is_named_by_office_alone() {
    let r = read("The German foreign minister thanked his Dutch counterpart.", "2014-09-02");
    assert_eq!(r.who("his Dutch counterpart"), ["NLD/GOV Frans Timmermans"]);
    let r = read("The US secretary of state wrote to his Russian counterpart.", "2006-09-02");
    assert_eq!(r.who("his Russian counterpart"), ["RUS/GOV Sergei Lavrov"]);
}

#[test]
fn a_surname_alone_means_whoever_stands_out_on_that_day() {
    let r = read("Obama criticised Romney. Ahmadinejad accused Hollande. Singh telephoned Medvedev.", "2012-09-10");
    assert_eq!(r.who("Ahmadinejad"), ["IRN/GOV Mahmoud Ahmadinejad"]);
    assert_eq!(r.who("Hollande"), ["FRA/GOV François Hollande"]);
    assert_eq!(r.who("Singh"), ["IND/GOV Manmohan Singh"]);
    assert_eq!(r.who("Romney"), ["UNK/- Romney"], "whoever is not known has no state by the article's");
    let r = read("Johnson met Varadkar in Dublin. Modi thanked Bolsonaro.", "2020-02-10");
    assert_eq!(r.who("Johnson"), ["GBR/GOV Boris Johnson"]);
    assert_eq!(r.who("Bolsonaro"), ["BRA/GOV Jair Bolsonaro"]);
    let r = read("Brown telephoned Sarkozy on Monday.", "2010-02-10");
    assert_eq!(r.who("Brown"), ["GBR/GOV Gordon Brown"]);
    let r = read("Scott Brown won the seat in Massachusetts. Brown thanked voters.", "2010-02-10");
    assert!(r.who("Brown")[0].ends_with("Scott Brown"), "{:?}", r.who("Brown"));
}

#[test]
fn whoever_is_called_of_another_state_is_somebody_else() {
    let r = read(
        "Malaysian lawyer Anwar Sadat sued a bank. Hassan Mahmoud, a Sudanese farmer, fled to Chad. Pakistani teacher Abdul Ali was killed in Quetta.",
        "2014-04-10",
    );
    assert_eq!(r.who("Malaysian lawyer Anwar Sadat"), ["MYS/SOC Anwar Sadat"]);
    assert_eq!(r.who("Hassan Mahmoud"), ["SDN/AGR Hassan Mahmoud"]);
    assert_eq!(r.who("Abdul Ali"), ["PAK/EDU Abdul Ali"]);
    // two of one name in one article
    let r = read("Yemeni doctor Saleh Karim thanked Tunisian journalist Saleh Karim.", "2014-04-10");
    assert_eq!(r.who("Yemeni doctor Saleh Karim"), ["YEM/MED Saleh Karim"]);
    assert_eq!(r.who("Tunisian journalist Saleh Karim"), ["TUN/JRN Saleh Karim"]);
}

#[test]
fn a_town_lies_where_the_text_says() {
    for (text, town, code) in [
        ("The army entered Tripoli, the Lebanese port, on Monday.", "Tripoli", "LBN"),
        ("A bomb exploded in Hyderabad, Pakistan, on Tuesday.", "Hyderabad", "PAK"),
        ("Clashes began in the Pakistani city of Hyderabad.", "Hyderabad", "PAK"),
        ("A man was shot in Odessa, Texas, on Friday.", "Odessa", "USA"),
        ("The mayor of Manchester, New Hampshire, resigned.", "Manchester", "USA"),
        ("Police in Valencia, northern Venezuela, fired on a crowd.", "Valencia", "VEN"),
        // in lists each is itself
        ("Talks took place in Riyadh, Doha, and Ankara.", "Riyadh", "SAU"),
        ("Talks took place in Paris, London, Washington, and Rome.", "London", "GBR"),
    ] {
        assert_eq!(read(text, "2019-04-10").country(town).as_deref(), Some(code), "{text}");
    }
    let r = read("Ministers of Jordan, Lebanon, and Iraq met.", "2019-04-10");
    assert_eq!(r.country("Jordan").as_deref(), Some("JOR"));
    let r = read("Police in Oruro, Bolivia, freed a judge.", "2019-04-10");
    assert!(r.who("Bolivia").is_empty(), "where a town lies is no government: {:?}", r.who("Bolivia"));
    assert_eq!(r.who("Police"), ["BOL/COP Bolivia Police"]);
}

#[test]
fn a_person_may_bear_the_name_of_a_state() {
    let r = read("Actor Hasan Chad won a prize in Rome. Chad thanked fans.", "2012-05-10");
    assert!(r.who("Chad")[0].ends_with("Hasan Chad"), "{:?}", r.who("Chad"));
    let r = read("Basketball player Michael Jordan visited Utah. Jordan met fans.", "2012-05-10");
    assert!(r.who("Jordan")[0].ends_with("Michael Jordan"), "{:?}", r.who("Jordan"));
    let r = read("Actor Hasan Chad visited N'Djamena. Chad thanked him, the Chadian president said.", "2012-05-10");
    assert_eq!(r.who("Chad thanked"), ["TCD/GOV Chad"]);
}

#[test]
fn the_text_knows_better_who_holds_an_office_after_the_last_day_of_the_lexicon() {
    let r = read("Vietnamese Foreign Minister Bui Thanh Son met US officials in Hanoi.", "2025-03-20");
    assert_eq!(r.who("Bui Thanh Son"), ["VNM/GOV Bui Thanh Son"]);
    let r = read("Former Vietnamese Foreign Minister Bui Thanh Son visited Laos.", "2025-09-01");
    assert_eq!(r.who("Bui Thanh Son"), ["VNM/ELI Bui Thanh Son"]);
}
