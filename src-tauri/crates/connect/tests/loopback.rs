//! Against a real server on this machine.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use connect::Secret;
use connect::http::{HttpError, address, website};
use connect::models::{ModelsError, offered};
use domain::vendor::Protocol::{self, OpenaiCompatible};

/// Answers one request with `response` and returns what was asked.
fn server(response: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut chunk = [0; 1024];
        while !request.windows(4).any(|w| w == b"\r\n\r\n") {
            let n = stream.read(&mut chunk).unwrap();
            request.extend_from_slice(&chunk[..n]);
        }
        stream.write_all(response.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    });
    (base, thread)
}

#[tokio::test]
async fn the_models_of_an_endpoint_are_listed_with_the_key_in_its_header() {
    let body = r#"{"object":"list","data":[{"id":"b"},{"id":"a"},{"id":"b"}]}"#;
    let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    let (base, thread) = server(response.leak());
    assert_eq!(offered(OpenaiCompatible, &base, Some(&Secret::new("sk-canary"))).await.unwrap(), ["a", "b"]);
    let request = thread.join().unwrap();
    assert!(request.starts_with("GET /v1/models HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer sk-canary\r\n"), "{request}");
}

#[tokio::test]
async fn a_refused_key_a_wrong_answer_and_a_dead_server_are_told_apart_without_naming_the_key() {
    let key = Secret::new("sk-canary");
    let ask = async |response| {
        let (base, thread) = server(response);
        let error = offered(OpenaiCompatible, &base, Some(&key)).await.unwrap_err();
        thread.join().unwrap();
        assert!(!format!("{error:?} {error}").contains("canary"));
        error
    };
    let unauthorized = ask("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    assert!(matches!(unauthorized, ModelsError::Http(HttpError::Refused)), "{unauthorized:?}");
    let busy = ask("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    assert!(matches!(busy, ModelsError::Http(HttpError::Status(503))), "{busy:?}");
    let page = ask("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>").await;
    assert!(matches!(page, ModelsError::NotAList), "{page:?}");
    let endless = ask("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n").await;
    assert!(matches!(endless, ModelsError::Http(HttpError::TooLarge(4))), "{endless:?}");
    let away = ask(
        "HTTP/1.1 302 Found\r\nLocation: http://localhost:1/steal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(matches!(away, ModelsError::Http(HttpError::Status(302))), "{away:?}");
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = offered(OpenaiCompatible, &format!("http://{dead}/v1"), None).await.unwrap_err();
    assert!(matches!(gone, ModelsError::Http(HttpError::Unreachable(_))), "{gone:?}");
}

#[test]
fn only_encrypted_addresses_leave_this_machine() {
    assert!(address("https://models.example/v1").is_ok());
    assert!(address("http://localhost:4000/v1").is_ok());
    assert!(address("http://[::1]:4000/v1").is_ok());
    assert!(matches!(address("http://models.example/v1"), Err(HttpError::NotEncrypted)));
    assert!(matches!(address("file:///etc/passwd"), Err(HttpError::Scheme)));
    assert!(matches!(address("https://"), Err(HttpError::NoHost)));
    assert!(matches!(address("models"), Err(HttpError::Address)));
}

#[test]
fn an_address_that_carries_a_key_is_refused_and_not_repeated() {
    for text in
        ["https://sk-canary@models.example/v1", "https://u:sk-canary@h/v1", "https://h/v1?k=sk-canary", "sk-canary"]
    {
        let error = address(text).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
    }
    assert!(matches!(address("https://models.example/v1#sk-canary"), Err(HttpError::CarriesMore)));
    assert!(matches!(address("https://sk-canary@models.example/v1"), Err(HttpError::Credentials)));
}

#[tokio::test]
async fn each_protocol_is_asked_as_it_wants_to_be() {
    let openai = r#"{"data":[{"id":"b"},{"id":"a"}]}"#;
    let google = r#"{"models":[{"name":"models/b"},{"name":"a"}]}"#;
    for (protocol, body, asked, header) in [
        (Protocol::OpenaiCompatible, openai, "GET /v1/models HTTP", "authorization: Bearer sk-canary"),
        (Protocol::AzureOpenai, openai, "GET /v1/models HTTP", "api-key: sk-canary"),
        (Protocol::Anthropic, openai, "GET /v1/models?limit=1000 HTTP", "x-api-key: sk-canary"),
        (Protocol::Google, google, "GET /v1/models?pageSize=1000 HTTP", "x-goog-api-key: sk-canary"),
    ] {
        let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        let (base, thread) = server(response.leak());
        assert_eq!(
            offered(protocol, &base, Some(&Secret::new("sk-canary"))).await.unwrap(),
            ["a", "b"],
            "{protocol:?}"
        );
        let request = thread.join().unwrap();
        assert!(request.starts_with(asked) && request.contains(&format!("{header}\r\n")), "{protocol:?}: {request}");
        assert_eq!(request.matches("sk-canary").count(), 1, "{request}");
        assert_eq!(request.contains("anthropic-version: 2023-06-01"), protocol == Protocol::Anthropic);
    }
    assert!(matches!(offered(Protocol::Other, "https://h/v1", None).await, Err(ModelsError::NoList)));
}

#[test]
fn a_website_is_a_page_of_the_web_and_its_scheme_may_be_left_out() {
    for (text, kept) in [
        ("https://example.com", "https://example.com"),
        (" http://intranet/vendors?id=1#top ", "http://intranet/vendors?id=1#top"),
        ("example.com", "https://example.com"),
        ("www.example.com/about", "https://www.example.com/about"),
        ("bücher.example:8443", "https://bücher.example:8443"),
        ("127.0.0.1", "https://127.0.0.1"),
    ] {
        assert_eq!(website(text).unwrap(), kept);
    }
    for text in [
        "none",
        "our wiki",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "a@example.com",
        "ftp://example.com",
        "https://",
        "https://u:p@example.com",
        "file:///etc/passwd",
        "example.com:99999",
        "//example.com//",
    ] {
        assert!(website(text).is_err(), "{text}");
    }
}
