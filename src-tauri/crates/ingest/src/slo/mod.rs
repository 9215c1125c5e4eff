//! Files of service-level objectives: definitions as OpenSLO and Sloth write them, and measurements of Prometheus and tables.
//!
//! Issues of definitions; each carries `document` (its number in the file) and `name`, and as its column the place within:
//!
//! | code | parameters | what becomes of it |
//! |---|---|---|
//! | `yaml-unreadable` | `document`, `cause` | the document is left out |
//! | `slo-too-many-documents` | `document`, `read` | this one and those behind it are left out |
//! | `slo-not-a-definition`, `slo-version-unknown`, `slo-kind-unknown` | | the document is left out |
//! | `slo-document-unused` | `kind` | nothing refers to it: left out |
//! | `slo-without-objectives`, `slo-window-unsupported` (`kind`) | | the document is left out |
//! | `slo-objective-not-a-number`, `-whole`, `-outside`, `-too-fine` | | the objective is left out |
//! | `slo-method-unknown`, `slo-slice-unreadable`, `slo-not-valid` (`field`, `problem`) | | the objective is left out |
//! | `slo-minute-for-month` | `taken` | a window of `1m` is taken for a month |
//! | `slo-window-missing` (`days`), `slo-several-windows` (`count`) | | four weeks; the first |
//! | `slo-window-start`, `slo-zone-unknown` | | our windows begin at a midnight of the zone; the workspace's zone |
//! | `slo-promise-not-looser` | | an objective called SLA stays one of its own |
//! | `slo-indicator-missing` | | the objective is taken, the export names no source |
//! | `slo-alerts-not-taken` | | alert policies are kept for the export; alerts are the usual ones |
//! | `slo-annotation` | `annotation` | one of ours that cannot be read |
//! | `slo-origin-too-large` | `limit` (MB) | the objective is taken, the export gives back less |
//! | `slo-alert-windows-unreadable` | | the alert windows are left out |
//!
//! Issues of measurements stand at [`prometheus`] and [`measurements_csv`].

mod annotations;
pub mod columns;
mod documents;
mod duration;
pub mod export;
mod gaps;
pub mod increments;
pub mod measurements;
pub mod measurements_csv;
pub mod minutes;
mod openslo;
mod our_indicators;
pub mod prometheus;
mod range_query;
mod references;
mod samples;
mod scalars;
mod sloth;
mod table;
mod text;
mod time_window;

#[cfg(test)]
mod measured_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;

use std::path::Path;

use domain::slo::SloDetails;
use serde_json::Value;

pub use columns::MeasureColumns;
pub use export::openslo as export_openslo;
pub use measurements::{Meaning, MeasureOptions, Measured, SeriesChoice, SeriesPair, read_measurements};
pub use minutes::{Minutes, Told};
pub use prometheus::{Labels, series_of};
pub use sloth::AlertWindows;

use crate::look::Look;
use crate::source::Source;
use crate::{IngestError, Result, RowIssue};

/// What a file of definitions holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definitions {
    pub slos: Vec<SloDetails>,
    /// Sets of alerts that stand by themselves; those of a file with Sloth's objectives are theirs already.
    pub alert_windows: Vec<AlertWindows>,
    pub issues: Vec<RowIssue>,
}

/// Reads a file of OpenSLO or Sloth, in YAML or JSON.
///
/// # Errors
/// A file that is not there, empty, no text, or larger than 10 MB (`file-too-large`). What is wrong within it is an issue.
pub fn read_definitions(path: &Path) -> Result<Definitions> {
    let look = Look::at(path)?;
    let mut source = Source::open(path)?;
    let mut text = Vec::new();
    while !source.ended() {
        source.fill(&mut text)?;
        if text.len() > documents::LARGEST {
            let limit = (documents::LARGEST >> 20).to_string();
            return Err(IngestError::file("file-too-large", &[("file", &look.name), ("limit", &limit)]));
        }
    }
    let mut found = definitions_of(&String::from_utf8_lossy(&text));
    if let Some(cause) = source.damage() {
        found.issues.push(RowIssue::new("gzip-damaged").param("cause", cause));
    }
    Ok(found)
}

/// Reads definitions from a text.
pub fn definitions_of(text: &str) -> Definitions {
    let mut issues = Vec::new();
    let all = documents::read(text, &mut issues);
    let (mut of_openslo, mut of_sloth, mut alert_windows) = (Vec::new(), Vec::new(), Vec::new());
    for document in all {
        let of = |key: &str| document.value.get(key).and_then(Value::as_str);
        if openslo::Version::of(&document.value).is_some() {
            of_openslo.push(document);
        } else if let Some(kind) = sloth::Kind::of(&document.value) {
            match kind {
                sloth::Kind::AlertWindows => alert_windows.extend(sloth::alert_windows(&document, &mut issues)),
                kind => of_sloth.push((kind, document)),
            }
        } else {
            let is_version =
                |said: &str| ["openslo/", "prometheus/", "sloth.slok.dev/"].iter().any(|of| said.starts_with(of));
            let said = [("apiVersion", of("apiVersion")), ("version", of("version"))];
            let issue = match said
                .into_iter()
                .find_map(|(key, said)| Some((key, said.filter(|said| is_version(said))?)))
            {
                Some((_, "sloth.slok.dev/v1")) => {
                    let kind = of("kind").unwrap_or_default();
                    document.issue(RowIssue::new("slo-kind-unknown").value(kind.as_bytes()), "kind")
                }
                Some((key, said)) => document.issue(RowIssue::new("slo-version-unknown").value(said.as_bytes()), key),
                None => document.issue(RowIssue::new("slo-not-a-definition"), "apiVersion"),
            };
            issues.push(issue);
        }
    }
    let mut slos = openslo::read(&of_openslo, &mut issues);
    for (kind, document) in &of_sloth {
        slos.extend(sloth::read(document, *kind, alert_windows.first(), &mut issues));
    }
    if !of_sloth.is_empty() {
        alert_windows.clear();
    }
    issues.truncate(crate::issue::KEPT);
    Definitions { slos, alert_windows, issues }
}
