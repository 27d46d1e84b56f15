//! The audit log cannot be changed unseen: rows are gathered into batches, and each batch's root is a hash over the
//! root before it and its rows. No act waits for it and no hot row exists; whoever holds a root can verify all before.

use crate::{Read, Row, Tx, across, args, sql};
use kernel::Result;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Something that does not fit in the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// The batch.
    pub number: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// The act under which rows are sealed. Its own rows wait for company: a log of nothing but seals is not sealed.
pub const ACT: &str = "audit.seal";

/// Seals at most `limit` rows that are not sealed yet; answers how many.
///
/// # Errors
/// What the engine says.
pub fn seal(tx: &mut Tx, limit: i64) -> Result<i64> {
    let last = across!(
        "select number, root
         from store_seal
         order by number desc
         limit 1"
    );
    let last = tx.opt(last, args![], |row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?)))?;
    let (number, root) = last.map_or((1, Vec::new()), |(number, root)| (number + 1, root));
    let open = across!(
        "select id, at, act, actor, actor_id, subject, outcome, code, request, channel, home
         from store_audit
         where seal is null
         order by id
         limit $1"
    );
    let mut hash = begin(&root);
    let mut something = false;
    let rows = tx.all(open, args![limit], |row| {
        absorb(&mut hash, row)?;
        something |= row.get::<String>(2)? != ACT;
        Ok((row.get::<i64>(10)?, row.get::<i64>(0)?))
    })?;
    if !something {
        return Ok(0);
    }
    let count = rows.len() as i64;
    let now = tx.now();
    let sql = sql!("insert into store_seal (number, rows, root, at) values ($1, $2, $3, $4)");
    tx.exec(sql, args![number, count, hash.finalize().to_vec(), now])?;
    for (home, id) in rows {
        let sql = sql!("update store_audit set seal = $3 where home = $1 and id = $2 and seal is null");
        tx.exec(sql, args![home, id, number])?;
    }
    Ok(count)
}

/// Goes over the whole chain; answers the batches that do not fit.
///
/// # Errors
/// What the engine says.
pub fn verify(read: &mut Read) -> Result<Vec<Broken>> {
    let mut batches = BTreeMap::new();
    let mut before = Vec::new();
    let seals = across!("select number, rows, root from store_seal order by number");
    read.each(seals, args![], |row| {
        let root: Vec<u8> = row.get(2)?;
        batches.insert(row.get::<i64>(0)?, (begin(&before), row.get::<i64>(1)?, root.clone()));
        before = root;
        Ok(())
    })?;
    let mut broken = Vec::new();
    let rows = across!(
        "select id, at, act, actor, actor_id, subject, outcome, code, request, channel, seal
         from store_audit
         where seal is not null
         order by id"
    );
    read.each(rows, args![], |row| {
        let number = row.get(10)?;
        match batches.get_mut(&number) {
            Some((hash, left, _)) => {
                *left -= 1;
                absorb(hash, row)?;
            }
            None => broken.push(Broken { number, why: "rows name a batch that does not exist" }),
        }
        Ok(())
    })?;
    for (place, (number, (hash, left, root))) in (1..).zip(batches) {
        if number != place {
            broken.push(Broken { number: place, why: "the batch is missing" });
        }
        if left != 0 {
            broken.push(Broken { number, why: "rows of the batch are missing or were added" });
        } else if hash.finalize().as_slice() != root {
            broken.push(Broken { number, why: "rows of the batch were changed" });
        }
    }
    broken.dedup();
    Ok(broken)
}

/// Hands out the sealed log line by line as JSON: the rows of each batch in order of id, then the batch with its root.
/// Whoever has the lines can reckon every root anew: SHA-256 over the previous root and, of each row, its ten fields
/// in their order, a number as the byte 1 and eight bytes big-endian, a text as the byte 2, its length in eight bytes
/// big-endian, and its bytes.
///
/// # Errors
/// What the engine or `line` says.
pub fn export(read: &mut Read, mut line: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut seals = BTreeMap::new();
    let sql = across!("select number, rows, root, at from store_seal order by number");
    read.each(sql, args![], |row| {
        let root: String = row.get::<Vec<u8>>(2)?.iter().map(|byte| format!("{byte:02x}")).collect();
        let (number, rows, at): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(3)?);
        seals.insert(number, serde_json::json!({ "seal": number, "rows": rows, "root": root, "at": at }).to_string());
        Ok(())
    })?;
    let rows = across!(
        "select id, at, act, actor, actor_id, subject, outcome, code, request, channel, seal
         from store_audit
         where seal is not null
         order by seal, id"
    );
    let mut open = None;
    read.each(rows, args![], |row| {
        let number: i64 = row.get(10)?;
        if let Some(sealed) = open.replace(number).filter(|before| *before != number) {
            line(seals.remove(&sealed).as_deref().unwrap_or("{}"))?;
        }
        let text = |at| row.get::<String>(at);
        let fields = serde_json::json!([
            row.get::<i64>(0)?,
            row.get::<i64>(1)?,
            text(2)?,
            text(3)?,
            row.get::<i64>(4)?,
            row.get::<i64>(5)?,
            text(6)?,
            text(7)?,
            text(8)?,
            row.get::<i64>(9)?
        ]);
        line(&fields.to_string())
    })?;
    seals.into_values().try_for_each(|sealed| line(&sealed))
}

fn begin(root: &[u8]) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(root);
    hash
}

/// The ten columns that say what happened, each with its length, so that no two rows read alike.
fn absorb(hash: &mut Sha256, row: &Row) -> Result<()> {
    for at in 0..10 {
        match row.col(at)? {
            crate::Col::Int(n) => {
                hash.update([1]);
                hash.update(n.to_be_bytes());
            }
            crate::Col::Text(text) => {
                hash.update([2]);
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text);
            }
            other => return Err(kernel::Error::broken(format!("an audit row holds {other:?}"))),
        }
    }
    Ok(())
}
