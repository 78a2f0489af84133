//! Every line of `times.tsv`: a sentence, its day of writing and tense, and what one expression of it means.
#![allow(clippy::unwrap_used)]

use chancery_resolve::when::{Tense, times_in};
use jiff::civil::Date;

fn given<'a>(column: Option<&&'a str>) -> Option<&'a str> {
    column.copied().filter(|c| *c != "-" && !c.is_empty())
}

fn day(column: Option<&&str>) -> Option<Date> {
    given(column).map(|c| match c.strip_prefix('-') {
        Some(old) => format!("-00{old}").parse().unwrap(),
        None => c.parse().unwrap(),
    })
}

fn check(line: &str) -> Result<(), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let words: Vec<&str> = columns[0].split(' ').collect();
    let tense = match columns[2] {
        "past" => Tense::Past,
        "present" => Tense::Present,
        "future" => Tense::Future,
        other => return Err(format!("{other} is no tense")),
    };
    let (mut sentences, mut open) = (Vec::new(), 0);
    for (i, w) in words.iter().enumerate() {
        if *w == "." {
            sentences.push(open..i + 1);
            open = i + 1;
        }
    }
    let found = times_in(&words, &sentences, day(columns.get(1)), &|_| tense);
    let text = |t: &chancery_model::Time| words[t.tokens.start..t.tokens.end].join(" ");
    let Some(wanted) = given(columns.get(3)) else {
        return if found.is_empty() {
            Ok(())
        } else {
            Err(format!("{line}\n  found {:?}", found.iter().map(text).collect::<Vec<_>>()))
        };
    };
    let Some(t) = found.iter().find(|t| text(t) == wanted) else {
        return Err(format!("{line}\n  found only {:?}", found.iter().map(text).collect::<Vec<_>>()));
    };
    let days = day(columns.get(6)).zip(day(columns.get(7)));
    let right = t.kind == columns[4] && t.value.as_deref() == given(columns.get(5)) && t.days == days;
    if right { Ok(()) } else { Err(format!("{line}\n  found {} {:?} {:?}", t.kind, t.value, t.days)) }
}

#[test]
fn expressions() {
    let cases: Vec<&str> = include_str!("times.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    assert!(cases.len() >= 100, "only {} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|l| check(l).err()).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Words of time in any order: no panic, spans in order and inside the text, first day not after the last.
#[test]
fn any_words() {
    const WORDS: &str = "the a an of in on by until from to and - / , . ( ' 's '90s 0 1 2 9 11 12 24 31 99 480 1500 1939 2015 9999 999999999999 1,200 5p.m. 3:00 \
        1990s 21st 30th q3 BC AD noon midnight GMT a.m. hundred thousand two twenty nineteen ninety-seven half third second May March Sept. Feb. February \
        December Monday Fri. Sun spring fall winter quarter quarters year years-long day days week weekend month decade century millennium hour night \
        this last next previous following same that past recent coming early mid late earlier later ago before after hence today yesterday tomorrow tonight \
        every each daily quarterly annually Christmas Easter Ramadan Thanksgiving Day Election year-end year-ago first latter end beginning rest fiscal \
        about few several couple old age aged other now current past future near é – — “ ” 2015-10-24 31.12.2015 29.02.2015 13/13/13 1861-1863 499-493";
    let vocabulary: Vec<&str> = WORDS.split_whitespace().collect();
    let mut seed = 7u64;
    let mut draw = |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n
    };
    for round in 0..20_000 {
        let words: Vec<&str> = (0..1 + draw(9)).map(|_| vocabulary[draw(vocabulary.len())]).collect();
        let cut = draw(words.len());
        let tense = [Tense::Past, Tense::Present, Tense::Future, Tense::Unknown][draw(4)];
        let anchor = [None, Some(jiff::civil::date(2015, 10, 26)), Some(Date::MIN), Some(Date::MAX)][draw(4)];
        let found = times_in(&words, &[0..cut, cut..words.len()], anchor, &|_| tense);
        let mut at = 0;
        for t in &found {
            assert!(
                t.tokens.start >= at && t.tokens.end > t.tokens.start && t.tokens.end <= words.len(),
                "{round}: {words:?} {t:?}"
            );
            assert!(t.days.is_none_or(|(a, b)| a <= b), "{round}: {words:?} {t:?}");
            at = t.tokens.end;
        }
    }
}
