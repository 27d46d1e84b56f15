//! What a worker looks for over all homes; nothing is decided on it.

use kernel::{Home, Id, Result, kinds};
use store::{Read, across, args};

/// The homes, other than its own, in which a shop has money that it may have, or owes some.
///
/// # Errors
/// What the engine says.
pub fn homes_of(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Vec<Home>> {
    let sql = across!(
        "select home
         from ledger_balance
         where owner = $1 and account = 'shop_available' and amount <> 0 and home <> $2
         order by home"
    );
    read.all(sql, args![shop, shop.home()], |row| row.get(0))
}
