//! Which machines may say for whom they ask.

use axum::http::HeaderMap;
use ipnet::IpNet;
use kernel::{Error, error::Common};
use std::{net::IpAddr, str::FromStr};

/// The networks whose `X-Forwarded-For` is believed. None by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proxies(Vec<IpNet>);

impl FromStr for Proxies {
    type Err = Error;

    /// Reads addresses and networks with commas between them: `127.0.0.1, 10.0.0.0/8`.
    ///
    /// # Errors
    /// `malformed`.
    fn from_str(text: &str) -> Result<Proxies, Error> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let nets = parts.map(|part| {
            let net = part.parse::<IpNet>().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from));
            net.ok_or_else(|| Common::Malformed { expected: "addresses such as 127.0.0.1, 10.0.0.0/8" }.into())
        });
        Ok(Proxies(nets.collect::<Result<_, Error>>()?))
    }
}

impl Proxies {
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address.to_canonical()))
    }

    /// Who asks: the peer itself, or, where that is a trusted proxy, the last address in its chain that is none.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let said = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
        let chain: Vec<IpAddr> =
            said.flat_map(|value| value.split(',')).filter_map(|part| part.trim().parse().ok()).collect();
        chain.into_iter().rev().find(|address| !self.trusts(*address)).unwrap_or(peer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies: Proxies = proxies.parse().unwrap();
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_for_whom_it_asks() {
        assert_eq!(client("", "9.9.9.9", "1.2.3.4"), "9.9.9.9");
        assert_eq!(client("10.0.0.0/8", "9.9.9.9", "1.2.3.4"), "9.9.9.9");
        assert_eq!(client("10.0.0.0/8", "10.1.1.1", "1.2.3.4"), "1.2.3.4");
    }

    #[test]
    fn what_a_client_puts_before_the_proxys_word_is_not_believed() {
        assert_eq!(client("10.0.0.0/8", "10.1.1.1", "6.6.6.6, 1.2.3.4"), "1.2.3.4");
        assert_eq!(client("10.0.0.0/8", "10.1.1.1", "1.2.3.4, 10.2.2.2"), "1.2.3.4");
        assert_eq!(client("10.0.0.0/8", "10.1.1.1", "nonsense"), "10.1.1.1");
        assert!("10.0.0.0/99".parse::<Proxies>().is_err());
    }
}
