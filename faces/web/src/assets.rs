//! The stylesheet, the icons and the scripts, at addresses that change with their content.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use door::App;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const FILES: &[(&str, &str, &[u8])] = &[
    ("jishi.css", "text/css; charset=utf-8", include_bytes!("../static/jishi.css")),
    ("jishi.js", "text/javascript; charset=utf-8", include_bytes!("../static/jishi.js")),
    ("icons.svg", "image/svg+xml", include_bytes!("../static/icons.svg")),
    ("icon.svg", "image/svg+xml", include_bytes!("../static/icon.svg")),
];

/// The first digits of the hash over all of them, part of every address: a page never meets another release's style.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let hash = FILES.iter().fold(Sha256::new(), |hash, (_, _, bytes)| hash.chain_update(bytes)).finalize();
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    format!("/static/{}/{name}", *VERSION)
}

/// `/static/…`.
pub fn router() -> Router<App> {
    Router::new().route("/static/{version}/{name}", get(file))
}

async fn file(Path((_, name)): Path<(String, String)>) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, *bytes).into_response()
}
