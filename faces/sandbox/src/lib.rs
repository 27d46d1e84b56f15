//! The trial payment provider over HTTP: its interface for the merchant, its cashier for the buyer, and the page where
//! things are made to go wrong. docs/sandbox.md is its manual.
//!
//! It holds a store of its own, which may be the market's, and the provider's keys; of the market it knows the address
//! that its messages go to. Every address in its pages is relative, so that it may be mounted below any path; what is
//! signed is the path below the mount.
//!
//! What is absent: accounts, sessions, anything about orders. Whoever has a payment's address may pay it.

mod api;
mod cashier;
mod deliver;
mod mischief;
mod page;
mod qr;
mod statement;

pub use deliver::deliver;

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use kernel::{Actor, Cx, Locale, SalesChannel, Time};
use sandbox::Keys;
use std::sync::Arc;
use store::{Act, Store};

/// The provider, and how it is reached.
#[derive(Clone)]
pub struct Provider {
    /// Its books; the store must hold [`sandbox::SCHEMA`].
    pub store: Store,
    /// Its keys.
    pub keys: Keys,
    /// To whom buyers pay, as the cashier's page says it.
    pub merchant_name: String,
    /// Its own address as browsers reach it, with the path that it is mounted at: `https://pay.example`.
    pub public: String,
    /// Where its messages go: `http://127.0.0.1:8080/callbacks/sandbox`.
    pub notify: String,
    /// What opens the mischief page to others than the machine itself; none opens it to nobody else.
    pub token: Option<String>,
    /// The language of whoever asks for none.
    pub language: Locale,
    /// The zone of the times on its pages.
    pub zone: TimeZone,
}

pub(crate) type Shared = Arc<Provider>;

impl Provider {
    pub(crate) fn now(&self) -> Time {
        self.store.clock().now()
    }

    /// The page where the buyer pays.
    pub(crate) fn cashier(&self, number: &str) -> String {
        format!("{}/cashier/{number}", self.public.trim_end_matches('/'))
    }
}

/// An act of the provider's, apart from the market's in the audit log.
pub(crate) fn act(name: &'static str, request: &str) -> Act {
    Act::new(name, &Cx::new(Actor::System("sandbox"), request).through(SalesChannel::Api))
}

/// The provider's routes. The mischief page knows the machine itself by the connection's address, so the router must be
/// served with `into_make_service_with_connect_info::<SocketAddr>()`; without it the page opens by its token alone.
pub fn router(provider: Provider) -> Router {
    let provider = Arc::new(provider);
    let router = Router::new()
        .merge(api::routes(&provider))
        .merge(cashier::routes())
        .merge(mischief::routes(&provider))
        .merge(page::routes())
        .fallback(page::no_such_page)
        .method_not_allowed_fallback(api::method_not_allowed);
    router.layer(middleware::from_fn(guarded)).with_state(provider)
}

/// What every answer says to a browser: show it as what it is, run nothing, frame it nowhere, keep it nowhere.
async fn guarded(request: Request, next: Next) -> Response {
    (page::GUARDS, next.run(request).await).into_response()
}

#[cfg(test)]
mod tests;
