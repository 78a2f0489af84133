//! Actor dictionaries of PETRARCH and Phoenix: a name, `+` before other spellings, CAMEO codes in brackets, dated or not.

use super::{Own, Read, days};
use crate::{EntryKind, OfficeKind};
use chancery_model::{Sector, Tenure};

/// Roles of CAMEO with the sector and what a holder is called, as far as the role tells.
const ROLES: [(&str, Sector, &str); 29] = {
    use Sector::*;
    [
        ("GOV", Gov, "government official"),
        ("MIL", Mil, "military officer"),
        ("COP", Cop, "police officer"),
        ("JUD", Jud, "judge"),
        ("LEG", Leg, "member of parliament"),
        ("SPY", Spy, "intelligence official"),
        ("PRM", Prm, "militia leader"),
        ("REB", Reb, "rebel leader"),
        ("SEP", Reb, "separatist leader"),
        ("INS", Reb, "rebel leader"),
        ("UAF", Uaf, "armed group leader"),
        ("RAD", Uaf, "radical leader"),
        ("OPP", Opp, "opposition politician"),
        ("PTY", Pty, "party politician"),
        ("ELI", Eli, ""),
        ("BUS", Bus, "business leader"),
        ("MNC", Bus, "business leader"),
        ("CRM", Crm, "criminal"),
        ("REF", Ref, "refugee"),
        ("REL", Rel, "religious leader"),
        ("MED", Jrn, "journalist"),
        ("EDU", Edu, "scholar"),
        ("LAB", Lab, "labour leader"),
        ("AGR", Agr, "farmer"),
        ("HLH", Med, "physician"),
        ("HRI", Soc, "activist"),
        ("ENV", Soc, "activist"),
        ("DEV", Soc, "aid worker"),
        ("CVL", Cvl, "civilian"),
    ]
};

/// Codes of CAMEO that are written otherwise today.
const STATES: [(&str, &str); 11] = [
    ("GZS", "PSE"),
    ("IMY", "IMN"),
    ("KSV", "XKX"),
    ("PAL", "PSE"),
    ("ROM", "ROU"),
    ("SCG", "SRB"),
    ("TMP", "TLS"),
    ("WBK", "PSE"),
    ("WSB", "PSE"),
    ("YUG", "SRB"),
    ("ZAR", "COD"),
];

/// A CAMEO code taken apart.
struct Code {
    state: String,
    role: Option<(Sector, &'static str)>,
    days: days::Days,
}

/// An actor as it stands in the file.
struct Actor {
    line: usize,
    names: Vec<String>,
    codes: Vec<Code>,
    broken: bool,
}

pub(super) fn read(text: &str) -> Read {
    let mut out = Read::default();
    let mut open: Option<Actor> = None;
    for (n, raw) in text.lines().enumerate() {
        let line = raw.split(['#', ';']).next().unwrap_or("").trim();
        if line.is_empty() || line.starts_with('<') {
            continue;
        }
        let (name, codes) = match line.find('[') {
            Some(at) => (line[..at].trim(), &line[at..]),
            None => (line, ""),
        };
        if !name.is_empty() && !name.starts_with('+') {
            close(&mut out, open.take());
            open = Some(Actor { line: n + 1, names: Vec::new(), codes: Vec::new(), broken: false });
        }
        let Some(actor) = open.as_mut() else {
            out.faults.push((n + 1, "before the first actor; a name without `+` and brackets must come first".to_owned()));
            continue;
        };
        let name = titled(name.trim_start_matches('+'));
        if !name.is_empty() && !actor.names.contains(&name) {
            actor.names.push(name);
        }
        for bracket in codes.split('[').skip(1) {
            let read = bracket.split_once(']').ok_or_else(|| "the bracket is not closed; add `]`".to_owned());
            match read.and_then(|(inside, _)| code(inside)) {
                Ok(code) => actor.codes.push(code),
                Err(what) => {
                    actor.broken = true;
                    out.faults.push((n + 1, what));
                }
            }
        }
    }
    close(&mut out, open);
    out
}

/// `AFGGOVMIL >100601`
fn code(inside: &str) -> Result<Code, String> {
    let inside = inside.trim();
    let (letters, dates) = inside.split_once([' ', '\t']).unwrap_or((inside, ""));
    if letters.len() < 3 || letters.len() % 3 != 0 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("`{letters}` is no code; write three capitals for the state and three for each role, as AFGGOV"));
    }
    let mut parts: Vec<&str> = (0..letters.len()).step_by(3).filter_map(|i| letters.get(i..i + 3)).collect();
    if let ["IGO", "UNO" | "EUR", ..] = parts.as_slice() {
        parts.remove(0);
    }
    let (state, roles) = parts.split_first().ok_or_else(|| "an empty code".to_owned())?;
    let state = STATES.iter().find(|(old, _)| old == state).map_or(*state, |(_, new)| new);
    let role = roles.iter().find_map(|r| ROLES.iter().find(|(name, ..)| name == r)).map(|(_, sector, title)| (*sector, *title));
    Ok(Code { state: state.to_owned(), role, days: days::read(dates)? })
}

/// Turns an actor into an entry: dates make a person, the role of an undated code tells what else it is.
fn close(out: &mut Read, actor: Option<Actor>) {
    let Some(actor) = actor else { return };
    let mut names = actor.names.into_iter();
    let Some(name) = names.next() else { return };
    if actor.codes.is_empty() {
        if !actor.broken {
            out.faults.push((actor.line, format!("{name} has no code; add a line such as [AFGGOV 050101-060531]")));
        }
        return;
    }
    let mut own = Own { line: actor.line, name, names: names.collect(), ..Own::default() };
    let dated = |c: &Code| c.days != (None, None);
    let person = actor.codes.iter().any(dated);
    for c in &actor.codes {
        match c.role {
            Some((Sector::Eli, _)) | None if person => {}
            Some((sector, title)) if dated(c) => {
                let (from, to) = c.days;
                let tenure = Tenure { office: title.to_owned(), code: c.state.clone(), sector, from, to };
                own.offices.push((OfficeKind::Other, tenure));
            }
            role => own.sector = own.sector.or(role.map(|(s, _)| s)),
        }
    }
    own.offices.sort_by_key(|(_, t)| (t.from, t.to));
    let latest = own.offices.last().map(|(_, t)| t.code.clone());
    own.code = latest.or_else(|| actor.codes.last().map(|c| c.state.clone())).unwrap_or_default();
    if person && own.offices.is_empty() {
        own.sector = Some(Sector::Eli);
    }
    own.kind = if person { Some(EntryKind::Person) } else { kind(&own.code, own.sector) };
    out.entries.push(own);
}

/// What an actor without dates is; `None` for another word for its state.
fn kind(code: &str, sector: Option<Sector>) -> Option<EntryKind> {
    use Sector::*;
    match (code, sector) {
        ("IMG", _) | (_, Some(Reb | Opp | Pty | Prm | Uaf | Crm | Rel | Ref | Cvl)) => Some(EntryKind::Group),
        (_, Some(Mil | Cop | Spy)) => Some(EntryKind::Force),
        (_, Some(Jrn)) => Some(EntryKind::Outlet),
        ("UNO" | "EUR" | "IGO" | "NGO" | "MNC" | "ISM", _) | (_, Some(_)) => Some(EntryKind::Organisation),
        (_, None) => None,
    }
}

/// `HAMID_KARZAI_` → `Hamid Karzai`. Short single words and words without vowels stay capitals: they are letters.
fn titled(name: &str) -> String {
    let mut words: Vec<&str> = name.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect();
    if words.len() > 1 && words[0].eq_ignore_ascii_case("the") {
        words.remove(0);
    }
    if name.chars().any(char::is_lowercase) {
        return words.join(" ");
    }
    let letters = |w: &str| {
        let vowel = w.chars().any(|c| "AEIOUY".contains(c));
        !vowel || w.contains('.') || words.len() == 1 && w.len() <= 4
    };
    let small = |w: &str| {
        const SMALL: [&str; 22] = [
            "AL", "EL", "BIN", "IBN", "BINT", "DE", "DA", "DO", "DOS", "DEL", "DI", "VAN", "VON", "DER", "DEN", "OF", "THE",
            "AND", "FOR", "IN", "ON", "OULD",
        ];
        SMALL.contains(&w)
    };
    let word = |(i, w): (usize, &&str)| match () {
        () if letters(w) => (*w).to_owned(),
        () if i > 0 && small(w) => w.to_lowercase(),
        () => w.split('-').map(capital).collect::<Vec<_>>().join("-"),
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

fn capital(w: &str) -> String {
    let mut chars = w.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{read, titled};

    #[test]
    fn names_in_capitals() {
        assert_eq!(titled("HAMID_KARZAI_"), "Hamid Karzai");
        assert_eq!(titled("NURI AL MALIKI"), "Nuri al Maliki");
        assert_eq!(titled("ANSF"), "ANSF");
        assert_eq!(titled("FDLR REBELS"), "FDLR Rebels");
        assert_eq!(titled("UN Secy Gen"), "UN Secy Gen");
        assert_eq!(titled("THE_UN_"), "UN");
    }

    #[test]
    fn what_cannot_be_read_is_told_by_line() {
        let read = read("[AFG]\nONE\n[AFGGOV 0501]\nTWO\n[AFGX]\nTHREE\nFOUR [AFGGOV\nFIVE [AFGREB]\n");
        let lines: Vec<usize> = read.faults.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 5, 6, 7], "{:?}", read.faults);
        assert_eq!(read.entries.len(), 1);
    }
}
