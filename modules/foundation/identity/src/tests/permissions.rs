use super::*;
use crate::*;
use kernel::{Home, Kind, time::DAY};

fn shop(n: i64) -> Scope {
    Scope::Shop(Id::assemble(1, n, Home::of(n)))
}

impl House {
    fn may(&self, actor: &Actor, permission: Permission, scope: Scope) -> bool {
        let actor = actor.clone();
        self.read(move |read| has(read, &actor, permission, scope)).unwrap()
    }

    fn guest(&self, contact: Contact) -> Id<kinds::Party> {
        self.write(move |tx| guest(tx, &contact, Locale::En)).unwrap()
    }

    fn acts(&self, actor: Actor, party: Id<kinds::Party>) -> Result<()> {
        self.read(move |read| acts_for(read, &actor, party))
    }
}

#[test]
fn a_permission_holds_where_it_was_granted_until_it_is_taken_back() {
    let house = House::new();
    let ann = house.person("ann");
    let actor = Actor::Person(ann);
    house.write(move |tx| grant(tx, ann, Permission::ShopGoods, shop(1))).unwrap();
    assert!(house.may(&actor, Permission::ShopGoods, shop(1)));
    assert!(!house.may(&actor, Permission::ShopGoods, shop(2)));
    assert!(!house.may(&actor, Permission::ShopMoney, shop(1)));
    assert_eq!(house.read(|read| members(read, shop(1))).unwrap(), [(ann, house.now())]);

    house.write(move |tx| revoke(tx, ann, Permission::ShopGoods, shop(1))).unwrap();
    assert!(!house.may(&actor, Permission::ShopGoods, shop(1)));
    assert_eq!(house.read(|read| members(read, shop(1))).unwrap(), []);
    house.write(move |tx| grant(tx, ann, Permission::ShopGoods, shop(1))).unwrap();
    assert!(house.may(&actor, Permission::ShopGoods, shop(1)));
}

#[test]
fn roles_mean_what_fits_the_place() {
    let house = House::new();
    let (ann, bob) = (house.person("ann"), house.person("bob"));
    house
        .write(move |tx| {
            grant_role(tx, ann, Role::Owner, shop(1))?;
            grant_role(tx, ann, Role::Owner, Scope::Merchant(Id::from_raw(5)))?;
            grant_role(tx, bob, Role::Staff, shop(1))
        })
        .unwrap();
    let (ann_acts, bob_acts) = (Actor::Person(ann), Actor::Person(bob));
    assert!(
        house.may(&ann_acts, Permission::ShopMoney, shop(1)) && !house.may(&bob_acts, Permission::ShopMoney, shop(1))
    );
    assert!(house.may(&bob_acts, Permission::ShopOrders, shop(1)));
    let grants = house.read(move |read| grants(read, ann)).unwrap();
    assert_eq!(grants.len(), 2);
    let (merchant, owned) = grants[0];
    assert_eq!(merchant, Scope::Merchant(Id::from_raw(5)));
    assert_eq!(owned.iter().collect::<Vec<_>>(), [Permission::MerchantPapers, Permission::MerchantBank]);

    house.write(move |tx| revoke_all(tx, bob, shop(1))).unwrap();
    assert!(!house.may(&bob_acts, Permission::ShopOrders, shop(1)));
    assert_eq!(house.read(|read| members(read, shop(1))).unwrap().len(), 1);

    for (role, scope) in [(Role::Admin, shop(1)), (Role::Owner, Scope::Market), (Role::Staff, Scope::Market)] {
        assert_eq!(house.write(move |tx| grant_role(tx, ann, role, scope)).unwrap_err().code(), "scope_mismatch");
    }
    let market_wide = house.write(move |tx| grant(tx, ann, Permission::ShopMoney, Scope::Market));
    assert_eq!(market_wide.unwrap_err().code(), "scope_mismatch");
    assert_eq!(Role::Admin.permissions(ScopeKind::Market).iter().count(), 11);
    assert_eq!(Role::Owner.permissions(ScopeKind::Warehouse).iter().collect::<Vec<_>>(), [Permission::ShopStock]);
}

#[test]
fn only_people_have_permissions() {
    let house = House::new();
    let guest = house.guest(Contact::default());
    let refused = house.write(move |tx| grant(tx, guest, Permission::ShopGoods, shop(1)));
    assert_eq!(refused.unwrap_err().code(), "not_a_person");
    let refused = house.write(|tx| grant(tx, Id::from_raw(77), Permission::ShopGoods, shop(1)));
    assert_eq!(refused.unwrap_err().code(), "not_found");
}

#[test]
fn who_may_not_is_told_only_what_he_may_know() {
    let house = House::new();
    let ann = house.person("ann");
    let cases: [(Actor, &str, &str); 4] = [
        (Actor::Anyone, "login_needed", "login_needed"),
        (Actor::Guest(ann), "login_needed", "login_needed"),
        (Actor::Person(ann), "permission_missing", "not_found"),
        (Actor::Key { key: Id::from_raw(1), person: ann, scopes: u64::MAX }, "permission_missing", "not_found"),
    ];
    for (actor, visible, hidden) in cases {
        let asker = actor.clone();
        let open = house.read(move |read| require(read, &asker, Permission::ShopMoney, shop(1))).unwrap_err();
        let asker = actor.clone();
        let shut = house.read(move |read| require_hidden(read, &asker, Permission::ShopMoney, shop(1))).unwrap_err();
        assert_eq!((open.code(), shut.code()), (visible, hidden), "{actor:?}");
        assert_eq!(shut.kind().unwrap().is_audited(), hidden == "not_found");
    }
    let market = Actor::System("test");
    house.read(move |read| require(read, &market, Permission::ShopMoney, shop(1))).unwrap();
}

#[test]
fn a_key_may_do_what_both_its_scopes_and_its_person_may() {
    let house = House::new();
    let ann = house.person("ann");
    house.write(move |tx| grant(tx, ann, Permission::ShopStock, shop(1))).unwrap();
    house.write(move |tx| grant(tx, ann, Permission::ShopGoods, shop(1))).unwrap();
    let scopes: Permissions = [Permission::ShopStock, Permission::ShopMoney].into_iter().collect();
    let until = house.now().plus(DAY);
    let make = move |tx: &mut Tx| make_key(tx, ann, &Text::new("till")?, scopes, &Secret::new([5; 32]), Some(until));
    let id = house.write(make).unwrap();
    let token = Token::new(id, Secret::new([5; 32])).to_string();
    let find = |text: &str| {
        let (text, now) = (text.to_owned(), house.now());
        house.read(move |read| key(read, &text, now)).unwrap()
    };
    let actor = find(&token).unwrap();
    assert_eq!(actor, Actor::Key { key: id, person: ann, scopes: scopes.bits() });
    assert!(house.may(&actor, Permission::ShopStock, shop(1)));
    assert!(!house.may(&actor, Permission::ShopGoods, shop(1)), "not among its scopes");
    assert!(!house.may(&actor, Permission::ShopMoney, shop(1)), "not its person's");
    assert_eq!(house.acts(actor, ann).unwrap_err().code(), "permission_missing");
    assert_eq!(find(&token.replace("05", "06")), None);

    let bob = house.person("bob");
    assert_eq!(house.write(move |tx| end_key(tx, bob, id)).unwrap_err().kind(), Some(Kind::Hidden));
    assert_eq!(house.read(move |read| keys(read, ann)).unwrap()[0].scopes, scopes);
    house.clock.move_by(DAY);
    assert_eq!(find(&token), None);
    house.write(move |tx| end_key(tx, ann, id)).unwrap();
    house.write(move |tx| end_key(tx, ann, id)).unwrap();
    assert_eq!(house.read(move |read| keys(read, ann)).unwrap(), []);

    for _ in 0..20 {
        house.write(make).unwrap();
    }
    assert_eq!(house.write(make).unwrap_err().code(), "too_many");
}

#[test]
fn a_guest_joins_the_account_that_proves_its_contact() {
    let house = House::new();
    let (ann, bob) = (house.person("ann"), house.person("bob"));
    let left = |text: &str| Contact { email: Some(login(text)), ..Contact::default() };
    let first = house.guest(left("ann@example.org"));
    let second = house.guest(left("ANN@example.org"));
    let other = house.guest(left("else@example.org"));

    assert_eq!(house.read(|read| verified_owner(read, &login("ann@example.org"))).unwrap(), None);
    assert_eq!(
        house.write(move |tx| verify_login(tx, bob, &login("ann@example.org"))).unwrap_err().code(),
        "not_found"
    );
    let guests = house.write(move |tx| verify_login(tx, ann, &login("ann@example.org"))).unwrap();
    assert_eq!(guests, [second, first]);
    assert_eq!(house.read(|read| verified_owner(read, &login("ann@example.org"))).unwrap(), Some(ann));

    house.acts(Actor::Person(ann), first).unwrap_err();
    house.write(move |tx| join(tx, ann, first)).unwrap();
    house.write(move |tx| join(tx, ann, first)).unwrap();
    assert_eq!(house.write(move |tx| join(tx, bob, first)).unwrap_err().code(), "already_joined");
    assert_eq!(house.write(move |tx| join(tx, ann, bob)).unwrap_err().code(), "not_a_guest");
    assert_eq!(house.write(move |tx| join(tx, other, second)).unwrap_err().code(), "not_a_person");
    assert_eq!(house.read(move |read| homes_of(read, ann)).unwrap(), [ann, first]);
    assert_eq!(house.write(move |tx| verify_login(tx, ann, &login("ann@example.org"))).unwrap(), [second]);

    house.acts(Actor::Person(ann), first).unwrap();
    house.acts(Actor::Guest(first), first).unwrap();
    assert_eq!(house.acts(Actor::Guest(first), ann).unwrap_err().kind(), Some(Kind::Hidden));
    assert_eq!(house.acts(Actor::Person(bob), first).unwrap_err().kind(), Some(Kind::Hidden));
    assert_eq!(house.acts(Actor::Anyone, first).unwrap_err().code(), "login_needed");
    house.acts(Actor::System("test"), first).unwrap();
    house.acts(Actor::Key { key: Id::from_raw(1), person: ann, scopes: 1 }, first).unwrap();
}

#[test]
fn who_buys_for_an_organisation_acts_for_it() {
    let house = House::new();
    let (ann, firm) = (house.person("ann"), Id::from_raw(12345));
    house.acts(Actor::Person(ann), firm).unwrap_err();
    house.write(move |tx| grant(tx, ann, Permission::Buy, Scope::Organisation(firm))).unwrap();
    house.acts(Actor::Person(ann), firm).unwrap();
}

#[test]
fn a_guests_session_is_the_link_to_his_order() {
    let house = House::new();
    let guest = house.guest(Contact::default());
    let id = house.write(move |tx| open_session(tx, guest, &Secret::new([2; 32]), 90)).unwrap();
    let open = house.session(&Token::new(id, Secret::new([2; 32])).to_string()).unwrap();
    assert_eq!(open.actor(), Actor::Guest(guest));
}

#[test]
fn two_accounts_cannot_both_get_a_guest() {
    let house = House::new();
    let (ann, bob) = (house.person("ann"), house.person("bob"));
    let guest = house.guest(Contact::default());
    house.write(move |tx| join(tx, ann, guest)).unwrap();
    assert!(house.write(move |tx| join(tx, bob, guest)).is_err());
    assert_eq!(house.read(move |read| homes_of(read, bob)).unwrap(), [bob]);
}

#[test]
fn the_bits_of_keys_stay_where_they_are() {
    // A key made last year carries these bits: a new permission is appended, none is moved.
    let words: Vec<_> = Permission::ALL.iter().map(|permission| permission.word()).collect();
    assert_eq!(
        words[..9],
        [
            "buyer.buy",
            "shop.goods",
            "shop.stock",
            "shop.orders",
            "shop.refunds",
            "shop.money",
            "shop.quotations",
            "shop.staff",
            "shop.settings"
        ]
    );
    assert_eq!(
        words[9..],
        [
            "merchant.papers",
            "merchant.bank",
            "market.catalog",
            "market.review_goods",
            "market.review_shops",
            "market.shops",
            "market.orders",
            "market.refunds",
            "market.money",
            "market.settings",
            "market.audit",
            "market.people",
            "market.import"
        ]
    );
    assert_eq!(Permissions::from_bits(u64::MAX).iter().count(), Permission::ALL.len());
    assert_eq!(Permissions::from_bits(0b10).iter().collect::<Vec<_>>(), [Permission::ShopGoods]);
}

#[test]
fn every_statement_is_one_that_the_engine_takes() {
    let house = House::new();
    let ours = store::statements().filter(|statement| statement.place.contains("identity")).collect();
    assert_eq!(house.store.prepare_all(ours).unwrap(), Vec::<String>::new());
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(kernel::error::snake_case(name), *code);
    }
}
