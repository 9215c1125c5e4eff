//! Which models an endpoint offers: `GET {base}/models`, as OpenAI and every compatible server answer it.

use serde::Deserialize;

use crate::Secret;
use crate::http::{self, HttpError};

/// A list of models is small; anything larger is something else.
const LIMIT: u64 = 4 << 20;

#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("the answer is not a list of models")]
    NotAList,
}

#[derive(Deserialize)]
struct List {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
}

/// Names of the models a key may use at an endpoint, sorted. `base` is the address that ends in a version, such as
/// "http://127.0.0.1:4000/v1".
///
/// # Errors
/// [`ModelsError`]
pub async fn offered(base: &str, key: Option<&Secret>) -> Result<Vec<String>, ModelsError> {
    let mut url = http::address(base)?;
    let path = format!("{}/models", url.path().trim_end_matches('/'));
    url.set_path(&path);
    let body = http::get(url, key, LIMIT).await?;
    let list: List = serde_json::from_slice(&body).map_err(|_| ModelsError::NotAList)?;
    let mut names: Vec<String> = list.data.into_iter().map(|model| model.id).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
