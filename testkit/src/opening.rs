//! The whole way of a shop from the application to the open door.

use crate::{Market, Person, market::must};
use flows::open_shop;
use kernel::{Currency, Id, Result, Text, kinds};
use merchant::{Application, Applied, Contract, MerchantKind, Paper, PaperKind, ShopForm, Verdict};

/// An identity number whose check digit fits.
const IDENTITY_NUMBER: &str = "11010519491231002X";

impl Market {
    /// A person and the shop that he applied for, led as far as `steps`: 1 handed in, 2 approved, 3 signed, 4 its
    /// deposit paid, 5 open.
    ///
    /// # Panics
    /// Where one of the steps does not work.
    #[track_caller]
    pub fn applicant(&self, slug: &str, steps: usize) -> (Person, Applied) {
        let person = self.buyer(&format!("applicant-{slug}"));
        let applied = must("one can apply", person.applies(slug));
        let (operator, shop) = (self.operator(), applied.shop);
        let way: [&dyn Fn() -> Result<()>; 5] = [
            &|| person.submits_shop(shop),
            &|| operator.reviews_shop(shop, Verdict::Approve { deposit: None }),
            &|| person.signs(shop),
            &|| operator.records_deposit(shop, crate::cny(100_000)).map(drop),
            &|| person.opens(shop),
        ];
        way.iter().take(steps).for_each(|step| must("a shop comes one step further", step()));
        (person, applied)
    }
}

/// What merchants do before they sell.
impl Person {
    /// Applies as a merchant with a first shop, his papers at hand.
    ///
    /// # Errors
    /// What the flow says.
    pub fn applies(&self, slug: &str) -> Result<Applied> {
        let paper = Paper {
            kind: PaperKind::IdCard,
            number: Text::new(IDENTITY_NUMBER)?,
            country: Text::new("CN")?,
            issuer: Text::new("公安局")?,
            expires_at: None,
        };
        let application = Application {
            kind: MerchantKind::Personal,
            legal_name: Text::new("张三")?,
            papers: vec![paper],
            shop: ShopForm { slug: slug.parse()?, name: Text::new(slug)?, currency: Currency::CNY },
        };
        open_shop::apply(self.market().store(), &self.cx(), application).wait()
    }

    /// Hands a shop in for review.
    ///
    /// # Errors
    /// What the flow says.
    pub fn submits_shop(&self, shop: Id<kinds::Shop>) -> Result<()> {
        open_shop::submit(self.market().store(), &self.cx(), shop).wait()
    }

    /// Signs the contract.
    ///
    /// # Errors
    /// What the flow says.
    pub fn signs(&self, shop: Id<kinds::Shop>) -> Result<()> {
        let contract = Contract { version: Text::new("1")?, text: "the whole contract".to_owned() };
        open_shop::sign(self.market().store(), &self.cx(), shop, contract).wait()
    }

    /// Opens the doors.
    ///
    /// # Errors
    /// What the flow says.
    pub fn opens(&self, shop: Id<kinds::Shop>) -> Result<()> {
        open_shop::open(self.market().store(), &self.cx(), shop).wait()
    }
}
