//! Logging in, in three steps, so that the slow one happens outside of any transaction:
//! [`credential`] reads, [`Credential::check`] computes, [`log_in`] writes what came of it.

use crate::{Cost, Login, PartyState, Password, Refusal, Secret, login, party, password, session};
use kernel::{Id, Result, Time, kinds, time::MINUTE};
use store::{Read, Tx, args, sql};

/// How many wrong passwords a log-in may have within [`WINDOW`] (governance, R6).
const WRONG_MOST: i64 = 5;
/// In which time.
const WINDOW: i64 = 15 * MINUTE;

/// What a log-in is checked against; made for unknown log-ins too.
#[derive(Clone, Debug)]
pub struct Credential {
    login: Login,
    known: Option<Known>,
}

#[derive(Clone)]
struct Known {
    person: Id<kinds::Party>,
    revision: i64,
    phc: String,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Known({})", self.person)
    }
}

/// The outcome of a check, to be handed to [`log_in`].
#[derive(Clone, Debug)]
pub struct Checked {
    login: Login,
    /// Who, and the password's revision; none where the log-in is unknown or the password wrong.
    person: Option<(Id<kinds::Party>, i64)>,
}

/// What a log-in is checked against.
///
/// # Errors
/// `too_many_attempts`, for known and unknown log-ins alike.
pub fn credential(read: &mut Read, login: &Login, now: Time) -> Result<Credential> {
    must_not_be_locked(read, login, now)?;
    let known = match login::owner_of(read, login)? {
        Some(owner) => known(read, owner.party)?,
        None => None,
    };
    Ok(Credential { login: login.clone(), known })
}

fn known(read: &mut Read, person: Id<kinds::Party>) -> Result<Option<Known>> {
    let sql = sql!(
        "select revision, phc
         from identity_credential
         where home = $1 and party = $2"
    );
    read.opt(sql, args![person.home(), person], |row| Ok(Known { person, revision: row.get(0)?, phc: row.get(1)? }))
}

impl Credential {
    /// Checks a password. Takes its time, and as long for an unknown log-in as for a known one.
    pub fn check(&self, typed: &Password, cost: Cost) -> Checked {
        let right = match &self.known {
            Some(known) => password::verify(typed, &known.phc),
            None => {
                password::pretend(typed, cost);
                false
            }
        };
        let person = self.known.as_ref().filter(|_| right).map(|known| (known.person, known.revision));
        Checked { login: self.login.clone(), person }
    }
}

/// Opens a session where the check was right; where it was wrong, counts it and answers none, which must be committed:
/// the flow says [`Refusal::LoginFailed`] afterwards. Asks the count again, so that guesses sent side by side do not
/// gain more than their number.
///
/// # Errors
/// `too_many_attempts`, `account_blocked`.
pub fn log_in(
    tx: &mut Tx,
    checked: &Checked,
    secret: &Secret,
    session_days: i64,
) -> Result<Option<Id<kinds::Session>>> {
    // Counted as wrong until it is known to be right: whoever guesses at the same moment waits here for his turn.
    count(tx, &checked.login)?;
    let Some((person, revision)) = checked.person else {
        return Ok(None);
    };
    if known(tx, person)?.is_none_or(|known| known.revision != revision) {
        // The password was changed since it was checked.
        return Ok(None);
    }
    if party::party(tx, person)?.state == PartyState::Blocked {
        return Err(Refusal::AccountBlocked.into());
    }
    let sql = sql!(
        "delete from identity_attempt
         where home = $1 and login_hash = $2"
    );
    tx.exec(sql, args![checked.login.home(), checked.login.hash()])?;
    tx.about(person);
    session::open_session(tx, person, secret, session_days).map(Some)
}

/// Until when a log-in is locked, if it is.
///
/// # Errors
/// What the engine says.
pub fn locked_until(read: &mut Read, login: &Login, now: Time) -> Result<Option<Time>> {
    let sql = sql!(
        "select since
         from identity_attempt
         where home = $1 and login_hash = $2 and wrong >= $3 and since > $4"
    );
    let since: Option<Time> =
        read.opt(sql, args![login.home(), login.hash(), WRONG_MOST, now.plus(-WINDOW)], |row| row.get(0))?;
    Ok(since.map(|since| since.plus(WINDOW)))
}

fn must_not_be_locked(read: &mut Read, login: &Login, now: Time) -> Result<()> {
    match locked_until(read, login, now)? {
        Some(until) => Err(Refusal::TooManyAttempts { until }.into()),
        None => Ok(()),
    }
}

/// Takes one of the attempts that a log-in has, or refuses where there is none left.
fn count(tx: &mut Tx, login: &Login) -> Result<()> {
    let (now, home) = (tx.now(), login.home());
    let sweep = sql!(
        "delete from identity_attempt
         where home = $1 and since <= $2"
    );
    tx.exec(sweep, args![home, now.plus(-WINDOW)])?;
    let sql = sql!(
        "insert into identity_attempt (home, login_hash, since, wrong)
         values ($1, $2, $3, 1)
         on conflict (login_hash, home) do update
         set wrong = identity_attempt.wrong + 1
         where identity_attempt.wrong < $4"
    );
    if tx.exec(sql, args![home, login.hash(), now, WRONG_MOST])? == 1 {
        return Ok(());
    }
    let until = locked_until(tx, login, now)?.unwrap_or(now);
    Err(Refusal::TooManyAttempts { until }.into())
}
