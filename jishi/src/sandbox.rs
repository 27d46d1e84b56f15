//! `jishi sandbox`: the trial payment provider alone, with books of its own.

use crate::{cli, open};
use kernel::{Error, Result, SystemClock};
use sandbox_channel::Line;
use sandbox_face::Provider;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::{Config, Store};
use tokio::net::TcpListener;

/// How long it waits for the next message that is due.
const IDLE: Duration = Duration::from_millis(250);

/// Serves the provider until the process is told to end.
///
/// # Errors
/// What opening the database or the address says.
pub fn run(command: &cli::Sandbox) -> Result<bool> {
    crate::logging();
    let store = Store::open(Config::new(&command.database.db, Arc::new(SystemClock)), flows::ROOMS)?;
    let settings = store.read(market::settings).wait()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::broken)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(command.listen).await.map_err(Error::broken)?;
        let address = listener.local_addr().map_err(Error::broken)?;
        let provider = Provider {
            store,
            keys: open::provider_keys(),
            merchant_name: command.merchant.clone(),
            public: command.public.clone().unwrap_or_else(|| format!("http://{address}")),
            notify: command.notify.clone(),
            token: command.mischief_token.clone(),
            language: settings.language,
            zone: (*settings.zone).clone(),
        };
        announce(&provider, command.json)?;
        let delivering = tokio::spawn(deliver(provider.clone()));
        let router = sandbox_face::router(provider).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, router).with_graceful_shutdown(crate::serve::told_to_end()).await;
        delivering.abort();
        served.map_err(Error::broken)
    })?;
    Ok(true)
}

async fn deliver(provider: Provider) {
    let line = Line::open();
    loop {
        match sandbox_face::deliver(&provider, &line, 100).await {
            Ok(sent) if sent > 0 => {}
            Ok(_) => tokio::time::sleep(IDLE).await,
            Err(error) => {
                tracing::warn!(%error, "messages wait");
                tokio::time::sleep(10 * IDLE).await;
            }
        }
    }
}

fn announce(provider: &Provider, json: bool) -> Result<()> {
    let (public, notify) = (&provider.public, &provider.notify);
    if json {
        return crate::say(&serde_json::json!({ "public": public, "notify": notify }).to_string());
    }
    crate::say(&format!("The trial payment provider is at {public}; its messages go to {notify}"))
}
