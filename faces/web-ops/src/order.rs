//! `/ops/orders/{id}`: one order in full, from placing to payout.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use kernel::{Id, Money, Time, kinds};
use merchant::Shop;
use order::{Order, State};
use views::order_page::{self, OrderPage};
use web::{Chip, Reply, Visit, id_in_path, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/orders/{id}", get(order))
}

#[derive(Template)]
#[template(path = "ops_order.html")]
struct OneOrder {
    v: Visit,
    desk: Desk,
    page: OrderPage,
    shop: Shop,
}

impl OneOrder {
    fn money(&self, minor: &i64) -> String {
        self.v.money(&self.page.order.money(*minor))
    }

    fn title(&self, n: &i64) -> String {
        let found = self.page.lines.iter().find(|line| line.line.n == *n);
        found.map(|line| line.line.title.clone()).unwrap_or_default()
    }

    /// What the order does by itself, and when.
    fn next(&self) -> Option<Chip> {
        let Order { state, close_at, confirm_at, .. } = &self.page.order;
        let said = |id: &str, at: &Time| {
            let left = self.v.left(at)?;
            Some(Chip { tone: "warn", word: self.v.tell(id, "left", left) })
        };
        match state {
            State::Unpaid => said("ops-order-closes", close_at),
            State::Shipped | State::PartShipped => confirm_at.and_then(|at| said("ops-order-confirms", &at)),
            _ => None,
        }
    }

    /// The business day on which the shop's money becomes free, while it has not.
    fn settles(&self) -> Option<String> {
        let Order { settle_on, settled_at, .. } = &self.page.order;
        settle_on
            .filter(|_| settled_at.is_none())
            .map(|day| format!("{}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100))
    }
}

/// An amount on its side of the books: nothing on the other.
pub(crate) fn debit(v: &Visit, amount: &Money) -> String {
    if amount.minor > 0 { v.money(amount) } else { String::new() }
}

/// The same for the right side.
pub(crate) fn credit(v: &Visit, amount: &Money) -> String {
    if amount.minor < 0 { v.money(&Money::new(-amount.minor, amount.currency)) } else { String::new() }
}

async fn order(v: Visit, Path(id): Path<String>) -> Reply {
    let id: Id<kinds::Order> = id_in_path(&id)?;
    let asked = desk::open(&v, "/ops/orders/{id}", move |read, _| {
        let page = order_page::order_page(read, id)?;
        let shop = merchant::shop(read, page.order.shop)?;
        Ok((page, shop))
    });
    let (desk, (found, shop)) = asked.await?;
    page(&v.clone(), &OneOrder { v, desk, page: found, shop })
}
