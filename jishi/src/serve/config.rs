//! How a server is configured: flags before the environment before the file before the defaults.

use crate::cli;
use door::Proxies;
use kernel::{Error, Result};
use serde::Deserialize;
use std::{net::SocketAddr, path::Path};

/// A server's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database.
    pub db: String,
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that people type; the listening address where nothing is said.
    pub public: Option<String>,
    /// Whose `X-Forwarded-*` are believed.
    pub proxies: Proxies,
    /// What opens `/metrics` to others than the machine itself.
    pub metrics_token: Option<String>,
    /// Where the trial payment provider is, if not in this process.
    pub provider: Option<String>,
    /// What opens the provider's mischief page to others than the machine itself.
    pub mischief_token: Option<String>,
}

/// The same as a TOML file has it; every key may be left out.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    db: Option<String>,
    listen: Option<String>,
    public: Option<String>,
    trusted_proxies: Option<String>,
    metrics_token: Option<String>,
    sandbox_url: Option<String>,
    mischief_token: Option<String>,
}

/// Where the market is and listens where nothing is said.
const DB: &str = "sqlite:jishi.sqlite";
const LISTEN: &str = "127.0.0.1:8080";

impl Config {
    /// The configuration of a market on a database that listens at an address, everything else by default.
    pub fn new(db: impl Into<String>, listen: SocketAddr) -> Config {
        Config {
            db: db.into(),
            listen,
            public: None,
            proxies: Proxies::default(),
            metrics_token: None,
            provider: None,
            mischief_token: None,
        }
    }

    /// Reads the configuration of a command.
    ///
    /// # Errors
    /// Broken for a file that cannot be read or says something unknown; `malformed` for an address that is none.
    pub fn read(command: &cli::Serve) -> Result<Config> {
        let file = command.config.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let said = |flag: &Option<String>, file: Option<String>| flag.clone().or(file);
        let listen = said(&command.listen, file.listen).unwrap_or_else(|| LISTEN.to_owned());
        let proxies = said(&command.trusted_proxies, file.trusted_proxies).unwrap_or_default();
        let public = said(&command.public, file.public).map(|public| public.trim_end_matches('/').to_owned());
        Ok(Config {
            db: said(&command.db, file.db).unwrap_or_else(|| DB.to_owned()),
            listen: listen.parse().map_err(|_| Error::broken(format!("{listen} is no ADDRESS:PORT to listen at")))?,
            public,
            proxies: proxies.parse()?,
            metrics_token: said(&command.metrics_token, file.metrics_token),
            provider: said(&command.sandbox_url, file.sandbox_url),
            mischief_token: said(&command.mischief_token, file.mischief_token),
        })
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text = std::fs::read_to_string(path).map_err(|no| Error::broken(format!("{}: {no}", path.display())))?;
    toml::from_str(&text).map_err(|no| Error::broken(format!("{}: {no}", path.display())))
}
