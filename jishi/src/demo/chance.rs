//! The demo market's chance: from its seed alone, so that the same seed makes the same market.

use rand_chacha::{
    ChaCha12Rng,
    rand_core::{RngCore, SeedableRng},
};

/// Draws from a seed.
pub(super) struct Chance(ChaCha12Rng);

impl Chance {
    pub(super) fn of(seed: u64) -> Chance {
        Chance(ChaCha12Rng::seed_from_u64(seed))
    }

    /// A number from 0 to `most - 1`; 0 where there is none.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.0.next_u32() as usize).checked_rem(most).unwrap_or(0)
    }

    /// A number between two, both among them.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1).max(1) as usize) as i64
    }
}
