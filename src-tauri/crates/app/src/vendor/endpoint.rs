//! A vendor's endpoint: its key in the keychain, and the models it offers. Only on a person's request.

use std::collections::HashSet;

use connect::http::HttpError;
use connect::{BoundKey, Keychain, KeychainError};
use domain::id::VendorId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::VendorRef;
use crate::job::Unit;
use crate::{AppError, Context, Result};

/// A key on its way into the keychain. It is not logged, stored or returned.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct KeyDraft {
    pub id: VendorId,
    pub key: String,
}

/// Whether a key is kept; never the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    Stored,
    NotStored,
    /// One is kept, for another place than the endpoint named now. It is not sent there.
    OtherOrigin,
    /// No keychain is running, or it is locked: keys cannot be kept.
    NoKeychain,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferedModels {
    pub models: Vec<OfferedModel>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedModel {
    pub name: String,
    /// The price book has a price for it today.
    pub priced: bool,
}

fn account(id: VendorId) -> String {
    format!("vendor:{id}")
}

/// The keychain's own calls block.
async fn keychain<T: Send + 'static>(
    work: impl FnOnce(Keychain) -> std::result::Result<T, KeychainError> + Send + 'static,
) -> Result<T> {
    let outcome = tokio::task::spawn_blocking(move || work(Keychain)).await;
    Ok(outcome.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// Which endpoint a vendor's record names.
async fn endpoint_of(context: &Context, id: VendorId) -> Result<String> {
    let store = context.store().await?;
    let vendor = store::vendor::get(&mut *store.read().await?, id).await?;
    Ok(vendor.details.endpoint)
}

/// Why an endpoint as typed cannot be saved; the text itself is not repeated, it may be a key.
pub(crate) fn refusal(endpoint: &str) -> Option<&'static str> {
    if endpoint.trim().is_empty() {
        return None;
    }
    match connect::http::address(endpoint) {
        Ok(_) => None,
        Err(HttpError::NoHost) => Some("address-without-host"),
        Err(HttpError::Scheme) => Some("address-not-web"),
        Err(HttpError::NotEncrypted) => Some("not-encrypted"),
        Err(HttpError::Credentials) => Some("address-has-credentials"),
        Err(HttpError::CarriesMore) => Some("address-carries-more"),
        Err(_) => Some("not-an-address"),
    }
}

/// A vendor's page as it is kept.
///
/// # Errors
/// The code of what is wrong with it.
pub(crate) fn website(text: &str) -> std::result::Result<String, &'static str> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    connect::http::website(text).map_err(|error| match error {
        HttpError::NoHost => "address-without-host",
        HttpError::Scheme => "address-not-web",
        HttpError::Credentials => "address-has-credentials",
        _ => "not-a-website",
    })
}

pub async fn vendor_key(context: &Context, input: VendorRef) -> Result<KeyState> {
    let endpoint = endpoint_of(context, input.id).await?;
    match keychain(move |chain| chain.load(&account(input.id))).await {
        Ok(Some(kept)) if kept.key_for(&endpoint).is_some() => Ok(KeyState::Stored),
        Ok(Some(_)) => Ok(KeyState::OtherOrigin),
        Ok(None) => Ok(KeyState::NotStored),
        Err(AppError::Keychain(_)) => Ok(KeyState::NoKeychain),
        Err(error) => Err(error),
    }
}

pub async fn vendor_key_save(context: &Context, draft: KeyDraft) -> Result<KeyState> {
    let key = draft.key.trim().to_owned();
    if key.is_empty() {
        return Err(AppError::field("key", "required"));
    }
    if key.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(AppError::field("key", "not-a-key"));
    }
    let endpoint = endpoint_of(context, draft.id).await?;
    if endpoint.trim().is_empty() {
        return Err(AppError::field("endpoint", "needed-for-key"));
    }
    let bound = BoundKey::new(&endpoint, &key).map_err(connect::models::ModelsError::from)?;
    keychain(move |chain| chain.save(&account(draft.id), &bound)).await?;
    Ok(KeyState::Stored)
}

pub async fn vendor_key_forget(_: &Context, input: VendorRef) -> Result<KeyState> {
    keychain(move |chain| chain.forget(&account(input.id))).await?;
    Ok(KeyState::NotStored)
}

/// Asks the endpoint which models the key may use.
pub async fn vendor_models(context: &Context, input: VendorRef) -> Result<OfferedModels> {
    let store = context.store().await?;
    let (vendor, prices) = {
        let mut snapshot = store.read().await?;
        (store::vendor::get(&mut snapshot, input.id).await?, store::price::book(&mut snapshot).await?)
    };
    let endpoint = vendor.details.endpoint.trim().to_owned();
    if endpoint.is_empty() {
        return Err(AppError::field("endpoint", "required"));
    }
    context.progress.report("asking", 0, None, Unit::Steps);
    // An endpoint of one's own may need no key, so that an unavailable keychain is no reason to stop.
    let kept = keychain(move |chain| chain.load(&account(input.id))).await.unwrap_or(None);
    let key = kept.as_ref().and_then(|kept| kept.key_for(&endpoint));
    if kept.is_some() && key.is_none() {
        return Err(AppError::refused("endpoint-other-origin"));
    }
    let names = connect::models::offered(vendor.details.protocol, &endpoint, key).await?;
    let now = context.now();
    let vendors: HashSet<&str> = vendor.details.provider_keys.iter().map(String::as_str).collect();
    let priced = |name: &str| {
        let mut asked = vendors.iter().copied().chain([""]);
        asked.any(|vendor| prices.resolve(vendor, name, "standard", now).is_some())
    };
    Ok(OfferedModels { models: names.into_iter().map(|name| OfferedModel { priced: priced(&name), name }).collect() })
}
