//! `jishi sandbox`: the trial payment provider alone, with books of its own.

use crate::{cli, open, serve};
use kernel::{Error, Result, SystemClock};
use sandbox_face::Provider;
use std::{net::SocketAddr, sync::Arc};
use store::{Config, Store};

/// Serves the provider until the process is told to end.
///
/// # Errors
/// What opening the database or the address says.
pub fn run(command: &cli::Sandbox) -> Result<bool> {
    crate::logging();
    let store = Store::open(Config::new(&command.database.db, Arc::new(SystemClock)), flows::ROOMS)?;
    let settings = store.read(market::settings).wait()?;
    serve::runtime()?.block_on(async {
        let (listener, address) = serve::listen(command.listen).await?;
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
        let working = serve::work::begin_alone(provider.clone());
        let router = sandbox_face::router(provider).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, router).with_graceful_shutdown(serve::told_to_end()).await;
        working.end().await;
        served.map_err(Error::broken)
    })?;
    Ok(true)
}

fn announce(provider: &Provider, json: bool) -> Result<()> {
    let (public, notify) = (&provider.public, &provider.notify);
    if json {
        return crate::say(&serde_json::json!({ "public": public, "notify": notify }).to_string());
    }
    crate::say(&format!("The trial payment provider is at {public}; its messages go to {notify}"))
}
