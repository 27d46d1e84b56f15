//! The bank: payouts by the provider's transfers.

use crate::{InProcess, Line, OverHttp, Provider, channel::CODE, provider::No};
use kernel::Clock;
use payout::{
    Bank, BankError,
    bank::{Reply, Seen, Transfer},
};
use sandbox::{
    MerchantKeys,
    wire::{self, NewTransfer, TransferState},
};
use std::sync::Arc;
use store::Store;

/// The trial provider's bank.
#[derive(Clone)]
pub struct SandboxBank<P = InProcess> {
    provider: P,
}

impl SandboxBank<InProcess> {
    /// The bank whose books are in `store`, which must hold [`sandbox::SCHEMA`].
    pub fn in_process(store: Store) -> SandboxBank {
        SandboxBank { provider: InProcess { store } }
    }
}

impl SandboxBank<OverHttp> {
    /// The bank at a base address such as `http://127.0.0.1:8090`; the clock dates what is signed.
    pub fn over_http(base_url: &str, keys: MerchantKeys, clock: Arc<dyn Clock>, line: Line) -> SandboxBank<OverHttp> {
        SandboxBank { provider: OverHttp::new(base_url, keys, clock, line) }
    }
}

impl<P: Provider> Bank for SandboxBank<P> {
    fn code(&self) -> &'static str {
        CODE
    }

    fn transfer(&self, transfer: Transfer) -> Reply<'_, Seen> {
        let Transfer { number, account, amount } = transfer;
        let said = self.provider.transfer(NewTransfer { number, account, amount });
        Box::pin(async move { said.await.map(seen).map_err(refused) })
    }

    fn query(&self, number: String) -> Reply<'_, Seen> {
        let said = self.provider.query_transfer(number);
        Box::pin(async move { Ok(said.await.map_err(refused)?.map_or(Seen::Missing, seen)) })
    }
}

fn seen(transfer: wire::Transfer) -> Seen {
    match transfer.state {
        TransferState::Done => Seen::Done { bank_ref: transfer.reference },
        TransferState::Failed => Seen::Failed { code: transfer.code.unwrap_or_default() },
    }
}

fn refused(no: No) -> BankError {
    match no {
        No::Unknown(why) => BankError::Unknown(why),
        No::Refused(code) => BankError::Refused(code),
    }
}
