//! Who did what, when, and who was not allowed to. The row is written in the act itself; a forbidden act leaves
//! exactly its row, written after it was taken back.

use crate::{Tx, args, sql};
use kernel::{Result, kinds};

crate::codes! {
    /// How an act ended, for the audit log; other refusals leave no row.
    pub enum Outcome {
        /// It was done.
        Done = "done",
        /// The actor may not do it, or not to another's thing.
        Forbidden = "forbidden",
    }
}

pub(crate) fn note(tx: &mut Tx, act: &'static str, outcome: Outcome, code: &str) -> Result<()> {
    let cx = tx.cx;
    let home = cx.actor.home();
    let id = tx.id::<kinds::Audit>(home)?;
    let sql = sql!(
        "insert into store_audit
           (home, id, at, act, actor, actor_id, subject, outcome, code, request, channel)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let (now, subject) = (tx.now, tx.subject);
    let values = args![
        home,
        id,
        now,
        act,
        cx.actor.word(),
        cx.actor.raw(),
        subject,
        outcome,
        code,
        cx.request,
        cx.channel.code()
    ];
    tx.read.session.exec(sql, values)?;
    Ok(())
}
