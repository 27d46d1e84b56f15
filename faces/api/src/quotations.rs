//! Offers at agreed prices, as the buyer to whom they are made sees them.

use crate::{
    answers::{OfQuotation, Paged},
    call::Call,
    op::{self, Op, chapter},
};
use flows::{checkout::Placed, quote};
use kernel::{Page, Result, error::Common};
use quotation::{Quotation, State};
use views::{QuotationCard, mine};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "quotations",
        vec![
            op::get("listQuotations", "/quotations", list).does("The offers made to the asker, latest first."),
            op::get("getQuotation", "/quotations/{quotation}", show)
                .does("An offer made to the asker, with its lines."),
            op::post("acceptQuotation", "/quotations/{quotation}/accept", accept)
                .does("Takes an offer: its stock is held and an unpaid trade stands.")
                .refuses(&[
                    "quotation_not_open",
                    "quotation_expired",
                    "out_of_stock",
                    "listing_not_listed",
                    "sku_delisted",
                    "shop_frozen",
                    "shop_not_open",
                    "no_warehouse",
                ]),
            op::act("declineQuotation", "/quotations/{quotation}/decline", decline)
                .does("Says no to an offer.")
                .refuses(&["quotation_not_open"]),
        ],
    )
}

async fn list(call: Call<(), Paged>) -> Result<Page<QuotationCard>> {
    let (cursor, limit) = (call.query.cursor, call.query.limit.0);
    call.read_own(move |read, own| mine::quotations(read, own, cursor, limit)).await
}

async fn show(call: Call<OfQuotation>) -> Result<Quotation> {
    let id = call.path.quotation;
    call.read(move |read, actor| {
        let found = quotation::quotation(read, id)?;
        identity::acts_for(read, actor, found.head.buyer)?;
        // A draft is the seller's alone.
        if found.head.state == State::Draft {
            return Err(Common::NotFound.into());
        }
        Ok(found)
    })
    .await
}

async fn accept(call: Call<OfQuotation>) -> Result<Placed> {
    quote::accept(call.store(), call.cx(), call.path.quotation).await
}

async fn decline(call: Call<OfQuotation>) -> Result<()> {
    quote::decline(call.store(), call.cx(), call.path.quotation).await
}
