//! Values in and out: five column shapes, the same on both engines.

use crate::{Trouble, engine};
use kernel::{BasisPoints, Currency, Error, Home, Id, Result, Time, Units};
use postgres::types::{self as pg, IsNull, ToSql, private::BytesMut};

/// A value handed to a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// No value.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(String),
    /// TEXT of the program's own.
    Word(&'static str),
    /// BLOB, BYTEA.
    Blob(Vec<u8>),
}

/// What can be handed to a statement.
pub trait ToVal {
    /// As a column value.
    fn to_val(&self) -> Val;
}

macro_rules! to_int {
    ($($type:ty: $value:expr;)*) => { $(impl ToVal for $type {
        fn to_val(&self) -> Val {
            let convert: fn(&$type) -> i64 = $value;
            Val::Int(convert(self))
        }
    })* };
}
to_int! {
    i64: |n| *n;
    i32: |n| i64::from(*n);
    u16: |n| i64::from(*n);
    usize: |n| *n as i64;
    bool: |yes| i64::from(*yes);
    Home: |home| home.raw();
    Time: |time| time.0;
    Units: |units| units.get();
    BasisPoints: |points| points.get();
}
impl<K> ToVal for Id<K> {
    fn to_val(&self) -> Val {
        Val::Int(self.raw())
    }
}
impl ToVal for f64 {
    fn to_val(&self) -> Val {
        Val::Real(*self)
    }
}
impl ToVal for str {
    fn to_val(&self) -> Val {
        Val::Text(self.to_owned())
    }
}
impl ToVal for String {
    fn to_val(&self) -> Val {
        Val::Text(self.clone())
    }
}
impl<const MAX: usize> ToVal for kernel::Text<MAX> {
    fn to_val(&self) -> Val {
        Val::Text(self.to_string())
    }
}
impl ToVal for Currency {
    fn to_val(&self) -> Val {
        Val::Text(self.code().to_owned())
    }
}
impl ToVal for kernel::Locale {
    fn to_val(&self) -> Val {
        Val::Word(self.tag())
    }
}
impl ToVal for [u8] {
    fn to_val(&self) -> Val {
        Val::Blob(self.to_vec())
    }
}
impl ToVal for Vec<u8> {
    fn to_val(&self) -> Val {
        Val::Blob(self.clone())
    }
}
impl<const N: usize> ToVal for [u8; N] {
    fn to_val(&self) -> Val {
        Val::Blob(self.to_vec())
    }
}
impl<T: ToVal> ToVal for Option<T> {
    fn to_val(&self) -> Val {
        self.as_ref().map_or(Val::Null, ToVal::to_val)
    }
}
impl<T: ToVal + ?Sized> ToVal for &T {
    fn to_val(&self) -> Val {
        (**self).to_val()
    }
}
impl ToVal for Val {
    fn to_val(&self) -> Val {
        self.clone()
    }
}

/// The values of a statement, in the order of its placeholders.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        &[$($crate::ToVal::to_val(&$value)),*]
    };
}

impl rusqlite::ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Val::Null => ValueRef::Null,
            Val::Int(n) => ValueRef::Integer(*n),
            Val::Real(x) => ValueRef::Real(*x),
            Val::Text(text) => ValueRef::Text(text.as_bytes()),
            Val::Word(text) => ValueRef::Text(text.as_bytes()),
            Val::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl ToSql for Val {
    fn to_sql(&self, kind: &pg::Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(n) if *kind == pg::Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Val::Int(n) => n.to_sql(kind, out),
            Val::Real(x) => x.to_sql(kind, out),
            Val::Text(text) => text.as_str().to_sql(kind, out),
            Val::Word(text) => text.to_sql(kind, out),
            Val::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &pg::Type) -> bool {
        true
    }

    pg::to_sql_checked!();
}

/// A value that a row gave.
#[derive(Clone, Copy, Debug)]
pub enum Col<'a> {
    /// No value.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(&'a str),
    /// BLOB, BYTEA.
    Blob(&'a [u8]),
}

/// One row of an answer.
pub enum Row<'a> {
    /// From SQLite.
    #[doc(hidden)]
    Lite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    #[doc(hidden)]
    Pg(&'a postgres::Row),
}

impl Row<'_> {
    /// The column at a place, as a `T`.
    ///
    /// # Errors
    /// Broken where the column holds something else.
    pub fn get<T: FromCol>(&self, at: usize) -> Result<T> {
        let col = self.col(at)?;
        T::from_col(col).ok_or_else(|| Error::broken(format!("column {at} holds {col:?}, not what was asked for")))
    }

    /// The column at a place, raw.
    ///
    /// # Errors
    /// Broken where there is no such column.
    pub fn col(&self, at: usize) -> Result<Col<'_>> {
        match self {
            Row::Lite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(at).map_err(Error::broken)? {
                    ValueRef::Null => Col::Null,
                    ValueRef::Integer(n) => Col::Int(n),
                    ValueRef::Real(x) => Col::Real(x),
                    ValueRef::Text(bytes) => Col::Text(std::str::from_utf8(bytes).map_err(Error::broken)?),
                    ValueRef::Blob(bytes) => Col::Blob(bytes),
                })
            }
            Row::Pg(row) => pg_col(row, at),
        }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        match self {
            Row::Lite(row) => row.as_ref().column_count(),
            Row::Pg(row) => row.len(),
        }
    }
}

fn pg_col(row: &postgres::Row, at: usize) -> Result<Col<'_>> {
    fn take<'a, T: pg::FromSql<'a>>(row: &'a postgres::Row, at: usize, make: fn(T) -> Col<'a>) -> Result<Col<'a>> {
        let value: Option<T> = row.try_get(at).map_err(Error::broken)?;
        Ok(value.map_or(Col::Null, make))
    }
    let column = row.columns().get(at).ok_or_else(|| Error::broken(format!("no column {at}")))?;
    match *column.type_() {
        pg::Type::INT8 => take::<i64>(row, at, Col::Int),
        pg::Type::INT4 => take::<i32>(row, at, |n| Col::Int(i64::from(n))),
        pg::Type::FLOAT8 => take::<f64>(row, at, Col::Real),
        pg::Type::BYTEA => take::<&[u8]>(row, at, Col::Blob),
        pg::Type::TEXT | pg::Type::VARCHAR | pg::Type::NAME => take::<&str>(row, at, Col::Text),
        ref other => Err(Error::broken(format!("column {at} has type {other}, which the store does not read"))),
    }
}

/// What a column can be read as.
pub trait FromCol: Sized {
    /// None where it holds something else.
    fn from_col(col: Col<'_>) -> Option<Self>;
}

macro_rules! from_col {
    ($($type:ty: $pattern:pat => $value:expr;)*) => { $(impl FromCol for $type {
        fn from_col(col: Col<'_>) -> Option<Self> {
            match col {
                $pattern => $value,
                _ => None,
            }
        }
    })* };
}
from_col! {
    i64: Col::Int(n) => Some(n);
    f64: Col::Real(x) => Some(x);
    bool: Col::Int(n @ 0..=1) => Some(n == 1);
    String: Col::Text(text) => Some(text.to_owned());
    Vec<u8>: Col::Blob(bytes) => Some(bytes.to_vec());
    Home: Col::Int(n) => Some(Home::of(n));
    Time: Col::Int(n) => Some(Time(n));
    Currency: Col::Text(text) => text.parse().ok();
    kernel::Locale: Col::Text(text) => text.parse().ok();
    BasisPoints: Col::Int(n) => BasisPoints::new(n).ok();
    Units: Col::Int(n) => Units::new(n).ok();
}
impl<K> FromCol for Id<K> {
    fn from_col(col: Col<'_>) -> Option<Self> {
        i64::from_col(col).map(Id::from_raw)
    }
}
impl<T: FromCol> FromCol for Option<T> {
    fn from_col(col: Col<'_>) -> Option<Self> {
        match col {
            Col::Null => Some(None),
            other => T::from_col(other).map(Some),
        }
    }
}

/// A closure that maps a row may refuse; the engines carry that through their own errors.
pub(crate) type Each<'a> = &'a mut dyn FnMut(&Row<'_>) -> Result<()>;

/// What went wrong inside an engine, beside the error itself.
pub(crate) fn trouble_of(error: &rusqlite::Error) -> Trouble {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Locked,
        Some(ErrorCode::DiskFull) => Trouble::Full,
        Some(
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt,
        ) => Trouble::Gone,
        Some(ErrorCode::ReadOnly) => Trouble::Gone,
        _ => engine::Trouble::Wrong,
    }
}
