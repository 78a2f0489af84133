//! Nouns that lean on what was told before: "the party" again, "the group", "the government" of the article's own state.

use super::{
    Resolver, Role, office,
    search::{Answer, FITTING, REPEATED},
};
use crate::{
    nouns::{Noun, NounKind},
    phrase, place,
    scene::is_state,
};
use chancery_lexicon::FormKind;
use chancery_model::{Document, MentionKind, Rel, Sector, Upos};

impl Resolver<'_, '_> {
    // "the party" … "the party": the same noun before.
    pub(super) fn repeated(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        let lemma = role.noun.as_str();
        if phrase::is_indefinite(doc, n) {
            return None;
        }
        if noun.kind == NounKind::Person {
            if phrase::is_plural(doc, n) || !phrase::is_definite(doc, n) && doc.words[n].upos != Upos::Propn {
                return None;
            }
            let title = role.title.clone();
            let lemma = lemma.to_owned();
            return self.nearest_figure(n, |r, i| r.agrees_in_role(i, role) && r.titled(i, &lemma, &title)).or_else(|| {
                let kind = office::kind(&title);
                self.back(n, REPEATED, "the same noun before", |r, i| {
                    let same_office = kind.is_none() || r.traits[i].nouns.iter().any(|t| office::kind(t) == kind);
                    r.traits[i].nouns.contains(&lemma) && same_office && !r.traits[i].plural
                })
            });
        }
        if !phrase::is_definite(doc, n) && !matches!(noun.kind, NounKind::Body) {
            return None;
        }
        let lemma = lemma.to_owned();
        let plural = phrase::is_plural(doc, n);
        if noun.kind == NounKind::Body && definite_alone(doc, n) {
            let named = self.back(n, FITTING, "the last of that kind", |r, i| {
                r.out[i].kind == MentionKind::Named
                    && r.traits[i].kind == Some(NounKind::Body)
                    && r.traits[i].nouns.contains(&lemma)
            });
            if named.is_some() {
                return named;
            }
        }
        if noun.kind == NounKind::State && torn(doc, n) {
            return None;
        }
        self.back(n, REPEATED, "the same noun before", |r, i| {
            r.traits[i].nouns.contains(&lemma)
                && (noun.kind == NounKind::State || r.traits[i].kind != Some(NounKind::Person))
                && (r.traits[i].plural == plural || noun.kind == NounKind::Armed)
        })
    }

    // "the group", "the militants", "the party": the last that can be so called.
    pub(super) fn fitting(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        if phrase::is_indefinite(doc, n) || torn(doc, n) {
            return None;
        }
        let definite = phrase::is_definite(doc, n);
        let plain_phrase = phrase::before(doc, n).iter().all(|&t| matches!(doc.words[t].upos, Upos::Det | Upos::Punct));
        let fits = |r: &Self, i: usize| {
            let t = &r.traits[i];
            let sector = r.out[i].actors.first().and_then(|a| a.sector);
            let named = r.out[i].kind == MentionKind::Named;
            match noun.kind {
                NounKind::Armed if matches!(noun.sector, Sector::Reb) && plain_phrase => {
                    named && t.kind == Some(NounKind::Armed) && matches!(sector, Some(Sector::Reb | Sector::Prm | Sector::Uaf))
                }
                NounKind::Body
                    if definite
                        && (noun.neutral && plain_phrase
                            || matches!(
                                noun.sector,
                                Sector::Pty | Sector::Bus | Sector::Jrn | Sector::Soc | Sector::Edu | Sector::Lab | Sector::Crm
                            )) =>
                {
                    named && t.kind == Some(NounKind::Body) && (sector == role.sector || noun.neutral)
                }
                NounKind::State if definite && !phrase::is_plural(doc, n) => {
                    t.kind == Some(NounKind::State) && r.out[i].kind != MentionKind::Adjective
                }
                _ => false,
            }
        };
        self.back(n, FITTING, "the last that fits", fits)
    }

    // Nothing said: the state that the article is about here.
    pub(super) fn assumed(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        if noun.kind == NounKind::State && (phrase::is_plural(doc, n) || phrase::is_indefinite(doc, n)) {
            return None;
        }
        let sentence = doc.sentence_of(n)?;
        let native = matches!(
            noun.sector,
            Sector::Gov | Sector::Cop | Sector::Jud | Sector::Leg | Sector::Spy | Sector::Pty | Sector::Opp | Sector::Eli
        );
        let torn = matches!(noun.sector, Sector::Reb | Sector::Opp)
            || matches!(role.sector, Some(Sector::Reb | Sector::Opp))
            || noun.kind == NounKind::State && torn(doc, n);
        if let Some((code, why)) = self.by_clause(n, noun) {
            let actors = vec![self.one(&code, noun, role, false)];
            return Some(Answer { actors, via: None, confidence: 0.55, reason: format!("{why}, {code}"), figure: None });
        }
        let (code, share) = if torn || role.noun == "regime" {
            self.scene.divided(sentence)?
        } else if native {
            self.scene.own(sentence)?
        } else {
            self.scene.near(sentence)?
        };
        let lemma = doc.words[n].lemma.to_lowercase();
        if phrase::before(doc, n).iter().any(|&t| from_elsewhere(&doc.words[t].text.to_lowercase())) {
            return None;
        }
        if lemma == "coalition" && phrase::is_definite(doc, n) {
            return None;
        }
        if noun.kind == NounKind::Person
            && !phrase::is_plural(doc, n)
            && phrase::is_definite(doc, n)
            && let Some(e) =
                office::of_publisher(self.scene, &role.title).or_else(|| office::holder(self.scene, &code, &role.title))
        {
            let id = self.scene.lexicon.entry(e).id.clone();
            return Some(Answer {
                actors: vec![office::person(self.scene, e)],
                via: None,
                confidence: 0.4 + 0.3 * share,
                reason: format!("lexicon:{id} held the office in the article's state"),
                figure: None,
            });
        }
        let actor = self.one(&code, noun, role, false);
        Some(Answer {
            actors: vec![actor],
            via: None,
            confidence: 0.2 + 0.4 * share,
            reason: format!("the article's state, {code}"),
            figure: None,
        })
    }
}

// Sectors of those who are where they live, and of those who deal with them.
const PEOPLE: [Sector; 11] = {
    use Sector::*;
    [Agr, Crm, Cvl, Edu, Jrn, Lab, Med, Reb, Rel, Soc, Uaf]
};
const OFFICERS: [Sector; 5] = {
    use Sector::*;
    [Gov, Mil, Cop, Jud, Spy]
};
// What a state does to its own people.
const JURISDICTION: [&str; 9] = ["charge", "convict", "evict", "execute", "hang", "imprison", "pardon", "sentence", "try"];
// Those who stand against their own state.
const CITIZENS: [&str; 9] =
    ["activist", "citizen", "critic", "demonstrator", "dissident", "opponent", "protester", "rioter", "voter"];

impl Resolver<'_, '_> {
    // The state of people by their own clause: where it happens to them or by them, else the one that deals with them as its own.
    fn by_clause(&self, n: usize, noun: Noun) -> Option<(String, &'static str)> {
        if !PEOPLE.contains(&noun.sector) {
            return None;
        }
        let doc = self.scene.document;
        let verb = doc.words[n].head.filter(|_| matches!(doc.words[n].rel, Rel::Nsubj | Rel::Obj))?;
        let parts = |at: usize| doc.children(at).filter(|&c| matches!(doc.words[c].rel, Rel::Obl | Rel::Nmod | Rel::Advmod));
        let object = doc.children(verb).find(|&c| doc.words[c].rel == Rel::Obj);
        let around = parts(verb).chain(object.into_iter().flat_map(parts));
        // "30 km south of Kabul"
        let inner = |t: usize| {
            if place::is_direction(&doc.words[t].text) {
                parts(t).find(|&p| self.place_code(p).is_some())
            } else {
                Some(t).filter(|&t| place::is_locative(doc, t))
            }
        };
        let town = |t: &usize| {
            let hit = self.scene.hit(*t);
            hit.is_some_and(|h| h.actor.is_none_or(|s| s.form == FormKind::Capital)) && doc.words[n].rel == Rel::Nsubj
        };
        let place = around.filter_map(inner).chain(object.filter(town)).filter_map(|t| self.place_code(t)).find(|c| is_state(c));
        if let Some(code) = place {
            return Some((code, "where it happens"));
        }
        self.dealt_with(n).map(|code| (code, "the state that deals with them"))
    }

    /// The state whose officers deal with whoever is named at a token as with its own.
    pub(super) fn dealt_with(&self, n: usize) -> Option<String> {
        let doc = self.scene.document;
        let lemma = |t: usize, of: &[&str]| of.contains(&doc.words[t].lemma.to_lowercase().as_str());
        let verb =
            doc.words[n].head.filter(|&v| doc.words[n].rel == Rel::Obj && (lemma(v, &JURISDICTION) || lemma(n, &CITIZENS)))?;
        let subject = doc.children(verb).find(|&c| doc.words[c].rel == Rel::Nsubj)?;
        let actor = self.mention_at(subject).and_then(|i| self.out[i].actors.first())?;
        let officers = actor.sector.is_some_and(|s| OFFICERS.contains(&s));
        (officers && is_state(&actor.code)).then(|| actor.code.clone())
    }
}

// "the war-torn country": the one that is at war with itself.
fn torn(doc: &Document, n: usize) -> bool {
    phrase::before(doc, n).iter().any(|&t| {
        let word = doc.words[t].text.to_lowercase();
        ["torn", "ravaged", "stricken", "battered"].iter().any(|w| word.ends_with(w))
    })
}

// "Western diplomats", "foreign troops", "the international community": of no one state, and not of the article's.
fn from_elsewhere(word: &str) -> bool {
    matches!(
        word,
        "european" | "foreign" | "global" | "international" | "multinational" | "outside" | "overseas" | "regional" | "western"
    )
}

// "the agency", with nothing else said of it.
fn definite_alone(doc: &Document, n: usize) -> bool {
    phrase::is_definite(doc, n) && phrase::before(doc, n).iter().all(|&t| doc.words[t].upos == Upos::Det)
}
