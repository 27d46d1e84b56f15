//! Who works in a shop, and what each may do there.

use identity::{Permission, Permissions};
use kernel::{Id, Result, Time, kinds};
use serde::Serialize;
use store::{Read, across, args};

/// Somebody who works in a shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Colleague {
    /// Who.
    pub person: Id<kinds::Party>,
    /// How he is called; empty where he gave no name.
    pub name: String,
    /// Since when.
    pub since: Time,
    /// What he may do there.
    pub permissions: Vec<Permission>,
}

/// A shop's people, those who came first before the others; at most a thousand, in one statement.
///
/// # Errors
/// What the engine says.
pub fn people(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Vec<Colleague>> {
    let sql = across!(
        "select m.person, m.since, coalesce(c.name, ''), g.permission
         from (select person, since
               from identity_member
               where home = $1 and scope_kind = 'shop' and scope = $2
               order by since, person
               limit 1000) m
         left join identity_contact c on c.home = m.person % 4096 and c.party = m.person
         join identity_grant g on g.home = m.person % 4096 and g.person = m.person and g.scope_kind = 'shop'
             and g.scope = $2 and g.taken_at is null
         order by m.since, m.person"
    );
    let mut people: Vec<(Colleague, Vec<Permission>)> = Vec::new();
    read.each(sql, args![shop.home(), shop], |row| {
        let person = row.get(0)?;
        if people.last().is_none_or(|(last, _)| last.person != person) {
            let (since, name) = (row.get(1)?, row.get(2)?);
            people.push((Colleague { person, name, since, permissions: Vec::new() }, Vec::new()));
        }
        if let Some((_, permissions)) = people.last_mut() {
            permissions.push(row.get(3)?);
        }
        Ok(())
    })?;
    let in_order = |permissions: Vec<Permission>| permissions.into_iter().collect::<Permissions>().iter().collect();
    Ok(people.into_iter().map(|(person, may)| Colleague { permissions: in_order(may), ..person }).collect())
}
