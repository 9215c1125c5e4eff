//! What has happened since somebody last looked: a line of each area that has something to say.

use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::Link;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SinceLine {
    /// What it is about: "Spend".
    pub label: String,
    /// "$22.6k in 3 days".
    pub text: String,
    pub tone: Tone,
    /// Where there is more of it.
    pub link: Link,
}
