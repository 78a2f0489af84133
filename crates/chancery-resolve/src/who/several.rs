//! Nouns that mean more than one: "the two presidents", "both countries", coalitions, and counterparts, who come in pairs.

use super::{
    Resolver, Role, office, plain,
    search::{Answer, FITTING},
};
use crate::{
    nouns::{Noun, NounKind},
    phrase,
    scene::is_state,
};
use chancery_model::{Actor, MentionKind, Sector, Span, Token};

// How much a mention so many sentences before counts: 0.7 of the one after it.
const FADES: [f32; FITTING + 1] = [1.0, 0.7, 0.49, 0.343, 0.2401, 0.16807];

impl Resolver<'_, '_> {
    // "the two presidents", "both countries", "the presidents of Russia and Iran".
    pub(super) fn several(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        let plural = phrase::is_plural(doc, n);
        let lemma = doc.words[n].lemma.to_lowercase();
        if !plural {
            return None;
        }
        if role.codes.len() > 1 {
            let actors = role.codes.clone().iter().map(|code| self.one(code, noun, role, true)).collect();
            return Some(Answer { actors, via: None, confidence: 0.8, reason: "a list of owners".to_owned(), figure: None });
        }
        let both = doc.children(n).any(|c| doc.words[c].text.eq_ignore_ascii_case("both"));
        let count =
            phrase::count(doc, n).or((matches!(lemma.as_str(), "side" | "country" | "leader" | "neighbour" | "neighbor")
                && (both || phrase::is_definite(doc, n)))
            .then_some(2))?;
        if !role.codes.is_empty()
            || phrase::is_indefinite(doc, n)
            || !(phrase::is_definite(doc, n) || both || noun.kind == NounKind::State || lemma == "side")
        {
            return None;
        }
        let sentence = doc.sentence_of(n)?;
        if noun.kind == NounKind::State && count == 2 {
            return self.both(n, sentence, lemma == "side");
        }
        let mut actors: Vec<Actor> = Vec::new();
        let mut via: Option<Span<Token>> = None;
        for t in (0..n).rev() {
            if doc.sentence_of(t).is_some_and(|s| sentence - s > FITTING) || actors.len() >= count {
                break;
            }
            let Some(i) = self.mention_at(t) else { continue };
            let fits = match noun.kind {
                NounKind::Person if self.traits[i].plural && self.out[i].actors.len() == count => {
                    self.traits[i].kind == Some(NounKind::Person) && self.out[i].actors.iter().all(|a| a.sector == role.sector)
                }
                NounKind::Person => {
                    self.traits[i].figure.is_some()
                        && self.agrees_in_role(i, role)
                        && (self.titled(i, &lemma, &role.title) || self.out[i].actors.iter().all(|a| a.sector == role.sector))
                }
                NounKind::State => {
                    self.out[i].actors.iter().all(|a| is_state(&a.code))
                        && (lemma == "side" || self.out[i].actors.iter().any(|a| a.sector == Some(Sector::Gov)))
                }
                _ => self.traits[i].kind == Some(noun.kind),
            };
            if !fits {
                continue;
            }
            for actor in self.out[i].actors.clone().into_iter().rev() {
                let actor =
                    if noun.kind == NounKind::State && lemma != "side" { self.state(&actor.code, Sector::Gov) } else { actor };
                let new =
                    !actors.iter().any(|a| if noun.kind == NounKind::State { a.code == actor.code } else { same(a, &actor) });
                if new && actors.len() < count {
                    actors.push(actor);
                    via = Some(via.map_or(self.out[i].tokens, |v| v.join(self.out[i].tokens)));
                }
            }
        }
        // "the two leaders" after the two states
        if actors.len() < 2 && count == 2 && noun.kind == NounKind::Person && role.sector == Some(Sector::Gov) {
            let states = self.both(n, sentence, false)?;
            let actors = states.actors.iter().map(|a| self.one(&a.code, noun, role, true)).collect();
            return Some(Answer { actors, ..states });
        }
        (actors.len() > 1).then(|| {
            actors.reverse();
            Answer { actors, via, confidence: 0.6, reason: format!("coreference: the last {count} that fit"), figure: None }
        })
    }

    // The two states that act most in the sentences before, nearer ones counting more.
    pub(super) fn both(&self, n: usize, sentence: usize, sides: bool) -> Option<Answer> {
        let doc = self.scene.document;
        let mut sums: Vec<(String, f32, usize)> = Vec::new();
        for t in (0..n).rev() {
            let distance = sentence - doc.sentence_of(t).unwrap_or(0);
            if distance > FITTING {
                break;
            }
            let Some(i) = self.mention_at(t).filter(|&i| self.out[i].confidence > 0.3) else { continue };
            let acts = if phrase::is_subject(doc, t) { 1.5 } else { 1.0 };
            let bare = if self.out[i].kind == MentionKind::Adjective { 0.6 } else { 1.0 };
            for a in self.out[i]
                .actors
                .iter()
                .filter(|a| is_state(&a.code) && (sides || matches!(a.sector, Some(Sector::Gov | Sector::Mil))))
            {
                let weight = acts * bare * FADES[distance.min(FITTING)];
                match sums.iter_mut().find(|(c, _, _)| *c == a.code) {
                    Some(s) => s.1 += weight,
                    None => sums.push((a.code.clone(), weight, i)),
                }
            }
        }
        sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        sums.truncate(2);
        sums.sort_by_key(|(_, _, i)| self.out[*i].head);
        let [a, b] = &sums[..] else { return None };
        let actors = vec![self.state(&a.0, Sector::Gov), self.state(&b.0, Sector::Gov)];
        let via = Some(self.out[a.2].tokens.join(self.out[b.2].tokens));
        Some(Answer {
            actors,
            via,
            confidence: 0.6,
            reason: "coreference: the two states that act here".to_owned(),
            figure: None,
        })
    }

    // "his Turkish counterpart": who holds there the office that he holds here.
    pub(super) fn counterpart(&mut self, n: usize, role: &Role) -> Option<Answer> {
        if role.noun != "counterpart" {
            return None;
        }
        let doc = self.scene.document;
        // The owner before the noun, else the subject of the sentence.
        let owner = phrase::before(doc, n)
            .into_iter()
            .filter(|&t| phrase::is_possessor(doc, t))
            .find_map(|t| self.resolve(t))
            .or_else(|| {
                let range = doc.sentence_of(n).map(|s| doc.sentences[s].tokens)?;
                range.range().take_while(|&t| t < n).filter_map(|t| self.mention_at(t)).find(|&i| self.traits[i].figure.is_some())
            });
        let titles = owner.map(|i| self.titles(i)).unwrap_or_default();
        let own: Vec<String> = owner.map(|i| self.out[i].actors.iter().map(|a| a.code.clone()).collect()).unwrap_or_default();
        let code = role.codes.iter().find(|c| !own.contains(c)).or(role.codes.first())?.clone();
        let mut actor = self.state(&code, Sector::Gov);
        actor.entity = None;
        actor.identifier = None;
        for title in &titles {
            if let Some(e) = office::holder(self.scene, &code, title) {
                let figure = self.figures.iter().position(|f| f.entry == Some(e));
                let name = self.scene.lexicon.entry(e).id.clone();
                return Some(Answer {
                    actors: vec![office::person(self.scene, e)],
                    via: None,
                    confidence: 0.8,
                    reason: format!("counterpart: {name} is {title} of {code}"),
                    figure,
                });
            }
        }
        actor.sector = owner.and_then(|i| self.out[i].actors.first()).and_then(|a| a.sector).or(Some(Sector::Gov));
        let named = self.nearest_figure(n, |r, i| {
            r.out[i].actors.iter().any(|a| a.code == code)
                && titles.iter().any(|t| r.titled(i, t.split(' ').next_back().unwrap_or(t), t))
        });
        Some(named.unwrap_or(Answer {
            actors: vec![actor],
            via: None,
            confidence: 0.75,
            reason: "counterpart in the state named".to_owned(),
            figure: None,
        }))
    }

    // Titles of the person of a mention, the office held on the article's day first.
    fn titles(&self, mention: usize) -> Vec<String> {
        let tenures = self.out[mention].actors.first().map_or(&[][..], |a| &a.tenures);
        let held = self.scene.day.and_then(|d| tenures.iter().find(|t| t.holds(d))).map(|t| t.office.clone());
        let told = self.traits[mention].figure.map_or(&self.traits[mention].nouns, |f| &self.figures[f].titles);
        held.into_iter().chain(told.iter().rev().cloned()).collect()
    }

    // "the US-led coalition", "coalition jets": an alliance of states under arms, not expanded; "the ruling coalition" is none.
    pub(super) fn coalition(&mut self, n: usize, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        let before = phrase::before(doc, n);
        let own = matches!(role.noun.as_str(), "coalition" | "alliance");
        let moved = before.iter().any(|&t| doc.words[t].text.eq_ignore_ascii_case("coalition"))
            && matches!(role.kind, Some(NounKind::Thing | NounKind::Armed | NounKind::Body));
        if !own && !moved {
            return None;
        }
        let led = before.iter().any(|&t| {
            matches!(doc.words[t].text.to_lowercase().as_str(), "led" | "global" | "international" | "military")
                || doc.words[t].text.to_lowercase().ends_with("-led")
        });
        let home = before.iter().any(|&t| {
            matches!(
                doc.words[t].text.to_lowercase().as_str(),
                "ruling" | "governing" | "opposition" | "government" | "parliamentary" | "political" | "electoral"
            )
        });
        let group = self.scene.hits.iter().filter_map(|h| h.actor).any(|s| {
            let e = self.scene.lexicon.entry(s.entry);
            e.code == "IMG" && e.sector == Some(Sector::Reb)
        });
        if home
            || !(led || group && (moved || phrase::is_definite(doc, n)))
            || own && !phrase::after(doc, n).iter().all(|(_, p)| p != "of")
        {
            return None;
        }
        // Against the Islamic State it is the Global Coalition; another one has no name here.
        let american = before
            .iter()
            .all(|&t| self.scene.hit(t).and_then(|h| h.actor).is_none_or(|s| self.scene.lexicon.entry(s.entry).code == "USA"));
        let entry = self
            .scene
            .lexicon
            .look_up("Global Coalition")
            .into_iter()
            .map(|s| self.scene.lexicon.entry(s.entry))
            .find(|e| e.code == "IGO");
        let mut actor = plain("IGO", Some(Sector::Mil));
        if let Some(e) = entry.filter(|_| group && american) {
            actor.entity = Some(e.name.clone());
            actor.identifier.clone_from(&e.wikidata);
        }
        Some(Answer { actors: vec![actor], via: None, confidence: 0.8, reason: "coalition of states".to_owned(), figure: None })
    }
}

/// Whether two actors are the same for a list.
fn same(a: &Actor, b: &Actor) -> bool {
    a.code == b.code && a.entity == b.entity && (a.entity.is_some() || a.sector == b.sector)
}
