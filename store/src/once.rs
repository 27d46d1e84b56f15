//! One request, one effect. Every act that changed something leaves a row with the ids of its answer; the same key
//! again is answered from it.

use crate::{Read, Tx, args, sql};
use kernel::{Cx, Error, Home, Result, Time, error::Common};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// The key of an act in `store_once`.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub home: Home,
    pub bytes: Vec<u8>,
    /// Whether it came from outside, so that a second request may carry it.
    pub client: bool,
}

impl Key {
    /// A client's key counts per actor and per act.
    pub fn client(act: &str, cx: &Cx, key: &str) -> Key {
        let mut hash = Sha256::new();
        for part in [act, cx.actor.word(), &cx.actor.raw().to_string(), key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut bytes = vec![1];
        bytes.extend_from_slice(&hash.finalize()[..20]);
        Key { home: cx.actor.home(), bytes, client: true }
    }

    /// Our own key: never seen outside, it makes our own retry safe. Ordered by time, so rows go to the last page.
    pub fn own(cx: &Cx, nonce: u64, now: Time) -> Key {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut bytes = vec![0];
        bytes.extend_from_slice(&now.0.to_be_bytes());
        bytes.extend_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes.extend_from_slice(&nonce.to_be_bytes());
        Key { home: cx.actor.home(), bytes, client: false }
    }
}

/// The answer kept under a key.
///
/// # Errors
/// `idempotency_key_reused` where the key stands for another request.
pub(crate) fn find(read: &mut Read, key: &Key, body: &[u8]) -> Result<Option<String>> {
    let sql = sql!(
        "select body, answer
         from store_once
         where home = $1 and key = $2"
    );
    let kept = read.opt(sql, args![key.home, key.bytes], |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<String>(1)?)))?;
    match kept {
        Some((first, _)) if first != body => Err(Common::KeyReused.into()),
        Some((_, answer)) => Ok(Some(answer)),
        None => Ok(None),
    }
}

/// Keeps an answer; false where another act was faster under the same key.
pub(crate) fn keep(tx: &mut Tx, act: &'static str, key: &Key, body: &[u8], answer: &str) -> Result<bool> {
    let sql = sql!(
        "insert into store_once (home, key, act, client, body, answer, at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing"
    );
    let now = tx.now;
    Ok(tx.exec(sql, args![key.home, key.bytes, act, key.client, body, answer, now])? == 1)
}

/// Forgets answers kept before an instant; at most `limit`, answers how many.
///
/// # Errors
/// What the engine says.
pub fn forget(tx: &mut Tx, before: Time, limit: i64) -> Result<u64> {
    let sql = crate::across!(
        "delete from store_once
         where key in (select key from store_once where at < $1 order by at limit $2)"
    );
    tx.exec(sql, args![before, limit])
}

/// The hash of a request in canonical form: its fields in the order of its type.
///
/// # Errors
/// Broken where it cannot be written as JSON.
pub(crate) fn body_of(request: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    let text = serde_json::to_vec(request).map_err(Error::broken)?;
    Ok(Sha256::digest(text).to_vec())
}
