use std::{fmt, marker::PhantomData, ops::Range};

/// Unit of spans that count bytes of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Byte;
/// Unit of spans that count tokens of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token;

/// A half-open range `start..end` counted in units of `U`: [`Byte`]s of an article's text, or [`Token`]s of a document.
///
/// ```
/// use chancery_model::{Byte, Span};
/// let s = Span::<Byte>::new(3, 7);
/// assert_eq!(&"the Kremlin"[s.range()], " Kre");
/// assert!(s.overlaps(Span::new(6, 9)) && !s.overlaps(Span::new(7, 9)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    /// First unit inside.
    pub start: usize,
    /// First unit after the end; never below `start`.
    pub end: usize,
    unit: PhantomData<U>,
}

impl<U> Span<U> {
    /// The span `start..end`; an `end` below `start` is taken as `start` (an empty span).
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start), unit: PhantomData }
    }
    /// Units inside.
    pub fn len(&self) -> usize {
        self.end - self.start
    }
    /// Whether nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
    /// The same as a standard range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
    /// Whether unit `at` lies inside.
    pub fn contains(&self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
    /// Whether `other` lies inside, ends included.
    pub fn covers(&self, other: Span<U>) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share a unit.
    pub fn overlaps(&self, other: Span<U>) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The smallest span that covers both.
    pub fn join(&self, other: Span<U>) -> Span<U> {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl<U> From<Range<usize>> for Span<U> {
    fn from(r: Range<usize>) -> Self {
        Span::new(r.start, r.end)
    }
}

impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<U> serde::Serialize for Span<U> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(s)
    }
}

impl<'de, U> serde::Deserialize<'de> for Span<U> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(d)?;
        Ok(Span::new(start, end))
    }
}

/// Converts byte offsets of a text to Unicode code points, the unit of every offset that leaves the program.
///
/// ```
/// let map = chancery_model::CodePoints::of("“Yes” – no");
/// assert_eq!(map.at("“Yes”".len()), 5);
/// ```
pub struct CodePoints {
    // code points before every 64th byte
    marks: Vec<usize>,
    starts: Vec<u64>,
    len: usize,
}

impl CodePoints {
    /// Prepares the conversion for `text`, in one pass.
    pub fn of(text: &str) -> Self {
        let mut starts = vec![0u64; text.len() / 64 + 1];
        for (i, b) in text.bytes().enumerate() {
            if b & 0xC0 != 0x80 {
                starts[i / 64] |= 1 << (i % 64);
            }
        }
        let mut marks = Vec::with_capacity(starts.len());
        let mut n = 0;
        for bits in &starts {
            marks.push(n);
            n += bits.count_ones() as usize;
        }
        CodePoints { marks, starts, len: n }
    }
    /// Code points before byte `at`; beyond the end, all of them.
    pub fn at(&self, at: usize) -> usize {
        match self.starts.get(at / 64) {
            Some(bits) => self.marks[at / 64] + (bits & ((1u64 << (at % 64)) - 1)).count_ones() as usize,
            None => self.len,
        }
    }
    /// A byte span as `[start, end]` in code points.
    pub fn span(&self, span: Span<Byte>) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}
