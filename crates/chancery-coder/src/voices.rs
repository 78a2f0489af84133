//! Who says so: speech in the text, and the chain of voices behind an event (codebook §5).

use crate::told::{self, Told};
use crate::{Desk, tree, words};
use chancery_lexicon::EntryKind;
use chancery_model::{Cue, Document, Rel, Role, Sector, Span, Stance, Token, Trace, Upos, Voice, VoiceKind};

/// One act of telling: who, by which word, what.
struct Speech {
    /// Head of the speaker's phrase; `None` for "it was reported".
    speaker: Option<usize>,
    /// The word that marks it ("said", "according").
    cue: usize,
    content: Content,
    stance: Stance,
}

/// The words that are told.
struct Content {
    within: Span<Token>,
    /// A stretch inside that belongs to the teller ("the ministry said" in the middle).
    without: Span<Token>,
}

impl Content {
    fn holds(&self, at: usize) -> bool {
        self.within.contains(at) && !self.without.contains(at)
    }
}

/// All telling in a document, by position of its cue.
pub struct Voices {
    speeches: Vec<Speech>,
}

impl Voices {
    /// Finds the telling of a document.
    pub fn of(document: &Document) -> Voices {
        let mut speeches = Vec::new();
        for at in 0..document.words.len() {
            let word = &document.words[at];
            match word.lemma.as_str() {
                "quote" | "cite" => speeches.extend(quoted(document, at)),
                lemma if word.upos == Upos::Verb => {
                    if let Some(stance) = words::speech(lemma) {
                        speeches.extend(said(document, at, stance));
                    }
                }
                _ => {}
            }
            if word.text.eq_ignore_ascii_case("according") {
                speeches.extend(according(document, at));
            }
        }
        Voices { speeches }
    }

    /// The chain of voices behind an event, nearest first.
    pub fn of_event(&self, desk: &Desk, cue: &Cue, head: usize, trace: &mut Vec<Trace>) -> Vec<Voice> {
        let mut around: Vec<&Speech> =
            self.speeches.iter().filter(|s| s.content.holds(head) && !cue.tokens.contains(s.cue)).collect();
        around.sort_by_key(|s| (s.content.within.len(), s.cue));
        let mut rule = "voice.clause";
        if around.is_empty()
            && let Some(speech) = self.of_quotation(desk.document, head)
        {
            around.push(speech);
            rule = "voice.quotation";
        }
        let mut out: Vec<Voice> = Vec::new();
        for speech in around {
            let voice = self.voice(desk, speech);
            if out.iter().all(|v| v.span != voice.span) {
                out.push(voice);
            }
        }
        let nominal = |t: &usize| matches!(desk.document.words[*t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let linked = cue.roles.iter().filter(|r| r.role == Role::Speaker && r.score > 0.6);
        if out.is_empty()
            && let Some(role) = linked.max_by(|a, b| a.score.total_cmp(&b.score))
            && let Some(head) = Some(desk.document.head_of(role.tokens)).filter(nominal)
        {
            rule = "head.speaker";
            out.push(spoken(desk, head, None, Stance::Asserts));
        }
        if let Some(first) = out.first() {
            trace.push(Trace { field: "attribution".into(), rule: rule.into(), detail: first.text.clone(), score: None });
        }
        out
    }

    /// The telling that a quotation without a speech verb around it belongs to: one that tells another part of the same quotation,
    /// else the nearest before it in the same or the previous sentence, else the one after it.
    fn of_quotation(&self, document: &Document, at: usize) -> Option<&Speech> {
        let quotation = document.quotation_of(at)?.tokens;
        if let Some(s) = self.speeches.iter().find(|s| s.content.within.overlaps(quotation)) {
            return Some(s);
        }
        let sentence = document.sentence_of(quotation.start)?;
        let near = |s: &&Speech| document.sentence_of(s.cue).is_some_and(|i| i.abs_diff(sentence) <= 1);
        let before = self.speeches.iter().rev().find(|s| s.cue < quotation.start && near(s));
        before.or_else(|| self.speeches.iter().find(|s| s.cue >= quotation.end && near(s)))
    }

    fn voice(&self, desk: &Desk, speech: &Speech) -> Voice {
        match speech.speaker {
            Some(head) => spoken(desk, head, Some(speech.cue), speech.stance),
            None => {
                let clause = desk.document.bytes(impersonal(desk.document, speech.cue));
                Voice {
                    text: desk.article.text[clause.range()].to_owned(),
                    span: clause,
                    cue: Some(desk.document.words[speech.cue].span),
                    code: None,
                    sector: None,
                    entity: None,
                    kind: VoiceKind::Unknown,
                    stance: Stance::Alleges,
                }
            }
        }
    }

    /// All of it, as stretches of words.
    pub fn told(&self, document: &Document) -> Vec<Told> {
        let mut out: Vec<Told> = Vec::new();
        for s in &self.speeches {
            let content = told::without(s.content.within, s.content.without);
            let source = s.speaker.map(|head| told::teller(document, head, s.cue, &content));
            let next = document.words.get(s.cue + 1).is_some_and(|w| w.text == "to")
                && document.words[s.cue].lemma.eq_ignore_ascii_case("according");
            let cue = Span::new(s.cue, s.cue + 1 + usize::from(next));
            out.push(Told { source, cue, content });
        }
        for q in &document.quotations {
            let loose =
                document.sentences.iter().map(|s| Span::new(s.tokens.start.max(q.tokens.start), s.tokens.end.min(q.tokens.end)));
            for part in loose
                .filter(|p| p.start + 1 < p.end && !out.iter().any(|t| t.content.iter().any(|c| c.overlaps(*p))))
                .collect::<Vec<_>>()
            {
                let Some(s) = self.of_quotation(document, part.start) else { continue };
                let source = s.speaker.map(|head| told::teller(document, head, s.cue, &[part]));
                out.push(Told { source, cue: Span::new(s.cue, s.cue + 1), content: vec![part] });
            }
        }
        out.sort_by_key(|t| (t.cue.start, t.content.first().map(|c| c.start)));
        out
    }

    /// The speaker of the telling whose content holds a token, for positions.
    pub fn speaker_at(&self, at: usize) -> Option<usize> {
        self.speeches.iter().filter(|s| s.content.holds(at)).min_by_key(|s| s.content.within.len()).and_then(|s| s.speaker)
    }

    /// The voices whose telling holds a token, nearest first.
    pub fn around(&self, desk: &Desk, at: usize) -> Vec<Voice> {
        let mut around: Vec<&Speech> = self.speeches.iter().filter(|s| s.content.holds(at) && s.cue != at).collect();
        around.sort_by_key(|s| (s.content.within.len(), s.cue));
        around.into_iter().map(|s| self.voice(desk, s)).collect()
    }

    /// The cue of the telling nearest around a token.
    pub fn cue_at(&self, at: usize) -> Option<usize> {
        self.speeches.iter().filter(|s| s.content.holds(at)).min_by_key(|s| s.content.within.len()).map(|s| s.cue)
    }
}

fn empty(at: usize) -> Span<Token> {
    Span::new(at, at)
}

/// "X said (that) …", "…, X said", "X said: “…”".
fn said(document: &Document, verb: usize, stance: Stance) -> Option<Speech> {
    let own = document.child(verb, &[Rel::Nsubj]);
    let passive = tree::passive(document, verb);
    let content =
        document.child(verb, &[Rel::Ccomp, Rel::Parataxis]).filter(|&c| document.words[c].rel == Rel::Ccomp || own.is_some());
    let word = &document.words[verb];
    let content = match content {
        Some(c) => {
            let within = if stance == Stance::Denies { tree::own_words(document, c) } else { document.subtree(c) };
            // a complement before its verb may enclose the teller
            Content { within, without: if within.contains(verb) { teller(document, verb, own) } else { empty(verb) } }
        }
        None if word.rel == Rel::Parataxis => Content { within: document.subtree(word.head?), without: document.subtree(verb) },
        None if stance == Stance::Denies => {
            // "denied massing troops", whatever the parse calls it
            let doing = |&c: &usize| c == verb + 1 && document.words[c].xpos == "VBG";
            let object = document.child(verb, &[Rel::Obj, Rel::Xcomp]).or_else(|| document.children(verb).find(doing))?;
            Content { within: document.subtree(object), without: empty(verb) }
        }
        None => {
            let x = document.child(verb, &[Rel::Xcomp]).filter(|_| passive)?;
            return Some(Speech {
                speaker: tree::agent(document, verb),
                cue: verb,
                content: Content { within: document.subtree(x), without: empty(verb) },
                stance: Stance::Alleges,
            });
        }
    };
    let speaker = match passive {
        true => tree::agent(document, verb),
        false => Some(tree::subject(document, verb)?),
    };
    let stance = if passive && speaker.is_none() { Stance::Alleges } else { stance };
    Some(Speech { speaker, cue: verb, content, stance })
}

/// The words of the teller inside what is told: the verb and its subject.
fn teller(document: &Document, verb: usize, subject: Option<usize>) -> Span<Token> {
    let at = Span::new(verb, verb + 1);
    subject.map_or(at, |s| at.join(tree::phrase(document, s)))
}

/// "IRNA quoted the president as saying …", "X was quoted as saying …".
fn quoted(document: &Document, verb: usize) -> Vec<Speech> {
    let Some(saying) =
        document.children(verb).find(|&c| matches!(document.words[c].rel, Rel::Advcl | Rel::Xcomp | Rel::Obl | Rel::Ccomp))
    else {
        return Vec::new();
    };
    let told = document.child(saying, &[Rel::Ccomp, Rel::Parataxis, Rel::Obj]);
    let before = document.words[verb].rel == Rel::Parataxis;
    let content = |without: Span<Token>| match (told, before.then(|| document.words[verb].head).flatten()) {
        (_, Some(head)) => Content { within: document.subtree(head), without },
        (Some(t), None) => Content { within: document.subtree(t), without: empty(verb) },
        (None, None) => Content { within: document.subtree(verb), without },
    };
    let own = document.subtree(verb);
    let around = if before { own } else { Span::new(verb, saying + 1) };
    let passive = tree::passive(document, verb);
    let speaker = match passive {
        true => tree::subject(document, verb),
        false => document.child(verb, &[Rel::Obj]),
    };
    let mut out = Vec::new();
    if let Some(s) = speaker {
        out.push(Speech { speaker: Some(s), cue: saying, content: content(around), stance: Stance::Asserts });
    }
    let printer = if passive {
        document.children(verb).find(|&c| document.words[c].rel == Rel::Obl)
    } else {
        document.child(verb, &[Rel::Nsubj])
    };
    if let Some(p) = printer {
        out.push(Speech { speaker: Some(p), cue: verb, content: content(around), stance: Stance::Asserts });
    }
    out
}

/// "…, according to X".
fn according(document: &Document, at: usize) -> Option<Speech> {
    let word = &document.words[at];
    let speaker = match word.rel {
        Rel::Case | Rel::Mark => word.head?,
        _ => document.children(at).find(|&c| matches!(document.words[c].rel, Rel::Obl | Rel::Nmod | Rel::Obj))?,
    };
    let governor = match word.rel {
        Rel::Case | Rel::Mark => document.words[speaker].head?,
        _ => word.head?,
    };
    let without = document.subtree(speaker).join(Span::new(at, at + 1));
    // the whole sentence is told when the phrase opens or closes it
    let sentence = document.sentences[document.sentence_of(at)?].tokens;
    let edge = without.start <= sentence.start + 1 || without.end + 1 >= sentence.end;
    let within = if edge { sentence } else { document.subtree(governor) };
    Some(Speech { speaker: Some(speaker), cue: at, content: Content { within, without }, stance: Stance::Asserts })
}

/// "it was reported": the words of a telling without a teller.
fn impersonal(document: &Document, verb: usize) -> Span<Token> {
    let mut span = Span::new(verb, verb + 1);
    for c in document.children(verb) {
        if c < verb && matches!(document.words[c].rel, Rel::Aux | Rel::Expl | Rel::Nsubj) && document.subtree(c).len() == 1 {
            span = span.join(Span::new(c, c + 1));
        }
    }
    span
}

fn spoken(desk: &Desk, head: usize, cue: Option<usize>, stance: Stance) -> Voice {
    let document = desk.document;
    // where an article stands for its noun, the noun is meant
    let meant = |t: &usize| document.words.get(*t).is_some_and(|w| matches!(w.upos, Upos::Noun | Upos::Propn));
    let head = if document.words[head].upos == Upos::Det { (head + 1..head + 3).find(meant).unwrap_or(head) } else { head };
    let tokens = tree::phrase(document, head);
    let span = document.bytes(tokens);
    let text = desk.article.text[span.range()].to_owned();
    let actor = desk.findings.within(document, tokens).first().and_then(|m| m.actors.first());
    let kind = kind(desk, tokens, head, actor.map(|a| (a.code.as_str(), a.sector)));
    let medium = matches!(kind, VoiceKind::Wire | VoiceKind::Newspaper | VoiceKind::Agency);
    Voice {
        text,
        span,
        cue: cue.map(|c| document.words[c].span),
        code: actor.filter(|_| !medium).map(|a| a.code.clone()),
        sector: actor.filter(|_| !medium).and_then(|a| a.sector),
        entity: actor.and_then(|a| a.entity.clone()),
        kind,
        stance,
    }
}

/// What kind of source a phrase names.
pub(crate) fn kind(desk: &Desk, tokens: Span<Token>, head: usize, actor: Option<(&str, Option<Sector>)>) -> VoiceKind {
    let document = desk.document;
    let plain: Vec<&str> =
        tokens.range().filter(|&i| document.words[i].rel != Rel::Det).map(|i| document.words[i].text.as_str()).collect();
    let outlets = [plain.join(" "), document.words[head].text.clone()];
    for name in &outlets {
        let outlet = desk.lexicon.look_up(name).iter().map(|s| desk.lexicon.entry(s.entry)).find(|e| e.kind == EntryKind::Outlet);
        if let Some(outlet) = outlet {
            return match outlet.feature.as_str() {
                "wire" => VoiceKind::Wire,
                "state-media" => VoiceKind::StateMedia,
                "agency" => VoiceKind::Agency,
                _ => VoiceKind::Newspaper,
            };
        }
    }
    let lemma = document.words[head].lemma.as_str();
    let has = |w: &str| tokens.range().any(|i| document.words[i].lemma.eq_ignore_ascii_case(w));
    if words::medium(lemma) {
        return if has("state") || has("official") || has("run") { VoiceKind::StateMedia } else { VoiceKind::Newspaper };
    }
    let named = tokens.range().any(|i| {
        document.words[i].upos == Upos::Propn && !matches!(document.words[i].rel, Rel::Nmod | Rel::Amod | Rel::Compound)
    }) && document.words[head].upos == Upos::Propn;
    match lemma {
        "official" | "source" | "diplomat" | "commander" | "insider" | "aide" if !named => return VoiceKind::Anonymous,
        "witness" | "resident" | "villager" | "local" | "survivor" | "neighbour" | "neighbor" | "bystander" => {
            return VoiceKind::Witness;
        }
        _ => {}
    }
    match actor {
        Some(("NGO", _)) => VoiceKind::Ngo,
        Some((_, Some(Sector::Jrn))) => VoiceKind::Newspaper,
        Some((_, Some(Sector::Cvl | Sector::Unk) | None)) if !named => VoiceKind::Unknown,
        Some(_) => VoiceKind::Official,
        None => VoiceKind::Unknown,
    }
}
