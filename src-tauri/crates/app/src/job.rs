//! Jobs: long work with progress and cancelling.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::id::JobId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{AppError, Result};

/// How far a job has come, at most ten times a second. `phase` names the message `phase-<phase>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobEvent {
    pub job: JobId,
    pub phase: String,
    #[ts(type = "number")]
    pub done: u64,
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    pub unit: Unit,
    pub rate_per_second: Option<f64>,
    pub left: Option<TimeLeft>,
}

/// Whole seconds, from a minute and a half on whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimeLeft {
    pub count: u32,
    pub unit: TimeUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    Second,
    Minute,
}

impl TimeLeft {
    fn of(seconds: f64) -> Self {
        let whole = |count: f64| count.round().clamp(0.0, f64::from(u32::MAX)) as u32;
        if seconds >= 90.0 {
            Self { count: whole(seconds / 60.0), unit: TimeUnit::Minute }
        } else {
            Self { count: whole(seconds), unit: TimeUnit::Second }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Bytes,
    Rows,
    Steps,
}

/// Where events go: the window's channel, the command line's standard error, a test's list.
pub type Events = Arc<dyn Fn(JobEvent) + Send + Sync>;

/// The jobs that run.
#[derive(Default)]
pub struct Jobs(std::sync::Mutex<HashMap<JobId, Arc<AtomicBool>>>);

impl Jobs {
    /// The flag that asks it to stop.
    pub(crate) fn begin(&self, job: JobId) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        if let Ok(mut jobs) = self.0.lock() {
            jobs.insert(job, cancelled.clone());
        }
        cancelled
    }

    pub(crate) fn end(&self, job: JobId) {
        if let Ok(mut jobs) = self.0.lock() {
            jobs.remove(&job);
        }
    }

    /// Asks a running job to stop; it answers at its next step.
    pub fn cancel(&self, job: JobId) {
        if let Ok(jobs) = self.0.lock()
            && let Some(flag) = jobs.get(&job)
        {
            flag.store(true, Ordering::Relaxed);
        }
    }
}

const INTERVAL: Duration = Duration::from_millis(100);

/// A running job's side of its progress.
#[derive(Clone)]
pub struct Progress {
    job: JobId,
    cancelled: Arc<AtomicBool>,
    events: Option<Events>,
    last: Arc<std::sync::Mutex<Option<(String, Instant, Instant)>>>,
}

impl Progress {
    pub(crate) fn new(job: JobId, cancelled: Arc<AtomicBool>, events: Option<Events>) -> Self {
        Self { job, cancelled, events, last: Arc::default() }
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// # Errors
    /// `cancelled`, once somebody asked for it.
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() { Err(AppError::refused("cancelled")) } else { Ok(()) }
    }

    /// Reports a step; the first of a phase at once, later ones at most ten times a second.
    pub fn report(&self, phase: &str, done: u64, total: Option<u64>, unit: Unit) {
        let Some(events) = &self.events else { return };
        let now = Instant::now();
        let Ok(mut last) = self.last.lock() else { return };
        let started = match &*last {
            Some((current, started, sent)) if current == phase => {
                if now - *sent < INTERVAL && total != Some(done) {
                    return;
                }
                *started
            }
            _ => now,
        };
        *last = Some((phase.to_owned(), started, now));
        drop(last);
        let seconds = (now - started).as_secs_f64();
        let rate = (seconds > 0.2 && done > 0).then(|| done as f64 / seconds);
        let left = rate.zip(total).map(|(rate, total)| total.saturating_sub(done) as f64 / rate);
        events(JobEvent {
            job: self.job,
            phase: phase.to_owned(),
            done,
            total,
            unit,
            rate_per_second: rate,
            left: left.map(TimeLeft::of),
        });
    }
}
