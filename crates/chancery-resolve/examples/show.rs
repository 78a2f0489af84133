//! Whom and which places the words of a text file mean: `cargo run --release -p chancery-resolve --example show FILE [DATE [OUTLET]]`.

use chancery_lexicon::Lexicon;
use chancery_model::{Article, DateBasis, Published};

fn main() {
    let mut args = std::env::args().skip(1);
    let Some(text) = args.next().and_then(|f| std::fs::read_to_string(f).ok()) else {
        eprintln!("usage: show FILE [DATE [OUTLET]]");
        std::process::exit(2);
    };
    let published =
        args.next().and_then(|d| d.parse().ok()).map(|date| Published { date, basis: DateBasis::Metadata, span: None });
    let article = Article { outlet: args.next(), published, ..Article::bare("", &text) };
    let document = chancery_text::read(&article, chancery_text::Model::builtin()).output;
    let findings = chancery_resolve::resolve(&article, &document, Lexicon::builtin());
    for sentence in &document.sentences {
        println!("\n{}", &article.text[sentence.span.range()]);
        for m in findings.mentions.iter().filter(|m| sentence.tokens.contains(m.head)) {
            let who: Vec<String> = m
                .actors
                .iter()
                .map(|a| format!("{}/{} {}", a.code, a.sector.map_or("-", |s| s.as_str()), a.entity.as_deref().unwrap_or("-")))
                .collect();
            println!(
                "  {:<30} {} ({:.2}; {})",
                &article.text[document.bytes(m.tokens).range()],
                who.join(" + "),
                m.confidence,
                m.reason
            );
        }
        for p in findings.places.iter().filter(|p| sentence.tokens.covers(p.tokens)) {
            println!(
                "  @ {:<28} {} {:?} {} {}",
                &article.text[document.bytes(p.tokens).range()],
                p.place.name,
                p.place.country,
                p.place.precision,
                if p.locative { "locative" } else { "" }
            );
        }
    }
}
