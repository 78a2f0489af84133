//! What a description says of someone: "Iranian Deputy Foreign Minister", "leader of the Popular Union", "his forces".

use super::Resolver;
use crate::{
    nouns::{self, Noun, NounKind},
    phrase, place,
    scene::is_state,
};
use chancery_lexicon::{EntryKind, FormKind};
use chancery_model::{Actor, MentionKind, Rel, Sector, Upos};

/// What a description says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Role {
    /// The states or bodies' codes it names, in order; empty where it names none.
    pub codes: Vec<String>,
    /// The sector, if the description settles it.
    pub sector: Option<Sector>,
    /// Title words ("deputy foreign minister").
    pub title: String,
    /// Dictionary form of the noun.
    pub noun: String,
    /// Whether it is said to be past ("former").
    pub former: bool,
    /// The organisations or persons it belongs to.
    pub owners: Vec<Actor>,
    /// Whether the owner is a person ("his forces").
    pub personal: bool,
    /// The sector of the body that it is "of", where that is a common noun.
    pub inherited: Option<Sector>,
    /// A city or province before the noun ("the Delhi government").
    pub place: Option<String>,
    pub gender: Option<char>,
    pub kind: Option<NounKind>,
}

const PAST: [&str; 8] = ["former", "ex", "late", "ousted", "deposed", "outgoing-", "retired", "onetime"];
// "US-backed rebels" are not the US's.
const REMOTE: [&str; 22] = [
    "backed",
    "led",
    "mediated",
    "supported",
    "funded",
    "brokered",
    "imposed",
    "held",
    "controlled",
    "trained",
    "sponsored",
    "aligned",
    "style",
    "allied",
    "made",
    "armed",
    "linked",
    "supplied",
    "speaking",
    "language",
    "occupied",
    "administered",
];

impl Resolver<'_, '_> {
    /// Reads the description whose noun is `n`: the words before it, the owners before and after it.
    pub fn role(&mut self, n: usize) -> Role {
        self.role_within(n, 3)
    }

    fn role_within(&mut self, n: usize, depth: usize) -> Role {
        let doc = self.scene.document;
        let region: Vec<usize> = phrase::before(doc, n);
        let own = || nouns::noun(&doc.words[n].lemma).or_else(|| nouns::noun(&doc.words[n].text));
        // "secretary general", "attorney general"
        let general = region.last().filter(|&&t| t + 1 == n && doc.words[n].lemma.eq_ignore_ascii_case("general"));
        let Some(noun) = general.and_then(|&t| nouns::noun(&doc.words[t].lemma)).or_else(own) else {
            return self.bare(&region);
        };
        let lemma = doc.words[n].lemma.to_lowercase();
        let mut role = Role {
            noun: lemma.strip_prefix("ex-").unwrap_or(&lemma).to_owned(),
            gender: noun.gender,
            kind: Some(noun.kind),
            ..Role::default()
        };
        let mut sectors = Vec::new();
        let mut title = Vec::new();
        for &t in &region {
            let word = doc.words[t].text.to_lowercase();
            if PAST.contains(&word.as_str()) {
                role.former = true;
            } else if self.name_at(t).is_none() && matches!(doc.words[t].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Verb)
            {
                if let Some(s) = nouns::modifier(&word).filter(|_| !phrase::is_possessor(doc, t)) {
                    sectors.push(s);
                }
                title.push(doc.words[t].text.clone());
            }
        }
        role.former |= doc.words[n].text.to_lowercase().starts_with("ex-");
        let word = &doc.words[n].text;
        title.push(if role.former { word.trim_start_matches("ex-").to_owned() } else { word.clone() });
        role.title = title.join(" ");
        for (t, p) in phrase::after(doc, n) {
            if p == "of" && self.name_at(t).is_none() {
                role.title = format!("{} {}", role.title, phrase::text(doc, doc.subtree(t)));
            }
        }
        self.owners(n, &region, &mut role, depth);
        if role.owners.is_empty() && noun.kind == NounKind::Person {
            self.owner_beside(region.first().copied().unwrap_or(n).min(n), &mut role);
        }
        if role.codes.is_empty() && noun.kind == NounKind::Person {
            role.codes.extend(super::office::only_in(&role.title).map(str::to_owned));
        }
        role.sector = Some(sector(noun, &role, &sectors));
        if role.former
            && matches!(role.sector, Some(Sector::Gov | Sector::Leg | Sector::Mil | Sector::Jud | Sector::Unk))
            && noun.kind == NounKind::Person
        {
            role.sector = Some(Sector::Eli);
        }
        role
    }

    /// The states named before a name that has no title ("Iran's Hassan Rowhani").
    pub fn bare(&mut self, region: &[usize]) -> Role {
        let mut role = Role::default();
        self.owners_before(region, &mut role);
        role
    }

    fn owners(&mut self, n: usize, region: &[usize], role: &mut Role, depth: usize) {
        let doc = self.scene.document;
        self.owners_before(region, role);
        let mut after = phrase::after(doc, n);
        let rank = |p: &str| match p {
            "of" => 0,
            "for" => 1,
            "from" => 2,
            "with" | "within" | "at" => 3,
            "in" | "on" | "inside" | "across" | "throughout" => 4,
            _ => 9,
        };
        after.sort_by_key(|(t, p)| (rank(p), *t));
        for (t, p) in after {
            if rank(&p) == 9 || !role.codes.is_empty() && (rank(&p) > 0 || !role.owners.is_empty()) {
                continue;
            }
            let mut codes = Vec::new();
            let items = if phrase::is_plural(doc, n) || rank(&p) >= 3 { phrase::list(doc, t) } else { vec![t] };
            for item in items {
                if rank(&p) >= 3 {
                    codes.extend(self.place_code(item));
                    continue;
                }
                let Some(i) = self.resolve(item) else {
                    codes.extend(self.place_code(item));
                    if depth > 0 && nouns::noun(&doc.words[item].lemma).is_some() {
                        let inner = self.role_within(item, depth - 1);
                        codes.extend(inner.codes);
                        role.owners.extend(inner.owners);
                        role.inherited = role.inherited.or(inner.sector);
                    }
                    continue;
                };
                for actor in self.out[i].actors.clone() {
                    codes.extend(Some(actor.code.clone()).filter(|c| c != "UNK"));
                    self.own(i, actor, role);
                }
            }
            if role.codes.is_empty() {
                role.codes = codes;
            }
        }
        role.codes.dedup();
    }

    // "the Popular Union (UP) vice-president": a body right before a title, however the tree hangs it.
    fn owner_beside(&mut self, start: usize, role: &mut Role) {
        let doc = self.scene.document;
        let Some(mut t) = start.checked_sub(1).filter(|&t| doc.sentence_of(t) == doc.sentence_of(start)) else { return };
        if doc.words[t].text == ")" && t >= 3 && doc.words[t - 2].text == "(" {
            t -= 3;
        }
        let body = self.name_at(t).filter(|&i| {
            self.traits[i].kind == Some(NounKind::Body) && self.out[i].kind == MentionKind::Named && !phrase::is_possessor(doc, t)
        });
        if let Some(i) = body {
            let actor = self.out[i].actors[0].clone();
            if role.codes.is_empty() && actor.code != "UNK" {
                role.codes.push(actor.code.clone());
            }
            self.own(i, actor, role);
        }
    }

    fn own(&self, mention: usize, actor: Actor, role: &mut Role) {
        let person = self.traits[mention].kind == Some(NounKind::Person);
        role.personal |= person;
        role.owners.push(actor);
    }

    // States, organisations and possessors before the noun.
    fn owners_before(&mut self, region: &[usize], role: &mut Role) {
        let doc = self.scene.document;
        let mut seen = Vec::new();
        for &t in region {
            let place = self
                .scene
                .hit(t)
                .and_then(|h| h.place)
                .map(|s| self.scene.lexicon.entry(s.entry))
                .filter(|e| e.kind == EntryKind::Place && is_state(&e.code));
            if let Some(e) = place.filter(|_| {
                !self.remote(t) && role.place.is_none() && self.name_at(t).is_none_or(|i| self.out[i].confidence < 0.4)
            }) {
                role.place = Some(e.name.clone());
                role.codes.push(e.code.clone());
            }
        }
        // "his Turkish counterpart": the adjective says the state; a possessor only where nothing else does.
        let stated = region.iter().any(|&t| {
            self.name_at(t)
                .is_some_and(|i| self.out[i].kind != MentionKind::Named || self.traits[i].kind == Some(NounKind::State))
                && !phrase::is_possessor(doc, t)
                && !self.remote(t)
        });
        for &t in region {
            if stated && phrase::is_possessor(doc, t) {
                continue;
            }
            if self.name_at(t).is_none() && !phrase::is_possessor(doc, t) || self.remote(t) {
                continue;
            }
            let Some(i) = self.resolve(t) else {
                continue;
            };
            if seen.contains(&i) {
                continue;
            }
            seen.push(i);
            for actor in self.out[i].actors.clone() {
                if !role.codes.contains(&actor.code) && actor.code != "UNK" {
                    role.codes.push(actor.code.clone());
                }
                let state = self.out[i].kind == MentionKind::Adjective
                    || self
                        .scene
                        .hit(t)
                        .and_then(|h| h.actor)
                        .is_some_and(|s| self.scene.lexicon.entry(s.entry).kind == EntryKind::State);
                if !state || actor.sector != Some(Sector::Gov) {
                    self.own(i, actor, role);
                }
            }
        }
        // "Turkish Hezbollah member": the organisation says it better than the adjective; but a state goes before a supranational code.
        if role.codes.len() > 1
            && let Some(owner) = role.owners.iter().find(|o| o.entity.is_some() && !is_state(&o.code))
            && role.owners.len() == 1
        {
            role.codes = vec![owner.code.clone()];
        }
    }

    // "US-backed", "Russian-made": the state before the hyphen is not the owner.
    fn remote(&self, t: usize) -> bool {
        let doc = self.scene.document;
        let end = self.name_at(t).map_or(t + 1, |i| self.out[i].tokens.end);
        let after = |i: usize| doc.words.get(i).map(|w| w.text.to_lowercase()).unwrap_or_default();
        let hyphen = after(end) == "-";
        let next = if hyphen { after(end + 1) } else { after(end) };
        // Without a hyphen only some can't be read as describing the noun ("Pakistani armed forces").
        REMOTE.contains(&next.as_str())
            && (hyphen || matches!(next.as_str(), "backed" | "led" | "supported" | "funded" | "brokered"))
            || doc.words[t].text.rsplit('-').next().is_some_and(|l| doc.words[t].text.contains('-') && REMOTE.contains(&l))
    }

    /// The country of the place at a token.
    pub fn place_code(&self, t: usize) -> Option<String> {
        let doc = self.scene.document;
        let Some(hit) = self.scene.hit(t) else {
            // "in the Bolivian city of Oruro"
            let inner = place::is_place_noun(doc, t).then(|| doc.children(t).find_map(|c| self.scene.hit(c)?.place.map(|_| c)));
            return inner.flatten().and_then(|c| self.place_code(c));
        };
        let sense =
            hit.place.or(hit.actor.filter(|s| matches!(s.form, FormKind::Name | FormKind::Abbreviation | FormKind::Capital)))?;
        Some(self.scene.lexicon.entry(sense.entry).code.clone()).filter(|c| !c.is_empty())
    }

    /// The noun tokens that describe the name with this head: titles, appositions, predicates.
    pub fn describers(&self, head: usize, name: chancery_model::Span<chancery_model::Token>) -> Vec<usize> {
        let doc = self.scene.document;
        let is_noun = |t: usize| nouns::noun(&doc.words[t].lemma).is_some() && !name.contains(t);
        let mut out: Vec<usize> = phrase::before(doc, head)
            .into_iter()
            .filter(|&t| t < name.start && is_noun(t) && self.name_at(t).is_none())
            .rev()
            .take(1)
            .collect();
        out.extend(doc.children(head).filter(|&c| doc.words[c].rel == Rel::Appos && is_noun(c)));
        // "the Popular Union opposition party".
        let body = |t: usize| {
            nouns::noun(&doc.words[t].lemma).is_some_and(|n| matches!(n.kind, NounKind::Body | NounKind::Armed))
                && !phrase::is_plural(doc, t)
        };
        out.extend(
            doc.words[head].head.filter(|&p| p > head && doc.words[head].rel == Rel::Compound && body(p) && !self.remote(head)),
        );
        if doc.words.get(name.end).is_some_and(|w| w.text == "(") {
            let after = (name.end + 3..name.end + 5).rfind(|&t| t < doc.words.len() && body(t));
            out.extend(after.filter(|t| !out.contains(t)));
        }
        // A title right before the name is its title, whatever the tree says.
        if out.is_empty()
            && let Some(t) = name.start.checked_sub(1).filter(|&t| doc.sentence_of(t) == doc.sentence_of(head))
            && nouns::noun(&doc.words[t].lemma).is_some_and(|n| n.kind == NounKind::Person)
            && self.name_at(t).is_none()
            && !phrase::is_plural(doc, t)
        {
            out.push(t);
        }
        if out.is_empty() {
            out.extend(phrase::title_before(doc, name.start));
        }
        if let Some(parent) = doc.words[head].head.filter(|p| !out.contains(p)) {
            let near = parent < name.start && name.start - parent <= 2;
            let titled = matches!(doc.words[head].rel, Rel::Flat | Rel::Compound)
                || doc.words[head].rel == Rel::Nmod && phrase::case(doc, head).is_none() && !phrase::is_possessor(doc, head);
            let predicate = doc.words[head].rel == Rel::Nsubj
                && doc.children(parent).any(|c| doc.words[c].rel == Rel::Cop)
                && !doc.children(parent).any(|c| doc.words[c].lemma == "not");
            if is_noun(parent) && (doc.words[head].rel == Rel::Appos || titled && near || predicate) {
                out.push(parent);
            }
        }
        out
    }
}

/// The sector of a described actor (codebook §4): the noun's own, unless it says nothing by itself or others' arms make it theirs.
fn sector(noun: Noun, role: &Role, modifiers: &[Sector]) -> Sector {
    let armed = |s: Sector| match s {
        Sector::Opp | Sector::Pty | Sector::Reb => Sector::Reb,
        Sector::Gov => Sector::Mil,
        other => other,
    };
    let last = modifiers.last().copied();
    let owner = role.owners.first().and_then(|o| o.sector).or(role.inherited);
    let force = noun.sector == Sector::Mil || matches!(noun.kind, NounKind::Armed);
    if force {
        let by_word = modifiers
            .iter()
            .rev()
            .copied()
            .find(|s| matches!(s, Sector::Cop | Sector::Reb | Sector::Opp | Sector::Prm | Sector::Spy | Sector::Gov));
        let by_owner = owner.filter(|s| {
            matches!(s, Sector::Reb | Sector::Prm | Sector::Uaf | Sector::Opp | Sector::Pty | Sector::Cop | Sector::Crm)
        });
        return match (by_word, by_owner) {
            (Some(Sector::Gov), None) if noun.kind == NounKind::Armed => noun.sector,
            (Some(w), None) => armed(w),
            (_, Some(o)) => armed(o),
            (None, None) if noun.kind == NounKind::Armed && noun.neutral && owner.is_none() && role.codes.is_empty() => {
                last.unwrap_or(noun.sector)
            }
            (None, None) => last.filter(|_| noun.neutral && noun.kind == NounKind::Armed).unwrap_or(noun.sector),
        };
    }
    if noun.neutral {
        if noun.kind == NounKind::Person && super::office::of_minister(&role.title) {
            return noun.sector;
        }
        if let Some(s) = last.filter(|s| *s != Sector::Gov || owner.is_none()) {
            return s;
        }
        return match owner {
            Some(s) => s,
            None => noun.sector,
        };
    }
    // The president of a party, the minister of none.
    let body = role.owners.iter().any(|o| o.entity.is_some() && !matches!(o.sector, Some(Sector::Gov) | None)) && !role.personal;
    match (noun.sector, owner) {
        (Sector::Gov, Some(s))
            if noun.kind == NounKind::Person
                && body
                && matches!(role.noun.as_str(), "president" | "vice-president" | "prince" | "governor") =>
        {
            s
        }
        (Sector::Pty, _) if noun.kind == NounKind::Person && last == Some(Sector::Opp) => Sector::Opp,
        (Sector::Soc | Sector::Cvl, _) if matches!(last, Some(Sector::Opp)) => Sector::Opp,
        // "masked men"
        (Sector::Cvl, _) if last == Some(Sector::Uaf) => Sector::Uaf,
        (Sector::Gov, _) if noun.kind == NounKind::Body && matches!(last, Some(Sector::Mil)) && role.noun != "ministry" => {
            Sector::Gov
        }
        (own, _) => own,
    }
}
