//! Words, sentences and lemmas against the treebanks (where they are at hand), and what must hold for any text.
#![allow(clippy::unwrap_used)]

use chancery_model::{Byte, Span, Upos};
use chancery_text::{boundaries, lemma};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

/// A treebank as raw text with the places of its words and sentences.
#[derive(Default)]
struct Gold {
    text: String,
    words: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    lemmas: Vec<(String, String, String, String)>,
}

fn treebank(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ud").join(name);
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: no {}", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    Some(text)
}

/// Joins the sentences of a paragraph as they were written, and parts paragraphs by a blank line.
fn gold(conllu: &str) -> Gold {
    let mut gold = Gold::default();
    let mut spaced = true;
    for block in conllu.split("\n\n").filter(|b| b.contains("# text = ")) {
        let text = block.lines().find_map(|l| l.strip_prefix("# text = ")).unwrap();
        let apart = block.lines().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc"));
        if !gold.text.is_empty() {
            gold.text.push_str(if apart {
                "\n\n"
            } else if spaced {
                " "
            } else {
                ""
            });
        }
        let base = gold.text.len();
        gold.text.push_str(text);
        let (mut at, mut covered) = (0, 0);
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let f: Vec<&str> = line.split('\t').collect();
            if let Some((_, last)) = f[0].split_once('-') {
                covered = last.parse().unwrap();
                spaced = !f[9].contains("SpaceAfter=No");
            } else if let Ok(id) = f[0].parse::<usize>() {
                let start = at + text[at..].find(f[1]).unwrap();
                at = start + f[1].len();
                gold.words.push((base + start, base + at));
                gold.lemmas.push((f[1].into(), f[3].into(), f[4].into(), f[2].into()));
                spaced = if id > covered { !f[9].contains("SpaceAfter=No") } else { spaced };
            }
        }
        gold.sentences.push((base, gold.text.trim_end().len()));
    }
    gold
}

fn f1(gold: &[(usize, usize)], found: &[(usize, usize)]) -> f64 {
    let known: BTreeSet<_> = gold.iter().collect();
    let right = found.iter().filter(|s| known.contains(s)).count();
    200.0 * right as f64 / (gold.len() + found.len()) as f64
}

/// F1 of words and sentences from raw text, by the CoNLL 2018 definition.
fn figures(name: &str) -> Option<(f64, f64)> {
    let gold = gold(&treebank(name)?);
    let drafts = boundaries::split(&gold.text, &[Span::new(0, gold.text.len())], None);
    let words: Vec<_> = drafts.iter().flat_map(|d| &d.words).map(|w| (w.start, w.end)).collect();
    let sentences: Vec<_> = drafts.iter().map(|d| (d.span.start, d.span.end)).collect();
    let found = (f1(&gold.words, &words), f1(&gold.sentences, &sentences));
    println!("{name}: words {:.2}, sentences {:.2}", found.0, found.1);
    Some(found)
}

#[test]
fn raw_web_text() {
    if let Some((words, sentences)) = figures("en_ewt-dev.conllu.gz") {
        assert!(words >= 99.15 && sentences >= 89.6, "{words:.2} {sentences:.2}");
    }
}

#[test]
fn raw_text_of_many_genres() {
    if let Some((words, sentences)) = figures("en_gum_permissive-dev.conllu.gz") {
        assert!(words >= 99.45 && sentences >= 90.5, "{words:.2} {sentences:.2}");
    }
}

#[test]
fn lemmas_given_gold_tags() {
    for (name, least) in [("en_ewt-dev.conllu.gz", 98.5), ("en_gum_permissive-dev.conllu.gz", 98.9)] {
        let Some(conllu) = treebank(name) else { continue };
        let rows = gold(&conllu).lemmas;
        let right = rows
            .iter()
            .filter(|(form, upos, xpos, gold)| lemma::lemma(form, upos.parse().unwrap_or(Upos::X), xpos) == *gold)
            .count();
        let percent = 100.0 * right as f64 / rows.len() as f64;
        println!("{name}: lemmas {percent:.2}");
        assert!(percent >= least, "{percent:.2}");
    }
}

fn whole(text: &str) -> Vec<boundaries::Draft> {
    boundaries::split(text, &[Span::new(0, text.len())], None)
}

/// Sentences as words with spaces between.
fn shown(text: &str) -> Vec<String> {
    let words = |d: &boundaries::Draft| d.words.iter().map(|w| &text[w.range()]).collect::<Vec<_>>().join(" ");
    whole(text).iter().map(words).collect()
}

#[test]
fn news_words() {
    for (text, expected) in [
        ("The U.S.-backed force", "The U.S. - backed force"),
        ("He can't, won't and cannot.", "He ca n't , wo n't and can not ."),
        ("Iran’s al-Qaeda-linked foes", "Iran ’s al - Qaeda - linked foes"),
        ("anti-American, non-violent, self-made", "anti-American , non-violent , self - made"),
        ("$4.5bn, €30m, 50% and 1,200", "$ 4.5 bn , € 30 m , 50 % and 1,200"),
        ("about 30km (19 miles), 7:30pm", "about 30 km ( 19 miles ) , 7:30 pm"),
        ("since 9/11, in the 1990s, on 10-12 May", "since 9/11 , in the 1990s , on 10 - 12 May"),
        ("see www.bbc.co.uk/news, or a.b@c.org.", "see www.bbc.co.uk/news , or a.b@c.org ."),
        ("states’ rights in the '90s", "states ’ rights in the '90s"),
        ("the AT&T–Yahoo! deal... no?!", "the AT&T – Yahoo! deal ... no ?!"),
        ("👍🏽 🇸🇾🇮🇶 ok :)", "👍🏽 🇸🇾 🇮🇶 ok :)"),
    ] {
        assert_eq!(shown(text).join(" ‖ "), expected);
    }
}

#[test]
fn news_sentences() {
    for (text, expected) in [
        ("Maj. Gen. Qassem Soleimani left. He flew to the U.S. Embassy.", 2),
        ("J. R. Smith met Sen. John McCain Jr. on Jan. 5, 2015.", 1),
        ("“We will go,” he said. “It is over.” Nobody answered.", 3),
        ("\"Why?\" asked Lavrov. \"No!\" he cried.", 2),
        ("They left… Nobody knew. It was 5 p.m. The talks began.", 4),
        ("The firm was Apple Inc. It fell on July 8. Police came.", 3),
        ("Russia bombs Aleppo\nMOSCOW, Oct 3 (Reuters) - Russia said it had not.", 2),
        ("Iran, Russia to talk\n\nThe ministers meet on Friday.", 2),
    ] {
        assert_eq!(shown(text).len(), expected, "{:?}", shown(text));
    }
}

#[test]
fn final_abbreviations_give_their_dot() {
    let text = "They sell guns, tanks, etc. They denied it at 5 p.m. The army did so in the U.S. But it knew.";
    let last: Vec<&str> = whole(text).iter().map(|d| &text[d.words[d.words.len() - 1].range()]).collect();
    assert_eq!(last, [".", ".", "U.S.", "."]);
}

const WIRE: &str = "Showers continued throughout the week in\nthe cocoa zone of the north, where the rains had been late since\n\
    January and hopes for the coming harvest were low, said the\nBahia growers' union in its weekly review.\n    The dry period means that the \
    crop will be late this year, an\nofficial of the trade ministry told reporters after talks with\nBrazil, the biggest buyer. He gave no figures.\n    \
    Sales were low.\n Reuter";

#[test]
fn lines_wrapped_at_a_column_run_on() {
    let drafts = whole(WIRE);
    let first: Vec<&str> = drafts.iter().map(|d| &WIRE[d.words[0].range()]).collect();
    assert_eq!(first, ["Showers", "The", "He", "Sales", "Reuter"]);
    assert_eq!(drafts.iter().map(|d| d.paragraph).collect::<Vec<_>>(), [0, 1, 1, 2, 3]);
}

#[test]
fn headings_and_titles() {
    let text = "Syria: talks resume\nThe talks resumed on Monday.\nWhat next\nNobody knows, he said. It is late.";
    let title = Span::<Byte>::new(0, 19);
    let drafts = boundaries::split(text, &[Span::new(0, text.len())], Some(title));
    assert_eq!(drafts.iter().map(|d| d.heading).collect::<Vec<_>>(), [true, false, true, false, false]);
    assert_eq!(drafts[0].span, title);
}

#[test]
fn struck_stretches_hold_no_words() {
    let text = "The army [photo: AP] left Mosul.\nShare this page\nIt was late.";
    let story = [Span::new(0, 9), Span::new(20, 33), Span::new(49, text.len())];
    let drafts = boundaries::split(text, &story, None);
    let words: Vec<Vec<&str>> = drafts.iter().map(|d| d.words.iter().map(|w| &text[w.range()]).collect()).collect();
    assert_eq!(words, [vec!["The", "army", "left", "Mosul", "."], vec!["It", "was", "late", "."]]);
}

/// Words in order, without overlap, inside their sentences; no sentence empty or too long; every visible character in a word.
fn check(text: &str) {
    let drafts = whole(text);
    let mut at = 0;
    let mut inside = String::new();
    for draft in &drafts {
        assert!(!draft.words.is_empty() && draft.words.len() <= boundaries::LONGEST + 1);
        assert_eq!((draft.span.start, draft.span.end), (draft.words[0].start, draft.words[draft.words.len() - 1].end));
        for word in &draft.words {
            assert!(word.start >= at && !word.is_empty(), "{text:?}");
            at = word.end;
            inside.push_str(text.get(word.range()).expect("whole characters"));
        }
    }
    let visible = |s: &str| s.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation()).collect::<String>();
    assert_eq!(visible(&inside), visible(text), "{text:?}");
}

#[test]
fn any_text_keeps_its_characters() {
    for text in [
        "",
        " ",
        "\n\n",
        ".",
        "...",
        "''",
        "\u{200b}",
        "\u{fe0f}",
        "e\u{301}t",
        "a\u{200d}",
        "👨‍👩‍👧",
        "🇸",
        "\u{ad}",
        "İstanbul'da",
        "ǅ.ǅ.",
        "١٢٣",
        "日本。語",
    ] {
        check(text);
    }
    // pieces that trouble tokenisers, in every order that a fixed sequence gives
    let parts = [
        "U.S", ".", "'s", "’", "\"", "“", "”", "-", "–", "--", "…", " ", "\n", "\r\n", "\t", "a", "I", "It", "its the", "n't",
        "@", "#", "http://", "www.", "x@y.z", "1", "12", ",", "/", ":", ")", "(", "$", "%", "é", "e\u{301}", "ß", "İ", "日本",
        "👍🏽", "🇺", "\u{200d}", "\u{200b}", "\u{ad}", "\u{feff}", "\0", "Gen.", "etc.", "Ph.D.", "&", "*", "_", "km", "can",
        "not", "p.m.", "\u{2028}", "١", "ﬁ", "𝔘", "\u{fffd}", "Yahoo!",
    ];
    let mut state = 7u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        check(&text);
    }
}

#[test]
fn endless_sentences_are_cut() {
    let text = "the army and the rebels and ".repeat(900);
    let drafts = whole(&text);
    assert!(drafts.len() > 25 && drafts.iter().all(|d| d.words.len() <= boundaries::LONGEST));
    check(&text);
    check(&"x".repeat(100_000));
    check(&"-.".repeat(50_000));
    check(&"THE ARMY LEFT. ".repeat(50));
}

#[test]
fn odd_stretches_of_story_are_taken_as_far_as_they_go() {
    let text = "Réfugiés partis. Fin.";
    for a in 0..text.len() + 3 {
        for b in 0..text.len() + 3 {
            for d in boundaries::split(text, &[Span::new(a, b)], Some(Span::new(b / 2, b))) {
                assert!(d.words.iter().all(|w| text.get(w.range()).is_some()));
            }
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the clock is what this test reads")]
fn five_megabytes_take_seconds() {
    let text = "Gen. Smith's U.S.-backed force took 30km² on Jan. 5, he said. ".repeat(80_000);
    let start = std::time::Instant::now();
    assert_eq!(whole(&text).len(), 80_000);
    let hostile = ["a.b-c@", "1-2/3.4:)(", "x.'", "(\"'", "http://(", "U.S."].map(|s| s.repeat(200_000));
    hostile.iter().for_each(|t| assert!(!whole(t).is_empty()));
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
