//! One operation: what it is called, what it takes and answers, and who handles it.

use crate::{
    call::{self, Call},
    no::No,
};
use axum::{
    Json,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use door::App;
use kernel::Result;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use std::any::TypeId;

/// Where every operation lives.
pub(crate) const ROOT: &str = "/api/v1";

/// How a type says what it looks like.
pub(crate) type Schemed = fn(&mut SchemaGenerator) -> Schema;

/// An operation.
pub(crate) struct Op {
    /// Its id: the verb first, such as `askRefund`. Generated clients call it by this.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its whole path.
    pub path: String,
    /// In which chapter of the document it stands.
    pub tag: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// What stands in its path.
    pub parameters: Option<Schemed>,
    /// What stands in its query.
    pub query: Option<Schemed>,
    /// Its body.
    pub body: Option<Schemed>,
    /// What it answers; none with 204.
    pub answer: Option<Schemed>,
    /// The status where it goes well.
    pub status: StatusCode,
    /// The refusals that it can say beside those that every operation can.
    pub refusals: &'static [&'static str],
    /// Its route.
    pub route: MethodRouter<App>,
}

fn is_nothing<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}

/// A schema that is referred to by its name.
fn named<T: JsonSchema + 'static>() -> Option<Schemed> {
    (!is_nothing::<T>()).then_some(|generator: &mut SchemaGenerator| generator.subschema_for::<T>())
}

/// A schema as it is: its fields become parameters, one by one.
fn spread<T: JsonSchema + 'static>() -> Option<Schemed> {
    (!is_nothing::<T>()).then_some(|generator: &mut SchemaGenerator| T::json_schema(generator))
}

/// An operation from its handler: parameters, body and answer are the handler's own types.
fn op<P, Q, B, R, H, F>(method: Method, well: StatusCode, id: &'static str, path: &str, handler: H) -> Op
where
    P: DeserializeOwned + JsonSchema + Send + 'static,
    Q: DeserializeOwned + JsonSchema + Send + 'static,
    B: DeserializeOwned + JsonSchema + Send + 'static,
    R: Serialize + JsonSchema + 'static,
    H: Fn(Call<P, Q, B>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<R>> + Send + 'static,
{
    let status = if is_nothing::<R>() { StatusCode::NO_CONTENT } else { well };
    let filter = MethodFilter::try_from(method.clone()).expect("the methods of this file are methods of HTTP");
    Op {
        id,
        method,
        path: format!("{ROOT}{path}"),
        tag: "",
        summary: "",
        parameters: spread::<P>(),
        query: spread::<Q>(),
        body: named::<B>(),
        answer: named::<R>(),
        status,
        refusals: &[],
        route: on(filter, move |State(app): State<App>, request: Request| run(app, request, status, handler)),
    }
}

async fn run<P, Q, B, R, H, F>(app: App, request: Request, status: StatusCode, handler: H) -> Response
where
    P: DeserializeOwned + Send + 'static,
    Q: DeserializeOwned + Send + 'static,
    B: DeserializeOwned + Send + 'static,
    R: Serialize + 'static,
    H: Fn(Call<P, Q, B>) -> F,
    F: Future<Output = Result<R>> + Send,
{
    let (asked, call) = match call::read(&app, request).await {
        Ok(read) => read,
        Err(no) => return no.into_response(),
    };
    match handler(call).await {
        Ok(_) if status == StatusCode::NO_CONTENT => status.into_response(),
        Ok(answer) => (status, Json(answer)).into_response(),
        Err(error) => No::of(&asked, error).into_response(),
    }
}

impl Op {
    /// What it does.
    #[must_use]
    pub fn does(mut self, summary: &'static str) -> Op {
        self.summary = summary;
        self
    }

    /// The refusals that it can say beside those that every operation can.
    #[must_use]
    pub fn refuses(mut self, codes: &'static [&'static str]) -> Op {
        self.refusals = codes;
        self
    }

    /// Whether it only reads.
    pub fn is_read(&self) -> bool {
        self.method == Method::GET
    }
}

macro_rules! methods {
    ($($name:ident $method:ident $status:ident, $doc:literal;)+) => {
        $(#[doc = $doc]
        pub(crate) fn $name<P, Q, B, R, H, F>(id: &'static str, path: &str, handler: H) -> Op
        where
            P: DeserializeOwned + JsonSchema + Send + 'static,
            Q: DeserializeOwned + JsonSchema + Send + 'static,
            B: DeserializeOwned + JsonSchema + Send + 'static,
            R: Serialize + JsonSchema + 'static,
            H: Fn(Call<P, Q, B>) -> F + Clone + Send + Sync + 'static,
            F: Future<Output = Result<R>> + Send + 'static,
        {
            op(Method::$method, StatusCode::$status, id, path, handler)
        })+
    };
}

methods! {
    get GET OK, "Reads something.";
    post POST CREATED, "Makes something: 201.";
    act POST OK, "Does something to what is there: 200, or 204 where there is nothing to say of it.";
    put PUT OK, "Sets something, whatever it was: 200, or 204 where there is nothing to say of it.";
    delete DELETE OK, "Takes something away: 204.";
}

/// A chapter of the document: its operations, under one tag.
pub(crate) fn chapter(tag: &'static str, operations: Vec<Op>) -> Vec<Op> {
    operations.into_iter().map(|op| Op { tag, ..op }).collect()
}
