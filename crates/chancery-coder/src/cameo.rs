//! Type, mode and contexts → CAMEO code, its label and its Goldstein value: the way back from PLOVER to the older ontology.
//!
//! The table is `data/cameo.tsv`. Its codes lead back to the same type and mode through PLOVER's own conversion table of 2021 except where a
//! row says why not; the values are Goldstein's (1992) as extended to CAMEO for ICEWS.

use chancery_model::{Context, EventType, Mode};
use std::sync::LazyLock;

/// A row of the table.
struct Row {
    event: EventType,
    mode: Option<Mode>,
    /// `None` for any.
    context: Option<Context>,
    code: &'static str,
    goldstein: f64,
    label: &'static str,
    /// Why the code does not lead back.
    #[cfg_attr(not(test), allow(dead_code))]
    why: &'static str,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../data/cameo.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(read).collect()
});

/// A line of the table; `None` where it is malformed, which a test rules out.
fn read(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next();
    let event = cell()?.parse().ok()?;
    let some = |told: &'static str| Some(told).filter(|t| *t != "-");
    let mode = some(cell()?).map(str::parse).transpose().ok()?;
    let context = some(cell()?).map(str::parse).transpose().ok()?;
    Some(Row { event, mode, context, code: cell()?, goldstein: cell()?.parse().ok()?, label: cell()?, why: cell()? })
}

fn row(event: EventType, mode: Option<Mode>, contexts: &[Context]) -> Option<&'static Row> {
    let of = |mode: Option<Mode>| {
        let rows = move || TABLE.iter().filter(move |r| r.event == event && r.mode == mode);
        rows().find(|r| r.context.is_some_and(|c| contexts.contains(&c))).or_else(|| rows().find(|r| r.context.is_none()))
    };
    of(mode).or_else(|| of(None))
}

fn of_code(code: &str) -> Option<&'static Row> {
    TABLE.iter().find(|r| r.code == code)
}

/// The CAMEO code of a type, mode and the event's contexts; a mode without a code of its own falls back to the type's.
pub fn cameo_in(event: EventType, mode: Option<Mode>, contexts: &[Context]) -> &'static str {
    row(event, mode, contexts).map_or("", |r| r.code)
}

/// The CAMEO code of a type and mode, whatever the contexts.
///
/// ```
/// use chancery_model::{EventType, Mode};
/// assert_eq!(chancery_coder::cameo_code(EventType::Consult, Some(Mode::Phone)), "041");
/// assert_eq!(chancery_coder::cameo_code(EventType::Mobilize, Some(Mode::Weapons)), "150");
/// ```
pub fn cameo_code(event: EventType, mode: Option<Mode>) -> &'static str {
    cameo_in(event, mode, &[])
}

/// The Goldstein value (−10 to 10) of a type and mode, whatever the contexts.
pub fn goldstein(event: EventType, mode: Option<Mode>) -> f64 {
    row(event, mode, &[]).map_or(0.0, |r| r.goldstein)
}

/// The Goldstein value (−10 to 10) of a CAMEO code that [`cameo_in`] gives.
#[allow(dead_code)]
pub fn goldstein_of(code: &str) -> Option<f64> {
    of_code(code).map(|r| r.goldstein)
}

/// The label of a CAMEO code that [`cameo_in`] gives, as ICEWS prints it.
#[allow(dead_code)]
pub fn label_of(code: &str) -> Option<&'static str> {
    of_code(code).map(|r| r.label)
}

/// The CAMEO label of a type and mode, as ICEWS prints it.
pub fn label(event: EventType, mode: Option<Mode>) -> &'static str {
    row(event, mode, &[]).map_or("", |r| r.label)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::{collections::BTreeMap, fs, path::PathBuf};

    fn told(name: &str) -> Option<String> {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tables").join(name);
        let text = fs::read_to_string(&path).ok();
        if text.is_none() {
            println!("skipped: {} is not there", path.display());
        }
        text
    }

    #[test]
    fn every_line_is_read_and_every_type_and_mode_has_a_code() {
        let lines = include_str!("../data/cameo.tsv").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(TABLE.len(), lines);
        for event in EventType::ALL {
            assert!(TABLE.iter().any(|r| r.event == *event && r.mode.is_none() && r.context.is_none()), "{event}");
            for mode in Mode::of(*event) {
                let own = |r: &&Row| r.event == *event && r.mode == Some(*mode) && r.context.is_none();
                assert_eq!(TABLE.iter().filter(own).count(), 1, "{event} {mode}");
            }
        }
        assert!(TABLE.iter().all(|r| r.mode.is_none_or(|m| Mode::of(r.event).contains(&m))));
    }

    #[test]
    fn a_code_has_one_value_and_one_label() {
        for r in TABLE.iter() {
            let first = of_code(r.code).unwrap();
            assert_eq!((first.goldstein, first.label), (r.goldstein, r.label), "{}", r.code);
        }
    }

    #[test]
    fn a_context_chooses_and_the_others_do_not() {
        let in_ = |c: &[Context]| cameo_in(EventType::Sanction, Some(Mode::Discontinue), c);
        assert_eq!(in_(&[]), "162");
        assert_eq!(in_(&[Context::Economic]), "163");
        assert_eq!(in_(&[Context::Gender, Context::Military, Context::Economic]), "1622");
        assert_eq!(cameo_in(EventType::Consult, Some(Mode::Multilateral), &[Context::Diplomatic]), "040");
        assert_eq!(cameo_in(EventType::Aid, None, &[Context::Military]), "072");
        assert_eq!(cameo_in(EventType::Aid, None, &[Context::Gender]), "070");
        assert_eq!((goldstein_of("072"), goldstein_of("999")), (Some(8.3), None));
        assert_eq!(label_of("195"), Some("Employ aerial weapons"));
    }

    /// What PLOVER's conversion says of a code: type, mode, themes.
    struct Back {
        event: String,
        mode: String,
        contexts: Vec<String>,
    }

    /// The conversion, with the names of modes and themes that PLOVER has changed since.
    fn conversion(text: &str) -> BTreeMap<String, Back> {
        let now = |name: &str| {
            match name {
                "assassinate" => "targeted",
                "ease" => "",
                "democracy" => "pro_democracy",
                "humanitarian" => "human_security",
                same => same,
            }
            .to_owned()
        };
        let rows = text.lines().filter_map(|line| {
            let (code, rest) = line.split('#').next()?.split_once(':')?;
            let cells: Vec<&str> = rest.split(',').map(str::trim).collect();
            let [event, mode, contexts] = cells[..] else { return None };
            let contexts = contexts.split(';').map(|c| now(c.trim())).filter(|c| !c.is_empty()).collect();
            Some((code.to_owned(), Back { event: event.to_owned(), mode: now(mode), contexts }))
        });
        rows.collect()
    }

    #[test]
    fn codes_lead_back_to_their_type_and_mode_or_say_why_not() {
        let Some(text) = told("cameo_to_plover_2021.txt") else { return };
        let table = conversion(&text);
        assert!(table.len() > 200, "{} rows read", table.len());
        let mut exceptions = 0;
        for r in TABLE.iter() {
            let back = table.get(r.code).unwrap_or_else(|| panic!("{} is not in the conversion", r.code));
            let context = r.context.is_none_or(|c| back.contexts.iter().any(|b| b == c.as_str()));
            let same = back.event == r.event.as_str() && back.mode == r.mode.map_or("", |m| m.as_str()) && context;
            let names = format!("{} {:?} {:?} {}", r.event, r.mode, r.context, r.code);
            assert_eq!(same, r.why.is_empty(), "{names} comes back as {} {} {:?}", back.event, back.mode, back.contexts);
            exceptions += usize::from(!same);
        }
        println!("{} rows, {exceptions} that do not lead back", TABLE.len());
    }

    #[test]
    fn values_are_the_official_ones() {
        for name in ["goldstein_icews.json", "goldstein_gdelt.json"] {
            let Some(text) = told(name) else { return };
            let official: BTreeMap<String, f64> = serde_json::from_str(&text).unwrap();
            for r in TABLE.iter() {
                assert_eq!(official.get(r.code), Some(&r.goldstein), "{name}: {}", r.code);
            }
        }
    }
}
