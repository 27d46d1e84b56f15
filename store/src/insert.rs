//! Many rows in few statements: child rows of one act go in by chunks, so that an order of five hundred lines costs
//! a dozen round trips on PostgreSQL and not a thousand.

use crate::{Statement, Val};
use kernel::Result;
use std::sync::OnceLock;

/// How many rows one statement carries; the largest chunk that fits is taken first.
const CHUNKS: [usize; 3] = [64, 8, 1];

/// A table and its columns, to be filled by [`crate::Tx::insert_all`].
pub struct Into {
    table: &'static str,
    columns: &'static str,
    single: &'static Statement,
    chunks: OnceLock<[Statement; 2]>,
}

impl Into {
    #[doc(hidden)]
    pub const fn new(table: &'static str, columns: &'static str, single: &'static Statement) -> Into {
        Into { table, columns, single, chunks: OnceLock::new() }
    }

    fn statement(&'static self, rows: usize) -> &'static Statement {
        if rows == 1 {
            return self.single;
        }
        let made = self.chunks.get_or_init(|| [self.make(CHUNKS[0]), self.make(CHUNKS[1])]);
        if rows == CHUNKS[0] { &made[0] } else { &made[1] }
    }

    fn make(&self, rows: usize) -> Statement {
        let width = self.columns.split(',').count();
        let row = |at: usize| {
            let marks: Vec<_> = (1..=width).map(|column| format!("${}", at * width + column)).collect();
            format!("({})", marks.join(", "))
        };
        let rows: Vec<_> = (0..rows).map(row).collect();
        let text = format!("insert into {} ({}) values {}", self.table, self.columns, rows.join(", "));
        // Made twice per table in the life of the program, then kept.
        Statement::new(Box::leak(text.into_boxed_str()), self.single.place, false)
    }
}

/// Runs `exec` with each chunk of `rows` and the statement that carries it.
pub(crate) fn in_chunks(
    into: &'static Into,
    rows: &[Vec<Val>],
    mut exec: impl FnMut(&'static Statement, &[Val]) -> Result<u64>,
) -> Result<()> {
    let mut rest = rows;
    while !rest.is_empty() {
        let take = CHUNKS.into_iter().find(|chunk| *chunk <= rest.len()).unwrap_or(1);
        let (now, later) = rest.split_at(take);
        let values: Vec<Val> = now.iter().flatten().cloned().collect();
        exec(into.statement(take), &values)?;
        rest = later;
    }
    Ok(())
}

/// A table with its columns, for [`crate::Tx::insert_all`]: `into!("order_line", "home, ord, n" => "$1, $2, $3")`.
/// The marks are written out so that the single-row statement registers itself like any other.
#[macro_export]
macro_rules! into {
    ($table:literal, $columns:literal => $marks:literal) => {{
        static SINGLE: $crate::Statement = $crate::Statement::new(
            concat!("insert into ", $table, " (", $columns, ") values (", $marks, ")"),
            concat!(file!(), ":", line!()),
            false,
        );
        static INTO: $crate::Into = $crate::Into::new($table, $columns, &SINGLE);
        $crate::reexport::inventory::submit! { $crate::__Registered(&SINGLE) }
        &INTO
    }};
}
