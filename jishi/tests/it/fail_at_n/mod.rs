//! A story of every act, told with each of its statements failing, panicking, and each commit's answer lost. The first
//! word of each is the act's own name; that the story does it is looked up in the audit log.

mod buying;
mod goods;
mod keeping;
mod market;
mod money;
mod people;
mod refunds;
mod selling;
mod shops;
mod worker;

use testkit::{Market, Ordered, Street, days, ordered, paid, shipped, street, well};

/// The order is confirmed, and its money is the shop's.
fn settled(market: &Market) -> Ordered {
    let street = shipped(market);
    street.shop.has_bank_account();
    well(street.anna.confirms(street.order()));
    well(market.later(days(8)));
    street
}
