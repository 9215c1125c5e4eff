//! One bounded GET.

use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Client, StatusCode, Url, redirect};

#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("this is not an address")]
    Address,
    #[error("this address names no host")]
    NoHost,
    /// Neither HTTPS nor HTTP.
    #[error("this address is not one of the web")]
    Scheme,
    /// Plain HTTP is spoken with this machine only.
    #[error("this address is not encrypted")]
    NotEncrypted,
    /// A name or password: where keys are pasted that belong elsewhere.
    #[error("this address carries a name or password")]
    Credentials,
    /// A query or fragment: the same.
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
/// [`HttpError::Address`], [`HttpError::NoHost`], [`HttpError::Scheme`], [`HttpError::NotEncrypted`],
/// [`HttpError::Credentials`], [`HttpError::CarriesMore`].
pub fn address(text: &str) -> Result<Url, HttpError> {
    let url = web(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(HttpError::CarriesMore);
    }
    if url.scheme() == "http" && !is_local(&url) {
        return Err(HttpError::NotEncrypted);
    }
    Ok(url)
}

/// A page as typed: as it is, or with "https://" before it where only the host stands.
///
/// # Errors
/// [`HttpError::Address`], [`HttpError::NoHost`], [`HttpError::Scheme`], [`HttpError::Credentials`].
pub fn website(text: &str) -> Result<String, HttpError> {
    let text = text.trim();
    if text.contains("://") {
        return web(text).map(|_| text.to_owned());
    }
    if text.starts_with('/') {
        return Err(HttpError::NoHost);
    }
    let whole = format!("https://{text}");
    let url = web(&whole)?;
    // A word alone is no host that anybody means by it.
    if url.host_str().is_some_and(|host| host.contains('.')) { Ok(whole) } else { Err(HttpError::Address) }
}

/// An address of the web with a host, and without a name or password.
fn web(text: &str) -> Result<Url, HttpError> {
    let url = Url::parse(text.trim()).map_err(|error| match error {
        url::ParseError::EmptyHost => HttpError::NoHost,
        _ => HttpError::Address,
    })?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(HttpError::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(HttpError::Credentials);
    }
    if url.host_str().unwrap_or_default().is_empty() {
        return Err(HttpError::NoHost);
    }
    Ok(url)
}

fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Fetches an address with these headers, up to `limit` bytes. Redirects stay within the origin, so that a
/// key is never sent elsewhere.
///
/// # Errors
/// [`HttpError`]; none names the key.
pub async fn get(url: Url, headers: HeaderMap, limit: u64) -> Result<Vec<u8>, HttpError> {
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
    let request = client.get(url).headers(headers).header(ACCEPT, "application/json");
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
