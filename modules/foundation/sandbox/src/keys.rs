//! Signatures. A callback's header is `Sandbox-Signature: t=<Unix seconds>,alg=ed25519|hmac-sha256,v1=<hex>`, over the
//! bytes `<t>.<body>`. There may be several `v1` while keys roll; one that fits is enough.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use kernel::Time;
use sha2::{Digest, Sha256};
use std::fmt;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Sandbox-Signature";

store::codes! {
    /// How a callback is signed.
    pub enum Alg {
        /// With the provider's private key; the merchant holds the public one.
        Ed25519 = "ed25519",
        /// With a secret that both hold.
        HmacSha256 = "hmac-sha256",
    }
}

/// The provider's secrets. They are handed in and live in memory only.
#[derive(Clone)]
pub struct Keys {
    signing: SigningKey,
    secret: [u8; 32],
    merchant: String,
    alg: Alg,
}

/// What the merchant needs to believe a callback.
#[derive(Clone)]
pub struct Verifier {
    public: VerifyingKey,
    secret: [u8; 32],
    merchant: String,
}

impl Keys {
    /// All keys from one seed, signing with Ed25519.
    pub fn from_seed(seed: [u8; 32]) -> Keys {
        let derive = |what: &str| -> [u8; 32] { Sha256::new().chain_update(seed).chain_update(what).finalize().into() };
        let merchant = format!("m_{}", &hex(&derive("merchant"))[..12]);
        Keys {
            signing: SigningKey::from_bytes(&derive("ed25519")),
            secret: derive("hmac"),
            merchant,
            alg: Alg::Ed25519,
        }
    }

    /// The same keys, signing in a certain way.
    #[must_use]
    pub fn signing_with(mut self, alg: Alg) -> Keys {
        self.alg = alg;
        self
    }

    /// The number of the one merchant that these keys serve.
    pub fn merchant(&self) -> &str {
        &self.merchant
    }

    /// What to give to the merchant.
    pub fn verifier(&self) -> Verifier {
        Verifier { public: self.signing.verifying_key(), secret: self.secret, merchant: self.merchant.clone() }
    }

    /// The signature header's value for a body sent at an instant.
    pub fn sign(&self, now: Time, body: &[u8]) -> String {
        let seconds = now.0.div_euclid(1_000);
        let signed = signed_bytes(seconds, body);
        let signature = match self.alg {
            Alg::Ed25519 => hex(&self.signing.sign(&signed).to_bytes()),
            Alg::HmacSha256 => hex(&mac(&self.secret, &signed).finalize().into_bytes()),
        };
        format!("t={seconds},alg={},v1={signature}", self.alg.word())
    }
}

impl Verifier {
    /// The number that a callback must bear.
    pub fn merchant(&self) -> &str {
        &self.merchant
    }

    /// When the body was signed, if one of the header's signatures is the provider's.
    pub fn check(&self, header: &str, body: &[u8]) -> Option<Time> {
        let mut seconds = None;
        let mut alg = None;
        let mut signatures = Vec::new();
        for field in header.split(',') {
            match field.split_once('=')? {
                ("t", value) => seconds = Some(value.parse::<i64>().ok()?),
                ("alg", value) => alg = Some(Alg::of(value)?),
                ("v1", value) => signatures.push(unhex(value)?),
                _ => {}
            }
        }
        let (seconds, alg) = (seconds?, alg?);
        let signed = signed_bytes(seconds, body);
        let good = signatures.iter().any(|signature| self.fits(alg, &signed, signature));
        if good { seconds.checked_mul(1_000).map(Time) } else { None }
    }

    fn fits(&self, alg: Alg, signed: &[u8], signature: &[u8]) -> bool {
        match alg {
            Alg::Ed25519 => Signature::from_slice(signature)
                .is_ok_and(|signature| self.public.verify_strict(signed, &signature).is_ok()),
            // Compares in constant time.
            Alg::HmacSha256 => mac(&self.secret, signed).verify_slice(signature).is_ok(),
        }
    }
}

impl fmt::Debug for Keys {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("merchant", &self.merchant).field("alg", &self.alg).finish_non_exhaustive()
    }
}

impl fmt::Debug for Verifier {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("merchant", &self.merchant).finish_non_exhaustive()
    }
}

fn signed_bytes(seconds: i64, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{seconds}.").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn mac(secret: &[u8], signed: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length").chain_update(signed)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)] as char).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Time = Time(1_700_000_000_123);

    #[test]
    fn what_is_signed_is_believed_and_tells_its_time() {
        for alg in Alg::ALL {
            let keys = Keys::from_seed([7; 32]).signing_with(*alg);
            let header = keys.sign(AT, b"{}");
            assert!(header.starts_with(&format!("t=1700000000,alg={},v1=", alg.word())), "{header}");
            assert_eq!(keys.verifier().check(&header, b"{}"), Some(Time(1_700_000_000_000)));
            let rolling = header.replace("v1=", "v1=00ff,v1=");
            assert_eq!(keys.verifier().check(&rolling, b"{}"), Some(Time(1_700_000_000_000)));
        }
    }

    #[test]
    fn what_was_touched_is_not_believed() {
        for alg in Alg::ALL {
            let keys = Keys::from_seed([7; 32]).signing_with(*alg);
            let verifier = keys.verifier();
            let header = keys.sign(AT, b"{}");
            assert_eq!(verifier.check(&header, b"{ }"), None);
            assert_eq!(verifier.check(&header.replace("t=1700000000", "t=1700000001"), b"{}"), None);
            assert_eq!(Keys::from_seed([8; 32]).verifier().check(&header, b"{}"), None);
            let other = if *alg == Alg::Ed25519 { Alg::HmacSha256 } else { Alg::Ed25519 };
            assert_eq!(verifier.check(&header.replace(alg.word(), other.word()), b"{}"), None);
            for at in 0..header.len() {
                let mut damaged = header.clone().into_bytes();
                damaged[at] ^= 1;
                let damaged = String::from_utf8(damaged).unwrap();
                assert_eq!(verifier.check(&damaged, b"{}"), None, "{damaged}");
            }
        }
    }

    #[test]
    fn a_header_that_says_nothing_is_not_believed() {
        let verifier = Keys::from_seed([7; 32]).verifier();
        for header in
            ["", "t=1", "t=1,alg=ed25519", "t=1,alg=ed25519,v1=", "t=1,alg=none,v1=00", "t=x,alg=ed25519,v1=00", "v1=é"]
        {
            assert_eq!(verifier.check(header, b""), None, "{header}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        let keys = Keys::from_seed([7; 32]);
        let shown = format!("{keys:?} {:?}", keys.verifier());
        assert!(!shown.contains(&hex(&keys.secret)) && !shown.contains("secret"), "{shown}");
    }
}
