//! Whatever names something names a thing that exists: rooms have no foreign keys between them, so this is held here.

use super::clerk::Clerk;
use crate::outside::{outside, shown};
use kernel::{
    Result,
    kinds::{Order, Quotation, Sku},
};
use store::{Statement, across};

/// Every id in every room points at a row. A row of an answer is: table and column, the row's own id with its prefix,
/// the id that points nowhere with its prefix.
pub(super) fn every_id_points_at_something(clerk: &mut Clerk) -> Result<u64> {
    let rooms = [people(), shops(), dealings(), goods(), shelves(), orders(), money(), refunds()];
    for room in rooms {
        clerk.each(room, &[], |row, page| {
            let from = outside(&row.get::<String>(1)?, row.get(2)?);
            let to = outside(&row.get::<String>(3)?, row.get(4)?);
            let place: String = row.get(0)?;
            page.say(format!("{from} names {to} in {place}, which does not exist."), [from, to]);
            Ok(())
        })?;
    }
    clerk.count(across!("select count(*) from order_order"))
}

fn people() -> &'static Statement {
    across!(
        "select 'identity_contact.party', 'pty', a.party, 'pty', a.party
         from identity_contact a
         left join identity_party b on b.home = a.home and b.id = a.party
         where b.id is null
         union all select 'identity_login.party', 'pty', a.party, 'pty', a.party
         from identity_login a
         left join identity_party b on b.id = a.party
         where b.id is null
         union all select 'identity_session.party', 'ses', a.id, 'pty', a.party
         from identity_session a
         left join identity_party b on b.home = a.home and b.id = a.party
         where b.id is null
         union all select 'identity_key.person', 'key', a.id, 'pty', a.person
         from identity_key a
         left join identity_party b on b.home = a.home and b.id = a.person
         where b.id is null
         union all select 'identity_address.party', 'adr', a.id, 'pty', a.party
         from identity_address a
         left join identity_party b on b.home = a.home and b.id = a.party
         where b.id is null
         union all select 'identity_grant.person', 'pty', a.person, 'pty', a.person
         from identity_grant a
         left join identity_party b on b.home = a.home and b.id = a.person
         where b.id is null
         union all select 'identity_joined.guest', 'pty', a.account, 'pty', a.guest
         from identity_joined a
         left join identity_party b on b.id = a.guest
         where b.id is null
         union all select 'merchant_entity.applicant', 'mer', a.id, 'pty', a.applicant
         from merchant_entity a
         left join identity_party b on b.id = a.applicant
         where b.id is null
         union all select 'order_trade.buyer', 'trd', a.id, 'pty', a.buyer
         from order_trade a
         left join identity_party b on b.home = a.home and b.id = a.buyer
         where b.id is null
         union all select 'quotation_quotation.buyer', 'quo', a.id, 'pty', a.buyer
         from quotation_quotation a
         left join identity_party b on b.home = a.home and b.id = a.buyer
         where b.id is null"
    )
}

fn shops() -> &'static Statement {
    across!(
        "select 'merchant_shop.merchant', 'shp', a.id, 'mer', a.merchant
         from merchant_shop a
         left join merchant_entity b on b.id = a.merchant
         where b.id is null
         union all select 'merchant_owned_shop.shop', 'mer', a.merchant, 'shp', a.shop
         from merchant_owned_shop a
         left join merchant_shop b on b.id = a.shop
         where b.id is null
         union all select 'merchant_slug.shop', 'shp', a.shop, 'shp', a.shop
         from merchant_slug a
         left join merchant_shop b on b.id = a.shop
         where b.id is null
         union all select 'merchant_bank_account.merchant', 'bnk', a.id, 'mer', a.merchant
         from merchant_bank_account a
         left join merchant_entity b on b.home = a.home and b.id = a.merchant
         where b.id is null
         union all select 'stock_warehouse.shop', 'whs', a.id, 'shp', a.shop
         from stock_warehouse a
         left join merchant_shop b on b.home = a.home and b.id = a.shop
         where b.id is null
         union all select 'delivery_freight.shop', 'shp', a.shop, 'shp', a.shop
         from delivery_freight a
         left join merchant_shop b on b.home = a.home and b.id = a.shop
         where b.id is null
         union all select 'catalog_listing.shop', 'lst', a.id, 'shp', a.shop
         from catalog_listing a
         left join merchant_shop b on b.id = a.shop
         where b.id is null
         union all select 'catalog_shop_listing.listing', 'shp', a.shop, 'lst', a.listing
         from catalog_shop_listing a
         left join catalog_listing b on b.id = a.listing
         where b.id is null"
    )
}

fn dealings() -> &'static Statement {
    across!(
        "select 'quotation_quotation.shop', 'quo', a.id, 'shp', a.shop
         from quotation_quotation a
         left join merchant_shop b on b.id = a.shop
         where b.id is null
         union all select 'order_order.shop', 'ord', a.id, 'shp', a.shop
         from order_order a
         left join merchant_shop b on b.id = a.shop
         where b.id is null
         union all select 'payout_payout.shop', 'out', a.id, 'shp', a.shop
         from payout_payout a
         left join merchant_shop b on b.home = a.home and b.id = a.shop
         where b.id is null
         union all select 'payout_payout.account', 'out', a.id, 'bnk', a.account
         from payout_payout a
         left join merchant_bank_account b on b.id = a.account
         where b.id is null
         union all select 'payout_fold.shop', 'fld', a.id, 'shp', a.shop
         from payout_fold a
         left join merchant_shop b on b.home = a.home and b.id = a.shop
         where b.id is null
         union all select 'payout_hold.shop', 'shp', a.shop, 'shp', a.shop
         from payout_hold a
         left join merchant_shop b on b.home = a.home and b.id = a.shop
         where b.id is null"
    )
}

fn goods() -> &'static Statement {
    across!(
        "select 'catalog_listing.category', 'lst', a.id, 'cat', a.category
         from catalog_listing a
         left join catalog_category b on b.id = a.category
         where b.id is null
         union all select 'catalog_listing.spu', 'lst', a.id, 'spu', a.spu
         from catalog_listing a
         left join catalog_spu b on b.id = a.spu
         where b.id is null and a.spu is not null
         union all select 'catalog_listing.brand', 'lst', a.id, 'brd', a.brand
         from catalog_listing a
         left join catalog_brand b on b.id = a.brand
         where b.id is null and a.brand is not null
         union all select 'catalog_spu.category', 'spu', a.id, 'cat', a.category
         from catalog_spu a
         left join catalog_category b on b.id = a.category
         where b.id is null
         union all select 'catalog_spu.brand', 'spu', a.id, 'brd', a.brand
         from catalog_spu a
         left join catalog_brand b on b.id = a.brand
         where b.id is null and a.brand is not null
         union all select 'catalog_gtin.spu', 'spu', a.spu, 'spu', a.spu
         from catalog_gtin a
         left join catalog_spu b on b.id = a.spu
         where b.id is null
         union all select 'catalog_attribute.category', 'atr', a.id, 'cat', a.category
         from catalog_attribute a
         left join catalog_category b on b.id = a.category
         where b.id is null
         union all select 'catalog_sku.listing', 'sku', a.id, 'lst', a.listing
         from catalog_sku a
         left join catalog_listing b on b.home = a.home and b.id = a.listing
         where b.id is null
         union all select 'catalog_price.sku', 'sku', a.sku, 'sku', a.sku
         from catalog_price a
         left join catalog_sku b on b.home = a.home and b.id = a.sku
         where b.id is null
         union all select 'catalog_change.listing', 'lst', a.listing, 'lst', a.listing
         from catalog_change a
         left join catalog_listing b on b.home = a.home and b.id = a.listing
         where b.id is null
         union all select 'catalog_picture.listing', 'lst', a.listing, 'lst', a.listing
         from catalog_picture a
         left join catalog_listing b on b.home = a.home and b.id = a.listing
         where b.id is null
         union all select 'catalog_source.sku', 'lst', a.listing, 'sku', a.sku
         from catalog_source a
         left join catalog_sku b on b.id = a.sku
         where b.id is null"
    )
}

fn shelves() -> &'static Statement {
    across!(
        "select 'stock_level.sku', 'sku', a.sku, 'sku', a.sku
         from stock_level a
         left join catalog_sku b on b.home = a.home and b.id = a.sku
         where b.id is null
         union all select 'stock_level.warehouse', 'sku', a.sku, 'whs', a.warehouse
         from stock_level a
         left join stock_warehouse b on b.id = a.warehouse
         where b.id is null
         union all select 'stock_level.owner', 'sku', a.sku, 'shp', a.owner
         from stock_level a
         left join merchant_shop b on b.id = a.owner
         where b.id is null
         union all select 'stock_reservation.holder', 'sku', a.sku, 'ord', a.holder
         from stock_reservation a
         left join order_order b on b.id = a.holder
         where b.id is null"
    )
}

fn orders() -> &'static Statement {
    across!(
        "select 'order_order.trade', 'ord', a.id, 'trd', a.trade
         from order_order a
         left join order_trade b on b.home = a.home and b.id = a.trade
         where b.id is null
         union all select 'order_line.ord', 'ord', a.ord, 'ord', a.ord
         from order_line a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'order_charge.ord', 'ord', a.ord, 'ord', a.ord
         from order_charge a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'order_recipient.ord', 'ord', a.ord, 'ord', a.ord
         from order_recipient a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'order_change.ord', 'ord', a.ord, 'ord', a.ord
         from order_change a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'order_price.ord', 'ord', a.ord, 'ord', a.ord
         from order_price a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'quotation_line.quotation', 'quo', a.quotation, 'quo', a.quotation
         from quotation_line a
         left join quotation_quotation b on b.home = a.home and b.id = a.quotation
         where b.id is null
         union all select 'quotation_note.quotation', 'quo', a.quotation, 'quo', a.quotation
         from quotation_note a
         left join quotation_quotation b on b.home = a.home and b.id = a.quotation
         where b.id is null
         union all select 'delivery_parcel.ord', 'pcl', a.id, 'ord', a.ord
         from delivery_parcel a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'delivery_parcel_line.parcel', 'pcl', a.parcel, 'pcl', a.parcel
         from delivery_parcel_line a
         left join delivery_parcel b on b.home = a.home and b.id = a.parcel
         where b.id is null
         union all select 'delivery_track.parcel', 'pcl', a.parcel, 'pcl', a.parcel
         from delivery_track a
         left join delivery_parcel b on b.home = a.home and b.id = a.parcel
         where b.id is null
         union all select 'delivery_waybill.parcel', 'pcl', a.parcel, 'pcl', a.parcel
         from delivery_waybill a
         left join delivery_parcel b on b.id = a.parcel
         where b.id is null
         union all select 'ledger_entry.about', 'ent', a.id, 'ord', a.about
         from ledger_entry a
         left join order_order b on b.home = a.home and b.id = a.about
         where b.id is null and a.about <> 0"
    )
}

fn money() -> &'static Statement {
    across!(
        "select 'payment_payment.trade', 'pay', a.id, 'trd', a.trade
         from payment_payment a
         left join order_trade b on b.home = a.home and b.id = a.trade
         where b.id is null
         union all select 'payment_part.payment', 'pay', a.payment, 'pay', a.payment
         from payment_part a
         left join payment_payment b on b.home = a.home and b.id = a.payment
         where b.id is null
         union all select 'payment_part.ord', 'pay', a.payment, 'ord', a.ord
         from payment_part a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'payment_refund.payment', 'prf', a.id, 'pay', a.payment
         from payment_refund a
         left join payment_payment b on b.home = a.home and b.id = a.payment
         where b.id is null
         union all select 'payment_refund.document', 'prf', a.id, 'rfd', a.document
         from payment_refund a
         left join aftersale_refund b on b.home = a.home and b.id = a.document
         where b.id is null and a.document is not null
         union all select 'payment_late.payment', 'pay', a.payment, 'pay', a.payment
         from payment_late a
         left join payment_payment b on b.home = a.home and b.id = a.payment
         where b.id is null
         union all select 'payout_settlement.ord', 'ord', a.ord, 'ord', a.ord
         from payout_settlement a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null"
    )
}

fn refunds() -> &'static Statement {
    across!(
        "select 'aftersale_case.ord', 'cas', a.id, 'ord', a.ord
         from aftersale_case a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'aftersale_case_line.case_id', 'cas', a.case_id, 'cas', a.case_id
         from aftersale_case_line a
         left join aftersale_case b on b.home = a.home and b.id = a.case_id
         where b.id is null
         union all select 'aftersale_words.case_id', 'cas', a.case_id, 'cas', a.case_id
         from aftersale_words a
         left join aftersale_case b on b.home = a.home and b.id = a.case_id
         where b.id is null
         union all select 'aftersale_refund.ord', 'rfd', a.id, 'ord', a.ord
         from aftersale_refund a
         left join order_order b on b.home = a.home and b.id = a.ord
         where b.id is null
         union all select 'aftersale_refund.case_id', 'rfd', a.id, 'cas', a.case_id
         from aftersale_refund a
         left join aftersale_case b on b.home = a.home and b.id = a.case_id
         where b.id is null
         union all select 'aftersale_refund_line.refund', 'rfd', a.refund, 'rfd', a.refund
         from aftersale_refund_line a
         left join aftersale_refund b on b.home = a.home and b.id = a.refund
         where b.id is null
         union all select 'aftersale_refund_part.refund', 'rfd', a.refund, 'rfd', a.refund
         from aftersale_refund_part a
         left join aftersale_refund b on b.home = a.home and b.id = a.refund
         where b.id is null
         union all select 'aftersale_refund_part.payment', 'rfd', a.refund, 'pay', a.payment
         from aftersale_refund_part a
         left join payment_payment b on b.home = a.home and b.id = a.payment
         where b.id is null and a.payment is not null"
    )
}

/// What a line names is of one listing, sold by the order's shop and taken from a warehouse of that shop, if from any;
/// the same holds of quotations; and a line of the price ledger names a line.
pub(super) fn what_an_order_names_is_the_shops(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select l.ord, l.n, l.sku
         from order_line l
         join order_order o on o.home = l.home and o.id = l.ord
         left join catalog_sku s on s.id = l.sku
         left join catalog_listing g on g.id = l.listing
         left join stock_warehouse w on w.id = l.warehouse
         where coalesce(s.listing, 0) <> l.listing or coalesce(g.shop, 0) <> o.shop
           or (l.warehouse <> 0 and coalesce(w.shop, 0) <> o.shop)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Order>(row.get(0)?), shown::<Sku>(row.get(2)?)];
        let n: i64 = row.get(1)?;
        page.say(format!("Line {n} of order {} is of {}, which its shop does not sell there.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    let sql = across!(
        "select l.quotation, l.n, l.sku
         from quotation_line l
         join quotation_quotation q on q.home = l.home and q.id = l.quotation
         left join catalog_sku s on s.id = l.sku
         left join catalog_listing g on g.id = l.listing
         where coalesce(s.listing, 0) <> l.listing or coalesce(g.shop, 0) <> q.shop"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Quotation>(row.get(0)?), shown::<Sku>(row.get(2)?)];
        let n: i64 = row.get(1)?;
        page.say(format!("Line {n} of quotation {} is of {}, which its shop does not sell.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    let sql = across!(
        "select p.ord, p.line
         from order_price p
         left join order_line l on l.home = p.home and l.ord = p.ord and l.n = p.line
         where l.n is null"
    );
    clerk.each(sql, &[], |row, page| {
        let (order, line) = (shown::<Order>(row.get(0)?), row.get::<i64>(1)?);
        page.say(format!("The price ledger of order {order} names line {line}, which it does not have."), [order]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_line"))
}
