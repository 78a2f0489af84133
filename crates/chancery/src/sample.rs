//! The bundled sample: fifteen dispatches about the relations between Russia, Iran and Syria from 2015 to 2018, written for Chancery.
//!
//! What they tell happened; the outlets are invented, and so is every sentence. They are what a folder of news looks like: plain text with
//! and without sidecar, web pages, Markdown, rows of a table; one dispatch reprints another, sides contradict each other, names are spelt in
//! several ways, dates are told as "a day earlier" and "late July", and debris stands between the lines.

/// The files of the sample with their contents, sorted by name.
pub const FILES: &[(&str, &str)] = &[
    ("hamadan-ends.meta.json", include_str!("../sample/hamadan-ends.meta.json")),
    ("hamadan-ends.txt", include_str!("../sample/hamadan-ends.txt")),
    ("hamadan.html", include_str!("../sample/hamadan.html")),
    ("jaberi-ansari.meta.json", include_str!("../sample/jaberi-ansari.meta.json")),
    ("jaberi-ansari.txt", include_str!("../sample/jaberi-ansari.txt")),
    ("kremlin-visit.html", include_str!("../sample/kremlin-visit.html")),
    ("latakia.meta.json", include_str!("../sample/latakia.meta.json")),
    ("latakia.txt", include_str!("../sample/latakia.txt")),
    ("no-fighters.meta.json", include_str!("../sample/no-fighters.meta.json")),
    ("no-fighters.txt", include_str!("../sample/no-fighters.txt")),
    ("nobody-can-force.txt", include_str!("../sample/nobody-can-force.txt")),
    ("qingdao.md", include_str!("../sample/qingdao.md")),
    ("qingdao.meta.json", include_str!("../sample/qingdao.meta.json")),
    ("shoigu.meta.json", include_str!("../sample/shoigu.meta.json")),
    ("shoigu.txt", include_str!("../sample/shoigu.txt")),
    ("sochi.html", include_str!("../sample/sochi.html")),
    ("telephone.meta.json", include_str!("../sample/telephone.meta.json")),
    ("telephone.txt", include_str!("../sample/telephone.txt")),
    ("wire.jsonl", include_str!("../sample/wire.jsonl")),
];

/// Writes the files of the sample into a folder.
///
/// # Errors
/// Where the folder cannot be made or a file cannot be written.
pub fn unpack(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    FILES.iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|f| f.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, FILES.iter().map(|(n, _)| (*n).to_owned()).collect::<Vec<_>>());
    }
}
