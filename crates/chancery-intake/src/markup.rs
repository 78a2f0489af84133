//! HTML read as a row of tags and text, without a tree: charset, depth, metadata, and text where no tree can be built.

/// A start tag's name in lower case and the text of its attributes, an end tag (name with a slash), or text.
pub(crate) enum Token<'t> {
    Tag { name: String, attributes: &'t str },
    Text(&'t str),
}

/// Splits HTML into tags and text, in one pass. The insides of script, style and the like come as one text after their tag.
pub(crate) struct Tokens<'t> {
    html: &'t str,
    at: usize,
    /// The element whose raw inside comes next.
    raw: Option<String>,
}

pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw: None }
}

const RAW: &[&str] = &["script", "style", "noscript", "template", "textarea", "title", "iframe", "svg"];

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = self.html.get(self.at..).filter(|r| !r.is_empty())?;
            if let Some(name) = self.raw.take() {
                let end = end_of_raw(rest, &name).unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at += comment.find("-->").map_or(rest.len(), |e| e + 7);
                continue;
            }
            let opens = |r: &str| {
                r.len() > 1
                    && r.starts_with('<')
                    && (r.as_bytes()[1].is_ascii_alphabetic() || matches!(r.as_bytes()[1], b'/' | b'!' | b'?'))
            };
            if !opens(rest) {
                let end =
                    rest.char_indices().skip(1).find(|(i, c)| *c == '<' && opens(&rest[*i..])).map_or(rest.len(), |(i, _)| i);
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            let end = end_of_tag(rest);
            self.at += end;
            let inner = rest[1..end].trim_end_matches('>');
            let length = inner.find(|c: char| c.is_whitespace() || (c == '/' && !inner.starts_with('/'))).unwrap_or(inner.len());
            let name = inner[..length.min(20).min(inner.len())].chars().take(20).collect::<String>().to_ascii_lowercase();
            if RAW.contains(&name.as_str()) && !inner.ends_with('/') {
                self.raw = Some(name.clone());
            }
            return Some(Token::Tag { name, attributes: &inner[length..] });
        }
    }
}

/// Where `</name` stands, whatever its case.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        let at = from + found;
        let tail = bytes.get(at + 2..at + 2 + name.len());
        if tail.is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// After the `>` that ends the tag at the start of `rest`; quotes may hold a `>`, if they end within 2,000 bytes.
fn end_of_tag(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at + 1,
            q @ (b'"' | b'\'') if bytes[at - 1] == b'=' || bytes[at - 1] == b' ' => {
                let close = bytes[at + 1..].iter().take(2000).position(|b| *b == q);
                at += close.map_or(1, |c| c + 2);
            }
            _ => at += 1,
        }
    }
    rest.len()
}

/// The value of an attribute, entities read.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(at) = find_caseless(rest, name) {
        let before = rest[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
        let after = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        let Some(value) = after.strip_prefix('=').filter(|_| before) else { continue };
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(q @ ('"' | '\'')) => value[1..].split(q).next().unwrap_or(""),
            _ => value.split(|c: char| c.is_whitespace()).next().unwrap_or(""),
        };
        return Some(entities(value).trim().to_owned());
    }
    None
}

fn find_caseless(text: &str, name: &str) -> Option<usize> {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    text.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name))
}

/// The charset that the first 2,048 bytes declare, in a meta element or an XML declaration.
pub(crate) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(2048).map(|b| if b.is_ascii() { *b as char } else { ' ' }).collect();
    let head = head.to_ascii_lowercase();
    let at = head.find("charset=").map(|a| a + 8).or_else(|| head.find("encoding=").map(|a| a + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// Elements that have no inside, or whose end tag is often left out, so that they do not count as depth.
const FLAT: &[&str] = &[
    "br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param", "p", "li",
    "td", "tr", "th", "dt", "dd", "option", "tbody", "thead", "tfoot", "optgroup", "html", "head", "body", "colgroup",
];

/// How deep the elements nest at most, by their tags.
pub(crate) fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for token in tokens(html) {
        if let Token::Tag { name, attributes } = token {
            match name.strip_prefix('/') {
                Some(name) if !FLAT.contains(&name) => now = now.saturating_sub(1),
                None if !FLAT.contains(&name.as_str()) && !name.starts_with(['!', '?']) && !attributes.ends_with('/') => now += 1,
                _ => {}
            }
            most = most.max(now);
        }
    }
    most
}

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "blockquote",
    "pre",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "form",
    "hr",
    "main",
    "body",
    "title",
    "option",
];

/// The text of an HTML page with a line per block, without what is not shown.
pub(crate) fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for token in tokens(html) {
        match token {
            Token::Tag { name, .. } => {
                hidden = RAW.contains(&name.as_str());
                if BLOCKS.contains(&name.trim_start_matches('/')) && !out.ends_with('\n') {
                    while out.ends_with(' ') {
                        out.pop();
                    }
                    out.push('\n');
                }
            }
            Token::Text(text) if !hidden => {
                for word in entities(text).split_inclusive(|c: char| c.is_ascii_whitespace()) {
                    let bare = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
                    out.push_str(bare);
                    if bare.len() < word.len() && !out.ends_with([' ', '\n']) && !out.is_empty() {
                        out.push(' ');
                    }
                }
            }
            Token::Text(_) => {}
        }
    }
    out.trim().to_owned()
}

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("pound", '£'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("ccedil", 'ç'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("iacute", 'í'),
    ("uacute", 'ú'),
    ("Ouml", 'Ö'),
    ("Auml", 'Ä'),
    ("Uuml", 'Ü'),
    ("deg", '°'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("rsaquo", '›'),
    ("lsaquo", '‹'),
    ("shy", '\u{ad}'),
    ("times", '×'),
];

/// Reads character references.
pub(crate) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(rest.len(), |e| e + 1);
        let name = &rest[1..end];
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let read =
            number.map(windows).and_then(char::from_u32).or_else(|| NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| *c));
        match read {
            Some(c) => {
                out.push(c);
                rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Numbers 128 to 159 are meant as windows-1252 on pages.
fn windows(number: u32) -> u32 {
    match u8::try_from(number) {
        Ok(byte @ 128..=159) => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().map_or(number, u32::from)
        }
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_entities() {
        assert_eq!(attribute(r#" property="og:title" content='A &amp; B'"#, "content").as_deref(), Some("A & B"));
        assert_eq!(attribute(" data-content=x content=y", "content").as_deref(), Some("y"));
        assert_eq!(entities("&#8220;Yes&#x201D; &ndash; R&D &#146;s"), "“Yes” – R&D ’s");
    }

    #[test]
    fn strips() {
        let html = "<html><head><title>T</title><script>if (a<b) {}</script></head><body><p>One <b>two</b>\n three<p>Four<!-- x --><br>5 < 6</body>";
        assert_eq!(strip(html), "One two three\nFour\n5 < 6");
    }

    #[test]
    fn depth_counts_open_elements() {
        assert_eq!(depth("<div><div><p>a<p>b</div></div><div></div>"), 2);
        assert_eq!(depth(&"<div>".repeat(10_000)), 10_000);
    }

    #[test]
    fn charsets() {
        assert_eq!(
            charset(b"<meta http-equiv=Content-Type content=\"text/html; charset=ISO-8859-1\">").as_deref(),
            Some("iso-8859-1")
        );
        assert_eq!(charset(b"<?xml version='1.0' encoding='windows-1251'?>").as_deref(), Some("windows-1251"));
        assert_eq!(charset(b"<p>no</p>"), None);
    }
}
