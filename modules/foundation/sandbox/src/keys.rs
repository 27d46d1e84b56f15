//! Signatures. The header is `Sandbox-Signature: t=<Unix seconds>,alg=ed25519|hmac-sha256,v1=<hex>`. On a callback it is
//! over the bytes `<t>.<body>`, on a merchant's request over `<t>.<method> <target>\n<body>`, so that what was signed for
//! one door opens no other. There may be several `v1` while keys roll; one that fits is enough.

use crate::Refusal;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use kernel::{Result, Time, time::MINUTE};
use sha2::{Digest, Sha256};
use std::fmt;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "Sandbox-Signature";

/// How old or how far ahead a signed request may be.
const WINDOW: i64 = 5 * MINUTE;

store::codes! {
    /// How something is signed.
    pub enum Alg {
        /// With the sender's private key; the other side holds the public one.
        Ed25519 = "ed25519",
        /// With a secret that both hold.
        HmacSha256 = "hmac-sha256",
    }
}

/// The provider's secrets. They are handed in and live in memory only.
#[derive(Clone)]
pub struct Keys {
    signing: SigningKey,
    of_merchant: SigningKey,
    secret: [u8; 32],
    merchant: String,
    alg: Alg,
}

/// What the merchant holds: what it signs its requests with, and what it believes callbacks by.
#[derive(Clone)]
pub struct MerchantKeys {
    signing: SigningKey,
    verifier: Verifier,
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
            of_merchant: SigningKey::from_bytes(&derive("ed25519 of the merchant")),
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

    /// What the merchant needs to believe callbacks.
    pub fn verifier(&self) -> Verifier {
        Verifier { public: self.signing.verifying_key(), secret: self.secret, merchant: self.merchant.clone() }
    }

    /// What to give to the merchant: it signs its requests in the same way as callbacks are signed.
    pub fn merchant_keys(&self) -> MerchantKeys {
        MerchantKeys { signing: self.of_merchant.clone(), verifier: self.verifier(), alg: self.alg }
    }

    /// Whether a request is the merchant's, for this door, and fresh. One that comes again within the window does what
    /// the first did: nothing new.
    ///
    /// # Errors
    /// `signature_invalid`, `stale_timestamp`.
    pub fn check_request(&self, header: &str, method: &str, target: &str, body: &[u8], now: Time) -> Result<()> {
        let public = self.of_merchant.verifying_key();
        let signed = read_header(header).and_then(|fields| {
            let bytes = signed_bytes(fields.seconds, &request_bytes(method, target, body));
            fields.fits(&public, &self.secret, &bytes)
        });
        let signed = signed.ok_or(Refusal::SignatureInvalid)?;
        match now.0.checked_sub(signed.0) {
            Some(age) if (-WINDOW..=WINDOW).contains(&age) => Ok(()),
            _ => Err(Refusal::StaleTimestamp.into()),
        }
    }

    /// The signature header's value for a callback's body sent at an instant.
    pub fn sign(&self, now: Time, body: &[u8]) -> String {
        sign(&self.signing, &self.secret, self.alg, now, body)
    }
}

impl MerchantKeys {
    /// The signature header's value for a request: `target` is the path, with its query, below the provider's address.
    pub fn sign(&self, now: Time, method: &str, target: &str, body: &[u8]) -> String {
        sign(&self.signing, &self.verifier.secret, self.alg, now, &request_bytes(method, target, body))
    }

    /// What callbacks are believed by.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }
}

impl Verifier {
    /// The number that a callback must bear.
    pub fn merchant(&self) -> &str {
        &self.merchant
    }

    /// When the body was signed, if one of the header's signatures is the provider's.
    pub fn check(&self, header: &str, body: &[u8]) -> Option<Time> {
        let fields = read_header(header)?;
        fields.fits(&self.public, &self.secret, &signed_bytes(fields.seconds, body))
    }
}

/// What a signature header says.
struct Fields {
    seconds: i64,
    alg: Alg,
    signatures: Vec<Vec<u8>>,
}

impl Fields {
    /// When it was signed, if one of the signatures fits.
    fn fits(&self, public: &VerifyingKey, secret: &[u8], signed: &[u8]) -> Option<Time> {
        let fits = |signature: &Vec<u8>| match self.alg {
            Alg::Ed25519 => {
                Signature::from_slice(signature).is_ok_and(|signature| public.verify_strict(signed, &signature).is_ok())
            }
            // Compares in constant time.
            Alg::HmacSha256 => mac(secret, signed).verify_slice(signature).is_ok(),
        };
        if self.signatures.iter().any(fits) { self.seconds.checked_mul(1_000).map(Time) } else { None }
    }
}

fn read_header(header: &str) -> Option<Fields> {
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
    Some(Fields { seconds: seconds?, alg: alg?, signatures })
}

fn sign(key: &SigningKey, secret: &[u8], alg: Alg, now: Time, bytes: &[u8]) -> String {
    let seconds = now.0.div_euclid(1_000);
    let signed = signed_bytes(seconds, bytes);
    let signature = match alg {
        Alg::Ed25519 => hex(&key.sign(&signed).to_bytes()),
        Alg::HmacSha256 => hex(&mac(secret, &signed).finalize().into_bytes()),
    };
    format!("t={seconds},alg={},v1={signature}", alg.word())
}

impl fmt::Debug for Keys {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("merchant", &self.merchant).field("alg", &self.alg).finish_non_exhaustive()
    }
}

impl fmt::Debug for MerchantKeys {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MerchantKeys").field("verifier", &self.verifier).field("alg", &self.alg).finish_non_exhaustive()
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

fn request_bytes(method: &str, target: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{method} {target}\n").into_bytes();
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
    fn a_request_is_the_merchants_for_one_door_and_for_five_minutes() {
        for alg in Alg::ALL {
            let keys = Keys::from_seed([7; 32]).signing_with(*alg);
            let header = keys.merchant_keys().sign(AT, "POST", "/v1/payments", b"{}");
            let said = |method: &str, target: &str, body: &[u8], millis: i64| {
                let checked = keys.check_request(&header, method, target, body, AT.plus(millis));
                checked.map_err(|no| no.code())
            };
            assert_eq!(said("POST", "/v1/payments", b"{}", 0), Ok(()));
            assert_eq!(said("POST", "/v1/payments", b"{}", WINDOW - 1_000), Ok(()));
            assert_eq!(said("GET", "/v1/payments", b"{}", 0), Err("signature_invalid"));
            assert_eq!(said("POST", "/v1/refunds", b"{}", 0), Err("signature_invalid"));
            assert_eq!(said("POST", "/v1/payments", b"{ }", 0), Err("signature_invalid"));
            assert_eq!(said("POST", "/v1/payments", b"{}", WINDOW), Err("stale_timestamp"));
            assert_eq!(said("POST", "/v1/payments", b"{}", -WINDOW - 1_000), Err("stale_timestamp"));
            // What the provider signs is no request, whatever is in it.
            let callback = keys.sign(AT, b"POST /v1/payments\n{}");
            let forged = keys.check_request(&callback, "POST", "/v1/payments", b"{}", AT).is_err();
            assert_eq!(forged, *alg == Alg::Ed25519, "a shared secret cannot tell who signed");
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
