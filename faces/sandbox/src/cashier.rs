//! The page where the buyer pays.

use crate::{
    Provider, Shared, act,
    page::{self, Words},
    qr::Qr,
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, Uri, header::LOCATION},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use door::format::{self, Pieces};
use kernel::{Result, Time};
use sandbox::wire::{Payment, PaymentState};

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/cashier/{number}", get(see)).route("/cashier/{number}/pay", post(pay).get(to_page))
}

/// What the page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Paid,
    Closed,
    Expired,
}

impl Stage {
    fn of(payment: &Payment, now: Time) -> Stage {
        match payment.state {
            PaymentState::Open => Stage::Open,
            PaymentState::Paid => Stage::Paid,
            PaymentState::Closed if payment.expires_at <= now => Stage::Expired,
            PaymentState::Closed => Stage::Closed,
        }
    }

    /// The beginning of its messages' ids.
    fn id(self) -> &'static str {
        match self {
            Stage::Open => "sandbox-open",
            Stage::Paid => "sandbox-paid",
            Stage::Closed => "sandbox-closed",
            Stage::Expired => "sandbox-expired",
        }
    }
}

#[derive(Template)]
#[template(path = "cashier.html")]
struct Cashier<'a> {
    w: Words,
    stage: Stage,
    merchant: &'a str,
    payment: &'a Payment,
    amount: String,
    pieces: Pieces,
    left: String,
    until: String,
    paid_at: String,
    /// The payment was paid before this was asked for.
    again: bool,
    /// The page's own address from where it stands.
    here: String,
    address: String,
    qr: Qr,
}

impl Cashier<'_> {
    /// The stage's message of this ending.
    fn of_stage(&self, ending: &str) -> String {
        self.w.say(&format!("{}-{ending}", self.stage.id()))
    }
}

type Number = std::result::Result<Path<String>, PathRejection>;

async fn see(State(provider): State<Shared>, part: Number, headers: HeaderMap, uri: Uri) -> Response {
    let w = Words::asked(&provider, &headers, uri.query(), "../");
    let known = match number(part) {
        Some(number) => known(&provider, number).await,
        None => Ok(None),
    };
    match known {
        Ok(Some(payment)) => show(&provider, w, StatusCode::OK, &payment, false),
        Ok(None) => page::notice(w, StatusCode::NOT_FOUND, "sandbox-unknown"),
        Err(error) => page::broken(w, &error),
    }
}

fn number(part: Number) -> Option<String> {
    let Path(number) = part.ok()?;
    sandbox::check_number(&number).is_ok().then_some(number)
}

async fn known(provider: &Provider, number: String) -> Result<Option<Payment>> {
    let now = provider.now();
    provider.store.read(move |read| sandbox::query(read, &number, now)).await
}

fn show(provider: &Provider, w: Words, status: StatusCode, payment: &Payment, again: bool) -> Response {
    let now = provider.now();
    let address = provider.cashier(&payment.number);
    let qr = match Qr::of(&address) {
        Ok(qr) => qr,
        Err(error) => return page::broken(w, &error),
    };
    let instant = |at| format::time(w.locale, &provider.zone, now, at);
    let cashier = Cashier {
        w,
        stage: Stage::of(payment, now),
        merchant: &provider.merchant_name,
        payment,
        amount: format::money(payment.amount),
        pieces: format::pieces(payment.amount),
        left: format::left(w.locale, now, payment.expires_at).unwrap_or_default(),
        until: instant(payment.expires_at),
        paid_at: payment.paid_at.map(instant).unwrap_or_default(),
        again,
        here: format!("{}cashier/{}", w.root, payment.number),
        address,
        qr,
    };
    page::show(status, &cashier)
}

/// Whoever comes back to where a form was sent, or changes the language there, is shown the page.
async fn to_page(uri: Uri) -> Response {
    let (_, number) = uri.path().trim_end_matches("/pay").rsplit_once('/').unwrap_or_default();
    let lang = door::locale_of(&HeaderMap::new(), uri.query());
    let query = lang.map(|lang| format!("?lang={lang}")).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(LOCATION, format!("../{number}{query}"))]).into_response()
}

/// The buyer pays, and is sent back to the page, which says so: loading it again pays nothing.
async fn pay(State(provider): State<Shared>, part: Number, request: Request) -> Response {
    let w = Words::asked(&provider, request.headers(), request.uri().query(), "../../");
    let Some(number) = number(part) else {
        return page::notice(w, StatusCode::NOT_FOUND, "sandbox-unknown");
    };
    let asked = number.clone();
    let paid = provider.store.write(act("sandbox.pay", &number), move |tx| sandbox::pay(tx, &asked)).await;
    match paid {
        Ok(_) => {
            let back = format!("../{number}?lang={}", w.locale);
            (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response()
        }
        Err(error) if matches!(error.code(), "already_paid" | "payment_closed") => match known(&provider, number).await
        {
            Ok(Some(payment)) => show(&provider, w, StatusCode::CONFLICT, &payment, true),
            Ok(None) => page::notice(w, StatusCode::NOT_FOUND, "sandbox-unknown"),
            Err(error) => page::broken(w, &error),
        },
        Err(error) if error.code() == "not_found" => page::notice(w, StatusCode::NOT_FOUND, "sandbox-unknown"),
        Err(error) => page::broken(w, &error),
    }
}
