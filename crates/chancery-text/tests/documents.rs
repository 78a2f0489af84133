//! Whole articles, the odd ones too, as documents.
#![allow(clippy::unwrap_used)]

use chancery_model::{Article, Document, EventType, NameKind, Noted, Role, Span, Struck};
use chancery_text::{Model, read};

fn article(text: &str) -> Article {
    Article::bare("a0", text)
}

fn document(text: &str) -> Noted<Document> {
    let noted = read(&article(text), Model::builtin());
    sound(text, &noted.output);
    noted
}

/// What holds of every document, whatever the text.
fn sound(text: &str, d: &Document) {
    let n = d.words.len();
    assert_eq!(d.sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), n);
    let mut at = 0;
    for s in &d.sentences {
        assert_eq!(s.tokens.start, at);
        at = s.tokens.end;
        assert_eq!(d.words[s.tokens.range()].iter().filter(|w| w.head.is_none()).count(), 1, "one root");
        for i in s.tokens.range() {
            let (mut up, mut steps) = (Some(i), 0);
            while let Some(u) = up {
                assert!(s.tokens.contains(u) && steps <= s.tokens.len(), "heads stay in the sentence and lead to its root");
                (up, steps) = (d.words[u].head, steps + 1);
            }
        }
    }
    let mut end = 0;
    for w in &d.words {
        assert!(w.span.start >= end, "words in order, without overlap");
        end = w.span.end;
        assert_eq!(&text[w.span.range()], w.text);
    }
    assert!(d.names.windows(2).all(|p| p[0].tokens.end <= p[1].tokens.start));
    assert!(d.cues.windows(2).all(|p| p[0].tokens.end <= p[1].tokens.start));
    for tokens in
        d.cues.iter().flat_map(|c| c.roles.iter().map(|r| r.tokens).chain([c.tokens])).chain(d.names.iter().map(|n| n.tokens))
    {
        assert!(!tokens.is_empty() && tokens.end <= n);
    }
    for c in &d.cues {
        let chances =
            c.status.iter().chain([&c.score, &c.historical, &c.ongoing, &c.happened]).chain(c.others.iter().map(|o| &o.1));
        assert!(chances.chain(c.modes.iter().map(|m| &m.1)).all(|p| (0.0..=1.0).contains(p)));
        assert!(c.modes.windows(2).all(|p| p[0].1 >= p[1].1) && !c.modes.is_empty());
    }
}

#[test]
fn news() {
    let text =
        "Police in Tbilisi arrested 14 protesters on Monday.\nJapan will send two ships to the Philippines, Shinzo Abe said.\n";
    let d = document(text).output;
    let arrest = d.cues.iter().find(|c| c.event == EventType::Coerce).unwrap();
    assert!(text[d.bytes(arrest.tokens).range()].starts_with("arrested"));
    let role = |role| arrest.roles.iter().find(|r| r.role == role).map(|r| &text[d.bytes(r.tokens).range()]);
    assert!(role(Role::Actor).is_some_and(|a| a.contains("Police")));
    assert!(role(Role::Recipient).is_some_and(|a| a.contains("protesters")));
    let names: Vec<_> = d.names.iter().map(|n| (&text[d.bytes(n.tokens).range()], n.kind)).collect();
    assert!(names.contains(&("Tbilisi", NameKind::Location)) && names.contains(&("Shinzo Abe", NameKind::Person)), "{names:?}");
    assert_eq!(d.sentences[1].paragraph, 1);
}

#[test]
fn struck_stretches_hold_no_words() {
    let text = "Norway sent ships.\nShare this story\nSweden refused.\n";
    let mut a = article(text);
    a.struck.push(Struck { span: Span::new(19, 36), reason: "share-bar".into() });
    let d = read(&a, Model::builtin()).output;
    sound(text, &d);
    assert!(d.words.iter().all(|w| w.text != "Share" && w.text != "story"));
    assert_eq!(d.sentences.len(), 2);
}

#[test]
fn other_languages_are_noted_and_left_alone() {
    let mut a = article("Le ministre a rencontré son homologue.");
    a.language = "fr".into();
    let noted = read(&a, Model::builtin());
    assert!(noted.output.words.is_empty());
    assert_eq!(noted.notes[0].code, "not-analysed");
}

#[test]
fn odd_texts_give_something_sensible() {
    for text in ["", " ", "\n\n\t\n", "\u{200b}\u{feff}", "\0\u{1}"] {
        let noted = document(text);
        assert!(
            noted.output.sentences.is_empty() == (noted.notes.first().map(|n| n.code.as_str()) == Some("no-words")),
            "{text:?}"
        );
    }
    let mut texts: Vec<String> = [
        "x",
        "🙂🙂🙂🇺🇦👩‍👩‍👧",
        "....",
        "\"\"\"\"\"",
        "- - -",
        "a\r\nb\rc\n",
        "𝐁𝐨𝐥𝐝 claims",
        "مرحبا بالعالم",
        "日本語の文章です。",
        "e\u{301}\u{301}\u{301}",
        // a unit of one letter with no dot, but a longer character, after it
        "5x\u{10ffff}",
        "5x\u{2019} 5m\u{2014}",
    ]
    .map(String::from)
    .to_vec();
    texts.push("THE PRESIDENT SAID THAT WAR IS OVER. ".repeat(30));
    texts.push("z".repeat(20_000));
    texts.push("9".repeat(5_000));
    texts.push("(".repeat(3_000));
    texts.push("antidisestablishmentarianism-".repeat(400));
    for text in &texts {
        document(text);
    }
}

#[test]
fn endless_sentences_are_taken_in_parts() {
    let noted = document(&"the rebels and the army and ".repeat(850));
    assert!(noted.output.words.len() > 5_000);
    assert!(noted.notes.iter().any(|n| n.code == "sentence-cut" && n.span.is_some()));
}
