//! Prices as they are sorted by.

use kernel::Money;

/// How many bits the minor units take; a price of the catalogue fits in forty-four.
const MINOR_BITS: u32 = 44;

/// A price as a number to sort by. Amounts of different currencies are never compared: each currency has a stretch of
/// its own, by the letters of its code. 0 where there is no price.
pub fn price_key(price: Option<Money>) -> i64 {
    let Some(Money { minor, currency }) = price else {
        return 0;
    };
    let letters = currency.code().bytes().fold(0, |number, byte| number * 26 + i64::from(byte.saturating_sub(b'A')));
    // One more, so that the first currency of all does not run into 0.
    ((letters + 1) << MINOR_BITS) | minor.clamp(0, (1 << MINOR_BITS) - 1)
}
