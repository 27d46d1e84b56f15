kernel::refusals! {
    /// What the stock room says no to.
    pub enum Refusal {
        /// Fewer units are free than are asked for. Names the SKU and how many could be had.
        OutOfStock { sku: kernel::Id<kernel::kinds::Sku>, available: i64 } => Conflict "out_of_stock",
        /// More units than a reservation still holds.
        NotReserved { sku: kernel::Id<kernel::kinds::Sku> } => Conflict "not_reserved",
        /// A correction by hand would leave fewer units than are promised.
        BelowReserved { on_hand: i64, reserved: i64 } => Conflict "below_reserved",
        /// The shop has no warehouse yet.
        NoWarehouse => Missing "no_warehouse",
    }
}
