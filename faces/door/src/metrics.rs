//! What is counted of requests, in the text form that Prometheus reads.

use crate::App;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use std::time::Instant;

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The counters of one process.
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    seconds: Family<Route, Histogram>,
    /// Events that wait in the outbox.
    pub events_waiting: Gauge,
    /// Timers whose hour has passed.
    pub timers_overdue: Gauge,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("jishi");
        let requests = Family::<Asked, Counter>::default();
        // From half a millisecond to sixteen seconds.
        let buckets = || Histogram::new(exponential_buckets(0.000_5, 2.0, 16));
        let seconds = Family::<Route, Histogram>::new_with_constructor(buckets);
        let (events_waiting, timers_overdue) = (Gauge::default(), Gauge::default());
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Seconds from request to answer", seconds.clone());
        registry.register("events_waiting", "Events waiting in the outbox", events_waiting.clone());
        registry.register("timers_overdue", "Timers whose hour has passed", timers_overdue.clone());
        Metrics { registry, requests, seconds, events_waiting, timers_overdue }
    }
}

impl Metrics {
    /// Everything, as OpenMetrics text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}

/// The middleware around every route: counts, measures, names the request, and logs what broke.
pub async fn measured(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = app.request_id();
    // Only methods and routes that exist become labels; whoever makes others up must not fill the memory.
    let method = known(request.method()).to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    app.metrics().requests.get_or_create(&Asked { method: method.clone(), route: route.clone(), status }).inc();
    app.metrics().seconds.get_or_create(&Route { route: route.clone() }).observe(began.elapsed().as_secs_f64());
    if status >= 500 {
        tracing::error!(request = id, method, route, status, "a request was not served");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response.headers_mut().entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    response
}

fn known(method: &Method) -> &'static str {
    let all = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS];
    let words = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
    all.iter().zip(words).find(|(one, _)| *one == method).map_or("other", |(_, word)| word)
}

/// The id that [`measured`] gave a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub String);
