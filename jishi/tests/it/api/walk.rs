//! Every operation, called by everybody. Who may stands in the table of permissions; whoever may not is told so by the
//! status that the table means, and nothing has changed afterwards; whoever may is served.

use super::{
    client::Program,
    samples::{Sample, sample},
};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use api::permissions::{TABLE, Who};
use identity::{PartyKind, Permission, Permissions, ScopeKind, Secret, Token};
use kernel::{Id, Text, kinds};
use std::collections::BTreeSet;
use testkit::{Engine, Market, Person};

/// Who calls.
const CALLERS: [&str; 9] = [
    "nobody",
    "the buyer",
    "another buyer",
    "a guest",
    "the shop's owner",
    "staff without this permission",
    "the owner of another shop",
    "an operator without this permission",
    "a key without this scope",
];

/// The status that a caller is refused with; none where he may.
fn refusal(who: Who, caller: usize) -> Option<u16> {
    let is_guest = caller == 3;
    let in_shop = |otherwise: u16| match caller {
        0 | 3 => Some(401),
        4 => None,
        _ => Some(otherwise),
    };
    match (who, caller) {
        (Who::Anyone, _) | (Who::Nobody, 0) => None,
        (Who::Nobody, _) => Some(404),
        (_, 0) => Some(401),
        (Who::Own, 8) | (Who::Person, 8) | (Who::ItsBuyer, 8) | (Who::InPerson, 8) => Some(403),
        (Who::InSession, 8) => Some(404),
        (Who::Person | Who::InPerson, _) if is_guest => Some(401),
        (Who::Own | Who::Person | Who::InPerson | Who::InSession, _) | (Who::ItsBuyer, 1) => None,
        (Who::ItsBuyer, _) => Some(404),
        (Who::Shop(_) | Who::Merchant(_), _) => in_shop(403),
        (Who::ShopOnly(_), _) => in_shop(404),
        (Who::ShopsPeople, 5) => None,
        (Who::ShopsPeople, _) => in_shop(404),
        (Who::Market(_) | Who::MarketsPeople, _) if is_guest => Some(401),
        (Who::MarketsPeople, 7) => None,
        (Who::Market(_) | Who::MarketsPeople, _) => Some(403),
    }
}

/// The permission that an operation asks for, and whose key would have it.
fn needed(who: Who) -> Option<Permission> {
    match who {
        Who::Own | Who::Person | Who::ItsBuyer => Some(Permission::Buy),
        Who::Shop(permission) | Who::ShopOnly(permission) | Who::Merchant(permission) | Who::Market(permission) => {
            Some(permission)
        }
        _ => None,
    }
}

/// A session of somebody's.
fn session(person: &Person) -> String {
    let party = person.id;
    let secret = Secret::new(person.market().store().secret());
    let shown = secret.clone();
    let opened = person.market().acts(move |tx| identity::open_session(tx, party, &secret, 30)).unwrap();
    Token::new(opened, shown).to_string()
}

/// A key of somebody's.
fn key(person: &Person, scopes: &[Permission]) -> String {
    let (party, scopes) = (person.id, scopes.iter().copied().collect::<Permissions>());
    let secret = Secret::new(person.market().store().secret());
    let shown = secret.clone();
    let name = Text::new("robot").unwrap();
    let made = person.market().acts(move |tx| identity::make_key(tx, party, &name, scopes, &secret, None)).unwrap();
    Token::<kinds::ApiKey>::new(made, shown).to_string()
}

fn all_but(needed: Option<Permission>, scope: Option<ScopeKind>) -> Vec<Permission> {
    let of_scope = |permission: &Permission| scope.is_none_or(|scope| permission.fits(scope));
    Permission::ALL.iter().copied().filter(of_scope).filter(|permission| Some(*permission) != needed).collect()
}

/// Everybody, with what lets him in.
fn callers(stage: &Stage, who: Who) -> Vec<Option<String>> {
    let needed = needed(who);
    let owner = stage.shop.person();
    let holder = match who {
        Who::Shop(_) | Who::ShopOnly(_) | Who::ShopsPeople | Who::Merchant(_) => owner.clone(),
        Who::Market(_) | Who::MarketsPeople => stage.market.operator(),
        _ => stage.anna.clone(),
    };
    // Where any permission would do, the key has none of that place.
    let scopes = match who {
        Who::ShopsPeople | Who::MarketsPeople => vec![Permission::Buy],
        _ => all_but(needed, None),
    };
    let staff = stage.shop.staff("staff", &all_but(needed, Some(ScopeKind::Shop)));
    let clerk = stage.market.clerk("clerk", &all_but(needed, Some(ScopeKind::Market)));
    let people =
        [&stage.anna, &stage.market.buyer("bert"), &stage.gina, owner, staff.person(), stage.rival.person(), &clerk];
    let sessions = people.into_iter().map(|person| Some(session(person)));
    std::iter::once(None).chain(sessions).chain([Some(key(&holder, &scopes))]).collect()
}

/// Somebody who may.
pub(crate) fn one_who_may(stage: &Stage, who: Who) -> Option<String> {
    match who {
        Who::Anyone | Who::Nobody => None,
        Who::Shop(_) | Who::ShopOnly(_) | Who::ShopsPeople | Who::Merchant(_) => Some(session(stage.shop.person())),
        Who::Market(_) | Who::MarketsPeople => Some(session(&stage.market.operator())),
        _ => Some(session(&stage.anna)),
    }
}

fn walked(engine: Engine, operations: &[(&str, Who)]) {
    for (operation, who) in operations {
        let Some(market) = Market::on(engine) else {
            return testkit::skip_postgres();
        };
        let (mut stage, _) = Stage::set(&market, stage::nothing);
        let Sample { path, body } = sample(operation, &mut stage);
        let (tokens, allowed) = (callers(&stage, *who), one_who_may(&stage, *who));
        market.works().unwrap();
        let running = serving::up(&market);
        let program = Program::at(&running);
        let before = market.fingerprint();
        for (at, token) in tokens.iter().enumerate() {
            let Some(expected) = refusal(*who, at) else { continue };
            let here = format!("{operation} ({who:?}) by {}", CALLERS[at]);
            let said = program.calls(operation, token.as_deref(), &path, body.as_ref());
            assert_eq!(said.status, expected, "{here}: {:?}", said.body);
            program.answers_as_described(operation, &said);
            assert_eq!(market.fingerprint(), before, "{here} was refused, and something changed all the same");
        }
        let said = program.calls(operation, allowed.as_deref(), &path, body.as_ref());
        assert!((200..300).contains(&said.status), "{operation} by one who may: {} {:?}", said.status, said.body);
        program.answers_as_described(operation, &said);
    }
}

/// A part of the table, so that parts are walked side by side.
fn part(engine: Engine, of: usize) {
    let rows: Vec<_> = TABLE.iter().copied().enumerate().filter(|(at, _)| at % 4 == of).map(|(_, row)| row).collect();
    walked(engine, &rows);
}

#[test]
fn everybody_is_answered_as_the_table_says_1() {
    part(Engine::Memory, 0);
}

#[test]
fn everybody_is_answered_as_the_table_says_2() {
    part(Engine::Memory, 1);
}

#[test]
fn everybody_is_answered_as_the_table_says_3() {
    part(Engine::Memory, 2);
}

#[test]
fn everybody_is_answered_as_the_table_says_4() {
    part(Engine::Memory, 3);
}

#[test]
fn the_table_holds_every_operation_that_is_served() {
    let market = Market::new();
    let running = serving::up(&market);
    let program = Program::at(&running);
    let served: BTreeSet<_> = program.operations().collect();
    assert_eq!(served, TABLE.iter().map(|(operation, _)| *operation).collect());
}

/// Held here, because the samples stand on it.
#[test]
fn the_guest_of_the_stage_is_one() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let gina: Id<kinds::Party> = stage.gina.id;
    assert_eq!(market.asks(move |read| identity::party(read, gina)).unwrap().kind, PartyKind::Guest);
}
