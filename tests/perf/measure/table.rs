//! The table of the window with twenty thousand rows, in the engine of the window, in a build for development that has such
//! rows. `npm --prefix ui run build:gallery` makes it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use quarterdeck_tests::window::Window;
use serde_json::Value;

use super::{Setting, line, median};

const SCRIPT: &str = include_str!("table.js");
const FRAME_MS: f64 = 8.0;
const ACT_MS: f64 = 50.0;

/// Answers with the files of a folder, to this machine only.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder));
        }
    });
    address
}

fn answer(mut stream: TcpStream, folder: &Path) -> Option<()> {
    let mut request = [0; 4096];
    let length = stream.read(&mut request).ok()?;
    let text = String::from_utf8_lossy(&request[..length]).into_owned();
    let path = text.split_whitespace().nth(1)?.split(['?', '#']).next()?.trim_start_matches('/').to_owned();
    let path = if path.is_empty() { "index.html".to_owned() } else { path };
    let kind = match path.rsplit('.').next()? {
        "html" => "text/html",
        "js" | "mjs" => "text/javascript",
        "css" => "text/css",
        _ => "application/octet-stream",
    };
    let (status, bytes) = match std::fs::read(folder.join(path)) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

pub async fn compare(setting: &Setting) {
    let built = Path::new("ui/dist-gallery");
    assert!(built.join("index.html").is_file(), "npm --prefix ui run build:gallery makes {}", built.display());
    let folder = std::path::absolute(setting.fresh("table")).unwrap();
    let address = serve(built.to_owned());
    let window = Window::page(&folder, &format!("{address}/#/gallery/table")).await;
    window.driver.set_script_timeout(Duration::from_secs(120)).await.unwrap();
    window.find("large").await;
    // A person looks before they click.
    tokio::time::sleep(Duration::from_secs(3)).await;
    // The first pass finds what later ones know: the order of each column, the words of each row.
    let first = window.driver.execute_async(SCRIPT, vec![]).await.unwrap().json().clone();
    let figures = window.driver.execute_async(SCRIPT, vec![]).await.unwrap().json().clone();
    window.close().await;
    println!("  {} of {}", figures["fling"]["rows"], figures["total"]);
    for (name, step) in [("wheel", "4 rows a frame"), ("fling", "15 rows a frame")] {
        let times = numbers(&figures[name]["times"]);
        let (usual, worst, blank) = (median(times.clone()), largest(&times), &figures[name]["blank"]);
        let mut sorted = times.clone();
        sorted.sort_by(f64::total_cmp);
        let most = sorted[sorted.len() * 99 / 100];
        line(
            &format!("script of a frame scrolled by {step}"),
            &format!("{usual:.1} ms, 99 % under {most:.1}, at most {worst:.1}"),
            &format!("{FRAME_MS} ms"),
            most < FRAME_MS,
        );
        line("frames of them with a blank row", &blank.to_string(), "0", blank == &Value::from(0));
    }
    for (when, figures) in [("the first time", &first), ("again", &figures)] {
        for column in ["Model", "Input", "Vendor"] {
            act(&format!("20,000 rows sorted by {column}, {when}: up, down, as they came"), &figures["sorts"][column]);
        }
        act(&format!("20,000 rows filtered {when}, a word at a time"), &figures["filters"]);
    }
}

fn act(what: &str, times: &Value) {
    let times = numbers(times);
    let figure = times.iter().map(|time| format!("{time:.0}")).collect::<Vec<_>>().join(", ");
    line(what, &format!("{figure} ms"), "50 ms", largest(&times) < ACT_MS);
}
