//! Where a permission holds.

use crate::ScopeKind;
use kernel::{Home, Id, kinds};

/// A place that permissions are granted over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The whole market.
    Market,
    /// A legal entity.
    Merchant(Id<kinds::Merchant>),
    /// A shop.
    Shop(Id<kinds::Shop>),
    /// A warehouse.
    Warehouse(Id<kinds::Warehouse>),
    /// An organisation that buys.
    Organisation(Id<kinds::Party>),
}

impl Scope {
    /// Its sort.
    pub const fn kind(self) -> ScopeKind {
        match self {
            Scope::Market => ScopeKind::Market,
            Scope::Merchant(_) => ScopeKind::Merchant,
            Scope::Shop(_) => ScopeKind::Shop,
            Scope::Warehouse(_) => ScopeKind::Warehouse,
            Scope::Organisation(_) => ScopeKind::Organisation,
        }
    }

    /// Its raw id; the one market has none and answers 0.
    pub const fn raw(self) -> i64 {
        match self {
            Scope::Market => 0,
            Scope::Merchant(id) => id.raw(),
            Scope::Shop(id) => id.raw(),
            Scope::Warehouse(id) => id.raw(),
            Scope::Organisation(id) => id.raw(),
        }
    }

    /// Where the list of its members lives.
    pub fn home(self) -> Home {
        match self {
            Scope::Market => Home::of_text(ScopeKind::Market.word()),
            _ => Home::of(self.raw()),
        }
    }

    /// From the database's two columns.
    pub(crate) fn from_columns(kind: ScopeKind, raw: i64) -> Scope {
        match kind {
            ScopeKind::Market => Scope::Market,
            ScopeKind::Merchant => Scope::Merchant(Id::from_raw(raw)),
            ScopeKind::Shop => Scope::Shop(Id::from_raw(raw)),
            ScopeKind::Warehouse => Scope::Warehouse(Id::from_raw(raw)),
            ScopeKind::Organisation => Scope::Organisation(Id::from_raw(raw)),
        }
    }
}
