//! What proves who a merchant is: papers, and the check digits that catch a mistyped number before a person looks.

use crate::{MerchantKind, Refusal};
use kernel::{Error, Id, Result, Text, Time, error::Common, kinds};
use serde::Serialize;
use store::{Read, Tx, args, sql};

store::codes! {
    /// The sorts of papers.
    pub enum PaperKind {
        /// The identity card or passport of the owner or legal representative.
        IdCard = "id_card",
        /// The business licence, by its registration number.
        Licence = "licence",
        /// A registered or filed trademark.
        Trademark = "trademark",
        /// The brand owner's permission to sell.
        Authorisation = "authorisation",
        /// A licence of a category: food, cosmetics, devices, books and so on.
        Category = "category",
    }
}

/// A paper that a merchant hands in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// What sort.
    pub kind: PaperKind,
    /// Its number.
    pub number: Text<60>,
    /// The issuer's country, ISO 3166.
    pub country: Text<2>,
    /// Who issued it.
    pub issuer: Text<100>,
    /// When it expires, if it does.
    pub expires_at: Option<Time>,
}

impl Paper {
    /// The number without blanks, in capitals, its check digit held against it where the country's rule is known.
    fn checked_number(&self) -> Result<String> {
        let number: String = self.number.split_whitespace().collect::<String>().to_uppercase();
        let fits = match (&*self.country, self.kind) {
            ("CN", PaperKind::IdCard) => is_identity_number(&number),
            ("CN", PaperKind::Licence) => is_credit_code(&number),
            _ => true,
        };
        if fits { Ok(number) } else { Err(Refusal::CheckDigitWrong { paper: self.kind.word() }.into()) }
    }
}

/// Whether a text is a Chinese identity number: 18 characters, the last by ISO 7064 mod 11-2 (GB 11643).
pub fn is_identity_number(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some((digits, last)) = number.split_at_checked(17) else {
        return false;
    };
    let Some(digits) = digits.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = b"10X98765432"[(sum % 11) as usize];
    digits.len() == 17 && last.as_bytes() == [expected]
}

/// Whether a text is a Chinese unified social credit code: 18 characters, the last by mod 31 (GB 32100).
pub fn is_credit_code(code: &str) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let places: Option<Vec<usize>> = code.chars().map(|character| ALPHABET.find(character)).collect();
    let Some(places) = places.filter(|places| places.len() == 18) else {
        return false;
    };
    let (sum, _) = places[..17].iter().fold((0, 1), |(sum, weight), place| (sum + place * weight, weight * 3 % 31));
    places[17] == (31 - sum % 31) % 31
}

/// Hands in a paper, or the same one again with a later date.
///
/// # Errors
/// `check_digit_wrong`, `malformed` for a country that is not two capital letters.
pub fn add_paper(tx: &mut Tx, merchant: Id<kinds::Merchant>, paper: &Paper) -> Result<()> {
    if paper.country.len() != 2 || !paper.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(Error::from(Common::Malformed { expected: "two capital letters of ISO 3166" }).at("country"));
    }
    let number = paper.checked_number()?;
    let sql = sql!(
        "insert into merchant_paper (home, merchant, kind, number, country, issuer, expires_at, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (merchant, kind, number, home) do update
         set country = excluded.country, issuer = excluded.issuer, expires_at = excluded.expires_at,
             added_at = excluded.added_at"
    );
    let Paper { kind, country, issuer, expires_at, .. } = paper;
    let now = tx.now();
    tx.exec(sql, args![merchant.home(), merchant, kind, number, country, issuer, expires_at, now])?;
    Ok(())
}

/// The papers of a merchant.
///
/// # Errors
/// What the engine says.
pub fn papers(read: &mut Read, merchant: Id<kinds::Merchant>) -> Result<Vec<Paper>> {
    let sql = sql!(
        "select kind, number, country, issuer, expires_at
         from merchant_paper
         where home = $1 and merchant = $2
         order by kind, number
         limit 200"
    );
    read.all(sql, args![merchant.home(), merchant], |row| {
        Ok(Paper {
            kind: row.get(0)?,
            number: Text::new(&row.get::<String>(1)?)?,
            country: Text::new(&row.get::<String>(2)?)?,
            issuer: Text::new(&row.get::<String>(3)?)?,
            expires_at: row.get(4)?,
        })
    })
}

/// Refuses a merchant whose papers are not complete and in force.
pub(crate) fn must_be_complete(
    read: &mut Read,
    merchant: Id<kinds::Merchant>,
    kind: MerchantKind,
    now: Time,
) -> Result<()> {
    let papers = papers(read, merchant)?;
    for needed in kind.papers() {
        let paper = needed.word();
        let mut of_kind = papers.iter().filter(|paper| paper.kind == *needed).peekable();
        if of_kind.peek().is_none() {
            return Err(Refusal::PaperMissing { paper }.into());
        }
        if of_kind.all(|paper| paper.expires_at.is_some_and(|end| end <= now)) {
            return Err(Refusal::PaperExpired { paper }.into());
        }
    }
    Ok(())
}
