//! A shop gets its money: its sub-balances are brought home, debts are covered in the order of pots, what is free goes
//! to its bank account. Intend, call the bank, record. [$3]

use crate::{Market, access, postings, settle, timers};
use identity::{Permission, Scope};
use kernel::{Actor, Currency, Cx, Error, Id, Money, Result, SalesChannel, Time, kinds};
use ledger::Account::{ShopAvailable, ShopDeposit};
use market::PayoutSchedule;
use payout::{Reason, Wish, bank::Seen};
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store, Tx};

/// What a shop asks for.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayoutWish {
    /// Whose money.
    pub shop: Id<kinds::Shop>,
    /// How much; none for everything that is free.
    #[serde(default)]
    pub amount: Option<Money>,
}

/// The shop asks for its money, which first comes home from wherever it was earned or given back: what a refund took
/// from a sub-balance is not paid out. The worker tells the bank.
///
/// # Errors
/// `payout_below_minimum`, `balance_short`, `payout_held`, `no_bank_account`, `account_cooling`, `permission_missing`.
pub fn ask(market: &Market, cx: &Cx, wish: PayoutWish) -> Result<Id<kinds::Payout>> {
    if access::may(&market.store, cx, Permission::ShopMoney, Scope::Shop(wish.shop))? {
        gather(market, wish.shop)?;
    }
    let asking = market.store.write(Act::new("payout.ask", cx).over(&wish), move |tx| {
        access::shop(tx, wish.shop, Permission::ShopMoney)?;
        request(tx, &wish, Reason::Asked)
    });
    asking.wait()
}

/// Where a shop has money in other homes than its own; for [`bring_home`].
pub(crate) fn homes_with_money(store: &Store, shop: Id<kinds::Shop>) -> Answer<Vec<kernel::Home>> {
    store.read(move |read| ledger::homes_of(read, shop))
}

/// Brings what a shop has in one home of its buyers into its own home.
///
/// # Errors
/// What the engine says; nothing there is no error.
pub(crate) fn bring_home(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, from: kernel::Home) -> Answer<()> {
    store.write(Act::new("payout.fold", cx), move |tx| {
        access::market(tx)?;
        let currency = merchant::shop(tx, shop)?.currency;
        fold(tx, shop, currency, from)
    })
}

/// A shop's money comes home from wherever it was earned.
///
/// # Errors
/// What the engine says.
pub fn gather(market: &Market, shop: Id<kinds::Shop>) -> Result<()> {
    store::wait(bring_all_home(market, shop))
}

/// As [`gather`], for whoever may not wait on this thread.
pub(crate) async fn bring_all_home(market: &Market, shop: Id<kinds::Shop>) -> Result<()> {
    let cx = Cx::new(Actor::System("payout"), format!("gather {shop}")).through(SalesChannel::Import);
    for home in homes_with_money(&market.store, shop).await? {
        bring_home(&market.store, &cx, shop, home).await?;
    }
    Ok(())
}

/// The market's schedule has come round for a shop: everything that is free goes out. What cannot go today, because
/// it is too little, held, or has no account to go to, goes another day, as does what becomes free meanwhile: from its
/// first settlement on a shop's turn comes again and again.
pub(crate) fn by_schedule(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    access::market(tx)?;
    let paid = request(tx, &PayoutWish { shop, amount: None }, Reason::Scheduled);
    if let Err(broken @ Error::Broken(_)) = paid {
        return Err(broken);
    }
    let (settings, now) = (market::settings(tx)?, tx.now());
    match next_run(&settings, now)? {
        Some(at) => tx.set_timer(timers::PAYOUT, shop.raw(), shop.home(), at),
        None => Ok(()),
    }
}

/// When a shop whose money has just become free is paid out by the market's schedule; none where there is no schedule.
pub(crate) fn next_run(settings: &market::Settings, now: Time) -> Result<Option<Time>> {
    let today = now.day(&settings.zone);
    let day = match settings.payout_schedule {
        PayoutSchedule::Off => return Ok(None),
        PayoutSchedule::Daily => today.plus_days(1),
        PayoutSchedule::Weekly => today.next_monday(),
    };
    day.start(&settings.zone).map(Some)
}

fn fold(tx: &mut Tx, shop: Id<kinds::Shop>, currency: Currency, from: kernel::Home) -> Result<()> {
    if from == shop.home() {
        return Ok(());
    }
    let amount = postings::owed_and_held(tx, ShopAvailable, shop, currency, from)?;
    if amount.minor == 0 {
        return Ok(());
    }
    let fold = payout::fold(tx, shop, from, amount)?;
    postings::fold(tx, shop, from, ShopAvailable, amount, fold.raw())
}

/// What was earned in the shop's own home needs no way to it, but a payout names its orders like all others.
fn name_what_lies_here(tx: &mut Tx, shop: Id<kinds::Shop>, currency: Currency) -> Result<()> {
    let home = shop.home();
    let amount = payout::unfolded(tx, shop, home, currency)?;
    if amount.minor == 0 {
        return Ok(());
    }
    let fold = payout::fold(tx, shop, home, amount)?;
    postings::fold(tx, shop, home, ShopAvailable, amount, fold.raw())
}

fn request(tx: &mut Tx, wish: &PayoutWish, reason: Reason) -> Result<Id<kinds::Payout>> {
    let shop = merchant::shop(tx, wish.shop)?;
    let settings = market::settings(tx)?;
    let now = tx.now();
    let account = merchant::payout_account(tx, shop.merchant, now)?;
    // Refunds may have overdrawn the balance; then nothing is free, and the debt is covered from the other pots.
    let free = postings::owed_and_held(tx, ShopAvailable, wish.shop, shop.currency, wish.shop.home())?;
    let amount = wish.amount.unwrap_or(Money::new(free.minor.max(0), shop.currency));
    amount.same_currency(free)?;
    let asked = Wish {
        shop: wish.shop,
        account: account.id,
        amount,
        minimum: settings.payout_min_minor,
        available: free.minor,
        reason,
    };
    name_what_lies_here(tx, wish.shop, shop.currency)?;
    let payout = payout::ask(tx, &asked)?;
    postings::payout_asked(tx, payout, wish.shop, amount)?;
    Ok(payout)
}

/// Covers what a shop owes after refunds: its money comes home, then what is held back of its orders is set free early,
/// the earliest first, then its deposit is taken, and the rest it owes.
///
/// # Errors
/// `permission_missing`, and what the engine says. No debt is no error.
pub fn cover_debts(market: &Market, cx: &Cx, shop: Id<kinds::Shop>) -> Result<()> {
    if access::may(&market.store, cx, Permission::MarketMoney, Scope::Market)? {
        gather(market, shop)?;
        release_what_is_held_back(market, shop)?;
    }
    take_deposit(&market.store, cx, shop).wait()
}

/// As many of the shop's settled orders as its debt asks for give early what is held back of them.
fn release_what_is_held_back(market: &Market, shop: Id<kinds::Shop>) -> Result<()> {
    let store = &market.store;
    let held = store.read(move |read| payout::with_reserve(read, shop, HELD_MOST)).wait()?;
    let system = Cx::new(Actor::System("payout"), format!("debts of {shop}")).through(SalesChannel::Import);
    for order in held {
        if store.read(move |read| debt(read, shop)).wait()? == 0 {
            return Ok(());
        }
        let freeing =
            store.write(Act::new("payout.release_early", &system), move |tx| settle::release_early(tx, order));
        if freeing.wait()? {
            bring_home(store, &system, shop, order.home()).wait()?;
        }
    }
    Ok(())
}

/// How many settled orders are looked at for what is held back of them.
const HELD_MOST: i64 = 1_000;

/// What a shop owes in its own home, minor units; zero where it owes nothing.
fn debt(read: &mut store::Read, shop: Id<kinds::Shop>) -> Result<i64> {
    let currency = merchant::shop(read, shop)?.currency;
    Ok((-postings::owed(read, ShopAvailable, shop, currency, shop.home())?.minor).max(0))
}

fn take_deposit(store: &Store, cx: &Cx, shop: Id<kinds::Shop>) -> Answer<()> {
    store.write(Act::new("payout.cover_debts", cx).over(&shop), move |tx| {
        access::operator(tx, Permission::MarketMoney)?;
        let currency = merchant::shop(tx, shop)?.currency;
        let debt = -postings::owed_and_held(tx, ShopAvailable, shop, currency, shop.home())?.minor;
        if debt <= 0 {
            return Ok(());
        }
        let deposit = postings::owed_and_held(tx, ShopDeposit, shop, currency, shop.home())?.minor.clamp(0, debt);
        let number = tx.id::<kinds::Payout>(shop.home())?;
        let (taken, left) = (Money::new(deposit, currency), Money::new(debt - deposit, currency));
        postings::cover_debt(tx, number, shop, taken, left)
    })
}

/// Tells the bank of payouts that it has not heard of, and asks about those it has; answers how many moved.
///
/// # Errors
/// What the engine says; a silent bank is no error.
pub(crate) async fn tell_bank(market: &Market, limit: i64) -> Result<usize> {
    let now = market.store.clock().now();
    let due = market.store.read(move |read| payout::due(read, now, limit)).await?;
    let count = due.len();
    if crate::worker::stands_aside(market, count).await? {
        return Ok(0);
    }
    for waiting in due {
        let number = waiting.id.to_string();
        let seen = if waiting.state == payout::State::Asked {
            let transfer =
                payout::bank::Transfer { number, account: waiting.account.to_string(), amount: waiting.amount };
            market.bank.transfer(transfer).await
        } else {
            market.bank.query(number).await
        };
        record(&market.store, &waiting, seen).await?;
    }
    Ok(count)
}

fn record(store: &Store, waiting: &payout::Payout, seen: Result<Seen, payout::BankError>) -> Answer<()> {
    let cx = Cx::new(Actor::System("bank"), format!("bank {}", waiting.id)).through(SalesChannel::Api);
    let waiting = waiting.clone();
    store.write(Act::new("payout.record", &cx), move |tx| match &seen {
        Ok(Seen::Sent { bank_ref }) => payout::sent(tx, waiting.id, bank_ref).map(drop),
        Ok(Seen::Done { bank_ref }) => {
            if payout::done(tx, waiting.id, bank_ref)? {
                postings::payout_done(tx, waiting.id, waiting.amount)?;
            }
            Ok(())
        }
        Ok(Seen::Failed { code }) | Err(payout::BankError::Refused(code)) => {
            if payout::failed(tx, waiting.id, code)? {
                postings::payout_failed(tx, waiting.id, waiting.shop, waiting.amount)?;
            }
            Ok(())
        }
        Ok(Seen::Missing) | Err(payout::BankError::Unknown(_)) => payout::asked(tx, waiting.id),
    })
}
