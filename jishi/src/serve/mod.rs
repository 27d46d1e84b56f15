//! `jishi serve`: the market and its faces on one address, with the workers that keep it going.

mod config;
pub mod trial;
pub(crate) mod work;

use crate::{cli, open};
use axum::{Router, middleware};
pub use config::Config;
use door::{App, Options};
use kernel::{Clock, Error, Result, SystemClock};
use sandbox_face::Provider;
use std::{net::SocketAddr, sync::Arc};
use store::Store;
use tokio::{net::TcpListener, sync::oneshot};
use web::dressed;

/// A market that is being served.
#[derive(Clone)]
pub struct Served {
    /// Where.
    pub address: SocketAddr,
    /// The market behind its faces.
    pub app: App,
    /// The provider that is served beside it; none where it is elsewhere.
    pub provider: Option<Provider>,
}

/// Serves until the process is told to end.
///
/// # Errors
/// What opening the database or the address says.
pub fn run(command: &cli::Serve) -> Result<bool> {
    crate::logging();
    let config = Config::read(command)?;
    let clock = Arc::new(SystemClock);
    let store = Store::open(store::Config::new(&config.db, clock.clone()), flows::ROOMS)?;
    serve_store(&config, store, clock, false, |served| announce(served, &config, command.json))?;
    Ok(true)
}

/// Serves the market of an open store until the process is told to end; `up` hears when it answers.
///
/// # Errors
/// What the configuration or the address says.
pub fn serve_store(
    config: &Config,
    store: Store,
    clock: Arc<dyn Clock>,
    demo: bool,
    up: impl FnOnce(&Served) -> Result<()>,
) -> Result<()> {
    let runtime = runtime()?;
    let (listener, address) = runtime.block_on(listen(config.listen))?;
    let (router, served) = faces(config, address, store, clock, demo)?;
    runtime.block_on(async {
        up(&served)?;
        answer(router, listener, &served, told_to_end()).await
    })
}

/// A market that is served by a thread of its own, for tests and for programs that hold one. It ends when this is
/// dropped.
pub struct Running {
    /// What is served.
    pub served: Served,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<Result<()>>>,
}

/// Serves an open market beside the caller; answers once it does.
///
/// # Errors
/// What the configuration or the address says.
pub fn beside(config: &Config, store: Store, clock: Arc<dyn Clock>, demo: bool) -> Result<Running> {
    let runtime = runtime()?;
    let (listener, address) = runtime.block_on(listen(config.listen))?;
    let (router, served) = faces(config, address, store, clock, demo)?;
    let (end, ended) = oneshot::channel();
    let shared = served.clone();
    let thread = std::thread::spawn(move || {
        runtime.block_on(answer(router, listener, &shared, async {
            // Told to end, or left by whoever could tell.
            let _ = ended.await;
        }))
    });
    Ok(Running { served, end: Some(end), thread: Some(thread) })
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The threads that answer.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::broken)
}

/// Listens, and says where: a port of 0 becomes one that is free.
pub(crate) async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(at).await.map_err(Error::broken)?;
    let address = listener.local_addr().map_err(Error::broken)?;
    Ok((listener, address))
}

async fn answer(
    router: Router,
    listener: TcpListener,
    served: &Served,
    ended: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let working = work::begin(served);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let answered = axum::serve(listener, service).with_graceful_shutdown(ended).await;
    working.end().await;
    answered.map_err(Error::broken)
}

/// The faces of a market, ready to be served at an address.
///
/// # Errors
/// What the configuration or the database says.
pub fn faces(
    config: &Config,
    address: SocketAddr,
    store: Store,
    clock: Arc<dyn Clock>,
    demo: bool,
) -> Result<(Router, Served)> {
    let settings = store.read(market::settings).wait()?;
    let said = config.public.clone().or_else(|| settings.public_address.map(|public| public.to_string()));
    let public = said.unwrap_or_else(|| format!("http://{address}"));
    let set_up = if store.read(flows::set_up::is_needed).wait()? { Some(secret_of(&store)) } else { None };
    let wired = open::over_http(store, clock, config.provider.as_deref(), address);
    let options = Options {
        public: public.clone(),
        proxies: config.proxies.clone(),
        metrics_token: config.metrics_token.clone(),
        cashiers: wired.cashiers(),
        set_up,
        demo,
    };
    let app = App::new(wired.market, options);
    let provider = match config.provider {
        Some(_) => None,
        None => Some(open::provider(&app, address, config.mischief_token.clone())?),
    };
    let router = router(&app, provider.clone());
    Ok((router, Served { address, app, provider }))
}

/// What nobody guesses, in hexadecimal.
fn secret_of(store: &Store) -> String {
    store.secret().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every route of every face.
pub fn router(app: &App, provider: Option<Provider>) -> Router {
    let pages = Router::new()
        .merge(web::assets())
        .merge(web_buyer::router())
        .merge(web_seller::router())
        .merge(web_ops::router())
        .fallback(web::no_such_page)
        .layer(middleware::from_fn_with_state(app.clone(), dressed));
    let mut router = pages.merge(api::router());
    router = router.layer(middleware::from_fn_with_state(app.clone(), door::measured));
    let router = router.with_state(app.clone());
    match provider {
        Some(provider) => router.nest("/sandbox", sandbox_face::router(provider)),
        None => router,
    }
}

/// Ends when the process is interrupted or told to end.
pub(crate) async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

fn announce(served: &Served, config: &Config, json: bool) -> Result<()> {
    let public = &served.app.options().public;
    let set_up = served.app.options().set_up.as_ref().map(|token| format!("{public}/setup/{token}"));
    if json {
        let said = serde_json::json!({ "address": served.address.to_string(), "public": public, "db": config.db, "set_up": set_up });
        return crate::say(&said.to_string());
    }
    let mut words = format!("The market is open at {public}\n");
    if let Some(link) = set_up {
        words += &format!("Nobody runs it yet. Open this link once to set it up:\n  {link}\n");
    }
    crate::say(&words)
}
