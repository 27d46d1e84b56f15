//! A provider that listens, a market that listens for its messages, and a browser that is a socket.

use crate::*;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use kernel::{BasisPoints, Currency, Home, Id, Money, SetClock, Units, kinds};
use sandbox_channel::{Line, SandboxBank, SandboxChannel};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
};
use store::{Config, wait};
use tokio::runtime::{Builder, Runtime};

/// 2026-03-02 10:00 in Shanghai.
pub const START: Time = Time(1_772_416_800_000);

pub const BACK: &str = "https://market.example/orders/1?from=cashier&lang=zh";

/// The name of the shop is as bad as names can be.
pub const NAME: &str = "Tea & <b>\"Co\"</b>";

pub struct World {
    runtime: Runtime,
    pub clock: Arc<SetClock>,
    pub provider: Provider,
    pub at: SocketAddr,
    pub market: flows::Market,
    pub line: Line,
}

/// What a browser or a program got.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The code of a refusal.
    pub fn code(&self) -> String {
        serde_json::from_slice::<sandbox::wire::No>(&self.body).map(|no| no.code).unwrap_or_default()
    }
}

fn listen() -> (std::net::TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    (listener, at)
}

/// An address where nobody listens.
pub fn nowhere() -> String {
    format!("http://{}", listen().1)
}

fn serve(runtime: &Runtime, listener: TcpListener, router: Router) {
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
    });
}

async fn callback(
    State(market): State<flows::Market>,
    Path(channel): Path<String>,
    headers: HeaderMap,
    raw: Bytes,
) -> StatusCode {
    let headers = headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
    let headers: Vec<_> = headers.collect();
    let heard = match flows::pay::notified(&market, &channel, &headers, &raw) {
        Ok(answer) => answer.await,
        Err(error) => Err(error),
    };
    heard.map_or_else(|error| door::problem::status(&error), |()| StatusCode::NO_CONTENT)
}

impl World {
    pub fn open() -> World {
        World::with_token(None)
    }

    pub fn with_token(token: Option<&str>) -> World {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let clock = Arc::new(SetClock::at(START));
        let open = |rooms| Store::open(Config::new("sqlite::memory:", clock.clone()), rooms).unwrap();
        let (market_store, books) = (open(flows::ROOMS), open(&[sandbox::SCHEMA]));
        let ((here, at), (there, market_at)) = (listen(), listen());
        let keys = Keys::from_seed([9; 32]);
        let provider = Provider {
            store: books,
            keys: keys.clone(),
            merchant_name: NAME.to_owned(),
            public: format!("http://{at}/"),
            notify: format!("http://{market_at}/callbacks/sandbox"),
            token: token.map(str::to_owned),
            language: Locale::En,
            zone: TimeZone::UTC,
        };
        let line = Line::open();
        let market = market_of(&market_store, &clock, &provider, &format!("http://{at}"), &line);
        serve(&runtime, here, router(provider.clone()));
        let heard = Router::new().route("/callbacks/{channel}", post(callback)).with_state(market.clone());
        serve(&runtime, there, heard);
        World { runtime, clock, provider, at, market, line }
    }

    /// The same market, reaching the provider elsewhere.
    pub fn market_reaching(&self, base: &str) -> flows::Market {
        market_of(&self.market.store, &self.clock, &self.provider, base, &self.line)
    }

    /// The same provider below a path of another server: its base address, and the market that reaches it there.
    pub fn mounted_below(&self, path: &str) -> (String, flows::Market) {
        let (listener, at) = listen();
        let base = format!("http://{at}{path}");
        let provider = Provider { public: base.clone(), ..self.provider.clone() };
        serve(&self.runtime, listener, Router::new().nest(path, router(provider)));
        let market = self.market_reaching(&base);
        (base, market)
    }

    /// A trade of five yuan that waits to be paid.
    pub fn trade(&self) -> (Cx, Id<kinds::Trade>) {
        let buyer = Id::assemble(1, 1, Home::of(77));
        let trade = NewTrade::of(buyer, self.clock.now_plus(30));
        let cx = Cx::new(Actor::Person(buyer), "r1");
        let place = Act::new("test.place", &cx);
        let placed = self.market.store.write(place, move |tx| order::place(tx, &trade)).wait().unwrap();
        (cx, placed.0)
    }

    /// A payment that waits at the cashier; its number and the cashier's path.
    pub fn paying(&self) -> (Id<kinds::Payment>, String) {
        let (cx, trade) = self.trade();
        let back = Some(BACK.to_owned());
        let paying = wait(flows::pay::pay_and_return(&self.market, &cx, trade, "sandbox", back)).unwrap().unwrap();
        let cashier = paying.cashier.unwrap();
        let path = cashier.strip_prefix(&format!("http://{}", self.at)).unwrap();
        assert_eq!(path, format!("/cashier/{}", paying.payment));
        (paying.payment, path.to_owned())
    }

    pub fn paid(&self) -> (Id<kinds::Payment>, String) {
        let (payment, path) = self.paying();
        assert_eq!(self.form(&format!("{path}/pay"), "").status, 303);
        (payment, path)
    }

    pub fn state(&self, payment: Id<kinds::Payment>) -> payment::State {
        self.market.store.read(move |read| payment::find(read, payment)).wait().unwrap().state
    }

    /// Delivers what is due; answers how many were sent.
    pub fn deliver(&self) -> usize {
        wait(deliver(&self.provider, &self.line, 99)).unwrap()
    }

    pub fn plays(&self, what: sandbox::Mischief, millis: i64) {
        let make = move |tx: &mut store::Tx| sandbox::make_mischief(tx, None, what, millis, 1);
        self.provider.store.write(act("test", "r1"), make).wait().unwrap();
    }

    pub fn get(&self, path: &str) -> Reply {
        self.asks("GET", path, &[], b"")
    }

    pub fn form(&self, path: &str, body: &str) -> Reply {
        self.asks("POST", path, &[("Content-Type", "application/x-www-form-urlencoded")], body.as_bytes())
    }

    /// A request that the merchant signed.
    pub fn signed(&self, method: &str, target: &str, body: &[u8]) -> Reply {
        let signature = self.provider.keys.merchant_keys().sign(self.provider.now(), method, target, body);
        self.asks(method, target, &[(sandbox::SIGNATURE_HEADER, &signature)], body)
    }

    pub fn asks(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        ask(self.at, method, path, headers, body)
    }
}

/// A request as bytes, and what came back.
pub fn ask(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let host = at.to_string();
    let own_host = headers.iter().find(|(name, _)| *name == "Host").map_or(host.as_str(), |(_, host)| host);
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {own_host}\r\nConnection: close\r\n");
    for (name, value) in headers.iter().filter(|(name, _)| *name != "Host") {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(at).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    // A body that is too long is not read to its end, and writing it breaks off.
    let _ = stream.write_all(body);
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw);
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, body: unchunked(&head, &raw[end + 4..]), head }
}

fn unchunked(head: &str, body: &[u8]) -> Vec<u8> {
    if !head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        return body.to_vec();
    }
    let (mut out, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        out.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    out
}

fn market_of(store: &Store, clock: &Arc<SetClock>, provider: &Provider, base: &str, line: &Line) -> flows::Market {
    let keys = provider.keys.merchant_keys();
    let channel = SandboxChannel::over_http(base, keys.clone(), clock.clone(), line.clone());
    let bank = SandboxBank::over_http(base, keys, clock.clone(), line.clone());
    flows::Market { store: store.clone(), channels: vec![Arc::new(channel)], bank: Arc::new(bank) }
}

pub fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

trait NowPlus {
    fn now_plus(&self, minutes: i64) -> Time;
}

impl NowPlus for SetClock {
    fn now_plus(&self, minutes: i64) -> Time {
        kernel::Clock::now(self).plus(minutes * kernel::time::MINUTE)
    }
}

trait OfOneLine {
    fn of(buyer: Id<kinds::Party>, close_at: Time) -> Self;
}

use order::NewTrade;

impl OfOneLine for NewTrade {
    /// One thing for five yuan from one shop.
    fn of(buyer: Id<kinds::Party>, close_at: Time) -> NewTrade {
        let line = order::NewLine {
            listing: Id::assemble(1, 2, Home::of(5)),
            sku: Id::assemble(1, 3, Home::of(5)),
            warehouse: Id::from_raw(0),
            title: "tea".to_owned(),
            units: Units::new(1).unwrap(),
            price_per: 1,
            price: 500,
            cash: 500,
            tax: order::Tax::default(),
            commission: BasisPoints::new(0).unwrap(),
            price_rows: vec![order::PriceRow {
                stage: "base".to_owned(),
                offer: 0,
                offer_version: 0,
                amount: 500,
                borne_by: "shop".to_owned(),
            }],
        };
        let shop_order = order::NewOrder {
            shop: Id::assemble(1, 4, Home::of(6)),
            shop_currency: Currency::CNY,
            rate_ppb: 1_000_000_000,
            lines: vec![line],
            charges: vec![],
            recipient: None,
        };
        NewTrade { buyer, quotation: None, currency: Currency::CNY, close_at, orders: vec![shop_order] }
    }
}
