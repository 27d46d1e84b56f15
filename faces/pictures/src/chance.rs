//! What looks like chance in a picture: a stream of values that a seed fixes.

/// Xorshift of 32 bits with the shifts 13, 17 and 5 (Marsaglia, *Xorshift RNGs*, 2003).
pub(crate) struct Chance(u32);

impl Chance {
    /// The factor spreads small seeds over all bits (Knuth's multiplicative hashing); the first values still show
    /// the seed and are dropped.
    pub fn new(seed: u32) -> Chance {
        // A state of zero would stay zero for ever.
        let mut chance = Chance(seed.wrapping_add(7).wrapping_mul(2_654_435_761).max(1));
        for _ in 0..5 {
            chance.next();
        }
        chance
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// From 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        f64::from(self.next()) / 4_294_967_296.0
    }

    /// A whole number from `from` to `from + span`, rounded half up.
    pub fn near(&mut self, from: u32, span: u32) -> u32 {
        (f64::from(from) + self.share() * f64::from(span) + 0.5).floor() as u32
    }

    /// One of four.
    pub fn of_four(&mut self) -> u32 {
        self.next() >> 30
    }
}
