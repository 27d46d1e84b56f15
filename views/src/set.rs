//! The pages of a list, and answers in the order that was asked for.

use kernel::Id;
use std::collections::BTreeMap;

/// The longest page of a list.
pub(crate) const PAGE_MAX: usize = 100;

/// A page's length within its bounds.
pub(crate) fn bounded(limit: usize) -> usize {
    limit.clamp(1, PAGE_MAX)
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
    fn answers_stand_in_the_order_that_was_asked_for() {
        let ids: [Id<Order>; 2] = [Id::from_raw(i64::MAX), Id::from_raw(7)];
        let found = vec![Id::<Order>::from_raw(7), Id::from_raw(i64::MAX)];
        assert_eq!(in_order(&ids, found, |id| *id), ids);
    }
}
