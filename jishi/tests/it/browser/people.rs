//! What each person does on the pages, in the words of the trade.

use super::window::Window;
use door::words;
use kernel::Locale;

/// The password of everybody in the story.
const PASSWORD: &str = "a long enough secret";

/// Somebody at a window, reading one language.
pub(crate) struct Person {
    /// His window.
    pub at: Window,
    locale: Locale,
}

impl Person {
    /// Somebody who reads this language sits down at a window.
    pub fn new(at: Window, locale: Locale) -> Person {
        Person { at, locale }
    }

    /// The catalogue's word for something, as his pages show it.
    pub fn word(&self, id: &str) -> String {
        words::say(self.locale, id)
    }

    /// The page says that something was done.
    pub async fn is_told(&self, said: &str) {
        self.at.sees(&self.word(&format!("said-{said}"))).await;
    }

    /// Opens an account and is logged in.
    pub async fn registers(&self, login: &str, name: &str) {
        self.at.goes("/register").await;
        self.at.types("name", name).await;
        self.at.types("login", login).await;
        self.at.types("password", PASSWORD).await;
        self.at.presses("form[action='/register'] button.pri").await;
        self.is_told("welcome").await;
    }

    /// Sets an empty market up by the link that its first start printed.
    pub async fn sets_the_market_up(&self, token: &str) {
        self.at.goes(&format!("/setup/{token}")).await;
        for (field, value) in
            [("person", "江心"), ("login", "ops@market.example"), ("password", PASSWORD), ("name", "河边集市")]
        {
            self.at.types(field, value).await;
        }
        self.at.chooses("language", self.locale.tag()).await;
        self.at.presses("form[action^='/setup/'] button.pri").await;
        assert_eq!(self.at.path().await, "/ops");
    }

    /// Applies with a shop and hands the application in.
    pub async fn applies(&self, slug: &str, name: &str) {
        self.at.goes("/sell/apply?kind=personal").await;
        let papers =
            [("id_card_number", "11010519491231002X"), ("id_card_issuer", "公安局"), ("id_card_country", "CN")];
        let fields = [("legal_name", "张三"), ("name", name), ("slug", slug), ("currency", "CNY")];
        for (field, value) in fields.into_iter().chain(papers) {
            self.at.types(field, value).await;
        }
        self.at.presses("form[action='/sell/apply'] button.pri").await;
        self.is_told("shop-drafted").await;
        self.at.presses(&format!("form[action='/seller/{slug}/submit'] button")).await;
        self.is_told("shop-submitted").await;
    }

    /// Gives a verdict on what waits first in a list of the operator's.
    pub async fn approves_the_first_of(&self, list: &str) -> String {
        self.at.goes(list).await;
        let path = list.split('?').next().unwrap();
        let thing = self.at.href(&format!("main a[href^='{path}/']")).await;
        self.at.goes(&thing).await;
        self.at.touches(&format!("form[action='{thing}/review'] input[value=approve]")).await;
        self.at.presses(&format!("form[action='{thing}/review'] button")).await;
        thing
    }

    /// Signs the contract of a shop that was approved.
    pub async fn signs(&self, slug: &str) {
        self.at.goes(&format!("/seller/{slug}")).await;
        self.at.touches("input[name=read]").await;
        self.at.presses(&format!("form[action='/seller/{slug}/sign'] button")).await;
        self.is_told("contract-signed").await;
    }

    /// Records that a shop's deposit arrived.
    pub async fn records_the_deposit(&self, shop: &str, amount: &str) {
        self.at.goes(shop).await;
        let form = format!("form[action='{shop}/deposit']");
        self.at.types_in(&form, "amount", amount).await;
        self.at.presses(&format!("{form} button")).await;
    }

    /// Opens the doors.
    pub async fn opens(&self, slug: &str) {
        self.at.goes(&format!("/seller/{slug}")).await;
        self.at.presses(&format!("form[action='/seller/{slug}/open'] button")).await;
        self.is_told("shop-opened").await;
    }

    /// Writes goods with one variant down and hands them in for review; answers their address in the console.
    pub async fn writes_goods(&self, slug: &str, category: &str, title: (&str, &str), price: &str) -> String {
        self.at.goes(&format!("/seller/{slug}/goods/new?category={category}")).await;
        self.at.types("title_zh", title.0).await;
        self.at.types("title_en", title.1).await;
        self.at.presses(&format!("form[method=post][action='/seller/{slug}/goods/new'] button.pri")).await;
        self.is_told("goods-written").await;
        let goods = self.at.path().await;
        let form = format!("form[action='{goods}/skus']");
        self.at.types_in(&form, "code", "A-1").await;
        self.at.types_in(&form, "price", price).await;
        self.at.presses(&format!("{form} button")).await;
        self.is_told("sku-added").await;
        self.at.presses(&format!("form[action^='{goods}/submit'] button")).await;
        self.is_told("goods-submitted").await;
        goods
    }

    /// Receives stock of the first variant in the list.
    pub async fn receives(&self, slug: &str, units: &str) {
        self.at.goes(&format!("/seller/{slug}/stock")).await;
        let shelf = self.at.href(&format!("main a[href^='/seller/{slug}/stock/']")).await;
        self.at.goes(&shelf).await;
        self.at.types_in(&format!("form[action='{shelf}/receive']"), "units", units).await;
        self.at.presses(&format!("form[action='{shelf}/receive'] button")).await;
        self.is_told("stock-received").await;
    }

    /// Finds goods by a word and opens them.
    pub async fn finds(&self, word: &str) {
        self.at.goes("/").await;
        self.at.seeks(word).await;
        let goods = self.at.href("main article.goods h3 a").await;
        self.at.goes(&goods).await;
    }

    /// Puts so many of the goods on the page into the cart and goes on to pay for it.
    pub async fn takes(&self, units: &str, go: &str) {
        self.at.types_in("form[action='/cart/lines']", "units", units).await;
        self.at.presses(&format!("button[name=go][value={go}]")).await;
    }

    /// Writes an address into the book.
    pub async fn writes_an_address(&self) {
        self.at.goes("/account/addresses").await;
        for (field, value) in
            [("name", "林晓"), ("phone", "+8613900000001"), ("lines", "杭州市西湖区听雨巷 3 号"), ("country", "CN")]
        {
            self.at.types(field, value).await;
        }
        self.at.presses("form[action='/account/addresses'] button.pri").await;
        self.is_told("address-added").await;
    }

    /// Places what is at checkout; answers the address of the market's cashier.
    pub async fn places(&self) -> String {
        self.at.presses("main button.buy, .buy-bar button.buy").await;
        self.at.path().await
    }

    /// Pays at the trial provider's cashier and comes back.
    pub async fn pays(&self) {
        assert!(self.at.path().await.ends_with("/pay"), "at {}", self.at.path().await);
        self.at.presses("form[action$='/pay'] button.buy").await;
        assert!(self.at.path().await.contains("/sandbox/cashier/"), "at {}", self.at.path().await);
        self.at.presses("form[action$='/pay'] button.primary, form[action*='/pay'] button.primary").await;
        self.at.presses("a.primary").await;
        self.at.sees(&self.word("buy-result-paid")).await;
    }

    /// The address of the newest of his orders.
    pub async fn newest_order(&self) -> String {
        self.at.goes("/orders").await;
        self.at.href("main a[href^='/orders/ord_']").await
    }

    /// Ships everything of the order that waits first.
    pub async fn ships_the_first(&self, slug: &str) -> String {
        self.at.goes(&format!("/seller/{slug}/orders?tab=to_ship")).await;
        let order = self.at.href(&format!("main a[href^='/seller/{slug}/orders/ord_']")).await;
        self.at.goes(&order).await;
        let form = format!("form[action='{order}/ship']");
        self.at.types_in(&form, "carrier", "SF").await;
        let number = order.rsplit('_').next().unwrap();
        self.at.types_in(&form, "waybill", &format!("SF{number}")).await;
        self.at.presses(&format!("{form} button")).await;
        self.is_told("shipped").await;
        order
    }

    /// Confirms that an order arrived.
    pub async fn confirms(&self, order: &str) {
        self.at.goes(order).await;
        self.at.is_sure(&format!("form[action='{order}/confirm']")).await;
    }

    /// Asks for the first line of an order back; is told that it was granted or asked for.
    pub async fn asks_back(&self, order: &str, said: &str) {
        self.at.goes(order).await;
        let ask = self.at.href(&format!("a[href^='{order}/refund']")).await;
        self.at.goes(&ask).await;
        let units = self.at.find("form[action$='/refund'] input[type=number]").await;
        let most = units.attr("max").await.unwrap().unwrap();
        let field = units.attr("name").await.unwrap().unwrap();
        self.at.types_in("form[action$='/refund']", &field, &most).await;
        self.at.chooses("reason", "other").await;
        self.at.presses("form[action$='/refund'] button.pri").await;
        self.is_told(said).await;
    }
}
