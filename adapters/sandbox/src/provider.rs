//! What the channel and the bank ask of the provider, in its own words; and how that is done in process.

use crate::act;
use kernel::{Error, Kind};
use sandbox::wire::{NewPayment, NewRefund, NewTransfer, Payment, Refund, Transfer};
use serde::{Serialize, de::DeserializeOwned};
use std::pin::Pin;
use store::{Answer, Read, Store, Tx};

/// What an error of the provider means to whoever asked it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum No {
    /// Nobody knows whether it happened.
    Unknown(String),
    /// It did not, with the code.
    Refused(String),
}

/// An answer of the provider's on its way. What was asked is under way before it is awaited.
pub type Said<'a, T> = Pin<Box<dyn Future<Output = Result<T, No>> + Send + 'a>>;

/// The provider, however it is reached. A query answers none where it never heard of the number.
pub trait Provider: Send + Sync {
    /// Opens a payment.
    fn create(&self, new: NewPayment) -> Said<'_, Payment>;
    /// What it knows of a payment.
    fn query(&self, number: String) -> Said<'_, Option<Payment>>;
    /// Closes a payment; none where it never heard of it.
    fn close(&self, number: String) -> Said<'_, Option<Payment>>;
    /// Gives money back.
    fn refund(&self, new: NewRefund) -> Said<'_, Refund>;
    /// What it knows of a refund.
    fn query_refund(&self, payment: String, number: String) -> Said<'_, Option<Refund>>;
    /// Pays money out.
    fn transfer(&self, new: NewTransfer) -> Said<'_, Transfer>;
    /// What it knows of a transfer.
    fn query_transfer(&self, number: String) -> Said<'_, Option<Transfer>>;
}

/// The provider in this process.
#[derive(Clone)]
pub struct InProcess {
    pub(crate) store: Store,
}

impl InProcess {
    fn does<T, F>(&self, name: &'static str, number: &str, run: F) -> Said<'_, T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> kernel::Result<T> + Send + 'static,
    {
        said(self.store.write(act(name, number, None), run))
    }

    fn knows<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Read) -> kernel::Result<T> + Send + 'static,
    ) -> Said<'_, T> {
        said(self.store.read(ask))
    }
}

fn said<'a, T: Send + 'a>(answer: Answer<T>) -> Said<'a, T> {
    Box::pin(async move { answer.await.map_err(|error| no(&error)) })
}

fn no(error: &Error) -> No {
    match error.kind() {
        None | Some(Kind::Unavailable | Kind::TooMany) => No::Unknown(error.to_string()),
        // Another call under the same number is under way: what comes of it is not known yet.
        Some(_) if error.code() == "in_progress" => No::Unknown(error.to_string()),
        Some(_) => No::Refused(error.code().to_owned()),
    }
}

impl Provider for InProcess {
    fn create(&self, new: NewPayment) -> Said<'_, Payment> {
        self.does("sandbox.create", &new.number.clone(), move |tx| sandbox::create(tx, &new))
    }

    fn query(&self, number: String) -> Said<'_, Option<Payment>> {
        let now = self.store.clock().now();
        self.knows(move |read| sandbox::query(read, &number, now))
    }

    fn close(&self, number: String) -> Said<'_, Option<Payment>> {
        self.does("sandbox.close", &number.clone(), move |tx| match sandbox::close(tx, &number) {
            Err(error) if error.code() == "not_found" => Ok(None),
            closed => closed.map(Some),
        })
    }

    fn refund(&self, new: NewRefund) -> Said<'_, Refund> {
        self.does("sandbox.refund", &new.number.clone(), move |tx| sandbox::refund(tx, &new))
    }

    fn query_refund(&self, payment: String, number: String) -> Said<'_, Option<Refund>> {
        self.knows(move |read| sandbox::query_refund(read, &payment, &number))
    }

    fn transfer(&self, new: NewTransfer) -> Said<'_, Transfer> {
        self.does("sandbox.transfer", &new.number.clone(), move |tx| sandbox::transfer(tx, &new))
    }

    fn query_transfer(&self, number: String) -> Said<'_, Option<Transfer>> {
        self.knows(move |read| sandbox::query_transfer(read, &number))
    }
}
