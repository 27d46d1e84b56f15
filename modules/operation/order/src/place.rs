//! Placing a trade: head, orders, lines, charges, how each price came about, and where it goes.

use crate::{NewLine, NewOrder, NewTrade, Placed, Refusal, State, change::note_change};
use kernel::{Id, Result, error::Common, kinds};
use store::{Tx, Val, args, into, sql};

/// Writes a trade with its orders, all unpaid; answers their ids in the order of the shops given.
///
/// # Errors
/// `nothing_to_buy` for a trade or an order without lines; `too_large` where sums leave 64 bits.
pub fn place(tx: &mut Tx, new: &NewTrade) -> Result<(Id<kinds::Trade>, Vec<Id<kinds::Order>>)> {
    if new.orders.is_empty() || new.orders.iter().any(|order| order.lines.is_empty()) {
        return Err(Refusal::NothingToBuy.into());
    }
    let home = new.buyer.home();
    let trade = tx.id::<kinds::Trade>(home)?;
    let amounts: Vec<Amounts> = new.orders.iter().map(Amounts::of).collect::<Result<_>>()?;
    let amount = sum(amounts.iter().map(Amounts::amount))?;
    let (now, acted_by, channel) = (tx.now(), tx.actor().raw(), tx.cx().channel.code());
    let (storefront, quotation) = (tx.cx().storefront, new.quotation.map_or(0, Id::raw));
    let sql = sql!(
        "insert into order_trade
           (home, id, buyer, acted_by, channel, storefront, quotation, currency, amount, orders, placed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let values = args![
        home,
        trade,
        new.buyer,
        acted_by,
        channel,
        storefront,
        quotation,
        new.currency,
        amount,
        new.orders.len(),
        now
    ];
    tx.exec(sql, values)?;
    let mut orders = Vec::with_capacity(new.orders.len());
    for (order, amounts) in new.orders.iter().zip(&amounts) {
        orders.push(place_order(tx, new, trade, order, amounts)?);
    }
    tx.about(trade);
    Ok((trade, orders))
}

struct Amounts {
    goods: i64,
    charges: i64,
    tax: i64,
    units: i64,
}

impl Amounts {
    fn of(order: &NewOrder) -> Result<Amounts> {
        let goods = sum(order.lines.iter().map(|line| line.cash))?;
        let charges = sum(order.charges.iter().map(|charge| charge.amount))?;
        goods.checked_add(charges).ok_or(Common::AmountOverflow)?;
        let taxes = order.lines.iter().map(|line| line.tax.amount);
        let tax = sum(taxes.chain(order.charges.iter().map(|charge| charge.tax.amount)))?;
        Ok(Amounts { goods, charges, tax, units: sum(order.lines.iter().map(|line| line.units.get()))? })
    }

    fn amount(&self) -> i64 {
        self.goods + self.charges
    }
}

fn sum(mut parts: impl Iterator<Item = i64>) -> Result<i64> {
    let total = parts.try_fold(0_i64, i64::checked_add);
    total.ok_or_else(|| Common::AmountOverflow.into())
}

fn place_order(
    tx: &mut Tx,
    new: &NewTrade,
    trade: Id<kinds::Trade>,
    order: &NewOrder,
    amounts: &Amounts,
) -> Result<Id<kinds::Order>> {
    let home = new.buyer.home();
    let id = tx.id::<kinds::Order>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into order_order
           (home, id, trade, buyer, shop, state, currency, shop_currency, rate_ppb, goods, charges, tax, amount,
            refunded, commission, lines, units, shipped, cancelled, version, placed_at, close_at, extended)
         values ($1, $2, $3, $4, $5, 'unpaid', $6, $7, $8, $9, $10, $11, $12,
            0, 0, $13, $14, 0, 0, 1, $15, $16, 0)"
    );
    let Amounts { goods, charges, tax, units } = amounts;
    let amount = amounts.amount();
    let values = args![
        home,
        id,
        trade,
        new.buyer,
        order.shop,
        new.currency,
        order.shop_currency,
        order.rate_ppb,
        goods,
        charges,
        tax,
        amount,
        order.lines.len(),
        units,
        now,
        new.close_at
    ];
    tx.exec(sql, values)?;
    place_lines(tx, id, &order.lines)?;
    place_charges(tx, id, order)?;
    place_recipient(tx, id, order)?;
    note_change(tx, id, 1, "place", State::Unpaid, State::Unpaid, "")?;
    let placed = Placed {
        order: id,
        shop: order.shop,
        buyer: new.buyer,
        trade,
        currency: new.currency,
        amount,
        units: *units,
        close_at: new.close_at.0,
    };
    tx.emit(&placed, 1)?;
    Ok(id)
}

fn place_recipient(tx: &mut Tx, id: Id<kinds::Order>, order: &NewOrder) -> Result<()> {
    if let Some(to) = &order.recipient {
        let sql = sql!(
            "insert into order_recipient (home, ord, name, phone, country, region, postal, lines, note)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        );
        tx.exec(sql, args![id.home(), id, to.name, to.phone, to.country, to.region, to.postal, to.lines, to.note])?;
    }
    Ok(())
}

fn place_lines(tx: &mut Tx, order: Id<kinds::Order>, lines: &[NewLine]) -> Result<()> {
    let home = order.home();
    let mut rows: Vec<Vec<Val>> = Vec::with_capacity(lines.len());
    let mut prices: Vec<Vec<Val>> = Vec::with_capacity(lines.len());
    for (n, line) in (1_i64..).zip(lines) {
        let gross = line.price_rows.first().map_or(line.cash, |row| row.amount);
        let tax = &line.tax;
        rows.push(
            args![
                home,
                order,
                n,
                line.listing,
                line.sku,
                line.warehouse,
                line.title,
                line.units,
                line.price_per,
                line.price,
                gross,
                line.cash,
                tax.amount,
                tax.code,
                tax.rate_bp,
                tax.included,
                line.commission,
                0_i64,
                0_i64,
                0_i64,
                0_i64,
                0_i64
            ]
            .to_vec(),
        );
        for (at, row) in (1_i64..).zip(&line.price_rows) {
            let (stage, borne_by) = (&row.stage, &row.borne_by);
            prices.push(args![home, order, n, at, stage, row.offer, row.offer_version, row.amount, borne_by].to_vec());
        }
    }
    let table = into!(
        "order_line",
        "home, ord, n, listing, sku, warehouse, title, units, price_per, price, gross, cash, tax, tax_code, tax_bp, tax_included, commission_bp, shipped, cancelled, returned, allowed, refunded"
            => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22"
    );
    tx.insert_all(table, &rows)?;
    let table = into!(
        "order_price",
        "home, ord, line, n, stage, offer, offer_version, amount, borne_by" => "$1, $2, $3, $4, $5, $6, $7, $8, $9"
    );
    tx.insert_all(table, &prices)
}

fn place_charges(tx: &mut Tx, order: Id<kinds::Order>, new: &NewOrder) -> Result<()> {
    let rows: Vec<Vec<Val>> = (1_i64..)
        .zip(&new.charges)
        .map(|(n, charge)| {
            let tax = &charge.tax;
            args![
                order.home(),
                order,
                n,
                charge.kind,
                charge.amount,
                tax.amount,
                tax.code,
                tax.rate_bp,
                tax.included,
                charge.commission,
                0_i64
            ]
            .to_vec()
        })
        .collect();
    let table = into!(
        "order_charge",
        "home, ord, n, kind, amount, tax, tax_code, tax_bp, tax_included, commission_bp, refunded"
            => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"
    );
    tx.insert_all(table, &rows)
}
