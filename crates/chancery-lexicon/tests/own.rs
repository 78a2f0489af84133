//! A user's own files beside the lexicon: what they add, and what is said of what they get wrong.
#![allow(clippy::unwrap_used, clippy::panic)]

use chancery_lexicon::{EntryKind, FormKind, Lexicon, OfficeKind, Own, OwnFile, Sense};
use chancery_model::{Sector, Tenure};

fn file(name: &str, text: &str) -> OwnFile {
    OwnFile { name: name.to_owned(), text: text.to_owned() }
}

fn with(name: &str, text: &str) -> Lexicon {
    Lexicon::with(&[file(name, text)])
}

fn faults(lexicon: &Lexicon) -> Vec<String> {
    lexicon.faults().iter().map(ToString::to_string).collect()
}

fn first(lexicon: &Lexicon, phrase: &str) -> Sense {
    *lexicon.look_up(phrase).first().unwrap_or_else(|| panic!("{phrase} is not known"))
}

#[test]
fn a_table_adds_people_groups_and_places() {
    let text = "kind,name,code,sector,names,surname,office,from,to,lat,lon\n\
        person,Ilse van Ketteren,NLD,,Ilse Ketteren,van Ketteren,foreign minister,2026-02-01,,,\n\
        person,Ilse van Ketteren,NLD,,,,minister of trade,2024-07-02,2026-01-31,,\n\
        group,Sons of the Delta,NGA,REB,SOTD,,,2019-03-01,,,\n\
        place,Umm Zubayr,IRQ,,Um Zubair,,,,,30.5,47.7\n";
    let lexicon = with("mine.csv", text);
    assert_eq!(faults(&lexicon), Vec::<String>::new());
    let minister = lexicon.entry(first(&lexicon, "Ilse Ketteren").entry);
    assert_eq!((minister.id.as_str(), minister.source.as_str(), minister.tenures.len()), ("ilse-van-ketteren", "mine.csv", 2));
    let held = lexicon.holders("NLD", OfficeKind::ForeignMinister, Some("2026-02-10".parse().unwrap()));
    assert_eq!(lexicon.entry(held[0].0).id, "ilse-van-ketteren");
    assert_eq!(lexicon.find(&["Van", "Ketteren", "said"])[0].senses[0].form, FormKind::Surname);
    let group = lexicon.entry(first(&lexicon, "SOTD").entry);
    assert_eq!((group.kind, group.sector, group.code.as_str()), (EntryKind::Group, Some(Sector::Reb), "NGA"));
    let place = lexicon.entry(first(&lexicon, "Umm Zubayr").entry);
    assert_eq!((place.lat, place.feature.as_str()), (Some(30.5), "city"));
    // the lexicon that comes with the program is as it was
    assert!(Lexicon::builtin().look_up("Sons of the Delta").is_empty());
    assert_eq!(first(&lexicon, "Damascus").form, FormKind::Capital);
}

#[test]
fn own_meanings_come_first_and_known_entries_are_added_to() {
    let text = "kind,name,code,names\n\
        group,Wagner,MLI,\n\
        person,Sergei Lavrov,RUS,Sergej Lawrow\n\
        state,Turkey,TUR,Land of the Crescent\n";
    let lexicon = with("mine.csv", text);
    assert_eq!(faults(&lexicon), Vec::<String>::new());
    assert_eq!(lexicon.entry(first(&lexicon, "Wagner").entry).source, "mine.csv");
    assert_eq!(lexicon.entry(first(&lexicon, "Sergej Lawrow").entry).id, "sergei-lavrov");
    assert_eq!(lexicon.entry(first(&lexicon, "Land of the Crescent").entry).id, "TUR");
    assert_eq!(lexicon.len(), Lexicon::builtin().len() + 1);
}

#[test]
fn a_name_is_given_up_to_the_one_whom_the_user_means() {
    let text = "kind,name,code,sector,names,id\n\
        person,Sergej Lavrov,SRB,OPP,Sergei Lavrov,other-lavrov\n\
        group,Georgia,NGA,REB,,delta-georgia\n";
    let lexicon = with("mine.csv", text);
    let meant = |name: &str| lexicon.look_up(name).into_iter().map(|s| lexicon.entry(s.entry).id.clone()).collect::<Vec<_>>();
    assert_eq!(meant("Sergei Lavrov"), ["other-lavrov"]);
    assert!(meant("Lavrov").contains(&"sergei-lavrov".to_owned()), "a last name is shared: {:?}", meant("Lavrov"));
    assert!(meant("Georgia").contains(&"GEO".to_owned()), "a state is no group");
}

#[test]
fn faults_of_tables_tell_line_and_remedy() {
    let text = "kind,name,code,from,to\n\
        persn,A B,GBR,,\n\
        person,A B,UK,,\n\
        person,,GBR,,\n\
        person,A B,GBR,5 May 2020,\n\
        person,A B,GBR,2020-05-05,2019-01-01\n\
        person,A B,GBR,,,,,\n";
    let said = faults(&with("mine.csv", text));
    for (n, part) in [
        "`persn` is no kind; write one of",
        "`UK` is no code; write GBR",
        "no name",
        "write it as 2026-01-05",
        "is before",
        "8 fields",
    ]
    .iter()
    .enumerate()
    {
        assert!(said.iter().any(|f| f.starts_with(&format!("mine.csv:{}: ", n + 2)) && f.contains(part)), "{part}: {said:#?}");
    }
    assert_eq!(said.len(), 6);
    assert!(faults(&with("mine.csv", "kind,name,colour\n"))[0].contains("mine.csv:1: there is no column `colour`; columns are"));
    assert!(faults(&with("mine.csv", "name,code\n"))[0].contains("the column `kind` is missing"));
}

#[test]
fn toml_holds_entries_with_offices() {
    let text = r#"
[[entry]]
kind = "person"
name = "Ilse van Ketteren"
code = "NLD"
surname = ["van Ketteren"]

[[entry.office]]
title = "defence minister"
from = 2026-02-01

[[entry.office]]
title = "ambassador to Turkey"
from = "2020-01-01"
to = "2023-05-31"

[[entry]]
kind = "organisation"
name = "Delta Compact"
code = "IGO"
"#;
    let lexicon = with("mine.toml", text);
    assert_eq!(faults(&lexicon), Vec::<String>::new());
    let entry = lexicon.by_id("ilse-van-ketteren").unwrap();
    let kinds: Vec<OfficeKind> = entry.tenures.iter().map(|(k, _)| *k).collect();
    assert_eq!(kinds, [OfficeKind::Ambassador, OfficeKind::DefenceMinister]);
    assert_eq!(lexicon.entry(first(&lexicon, "Delta Compact").entry).code, "IGO");
    let wrong =
        faults(&with("mine.toml", "[[entry]]\nkind = \"person\"\nname = \"A B\"\ncode = \"GBR\"\n\n[[entry]]\nkind = \"x\"\n"));
    assert!(wrong[0].starts_with("mine.toml:6: `x` is no kind"), "{wrong:?}");
    assert!(faults(&with("mine.toml", "[[entry]]\nnam = 1\n"))[0].starts_with("mine.toml:2: "));
    assert!(faults(&with("mine.toml", "[[entry]\n"))[0].starts_with("mine.toml:1: "));
}

#[test]
fn actor_dictionaries_give_dated_people_and_bodies() {
    let text = "# an actor dictionary\n\
        AFGHANISTAN_ [AFG]\n\
        +LAND_OF_THE_AFGHANS_\n\
        +KABUL\n\
        \n\
        QASEM_TARAKHIL ; comment\n\
        +TARAKHIL\n\
        \t[AFGGOVMIL 050101-060531]\n\
        \t[AFGELI >060601]\n\
        SONS OF THE DELTA [NGAREB]\n\
        UN SECRETARY GENERAL OF OLD [IGOUNO]\n\
        RURITANIAN FOREIGN MINISTER [AFGGOV]\n";
    let lexicon = with("actors.txt", text);
    assert_eq!(faults(&lexicon).len(), 1);
    assert!(faults(&lexicon)[0].starts_with("actors.txt:12: Ruritanian Foreign Minister is a title"), "{:?}", faults(&lexicon));
    let man = lexicon.entry(first(&lexicon, "Qasem Tarakhil").entry);
    assert_eq!((man.kind, man.tenures.len()), (EntryKind::Person, 1));
    let t = &man.tenures[0].1;
    assert_eq!((t.code.as_str(), t.sector, t.from.unwrap().to_string().as_str()), ("AFG", Sector::Gov, "2005-01-01"));
    assert_eq!(first(&lexicon, "Tarakhil").form, FormKind::Surname);
    assert_eq!(lexicon.entry(first(&lexicon, "Sons of the Delta").entry).kind, EntryKind::Group);
    assert_eq!(lexicon.entry(first(&lexicon, "UN Secretary General of Old").entry).code, "UNO");
    let land = first(&lexicon, "Land of the Afghans");
    assert_eq!((lexicon.entry(land.entry).id.as_str(), land.form), ("AFG", FormKind::Name));
    // a title is no body
    assert!(lexicon.look_up("Ruritanian foreign minister").is_empty());
    // what the lexicon knows stays what it is
    assert_eq!(first(&lexicon, "Kabul").form, FormKind::Capital);
    let said = faults(&with("actors.txt", "QASEM_TARAKHIL\n\t[AFGGOV 05010-06]\n"));
    assert!(said[0].starts_with("actors.txt:2: ") && said[0].contains("YYMMDD"), "{said:?}");
    let said = faults(&with("actors.txt", "OLD COMRADE\n\t[USRGOV 850101-881231]\n"));
    assert!(said[0].contains("`USR` is no code"), "{said:?}");
}

#[test]
fn what_is_added_is_read_back() {
    let day = |s: &str| Some(s.parse().unwrap());
    let tenure = |office: &str, from| Tenure { office: office.into(), code: "NLD".into(), sector: Sector::Gov, from, to: None };
    let own = Own {
        kind: Some(EntryKind::Person),
        name: "Ilse \"Ilsa\" van Ketteren, MP".into(),
        code: "NLD".into(),
        names: vec!["Ilse Ketteren".into()],
        surnames: vec!["van Ketteren".into()],
        gender: Some('f'),
        offices: vec![
            (OfficeKind::ForeignMinister, tenure("foreign minister", day("2026-02-01"))),
            (OfficeKind::Other, tenure("mayor", day("2020-02-01"))),
        ],
        ..Own::default()
    };
    for name in ["mine.csv", "mine.tsv", "mine.toml"] {
        let empty = file(name, "");
        let one = file(name, &empty.with(&own).unwrap());
        let other =
            Own { name: "Delta Compact".into(), kind: Some(EntryKind::Organisation), code: "IGO".into(), ..Own::default() };
        let two = file(name, &one.with(&other).unwrap());
        assert!(two.text.starts_with(one.text.trim_end()), "{}", two.text);
        let lexicon = Lexicon::with(&[two]);
        assert_eq!(faults(&lexicon), Vec::<String>::new(), "{name}");
        let e = lexicon.entry(first(&lexicon, "Ilse Ketteren").entry);
        assert_eq!((e.name.as_str(), e.gender, e.tenures.len()), (own.name.as_str(), Some('f'), 2), "{name}");
        assert_eq!(e.tenures[1].1.from, day("2026-02-01"));
        assert_eq!(lexicon.entry(first(&lexicon, "Delta Compact").entry).code, "IGO");
    }
    assert!(file("mine.csv", "kind,name,code\n").with(&own).unwrap_err().contains("no column `sector`; add it"));
    assert!(file("actors.txt", "").with(&own).unwrap_err().contains(".csv or .toml"));
}

#[test]
fn lines_that_begin_with_a_hash_are_comments() {
    let text = "# ours\nkind,name,code\n# of 2026\ngroup,Sons of the Delta,NGA\nprson,Jane Doe,GBR\n";
    let lexicon = with("mine.csv", text);
    assert!(faults(&lexicon)[0].starts_with("mine.csv:5: `prson` is no kind"), "{:?}", faults(&lexicon));
    assert_eq!(lexicon.entry(first(&lexicon, "Sons of the Delta").entry).code, "NGA");
    let own = Own { kind: Some(EntryKind::Group), name: "Delta Front".into(), code: "NGA".into(), ..Own::default() };
    let added = file("mine.csv", "# ours\n").with(&own).unwrap();
    assert!(added.starts_with("# ours\nkind,name,"), "{added}");
    assert_eq!(faults(&with("mine.csv", &added)), Vec::<String>::new());
}

#[test]
fn people_of_a_dictionary_are_no_titles() {
    let text = "ZEMBLAN_REBELS_ [NGAREB]\n\
        +ZEMBLA_LIBERATION_ARMY_\n\
        ZEMBLAN_PEOPLE_ [NGACVL]\n\
        +SONS_OF_ZEMBLA_\n\
        ZEMBLA_POLICEMEN_ [NGACOP]\n\
        ZEMBLAN_MILITANTS_ [MMRREB]\n\
        ZEMBLAN_PRESIDENT_ [NGAGOV]\n\
        +HOUSE_OF_ZEMBLA_\n";
    let lexicon = with("actors.txt", text);
    assert_eq!(faults(&lexicon), Vec::<String>::new());
    for (name, code, sector) in [
        ("Zemblan Rebels", "NGA", Sector::Reb),
        ("Zembla Liberation Army", "NGA", Sector::Reb),
        ("Zemblan People", "NGA", Sector::Cvl),
        ("Sons of Zembla", "NGA", Sector::Cvl),
        ("Zembla Policemen", "NGA", Sector::Cop),
        ("Zemblan Militants", "MMR", Sector::Reb),
        ("House of Zembla", "NGA", Sector::Gov),
    ] {
        let entry = lexicon.entry(first(&lexicon, name).entry);
        assert_eq!((entry.code.as_str(), entry.sector), (code, Some(sector)), "{name}");
    }
    assert!(lexicon.look_up("Zemblan President").is_empty());
}

#[test]
fn columns_may_bear_the_names_of_the_flags() {
    let text = "kind,name,code,alias,office,since,until\nperson,Ilse van Ketteren,NLD,Ilse Ketteren,foreign minister,2026-02-01,2026-03-01\n";
    let lexicon = with("mine.csv", text);
    assert_eq!(faults(&lexicon), Vec::<String>::new());
    let entry = lexicon.entry(first(&lexicon, "Ilse Ketteren").entry);
    let t = &entry.tenures[0].1;
    assert_eq!((entry.name.as_str(), t.from, t.to), ("Ilse van Ketteren", "2026-02-01".parse().ok(), "2026-03-01".parse().ok()));
    let file = OwnFile { name: "mine.csv".into(), text: text.into() };
    let own = Own {
        name: "Jane Doe".into(),
        code: "GBR".into(),
        kind: Some(EntryKind::Person),
        names: vec!["J. Doe".into()],
        ..Own::default()
    };
    assert!(file.with(&own).unwrap().ends_with("person,Jane Doe,GBR,J. Doe,,,\n"));
    assert!(faults(&with("mine.csv", "kind,name,names,alias\n"))[0].contains("twice"));
}
