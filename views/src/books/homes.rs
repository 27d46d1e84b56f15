//! A row lies in the home that the id in it says, or a market on several machines would never find it again.

use super::clerk::Clerk;
use crate::outside::outside;
use kernel::{Home, Result};
use store::{Statement, across};

/// Every table whose rows carry the id of what they belong to.
pub(super) fn every_row_lies_in_the_home_of_its_id(clerk: &mut Clerk) -> Result<u64> {
    let mut rows = 0;
    for (strays, all) in [
        identity(),
        ledger(),
        payment(),
        payout(),
        catalog(),
        search(),
        stock(),
        cart_and_quotation(),
        order(),
        delivery(),
        aftersale(),
        merchant(),
        store(),
    ] {
        rows += clerk.count(all)?;
        clerk.each(strays, &[], |row, page| {
            let (table, prefix): (String, String) = (row.get(0)?, row.get(1)?);
            let (raw, home): (i64, i64) = (row.get(2)?, row.get(3)?);
            let id = outside(&prefix, raw);
            let belongs = Home::of(raw).raw();
            page.say(format!("A row of {table} about {id} lies in home {home}, its ids say {belongs}."), [id]);
            Ok(())
        })?;
    }
    Ok(rows)
}

/// What strays, and how many rows there are.
type Room = (&'static Statement, &'static Statement);

fn identity() -> Room {
    let strays = across!(
        "select 'identity_party', 'pty', id, home from identity_party where home <> id % 4096
         union all select 'identity_contact', 'pty', party, home from identity_contact where home <> party % 4096
         union all select 'identity_own_login', 'pty', party, home from identity_own_login where home <> party % 4096
         union all select 'identity_credential', 'pty', party, home from identity_credential
             where home <> party % 4096
         union all select 'identity_session', 'ses', id, home from identity_session
             where home <> id % 4096 or home <> party % 4096
         union all select 'identity_key', 'key', id, home from identity_key
             where home <> id % 4096 or home <> person % 4096
         union all select 'identity_grant', 'pty', person, home from identity_grant where home <> person % 4096
         union all select 'identity_joined', 'pty', account, home from identity_joined where home <> account % 4096
         union all select 'identity_address', 'adr', id, home from identity_address
             where home <> id % 4096 or home <> party % 4096"
    );
    let all = across!(
        "select (select count(*) from identity_party)
           + (select count(*) from identity_contact)
           + (select count(*) from identity_own_login)
           + (select count(*) from identity_credential)
           + (select count(*) from identity_session)
           + (select count(*) from identity_key)
           + (select count(*) from identity_grant)
           + (select count(*) from identity_joined)
           + (select count(*) from identity_address)"
    );
    (strays, all)
}

fn ledger() -> Room {
    let strays = across!(
        "select 'ledger_entry', 'ent', id, home from ledger_entry where home <> id % 4096
         union all select 'ledger_leg', 'ent', entry, home from ledger_leg where home <> entry % 4096"
    );
    let all = across!(
        "select (select count(*) from ledger_entry)
           + (select count(*) from ledger_leg)"
    );
    (strays, all)
}

fn payment() -> Room {
    let strays = across!(
        "select 'payment_payment', 'pay', id, home from payment_payment
             where home <> id % 4096 or home <> trade % 4096
         union all select 'payment_part', 'pay', payment, home from payment_part
             where home <> payment % 4096 or home <> ord % 4096
         union all select 'payment_refund', 'prf', id, home from payment_refund
             where home <> id % 4096 or home <> payment % 4096
         union all select 'payment_late', 'pay', payment, home from payment_late where home <> payment % 4096"
    );
    let all = across!(
        "select (select count(*) from payment_payment)
           + (select count(*) from payment_part)
           + (select count(*) from payment_refund)
           + (select count(*) from payment_late)"
    );
    (strays, all)
}

fn payout() -> Room {
    let strays = across!(
        "select 'payout_payout', 'out', id, home from payout_payout where home <> id % 4096 or home <> shop % 4096
         union all select 'payout_settlement', 'ord', ord, home from payout_settlement where home <> ord % 4096
         union all select 'payout_fold', 'fld', id, home from payout_fold
             where home <> id % 4096 or home <> shop % 4096
         union all select 'payout_hold', 'shp', shop, home from payout_hold where home <> shop % 4096"
    );
    let all = across!(
        "select (select count(*) from payout_payout)
           + (select count(*) from payout_settlement)
           + (select count(*) from payout_fold)
           + (select count(*) from payout_hold)"
    );
    (strays, all)
}

fn catalog() -> Room {
    let strays = across!(
        "select 'catalog_brand', 'brd', id, home from catalog_brand where home <> id % 4096
         union all select 'catalog_spu', 'spu', id, home from catalog_spu where home <> id % 4096
         union all select 'catalog_spu_gtin', 'spu', spu, home from catalog_spu_gtin where home <> spu % 4096
         union all select 'catalog_listing', 'lst', id, home from catalog_listing where home <> id % 4096
         union all select 'catalog_shop_listing', 'shp', shop, home from catalog_shop_listing
             where home <> shop % 4096
         union all select 'catalog_change', 'lst', listing, home from catalog_change where home <> listing % 4096
         union all select 'catalog_sku', 'sku', id, home from catalog_sku
             where home <> id % 4096 or home <> listing % 4096
         union all select 'catalog_price', 'sku', sku, home from catalog_price where home <> sku % 4096
         union all select 'catalog_value', '', thing, home from catalog_value where home <> thing % 4096
         union all select 'catalog_picture', 'lst', listing, home from catalog_picture where home <> listing % 4096
         union all select 'catalog_text', '', thing, home from catalog_text where home <> thing % 4096"
    );
    let all = across!(
        "select (select count(*) from catalog_brand)
           + (select count(*) from catalog_spu)
           + (select count(*) from catalog_spu_gtin)
           + (select count(*) from catalog_listing)
           + (select count(*) from catalog_shop_listing)
           + (select count(*) from catalog_change)
           + (select count(*) from catalog_sku)
           + (select count(*) from catalog_price)
           + (select count(*) from catalog_value)
           + (select count(*) from catalog_picture)
           + (select count(*) from catalog_text)"
    );
    (strays, all)
}

fn search() -> Room {
    let strays = across!(
        "select 'search_listing', 'lst', listing, home from search_listing where home <> listing % 4096
         union all select 'search_sweep', 'shp', shop, home from search_sweep where home <> shop % 4096"
    );
    let all = across!("select (select count(*) from search_listing) + (select count(*) from search_sweep)");
    (strays, all)
}

fn stock() -> Room {
    let strays = across!(
        "select 'stock_warehouse', 'whs', id, home from stock_warehouse where home <> id % 4096 or home <> shop % 4096
         union all select 'stock_level', 'sku', sku, home from stock_level where home <> sku % 4096
         union all select 'stock_movement', 'sku', sku, home from stock_movement where home <> sku % 4096
         union all select 'stock_reservation', 'sku', sku, home from stock_reservation where home <> sku % 4096"
    );
    let all = across!(
        "select (select count(*) from stock_warehouse)
           + (select count(*) from stock_level)
           + (select count(*) from stock_movement)
           + (select count(*) from stock_reservation)"
    );
    (strays, all)
}

fn cart_and_quotation() -> Room {
    let strays = across!(
        "select 'cart_cart', 'pty', buyer, home from cart_cart where home <> buyer % 4096
         union all select 'cart_line', 'pty', buyer, home from cart_line where home <> buyer % 4096
         union all select 'quotation_quotation', 'quo', id, home from quotation_quotation
             where home <> id % 4096 or home <> buyer % 4096
         union all select 'quotation_line', 'quo', quotation, home from quotation_line where home <> quotation % 4096
         union all select 'quotation_note', 'quo', quotation, home from quotation_note where home <> quotation % 4096"
    );
    let all = across!(
        "select (select count(*) from cart_cart)
           + (select count(*) from cart_line)
           + (select count(*) from quotation_quotation)
           + (select count(*) from quotation_line)
           + (select count(*) from quotation_note)"
    );
    (strays, all)
}

fn order() -> Room {
    let strays = across!(
        "select 'order_trade', 'trd', id, home from order_trade where home <> id % 4096 or home <> buyer % 4096
         union all select 'order_order', 'ord', id, home from order_order
             where home <> id % 4096 or home <> trade % 4096 or home <> buyer % 4096
         union all select 'order_line', 'ord', ord, home from order_line where home <> ord % 4096
         union all select 'order_charge', 'ord', ord, home from order_charge where home <> ord % 4096
         union all select 'order_price', 'ord', ord, home from order_price where home <> ord % 4096
         union all select 'order_recipient', 'ord', ord, home from order_recipient where home <> ord % 4096
         union all select 'order_change', 'ord', ord, home from order_change where home <> ord % 4096"
    );
    let all = across!(
        "select (select count(*) from order_trade)
           + (select count(*) from order_order)
           + (select count(*) from order_line)
           + (select count(*) from order_charge)
           + (select count(*) from order_price)
           + (select count(*) from order_recipient)
           + (select count(*) from order_change)"
    );
    (strays, all)
}

fn delivery() -> Room {
    let strays = across!(
        "select 'delivery_parcel', 'pcl', id, home from delivery_parcel where home <> id % 4096 or home <> ord % 4096
         union all select 'delivery_parcel_line', 'pcl', parcel, home from delivery_parcel_line
             where home <> parcel % 4096
         union all select 'delivery_track', 'pcl', parcel, home from delivery_track where home <> parcel % 4096
         union all select 'delivery_freight', 'shp', shop, home from delivery_freight where home <> shop % 4096"
    );
    let all = across!(
        "select (select count(*) from delivery_parcel)
           + (select count(*) from delivery_parcel_line)
           + (select count(*) from delivery_track)
           + (select count(*) from delivery_freight)"
    );
    (strays, all)
}

fn aftersale() -> Room {
    let strays = across!(
        "select 'aftersale_case', 'cas', id, home from aftersale_case
             where home <> id % 4096 or home <> ord % 4096 or home <> buyer % 4096
         union all select 'aftersale_case_line', 'cas', case_id, home from aftersale_case_line
             where home <> case_id % 4096
         union all select 'aftersale_open', 'ord', ord, home from aftersale_open
             where home <> ord % 4096 or home <> case_id % 4096
         union all select 'aftersale_words', 'cas', case_id, home from aftersale_words where home <> case_id % 4096
         union all select 'aftersale_refund', 'rfd', id, home from aftersale_refund
             where home <> id % 4096 or home <> case_id % 4096 or home <> ord % 4096
         union all select 'aftersale_refund_line', 'rfd', refund, home from aftersale_refund_line
             where home <> refund % 4096
         union all select 'aftersale_refund_part', 'rfd', refund, home from aftersale_refund_part
             where home <> refund % 4096"
    );
    let all = across!(
        "select (select count(*) from aftersale_case)
           + (select count(*) from aftersale_case_line)
           + (select count(*) from aftersale_open)
           + (select count(*) from aftersale_words)
           + (select count(*) from aftersale_refund)
           + (select count(*) from aftersale_refund_line)
           + (select count(*) from aftersale_refund_part)"
    );
    (strays, all)
}

fn merchant() -> Room {
    let strays = across!(
        "select 'merchant_entity', 'mer', id, home from merchant_entity where home <> id % 4096
         union all select 'merchant_legal_name', 'mer', merchant, home from merchant_legal_name
             where home <> merchant % 4096
         union all select 'merchant_paper', 'mer', merchant, home from merchant_paper where home <> merchant % 4096
         union all select 'merchant_contract', 'mer', merchant, home from merchant_contract
             where home <> merchant % 4096
         union all select 'merchant_bank_account', 'bnk', id, home from merchant_bank_account
             where home <> id % 4096 or home <> merchant % 4096
         union all select 'merchant_shop', 'shp', id, home from merchant_shop where home <> id % 4096
         union all select 'merchant_owned_shop', 'mer', merchant, home from merchant_owned_shop
             where home <> merchant % 4096
         union all select 'merchant_shop_change', 'shp', shop, home from merchant_shop_change
             where home <> shop % 4096
         union all select 'merchant_shop_order', 'shp', shop, home from merchant_shop_order where home <> shop % 4096
         union all select 'merchant_shop_quotation', 'shp', shop, home from merchant_shop_quotation
             where home <> shop % 4096"
    );
    let all = across!(
        "select (select count(*) from merchant_entity)
           + (select count(*) from merchant_legal_name)
           + (select count(*) from merchant_paper)
           + (select count(*) from merchant_contract)
           + (select count(*) from merchant_bank_account)
           + (select count(*) from merchant_shop)
           + (select count(*) from merchant_owned_shop)
           + (select count(*) from merchant_shop_change)
           + (select count(*) from merchant_shop_order)
           + (select count(*) from merchant_shop_quotation)"
    );
    (strays, all)
}

fn store() -> Room {
    let strays = across!(
        "select 'store_audit', 'aud', id, home from store_audit where home <> id % 4096
         union all select 'store_event', 'evt', id, home from store_event
             where home <> id % 4096 or home <> root % 4096
         union all select 'store_timer', '', subject, home from store_timer where home <> subject % 4096"
    );
    let all = across!(
        "select (select count(*) from store_audit)
           + (select count(*) from store_event)
           + (select count(*) from store_timer)"
    );
    (strays, all)
}
