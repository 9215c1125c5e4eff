//! Suites: the cases a bake-off asks every candidate, and what may be said of them without asking anyone.
//!
//! - A case has two hashes. Its *identity* is what a candidate is shown (the messages); results pair on it. Its *content* is
//!   everything a person wrote; the hash of a frozen version is made of those, in no order.
//! - Cases are matched by id, else by identity, never by where they stand in a file: [`pairing`].
//! - What must not leave the house is found by rule, and never repeated in what is said of it: [`scan`].

pub mod diff;
pub mod hash;
pub mod mask;
pub mod pairing;
pub mod scan;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a suite is for. A safety suite's floor is a hard gate; a golden one is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SuiteKind {
    Golden,
    Safety,
}

/// One message of a conversation, as a candidate is shown it. Roles are those of chat APIs: "system", "user", "assistant", "tool".
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub role: String,
    pub content: String,
}

impl Message {
    pub fn user(content: impl Into<String>) -> Self {
        Self { role: "user".to_owned(), content: content.into() }
    }
}

/// One case of a suite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// As its source calls it; unique within a version where it is told.
    pub id: Option<String>,
    pub messages: Vec<Message>,
    /// Answers that count as right, any one of them.
    pub reference: Vec<String>,
    /// What a judge or a person is to look at.
    pub rubric: Option<String>,
    pub tags: BTreeSet<String>,
    /// What it counts for, 1 unless said; finite and not negative.
    pub weight: f64,
    /// Cases of one cluster are not independent: variants of one question, questions on one document.
    pub cluster: Option<String>,
    /// What a template was filled with.
    pub variables: BTreeMap<String, String>,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            id: None,
            messages: Vec::new(),
            reference: Vec::new(),
            rubric: None,
            tags: BTreeSet::new(),
            weight: 1.0,
            cluster: None,
            variables: BTreeMap::new(),
        }
    }
}
