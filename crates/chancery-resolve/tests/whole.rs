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
