//! The market as programs see it: who may call what ([`walk`]), what stands beside the operations ([`doors`]), every
//! code with its words ([`errors`]), and a whole trade by a client that is made from the document ([`story`]).

pub(crate) mod client;
mod doors;
mod errors;
pub(crate) mod samples;
mod schema;
mod story;
pub(crate) mod walk;
