//! Names of states, organisations and groups: what the lexicon knows, then what the model alone marks.

use super::{Resolver, Traits, mention, plain};
use crate::{
    nouns::{self, NounKind},
    phrase, place,
    scene::{Hit, is_state},
};
use chancery_lexicon::{Entry, EntryKind, FormKind};
use chancery_model::{Actor, MentionKind, NameKind, Rel, Sector, Span, Token, Upos};

/// Confidence of a state's name where it stands as a place: only a reader who knows better should use it.
pub(crate) const AS_PLACE: f32 = 0.2;

impl Resolver<'_, '_> {
    /// All names but those of persons.
    pub fn names(&mut self) {
        let organisations = self.unknown_organisations();
        for hit in self.scene.hits.clone() {
            self.known(&hit);
        }
        let mut letters = Letters::new();
        for hit in &self.scene.hits {
            let known = self.mention_at(hit.head).filter(|&i| self.out[i].actors.iter().all(|a| a.entity.is_some()));
            if let (Some(i), Some(short)) = (known, explained(self.scene.document, hit.tokens)) {
                letters.insert(short, (self.out[i].actors[0].clone(), self.traits[i].clone()));
            }
        }
        for span in organisations {
            self.unknown(span, &mut letters);
        }
        self.abbreviated(&letters);
    }

    // Letters that the article explained once and the model did not mark as a name.
    fn abbreviated(&mut self, letters: &Letters) {
        let doc = self.scene.document;
        for t in 0..doc.words.len() {
            let letters_only = doc.words[t].text.chars().filter(|c| c.is_uppercase()).count() >= 2;
            if (doc.words[t].upos == Upos::Propn || letters_only)
                && self.name_at(t).is_none()
                && let Some((actor, traits)) = letters.get(&doc.words[t].text)
            {
                let span = Span::new(t, t + 1);
                self.add(
                    mention(span, t, MentionKind::Named, vec![actor.clone()], 0.6, "letters explained in the article"),
                    traits.clone(),
                );
            }
        }
    }

    fn known(&mut self, hit: &Hit) {
        let scene = self.scene;
        if scene.in_dateline(hit.tokens) {
            return;
        }
        let Some(sense) = hit.actor else {
            self.province(hit);
            return;
        };
        let entry = scene.lexicon.entry(sense.entry);
        if entry.kind == EntryKind::Person {
            return;
        }
        let kind = if sense.form == FormKind::Adjective { MentionKind::Adjective } else { MentionKind::Named };
        let actor = match (entry.kind, sense.form) {
            (EntryKind::State, FormKind::People) => plain(&entry.code, Some(Sector::Cvl)),
            (EntryKind::State, _) => self.state(&entry.code, entry.sector.filter(|s| *s == Sector::Pre).unwrap_or(Sector::Gov)),
            _ => organisation(entry),
        };
        let state = entry.kind == EntryKind::State;
        let located =
            state && sense.form != FormKind::People && (place::is_locative(scene.document, hit.head) || scene.surrounds(hit));
        let confidence = if located { AS_PLACE } else { hit.confidence };
        let reason = format!("lexicon:{}.{}{}", entry.id, form(sense.form), if located { ", as a place" } else { "" });
        let noun = match entry.kind {
            EntryKind::State if sense.form == FormKind::People => NounKind::Person,
            EntryKind::State => NounKind::State,
            EntryKind::Group if entry.sector.is_some_and(|s| matches!(s, Sector::Reb | Sector::Prm | Sector::Uaf)) => {
                NounKind::Armed
            }
            EntryKind::Force => NounKind::Armed,
            _ => NounKind::Body,
        };
        let traits = Traits {
            kind: Some(noun),
            plural: sense.form == FormKind::People,
            gender: None,
            nouns: self.nouns_of(hit.head, hit.tokens, Some(entry)),
            figure: None,
        };
        self.add(mention(hit.tokens, hit.head, kind, vec![actor], confidence, reason), traits);
    }

    // A province or city that acts ("Delhi rejected"): its state, with little confidence.
    fn province(&mut self, hit: &Hit) {
        let scene = self.scene;
        let Some(sense) = hit.place else { return };
        let entry = scene.lexicon.entry(sense.entry);
        let doc = scene.document;
        let acts = matches!(doc.words[hit.head].rel, Rel::Nsubj | Rel::Obj | Rel::Iobj)
            || phrase::is_possessor(doc, hit.head)
            || matches!(phrase::case(doc, hit.head).as_deref(), Some("by" | "with" | "between" | "against"));
        if acts && is_state(&entry.code) {
            let traits = Traits { kind: Some(NounKind::State), ..Traits::default() };
            let actor = plain(&entry.code, Some(Sector::Gov));
            self.add(
                mention(
                    hit.tokens,
                    hit.head,
                    MentionKind::Named,
                    vec![actor],
                    0.35,
                    format!("lexicon:{}, a place that acts", entry.id),
                ),
                traits,
            );
        }
    }

    // Organisations that the model marks and the lexicon does not know, and alliances of names with their letters ("Popular Union (UP)").
    fn unknown_organisations(&self) -> Vec<Span<Token>> {
        let scene = self.scene;
        let mut out = Vec::new();
        for name in scene.document.names.iter().filter(|n| matches!(n.kind, NameKind::Organisation)) {
            let known = (name.tokens.range()).any(|t| {
                scene.hit(t).is_some_and(|h| {
                    let organised = h.actor.is_some_and(|s| {
                        !matches!(scene.lexicon.entry(s.entry).kind, EntryKind::State | EntryKind::Person)
                            && s.form != FormKind::Adjective
                    });
                    h.tokens.covers(name.tokens) || organised && h.tokens.contains(scene.document.head_of(name.tokens))
                })
            });
            // The field of a ministry is no body ("Minister of Foreign Affairs").
            let head = scene.document.head_of(name.tokens);
            let field = scene.document.words[head].head.is_some_and(|h| {
                let parent = scene.document.words[h].lemma.to_lowercase();
                phrase::case(scene.document, head).as_deref().is_some_and(|p| matches!(p, "of" | "for"))
                    && matches!(
                        parent.as_str(),
                        "minister" | "ministry" | "secretary" | "department" | "undersecretary" | "general"
                    )
            }) || self.names_field(name.tokens.start);
            // "the Ministry" is a common noun with a capital.
            let common = name
                .tokens
                .range()
                .all(|t| scene.document.words[t].upos == Upos::Det || nouns::noun(&scene.document.words[t].text).is_some());
            if !(known || field || common && name.tokens.len() <= 2) {
                out.push(name.tokens);
            }
        }
        self.spelt_out(&mut out);
        out.sort_by_key(|s| s.start);
        out
    }

    // "Minister of Energy and Natural Resources": what stands after a minister's "of".
    fn names_field(&self, start: usize) -> bool {
        let doc = self.scene.document;
        let back = (start.saturating_sub(6)..start).rev().take_while(|&t| {
            matches!(doc.words[t].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Cconj)
                || matches!(doc.words[t].text.as_str(), "of" | "for")
        });
        let office = |t: usize| {
            matches!(doc.words[t].lemma.to_lowercase().as_str(), "minister" | "ministry" | "secretary" | "undersecretary")
                && matches!(doc.words[t + 1].text.as_str(), "of" | "for")
        };
        back.into_iter().any(|t| t + 1 < start && office(t))
    }

    // "Egyptian Association against Torture (EAAT)": the words whose first letters stand in brackets after them.
    fn spelt_out(&self, out: &mut Vec<Span<Token>>) {
        let doc = self.scene.document;
        let word = |t: usize| doc.words[t].text.as_str();
        for open in 1..doc.words.len().saturating_sub(2) {
            let letters: Vec<char> = word(open + 1).chars().filter(|c| c.is_alphabetic()).collect();
            if word(open) != "(" || word(open + 2) != ")" || letters.len() < 2 || !letters.iter().all(|c| c.is_uppercase()) {
                continue;
            }
            let mut left = letters.len();
            let mut start = None;
            for t in (open.saturating_sub(12)..open).rev() {
                let first = word(t).chars().next().unwrap_or(' ');
                if left > 0 && first.to_uppercase().eq(letters[left - 1].to_uppercase()) {
                    left -= 1;
                    start = Some(t);
                } else if first.is_uppercase() || doc.words[t].upos == Upos::Punct {
                    break;
                }
                if left == 0 {
                    break;
                }
            }
            let Some(start) = start.filter(|_| left == 0) else { continue };
            let span = Span::new(start, open);
            let known = self.scene.hit(doc.head_of(span)).is_some_and(|h| h.tokens.len() > 1 && h.actor.is_some());
            if !known && doc.sentence_of(start) == doc.sentence_of(open) {
                out.retain(|s| !s.overlaps(span) && !s.contains(open + 1));
                out.push(span);
            }
        }
    }

    fn unknown(&mut self, span: Span<Token>, letters: &mut Letters) {
        let scene = self.scene;
        let doc = scene.document;
        let span = trimmed(doc, span);
        if span.is_empty() {
            return;
        }
        let head = doc.head_of(span);
        let inside: Vec<usize> = span.range().collect();
        // "Undersecretary for Innovation" is a title.
        let first = span.range().find(|&t| nouns::noun(&doc.words[t].text).is_some());
        if first.is_some_and(|t| {
            nouns::noun(&doc.words[t].text).is_some_and(|n| n.kind == NounKind::Person)
                && !phrase::is_plural(doc, t)
                && doc.words.get(t + 1).is_some_and(|w| matches!(w.text.as_str(), "of" | "for"))
        }) {
            return;
        }
        let described = self.nouns_of(head, span, None);
        let role =
            self.describers(head, span).into_iter().map(|t| self.role(t)).find(|r| r.kind.is_some_and(|k| k != NounKind::Person));
        let beside = role.as_ref().and_then(|r| Some(nouns::Noun { sector: r.sector?, neutral: false, ..nouns::noun(&r.noun)? }));
        let noun = beside
            .or_else(|| inside.iter().rev().find_map(|&t| nouns::noun(&doc.words[t].text)))
            .or_else(|| described.iter().find_map(|d| nouns::noun(d)));
        let own = beside.or_else(|| nouns::noun(&doc.words[head].text));
        let modifiers: Vec<Sector> = inside.iter().filter_map(|&t| nouns::modifier(&doc.words[t].text)).collect();
        let sector = own.or(noun).map(|n| {
            if n.neutral { modifiers.iter().copied().find(|s| *s != Sector::Gov).unwrap_or(n.sector) } else { n.sector }
        });
        let (code, sure) = match role.and_then(|r| r.codes.into_iter().next()) {
            Some(code) => (code, true),
            None => self.body_code(head, &inside),
        };
        let name = phrase::text(doc, span);
        let seen = letters.get(&name).cloned();
        let entity = name.split(" (").next().unwrap_or(&name).to_owned();
        let actor = Actor { entity: Some(entity.clone()), ..plain(&code, Some(sector.unwrap_or(Sector::Unk))) };
        let kind = own.or(noun).map_or(NounKind::Body, |n| if n.kind == NounKind::Person { NounKind::Body } else { n.kind });
        let traits = Traits { kind: Some(kind), nouns: described, ..Traits::default() };
        let (actor, traits) = seen.unwrap_or((actor, traits));
        for key in [Some(name.clone()), Some(entity), explained(doc, span)].into_iter().flatten() {
            letters.entry(key).or_insert_with(|| (actor.clone(), traits.clone()));
        }
        let reason = if sure { "name of a body, its state beside it" } else { "name of a body, its state from the article" };
        if let Some(old) = self.mention_at(head) {
            // An adjective or state that heads the name gives way to the whole name.
            self.out[old] = mention(span, head, MentionKind::Named, vec![actor], 0.6, reason);
            self.traits[old] = traits;
            self.cover[span.range()].fill(Some(old));
        } else if let Some(i) =
            self.add(mention(span, head, MentionKind::Named, vec![actor], if sure { 0.75 } else { 0.5 }, reason), traits)
        {
            self.cover[span.range()].fill(Some(i));
        }
    }

    // The state of an unknown body: in its name, before or after it, else the article's.
    fn body_code(&mut self, head: usize, inside: &[usize]) -> (String, bool) {
        let scene = self.scene;
        let doc = scene.document;
        let before: Vec<usize> = phrase::before(doc, head);
        let after: Vec<usize> = phrase::after(doc, head)
            .into_iter()
            .filter(|(_, p)| matches!(p.as_str(), "of" | "in" | "for"))
            .map(|(t, _)| t)
            .collect();
        for t in inside.iter().chain(&before).chain(&after) {
            let entry = scene.hit(*t).and_then(|h| h.actor.or(h.place)).map(|s| scene.lexicon.entry(s.entry));
            if let Some(e) = entry.filter(|e| e.kind != EntryKind::Outlet && !matches!(e.code.as_str(), "" | "UNK")) {
                return (e.code.clone(), true);
            }
        }
        let sentence = doc.sentence_of(head).unwrap_or(0);
        (scene.own(sentence).map_or_else(|| "UNK".to_owned(), |(c, _)| c), false)
    }

    // Dictionary forms of the nouns in and beside a name.
    fn nouns_of(&self, head: usize, span: Span<Token>, entry: Option<&Entry>) -> Vec<String> {
        let doc = self.scene.document;
        let mut out: Vec<String> = Vec::new();
        if let Some(e) = entry {
            let feature = match (e.kind, e.sector) {
                (EntryKind::State, _) => "country",
                (EntryKind::Group, Some(Sector::Pty)) => "party",
                (EntryKind::Group, _) => "group",
                (EntryKind::Force, _) => "force",
                (EntryKind::Outlet, _) => "newspaper",
                _ => "organisation",
            };
            out.push(feature.to_owned());
            out.extend(e.name.split_whitespace().map(str::to_lowercase).filter(|w| nouns::noun(w).is_some()));
        }
        out.extend(span.range().map(|t| doc.words[t].text.to_lowercase()).filter(|w| nouns::noun(w).is_some()));
        out.extend(self.describers(head, span).into_iter().map(|t| doc.words[t].lemma.to_lowercase()));
        out.dedup();
        out
    }
}

/// Names of bodies met so far, with the letters that stand for them.
type Letters = std::collections::BTreeMap<String, (Actor, Traits)>;

// "Popular Union (UP)": the letters after, or at the end of, a name.
fn explained(doc: &chancery_model::Document, span: Span<Token>) -> Option<String> {
    let word = |i: usize| doc.words.get(i).map(|w| w.text.as_str());
    let at = span.range().find(|&i| word(i) == Some("(")).unwrap_or(span.end);
    (word(at) == Some("(") && word(at + 2) == Some(")"))
        .then(|| word(at + 1))
        .flatten()
        .filter(|w| w.chars().filter(|c| c.is_uppercase()).count() >= 2)
        .map(str::to_owned)
}

// Without article and possessive mark.
fn trimmed(doc: &chancery_model::Document, span: Span<Token>) -> Span<Token> {
    let (mut start, mut end) = (span.start, span.end);
    while start < end && matches!(doc.words[start].upos, Upos::Det | Upos::Punct) {
        start += 1;
    }
    while start < end
        && (doc.words[end - 1].upos == Upos::Punct && doc.words[end - 1].text != ")" || doc.words[end - 1].xpos == "POS")
    {
        end -= 1;
    }
    Span::new(start, end)
}

/// The actor for a lexicon entry that is no person and no state.
pub(crate) fn organisation(entry: &Entry) -> Actor {
    // An organisation of states is of no sector but for its arms, courts and assemblies.
    let of_states = matches!(entry.code.as_str(), "UNO" | "EUR" | "IGO");
    let sector = entry
        .sector
        .filter(|s| !of_states || matches!(s, Sector::Mil | Sector::Jud | Sector::Leg | Sector::Cop | Sector::Jrn))
        .or(match entry.kind {
            EntryKind::Outlet => Some(Sector::Jrn),
            EntryKind::Organisation | EntryKind::Group => Some(Sector::Unk),
            EntryKind::Force => Some(Sector::Mil),
            _ => None,
        });
    let code = if entry.code.is_empty() { "UNK" } else { &entry.code };
    Actor { entity: Some(entry.name.clone()), identifier: entry.wikidata.clone(), ..plain(code, sector) }
}

fn form(form: FormKind) -> &'static str {
    match form {
        FormKind::Name => "name",
        FormKind::Adjective => "adjective",
        FormKind::People => "people",
        FormKind::Capital => "capital",
        FormKind::Metonym => "metonym",
        FormKind::Abbreviation => "abbreviation",
        FormKind::Surname => "surname",
    }
}
