//! The room against a store in memory.

mod accounts;
mod permissions;

use crate::{
    Cost, Hashed, Login, Password, Registration, Secret, Session, Token, credential, log_in, register, session,
};
use kernel::{Actor, Cx, Id, Locale, Result, SetClock, Text, Time, kinds};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx};

struct House {
    store: Store,
    clock: Arc<SetClock>,
}

impl House {
    fn new() -> House {
        let clock = Arc::new(SetClock::at(Time(1_800_000_000_000)));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[crate::SCHEMA]).unwrap();
        House { store, clock }
    }

    fn write<T, F>(&self, act: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.store.write(Act::new("test", &Cx::new(Actor::System("test"), "r1")), act).wait()
    }

    fn read<T: Send + 'static>(&self, ask: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> Result<T> {
        self.store.read(ask).wait()
    }

    fn now(&self) -> Time {
        self.store.clock().now()
    }

    fn person(&self, name: &str) -> Id<kinds::Party> {
        let registration = registration(&format!("{name}@example.org"), name);
        self.write(move |tx| register(tx, &registration)).unwrap()
    }

    /// The three steps of a log-in, as the flow does them.
    fn log_in(&self, login_text: &str, typed: &str) -> Result<Option<Token<kinds::Session>>> {
        let (login, now) = (login(login_text), self.now());
        let credential = self.read(move |read| credential(read, &login, now))?;
        let checked = credential.check(&Password::typed(typed), Cost::LEAST);
        let secret = Secret::new([7; 32]);
        let opened = self.write(move |tx| log_in(tx, &checked, &Secret::new([7; 32]), 30))?;
        Ok(opened.map(|id| Token::new(id, secret)))
    }

    fn session(&self, token: &str) -> Option<Session> {
        let (token, now) = (token.to_owned(), self.now());
        self.read(move |read| session(read, &token, now)).unwrap()
    }
}

fn login(text: &str) -> Login {
    text.parse().unwrap()
}

fn hashed(password: &str) -> Hashed {
    Hashed::of(&Password::new(password).unwrap(), [9; 32], Cost::LEAST).unwrap()
}

fn registration(text: &str, name: &str) -> Registration {
    Registration {
        login: login(text),
        name: Text::new(name).unwrap(),
        password: hashed("correct horse"),
        locale: Locale::En,
    }
}
