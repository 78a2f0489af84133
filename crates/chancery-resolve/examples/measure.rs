//! Who and where on gold documents, given triggers and phrases: `cargo run --release -p chancery-resolve --example measure [DIR] [ERRORS]`.
//!
//! Every actor and recipient of a gold event is looked for as it stands in the event's sentence, nearest to the trigger (else anywhere in the
//! text), and resolved; codes, sectors, entities and the countries of places are compared with gold.

use chancery_lexicon::Lexicon;
use chancery_model::{Article, Byte, DateBasis, Id, Published, Span};
use chancery_resolve::{actors_of, place_of, resolve};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    lost: usize,
}

impl Tally {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.lost).max(1) as f64
    }
    fn line(&self, name: &str) {
        let (r, w, l) = (self.right as f64, self.wrong as f64, self.lost as f64);
        println!(
            "{name:8} F1 {:.4}  p {:.4}  r {:.4}  ({} right, {} wrong, {} lost)",
            self.f1(),
            r / (r + w).max(1.0),
            r / (r + l).max(1.0),
            self.right,
            self.wrong,
            self.lost
        );
    }
}

fn main() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let mut args = std::env::args().skip(1);
    let dir = args.next().map(Into::into).unwrap_or(shared.join("train/docs"));
    let errors: usize = args.next().and_then(|e| e.parse().ok()).unwrap_or(0);
    if !dir.exists() {
        println!("skipped: {} is not there", dir.display());
        return;
    }
    let model = chancery_text::Model::builtin();
    let lexicon = Lexicon::builtin();
    let (mut role, mut entity, mut place) = (Tally::default(), Tally::default(), Tally::default());
    let (mut sectors, mut sectors_right, mut shown) = (0, 0, 0);
    let mut spent = std::time::Duration::ZERO;
    let mut paths: Vec<_> = std::fs::read_dir(&dir).map(|d| d.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    paths.sort();
    for path in
        paths.iter().filter(|p| p.extension().is_some_and(|e| e == "json") && !p.to_string_lossy().ends_with(".meta.json"))
    {
        let Ok(text) = std::fs::read_to_string(path.with_extension("txt")) else { continue };
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap_or_default()).unwrap_or_default();
        let meta: Value = std::fs::read_to_string(path.with_extension("meta.json"))
            .ok()
            .and_then(|t| serde_json::from_str(&t).ok())
            .unwrap_or_default();
        let article = article(&text, &meta);
        let document = chancery_text::read(&article, model).output;
        let start = std::time::Instant::now();
        let findings = resolve(&article, &document, lexicon);
        spent += start.elapsed();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for e in gold["events"].as_array().into_iter().flatten() {
            if e["optional"].as_bool() == Some(true) || e["same_as"].is_string() {
                continue;
            }
            let sentence = text
                .find(e["sentence"].as_str().unwrap_or(""))
                .map(|s| Span::<Byte>::new(s, s + e["sentence"].as_str().unwrap_or("").len()));
            let Some(sentence) = sentence else { continue };
            let trigger = text[sentence.range()]
                .find(e["trigger"].as_str().unwrap_or("\u{0}"))
                .map_or(sentence.start, |t| sentence.start + t);
            for slot in ["actor", "recipient"] {
                let wanted: Vec<&Value> = e[slot].as_array().into_iter().flatten().collect();
                let mut got = Vec::new();
                let mut texts: Vec<&str> = wanted.iter().filter_map(|a| a["text"].as_str()).collect();
                texts.dedup();
                for t in &texts {
                    let Some(span) = locate(&text, t, sentence, trigger) else { continue };
                    got.extend(actors_of(&findings, &document, document.tokens(span)));
                }
                let codes: BTreeSet<&str> = wanted.iter().filter_map(|a| a["code"].as_str()).collect();
                let found: BTreeSet<&str> = got.iter().map(|(a, _, _)| a.code.as_str()).collect();
                role.right += codes.intersection(&found).count();
                role.wrong += found.difference(&codes).count();
                role.lost += codes.difference(&found).count();
                let mut miss = codes != found;
                for w in &wanted {
                    if let (Some(code), Some(sector)) = (w["code"].as_str(), w["sector"].as_str())
                        && got.iter().any(|(a, _, _)| a.code == code)
                    {
                        sectors += 1;
                        sectors_right +=
                            got.iter().any(|(a, _, _)| a.code == code && a.sector.is_some_and(|s| s.as_str() == sector)) as usize;
                    }
                }
                let names: Vec<&str> = wanted.iter().filter_map(|a| a["entity"].as_str()).collect();
                let given: Vec<&str> = got.iter().filter_map(|(a, _, _)| a.entity.as_deref()).collect();
                for n in &names {
                    let hit = given.iter().any(|g| same_name(n, g));
                    entity.right += hit as usize;
                    entity.lost += !hit as usize;
                    miss |= !hit;
                }
                if !names.is_empty() {
                    entity.wrong += given.iter().filter(|g| !names.iter().any(|n| same_name(n, g))).count();
                }
                if miss && shown < errors {
                    shown += 1;
                    println!(
                        "{name} {slot} {texts:?}\n    gold {:?}",
                        wanted
                            .iter()
                            .map(|a| (a["code"].as_str(), a["sector"].as_str(), a["entity"].as_str()))
                            .collect::<Vec<_>>()
                    );
                    for (a, via, c) in &got {
                        let why = findings.mentions.iter().find(|m| m.actors.contains(a)).map(|m| m.reason.as_str());
                        let via = via.map(|v| &text[document.bytes(v).range()]);
                        println!(
                            "    got  {} {:?} {:?} via {via:?} {c:.2} {why:?}",
                            a.code,
                            a.sector.map(|s| s.as_str()),
                            a.entity
                        );
                    }
                    println!("    in   {}", &text[sentence.range()]);
                }
            }
            if let Some(n) = e["place"]["name"].as_str() {
                let wanted = e["place"]["country"].as_str();
                let found = locate(&text, n, sentence, trigger)
                    .and_then(|span| place_of(&findings, &document, document.tokens(span), lexicon))
                    .and_then(|p| p.country);
                if wanted.is_some() || found.is_some() {
                    let right = wanted == found.as_deref();
                    place.right += right as usize;
                    place.wrong += (found.is_some() && !right) as usize;
                    place.lost += (wanted.is_some() && !right) as usize;
                    if !right && shown < errors {
                        shown += 1;
                        println!("{name} PLACE {n:?} gold {wanted:?} got {found:?}");
                    }
                }
            }
        }
    }
    role.line("role");
    entity.line("entity");
    place.line("place");
    println!("sector   {:.4} of {sectors}\nresolve took {spent:.1?}", sectors_right as f64 / sectors.max(1) as f64);
}

fn article(text: &str, meta: &Value) -> Article {
    let date = meta["published"].as_str().and_then(|d| d.parse().ok());
    let own = |k: &str| meta[k].as_str().map(str::to_owned);
    Article {
        id: Id("a0".to_owned()),
        doc: String::new(),
        locator: String::new(),
        url: None,
        title: own("title"),
        title_span: None,
        outlet: own("outlet"),
        byline: None,
        dateline: dateline(text),
        published: date.map(|date| Published { date, basis: DateBasis::Metadata, span: None }),
        credited: vec![],
        language: "en".to_owned(),
        text: text.to_owned(),
        struck: vec![],
    }
}

// The occurrence in the sentence nearest to the trigger, else the nearest in the text; whole words only.
fn locate(text: &str, needle: &str, sentence: Span<Byte>, trigger: usize) -> Option<Span<Byte>> {
    let bound =
        |at: usize, end: usize| !text[..at].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
    let all =
        text.match_indices(needle).map(|(at, _)| Span::<Byte>::new(at, at + needle.len())).filter(|s| bound(s.start, s.end));
    all.min_by_key(|s| (!sentence.covers(*s), s.start.abs_diff(trigger)))
}

fn words(name: &str) -> Vec<String> {
    let folded = chancery_lexicon::fold(name);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !["the", "a", "an", "of"].contains(w))
        .map(str::to_owned)
        .collect()
}

// Equal, or the same last word, or one inside the other.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() || a.len() > 10 || b.len() > 10 {
        return false;
    }
    a == b || a.last() == b.last() || a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
}

// "CAIRO – 26 July": capitals before a dash at the head of the text.
fn dateline(text: &str) -> Option<chancery_model::Dateline> {
    let head: String = text.chars().take(60).collect();
    let place = head.split(['-', '–', '—', ',', '/', '(']).next()?.trim();
    let capitals = place.len() > 2 && place.chars().all(|c| c.is_uppercase() || c == ' ');
    capitals.then(|| chancery_model::Dateline { span: Span::new(0, place.len()), place: Some(place.to_owned()), date_text: None })
}
