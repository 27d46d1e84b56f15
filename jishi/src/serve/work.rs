//! The workers of a served market: timers, events, payment channels, the provider's messages, the audit seal.

use super::Served;
use door::App;
use kernel::Result;
use sandbox_channel::Line;
use sandbox_face::Provider;
use std::{pin::Pin, time::Duration};
use tokio::{sync::watch, task::JoinSet};

/// How long a worker waits after a round that found nothing. What is due is due by the second, not by the millisecond.
const IDLE: Duration = Duration::from_millis(250);
/// How long it waits where the database did not answer.
const TROUBLED: Duration = Duration::from_secs(2);
/// How often the audit log is sealed: within seconds, as it promises.
const SEAL: Duration = Duration::from_secs(2);
/// How often old answers are forgotten.
const FORGET: Duration = Duration::from_secs(600);

/// Workers that run until they are told to end.
pub struct Working {
    end: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Working {
    fn none() -> Working {
        Working { end: watch::Sender::new(false), tasks: JoinSet::new() }
    }

    /// One worker more, which runs its round again and again.
    fn runs<F>(&mut self, pause: Duration, what: &'static str, round: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = Result<bool>> + Send + 'static,
    {
        self.tasks.spawn(every(self.end.subscribe(), pause, what, round));
    }

    /// Ends the workers; each finishes the round that it is in.
    pub async fn end(mut self) {
        let _ = self.end.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Begins the workers of a market.
pub fn begin(served: &Served) -> Working {
    let mut working = Working::none();
    let of_app = |round: fn(App) -> Round| {
        let app = served.app.clone();
        move || round(app.clone())
    };
    working.runs(IDLE, "timers and channels", of_app(|app| Box::pin(outside(app))));
    working.runs(IDLE, "events", of_app(|app| Box::pin(events(app))));
    working.runs(SEAL, "seal", of_app(|app| Box::pin(seal(app))));
    working.runs(FORGET, "answers", of_app(|app| Box::pin(forget(app))));
    if let Some(provider) = served.provider.clone() {
        let (app, line) = (served.app.clone(), Line::open());
        working.runs(IDLE, MESSAGES, move || messages_beside(app.clone(), provider.clone(), line.clone()));
    }
    working
}

/// Begins the one worker that a provider has who is served alone.
pub fn begin_alone(provider: Provider) -> Working {
    let (mut working, line) = (Working::none(), Line::open());
    working.runs(IDLE, MESSAGES, move || messages(provider.clone(), line.clone()));
    working
}

/// A worker's round: whether there was something to do.
type Round = Pin<Box<dyn Future<Output = Result<bool>> + Send>>;

/// What the worker of the provider's messages is called in the log.
const MESSAGES: &str = "messages of the provider";

/// Runs a round again and again: at once where there was something to do, after `pause` where there was nothing.
async fn every<F>(mut ended: watch::Receiver<bool>, pause: Duration, what: &'static str, round: impl Fn() -> F + Send)
where
    F: Future<Output = Result<bool>> + Send,
{
    while !*ended.borrow() {
        let wait = match round().await {
            Ok(true) => continue,
            Ok(false) => pause,
            Err(error) => {
                tracing::warn!(what, %error, "a worker's round did not end well and comes again");
                TROUBLED
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = ended.changed() => {}
        }
    }
}

async fn outside(app: App) -> Result<bool> {
    let rang = flows::worker::ring_timers(app.market()).await?;
    Ok(rang + flows::worker::ask_outside(app.market()).await? > 0)
}

async fn events(app: App) -> Result<bool> {
    app.aside(|app| flows::worker::deliver_events(app.market())).await.map(|delivered| delivered > 0)
}

/// Sealing waits its time even where there was something to seal, so that a batch is worth its root.
async fn seal(app: App) -> Result<bool> {
    app.aside(|app| flows::worker::seal_audit(app.market())).await.map(|_| false)
}

async fn forget(app: App) -> Result<bool> {
    app.aside(|app| flows::worker::forget_answers(app.market())).await.map(|_| false)
}

/// Beside a market the provider waits while the market's past is played.
async fn messages_beside(app: App, provider: Provider, line: Line) -> Result<bool> {
    if flows::worker::stands_aside(app.market(), 1).await? {
        return Ok(false);
    }
    messages(provider, line).await
}

async fn messages(provider: Provider, line: Line) -> Result<bool> {
    sandbox_face::deliver(&provider, &line, 100).await.map(|sent| sent > 0)
}
