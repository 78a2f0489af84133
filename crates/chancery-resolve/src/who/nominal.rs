//! Common nouns: who "the minister", "Syrian rebels", "his Turkish counterpart" and "both countries" are.

use super::{
    Resolver, Role, Traits, mention, office, plain,
    search::{Answer, near_before},
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
        if counted && let Some(pair) = self.pronoun(n) {
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
        if inner && !self.is_title(n) || is_field(doc, n) {
            return None;
        }
        if let Some(twin) = self.twin(n, noun).or_else(|| self.twins(n)) {
            return self.put(n, noun, Role { noun: word.lemma.to_lowercase(), ..Role::default() }, twin);
        }
        let role = self.role(n);
        // "the figures": of people only with a word that says which
        if role.noun == "figure" && role.sector == Some(Sector::Unk) {
            return None;
        }
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

    // The names that a plural noun stands beside: "its allies Russia and Iran", "three ministers, Sikorski, Steinmeier and Fabius".
    fn twins(&self, n: usize) -> Option<Answer> {
        let doc = self.scene.document;
        let bare = |t: usize| phrase::case(doc, t).is_none() && !phrase::is_possessor(doc, t);
        let beside = |t: usize| matches!(doc.words[t].rel, Rel::Appos | Rel::Flat | Rel::Compound | Rel::Nmod);
        let down = doc.children(n).find(|&c| c > n && beside(c) && bare(c) && self.name_at(c).is_some());
        let up = doc.words[n]
            .head
            .filter(|&h| h > n && beside(n) && bare(n) && self.name_at(h).is_some_and(|i| self.out[i].tokens.start == n + 1));
        let next = Some(n + 1).filter(|&t| {
            let apposed = |t: usize| matches!(doc.words[t].rel, Rel::Conj | Rel::Appos | Rel::Flat) && bare(t);
            self.name_at(t).is_some_and(|i| self.out[i].tokens.start == t && apposed(self.out[i].head))
        });
        let first = down.or(up).or(next).filter(|_| phrase::is_plural(doc, n))?;
        let named: Vec<usize> = phrase::list(doc, first).into_iter().map(|t| self.name_at(t)).collect::<Option<_>>()?;
        let actors: Vec<Actor> = named.iter().flat_map(|&i| self.out[i].actors.clone()).collect();
        let via = named.iter().map(|&i| self.out[i].tokens).reduce(|a, b| a.join(b));
        let told = actors.len() > 1 && named.iter().all(|&i| self.out[i].kind == MentionKind::Named);
        told.then(|| Answer { actors, via, confidence: 0.8, reason: "stands with names".to_owned(), figure: None })
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
            let of_state = office::holder(self.scene, &code, &role.title)
                .filter(|_| role.owners.iter().all(|o| o.sector == Some(Sector::Gov)));
            let of_body = || role.owners.iter().find_map(|o| office::at_head(self.scene, o, &role.title));
            if let Some(e) = of_state.or_else(of_body) {
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

// "secretary of state", "heads of government": what an office is over, and nobody by itself.
fn is_field(doc: &Document, n: usize) -> bool {
    matches!(doc.words[n].lemma.to_lowercase().as_str(), "state" | "government")
        && !phrase::is_plural(doc, n)
        && phrase::before(doc, n).is_empty()
        && phrase::case(doc, n).as_deref() == Some("of")
        && doc.words[n].head.is_some_and(|h| nouns::noun(&doc.words[h].lemma).is_some_and(|n| n.kind == NounKind::Person))
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
