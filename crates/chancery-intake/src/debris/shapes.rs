//! Lines that show by their own shape that they are no prose.

use crate::lines::Line;

/// A rule on one line alone.
pub(super) struct Shape {
    pub reason: &'static str,
    pub what: &'static str,
    pub fits: fn(&Line) -> bool,
}

/// In the order in which they are tried.
pub(super) const SHAPES: &[Shape] = &[
    Shape { reason: "captcha", what: "a sum to be solved, with nothing after the equals sign", fits: captcha },
    Shape {
        reason: "shortcode",
        what: "square brackets of a content system, with nothing but marks beside them",
        fits: shortcode,
    },
    Shape { reason: "qr-code", what: "nothing but the label of a QR code, perhaps repeated", fits: qr_code },
    Shape { reason: "address", what: "nothing but a web address, perhaps with its label", fits: address },
    Shape { reason: "share-bar", what: "nothing but names of networks and words like share, tweet, print", fits: share_bar },
    Shape { reason: "counter", what: "a number of comments, shares, views or minutes, or hours ago", fits: counter },
    Shape { reason: "tag-list", what: "tags marked with # or a list that is commas for the most part", fits: tags },
    Shape { reason: "breadcrumb", what: "a path of sections set off by > or » from Home on", fits: breadcrumb },
    Shape { reason: "byline", what: "`By`, `Reporting by` or the like and a name, alone on the line", fits: byline },
    Shape { reason: "caption", what: "a picture's credit, or a line that ends in one", fits: credit },
    Shape { reason: "pointer", what: "an order to the reader to read, watch or download something here", fits: pointer },
    Shape { reason: "sign-off", what: "an agency's mark at the end of its dispatch, or dashes and END", fits: sign_off },
    Shape { reason: "image", what: "a Markdown image or an HTML tag alone on its line", fits: image },
];

fn captcha(line: &Line) -> bool {
    let compact: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(sum) = compact.strip_suffix('=').or_else(|| compact.strip_suffix("=?")) else { return false };
    let mut sides = sum.split(['+', '-', '−', '×', 'x', '*', '÷', '/']);
    let number = |s: &str| (1..=3).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    match (sides.next(), sides.next(), sides.next()) {
        (Some(a), Some(b), None) => number(a) && number(b) || number(a) && b.is_empty() || a.is_empty() && number(b),
        _ => false,
    }
}

/// `[name]`, `[/name]`, `[name key="value"]`: identifiers with a capital inside, an underscore, a slash or attributes.
fn shortcode(line: &Line) -> bool {
    let inner = line.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '.' | ','));
    let Some(code) = inner.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else { return false };
    let name: &str = code.trim_start_matches('/').split([' ', '=']).next().unwrap_or("");
    let identifier = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '/');
    let camel = name.chars().skip(1).zip(name.chars()).any(|(b, a)| b.is_uppercase() && a.is_lowercase());
    let known = ["gallery", "caption", "embed", "video", "audio", "playlist", "ad", "ads", "more", "contact-form", "adsense"];
    identifier && (camel || name.contains('_') || code.starts_with('/') || code.contains('=') || known.contains(&name))
        || code.ends_with(']') && code.contains("[/")
}

fn qr_code(line: &Line) -> bool {
    let left = line.folded.replace("qr code", "").replace("qrcode", "");
    left.len() < line.folded.len() && !left.chars().any(char::is_alphanumeric)
}

fn address(line: &Line) -> bool {
    let words: Vec<&str> = line.words().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    words.iter().any(|w| is_address(w))
        && words.iter().all(|w| {
            is_address(w) || matches!(w.to_lowercase().trim_end_matches(':'), "link" | "url" | "source" | "web" | "website")
        })
}

pub(crate) fn is_address(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '(', ')', '[', ']', '.', ',']);
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
}

const NETWORKS: &[&str] = &[
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "telegram",
    "reddit",
    "pinterest",
    "instagram",
    "tumblr",
    "google+",
    "viber",
    "messenger",
    "vk",
    "share",
    "shares",
    "tweet",
    "pin",
    "flipboard",
    "pocket",
    "x",
    "odnoklassniki",
    "line",
    "skype",
    "wechat",
    "weibo",
];
const BESIDE: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "print",
    "save",
    "bookmark",
    "copy",
    "link",
    "comment",
    "comments",
    "like",
    "follow",
    "us",
    "on",
    "via",
    "more",
    "it",
    "google",
    "plus",
    "this",
    "and",
    "a-",
    "a+",
    "a",
    "sms",
    "youtube",
    "rss",
    "pdf",
    "telegraph",
    "threads",
    "bluesky",
];

fn share_bar(line: &Line) -> bool {
    let words: Vec<&str> = line.folded.split([' ', '|', '/', '·', '•', ',', ':']).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'k' | '+' | '-' | '(' | ')'));
    let networks = words.iter().filter(|w| NETWORKS.contains(w)).count();
    let beside = words.iter().filter(|w| BESIDE.contains(w)).count();
    let all = words.iter().all(|w| NETWORKS.contains(w) || BESIDE.contains(w) || number(w));
    // one X or one "line" alone is too little
    all && line.text.starts_with(|c: char| !c.is_lowercase())
        && !line.closed()
        && (networks >= 2 || networks == 1 && (words[0].len() > 4 || beside > 0) || beside >= 2 && words[0].contains("mail"))
}

fn counter(line: &Line) -> bool {
    let words: Vec<&str> = line.folded.split(' ').collect();
    let Some(first) = words.first() else { return false };
    let number = first.starts_with(|c: char| c.is_ascii_digit()) && first.len() <= 7 || *first == "no";
    let of = |w: &&str| {
        let w = w.trim_end_matches(['.', ':', ')']);
        [
            "comment",
            "comments",
            "share",
            "shares",
            "view",
            "views",
            "like",
            "likes",
            "retweets",
            "reactions",
            "replies",
            "votes",
            "followers",
        ]
        .contains(&w)
    };
    let minutes = words.len() >= 3 && words[1].starts_with("min") && words[2] == "read"
        || words.len() == 2 && words[0].ends_with("min") && words[1] == "read";
    let ago = (3..=4).contains(&words.len()) && words.last() == Some(&"ago");
    number && !line.closed() && words.len() <= 4 && (words.len() == 2 && words.iter().skip(1).any(of) || minutes || ago)
}

fn tags(line: &Line) -> bool {
    let words: Vec<&str> = line.words().collect();
    let hashed = words.iter().filter(|w| w.starts_with('#') && w.len() > 2).count();
    let commas = line.text.matches(',').count();
    hashed >= 2 && hashed == words.len() || commas >= 3 && commas * 2 > words.len() && line.text.contains(", ,")
}

fn breadcrumb(line: &Line) -> bool {
    let steps: Vec<&str> = line.text.split(['>', '»', '›', '→']).map(str::trim).collect();
    if line.text.contains('<') {
        return false;
    }
    let short = steps.iter().take(steps.len().saturating_sub(1)).all(|s| s.split_whitespace().count() <= 4 && !s.is_empty());
    let home = steps[0].eq_ignore_ascii_case("home") || line.folded.starts_with("you are here");
    let slashes: Vec<&str> = line.folded.split('/').map(str::trim).collect();
    let by_slash = slashes.len() >= 2 && slashes[0] == "home" && !line.closed();
    !line.prose() && (steps.len() >= 2 && home && short || steps.len() >= 3 && short || by_slash)
}

/// Words that belong to a job or a desk and may follow the name of an author.
const DESKS: &[&str] = &[
    "correspondent",
    "reporter",
    "staff",
    "writer",
    "editor",
    "desk",
    "agencies",
    "bureau",
    "chief",
    "special",
    "to",
    "in",
    "and",
    "for",
    "the",
    "with",
    "news",
    "online",
    "foreign",
    "political",
    "diplomatic",
    "senior",
    "our",
    "of",
    "from",
    "web",
    "contributor",
    "columnist",
    "analyst",
    "newsroom",
];

const AUTHORED: &[&str] = &[
    "By ",
    "BY ",
    "Reporting by ",
    "Additional reporting by ",
    "Edited by ",
    "Editing by ",
    "Written by ",
    "Writing by ",
    "Compiled by ",
    "Story by ",
];

fn byline(line: &Line) -> bool {
    let Some(rest) = AUTHORED.iter().find_map(|a| line.text.strip_prefix(a)) else { return false };
    let rest = rest.split(['|', '•', '–']).next().unwrap_or(rest);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let fits = |w: &&str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty()
            || bare.starts_with(char::is_uppercase)
            || DESKS.contains(&bare.to_lowercase().as_str())
            || PARTICLES.contains(&bare)
    };
    (1..=12).contains(&words.len()) && words[0].starts_with(char::is_uppercase) && words.iter().all(fits) && !has_digit_year(rest)
}

fn has_digit_year(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() > 0 && text.split_whitespace().count() <= 3
}

/// Small words inside personal names.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "bint", "de", "da", "del", "della", "di", "du", "dos", "la", "le", "van", "von", "der", "den",
    "ter", "y",
];

/// Two to four words with capitals, no digits and no marks but dots and hyphens: what a personal name looks like.
pub(crate) fn name_like(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |w: &str| {
        let mut letters = w.chars().filter(|c| *c != '\'' && *c != '’');
        letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_alphabetic() || matches!(c, '.' | '-'))
    };
    let given = words.iter().filter(|w| capital(w)).count();
    if words.first().is_some_and(|w| matches!(w.to_lowercase().as_str(), "the" | "a" | "an" | "in" | "on")) {
        return false;
    }
    (2..=4).contains(&words.len())
        && given >= 2
        && words.iter().all(|w| capital(w) || PARTICLES.contains(w))
        && !text.ends_with('.')
}

/// Ends of lines that name a picture's owner.
const OWNERS: &[&str] = &[
    "getty images",
    "afp photo",
    "ap photo",
    "epa",
    "photo/file",
    "file photo",
    "via reuters",
    "via ap",
    "reuters photo",
    "/reuters",
    "/afp",
    "/ap",
    "/epa",
    "shutterstock",
    "anadolu images",
    "courtesy photo",
    "handout",
    "photo: reuters",
    "photo: afp",
    "photo: ap",
    "wikimedia commons",
    "flickr",
];

fn credit(line: &Line) -> bool {
    let text = line.folded.trim_end_matches(['.', ' ']);
    let bracketed = |open: char, close: char| {
        text.strip_suffix(close).and_then(|t| t.rfind(open).map(|at| &t[at + 1..])).filter(|t| t.len() <= 80).is_some_and(
            |inner| {
                inner.starts_with("photo")
                    || inner.starts_with("file ")
                    || inner.contains("photo by")
                    || inner.contains("/getty")
                    || OWNERS.iter().any(|o| inner.ends_with(o) && (o.starts_with('/') || inner.len() > 4))
            },
        )
    };
    let short = line.len() <= 300;
    let owned = || OWNERS.iter().any(|o| text.ends_with(o)) && line.len() <= 120 && !line.closed();
    short && (bracketed('(', ')') || bracketed('[', ']') || owned() || has_photo_mark(&line.folded))
}

/// "(Photo: …)", "[Photo by …", "/Getty" or "ap photo/" inside a short line.
fn has_photo_mark(folded: &str) -> bool {
    folded.len() <= 300
        && ["(photo: ", "(photo by ", "[photo: ", "(image: ", "(ap photo/", "photo courtesy of ", "(credit: "]
            .iter()
            .any(|m| folded.contains(m))
}

const ORDERS: &[&str] = &[
    "read", "watch", "listen", "download", "view", "browse", "see", "visit", "check", "find", "explore", "click", "tap", "follow",
];
const MEDIA: &[&str] = &[
    "document",
    "documents",
    "report",
    "article",
    "articles",
    "story",
    "full",
    "video",
    "videos",
    "photos",
    "pictures",
    "gallery",
    "podcast",
    "transcript",
    "newsletter",
    "our",
    "website",
    "factsheet",
    "release",
    "analysis",
    "interview",
    "coverage",
    "twitter",
    "facebook",
    "here",
    "page",
    "livestream",
    "statement",
    "speech",
    "text",
    "more",
    "slideshow",
    "infographic",
    "blog",
    "related",
];

/// An imperative at the start, something to be read or seen as its object, no subject: it speaks to the reader, not of the world.
fn pointer(line: &Line) -> bool {
    let words: Vec<&str> = line.folded.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let order = words.first().is_some_and(|w| ORDERS.contains(w)) && line.text.starts_with(char::is_uppercase);
    let object = words.iter().skip(1).take(5).any(|w| MEDIA.contains(w));
    // a comma or a second sentence shows running speech: "See our position, he said"
    let plain = !line.text.contains([',', '“', '"']) || line.folded.starts_with("read the ");
    order && object && words.len() <= 22 && plain && !line.folded.contains(" said")
}

fn sign_off(line: &Line) -> bool {
    let bare = line.folded.trim_matches(|c: char| !c.is_alphanumeric());
    let marked = line.text.starts_with(['-', '–', '—', '*', '#', '/']) && line.text.ends_with(['-', '–', '—', '*', '#', '/']);
    matches!(bare, "reuter" | "ends" | "end item")
        || bare.is_empty() && line.len() >= 2
        || marked && (matches!(bare, "end" | "30" | "more") || bare.len() <= 5)
}

const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "div",
    "em",
    "figure",
    "figcaption",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "tr",
    "ul",
    "video",
];

fn image(line: &Line) -> bool {
    let t = line.text;
    let markdown = (t.starts_with("![") || t.starts_with("[![")) && t.ends_with(')') && t.contains("](");
    let name: String = t.chars().skip(1).skip_while(|c| *c == '/').take_while(char::is_ascii_alphanumeric).collect();
    let tag = t.starts_with('<') && t.ends_with('>') && (TAGS.contains(&name.as_str()) || t.starts_with("<!--"));
    markdown || tag && !t[..t.len() - 1].contains('>')
}
