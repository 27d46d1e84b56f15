//! The provider at the other end of a line: docs/sandbox.md says how it is spoken to.

use crate::{
    Heard, Line, Provider,
    line::Hearing,
    provider::{No, Said},
};
use kernel::Clock;
use sandbox::{
    MerchantKeys, SIGNATURE_HEADER,
    wire::{self, NewPayment, NewRefund, NewTransfer, Payment, Refund, Transfer},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Write, sync::Arc};

/// The provider, reached by its base address.
#[derive(Clone)]
pub struct OverHttp {
    base: String,
    keys: MerchantKeys,
    clock: Arc<dyn Clock>,
    line: Line,
}

impl OverHttp {
    pub(crate) fn new(base: &str, keys: MerchantKeys, clock: Arc<dyn Clock>, line: Line) -> OverHttp {
        OverHttp { base: base.trim_end_matches('/').to_owned(), keys, clock, line }
    }

    fn get<T: DeserializeOwned + 'static>(&self, target: &str) -> Said<'_, Option<T>> {
        let hearing = self.line.get(format!("{}{target}", self.base), self.signed("GET", target, b""));
        Box::pin(async move { some(understood(hearing).await) })
    }

    fn post<T: DeserializeOwned + 'static>(&self, target: &str, body: &impl Serialize) -> Said<'_, T> {
        let body = match serde_json::to_vec(body) {
            Ok(body) => body,
            Err(error) => return Box::pin(async move { Err(No::Unknown(error.to_string())) }),
        };
        let mut headers = self.signed("POST", target, &body);
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        Box::pin(understood(self.line.post(format!("{}{target}", self.base), headers, body)))
    }

    fn signed(&self, method: &str, target: &str, body: &[u8]) -> Vec<(String, String)> {
        let signature = self.keys.sign(self.clock.now(), method, target, body);
        vec![(SIGNATURE_HEADER.to_owned(), signature)]
    }
}

/// What the provider has never heard of is no refusal where it was only asked about.
fn some<T>(said: Result<T, No>) -> Result<Option<T>, No> {
    match said {
        Err(No::Refused(code)) if code == "not_found" => Ok(None),
        said => said.map(Some),
    }
}

async fn understood<T: DeserializeOwned>(hearing: Hearing) -> Result<T, No> {
    let Heard { status, body } = hearing.await.map_err(No::Unknown)?;
    if (200..300).contains(&status) {
        return serde_json::from_slice(&body)
            .map_err(|error| No::Unknown(format!("an answer that says nothing: {error}")));
    }
    match serde_json::from_slice::<wire::No>(&body) {
        Ok(no) if is_decided(status, &no.code) => Err(No::Refused(no.code)),
        Ok(no) => Err(No::Unknown(format!("{} ({status})", no.code))),
        // Not the provider speaks here but something before it.
        Err(_) => Err(No::Unknown(format!("status {status}"))),
    }
}

/// Whether a no is the provider's decision about what was asked. A signature that it does not believe, or a clock that
/// is wrong, says nothing about the payment: somebody sets it right, and the same is asked again.
fn is_decided(status: u16, code: &str) -> bool {
    let decides = matches!(status, 404 | 409 | 413 | 422);
    decides && !matches!(code, "in_progress" | "signature_invalid" | "stale_timestamp" | "no_such_route")
}

/// A number as a part of a path.
fn part(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    for byte in number.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a text takes what is written to it");
        }
    }
    out
}

impl Provider for OverHttp {
    fn create(&self, new: NewPayment) -> Said<'_, Payment> {
        self.post("/v1/payments", &new)
    }

    fn query(&self, number: String) -> Said<'_, Option<Payment>> {
        self.get(&format!("/v1/payments/{}", part(&number)))
    }

    fn close(&self, number: String) -> Said<'_, Option<Payment>> {
        let closed = self.post(&format!("/v1/payments/{}/close", part(&number)), &serde_json::Map::new());
        Box::pin(async move { some(closed.await) })
    }

    fn refund(&self, new: NewRefund) -> Said<'_, Refund> {
        self.post("/v1/refunds", &new)
    }

    fn query_refund(&self, payment: String, number: String) -> Said<'_, Option<Refund>> {
        self.get(&format!("/v1/payments/{}/refunds/{}", part(&payment), part(&number)))
    }

    fn transfer(&self, new: NewTransfer) -> Said<'_, Transfer> {
        self.post("/v1/transfers", &new)
    }

    fn query_transfer(&self, number: String) -> Said<'_, Option<Transfer>> {
        self.get(&format!("/v1/transfers/{}", part(&number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(status: u16, body: &str) -> Result<Option<u32>, No> {
        let heard = Heard { status, body: body.as_bytes().to_vec() };
        store::wait(async { some(understood::<u32>(Box::pin(async { Ok(heard) })).await) })
    }

    #[test]
    fn only_the_provider_itself_says_no() {
        let no = |code: &str| format!(r#"{{"code":"{code}","facts":{{}}}}"#);
        assert_eq!(heard(200, "7"), Ok(Some(7)));
        assert_eq!(heard(404, &no("not_found")), Ok(None));
        assert_eq!(heard(409, &no("number_reused")), Err(No::Refused("number_reused".into())));
        assert_eq!(heard(422, &no("out_of_range")), Err(No::Refused("out_of_range".into())));
        let unknown = [
            (200, "<html>".to_owned()),
            (204, String::new()),
            (302, String::new()),
            (401, no("signature_invalid")),
            (404, "<html>".to_owned()),
            (404, no("no_such_route")),
            (409, no("in_progress")),
            (422, no("stale_timestamp")),
            (429, no("too_many_requests")),
            (500, no("broken")),
            (502, "bad gateway".to_owned()),
            (503, no("unavailable")),
        ];
        for (status, body) in unknown {
            assert!(matches!(heard(status, &body), Err(No::Unknown(_))), "{status} {body}");
        }
        let silence = store::wait(understood::<u32>(Box::pin(async { Err("timeout".to_owned()) })));
        assert_eq!(silence, Err(No::Unknown("timeout".into())));
    }

    #[test]
    fn a_number_is_one_part_of_a_path() {
        assert_eq!(part("pay_1-A"), "pay_1-A");
        assert_eq!(part("../a?b é\0"), "%2E%2E%2Fa%3Fb%20%C3%A9%00");
    }
}
