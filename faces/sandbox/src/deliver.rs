//! The provider's messages on their way to the market.

use crate::{Provider, act};
use futures_util::future::try_join_all;
use kernel::Result;
use sandbox::Outbound;
use sandbox_channel::{Heard, Line};

/// Sends the messages that are due, at most `limit`, side by side; answers how many were sent. The market took one only
/// if it answered 2xx; any other comes again by the provider's schedule. Where two processes deliver at once a message
/// may go out twice, which does no harm.
///
/// # Errors
/// What the engine says.
pub async fn deliver(provider: &Provider, line: &Line, limit: i64) -> Result<usize> {
    let (keys, now) = (provider.keys.clone(), provider.now());
    let due = provider.store.read(move |read| sandbox::due_callbacks(read, &keys, now, limit)).await?;
    let count = due.len();
    try_join_all(due.into_iter().map(|message| send(provider, line, message))).await?;
    Ok(count)
}

async fn send(provider: &Provider, line: &Line, message: Outbound) -> Result<bool> {
    let Outbound { id, headers, body } = message;
    let heard = line.post(provider.notify.clone(), headers, body).await;
    let taken = matches!(heard, Ok(Heard { status: 200..=299, .. }));
    let answered = act("sandbox.callback", &id.to_string());
    provider.store.write(answered, move |tx| sandbox::callback_answered(tx, id, taken)).await
}
