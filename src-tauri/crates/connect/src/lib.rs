//! The outside: a provider's HTTP interface and the operating system's keychain. Invariants:
//!
//! - Nothing here is called unless a person asked for it: the product works with no network.
//! - A secret lives in the keychain only. It is written, read back to make sure, and never returned to a caller that shows
//!   or stores it; [`Secret`] does not print.
//! - A key is sent only to the scheme, host and port it was saved for. No error repeats an address: a key may have been
//!   pasted as one.
//! - Every request has an end: a time limit, a size limit, no redirect to another place.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bound;
pub mod http;
pub mod keychain;
pub mod models;
mod secret;

pub use bound::BoundKey;
pub use keychain::{Keychain, KeychainError};
pub use secret::Secret;
