//! The room against a store in memory.

use crate::*;
use kernel::{
    Actor, Currency, Cursor, Cx, Home, Id, Kind, Money, Result, SetClock, Text, Time, kinds,
    time::{DAY, HOUR},
};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx};

const ID_CARD: &str = "11010519491231002x";
const CREDIT_CODE: &str = "91350100M000100Y43";

struct Street {
    store: Store,
    clock: Arc<SetClock>,
}

impl Street {
    fn new() -> Street {
        let clock = Arc::new(SetClock::at(Time(1_800_000_000_000)));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[SCHEMA]).unwrap();
        Street { store, clock }
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

    fn apply(&self, kind: MerchantKind, slug: &str) -> Applied {
        let application = application(kind, slug);
        self.write(move |tx| apply(tx, party(1), &application)).unwrap()
    }

    /// The whole way from the application to the open door.
    fn opens(&self, kind: MerchantKind, slug: &str) -> Applied {
        let applied = self.apply(kind, slug);
        let shop = applied.shop;
        self.write(move |tx| {
            submit(tx, shop)?;
            review(tx, shop, &Verdict::Approve { deposit: None })?;
            sign(tx, shop, party(1), &contract())?;
            let due = crate::shop(tx, shop)?.deposit_due;
            if due.minor > 0 {
                deposit_paid(tx, shop, due)?;
            }
            open(tx, shop)
        })
        .unwrap();
        applied
    }

    fn state(&self, shop: Id<kinds::Shop>) -> ShopState {
        self.read(move |read| crate::shop(read, shop)).unwrap().state
    }
}

fn party(n: i64) -> Id<kinds::Party> {
    Id::assemble(n, 0, Home::of(n))
}

fn why() -> Text<500> {
    Text::new("as the rules say").unwrap()
}

fn contract() -> Contract {
    Contract { version: Text::new("2026-01").unwrap(), text: "We agree.".to_owned() }
}

fn paper(kind: PaperKind, number: &str) -> Paper {
    let text = |text| Text::new(text).unwrap();
    Paper {
        kind,
        number: text(number),
        country: Text::new("CN").unwrap(),
        issuer: Text::new("registry").unwrap(),
        expires_at: None,
    }
}

fn form(slug: &str) -> ShopForm {
    ShopForm { slug: slug.parse().unwrap(), name: Text::new("Tea").unwrap(), currency: Currency::CNY }
}

fn application(kind: MerchantKind, slug: &str) -> Application {
    Application {
        kind,
        legal_name: Text::new("王小明").unwrap(),
        papers: vec![
            paper(PaperKind::IdCard, ID_CARD),
            paper(PaperKind::Licence, CREDIT_CODE),
            paper(PaperKind::Trademark, "TM 1234"),
        ],
        shop: form(slug),
    }
}

#[test]
fn a_shop_walks_from_application_to_open() {
    let street = Street::new();
    let Applied { merchant, shop } = street.opens(MerchantKind::Enterprise, "tea");
    let found = street.read(|read| shop_by_slug(read, &"tea".parse()?)).unwrap().unwrap();
    assert_eq!((found.id, found.merchant, found.state), (shop, merchant, ShopState::Open));
    assert_eq!(found.deposit_due, Money::new(1_000_000, Currency::CNY));
    assert_eq!(found.deposit_paid, found.deposit_due);
    let steps: Vec<_> =
        street.read(move |read| changes(read, shop)).unwrap().iter().map(|change| change.step.word()).collect();
    assert_eq!(steps, ["submit", "begin_review", "approve", "sign", "pay_deposit", "open"]);
    street.read(move |read| require_open(read, shop)).unwrap();
    assert_eq!(street.read(move |read| shops_of(read, merchant)).unwrap(), [shop]);

    let second = street.write(move |tx| another_shop(tx, merchant, &form("tea-two"))).unwrap();
    assert_eq!(street.read(move |read| shops_of(read, merchant)).unwrap(), [shop, second]);
    assert_eq!(street.write(move |tx| another_shop(tx, merchant, &form("tea"))).unwrap_err().code(), "slug_taken");
}

#[test]
fn every_move_of_a_shop_is_decided() {
    use ShopMove as M;
    use ShopState as S;
    let possible = [
        (S::Draft, M::Submit, S::Submitted),
        (S::Draft, M::OpenByHand, S::Open),
        (S::Submitted, M::BeginReview, S::InReview),
        (S::InReview, M::Return, S::Returned),
        (S::InReview, M::Refuse, S::Refused),
        (S::InReview, M::Approve, S::Approved),
        (S::Returned, M::Submit, S::Submitted),
        (S::Refused, M::Submit, S::Submitted),
        (S::Approved, M::Sign, S::ContractSigned),
        (S::ContractSigned, M::PayDeposit, S::DepositPaid),
        (S::DepositPaid, M::Open, S::Open),
        (S::DepositPaid, M::BeginClosing, S::Closing),
        (S::Open, M::Freeze, S::Frozen),
        (S::Open, M::BeginClosing, S::Closing),
        (S::Frozen, M::Unfreeze, S::Open),
        (S::Frozen, M::BeginClosing, S::Closing),
        (S::Closing, M::Close, S::Closed),
    ];
    for state in S::ALL {
        for step in M::ALL {
            let expected = possible.iter().find(|(from, by, _)| from == state && by == step).map(|(_, _, to)| *to);
            assert_eq!(state.after(*step), expected, "{state:?} {step:?}");
        }
    }
}

#[test]
fn a_frozen_or_closing_shop_does_not_sell() {
    let street = Street::new();
    let shop = street.opens(MerchantKind::Personal, "tea").shop;
    let refused = || street.read(move |read| require_open(read, shop)).unwrap_err().code();
    street.write(move |tx| freeze(tx, shop, &why())).unwrap();
    assert_eq!(refused(), "shop_frozen");
    assert_eq!(street.write(move |tx| freeze(tx, shop, &why())).unwrap_err().code(), "wrong_state");
    street.write(move |tx| unfreeze(tx, shop, &why())).unwrap();
    assert_eq!(street.state(shop), ShopState::Open);
    assert_eq!(street.write(move |tx| close(tx, shop, &why())).unwrap_err().code(), "wrong_state");
    street.write(move |tx| begin_closing(tx, shop, &why())).unwrap();
    assert_eq!(refused(), "shop_not_open");
    street.write(move |tx| close(tx, shop, &why())).unwrap();
    assert_eq!(refused(), "shop_not_open");

    let last = street.read(move |read| changes(read, shop)).unwrap().pop().unwrap();
    assert_eq!((last.why.as_deref(), &*last.actor, last.actor_id), (Some("as the rules say"), "test", 0));
    let now = street.store.clock().now();
    let events = street.read(move |read| store::pending_events(read, now, 10)).unwrap();
    let events: Vec<_> = events.into_iter().map(|event| event.name).collect();
    let expected = ["applied", "shop_opened", "shop_frozen", "shop_unfrozen", "shop_closed"];
    assert_eq!(events, expected.map(|name| format!("merchant.{name}")));
}

#[test]
fn papers_are_checked_before_a_person_looks() {
    let street = Street::new();
    let Applied { merchant, shop } = street.apply(MerchantKind::Franchise, "tea");
    assert_eq!(street.write(move |tx| submit(tx, shop)).unwrap_err().code(), "paper_missing");
    let now = Time(1_800_000_000_000);
    let expiring = move |at: i64| Paper { expires_at: Some(Time(at)), ..paper(PaperKind::Authorisation, "A-1") };
    street.write(move |tx| add_paper(tx, merchant, &expiring(now.0))).unwrap();
    assert_eq!(street.write(move |tx| submit(tx, shop)).unwrap_err().code(), "paper_expired");
    street.write(move |tx| add_paper(tx, merchant, &expiring(now.0 + DAY))).unwrap();
    street.write(move |tx| submit(tx, shop)).unwrap();
    assert_eq!(street.read(move |read| papers(read, merchant)).unwrap().len(), 4);

    let mistyped = paper(PaperKind::IdCard, "110105194912310021");
    assert_eq!(street.write(move |tx| add_paper(tx, merchant, &mistyped)).unwrap_err().code(), "check_digit_wrong");
    let foreign = Paper { country: Text::new("GB").unwrap(), ..paper(PaperKind::IdCard, "P123") };
    street.write(move |tx| add_paper(tx, merchant, &foreign)).unwrap();
    let nowhere = Paper { country: Text::new("gb").unwrap(), ..paper(PaperKind::IdCard, "P123") };
    assert_eq!(street.write(move |tx| add_paper(tx, merchant, &nowhere)).unwrap_err().code(), "malformed");
}

#[test]
fn check_digits_catch_every_single_mistake() {
    for (good, holds) in [("11010519491231002X", is_identity_number as fn(&str) -> bool), (CREDIT_CODE, is_credit_code)]
    {
        assert!(holds(good));
        for at in 0..18 {
            for other in "0123456789ABCDEFGHJKLMNPQRTUWXY".chars() {
                let mut wrong: Vec<char> = good.chars().collect();
                wrong[at] = other;
                let wrong: String = wrong.into_iter().collect();
                assert_eq!(holds(&wrong), wrong == good, "{wrong}");
            }
        }
        for bad in ["", "1", "王小明王小明王小明", "１１０１０５１９４９１２３１００２Ｘ", &format!("{good}0")]
        {
            assert!(!holds(bad), "{bad}");
        }
    }
}

#[test]
fn a_returned_shop_comes_back_at_once_and_a_refused_one_after_thirty_days() {
    let street = Street::new();
    let shop = street.apply(MerchantKind::Personal, "tea").shop;
    let judged = |verdict: Verdict| street.write(move |tx| review(tx, shop, &verdict)).unwrap();
    let handed_in = || street.write(move |tx| submit(tx, shop));
    handed_in().unwrap();
    judged(Verdict::Return { why: why() });
    handed_in().unwrap();
    street.write(move |tx| begin_review(tx, shop)).unwrap();
    judged(Verdict::Refuse { why: why() });
    assert_eq!(handed_in().unwrap_err().code(), "too_soon");
    street.clock.move_by(30 * DAY);
    handed_in().unwrap();
    let twice = street.write(move |tx| {
        review(tx, shop, &Verdict::Approve { deposit: None })?;
        review(tx, shop, &Verdict::Approve { deposit: None })
    });
    assert_eq!(twice.unwrap_err().code(), "wrong_state");
    assert_eq!(street.state(shop), ShopState::Submitted);
}

#[test]
fn a_deposit_is_paid_in_parts_and_never_beyond_what_is_due() {
    let street = Street::new();
    let shop = street.apply(MerchantKind::Personal, "tea").shop;
    let yuan = |yuan: i64| Money::new(yuan * 100, Currency::CNY);
    let pays = |amount: Money| street.write(move |tx| deposit_paid(tx, shop, amount));
    assert_eq!(pays(yuan(1)).unwrap_err().code(), "wrong_state");
    street
        .write(move |tx| {
            submit(tx, shop)?;
            review(tx, shop, &Verdict::Approve { deposit: Some(yuan(600)) })?;
            sign(tx, shop, party(1), &contract())
        })
        .unwrap();
    assert_eq!(pays(yuan(601)).unwrap_err().code(), "deposit_exceeds_due");
    assert_eq!(pays(yuan(0)).unwrap_err().code(), "out_of_range");
    assert_eq!(pays(Money::new(1, Currency::USD)).unwrap_err().code(), "currency_mismatch");
    assert!(!pays(yuan(200)).unwrap());
    assert_eq!(street.write(move |tx| open(tx, shop)).unwrap_err().code(), "wrong_state");
    assert!(pays(yuan(400)).unwrap());
    assert_eq!(pays(yuan(1)).unwrap_err().code(), "wrong_state");
    assert_eq!(street.state(shop), ShopState::DepositPaid);
}

#[test]
fn who_owes_no_deposit_is_ready_when_he_has_signed() {
    let street = Street::new();
    assert_eq!(street.state(street.opens(MerchantKind::SelfOperated, "own").shop), ShopState::Open);
    assert_eq!(MerchantKind::Flagship.deposit(Currency::JPY).unwrap(), Money::new(50_000, Currency::JPY));
    assert_eq!(MerchantKind::Enterprise.deposit(Currency::KWD).unwrap(), Money::new(10_000_000, Currency::KWD));
}

#[test]
fn the_operator_opens_by_hand_and_the_shop_says_so() {
    let street = Street::new();
    let by_hand = || {
        let form = ShopForm { currency: Currency::GBP, ..form("gifts") };
        street.write(move |tx| operator_opens(tx, party(2), MerchantKind::Enterprise, &form))
    };
    let shop = by_hand().unwrap();
    let found = street.read(move |read| require_open(read, shop)).unwrap();
    assert_eq!((found.currency, found.deposit_due.minor), (Currency::GBP, 0));
    let changes = street.read(move |read| changes(read, shop)).unwrap();
    assert_eq!((changes.len(), changes[0].step), (1, ShopMove::OpenByHand));
    assert!(changes[0].why.as_ref().unwrap().contains("deposit waived"));
    assert_eq!(by_hand().unwrap_err().code(), "slug_taken");
    assert_eq!(street.read(move |read| legal_name(read, found.merchant)).unwrap(), "Tea");
}

#[test]
fn money_goes_to_an_account_in_the_merchants_name_after_two_days() {
    let street = Street::new();
    let merchant = street.apply(MerchantKind::Personal, "tea").merchant;
    let account = |holder: &str, number: &str| BankAccountForm {
        holder: Text::new(holder).unwrap(),
        bank: Text::new("ICBC").unwrap(),
        number: Text::new(number).unwrap(),
    };
    let adds = |form: BankAccountForm| street.write(move |tx| add_bank_account(tx, merchant, &form));
    let pays_to = || {
        let now = street.store.clock().now();
        street.read(move |read| payout_account(read, merchant, now))
    };
    assert_eq!(pays_to().unwrap_err().code(), "no_bank_account");
    assert_eq!(adds(account("王大明", "6222020000000000")).unwrap_err().code(), "account_name_mismatch");
    assert_eq!(adds(account("王小明", "62220")).unwrap_err().code(), "malformed");
    let first = adds(account("王小明", "6222 0200 1234 5678")).unwrap();
    assert_eq!(pays_to().unwrap_err().code(), "account_cooling");
    street.clock.move_by(48 * HOUR);
    assert_eq!(pays_to().unwrap().masked(), "**** **** **** 5678");
    assert!(!format!("{:?}", pays_to().unwrap()).contains("6222"), "a number is not written into logs");

    let second = adds(account("王小明", "6222020000009999")).unwrap();
    assert_eq!(pays_to().unwrap().id, first, "the new one still waits");
    street.clock.move_by(48 * HOUR);
    assert_eq!(pays_to().unwrap().id, second);
    street.write(move |tx| remove_bank_account(tx, merchant, second)).unwrap();
    street.write(move |tx| remove_bank_account(tx, merchant, second)).unwrap();
    assert_eq!(pays_to().unwrap().id, first);
    let stranger = street.apply(MerchantKind::Personal, "other").merchant;
    let stolen = street.write(move |tx| remove_bank_account(tx, stranger, first)).unwrap_err();
    assert_eq!(stolen.kind(), Some(Kind::Hidden));

    for n in 0..9 {
        adds(account("王小明", &format!("622202000000{n:04}"))).unwrap();
    }
    assert_eq!(adds(account("王小明", "6222020000007777")).unwrap_err().code(), "too_many");
}

#[test]
fn a_shops_list_follows_its_orders_events_in_any_order() {
    let street = Street::new();
    let shop = street.opens(MerchantKind::Personal, "tea").shop;
    let note = |n: i64, at: i64, state: &'static str, seq: i64| {
        let line =
            ListedOrder { shop, id: Id::assemble(n, 0, Home::of(n)), placed_at: Time(at), state: state.into(), seq };
        street.write(move |tx| note_order(tx, &line)).unwrap();
    };
    for n in 1..=5 {
        note(n, 100 + n / 2, "unpaid", 1);
    }
    note(3, 101, "shipped", 3);
    note(3, 101, "paid", 2);
    note(3, 101, "shipped", 3);
    let page = |state: Option<&'static str>, after: Option<Cursor>| {
        street.read(move |read| orders(read, shop, state, after, 2)).unwrap()
    };
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = page(None, after);
        seen.extend(page.items.iter().map(|line| line.id.home().raw()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    assert_eq!(page(Some("shipped"), None).items.len(), 1);
    assert_eq!(page(Some("paid"), None).items.len(), 0);

    let draft = ListedQuotation { shop, id: Id::from_raw(9), placed_at: Time(5), state: "draft".into(), seq: 1 };
    let sent = ListedQuotation { state: "sent".into(), seq: 2, ..draft.clone() };
    street
        .write(move |tx| {
            note_quotation(tx, &sent)?;
            note_quotation(tx, &draft)
        })
        .unwrap();
    let listed = street.read(move |read| quotations(read, shop, None, None, 50)).unwrap();
    assert_eq!((listed.items.len(), &*listed.items[0].state, listed.next), (1, "sent", None));
    assert_eq!(street.read(move |read| quotations(read, shop, Some("sent"), None, 50)).unwrap().items.len(), 1);
}

#[test]
fn a_slug_is_plain() {
    for bad in ["", "ab", "Tea", "tea shop", "-tea", "tea-", "te--a", "茶叶店", &"a".repeat(41)] {
        assert!(bad.parse::<Slug>().is_err(), "{bad}");
    }
}

#[test]
fn every_statement_is_one_that_the_engine_takes() {
    let street = Street::new();
    let ours = store::statements().filter(|statement| statement.place.contains("merchant")).collect();
    assert_eq!(street.store.prepare_all(ours).unwrap(), Vec::<String>::new());
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(kernel::error::snake_case(name), *code);
    }
}
