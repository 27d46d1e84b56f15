//! Everything that somebody may be allowed to do, and the roles that bundle it. The one file of permissions.
//!
//! A permission belongs to one sort of place: what begins with `shop.` is granted over a shop, `market.` over the
//! market, and so on. An operator acts under the market's permissions and never under a shop's.

store::codes! {
    /// What may be granted. The place in this list is the bit of an API key's scopes: append, never reorder.
    pub enum Permission {
        /// What everybody may do for himself: cart, orders, addresses, refunds. Needs no grant for one's own things;
        /// an API key needs its bit, and an organisation grants it to those who buy for it.
        Buy = "buyer.buy",
        /// Goods, prices and pictures of a shop.
        ShopGoods = "shop.goods",
        /// Receiving and correcting stock, of a shop or of one warehouse.
        ShopStock = "shop.stock",
        /// Orders of a shop: seeing and shipping them.
        ShopOrders = "shop.orders",
        /// Deciding and granting refunds.
        ShopRefunds = "shop.refunds",
        /// Balances, statements and payouts of a shop.
        ShopMoney = "shop.money",
        /// Offering lines at agreed prices.
        ShopQuotations = "shop.quotations",
        /// Who else works in the shop.
        ShopStaff = "shop.staff",
        /// Freight, opening, closing and everything else about a shop itself.
        ShopSettings = "shop.settings",
        /// Papers, contracts and further shops of a merchant.
        MerchantPapers = "merchant.papers",
        /// Bank accounts of a merchant.
        MerchantBank = "merchant.bank",
        /// Categories, attributes, brands and standard products.
        MarketCatalog = "market.catalog",
        /// Reviewing goods before they are listed.
        MarketReviewGoods = "market.review_goods",
        /// Reviewing merchants and shops before they open.
        MarketReviewShops = "market.review_shops",
        /// Freezing, unfreezing, closing and opening shops by hand.
        MarketShops = "market.shops",
        /// Seeing anybody's order.
        MarketOrders = "market.orders",
        /// Deciding the refunds that came to the market.
        MarketRefunds = "market.refunds",
        /// The ledger, channels, payouts and manual postings.
        MarketMoney = "market.money",
        /// The market's settings.
        MarketSettings = "market.settings",
        /// Reading and exporting the audit log.
        MarketAudit = "market.audit",
        /// Blocking people and granting operators their permissions.
        MarketPeople = "market.people",
        /// Importing goods and trade by the operator's hand.
        MarketImport = "market.import",
    }
}

store::codes! {
    /// The sort of place that a permission is granted over.
    pub enum ScopeKind {
        /// The whole market.
        Market = "market",
        /// A legal entity.
        Merchant = "merchant",
        /// A shop.
        Shop = "shop",
        /// A warehouse.
        Warehouse = "warehouse",
        /// An organisation that buys.
        Organisation = "organisation",
    }
}

store::codes! {
    /// A usual bundle of permissions. Granting a role grants those of them that fit the place.
    pub enum Role {
        /// Everything in a merchant and its shops.
        Owner = "owner",
        /// The daily work of a shop: goods, stock, orders, refunds, quotations; no money, no staff.
        Staff = "staff",
        /// Everything in the market.
        Admin = "admin",
        /// The market's money and what is needed to judge it.
        Finance = "finance",
        /// Reviews of goods and shops, and the catalogue they stand in.
        Reviewer = "reviewer",
        /// Customer service: orders and refunds.
        Service = "service",
    }
}

use Permission as P;

impl Permission {
    /// Whether it can be granted over this sort of place.
    pub fn fits(self, scope: ScopeKind) -> bool {
        let area = self.word().split('.').next().unwrap_or_default();
        match scope {
            ScopeKind::Warehouse => self == P::ShopStock,
            ScopeKind::Organisation => self == P::Buy,
            ScopeKind::Market | ScopeKind::Merchant | ScopeKind::Shop => area == scope.word(),
        }
    }
}

impl Role {
    /// What the role may do over this sort of place.
    pub fn permissions(self, scope: ScopeKind) -> Permissions {
        Permission::ALL.iter().copied().filter(|permission| self.has(*permission) && permission.fits(scope)).collect()
    }

    fn has(self, permission: Permission) -> bool {
        match self {
            Role::Owner => permission.fits(ScopeKind::Shop) || permission.fits(ScopeKind::Merchant),
            Role::Staff => {
                matches!(permission, P::ShopGoods | P::ShopStock | P::ShopOrders | P::ShopRefunds | P::ShopQuotations)
            }
            Role::Admin => permission.fits(ScopeKind::Market),
            Role::Finance => matches!(permission, P::MarketMoney | P::MarketOrders | P::MarketRefunds | P::MarketAudit),
            Role::Reviewer => matches!(permission, P::MarketReviewGoods | P::MarketReviewShops | P::MarketCatalog),
            Role::Service => matches!(permission, P::MarketOrders | P::MarketRefunds),
        }
    }
}

/// A set of permissions, a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Permissions(u64);

impl Permissions {
    /// None at all.
    pub const NONE: Permissions = Permissions(0);

    /// The set of these bits; bits that no permission has are dropped.
    pub fn from_bits(bits: u64) -> Permissions {
        Permission::ALL.iter().copied().filter(|permission| bits & bit(*permission) != 0).collect()
    }

    /// The bits, as an actor carries and the database keeps them.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether the permission is among them.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// One by one, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.has(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Permissions {
        Permissions(permissions.into_iter().fold(0, |bits, permission| bits | bit(permission)))
    }
}

const fn bit(permission: Permission) -> u64 {
    1 << (permission as u32)
}

// The database keeps the bits in 63 of a bigint.
const _: () = assert!(Permission::ALL.len() <= 63);
