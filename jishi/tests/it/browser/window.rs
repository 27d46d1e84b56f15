//! A window of a real Chromium, and what a person does in it.

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long a person waits for a page before he gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A driver of Chromium on this machine; none where there is no driver.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver, or says that the story cannot run.
    pub fn start() -> Option<Driver> {
        let spawned = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut child) = spawned else {
            testkit::skip("Chromium's driver is not at hand (chromedriver)");
            return None;
        };
        let out = BufReader::new(child.stdout.take().unwrap());
        let started =
            out.lines().map_while(std::result::Result::ok).find(|line| line.contains("started successfully on port"));
        let port = started.and_then(|line| line.trim_end_matches('.').rsplit(' ').next()?.parse().ok());
        Some(Driver { child, port: port.expect("a driver that starts says at which port") })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to end, it closes its windows too; killed, it would leave them behind.
        let _ = ureq::get(format!("http://127.0.0.1:{}/shutdown", self.port)).call();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A window of so many pixels in one language, logged in as nobody.
pub(crate) struct Window {
    client: Client,
    base: String,
    /// How wide it is.
    pub width: u32,
}

impl Window {
    /// Opens a window on a market.
    pub async fn open(driver: &Driver, base: &str, width: u32, language: &str) -> Window {
        let height = if width < 600 { 844 } else { 1000 };
        let options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", format!("--window-size={width},{height}"),
            ],
            "mobileEmulation": { "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "touch": false, "mobile": width < 600 } },
            "prefs": { "intl.accept_languages": language },
        });
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let address = format!("http://127.0.0.1:{}", driver.port);
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await;
        let window = Window { client: client.expect("the driver opens a window"), base: base.to_owned(), width };
        window.goes(&format!("/login?lang={language}")).await;
        window
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }

    /// Types an address.
    pub async fn goes(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.client.goto(&address).await.unwrap();
        self.fits().await;
    }

    /// Where it is.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// The page's text.
    pub async fn text(&self) -> String {
        self.find("body").await.text().await.unwrap()
    }

    /// Whether the page shows something.
    pub async fn shows(&self, words: &str) -> bool {
        self.text().await.contains(words)
    }

    /// Waits until the page shows something, looking again as a person does who presses reload.
    pub async fn sees(&self, words: &str) {
        let deadline = std::time::Instant::now() + PATIENCE;
        while !self.shows(words).await {
            if std::time::Instant::now() > deadline {
                panic!("{} never showed {words:?}, only:\n{}", self.path().await, self.text().await);
            }
            self.client.refresh().await.unwrap();
        }
    }

    /// The first thing of a CSS selector that can be seen, once it is there.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                panic!("{}: no {css}: {error}\n{}", self.path().await, self.client.source().await.unwrap_or_default())
            }
        }
    }

    /// The first thing of a selector that can be seen and pressed.
    async fn visible(&self, css: &str) -> Element {
        self.find(css).await;
        for element in self.client.find_all(Locator::Css(css)).await.unwrap() {
            if element.is_displayed().await.unwrap_or(false) {
                // Out from under the bars that stand at the window's edges.
                let seen = vec![serde_json::to_value(&element).unwrap()];
                self.client.execute("arguments[0].scrollIntoView({block: 'center'})", seen).await.unwrap();
                return element;
            }
        }
        panic!("{}: {css} is there but cannot be seen at {} px", self.path().await, self.width)
    }

    /// Types into the field of a name.
    pub async fn types(&self, name: &str, text: &str) {
        let field = self.visible(&format!("main [name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types into the field of a name in one form of several.
    pub async fn types_in(&self, form: &str, name: &str, text: &str) {
        let field = self.visible(&format!("{form} [name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types into the search box on top and sends it.
    pub async fn seeks(&self, word: &str) {
        let before = self.client.find(Locator::Css("html")).await.unwrap();
        self.visible("header [name=q]").await.send_keys(&format!("{word}\n")).await.unwrap();
        self.leaves(before).await;
    }

    /// Where a link leads, as it stands on the page. A list that reactions keep may have it a moment later: it is looked
    /// for again as [`Window::sees`] does.
    pub async fn href(&self, css: &str) -> String {
        let deadline = std::time::Instant::now() + PATIENCE;
        while self.client.find_all(Locator::Css(css)).await.unwrap().is_empty() {
            if std::time::Instant::now() > deadline {
                panic!("{} never had {css}, only:\n{}", self.path().await, self.text().await);
            }
            self.client.refresh().await.unwrap();
        }
        let found = self.find(css).await.attr("href").await.unwrap();
        found.unwrap_or_else(|| panic!("{css} leads nowhere"))
    }

    /// Chooses from the list of a name.
    pub async fn chooses(&self, name: &str, value: &str) {
        let list = self.visible(&format!("main select[name='{name}']")).await;
        list.select_by_value(value).await.unwrap();
    }

    /// Presses what a selector names, and waits for the page that follows.
    pub async fn presses(&self, css: &str) {
        let before = self.client.find(Locator::Css("html")).await.unwrap();
        let element = self.visible(css).await;
        element.click().await.unwrap();
        self.leaves(before).await;
        self.fits().await;
    }

    /// Presses the button of a form that stands behind a question, which is asked first.
    pub async fn is_sure(&self, form: &str) {
        self.touches(&format!("details:has({form}) > summary")).await;
        self.presses(&format!("{form} button")).await;
    }

    /// Presses something that leads nowhere: it opens or ticks something on this page.
    pub async fn touches(&self, css: &str) {
        self.visible(css).await.click().await.unwrap();
    }

    /// Waits until the page that an element stood on is gone.
    async fn leaves(&self, before: Element) {
        let deadline = std::time::Instant::now() + PATIENCE;
        while before.tag_name().await.is_ok() {
            if std::time::Instant::now() > deadline {
                panic!("{} stays:\n{}", self.path().await, self.text().await);
            }
            tokio::task::yield_now().await;
        }
        self.find("body").await;
    }

    /// Nothing on the page is wider than the window.
    async fn fits(&self) {
        let wide = self.client.execute("return document.documentElement.scrollWidth", vec![]).await.unwrap();
        let wide = wide.as_u64().unwrap_or_default();
        assert!(wide <= u64::from(self.width), "{} is {wide} px wide in a window of {}", self.path().await, self.width);
    }
}
