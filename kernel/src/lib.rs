//! The words that every room shares: typed ids with their home, exact money, given time, who acts,
//! and how a "no" is said. Pure: nothing here reads a clock, a file, a socket or a database.

pub mod actor;
pub mod error;
pub mod id;
pub mod kinds;
pub mod locale;
pub mod money;
pub mod page;
pub mod quantity;
mod schema;
pub mod text;
pub mod time;

pub use actor::{Actor, Cx, SalesChannel};
pub use error::{Error, Fact, Kind, Refused, Result};
pub use id::{Home, Id};
pub use locale::Locale;
pub use money::{Currency, Money};
pub use page::{Cursor, Page};
pub use quantity::{BasisPoints, Units};
pub use text::Text;
pub use time::{Clock, Day, SetClock, SystemClock, Time};
