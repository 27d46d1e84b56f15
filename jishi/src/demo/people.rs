//! The people of the demo market: they register as anybody does, buyers write an address down, merchants apply and are
//! reviewed, sign, pay their deposits and open.

use super::{
    FIRST_DAY, LogIn, PASSWORD,
    stage::{Person, Stage},
    stalls::{Folk, ShopWords, Stall},
};
use flows::{open_shop, register::NewPerson, register::StaffChange};
use futures_util::future::try_join_all;
use identity::{AddressForm, Password, Role, Scope};
use kernel::{Actor, Currency, Id, Locale, Money, Result, Text, kinds, time::MINUTE};
use merchant::{Application, BankAccountForm, Contract, MerchantKind, Paper, PaperKind, ShopForm, Verdict};

/// The people that acts need later.
pub(super) struct People {
    pub operator: Person,
    pub finance: Person,
    pub buyers: Vec<Buyer>,
}

/// Who operates the market: name, the part of the e-mail before the @, role.
const OPERATORS: [(&str, &str, Role); 2] = [("运营 江心", "ops", Role::Admin), ("财务 白石", "finance", Role::Finance)];

/// Everybody who can log in: the operators, the shops' people, the buyers.
pub(super) fn everybody(stalls: &[Stall], folk: &Folk) -> Vec<LogIn> {
    let operators = OPERATORS.iter().map(|(name, login, role)| LogIn::new(role.word(), None, &e_mail(login), name));
    let shops = stalls.iter().map(|stall| &stall.shop).flat_map(|shop| {
        let (owns, works) = (e_mail(&shop.slug), staff_mail(shop));
        [
            LogIn::new(Role::Owner.word(), Some(&shop.slug), &owns, &shop.owner),
            LogIn::new(Role::Staff.word(), Some(&shop.slug), &works, &shop.staff),
        ]
    });
    let late = late_applicant();
    let applicant = LogIn::new("applicant", Some(&late.slug), &e_mail(&late.slug), &late.owner);
    let buyers = folk.buyers.iter().map(|(name, login, _)| LogIn::new("buyer", None, &e_mail(login), name));
    operators.chain(shops).chain([applicant]).chain(buyers).collect()
}

/// Somebody who buys, and where it is sent.
pub(super) struct Buyer {
    pub person: Person,
    pub address: Id<kinds::Address>,
    pub city: Text<120>,
}

/// A shop that is open, and its people.
pub(super) struct Shop {
    pub id: Id<kinds::Shop>,
    pub merchant: Id<kinds::Merchant>,
    pub owner: Person,
    pub staff: Person,
}

/// Somebody registers; a minute later comes the next.
fn registers(stage: &Stage, name: &str, login: &str, locale: Locale) -> Result<Person> {
    let new = NewPerson { login: login.parse()?, name: Text::new(name)?, password: Password::new(PASSWORD)?, locale };
    let id = flows::register::register(stage.store(), &stage.cx_as(Actor::Anyone, locale), new)?;
    stage.clock.move_by(MINUTE);
    Ok(Person { id, locale })
}

fn e_mail(name: &str) -> String {
    format!("{name}@demo.example")
}

fn staff_mail(shop: &ShopWords) -> String {
    e_mail(&format!("staff.{}", shop.slug))
}

/// The operators, and everybody who buys.
pub(super) fn come(stage: &Stage, folk: &Folk) -> Result<People> {
    let operates = |(name, login, role): (&str, &str, Role)| {
        let person = registers(stage, name, &e_mail(login), Locale::Zh)?;
        let grant = move |tx: &mut store::Tx| identity::grant_role(tx, person.id, role, Scope::Market);
        stage.act("identity.grant", &stage.system("demo"), grant).wait()?;
        Ok::<_, kernel::Error>(person)
    };
    let [operator, finance] = OPERATORS.map(operates);
    let (operator, finance) = (operator?, finance?);
    let mut persons = Vec::with_capacity(folk.buyers.len());
    for (name, login, locale) in &folk.buyers {
        persons.push(registers(stage, name, &e_mail(login), *locale)?);
    }
    let moving_in = persons.into_iter().enumerate().map(|(at, person)| moves_in(stage, folk, at, person));
    let buyers = store::wait(try_join_all(moving_in))?;
    if let Some(first) = buyers.first() {
        let second = address(folk, 0, 3)?;
        flows::address_book::add(stage.store(), &stage.cx(&first.person), second).wait()?;
    }
    Ok(People { operator, finance, buyers })
}

/// A buyer writes down where he lives.
async fn moves_in(stage: &Stage<'_>, folk: &Folk, at: usize, person: Person) -> Result<Buyer> {
    let (_, _, zh, en) = &folk.places[at % folk.places.len()];
    let city = Text::new(if person.locale == Locale::Zh { zh } else { en })?;
    let address = flows::address_book::add(stage.store(), &stage.cx(&person), address(folk, at, 0)?).await?;
    Ok(Buyer { person, address, city })
}

/// A buyer's address, in his own language; the `other` one is elsewhere.
fn address(folk: &Folk, at: usize, other: usize) -> Result<AddressForm> {
    let (name, _, locale) = &folk.buyers[at];
    let (region, postal, zh, en) = &folk.places[(at + other) % folk.places.len()];
    let (street_zh, street_en) = &folk.streets[(at + other) % folk.streets.len()];
    let (house, flat) = (at % 30 + 1, (at * 7 + other) % 5 * 100 + 101);
    let lines = match locale {
        Locale::Zh => format!("{zh} {street_zh} {house} 号 {flat} 室"),
        Locale::En => format!("Flat {flat}, {house} {street_en}, {en}"),
    };
    Ok(AddressForm {
        name: Text::new(name)?,
        // Nobody's: no mobile number there begins with 100.
        phone: Text::new(&format!("+86 100 0000 {:04}", at + 1))?,
        country: Text::new("CN")?,
        region: Some(Text::new(region)?),
        postal: Some(Text::new(postal)?),
        lines: Text::new(&lines)?,
    })
}

/// The merchants come and open their shops, all on one day.
pub(super) fn open_shops(stage: &Stage, people: &People, stalls: &[Stall]) -> Result<Vec<Shop>> {
    let mut staffed = Vec::with_capacity(stalls.len());
    for Stall { shop, .. } in stalls {
        let (owns, works) = (e_mail(&shop.slug), staff_mail(shop));
        let owner = registers(stage, &shop.owner, &owns, Locale::Zh)?;
        let staff = registers(stage, &shop.staff, &works, Locale::Zh)?;
        staffed.push((owner, staff));
    }
    let words = || stalls.iter().map(|stall| &stall.shop);
    stage.pass(stage.at(FIRST_DAY, 13, 0)?)?;
    let applying = words().zip(staffed).zip(1..);
    let applying = applying.map(|((words, (owner, staff)), n)| applies(stage, words, owner, staff, n));
    let shops = store::wait(try_join_all(applying))?;
    stage.pass(stage.at(FIRST_DAY, 14, 20)?)?;
    store::wait(try_join_all(shops.iter().map(|shop| approved(stage, people, shop))))?;
    stage.pass(stage.at(FIRST_DAY, 15, 5)?)?;
    store::wait(try_join_all(shops.iter().map(|shop| signs(stage, shop))))?;
    stage.pass(stage.at(FIRST_DAY, 16, 40)?)?;
    store::wait(try_join_all(shops.iter().map(|shop| pays_deposit(stage, people, shop))))?;
    stage.pass(stage.at(FIRST_DAY, 17, 30)?)?;
    store::wait(try_join_all(
        shops.iter().zip(words()).zip(1..).map(|((shop, words), n)| opens(stage, shop, words, n)),
    ))?;
    Ok(shops)
}

/// The merchant whose shop waits for the operator's review.
fn late_applicant() -> ShopWords {
    ShopWords {
        slug: "wood-and-wick".to_owned(),
        name: "木与烛 Wood & Wick".to_owned(),
        brand: String::new(),
        legal_name: "木与烛工艺品有限公司".to_owned(),
        owner: "乔木".to_owned(),
        staff: String::new(),
        freight: None,
    }
}

/// He comes last.
pub(super) fn applies_late(stage: &Stage) -> Result<()> {
    let words = late_applicant();
    let owner = registers(stage, &words.owner, &e_mail(&words.slug), Locale::Zh)?;
    store::wait(applies(stage, &words, owner, owner, 90)).map(drop)
}

async fn applies(stage: &Stage<'_>, words: &ShopWords, owner: Person, staff: Person, n: u32) -> Result<Shop> {
    let form = application(&words.slug, &words.name, &words.legal_name, n)?;
    let applied = open_shop::apply(stage.store(), &stage.cx(&owner), form).await?;
    open_shop::submit(stage.store(), &stage.cx(&owner), applied.shop).await?;
    Ok(Shop { id: applied.shop, merchant: applied.merchant, owner, staff })
}

async fn approved(stage: &Stage<'_>, people: &People, shop: &Shop) -> Result<()> {
    let verdict = Verdict::Approve { deposit: None };
    open_shop::review(stage.store(), &stage.cx(&people.operator), shop.id, verdict).await
}

async fn signs(stage: &Stage<'_>, shop: &Shop) -> Result<()> {
    let contract = Contract { version: Text::new("demo-1")?, text: CONTRACT.to_owned() };
    open_shop::sign(stage.store(), &stage.cx(&shop.owner), shop.id, contract).await
}

async fn pays_deposit(stage: &Stage<'_>, people: &People, shop: &Shop) -> Result<()> {
    let deposit = MerchantKind::Enterprise.deposit(Currency::CNY)?;
    let cx = stage.cx(&people.finance);
    open_shop::deposit_arrived(stage.store(), &cx, shop.id, "sandbox", deposit).await.map(drop)
}

async fn opens(stage: &Stage<'_>, shop: &Shop, words: &ShopWords, n: u32) -> Result<()> {
    let (id, owner) = (shop.id, &shop.owner);
    open_shop::open(stage.store(), &stage.cx(owner), id).await?;
    for permission in Role::Staff.permissions(identity::ScopeKind::Shop).iter() {
        let change = StaffChange { shop: id, person: shop.staff.id, permission, granted: true };
        flows::register::change_staff(stage.store(), &stage.cx(owner), change).await?;
    }
    has_bank_account(stage, shop, &words.legal_name, n).await?;
    let Some((fee, free_over)) = words.freight else { return Ok(()) };
    let free_over = Some(Money::new(free_over, Currency::CNY));
    let freight = delivery::Freight { fee: Money::new(fee, Currency::CNY), free_over };
    stage.act("shop.freight", &stage.cx(owner), move |tx| delivery::set_freight(tx, id, freight)).await
}

/// What everybody signs.
const CONTRACT: &str =
    "演示合同:本店、货品与往来均为虚构。 Demo contract: the shop, its goods and its trade are made up.";

async fn has_bank_account(stage: &Stage<'_>, shop: &Shop, holder: &str, n: u32) -> Result<()> {
    let form = BankAccountForm {
        holder: Text::new(holder)?,
        bank: Text::new("演示银行")?,
        number: Text::new(&format!("0000 0000 0000 {n:04}"))?,
    };
    let merchant = shop.merchant;
    let add = move |tx: &mut store::Tx| merchant::add_bank_account(tx, merchant, &form);
    stage.act("merchant.add_bank_account", &stage.cx(&shop.owner), add).await.map(drop)
}

fn application(slug: &str, name: &str, legal_name: &str, n: u32) -> Result<Application> {
    let paper = |kind, number: &str, issuer: &str| {
        Ok::<_, kernel::Error>(Paper {
            kind,
            number: Text::new(number)?,
            country: Text::new("CN")?,
            issuer: Text::new(issuer)?,
            expires_at: None,
        })
    };
    Ok(Application {
        kind: MerchantKind::Enterprise,
        legal_name: Text::new(legal_name)?,
        papers: vec![
            paper(PaperKind::IdCard, &identity_number(n), "演示公安局")?,
            paper(PaperKind::Licence, &credit_code(n), "演示市场监督管理局")?,
        ],
        shop: ShopForm { slug: slug.parse()?, name: Text::new(name)?, currency: Currency::CNY },
    })
}

/// A number whose check digit fits and that nobody can have: there is no district 000000.
fn identity_number(n: u32) -> String {
    fitting(&format!("00000019900101{n:03}"), "0123456789X", merchant::is_identity_number)
}

/// A code whose check digit fits and that nobody can have: there is no district 000000.
fn credit_code(n: u32) -> String {
    fitting(&format!("91000000MADE{n:05}"), "0123456789ABCDEFGHJKLMNPQRTUWXY", merchant::is_credit_code)
}

/// The number with the one last digit that makes it sound.
fn fitting(number: &str, digits: &str, is_sound: fn(&str) -> bool) -> String {
    let all = digits.chars().map(|last| format!("{number}{last}"));
    all.into_iter().find(|whole| is_sound(whole)).unwrap_or_else(|| number.to_owned())
}
