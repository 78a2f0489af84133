//! Common nouns: who "the minister", "Syrian rebels", "his Turkish counterpart" and "both countries" are.

use super::{
    Resolver, Role, Traits, mention, office, plain,
    search::{Answer, FITTING, REPEATED, near_before},
};
use crate::{
    nouns::{self, Noun, NounKind},
    phrase,
    scene::is_state,
};
use chancery_lexicon::OfficeKind;
use chancery_model::{Actor, Document, Mention, MentionKind, Rel, Sector, Span, Upos};

impl Resolver<'_, '_> {
    /// Resolves the common noun at `n`, if it can mean an actor.
    pub fn nominal(&mut self, n: usize) -> Option<usize> {
        let doc = self.scene.document;
        let word = &doc.words[n];
        // "killed five": those counted are people.
        let counted = word.upos == Upos::Num && matches!(word.rel, Rel::Nsubj | Rel::Obj);
        // "the wounded", "19 wounded".
        let headed = doc.children(n).any(|c| matches!(doc.words[c].rel, Rel::Det | Rel::Nummod)) && word.upos == Upos::Verb;
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj) && !counted && !headed
            || word.upos == Upos::Adj && word.rel == Rel::Amod
        {
            return None;
        }
        if counted
            && matches!(word.text.to_lowercase().as_str(), "two" | "both")
            && let Some(pair) = self.pronoun(n)
        {
            return Some(pair);
        }
        let noun = if counted { nouns::noun("people") } else { nouns::noun(&word.lemma).or_else(|| nouns::noun(&word.text)) }?;
        // "police custody": what stands before another noun for people is a part of that phrase.
        let inner = match word.rel {
            Rel::Compound => word.head.is_some_and(|h| nouns::noun(&doc.words[h].lemma).is_some() || self.name_at(h).is_some()),
            // "HH the Amir" hangs the title on two letters.
            Rel::Flat => word.head.is_none_or(|h| self.name_at(h).is_some() || h > n),
            rel => matches!(rel, Rel::Amod | Rel::Fixed | Rel::Goeswith),
        };
        if inner && !self.is_title(n) {
            return None;
        }
        if let Some(twin) = self.twin(n, noun) {
            return self.put(n, noun, Role { noun: word.lemma.to_lowercase(), ..Role::default() }, twin);
        }
        let role = self.role(n);
        if let Some(answer) = self.coalition(n, &role) {
            return self.put(n, noun, role, answer);
        }
        let answer = self
            .several(n, noun, &role)
            .or_else(|| self.counterpart(n, &role))
            .or_else(|| self.described(n, noun, &role))
            .or_else(|| self.repeated(n, noun, &role))
            .or_else(|| self.fitting(n, noun, &role))
            .or_else(|| self.assumed(n, noun, &role))?;
        self.put(n, noun, role, answer)
    }

    fn put(&mut self, n: usize, noun: Noun, role: Role, answer: Answer) -> Option<usize> {
        let doc = self.scene.document;
        let start = phrase::before(doc, n).first().copied().unwrap_or(n);
        let figure = answer.figure;
        let gender = figure.and_then(|f| self.figures[f].gender).or(noun.gender);
        let mut nouns = vec![doc.words[n].lemma.to_lowercase()];
        nouns.push(role.title.to_lowercase());
        let plural = phrase::is_plural(doc, n)
            || doc.words[n].upos == Upos::Num
            || answer.actors.len() > 1
            || doc.words[n].lemma == "people";
        let traits = Traits { kind: Some(noun.kind), plural, gender, nouns, figure };
        let found = Mention {
            via: answer.via,
            ..mention(Span::new(start, n + 1), n, MentionKind::Nominal, answer.actors, answer.confidence, answer.reason)
        };
        self.add(found, traits)
    }

    // A title in front of a name ("President" in "President Putin").
    fn is_title(&self, n: usize) -> bool {
        let doc = self.scene.document;
        let placed = matches!(doc.words[n].rel, Rel::Nmod | Rel::Compound | Rel::Flat | Rel::Amod);
        doc.words[n]
            .head
            .filter(|&h| placed && n < h)
            .and_then(|h| self.name_at(h))
            .is_some_and(|i| self.traits[i].figure.is_some())
    }

    // The name that a noun stands beside: a title, an apposition on either side.
    fn twin(&self, n: usize, noun: Noun) -> Option<Answer> {
        let doc = self.scene.document;
        let word = &doc.words[n];
        let same = |i: usize| match (noun.kind, self.traits[i].kind) {
            (NounKind::Person, kind) => kind == Some(NounKind::Person) && !phrase::is_plural(doc, n),
            (NounKind::State, kind) => kind == Some(NounKind::State),
            (_, kind) => matches!(kind, Some(NounKind::Body | NounKind::Armed)),
        };
        let up = word.head.filter(|_| {
            word.rel == Rel::Appos || self.is_title(n) && phrase::case(doc, n).is_none() && !phrase::is_possessor(doc, n)
        });
        let down = doc.children(n).find(|&c| {
            let w = &doc.words[c];
            matches!(w.rel, Rel::Appos | Rel::Flat)
                || c > n
                    && c <= n + 2
                    && matches!(w.rel, Rel::Nmod | Rel::Compound)
                    && phrase::case(doc, c).is_none()
                    && !phrase::is_possessor(doc, c)
        });
        // "Deputy Prime Minister and Defence Minister Jane Doe" is one person with two offices.
        let other = doc.children(n).find(|&c| {
            doc.words[c].rel == Rel::Conj
                && noun.kind == NounKind::Person
                && !doc.children(c).any(|d| doc.words[d].rel == Rel::Det)
                && nouns::noun(&doc.words[c].lemma).is_some_and(|n| n.kind == NounKind::Person)
        });
        // "President of Mongolia U. Khurelsukh".
        let down = down.filter(|&c| self.name_at(c).is_some()).or_else(|| {
            let after = (n + 1..(n + 14).min(doc.words.len())).take_while(|_| noun.kind == NounKind::Person);
            let mut starts = after
                .filter(|&t| self.name_at(t).is_some_and(|i| self.traits[i].figure.is_some() && self.out[i].tokens.start == t));
            starts.next().filter(|&t| phrase::title_before(doc, t) == Some(n))
        });
        let second = other.filter(|&c| self.name_at(c + 1).is_some()).map(|c| c + 1);
        for (t, reason) in [(up, "stands with a name"), (down, "apposition"), (second, "first of two titles")] {
            let t = t
                .or((noun.kind == NounKind::Person && reason == "apposition" && doc.sentence_of(n) == doc.sentence_of(n + 1))
                    .then_some(n + 1));
            if let Some(i) = t.and_then(|t| self.name_at(t)).filter(|&i| self.out[i].kind == MentionKind::Named && same(i)) {
                let m = &self.out[i];
                return Some(Answer {
                    actors: m.actors.clone(),
                    via: Some(m.tokens),
                    confidence: m.confidence,
                    reason: reason.to_owned(),
                    figure: self.traits[i].figure,
                });
            }
        }
        None
    }

    // The state or body is named with the noun.
    fn described(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let code = role.codes.first()?.clone();
        let doc = self.scene.document;
        let single = !phrase::is_plural(doc, n) && !phrase::is_indefinite(doc, n);
        if noun.kind == NounKind::Person && single && !role.former {
            let lemma = role.noun.clone();
            let title = role.title.clone();
            let entity = role.owners.iter().find(|_| !role.personal).and_then(|o| o.entity.clone());
            let wide = matches!(
                lemma.as_str(),
                "leader" | "politician" | "official" | "representative" | "envoy" | "diplomat" | "chief" | "head"
            );
            let definite = phrase::is_definite(doc, n);
            let named = self.nearest_figure(n, |r, i| {
                if wide && definite && entity.is_some() && r.figures[r.traits[i].figure.unwrap_or(0)].bodies.contains(&entity) {
                    return near_before(r, i, n);
                }
                let at = &r.out[i];
                let same = at.actors.iter().any(|a| a.code == code && wide && definite && a.sector == role.sector)
                    && near_before(r, i, n);
                at.actors.iter().any(|a| a.code == code)
                    && r.agrees_in_role(i, role)
                    && (same || r.titled(i, &lemma, &title) && (entity.is_none() || is_state(&code)))
            });
            if named.is_some() {
                return named;
            }
            if let Some(e) = office::holder(self.scene, &code, &role.title)
                .filter(|_| role.owners.iter().all(|o| o.sector == Some(Sector::Gov)))
            {
                let id = self.scene.lexicon.entry(e).id.clone();
                return Some(Answer {
                    actors: vec![office::person(self.scene, e)],
                    via: None,
                    confidence: 0.8,
                    reason: format!("lexicon:{id} held the office"),
                    figure: None,
                });
            }
        }
        let actor = self.one(&code, noun, role, false);
        Some(Answer {
            actors: vec![actor],
            via: None,
            confidence: 0.85,
            reason: format!("`{}` of {code}", role.noun),
            figure: None,
        })
    }

    /// The actor for a described noun in one state.
    pub(super) fn one(&self, code: &str, noun: Noun, role: &Role, list: bool) -> Actor {
        let sector = role.sector.unwrap_or(noun.sector);
        if list
            && noun.kind == NounKind::Person
            && let Some(e) = office::holder(self.scene, code, &singular(&role.title))
        {
            return office::person(self.scene, e);
        }
        if list
            && role.noun == "leader"
            && let Some(actor) = self.leading(code)
        {
            return actor;
        }
        let mut actor = plain(code, Some(sector));
        let government = matches!(
            role.noun.as_str(),
            "government"
                | "regime"
                | "administration"
                | "country"
                | "state"
                | "side"
                | "authority"
                | "nation"
                | "republic"
                | "kingdom"
                | "cabinet"
        );
        let owner = role.owners.iter().find(|o| o.code == code && o.entity.is_some());
        if let Some(o) = owner.filter(|o| !(role.personal || is_state(code) && (government || o.sector == Some(Sector::Gov)))) {
            actor.entity.clone_from(&o.entity);
            actor.identifier.clone_from(&o.identifier);
        } else if government && is_state(code) && sector == Sector::Gov {
            if let Some(place) = &role.place {
                actor.entity = Some(format!("{place} {}", role.noun));
                return actor;
            }
            return self.state(code, Sector::Gov);
        } else if noun.kind == NounKind::Body
            && is_state(code)
            && organ_noun(&role.noun, &role.title)
            && matches!(sector, Sector::Gov | Sector::Jud | Sector::Leg | Sector::Mil | Sector::Cop | Sector::Spy)
        {
            actor.entity = self.organ(code, role);
        }
        if noun.kind == NounKind::Person {
            actor.office = Some(role.title.clone());
        }
        actor
    }

    // The head of a state or government whom the article names most.
    fn leading(&self, code: &str) -> Option<Actor> {
        let heads = |f: &&super::Figure| {
            let tenures = f.entry.map_or(&[][..], |e| &self.scene.lexicon.entry(e).tenures);
            tenures.iter().any(|(k, t)| {
                matches!(k, OfficeKind::HeadOfState | OfficeKind::HeadOfGovernment)
                    && t.code == code
                    && self.scene.day.is_none_or(|d| t.holds(d))
            })
        };
        let most = self.figures.iter().filter(heads).rev().max_by_key(|f| f.names.len())?;
        most.entry.map(|e| office::person(self.scene, e))
    }

    // "Syria Foreign Ministry": an organ by its state and title, the same however the text puts it.
    fn organ(&self, code: &str, role: &Role) -> Option<String> {
        let state = self.scene.lexicon.state(code)?;
        if role.title == "ministry" || role.title == "Ministry" {
            return None; // which one is not said
        }
        let title = role.title.split(" of ").next().unwrap_or(&role.title);
        Some(format!("{} {}", state.name, capitalised(title)))
    }

    // "the party" … "the party": the same noun before.
    fn repeated(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
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
        self.back(n, REPEATED, "the same noun before", |r, i| {
            r.traits[i].nouns.contains(&lemma)
                && (noun.kind == NounKind::State || r.traits[i].kind != Some(NounKind::Person))
                && (r.traits[i].plural == plural || noun.kind == NounKind::Armed)
        })
    }

    // "the group", "the militants", "the party": the last that can be so called.
    fn fitting(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        if phrase::is_indefinite(doc, n) {
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
    fn assumed(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
        let doc = self.scene.document;
        if noun.kind == NounKind::State && (phrase::is_plural(doc, n) || phrase::is_indefinite(doc, n)) {
            return None;
        }
        let sentence = doc.sentence_of(n)?;
        let native = matches!(
            noun.sector,
            Sector::Gov | Sector::Cop | Sector::Jud | Sector::Leg | Sector::Spy | Sector::Pty | Sector::Opp | Sector::Eli
        );
        let torn = matches!(noun.sector, Sector::Reb | Sector::Opp) || matches!(role.sector, Some(Sector::Reb | Sector::Opp));
        let (code, share) = if torn || role.noun == "regime" {
            self.scene.divided(sentence)?
        } else if native {
            self.scene.own(sentence)?
        } else {
            self.scene.near(sentence)?
        };
        let lemma = doc.words[n].lemma.to_lowercase();
        if lemma == "community" && phrase::before(doc, n).iter().any(|&t| doc.words[t].text.eq_ignore_ascii_case("international"))
        {
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

// Nouns for organs that are one in a state ("the judiciary"), or one with their title ("electoral commission", "security forces").
fn organ_noun(noun: &str, title: &str) -> bool {
    const ALONE: [&str; 16] = [
        "ministry",
        "army",
        "military",
        "navy",
        "police",
        "parliament",
        "congress",
        "senate",
        "assembly",
        "legislature",
        "judiciary",
        "prosecution",
        "presidency",
        "embassy",
        "cabinet",
        "gendarmerie",
    ];
    const TITLED: [&str; 12] = [
        "court",
        "force",
        "commission",
        "council",
        "committee",
        "agency",
        "department",
        "office",
        "bureau",
        "service",
        "directorate",
        "tribunal",
    ];
    ALONE.contains(&noun) || TITLED.contains(&noun) && title.split(' ').count() > 1
}

// "the agency", with nothing else said of it.
fn definite_alone(doc: &Document, n: usize) -> bool {
    phrase::is_definite(doc, n) && phrase::before(doc, n).iter().all(|&t| doc.words[t].upos == Upos::Det)
}

fn singular(title: &str) -> String {
    title.strip_suffix('s').unwrap_or(title).to_owned()
}

fn capitalised(title: &str) -> String {
    title
        .split(' ')
        .map(|w| {
            let mut letters = w.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
