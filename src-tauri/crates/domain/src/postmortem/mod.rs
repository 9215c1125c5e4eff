//! Post-mortems: a text that many hands and a bad night may write, none of which loses another's words. Invariants:
//!
//! - A change says where it stands in the text it was made on; two changes of one text become one text, or are a conflict that a
//!   person settles. Nothing is overwritten unasked.
//! - Every revision is a whole text or the change from the one before it, with the hash of what it makes: a text changed on disk is
//!   found.
//! - What is marked to stay inside leaves with no export: it is taken out of the text before anything is made of it.

pub mod action;
pub mod chat;
pub mod edit;
pub mod hints;
pub mod history;
pub mod redact;
pub mod text;

pub use action::{Action, ActionDetails, ActionKind, ActionStatus};
pub use edit::{BadChange, Change, Conflict, apply, difference, merge};
pub use text::{Piece, outline, pieces, words};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a post-mortem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "PostmortemState")]
pub enum State {
    #[default]
    Draft,
    Review,
    Approved,
    /// Approved, and every action is done or dropped.
    Closed,
}

impl State {
    /// What may follow: a draft is sent to review and taken back, a review is approved; what is approved is reopened as a draft, or
    /// closed.
    pub fn may_become(self, next: State) -> bool {
        use State::{Approved, Closed, Draft, Review};
        matches!(
            (self, next),
            (Draft, Review) | (Review, Draft | Approved) | (Approved, Draft | Closed) | (Closed, Approved | Draft)
        )
    }

    /// Nothing of its text changes any more.
    pub fn is_frozen(self) -> bool {
        matches!(self, State::Approved | State::Closed)
    }
}

/// One thing that happened, as it stands in the time line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "TimelineEvent")]
pub struct Event {
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    pub text: String,
    /// Where it is seen: an address, a ticket, a release.
    pub evidence: String,
    /// Who said it, where it came from a chat.
    pub who: String,
}
