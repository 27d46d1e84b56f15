//! Passwords: hashed and checked outside of any transaction, because both are slow on purpose.

use crate::Refusal;
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString,
};
use kernel::{Error, Result, error::Common};
use std::fmt;

const LEAST: usize = 8;
const MOST: usize = 256;

/// A password as typed: 8 to 256 characters, taken as it is, never shown and never kept.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// # Errors
    /// `password_too_short`, `too_long`.
    pub fn new(typed: &str) -> Result<Password> {
        match typed.chars().take(MOST + 1).count() {
            length if length < LEAST => Err(Refusal::PasswordTooShort { least: LEAST as i64 }.into()),
            length if length > MOST => Err(Common::TooLong { most: MOST as i64 }.into()),
            _ => Ok(Password(typed.to_owned())),
        }
    }

    /// A password typed at a log-in: whatever it is, so that a bad one reads like a wrong one.
    pub fn typed(typed: &str) -> Password {
        Password(typed.chars().take(MOST + 1).collect())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What hashing one password costs; two settings of the market.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// The least that argon2 allows, for tests.
    pub const LEAST: Cost = Cost { memory_kib: Params::MIN_M_COST, passes: Params::MIN_T_COST };

    /// # Errors
    /// `out_of_range` below 8 KiB or one pass, or beyond 4 GiB.
    pub fn new(memory_kib: i64, passes: i64) -> Result<Cost> {
        let within = |value: i64, least: u32, most: u32| match u32::try_from(value) {
            Ok(value) if (least..=most).contains(&value) => Ok(value),
            _ => Err(Error::from(Common::OutOfRange { least: least.into(), most: most.into() })),
        };
        Ok(Cost { memory_kib: within(memory_kib, Params::MIN_M_COST, 1 << 22)?, passes: within(passes, 1, 1 << 10)? })
    }

    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(broken)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// A hashed password in PHC form: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
#[derive(Clone)]
pub struct Hashed(String);

impl Hashed {
    /// Hashes under a fresh random salt. Takes its time: call it before the transaction.
    ///
    /// # Errors
    /// Broken where argon2 does not run on this machine (no memory).
    pub fn of(password: &Password, salt: [u8; 32], cost: Cost) -> Result<Hashed> {
        let salt = SaltString::encode_b64(&salt[..16]).map_err(broken)?;
        let hash = cost.argon2()?.hash_password(password.0.as_bytes(), &salt).map_err(broken)?;
        Ok(Hashed(hash.to_string()))
    }

    pub(crate) fn phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// Whether the password is the one that was hashed, at the cost it was hashed with. A text that is no hash fits none.
pub fn verify(password: &Password, phc: &str) -> bool {
    let fits = |hash: PasswordHash<'_>| Argon2::default().verify_password(password.0.as_bytes(), &hash).is_ok();
    PasswordHash::new(phc).is_ok_and(fits)
}

/// Takes as long as [`verify`] at the cost of today, for a log-in that does not exist.
pub(crate) fn pretend(password: &Password, cost: Cost) {
    // The result is of no use; that the work was done is.
    drop(Hashed::of(password, [0; 32], cost));
}

fn broken(error: impl fmt::Display) -> Error {
    Error::broken(error.to_string())
}
