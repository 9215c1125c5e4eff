//! From starting the program to the first useful picture, beside a Tauri window that shows one line of text.
//!
//! Both are photographed on a virtual display. A picture is there when it differs from the one the window comes to rest with
//! in at most two of a hundred pixels. The useful one is Home down to its key figures: navigation, what needs attention,
//! what the quarter costs so far. The chart below them is drawn next, and timed as well.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use app::{App, Config};
use serde_json::json;

use super::{RUNS, Setting, call, line, median};

const RATIO: f64 = 1.4;
/// A window at rest stays the same this long; one that never rests is given up after the second.
const REST: Duration = Duration::from_millis(1_500);
const PATIENCE: Duration = Duration::from_secs(20);
const ALIKE: f64 = 0.02;
/// The screen's pixels begin behind a header of some 3 kB; every so many bytes of it are looked at.
const HEADER: usize = 4096;
const STEP: usize = 64;
/// Rows of the screen above Home's chart, in samples of a picture.
const ABOVE_CHART: usize = 430 * 1280 * 4 / STEP;

struct Display {
    server: Child,
    name: String,
    buffer: PathBuf,
}

impl Display {
    fn open(folder: &Path) -> Option<Self> {
        for number in 190..260 {
            let (name, socket) = (format!(":{number}"), format!("/tmp/.X11-unix/X{number}"));
            if Path::new(&socket).exists() {
                continue;
            }
            let mut command = Command::new("Xvfb");
            command.args([&name, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir"]).arg(folder);
            let server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
            let start = Instant::now();
            while !Path::new(&socket).exists() && start.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(10));
            }
            return Some(Self { server, name, buffer: folder.join("Xvfb_screen0") });
        }
        None
    }

    fn picture(&self) -> Vec<u8> {
        std::fs::read(&self.buffer).unwrap_or_default().into_iter().skip(HEADER).step_by(STEP).collect()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn difference(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).filter(|(a, b)| a != b).count() as f64 / b.len().max(1) as f64
}

/// What a start comes to.
struct First {
    /// Seconds until the upper part of the window shows what it comes to rest with.
    useful: f64,
    /// Seconds until all of it does.
    whole: f64,
    /// MB the program and the processes it started hold then, memory they share counted once.
    held: f64,
}

/// MB of a process and all that come from it: each page shared by several counts for each in part.
fn held_mb(root: u32) -> f64 {
    let read =
        |process: u32, name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let (mut open, mut kilobytes) = (vec![root], 0.0);
    while let Some(process) = open.pop() {
        let rollup = read(process, "smaps_rollup");
        let held =
            rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes += held.unwrap_or(0.0);
        let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
        for thread in threads {
            let children = std::fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            open.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
        }
    }
    kilobytes / 1e3
}

fn first_pictures(folder: &Path, program: &Path, arguments: &[PathBuf]) -> First {
    let screen = folder.join("screen");
    let home = folder.join("home");
    for path in [&screen, &home] {
        let _ = std::fs::remove_dir_all(path);
        std::fs::create_dir_all(path).unwrap();
    }
    let display = Display::open(&screen).expect("Xvfb is missing; ./dev bench installs it");
    let blank = display.picture();
    let start = Instant::now();
    let mut window = Command::new(program)
        .args(arguments)
        .env("DISPLAY", &display.name)
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("HOME", &home)
        .env("QUARTERDECK_DATA_DIR", home.join("data"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // (when, what) of every change.
    let mut pictures: Vec<(Duration, Vec<u8>)> = vec![(Duration::ZERO, blank)];
    while start.elapsed() < PATIENCE {
        let now = display.picture();
        let (since, last) = &pictures[pictures.len() - 1];
        if now != *last {
            pictures.push((start.elapsed(), now));
        } else if pictures.len() > 1 && start.elapsed() - *since > REST {
            break;
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    let held = held_mb(window.id());
    let _ = window.kill();
    let _ = window.wait();
    let last = &pictures[pictures.len() - 1].1;
    assert!(pictures.len() > 1, "{} shows nothing", program.display());
    let first = |samples: usize| {
        let upper = |picture: &[u8]| picture[..samples.min(picture.len())].to_vec();
        let found = pictures.iter().find(|(_, picture)| difference(&upper(picture), &upper(last)) <= ALIKE);
        found.map_or(f64::NAN, |(at, _)| at.as_secs_f64())
    };
    First { useful: first(ABOVE_CHART), whole: first(usize::MAX), held }
}

pub async fn compare(setting: &Setting) {
    let folder = setting.fresh("start");
    let sample = folder.join("sample.quarterdeck");
    let app = App::new(Config { data_dir: folder.join("data"), folder: None, now: None });
    call(&app, "workspace_sample", json!({ "path": sample })).await;
    drop(app);
    let release = std::env::current_exe().unwrap().with_file_name("");
    let ours = release.join("quarterdeck-desktop");
    let empty = release.join("examples/empty-window");
    let (mut mine, mut peers) = (Vec::new(), Vec::new());
    // The first of each only warms the disk cache.
    for run in 0..=RUNS {
        let peer = first_pictures(&folder, &empty, &[]);
        let own = first_pictures(&folder, &ours, std::slice::from_ref(&sample));
        if run > 0 {
            peers.push(peer);
            mine.push(own);
        }
    }
    let of = |starts: &[First], figure: fn(&First) -> f64| median(starts.iter().map(figure).collect());
    let (useful, whole, peer) = (of(&mine, |s| s.useful), of(&mine, |s| s.whole), of(&peers, |s| s.whole));
    let figure = format!("{useful:.2} s / {peer:.2} s = {:.2}", useful / peer);
    line("start to Home's deadlines and figures / an empty Tauri window", &figure, "1.4", useful / peer <= RATIO);
    line("to its chart", &format!("{whole:.2} s = {:.2}", whole / peer), "none", true);
    let (held, peer) = (of(&mine, |s| s.held), of(&peers, |s| s.held));
    let figure = format!("{held:.0} MB / {peer:.0} MB = {:.2}", held / peer);
    line("memory held then / by the empty window", &figure, "none", true);
}
