//! A CSV file as rows of cells under its header, for readers that have rules of their own and need no map.

use crate::{
    Format, Refusal, RefusedLine,
    pieces::Pieces,
    refusal::Fault,
    rows::{cells, utf8},
};
use kernel::Result;
use std::io::Read;

/// The rows of a CSV file; memory is bounded however long a line is.
pub struct Table<R> {
    pieces: Pieces<R>,
    // Building a reader costs more than reading a line with it, so one reads them all.
    reader: csv::Reader<Fed>,
    record: csv::StringRecord,
}

/// What the reader reads from: the one line that it was fed.
#[derive(Default)]
struct Fed {
    line: Vec<u8>,
    read: usize,
}

impl Read for Fed {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = (&self.line[self.read..]).read(into)?;
        self.read += count;
        Ok(count)
    }
}

/// Begins reading a CSV file whose first line is `header`.
///
/// # Errors
/// `header_unreadable` where the first line is another.
pub fn table<R: Read>(input: R, header: &[&str]) -> Result<Table<R>> {
    let mut pieces = Pieces::new(input, Format::Csv, b',');
    if pieces.peek(3) == [0xef, 0xbb, 0xbf] {
        pieces.skip(3);
    }
    let first = pieces.next().map(|(_, piece)| piece.and_then(|piece| cells(&piece, b',')));
    let expected = || Refusal::HeaderUnreadable { why: format!("expected {}", header.join(",")) };
    match first {
        Some(Ok(cells)) if cells.iter().map(|cell| cell.trim()).eq(header.iter().copied()) => {
            let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Fed::default());
            Ok(Table { pieces, reader, record: csv::StringRecord::new() })
        }
        _ => Err(expected().into()),
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Vec<String>, RefusedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, piece) = self.pieces.next()?;
            match piece.and_then(|piece| self.row(piece)) {
                Ok(None) => {}
                Ok(Some(cells)) => return Some(Ok(cells)),
                Err(fault) => return Some(Err(fault.on(line))),
            }
        }
    }
}

impl<R> Table<R> {
    /// The cells of a line; none for an empty one.
    fn row(&mut self, mut piece: Vec<u8>) -> Result<Option<Vec<String>>, Fault> {
        if utf8(&piece)?.trim().is_empty() {
            return Ok(None);
        }
        // The line break ends the record, so that the reader never comes to an end of its input.
        piece.push(b'\n');
        *self.reader.get_mut() = Fed { line: piece, read: 0 };
        let malformed = |error: csv::Error| Fault::new("malformed_csv", error.to_string());
        self.reader.read_record(&mut self.record).map_err(malformed)?;
        Ok(Some(self.record.iter().map(str::to_owned).collect()))
    }
}
