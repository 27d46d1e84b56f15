//! Who sells here: merchants, their papers and bank accounts, and their shops from the first draft to the end.
//!
//! **Owns** merchants (legal entities), their papers, contracts and bank accounts; shops, their names in addresses,
//! their state with every change of it; and each shop's own list of its orders and quotations.
//!
//! **Verbs**: [`apply`], [`another_shop`], [`operator_opens`]; [`add_paper`], [`submit`], [`begin_review`],
//! [`review`], [`sign`], [`deposit_paid`], [`open`], [`freeze`], [`unfreeze`], [`begin_closing`], [`close`];
//! [`add_bank_account`], [`remove_bank_account`]; [`note_order`], [`note_quotation`].
//! **Questions**: [`shop`], [`shop_by_slug`], [`require_open`], [`shops_of`], [`payout_account`], [`orders`],
//! [`quotations`]. **Events**: `merchant.applied`, `merchant.shop_opened`, `merchant.shop_frozen`,
//! `merchant.shop_unfrozen`, `merchant.shop_closed`. **Refusals**: [`Refusal`].
//!
//! **Refuses to know** goods, money and people: who may act for a merchant is identity's, the deposit as money is the
//! ledger's, and that nothing is under way when a shop closes is asked by the flow.

mod apply;
mod bank;
mod event;
mod find;
mod kind;
mod life;
mod listed;
mod paper;
mod refusal;
mod slug;
mod state;

pub use apply::{Application, ShopForm, another_shop, apply, operator_opens};
pub use bank::{
    BankAccount, BankAccountForm, BankAccountState, add_bank_account, bank_account, bank_accounts, payout_account,
    remove_bank_account,
};
pub use event::{Applied, ShopClosed, ShopFrozen, ShopOpened, ShopUnfrozen};
pub use find::{Change, Merchant, Shop, changes, legal_name, merchant, require_open, shop, shop_by_slug, shops_of};
pub use kind::MerchantKind;
pub use life::{
    Contract, Verdict, begin_closing, begin_review, close, deposit_paid, freeze, open, review, sign, submit, unfreeze,
};
pub use listed::{Listed, ListedOrder, ListedQuotation, note_order, note_quotation, orders, quotations};
pub use paper::{Paper, PaperKind, add_paper, is_credit_code, is_identity_number, papers};
pub use refusal::Refusal;
pub use slug::Slug;
pub use state::{ShopMove, ShopState};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "merchant",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
