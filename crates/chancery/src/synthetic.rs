//! Articles made from a seed, with what they report: for measuring and for tests of how a record grows. Nothing in them is news.

use chancery_model::{
    ActorRef, Article, Byte, DateBasis, DatePrecision, DateRange, EventType, Fingerprint, Kind, Mode, Place, Published, Report,
    Sector, Span, Stance, Status, Voice, VoiceKind,
};
use jiff::civil::{Date, date};

/// A world that is told of: the same seed gives the same articles.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// What all is drawn from.
    pub seed: u64,
    /// Articles a day.
    pub daily: usize,
    /// Of so many articles one has no date.
    pub undated: usize,
}

/// Events that an article tells.
pub const TOLD: usize = 5;

const CODES: [&str; 40] = [
    "RUS", "USA", "SYR", "IRN", "UKR", "ISR", "CHN", "TUR", "SAU", "IRQ", "GBR", "FRA", "DEU", "PSE", "LBN", "IMG", "UNO", "EGY",
    "YEM", "PAK", "IND", "AFG", "PRK", "KOR", "JPN", "VEN", "QAT", "ARE", "JOR", "LBY", "SDN", "ETH", "NGA", "POL", "BLR", "GEO",
    "ARM", "AZE", "IGO", "NGO",
];
const TYPES: [(EventType, Option<Mode>, &str); 10] = [
    (EventType::Consult, Some(Mode::Visit), "visited"),
    (EventType::Consult, None, "met"),
    (EventType::Accuse, Some(Mode::Disapprove), "condemned"),
    (EventType::Request, Some(Mode::Yield), "urged"),
    (EventType::Assault, Some(Mode::Aerial), "bombed"),
    (EventType::Assault, Some(Mode::HeavyWeapons), "shelled"),
    (EventType::Aid, None, "supplied"),
    (EventType::Mobilize, Some(Mode::Troops), "deployed"),
    (EventType::Sanction, Some(Mode::Discontinue), "sanctioned"),
    (EventType::Agree, None, "promised"),
];
const PLACES: [(&str, &str, f64, f64); 8] = [
    ("Palmyra", "SYR", 34.56, 38.28),
    ("Aleppo", "SYR", 36.2, 37.16),
    ("Mosul", "IRQ", 36.34, 43.13),
    ("Geneva", "CHE", 46.2, 6.15),
    ("Vienna", "AUT", 48.21, 16.37),
    ("Moscow", "RUS", 55.75, 37.62),
    ("Sanaa", "YEM", 15.35, 44.2),
    ("Donetsk", "UKR", 48.0, 37.8),
];
const SYLLABLES: [&str; 16] = ["ba", "co", "du", "fe", "gi", "ha", "jo", "ka", "lu", "me", "no", "pi", "ra", "so", "tu", "ve"];

/// Numbers that follow from each other, well mixed.
struct Draw(u64);

impl Draw {
    fn of(parts: &[u64]) -> Draw {
        Draw(parts.iter().fold(0x9e37_79b9_7f4a_7c15, |h, p| mix(h ^ p.wrapping_mul(0xbf58_476d_1ce4_e5b9))))
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n as u64).max(1)).unwrap_or(0)
    }
    /// Low numbers more often than high ones, as some states are in the news more than others.
    fn skewed(&mut self, n: usize) -> usize {
        let (a, b) = (self.below(n), self.below(n));
        a * b / n
    }
    fn word(&mut self) -> String {
        (0..3).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }
}

fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// One thing that happens, to be told by several.
struct Happening {
    kind: (EventType, Option<Mode>, &'static str),
    who: String,
    whom: Option<String>,
    place: Option<usize>,
    words: String,
}

impl World {
    /// The article of a number, with its reports.
    ///
    /// ```
    /// use chancery::synthetic::{TOLD, World};
    /// let world = World { seed: 1, daily: 10, undated: 300 };
    /// let (article, reports) = world.article(7);
    /// assert_eq!(world.article(7), (article.clone(), reports.clone()));
    /// assert_eq!(reports.len(), TOLD);
    /// assert!(reports.iter().all(|r| article.text.get(r.trigger.range()).is_some_and(|w| !w.contains(' '))));
    /// ```
    pub fn article(&self, number: usize) -> (Article, Vec<Report>) {
        let mut draw = Draw::of(&[self.seed, 1, number as u64]);
        // One in ten prints what another has printed that day, with a line of its own on top.
        let first = number / self.daily * self.daily;
        let source = if number > first && draw.below(10) == 0 { first + draw.below(number - first) } else { number };
        let day = self.day(number);
        let mut text = format!("Bulletin {} {number}.\n\n", draw.word());
        let undated = draw.below(self.undated) == 0;
        let told = self.told(source);
        let starts: Vec<usize> = told
            .iter()
            .map(|(_, sentence)| {
                let at = text.len();
                text.push_str(sentence);
                text.push_str("\n\n");
                at
            })
            .collect();
        let published = (!undated).then_some(Published { date: day, basis: DateBasis::Metadata, span: None });
        let outlet = format!("Courier {}", draw.below(200));
        let article = Article {
            id: Article::id_of(&text, None, published.map(|p| p.date)),
            doc: format!("s{number}"),
            locator: format!("synthetic/{number}.txt"),
            url: None,
            title: None,
            title_span: None,
            outlet: Some(outlet),
            byline: None,
            dateline: None,
            published,
            credited: Vec::new(),
            language: "en".to_owned(),
            text,
            struck: Vec::new(),
        };
        let reports =
            told.iter().zip(starts).map(|((h, sentence), at)| report(&article, h, sentence, at, day, &mut draw)).collect();
        (article, reports)
    }

    fn day(&self, number: usize) -> Date {
        let days = i64::try_from(number / self.daily).unwrap_or(0);
        date(2010, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX)
    }

    /// The happenings that an article tells, with its sentences.
    fn told(&self, number: usize) -> Vec<(Happening, String)> {
        let mut draw = Draw::of(&[self.seed, 2, number as u64]);
        let day = number / self.daily;
        let many = self.daily * 2;
        let mut taken: Vec<usize> = Vec::new();
        while taken.len() < TOLD.min(many) {
            let n = draw.skewed(many);
            if !taken.contains(&n) {
                taken.push(n);
            }
        }
        taken
            .into_iter()
            .map(|n| {
                let h = self.happening(day, n);
                let place = h.place.map_or_else(String::new, |p| format!(" near {}", PLACES[p].0));
                let whom = h.whom.as_ref().map_or_else(String::new, |w| format!(" {w}"));
                let own: Vec<String> = (0..6).map(|_| draw.word()).collect();
                let sentence = format!("{} {}{whom}{place}, {}, officials said, as {}.", h.who, h.kind.2, h.words, own.join(" "));
                (h, sentence)
            })
            .collect()
    }

    fn happening(&self, day: usize, number: usize) -> Happening {
        let mut draw = Draw::of(&[self.seed, 3, day as u64, number as u64]);
        let who = draw.skewed(CODES.len());
        let whom = (who + 1 + draw.skewed(CODES.len() - 1)) % CODES.len();
        let one_sided = draw.below(6) == 0;
        Happening {
            kind: TYPES[draw.below(TYPES.len())],
            who: CODES[who].to_owned(),
            whom: (!one_sided).then(|| CODES[whom].to_owned()),
            place: (draw.below(2) == 0).then(|| draw.below(PLACES.len())),
            words: (0..5).map(|_| draw.word()).collect::<Vec<_>>().join(" "),
        }
    }
}

fn report(article: &Article, h: &Happening, sentence: &str, at: usize, day: Date, draw: &mut Draw) -> Report {
    let start = at + h.who.len() + 1;
    let trigger = Span::new(start, start + h.kind.2.len());
    let party = |code: &str, at: usize| ActorRef {
        code: code.to_owned(),
        sector: Some(Sector::Gov),
        entity: None,
        identifier: None,
        office: None,
        text: code.to_owned(),
        span: Span::new(at, at + code.len()),
        via: None,
        confidence: 0.9,
    };
    let (actors, recipients) = match (&h.whom, h.kind.2) {
        (Some(w), "met") => (vec![party(&h.who, at), party(w, trigger.end + 1)], Vec::new()),
        (Some(w), _) => (vec![party(&h.who, at)], vec![party(w, trigger.end + 1)]),
        (None, _) => (vec![party(&h.who, at)], Vec::new()),
    };
    let range = |from: Date, to: Date, precision| DateRange { from, to, basis: DateBasis::Stated, precision, span: None };
    let date = match draw.below(10) {
        0..=6 => Some(range(day, day, DatePrecision::Day)),
        7 => Some(range(day.first_of_month(), day.last_of_month(), DatePrecision::Month)),
        _ => None,
    };
    let place = h.place.map(|p| {
        let (name, country, lat, lon) = PLACES[p];
        Place {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            lat: Some(lat),
            lon: Some(lon),
            precision: "city".to_owned(),
        }
    });
    Report {
        id: Fingerprint::new().text(&article.id.0).number(trigger.start as u64).text(h.kind.0.as_str()).id('r'),
        article: article.id.clone(),
        kind: Kind::Event,
        event: Some(h.kind.0),
        mode: h.kind.1,
        contexts: Vec::new(),
        status: if draw.below(12) == 0 { Status::Negated } else { Status::Actual },
        historical: false,
        ongoing: false,
        main: true,
        confidence: 0.8,
        same_as: None,
        actors,
        recipients,
        date,
        place,
        place_span: None,
        attribution: vec![voice(article, at, sentence)],
        size: Vec::new(),
        trigger,
        sentence: Span::new(at, at + sentence.len()),
        cameo: None,
        position: None,
        trace: Vec::new(),
    }
}

fn voice(article: &Article, at: usize, sentence: &str) -> Voice {
    let start = at + sentence.find("officials").unwrap_or(0);
    let span: Span<Byte> = Span::new(start, start + "officials".len());
    Voice {
        text: article.text.get(span.range()).unwrap_or_default().to_owned(),
        span,
        cue: None,
        code: None,
        sector: None,
        entity: None,
        kind: VoiceKind::Official,
        stance: Stance::Asserts,
    }
}
