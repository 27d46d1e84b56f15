//! What carts say no to.

kernel::refusals! {
    /// The room's own refusals; limits answer with the kernel's.
    pub enum Refusal {
        /// This SKU is not in the cart, or not in the part of it that was meant.
        NotInCart => Missing "not_in_cart",
    }
}
