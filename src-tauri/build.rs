//! Declares our two commands, so that the capability file has to allow them by name.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["rpc", "job"]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
