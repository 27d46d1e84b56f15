//! Where one stands in the console: which of its pages one may open, and what waits.

use crate::pages;
use identity::Permission;
use kernel::{Cursor, Error, Result, error::Common};
use store::Read;
use views::{
    Count,
    ops::{self, Home},
    people,
};
use web::{Fields, Typed, Visit};

/// The console as one of the market's people sees it; every page has one.
#[derive(Clone)]
pub(crate) struct Desk {
    /// What he may do in the market.
    pub may: Vec<Permission>,
    /// What waits.
    pub waits: Home,
}

impl Desk {
    /// Whether he may open a page, by its route.
    pub fn opens(&self, route: &str) -> bool {
        pages::need(route).is_some_and(|need| pages::opens(need, &self.may))
    }

    /// `page` where a place of the console, or something in it, is shown.
    pub fn current(&self, v: &Visit, place: &str) -> &'static str {
        let under = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let is_here = v.path() == place || (place != "/ops" && v.path().strip_prefix(place).is_some_and(under));
        let of_ledger = place == "/ops/ledger" && v.path().starts_with("/ops/entries/");
        if is_here || of_ledger { "page" } else { "false" }
    }

    /// What stands beside a place of the side navigation: how many wait there.
    pub fn badge(&self, place: &str) -> String {
        let waits = &self.waits;
        match place {
            "/ops/shops" => badge(&waits.shops),
            "/ops/goods" => badge(&waits.goods),
            "/ops/cases" => badge(&waits.cases),
            "/ops/stuck" => badge(&sum(&[waits.payments, waits.refunds, waits.late_money])),
            "/ops/timers" => badge(&waits.timers),
            "/ops/outbox" => badge(&waits.events_failed),
            _ => String::new(),
        }
    }

    /// The places of the console that he may open, by job: the job's message, then address, icon and message of each.
    pub fn jobs(&self) -> Vec<(&'static str, Vec<Place>)> {
        let jobs = JOBS.iter().map(|(job, places)| {
            let open = places.iter().filter(|(route, ..)| self.opens(route)).copied();
            (*job, open.collect::<Vec<_>>())
        });
        jobs.filter(|(_, places)| !places.is_empty()).collect()
    }

    /// Those of the bottom bar on phones: the first five.
    pub fn tabs(&self) -> Vec<Place> {
        self.jobs().into_iter().flat_map(|(_, places)| places).take(5).collect()
    }
}

/// A place of the console: its address, its icon, its message.
pub(crate) type Place = (&'static str, &'static str, &'static str);

const JOBS: &[(&str, &[Place])] = &[
    (
        "",
        &[
            ("/ops", "home", "ops-today"),
            ("/ops/shops", "store", "ops-shops"),
            ("/ops/goods", "tag", "ops-goods"),
            ("/ops/cases", "scales", "ops-cases"),
            ("/ops/orders", "box", "ops-orders"),
        ],
    ),
    ("ops-job-money", &[("/ops/stuck", "undo", "ops-stuck"), ("/ops/ledger", "coins", "ops-ledger")]),
    (
        "ops-job-govern",
        &[
            ("/ops/timers", "clock", "ops-timers"),
            ("/ops/outbox", "mail", "ops-outbox"),
            ("/ops/audit", "shield", "ops-audit"),
            ("/ops/settings", "gear", "ops-settings"),
        ],
    ),
];

/// A count for a badge: nothing for none, `99+` for more than anybody counts.
pub(crate) fn badge(count: &Count) -> String {
    match (count.n, count.more) {
        (0, _) => String::new(),
        (n, false) => n.to_string(),
        (n, true) => format!("{n}+"),
    }
}

/// Several counts as one.
pub(crate) fn sum(counts: &[Count]) -> Count {
    let n: i64 = counts.iter().map(|count| count.n).sum();
    let more = n > Count::MAX || counts.iter().any(|count| count.more);
    Count { n: if more { Count::MAX } else { n }, more }
}

/// Who acted, in words: a person, a guest, a key, nobody known; every other word is a part of the market itself.
pub(crate) fn actor(v: &Visit, word: &str) -> String {
    match word {
        "person" | "guest" | "key" | "anyone" => v.word("ops-actor", word),
        part => v.tell("ops-actor-market", "part", part),
    }
}

/// Opens a page of the console, by its route, for whoever may see it, with what it needs, in one read.
///
/// # Errors
/// `login_needed`; `not_found` for whoever is none of the market's people, `permission_missing` for an operator who may
/// not see this page; and what `ask` says.
pub(crate) async fn open<T: Send + 'static>(
    v: &Visit,
    route: &'static str,
    ask: impl Fn(&mut Read, &Desk) -> Result<T> + Send + 'static,
) -> Result<(Desk, T)> {
    let (person, now) = (v.person()?, v.now);
    let asked = move |read: &mut Read| {
        let may = people::work(read, person)?.market;
        if may.is_empty() {
            return Err(Common::NotYours.into());
        }
        let need = pages::need(route).ok_or(Common::NotFound)?;
        if !pages::opens(need, &may) {
            let permission = need.first().map_or("market", |permission| permission.word());
            return Err(Common::PermissionMissing { permission }.into());
        }
        let desk = Desk { waits: ops::home(read, now)?, may };
        let asked = ask(read, &desk)?;
        Ok((desk, asked))
    };
    v.app().store().read(asked).await
}

/// Where a list begins, as the address says.
///
/// # Errors
/// `cursor_malformed`.
pub(crate) fn cursor(v: &Visit) -> Result<Option<Cursor>> {
    let asked = v.query("cursor");
    if asked.is_empty() { Ok(None) } else { asked.parse().map(Some) }
}

/// How a page that says no is sent: its status, and the form with what was typed.
///
/// # Errors
/// What no form can mend.
pub(crate) fn refused(v: &Visit, fields: Fields, no: Error) -> Result<Typed> {
    Typed::refused(v, fields, no)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_say_nothing_of_none_and_count_no_further_than_anybody_reads() {
        let one = Count { n: 1, more: false };
        assert_eq!(badge(&Count::default()), "");
        assert_eq!(badge(&sum(&[one, one])), "2");
        assert_eq!(badge(&sum(&[one, Count { n: 99, more: false }])), "99+");
        assert_eq!(badge(&sum(&[one, Count { n: 99, more: true }])), "99+");
    }
}
