//! What a request may be at most, and the refusals that only the door itself says.

use kernel::refusals;

/// The most bytes of a request's body, where a route says nothing else.
pub const BODY_MAX: usize = 256 * 1024;

refusals! {
    /// What the door says no to before anything is asked of the market.
    pub enum Refusal {
        /// There is no such page or route.
        NoSuchRoute => Missing "no_such_route",
        /// The route is there, but not for this method.
        MethodNotAllowed => Invalid "method_not_allowed",
        /// The form is stale or was sent from another site.
        Csrf => Forbidden "csrf",
        /// The body is not what the route reads: broken JSON, a form that is none.
        BodyMalformed { why: String } => Invalid "body_malformed",
        /// A field that the route does not know.
        UnknownField { field: String } => Invalid "unknown_field",
        /// The body is longer than the route takes.
        BodyTooLarge { most: i64 } => TooLarge "body_too_large",
        /// The body is of another type than the route reads.
        UnsupportedMediaType { expected: &'static str } => Invalid "unsupported_media_type",
        /// The `Idempotency-Key` is empty, too long, or not printable ASCII.
        IdempotencyKeyMalformed => Invalid "idempotency_key_malformed",
        /// A secret link that was used, is old, or never was.
        LinkSpent => Missing "link_spent",
    }
}
