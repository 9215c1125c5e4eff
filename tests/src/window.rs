//! The real window, driven through WebKitWebDriver.
//!
//! The native driver starts the program itself; `TAURI_WEBVIEW_AUTOMATION` makes its webview accept the driver. Where no
//! display is set, a virtual one is started.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::{NOW, program};

/// Longest a person would wait before thinking that nothing happens.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running window. Dropped, everything it started ends.
pub struct Window {
    pub driver: WebDriver,
    server: Child,
    display: Option<Child>,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for_port(port: u16) {
    let start = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE, "nothing listens on {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Starts a virtual display and returns its name.
fn virtual_display() -> (Child, String) {
    for number in 90..190 {
        if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
            continue;
        }
        let name = format!(":{number}");
        let mut child = Command::new("Xvfb")
            .args([&name, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing; ./dev test installs it");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
                return (child, name);
            }
            if child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
    panic!("no virtual display could be started");
}

impl Window {
    /// Opens the window, on a workspace if a path is given.
    pub async fn open(folder: &Path, workspace: Option<&Path>) -> Self {
        let (display, name) = match std::env::var("DISPLAY") {
            Ok(name) if !name.is_empty() => (None, name),
            _ => {
                let (child, name) = virtual_display();
                (Some(child), name)
            }
        };
        let arguments: Vec<String> = workspace.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let options = json!({ "binary": program("quarterdeck-desktop"), "args": arguments });
        Self::start(folder, display, &name, Some(options)).await
    }

    /// A page in the system's own WebKit, the engine of the window: for what only a build for development has.
    pub async fn page(folder: &Path, address: &str) -> Self {
        let (display, name) = virtual_display();
        let window = Self::start(folder, Some(display), &name, None).await;
        window.driver.goto(address).await.unwrap();
        window
    }

    async fn start(folder: &Path, display: Option<Child>, name: &str, options: Option<Value>) -> Self {
        let port = free_port();
        let server = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("DISPLAY", name)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("QUARTERDECK_DATA_DIR", folder.join("data"))
            .env("QUARTERDECK_NOW", NOW)
            .env("HOME", folder)
            .env("LANG", "en_US.UTF-8")
            // Two tests' windows must not take each other for a second start of the same one.
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("XDG_RUNTIME_DIR")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is missing; ./dev test installs it");
        wait_for_port(port);
        let mut capabilities = Capabilities::new();
        if let Some(options) = options {
            capabilities.set("webkitgtk:browserOptions", options).unwrap();
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.unwrap();
        Self { driver, server, display }
    }

    /// The element with this test id, once it is there and can be seen.
    pub async fn find(&self, testid: &str) -> WebElement {
        self.css(&format!("[data-testid=\"{testid}\"]")).await
    }

    pub async fn css(&self, selector: &str) -> WebElement {
        let start = Instant::now();
        loop {
            let query = self.driver.query(By::Css(selector)).wait(PATIENCE, Duration::from_millis(50));
            match query.and_displayed().first().await {
                Ok(element) => return element,
                // Drawn anew between being found and being looked at.
                Err(error)
                    if matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
                        || error.to_string().contains("stale") =>
                {
                    assert!(start.elapsed() < PATIENCE, "{selector} is drawn anew all the while");
                }
                Err(error) => panic!("{selector} did not appear: {error}\n{}", self.text().await),
            }
        }
    }

    pub async fn click(&self, testid: &str) {
        let element = self.find(testid).await;
        element.wait_until().wait(PATIENCE, Duration::from_millis(50)).enabled().await.unwrap();
        self.press_on(&element).await;
    }

    /// A dialog on its way out still lies over what is behind it: a person clicks once it is gone.
    async fn press_on(&self, element: &WebElement) {
        let start = Instant::now();
        while let Err(error) = element.click().await {
            let covered = matches!(error.as_inner(), WebDriverErrorInner::ElementClickIntercepted(_));
            assert!(covered && start.elapsed() < PATIENCE, "{error}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Types into a field, replacing what is there.
    pub async fn fill(&self, testid: &str, text: &str) {
        let field = self.find(testid).await;
        self.press_on(&field).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Waits until the page shows a text.
    pub async fn see(&self, text: &str) {
        let start = Instant::now();
        loop {
            let shown = self.text().await;
            if shown.contains(text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "“{text}” did not appear:\n{shown}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What a person can read on the page: the webview's own account, which also knows clipped text.
    pub async fn text(&self) -> String {
        match self.driver.execute("return document.body.innerText", vec![]).await {
            Ok(text) => text.json().as_str().unwrap_or_default().to_owned(),
            Err(_) => String::new(),
        }
    }

    /// Asks the core from within the page: what the window itself would get.
    pub async fn call(&self, command: &str, payload: Value) -> Value {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('rpc', { command: arguments[0], payload: arguments[1], lang: 'en' })
              .then((value) => done({ value }), (error) => done({ error }));";
        let outcome = self.driver.execute_async(script, vec![json!(command), payload]).await.unwrap();
        let outcome = outcome.json().clone();
        assert!(outcome.get("error").is_none(), "{command}: {outcome}");
        outcome["value"].clone()
    }

    /// Goes to an address of the window, "/contracts", and waits for what is there once it is drawn.
    pub async fn go(&self, address: &str, testid: &str) {
        self.driver.execute("location.hash = arguments[0]", vec![json!(address)]).await.unwrap();
        self.find(testid).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
    }

    /// What a script answers, run in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.driver.execute(script, arguments).await.unwrap().json().clone()
    }

    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(key).perform().await.unwrap();
    }

    pub async fn screenshot(&self, path: &Path) {
        self.driver.screenshot(path).await.unwrap();
    }

    /// Kills the program as a power cut would.
    pub fn kill(mut self) {
        let _ = Command::new("pkill").args(["-KILL", "-P", &self.server.id().to_string()]).status();
        std::thread::sleep(Duration::from_millis(200));
        self.stop();
        std::mem::forget(self);
    }

    pub async fn close(mut self) {
        let _ = self.driver.clone().quit().await;
        self.stop();
        std::mem::forget(self);
    }

    fn stop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        if let Some(display) = &mut self.display {
            let _ = display.kill();
            let _ = display.wait();
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = Command::new("pkill").args(["-KILL", "-P", &self.server.id().to_string()]).status();
        self.stop();
    }
}
