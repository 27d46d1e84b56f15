//! The life of a listing, and the words of the room.

store::codes! {
    /// Where a listing stands.
    pub enum State {
        /// Its shop is still writing it.
        Draft = "draft",
        /// The market looks at it.
        InReview = "in_review",
        /// It can be bought.
        Listed = "listed",
        /// It was taken off.
        Delisted = "delisted",
        /// The market would not have it so.
        Refused = "refused",
    }
}

store::codes! {
    /// What is done to a listing.
    pub enum Step {
        /// Its shop asks for review.
        Submit = "submit",
        /// The market finds it good.
        Approve = "approve",
        /// The market finds it wanting.
        Refuse = "refuse",
        /// It goes on sale again.
        List = "list",
        /// It goes off sale.
        Delist = "delist",
        /// Its shop changes what it says.
        Rewrite = "rewrite",
    }
}

impl State {
    /// The state after a step; none where the step is not possible. What a shop rewrites is reviewed again, or a
    /// harmless page could become another one after it passed.
    pub const fn after(self, step: Step) -> Option<State> {
        use State::{Delisted, Draft, InReview, Listed, Refused};
        match (step, self) {
            (Step::Submit, Draft | Refused) => Some(InReview),
            (Step::Approve, Draft | InReview) => Some(Listed),
            (Step::Refuse, InReview) => Some(Refused),
            (Step::List, Delisted) => Some(Listed),
            (Step::Delist, Listed) => Some(Delisted),
            (Step::Rewrite, Draft | Delisted | Refused) => Some(Draft),
            (Step::Rewrite, InReview | Listed) => Some(InReview),
            _ => None,
        }
    }
}

store::codes! {
    /// What a row of a listing's changes says was done.
    pub enum Verb {
        /// It was written down.
        Made = "made",
        /// Its words, attributes, pictures or SKUs were changed.
        Edited = "edited",
        /// A price was set.
        Priced = "priced",
        /// Review was asked for.
        Submitted = "submitted",
        /// It went on sale.
        Listed = "listed",
        /// It went off sale.
        Delisted = "delisted",
        /// The market refused it.
        Refused = "refused",
        /// A SKU was put on or taken off sale.
        Switched = "switched",
    }
}

store::codes! {
    /// Whether a variant is on sale.
    pub enum SkuState {
        /// It is.
        OnSale = "on_sale",
        /// It is not.
        Off = "off",
    }
}

store::codes! {
    /// Whether stock is counted.
    pub enum Tracking {
        /// It is; what is not there is not sold.
        Tracked = "tracked",
        /// It is made when it is ordered.
        MadeToOrder = "made_to_order",
        /// There is nothing to count: a service, a download.
        NoStock = "no_stock",
    }
}

/// Whose hand writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    /// The market's: needs no review, and may make categories and attributes that are not there yet.
    Market,
    /// A shop's: what it writes is reviewed before it is sold.
    Shop,
}

/// Why something was done, in words, and the rule that was cited.
#[derive(Clone, Default, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// In words.
    pub why: Option<String>,
    /// The rule's code.
    pub rule: Option<String>,
}
