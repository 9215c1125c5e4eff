//! What ends a reading. A bad row does not: see [`crate::issue`].

use std::collections::BTreeMap;

/// Why a file as a whole cannot be read. `code` names the sentence, `params` fill it.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error("{code}: {params:?}")]
    File { code: &'static str, params: BTreeMap<String, String> },
    #[error("cancelled")]
    Cancelled,
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl IngestError {
    pub(crate) fn file(code: &'static str, params: &[(&str, &str)]) -> Self {
        Self::File { code, params: params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect() }
    }
}

pub type Result<T> = std::result::Result<T, IngestError>;
