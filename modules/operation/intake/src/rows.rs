//! From pieces to rows: a row is an object of named values, whichever way the file writes it.

use crate::{Format, Map, Record, Refusal, RefusedLine, pieces::Pieces, record, refusal::Fault};
use kernel::Result;
use serde_json::Value;
use std::{collections::BTreeSet, io::Read};

/// The fields of one good, by name; empty cells are left out.
pub(crate) type Row = serde_json::Map<String, Value>;

/// Reads a file's goods one by one; see [`read`].
pub struct Records<R> {
    pieces: Pieces<R>,
    map: Map,
    columns: Vec<String>,
    is_sound_gtin: fn(&str) -> bool,
}

/// Begins reading: checks the encoding and, for a CSV, its header against the map. `is_sound_gtin` is the catalogue's
/// own check, so that both sides call the same number doubtful.
///
/// # Errors
/// `wrong_encoding`, `header_unreadable`, `column_twice`, `unknown_column`.
pub fn read<R: Read>(input: R, map: Map, is_sound_gtin: fn(&str) -> bool) -> Result<Records<R>> {
    // A delimiter is ASCII, which the map was checked for.
    let pieces = Pieces::new(input, map.format, map.delimiter as u8);
    let mut records = Records { pieces, map, columns: Vec::new(), is_sound_gtin };
    records.pass_byte_order_mark()?;
    if records.map.format == Format::Csv {
        records.read_header()?;
    }
    Ok(records)
}

#[cfg(test)]
impl<R: Read> Records<R> {
    /// How many bytes of the file it has room for.
    pub(crate) fn held(&self) -> usize {
        self.pieces.held()
    }
}

impl<R: Read> Records<R> {
    fn pass_byte_order_mark(&mut self) -> Result<()> {
        match self.pieces.peek(3) {
            [0xef, 0xbb, 0xbf] => self.pieces.skip(3),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(Refusal::WrongEncoding { found: "UTF-16" }.into()),
            _ => {}
        }
        Ok(())
    }

    fn read_header(&mut self) -> Result<()> {
        let Some((_, piece)) = self.pieces.next() else {
            return Ok(());
        };
        let columns = piece.and_then(|piece| cells(&piece, self.map.delimiter as u8));
        let unreadable = |fault: Fault| Refusal::HeaderUnreadable { why: fault.detail };
        let columns: Vec<_> = columns.map_err(unreadable)?.iter().map(|name| name.trim().to_owned()).collect();
        let mut seen = BTreeSet::new();
        if let Some(name) = columns.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(Refusal::ColumnTwice { name: name.chars().take(100).collect() }.into());
        }
        if let Some((name, line)) = self.map.named().find(|(name, _)| !seen.contains(name)) {
            return Err(Refusal::UnknownColumn { name: name.chars().take(100).collect(), line }.into());
        }
        self.columns = columns;
        Ok(())
    }

    fn row(&self, piece: &[u8]) -> Result<Option<Row>, Fault> {
        match self.map.format {
            Format::Jsonl => object(piece),
            Format::Csv => {
                let cells = cells(piece, self.map.delimiter as u8)?;
                if cells.is_empty() {
                    return Ok(None);
                }
                if cells.len() != self.columns.len() {
                    let detail = format!("{} cells where the header has {}", cells.len(), self.columns.len());
                    return Err(Fault::new("wrong_cell_count", detail));
                }
                let filled = self.columns.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty());
                Ok(Some(filled.map(|(name, cell)| (name.clone(), Value::from(cell.as_str()))).collect()))
            }
        }
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Record, RefusedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, piece) = self.pieces.next()?;
            let row = piece.and_then(|piece| self.row(&piece));
            let made = match row {
                Ok(None) => continue,
                Ok(Some(row)) => record::make(line, &row, &self.map, self.is_sound_gtin),
                Err(fault) => Err(fault),
            };
            return Some(made.map_err(|fault| fault.on(line)));
        }
    }
}

/// The text of a record's bytes.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Fault::new("not_utf8", format!("byte {:#04x} at byte {} of the line", bytes[at], at + 1))
    })
}

/// The object on a line of JSONL; none for an empty line.
fn object(bytes: &[u8]) -> Result<Option<Row>, Fault> {
    let text = utf8(bytes)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let malformed = |why: String| Fault::new("malformed_json", why);
    match serde_json::from_str(text).map_err(|error| malformed(error.to_string()))? {
        Value::Object(row) => Ok(Some(row)),
        _ => Err(malformed("the line is JSON, but no object".to_owned())),
    }
}

/// The cells of one CSV record; empty for an empty line.
pub(crate) fn cells(bytes: &[u8], delimiter: u8) -> Result<Vec<String>, Fault> {
    let text = utf8(bytes)?;
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(bytes.len().max(1));
    let mut reader = builder.from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let malformed = |error: csv::Error| Fault::new("malformed_csv", error.to_string());
    if !reader.read_record(&mut record).map_err(malformed)? {
        return Ok(Vec::new());
    }
    let cells = record.iter().map(str::to_owned).collect();
    if reader.read_record(&mut record).map_err(malformed)? {
        return Err(Fault::new("malformed_csv", "a carriage return stands in the middle of the line"));
    }
    Ok(cells)
}
