use crate::encoder::{Encoder, HIDDEN, Quantised};
use crate::engine::{Engine, Own, Row};
use crate::heads::{self, Heads};
use crate::kernels::{Kernels, Path};
use crate::pieces::{Pieces, shape};
use crate::weights::{Bytes, File};
use crate::{Analysis, Error};
use chancery_model::{Fingerprint, Id};
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

/// Pieces of a sentence at most, its marks not counted; longer ones are taken in parts. The trainer's limit.
const SENTENCE: usize = 500;

/// Keeps the embedded file on a boundary of 64 bytes.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static ENGLISH: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/english.bin"));

/// The English model: one network for tags, trees, names and events. Made once, shared by all threads.
pub struct Model {
    bytes: Arc<Bytes>,
    pieces: Pieces,
    own: Own,
    other: Option<Box<dyn Engine>>,
    heads: Heads,
}

#[derive(Default)]
struct Scratch {
    heads: heads::Scratch,
    quantised: Quantised,
    vectors: Vec<f32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Works with this thread's buffers, which are taken out meanwhile: an engine may itself ask a model.
fn with_scratch<T>(work: impl FnOnce(&mut Scratch) -> T) -> T {
    let mut scratch = SCRATCH.take();
    let out = work(&mut scratch);
    SCRATCH.set(scratch);
    out
}

impl Model {
    /// The model that is part of the program, loaded when first asked for.
    ///
    /// # Panics
    ///
    /// Where the program itself is damaged: the embedded bytes no longer have their checksum.
    pub fn builtin() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Model::of(Bytes::Static(&ENGLISH.0)) {
            Ok(model) => model,
            Err(e) => unreachable!("the embedded English model cannot be read: {e}"),
        })
    }

    /// A model from the bytes of a file, which are copied.
    ///
    /// # Errors
    ///
    /// Where the bytes are no model file of this version, or not whole ([`Error::is_checksum`]).
    ///
    /// ```
    /// assert!(chancery_text::Model::load(b"no model").is_err());
    /// ```
    pub fn load(bytes: &[u8]) -> Result<Model, Error> {
        Model::of(Bytes::copy(bytes))
    }

    fn of(bytes: Bytes) -> Result<Model, Error> {
        let file = File::open(bytes.all())?;
        let (pieces, encoder, heads) = (Pieces::new(file.text("vocabulary")?)?, Encoder::new(&file)?, Heads::new(&file)?);
        if encoder.positions() < SENTENCE + 12 {
            return Err(Error::format("too few positions"));
        }
        let bytes = Arc::new(bytes);
        let own = Own { bytes: bytes.clone(), encoder, path: Path::best() };
        Ok(Model { bytes, pieces, own, other: None, heads })
    }

    /// A hash of its file, with the letter `m`: two models with the same one read the same.
    pub fn fingerprint(&self) -> Id {
        Fingerprint::new().bytes(self.bytes.all()).id('m')
    }

    /// The same model on another path, for comparisons; where the processor cannot go it, the portable one is taken.
    pub fn on(mut self, path: Path) -> Model {
        self.own.path = if Path::available().contains(&path) { path } else { Path::Portable };
        self
    }

    /// The path that is gone.
    pub fn path(&self) -> Path {
        self.own.path
    }

    /// The same model with another engine for its encoder; the heads stay on the path of the processor.
    pub fn with(mut self, engine: Box<dyn Engine>) -> Model {
        self.other = Some(engine);
        self
    }

    fn engine(&self) -> &dyn Engine {
        self.other.as_deref().unwrap_or(&self.own)
    }

    /// One analysis per sentence of given words, in order; the same for a sentence whatever else is analysed with it.
    pub fn analyse(&self, sentences: &[Vec<&str>]) -> Vec<Analysis> {
        let parts: Vec<(usize, &[&str], Row)> = sentences
            .iter()
            .enumerate()
            .flat_map(|(i, words)| self.rows(words).into_iter().map(move |(words, row)| (i, words, row)))
            .collect();
        let mut found: Vec<Vec<Analysis>> = vec![Vec::new(); sentences.len()];
        with_scratch(|scratch| {
            let mut start = 0;
            while start < parts.len() {
                let end = batch_end(&parts, start, self.engine().batch());
                let rows: Vec<&Row> = parts[start..end].iter().map(|p| &p.2).collect();
                let texts: Vec<&[&str]> = parts[start..end].iter().map(|p| p.1).collect();
                for ((i, ..), analysis) in parts[start..end].iter().zip(self.batch(&rows, &texts, scratch)) {
                    found[*i].push(analysis);
                }
                start = end;
            }
        });
        found.into_iter().map(|mut parts| if parts.len() == 1 { parts.remove(0) } else { Analysis::joined(parts) }).collect()
    }

    /// The vectors of a sentence's words, before any head reads them.
    pub fn vectors(&self, sentence: &[&str]) -> Vec<Vec<f32>> {
        with_scratch(|scratch| {
            let mut out = Vec::with_capacity(sentence.len());
            for (_, row) in self.rows(sentence) {
                self.encode(&[&row], &mut scratch.vectors);
                out.extend(scratch.vectors.chunks_exact(HIDDEN).map(<[f32]>::to_vec));
            }
            out
        })
    }

    /// How probable it is that what each of these words of a sentence tells has happened, 0..=1; 0 beyond its end.
    pub fn happened(&self, sentence: &[&str], words: &[usize]) -> Vec<f32> {
        let vectors = self.vectors(sentence);
        let known: Vec<usize> = words.iter().copied().filter(|&w| w < vectors.len()).collect();
        let flat: Vec<f32> = known.iter().flat_map(|&w| vectors[w].iter().copied()).collect();
        let found = with_scratch(|s| self.heads.happened(self.bytes.all(), Kernels::of(self.own.path), &flat, &mut s.quantised));
        words.iter().map(|w| known.iter().position(|k| k == w).and_then(|i| found.get(i).copied()).unwrap_or(0.0)).collect()
    }

    fn batch(&self, rows: &[&Row], texts: &[&[&str]], scratch: &mut Scratch) -> Vec<Analysis> {
        let Scratch { heads, quantised, vectors } = scratch;
        self.encode(rows, vectors);
        self.heads.run(self.bytes.all(), Kernels::of(self.own.path), vectors, texts, heads, quantised)
    }

    /// The vectors of all words of some sentences.
    fn encode(&self, rows: &[&Row], vectors: &mut Vec<f32>) {
        self.engine().vectors(rows, vectors);
        // an engine that gives too few or too many numbers gives wrong ones, but stops nothing
        vectors.resize(rows.iter().map(|r| r.firsts.len()).sum::<usize>() * HIDDEN, 0.0);
    }

    /// A sentence in pieces, in parts where it is too long; none for no words.
    fn rows<'a>(&self, words: &'a [&'a str]) -> Vec<(&'a [&'a str], Row)> {
        let mut out = Vec::new();
        let (mut row, mut start) = (self.opened(), 0);
        for (i, word) in words.iter().enumerate() {
            if row.pieces.len() > SENTENCE {
                out.push((&words[start..i], self.closed(row)));
                (row, start) = (self.opened(), i);
            }
            row.firsts.push(row.pieces.len());
            self.pieces.word(word, &mut row.pieces);
            row.shapes.resize(row.pieces.len(), shape(word));
        }
        if start < words.len() {
            out.push((&words[start..], self.closed(row)));
        }
        out
    }

    fn opened(&self) -> Row {
        Row { pieces: vec![self.pieces.cls], shapes: vec![6], firsts: Vec::new() }
    }

    fn closed(&self, mut row: Row) -> Row {
        row.pieces.push(self.pieces.sep);
        row.shapes.push(6);
        row
    }
}

/// The end of the batch that begins at `start`: as many sentences as come near the wanted number of pieces, one at least.
fn batch_end(parts: &[(usize, &[&str], Row)], start: usize, wanted: usize) -> usize {
    let mut pieces = 0;
    for (i, part) in parts.iter().enumerate().skip(start) {
        pieces += part.2.pieces.len();
        if i > start && pieces > wanted {
            return i;
        }
    }
    parts.len()
}
