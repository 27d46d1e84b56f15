//! The interface for the merchant: JSON in, JSON out, every request signed.

use crate::{Provider, Shared, act, statement};
use axum::{
    Json, Router,
    body::{Body, Bytes, to_bytes},
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use door::problem;
use kernel::{Error, Result, error::Common};
use sandbox::{
    SIGNATURE_HEADER,
    wire::{self, NewPayment, NewRefund, NewTransfer, Payment, Refund, Transfer},
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The most bytes of a request.
pub(crate) const BODY_MAX: usize = 16 * 1024;

pub(crate) fn routes(provider: &Shared) -> Router<Shared> {
    Router::new()
        .route("/v1/payments", post(create))
        .route("/v1/payments/{number}", get(query))
        .route("/v1/payments/{number}/close", post(close))
        .route("/v1/payments/{number}/refunds/{refund}", get(query_refund))
        .route("/v1/refunds", post(refund))
        .route("/v1/transfers", post(transfer))
        .route("/v1/transfers/{number}", get(query_transfer))
        .route("/v1/statements/{day}", get(statement::file))
        .route_layer(middleware::from_fn_with_state(provider.clone(), signed))
        .route("/healthz", get(health))
}

/// A no on its way out.
pub(crate) struct No(Error);

impl<E: Into<Error>> From<E> for No {
    fn from(error: E) -> No {
        No(error.into())
    }
}

impl IntoResponse for No {
    /// The code and its facts; a breakage says nothing but that it is one.
    fn into_response(self) -> Response {
        let facts = match &self.0 {
            Error::Refused(refused) => {
                let facts = refused.facts.iter();
                facts.map(|(name, fact)| ((*name).to_owned(), serde_json::json!(fact))).collect()
            }
            Error::Broken(error) => {
                tracing::error!(%error, "the trial provider broke");
                BTreeMap::new()
            }
        };
        (problem::status(&self.0), Json(wire::No { code: self.0.code().to_owned(), facts })).into_response()
    }
}

type Said<T> = std::result::Result<Json<T>, No>;

/// Lets through what the merchant signed, a short while ago, for this very route.
async fn signed(State(provider): State<Shared>, request: Request, next: Next) -> Response {
    match believed(&provider, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => No(error).into_response(),
    }
}

async fn believed(provider: &Provider, request: Request) -> Result<Request> {
    let (parts, body) = request.into_parts();
    let most = i64::try_from(BODY_MAX).unwrap_or(i64::MAX);
    let body = to_bytes(body, BODY_MAX).await.map_err(|_| door::Refusal::BodyTooLarge { most })?;
    let header = parts.headers.get(SIGNATURE_HEADER).and_then(|header| header.to_str().ok());
    let header = header.ok_or(sandbox::Refusal::SignatureInvalid)?;
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    provider.keys.check_request(header, parts.method.as_str(), target, &body, provider.now())?;
    Ok(Request::from_parts(parts, Body::from(body)))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let malformed = |error: serde_json::Error| door::Refusal::BodyMalformed { why: why(&error) };
    Ok(serde_json::from_slice(body).map_err(malformed)?)
}

/// What is wrong with a body, without repeating it.
fn why(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "not the fields of this request",
        _ => "not JSON",
    };
    format!("{what}, line {} column {}", error.line(), error.column())
}

/// A part of the path, if it can be a number at all: what cannot was never heard of.
fn number(part: std::result::Result<Path<String>, PathRejection>) -> Result<String> {
    let Path(number) = part.map_err(|_| Common::NotFound)?;
    sandbox::check_number(&number).map_err(|_| Common::NotFound)?;
    Ok(number)
}

fn found<T>(known: Option<T>) -> Result<T> {
    known.ok_or_else(|| Common::NotFound.into())
}

fn with_cashier(provider: &Provider, payment: Payment) -> Json<Payment> {
    let cashier = Some(provider.cashier(&payment.number));
    Json(Payment { cashier, ..payment })
}

async fn create(State(provider): State<Shared>, body: Bytes) -> Said<Payment> {
    let new: NewPayment = read(&body)?;
    sandbox::check_number(&new.number)?;
    let create = act("sandbox.create", &new.number);
    let payment = provider.store.write(create, move |tx| sandbox::create(tx, &new)).await?;
    Ok(with_cashier(&provider, payment))
}

async fn query(
    State(provider): State<Shared>,
    part: std::result::Result<Path<String>, PathRejection>,
) -> Said<Payment> {
    let (number, now) = (number(part)?, provider.now());
    let known = provider.store.read(move |read| sandbox::query(read, &number, now)).await?;
    Ok(with_cashier(&provider, found(known)?))
}

async fn close(
    State(provider): State<Shared>,
    part: std::result::Result<Path<String>, PathRejection>,
) -> Said<Payment> {
    let number = number(part)?;
    let close = act("sandbox.close", &number);
    let payment = provider.store.write(close, move |tx| sandbox::close(tx, &number)).await?;
    Ok(with_cashier(&provider, payment))
}

async fn refund(State(provider): State<Shared>, body: Bytes) -> Said<Refund> {
    let new: NewRefund = read(&body)?;
    sandbox::check_number(&new.number)?;
    sandbox::check_number(&new.payment)?;
    let refund = act("sandbox.refund", &new.number);
    Ok(Json(provider.store.write(refund, move |tx| sandbox::refund(tx, &new)).await?))
}

async fn query_refund(
    State(provider): State<Shared>,
    parts: std::result::Result<Path<(String, String)>, PathRejection>,
) -> Said<Refund> {
    let Path((payment, refund)) = parts.map_err(|_| Common::NotFound)?;
    let (payment, refund) = (number(Ok(Path(payment)))?, number(Ok(Path(refund)))?);
    let known = provider.store.read(move |read| sandbox::query_refund(read, &payment, &refund)).await?;
    Ok(Json(found(known)?))
}

async fn transfer(State(provider): State<Shared>, body: Bytes) -> Said<Transfer> {
    let new: NewTransfer = read(&body)?;
    sandbox::check_number(&new.number)?;
    let transfer = act("sandbox.transfer", &new.number);
    Ok(Json(provider.store.write(transfer, move |tx| sandbox::transfer(tx, &new)).await?))
}

async fn query_transfer(
    State(provider): State<Shared>,
    part: std::result::Result<Path<String>, PathRejection>,
) -> Said<Transfer> {
    let number = number(part)?;
    let known = provider.store.read(move |read| sandbox::query_transfer(read, &number)).await?;
    Ok(Json(found(known)?))
}

/// Whether the books can be read.
async fn health(State(provider): State<Shared>) -> std::result::Result<&'static str, No> {
    provider.store.read(sandbox::waiting_mischief).await?;
    Ok("ok")
}

/// The route is there, but not for this method.
pub(crate) async fn method_not_allowed() -> No {
    No(door::Refusal::MethodNotAllowed.into())
}

/// There is no such route.
pub(crate) fn no_such_route() -> Response {
    (StatusCode::NOT_FOUND, No(door::Refusal::NoSuchRoute.into())).into_response()
}
