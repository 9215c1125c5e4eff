//! One mapping from every crate's error to what crosses the wire.
//!
//! A code exists only if a person or the UI acts on it; its sentence is `error-<code>` in the catalogue. The cause goes to
//! the log under the id shown.

use std::collections::BTreeMap;

use connect::KeychainError;
use connect::http::HttpError;
use connect::models::ModelsError;
use ingest::IngestError;
use report::ReportError;
use report::locale::{Catalogue, FluentValue};
use serde::{Deserialize, Serialize};
use store::{StoreError, sqlite};
use ts_rs::TS;
use uuid::Uuid;

pub type Result<T> = std::result::Result<T, AppError>;

/// A failed command as the UI and the command line see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WireError {
    pub code: String,
    pub params: BTreeMap<String, String>,
    pub fields: Vec<FieldError>,
    pub retryable: bool,
    pub log_id: String,
}

impl WireError {
    /// The error as a sentence.
    pub fn sentence(&self, catalogue: &Catalogue) -> String {
        let args: Vec<(&str, FluentValue<'_>)> =
            self.params.iter().map(|(name, text)| (name.as_str(), text.as_str().into())).collect();
        catalogue.text(&format!("error-{}", self.code), &args)
    }
}

/// What is wrong with one field of a form: a message `field-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    pub field: String,
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl FieldError {
    pub(crate) fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), params: BTreeMap::new() }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Something the person can put right.
    #[error("{code} {params:?}")]
    Refused { code: &'static str, params: BTreeMap<String, String> },
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    MissingRate(#[from] domain::fx::MissingRate),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    #[error(transparent)]
    Endpoint(#[from] ModelsError),
    #[error("the command's payload does not fit: {0}")]
    Payload(String),
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    pub fn refused(code: &'static str) -> Self {
        Self::Refused { code, params: BTreeMap::new() }
    }

    pub fn with(self, name: &str, value: impl ToString) -> Self {
        match self {
            Self::Refused { code, mut params } => {
                params.insert(name.to_owned(), value.to_string());
                Self::Refused { code, params }
            }
            other => other,
        }
    }

    pub fn field(field: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }

    /// Whether a command found no workspace, or the one it worked on was closed under it.
    pub(crate) fn is_closed(&self) -> bool {
        match self {
            Self::Refused { code, .. } => *code == "no-workspace",
            Self::Store(StoreError::Sql(error)) => matches!(error, store::sqlx::Error::PoolClosed),
            _ => false,
        }
    }

    /// Logs the cause and makes the wire's error of it.
    pub fn wire(&self, command: &str) -> WireError {
        let log_id = Uuid::now_v7().simple().to_string()[20..].to_owned();
        let (code, params, fields, retryable) = self.parts();
        match self {
            AppError::Refused { .. } | AppError::Invalid(_) => log::info!("{log_id} {command}: {self}"),
            _ => log::error!("{log_id} {command}: {self:?}"),
        }
        WireError { code: code.to_owned(), params, fields, retryable, log_id }
    }

    fn parts(&self) -> (&str, BTreeMap<String, String>, Vec<FieldError>, bool) {
        let with = |params: &[(&str, String)]| -> BTreeMap<String, String> {
            params.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect()
        };
        let none = BTreeMap::new;
        match self {
            AppError::Refused { code, params } => (code, params.clone(), vec![], false),
            AppError::Invalid(fields) => ("invalid", none(), fields.clone(), false),
            AppError::Ingest(IngestError::File { code, params }) => (code, params.clone(), vec![], false),
            AppError::Ingest(IngestError::Cancelled) => ("cancelled", none(), vec![], false),
            AppError::Ingest(IngestError::Io(error)) => io(error),
            AppError::Report(error) => ("report-failed", with(&[("cause", error.to_string())]), vec![], false),
            AppError::MissingRate(missing) => (
                "missing-rate",
                with(&[
                    ("from", missing.from.to_string()),
                    ("to", missing.to.to_string()),
                    ("day", missing.on.to_string()),
                ]),
                vec![],
                false,
            ),
            AppError::Store(error) => match error {
                StoreError::NotAWorkspace(path) => ("not-a-workspace", with(&[("file", name(path))]), vec![], false),
                StoreError::Exists(path) => ("file-exists", with(&[("file", name(path))]), vec![], false),
                StoreError::Missing(path) => ("file-not-found", with(&[("path", name(path))]), vec![], false),
                StoreError::Gone(path) => ("workspace-gone", with(&[("file", name(path))]), vec![], false),
                StoreError::Replaced(path) => ("workspace-replaced", with(&[("file", name(path))]), vec![], false),
                StoreError::ReadOnly(path) => ("workspace-read-only", with(&[("file", name(path))]), vec![], false),
                StoreError::Newer { .. } => ("newer-schema", none(), vec![], false),
                StoreError::NotFound => ("not-found", none(), vec![], false),
                StoreError::Io(error) => io(error),
                error if error.is_damage() => ("damaged", none(), vec![], false),
                error => match error.sqlite_code() {
                    Some(sqlite::BUSY) => ("busy", none(), vec![], true),
                    Some(sqlite::FULL) => ("disk-full", none(), vec![], true),
                    Some(sqlite::IO) if error.is_unwritten() => ("disk-refuses", none(), vec![], true),
                    Some(sqlite::READONLY | sqlite::CANT_OPEN) => ("workspace-not-writable", none(), vec![], true),
                    Some(sqlite::IO) => ("io-failed", with(&[("cause", error.to_string())]), vec![], true),
                    _ => ("internal", none(), vec![], false),
                },
            },
            AppError::Keychain(error) => match error {
                KeychainError::Unavailable(_) => ("keychain-unavailable", none(), vec![], false),
                KeychainError::Locked => ("keychain-locked", none(), vec![], true),
                KeychainError::NotKept | KeychainError::Failed(_) => ("keychain-failed", none(), vec![], true),
            },
            AppError::Endpoint(ModelsError::NoList) => ("endpoint-no-list", none(), vec![], false),
            AppError::Endpoint(ModelsError::NotAList) => ("endpoint-not-a-list", none(), vec![], false),
            AppError::Endpoint(ModelsError::Http(error)) => match error {
                HttpError::Address | HttpError::NoHost | HttpError::Scheme => {
                    ("endpoint-address", none(), vec![], false)
                }
                HttpError::NotEncrypted => ("endpoint-not-encrypted", none(), vec![], false),
                HttpError::Credentials | HttpError::CarriesMore => ("endpoint-carries-more", none(), vec![], false),
                HttpError::Unreachable(cause) => {
                    ("endpoint-unreachable", with(&[("cause", cause.clone())]), vec![], true)
                }
                HttpError::TimedOut => ("endpoint-timed-out", none(), vec![], true),
                HttpError::Refused => ("endpoint-key-refused", none(), vec![], false),
                HttpError::Status(status) => ("endpoint-status", with(&[("status", status.to_string())]), vec![], true),
                HttpError::TooLarge(limit) => {
                    ("endpoint-too-large", with(&[("limit", limit.to_string())]), vec![], false)
                }
            },
            AppError::Payload(cause) => ("bad-payload", with(&[("cause", cause.clone())]), vec![], false),
            AppError::Internal(_) => ("internal", none(), vec![], false),
        }
    }
}

impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(StoreError::Io(error))
    }
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn io(error: &std::io::Error) -> (&'static str, BTreeMap<String, String>, Vec<FieldError>, bool) {
    use std::io::ErrorKind;
    let code = match error.kind() {
        ErrorKind::NotFound => "path-not-found",
        ErrorKind::PermissionDenied => "no-permission",
        ErrorKind::StorageFull => "disk-full",
        ErrorKind::AlreadyExists => "file-exists",
        _ => "io-failed",
    };
    let params = [("cause".to_owned(), error.to_string()), ("file".to_owned(), String::new())].into_iter().collect();
    (code, params, vec![], true)
}
