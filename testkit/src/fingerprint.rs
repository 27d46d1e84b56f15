//! Whether anything changed at all.

use crate::{Market, market::must};
use kernel::Result;
use sha2::{Digest, Sha256};
use store::{Col, Read, Row};

/// What may change though nothing happened: a refusal leaves its audit row, which is sealed later; leases of ids are
/// renewed; and answers that were kept say that something happened elsewhere.
const APART: [&str; 5] = ["store_audit", "store_seal", "store_node", "store_once", "store_migration"];

impl Market {
    /// A hash over every row of every table, but the audit log, the leases and the answers that were kept.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn fingerprint(&self) -> String {
        let hash = must("the database can be read", self.store().snapshot(fingerprint).wait());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn fingerprint(read: &mut Read) -> Result<Vec<u8>> {
    let mut hash = Sha256::new();
    for table in store::tables(read)?.iter().filter(|table| !APART.contains(&table.as_str())) {
        hash.update(table);
        // Sorted here, because the engines sort texts and nothing by rules of their own.
        let mut rows: Vec<[u8; 32]> = Vec::new();
        read.ask(&format!("select * from {table}"), |row| {
            rows.push(of_row(row)?);
            Ok(())
        })?;
        rows.sort_unstable();
        rows.iter().for_each(|row| hash.update(row));
    }
    Ok(hash.finalize().to_vec())
}

fn of_row(row: &Row) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    for at in 0..row.width() {
        match row.col(at)? {
            Col::Null => hash.update([0]),
            Col::Int(n) => field(&mut hash, 1, &n.to_be_bytes()),
            Col::Real(x) => field(&mut hash, 2, &x.to_be_bytes()),
            Col::Text(text) => field(&mut hash, 3, text.as_bytes()),
            Col::Blob(bytes) => field(&mut hash, 4, bytes),
        }
    }
    Ok(hash.finalize().into())
}

fn field(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
