use std::collections::BTreeSet;

use super::*;
use crate::bakeoff::blind::{Judgement, Verdict};
use uuid::Uuid;

const CANARY: [&str; 2] = ["CanaryVendor", "canary-model-x1"];

fn round() -> RoundId {
    RoundId(Uuid::from_u128(7))
}

fn suite() -> ContentHash {
    ContentHash([9; 32])
}

fn tasks() -> Vec<Task> {
    (0..6).flat_map(|case| [(0, 1), (0, 2), (1, 2)].map(|(i, j)| Task { case, first: i, second: Some(j) })).collect()
}

fn plan() -> Plan {
    Plan::new(123_456_789, Mode::Pairs, 3, 6)
}

fn packet(plan: &Plan, rater: &str, issue: u32) -> Packet {
    let mask = Mask::new(CANARY).unwrap();
    let contents = Contents {
        round_id: round(),
        suite_version: suite(),
        question: "Which is better?",
        plan,
        rater,
        issue,
        mask: &mask,
    };
    let messages = [Message::user("Ask CanaryVendor.")];
    let messages: &'static [Message] = Box::leak(Box::new(messages));
    let texts = ["I am canary-model-x1.", "Made by CanaryVendor!", "No name. <script>\u{0}\u{202e}"];
    let case = |_| Some(PacketCase { messages, rubric: Some("CanaryVendor is right") });
    let (packet, left_out) =
        Packet::new(&contents, &tasks(), case, |_, candidate| texts.get(candidate as usize).copied());
    assert_eq!(left_out, 0);
    packet
}

fn here<'h>(plan: &'h Plan, tasks: &'h [Task], judgements: &'h [Judgement], merged: &'h [(String, Token)]) -> Here<'h> {
    Here { round_id: round(), suite_version: suite(), plan, tasks, judgements, merged }
}

fn all_left(packet: &Packet, rater: &str) -> Returned {
    let verdict = |task: &PacketTask| PacketVerdict {
        task: task.token,
        choice: Choice::Left,
        seconds: Some(3.0),
        note: String::new(),
    };
    Returned::new(packet, rater, packet.tasks.iter().map(verdict).collect())
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64 of a text as it may stand within a longer one: each of the three alignments, without the uncertain ends.
fn base64(text: &str) -> Vec<String> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let aligned = |skip: usize| {
        let bytes = &text.as_bytes()[skip..];
        let groups = bytes.chunks_exact(3).map(|three| u32::from_be_bytes([0, three[0], three[1], three[2]]));
        groups.flat_map(|bits| [18, 12, 6, 0].map(|at| SIGNS[(bits >> at & 63) as usize] as char)).collect()
    };
    (0..3).map(aligned).collect()
}

#[test]
fn no_name_is_in_a_packet_however_written() {
    let text = serde_json::to_string(&packet(&plan(), "ada", 0)).unwrap();
    let small = text.to_lowercase();
    for canary in CANARY {
        assert!(!small.contains(&canary.to_lowercase()) && !small.contains(&hex(canary)), "{canary}");
        assert!(base64(canary).iter().all(|part| !text.contains(part.as_str())), "{canary}");
    }
    assert!(!text.contains("123456789") && !text.contains(&hex("123456789")), "nor the seed");
    assert!(!text.contains("candidate"));
}

#[test]
fn tokens_tell_neither_candidate_nor_order() {
    let plan = plan();
    let packet = packet(&plan, "ada", 0);
    let tokens: BTreeSet<Token> = packet
        .tasks
        .iter()
        .flat_map(|task| [Some(task.left.token), task.right.as_ref().map(|one| one.token)])
        .flatten()
        .collect();
    assert_eq!(tokens.len(), 18, "one for each answer: the same candidate has another in another case");
    let keys = Keys::new(&plan, round());
    let given: Vec<Token> = tasks().iter().map(|task| keys.task(task)).collect();
    let sent: Vec<Token> = packet.tasks.iter().map(|task| task.token).collect();
    assert_ne!(given, sent);
    let other = Keys::new(&Plan { seed: 1, ..plan.clone() }, round());
    assert!(tasks().iter().all(|task| other.task(task) != keys.task(task)));
}

#[test]
fn tokens_are_hmac_sha_256() {
    // Computed by another implementation (Python's hmac) over the same key and bytes.
    let keys = Keys { key: [0x0b; 32] };
    assert_eq!(keys.token(1, &[b"Hi There"]).to_string(), ELSEWHERE);
}

const ELSEWHERE: &str = "c2bb7091faa7e07c7487b1c0fad9ed94ae45ce7ba76e1f3a9504ceff1dbe45ed";

#[test]
fn a_packet_scored_merged_and_merged_again_changes_nothing() {
    let (plan, tasks) = (plan(), tasks());
    let packet = packet(&plan, "ada", 0);
    let returned = all_left(&packet, "ada");
    let first = merge(&here(&plan, &tasks, &[], &[]), &returned, "ada").unwrap();
    assert_eq!((first.new.len(), first.already, first.unknown, first.same_name), (18, 0, 0, false));
    let order = Order::new(&plan, "ada");
    for one in &first.new {
        let left = if order.swapped(&one.task, false) { Verdict::Second } else { Verdict::First };
        assert_eq!(one.verdict, left, "what stood on the left is what is meant");
    }
    let merged = [("ada".to_owned(), packet.packet_id)];
    let again = merge(&here(&plan, &tasks, &first.new, &merged), &returned, "ada").unwrap();
    assert_eq!((again.new.len(), again.already, again.conflicts.len(), again.same_name), (0, 18, 0, false));
    let text = serde_json::to_string_pretty(&packet).unwrap();
    assert_eq!(serde_json::from_str::<Packet>(&text).unwrap().check(), Ok(()), "white space does not count");
}

#[test]
fn a_rater_who_said_otherwise_before_is_a_conflict() {
    let (plan, tasks) = (plan(), tasks());
    let returned = all_left(&packet(&plan, "ada", 0), "ada");
    let mut known = merge(&here(&plan, &tasks, &[], &[]), &returned, "ada").unwrap().new;
    known.truncate(3);
    known[1].verdict = Verdict::Tie;
    let found = merge(&here(&plan, &tasks, &known, &[]), &returned, "ada").unwrap();
    assert_eq!((found.new.len(), found.already, found.conflicts.len()), (15, 2, 1));
    assert_eq!(found.conflicts[0].0, known[1]);
}

#[test]
fn two_packets_under_one_name_are_said() {
    let (plan, tasks) = (plan(), tasks());
    let (one, other) = (packet(&plan, "ada", 0), packet(&plan, "bo", 0));
    assert_ne!(one.packet_id, other.packet_id);
    assert_ne!(one.packet_id, packet(&plan, "ada", 1).packet_id);
    let merged = [("ada".to_owned(), one.packet_id)];
    let found = merge(&here(&plan, &tasks, &[], &merged), &all_left(&other, "ada"), "bo").unwrap();
    assert!(found.same_name);
    assert_eq!(shared_names(&[merged[0].clone(), ("ada".into(), other.packet_id)]), ["ada"]);
    assert!(shared_names(&merged).is_empty());
}

#[test]
fn packets_of_elsewhere_and_changed_ones_are_refused() {
    let (plan, tasks) = (plan(), tasks());
    let packet = packet(&plan, "ada", 0);
    let returned = all_left(&packet, "ada");
    let here = here(&plan, &tasks, &[], &[]);
    let refused = |change: &dyn Fn(&mut Returned)| {
        let mut changed = returned.clone();
        change(&mut changed);
        changed.checksum = changed.sum();
        merge(&here, &changed, "ada").map(|found| found.unknown)
    };
    assert_eq!(refused(&|one| one.suite_version = ContentHash([1; 32])), Err(Refusal::OtherVersion));
    assert_eq!(refused(&|one| one.round_id = RoundId(Uuid::from_u128(8))), Err(Refusal::OtherRound));
    assert_eq!(refused(&|one| one.rater = "  ".into()), Err(Refusal::NoRater));
    assert_eq!(refused(&|one| one.format = 2), Err(Unreadable::Format { found: 2 }.into()));
    assert_eq!(refused(&|one| one.verdicts[0].task = ContentHash([3; 32])), Ok(1), "counted");
    assert_eq!(refused(&|one| one.verdicts[0].choice = Choice::Score { score: 3 }), Ok(1));
    let unknown = |one: &mut Returned| one.verdicts.iter_mut().for_each(|verdict| verdict.task = ContentHash([3; 32]));
    assert_eq!(refused(&unknown), Err(Refusal::AllUnknown { verdicts: 18 }));
    let changed = Returned { rater: "eve".into(), ..returned.clone() };
    assert_eq!(merge(&here, &changed, "ada"), Err(Unreadable::Checksum.into()));
    let mut cut = packet.clone();
    cut.tasks.pop();
    assert_eq!(cut.check(), Err(Unreadable::Checksum));
}
