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
    let r = read("Russia waited. Deputy Energy Minister Jone Vuki of Fiji criticised Russia on Friday.", "2014-04-10");
    assert_eq!(r.who("Jone Vuki"), ["FJI/GOV Jone Vuki"]);
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

#[test]
fn people_without_a_state_have_that_of_their_clause() {
    for (text, phrase, code) in [
        ("Turkey criticised Greece. A bomb killed 20 people in Quetta. Turkey praised Greece.", "20 people", "PAK/CVL"),
        ("Israel criticised Jordan. Gunmen attacked a bus 30 km south of Mogadishu.", "Gunmen", "SOM/UAF"),
        ("France bombed Libya. Russian-backed fighters shelled Kramatorsk on Monday.", "Russian-backed fighters", "UKR/REB"),
        ("India met Nepal. India met Bhutan. Belarus executed two men on Friday. India thanked Bhutan.", "two men", "BLR/CVL"),
        ("Sudan met Chad. Sudan met Niger. Egypt arrested 20 activists. Sudan thanked Chad.", "20 activists", "EGY/SOC"),
        ("Iran condemned Israel. Students blocked a road in Santiago.", "Students", "CHL/EDU"),
    ] {
        assert_eq!(read(text, "2015-01-03").who(phrase), [code], "{text}");
    }
    let r = read("Belgian police raided houses in Brussels. The House passed the bill.", "2015-01-03");
    assert!(r.who("houses").is_empty());
    assert!(!r.who("The House").is_empty());
}

#[test]
fn heads_of_organisations_by_their_office() {
    let r = read("The UN secretary-general urged Syria to stop. The NATO chief visited Kabul.", "2012-03-20");
    assert_eq!(r.who("The UN secretary-general"), ["UNO/GOV Ban Ki-moon"]);
    assert_eq!(r.who("The NATO chief"), ["IGO/MIL Anders Fogh Rasmussen"]);
    let r = read("The EU foreign policy chief met the Arab League secretary general. The pope thanked both.", "2017-03-20");
    assert_eq!(r.who("The EU foreign policy chief"), ["EUR/GOV Federica Mogherini"]);
    assert_eq!(r.who("the Arab League secretary general"), ["IGO/GOV Ahmed Aboul Gheit"]);
    assert_eq!(r.who("The pope"), ["VAT/GOV Pope Francis"]);
    // backed by an organisation is not of it
    let r = read("Libyan forces attacked Sirte. The UN-backed government accused Egypt of an air strike.", "2017-03-20");
    assert_eq!(r.who("The UN-backed government"), ["LBY/GOV Libya"]);
}

#[test]
fn those_told_of_together_are_meant_together() {
    let r = read(
        "Germany hosted talks. The presidents of Chad and Mali met in Berlin. The two leaders thanked Germany.",
        "2015-01-03",
    );
    assert_eq!(r.who("The two leaders"), ["TCD/GOV Idriss Déby", "MLI/GOV Ibrahim Boubacar Keïta"]);
    let r = read(
        "Three ministers, Lavrov, Kerry and Fabius, met Mohammad Javad Zarif in Vienna. The three left on Friday.",
        "2015-06-20",
    );
    let three = ["RUS/GOV Sergei Lavrov", "USA/GOV John Kerry", "FRA/GOV Laurent Fabius"];
    assert_eq!(r.who("Three ministers"), three);
    assert_eq!(r.who("The three"), three);
    let r = read(
        "France criticised Syria and its allies Russia and Iran. Venezuela thanked its partners Cuba and Bolivia.",
        "2015-06-20",
    );
    assert_eq!(r.who("its allies"), ["RUS/GOV Russia", "IRN/GOV Iran"]);
    assert_eq!(r.who("its partners"), ["CUB/GOV Cuba", "BOL/GOV Bolivia"]);
}

#[test]
fn a_definite_noun_goes_back_to_what_can_be_so_called() {
    let r = read("Al-Shabaab entered Kismayo. Kenyan troops left the town. The Islamist group promised amnesty.", "2012-08-20");
    assert!(r.who("The Islamist group")[0].ends_with("Al-Shabaab"), "{:?}", r.who("The Islamist group"));
    let r = read("Former Polish President Lech Walesa was fined. The ex-president denied the charge.", "2012-08-20");
    assert_eq!(r.who("The ex-president"), r.who("Lech Walesa"));
    let r = read(
        "Cuban opposition figure Marta Ruiz met Swedish diplomats. “We will march,” Ruiz said. The figures were published.",
        "2012-08-20",
    );
    assert_eq!(r.who("Marta Ruiz"), ["CUB/OPP Marta Ruiz"]);
    assert_eq!(r.who("We"), ["CUB/OPP"]);
    assert!(r.who("The figures").is_empty());
}

#[test]
fn those_under_arms_and_at_work() {
    let r = read(
        "Masked men kidnapped a priest in Nigeria. Armed men burned a bus in Mali. Five men were freed in Ghana.",
        "2012-08-20",
    );
    assert_eq!(r.who("Masked men"), ["NGA/UAF"]);
    assert_eq!(r.who("Armed men"), ["MLI/UAF"]);
    assert_eq!(r.who("Five men"), ["GHA/CVL"]);
    let r = read(
        "A Danish aid worker was killed in Somalia. Mexican workers went on strike. Korean engineer Min Park visited Iran.",
        "2012-08-20",
    );
    assert_eq!(r.who("A Danish aid worker"), ["DNK/SOC"]);
    assert_eq!(r.who("Mexican workers"), ["MEX/LAB"]);
    assert!(r.who("Min Park")[0].starts_with("KOR/"), "{:?}", r.who("Min Park"));
}

#[test]
fn titles_in_a_list_are_no_names() {
    let r = read("The Foreign, Home and Defence Secretaries met their Polish counterparts in Warsaw.", "2016-03-02");
    assert!(r.findings.mentions.iter().all(|m| r.document.words[m.head].text != "Home"));
    assert!(r.who("Secretaries").iter().all(|a| a.starts_with("GBR/GOV")) && !r.who("Secretaries").is_empty());
}
