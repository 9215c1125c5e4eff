//! Scoring packets: the tasks of a round in one file without identities, to be scored on another laptop and merged when they come
//! back. Invariants:
//!
//! - An answer goes by a token: a keyed hash (HMAC-SHA-256) of candidate and case under a key made of the round's seed. Without the
//!   key a token tells neither the candidate nor that two answers are of the same one, and tasks stand in the order of their
//!   tokens, not of candidates. The seed itself is not in the packet.
//! - Names inside answers are masked before they are put in.
//! - Merging the same packet again changes nothing, and nothing conflicting is taken in silently.

mod merge;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

pub use merge::{Here, Merge, Refusal, merge, shared_names};

use super::blind::{Choice, Mode, Order, Plan, Task};
use crate::id::RoundId;
use crate::suite::Message;
use crate::suite::hash::ContentHash;
use crate::suite::mask::Mask;

/// The format of packets as this build writes and reads it.
pub const VERSION: u32 = 1;

/// Stands for an answer or a task.
pub type Token = ContentHash;

/// A packet as it goes out. Contains nothing that tells whose answer is whose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Packet {
    pub format: u32,
    /// Different for every packet that goes out.
    pub packet_id: Token,
    pub round_id: RoundId,
    pub suite_version: ContentHash,
    pub question: String,
    pub mode: Mode,
    /// Whom it was made for.
    pub rater: String,
    pub tasks: Vec<PacketTask>,
    pub checksum: ContentHash,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PacketTask {
    pub token: Token,
    pub input: Vec<Message>,
    pub rubric: Option<String>,
    /// What stands on the left; the only one where single answers are marked.
    pub left: PacketAnswer,
    pub right: Option<PacketAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PacketAnswer {
    pub token: Token,
    pub text: String,
}

/// A packet as it comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Returned {
    pub format: u32,
    pub packet_id: Token,
    pub round_id: RoundId,
    pub suite_version: ContentHash,
    pub rater: String,
    /// In the order they were given.
    pub verdicts: Vec<PacketVerdict>,
    pub checksum: ContentHash,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PacketVerdict {
    pub task: Token,
    pub choice: Choice,
    pub seconds: Option<f64>,
    pub note: String,
}

/// What a packet is made of, by number of case and candidate.
#[derive(Debug, Clone, Copy)]
pub struct Contents<'c> {
    pub round_id: RoundId,
    pub suite_version: ContentHash,
    pub question: &'c str,
    pub plan: &'c Plan,
    pub rater: &'c str,
    /// Tells packets for one rater apart: 0 for the first.
    pub issue: u32,
    pub mask: &'c Mask,
}

/// A case as a rater may see it.
#[derive(Debug, Clone, Copy)]
pub struct PacketCase<'c> {
    pub messages: &'c [Message],
    pub rubric: Option<&'c str>,
}

impl Packet {
    /// Puts `tasks` into a packet; `case` and `answer` say what stands there. A task one of whose answers does not exist is left
    /// out: the number of those is returned beside the packet.
    pub fn new<'c>(
        contents: &Contents<'c>,
        tasks: &[Task],
        case: impl Fn(u32) -> Option<PacketCase<'c>>,
        answer: impl Fn(u32, u32) -> Option<&'c str>,
    ) -> (Self, usize) {
        let keys = Keys::new(contents.plan, contents.round_id);
        let order = Order::new(contents.plan, contents.rater);
        let side = |task: &Task, candidate: u32| {
            let text = contents.mask.apply(answer(task.case, candidate)?).0;
            Some(PacketAnswer { token: keys.answer(task.case, candidate), text })
        };
        let filled = tasks.iter().filter_map(|task| {
            let told = case(task.case)?;
            let first = side(task, task.first)?;
            let (left, right) = match task.second {
                Some(second) => {
                    let second = side(task, second)?;
                    if order.swapped(task, false) { (second, Some(first)) } else { (first, Some(second)) }
                }
                None => (first, None),
            };
            let input = told.messages.iter();
            Some(PacketTask {
                token: keys.task(task),
                input: input
                    .map(|m| Message { role: m.role.clone(), content: contents.mask.apply(&m.content).0 })
                    .collect(),
                rubric: told.rubric.map(|rubric| contents.mask.apply(rubric).0),
                left,
                right,
            })
        });
        let mut filled: Vec<PacketTask> = filled.collect();
        let left_out = tasks.len() - filled.len();
        filled.sort_by_key(|task| task.token);
        filled.dedup_by_key(|task| task.token);
        let mut packet = Self {
            format: VERSION,
            packet_id: keys.packet(contents.rater, contents.issue),
            round_id: contents.round_id,
            suite_version: contents.suite_version,
            question: contents.mask.apply(contents.question).0,
            mode: contents.plan.mode,
            rater: contents.rater.to_owned(),
            tasks: filled,
            checksum: ContentHash([0; 32]),
        };
        packet.checksum = packet.sum();
        (packet, left_out)
    }

    fn sum(&self) -> ContentHash {
        checksum(&Self { checksum: ContentHash([0; 32]), ..self.clone() })
    }

    /// # Errors
    /// [`Unreadable`].
    pub fn check(&self) -> Result<(), Unreadable> {
        readable(self.format, self.checksum == self.sum())
    }
}

impl Returned {
    /// What goes back for a packet.
    pub fn new(packet: &Packet, rater: &str, verdicts: Vec<PacketVerdict>) -> Self {
        let mut returned = Self {
            format: VERSION,
            packet_id: packet.packet_id,
            round_id: packet.round_id,
            suite_version: packet.suite_version,
            rater: rater.to_owned(),
            verdicts,
            checksum: ContentHash([0; 32]),
        };
        returned.checksum = returned.sum();
        returned
    }

    fn sum(&self) -> ContentHash {
        checksum(&Self { checksum: ContentHash([0; 32]), ..self.clone() })
    }

    /// # Errors
    /// [`Unreadable`].
    pub fn check(&self) -> Result<(), Unreadable> {
        readable(self.format, self.checksum == self.sum())
    }
}

/// Why a packet is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the packet has format {found}, and {VERSION} is the only one this build reads")]
    Format { found: u32 },
    #[error("the packet's checksum does not fit: it was cut short or changed on the way")]
    Checksum,
}

fn readable(format: u32, sound: bool) -> Result<(), Unreadable> {
    match (format, sound) {
        (VERSION, true) => Ok(()),
        (VERSION, false) => Err(Unreadable::Checksum),
        (found, _) => Err(Unreadable::Format { found }),
    }
}

/// Over the JSON as this type writes it: fields have one order, and white space in the file does not count.
fn checksum(packet: &impl Serialize) -> ContentHash {
    let text = serde_json::to_vec(packet).unwrap_or_default();
    ContentHash(Sha256::digest(&text).into())
}

/// Makes tokens.
struct Keys {
    key: [u8; 32],
}

impl Keys {
    fn new(plan: &Plan, round: RoundId) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"quarterdeck packet\0");
        hash.update(plan.seed.to_le_bytes());
        hash.update(round.0.as_bytes());
        Self { key: hash.finalize().into() }
    }

    /// HMAC-SHA-256 (RFC 2104; the key is shorter than a block).
    fn token(&self, kind: u8, parts: &[&[u8]]) -> Token {
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(self.key).for_each(|(byte, key)| *byte ^= key);
            block
        };
        let mut inner = Sha256::new();
        inner.update(pad(0x36));
        inner.update([kind]);
        for part in parts {
            inner.update((part.len() as u64).to_le_bytes());
            inner.update(part);
        }
        let mut outer = Sha256::new();
        outer.update(pad(0x5c));
        outer.update(inner.finalize());
        ContentHash(outer.finalize().into())
    }

    fn answer(&self, case: u32, candidate: u32) -> Token {
        self.token(1, &[&case.to_le_bytes(), &candidate.to_le_bytes()])
    }

    fn task(&self, task: &Task) -> Token {
        let second = task.second.map_or(u64::MAX, u64::from);
        self.token(2, &[&task.case.to_le_bytes(), &task.first.to_le_bytes(), &second.to_le_bytes()])
    }

    fn packet(&self, rater: &str, issue: u32) -> Token {
        self.token(3, &[rater.as_bytes(), &issue.to_le_bytes()])
    }
}

#[cfg(test)]
mod tests;
