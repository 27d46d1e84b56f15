//! `/seller/{slug}/orders/{id}`: one order with everything that its shop does about it.

use crate::desk::{self, Desk};
use aftersale::Kind;
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use identity::Permission;
use kernel::{Id, Money, Time, error::Common, kinds};
use order::State;
use std::collections::BTreeMap;
use views::{
    order_page::{self, Case, OrderPage, Parcel, Refund},
    seller::{self, Variant},
};
use web::{Chip, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/seller/{slug}/orders/{order}", get(order))
}

#[derive(Template)]
#[template(path = "seller_order.html")]
struct One {
    v: Visit,
    desk: Desk,
    typed: Typed,
    page: OrderPage,
    reasons: Vec<(String, String)>,
    variants: BTreeMap<Id<kinds::Sku>, String>,
}

impl One {
    fn money(&self, minor: &i64) -> Money {
        self.page.order.money(*minor)
    }

    /// What tells a line's goods apart: the variant's words and its code, by which it is packed.
    fn variant(&self, line: &order::Line) -> &str {
        self.variants.get(&line.sku).map_or("", String::as_str)
    }

    /// Units of a line that wait to go out.
    fn left(&self, line: &order::Line) -> i64 {
        line.units - line.shipped - line.cancelled
    }

    /// Units of a line whose money may still go back.
    fn refundable(&self, line: &order::Line) -> i64 {
        line.units - line.returned
    }

    fn ships(&self) -> bool {
        self.desk.can("shop.orders") && matches!(self.page.order.state, State::Paid | State::PartShipped)
    }

    fn refunds(&self) -> bool {
        let is_paid = !matches!(self.page.order.state, State::Unpaid | State::Closed);
        self.desk.can("shop.refunds") && is_paid && self.page.order.refunded < self.page.order.amount
    }

    /// The next instant at which the order moves by itself, with its message.
    fn deadline(&self) -> Option<(&'static str, Time)> {
        let order = &self.page.order;
        match order.state {
            State::Unpaid => Some(("seller-order-pay-by", order.close_at)),
            State::PartShipped | State::Shipped => order.confirm_at.map(|at| ("seller-order-confirms", at)),
            State::Paid | State::Completed | State::Closed => None,
        }
    }

    /// What the shop does next, in a sentence.
    fn next(&self) -> &'static str {
        self.v.say(match self.page.order.state {
            State::Unpaid => "seller-next-unpaid",
            State::Paid => "seller-next-paid",
            State::PartShipped => "seller-next-part-shipped",
            State::Shipped => "seller-next-shipped",
            State::Completed if self.page.order.settled_at.is_none() => "seller-next-completed",
            State::Completed => "seller-next-settled",
            State::Closed => "seller-next-closed",
        })
    }

    fn title_of(&self, n: &i64) -> &str {
        self.page.lines.iter().find(|line| line.line.n == *n).map_or("", |line| &line.line.title)
    }

    fn case_chip(&self, case: &Case) -> Chip {
        self.v.chip("case", case.state.word())
    }

    fn is_asked(&self, case: &Case) -> bool {
        case.state == aftersale::State::Asked && self.desk.can("shop.refunds")
    }

    fn refund_chip(&self, refund: &Refund) -> Chip {
        self.v.chip("refund", refund.state.word())
    }

    fn parcel_chip(&self, parcel: &Parcel) -> Chip {
        self.v.chip("parcel", parcel.shipped.parcel.state.word())
    }

    /// What a carrier may have said, to be chosen from.
    fn scans(&self) -> Vec<(&'static str, String)> {
        let said = delivery::State::ALL.iter().filter(|state| **state != delivery::State::Created);
        said.map(|state| (state.word(), self.v.word("parcel-state", state.word()))).collect()
    }
}

async fn order(v: Visit, Path((slug, order)): Path<(String, String)>) -> Reply {
    show(v, &slug, &order, Typed::default()).await
}

/// The order's page with what was typed into one of its forms.
pub(crate) async fn show(v: Visit, slug: &str, order: &str, typed: Typed) -> Reply {
    let id: Id<kinds::Order> = id_in_path(order)?;
    let lang = v.locale();
    let asked = desk::open(&v, slug, Some(Permission::ShopOrders), move |read, desk| {
        if order::order(read, id)?.shop != desk.shop.id {
            return Err(Common::NotYours.into());
        }
        let page = order_page::order_page_in_full(read, id)?;
        let variants = seller::variants(read, id, lang)?;
        Ok((page, aftersale::reasons(read, Kind::RefundOnly)?, variants))
    });
    let (desk, (page, codes, variants)) = asked.await?;
    let variants = variants.into_iter().map(|variant| (variant.sku, words_of(&variant))).collect();
    let reasons = codes.into_iter().map(|code| (code.clone(), v.word("seller-reason", &code))).collect();
    let typed = typed.under(vec![("reason".to_owned(), "agreed".to_owned())]);
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &One { v, desk, typed, page, reasons, variants })
}

fn words_of(variant: &Variant) -> String {
    match &variant.option {
        Some(option) => format!("{option} · {}", variant.code),
        None => variant.code.clone(),
    }
}
