//! Against a real server on this machine.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use connect::Secret;
use connect::http::{HttpError, address};
use connect::models::{ModelsError, offered};

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
    assert_eq!(offered(&base, Some(&Secret::new("sk-canary"))).await.unwrap(), ["a", "b"]);
    let request = thread.join().unwrap();
    assert!(request.starts_with("GET /v1/models HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer sk-canary\r\n"), "{request}");
}

#[tokio::test]
async fn a_refused_key_a_wrong_answer_and_a_dead_server_are_told_apart_without_naming_the_key() {
    let key = Secret::new("sk-canary");
    let ask = async |response| {
        let (base, thread) = server(response);
        let error = offered(&base, Some(&key)).await.unwrap_err();
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
    let gone = offered(&format!("http://{dead}/v1"), None).await.unwrap_err();
    assert!(matches!(gone, ModelsError::Http(HttpError::Unreachable(_))), "{gone:?}");
}

#[test]
fn only_encrypted_addresses_leave_this_machine() {
    assert!(address("https://models.example/v1").is_ok());
    assert!(address("http://localhost:4000/v1").is_ok());
    assert!(address("http://[::1]:4000/v1").is_ok());
    assert!(matches!(address("http://models.example/v1"), Err(HttpError::NotEncrypted)));
    assert!(matches!(address("file:///etc/passwd"), Err(HttpError::Address)));
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
}
