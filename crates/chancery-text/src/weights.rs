//! The file of a model: bytes → labels and tensors, checked. See `training/export.py` for its layout.

use crate::Error;
use crate::kernels::{WIDTH, Weights};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

const MAGIC: &[u8; 8] = b"CHANCERY";
const VERSION: u32 = 1;
const PRELUDE: usize = 64;

/// The bytes of a model, held for as long as the program runs or by the model itself.
pub(crate) enum Bytes {
    Static(&'static [u8]),
    // where the file begins within the buffer, so that tensors lie on boundaries of 64 bytes
    Owned(Vec<u8>, usize),
}

impl Bytes {
    /// A copy whose first byte lies on a boundary of 64 bytes.
    pub fn copy(bytes: &[u8]) -> Self {
        let mut buffer = vec![0; bytes.len() + 63];
        let start = buffer.as_ptr().align_offset(64).min(63);
        buffer[start..start + bytes.len()].copy_from_slice(bytes);
        buffer.truncate(start + bytes.len());
        Bytes::Owned(buffer, start)
    }
    pub fn all(&self) -> &[u8] {
        match self {
            Bytes::Static(b) => b,
            Bytes::Owned(b, start) => b.get(*start..).unwrap_or(&[]),
        }
    }
}

/// One tensor of the table.
#[derive(Debug, Deserialize)]
struct Tensor {
    kind: String,
    shape: Vec<usize>,
    offset: usize,
}

/// What stands before the tensors.
#[derive(Debug, Deserialize)]
struct Header {
    labels: BTreeMap<String, Vec<String>>,
    parts: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    tensors: BTreeMap<String, Tensor>,
}

/// A checked model file, from which the network takes its tensors.
pub(crate) struct File<'a> {
    bytes: &'a [u8],
    header: Header,
    data: usize,
}

/// A matrix of the network.
pub(crate) struct Linear {
    bytes: Range<usize>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    offsets: Vec<i32>,
}

impl Linear {
    /// The matrix in the form that the kernels take.
    pub fn weights<'a>(&'a self, file: &'a [u8]) -> Weights<'a> {
        let bytes = file.get(self.bytes.clone()).unwrap_or(&[]);
        Weights { bytes, scales: &self.scales, bias: &self.bias, offsets: &self.offsets }
    }
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }
}

/// Rows of signed bytes with a scale each.
pub(crate) struct Table {
    bytes: Range<usize>,
    scales: Vec<f32>,
    cols: usize,
}

impl Table {
    /// Row `i` (the first, where there is none such) and its scale.
    pub fn row<'a>(&self, file: &'a [u8], i: usize) -> (&'a [u8], f32) {
        let i = if i < self.scales.len() { i } else { 0 };
        let start = self.bytes.start + i * self.cols;
        (file.get(start..start + self.cols).unwrap_or(&[]), self.scales.get(i).copied().unwrap_or(0.0))
    }
    pub fn rows(&self) -> usize {
        self.scales.len()
    }
}

impl<'a> File<'a> {
    /// Checks magic, version, checksum and that every tensor lies within the file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let short = || Error::format("the file ends early");
        let prelude = bytes.get(..PRELUDE).ok_or_else(short)?;
        if &prelude[..8] != MAGIC {
            return Err(Error::format("this is no model file"));
        }
        let number = |at: usize| u32::from_le_bytes([prelude[at], prelude[at + 1], prelude[at + 2], prelude[at + 3]]);
        if number(8) != VERSION {
            return Err(Error::format(format!(
                "version {} of the file is not known; this program reads version {VERSION}",
                number(8)
            )));
        }
        let data = PRELUDE + number(12) as usize;
        if Sha256::digest(&bytes[PRELUDE..]).as_slice() != &prelude[16..48] {
            return Err(Error::checksum());
        }
        let header: Header =
            serde_json::from_slice(bytes.get(PRELUDE..data).ok_or_else(short)?).map_err(|e| Error::format(e.to_string()))?;
        Ok(File { bytes, header, data })
    }

    fn tensor(&self, name: &str, kind: &str) -> Result<(Range<usize>, &[usize]), Error> {
        let t = self
            .header
            .tensors
            .get(name)
            .filter(|t| t.kind == kind)
            .ok_or_else(|| Error::format(format!("no tensor {name} ({kind})")))?;
        let size = t.shape.iter().product::<usize>() * if kind == "i8" || kind == "u8" { 1 } else { 4 };
        let start = self.data + t.offset;
        match self.bytes.get(start..start + size) {
            Some(_) => Ok((start..start + size, &t.shape)),
            None => Err(Error::format(format!("tensor {name} lies outside the file"))),
        }
    }

    /// Floating-point numbers.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, Error> {
        let (range, _) = self.tensor(name, "f32")?;
        Ok(self.bytes[range].as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Text, UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, Error> {
        let (range, _) = self.tensor(name, "u8")?;
        std::str::from_utf8(&self.bytes[range]).map_err(|e| Error::format(e.to_string()))
    }

    /// A matrix with so many inputs.
    pub fn linear(&self, name: &str, inputs: usize) -> Result<Linear, Error> {
        let (bytes, shape) = self.tensor(name, "i8")?;
        let scales = self.floats(&format!("{name}.scale"))?;
        let bias = self.floats(&format!("{name}.bias"))?;
        let (range, _) = self.tensor(&format!("{name}.offset"), "i32")?;
        let offsets: Vec<i32> = self.bytes[range].as_chunks::<4>().0.iter().map(|b| i32::from_le_bytes(*b)).collect();
        let outputs = scales.len();
        if shape != [outputs, inputs]
            || bias.len() != outputs
            || offsets.len() != outputs
            || !outputs.is_multiple_of(WIDTH)
            || !inputs.is_multiple_of(WIDTH)
        {
            return Err(Error::format(format!("matrix {name} has the wrong shape {shape:?}")));
        }
        Ok(Linear { bytes, scales, bias, offsets })
    }

    /// Rows of so many bytes.
    pub fn table(&self, name: &str, cols: usize) -> Result<Table, Error> {
        let (bytes, shape) = self.tensor(name, "i8")?;
        let scales = self.floats(&format!("{name}.scale"))?;
        if shape != [scales.len(), cols] || scales.is_empty() {
            return Err(Error::format(format!("table {name} has the wrong shape {shape:?}")));
        }
        Ok(Table { bytes, scales, cols })
    }

    /// The labels of a head, in the order of its outputs.
    pub fn labels(&self, head: &str) -> Result<&[String], Error> {
        self.header.labels.get(head).map(Vec::as_slice).ok_or_else(|| Error::format(format!("no labels for {head}")))
    }

    /// Where in the outputs of a joined matrix a part begins, and how many outputs it has.
    pub fn part(&self, matrix: &str, part: &str) -> Result<(usize, usize), Error> {
        let found = self.header.parts.get(matrix).and_then(|m| m.get(part));
        found.copied().ok_or_else(|| Error::format(format!("no part {part} in {matrix}")))
    }
}
