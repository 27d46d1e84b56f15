//! What the market's settings say no to.

kernel::refusals! {
    /// Why a setting was not changed. Values out of bounds answer with the kernel's `out_of_range` or `malformed`.
    pub enum Refusal {
        /// There is no setting of this name.
        UnknownSetting { key: String } => Invalid "unknown_setting",
        /// Somebody runs the market already.
        AlreadySetUp => Conflict "already_set_up",
    }
}
