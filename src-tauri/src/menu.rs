//! The native menu. Each entry of ours is an event the UI answers like its own button.

use app::report::locale::{Catalogue, Language};
use tauri::AppHandle;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};

/// The one entry that the window answers itself.
pub const QUIT: &str = "quit";

pub fn build(handle: &AppHandle) -> tauri::Result<Menu<tauri::Wry>> {
    let language = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|tag| tag.parse::<Language>().ok())
        .unwrap_or_default();
    let catalogue = Catalogue::new(language);
    let item = |id: &str, keys: Option<&str>| {
        let builder = MenuItemBuilder::with_id(id, catalogue.plain(&format!("menu-{id}")));
        match keys {
            Some(keys) => builder.accelerator(keys).build(handle),
            None => builder.build(handle),
        }
    };
    let file = SubmenuBuilder::new(handle, catalogue.plain("menu-file"))
        .item(&item("new", Some("CmdOrCtrl+N"))?)
        .item(&item("open", Some("CmdOrCtrl+O"))?)
        .item(&item("sample", None)?)
        .separator()
        .item(&item("import", Some("CmdOrCtrl+I"))?)
        .item(&item("backup", None)?)
        .separator()
        .item(&item("close", None)?)
        // The system's own entry is grey where the desktop has no such thing.
        .item(&item(QUIT, Some("CmdOrCtrl+Q"))?)
        .build()?;
    // Without these, a webview on macOS has no clipboard shortcuts.
    let edit = SubmenuBuilder::new(handle, catalogue.plain("menu-edit")).cut().copy().paste().select_all().build()?;
    let help = SubmenuBuilder::new(handle, catalogue.plain("menu-help"))
        .item(&item("guide", Some("F1"))?)
        .item(&item("shortcuts", None)?)
        .build()?;
    MenuBuilder::new(handle).items(&[&file, &edit, &help]).build()
}
