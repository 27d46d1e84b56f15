//! Who acts, through which door, under which key.

use crate::{Home, Id, Locale, Time, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who does something. Permissions are looked up by the identity room; only what cannot be looked up stands here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Nobody has logged in.
    Anyone,
    /// A person with an open session.
    Person(Id<kinds::Party>),
    /// A guest who came by the secret link of his order.
    Guest(Id<kinds::Party>),
    /// A program with a key of a person's; it may do what that person may and its scopes name (a bit per permission).
    Key {
        /// The key itself.
        key: Id<kinds::ApiKey>,
        /// Whose it is.
        person: Id<kinds::Party>,
        /// What it may be used for.
        scopes: u64,
    },
    /// The market itself: a timer, a reaction, the operator's command line. Named for the audit log.
    System(&'static str),
}

impl Actor {
    /// The party that acts, if one does.
    pub const fn party(&self) -> Option<Id<kinds::Party>> {
        match self {
            Actor::Person(party) | Actor::Guest(party) | Actor::Key { person: party, .. } => Some(*party),
            Actor::Anyone | Actor::System(_) => None,
        }
    }

    /// The word of the audit log.
    pub const fn word(&self) -> &'static str {
        match self {
            Actor::Anyone => "anyone",
            Actor::Person(_) => "person",
            Actor::Guest(_) => "guest",
            Actor::Key { .. } => "key",
            Actor::System(name) => name,
        }
    }

    /// The number that names the actor beside its word: the key's or the party's id, or zero.
    pub const fn raw(&self) -> i64 {
        match self {
            Actor::Key { key, .. } => key.raw(),
            Actor::Person(party) | Actor::Guest(party) => party.raw(),
            Actor::Anyone | Actor::System(_) => 0,
        }
    }

    /// Where the actor's own rows live: his party's home; the market's own acts live in the home of their name.
    pub fn home(&self) -> Home {
        self.party().map_or_else(|| Home::of_text(self.word()), Id::home)
    }
}

/// Through which kind of door a trade came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SalesChannel {
    /// The web pages.
    Web,
    /// A native app.
    App,
    /// A mini-program.
    MiniProgram,
    /// A till.
    Pos,
    /// A software agent.
    Agent,
    /// A program over the API.
    Api,
    /// Import or replay.
    Import,
}

impl SalesChannel {
    /// As stored.
    pub const fn code(self) -> i64 {
        self as i64
    }
}

/// What a face knows about a request and hands to every flow.
#[derive(Clone, Debug)]
pub struct Cx {
    /// Who acts.
    pub actor: Actor,
    /// The request's own id: unique, in every log line.
    pub request: String,
    /// The client's idempotency key, where it sent one.
    pub key: Option<String>,
    /// Through which door.
    pub channel: SalesChannel,
    /// Which storefront of the market; there is one, 1.
    pub storefront: i64,
    /// In which language the answer is read.
    pub locale: Locale,
    /// When it happened, where the market itself is told afterwards: a replay, a timer that is rung at its due time.
    /// Nobody but the market itself can say so.
    pub at: Option<Time>,
}

impl Cx {
    /// A request of an actor's without a client's key.
    pub fn new(actor: Actor, request: impl Into<String>) -> Cx {
        Cx {
            actor,
            request: request.into(),
            key: None,
            channel: SalesChannel::Web,
            storefront: 1,
            locale: Locale::Zh,
            at: None,
        }
    }

    /// The same request under a client's key.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Cx {
        self.key = Some(key.into());
        self
    }

    /// The same request as of an instant; only the market itself may say so.
    #[must_use]
    pub fn at(mut self, at: Time) -> Cx {
        if matches!(self.actor, Actor::System(_)) {
            self.at = Some(at);
        }
        self
    }

    /// When it happened, where that is not now. Whoever is not the market itself has no say in it.
    pub fn instant(&self) -> Option<Time> {
        self.at.filter(|_| matches!(self.actor, Actor::System(_)))
    }

    /// The same request through another door.
    #[must_use]
    pub fn through(mut self, channel: SalesChannel) -> Cx {
        self.channel = channel;
        self
    }
}
