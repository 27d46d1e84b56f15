//! Reading what the provider sent: signature over the raw bytes, age, merchant, and only then the words.

use kernel::{Result, Time, error::Common};
use payment::{Notice, NoticeKind, Refusal, channel::fresh};
use sandbox::{
    SIGNATURE_HEADER, Verifier,
    wire::{Callback, CallbackKind},
};

/// The notice in a message, if it is the provider's, fresh, and meant for us.
pub(crate) fn read(verifier: &Verifier, headers: &[(String, String)], raw: &[u8], now: Time) -> Result<Notice> {
    let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
    let (_, header) = header.ok_or(Refusal::SignatureInvalid)?;
    let signed = verifier.check(header, raw).ok_or(Refusal::SignatureInvalid)?;
    fresh(signed, now)?;
    let malformed = |_| Common::Malformed { expected: "a callback of the sandbox" };
    let callback: Callback = serde_json::from_slice(raw).map_err(malformed)?;
    if callback.merchant != verifier.merchant() {
        return Err(Refusal::MerchantMismatch.into());
    }
    Ok(notice(callback))
}

fn notice(callback: Callback) -> Notice {
    let Callback { id, kind, number, reference, amount, code, at, .. } = callback;
    let kind = match kind {
        CallbackKind::Paid => NoticeKind::Paid,
        CallbackKind::Closed => NoticeKind::Closed,
        CallbackKind::Refunded => NoticeKind::Refunded,
        CallbackKind::RefundFailed => NoticeKind::RefundFailed(code.unwrap_or_default()),
    };
    Notice { event: id, kind, number, amount, channel_ref: reference, at }
}
