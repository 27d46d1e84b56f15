//! Every line of every order: how its price came about, and its tax. [B2, B6]

use super::clerk::{Clerk, Page};
use crate::outside::shown;
use kernel::{Result, kinds::Order, money::round_half_up};
use store::{Row, across};

/// A line with what its price ledger has said so far.
#[derive(Default)]
struct Line {
    order: i64,
    n: i64,
    units: i64,
    price_per: i64,
    price: i64,
    gross: i64,
    cash: i64,
    tax: Tax,
    rows: i64,
    sum: i128,
    wrongs: Vec<String>,
}

/// The tax part of an amount.
#[derive(Default)]
struct Tax {
    amount: i64,
    code: String,
    bp: i64,
    is_included: bool,
}

/// A line's gross price is its unit price times its units, half up; its price ledger opens with it and sums to the
/// cash; and its tax is what its rate comes to.
pub(super) fn prices_come_about(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select l.ord, l.n, l.units, l.price_per, l.price, l.gross, l.cash, l.tax, l.tax_code, l.tax_bp,
             l.tax_included, p.n, p.stage, p.offer, p.offer_version, p.amount
         from order_line l
         left join order_price p on p.home = l.home and p.ord = l.ord and p.line = l.n
         order by l.ord, l.n, p.n"
    );
    let mut line = Line::default();
    clerk.each(sql, &[], |row, page| {
        let (order, n): (i64, i64) = (row.get(0)?, row.get(1)?);
        if (order, n) != (line.order, line.n) {
            std::mem::replace(&mut line, read(row)?).judge(page);
        }
        line.take(row)
    })?;
    line.judge(clerk.page());
    charges_have_their_tax(clerk)?;
    clerk.count(across!("select count(*) from order_line"))
}

fn read(row: &Row) -> Result<Line> {
    Ok(Line {
        order: row.get(0)?,
        n: row.get(1)?,
        units: row.get(2)?,
        price_per: row.get(3)?,
        price: row.get(4)?,
        gross: row.get(5)?,
        cash: row.get(6)?,
        tax: tax(row, 7)?,
        ..Line::default()
    })
}

fn tax(row: &Row, at: usize) -> Result<Tax> {
    Ok(Tax { amount: row.get(at)?, code: row.get(at + 1)?, bp: row.get(at + 2)?, is_included: row.get(at + 3)? })
}

impl Line {
    /// Takes the next row of its price ledger.
    fn take(&mut self, row: &Row) -> Result<()> {
        let Some(n) = row.get::<Option<i64>>(11)? else {
            self.wrongs.push("has no price ledger".to_owned());
            return Ok(());
        };
        let (stage, offer, version): (String, i64, i64) = (row.get(12)?, row.get(13)?, row.get(14)?);
        let amount: i64 = row.get(15)?;
        self.rows += 1;
        self.sum += i128::from(amount);
        if n != self.rows {
            self.wrongs.push(format!("row {} of its price ledger is numbered {n}", self.rows));
        }
        let opens = stage == "regular" || stage == "agreed";
        if opens != (n == 1) || opens != (offer == 0) || opens != (version == 0) {
            self.wrongs.push(format!("row {n} of its price ledger is of stage {stage} by offer {offer}.{version}"));
        }
        if n == 1 && amount != self.gross {
            self.wrongs.push(format!("its gross price is {}, its price ledger opens at {amount}", self.gross));
        }
        Ok(())
    }

    fn judge(mut self, page: &mut Page) {
        if self.n == 0 && self.order == 0 {
            return;
        }
        let exact = i128::from(self.units) * i128::from(self.price);
        let gross = round_half_up(exact, i128::from(self.price_per.max(1)));
        if gross != i128::from(self.gross) {
            let Line { units, price, price_per, gross: says, .. } = &self;
            self.wrongs.push(format!("{units} units at {price} for {price_per} are {gross}, it says {says}"));
        }
        if self.rows > 0 && self.sum != i128::from(self.cash) {
            self.wrongs.push(format!("its price ledger sums to {}, it says {}", self.sum, self.cash));
        }
        self.wrongs.extend(self.tax.wrong(self.cash));
        let order = shown::<Order>(self.order);
        for wrong in self.wrongs {
            page.say(format!("Line {} of order {order}: {wrong}.", self.n), [order.clone()]);
        }
    }
}

impl Tax {
    /// Without a code there is no tax at all; with one it is inside the amount: a − round_half_up(a / (1 + rate)).
    fn wrong(&self, amount: i64) -> Option<String> {
        let Tax { amount: says, code, bp, is_included } = self;
        let untaxed = code.is_empty() || code == "none";
        let net = round_half_up(i128::from(amount) * 10_000, 10_000 + i128::from((*bp).max(0)));
        let due = if untaxed { 0 } else { i128::from(amount) - net };
        let fits = due == i128::from(*says) && *is_included != untaxed && (!untaxed || *bp == 0);
        (!fits).then(|| format!("its tax {code:?} at {bp} basis points is {due} of {amount}, it says {says}"))
    }
}

fn charges_have_their_tax(clerk: &mut Clerk) -> Result<()> {
    let sql = across!("select ord, n, amount, tax, tax_code, tax_bp, tax_included from order_charge");
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let (n, amount): (i64, i64) = (row.get(1)?, row.get(2)?);
        if let Some(wrong) = tax(row, 3)?.wrong(amount) {
            page.say(format!("Charge {n} of order {order}: {wrong}."), [order]);
        }
        Ok(())
    })
}
