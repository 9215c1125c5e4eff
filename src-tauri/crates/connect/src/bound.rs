//! A key together with the one place it may be sent to.

use crate::Secret;
use crate::http::{HttpError, address};

/// Written to the keychain whole: the workspace file, which others may change, has no say in where a key goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundKey {
    origin: String,
    key: Secret,
}

/// Scheme, host and port of an endpoint: who gets what is sent there.
fn origin(endpoint: &str) -> Result<String, HttpError> {
    Ok(address(endpoint)?.origin().ascii_serialization())
}

impl BoundKey {
    /// # Errors
    /// [`HttpError`], where the endpoint is no address a key may be sent to.
    pub fn new(endpoint: &str, key: &str) -> Result<Self, HttpError> {
        Ok(Self { origin: origin(endpoint)?, key: Secret::new(key) })
    }

    /// The key, if it was saved for this endpoint's place.
    pub fn key_for(&self, endpoint: &str) -> Option<&Secret> {
        origin(endpoint).is_ok_and(|origin| origin == self.origin).then_some(&self.key)
    }

    /// Neither an origin nor a key has a line's end in it.
    pub(crate) fn written(&self) -> Secret {
        Secret::new(format!("{}\n{}", self.origin, self.key.reveal()))
    }

    /// A key kept without its place, by an earlier version, was saved for none.
    pub(crate) fn read(kept: &Secret) -> Self {
        let (origin, key) = kept.reveal().split_once('\n').unwrap_or(("", kept.reveal()));
        Self { origin: origin.to_owned(), key: Secret::new(key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_for_the_scheme_host_and_port_it_was_saved_for() {
        let bound = BoundKey::new("https://models.example/v1", "sk").unwrap();
        let kept = BoundKey::read(&bound.written());
        assert_eq!(kept, bound);
        assert_eq!(kept.key_for("https://MODELS.example:443/v2/"), Some(&Secret::new("sk")));
        for other in
            ["https://models.example:8443/v1", "https://models.example.evil/v1", "http://localhost/v1", "", "models"]
        {
            assert_eq!(kept.key_for(other), None, "{other}");
        }
        assert_eq!(BoundKey::read(&Secret::new("sk")).key_for("https://models.example/v1"), None);
    }
}
