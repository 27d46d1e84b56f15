//! The market for programs: `/api/v1`, its description at `/openapi.json`, and the doors for machines beside it.
//!
//! Every operation is declared once, beside its handler, as an `op::Op`: from the same line come its route and its place
//! in the OpenAPI document; who may call it stands in [`permissions`]. A handler takes a `call::Call` (who asks, path,
//! query, body), calls a view or a flow, and answers a value of theirs; errors become problem+json on one path.

mod accounts;
mod answers;
mod call;
mod cart;
mod codes;
mod document;
mod goods;
mod machines;
mod may;
mod no;
mod op;
mod operator;
mod operator_books;
mod orders;
pub mod permissions;
mod quotations;
mod read_error;
mod seller_goods;
mod seller_money;
mod seller_orders;
mod seller_shops;
mod shown;
mod trades;

#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::any,
};
use door::{App, Refusal};
use no::No;
use op::{Op, ROOT};
use serde_json::Value;

/// Every operation, in the order of the document.
fn operations() -> Vec<Op> {
    [
        accounts::operations(),
        goods::operations(),
        cart::operations(),
        trades::operations(),
        orders::operations(),
        quotations::operations(),
        seller_shops::operations(),
        seller_goods::operations(),
        seller_orders::operations(),
        seller_money::operations(),
        operator::operations(),
        operator_books::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The OpenAPI 3.1 document.
pub fn document() -> Value {
    document::of(&operations())
}

/// `/api/v1`, `/openapi.json` and the doors for machines.
pub fn router() -> Router<App> {
    let operations = operations();
    let document = document::of(&operations);
    let api = operations.into_iter().fold(Router::new(), |router, op| router.route(&op.path, op.route));
    api.merge(machines::routes())
        .merge(document::route(&document))
        .method_not_allowed_fallback(wrong_method)
        .route(ROOT, any(nowhere))
        .route(&format!("{ROOT}/"), any(nowhere))
        .route(&format!("{ROOT}/{{*rest}}"), any(nowhere))
}

async fn nowhere(State(app): State<App>, request: Request) -> Response {
    No::nobody(&app, &request.into_parts().0, Refusal::NoSuchRoute.into()).await.into_response()
}

async fn wrong_method(State(app): State<App>, request: Request) -> Response {
    No::nobody(&app, &request.into_parts().0, Refusal::MethodNotAllowed.into()).await.into_response()
}
