use crate::who::holds;
use crate::{Telling, Who};
use chancery_lexicon::Lexicon;
use chancery_model::{ActorRef, Event, EventType, Place, Status};
use jiff::civil::Date;

/// What events are asked for; the same on every noun. Nothing set asks for all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// On either side.
    pub actor: Option<Who>,
    /// Who acts.
    pub from: Option<Who>,
    /// Who is acted on.
    pub to: Option<Who>,
    /// One of these types; empty for any.
    pub types: Vec<EventType>,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Where it happened.
    pub place: Option<Where>,
    /// Whose word it is: a voice of some report, or its outlet.
    pub said_by: Option<Who>,
    /// One of these; empty for any.
    pub status: Vec<Status>,
}

/// A place that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// Anywhere in a country.
    Country(String),
    /// A place whose name holds these words.
    Name(String),
}

impl Where {
    /// A country by name or code, else a place by name.
    pub fn of(phrase: &str, lexicon: &Lexicon) -> Where {
        match Who::of(phrase, lexicon) {
            // A capital means its city here, not the government that sits there.
            Who::Code(code) if lexicon.state(&code).is_some_and(|s| names(phrase, &code, &s.name)) => Where::Country(code),
            _ => Where::Name(phrase.trim().to_owned()),
        }
    }

    fn is(&self, p: &Place) -> bool {
        match self {
            Where::Country(code) => p.country.as_deref() == Some(code),
            Where::Name(name) => holds(&p.name, name),
        }
    }
}

fn names(phrase: &str, code: &str, name: &str) -> bool {
    let phrase = phrase.trim();
    phrase.eq_ignore_ascii_case(code) || holds(name, phrase) || holds(phrase, name) || phrase.len() <= 4
}

impl Asked {
    /// Whether an event with its reports is asked for.
    pub fn wants(&self, e: &Event, told: &[Telling]) -> bool {
        let any = |who: &Option<Who>, refs: &[ActorRef]| who.as_ref().is_none_or(|w| refs.iter().any(|a| w.is(a)));
        let either = self.actor.as_ref().is_none_or(|w| e.actors.iter().chain(&e.recipients).any(|a| w.is(a)));
        either
            && any(&self.from, &e.actors)
            && self.is_target(e)
            && (self.types.is_empty() || self.types.contains(&e.event))
            && (self.status.is_empty() || self.status.contains(&e.status))
            && self.in_time(e)
            && self.place.as_ref().is_none_or(|w| e.place.as_ref().is_some_and(|p| w.is(p)))
            && self.said_by.as_ref().is_none_or(|w| told.iter().any(|t| says(w, t)))
    }

    /// Whether a statement is asked for: what an actor wants, holds or expects, which is of no type of event.
    ///
    /// Its speaker acts in it; its day is the one told for it, else that of publication.
    pub fn wants_statement(&self, t: &Telling) -> bool {
        let r = &t.report;
        let speaks = |w: &Who| r.attribution.iter().any(|v| w.speaks(v)) || r.actors.iter().any(|a| w.is(a));
        let told_of = |w: &Who| r.recipients.iter().any(|a| w.is(a));
        let days = r.date.as_ref().map(|d| (d.from, d.to)).or(t.article.published.map(|p| (p.date, p.date)));
        self.types.is_empty()
            && self.actor.as_ref().is_none_or(|w| speaks(w) || told_of(w))
            && self.from.as_ref().is_none_or(speaks)
            && self.to.as_ref().is_none_or(told_of)
            && (self.status.is_empty() || self.status.contains(&r.status))
            && self.since.is_none_or(|s| days.is_some_and(|d| d.1 >= s))
            && self.until.is_none_or(|u| days.is_some_and(|d| d.0 <= u))
            && self.place.as_ref().is_none_or(|w| r.place.as_ref().is_some_and(|p| w.is(p)))
            && self.said_by.as_ref().is_none_or(|w| says(w, t))
    }

    /// Whether an event is left out only because it has no date.
    pub fn misses_date(&self, e: &Event) -> bool {
        (self.since.is_some() || self.until.is_some()) && e.date.is_none()
    }

    // Those who meet or fight each other stand on both sides (codebook §2).
    fn is_target(&self, e: &Event) -> bool {
        let Some(to) = &self.to else { return true };
        if !e.recipients.is_empty() {
            return e.recipients.iter().any(|a| to.is(a));
        }
        e.actors.len() > 1
            && e.actors.iter().any(|a| to.is(a))
            && self.from.as_ref().is_none_or(|from| e.actors.iter().any(|a| from.is(a) && !to.is(a)))
    }

    fn in_time(&self, e: &Event) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        e.date.as_ref().is_some_and(|d| self.since.is_none_or(|s| d.to >= s) && self.until.is_none_or(|u| d.from <= u))
    }
}

fn says(who: &Who, told: &Telling) -> bool {
    let outlet = || matches!(who, Who::Entity(name) if told.article.outlet.as_deref().is_some_and(|o| holds(o, name)));
    told.report.attribution.iter().any(|v| who.speaks(v)) || outlet()
}
