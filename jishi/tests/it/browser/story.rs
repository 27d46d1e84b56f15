//! The story: a market is set up, a shop opens, lists goods, sells them to a buyer and to a guest, quotes, ships, gives
//! money back, and is paid out.

use super::{
    people::Person,
    window::{Driver, Window},
};
use crate::serving;
use kernel::{Locale, Text};
use ledger::Account;
use testkit::{Engine, Market, days, minutes};

/// The shop's name in addresses.
const SLUG: &str = "tea-house";

/// Tells it at a width, in a language; everybody reads that language.
pub(super) fn tell(width: u32, locale: Locale) {
    let Some(driver) = Driver::start() else { return };
    let market = Market::on(Engine::Lite).unwrap();
    let category = market.acts(|tx| {
        let category = catalog::add_category(tx, None, &Text::new("tea")?, None)?;
        let named = |tx: &mut store::Tx, lang, word| {
            catalog::set_word(tx, catalog::Thing::Category(category), "name", lang, &Text::new(word)?)
        };
        named(tx, Locale::Zh, "茶")?;
        named(tx, Locale::En, "Tea")?;
        Ok(category)
    });
    let running = serving::up(&market);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let base = serving::address(&running);
        let sits = async |locale: Locale| Person::new(Window::open(&driver, &base, width, locale.tag()).await, locale);
        let token = running.served.app.options().set_up.clone().expect("nobody runs an empty market");
        let story = Story {
            market: &market,
            operator: sits(locale).await,
            seller: sits(locale).await,
            buyer: sits(locale).await,
        };
        story.operator.sets_the_market_up(&token).await;
        story.shop_opens().await;
        story.goods_are_listed(&category.unwrap().to_string()).await;
        story.is_bought_shipped_confirmed().await;
        story.is_quoted().await;
        story.is_given_back().await;
        story.guest_buys(sits(locale).await).await;
        story.shop_is_paid_out().await;
        for person in [story.operator, story.seller, story.buyer] {
            person.at.close().await;
        }
    });
    drop(running);
    market.check();
}

struct Story<'m> {
    market: &'m Market,
    operator: Person,
    seller: Person,
    buyer: Person,
}

impl Story<'_> {
    async fn shop_opens(&self) {
        self.seller.registers("tea@shop.example", "许知微").await;
        self.seller.applies(SLUG, "山间茶舍").await;
        let shop = self.operator.approves_the_first_of("/ops/shops?state=submitted").await;
        self.seller.signs(SLUG).await;
        self.operator.records_the_deposit(&shop, "1000").await;
        self.seller.opens(SLUG).await;
    }

    async fn goods_are_listed(&self, category: &str) {
        let goods = self.seller.writes_goods(SLUG, category, ("明前龙井 50 克", "Longjing 50 g"), "88.00").await;
        self.operator.approves_the_first_of("/ops/goods").await;
        self.seller.at.goes(&goods).await;
        self.seller.at.sees(&self.seller.word("listing-state-listed")).await;
        self.seller.receives(SLUG, "20").await;
    }

    async fn is_bought_shipped_confirmed(&self) {
        self.buyer.registers("lin@buyer.example", "林晓").await;
        self.buyer.writes_an_address().await;
        self.buyer.finds("龙井").await;
        self.buyer.takes("2", "cart").await;
        self.buyer.at.goes("/checkout").await;
        self.buyer.places().await;
        self.buyer.pays().await;
        assert_eq!(self.market.owes(Account::Escrow), 176_00);
        let order = self.buyer.newest_order().await;
        self.seller.ships_the_first(SLUG).await;
        self.buyer.confirms(&order).await;
        self.buyer.at.sees(&self.buyer.word("order-state-completed")).await;
        assert_eq!(self.market.owes(Account::Escrow), 0);
    }

    async fn is_quoted(&self) {
        let lines = [("buyer", "lin@buyer.example"), ("code.1", "A-1"), ("units.1", "5"), ("price.1", "80")];
        self.seller.at.goes(&format!("/seller/{SLUG}/quotations/new")).await;
        for (field, value) in lines {
            self.seller.at.types(field, value).await;
        }
        self.seller.at.presses(&format!("form[action='/seller/{SLUG}/quotations/new'] button.pri")).await;
        self.seller.is_told("quotation-drafted").await;
        self.seller.at.presses("form[action$='/send'] button").await;
        self.seller.is_told("quotation-sent").await;
        self.buyer.at.goes("/quotations").await;
        let quotation = self.buyer.at.href("main a[href^='/quotations/quo_']").await;
        self.buyer.at.goes(&quotation).await;
        self.buyer.at.presses("form[action$='/accept'] button").await;
        self.buyer.pays().await;
        assert_eq!(self.market.owes(Account::Escrow), 400_00);
    }

    /// What was quoted comes back before it was sent; something else after it was.
    async fn is_given_back(&self) {
        let quoted = self.buyer.newest_order().await;
        self.buyer.asks_back(&quoted, "buy-refund-granted").await;
        self.buyer.at.goes(&quoted).await;
        self.buyer.at.sees(&self.buyer.word("refund-state-done")).await;
        assert_eq!(self.market.owes(Account::Escrow), 0);
        self.buyer.finds("Longjing").await;
        self.buyer.takes("1", "checkout").await;
        self.buyer.places().await;
        self.buyer.pays().await;
        let order = self.buyer.newest_order().await;
        self.seller.ships_the_first(SLUG).await;
        self.buyer.asks_back(&order, "buy-refund-asked").await;
        self.seller.at.goes(&format!("/seller/{SLUG}/refunds")).await;
        self.seller.at.is_sure("form[action$='/agree']").await;
        self.seller.is_told("case-agreed").await;
        self.buyer.at.goes(&order).await;
        self.buyer.at.sees(&self.buyer.word("refund-state-done")).await;
        assert_eq!(self.market.owes(Account::Escrow), 0);
    }

    async fn guest_buys(&self, guest: Person) {
        guest.finds("龙井").await;
        guest.takes("1", "checkout").await;
        let reached = [("contact.name", "Anna"), ("contact.email", "anna@guest.example")];
        let sent = [
            ("recipient.name", "Anna"),
            ("recipient.phone", "+44 20 7946 0000"),
            ("recipient.lines", "1 Long Lane"),
            ("recipient.country", "GB"),
        ];
        for (field, value) in reached.into_iter().chain(sent) {
            guest.at.types(field, value).await;
        }
        guest.at.presses("main button.buy, .buy-bar button.buy").await;
        let link = guest.at.find("input[value*='/guest/']").await.attr("value").await.unwrap().unwrap();
        guest.at.presses("a[href$='/pay']").await;
        guest.pays().await;
        guest.at.close().await;
        self.seller.ships_the_first(SLUG).await;
        // The link alone opens the guest's order, in whatever browser.
        self.operator.at.goes("/").await;
        self.operator.at.goes(&link).await;
        assert_eq!(self.operator.at.path().await, "/orders");
        let order = self.operator.at.href("main a[href^='/orders/ord_']").await;
        self.operator.confirms(&order).await;
        self.operator.at.sees(&self.operator.word("order-state-completed")).await;
    }

    /// A week later the shop has the money of what was received, and gets it.
    async fn shop_is_paid_out(&self) {
        let money = format!("/seller/{SLUG}/money");
        self.seller.at.goes(&money).await;
        let account = format!("form[action='{money}/accounts']");
        for (field, value) in [("holder", "张三"), ("bank", "工商银行"), ("number", "6222020200112233")] {
            self.seller.at.types_in(&account, field, value).await;
        }
        self.seller.at.presses(&format!("{account} button")).await;
        self.seller.is_told("account-added").await;
        self.market.later(days(8)).unwrap();
        self.seller.at.goes(&money).await;
        self.seller.at.presses(&format!("form[action='{money}/payout'] button")).await;
        self.seller.is_told("payout-asked").await;
        self.market.later(minutes(5)).unwrap();
        self.seller.at.goes(&money).await;
        self.seller.at.sees(&self.seller.word("payout-state-done")).await;
        // 176.00 and 88.00 less 5 % commission, of which 10 % is held back for late refunds.
        assert_eq!(self.market.balance(Account::Bank), -225_72);
    }
}
