//! Who may call what, written by hand; a test holds it against the operations, and another one tries every operation as
//! everybody and expects what stands here.

use identity::Permission::{self as P, *};

/// Who may call an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody, logged in or not.
    Anyone,
    /// Whoever is nobody yet; to others there is nothing here.
    Nobody,
    /// Whoever is somebody, a guest too, for himself. A key needs `buyer.buy`.
    Own,
    /// A person with an account. A key needs `buyer.buy`.
    Person,
    /// A person or a guest by a session of his own; a key is none, and finds nothing.
    InSession,
    /// A person with an account, by a session of his own and not by a key.
    InPerson,
    /// Whoever bought it; to others it is not there. A key needs `buyer.buy`.
    ItsBuyer,
    /// The shop's people with this permission. That there is a shop is nobody's secret.
    Shop(P),
    /// The shop's people with this permission; to others it is not there.
    ShopOnly(P),
    /// The shop's people with any permission; to others it is not there.
    ShopsPeople,
    /// Whoever has this permission over the merchant whose shop it is.
    Merchant(P),
    /// The market's people with this permission.
    Market(P),
    /// The market's people with any permission.
    MarketsPeople,
}

impl Who {
    /// The same in a sentence, for the document.
    pub fn sentence(self) -> String {
        let of = |place: &str, permission: P| format!("{place} with the permission `{}`", permission.word());
        match self {
            Who::Anyone => "Anyone, logged in or not.".to_owned(),
            Who::Nobody => "Whoever has not logged in; for others there is nothing here.".to_owned(),
            Who::Own => {
                "Whoever is logged in, a guest too, for himself; an API key needs the scope `buyer.buy`.".to_owned()
            }
            Who::Person => "A person with an account; an API key needs the scope `buyer.buy`.".to_owned(),
            Who::InSession => "A person or a guest by a session's token; an API key finds nothing.".to_owned(),
            Who::InPerson => "A person with an account, by a session's token and not by an API key.".to_owned(),
            Who::ItsBuyer => {
                "Whoever bought it; to others it is not there. An API key needs the scope `buyer.buy`.".to_owned()
            }
            Who::Shop(permission) => format!("{}.", of("The shop’s people", permission)),
            Who::ShopOnly(permission) => format!("{}; to others it is not there.", of("The shop’s people", permission)),
            Who::ShopsPeople => "The shop’s people, with whatever permission; to others it is not there.".to_owned(),
            Who::Merchant(permission) => format!("{}.", of("The merchant’s people", permission)),
            Who::Market(permission) => format!("{}.", of("The market’s people", permission)),
            Who::MarketsPeople => "The market’s people, with whatever permission.".to_owned(),
        }
    }

    /// Whether it can be called without a token.
    pub const fn is_open(self) -> bool {
        matches!(self, Who::Anyone | Who::Nobody)
    }

    /// Whether somebody may hear that a permission is missing.
    pub const fn says_forbidden(self) -> bool {
        !matches!(self, Who::Anyone | Who::Nobody | Who::InSession | Who::ShopOnly(_) | Who::ShopsPeople)
    }

    /// Whether another's thing looks as if it were not there.
    pub const fn says_missing(self) -> bool {
        matches!(self, Who::Nobody | Who::InSession | Who::ItsBuyer | Who::ShopOnly(_) | Who::ShopsPeople)
    }
}

/// Who may call the operation of an id.
pub fn who(id: &str) -> Option<Who> {
    TABLE.iter().find(|(operation, _)| *operation == id).map(|(_, who)| *who)
}

/// Every operation.
pub const TABLE: &[(&str, Who)] = &[
    ("registerAccount", Who::Anyone),
    ("logIn", Who::Anyone),
    ("logOut", Who::InSession),
    ("getMe", Who::Own),
    ("listAddresses", Who::Own),
    ("addAddress", Who::Own),
    ("removeAddress", Who::ItsBuyer),
    ("listApiKeys", Who::InPerson),
    ("makeApiKey", Who::InPerson),
    ("endApiKey", Who::InPerson),
    ("getMarket", Who::Anyone),
    ("findGoods", Who::Anyone),
    ("getGoods", Who::Anyone),
    ("listCategories", Who::Anyone),
    ("listAttributes", Who::Anyone),
    ("getShop", Who::Anyone),
    ("getShopBySlug", Who::Anyone),
    ("beginAsGuest", Who::Nobody),
    ("getCart", Who::Own),
    ("putIntoCart", Who::Own),
    ("removeFromCart", Who::Own),
    ("saveForLater", Who::Own),
    ("previewPurchase", Who::Anyone),
    ("checkout", Who::Anyone),
    ("getTrade", Who::ItsBuyer),
    ("payTrade", Who::ItsBuyer),
    ("cancelTrade", Who::ItsBuyer),
    ("listOrders", Who::Own),
    ("countOrders", Who::Own),
    ("getOrder", Who::ItsBuyer),
    ("confirmOrder", Who::ItsBuyer),
    ("extendOrder", Who::ItsBuyer),
    ("listRefundReasons", Who::Anyone),
    ("askRefund", Who::ItsBuyer),
    ("withdrawCase", Who::ItsBuyer),
    ("listQuotations", Who::Own),
    ("getQuotation", Who::ItsBuyer),
    ("acceptQuotation", Who::ItsBuyer),
    ("declineQuotation", Who::ItsBuyer),
    ("applyForShop", Who::Person),
    ("getOwnShop", Who::ShopsPeople),
    ("handInPaper", Who::Merchant(MerchantPapers)),
    ("submitShop", Who::Shop(ShopSettings)),
    ("signContract", Who::Shop(ShopSettings)),
    ("openShop", Who::Shop(ShopSettings)),
    ("setFreight", Who::Shop(ShopSettings)),
    ("listStaff", Who::Shop(ShopStaff)),
    ("changeStaff", Who::Shop(ShopStaff)),
    ("listBankAccounts", Who::Merchant(MerchantBank)),
    ("addBankAccount", Who::Merchant(MerchantBank)),
    ("removeBankAccount", Who::Merchant(MerchantBank)),
    ("listOwnGoods", Who::Shop(ShopGoods)),
    ("writeGoods", Who::Shop(ShopGoods)),
    ("rewriteGoods", Who::Shop(ShopGoods)),
    ("addSku", Who::Shop(ShopGoods)),
    ("setPrice", Who::Shop(ShopGoods)),
    ("switchSku", Who::Shop(ShopGoods)),
    ("submitGoods", Who::Shop(ShopGoods)),
    ("listGoods", Who::Shop(ShopGoods)),
    ("delistGoods", Who::Shop(ShopGoods)),
    ("listStock", Who::Shop(ShopStock)),
    ("receiveStock", Who::Shop(ShopStock)),
    ("correctStock", Who::Shop(ShopStock)),
    ("listShopOrders", Who::Shop(ShopOrders)),
    ("getShopOrder", Who::ShopOnly(ShopOrders)),
    ("shipOrder", Who::ShopOnly(ShopOrders)),
    ("recordScan", Who::ShopOnly(ShopOrders)),
    ("listShopCases", Who::Shop(ShopRefunds)),
    ("agreeToCase", Who::ShopOnly(ShopRefunds)),
    ("refuseCase", Who::ShopOnly(ShopRefunds)),
    ("grantRefund", Who::ShopOnly(ShopRefunds)),
    ("listShopQuotations", Who::Shop(ShopQuotations)),
    ("getShopQuotation", Who::ShopOnly(ShopQuotations)),
    ("draftQuotation", Who::Shop(ShopQuotations)),
    ("offerQuotation", Who::Shop(ShopQuotations)),
    ("sendQuotation", Who::ShopOnly(ShopQuotations)),
    ("withdrawQuotation", Who::ShopOnly(ShopQuotations)),
    ("getShopMoney", Who::Shop(ShopMoney)),
    ("listSettlements", Who::Shop(ShopMoney)),
    ("listPayouts", Who::Shop(ShopMoney)),
    ("askPayout", Who::Shop(ShopMoney)),
    ("getMarketWork", Who::MarketsPeople),
    ("listShops", Who::Market(MarketReviewShops)),
    ("getShopReview", Who::Market(MarketReviewShops)),
    ("reviewShop", Who::Market(MarketReviewShops)),
    ("recordDeposit", Who::Market(MarketMoney)),
    ("freezeShop", Who::Market(MarketShops)),
    ("unfreezeShop", Who::Market(MarketShops)),
    ("listGoodsToReview", Who::Market(MarketReviewGoods)),
    ("reviewGoods", Who::Market(MarketReviewGoods)),
    ("listMarketOrders", Who::Market(MarketOrders)),
    ("getMarketOrder", Who::Market(MarketOrders)),
    ("listMarketCases", Who::Market(MarketRefunds)),
    ("ruleOnCase", Who::Market(MarketRefunds)),
    ("getTrialBalance", Who::Market(MarketMoney)),
    ("listAccountRows", Who::Market(MarketMoney)),
    ("getEntry", Who::Market(MarketMoney)),
    ("listTimers", Who::Market(MarketAudit)),
    ("listWaitingEvents", Who::Market(MarketAudit)),
    ("listAuditRows", Who::Market(MarketAudit)),
];
