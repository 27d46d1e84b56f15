//! Faults on demand: the n-th statement fails, panics, or the n-th commit's answer is lost.

use std::sync::atomic::{AtomicI64, Ordering};

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The statement fails.
    Error,
    /// The statement panics.
    Panic,
    /// The commit happens, but its answer does not arrive.
    LostCommit,
}

/// Counts the statements of acts and lets one of them fail. Does nothing until it is set.
#[derive(Default)]
pub struct Faults {
    statements: AtomicI64,
    commits: AtomicI64,
    at: AtomicI64,
    kind: AtomicI64,
}

impl Faults {
    /// From now on, the `n`-th statement (or commit) suffers `fault`; the ones after it do not.
    pub fn set(&self, fault: Fault, n: i64) {
        self.statements.store(0, Ordering::SeqCst);
        self.commits.store(0, Ordering::SeqCst);
        self.kind.store(fault as i64, Ordering::SeqCst);
        self.at.store(n, Ordering::SeqCst);
    }

    /// No more faults.
    pub fn clear(&self) {
        self.at.store(0, Ordering::SeqCst);
    }

    /// Whether the fault that was set has happened.
    pub fn happened(&self) -> bool {
        let counter = if self.is(Fault::LostCommit) { &self.commits } else { &self.statements };
        counter.load(Ordering::SeqCst) >= self.at.load(Ordering::SeqCst)
    }

    fn is(&self, fault: Fault) -> bool {
        self.kind.load(Ordering::SeqCst) == fault as i64
    }

    /// Called before each statement of an act; true when it shall fail.
    ///
    /// # Panics
    /// When a panic was ordered for this statement.
    pub(crate) fn strikes_statement(&self) -> bool {
        let at = self.at.load(Ordering::Relaxed);
        if at == 0 || self.is(Fault::LostCommit) || self.statements.fetch_add(1, Ordering::SeqCst) + 1 != at {
            return false;
        }
        assert!(!self.is(Fault::Panic), "a panic was ordered for statement {at}");
        true
    }

    /// Called after each commit that went through; true when its answer shall be lost.
    pub(crate) fn loses_commit(&self) -> bool {
        let at = self.at.load(Ordering::Relaxed);
        at != 0 && self.is(Fault::LostCommit) && self.commits.fetch_add(1, Ordering::SeqCst) + 1 == at
    }
}
