//! Reports of invented news days, merged in every order.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use chancery_model::*;
use chancery_register::{Standing, Told, claim_id, claim_of, claims, merge, threads};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// A report under construction, with the sentence it stands in.
#[derive(Clone)]
struct Case {
    report: Report,
    published: Option<Date>,
    origin: Id,
    outlet: Option<&'static str>,
    wire: Option<&'static str>,
    sentence: String,
}

fn id(letter: char, n: usize) -> Id {
    Id(format!("{letter}{n:016x}"))
}

fn span() -> Span<Byte> {
    Span::new(0, 0)
}

/// `RUS/GOV Vladimir Putin` → code, sector, name.
fn actor(text: &str) -> ActorRef {
    let (tag, name) = text.split_once(' ').map_or((text, None), |(t, n)| (t, Some(n.to_owned())));
    let (code, sector) = tag.split_once('/').map_or((tag, None), |(c, s)| (c, Some(s.parse().unwrap())));
    let text = name.clone().unwrap_or_else(|| code.to_owned());
    ActorRef {
        code: code.into(),
        sector,
        entity: name,
        identifier: None,
        office: None,
        text,
        span: span(),
        via: None,
        confidence: 0.9,
    }
}

fn day(d: Date) -> DateRange {
    DateRange { from: d, to: d, basis: DateBasis::Stated, precision: DatePrecision::Day, span: None }
}

fn case(n: usize, article: usize, event: EventType, actors: &[&str], recipients: &[&str], trigger: &str, sentence: &str) -> Case {
    let at = sentence.find(trigger).unwrap();
    let report = Report {
        id: id('r', n),
        article: id('a', article),
        kind: Kind::Event,
        event: Some(event),
        mode: None,
        contexts: vec![],
        status: Status::Actual,
        historical: false,
        ongoing: false,
        main: true,
        confidence: 0.6,
        same_as: None,
        actors: actors.iter().map(|a| actor(a)).collect(),
        recipients: recipients.iter().map(|a| actor(a)).collect(),
        date: None,
        place: None,
        place_span: None,
        attribution: vec![],
        size: vec![],
        trigger: Span::new(100 + at, 100 + at + trigger.len()),
        sentence: Span::new(100, 100 + sentence.len()),
        cameo: None,
        position: None,
        trace: vec![],
    };
    let published = Some(date(2015, 10, 20 + article as i8 % 4));
    Case { report, published, origin: id('a', article), outlet: None, wire: None, sentence: sentence.into() }
}

fn voice(text: &str, code: Option<&str>, stance: Stance) -> Voice {
    let code = code.map(str::to_owned);
    let kind = VoiceKind::Official;
    Voice { text: text.into(), span: span(), cue: None, code, sector: None, entity: None, kind, stance }
}

fn told(cases: &[Case]) -> Vec<Told<'_>> {
    let of = |c| -> Told<'_> {
        let c: &Case = c;
        Told {
            report: &c.report,
            published: c.published,
            origin: &c.origin,
            outlet: c.outlet,
            wire: c.wire,
            sentence: &c.sentence,
        }
    };
    cases.iter().map(of).collect()
}

/// A week of news: a meeting told three ways, deployments asserted and denied, two battles, a reprint, a statement.
fn week() -> Vec<Case> {
    use EventType::*;
    let mut all = vec![
        case(
            1,
            1,
            Consult,
            &["RUS/GOV Vladimir Putin", "IRN/GOV Hassan Rouhani"],
            &[],
            "met",
            "Putin met Rouhani in Tehran to talk about gas.",
        ),
        case(
            2,
            2,
            Consult,
            &["IRN/GOV Hassan Rouhani"],
            &["RUS/GOV Vladimir Putin"],
            "talks",
            "Rouhani held talks on gas with Putin on Monday.",
        ),
        case(3, 3, Consult, &["RUS/GOV", "IRN/GOV"], &[], "meeting", "Russia and Iran discussed gas at a meeting in Tehran."),
        case(4, 3, Consult, &["RUS/GOV Sergei Lavrov", "USA/GOV John Kerry"], &[], "met", "Lavrov met Kerry in Vienna."),
        case(5, 1, Aid, &["IRN/MIL"], &["SYR/GOV"], "deployed", "Iran deployed hundreds of fighters to help the Syrian army."),
        case(6, 2, Aid, &["IRN/GOV"], &["SYR/GOV"], "deploying", "Tehran denied deploying fighters to Syria."),
        case(
            7,
            4,
            Aid,
            &["IRN/MIL Quds Force"],
            &["SYR/MIL"],
            "deployed",
            "Officials said hundreds of Iranian fighters had deployed for the army.",
        ),
        case(8, 1, Assault, &["SYR/MIL"], &["SYR/REB"], "attacked", "The army attacked rebel positions near Hama."),
        case(9, 2, Assault, &["SYR/REB"], &["SYR/MIL"], "shelled", "Rebels shelled an army base in Daraa."),
        case(10, 5, Aid, &["IRN/MIL"], &["SYR/GOV"], "deployed", "Iran deployed hundreds of fighters to help the Syrian army."),
        case(
            11,
            1,
            Consult,
            &["RUS/GOV Vladimir Putin", "IRN/GOV Hassan Rouhani"],
            &[],
            "meeting",
            "The meeting lasted an hour.",
        ),
    ];
    for n in [0, 1, 2, 10] {
        all[n].report.date = Some(day(date(2015, 10, 19)));
    }
    all[3].report.date = Some(day(date(2015, 10, 23)));
    all[5].report.status = Status::Negated;
    all[5].report.attribution = vec![voice("Tehran", Some("IRN"), Stance::Denies)];
    all[6].report.attribution = vec![voice("officials", None, Stance::Asserts), voice("the Journal", None, Stance::Asserts)];
    all[9].origin = id('a', 1);
    all[10].report.same_as = Some(id('r', 1));
    all
}

/// Positions 0..n in an order that depends on `seed` alone.
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut at = seed;
    for i in (1..n).rev() {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (at >> 33) as usize % (i + 1));
    }
    order
}

#[test]
fn one_happening_is_one_event() {
    let cases = week();
    let events = merge(&told(&cases));
    let of = |n: usize| events.iter().find(|e| e.reports.contains(&id('r', n))).unwrap();
    assert_eq!(of(1).id, of(2).id);
    assert_eq!(of(1).id, of(3).id, "a state as a whole and its president: {:#?}", of(3));
    assert_eq!(of(1).id, of(11).id, "told by the article itself");
    assert_ne!(of(1).id, of(4).id);
    assert_ne!(of(8).id, of(9).id, "attack and counter-attack");
    assert_eq!(of(5).id, of(7).id);
    assert_eq!(of(5).id, of(6).id, "a denial is about what is denied");
    assert_eq!(of(5).reports.len(), 4);
    assert_eq!(of(5).origins, 3, "a reprint is no second origin");
    assert_eq!(of(5).status, Status::Actual);
    assert!(of(5).disputed.contains(&"status".to_owned()));
    assert_eq!(events.iter().map(|e| e.reports.len()).sum::<usize>(), cases.len());
    // Published on the 21st like report 1 and its kin, earliest id.
    assert_eq!(of(1).id, id('e', 1));
    let names: Vec<_> = of(1).actors.iter().chain(&of(1).recipients).map(|a| a.entity.as_deref().unwrap_or("")).collect();
    assert_eq!(names, ["Vladimir Putin", "Hassan Rouhani"]);
    assert!(of(1).merged.iter().any(|w| w.contains("same day") && w.contains("rests on")), "{:?}", of(1).merged);
}

#[test]
fn any_order_one_result() {
    let mut cases = week();
    // More of the same on other days, so that blocks hold many candidates.
    for n in 0..60 {
        let mut c = cases[n % 11].clone();
        c.report.id = id('r', 100 + n);
        c.report.article = id('a', 50 + n / 3);
        c.origin = id('a', 50 + n / 5);
        c.report.same_as = None;
        c.published = (n % 7 != 0).then(|| date(2015, 10, 1 + (n % 28) as i8));
        cases.push(c);
    }
    let reports: BTreeMap<Id, Report> = cases.iter().map(|c| (c.report.id.clone(), c.report.clone())).collect();
    let first = merge(&told(&cases));
    let ledger = claims(&first, &reports);
    for seed in 0..20 {
        let order: Vec<Case> = shuffled(cases.len(), seed).into_iter().map(|i| cases[i].clone()).collect();
        let again = merge(&told(&order));
        assert_eq!(format!("{first:#?}"), format!("{again:#?}"), "seed {seed}");
        assert_eq!(ledger, claims(&again, &reports));
    }
}

#[test]
fn who_contradicts_whom() {
    let cases = week();
    let reports: BTreeMap<Id, Report> = cases.iter().map(|c| (c.report.id.clone(), c.report.clone())).collect();
    let events = merge(&told(&cases));
    let ledger = claims(&events, &reports);
    assert_eq!(ledger.len(), 1, "what nobody is named for and nobody denies is no claim: {ledger:#?}");
    let claim = &ledger[0];
    assert!(claim.contested);
    assert_eq!(claim.id.0[1..], claim.event.0[1..]);
    let denier = claim.positions.iter().find(|p| p.stance == Stance::Denies).unwrap();
    assert_eq!(denier.voice.as_ref().unwrap().code.as_deref(), Some("IRN"));
    assert_eq!(denier.report, id('r', 6));
    assert!(
        claim.positions.iter().any(|p| p.stance == Stance::Asserts && p.voice.as_ref().is_some_and(|v| v.text == "officials"))
    );
}

#[test]
fn meetings_of_other_persons_stay_apart() {
    let met = |n: usize, actors: &[&str]| {
        let sentence = "They met in Vienna on Monday for talks on Syria.";
        let mut c = case(n, n, EventType::Consult, actors, &[], "met", sentence);
        c.report.date = Some(day(date(2015, 10, 19)));
        c.report.place =
            Some(Place { name: "Vienna".into(), country: Some("AUT".into()), lat: None, lon: None, precision: "city".into() });
        c
    };
    let (lavrov, zarif) = ("RUS/GOV Sergei Lavrov", "IRN/GOV Mohammad Javad Zarif");
    let mut cases = vec![
        met(1, &["RUS/GOV Vladimir Putin", "IRN/GOV Hassan Rouhani"]),
        met(2, &[lavrov, zarif]),
        met(3, &["RUS/GOV Sergey Lavrov", "IRN/GOV Iran"]),
        met(4, &["RUS/GOV Russia", "IRN/GOV Javad Zarif"]),
        met(5, &["RUS/GOV Kremlin", "IRN/GOV Hassan Rouhani"]),
        met(6, &[lavrov, "IRN/GOV Hossein Jaberi Ansari"]),
    ];
    // Whom no list knows is known as a person by the office.
    cases[5].report.actors[1].office = Some("deputy foreign minister".into());
    let first = merge(&told(&cases));
    let of = |n: usize| &first.iter().find(|e| e.reports.contains(&id('r', n))).unwrap().id;
    assert_ne!(of(1), of(2), "{first:#?}");
    assert_eq!((of(2), of(2), of(1)), (of(3), of(4), of(5)), "spellings, states and organs are nobody else");
    assert_eq!(first.len(), 3);
    for seed in 0..20 {
        let order: Vec<Case> = shuffled(cases.len(), seed).into_iter().map(|i| cases[i].clone()).collect();
        assert_eq!(merge(&told(&order)), first);
    }
}

#[test]
fn one_bad_report_does_not_spoil_an_event() {
    let said = "Russian jets struck the base of the rebels near Palmyra on Monday.";
    let struck = |n: usize, actors: &[&str]| {
        let mut c = case(n, n, EventType::Assault, actors, &["SYR/REB"], "struck", said);
        c.report.date = Some(day(date(2015, 10, 19)));
        c
    };
    let merged = |cases: &[Case]| {
        let events = merge(&told(cases));
        assert_eq!(events.len(), 1, "{events:#?}");
        for seed in 0..20 {
            let order: Vec<Case> = shuffled(cases.len(), seed).into_iter().map(|i| cases[i].clone()).collect();
            assert_eq!(merge(&told(&order)), events);
        }
        events[0].clone()
    };
    let codes = |list: &[ActorRef]| list.iter().map(|a| a.code.clone()).collect::<Vec<_>>();
    let mut cases = vec![
        struck(1, &["RUS/MIL"]),
        struck(2, &["RUS/GOV", "USA/MIL"]),
        struck(3, &["RUS/MIL"]),
        struck(4, &["RUS/MIL Russian Aerospace Forces"]),
    ];
    let event = merged(&cases);
    assert_eq!(codes(&event.actors), ["RUS"]);
    assert_eq!(event.minority.iter().map(|m| (m.who.code.as_str(), m.recipient)).collect::<Vec<_>>(), [("USA", false)]);
    assert_eq!(event.minority[0].reports, [id('r', 2)]);
    assert_eq!(event.disputed, ["actors"]);
    // Of three origins one is as few; a reprint of it does not make it more, another who says so does.
    cases[3] = struck(4, &["RUS/MIL", "USA/MIL"]);
    cases[3].origin = id('a', 2);
    let event = merged(&cases);
    assert_eq!((codes(&event.actors), event.minority[0].reports.len()), (vec!["RUS".to_owned()], 2));
    cases[3].origin = id('a', 4);
    let event = merged(&cases);
    assert_eq!((codes(&event.actors).len(), event.minority.len(), event.disputed.len()), (2, 0, 0));
    // Who fights stands on one side here and on the other there.
    let mut fight = vec![struck(1, &["RUS/MIL"]), struck(2, &["RUS/MIL", "USA/MIL"]), struck(3, &["RUS/MIL"])];
    fight[2].report.recipients = vec![actor("USA/MIL"), actor("SYR/REB")];
    let event = merged(&fight);
    assert_eq!((codes(&event.actors).len(), event.minority.len()), (2, 0), "two of three name them");
    // Of two neither is the minority.
    let event = merged(&cases[..2]);
    assert_eq!((codes(&event.actors).len(), event.minority.len()), (2, 0));
}

#[test]
fn what_rests_on_a_wire_is_of_its_origin() {
    let words = ["signed", "Russia and Iran signed an accord on gas in Tehran."];
    let of = |told: &[(Option<&'static str>, Option<&'static str>)]| {
        let case = |(n, &(outlet, wire)): (usize, &_)| {
            let mut c = case(n, n, EventType::Support, &["RUS/GOV", "IRN/GOV"], &[], words[0], words[1]);
            c.report.date = Some(day(date(2015, 10, 19)));
            Case { outlet, wire, ..c }
        };
        told.iter().enumerate().map(case).collect::<Vec<Case>>()
    };
    let origins = |cases: &[Case]| {
        let events = merge(&told(cases));
        assert_eq!(events.len(), 1);
        for seed in 0..20 {
            let order: Vec<Case> = shuffled(cases.len(), seed).into_iter().map(|i| cases[i].clone()).collect();
            assert_eq!(merge(&told(&order)), events);
        }
        events[0].origins
    };
    let (reuters, ap) = (Some("Reuters"), Some("AP"));
    assert_eq!(origins(&of(&[(None, None), (None, None)])), 2);
    assert_eq!(origins(&of(&[(None, reuters), (reuters, None)])), 1, "its own dispatch");
    assert_eq!(origins(&of(&[(None, reuters), (Some("Courier"), reuters)])), 1, "two that credit it");
    assert_eq!(origins(&of(&[(None, reuters), (None, ap), (None, None)])), 3);
    assert_eq!(origins(&of(&[(None, reuters), (reuters, ap), (ap, None), (None, ap)])), 1, "a chain");
    assert_eq!(origins(&of(&[(ap, reuters), (reuters, ap)])), 1, "each upon the other");
    assert_eq!(origins(&of(&[(reuters, None), (reuters, reuters)])), 2, "two dispatches of its own");
    // An article that tells it of itself in one place and of a wire in another.
    let mut cases = of(&[(None, reuters), (None, None), (reuters, None)]);
    cases[1].report.article = id('a', 0);
    cases[1].origin = id('a', 0);
    cases[1].report.same_as = Some(id('r', 0));
    assert_eq!(origins(&cases), 2);
}

#[test]
fn chains_of_days_and_distant_towns_stay_apart() {
    let fight = |n: usize, d: i8| {
        let mut c =
            case(n, n, EventType::Assault, &["SYR/MIL"], &["SYR/REB"], "attacked", "The army attacked rebels near the town.");
        c.report.date = Some(day(date(2016, 3, d)));
        c
    };
    // Each a day after the one before: no event may stretch over a week by way of its neighbours.
    let cases: Vec<Case> = (0..8).map(|n| fight(n, 1 + n as i8)).collect();
    for e in merge(&told(&cases)) {
        assert!(e.reports.len() <= 2, "{:?}", e.reports);
    }
    let town = |name: &str, lat, lon| {
        Some(Place { name: name.into(), country: Some("SYR".into()), lat: Some(lat), lon: Some(lon), precision: "city".into() })
    };
    let (mut a, mut b, mut c) = (fight(1, 5), fight(2, 5), fight(3, 5));
    a.report.place = town("Palmyra", 34.56, 38.28);
    b.report.place = town("Aleppo", 36.2, 37.16);
    c.report.place = town("Tadmur", 34.55, 38.27);
    let events = merge(&told(&[a, b, c]));
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].reports, [id('r', 1), id('r', 3)]);
}

#[test]
fn statements_form_threads() {
    let say = |n: usize, stance, issue: &str, month: i8| {
        let mut c = case(n, n, EventType::Agree, &[], &[], "stay", "Assad need not stay.");
        c.report.kind = Kind::Statement;
        c.report.event = None;
        c.report.attribution = vec![voice("a minister", Some("IRN"), Stance::Asserts)];
        c.report.position = Some((stance, issue.into(), span()));
        c.published = Some(date(2018, month, 1));
        c
    };
    let cases = [
        say(1, Stance::Opposes, "departure of Assad", 5),
        say(2, Stance::Accepts, "Assad's departure", 9),
        say(3, Stance::Wants, "elections", 6),
        say(4, Stance::Opposes, "Assad departure", 2),
    ];
    assert!(merge(&told(&cases)).is_empty());
    let found = threads(&told(&cases));
    assert_eq!(found.len(), 2);
    let assad = found.iter().find(|t| t.statements.len() == 3).unwrap();
    assert_eq!(assad.statements.iter().map(|s| s.report.clone()).collect::<Vec<_>>(), [id('r', 4), id('r', 1), id('r', 2)]);
    assert!(assad.changed);
}

#[test]
fn what_is_not_known_to_come_later_is_no_change() {
    let say = |n: usize, stance, said: Option<(Date, Date)>, published: Option<Date>| {
        let mut c = case(n, n, EventType::Agree, &["IRN"], &[], "stay", "Assad need not stay.");
        c.report.kind = Kind::Statement;
        c.report.event = None;
        c.report.position = Some((stance, "departure of Assad".into(), span()));
        c.report.date = said.map(|(from, to)| DateRange { from, to, ..day(from) });
        c.published = published;
        c
    };
    let told_as = |cases: &[Case]| {
        let thread = threads(&told(cases)).remove(0);
        let moments: Vec<usize> = thread.moments().iter().map(|m| m.len()).collect();
        (thread.changed, moments)
    };
    let (may, june) = (date(2018, 5, 1), date(2018, 6, 1));
    let (wants, opposes) = (Stance::Wants, Stance::Opposes);
    assert_eq!(told_as(&[say(1, wants, None, None), say(2, opposes, None, None)]), (false, vec![2]), "undated");
    assert_eq!(told_as(&[say(1, wants, None, Some(may)), say(2, opposes, None, Some(may))]), (false, vec![2]), "on one day");
    assert_eq!(told_as(&[say(1, wants, None, Some(may)), say(2, opposes, None, None)]), (false, vec![1, 1]), "one undated");
    assert_eq!(
        told_as(&[say(1, wants, None, Some(may)), say(2, opposes, None, Some(june))]),
        (true, vec![1, 1]),
        "by publication"
    );
    let spring = Some((date(2018, 3, 1), june));
    assert_eq!(told_as(&[say(1, wants, spring, None), say(2, opposes, Some((may, may)), None)]), (false, vec![2]), "overlapping");
    // Said in May, though printed after what was said in June.
    let late = [say(1, wants, Some((may, may)), Some(date(2018, 7, 1))), say(2, opposes, None, Some(june))];
    assert_eq!(told_as(&late), (true, vec![1, 1]));
    assert_eq!(threads(&told(&late))[0].statements[0].stance, wants);
}

#[test]
fn a_general_denial_and_what_it_denies_stand_against_each_other() {
    let mut deed = case(1, 1, EventType::Mobilize, &["UGA/MIL"], &["SSD"], "deployed", "Uganda deployed troops in South Sudan.");
    deed.report.contexts = vec![Context::Military];
    let mut denial = case(2, 2, EventType::Mobilize, &["UGA"], &["SSD"], "no troops", "Uganda has no troops in South Sudan.");
    denial.report.contexts = vec![Context::Military];
    denial.report.status = Status::Negated;
    denial.report.attribution = vec![voice("a minister", Some("UGA"), Stance::Asserts)];
    let other = case(3, 3, EventType::Consult, &["UGA"], &["SSD"], "visited", "A minister visited Juba.");
    let cases = [deed, denial, other];
    let events = merge(&told(&cases));
    let [deed, denial, other] = [0, 1, 2].map(|n| events.iter().find(|e| e.reports[0] == cases[n].report.id).unwrap());
    let claim = |e: &Event, n: usize| claim_of(e, [&cases[n].report], false);
    assert!(claim(deed, 0).is_none(), "nobody is named for it");
    let denied = claim(denial, 1).unwrap();
    let mut standing = Standing::of([(denial, &denied)]);
    assert!(standing.denied(deed) && !standing.denied(other));
    let told_anyway = claim_of(deed, [&cases[0].report], true).unwrap();
    assert!(told_anyway.contested && told_anyway.id == claim_id(&deed.id));
    standing.hold(deed, &told_anyway);
    assert_eq!(standing.against(&deed.id).collect::<Vec<_>>(), [&denial.id]);
    assert_eq!(standing.against(&denial.id).collect::<Vec<_>>(), [&deed.id]);
    assert_eq!(standing.dispute(&deed.id), standing.dispute(&denial.id));
    assert_eq!((standing.contested().count(), standing.dispute(&other.id).len()), (2, 1));
}

#[test]
#[ignore = "a measurement: run with --ignored --nocapture"]
fn rate() {
    let base = week();
    let codes = ["RUS", "USA", "IRN", "TUR", "SAU", "FRA", "GBR", "CHN", "IRQ", "ISR"];
    let cases: Vec<Case> = (0..200_000)
        .map(|n| {
            let mut c = base[n % 10].clone();
            c.report.id = Fingerprint::new().number(n as u64).id('r');
            c.report.article = id('a', n / 8);
            c.origin = id('a', n / 8);
            let mix = n.wrapping_mul(2_654_435_761) >> 7;
            for (k, a) in c.report.actors.iter_mut().chain(&mut c.report.recipients).enumerate() {
                a.code = codes[(mix >> (4 * k)) % 10].into();
            }
            let d = date(2015, 1, 1).checked_add(jiff::Span::new().days((mix % 700) as i64)).unwrap();
            c.report.date = (n % 3 == 0).then(|| day(d));
            c.published = Some(d);
            c
        })
        .collect();
    let all = told(&cases);
    let start = std::time::Instant::now();
    let events = merge(&all);
    let took = start.elapsed().as_secs_f64();
    println!("merge: {} reports to {} events, {:.0} reports/s", all.len(), events.len(), all.len() as f64 / took);
}
