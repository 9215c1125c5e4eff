//! SHA-256 in hex: how files and documents are told apart.

use sha2::{Digest, Sha256};

pub fn hash_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Several files as one: their bytes one after the other, in the order given.
///
/// # Errors
/// The disk's.
pub fn of_files(paths: &[std::path::PathBuf]) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    for path in paths {
        std::io::copy(&mut std::fs::File::open(path)?, &mut digest)?;
    }
    Ok(hex(&digest.finalize()))
}
