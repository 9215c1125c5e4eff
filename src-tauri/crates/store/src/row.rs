//! Values as the columns of a row hold them: JSON, words, and text of a type's own.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Result, StoreError};

/// Reads a column written by us through serde.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Reads text with the type's own parser.
pub(crate) fn parsed<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| StoreError::Corrupt(text.to_owned()))
}

/// The kebab-case word serde gives a plain enum value.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StoreError::Corrupt(format!("{other:?}"))),
    }
}

pub(crate) fn from_word<T: DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|error| StoreError::Corrupt(error.to_string()))
}
