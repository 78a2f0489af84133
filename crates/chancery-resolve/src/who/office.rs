//! Offices: what kind a title is, and who held it.

use crate::scene::Scene;
use chancery_lexicon::OfficeKind;
use chancery_model::{Actor, Tenure};

/// The kind of office that a title names; deputies hold another one.
pub(crate) fn kind(title: &str) -> Option<OfficeKind> {
    let t = title.to_lowercase();
    let has = |w: &str| t.split(|c: char| !c.is_alphanumeric() && c != '-').any(|x| x == w);
    if ["deputy", "vice", "assistant", "former", "ex", "acting", "junior", "shadow", "under"].iter().any(|w| has(w))
        || t.contains("vice-")
        || t.contains("minister of state")
    {
        return None;
    }
    if has("spokesman") || has("spokeswoman") || has("spokesperson") {
        Some(OfficeKind::Spokesperson)
    } else if has("ambassador") {
        Some(OfficeKind::Ambassador)
    } else if t.contains("prime minister") || has("premier") || has("chancellor") || has("pm") || has("taoiseach") {
        Some(OfficeKind::HeadOfGovernment)
    } else if has("foreign") && (has("minister") || has("secretary"))
        || t.contains("minister of foreign")
        || t.contains("secretary of state")
        || t.contains("top diplomat")
    {
        Some(OfficeKind::ForeignMinister)
    } else if (has("defence") || has("defense")) && (has("minister") || has("secretary")) {
        Some(OfficeKind::DefenceMinister)
    } else if t.contains("secretary-general") || t.contains("secretary general") {
        Some(OfficeKind::IgoHead)
    } else if ["president", "king", "queen", "emir", "amir", "sultan", "monarch", "pope", "pontiff"].iter().any(|w| has(w))
        || t.contains("supreme leader")
        || t.contains("head of state")
    {
        Some(OfficeKind::HeadOfState)
    } else {
        None
    }
}

// "foreign and defence secretary" for "Foreign and Defence Secretaries".
fn in_singular(title: &str) -> String {
    title.to_lowercase().split(' ').map(crate::nouns::singular).collect::<Vec<_>>().join(" ")
}

/// Whether a title is that of ministers who lead a government's dealings with others, be it peace or war: no soldiers by their field.
pub(crate) fn of_minister(title: &str) -> bool {
    matches!(kind(&in_singular(title)), Some(OfficeKind::ForeignMinister | OfficeKind::DefenceMinister))
}

/// The one state that uses a title ("foreign secretary"), where another is not named.
pub(crate) fn only_in(title: &str) -> Option<&'static str> {
    let title = format!(" {} ", in_singular(title));
    let rows = include_str!("../../data/titles.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.filter(|(words, _)| title.contains(&format!(" {words} "))).max_by_key(|(words, _)| words.len()).map(|(_, code)| code)
}

/// Whether an office by its lexicon title is what a text's title says ("president" of Syria, "prime minister").
pub(crate) fn matches(tenure: &Tenure, kind_held: OfficeKind, title: &str) -> bool {
    if let Some(k) = kind(title) {
        return k == kind_held && (k != OfficeKind::HeadOfState || same_style(&tenure.office, title));
    }
    let (office, title) = (tenure.office.to_lowercase(), title.to_lowercase());
    match title.as_str() {
        "leader" | "ruler" | "dictator" | "strongman" | "autocrat" => {
            matches!(kind_held, OfficeKind::HeadOfState | OfficeKind::HeadOfGovernment)
        }
        "minister" => office.contains("minister") && kind_held != OfficeKind::HeadOfGovernment,
        "official" | "diplomat" | "counterpart" => false,
        last => office.split_whitespace().next_back() == title.split_whitespace().next_back() && !last.is_empty(),
    }
}

const STYLES: [&str; 8] = ["president", "king", "queen", "emir", "amir", "sultan", "supreme leader", "pope"];

// A king is no president; where the lexicon says only "head of state", any style will do.
fn same_style(office: &str, title: &str) -> bool {
    let office = office.to_lowercase();
    let title = title.to_lowercase();
    match STYLES.iter().find(|s| title.contains(*s)) {
        Some(s) => office.contains(s) || !STYLES.iter().any(|o| office.contains(o)),
        None => true,
    }
}

/// The one who holds the office named by a title in a state on the article's day.
pub(crate) fn holder(scene: &Scene, code: &str, title: &str) -> Option<usize> {
    let kind = kind(title).filter(|k| {
        !matches!(k, OfficeKind::Spokesperson | OfficeKind::Ambassador | OfficeKind::Commander | OfficeKind::Other)
    })?;
    let day = scene.day?;
    let held = scene.lexicon.holders(code, kind, Some(day));
    let found = held.iter().find(|(_, t)| matches(t, kind, title)).map(|(e, _)| *e);
    // A president beside a supreme leader, a king who governs.
    found.or_else(|| {
        let style = STYLES.iter().find(|s| kind == OfficeKind::HeadOfState && title.to_lowercase().contains(*s))?;
        let held = scene.lexicon.holders(code, OfficeKind::HeadOfGovernment, Some(day));
        held.iter().find(|(_, t)| t.office.to_lowercase().contains(style)).map(|(e, _)| *e)
    })
}

/// The one at the head of an organisation on the article's day, or in the office of it that a title names: "the UN secretary-general", "the
/// NATO chief", "the EU foreign policy chief".
pub(crate) fn at_head(scene: &Scene, body: &Actor, title: &str) -> Option<usize> {
    let (day, name) = (scene.day?, body.entity.as_deref()?);
    let title = title.to_lowercase();
    let words = |s: &str| s.to_lowercase().split([' ', '-']).map(str::to_owned).collect::<Vec<_>>();
    let said: Vec<String> = words(&title).into_iter().filter(|w| !matches!(w.as_str(), "chief" | "head" | "boss")).collect();
    let held = scene.lexicon.holders(&body.code, OfficeKind::IgoHead, Some(day));
    let fits = |t: &Tenure| match t.office.split_once(" of ") {
        Some((office, of)) => {
            let same = scene.lexicon.look_up(of).iter().any(|s| scene.lexicon.entry(s.entry).name == name);
            same && said.iter().all(|w| words(office).contains(w))
        }
        // those of the United Nations and the European Union do not name them
        None => {
            let own = matches!((t.code.as_str(), name), ("UNO", "United Nations") | ("EUR", "European Union"));
            own && (!said.is_empty() || t.code == "UNO") && said.iter().all(|w| words(&t.office).contains(w))
        }
    };
    let bare = said.is_empty() && !["chief", "head", "boss"].iter().any(|w| title.ends_with(w));
    held.into_iter().find(|(_, t)| !bare && fits(t)).map(|(e, _)| e)
}

/// "the Secretary" in a statement of a ministry: the one at its head.
pub(crate) fn of_publisher(scene: &Scene, title: &str) -> Option<usize> {
    if !matches!(title.to_lowercase().as_str(), "secretary" | "minister") {
        return None;
    }
    let (code, outlet) = (scene.publisher.as_ref()?, scene.article.outlet.as_ref()?.to_lowercase());
    let named = |words: &[&str]| words.iter().any(|w| outlet.contains(w));
    let kind = if named(&["defense", "defence", "command"]) {
        OfficeKind::DefenceMinister
    } else if named(&["foreign", "external", "department of state", "state department"]) {
        OfficeKind::ForeignMinister
    } else {
        return None;
    };
    scene.lexicon.holders(code, kind, Some(scene.day?)).first().map(|(e, _)| *e)
}

/// The actor for a lexicon entry, as of the article's day.
pub(crate) fn person(scene: &Scene, entry: usize) -> Actor {
    let e = scene.lexicon.entry(entry);
    let latest = e.tenures.iter().max_by_key(|(_, t)| t.from).map(|(_, t)| t);
    let actor = Actor {
        code: e.code.clone(),
        sector: e.sector.or(latest.map(|t| t.sector)),
        entity: Some(e.name.clone()),
        identifier: e.wikidata.clone(),
        office: None,
        tenures: e.tenures.iter().map(|(_, t)| t.clone()).collect(),
    };
    match scene.day {
        Some(day) => actor.as_of(day),
        None => actor,
    }
}
