//! Secrets that are shown once and kept only as a hash: of a session, of a guest's link, of an API key.

use kernel::{Error, Id, error::Common, id::Named};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// Thirty-two bytes that nobody can guess. Drawn before the act that keeps its hash, so that the secret is no part of
/// the act's answer, which the store keeps.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// From random bytes.
    pub const fn new(random: [u8; 32]) -> Secret {
        Secret(random)
    }

    /// What the database keeps. A secret of 256 random bits needs no salt and no slow hash.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// Compares with what the database kept, in the same time wherever the first difference is.
    pub(crate) fn opens(&self, kept: &[u8]) -> bool {
        let hash = self.hash();
        kept.len() == hash.len() && hash.iter().zip(kept).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// `<id>.<64 hexadecimal digits>`: the id finds the row, the secret opens it.
pub struct Token<K> {
    /// Whose secret it is.
    pub id: Id<K>,
    /// The secret.
    pub secret: Secret,
}

impl<K> Token<K> {
    /// The token of what was opened or made with a secret.
    pub const fn new(id: Id<K>, secret: Secret) -> Token<K> {
        Token { id, secret }
    }
}

impl<K> Clone for Token<K> {
    fn clone(&self) -> Self {
        Token { id: self.id, secret: self.secret.clone() }
    }
}

impl<K: Named> fmt::Display for Token<K> {
    /// The whole secret: only for the answer that shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.id)?;
        self.secret.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl<K: Named> fmt::Debug for Token<K> {
    /// Without the secret: logs may hold this.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.…", self.id)
    }
}

impl<K: Named> FromStr for Token<K> {
    type Err = Error;

    /// # Errors
    /// `malformed`, `id_malformed`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = || Common::Malformed { expected: "an id, a point and 64 hexadecimal digits" };
        let (id, digits) = text.split_once('.').ok_or_else(malformed)?;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(malformed().into());
        }
        let mut secret = [0; 32];
        for (byte, at) in secret.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| malformed())?;
        }
        Ok(Token { id: id.parse()?, secret: Secret(secret) })
    }
}
