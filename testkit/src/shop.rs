//! Shops and those who work in them.

use crate::{Market, Person, market::must, person::units};
use delivery::Freight;
use flows::{
    open_shop::ByHand,
    payout::PayoutWish,
    quote::{Quote, QuoteLine},
    refund::{RefundWish, Refunding},
    register::StaffChange,
    ship::Shipment,
};
use identity::{Permission, Scope};
use kernel::{Actor, Currency, Id, Money, Result, Text, Units, kinds};
use merchant::{BankAccountForm, MerchantKind, ShopForm};
use std::ops::Deref;

/// A shop, in the hands of somebody who works there: its owner, unless said otherwise.
#[derive(Clone)]
pub struct Shop {
    /// The shop.
    pub id: Id<kinds::Shop>,
    /// Whose it is.
    pub merchant: Id<kinds::Merchant>,
    person: Person,
}

impl Deref for Shop {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.person
    }
}

impl Market {
    /// A shop that the operator opened by hand, trading in renminbi.
    ///
    /// # Panics
    /// Where that does not work.
    #[track_caller]
    pub fn shop(&self, slug: &str) -> Shop {
        self.shop_in(slug, Currency::CNY)
    }

    /// A shop that the operator opened by hand, trading in a currency.
    ///
    /// # Panics
    /// Where that does not work.
    #[track_caller]
    pub fn shop_in(&self, slug: &str, currency: Currency) -> Shop {
        let form =
            ShopForm { slug: must("a slug", slug.parse()), name: must("a shop's name", Text::new(slug)), currency };
        let owner = must("an owner's name", Text::new(&format!("owner of {slug}")));
        let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner };
        let opened = flows::open_shop::open_by_hand(self.store(), &self.operator().cx(), by_hand).wait();
        self.shop_of(must("a shop can be opened", opened).shop)
    }

    /// A shop in its owner's hands.
    ///
    /// # Panics
    /// Where nobody works there.
    #[track_caller]
    pub fn shop_of(&self, id: Id<kinds::Shop>) -> Shop {
        let found = self.asks(move |read| {
            let members = identity::members(read, Scope::Shop(id))?;
            Ok((merchant::shop(read, id)?.merchant, members[0].0))
        });
        let (merchant, owner) = must("a shop has an owner", found);
        Shop { id, merchant, person: self.person(Actor::Person(owner)) }
    }
}

impl Shop {
    /// Who acts.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The same shop in somebody else's hands.
    #[must_use]
    pub fn by(&self, person: &Person) -> Shop {
        Shop { person: person.clone(), ..self.clone() }
    }

    /// The shop in the hands of somebody who works there under these permissions alone.
    ///
    /// # Panics
    /// Where a permission is none of a shop's.
    #[track_caller]
    pub fn staff(&self, name: &str, permissions: &[Permission]) -> Shop {
        let person = self.market().buyer(name);
        for permission in permissions {
            must("staff can be hired", self.changes_staff(self.id, &person, *permission, true));
        }
        self.by(&person)
    }

    /// Takes a fee for sending, and none for goods of an amount or more.
    ///
    /// # Panics
    /// Where that does not work.
    #[track_caller]
    pub fn takes_for_sending(&self, fee: Money, free_over: Option<Money>) {
        let (shop, freight) = (self.id, Freight { fee, free_over });
        must("freight can be set", self.market().acts(move |tx| delivery::set_freight(tx, shop, freight)));
    }

    /// Has a bank account in its merchant's name; money goes there two days later.
    ///
    /// # Panics
    /// Where that does not work.
    #[track_caller]
    pub fn has_bank_account(&self) -> Id<kinds::BankAccount> {
        let merchant = self.merchant;
        let add = move |tx: &mut store::Tx| {
            let form = BankAccountForm {
                holder: Text::new(&merchant::legal_name(tx, merchant)?)?,
                bank: Text::new("银行")?,
                number: Text::new("6222 0000 0000 0001")?,
            };
            merchant::add_bank_account(tx, merchant, &form)
        };
        must("a bank account can be added", self.market().acts(add))
    }

    /// Offers goods at agreed unit prices to a buyer.
    ///
    /// # Errors
    /// What the flow says.
    pub fn quotes(&self, buyer: &Person, lines: &[(Id<kinds::Sku>, i64, i64)]) -> Result<Id<kinds::Quotation>> {
        let quote = self.quote(buyer, lines)?;
        flows::quote::offer(self.market().store(), &self.cx(), quote).wait()
    }

    /// Drafts an offer that nobody else sees yet.
    ///
    /// # Errors
    /// What the flow says.
    pub fn drafts_quote(&self, buyer: &Person, lines: &[(Id<kinds::Sku>, i64, i64)]) -> Result<Id<kinds::Quotation>> {
        let quote = self.quote(buyer, lines)?;
        flows::quote::draft(self.market().store(), &self.cx(), quote).wait()
    }

    fn quote(&self, buyer: &Person, lines: &[(Id<kinds::Sku>, i64, i64)]) -> Result<Quote> {
        let line = |(sku, units, unit_price): &(Id<kinds::Sku>, i64, i64)| {
            Ok(QuoteLine { sku: *sku, units: Units::new(*units)?, unit_price: *unit_price })
        };
        let lines = lines.iter().map(line).collect::<Result<_>>()?;
        Ok(Quote { shop: self.id, buyer: buyer.id, currency: Currency::CNY, lines })
    }

    /// Asks for all of its money.
    ///
    /// # Errors
    /// What the flows say.
    pub fn asks_payout(&self) -> Result<Id<kinds::Payout>> {
        let wish = PayoutWish { shop: self.id, amount: None };
        flows::payout::ask(self.market().flows(), &self.cx(), wish)
    }
}

/// What people do in shops.
impl Person {
    /// Gives somebody a permission in a shop, or takes it.
    ///
    /// # Errors
    /// What the flow says.
    pub fn changes_staff(
        &self,
        shop: Id<kinds::Shop>,
        person: &Person,
        permission: Permission,
        granted: bool,
    ) -> Result<()> {
        let change = StaffChange { shop, person: person.id, permission, granted };
        flows::register::change_staff(self.market().store(), &self.cx(), change).wait()
    }

    /// Ships all that is left of an order.
    ///
    /// # Errors
    /// What the flow says.
    pub fn ships(&self, order: Id<kinds::Order>) -> Result<Id<kinds::Parcel>> {
        self.ships_part(order, &[])
    }

    /// Ships units of lines of an order.
    ///
    /// # Errors
    /// What the flow says.
    pub fn ships_part(&self, order: Id<kinds::Order>, lines: &[(i64, i64)]) -> Result<Id<kinds::Parcel>> {
        let cx = self.cx();
        // Told again, the story hands over the same parcel under the same number.
        let waybill = format!("{order}-{}", cx.request.replace(' ', "-"));
        let shipment =
            Shipment { order, lines: units(lines)?, carrier: "sf".to_owned(), waybill: waybill.replace('_', "-") };
        flows::ship::ship(self.market().store(), &cx, shipment).wait()
    }

    /// The carrier scans a parcel.
    ///
    /// # Errors
    /// What the flow says.
    pub fn hears_scan(&self, parcel: Id<kinds::Parcel>, state: delivery::State) -> Result<()> {
        let cx = self.cx();
        let source_key = Text::new(&cx.request)?;
        // A story that is told again tells of the same scan.
        let carrier_at = self.market().story_time(0).min(self.market().now());
        let scan = delivery::Scan { state, carrier_at, place: None, source_key };
        flows::ship::scanned(self.market().store(), &cx, parcel, scan).wait()
    }

    /// Sends a draft to its buyer.
    ///
    /// # Errors
    /// What the flow says.
    pub fn sends_quote(&self, quotation: Id<kinds::Quotation>) -> Result<()> {
        flows::quote::send(self.market().store(), &self.cx(), quotation).wait()
    }

    /// Takes an offer back.
    ///
    /// # Errors
    /// What the flow says.
    pub fn withdraws_quote(&self, quotation: Id<kinds::Quotation>) -> Result<()> {
        flows::quote::withdraw(self.market().store(), &self.cx(), quotation).wait()
    }

    /// Gives the money of lines of an order back of his own accord, or of all that is left where none is named.
    ///
    /// # Errors
    /// What the flow says.
    pub fn gives_back(&self, order: Id<kinds::Order>, lines: &[(i64, i64)]) -> Result<Refunding> {
        let wish = RefundWish { order, lines: units(lines)?, reason: "agreed".to_owned(), words: None };
        flows::refund::grant(self.market().store(), &self.cx(), wish).wait()
    }

    /// Says yes to a case.
    ///
    /// # Errors
    /// What the flow says.
    pub fn agrees(&self, case: Id<kinds::Case>) -> Result<Refunding> {
        flows::refund::agree(self.market().store(), &self.cx(), case).wait()
    }

    /// Says no to a case; the operator decides.
    ///
    /// # Errors
    /// What the flow says.
    pub fn disagrees(&self, case: Id<kinds::Case>) -> Result<()> {
        flows::refund::refuse(self.market().store(), &self.cx(), case).wait()
    }
}
