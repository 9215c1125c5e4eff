//! Packets: tasks of a round that go to another laptop as one file without identities, are scored there, and come back.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use domain::bakeoff::blind::{Choice, ahead};
use domain::bakeoff::packet::{Contents, Here, Packet, PacketCase, PacketTask, PacketVerdict, Returned, merge};
use domain::id::RoundId;
use domain::suite::Case;
use domain::suite::hash::ContentHash;
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Issued, Opened, ROUND, RaterProgress, ShownTask, TaskView, answer, mask_of, rater_name, time_text, written,
};
use crate::target::{Agreed, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result, activity, files, target};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PacketRequest {
    pub id: RoundId,
    pub rater: String,
    /// How many tasks it holds.
    pub tasks: u32,
    pub path: String,
    #[serde(default)]
    pub replace: bool,
}

/// Writes a packet for a rater elsewhere: the answers without whose they are.
pub async fn round_packet(context: &Context, request: PacketRequest) -> Result<Exported> {
    let rater = rater_name(&request.rater)?;
    let agreed = Agreed { replace: request.replace, create_folder: false };
    let place = Target::file(context, context.app.path(&request.path), agreed).await?;
    let store = context.store().await?;
    let opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, request.id).await?
    };
    opened.expect_open()?;
    let issued = opened.details.packets.len();
    let mut snapshot = store.read().await?;
    let bakeoff = store::bakeoff::get(&mut snapshot, opened.round.bakeoff_id).await?;
    let version = store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let suite_version = version.hash.ok_or_else(|| AppError::refused("nothing-to-freeze"))?;
    let tasks = ahead(&opened.details.plan, &opened.judgements(), &rater, request.tasks.min(10_000) as usize);
    let mask = mask_of(&mut snapshot, &opened).await?;
    let mut cases: HashMap<u32, Case> = HashMap::new();
    let mut answers: HashMap<(u32, u32), String> = HashMap::new();
    for task in &tasks {
        if let Some(number) = opened.details.cases.get(task.case as usize) {
            cases.insert(task.case, store::suite::case(&mut snapshot, *number).await?.case);
        }
        for candidate in std::iter::once(task.first).chain(task.second) {
            if let Some(text) = answer(&mut snapshot, &opened, task.case, candidate).await? {
                answers.insert((task.case, candidate), text);
            }
        }
    }
    let contents = Contents {
        round_id: request.id,
        suite_version,
        question: &opened.details.question,
        plan: &opened.details.plan,
        rater: &rater,
        issue: opened.details.packets.iter().filter(|issued| issued.rater == rater).count() as u32,
        mask: &mask,
    };
    let (packet, _) = Packet::new(
        &contents,
        &tasks,
        |case| {
            let case = cases.get(&case)?;
            Some(PacketCase { messages: &case.messages, rubric: case.rubric.as_deref() })
        },
        |case, candidate| answers.get(&(case, candidate)).map(String::as_str),
    );
    let text = serde_json::to_vec_pretty(&packet).map_err(|error| AppError::Internal(error.to_string()))?;
    drop(snapshot);
    let id = word_of(&packet.packet_id)?;
    let mut write = store.write().await?;
    // As the round stands by now: what was issued or settled meanwhile stays.
    let mut opened = Opened::read(write.snapshot(), request.id).await?;
    opened.expect_open()?;
    if opened.details.packets.len() != issued {
        return Err(AppError::refused("round-changed-meanwhile"));
    }
    opened.details.packets.push(Issued { id, rater, tasks });
    store::bakeoff::round::set_details(&mut write, request.id, &written(&opened.details)?).await?;
    place.write(text)?;
    write.commit().await?;
    Ok(Exported { path: place.path.to_string_lossy().into_owned(), rows: packet.tasks.len() as u64 })
}

fn word_of<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        other => Err(AppError::Internal(format!("{other:?}"))),
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeRequest {
    pub id: RoundId,
    pub path: String,
    /// The rater's other packet is theirs as well: not two people under one name.
    #[serde(default)]
    pub same_person: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Merged {
    pub rater: String,
    pub added: u32,
    /// Here already.
    pub already: u32,
    /// Judged otherwise here: what is here stays.
    pub conflicts: u32,
    pub unknown: u32,
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    const MOST: u64 = 256 * 1024 * 1024;
    let shown = path.to_string_lossy().into_owned();
    if std::fs::metadata(path)?.len() > MOST {
        return Err(AppError::refused("file-too-large").with("file", shown).with("limit", MOST / 1_000_000));
    }
    serde_json::from_slice(&std::fs::read(path)?)
        .map_err(|error| AppError::refused("packet-unreadable").with("file", shown).with("cause", error))
}

/// Brings a scored packet back in. The same packet twice changes nothing.
pub async fn round_merge(context: &Context, request: MergeRequest) -> Result<Merged> {
    let path = context.app.path(&request.path);
    target::refuse_to_read(context, &path).await?;
    let returned: Returned = read_json(&path)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let opened = Opened::read(write.snapshot(), request.id).await?;
    opened.expect_open()?;
    let bakeoff = store::bakeoff::get(write.connection(), opened.round.bakeoff_id).await?;
    let version =
        store::suite::version_of(write.connection(), bakeoff.details.suite_id, bakeoff.details.version).await?;
    let suite_version: ContentHash = version.hash.ok_or_else(|| AppError::refused("nothing-to-freeze"))?;
    let packet_id = word_of(&returned.packet_id)?;
    let issued = opened.details.packets.iter().find(|issued| issued.id == packet_id);
    let issued = issued.ok_or_else(|| AppError::refused("packet-not-ours").with("file", path.to_string_lossy()))?;
    let merged: Vec<_> = opened
        .kept
        .iter()
        .filter(|kept| !kept.packet.is_empty())
        .filter_map(|kept| {
            Some((kept.judgement.rater.clone(), serde_json::from_value(kept.packet.clone().into()).ok()?))
        })
        .collect();
    let judgements = opened.judgements();
    let here = Here {
        round_id: request.id,
        suite_version,
        plan: &opened.details.plan,
        tasks: &issued.tasks,
        judgements: &judgements,
        merged: &merged,
    };
    // Whoever it was written for: a file that changed hands in between is not two people.
    let (issued_to, by) = (issued.rater.to_lowercase(), returned.rater.trim().to_lowercase());
    if issued_to != by && !request.same_person {
        return Err(AppError::refused("packet-other-rater").with("rater", &issued.rater).with("by", &returned.rater));
    }
    let found = merge(&here, &returned, &issued.rater).map_err(|error| {
        AppError::refused("packet-refused").with("file", path.to_string_lossy()).with("cause", error)
    })?;
    if found.same_name && !request.same_person {
        return Err(AppError::refused("packet-same-name").with("rater", &issued.rater));
    }
    for judgement in &found.new {
        store::bakeoff::round::judge(&mut write, request.id, judgement, (context.now(), &packet_id)).await?;
    }
    let name = bakeoff.details.name.clone();
    if !found.new.is_empty() {
        activity::noted(&mut write, context, ROUND, activity::Action::Imported, &request.id.to_string(), &name).await?;
        write.commit().await?;
    }
    Ok(Merged {
        rater: issued.rater.clone(),
        added: found.new.len() as u32,
        already: found.already,
        conflicts: found.conflicts.len() as u32,
        unknown: found.unknown,
    })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PacketRef {
    pub path: String,
    pub rater: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PacketJudge {
    pub path: String,
    pub rater: String,
    pub step: u32,
    pub choice: Choice,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    #[ts(optional)]
    pub seconds: Option<f64>,
}

/// Where what was scored of a packet lies: beside it.
fn returned_path(packet: &Path) -> std::path::PathBuf {
    let mut name = packet.file_stem().unwrap_or_default().to_os_string();
    name.push(".scored.json");
    packet.with_file_name(name)
}

fn packet_at(context: &Context, path: &str) -> Result<(std::path::PathBuf, Packet)> {
    let path = context.app.path(path);
    let packet: Packet = read_json(&path)?;
    packet.check().map_err(|error| {
        AppError::refused("packet-refused").with("file", path.to_string_lossy()).with("cause", error)
    })?;
    Ok((path, packet))
}

fn scored_so_far(path: &Path, packet: &Packet) -> Result<Vec<PacketVerdict>> {
    let place = returned_path(path);
    if !place.exists() {
        return Ok(Vec::new());
    }
    let returned: Returned = read_json(&place)?;
    let ours = returned.check().is_ok() && returned.packet_id == packet.packet_id;
    if ours {
        Ok(returned.verdicts)
    } else {
        Err(AppError::refused("packet-not-ours").with("file", place.to_string_lossy()))
    }
}

/// The next task of a packet: those not scored yet, then those that were put off.
fn packet_view(context: &Context, packet: &Packet, verdicts: &[PacketVerdict], rater: &str) -> TaskView {
    let scored: BTreeMap<String, Choice> =
        verdicts.iter().filter_map(|one| Some((word_of(&one.task).ok()?, one.choice))).collect();
    let of = |task: &PacketTask| word_of(&task.token).ok().and_then(|token| scored.get(&token).copied());
    let open = packet.tasks.iter().position(|task| of(task).is_none());
    let put_off = || packet.tasks.iter().position(|task| of(task) == Some(Choice::Skip));
    let at = open.or_else(put_off);
    let judged =
        packet.tasks.iter().filter(|task| of(task).is_some_and(|choice| choice != Choice::Skip)).count() as u32;
    let skipped = packet.tasks.iter().filter(|task| of(task) == Some(Choice::Skip)).count() as u32;
    let mut pace: Vec<f64> = verdicts.iter().rev().filter_map(|one| one.seconds).take(20).collect();
    pace.sort_by(f64::total_cmp);
    let pace = pace.get(pace.len() / 2).copied();
    let left = packet.tasks.len() as u32 - judged;
    let key = |choice: Choice| match choice {
        Choice::Left => "1".to_owned(),
        Choice::Right => "2".to_owned(),
        Choice::Tie => "3".to_owned(),
        Choice::BothBad => "4".to_owned(),
        Choice::Score { score } => score.to_string(),
        Choice::Skip => "s".to_owned(),
    };
    TaskView {
        question: packet.question.clone(),
        rubric: String::new(),
        mode: packet.mode,
        step: verdicts.len() as u32,
        task: at.map(|at| {
            let task = &packet.tasks[at];
            ShownTask {
                name: format::count((at + 1) as i128),
                input: task.input.clone(),
                rubric: task.rubric.clone().unwrap_or_default(),
                reference: Vec::new(),
                tags: Vec::new(),
                left: task.left.text.clone(),
                right: task.right.as_ref().map(|answer| answer.text.clone()),
                repeat: false,
            }
        }),
        progress: RaterProgress {
            rater: rater.to_owned(),
            judged,
            target: packet.tasks.len() as u32,
            skipped,
            pace_text: pace.map_or_else(|| "—".to_owned(), |pace| time_text(context, pace)),
            left_text: pace.map_or_else(|| "—".to_owned(), |pace| time_text(context, pace * f64::from(left))),
        },
        last: verdicts.iter().rev().take(10).rev().map(|one| key(one.choice)).collect(),
    }
}

pub async fn packet_task(context: &Context, input: PacketRef) -> Result<TaskView> {
    let (path, packet) = packet_at(context, &input.path)?;
    let verdicts = scored_so_far(&path, &packet)?;
    Ok(packet_view(context, &packet, &verdicts, &input.rater))
}

/// Scores a task of a packet. Every verdict is in the file beside the packet before the next task is shown.
pub async fn packet_judge(context: &Context, request: PacketJudge) -> Result<TaskView> {
    let rater = rater_name(&request.rater)?;
    let (path, packet) = packet_at(context, &request.path)?;
    let mut verdicts = scored_so_far(&path, &packet)?;
    if verdicts.len() as u32 != request.step {
        return Err(AppError::refused("round-moved-on"));
    }
    let before = packet_view(context, &packet, &verdicts, &rater);
    if before.task.is_none() {
        return Err(AppError::refused("round-through"));
    }
    let scored: Vec<_> = verdicts.iter().filter(|one| one.choice != Choice::Skip).map(|one| one.task).collect();
    let skipped: Vec<_> = verdicts.iter().map(|one| one.task).collect();
    let open = packet.tasks.iter().find(|task| !skipped.contains(&task.token));
    let task = open.or_else(|| packet.tasks.iter().find(|task| !scored.contains(&task.token)));
    let Some(task) = task else { return Err(AppError::refused("round-through")) };
    let fits = match request.choice {
        Choice::Score { score } => task.right.is_none() && (1..=5).contains(&score),
        Choice::Skip => true,
        _ => task.right.is_some(),
    };
    if !fits {
        return Err(AppError::refused("round-no-such-answer"));
    }
    verdicts.push(PacketVerdict {
        task: task.token,
        choice: request.choice,
        seconds: request.seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0),
        note: request.note.trim().to_owned(),
    });
    write_returned(&path, &packet, &rater, &verdicts)?;
    Ok(packet_view(context, &packet, &verdicts, &rater))
}

pub async fn packet_undo(context: &Context, input: PacketRef) -> Result<TaskView> {
    let rater = rater_name(&input.rater)?;
    let (path, packet) = packet_at(context, &input.path)?;
    let mut verdicts = scored_so_far(&path, &packet)?;
    if verdicts.pop().is_some() {
        write_returned(&path, &packet, &rater, &verdicts)?;
    }
    Ok(packet_view(context, &packet, &verdicts, &rater))
}

fn write_returned(path: &Path, packet: &Packet, rater: &str, verdicts: &[PacketVerdict]) -> Result<()> {
    let returned = Returned::new(packet, rater, verdicts.to_vec());
    let text = serde_json::to_vec_pretty(&returned).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(files::write_whole(&returned_path(path), text)?)
}
