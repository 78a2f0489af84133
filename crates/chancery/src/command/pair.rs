//! What the commands about two actors have in common.

use super::Usage;
use super::args::{Pair, Way};
use super::record::Record;
use anyhow::{Result, ensure};
use chancery::{Asked, Direction, Happening, Relation, Who};

/// Whom two words mean; they must be two.
pub fn of(a: &str, b: &str) -> Result<(Who, Who)> {
    let lexicon = super::rooms().lexicon;
    let (a, b) = (Who::of(a, lexicon), Who::of(b, lexicon));
    ensure!(a != b, Usage(format!("both are {a}; a dyad needs two (sectors of one state are two: SYR/GOV and SYR/REB)")));
    Ok((a, b))
}

/// Says that there is nothing between two.
pub fn nothing(a: &Who, b: &Who) {
    eprintln!("nothing between {a} and {b}; `chancery actors` lists who occurs in the record");
}

/// All that the record holds of a pair; `None`, and why, where that is nothing. With `reported`, events without a date take that of their
/// first report.
pub fn relation(record: &Record, pair: &Pair, reported: bool) -> Result<Option<Relation>> {
    let (a, b) = of(&pair.a, &pair.b)?;
    if let (Some(since), Some(until)) = (pair.since, pair.until) {
        ensure!(since <= until, Usage(format!("nothing lies between {since} and {until}; write the first day first")));
    }
    let asked = Asked { actor: Some(a.clone()), ..Asked::default() };
    let found = record.happenings(&asked, |_| false)?;
    let found: Vec<Happening> = if reported { found.into_iter().map(Happening::placed).collect() } else { found };
    let relation = Relation::of(found, record.store().published()?, &a, &b);
    if relation.rows().is_empty() {
        nothing(&a, &b);
        return Ok(None);
    }
    Ok(Some(relation))
}

impl From<Way> for Direction {
    fn from(way: Way) -> Direction {
        match way {
            Way::There => Direction::There,
            Way::Back => Direction::Back,
        }
    }
}
