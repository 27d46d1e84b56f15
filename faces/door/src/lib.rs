//! What every face does before it acts: who asks, in which language, from where, under which key; and how a no is said.
//!
//! The faces do not know each other; what they share is here. A face takes an [`Asked`] from the request, calls a flow
//! or a view with its [`kernel::Cx`], and turns what was refused into words with [`problem`]. Texts that people read
//! come from the catalogues by way of [`words`], amounts and instants from [`mod@format`].

mod app;
mod asked;
pub mod format;
mod limits;
mod metrics;
pub mod problem;
mod proxy;
pub mod words;

pub use app::{App, Options};
pub use asked::{Asked, SESSION_COOKIE, cookie, locale_of};
pub use limits::{BODY_MAX, Refusal};
pub use metrics::measured;
pub use problem::Problem;
pub use proxy::Proxies;
