//! The bank: payouts by the provider's transfers.

use crate::{No, act, channel::CODE, no};
use kernel::Error;
use payout::{
    Bank, BankError,
    bank::{Reply, Seen, Transfer},
};
use sandbox::wire::{self, NewTransfer, TransferState};
use store::Store;

/// The trial provider's bank, reached in process.
#[derive(Clone)]
pub struct SandboxBank {
    store: Store,
}

impl SandboxBank {
    /// The bank whose books are in `store`, which must hold [`sandbox::SCHEMA`].
    pub fn in_process(store: Store) -> SandboxBank {
        SandboxBank { store }
    }
}

impl Bank for SandboxBank {
    fn code(&self) -> &'static str {
        CODE
    }

    fn transfer(&self, transfer: Transfer) -> Reply<'_, Seen> {
        let Transfer { number, account, amount } = transfer;
        let new = NewTransfer { number, account, amount };
        let answer = self.store.write(act("sandbox.transfer", &new.number), move |tx| sandbox::transfer(tx, &new));
        Box::pin(async move { answer.await.map(seen).map_err(refused) })
    }

    fn query(&self, number: String) -> Reply<'_, Seen> {
        let answer = self.store.read(move |read| sandbox::query_transfer(read, &number));
        Box::pin(async move { Ok(answer.await.map_err(refused)?.map_or(Seen::Missing, seen)) })
    }
}

fn seen(transfer: wire::Transfer) -> Seen {
    match transfer.state {
        TransferState::Done => Seen::Done { bank_ref: transfer.reference },
        TransferState::Failed => Seen::Failed { code: transfer.code.unwrap_or_default() },
    }
}

fn refused(error: Error) -> BankError {
    match no(&error) {
        No::Unknown(why) => BankError::Unknown(why),
        No::Refused(code) => BankError::Refused(code),
    }
}
