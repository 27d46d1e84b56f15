//! The provider and a market, each behind a socket of its own.

mod cashier;
mod interface;
mod mischief;
mod story;
mod world;
