//! What the palette finds: records by their words.

use crate::view::Link;

/// A record as it can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searchable {
    pub link: Link,
    pub title: String,
    /// Shown beside the title.
    pub detail: String,
    /// Searched and not shown.
    pub body: String,
    /// Who it is owned by, as it names them; "" by nobody.
    pub owner: String,
}
