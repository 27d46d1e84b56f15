//! For each operation a request that is right in every respect but, perhaps, who sends it; and what stands there before.

use crate::refusals::access::stage::{self, Stage};
use kernel::{Id, id::Named, kinds};
use serde_json::{Value, json};

/// A request.
#[derive(Default)]
pub(crate) struct Sample {
    pub path: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

fn path(name: &'static str, value: impl ToString) -> Sample {
    Sample { path: vec![(name, value.to_string())], body: None }
}

fn body(body: Value) -> Sample {
    Sample { path: Vec::new(), body: Some(body) }
}

impl Sample {
    fn with(self, body: Value) -> Sample {
        Sample { body: Some(body), ..self }
    }
}

fn id<K: Named>(raw: i64) -> String {
    Id::<K>::from_raw(raw).to_string()
}

/// What is needed of the stage to call an operation well, and the request.
pub(crate) fn sample(operation: &str, stage: &mut Stage) -> Sample {
    for part in [accounts, buying, after_buying, shops, goods, shop_orders, market] {
        if let Some(sample) = part(operation, stage) {
            return sample;
        }
    }
    panic!("nobody said how {operation} is called");
}

fn address() -> Value {
    json!({ "name": "张三", "phone": "13800000000", "country": "CN", "lines": "龙井路 1 号" })
}

fn accounts(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let anna = stage.anna.id;
    let sample = match operation {
        "registerAccount" => body(json!({ "login": "new@example.com", "name": "New", "password": "long enough 1" })),
        "logIn" => body(json!({ "login": "anna@example.com", "password": testkit::PASSWORD })),
        "logOut" | "getMe" | "listAddresses" | "listApiKeys" => Sample::default(),
        "addAddress" => body(address()),
        "removeAddress" => {
            let form = serde_json::from_value(address()).unwrap();
            let added = stage.market.acts(move |tx| identity::add_address(tx, anna, &form));
            path("address", added.unwrap())
        }
        "makeApiKey" => body(json!({ "name": "robot", "scopes": ["buyer.buy"] })),
        "endApiKey" => match stage.anna.key(&[identity::Permission::Buy]).actor {
            kernel::Actor::Key { key, .. } => path("key", key),
            _ => return None,
        },
        _ => return None,
    };
    Some(sample)
}

fn buying(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let sku = stage.tea.sku;
    let lines = json!([{ "sku": sku.to_string(), "units": 1 }]);
    let sample = match operation {
        "getMarket" | "findGoods" | "listCategories" | "beginAsGuest" | "getCart" => Sample::default(),
        "getGoods" => path("listing", stage.tea.listing),
        "listAttributes" => path("category", id::<kinds::Category>(stage::category(stage))),
        "getShop" => path("shop", stage.shop.id),
        "getShopBySlug" => path("slug", "tea-house"),
        "putIntoCart" => path("sku", sku).with(json!({ "units": 2 })),
        "removeFromCart" | "saveForLater" => {
            in_everybodys_cart(stage);
            path("sku", sku)
        }
        "previewPurchase" => body(json!({ "lines": lines })),
        "checkout" => {
            let recipient = serde_json::to_value(testkit::recipient()).unwrap();
            body(json!({ "lines": lines, "recipient": recipient }))
        }
        "getTrade" => path("trade", stage.placed.trade),
        "payTrade" => {
            path("trade", id::<kinds::Trade>(stage::unpaid_trade(stage))).with(json!({ "channel": "sandbox" }))
        }
        "cancelTrade" => path("trade", id::<kinds::Trade>(stage::unpaid_trade(stage))),
        _ => return None,
    };
    Some(sample)
}

fn in_everybodys_cart(stage: &Stage) {
    let (party, goods) = (stage.anna.id, stage.tea.clone());
    let put = move |tx: &mut store::Tx| {
        let units = kernel::Units::new(2)?;
        let price = testkit::cny(88_00);
        let put = cart::Put { sku: goods.sku, listing: goods.listing, shop: goods.shop, units, seen_price: price };
        let limits = flows::register::cart_limits(&market::settings(tx)?);
        cart::put(tx, party, put, limits)
    };
    stage.market.acts(put).unwrap();
}

fn after_buying(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let sample = match operation {
        "listOrders" | "countOrders" | "listRefundReasons" | "listQuotations" => Sample::default(),
        "getOrder" => path("order", stage.order()),
        "confirmOrder" | "extendOrder" => path("order", id::<kinds::Order>(stage::shipped_order(stage))),
        "askRefund" | "grantRefund" => {
            let order = stage.order().to_string();
            let reason = if operation == "askRefund" { "damaged" } else { "agreed" };
            if operation == "askRefund" {
                stage::parcel(stage);
            }
            body(json!({ "order": order, "lines": [[1, 1]], "reason": reason }))
        }
        "withdrawCase" => path("case", id::<kinds::Case>(stage::case(stage))),
        "getQuotation" | "acceptQuotation" | "declineQuotation" | "withdrawQuotation" | "getShopQuotation" => {
            path("quotation", id::<kinds::Quotation>(stage::open_quote(stage)))
        }
        _ => return None,
    };
    Some(sample)
}

fn paper() -> Value {
    json!({ "kind": "id_card", "number": "11010519491231002X", "country": "CN", "issuer": "公安局" })
}

fn shops(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let shop = stage.shop.id;
    let in_shop = || path("shop", shop);
    let sample = match operation {
        "applyForShop" => body(json!({
            "kind": "personal", "legal_name": "张三", "papers": [paper()],
            "shop": { "slug": "rice-house", "name": "Rice", "currency": "CNY" },
        })),
        "getOwnShop" | "listStaff" | "listBankAccounts" => in_shop(),
        "handInPaper" => in_shop().with(paper()),
        "submitShop" => path("shop", id::<kinds::Shop>(stage::applied(stage))),
        "signContract" => {
            path("shop", id::<kinds::Shop>(stage::approved(stage))).with(json!({ "version": "1", "text": "all of it" }))
        }
        "openShop" => path("shop", id::<kinds::Shop>(stage::ready_to_open(stage))),
        "setFreight" => in_shop().with(json!({ "fee": { "minor": 800, "currency": "CNY" } })),
        "changeStaff" => {
            let person = stage.market.buyer("newcomer").id.to_string();
            let shop = shop.to_string();
            body(json!({ "shop": shop, "person": person, "permission": "shop.goods", "granted": true }))
        }
        "addBankAccount" => {
            let merchant = stage.market.asks(move |read| merchant::shop(read, shop)).unwrap().merchant;
            let holder = stage.market.asks(move |read| merchant::legal_name(read, merchant)).unwrap();
            in_shop().with(json!({ "holder": holder, "bank": "银行", "number": "6222 0000 0000 0009" }))
        }
        "removeBankAccount" => {
            let account = stage.shop.has_bank_account();
            Sample { path: vec![("shop", shop.to_string()), ("account", account.to_string())], body: None }
        }
        "getShopMoney" | "listSettlements" | "listPayouts" => in_shop(),
        "askPayout" => {
            stage::settled(stage);
            body(json!({ "shop": shop.to_string() }))
        }
        _ => return None,
    };
    Some(sample)
}

fn goods(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let (shop, sku) = (stage.shop.id.to_string(), stage.tea.sku.to_string());
    let listing = |raw: i64| path("listing", id::<kinds::Listing>(raw));
    let sheet = |category: i64| json!({ "category": id::<kinds::Category>(category), "texts": [["zh", "title", "普洱"]], "values": [] });
    let sample = match operation {
        "listOwnGoods" | "listStock" => path("shop", shop),
        "writeGoods" => path("shop", shop).with(sheet(stage::category(stage))),
        "rewriteGoods" => {
            let category = stage::category(stage);
            listing(stage::draft_listing(stage)).with(sheet(category))
        }
        "addSku" => {
            let measure = json!({ "unit": "piece", "unit_scale": 1, "price_per": 1, "tracking": "tracked" });
            listing(stage::draft_listing(stage)).with(json!({ "code": "puer-1", "values": [], "measure": measure }))
        }
        "setPrice" => path("sku", sku).with(json!({ "price": { "minor": 9000, "currency": "CNY" }, "from": 1 })),
        "switchSku" => path("sku", sku).with(json!({ "state": "off" })),
        "submitGoods" => listing(stage::complete_listing(stage)),
        "listGoods" => listing(stage::delisted(stage)),
        "delistGoods" => listing(stage::listed(stage)),
        "receiveStock" => body(json!({ "shop": shop, "lines": [[sku, 5]] })),
        "correctStock" => body(json!({ "shop": shop, "sku": sku, "on_hand": 17 })),
        _ => return None,
    };
    Some(sample)
}

fn shop_orders(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let shop = stage.shop.id.to_string();
    let quote = json!({
        "shop": shop, "buyer": stage.anna.id.to_string(), "currency": "CNY",
        "lines": [{ "sku": stage.tea.sku.to_string(), "units": 2, "unit_price": 7500 }],
    });
    let sample = match operation {
        "listShopOrders" | "listShopCases" | "listShopQuotations" => path("shop", shop),
        "getShopOrder" => path("order", stage.order()),
        "shipOrder" => body(json!({ "order": stage.order().to_string(), "carrier": "sf", "waybill": "SF1" })),
        "recordScan" => {
            let at = stage.market.now().0;
            let scan = json!({ "state": "picked_up", "carrier_at": at, "source_key": "scan 1" });
            path("parcel", id::<kinds::Parcel>(stage::parcel(stage))).with(scan)
        }
        "agreeToCase" | "refuseCase" => path("case", id::<kinds::Case>(stage::case(stage))),
        "draftQuotation" | "offerQuotation" => body(quote),
        "sendQuotation" => path("quotation", id::<kinds::Quotation>(stage::draft_quote(stage))),
        _ => return None,
    };
    Some(sample)
}

fn market(operation: &str, stage: &mut Stage) -> Option<Sample> {
    let shop = stage.shop.id;
    let why = json!({ "why": "as an example" });
    let sample = match operation {
        "getMarketWork" | "listShops" | "listGoodsToReview" | "listMarketOrders" | "listMarketCases"
        | "getTrialBalance" | "listTimers" | "listWaitingEvents" | "listAuditRows" => Sample::default(),
        "getShopReview" => path("shop", shop),
        "reviewShop" => {
            path("shop", id::<kinds::Shop>(stage::handed_in(stage))).with(json!({ "approve": { "deposit": null } }))
        }
        "recordDeposit" => path("shop", id::<kinds::Shop>(stage::signed(stage)))
            .with(json!({ "channel": "sandbox", "amount": { "minor": 100_000, "currency": "CNY" } })),
        "freezeShop" => path("shop", shop).with(why),
        "unfreezeShop" => path("shop", id::<kinds::Shop>(stage::frozen_shop(stage))).with(why),
        "reviewGoods" => {
            let listing = Id::from_raw(stage::listing_in_review(stage));
            let version = stage.market.asks(move |read| catalog::head(read, listing)).unwrap().version;
            path("listing", listing).with(json!({ "version": version, "approved": true, "reason": {} }))
        }
        "getMarketOrder" => path("order", stage.order()),
        "ruleOnCase" => path("case", id::<kinds::Case>(stage::escalated_case(stage))).with(json!({ "granted": true })),
        "listAccountRows" => {
            Sample { path: vec![("account", "escrow".to_owned()), ("currency", "CNY".to_owned())], body: None }
        }
        "getEntry" => {
            let order = stage.order();
            let entries = stage.market.asks(move |read| ledger::entries_about(read, order)).unwrap();
            path("entry", entries.first().expect("a paid order has its entry").id)
        }
        _ => return None,
    };
    Some(sample)
}
