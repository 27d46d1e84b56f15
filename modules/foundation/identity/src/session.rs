//! Open log-ins. A guest's session is the secret link of his order: it opens what is the guest's and nothing else.

use crate::{PartyKind, PartyState, Secret, Token, party};
use kernel::{Actor, Id, Result, Time, error::Common, kinds, time::DAY};
use store::{Read, Tx, args, sql};

/// A session that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Which.
    pub id: Id<kinds::Session>,
    /// Who is logged in.
    pub party: Id<kinds::Party>,
    /// Whether that is a person or a guest.
    pub kind: PartyKind,
    /// When it ends by itself.
    pub expires_at: Time,
}

impl Session {
    /// Who acts in this session.
    pub const fn actor(&self) -> Actor {
        match self.kind {
            PartyKind::Guest => Actor::Guest(self.party),
            PartyKind::Person | PartyKind::Organisation => Actor::Person(self.party),
        }
    }
}

/// Opens a session for `days` under a secret; its [`Token`] is shown once and never again. The party's expired sessions
/// are swept.
///
/// # Errors
/// `not_found`.
pub fn open_session(tx: &mut Tx, party: Id<kinds::Party>, secret: &Secret, days: i64) -> Result<Id<kinds::Session>> {
    party::party(tx, party)?;
    let (now, home) = (tx.now(), party.home());
    let sweep = sql!(
        "delete from identity_session
         where home = $1 and party = $2 and expires_at <= $3"
    );
    tx.exec(sweep, args![home, party, now])?;
    let id: Id<kinds::Session> = tx.id(home)?;
    let sql = sql!(
        "insert into identity_session (home, id, party, secret_hash, opened_at, expires_at, ended_at)
         values ($1, $2, $3, $4, $5, $6, null)"
    );
    let expires_at = now.plus(days.max(1).saturating_mul(DAY));
    tx.exec(sql, args![home, id, party, secret.hash(), now, expires_at])?;
    Ok(id)
}

/// The open session of a token; none for a token that is malformed, made up, expired or ended, and none for a party
/// that is blocked.
///
/// # Errors
/// What the engine says.
pub fn session(read: &mut Read, token: &str, now: Time) -> Result<Option<Session>> {
    let Ok(token) = token.parse::<Token<kinds::Session>>() else {
        return Ok(None);
    };
    let sql = sql!(
        "select s.party, s.secret_hash, s.expires_at, p.kind
         from identity_session s
         join identity_party p on p.home = $1 and p.id = s.party
         where s.home = $1 and s.id = $2 and s.ended_at is null and s.expires_at > $3 and p.state = $4"
    );
    let found = read.opt(sql, args![token.id.home(), token.id, now, PartyState::Active], |row| {
        let kept: Vec<u8> = row.get(1)?;
        let session = Session { id: token.id, party: row.get(0)?, kind: row.get(3)?, expires_at: row.get(2)? };
        Ok(token.secret.opens(&kept).then_some(session))
    })?;
    Ok(found.flatten())
}

/// Whose session it is, open or not.
///
/// # Errors
/// `not_found`.
pub fn party_of_session(read: &mut Read, session: Id<kinds::Session>) -> Result<Id<kinds::Party>> {
    let sql = sql!(
        "select party
         from identity_session
         where home = $1 and id = $2"
    );
    let party = read.opt(sql, args![session.home(), session], |row| row.get(0))?;
    party.ok_or_else(|| Common::NotFound.into())
}

/// Ends a session; one that has ended stays so.
///
/// # Errors
/// What the engine says.
pub fn log_out(tx: &mut Tx, session: Id<kinds::Session>) -> Result<()> {
    let sql = sql!(
        "update identity_session
         set ended_at = $3
         where home = $1 and id = $2 and ended_at is null"
    );
    let now = tx.now();
    tx.exec(sql, args![session.home(), session, now])?;
    Ok(())
}

/// Ends every session of a party.
pub(crate) fn end_all(tx: &mut Tx, party: Id<kinds::Party>) -> Result<()> {
    let sql = sql!(
        "update identity_session
         set ended_at = $3
         where home = $1 and party = $2 and ended_at is null"
    );
    let now = tx.now();
    tx.exec(sql, args![party.home(), party, now])?;
    Ok(())
}
