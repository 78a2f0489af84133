//! The flags of `correct`, with their words.

use super::args::status;
use chancery::model::Status;
use clap::{Args, Subcommand};

/// Who says so, and why.
#[derive(Args, Clone)]
pub struct Signed {
    /// Who says so
    #[arg(long, value_name = "NAME")]
    pub author: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
}

/// What is said of a report or of every report of an event; ids may be cut short where the first digits are unique.
#[derive(Subcommand)]
pub enum CorrectCommand {
    /// The words tell no event
    NotEvent {
        /// Id of a report or event
        id: String,
        #[command(flatten)]
        said: Signed,
    },
    /// It is of another type
    Type {
        /// Id of a report or event
        id: String,
        /// The type, with its mode after a dot: AID, CONSULT.phone
        event: String,
        #[command(flatten)]
        said: Signed,
    },
    /// It has another status
    Status {
        /// Id of a report or event
        id: String,
        /// actual, future, hypothetical or negated
        #[arg(value_parser = status)]
        status: Status,
        #[command(flatten)]
        said: Signed,
    },
    /// It happened on other days
    Date {
        /// Id of a report or event
        id: String,
        /// 2015-09-01, 2015-09-01/2015-09-03, or none
        days: String,
        #[command(flatten)]
        said: Signed,
    },
    /// It happened elsewhere
    Place {
        /// Id of a report or event
        id: String,
        /// Name of the place, or none
        place: String,
        #[command(flatten)]
        said: Signed,
    },
    /// Somebody else acts
    Actor {
        /// Id of a report or event
        id: String,
        /// Who was read; `-` to add somebody
        was: String,
        /// Who it is: a name, a code, or CODE/SECTOR Name; `-` to take somebody out
        now: String,
        #[command(flatten)]
        said: Signed,
    },
    /// Somebody else is acted on
    Recipient {
        /// Id of a report or event
        id: String,
        /// Who was read; `-` to add somebody
        was: String,
        /// Who it is: a name, a code, or CODE/SECTOR Name; `-` to take somebody out
        now: String,
        #[command(flatten)]
        said: Signed,
    },
    /// These reports or events are one event
    Merge {
        /// Ids of reports or events
        #[arg(required = true, num_args = 2.., value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        said: Signed,
    },
    /// These reports do not belong to the event of the others
    Split {
        /// Ids of reports
        #[arg(required = true, num_args = 1.., value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        said: Signed,
    },
    /// An earlier correction holds no more
    Undo {
        /// Its number
        number: i64,
        #[command(flatten)]
        said: Signed,
    },
    /// All corrections, with whether they still find what they are about
    List,
    /// What the corrections of actors tell the lexicon, as a file for --lexicon: chancery correct patch > mine.tsv
    Patch,
    /// The corrected sentences as test cases, in the shape of the files in tests/cases
    Cases,
}
