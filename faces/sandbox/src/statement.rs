//! The statement of a day as a file.

use crate::{Shared, api::No};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State, rejection::PathRejection},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use jiff::tz::TimeZone;
use kernel::{Day, Error, Result, Time, error::Common};
use sandbox::CSV_HEADER;
use store::Store;
use tokio::sync::mpsc;

/// How many bytes go out at a time.
const CHUNK: usize = 32 * 1024;

/// How many chunks wait for a slow reader.
const CHUNKS: usize = 4;

type Chunk = Result<Bytes>;

/// The file, line by line as it is read: a day of any size needs no memory.
pub(crate) async fn file(
    State(provider): State<Shared>,
    day: std::result::Result<Path<String>, PathRejection>,
) -> std::result::Result<Response, No> {
    let malformed = Common::Malformed { expected: "a day such as 2026-11-24" };
    let day = day.ok().and_then(|Path(day)| read_day(&day)).ok_or(malformed)?;
    let (sender, receiver) = mpsc::channel::<Chunk>(CHUNKS);
    let store = provider.store.clone();
    // A store in memory reads on the thread that asks, so that must be one that may wait for a slow reader.
    tokio::task::spawn_blocking(move || send(&store, day, &sender));
    let chunks = stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    let name = format!("attachment; filename=\"statement-{day}.csv\"");
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(chunks)).into_response())
}

fn read_day(text: &str) -> Option<Day> {
    if text.len() != 10 {
        return None;
    }
    let midnight: Time = format!("{text}T00:00:00").parse().ok()?;
    Some(midnight.day(&TimeZone::UTC))
}

fn send(store: &Store, day: Day, sender: &mpsc::Sender<Chunk>) {
    let lines = sender.clone();
    let sent = store.read(move |read| {
        let mut chunk = format!("{CSV_HEADER}\r\n");
        sandbox::statement(read, day, |line| {
            chunk.push_str(&line.csv());
            chunk.push_str("\r\n");
            if chunk.len() >= CHUNK { hand_over(&lines, std::mem::take(&mut chunk)) } else { Ok(()) }
        })?;
        hand_over(&lines, chunk)
    });
    if let Err(error) = sent.wait() {
        // Half a file must not look like a whole one: the connection breaks.
        let _ = sender.blocking_send(Err(error));
    }
}

fn hand_over(lines: &mpsc::Sender<Chunk>, chunk: String) -> Result<()> {
    lines.blocking_send(Ok(chunk.into())).map_err(|_| Error::broken("whoever asked for the statement has gone"))
}
