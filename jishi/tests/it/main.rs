//! The one integration-test binary of the workspace: many would make every round of editing and testing slower.
//!
//! Each file holds the stories of one place, told on both databases; `fail_at_n` tells a story of every act with each
//! of its statements failing; `lessons` rebuilds what went wrong elsewhere; `statements` and `codes` hold the whole
//! program against rules.

// Amounts stand as people read them: 176_00 is 176.00.
#![allow(clippy::inconsistent_digit_grouping)]
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod api;
mod audit;
mod browser;
mod closing;
mod codes;
mod command_line;
mod confirming;
mod demo;
mod fail_at_n;
mod guests;
mod last_piece;
mod late_refunds;
mod lessons;
mod lists;
mod over_http;
mod quotations;
mod refunds;
mod refusals;
mod replay;
mod search;
mod serving;
mod shipping;
mod statements;
mod tamper;
mod trade;
mod words;
mod workers;
