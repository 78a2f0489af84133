use chancery_model::Note;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// Nothing but white space.
    Empty,
    /// An image, an archive, a program or the like, with its kind if known.
    Binary(Option<&'static str>),
}

/// First bytes of files that are no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "SQLite file"),
    (b"PAR1", "Parquet file"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "RTF document"),
];

/// Decodes a page: by its byte order mark, as UTF-8 where that fits, by the charset it declares, else by what its bytes look like.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>, notes: &mut Vec<Note>) -> Result<String, NoText> {
    if bytes.iter().all(|b| b.is_ascii_whitespace()) {
        return Err(NoText::Empty);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read_marked(&bytes[mark..], encoding, notes);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(NoText::Binary(Some(kind)));
    }
    if let Some(encoding) = wide(bytes) {
        return read_marked(bytes, encoding, notes);
    }
    if binary(bytes) {
        return Err(NoText::Binary(None));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    match std::str::from_utf8(bytes) {
        Ok(text) if declared.is_none_or(Encoding::is_ascii_compatible) => not_blank(text.to_owned()),
        Ok(_) => not_blank(declared.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0.into_owned()),
        Err(error) => read_legacy(bytes, declared, error.valid_up_to(), notes),
    }
}

fn not_blank(text: String) -> Result<String, NoText> {
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') { Err(NoText::Empty) } else { Ok(text) }
}

fn read_marked(bytes: &[u8], encoding: &'static Encoding, notes: &mut Vec<Note>) -> Result<String, NoText> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let name = encoding.name();
        notes.push(Note::new("invalid-utf8", format!("some bytes are not {name}, as which the file is marked; shown as U+FFFD")));
    }
    if encoding != UTF_8 {
        notes.push(Note::new("charset", format!("read as {}; offsets count the decoded characters", encoding.name())));
    }
    not_blank(text.into_owned())
}

/// UTF-16 without a mark: nearly every other byte is NUL, all on the same side.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if pairs >= 8 && even == 0 && odd * 10 > pairs * 7 => Some(UTF_16LE),
        () if pairs >= 8 && odd == 0 && even * 10 > pairs * 7 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether there are NULs, or control characters in more than one byte of ten, near the start.
fn binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(65_536)];
    let nul = head.iter().filter(|b| **b == 0).count();
    let control = head.iter().filter(|b| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r' | 12 | 27)).count();
    // a stray NUL at the end of a wire file is no reason to refuse it
    nul * 200 > head.len() || (nul > 0 && head.len() < 200) || control * 10 > head.len()
}

/// Bytes that are not UTF-8. A text that is UTF-8 but for a few bytes stays UTF-8; else the declared or the guessed charset is taken.
fn read_legacy(bytes: &[u8], declared: Option<&'static Encoding>, at: usize, notes: &mut Vec<Note>) -> Result<String, NoText> {
    let (good, bad) = sequences(bytes);
    let encoding = match declared {
        Some(e) if e != UTF_8 => e,
        _ if good > bad * 4 => UTF_8,
        _ => guess(bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let message = match (encoding == UTF_8, broken) {
        (true, _) => format!("byte {at} and perhaps others are not UTF-8; shown as U+FFFD"),
        (false, true) => format!("not UTF-8 from byte {at} on; read as {name}, what does not fit shown as U+FFFD"),
        (false, false) => format!("not UTF-8 from byte {at} on; read as {name}"),
    };
    if declared != Some(encoding) || broken {
        notes.push(Note::new("invalid-utf8", message));
    }
    not_blank(text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How many sequences of several bytes are UTF-8, and how many places are not.
fn sequences(mut bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    loop {
        match std::str::from_utf8(bytes) {
            Ok(text) => return (good + text.chars().filter(|c| !c.is_ascii()).count(), bad),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                good += String::from_utf8_lossy(valid).chars().filter(|c| !c.is_ascii()).count();
                bad += 1;
                bytes = &rest[error.error_len().unwrap_or(rest.len())..];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (Result<String, NoText>, Vec<String>) {
        let mut notes = Vec::new();
        let text = decode(bytes, declared, &mut notes);
        (text, notes.into_iter().map(|n| n.code).collect())
    }

    #[test]
    fn utf8_and_marks() {
        assert_eq!(read("a “b”".as_bytes(), None), (Ok("a “b”".into()), vec![]));
        assert_eq!(read("\u{feff}Titel".as_bytes(), None), (Ok("Titel".into()), vec![]));
        assert_eq!(read(b"\xff\xfeH\0i\0", None), (Ok("Hi".into()), vec!["charset".into()]));
        let wide: Vec<u8> = "Talks in Geneva".bytes().flat_map(|b| [b, 0]).collect();
        assert_eq!(read(&wide, None).0, Ok("Talks in Geneva".into()));
    }

    #[test]
    fn legacy_charsets_are_noted() {
        let bytes = b"The minister\x92s caf\xe9 was \x93full\x94 on the day of the talks.";
        let expected = "The minister’s café was “full” on the day of the talks.";
        assert_eq!(read(bytes, None), (Ok(expected.into()), vec!["invalid-utf8".into()]));
        assert_eq!(read(bytes, Some("iso-8859-1")), (Ok(expected.into()), vec![]));
    }

    #[test]
    fn mostly_utf8_stays_utf8() {
        let mut bytes = "“Müller” – “Jürgen” – “Öl” – “Ärger”".as_bytes().to_vec();
        bytes.push(0xE9);
        let (text, notes) = read(&bytes, None);
        assert!(text.is_ok_and(|t| t.starts_with("“Müller”") && t.ends_with('\u{fffd}')));
        assert_eq!(notes, ["invalid-utf8"]);
    }

    #[test]
    fn no_text() {
        assert_eq!(read(b" \n\t ", None).0, Err(NoText::Empty));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n0000", None).0, Err(NoText::Binary(Some("PNG image"))));
        assert_eq!(read(&[0u8, 1, 2, 3].repeat(400), None).0, Err(NoText::Binary(None)));
        assert!(read(b"A wire story of some length, with an end mark.\x03", None).0.is_ok());
    }
}
