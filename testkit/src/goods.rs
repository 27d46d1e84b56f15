//! What a shop sells.

use crate::{Person, Shop, market::must};
use catalog::{Field, Known, Measure, NewGoods, NewListing, NewSku, Put, Reason, Tracking, Verdict};
use flows::stocking::{Count, Receipt};
use kernel::{Id, Locale, Money, Result, Text, Units, kinds};

/// A listing with one variant, on sale.
#[derive(Clone)]
pub struct Goods {
    seller: Person,
    /// Whose.
    pub shop: Id<kinds::Shop>,
    /// The listing.
    pub listing: Id<kinds::Listing>,
    /// Its one variant.
    pub sku: Id<kinds::Sku>,
}

impl Shop {
    /// Goods of this name at this price, listed, none in stock.
    ///
    /// # Panics
    /// Where they cannot be listed.
    #[track_caller]
    pub fn sells(&self, title: &str, price: Money) -> Goods {
        let put = must("goods can be listed", self.market().operator().imports(self.id, title, price));
        Goods { seller: self.person().clone(), shop: self.id, listing: put.listing, sku: put.sku }
    }

    /// Goods that are made when they are ordered, listed.
    ///
    /// # Panics
    /// Where they cannot be listed.
    #[track_caller]
    pub fn sells_to_order(&self, title: &str, price: Money) -> Goods {
        let measure = Measure { tracking: Tracking::MadeToOrder, ..Measure::default() };
        let put = self.market().operator().imports_measured(self.id, title, price, measure);
        let put = must("goods can be listed", put);
        Goods { seller: self.person().clone(), shop: self.id, listing: put.listing, sku: put.sku }
    }
}

impl Goods {
    /// The same goods, so many more of which have come in.
    ///
    /// # Panics
    /// Where they cannot be received.
    #[track_caller]
    #[must_use]
    pub fn stock(self, units: i64) -> Goods {
        must("goods can come in", self.seller.receives(self.shop, &[(self.sku, units)]));
        self
    }

    /// How many can be promised.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn available(&self) -> i64 {
        self.levels().iter().map(|level| level.on_hand - level.reserved).sum()
    }

    /// How many lie there.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn on_hand(&self) -> i64 {
        self.levels().iter().map(|level| level.on_hand).sum()
    }

    fn levels(&self) -> Vec<stock::Level> {
        let sku = self.sku;
        must("stock can be read", self.seller.market().asks(move |read| stock::of_sku(read, sku)))
    }
}

/// What people do with goods in a shop.
impl Person {
    /// Brings goods in from a file of one line: listed at once by the operator's hand, for review from the shop's own.
    ///
    /// # Errors
    /// What the flow says.
    pub fn imports(&self, shop: Id<kinds::Shop>, title: &str, price: Money) -> Result<Put> {
        self.imports_measured(shop, title, price, Measure::default())
    }

    /// The same, measured otherwise than by the piece, or priced for more than one.
    ///
    /// # Errors
    /// What the flow says.
    pub fn imports_measured(&self, shop: Id<kinds::Shop>, title: &str, price: Money, measure: Measure) -> Result<Put> {
        let goods = NewGoods {
            key: title.to_owned(),
            lang: Locale::Zh,
            title: title.to_owned(),
            brand: None,
            model: None,
            description: None,
            category: vec!["goods".to_owned()],
            attributes: Vec::new(),
            gtins: Vec::new(),
            price: Some(price),
            measure,
        };
        let known = Known::default();
        let put = flows::list_goods::import(self.market().store(), &self.cx(), shop, vec![goods], known).wait()?;
        put.first().copied().ok_or_else(|| kernel::Error::broken("one good was given and none was put"))
    }

    /// Drafts a listing.
    ///
    /// # Errors
    /// What the flow says.
    pub fn drafts_goods(
        &self,
        shop: Id<kinds::Shop>,
        title: &str,
        category: Id<kinds::Category>,
    ) -> Result<Id<kinds::Listing>> {
        let new = NewListing {
            shop,
            spu: None,
            category,
            brand: None,
            lang: Locale::Zh,
            texts: vec![(Field::Title, title.to_owned())],
            values: Vec::new(),
            pictures: Vec::new(),
        };
        flows::list_goods::draft(self.market().store(), &self.cx(), new).wait()
    }

    /// Adds a variant to a listing.
    ///
    /// # Errors
    /// What the flow says.
    pub fn adds_sku(&self, listing: Id<kinds::Listing>, code: &str) -> Result<Id<kinds::Sku>> {
        let new = NewSku { code: Text::new(code)?, option: None, values: Vec::new(), measure: Measure::default() };
        flows::list_goods::add_sku(self.market().store(), &self.cx(), listing, new).wait()
    }

    /// Hands a listing in for review.
    ///
    /// # Errors
    /// What the flow says.
    pub fn submits_goods(&self, listing: Id<kinds::Listing>) -> Result<()> {
        flows::list_goods::submit(self.market().store(), &self.cx(), listing).wait()
    }

    /// Ends the review of a listing, as it was at a version.
    ///
    /// # Errors
    /// What the flow says.
    pub fn reviews_goods(&self, listing: Id<kinds::Listing>, version: i64, approved: bool) -> Result<()> {
        let verdict = Verdict { version, approved, reason: Reason::default() };
        flows::list_goods::review(self.market().store(), &self.cx(), listing, verdict).wait()
    }

    /// Puts a listing on sale again.
    ///
    /// # Errors
    /// What the flow says.
    pub fn lists(&self, listing: Id<kinds::Listing>) -> Result<()> {
        flows::list_goods::list(self.market().store(), &self.cx(), listing).wait()
    }

    /// Goods come in.
    ///
    /// # Errors
    /// What the flow says.
    pub fn receives(&self, shop: Id<kinds::Shop>, goods: &[(Id<kinds::Sku>, i64)]) -> Result<()> {
        let lines = goods.iter().map(|(sku, units)| Ok((*sku, Units::new(*units)?))).collect::<Result<_>>()?;
        flows::stocking::receive(self.market().store(), &self.cx(), Receipt { shop, lines }).wait()
    }

    /// Counts: so many lie there.
    ///
    /// # Errors
    /// What the flow says.
    pub fn counts(&self, shop: Id<kinds::Shop>, sku: Id<kinds::Sku>, on_hand: i64) -> Result<()> {
        flows::stocking::correct(self.market().store(), &self.cx(), Count { shop, sku, on_hand }).wait()
    }

    /// Sets a price from one unit on.
    ///
    /// # Errors
    /// What the flow says.
    pub fn prices(&self, sku: Id<kinds::Sku>, price: Money) -> Result<()> {
        flows::list_goods::set_price(self.market().store(), &self.cx(), sku, price, Units::new(1)?).wait()
    }

    /// Takes a listing off sale.
    ///
    /// # Errors
    /// What the flow says.
    pub fn delists(&self, listing: Id<kinds::Listing>) -> Result<()> {
        flows::list_goods::delist(self.market().store(), &self.cx(), listing).wait()
    }
}
