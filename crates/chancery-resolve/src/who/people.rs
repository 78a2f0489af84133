//! Persons: every name of a person is linked to one figure of the article, whose role is read from all its mentions.

use super::{
    Resolver, Role, Traits, mention, office, plain,
    spelling::{all_alike, same_person, spaced},
};
use crate::{
    nouns::{self, NounKind},
    phrase,
    scene::is_state,
};
use chancery_lexicon::{EntryKind, FormKind, fold, similar_names};
use chancery_model::{Actor, MentionKind, NameKind, Rel, Sector, Span, Token, Upos};

/// A person of the article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figure {
    /// Folded words of the longest name.
    pub words: Vec<String>,
    /// The longest name as written.
    pub name: String,
    /// Lexicon entry.
    pub entry: Option<usize>,
    /// Mentions: name and head.
    pub names: Vec<(Span<Token>, usize)>,
    /// Titles given anywhere in the article, dictionary forms.
    pub titles: Vec<String>,
    pub gender: Option<char>,
    /// The bodies that it is said to belong to.
    pub bodies: Vec<Option<String>>,
    /// Whether the office is past.
    pub former: bool,
    /// The states that its mentions call it of ("a Yemeni leader"); whoever is called of others is somebody else.
    pub states: Vec<String>,
}

// Words before a name that are no part of it.
const STYLES: [&str; 22] = [
    "hh",
    "his",
    "her",
    "highness",
    "excellency",
    "majesty",
    "royal",
    "prime",
    "gen",
    "gen.",
    "dr",
    "dr.",
    "prof",
    "prof.",
    "hon",
    "hon.",
    "lt",
    "lt.",
    "col",
    "col.",
    "chief",
    "sen.",
];

const HONORIFICS: [(&str, char); 12] = [
    ("mr", 'm'),
    ("mrs", 'f'),
    ("ms", 'f'),
    ("miss", 'f'),
    ("sir", 'm'),
    ("lady", 'f'),
    ("lord", 'm'),
    ("madame", 'f'),
    ("sheikh", 'm'),
    ("sheikha", 'f'),
    ("mr.", 'm'),
    ("mrs.", 'f'),
];

/// Whether a word before a name is a style or honorific ("Sheikh", "Dr.").
pub(crate) fn is_style(word: &str) -> bool {
    let lower = word.to_lowercase();
    STYLES.contains(&lower.as_str()) || HONORIFICS.iter().any(|(h, _)| *h == lower)
}

impl Resolver<'_, '_> {
    /// Finds, links and describes all persons named.
    pub fn people(&mut self) {
        let mut spans = self.person_names();
        // Full names first, so that surnames find theirs even in a headline above them.
        spans.sort_by_key(|(s, _)| (std::cmp::Reverse(s.len()), s.start));
        for (span, entry) in spans {
            self.link(span, entry);
        }
        self.bare_surnames();
        // Those whom the lexicon knows first: others are described by them ("a spokesman for President Abbas").
        let (known, others): (Vec<usize>, Vec<usize>) = (0..self.figures.len()).partition(|&f| self.figures[f].entry.is_some());
        for f in known.into_iter().chain(others) {
            self.figures[f].names.sort_by_key(|(s, _)| s.start);
            self.describe(f);
        }
    }

    // Last names that the model did not mark, of persons named in full elsewhere.
    fn bare_surnames(&mut self) {
        let doc = self.scene.document;
        for t in 0..doc.words.len() {
            let word = &doc.words[t];
            let free = self.name_at(t).is_none()
                && self.scene.hit(t).is_none()
                && !self.figures.iter().any(|f| f.names.iter().any(|(s, _)| s.contains(t)));
            if word.upos != Upos::Propn || !free || word.text.len() < 3 {
                continue;
            }
            let folded = fold(&word.text);
            if let Some(f) = self.figures.iter().position(|f| f.words.len() > 1 && f.words.last() == Some(&folded)) {
                let span = Span::new(t, t + 1);
                self.figures[f].names.push((span, t));
            }
        }
    }

    // Names of persons: the lexicon's, the model's, and capitalised words after a title.
    fn person_names(&self) -> Vec<(Span<Token>, Option<usize>)> {
        let scene = self.scene;
        let doc = scene.document;
        let mut out: Vec<(Span<Token>, Option<usize>)> = Vec::new();
        for hit in &scene.hits {
            if let Some(s) = hit.actor.filter(|s| scene.lexicon.entry(s.entry).kind == EntryKind::Person) {
                let whole =
                    scene.name(hit.head).filter(|n| n.kind == NameKind::Person).map_or(hit.tokens, |n| hit.tokens.join(n.tokens));
                // "Lee Dae-jun" is not the Lee whom the lexicon knows.
                let text = phrase::text(doc, self.without_title(whole));
                let known =
                    s.form != FormKind::Surname || whole == hit.tokens || all_alike(&scene.lexicon.entry(s.entry).name, &text);
                out.push((self.without_title(whole), Some(s.entry).filter(|_| known)));
            }
        }
        let add = |span: Span<Token>, out: &mut Vec<(Span<Token>, Option<usize>)>| {
            let words = &doc.words[span.range()];
            let title = words.iter().zip(span.range()).all(|(w, t)| {
                let lower = w.text.to_lowercase();
                nouns::noun(&w.text).is_some()
                    || nouns::modifier(&w.text).is_some()
                    || STYLES.contains(&lower.as_str())
                    || HONORIFICS.iter().any(|(h, _)| *h == lower)
                    || scene.hit(t).is_some_and(|h| h.actor.is_some_and(|s| s.form == FormKind::Adjective))
            });
            // "the Foreign, Home and Defence Secretaries"
            let after = (span.end..doc.words.len().min(span.end + 5))
                .take_while(|&t| matches!(doc.words[t].upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Cconj | Upos::Punct));
            let field = || {
                after
                    .into_iter()
                    .any(|t| office::only_in(&format!("{} {}", phrase::text(doc, span), doc.words[t].lemma)).is_some())
            };
            if !span.is_empty()
                && !title
                && !field()
                && !out.iter().any(|(s, _)| s.overlaps(span))
                && self.name_at(doc.head_of(span)).is_none_or(|i| self.out[i].kind == MentionKind::Adjective)
            {
                out.push((span, None));
            }
        };
        let state = |span: Span<Token>| {
            scene.hit(span.start).is_some_and(|h| {
                h.tokens.covers(span) && h.actor.is_some_and(|s| scene.lexicon.entry(s.entry).kind == EntryKind::State)
            })
        };
        for n in doc.names.iter().filter(|n| n.kind == NameKind::Person) {
            let span = self.without_title(n.tokens);
            // "Jordan" alone is the kingdom.
            if !state(span) {
                add(span, &mut out);
            }
        }
        for t in 0..doc.words.len() {
            let titled = doc.words[t].upos == Upos::Propn
                && doc.children(t).any(|c| {
                    c < t
                        && matches!(doc.words[c].rel, Rel::Nmod | Rel::Compound)
                        && phrase::case(doc, c).is_none()
                        && nouns::noun(&doc.words[c].lemma).is_some_and(|n| n.kind == NounKind::Person)
                });
            if titled && nouns::noun(&doc.words[t].lemma).is_none() && scene.name(t).is_none_or(|n| n.kind == NameKind::Person) {
                let flat = doc.children(t).filter(|&c| doc.words[c].rel == Rel::Flat).max().unwrap_or(t);
                add(Span::new(t, flat + 1), &mut out);
            }
        }
        out
    }

    // The model sometimes takes the title into the name.
    fn without_title(&self, span: Span<Token>) -> Span<Token> {
        let doc = self.scene.document;
        let mut start = span.start;
        let mut end = span.end;
        while start + 1 < end {
            let text = doc.words[start].text.to_lowercase();
            let of_state = start.checked_sub(1).is_some_and(|b| doc.words[b].text == "of") && self.scene.hit(start).is_some();
            if nouns::noun(&text).is_some_and(|n| n.kind == NounKind::Person)
                || of_state
                || STYLES.contains(&text.as_str())
                || HONORIFICS.iter().any(|(h, _)| *h == text)
            {
                start += 1;
            } else {
                break;
            }
        }
        while end > start && (doc.words[end - 1].xpos == "POS" || doc.words[end - 1].upos == Upos::Punct) {
            end -= 1;
        }
        Span::new(start, end)
    }

    fn link(&mut self, span: Span<Token>, entry: Option<usize>) {
        let doc = self.scene.document;
        let head = doc.head_of(span);
        let text = phrase::text(doc, span);
        let words: Vec<String> = fold(&text).split_whitespace().map(str::to_owned).collect();
        let states = self.states_beside(head, span);
        let entry = entry.filter(|&e| self.may_be(e, &words, &states)).or_else(|| self.look_up(&text, &words, &states));
        let mut found = None;
        for (i, f) in self.figures.iter().enumerate() {
            if !agree(&f.states, &states) {
                continue;
            }
            let strength = if entry.is_some() && f.entry == entry {
                3.0
            } else if entry.is_some() && f.entry.is_some() && words.len() > 1 {
                continue;
            } else {
                same_person(&f.words, &words)
            };
            // The nearest earlier one, if several fit.
            let distance =
                f.names.iter().filter(|(s, _)| s.start < span.start).map(|(s, _)| span.start - s.start).min().unwrap_or(2000);
            let points = strength - distance as f32 / 1e5;
            if strength > 0.0 && found.is_none_or(|(_, p)| points > p) {
                found = Some((i, points));
            }
        }
        let index = match found {
            Some((i, _)) => i,
            None => {
                self.figures.push(Figure { words, name: text, entry, ..Figure::default() });
                self.figures.len() - 1
            }
        };
        let figure = &mut self.figures[index];
        let lexicon = self.scene.lexicon;
        let fits = figure.words.len() == 1 || entry.is_some_and(|e| all_alike(&lexicon.entry(e).name, &figure.name));
        figure.entry = figure.entry.or(entry.filter(|_| fits));
        figure.names.push((span, head));
        figure.states.extend(states);
    }

    // The states whose adjectives and names stand before a name or its titles, or that its titles are of.
    fn states_beside(&mut self, head: usize, span: Span<Token>) -> Vec<String> {
        let doc = self.scene.document;
        let titles = self.describers(head, span);
        let mut region: Vec<usize> = phrase::before(doc, head).into_iter().filter(|t| *t < span.start).collect();
        region.extend(titles.iter().flat_map(|&t| phrase::before(doc, t)));
        region.sort_unstable();
        region.dedup();
        let mut codes = self.bare(&region).codes;
        let of = titles.iter().chain([&head]).flat_map(|&t| phrase::after(doc, t)).filter(|(_, p)| p == "of");
        codes.extend(of.filter_map(|(t, _)| self.name_at(t)).flat_map(|i| self.out[i].actors.iter().map(|a| a.code.clone())));
        codes.retain(|c| is_state(c));
        codes
    }

    // Whether a name can mean an entry: not where the text calls its bearer another state's; and where it says no state, a part of the
    // entry's name only in an article that speaks of the entry's.
    fn may_be(&self, entry: usize, words: &[String], states: &[String]) -> bool {
        let e = self.scene.lexicon.entry(entry);
        let own: Vec<String> =
            e.tenures.iter().map(|(_, t)| t.code.clone()).chain([e.code.clone()]).filter(|c| is_state(c)).collect();
        let part = words.len() > 1 && words.len() < fold(&e.name).split_whitespace().count();
        agree(&own, states) && (!part || !states.is_empty() || self.scene.share(&e.code) > 0.0)
    }

    // "Hassan Rowhani" where the lexicon has Hassan Rouhani.
    fn look_up(&self, text: &str, words: &[String], states: &[String]) -> Option<usize> {
        let last = words.last().filter(|_| words.len() > 1)?;
        let lexicon = self.scene.lexicon;
        let mut best: Option<(f32, usize)> = None;
        for e in lexicon.by_surname(last) {
            if let Some(s) = similar_names(&lexicon.entry(e).name, text).filter(|s| *s >= 0.85)
                && self.may_be(e, words, states)
                && best.is_none_or(|(b, _)| s > b)
            {
                best = Some((s, e));
            }
        }
        best.map(|b| b.1)
    }

    /// Reads a figure's role from all its mentions, and adds them.
    fn describe(&mut self, f: usize) {
        let doc = self.scene.document;
        let figure = self.figures[f].clone();
        let mut role = Role::default();
        let mut sure = false;
        let mut titles = Vec::new();
        let mut gender = figure.entry.and_then(|e| self.scene.lexicon.entry(e).gender);
        for (span, head) in &figure.names {
            for t in phrase::before(doc, *head).into_iter().chain((*span).range()).chain(span.start.checked_sub(1)) {
                let text = doc.words[t].text.to_lowercase();
                gender = gender.or(HONORIFICS.iter().find(|(h, _)| *h == text).map(|(_, g)| *g));
            }
            let mut roles: Vec<Role> = Vec::new();
            for n in self.describers(*head, *span) {
                roles.push(self.role(n));
            }
            let before: Vec<usize> = phrase::before(doc, *head).into_iter().filter(|t| *t < span.start).collect();
            let past = before
                .iter()
                .any(|&t| matches!(doc.words[t].text.to_lowercase().as_str(), "former" | "ex" | "late" | "ousted" | "deposed"));
            roles.iter_mut().for_each(|r| r.former |= past);
            roles.push(self.bare(&before));
            // "Minister Jane Doe of Fiji"
            let of: Vec<usize> = phrase::after(doc, *head).into_iter().filter(|(_, p)| p == "of").map(|(t, _)| t).collect();
            roles.push(self.bare(&of));
            for r in roles {
                gender = gender.or(r.gender);
                if !r.noun.is_empty() && r.kind == Some(NounKind::Person) {
                    titles.push(r.noun.clone());
                    titles.push(r.title.to_lowercase());
                }
                merge(&mut role, r, &mut sure);
            }
        }
        titles.dedup();
        let (actor, confidence, reason) = self.person_actor(&figure, &role, sure);
        self.figures[f].bodies = role.owners.iter().filter(|_| !role.personal).map(|o| o.entity.clone()).collect();
        self.figures[f].titles = titles.clone();
        self.figures[f].former = actor.sector == Some(Sector::Eli) || role.former;
        self.figures[f].gender = gender;
        if let Some(e) = figure.entry {
            let held =
                self.scene.lexicon.entry(e).tenures.iter().map(|(_, t)| t).filter(|t| self.scene.day.is_none_or(|d| t.holds(d)));
            self.figures[f].titles.extend(held.map(|t| t.office.to_lowercase()));
        }
        for (span, head) in figure.names {
            let traits = Traits { kind: Some(NounKind::Person), plural: false, gender, nouns: titles.clone(), figure: Some(f) };
            if let Some(old) = self.mention_at(head).filter(|&o| self.out[o].kind == MentionKind::Adjective) {
                self.out[old] = mention(span, head, MentionKind::Named, vec![actor.clone()], confidence, reason.clone());
                self.traits[old] = traits;
            } else {
                self.add(mention(span, head, MentionKind::Named, vec![actor.clone()], confidence, reason.clone()), traits);
            }
        }
    }

    fn person_actor(&self, figure: &Figure, role: &Role, sure: bool) -> (Actor, f32, String) {
        let scene = self.scene;
        if let Some(e) = figure.entry {
            let mut actor = office::person(scene, e);
            let entry = scene.lexicon.entry(e);
            // who is called the present minister after the last day that the lexicon knows of still is
            if !role.former
                && let Some(t) = actor.tenures.iter_mut().max_by_key(|t| t.from)
                && let (Some(day), Some(to)) = (scene.day, t.to)
                && to < day
                && entry.tenures.iter().any(|(k, held)| {
                    held.office == t.office && office::kind(&role.title).is_some() && office::matches(t, *k, &role.title)
                })
            {
                t.to = None;
                actor = actor.as_of(day);
            }
            // "UNESCO Director-General Audrey Azoulay": the office that the text names, where the day of it is not known.
            let named = entry.tenures.iter().rev().find(|(_, t)| role.codes.first() == Some(&t.code) && t.code != actor.code);
            if let Some((_, t)) = named.filter(|_| scene.day.is_none() && !role.former) {
                actor.code.clone_from(&t.code);
                actor.sector = Some(t.sector);
            }
            if role.former && actor.sector.is_some_and(|s| s == Sector::Gov) {
                actor.sector = Some(Sector::Eli);
            } else if actor.sector == Some(Sector::Eli) && !role.former && role.sector.is_some_and(|s| s != Sector::Unk) && sure {
                actor.sector = role.sector;
            }
            return (actor, 0.9, format!("lexicon:{}", entry.id));
        }
        let sentence = figure.names.first().and_then(|(s, _)| scene.document.sentence_of(s.start)).unwrap_or(0);
        let (code, confidence, from) = match role.codes.first() {
            Some(code) => (code.clone(), 0.8, "said beside the name"),
            None if self.dealt_with(figure.names[0].1).is_some() => {
                (self.dealt_with(figure.names[0].1).unwrap_or_default(), 0.6, "that of those who deal with the person")
            }
            // who is met without a title has no state by that
            None if role.noun.is_empty() && figure.words.len() == 1 => ("UNK".to_owned(), 0.28, "not said"),
            None => match if role.noun.is_empty() { scene.near(sentence) } else { scene.own(sentence) } {
                Some((code, share)) => (code, 0.3 + 0.4 * share, "the article's"),
                None => ("UNK".to_owned(), 0.2, "unknown"),
            },
        };
        let sector = role.sector.or(if role.codes.is_empty() {
            None
        } else {
            role.owners.first().and_then(|o| o.sector).or(Some(Sector::Gov))
        });
        let mut actor = plain(&code, sector);
        actor.entity = Some(spaced(&figure.name));
        actor.office = Some(role.title.clone()).filter(|t| !t.is_empty());
        (
            actor,
            confidence,
            format!(
                "person; state {from}, {}",
                if role.noun.is_empty() { "no title".to_owned() } else { format!("title `{}`", role.title) }
            ),
        )
    }
}

// Whether two lists of states leave room for one person.
fn agree(a: &[String], b: &[String]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|c| b.contains(c))
}

// What is said first counts; a title with a state counts more than one without.
fn merge(into: &mut Role, role: Role, sure: &mut bool) {
    if into.codes.is_empty() && !role.codes.is_empty() {
        into.codes = role.codes.clone();
        if into.owners.is_empty() {
            into.owners.clone_from(&role.owners);
        }
    }
    let person = matches!(role.kind, Some(NounKind::Person | NounKind::Armed));
    if person && (into.sector.is_none() || into.sector == Some(Sector::Unk)) && role.sector.is_some() {
        into.sector = role.sector;
        into.title = role.title;
        into.noun = role.noun;
        into.former = role.former;
        into.kind = role.kind;
        *sure = true;
    }
}
