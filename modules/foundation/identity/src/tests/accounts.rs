use super::*;
use crate::*;
use kernel::time::{DAY, MINUTE};

#[test]
fn a_registered_person_logs_in_and_out() {
    let house = House::new();
    let ann = house.person("ann");
    let token = house.log_in(" ANN@Example.org ", "correct horse").unwrap().unwrap();
    let open = house.session(&token.to_string()).unwrap();
    assert_eq!((open.party, open.actor()), (ann, Actor::Person(ann)));

    assert!(!format!("{token:?}").contains("0707"), "a token is not written into logs");
    for wrong in ["", "ses_1.00", &token.to_string()[1..], &format!("{}.{}", token.id, "08".repeat(32))] {
        assert_eq!(house.session(wrong), None, "{wrong}");
    }
    house.write(move |tx| log_out(tx, token.id)).unwrap();
    assert_eq!(house.session(&Token::new(token.id, Secret::new([7; 32])).to_string()), None);
}

#[test]
fn a_session_ends_by_itself_and_with_the_password() {
    let house = House::new();
    let ann = house.person("ann");
    let old = house.log_in("ann@example.org", "correct horse").unwrap().unwrap();
    house.clock.move_by(30 * DAY);
    assert_eq!(house.session(&old.to_string()), None);

    let token = house.log_in("ann@example.org", "correct horse").unwrap().unwrap();
    let renewed = hashed("battery staple");
    house.write(move |tx| change_password(tx, ann, &renewed)).unwrap();
    assert_eq!(house.session(&token.to_string()), None);
    assert!(house.log_in("ann@example.org", "correct horse").unwrap().is_none());
    assert!(house.log_in("ann@example.org", "battery staple").unwrap().is_some());
}

#[test]
fn a_password_changed_while_it_was_checked_does_not_log_in() {
    let house = House::new();
    let ann = house.person("ann");
    let now = house.now();
    let credential = house.read(move |read| credential(read, &login("ann@example.org"), now)).unwrap();
    let checked = credential.check(&Password::typed("correct horse"), Cost::LEAST);
    let renewed = hashed("battery staple");
    house.write(move |tx| change_password(tx, ann, &renewed)).unwrap();
    assert_eq!(house.write(move |tx| log_in(tx, &checked, &Secret::new([1; 32]), 30)).unwrap(), None);
}

#[test]
fn five_wrong_passwords_lock_a_log_in_for_a_quarter_of_an_hour_known_or_not() {
    for name in ["ann@example.org", "nobody@example.org"] {
        let house = House::new();
        house.person("ann");
        for _ in 0..5 {
            assert!(house.log_in(name, "wrong horse").unwrap().is_none());
        }
        assert_eq!(house.log_in(name, "correct horse").unwrap_err().code(), "too_many_attempts");
        house.clock.move_by(15 * MINUTE - 1);
        assert_eq!(house.log_in(name, "correct horse").unwrap_err().code(), "too_many_attempts");
        house.clock.move_by(1);
        assert_eq!(house.log_in(name, "correct horse").unwrap().is_some(), name.starts_with("ann"));
    }
}

#[test]
fn guesses_sent_side_by_side_gain_nothing() {
    let house = House::new();
    house.person("ann");
    let now = house.now();
    let credential = house.read(move |read| credential(read, &login("ann@example.org"), now)).unwrap();
    let wrong = credential.check(&Password::typed("wrong horse"), Cost::LEAST);
    let right = credential.check(&Password::typed("correct horse"), Cost::LEAST);
    for _ in 0..5 {
        let wrong = wrong.clone();
        assert_eq!(house.write(move |tx| log_in(tx, &wrong, &Secret::new([1; 32]), 30)).unwrap(), None);
    }
    let late = house.write(move |tx| log_in(tx, &right, &Secret::new([1; 32]), 30));
    assert_eq!(late.unwrap_err().code(), "too_many_attempts");
}

#[test]
fn a_right_password_clears_the_count_and_old_counts_are_swept() {
    let house = House::new();
    house.person("ann");
    for _ in 0..4 {
        house.log_in("ann@example.org", "wrong horse").unwrap();
    }
    house.log_in("ann@example.org", "correct horse").unwrap().unwrap();
    for _ in 0..4 {
        house.log_in("ann@example.org", "wrong horse").unwrap();
    }
    assert!(house.log_in("ann@example.org", "correct horse").unwrap().is_some());

    house.log_in("ann@example.org", "wrong horse").unwrap();
    house.clock.move_by(15 * MINUTE);
    house.log_in("ann@example.org", "wrong horse").unwrap();
    let rows = store::across!("select count(*) from identity_attempt");
    assert_eq!(house.read(move |read| read.one(rows, store::args![], |row| row.get::<i64>(0))).unwrap(), 1);
}

#[test]
fn a_log_in_belongs_to_one_person() {
    let house = House::new();
    house.person("ann");
    let again = registration("Ann@EXAMPLE.org", "another");
    assert_eq!(house.write(move |tx| register(tx, &again)).unwrap_err().code(), "login_taken");
    let bob = house.person("bob");
    assert_eq!(house.write(move |tx| add_login(tx, bob, &login("ann@example.org"))).unwrap_err().code(), "login_taken");
    house.write(move |tx| add_login(tx, bob, &login("13800138000"))).unwrap();
    house.write(move |tx| add_login(tx, bob, &login("+86 138-0013-8000"))).unwrap();
    assert_eq!(house.read(move |read| logins(read, bob)).unwrap().len(), 2);
    assert!(house.log_in("008613800138000", "correct horse").unwrap().is_some());
}

#[test]
fn log_ins_have_one_written_form() {
    for (typed, kept) in [
        (" Ann.B@Example.ORG", "ann.b@example.org"),
        ("+44 (20) 7946-0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("138 0013 8000", "+8613800138000"),
    ] {
        assert_eq!(&*login(typed), kept);
    }
    let long = format!("a@{}.org", "b".repeat(300));
    for bad in
        ["ann", "@", "a@b", "a@b@c.org", "a b@c.org", "a@.org", "7946 0958", "+0123456789", "+1", "+12x4567", &long]
    {
        assert!(bad.parse::<Login>().is_err(), "{bad}");
    }
    assert_eq!("  ".parse::<Login>().unwrap_err().code(), "required");
}

#[test]
fn an_imported_person_is_found_again_and_claims_his_account_once() {
    let house = House::new();
    let import = || {
        house.write(|tx| {
            let number = Text::new("online-retail:13085")?;
            person_without_password(tx, &Text::new("13085")?, Some(&number), Locale::En)
        })
    };
    let person = import().unwrap();
    assert_eq!(import().unwrap(), person);
    let another = house.write(|tx| person_without_password(tx, &Text::new("Bo")?, None, Locale::En)).unwrap();
    assert_ne!(another, person);

    let password = hashed("correct horse");
    let by_claim = move |tx: &mut Tx| claim(tx, person, &login("p@example.org"), &password);
    let password = hashed("correct horse");
    let stolen = move |tx: &mut Tx| claim(tx, another, &login("p@example.org"), &password);
    house.write(by_claim.clone()).unwrap();
    assert_eq!(house.write(by_claim).unwrap_err().code(), "already_claimed");
    assert_eq!(house.write(stolen).unwrap_err().code(), "login_taken");
    assert_eq!(
        house.session(&house.log_in("p@example.org", "correct horse").unwrap().unwrap().to_string()).unwrap().party,
        person
    );
    let contact = house.read(move |read| contact(read, person)).unwrap();
    assert_eq!((contact.name.as_deref(), contact.email.as_deref()), (Some("13085"), Some("p@example.org")));
}

#[test]
fn a_blocked_person_stays_out_until_unblocked() {
    let house = House::new();
    let ann = house.person("ann");
    let token = house.log_in("ann@example.org", "correct horse").unwrap().unwrap().to_string();
    let key =
        house.write(move |tx| make_key(tx, ann, &Text::new("till")?, Permissions::NONE, &Secret::new([3; 32]), None));
    let key = Token::new(key.unwrap(), Secret::new([3; 32])).to_string();
    let (is_open, now) = (|| house.session(&token).is_some(), house.now());
    let works = || {
        let key = key.clone();
        house.read(move |read| crate::key(read, &key, now)).unwrap().is_some()
    };
    assert!(is_open() && works());
    house.write(move |tx| block(tx, ann)).unwrap();
    assert!(!is_open() && !works());
    assert_eq!(house.log_in("ann@example.org", "correct horse").unwrap_err().code(), "account_blocked");
    assert!(house.log_in("ann@example.org", "wrong horse").unwrap().is_none());
    assert_eq!(house.write(move |tx| block(tx, ann)).unwrap_err().code(), "wrong_state");
    house.write(move |tx| unblock(tx, ann)).unwrap();
    assert!(!is_open() && works());
}

#[test]
fn every_move_of_a_party_is_decided() {
    for state in PartyState::ALL {
        for step in PartyMove::ALL {
            let expected = match (state.word(), step.word()) {
                ("active", "block") => Some(PartyState::Blocked),
                ("blocked", "unblock") => Some(PartyState::Active),
                _ => None,
            };
            assert_eq!(state.after(*step), expected, "{state:?} {step:?}");
        }
    }
}

#[test]
fn an_address_book_is_its_partys_own_and_bounded() {
    let house = House::new();
    let (ann, bob) = (house.person("ann"), house.person("bob"));
    let form = || AddressForm {
        name: Text::new("王小明").unwrap(),
        phone: Text::new("138 0013 8000").unwrap(),
        country: Text::new("CN").unwrap(),
        region: Some(Text::new("330106").unwrap()),
        postal: None,
        lines: Text::new("文三路 1 号").unwrap(),
    };
    let id = house.write(move |tx| add_address(tx, ann, &form())).unwrap();
    assert_eq!(house.read(move |read| address(read, ann, id)).unwrap().form, form());
    let stolen = house.read(move |read| address(read, bob, id)).unwrap_err();
    assert_eq!((stolen.code(), stolen.kind()), ("not_found", Some(kernel::Kind::Hidden)));
    assert!(house.write(move |tx| remove_address(tx, bob, id)).is_err());

    for _ in 1..50 {
        house.write(move |tx| add_address(tx, ann, &form())).unwrap();
    }
    assert_eq!(house.write(move |tx| add_address(tx, ann, &form())).unwrap_err().code(), "too_many");
    house.write(move |tx| remove_address(tx, ann, id)).unwrap();
    assert_eq!(house.write(move |tx| remove_address(tx, ann, id)).unwrap_err().code(), "not_found");
    house.write(move |tx| add_address(tx, ann, &form())).unwrap();
    assert_eq!(house.read(move |read| addresses(read, ann)).unwrap().len(), 50);

    let small = AddressForm { country: Text::new("cn").unwrap(), ..form() };
    assert_eq!(house.write(move |tx| add_address(tx, ann, &small)).unwrap_err().code(), "malformed");
    let nobody = Id::from_raw(4096);
    assert_eq!(house.write(move |tx| add_address(tx, nobody, &form())).unwrap_err().code(), "not_found");
}

#[test]
fn a_password_is_salted_hashed_at_its_cost_and_bounded() {
    let cost = Cost::new(64, 2).unwrap();
    let password = Password::new("correct horse").unwrap();
    let phc = |salt: u8| Hashed::of(&password, [salt; 32], cost).unwrap().phc().to_owned();
    assert!(phc(1).starts_with("$argon2id$v=19$m=64,t=2,p=1$"));
    assert_ne!(phc(1), phc(2));
    assert!(verify(&password, &phc(1)));
    assert!(!verify(&Password::typed("correct horsf"), &phc(1)));
    assert!(!verify(&password, "no hash"));
    assert_eq!(Password::new("1234567").unwrap_err().code(), "password_too_short");
    assert_eq!(Password::new(&"x".repeat(257)).unwrap_err().code(), "too_long");
    assert_eq!(Cost::new(7, 1).unwrap_err().code(), "out_of_range");
    assert_eq!(Cost::new(8, 0).unwrap_err().code(), "out_of_range");
}
