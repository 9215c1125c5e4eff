//! Secrets in the operating system's keychain.

use crate::bound::BoundKey;
use crate::secret::Secret;

/// Name of our entries among those of other programs.
const SERVICE: &str = "app.quarterdeck.desktop";

/// Why the keychain did not do it. No variant carries the secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain service is running; a restart of the application is needed once there is one.
    #[error("there is no keychain: {0}")]
    Unavailable(String),
    #[error("the keychain is locked")]
    Locked,
    /// Written without complaint, but not there when read back.
    #[error("the keychain did not keep the secret")]
    NotKept,
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// The keychain's entries of this application.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keychain;

fn explain(error: keyring::Error) -> KeychainError {
    match error {
        keyring::Error::NoDefaultStore => KeychainError::Unavailable("no store".to_owned()),
        keyring::Error::NoStorageAccess(_) => KeychainError::Locked,
        keyring::Error::PlatformFailure(cause) => KeychainError::Unavailable(cause.to_string()),
        other => KeychainError::Failed(other.to_string()),
    }
}

impl Keychain {
    fn entry(account: &str) -> Result<keyring::Entry, KeychainError> {
        keyring::Entry::new(SERVICE, account).map_err(explain)
    }

    /// Keeps a key and reads it back: some keychains accept a secret and forget it.
    ///
    /// # Errors
    /// [`KeychainError`]; nothing is kept anywhere else then.
    pub fn save(&self, account: &str, bound: &BoundKey) -> Result<(), KeychainError> {
        let entry = Self::entry(account)?;
        entry.set_password(bound.written().reveal()).map_err(explain)?;
        match self.load(account)? {
            Some(kept) if kept == *bound => Ok(()),
            _ => Err(KeychainError::NotKept),
        }
    }

    /// The key, if there is one.
    ///
    /// # Errors
    /// [`KeychainError`]
    pub fn load(&self, account: &str) -> Result<Option<BoundKey>, KeychainError> {
        match Self::entry(account)?.get_password() {
            Ok(text) => Ok(Some(BoundKey::read(&Secret::new(text)))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(explain(error)),
        }
    }

    /// Forgets the secret; it is no error if there was none.
    ///
    /// # Errors
    /// [`KeychainError`]
    pub fn forget(&self, account: &str) -> Result<(), KeychainError> {
        match Self::entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(explain(error)),
        }
    }
}
