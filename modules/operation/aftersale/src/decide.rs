//! Deciding cases.

use crate::{
    ANSWER, Closed, Escalated, Granted, Ground, Happening, Head, Refusal, Refused, Side, State, Withdrawn, find::head,
    open::write_words,
};
use kernel::{Id, Result, Text, Time, kinds};
use store::{Tx, args, sql};

/// Says yes, and why in words. The flow reckons and records the refund in the same act.
///
/// # Errors
/// `not_found`, `case_decided`.
pub fn grant(tx: &mut Tx, id: Id<kinds::Case>, ground: Ground, words: Option<&Text<2000>>) -> Result<Head> {
    let case = end(tx, id, Happening::Grant, Some(ground))?;
    let Head { ord: order, shop, buyer, kind, version, .. } = case;
    write_words(tx, id, version, side_of(ground), words)?;
    tx.emit(&Granted { case: id, order, shop, buyer, kind, ground }, version)?;
    Ok(case)
}

/// Says no, and why in words.
///
/// # Errors
/// `not_found`, `case_decided`.
pub fn refuse(tx: &mut Tx, id: Id<kinds::Case>, ground: Ground, words: Option<&Text<2000>>) -> Result<Head> {
    let case = end(tx, id, Happening::Refuse, Some(ground))?;
    let Head { ord: order, shop, buyer, version, .. } = case;
    write_words(tx, id, version, side_of(ground), words)?;
    tx.emit(&Refused { case: id, order, shop, buyer, ground }, version)?;
    Ok(case)
}

/// Whose words go with a decision.
fn side_of(ground: Ground) -> Side {
    if ground == Ground::Ruling { Side::Operator } else { Side::Seller }
}

/// Gives it to the operator, who rules until an instant; his silence decides nothing.
///
/// # Errors
/// `not_found`, `case_decided`.
pub fn to_operator(tx: &mut Tx, id: Id<kinds::Case>, rule_by: Time) -> Result<Head> {
    let before = head(tx, id)?;
    let next = before.state.after(Happening::Escalate).ok_or_else(|| decided(before.state))?;
    let (now, by) = (tx.now(), tx.actor().party());
    let sql = sql!(
        "update aftersale_case
         set state = $3, answer_by = $4, escalated_at = $5, escalated_by = $6, version = version + 1
         where home = $1 and id = $2 and state = $7"
    );
    if tx.exec(sql, args![id.home(), id, next, rule_by, now, by, before.state])? == 0 {
        return Err(decided(head(tx, id)?.state));
    }
    tx.drop_timer(ANSWER, id.raw(), id.home())?;
    let case = head(tx, id)?;
    let Head { ord: order, shop, buyer, version, .. } = case;
    tx.emit(&Escalated { case: id, order, shop, buyer, rule_by }, version)?;
    Ok(case)
}

/// Keeps what a side says with the change that it just made.
///
/// # Errors
/// What the engine says.
pub fn say(tx: &mut Tx, case: &Head, side: Side, words: &Text<2000>) -> Result<()> {
    write_words(tx, case.id, case.version, side, Some(words))
}

/// Takes it back.
///
/// # Errors
/// `not_found`, `case_decided`.
pub fn withdraw(tx: &mut Tx, id: Id<kinds::Case>) -> Result<()> {
    let Head { ord: order, shop, buyer, version, .. } = end(tx, id, Happening::Withdraw, None)?;
    tx.emit(&Withdrawn { case: id, order, shop, buyer }, version)
}

/// Closes it because what it was about was settled in another way.
///
/// # Errors
/// `not_found`, `case_decided`.
pub fn close(tx: &mut Tx, id: Id<kinds::Case>) -> Result<()> {
    let Head { ord: order, shop, buyer, version, .. } = end(tx, id, Happening::Close, None)?;
    tx.emit(&Closed { case: id, order, shop, buyer }, version)
}

/// Moves an open case to its end and sets its lines free.
fn end(tx: &mut Tx, id: Id<kinds::Case>, happening: Happening, ground: Option<Ground>) -> Result<Head> {
    let before = head(tx, id)?;
    // Once it is the operator's, the seller's word and his silence come too late, though a ruling may still grant it.
    let sellers = matches!(ground, Some(Ground::SellersChoice | Ground::Silence));
    if sellers && before.state != State::Asked {
        return Err(decided(before.state));
    }
    let next = before.state.after(happening).ok_or_else(|| decided(before.state))?;
    let (now, by) = (tx.now(), tx.actor().party());
    let sql = sql!(
        "update aftersale_case
         set state = $3, decided_at = $4, decided_by = $5, ground = $6, version = version + 1
         where home = $1 and id = $2 and state = $7"
    );
    if tx.exec(sql, args![id.home(), id, next, now, by, ground, before.state])? == 0 {
        // Somebody else was faster: what he did is the answer.
        return Err(decided(head(tx, id)?.state));
    }
    let sql = sql!("delete from aftersale_open where home = $1 and ord = $2 and case_id = $3");
    tx.exec(sql, args![id.home(), before.ord, id])?;
    if before.state == State::Asked {
        tx.drop_timer(ANSWER, id.raw(), id.home())?;
    }
    head(tx, id)
}

fn decided(state: State) -> kernel::Error {
    Refusal::CaseDecided { state: state.word() }.into()
}
