//! What happened, said once, in the act that did it.

use crate::{Tx, args, sql};
use kernel::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};

/// Something that happened to a root: ids and amounts, never personal text. Public API.
pub trait Event: Serialize + DeserializeOwned + Send + 'static {
    /// `<room>.<past participle>`.
    const NAME: &'static str;
    /// Of the shape; fields are only added, a changed meaning is a new version.
    const VERSION: i64;
    /// The raw id of the thing it happened to; its home is the event's home.
    fn root(&self) -> i64;
}

/// Makes a struct an [`Event`]: `event!(Placed, "order.placed", 1, |placed| placed.order)`.
#[macro_export]
macro_rules! event {
    ($type:ty, $name:literal, $version:literal, |$event:ident| $root:expr) => {
        impl $crate::Event for $type {
            const NAME: &'static str = $name;
            const VERSION: i64 = $version;
            fn root(&self) -> i64 {
                let $event = self;
                ($root).raw()
            }
        }
    };
}

impl Tx<'_> {
    /// Says that something happened; `seq` is the root's own count of its changes. Reactions run after the commit,
    /// at least once.
    ///
    /// # Errors
    /// What the engine says.
    pub fn emit<E: Event>(&mut self, event: &E, seq: i64) -> Result<()> {
        let home = kernel::Home::of(event.root());
        let id = self.id::<kernel::kinds::Event>(home)?;
        let body = serde_json::to_string(event).map_err(Error::broken)?;
        let sql = sql!(
            "insert into store_event (home, id, name, version, root, seq, body, channel, storefront, at, tries, not_before)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)"
        );
        let (channel, storefront, now) = (self.cx.channel.code(), self.cx.storefront, self.now);
        self.exec(sql, args![home, id, E::NAME, E::VERSION, event.root(), seq, body, channel, storefront, now])?;
        Ok(())
    }
}
