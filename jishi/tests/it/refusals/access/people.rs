//! Everybody who may try.

use super::Stage;
use identity::{Permission, ScopeKind};
use testkit::Person;

/// Who tries, in the order of the table's answers.
pub const WHO: [&str; 13] = [
    "nobody",                // who has not logged in
    "buyer",                 // who bought in the shop, and whose thing it is
    "another buyer",         //
    "a guest",               // of another order in the shop
    "owner",                 // of the shop
    "staff",                 // of the shop, with the one permission that it takes
    "other staff",           // of the shop, with every other permission
    "former staff",          // of the shop, who had every permission
    "owner of another shop", //
    "operator",              // with the one permission that it takes
    "other operator",        // with every other permission
    "key",                   // of whoever may, for the one permission that it takes
    "other key",             // of whoever may, for every other permission
];

/// Everybody, where an act takes a permission. Where the permission is none of a shop's, its staff has all of a shop's
/// or one of them; where it is none of the market's, its operators have all of the market's or one.
pub fn everybody(stage: &Stage, needs: Permission) -> Vec<Person> {
    let (market, shop, anna) = (&stage.market, &stage.shop, &stage.anna);
    let (of_shop, of_market) = (all_of(ScopeKind::Shop), all_of(ScopeKind::Market));
    let (staff, other_staff) = split(needs, &of_shop, Permission::ShopMoney);
    let (operator, other_operator) = split(needs, &of_market, Permission::MarketAudit);
    let holder = match () {
        () if of_shop.contains(&needs) => shop.person().clone(),
        () if of_market.contains(&needs) => market.operator(),
        () if needs.fits(ScopeKind::Merchant) => shop.person().clone(),
        () => anna.clone(),
    };
    vec![
        market.anyone(),
        anna.clone(),
        market.buyer("bert"),
        stage.gina.clone(),
        shop.person().clone(),
        shop.staff("staff", &staff).person().clone(),
        shop.staff("other-staff", &other_staff).person().clone(),
        former(stage, &of_shop),
        stage.rival.person().clone(),
        market.clerk("operator-for-this", &operator),
        market.clerk("other-operator", &other_operator),
        holder.key(&[needs]),
        holder.key(&but(needs, Permission::ALL)),
    ]
}

fn all_of(scope: ScopeKind) -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|permission| permission.fits(scope)).collect()
}

fn but(needs: Permission, all: &[Permission]) -> Vec<Permission> {
    all.iter().copied().filter(|permission| *permission != needs).collect()
}

/// What they have who may, and what they have who may not.
fn split(needs: Permission, all: &[Permission], instead: Permission) -> (Vec<Permission>, Vec<Permission>) {
    if all.contains(&needs) { (vec![needs], but(needs, all)) } else { (all.to_vec(), vec![instead]) }
}

fn former(stage: &Stage, all: &[Permission]) -> Person {
    let former = stage.shop.staff("former-staff", all).person().clone();
    for permission in all {
        super::super::well(stage.shop.changes_staff(stage.shop.id, &former, *permission, false));
    }
    former
}
