//! The peer of our own start: a Tauri window that shows one line of text and does nothing else.

fn main() {
    let outcome = tauri::Builder::default().run(tauri::generate_context!("perf/empty-window/tauri.conf.json"));
    if let Err(error) = outcome {
        eprintln!("{error}");
    }
}
