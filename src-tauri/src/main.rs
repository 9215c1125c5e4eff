//! The window. It carries commands between the UI and `app`, and owns what only a window has: menu, dialogs, single
//! instance, window state. No rules live here.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::ffi::OsString;
use std::path::PathBuf;

use app::{App, Config, folders};
use tauri::{Emitter, Manager};

mod menu;
mod rpc;

/// A fixed "now" in RFC 3339, for reproducible screenshots and tests.
const NOW: &str = "QUARTERDECK_NOW";

fn main() {
    let builder = tauri::Builder::default();
    let builder = if has_session_bus() {
        builder.plugin(tauri_plugin_single_instance::init(|handle, arguments, folder| {
            if let Some(window) = handle.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
            if let Some(path) =
                workspace_argument(arguments.into_iter().map(OsString::from), Some(PathBuf::from(folder)))
            {
                rpc::open_path(handle, path);
            }
        }))
    } else {
        builder
    };
    let outcome = builder
        .plugin(tauri_plugin_log::Builder::new().level(log::LevelFilter::Info).build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .setup(|tauri| {
            let now = std::env::var(NOW).ok().and_then(|text| text.parse().ok());
            let app = App::new(Config { data_dir: folders::data_dir(), folder: folders::documents_dir(), now });
            app.be_a_window();
            rpc::forward_changes(&app, tauri.handle());
            tauri.manage(rpc::open_first(&app, workspace_argument(std::env::args_os(), std::env::current_dir().ok())));
            tauri.manage(app);
            tauri.set_menu(menu::build(tauri.handle())?)?;
            tauri.on_menu_event(|handle, event| {
                if event.id().as_ref() == menu::QUIT {
                    return close_all(handle);
                }
                let _ = handle.emit("menu", event.id().as_ref());
            });
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![rpc::rpc, rpc::job])
        .build(tauri::generate_context!());
    match outcome {
        Ok(tauri) => tauri.run(|handle, event| {
            if let tauri::RunEvent::Exit = event {
                // Checkpoints the write-ahead log, so that the file alone is the whole workspace.
                let app = handle.state::<std::sync::Arc<App>>().inner().clone();
                tauri::async_runtime::block_on(async move { app.shut_down().await });
            }
        }),
        Err(error) => {
            eprintln!("Quarterdeck could not open its window: {error}");
            std::process::exit(1);
        }
    }
}

/// As the window's own button does: what is still being typed is written first.
fn close_all(handle: &tauri::AppHandle) {
    for window in handle.webview_windows().values() {
        if let Err(error) = window.close() {
            log::warn!("a window did not close: {error}");
        }
    }
}

/// The first argument that is no option, made absolute.
fn workspace_argument(arguments: impl Iterator<Item = OsString>, folder: Option<PathBuf>) -> Option<PathBuf> {
    let is_path = |argument: &OsString| !argument.is_empty() && !argument.as_encoded_bytes().starts_with(b"-");
    let path = arguments.skip(1).find(is_path)?;
    Some(folder.unwrap_or_default().join(path))
}

/// The single-instance lock lives on the session bus; without one, as in a container, there is nothing to lock with.
fn has_session_bus() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || runtime.is_some_and(|folder| folder.join("bus").exists())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn an_argument_that_is_no_text_is_a_path_like_another() {
        let odd = OsString::from_vec(b"gr\xfcn.quarterdeck".to_vec());
        let arguments = ["quarterdeck-desktop".into(), "--flag".into(), OsString::new(), odd.clone()];
        let folder = PathBuf::from("/home/ada");
        assert_eq!(workspace_argument(arguments.into_iter(), Some(folder.clone())), Some(folder.join(odd)));
    }
}
