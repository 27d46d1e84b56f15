//! What is shown of each kind of thing: its own row first, then the rows that belong to it, each by home and id. Plain
//! columns only, whose names, or the names they are given, become the names shown; personal and sensitive ones are
//! left out.

use store::{Statement, sql};

/// A part of what is shown: its name, and the statement that reads it by home and id.
pub(super) type Part = (&'static str, &'static Statement);

pub(super) fn trade() -> Vec<Part> {
    let own = sql!(
        "select id, buyer, acted_by, channel, storefront, quotation, currency, amount, orders, placed_at
         from order_trade
         where home = $1 and id = $2"
    );
    let orders = sql!(
        "select id as ord, shop, state, currency, amount, refunded, units, shipped, cancelled, paid_at, completed_at,
             settled_at, closed_at
         from order_order
         where home = $1 and trade = $2
         order by id"
    );
    let payments = sql!(
        "select id as payment, channel, state, currency, amount, captured, refunded, created_at, ended_at
         from payment_payment
         where home = $1 and trade = $2
         order by id"
    );
    vec![("trade", own), ("orders", orders), ("payments", payments)]
}

pub(super) fn quotation() -> Vec<Part> {
    let own = sql!(
        "select id, shop, buyer, currency, state, lines, total, made_by, made_at, sent_at, expires_at, trade, version
         from quotation_quotation
         where home = $1 and id = $2"
    );
    let lines = sql!(
        "select n, listing, sku, units, unit_price, price_per, amount, title
         from quotation_line
         where home = $1 and quotation = $2
         order by n"
    );
    vec![("quotation", own), ("lines", lines)]
}

pub(super) fn listing() -> Vec<Part> {
    let own = sql!(
        "select id, shop, spu, category, brand, state, barred, version, made_at
         from catalog_listing
         where home = $1 and id = $2"
    );
    let texts = sql!("select field, lang, text from catalog_text where home = $1 and thing = $2 order by field, lang");
    let skus = sql!(
        "select id as sku, code, state, unit, unit_scale, price_per, tracking, made_at
         from catalog_sku
         where home = $1 and listing = $2
         order by id"
    );
    let changes =
        sql!("select n, verb, at, actor, why, rule from catalog_change where home = $1 and listing = $2 order by n");
    vec![("listing", own), ("texts", texts), ("skus", skus), ("changes", changes)]
}

pub(super) fn sku() -> Vec<Part> {
    let own = sql!(
        "select id, listing, code, state, unit, unit_scale, price_per, tracking, made_at
         from catalog_sku
         where home = $1 and id = $2"
    );
    let prices = sql!(
        "select list, currency, from_qty, from_time, version, amount
         from catalog_price
         where home = $1 and sku = $2
         order by list, currency, from_qty, from_time, version"
    );
    let levels = sql!(
        "select warehouse, condition, on_hand, reserved, moves
         from stock_level
         where home = $1 and sku = $2
         order by warehouse, condition"
    );
    vec![("sku", own), ("prices", prices), ("levels", levels)]
}

pub(super) fn shop() -> Vec<Part> {
    let own = sql!(
        "select id, merchant, kind, slug, name, currency, state, deposit_due, deposit_paid, version, applied_at
         from merchant_shop
         where home = $1 and id = $2"
    );
    let changes = sql!(
        "select n, from_state, to_state, step, why, actor, at
         from merchant_shop_change
         where home = $1 and shop = $2
         order by n"
    );
    let warehouses =
        sql!("select id as warehouse, name, main from stock_warehouse where home = $1 and shop = $2 order by id");
    let pots = sql!(
        "select account, currency, amount, legs
         from ledger_balance
         where home = $1 and owner = $2
         order by account, currency"
    );
    let latest = sql!(
        "select ord, state, placed_at
         from merchant_shop_order
         where home = $1 and shop = $2
         order by placed_at desc, ord desc
         limit 20"
    );
    vec![
        ("shop", own),
        ("changes", changes),
        ("warehouses", warehouses),
        ("balances_at_home", pots),
        ("latest_orders", latest),
    ]
}

pub(super) fn payment() -> Vec<Part> {
    let own = sql!(
        "select id, trade, channel, currency, amount, authorised, captured, refunded, state, channel_ref, failure,
             created_at, expires_at, ended_at, asks, ask_at, version
         from payment_payment
         where home = $1 and id = $2"
    );
    let parts = sql!("select ord, amount, refunded from payment_part where home = $1 and payment = $2 order by ord");
    let refunds = sql!(
        "select id as payment_refund, document, currency, amount, state, channel_ref, failure, created_at, ended_at
         from payment_refund
         where home = $1 and payment = $2
         order by id"
    );
    let late = sql!(
        "select why, currency, amount, refunded, channel_ref, at from payment_late where home = $1 and payment = $2"
    );
    vec![("payment", own), ("parts", parts), ("refunds", refunds), ("late_money", late)]
}

pub(super) fn payment_refund() -> Vec<Part> {
    let own = sql!(
        "select id, payment, document, currency, amount, state, channel_ref, failure, created_at, ended_at, asks, ask_at
         from payment_refund
         where home = $1 and id = $2"
    );
    vec![("payment_refund", own)]
}

pub(super) fn case() -> Vec<Part> {
    let own = sql!(
        "select id, ord, shop, buyer, kind, state, reason, asked_by, asked_at, answer_by, escalated_by, escalated_at,
             decided_by, decided_at, ground, version
         from aftersale_case
         where home = $1 and id = $2"
    );
    let lines =
        sql!("select kind, n, units from aftersale_case_line where home = $1 and case_id = $2 order by kind desc, n");
    vec![("case", own), ("lines", lines)]
}

pub(super) fn refund() -> Vec<Part> {
    let own = sql!(
        "select id, case_id, ord, shop, currency, amount, goods, charges, commission_back, stage, granted_at, granted_by,
             state, version
         from aftersale_refund
         where home = $1 and id = $2"
    );
    let lines = sql!(
        "select kind, n, units, amount, tax
         from aftersale_refund_line
         where home = $1 and refund = $2
         order by kind desc, n"
    );
    let parts =
        sql!("select n, payment, bearer, amount from aftersale_refund_part where home = $1 and refund = $2 order by n");
    vec![("refund", own), ("lines", lines), ("parts", parts)]
}

pub(super) fn parcel() -> Vec<Part> {
    let own = sql!(
        "select id, ord, shop, carrier, waybill, state, handed_at, last_scan_at, tracks, version
         from delivery_parcel
         where home = $1 and id = $2"
    );
    let lines = sql!("select n, units from delivery_parcel_line where home = $1 and parcel = $2 order by n");
    let track = sql!(
        "select n, state, carrier_at, heard_at, place, correction
         from delivery_track
         where home = $1 and parcel = $2
         order by carrier_at, n"
    );
    vec![("parcel", own), ("lines", lines), ("track", track)]
}

pub(super) fn payout() -> Vec<Part> {
    let own = sql!(
        "select id, shop, account, currency, amount, state, reason, asked_by, bank_ref, failure, asked_at, ended_at, asks,
             ask_at, version
         from payout_payout
         where home = $1 and id = $2"
    );
    let folds = sql!(
        "select id as fold, source, currency, amount, folded_at
         from payout_fold
         where home = $1 and payout = $2
         order by id"
    );
    vec![("payout", own), ("folds", folds)]
}

pub(super) fn entry() -> Vec<Part> {
    let own = sql!("select id, event, cause, part, about, legs, at from ledger_entry where home = $1 and id = $2");
    let legs =
        sql!("select n, account, owner, currency, amount from ledger_leg where home = $1 and entry = $2 order by n");
    vec![("entry", own), ("legs", legs)]
}

pub(super) fn party() -> Vec<Part> {
    let own = sql!(
        "select id, kind, state, locale, joined, addresses, keys, made_at, version
         from identity_party
         where home = $1 and id = $2"
    );
    let guests = sql!("select guest, joined_at from identity_joined where home = $1 and account = $2 order by guest");
    let grants = sql!(
        "select scope_kind, permission, granted_at, taken_at
         from identity_grant
         where home = $1 and person = $2
         order by scope_kind, permission"
    );
    let orders = sql!(
        "select id as ord, shop, state, currency, amount, refunded, placed_at
         from order_order
         where home = $1 and buyer = $2
         order by id desc
         limit 20"
    );
    vec![("party", own), ("joined_guests", guests), ("grants", grants), ("latest_orders", orders)]
}

/// Every statement that shows something.
#[cfg(test)]
pub(crate) fn all() -> Vec<Part> {
    [
        trade(),
        quotation(),
        listing(),
        sku(),
        shop(),
        payment(),
        payment_refund(),
        case(),
        refund(),
        parcel(),
        payout(),
        entry(),
        party(),
    ]
    .concat()
}
