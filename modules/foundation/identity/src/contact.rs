//! How a party is called and reached: one row, apart from everything else.

use crate::Login;
use kernel::{Id, Result, Text, kinds};
use store::{Read, Tx, args, sql};

/// What a party tells about itself; a guest may leave all of it out.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Contact {
    /// How to be called.
    pub name: Option<Text<100>>,
    /// Where to write.
    pub email: Option<Login>,
    /// Where to call.
    pub phone: Option<Login>,
}

impl Contact {
    /// A name and what one logs in with.
    pub(crate) fn of(name: Text<100>, login: &Login) -> Contact {
        let mut contact = Contact { name: Some(name), ..Contact::default() };
        let place = if login.is_email() { &mut contact.email } else { &mut contact.phone };
        *place = Some(login.clone());
        contact
    }
}

/// Sets or corrects a party's contact row. What is left out is wiped.
///
/// # Errors
/// What the engine says.
pub fn set_contact(tx: &mut Tx, party: Id<kinds::Party>, contact: &Contact) -> Result<()> {
    let Contact { name, email, phone } = contact;
    let sql = sql!(
        "insert into identity_contact (home, party, name, email, phone)
         values ($1, $2, $3, $4, $5)
         on conflict (party, home) do update
         set name = excluded.name, email = excluded.email, phone = excluded.phone"
    );
    tx.exec(sql, args![party.home(), party, name, email, phone])?;
    Ok(())
}

/// A party's contact row; empty where it left nothing.
///
/// # Errors
/// What the engine says.
pub fn contact(read: &mut Read, party: Id<kinds::Party>) -> Result<Contact> {
    let sql = sql!(
        "select name, email, phone
         from identity_contact
         where home = $1 and party = $2"
    );
    let found = read.opt(sql, args![party.home(), party], |row| {
        let name: Option<String> = row.get(0)?;
        let login = |text: Option<String>| text.map(|text| text.parse()).transpose();
        Ok(Contact {
            name: name.map(|name| Text::new(&name)).transpose()?,
            email: login(row.get(1)?)?,
            phone: login(row.get(2)?)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}
