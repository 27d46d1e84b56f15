//! Where one stands in the console: in which shop, allowed to do what, with what waiting.

use identity::{Permission, Permissions, Scope};
use kernel::{Id, Result, error::Common, kinds};
use merchant::{Shop, ShopState, Slug};
use store::Read;
use views::{
    Count,
    seller::{self, Home},
};
use web::Visit;

/// A shop as one of its people works in it; every page of the console has one.
#[derive(Clone)]
pub(crate) struct Desk {
    /// The shop.
    pub shop: Shop,
    /// What he may do there.
    pub may: Permissions,
    /// What waits.
    pub waits: Home,
}

impl Desk {
    fn at(read: &mut Read, person: Id<kinds::Party>, slug: &str, need: Option<Permission>) -> Result<Desk> {
        let (shop, may) = place(read, person, slug)?;
        if let Some(permission) = need.filter(|permission| !may.has(*permission)) {
            return Err(Common::PermissionMissing { permission: permission.word() }.into());
        }
        let waits = seller::home(read, shop.id)?;
        Ok(Desk { shop, may, waits })
    }

    /// Whether he may do something, by the permission's word.
    pub fn can(&self, word: &str) -> bool {
        Permission::of(word).is_some_and(|permission| self.may.has(permission))
    }

    /// An address of this shop's console.
    pub fn path(&self, place: &str) -> String {
        format!("/seller/{}{place}", self.shop.slug)
    }

    /// `page` where a place of the console, or something in it, is shown.
    pub fn current(&self, v: &Visit, place: &str) -> &'static str {
        let own = self.path(place);
        let is_here = match place {
            "" => v.path() == own,
            _ => v.path().strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        if is_here { "page" } else { "false" }
    }

    /// Whether the shop sells, so that its people have daily work.
    pub fn is_open(&self) -> bool {
        has_opened(self.shop.state)
    }
}

/// Whether a shop in this state has opened once.
pub(crate) const fn has_opened(state: ShopState) -> bool {
    matches!(state, ShopState::Open | ShopState::Frozen | ShopState::Closing | ShopState::Closed)
}

/// A count for a badge: nothing for none, `99+` for more than anybody counts.
pub(crate) fn badge(count: &Count) -> String {
    match (count.n, count.more) {
        (0, _) => String::new(),
        (n, false) => n.to_string(),
        (n, true) => format!("{n}+"),
    }
}

/// Who did something, as a page says it: people by their sort, and the market's parts as one.
pub(crate) fn who(v: &Visit, actor: &str) -> String {
    let known = ["anyone", "person", "guest", "key"].contains(&actor);
    v.word("seller-actor", if known { actor } else { "system" })
}

/// Opens the console of a shop for whoever works there, with what a page of it needs, in one read.
///
/// # Errors
/// `login_needed`, `not_found` for whoever does not work there, `permission_missing`, and what `ask` says.
pub(crate) async fn open<T: Send + 'static>(
    v: &Visit,
    slug: &str,
    need: Option<Permission>,
    ask: impl Fn(&mut Read, &Desk) -> Result<T> + Send + 'static,
) -> Result<(Desk, T)> {
    let (person, slug) = (v.person()?, slug.to_owned());
    let asked = move |read: &mut Read| {
        let desk = Desk::at(read, person, &slug, need)?;
        let asked = ask(read, &desk)?;
        Ok((desk, asked))
    };
    v.app().store().read(asked).await
}

/// The shop of an act's address; whether the act is allowed is asked by the flow.
///
/// # Errors
/// `login_needed`, `not_found` for whoever does not work there.
pub(crate) async fn shop(v: &Visit, slug: &str) -> Result<Shop> {
    let (person, slug) = (v.person()?, slug.to_owned());
    v.app().store().read(move |read| place(read, person, &slug).map(|(shop, _)| shop)).await
}

fn place(read: &mut Read, person: Id<kinds::Party>, slug: &str) -> Result<(Shop, Permissions)> {
    let slug: Slug = slug.parse().map_err(|_| Common::NotFound)?;
    let shop = merchant::shop_by_slug(read, &slug)?.ok_or(Common::NotFound)?;
    let may = identity::permissions(read, person, Scope::Shop(shop.id))?;
    if may == Permissions::NONE {
        return Err(Common::NotYours.into());
    }
    Ok((shop, may))
}
