//! What this room says no to.

use kernel::Time;

kernel::refusals! {
    /// Why somebody was not let in, or not changed.
    pub enum Refusal {
        /// Somebody else already logs in with this e-mail or phone.
        LoginTaken => Conflict "login_taken",
        /// Unknown log-in or wrong password: one answer for both.
        LoginFailed => Unauthenticated "login_failed",
        /// Too many wrong passwords for this log-in, known or not.
        TooManyAttempts { until: Time } => TooMany "too_many_attempts",
        /// The password is right, but the market has blocked this person.
        AccountBlocked => Forbidden "account_blocked",
        /// Too short to be safe.
        PasswordTooShort { least: i64 } => Invalid "password_too_short",
        /// This person already has a password of his own.
        AlreadyClaimed => Conflict "already_claimed",
        /// This person has no password yet.
        NotClaimed => Conflict "not_claimed",
        /// This guest has joined another account.
        AlreadyJoined => Conflict "already_joined",
        /// Only a guest can join an account.
        NotAGuest => Conflict "not_a_guest",
        /// Only a person has an account, keys and permissions.
        NotAPerson => Conflict "not_a_person",
        /// The party is not in the state that this needs.
        WrongState { state: &'static str } => Conflict "wrong_state",
        /// This permission cannot be granted over this sort of place.
        ScopeMismatch { permission: &'static str, scope: &'static str } => Invalid "scope_mismatch",
    }
}
