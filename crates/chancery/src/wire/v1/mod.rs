//! PLOVER 2.0 names first, ours beside them. Absent and null mean the same, so what is unknown is left out.
//!
//! All offsets are Unicode code points into the article's source text.

mod event;
mod intake;
mod line;

pub use event::{EventLine, Source, event_line};
pub use intake::{Cut, Intake, intake};
pub use line::{
    CODEBOOK, CODER, CiteInfo, Line, Link, Location, Number, Party, Size, Statement, TextInfo, line, lines, quad, scale,
};
