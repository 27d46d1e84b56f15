//! Opens a file, plain or gzip.

use crate::Refusal;
use flate2::bufread::MultiGzDecoder;
use kernel::Result;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Opens a file; what it is packed in is told by its first two bytes, not by its name.
///
/// # Errors
/// `file_unreadable`.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>> {
    let unreadable = |error: std::io::Error| Refusal::FileUnreadable { why: error.to_string() };
    let file = File::open(path).map_err(unreadable)?;
    Ok(unpacked(BufReader::with_capacity(1 << 16, file)).map_err(unreadable)?)
}

/// The bytes as they were before packing.
pub(crate) fn unpacked(mut input: impl BufRead + Send + 'static) -> std::io::Result<Box<dyn Read + Send>> {
    let packed = input.fill_buf()?.starts_with(&GZIP);
    Ok(if packed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) })
}
