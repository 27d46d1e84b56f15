//! The operator's list. It looks over all homes, so nothing is decided on it: a ruling reads its case again.

use crate::{Head, find::head_of};
use kernel::{Cursor, Page, Result};
use store::{Read, across, args};

/// The cases that the operator has, the most urgent first.
///
/// # Errors
/// What the engine says.
pub fn waiting_for_operator(read: &mut Read, cursor: Option<Cursor>, limit: usize) -> Result<Page<Head>> {
    let Cursor { sort, id } = cursor.unwrap_or(Cursor { sort: i64::MIN, id: 0 });
    let sql = across!(
        "select id, ord, shop, buyer, kind, state, reason, asked_by, asked_at, answer_by,
           escalated_by, escalated_at, decided_by, decided_at, ground, version
         from aftersale_case
         where state = 'with_operator' and (answer_by > $1 or (answer_by = $1 and id > $2))
         order by answer_by, id
         limit $3"
    );
    let waiting = read.all(sql, args![sort, id, limit + 1], head_of)?;
    let key = |head: &Head| Cursor { sort: head.answer_by.map_or(i64::MAX, |by| by.0), id: head.id.raw() };
    Ok(Page::of(waiting, limit, key))
}
