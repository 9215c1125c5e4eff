//! Reading fixtures and made-up files in the tests of bake-offs.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ingest::bakeoff::told::{CaseRecord, ResultRecord, StatedFigure, VerdictRecord};
use ingest::bakeoff::{BakeoffCounts, ReadOptions, Told, read};
use ingest::{IngestError, RowIssue};

#[derive(Debug, Default)]
pub struct Found {
    pub counts: BakeoffCounts,
    pub cases: Vec<CaseRecord>,
    pub results: Vec<ResultRecord>,
    pub verdicts: Vec<VerdictRecord>,
    pub stated: Vec<StatedFigure>,
    pub issues: Vec<RowIssue>,
}

impl Found {
    pub fn codes(&self) -> Vec<&str> {
        self.issues.iter().map(|issue| issue.code.as_str()).collect()
    }

    /// Means of each scorer over all results of a candidate, by "label scorer".
    pub fn means(&self) -> BTreeMap<(String, String), f64> {
        self.means_of(|_| true)
    }

    pub fn means_of(&self, counts: impl Fn(&ResultRecord) -> bool) -> BTreeMap<(String, String), f64> {
        let mut sums: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
        for result in self.results.iter().filter(|result| counts(result)) {
            for score in &result.scores {
                let sum = sums.entry((result.candidate.label.clone(), score.scorer.clone())).or_default();
                *sum = (sum.0 + score.value, sum.1 + 1.0);
            }
        }
        sums.into_iter().map(|(key, (sum, n))| (key, sum / n)).collect()
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/bakeoffs").join(name)
}

pub fn read_path(path: &Path) -> Result<Found, IngestError> {
    read_with(path, &ReadOptions::default())
}

pub fn read_with(path: &Path, options: &ReadOptions) -> Result<Found, IngestError> {
    let mut found = Found::default();
    let counts = read(path, options, &mut |_| true, &mut |told| {
        match told {
            Told::Case(case) => found.cases.push(case),
            Told::Result(result) => found.results.push(result),
            Told::Verdict(verdict) => found.verdicts.push(verdict),
            Told::Stated(stated) => found.stated.push(stated),
            Told::Issue(issue) => found.issues.push(issue),
        }
        true
    })?;
    found.counts = counts;
    // What is counted is what was handed on.
    assert_eq!(counts.results, found.results.len() as u64);
    assert_eq!(counts.verdicts, found.verdicts.len() as u64);
    assert_eq!(counts.stated, found.stated.len() as u64);
    assert_eq!(counts.scores, found.results.iter().map(|result| result.scores.len() as u64).sum::<u64>());
    assert!(found.results.iter().flat_map(|result| &result.scores).all(|score| score.value.is_finite()));
    Ok(found)
}

pub fn read_bytes(bytes: &[u8]) -> Result<Found, IngestError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    read_path(file.path())
}

/// Code and parameters of a refusal.
pub fn refused(outcome: Result<Found, IngestError>) -> &'static str {
    match outcome {
        Err(IngestError::File { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}
