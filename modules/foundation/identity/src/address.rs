//! A buyer's address book. Orders copy an address, so wiping one here changes no order.

use kernel::{Id, Result, Text, error::Common, kinds};
use serde::{Deserialize, Serialize};
use store::{Read, Tx, args, sql};

/// How many addresses a book holds.
const ADDRESSES_MAX: i64 = 50;

/// Where something can be sent, as given: no form of another country is forced on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressForm {
    /// Who receives.
    pub name: Text<100>,
    /// Whom the carrier calls.
    pub phone: Text<30>,
    /// ISO 3166, two capital letters.
    pub country: Text<2>,
    /// The country's own code of province, city or district.
    pub region: Option<Text<20>>,
    /// The postal code, where there is one.
    pub postal: Option<Text<20>>,
    /// The rest: city, street, house, as one writes it there.
    pub lines: Text<500>,
}

/// An address in a book.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Address {
    /// Which.
    pub id: Id<kinds::Address>,
    /// Whose.
    pub party: Id<kinds::Party>,
    /// Where.
    pub form: AddressForm,
}

/// Writes an address into a party's book.
///
/// # Errors
/// `malformed` for a country that is not two capital letters, `too_many`, `not_found`.
pub fn add_address(tx: &mut Tx, party: Id<kinds::Party>, form: &AddressForm) -> Result<Id<kinds::Address>> {
    if form.country.len() != 2 || !form.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        let malformed = Common::Malformed { expected: "two capital letters of ISO 3166" };
        return Err(kernel::Error::from(malformed).at("country"));
    }
    let (now, home) = (tx.now(), party.home());
    let take = sql!(
        "update identity_party
         set addresses = addresses + 1
         where home = $1 and id = $2 and addresses < $3"
    );
    if tx.exec(take, args![home, party, ADDRESSES_MAX])? == 0 {
        crate::party(tx, party)?;
        return Err(Common::TooManyThings { most: ADDRESSES_MAX }.into());
    }
    let id: Id<kinds::Address> = tx.id(home)?;
    let AddressForm { name, phone, country, region, postal, lines } = form;
    let sql = sql!(
        "insert into identity_address (home, id, party, name, phone, country, region, postal, lines, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    tx.exec(sql, args![home, id, party, name, phone, country, region, postal, lines, now])?;
    tx.about(id);
    Ok(id)
}

/// Wipes an address of a party's.
///
/// # Errors
/// `not_found` where there is none or it is another's.
pub fn remove_address(tx: &mut Tx, party: Id<kinds::Party>, id: Id<kinds::Address>) -> Result<()> {
    address(tx, party, id)?;
    let wipe = sql!(
        "delete from identity_address
         where home = $1 and id = $2 and party = $3"
    );
    if tx.exec(wipe, args![id.home(), id, party])? == 1 {
        let give_back = sql!(
            "update identity_party
             set addresses = addresses - 1
             where home = $1 and id = $2"
        );
        tx.exec(give_back, args![party.home(), party])?;
    }
    tx.about(id);
    Ok(())
}

/// The addresses of a party, oldest first.
///
/// # Errors
/// What the engine says.
pub fn addresses(read: &mut Read, party: Id<kinds::Party>) -> Result<Vec<Address>> {
    let sql = sql!(
        "select id, party, name, phone, country, region, postal, lines
         from identity_address
         where home = $1 and party = $2
         order by id
         limit $3"
    );
    read.all(sql, args![party.home(), party, ADDRESSES_MAX], of_row)
}

/// One address of a party's.
///
/// # Errors
/// `not_found` where there is none; the same outside, audited inside, where it is another's.
pub fn address(read: &mut Read, party: Id<kinds::Party>, id: Id<kinds::Address>) -> Result<Address> {
    let sql = sql!(
        "select id, party, name, phone, country, region, postal, lines
         from identity_address
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], of_row)?.ok_or(Common::NotFound)?;
    if found.party != party {
        return Err(Common::NotYours.into());
    }
    Ok(found)
}

fn of_row(row: &store::Row<'_>) -> Result<Address> {
    let optional = |text: Option<String>| text.map(|text| Text::new(&text)).transpose();
    let form = AddressForm {
        name: Text::new(&row.get::<String>(2)?)?,
        phone: Text::new(&row.get::<String>(3)?)?,
        country: Text::new(&row.get::<String>(4)?)?,
        region: optional(row.get(5)?)?,
        postal: optional(row.get(6)?)?,
        lines: Text::new(&row.get::<String>(7)?)?,
    };
    Ok(Address { id: row.get(0)?, party: row.get(1)?, form })
}
