//! Accounts: coming in and going out, who one is, where things are sent, keys for programs.

use crate::{
    answers::{Items, Made, OfAddress, OfKey},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use flows::{
    address_book,
    register::{self, NewPerson},
};
use identity::{Address, AddressForm, Login, Password, Permission, Permissions, Secret, Token};
use kernel::{Actor, Cx, Id, Locale, Result, Text, Time, error::Common, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Act;
use views::people::{self, Work};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "accounts",
        vec![
            op::post("registerAccount", "/accounts", register)
                .does("Opens an account. Logging in is an operation of its own.")
                .refuses(&["login_taken", "password_too_short"]),
            op::post("logIn", "/sessions", log_in)
                .does("Opens a session; its token is shown once, here, and sent as `Authorization: Bearer …` from then on.")
                .refuses(&["login_failed", "too_many_attempts", "account_blocked"]),
            op::delete("logOut", "/sessions/current", log_out)
                .does("Ends the session that asks.")
                .refuses(&["not_found"]),
            op::get("getMe", "/me", me).does("Who asks, and where he works."),
            op::get("listAddresses", "/addresses", addresses).does("The asker's address book."),
            op::post("addAddress", "/addresses", add_address).does("Writes an address into the asker's book."),
            op::delete("removeAddress", "/addresses/{address}", remove_address)
                .does("Takes an address out of the asker's book; orders keep their copies."),
            op::get("listApiKeys", "/api-keys", keys).does("The asker's keys for programs, without their secrets."),
            op::post("makeApiKey", "/api-keys", make_key)
                .does("Makes a key for a program; it may do what its scopes name and its person may. The key is shown once.")
                .refuses(&["not_a_person"]),
            op::delete("endApiKey", "/api-keys/{key}", end_key).does("Ends a key."),
        ],
    )
}

/// What is given to open an account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Registering {
    /// An e-mail, or a phone with its country code.
    #[schemars(length(min = 1, max = 254))]
    login: String,
    /// How to be called.
    name: Text<100>,
    /// 8 to 256 characters.
    #[schemars(length(min = 8, max = 256))]
    password: String,
    /// The language to be written to in; the request's own where nothing is said.
    locale: Option<Locale>,
}

async fn register(call: Call<(), (), Registering>) -> Result<Made<kinds::Party>> {
    let Registering { login, name, password, locale } = call.body;
    let login: Login = login.parse().map_err(|no: kernel::Error| no.at("login"))?;
    let password = Password::new(&password).map_err(|no| no.at("password"))?;
    let person = NewPerson { login, name, password, locale: locale.unwrap_or(call.asked.cx.locale) };
    let cx = call.asked.cx.clone();
    call.asked.app.aside(move |app| register::register(app.store(), &cx, person)).await.map(Made)
}

/// What is given to log in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LoggingIn {
    /// The e-mail or phone of the account.
    #[schemars(length(min = 1, max = 254))]
    login: String,
    /// The password.
    #[schemars(length(max = 256))]
    password: String,
    /// The token of a guest's session, whose cart joins the account's.
    guest_token: Option<String>,
}

/// A token that opens something. It is shown this once.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Shown{T}")]
pub(crate) struct Shown<T> {
    /// What it is the token of.
    pub id: T,
    /// The token itself.
    pub token: String,
}

impl<K: kernel::id::Named> Shown<Id<K>> {
    /// A fresh token, for the one answer that shows it.
    pub fn of(token: &Token<K>) -> Shown<Id<K>> {
        Shown { id: token.id, token: token.to_string() }
    }
}

async fn log_in(call: Call<(), (), LoggingIn>) -> Result<Shown<Id<kinds::Session>>> {
    let LoggingIn { login, password, guest_token } = call.body;
    let login: Login = login.parse().map_err(|no: kernel::Error| no.at("login"))?;
    let guest = guest_token.map(|token| token.parse::<Token<kinds::Session>>()).transpose();
    let guest = guest.map_err(|no| no.at("guest_token"))?;
    let (cx, typed) = (call.asked.cx.clone(), Password::typed(&password));
    let app = &call.asked.app;
    let token = app.aside(move |app| register::log_in(app.store(), &cx, login, &typed)).await?;
    if let Some(guest) = guest {
        let (shown, now) = (token.to_string(), app.now());
        let opened = app.store().read(move |read| identity::session(read, &shown, now)).await?;
        let actor = opened.ok_or(Common::LoginNeeded)?.actor();
        let cx = Cx { actor, key: None, ..call.asked.cx };
        register::bring_cart(app.store(), &cx, guest).await?;
    }
    Ok(Shown::of(&token))
}

async fn log_out(call: Call) -> Result<()> {
    let session = match (call.asked.session, &call.cx().actor) {
        (Some(session), _) => session,
        (None, Actor::Anyone) => return Err(Common::LoginNeeded.into()),
        // A key is no session.
        (None, _) => return Err(Common::NotFound.into()),
    };
    register::log_out(call.store(), call.cx(), session).await
}

/// Who asks.
#[derive(Serialize, JsonSchema)]
struct Me {
    /// His party.
    party: Id<kinds::Party>,
    /// What sort.
    kind: identity::PartyKind,
    /// How he is called.
    name: Option<String>,
    /// Where he is written to.
    email: Option<String>,
    /// Where he is called.
    phone: Option<String>,
    /// What he logs in with.
    logins: Vec<String>,
    /// The language he is written to in.
    locale: Locale,
    /// Where he works.
    work: Work,
}

async fn me(call: Call) -> Result<Me> {
    let shown = |login: Option<Login>| login.map(|login| login.to_string());
    let me = call.read_own(move |read, party| {
        let head = identity::party(read, party)?;
        let contact = identity::contact(read, party)?;
        let logins = identity::logins(read, party)?.iter().map(|login| login.to_string()).collect();
        Ok(Me {
            party,
            kind: head.kind,
            name: contact.name.map(Text::into_string),
            email: shown(contact.email),
            phone: shown(contact.phone),
            logins,
            locale: head.locale,
            work: people::work(read, party)?,
        })
    });
    me.await
}

async fn addresses(call: Call) -> Result<Items<Address>> {
    call.read_own(|read, own| Ok(Items { items: identity::addresses(read, own)? })).await
}

async fn add_address(call: Call<(), (), AddressForm>) -> Result<Made<kinds::Address>> {
    address_book::add(call.asked.app.store(), &call.asked.cx, call.body).await.map(Made)
}

async fn remove_address(call: Call<OfAddress>) -> Result<()> {
    address_book::remove(call.store(), call.cx(), call.path.address).await
}

/// A key for programs, without its secret.
#[derive(Serialize, JsonSchema)]
struct ShownKey {
    /// The key.
    id: Id<kinds::ApiKey>,
    /// What its person calls it.
    name: String,
    /// What it may do at most.
    scopes: Vec<Permission>,
    /// Since when.
    made_at: Time,
    /// When it ends by itself.
    expires_at: Option<Time>,
}

async fn keys(call: Call) -> Result<Items<ShownKey>> {
    let shown = |key: identity::Key| ShownKey {
        id: key.id,
        name: key.name,
        scopes: key.scopes.iter().collect(),
        made_at: key.made_at,
        expires_at: key.expires_at,
    };
    call.read(move |read, actor| {
        let person = may::in_person(actor)?;
        Ok(Items { items: identity::keys(read, person)?.into_iter().map(shown).collect() })
    })
    .await
}

/// A key to be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    /// What to call it.
    name: Text<60>,
    /// What it may do at most.
    scopes: Vec<Permission>,
    /// When it ends by itself; none: when it is ended.
    expires_at: Option<Time>,
}

async fn make_key(call: Call<(), (), NewKey>) -> Result<Shown<Id<kinds::ApiKey>>> {
    let person = may::in_person(&call.cx().actor)?;
    let NewKey { name, scopes, expires_at } = call.body;
    let scopes: Permissions = scopes.into_iter().collect();
    let secret = Secret::new(call.asked.app.store().secret());
    let shown = secret.clone();
    // The secret is kept nowhere, so the same request again makes another key with a secret of its own.
    let cx = Cx { key: None, ..call.asked.cx };
    let made = call.asked.app.store().write(Act::new("identity.make_key", &cx), move |tx| {
        identity::make_key(tx, person, &name, scopes, &secret, expires_at)
    });
    Ok(Shown::of(&Token::new(made.await?, shown)))
}

async fn end_key(call: Call<OfKey>) -> Result<()> {
    let (person, key) = (may::in_person(&call.cx().actor)?, call.path.key);
    let act = Act::new("identity.end_key", call.cx()).over(&key);
    call.store().write(act, move |tx| identity::end_key(tx, person, key)).await
}
