use chancery_intake::{Options, article, pages};
use serde_json::json;
use std::io::Write;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let quiet = args[0] == "-q";
    let start = std::time::Instant::now();
    let (mut n, mut bad, mut bytes) = (0, 0, 0);
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let mut o = Options::default();
    if let Ok(t) = std::env::var("TEXT_FIELD") {
        o.text_field = Some(t);
    }
    for p in pages(&args[usize::from(quiet)..].to_vec(), &o) {
        let r = p.and_then(|p| article(&p));
        match r {
            Ok(a) => {
                n += 1;
                bytes += a.output.text.len();
                if !quiet {
                    let t = &a.output;
                    writeln!(out, "{}", json!({"doc": t.doc, "title": t.title, "in": t.title_span.is_some(), "outlet": t.outlet, "byline": t.byline, "dateline": t.dateline.as_ref().map(|d| (&d.place, &d.date_text, &t.text[d.span.range()])),
                  "published": t.published.map(|p| p.date.to_string()), "credited": t.credited.iter().map(|c| &c.name).collect::<Vec<_>>(), "language": t.language, "text": t.text,
                  "struck": t.struck.iter().map(|s| (&s.reason, &t.text[s.span.range()])).collect::<Vec<_>>(), "notes": a.notes.iter().map(|n| &n.code).collect::<Vec<_>>() })).unwrap();
                }
            }
            Err(e) => {
                bad += 1;
                eprintln!("{e}");
            }
        }
    }
    eprintln!("{n} articles, {bad} failures, {bytes} bytes, {:?}", start.elapsed());
}
