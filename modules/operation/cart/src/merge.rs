//! A guest logs in: his cart joins the account's (offers.md 6).

use crate::verbs::{self, Limits, Line};
use kernel::{Id, Result, kinds};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeMap};
use store::{Tx, args, sql};

/// What became of a guest's lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Merged {
    /// They lie in the account's cart now, or had been there.
    pub in_cart: i64,
    /// The cart was full, or the guest had saved them: saved for later.
    pub saved: i64,
    /// That was full too: still in the guest's cart.
    pub left: i64,
}

/// Moves the guest's lines into the account's cart. Of the same SKU the greater of the two quantities stays, not
/// their sum: who fills a cart twice, once before and once after he logged in, means it once. What the cart has no
/// room for is saved for later, the lines last put first into the cart.
///
/// # Errors
/// What the engine says. A full cart is no refusal: nobody is kept from logging in by it.
pub fn merge(tx: &mut Tx, guest: Id<kinds::Party>, account: Id<kinds::Party>, limits: Limits) -> Result<Merged> {
    if guest == account {
        return Ok(Merged::default());
    }
    // Both rows in ascending order, so that two merges of the same two carts do not wait for each other.
    let (first, second) = if at(guest) < at(account) { (guest, account) } else { (account, guest) };
    verbs::open(tx, first)?;
    verbs::open(tx, second)?;
    let plan = plan(&verbs::lines(tx, account)?, &verbs::lines(tx, guest)?, limits);
    for line in &plan.written {
        verbs::write(tx, account, line)?;
    }
    let sql = sql!("delete from cart_line where home = $1 and buyer = $2 and sku = $3");
    for sku in &plan.taken {
        tx.exec(sql, args![guest.home(), guest, sku])?;
    }
    recount(tx, account)?;
    recount(tx, guest)?;
    Ok(plan.merged)
}

fn at(party: Id<kinds::Party>) -> (i64, i64) {
    (party.home().raw(), party.raw())
}

/// What is to be written into the account's cart and taken from the guest's.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub written: Vec<Line>,
    pub taken: Vec<Id<kinds::Sku>>,
    pub merged: Merged,
}

pub(crate) fn plan(account: &[Line], guest: &[Line], limits: Limits) -> Plan {
    let known: BTreeMap<_, _> = account.iter().map(|line| (line.sku, line)).collect();
    let mut lines = account.iter().filter(|line| !line.saved).count() as i64;
    let mut saved = account.len() as i64 - lines;
    let mut latest: Vec<&Line> = guest.iter().collect();
    latest.sort_by_key(|line| (Reverse(line.added_at), line.sku));
    let mut plan = Plan::default();
    for line in latest {
        let before = known.get(&line.sku).copied();
        let in_cart = before.is_some_and(|before| !before.saved);
        let is_saved = before.is_some_and(|before| before.saved);
        let into_cart = in_cart || (!line.saved && lines < limits.lines_max);
        if !into_cart && !is_saved && saved >= limits.saved_max {
            plan.merged.left += 1;
            continue;
        }
        lines += i64::from(into_cart && !in_cart);
        saved += i64::from(!into_cart) - i64::from(is_saved);
        *(if into_cart { &mut plan.merged.in_cart } else { &mut plan.merged.saved }) += 1;
        plan.taken.push(line.sku);
        plan.written.push(joined(before, line, !into_cart));
    }
    plan
}

/// The price seen and the time are those of the line put later: it is what the buyer remembers.
fn joined(before: Option<&Line>, guest: &Line, saved: bool) -> Line {
    let before = before.unwrap_or(guest);
    let later = if guest.added_at >= before.added_at { guest } else { before };
    Line { units: before.units.max(guest.units), saved, ..*later }
}

/// Counts a cart anew; its row is held since the merge began.
fn recount(tx: &mut Tx, buyer: Id<kinds::Party>) -> Result<()> {
    let sql = sql!(
        "update cart_cart
         set lines = (select count(*) from cart_line where home = $1 and buyer = $2 and saved = 0),
           saved = (select count(*) from cart_line where home = $1 and buyer = $2 and saved = 1)
         where home = $1 and buyer = $2"
    );
    tx.exec(sql, args![buyer.home(), buyer])?;
    Ok(())
}
