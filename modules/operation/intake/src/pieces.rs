//! Cuts a stream into the pieces that hold one record each: lines, or for CSV lines that a quoted cell may join.
//! Memory is bounded: a piece longer than [`LINE_BYTES_MAX`] is refused and skipped, never held.

use crate::{Format, refusal::Fault};
use std::io::{ErrorKind, Read};

/// The longest record that is read, in bytes: seventy times the longest of a real catalogue of electronics.
pub const LINE_BYTES_MAX: usize = 1 << 20;

const CHUNK: usize = 1 << 16;

/// Where in a CSV record the scanner stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside quotes: the cell's end, or the first half of a doubled quote.
    QuoteInQuoted,
}

/// Reads pieces. After an error of the stream there are no more.
pub(crate) struct Pieces<R> {
    input: R,
    quotes: Option<u8>,
    window: Vec<u8>,
    start: usize,
    scanned: usize,
    at: At,
    ended: bool,
    broken: Option<Fault>,
    line: u64,
}

enum Cut {
    /// A record of so many bytes, and a line break behind it.
    Whole(usize),
    /// More bytes are needed.
    Open,
}

impl<R: Read> Pieces<R> {
    pub fn new(input: R, format: Format, delimiter: u8) -> Pieces<R> {
        let quotes = (format == Format::Csv).then_some(delimiter);
        let (window, at) = (Vec::new(), At::CellStart);
        Pieces { input, quotes, window, start: 0, scanned: 0, at, ended: false, broken: None, line: 1 }
    }

    /// How many bytes it has room for.
    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.window.capacity()
    }

    /// The first bytes of the stream, up to `count`, left where they are.
    pub fn peek(&mut self, count: usize) -> &[u8] {
        while self.window.len() < count && !self.ended {
            self.fill();
        }
        &self.window[..count.min(self.window.len())]
    }

    /// Passes over bytes that [`Pieces::peek`] showed.
    pub fn skip(&mut self, count: usize) {
        self.start += count;
        self.scanned = self.start;
    }

    /// The next record's bytes without the line break that ends it, and the line it begins on; none at the end.
    pub fn next(&mut self) -> Option<(u64, Result<Vec<u8>, Fault>)> {
        loop {
            let line = self.line;
            match self.scan() {
                Cut::Whole(length) if length > LINE_BYTES_MAX => {
                    self.advance(length + 1);
                    return Some((line, Err(too_long())));
                }
                Cut::Whole(length) => return Some((line, Ok(self.take(length, 1)))),
                Cut::Open if self.ended => return self.last(),
                Cut::Open if self.window.len() - self.start > LINE_BYTES_MAX => {
                    return Some((line, Err(self.pass_over())));
                }
                Cut::Open => self.fill(),
            }
        }
    }

    /// What is left when the stream has ended. Where it broke off, the half record before the break is not read.
    fn last(&mut self) -> Option<(u64, Result<Vec<u8>, Fault>)> {
        let (line, length) = (self.line, self.window.len() - self.start);
        if let Some(fault) = self.broken.take() {
            self.advance(length);
            return Some((line, Err(fault)));
        }
        if length == 0 {
            return None;
        }
        if self.at == At::Quoted {
            return Some((line, Err(self.pass_over())));
        }
        Some((line, Ok(self.take(length, 0))))
    }

    fn take(&mut self, length: usize, line_break: usize) -> Vec<u8> {
        let piece = self.window[self.start..self.start + length].to_vec();
        self.advance(length + line_break);
        piece
    }

    fn advance(&mut self, bytes: usize) {
        let passed = &self.window[self.start..self.start + bytes];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.skip(bytes);
        self.at = At::CellStart;
    }

    /// Looks on from where it stopped for the line break that ends the record.
    fn scan(&mut self) -> Cut {
        while let Some(&byte) = self.window.get(self.scanned) {
            self.scanned += 1;
            if byte == b'\n' && self.at != At::Quoted {
                return Cut::Whole(self.scanned - 1 - self.start);
            }
            if let Some(delimiter) = self.quotes {
                self.at = step(self.at, byte, delimiter);
            }
        }
        Cut::Open
    }

    /// Refuses what cannot be one record. A quote that never closes costs its own line only: what follows is read anew.
    fn pass_over(&mut self) -> Fault {
        let held = &self.window[self.start..];
        let first_break = held.iter().position(|byte| *byte == b'\n');
        if self.at == At::Quoted && (first_break.is_some() || self.ended) {
            let length = first_break.map_or(held.len(), |at| at + 1);
            self.advance(length);
            return Fault::new("unclosed_quote", "a quote is opened on this line and never closed");
        }
        self.skip_line();
        too_long()
    }

    /// Drops bytes until a line break, keeping none of them.
    fn skip_line(&mut self) {
        loop {
            let held = &self.window[self.start..];
            if let Some(at) = held.iter().position(|byte| *byte == b'\n') {
                return self.advance(at + 1);
            }
            self.advance(held.len());
            if self.ended {
                return;
            }
            self.fill();
        }
    }

    /// Reads on; what goes wrong is kept until the records before it have been handed out.
    fn fill(&mut self) {
        self.window.drain(..self.start);
        self.scanned -= self.start;
        self.start = 0;
        let length = self.window.len();
        self.window.resize(length + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.window[length..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.window.truncate(length + *read.as_ref().unwrap_or(&0));
        self.ended = !matches!(read, Ok(1..));
        self.broken = read.err().map(|error| broken(&error));
    }
}

fn too_long() -> Fault {
    Fault::new("line_too_long", format!("longer than {LINE_BYTES_MAX} bytes"))
}

fn broken(error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::UnexpectedEof => Fault::new("cut_short", "the packed file ends in the middle"),
        _ => Fault::new("unreadable", error.to_string()),
    }
}

/// The same reading of quotes as the `csv` crate's: a quote counts at the beginning of a cell only.
fn step(at: At, byte: u8, delimiter: u8) -> At {
    match (at, byte) {
        (At::Quoted, b'"') => At::QuoteInQuoted,
        (At::Quoted, _) | (At::CellStart | At::QuoteInQuoted, b'"') => At::Quoted,
        (_, b'\r') => At::CellStart,
        (_, byte) if byte == delimiter => At::CellStart,
        _ => At::Bare,
    }
}
