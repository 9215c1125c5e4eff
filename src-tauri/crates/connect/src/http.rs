//! One bounded GET.

use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::{Client, StatusCode, Url, redirect};

use crate::Secret;

#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("this is not an address")]
    Address,
    /// Plain HTTP is spoken with this machine only.
    #[error("this address is not encrypted")]
    NotEncrypted,
    /// A name, password, query or fragment: where keys are pasted that belong elsewhere.
    #[error("this address carries more than a place")]
    CarriesMore,
    #[error("the server could not be reached: {0}")]
    Unreachable(String),
    #[error("the server took too long")]
    TimedOut,
    #[error("the key was refused")]
    Refused,
    #[error("the server answered {0}")]
    Status(u16),
    #[error("the answer is larger than {0} MB")]
    TooLarge(u64),
}

/// How long a request may take in all.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// An address as typed, checked: HTTPS, or HTTP on this machine, and nothing in it but the place.
///
/// # Errors
/// [`HttpError::Address`], [`HttpError::NotEncrypted`], [`HttpError::CarriesMore`].
pub fn address(text: &str) -> Result<Url, HttpError> {
    let url = Url::parse(text.trim()).map_err(|_| HttpError::Address)?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(HttpError::CarriesMore);
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let local = is_local(&url);
    match url.scheme() {
        "https" if !host.is_empty() => Ok(url),
        "http" if local => Ok(url),
        "http" if !host.is_empty() => Err(HttpError::NotEncrypted),
        _ => Err(HttpError::Address),
    }
}

fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Fetches an address, with a bearer key if given, up to `limit` bytes. Redirects stay within the origin, so that a
/// key is never sent elsewhere.
///
/// # Errors
/// [`HttpError`]; none names the key.
pub async fn get(url: Url, key: Option<&Secret>, limit: u64) -> Result<Vec<u8>, HttpError> {
    let origin = url.origin();
    let policy = redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() > 5 || attempt.url().origin() != origin { attempt.stop() } else { attempt.follow() }
    });
    let mut builder = Client::builder();
    if is_local(&url) {
        // What is not encrypted does not leave this machine, not to a proxy either.
        builder = builder.no_proxy();
    }
    let client = builder
        .timeout(TIME_LIMIT)
        .redirect(policy)
        .user_agent(concat!("quarterdeck/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(failed)?;
    let mut request = client.get(url).header(ACCEPT, "application/json");
    if let Some(key) = key {
        request = request.bearer_auth(key.reveal());
    }
    let mut response = request.send().await.map_err(failed)?;
    match response.status() {
        status if status.is_success() => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(HttpError::Refused),
        status => return Err(HttpError::Status(status.as_u16())),
    }
    let too_large = || HttpError::TooLarge(limit >> 20);
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() as u64 + chunk.len() as u64 > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn failed(error: reqwest::Error) -> HttpError {
    if error.is_timeout() {
        return HttpError::TimedOut;
    }
    // The innermost cause says what happened ("connection refused"); the outer ones repeat the address.
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    HttpError::Unreachable(cause.to_string())
}
