//! `/pictures/{name}`: drawn pictures of goods, made of their names.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use door::App;
use pictures::Picture;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/pictures/{name}", get(picture))
}

/// A name says all of its picture, so whoever has it once never asks again.
async fn picture(Path(name): Path<String>) -> Response {
    let Some(picture) = Picture::of_file_name(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers =
        [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, pictures::svg(&picture)).into_response()
}
