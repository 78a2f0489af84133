//! For `training/lemmas.py`: reads lines of `form TAB upos TAB xpos`, writes the lemma that the rules alone give.

use chancery_model::Upos;
use chancery_text::lemma::by_rule;
use std::io::{self, BufWriter, Read, Write};

fn main() -> io::Result<()> {
    let mut lines = String::new();
    io::stdin().read_to_string(&mut lines)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines.lines() {
        let mut fields = line.split('\t');
        let (form, upos, xpos) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        writeln!(out, "{}", by_rule(form, upos.parse().unwrap_or(Upos::X), xpos))?;
    }
    out.flush()
}
