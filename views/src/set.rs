//! Many ids in one statement. The engines share no way of handing over a list, so the ids of a page go over as one
//! text of numbers of nineteen digits each, which the statement itself cuts up again:
//!
//! ```sql
//! from (with recursive cut (id, rest) as (
//!         select cast(substr($1, 1, 19) as bigint), substr($1, 20)
//!         union all
//!         select cast(substr(rest, 1, 19) as bigint), substr(rest, 20)
//!         from cut
//!         where rest <> '')
//!       select id from cut) w
//! ```

use kernel::Id;
use std::{collections::BTreeMap, fmt::Write};

/// The longest page of a list.
pub(crate) const PAGE_MAX: usize = 100;

/// A page's length within its bounds.
pub(crate) fn bounded(limit: usize) -> usize {
    limit.clamp(1, PAGE_MAX)
}

/// Ids as a statement cuts them up. An id is below 2^63, which has nineteen digits.
pub(crate) fn packed<K>(ids: &[Id<K>]) -> String {
    let mut text = String::with_capacity(ids.len() * 19);
    for id in ids {
        // Writing into a text cannot fail.
        let _ = write!(text, "{:019}", id.raw());
    }
    text
}

/// Things in the order of the ids that they were asked for by; what was not found is left out.
pub(crate) fn in_order<K, T>(ids: &[Id<K>], things: Vec<T>, id_of: impl Fn(&T) -> Id<K>) -> Vec<T> {
    let mut by_id: BTreeMap<Id<K>, T> = things.into_iter().map(|thing| (id_of(&thing), thing)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::kinds::Order;

    #[test]
    fn ids_are_packed_equally_wide_and_answers_stand_in_their_order() {
        let ids: [Id<Order>; 2] = [Id::from_raw(i64::MAX), Id::from_raw(7)];
        assert_eq!(packed(&ids), "92233720368547758070000000000000000007");
        let found = vec![Id::<Order>::from_raw(7), Id::from_raw(i64::MAX)];
        assert_eq!(in_order(&ids, found, |id| *id), ids);
    }
}
