//! Where a file stands in the house, told from its path alone.

use std::fmt;

/// The four layers of rooms; a layer is a folder, not a rank.
pub const LAYERS: [&str; 4] = ["foundation", "operation", "management", "strategy"];

/// Rooms that are pure rules: they know the kernel only, not even the store.
const PURE_ROOMS: [&str; 1] = ["pricing"];

/// Faces that only draw: they know the kernel only.
const PURE_FACES: [&str; 1] = ["pictures"];

/// What kind of crate a file belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The words that all share.
    Kernel,
    /// The evaluator of versioned rules.
    Rulekit,
    /// The only door to the database.
    Store,
    /// A room with tables.
    Room,
    /// A room that is pure rules.
    PureRoom,
    /// A piece of the outside world.
    Adapter,
    /// Acts that change several rooms.
    Flows,
    /// Questions that read several rooms.
    Views,
    /// HTTP, pages, agents.
    Face,
    /// What pages show, drawn from what it is given.
    PureFace,
    /// Scenario builder and stand-ins.
    Testkit,
    /// The binary.
    Jishi,
    /// This workshop.
    Xtask,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Kernel => "kernel",
            Kind::Rulekit => "rulekit",
            Kind::Store => "store",
            Kind::Room => "room",
            Kind::PureRoom => "pure room",
            Kind::Adapter => "adapter",
            Kind::Flows => "flows",
            Kind::Views => "views",
            Kind::Face => "face",
            Kind::PureFace => "pure face",
            Kind::Testkit => "testkit",
            Kind::Jishi => "jishi",
            Kind::Xtask => "xtask",
        })
    }
}

/// The kind of crate that a path (relative to the root, with `/`) belongs to, if the house has such a place.
pub fn kind(path: &str) -> Option<Kind> {
    let mut parts = path.split('/');
    match parts.next()? {
        "kernel" => Some(Kind::Kernel),
        "rulekit" => Some(Kind::Rulekit),
        "store" => Some(Kind::Store),
        "modules" => {
            let layer = parts.next()?;
            let room = parts.next()?;
            let kind = if PURE_ROOMS.contains(&room) { Kind::PureRoom } else { Kind::Room };
            LAYERS.contains(&layer).then_some(kind)
        }
        "adapters" => parts.next().map(|_| Kind::Adapter),
        "flows" => Some(Kind::Flows),
        "views" => Some(Kind::Views),
        "faces" => parts.next().map(|face| if PURE_FACES.contains(&face) { Kind::PureFace } else { Kind::Face }),
        "testkit" => Some(Kind::Testkit),
        "jishi" => Some(Kind::Jishi),
        "xtask" => Some(Kind::Xtask),
        _ => None,
    }
}

/// The word that a path's tables begin with: the room's name, or `store`; nothing else owns tables.
pub fn table_owner(path: &str) -> Option<String> {
    match kind(path)? {
        Kind::Store => Some("store".to_owned()),
        Kind::Room | Kind::PureRoom => path.split('/').nth(2).map(|room| room.replace('-', "_")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_its_place() {
        let cases = [
            ("kernel/src/id.rs", Some(Kind::Kernel)),
            ("modules/operation/stock/src/lib.rs", Some(Kind::Room)),
            ("modules/operation/pricing/src/lib.rs", Some(Kind::PureRoom)),
            ("modules/elsewhere/stock/src/lib.rs", None),
            ("modules/operation", None),
            ("adapters/sandbox/src/lib.rs", Some(Kind::Adapter)),
            ("faces/web/src/lib.rs", Some(Kind::Face)),
            ("faces/pictures/src/lib.rs", Some(Kind::PureFace)),
            ("cellar/src/lib.rs", None),
        ];
        for (path, expected) in cases {
            assert_eq!(kind(path), expected, "{path}");
        }
    }

    #[test]
    fn only_rooms_and_the_store_own_tables() {
        assert_eq!(table_owner("store/src/tx.rs").as_deref(), Some("store"));
        assert_eq!(table_owner("modules/operation/price-list/src/lib.rs").as_deref(), Some("price_list"));
        assert_eq!(table_owner("views/src/orders.rs"), None);
    }
}
