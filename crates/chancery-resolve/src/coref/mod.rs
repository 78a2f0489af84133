//! Pronouns: whom "he", "it", "their" and "we" mean, by one table of weights.

mod speaker;
mod weights;

use crate::{
    nouns::NounKind,
    phrase,
    who::{Resolver, Traits},
};
use chancery_model::{Actor, Mention, MentionKind, Rel, Sector, Span, Token, Upos};
use weights::WEIGHTS;

/// How much 0 to 8 earlier mentions count: natural logarithms of one more, written out so that they are the same on every machine.
const OFTEN: [f32; 9] = [0.0, std::f32::consts::LN_2, 1.0986, 1.3863, 1.6094, 1.7918, 1.9459, 2.0794, 2.1972];

/// What a pronoun says of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// "he", "her".
    Person(char),
    /// "it", "its".
    Thing,
    /// "they", "their".
    Several,
    /// "I", "my".
    Speaker,
    /// "we", "our".
    Speakers,
    /// "who", "which", "whose".
    Relative,
}

fn form(text: &str, xpos: &str) -> Option<Form> {
    Some(match text.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Form::Person('m'),
        "she" | "her" | "hers" | "herself" => Form::Person('f'),
        "it" | "its" | "itself" => Form::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Form::Several,
        "i" | "me" | "my" | "mine" | "myself" => Form::Speaker,
        "we" | "us" | "our" | "ours" | "ourselves" => Form::Speakers,
        "who" | "whom" | "whose" | "which" | "that" if matches!(xpos, "WP" | "WDT" | "WP$") => Form::Relative,
        _ => return None,
    })
}

// How many "the two", "both", "the trio" are.
fn number(word: &str) -> Option<usize> {
    Some(match word.to_lowercase().as_str() {
        "two" | "both" | "pair" | "duo" => 2,
        "three" | "trio" => 3,
        "four" => 4,
        _ => return None,
    })
}

/// One that a pronoun could mean.
struct Candidate {
    actors: Vec<Actor>,
    at: usize,
    index: usize,
    score: f32,
}

impl Resolver<'_, '_> {
    /// Resolves the pronoun at a token.
    pub fn pronoun(&mut self, at: usize) -> Option<usize> {
        let doc = self.scene.document;
        let word = &doc.words[at];
        if let Some(count) = number(&word.text)
            && matches!(word.rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod)
            && (word.text.eq_ignore_ascii_case("both") || phrase::is_definite(doc, at))
        {
            return self.those(at, count);
        }
        if word.upos != Upos::Pron && !matches!(word.xpos, "PRP" | "PRP$" | "WP" | "WDT" | "WP$") || word.rel == Rel::Expl {
            return None;
        }
        let form = form(&word.text, word.xpos)?;
        let quoted = doc.quotation_of(at).is_some();
        let (index, actors, confidence, reason) = match form {
            Form::Relative => self.relative(at)?,
            Form::Speaker | Form::Speakers => self.first_person(at, form, quoted)?,
            _ => {
                let best = self.antecedent(at, form)?;
                let confidence = (0.35 + best.score / 16.0).clamp(0.15, 0.85);
                (
                    Some(best.index),
                    best.actors,
                    confidence,
                    format!("coreference: {} scores {:.1}", doc.words[best.at].text, best.score),
                )
            }
        };
        let via = index.map(|i| self.out[i].via.unwrap_or(self.out[i].tokens));
        let mut from = index.map(|i| self.traits[i].clone()).unwrap_or_default();
        if form == Form::Speakers {
            from.figure = None; // the side, not the one who speaks for it
        }
        let plural = matches!(form, Form::Several | Form::Speakers) || from.plural && form == Form::Relative;
        let gender = if let Form::Person(g) = form { Some(g) } else { from.gender };
        let traits = Traits { plural, gender, ..from };
        let mention =
            Mention { tokens: Span::new(at, at + 1), head: at, kind: MentionKind::Pronoun, actors, via, confidence, reason };
        self.add(mention, traits)
    }

    // "The two", "the trio": those last told of together, else the last persons.
    fn those(&mut self, at: usize, count: usize) -> Option<usize> {
        let doc = self.scene.document;
        let here = doc.sentence_of(at)?;
        let near = || (0..at).rev().take_while(|&t| doc.sentence_of(t).is_some_and(|s| here - s <= WEIGHTS.reach_several));
        let mut actors: Vec<Actor> = Vec::new();
        let mut via: Option<Span<Token>> = None;
        let together = near().filter_map(|t| self.mention_at(t)).find(|&i| {
            self.traits[i].plural && self.traits[i].kind == Some(NounKind::Person) && self.out[i].actors.len() == count
        });
        if let Some(i) = together {
            actors = self.out[i].actors.iter().rev().cloned().collect();
            via = Some(self.out[i].via.unwrap_or(self.out[i].tokens));
        }
        for t in near() {
            let Some(i) = self.mention_at(t).filter(|&i| self.traits[i].figure.is_some()) else { continue };
            let new: Vec<Actor> = self.out[i].actors.iter().filter(|a| !actors.contains(a)).cloned().collect();
            if !new.is_empty() && actors.len() < count {
                actors.extend(new);
                via = Some(via.map_or(self.out[i].tokens, |v| v.join(self.out[i].tokens)));
            }
        }
        if actors.len() < count {
            return None;
        }
        actors.reverse();
        let mention = Mention {
            tokens: Span::new(at, at + 1),
            head: at,
            kind: MentionKind::Pronoun,
            actors,
            via,
            confidence: 0.55,
            reason: format!("coreference: the last {count} persons"),
        };
        self.add(mention, Traits { kind: Some(NounKind::Person), plural: true, ..Traits::default() })
    }

    // "who" means the noun whose relative clause it stands in.
    fn relative(&mut self, at: usize) -> Option<(Option<usize>, Vec<Actor>, f32, String)> {
        let doc = self.scene.document;
        let mut up = doc.words[at].head;
        for _ in 0..4 {
            let clause = up?;
            if doc.words[clause].rel == Rel::Acl {
                let noun = doc.words[clause].head.filter(|&n| n < at)?;
                let i = self.resolve(noun)?;
                return Some((Some(i), self.out[i].actors.clone(), self.out[i].confidence, "relative clause".to_owned()));
            }
            up = doc.words[clause].head;
        }
        None
    }

    fn first_person(&mut self, at: usize, form: Form, quoted: bool) -> Option<(Option<usize>, Vec<Actor>, f32, String)> {
        let speaker = if quoted { self.speaker(at) } else { None };
        if let Some(i) = speaker {
            let mut actors = self.out[i].actors.clone();
            if form == Form::Speakers {
                for a in &mut actors {
                    *a = self.side(a);
                }
            }
            return Some((Some(i), actors, 0.7, "first person: the speaker of the quotation".to_owned()));
        }
        // A statement printed as it was given: "we" is whoever publishes it.
        if form != Form::Speakers || quoted {
            return None;
        }
        let (actor, reason) = match self.scene.publisher.clone() {
            Some(code) => (self.state(&code, Sector::Gov), "first person: the publisher"),
            None => (self.acting()?, "first person: who acts most in the statement"),
        };
        Some((None, vec![actor], 0.45, reason.to_owned()))
    }

    // The state or alliance that is most often a subject: in a statement, the one that makes it.
    fn acting(&self) -> Option<Actor> {
        let doc = self.scene.document;
        let mut counts: std::collections::BTreeMap<&str, (usize, &Actor)> = std::collections::BTreeMap::new();
        for m in self.out.iter().filter(|m| m.kind != MentionKind::Pronoun && phrase::is_subject(doc, m.head)) {
            let a = m.actors.iter().find(|a| {
                crate::scene::is_state(&a.code) && a.sector == Some(Sector::Gov) && m.kind == MentionKind::Named
                    || a.code == "IGO"
            });
            if let Some(a) = a {
                counts.entry(&a.code).or_insert((0, a)).0 += 1;
            }
        }
        let (code, (_, actor)) = counts.into_iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(a.0)))?;
        Some(if code == "IGO" { actor.clone() } else { self.state(code, Sector::Gov) })
    }

    // Those for whom a speaker says "we": the state for an official, else the body.
    fn side(&self, actor: &Actor) -> Actor {
        match actor.sector {
            Some(Sector::Gov) if crate::scene::is_state(&actor.code) => self.state(&actor.code, Sector::Gov),
            _ => Actor { office: None, tenures: Vec::new(), entity: None, identifier: None, ..actor.clone() },
        }
    }

    fn antecedent(&mut self, at: usize, form: Form) -> Option<Candidate> {
        let doc = self.scene.document;
        let here = doc.sentence_of(at)?;
        let reach = match form {
            Form::Person(_) => WEIGHTS.reach_person,
            Form::Several => WEIGHTS.reach_several,
            _ => WEIGHTS.reach_thing,
        };
        let first = doc.sentences[here.saturating_sub(reach)].tokens.start;
        let mut best: Option<Candidate> = None;
        for t in first..at {
            let Some(i) = self.mention_at(t) else { continue };
            for c in self.readings(i, t, form) {
                let score = self.score(at, here, form, i, t, c.len());
                if score.is_some_and(|s| s > WEIGHTS.threshold && best.as_ref().is_none_or(|b| s > b.score)) {
                    best = Some(Candidate { actors: c, at: t, index: i, score: score.unwrap_or_default() });
                }
            }
        }
        best.or_else(|| self.following(at, form))
    }

    // "In his speech, Putin said": the subject after it, in the same sentence.
    fn following(&self, at: usize, form: Form) -> Option<Candidate> {
        let doc = self.scene.document;
        let sentence = doc.sentences.get(doc.sentence_of(at)?)?;
        let end = sentence.tokens.end;
        (at + 1..end).find_map(|t| {
            let i = self.mention_at(t)?;
            let fits = phrase::is_subject(doc, t)
                && self.agrees(form, i, self.out[i].actors.len())
                && self.out[i].kind == MentionKind::Named;
            fits.then(|| Candidate { actors: self.out[i].actors.clone(), at: t, index: i, score: 1.0 })
        })
    }

    // A mention alone, and with those that are listed with it.
    fn readings(&self, i: usize, t: usize, form: Form) -> Vec<Vec<Actor>> {
        let mut out = vec![self.out[i].actors.clone()];
        if form == Form::Several {
            let listed: Vec<usize> = phrase::list(self.scene.document, t);
            if listed.len() > 1 {
                let mut all: Vec<Actor> = Vec::new();
                for actor in listed.iter().filter_map(|&l| self.mention_at(l)).flat_map(|m| self.out[m].actors.clone()) {
                    if !all.contains(&actor) {
                        all.push(actor);
                    }
                }
                if all.len() > 1 {
                    out.push(all);
                }
            }
        }
        out
    }

    fn agrees(&self, form: Form, i: usize, actors: usize) -> bool {
        let t = &self.traits[i];
        let person = t.kind == Some(NounKind::Person);
        match form {
            Form::Person(g) => person && !t.plural && actors == 1 && t.gender.is_none_or(|x| x == g),
            Form::Thing => !person && !t.plural && actors == 1,
            Form::Several => t.plural || actors > 1 || !person,
            _ => false,
        }
    }

    fn score(&self, at: usize, here: usize, form: Form, i: usize, t: usize, actors: usize) -> Option<f32> {
        let doc = self.scene.document;
        let w = &WEIGHTS;
        let (m, traits) = (&self.out[i], &self.traits[i]);
        let there = doc.sentence_of(t)?;
        // In one quotation "they" are not "we".
        let first_person =
            m.kind == MentionKind::Pronoun && m.reason.starts_with("first person") && doc.quotation_of(t) == doc.quotation_of(at);
        if first_person
            || m.kind == MentionKind::Adjective
            || m.confidence <= crate::who::AS_PLACE && form != Form::Thing
            || !self.agrees(form, i, actors)
            || self.bound(at, t)
        {
            return None;
        }
        let mut points = w.base - w.distance * (here - there) as f32;
        if here == there {
            points += w.same_sentence - w.word * (at - t) as f32;
            points += if phrase::is_subject(doc, at) { 0.0 } else { w.object_here };
        }
        if phrase::is_subject(doc, t) {
            points += w.subject;
            points += if phrase::is_subject(doc, at) { w.parallel } else { 0.0 };
        } else if matches!(doc.words[t].rel, Rel::Obj | Rel::Iobj) {
            points += w.object;
        }
        points += match m.kind {
            MentionKind::Named => w.named,
            MentionKind::Pronoun => w.pronoun,
            _ => 0.0,
        };
        points += w.frequent * OFTEN[self.frequency(i, at)];
        if let (Form::Person(g), Some(x)) = (form, traits.gender) {
            points += if g == x { w.gender } else { 0.0 };
        }
        if form == Form::Several {
            points += if traits.plural || actors > 1 { w.plural } else { -w.plural };
        }
        if phrase::is_possessor(doc, t) || matches!(doc.words[t].rel, Rel::Compound | Rel::Amod | Rel::Nmod) {
            points -= w.nested;
        }
        if speaker::is_speaker(doc, t) && speaker::is_speaker(doc, at) {
            points += w.speaker;
        }
        if doc.quotation_of(t).is_some() != doc.quotation_of(at).is_some() {
            points -= w.quotation;
        }
        Some(points)
    }

    // How often the same actor was mentioned before.
    fn frequency(&self, i: usize, at: usize) -> usize {
        let Some(actor) = self.out[i].actors.first() else { return 0 };
        self.out
            .iter()
            .filter(|m| {
                m.head < at
                    && m.kind != MentionKind::Adjective
                    && m.actors
                        .first()
                        .is_some_and(|a| a.code == actor.code && a.entity == actor.entity && a.sector == actor.sector)
            })
            .count()
            .min(8)
    }

    // Two arguments of one verb are two, unless one is possessive or reflexive; a phrase does not hold what means the whole of it.
    fn bound(&self, at: usize, t: usize) -> bool {
        let doc = self.scene.document;
        let mut up = doc.words[at].head;
        for _ in 0..12 {
            match up {
                Some(u) if u == t => return !matches!(doc.words[at].rel, Rel::Acl) && !self.in_clause_of(at, t),
                Some(u) => up = doc.words[u].head,
                None => break,
            }
        }
        let reflexive =
            doc.words[at].text.to_lowercase().ends_with("self") || doc.words[at].text.to_lowercase().ends_with("selves");
        let argument = |x: usize| matches!(doc.words[x].rel, Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Obl);
        !reflexive && argument(at) && argument(t) && doc.words[at].head == doc.words[t].head && doc.words[at].xpos != "PRP$"
    }

    // A relative clause may point back to its noun ("the man who said he …").
    fn in_clause_of(&self, at: usize, noun: usize) -> bool {
        let doc = self.scene.document;
        let mut t = at;
        for _ in 0..12 {
            let Some(h) = doc.words[t].head else { return false };
            if h == noun {
                return matches!(doc.words[t].rel, Rel::Acl | Rel::Appos);
            }
            t = h;
        }
        false
    }
}
