//! Ids that never come twice: a process leases a node number and notes ahead how far it will hand out, so one that
//! died and comes back starts above everything it may have given.

use crate::{args, engine::Session, sql};
use kernel::{
    Error, Home, Id, Result, Time,
    id::{COUNTER_BITS, ID_EPOCH_MS},
};
use std::{
    sync::{Mutex, MutexGuard},
    time::{Duration, Instant, SystemTime},
};

/// Bits of node in the counter: sixteen processes on one database, 128 ids a millisecond each.
const NODE_BITS: u32 = 4;
const SLOT_BITS: u32 = COUNTER_BITS - NODE_BITS;
/// Ids are noted ahead in blocks of ten seconds.
const BLOCK_MS: i64 = 10_000;
/// How long a lease holds without being renewed.
const LEASE: Duration = Duration::from_secs(60);

pub(crate) struct Mint {
    state: Mutex<State>,
    holder: i64,
}

#[derive(Default)]
struct State {
    lease: Option<Lease>,
    /// The last tick handed out: a millisecond and a place within it.
    last: i64,
}

struct Lease {
    node: i64,
    renewed: Instant,
    /// The millisecond below which ids may be handed out; noted in the database.
    mark: i64,
}

impl Mint {
    pub fn new(holder: i64) -> Mint {
        Mint { state: Mutex::default(), holder }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Makes sure that the next transaction may hand out ids: leases a node, renews it, notes the next block.
    /// Runs outside the act, so that the note stands even if the act fails; where the transaction around it is taken
    /// back as a whole, [`Mint::distrust`] says so.
    pub fn prepare(&self, session: &mut Session, now: Time) -> Result<()> {
        let mut state = self.lock();
        let millis = (now.0 - ID_EPOCH_MS).max(state.last >> SLOT_BITS).max(0);
        if let Some(lease) = &state.lease {
            let fresh = lease.renewed.elapsed() < LEASE / 3;
            if fresh && millis + BLOCK_MS / 2 < lease.mark {
                return Ok(());
            }
            let mark = (millis + BLOCK_MS).max(lease.mark);
            if note(session, lease.node, self.holder, mark)? {
                state.lease = Some(Lease { node: lease.node, renewed: Instant::now(), mark });
                return Ok(());
            }
            state.lease = None;
        }
        let (node, handed_out) = claim(session, self.holder)?;
        let millis = millis.max(handed_out);
        let mark = millis + BLOCK_MS;
        if !note(session, node, self.holder, mark)? {
            return Err(Error::broken("the node lease was lost while it was taken"));
        }
        state.last = state.last.max(millis << SLOT_BITS);
        state.lease = Some(Lease { node, renewed: Instant::now(), mark });
        Ok(())
    }

    /// What was noted inside a transaction that was taken back does not stand: note it again.
    pub fn distrust(&self) {
        if let Some(lease) = &mut self.lock().lease {
            lease.mark = 0;
        }
    }

    /// The next id; a full millisecond borrows the next.
    pub fn next<K>(&self, now: Time, home: Home) -> Result<Id<K>> {
        let mut state = self.lock();
        let tick = (state.last + 1).max((now.0 - ID_EPOCH_MS).max(0) << SLOT_BITS);
        let millis = tick >> SLOT_BITS;
        let lease = state.lease.as_ref().filter(|lease| lease.renewed.elapsed() < LEASE && millis < lease.mark);
        let Some(lease) = lease else {
            return Err(Error::broken("no lease to make ids with"));
        };
        let slot = tick & ((1 << SLOT_BITS) - 1);
        let id = Id::assemble(millis, (lease.node << SLOT_BITS) | slot, home);
        state.last = tick;
        Ok(id)
    }
}

/// Leases belong to processes, not to the market: they live by the machine's clock.
fn wall() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

fn note(session: &mut Session, node: i64, holder: i64, mark: i64) -> Result<bool> {
    let until = wall() + LEASE.as_millis() as i64;
    let sql = sql!(
        "update store_node
         set handed_out = $3, until = $4
         where node = $1 and holder = $2"
    );
    Ok(session.exec(sql, args![node, holder, mark, until])? == 1)
}

/// Takes the first node that nobody holds; answers it and how far its ids were handed out.
fn claim(session: &mut Session, holder: i64) -> Result<(i64, i64)> {
    let until = wall() + LEASE.as_millis() as i64;
    for node in 0..1 << NODE_BITS {
        let fresh = sql!(
            "insert into store_node (node, holder, until, handed_out)
             values ($1, $2, $3, 0)
             on conflict do nothing"
        );
        let taken = session.exec(fresh, args![node, holder, until])?;
        let expired = sql!(
            "update store_node
             set holder = $2, until = $3
             where node = $1 and (until < $4 or holder = $2)"
        );
        if taken == 1 || session.exec(expired, args![node, holder, until, wall()])? == 1 {
            let mut handed_out = 0;
            session.query(sql!("select handed_out from store_node where node = $1"), args![node], &mut |row| {
                handed_out = row.get(0)?;
                Ok(())
            })?;
            return Ok((node, handed_out));
        }
    }
    Err(Error::broken("all sixteen nodes are taken"))
}
