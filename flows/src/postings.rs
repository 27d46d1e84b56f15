//! Which accounts each event debits and credits. The whole table of postings of the market stands here and nowhere
//! else; the domain's table of postings (分录) names the same rows. Debits on the left, credits on the right.

use kernel::{Currency, Home, Id, Money, Result, kinds};
use ledger::{
    Account::{
        Bank, Channel, Commission, Escrow, FoldTransit, PayoutTransit, RefundTransit, ShopAvailable, ShopDeposit,
        ShopPending, ShopReceivable, ShopReserve, Unmatched,
    },
    Draft,
};
use store::Tx;

/// The owner number of the platform's own accounts.
const PLATFORM: i64 = 0;

/// The owner number of a channel's accounts.
pub(crate) fn channel_number(code: &str) -> i64 {
    match code {
        "sandbox" => 1,
        other => 4096 + Home::of_text(other).raw(),
    }
}

/// pay 支付: the channel has the money; the order's escrow owes it.
pub(crate) fn pay(
    tx: &mut Tx,
    payment: Id<kinds::Payment>,
    channel: &str,
    parts: &[(Id<kinds::Order>, Money)],
) -> Result<()> {
    for (part, (order, amount)) in (0..).zip(parts) {
        let entry = Draft::new("pay", payment).part(part).about(*order);
        ledger::post(tx, entry.debit(Channel, channel_number(channel), *amount).credit(Escrow, order.raw(), *amount))?;
    }
    Ok(())
}

/// pay after closing 迟到支付, second payment: money without an order, which goes back at once.
pub(crate) fn pay_late(
    tx: &mut Tx,
    payment: Id<kinds::Payment>,
    channel: &str,
    refund: Id<kinds::PaymentRefund>,
    amount: Money,
) -> Result<()> {
    let came = Draft::new("pay_late", payment);
    ledger::post(tx, came.debit(Channel, channel_number(channel), amount).credit(Unmatched, payment.raw(), amount))?;
    let goes = Draft::new("refund_late", refund);
    ledger::post(tx, goes.debit(Unmatched, payment.raw(), amount).credit(RefundTransit, refund.raw(), amount))
}

/// Where an order's money stands when some of it goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pot {
    /// Not confirmed yet.
    Escrow,
    /// Confirmed, not settled.
    Pending,
    /// Settled: the shop's sub-balance in the buyer's home, which may go below zero until it is folded.
    Available,
}

/// refund before or after confirmation: from where the money stands, the commission's share from the commission.
pub(crate) fn refund(
    tx: &mut Tx,
    refund: Id<kinds::Refund>,
    order: &order::Order,
    pot: Pot,
    commission_back: i64,
    transits: &[(Id<kinds::PaymentRefund>, Money)],
) -> Result<()> {
    let total = transits.iter().map(|(_, amount)| amount.minor).sum::<i64>();
    let entry = Draft::new("refund", refund).about(order.id);
    let entry = match pot {
        Pot::Escrow => entry.debit(Escrow, order.id.raw(), order.money(total)),
        Pot::Pending => entry.debit(ShopPending, order.shop.raw(), order.money(total - commission_back)),
        Pot::Available => entry.debit(ShopAvailable, order.shop.raw(), order.money(total - commission_back)),
    };
    let entry = match pot {
        Pot::Escrow => entry,
        Pot::Pending | Pot::Available => entry.debit(Commission, PLATFORM, order.money(commission_back)),
    };
    let credit = |entry: Draft, (refund, amount): &(Id<_>, Money)| entry.credit(RefundTransit, refund.raw(), *amount);
    ledger::post(tx, transits.iter().fold(entry, credit))
}

/// The channel says refunded: nothing is owed to the buyer any more.
pub(crate) fn refunded(
    tx: &mut Tx,
    refund: Id<kinds::PaymentRefund>,
    channel: &str,
    about: Option<Id<kinds::Order>>,
    amount: Money,
) -> Result<()> {
    let entry = Draft::new("refunded", refund);
    let entry = about.into_iter().fold(entry, Draft::about);
    ledger::post(tx, entry.debit(RefundTransit, refund.raw(), amount).credit(Channel, channel_number(channel), amount))
}

/// confirm 确认收货: the shop is owed what stays paid, less commission.
pub(crate) fn confirm(tx: &mut Tx, order: &order::Order, kept: i64, commission: i64) -> Result<()> {
    let entry = Draft::new("confirm", order.id).about(order.id).debit(Escrow, order.id.raw(), order.money(kept));
    let entry = entry.credit(ShopPending, order.shop.raw(), order.money(kept - commission));
    ledger::post(tx, entry.credit(Commission, PLATFORM, order.money(commission)))
}

/// settle T+N 结算: the shop may have it, less what is held back.
pub(crate) fn settle(tx: &mut Tx, order: &order::Order, net: i64, reserve: i64) -> Result<()> {
    let entry = Draft::new("settle", order.id).about(order.id).debit(ShopPending, order.shop.raw(), order.money(net));
    let entry = entry.credit(ShopAvailable, order.shop.raw(), order.money(net - reserve));
    ledger::post(tx, entry.credit(ShopReserve, order.shop.raw(), order.money(reserve)))
}

/// reserve released: what was held back of an order.
pub(crate) fn release_reserve(tx: &mut Tx, order: &order::Order, reserve: i64) -> Result<()> {
    let entry = Draft::new("release_reserve", order.id).about(order.id);
    let entry = entry.debit(ShopReserve, order.shop.raw(), order.money(reserve));
    ledger::post(tx, entry.credit(ShopAvailable, order.shop.raw(), order.money(reserve)))
}

/// deposit in 保证金: a shop pays its deposit through a channel.
pub(crate) fn deposit_in(tx: &mut Tx, shop: Id<kinds::Shop>, channel: &str, amount: Money, number: i64) -> Result<()> {
    let entry = Draft::new("deposit_in", shop).part(number).debit(Channel, channel_number(channel), amount);
    ledger::post(tx, entry.credit(ShopDeposit, shop.raw(), amount))
}

/// A sub-balance comes home: it leaves the buyer's home and arrives in the shop's. `minor` is what the shop is owed
/// there, below zero where refunds overdrew it.
pub(crate) fn fold(
    tx: &mut Tx,
    shop: Id<kinds::Shop>,
    from: Home,
    pot: ledger::Account,
    amount: Money,
    number: i64,
) -> Result<()> {
    // Two entries, one per home: legs and the balances they move share a home. Told apart by the fold's number.
    let leaves = Draft::new("fold_out", shop).in_home(from).part(number);
    ledger::post(tx, leaves.debit(pot, shop.raw(), amount).credit(FoldTransit, shop.raw(), amount))?;
    let arrives = Draft::new("fold_in", shop).part(number);
    ledger::post(tx, arrives.debit(FoldTransit, shop.raw(), amount).credit(pot, shop.raw(), amount))
}

/// A debt is taken from the shop's deposit, and what is left of it the shop owes.
pub(crate) fn cover_debt(
    tx: &mut Tx,
    number: Id<kinds::Payout>,
    shop: Id<kinds::Shop>,
    deposit: Money,
    owed: Money,
) -> Result<()> {
    let entry = Draft::new("cover_debt", number).debit(ShopReceivable, shop.raw(), owed);
    let entry = entry.debit(ShopDeposit, shop.raw(), deposit);
    ledger::post(tx, entry.credit(ShopAvailable, shop.raw(), deposit.plus(owed)?))
}

/// payout asked 打款: it left the shop's balance, the bank is not certain.
pub(crate) fn payout_asked(tx: &mut Tx, payout: Id<kinds::Payout>, shop: Id<kinds::Shop>, amount: Money) -> Result<()> {
    let entry = Draft::new("payout", payout).debit(ShopAvailable, shop.raw(), amount);
    ledger::post(tx, entry.credit(PayoutTransit, payout.raw(), amount))
}

/// payout done: the bank has paid.
pub(crate) fn payout_done(tx: &mut Tx, payout: Id<kinds::Payout>, amount: Money) -> Result<()> {
    let entry = Draft::new("payout_done", payout).debit(PayoutTransit, payout.raw(), amount);
    ledger::post(tx, entry.credit(Bank, PLATFORM, amount))
}

/// payout failed 打款失败: the shop has it back.
pub(crate) fn payout_failed(
    tx: &mut Tx,
    payout: Id<kinds::Payout>,
    shop: Id<kinds::Shop>,
    amount: Money,
) -> Result<()> {
    let entry = Draft::new("payout_failed", payout).debit(PayoutTransit, payout.raw(), amount);
    ledger::post(tx, entry.credit(ShopAvailable, shop.raw(), amount))
}

/// What an account owes in a home, held until the act ends: for whoever decides by it.
pub(crate) fn owed_and_held(
    tx: &mut Tx,
    account: ledger::Account,
    shop: Id<kinds::Shop>,
    currency: Currency,
    home: Home,
) -> Result<Money> {
    ledger::hold(tx, account, shop.raw(), currency, home)?.negated()
}

/// What an account owes in a home: the opposite of its debit balance. For pages; and for whoever asks first whether
/// there is anything to decide at all.
pub(crate) fn owed(
    read: &mut store::Read,
    account: ledger::Account,
    shop: Id<kinds::Shop>,
    currency: Currency,
    home: Home,
) -> Result<Money> {
    ledger::balance(read, account, shop.raw(), currency, home)?.negated()
}
