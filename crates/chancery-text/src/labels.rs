//! The labels of a model file as terms of the house.

use crate::Error;
use crate::weights::File;
use chancery_model::{EventType, Mode, NameKind, Rel, Role, Upos};
use std::str::FromStr;

/// Penn tags as the English treebanks of Universal Dependencies use them.
const PENN: [&str; 51] = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ", "JJR",
    "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO",
    "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``", "BES",
];

/// What the outputs of each head stand for.
pub(crate) struct Labels {
    pub upos: Vec<Upos>,
    pub xpos: Vec<&'static str>,
    pub rel: Vec<Rel>,
    /// Tag 0 is none; tags 2k + 1 and 2k + 2 begin and continue a name of kind k.
    pub names: Vec<NameKind>,
    /// Tag 0 is none; tags 2k + 1 and 2k + 2 begin and continue a trigger of type k.
    pub events: Vec<EventType>,
    /// `None` is no mode.
    pub modes: Vec<Option<Mode>>,
    /// `None` is no role.
    pub roles: Vec<Option<Role>>,
}

impl Labels {
    /// Reads all labels; one that is not known refuses the file.
    pub fn new(file: &File) -> Result<Self, Error> {
        let penn =
            |s: &String| PENN.iter().find(|p| *p == s).copied().ok_or_else(|| Error::format(format!("unknown Penn tag {s}")));
        let xpos = file.labels("xpos")?.iter().map(penn).collect::<Result<Vec<_>, _>>()?;
        let status: Vec<chancery_model::Status> = terms(file.labels("status")?)?;
        if status != chancery_model::Status::ALL {
            return Err(Error::format("the statuses are not in the order of the codebook"));
        }
        Ok(Labels {
            upos: terms(file.labels("upos")?)?,
            xpos,
            rel: terms(file.labels("rel")?)?,
            names: kinds(file.labels("names")?)?,
            events: kinds(file.labels("triggers")?)?,
            modes: optional(file.labels("modes")?)?,
            roles: optional(file.labels("roles")?)?,
        })
    }

    /// Number of trigger tags.
    pub fn triggers(&self) -> usize {
        1 + 2 * self.events.len()
    }
}

fn term<T: FromStr>(s: &str) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    s.parse().map_err(|e: T::Err| Error::format(e.to_string()))
}

fn terms<T: FromStr>(labels: &[String]) -> Result<Vec<T>, Error>
where
    T::Err: std::fmt::Display,
{
    labels.iter().map(|s| term(s)).collect()
}

/// `none` first, then terms.
fn optional<T: FromStr>(labels: &[String]) -> Result<Vec<Option<T>>, Error>
where
    T::Err: std::fmt::Display,
{
    match labels.split_first() {
        Some((none, rest)) if none == "none" => std::iter::once(Ok(None)).chain(rest.iter().map(|s| term(s).map(Some))).collect(),
        _ => Err(Error::format("a list of labels lacks `none`")),
    }
}

/// `O`, then `B-` and `I-` of each kind.
fn kinds<T: FromStr>(labels: &[String]) -> Result<Vec<T>, Error>
where
    T::Err: std::fmt::Display,
{
    let wrong = || Error::format("a list of tags is not O, B-X, I-X, …");
    let (none, rest) = labels.split_first().ok_or_else(wrong)?;
    let pairs = rest.chunks(2).map(|p| match p {
        [b, i] if b.strip_prefix("B-").is_some() && b.strip_prefix("B-") == i.strip_prefix("I-") => term(&b[2..]),
        _ => Err(wrong()),
    });
    if none == "O" { pairs.collect() } else { Err(wrong()) }
}
