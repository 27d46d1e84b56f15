use super::story::Market;
use crate::books::{Report, check};

fn report(market: &Market) -> Report {
    check(&market.store, market.now(), |_| {}).unwrap()
}

#[test]
fn an_empty_market_is_clean() {
    assert_eq!(report(&Market::new()).findings, []);
}

#[test]
fn a_trade_told_by_the_rooms_is_clean_and_every_book_is_named() {
    let (market, _) = Market::told();
    let mut opened = Vec::new();
    let report = check(&market.store, market.now(), |book| opened.push(book.to_owned())).unwrap();
    assert_eq!(report.findings, []);
    assert!(report.is_clean());
    let checked: Vec<_> = report.checked.iter().map(|(book, _)| (*book).to_owned()).collect();
    assert_eq!(opened, checked);
}

/// What somebody does to the database, and the book that must say so; others may say so too.
const MISTAKES: &[(&str, &str)] = &[
    ("update order_line set home = home + 1", "homes"),
    ("update order_order set trade = trade + 4096", "ids"),
    ("update order_line set listing = listing + 4096", "ids.goods"),
    ("update ledger_leg set amount = amount + 1 where n = 1 and account = 'escrow'", "ledger.entries"),
    ("delete from ledger_leg where n = 2 and account = 'channel'", "ledger.entries"),
    ("update ledger_entry set event = 'gift' where event = 'pay'", "ledger.entries"),
    ("update ledger_entry set part = 1 where event = 'pay'", "ledger.entries"),
    ("update ledger_balance set legs = legs + 1 where account = 'commission'", "ledger.balances"),
    ("update ledger_balance set amount = 1 where account = 'escrow'", "ledger.below_zero"),
    ("update payment_part set amount = amount + 1", "postings.pay"),
    ("update ledger_entry set at = at + 1 where event = 'pay'", "postings.pay"),
    ("update aftersale_refund set commission_back = commission_back + 1", "postings.refund"),
    ("update payment_refund set state = 'accepted'", "postings.refunded"),
    ("update order_order set commission = commission + 1", "postings.confirm"),
    ("update payout_settlement set reserve = reserve + 1", "postings.settle"),
    ("update store_timer set state = 1 where kind = 'order.release_reserve'", "postings.reserve"),
    ("update merchant_shop set deposit_paid = 5", "postings.deposit"),
    ("update order_order set completed_at = null", "pots.escrow"),
    ("update payment_refund set state = 'failed'", "pots.transit"),
    ("update order_order set settled_at = null", "pots.pending"),
    ("delete from payout_settlement", "pots.reserve"),
    ("update ledger_balance set amount = amount - 1 where account = 'commission'", "pots.commission"),
    ("update payment_payment set captured = captured - 1", "payments.amounts"),
    ("update payment_part set refunded = refunded + 1", "payments.parts"),
    ("delete from payment_part", "payments.parts"),
    ("update payment_refund set amount = amount + 1", "payments.refunds"),
    ("update order_trade set orders = 2", "trades"),
    ("update order_line set cash = cash + 1", "orders.sums"),
    ("update order_charge set commission_bp = 500", "orders.sums"),
    ("update order_order set state = 'shipped'", "orders.states"),
    ("update order_order set settle_on = settle_on + 1", "orders.states"),
    ("update order_change set at = at + 1 where n = 3", "orders.changes"),
    ("update order_change set was = 'unpaid' where n = 3", "orders.changes"),
    ("update order_line set price = price + 1", "orders.lines"),
    ("update order_price set amount = amount + 1", "orders.lines"),
    ("update order_line set tax_bp = 1", "orders.lines"),
    ("update delivery_parcel_line set units = 2", "orders.units"),
    ("update aftersale_refund_line set units = 2", "orders.units"),
    ("update order_charge set refunded = 1", "orders.charges"),
    ("update aftersale_refund set amount = amount + 1, goods = goods + 1", "refunds.documents"),
    ("update aftersale_refund set stage = 'after_settle'", "refunds.documents"),
    ("update aftersale_case_line set units = 2", "refunds.cases"),
    ("update delivery_parcel set tracks = 1", "parcels"),
    ("update stock_movement set after = after + 1 where n = 1", "stock.movements"),
    ("update stock_level set on_hand = on_hand + 1", "stock.movements"),
    ("update stock_level set reserved = 1", "stock.reserved"),
    ("update stock_reservation set shipped = 2", "stock.promises"),
    ("update stock_movement set document = document + 4096 where cause = 'ship'", "stock.promises"),
    ("update stock_warehouse set main = 0", "stock.warehouses"),
    ("update payout_settlement set gross = gross + 1", "payouts.settlements"),
    ("update merchant_shop_order set state = 'paid'", "lists"),
    ("update store_event set seq = 99 where name = 'order.settled'", "events"),
    ("delete from search_word where word = '*'", "search"),
    ("update search_word set price_key = price_key + 1 where word <> '*'", "search"),
    ("update catalog_listing set state = 'delisted'", "search"),
    ("update merchant_shop set state = 'frozen'", "search"),
    ("update search_listing set home = home + 1", "homes"),
    ("update store_event set done_at = null where name = 'order.placed'", "waiting.events"),
    ("update store_timer set state = 0 where kind = 'trade.close'", "waiting.timers"),
    ("update payment_payment set ask_at = 1", "waiting.askings"),
    ("delete from store_timer where kind = 'order.release_reserve'", "waiting.orders"),
    ("update store_audit set actor_id = 1", "audit"),
    ("update store_audit set seal = null, at = 0 where act = 'story.act'", "audit"),
];

#[test]
fn each_mistake_is_found_in_its_book() {
    let (market, _) = Market::told();
    for (mistake, book) in MISTAKES {
        market.bends("savepoint mistake");
        market.bends(mistake);
        let found = check(&market.store, market.now(), |_| {}).unwrap().findings;
        assert!(found.iter().any(|finding| finding.book == *book), "{mistake}: {book} says nothing, but {found:#?}");
        market.bends("rollback to mistake");
        market.bends("release mistake");
    }
    assert_eq!(report(&market).findings, []);
}

#[test]
fn a_book_tells_a_hundred_findings_and_counts_the_rest() {
    let market = Market::new();
    market.bends(
        "insert into ledger_balance (home, account, owner, currency, amount, legs)
         with recursive n (n) as (select 1 union all select n + 1 from n where n < 150)
         select 0, 'escrow', n, 'CNY', -1, 1 from n",
    );
    let findings = report(&market).findings;
    let told: Vec<_> = findings.iter().filter(|finding| finding.book == "ledger.balances").collect();
    assert_eq!(told.len(), 101);
    assert_eq!(told[100].what, "and 50 more of this book");
    assert!(told[0].ids[0].starts_with("ord_"), "{:?}", told[0]);
}
