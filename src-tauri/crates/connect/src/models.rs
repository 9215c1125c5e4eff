//! Which models an endpoint offers: one GET, as each protocol has it.

use domain::vendor::Protocol;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use crate::Secret;
use crate::http::{self, HttpError};

/// A list of models is small; anything larger is something else.
const LIMIT: u64 = 4 << 20;

/// What Anthropic asks every request to name.
const ANTHROPIC_VERSION: (&str, &str) = ("anthropic-version", "2023-06-01");

#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("the answer is not a list of models")]
    NotAList,
    /// Nobody knows how to ask.
    #[error("the protocol has no list of models")]
    NoList,
}

#[derive(Deserialize)]
struct List {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
}

#[derive(Deserialize)]
struct GoogleList {
    models: Vec<GoogleModel>,
}

#[derive(Deserialize)]
struct GoogleModel {
    /// "models/gemini-2.5-pro"
    name: String,
}

/// Names of the models a key may use at an endpoint, sorted. `base` is the address that ends in a version, such as
/// "http://127.0.0.1:4000/v1".
///
/// # Errors
/// [`ModelsError`]
pub async fn offered(protocol: Protocol, base: &str, key: Option<&Secret>) -> Result<Vec<String>, ModelsError> {
    let mut url = http::address(base)?;
    let path = format!("{}/models", url.path().trim_end_matches('/'));
    url.set_path(&path);
    let mut headers = HeaderMap::new();
    // One page holds all the models there are anywhere so far.
    let (header, before_key, page) = match protocol {
        Protocol::OpenaiCompatible => (AUTHORIZATION, "Bearer ", None),
        Protocol::Anthropic => {
            let (name, version) = ANTHROPIC_VERSION;
            headers.insert(name, HeaderValue::from_static(version));
            (HeaderName::from_static("x-api-key"), "", Some("limit=1000"))
        }
        Protocol::Google => (HeaderName::from_static("x-goog-api-key"), "", Some("pageSize=1000")),
        Protocol::AzureOpenai => (HeaderName::from_static("api-key"), "", None),
        Protocol::Other => return Err(ModelsError::NoList),
    };
    url.set_query(page);
    if let Some(key) = key {
        let text = format!("{before_key}{}", key.reveal());
        // What no header can hold is no key of anybody's.
        let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| HttpError::Refused)?;
        value.set_sensitive(true);
        headers.insert(header, value);
    }
    let body = http::get(url, headers, LIMIT).await?;
    let mut names = names(protocol, &body).ok_or(ModelsError::NotAList)?;
    names.sort();
    names.dedup();
    Ok(names)
}

fn names(protocol: Protocol, body: &[u8]) -> Option<Vec<String>> {
    if protocol == Protocol::Google {
        let list: GoogleList = serde_json::from_slice(body).ok()?;
        let plain = |name: String| name.strip_prefix("models/").map_or(name.clone(), str::to_owned);
        return Some(list.models.into_iter().map(|model| plain(model.name)).collect());
    }
    let list: List = serde_json::from_slice(body).ok()?;
    Some(list.data.into_iter().map(|model| model.id).collect())
}
