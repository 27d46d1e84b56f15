//! How a "no" is said. A refusal is a value with a stable code, a kind and the facts a person needs;
//! a breakage is opaque, logged with its request's id, and never explained outside.

use crate::{Id, Money, Time, id::Named};
use schemars::JsonSchema;
use serde::Serialize;
use std::{borrow::Cow, fmt};

/// The result of everything that can be refused or break.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of "no" it is; decides the HTTP status and whether the audit log hears of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// There is no such thing (404).
    Missing,
    /// There is, but it is another's: outside it looks missing (404), inside it is audited as forbidden.
    Hidden,
    /// Nobody has logged in (401).
    Unauthenticated,
    /// The thing is visible but the permission is missing (403); audited.
    Forbidden,
    /// Not in this state, not any more, somebody was faster (409).
    Conflict,
    /// The request itself is wrong (422).
    Invalid,
    /// Over a limit of size (413).
    TooLarge,
    /// Over a limit of rate (429).
    TooMany,
    /// The database is locked, full or gone; nothing was changed, ask again (503).
    Unavailable,
}

impl Kind {
    /// Whether a refusal of this kind leaves an audit row.
    pub const fn is_audited(self) -> bool {
        matches!(self, Kind::Forbidden | Kind::Hidden)
    }
}

/// A figure or name that a person needs to understand the refusal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Fact {
    /// A count or another whole number.
    Number(i64),
    /// A name, a code, an id as shown outside.
    Text(Cow<'static, str>),
    /// An amount with its currency.
    Money(Money),
    /// An instant.
    Time(Time),
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Fact::Number(number)
    }
}
impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Fact::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<&'static str> for Fact {
    fn from(text: &'static str) -> Self {
        Fact::Text(text.into())
    }
}
impl From<String> for Fact {
    fn from(text: String) -> Self {
        Fact::Text(text.into())
    }
}
impl From<Money> for Fact {
    fn from(money: Money) -> Self {
        Fact::Money(money)
    }
}
impl From<Time> for Fact {
    fn from(time: Time) -> Self {
        Fact::Time(time)
    }
}
impl<K: Named> From<Id<K>> for Fact {
    fn from(id: Id<K>) -> Self {
        Fact::Text(id.to_string().into())
    }
}

/// A business "no".
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refused {
    /// Stable, snake_case, the same condition everywhere.
    pub code: &'static str,
    /// What sort of no.
    pub kind: Kind,
    /// The facts, by name.
    pub facts: Vec<(&'static str, Fact)>,
    /// Which input it is about, where it is about one: `lines[3].quantity`.
    pub field: Option<Cow<'static, str>>,
}

/// Why something did not happen.
#[derive(Debug)]
pub enum Error {
    /// The market says no, and why.
    Refused(Box<Refused>),
    /// Something broke; opaque outside.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A breakage from any other error.
    pub fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Broken(error.into())
    }

    /// The refusal's code, or `broken`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Refused(refused) => refused.code,
            Error::Broken(_) => "broken",
        }
    }

    /// The refusal's kind, if it is one.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Error::Refused(refused) => Some(refused.kind),
            Error::Broken(_) => None,
        }
    }

    /// The same refusal, said of one input field.
    #[must_use]
    pub fn at(mut self, field: impl Into<Cow<'static, str>>) -> Error {
        if let Error::Refused(refused) = &mut self {
            refused.field = Some(field.into());
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Broken(error) => write!(f, "broken: {error}"),
            Error::Refused(refused) => {
                write!(f, "{}", refused.code)?;
                if let Some(field) = &refused.field {
                    write!(f, " at {field}")?;
                }
                for (name, fact) in &refused.facts {
                    match fact {
                        Fact::Number(number) => write!(f, " {name}={number}")?,
                        Fact::Text(text) => write!(f, " {name}={text}")?,
                        Fact::Money(money) => write!(f, " {name}={money}")?,
                        Fact::Time(time) => write!(f, " {name}={time}")?,
                    }
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

/// Declares a room's refusals: one enum, each variant with its kind and its stable code.
///
/// ```
/// kernel::refusals! {
///     /// What the shelf says no to.
///     pub enum Refusal {
///         /// Fewer units are free than were asked for.
///         OutOfStock { available: i64 } => Conflict "out_of_stock",
///         /// No such shelf.
///         UnknownShelf => Missing "unknown_shelf",
///     }
/// }
/// let no: kernel::Error = Refusal::OutOfStock { available: 2 }.into();
/// assert_eq!(no.to_string(), "out_of_stock available=2");
/// ```
#[macro_export]
macro_rules! refusals {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident $({ $($fact:ident : $type:ty),+ $(,)? })? => $kind:ident $code:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis enum $name {
            $($(#[$doc])* $variant $({ $(
                #[allow(missing_docs)]
                $fact: $type
            ),+ })?,)+
        }

        impl $name {
            /// Every refusal: name, code and kind, for the list of error codes.
            pub const ALL: &'static [(&'static str, &'static str, $crate::Kind)] =
                &[$((stringify!($variant), $code, $crate::Kind::$kind)),+];

            /// The refusal said of one input field.
            #[allow(dead_code)]
            $vis fn at(self, field: impl Into<std::borrow::Cow<'static, str>>) -> $crate::Error {
                $crate::Error::from(self).at(field)
            }
        }

        impl From<$name> for $crate::Error {
            fn from(refusal: $name) -> Self {
                let (code, kind, facts) = match refusal {
                    $($name::$variant $({ $($fact),+ })? => (
                        $code,
                        $crate::Kind::$kind,
                        vec![$($((stringify!($fact), $crate::Fact::from($fact)),)+)?],
                    ),)+
                };
                $crate::Error::Refused(Box::new($crate::Refused { code, kind, facts, field: None }))
            }
        }
    };
}

refusals! {
    /// Refusals that any part of the program may say.
    pub enum Common {
        /// A text that should be an id is none, is of another kind or is damaged.
        IdMalformed { expected: &'static str } => Invalid "id_malformed",
        /// There is no such thing, or none that the asker may know of.
        NotFound => Missing "not_found",
        /// It is another's; outside it reads exactly like [`Common::NotFound`].
        NotYours => Hidden "not_found",
        /// This needs a log-in.
        LoginNeeded => Unauthenticated "login_needed",
        /// The permission for this is missing.
        PermissionMissing { permission: &'static str } => Forbidden "permission_missing",
        /// A number outside what is allowed here.
        OutOfRange { least: i64, most: i64 } => Invalid "out_of_range",
        /// Longer than allowed.
        TooLong { most: i64 } => Invalid "too_long",
        /// Needed, but empty or left out.
        Required => Invalid "required",
        /// Contains control characters or is no text at all.
        NotText => Invalid "not_text",
        /// Not in the form that is expected here.
        Malformed { expected: &'static str } => Invalid "malformed",
        /// More things than the limit allows.
        TooManyThings { most: i64 } => Invalid "too_many",
        /// An amount or a quantity beyond the limit.
        TooLarge { most: i64 } => Invalid "too_large",
        /// Amounts of two currencies where one is needed.
        CurrencyMismatch { expected: String, found: String } => Invalid "currency_mismatch",
        /// The arithmetic left the range of 64 bits.
        AmountOverflow => Invalid "too_large",
        /// The same key was used for another request.
        KeyReused => Conflict "idempotency_key_reused",
        /// The first request under this key has not been answered yet.
        InProgress => Conflict "in_progress",
        /// A cursor that this list did not give out.
        CursorMalformed => Invalid "cursor_malformed",
        /// The database is locked, full or gone. Nothing was changed; the same request may be sent again.
        Unavailable { reason: &'static str } => Unavailable "unavailable",
    }
}

/// The snake_case of a variant's name, so a test can hold codes against names.
pub fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (at, character) in name.char_indices() {
        if character.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}
