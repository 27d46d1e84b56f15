//! Events on their way to their reactions: looked for without a lock, claimed by compare-and-set where several
//! processes look, and delivered at least once.

use crate::{Event, Read, Tx, across, args, sql};
use kernel::{Error, Home, Id, Result, Time, kinds};

/// An event that waits for its reactions.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its home.
    pub home: Home,
    /// Its id: what makes each reaction idempotent.
    pub id: Id<kinds::Event>,
    /// `<room>.<past participle>`.
    pub name: String,
    /// Of the shape.
    pub version: i64,
    /// The raw id of the thing it happened to.
    pub root: i64,
    /// The root's own count of its changes.
    pub seq: i64,
    /// The JSON body.
    pub body: String,
    /// When it happened.
    pub at: Time,
    /// How often delivering it was begun before.
    pub tries: i64,
}

impl Delivery {
    /// The event itself, if it is an `E`.
    ///
    /// # Errors
    /// Broken where the body does not fit its name.
    pub fn as_event<E: Event>(&self) -> Result<Option<E>> {
        if self.name != E::NAME || self.version != E::VERSION {
            return Ok(None);
        }
        serde_json::from_str(&self.body).map(Some).map_err(Error::broken)
    }
}

/// The oldest events that wait and may be tried now.
///
/// # Errors
/// What the engine says.
pub fn pending_events(read: &mut Read, now: Time, limit: i64) -> Result<Vec<Delivery>> {
    let sql = across!(
        "select home, id, name, version, root, seq, body, at, tries
         from store_event
         where done_at is null and not_before <= $1
         order by id
         limit $2"
    );
    read.all(sql, args![now, limit], |row| {
        Ok(Delivery {
            home: row.get(0)?,
            id: row.get(1)?,
            name: row.get(2)?,
            version: row.get(3)?,
            root: row.get(4)?,
            seq: row.get(5)?,
            body: row.get(6)?,
            at: row.get(7)?,
            tries: row.get(8)?,
        })
    })
}

/// Marks an event as delivered, in the act of its reactions; false where somebody else was faster.
///
/// # Errors
/// What the engine says.
pub fn deliver(tx: &mut Tx, delivery: &Delivery) -> Result<bool> {
    let sql = sql!(
        "update store_event
         set done_at = $3, tries = tries + 1
         where home = $1 and id = $2 and done_at is null"
    );
    let now = tx.now;
    Ok(tx.exec(sql, args![delivery.home, delivery.id, now])? == 1)
}

impl Tx<'_> {
    /// Puts an event off after its reactions failed, longer each time up to an hour.
    ///
    /// # Errors
    /// What the engine says.
    pub fn put_off(&mut self, delivery: &Delivery) -> Result<()> {
        let next = self.now.plus(crate::timer::back_off(delivery.tries));
        let sql = sql!(
            "update store_event
             set tries = tries + 1, not_before = $3
             where home = $1 and id = $2 and done_at is null"
        );
        self.exec(sql, args![delivery.home, delivery.id, next])?;
        Ok(())
    }
}
