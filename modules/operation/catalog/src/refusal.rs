//! What the catalogue says no to.

kernel::refusals! {
    /// Why the catalogue did not do or give something.
    pub enum Refusal {
        /// There is no such SKU.
        UnknownSku => Missing "unknown_sku",
        /// There is no such listing.
        UnknownListing => Missing "unknown_listing",
        /// There is no such category.
        UnknownCategory => Invalid "unknown_category",
        /// There is no such brand.
        UnknownBrand => Invalid "unknown_brand",
        /// There is no such standard product.
        UnknownSpu => Invalid "unknown_spu",
        /// Neither the category nor those above it have this attribute.
        UnknownAttribute { code: String } => Invalid "unknown_attribute",
        /// The attribute has another type.
        WrongAttributeType { code: String, expected: &'static str } => Invalid "wrong_attribute_type",
        /// The value is none of the attribute's choices.
        UnknownChoice { code: String } => Invalid "unknown_choice",
        /// The category asks for an attribute that the goods do not have.
        AttributeMissing { code: String } => Invalid "attribute_missing",
        /// The category or one above it has an attribute of this name.
        AttributeTwice { code: String } => Conflict "attribute_twice",
        /// There is a category of this name beside it.
        CategoryTwice { code: String } => Conflict "category_twice",
        /// The tree may not grow deeper.
        CategoryTooDeep { most: i64 } => Invalid "category_too_deep",
        /// Another SKU of the listing has this code.
        SkuCodeTaken { code: String } => Conflict "sku_code_taken",
        /// Goods are not listed without a title.
        TitleMissing => Invalid "title_missing",
        /// Goods are not listed without a SKU on sale.
        SkuMissing => Invalid "sku_missing",
        /// The step is not possible in the listing's state.
        ListingStateForbids { state: &'static str, step: &'static str } => Conflict "listing_state_forbids",
        /// Somebody changed the listing since it was looked at.
        ListingChanged { version: i64 } => Conflict "listing_changed",
        /// The market took it off; only the market lists it again.
        ListingBarred => Conflict "listing_barred",
        /// The variant is not on sale.
        SkuDelisted { sku: kernel::Id<kernel::kinds::Sku> } => Conflict "sku_delisted",
        /// The goods are not listed.
        ListingNotListed { listing: kernel::Id<kernel::kinds::Listing> } => Conflict "listing_not_listed",
        /// The SKU has no price in this currency.
        PriceMissing { sku: kernel::Id<kernel::kinds::Sku> } => Conflict "price_missing",
        /// A price begins now or later: what was in force stays as it was.
        PriceInThePast { now: kernel::Time } => Invalid "price_in_the_past",
    }
}
