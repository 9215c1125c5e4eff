//! The files results and suites can come from, each in a file of its own that says everything reading asks of it. Adding one is
//! its file and its line here.

mod arena_battles;
mod arena_hard;
mod every_eval_ever;
mod helm;
mod inspect;
mod inspect_archive;
mod inspect_json;
mod lm_eval;
mod mt_bench;
mod mt_bench_pair;
mod mt_bench_questions;
mod mt_bench_single;
mod openai_evals;
mod promptfoo;
mod promptfoo_suite;
mod promptfoo_v2;
mod table;
mod table_csv;
mod table_jsonl;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ReadOptions;
use super::gather::Gather;
use super::input::InputFile;
use super::outline::Shape;
use crate::Result;

/// What a format says of itself.
pub(super) struct Format {
    /// On the wire, on the command line and in the record of an import.
    pub name: &'static str,
    /// Whether a person says which column means what; the dedicated readers know.
    pub is_mapped: bool,
    /// Which part of the format a file is; `None` if it is none. Files of one format that stand in one folder are read together.
    pub part: fn(&Shape) -> Option<Part>,
    pub read: fn(&Group<'_>, &mut Gather<'_>) -> Result<()>,
}

/// What a file is within its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// What was run, with what.
    Settings,
    /// Figures over everything.
    Aggregate,
    /// Scores by case.
    Scores,
    /// What was asked and answered.
    Answers,
    /// What is recognised and holds nothing of its own.
    Other,
}

/// Files with what they are.
pub(super) type Files<'f> = Vec<(&'f InputFile, Part, &'f Shape)>;

/// Files of one format, read together.
pub(super) struct Group<'g> {
    pub files: Files<'g>,
    pub options: &'g ReadOptions,
}

impl<'g> Group<'g> {
    pub(super) fn of(&self, part: Part) -> impl Iterator<Item = &'g InputFile> + '_ {
        self.files.iter().filter(move |(_, of, _)| *of == part).map(|(file, ..)| *file)
    }
}

macro_rules! formats {
    ($($variant:ident: $module:ident),* $(,)?) => {
        /// The files results and suites can come from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum BakeoffFormat {
            $($variant),*
        }

        impl BakeoffFormat {
            pub const ALL: [BakeoffFormat; LIST.len()] = [$(BakeoffFormat::$variant),*];
        }

        /// What each says of itself, in the order of [`BakeoffFormat`].
        const LIST: &[Format] = &[$($module::FORMAT),*];
    };
}

// From what any file may be to what few are: of several a file may be of, the last is the likeliest.
formats! {
    TableCsv: table_csv,
    TableJsonl: table_jsonl,
    ArenaHard: arena_hard,
    MtBenchQuestions: mt_bench_questions,
    ArenaBattles: arena_battles,
    MtBenchSingle: mt_bench_single,
    MtBenchPair: mt_bench_pair,
    OpenaiEvals: openai_evals,
    PromptfooSuite: promptfoo_suite,
    PromptfooV2: promptfoo_v2,
    Promptfoo: promptfoo,
    LmEval: lm_eval,
    Helm: helm,
    EveryEvalEver: every_eval_ever,
    InspectJson: inspect_json,
    InspectArchive: inspect_archive,
}

impl BakeoffFormat {
    pub(super) fn declared(self) -> &'static Format {
        &LIST[self as usize]
    }

    pub fn name(self) -> &'static str {
        self.declared().name
    }

    /// Whether a person says which column means what; the dedicated readers know.
    pub fn is_mapped(self) -> bool {
        self.declared().is_mapped
    }
}

impl std::str::FromStr for BakeoffFormat {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

/// The formats a file may be of, the likeliest first.
pub(super) fn recognise(shape: &Shape) -> Vec<(BakeoffFormat, Part)> {
    let part = |format: BakeoffFormat| Some((format, (format.declared().part)(shape)?));
    BakeoffFormat::ALL.into_iter().rev().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_one_name() {
        for format in BakeoffFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
    }
}
