//! Common nouns: who "the minister", "Syrian rebels", "his Turkish counterpart" and "both countries" are.

use super::{Resolver, Role, Traits, mention, office, plain};
use crate::{
    nouns::{self, Noun, NounKind},
    phrase,
    scene::is_state,
};
use chancery_model::{Actor, Mention, MentionKind, Rel, Sector, Span, Token, Upos};

// How far back, in sentences, a definite noun looks for one that it repeats, and for one that it only fits.
const REPEATED: usize = 12;
const FITTING: usize = 5;

/// What a noun was resolved to, before it becomes a mention.
struct Answer {
    actors: Vec<Actor>,
    via: Option<Span<Token>>,
    confidence: f32,
    reason: String,
    figure: Option<usize>,
}

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
        let down = down.or_else(|| {
            let of = n + 1;
            let after = (of + 1..(of + 8).min(doc.words.len()))
                .take_while(|&t| matches!(doc.words[t].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Cconj));
            doc.words
                .get(of)
                .is_some_and(|w| w.text == "of" && noun.kind == NounKind::Person)
                .then(|| {
                    after.into_iter().find(|&t| {
                        self.name_at(t).is_some_and(|i| self.traits[i].figure.is_some() && self.out[i].tokens.start == t)
                    })
                })
                .flatten()
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

    // "the two presidents", "both countries", "the presidents of Russia and Iran".
    fn several(&mut self, n: usize, noun: Noun, role: &Role) -> Option<Answer> {
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
            for actor in self.out[i].actors.clone() {
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
        (actors.len() > 1).then(|| {
            actors.reverse();
            Answer { actors, via, confidence: 0.6, reason: format!("coreference: the last {count} that fit"), figure: None }
        })
    }

    // The two states that act most in the sentences before, nearer ones counting more.
    fn both(&self, n: usize, sentence: usize, sides: bool) -> Option<Answer> {
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
                let weight = acts * bare * 0.7f32.powi(distance as i32);
                match sums.iter_mut().find(|(c, _, _)| *c == a.code) {
                    Some(s) => s.1 += weight,
                    None => sums.push((a.code.clone(), weight, i)),
                }
            }
        }
        sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let [a, b, ..] = &sums[..] else { return None };
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
    fn counterpart(&mut self, n: usize, role: &Role) -> Option<Answer> {
        if role.noun != "counterpart" || phrase::is_plural(self.scene.document, n) {
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
        let titles: Vec<String> = owner.and_then(|i| self.traits[i].figure).map(|f| self.titles(f)).unwrap_or_default();
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

    // Titles of a figure, the office held on the article's day first.
    fn titles(&self, f: usize) -> Vec<String> {
        let figure = &self.figures[f];
        let held = figure.entry.and_then(|e| {
            self.scene
                .day
                .and_then(|d| self.scene.lexicon.entry(e).tenures.iter().find(|(_, t)| t.holds(d)).map(|(_, t)| t.office.clone()))
        });
        held.into_iter().chain(figure.titles.iter().rev().cloned()).collect()
    }

    // "the US-led coalition", "coalition jets": an alliance of states under arms, not expanded; "the ruling coalition" is none.
    fn coalition(&mut self, n: usize, role: &Role) -> Option<Answer> {
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
                let at = &r.out[i];
                let same =
                    at.actors.iter().any(|a| a.code == code && wide && definite && a.sector == role.sector) && i_near(r, i, n);
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
    fn one(&self, code: &str, noun: Noun, role: &Role, list: bool) -> Actor {
        let sector = role.sector.unwrap_or(noun.sector);
        if list
            && noun.kind == NounKind::Person
            && let Some(e) = office::holder(self.scene, code, &singular(&role.title))
        {
            return office::person(self.scene, e);
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
        if let Some(o) = owner.filter(|o| {
            !role.personal && (!is_state(code) || !matches!(o.sector, Some(Sector::Gov))) && !(government && is_state(code))
        }) {
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

    // "Syria Foreign Ministry": an organ by its state and title, the same however the text puts it.
    fn organ(&self, code: &str, role: &Role) -> Option<String> {
        let state = self.scene.lexicon.state(code)?;
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
                self.back(n, REPEATED, "the same noun before", |r, i| {
                    r.traits[i].nouns.iter().any(|x| *x == lemma) && !r.traits[i].plural
                })
            });
        }
        if !phrase::is_definite(doc, n) && !matches!(noun.kind, NounKind::Body) {
            return None;
        }
        let lemma = lemma.to_owned();
        let plural = phrase::is_plural(doc, n);
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
        let (code, share) = self.scene.near(sentence)?;
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
            && let Some(e) = office::holder(self.scene, &code, &role.title)
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

    // A former president is not "the president", nor is a president "the opposition leader".
    fn agrees_in_role(&self, i: usize, role: &Role) -> bool {
        let Some(f) = self.traits[i].figure else { return false };
        if self.figures[f].former != role.former {
            return false;
        }
        let sector = self.out[i].actors.first().and_then(|a| a.sector);
        match (role.sector, sector) {
            (Some(Sector::Gov), Some(s)) => !matches!(s, Sector::Opp | Sector::Reb),
            (
                Some(wanted @ (Sector::Opp | Sector::Pty | Sector::Reb | Sector::Mil | Sector::Cop | Sector::Jud | Sector::Leg)),
                Some(Sector::Gov),
            ) => wanted == Sector::Leg,
            _ => true,
        }
    }

    /// Whether the person of a mention bears a title that ends in `lemma`, and `title` as a whole where more is said.
    pub fn titled(&self, i: usize, lemma: &str, title: &str) -> bool {
        let Some(f) = self.traits[i].figure else { return false };
        let figure = &self.figures[f];
        let title = title.to_lowercase();
        let wide = matches!(lemma, "leader" | "ruler" | "statesman" | "politician");
        let by_text = figure.titles.iter().any(|t| {
            t == lemma
                || *t == title
                || t.ends_with(lemma)
                    && title.split(' ').filter(|w| office::kind(&title).is_some() || *w == lemma).all(|w| t.contains(w))
        });
        let by_office = figure.entry.is_some_and(|e| {
            let tenures = &self.scene.lexicon.entry(e).tenures;
            tenures.iter().any(|(k, t)| {
                self.scene.day.is_none_or(|d| t.holds(d))
                    && (office::matches(t, *k, &title) || wide && office::matches(t, *k, lemma))
            })
        });
        by_text || by_office
    }

    // The nearest earlier mention of a person that fits, else the first later one.
    fn nearest_figure(&self, n: usize, fits: impl Fn(&Self, usize) -> bool) -> Option<Answer> {
        let order = (0..n).rev().chain(n + 1..self.scene.document.words.len());
        for t in order {
            if let Some(i) = self.mention_at(t)
                && let Some(f) = self.traits[i].figure
                && fits(self, i)
            {
                let m = &self.out[i];
                return Some(Answer {
                    actors: m.actors.clone(),
                    via: Some(m.tokens),
                    confidence: 0.75,
                    reason: "coreference: person with that title".to_owned(),
                    figure: Some(f),
                });
            }
        }
        None
    }

    // The nearest earlier mention within some sentences that fits.
    fn back(&self, n: usize, sentences: usize, why: &str, fits: impl Fn(&Self, usize) -> bool) -> Option<Answer> {
        let doc = self.scene.document;
        let here = doc.sentence_of(n)?;
        for t in (0..n).rev() {
            if doc.sentence_of(t).is_some_and(|s| here - s > sentences) {
                break;
            }
            if let Some(i) = self.mention_at(t)
                && !doc.subtree(t).contains(n)
                && fits(self, i)
            {
                let m = &self.out[i];
                let confidence = (m.confidence * 0.9).min(0.7);
                return Some(Answer {
                    actors: m.actors.clone(),
                    via: Some(m.via.unwrap_or(m.tokens)),
                    confidence,
                    reason: format!("coreference: {why}"),
                    figure: self.traits[i].figure,
                });
            }
        }
        None
    }
}

// Within some sentences before.
fn i_near(r: &Resolver, i: usize, n: usize) -> bool {
    let doc = r.scene.document;
    let (Some(here), Some(there)) = (doc.sentence_of(n), doc.sentence_of(r.out[i].head)) else { return false };
    there <= here && here - there <= FITTING
}

/// Whether two actors are the same for a list.
pub(super) fn same(a: &Actor, b: &Actor) -> bool {
    a.code == b.code && a.entity == b.entity && (a.entity.is_some() || a.sector == b.sector)
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
