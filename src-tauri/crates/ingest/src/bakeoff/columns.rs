//! Which column of a table of cases or results means what: guessed from its header, corrected by a person, remembered.

use std::collections::BTreeSet;

use domain::money::Currency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::outline::Shape;
use crate::field::squeeze;

macro_rules! fields {
    ($($field:ident: $name:literal, [$($spelling:literal),* $(,)?]);* $(;)?) => {
        /// What a column can mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum ColumnField {
            $($field),*
        }

        impl ColumnField {
            pub const ALL: &'static [ColumnField] = &[$(ColumnField::$field),*];

            pub fn name(self) -> &'static str {
                match self {
                    $(ColumnField::$field => $name),*
                }
            }

            /// Names columns of this meaning bear, the most telling first; squeezed.
            fn spellings(self) -> &'static [&'static str] {
                match self {
                    $(ColumnField::$field => &[$($spelling),*]),*
                }
            }
        }
    };
}

fields! {
    CaseId: "case-id", ["caseid", "case", "testid", "testcaseid", "testcase", "questionid", "promptid", "exampleid", "itemid",
        "sampleid", "taskid", "qid", "id", "idx", "编号", "题号", "用例"];
    Candidate: "candidate", ["candidate", "cand", "contestant", "arm", "configuration", "候选"];
    Provider: "provider", ["provider", "vendor", "供应商"];
    Model: "model", ["model", "modelname", "modelid", "llm", "模型"];
    Input: "input", ["input", "prompt", "question", "query", "instruction", "userprompt", "userinput", "问题", "输入", "提示词", "题目"];
    System: "system", ["systemprompt", "systemmessage", "system"];
    Answer: "answer", ["answer", "response", "output", "completion", "prediction", "generation", "modelanswer", "modeloutput",
        "modelresponse", "generated", "回答", "输出"];
    Reference: "reference", ["reference", "referenceanswer", "expected", "expectedoutput", "expectedanswer", "groundtruth", "target",
        "gold", "goldanswer", "ideal", "correctanswer", "参考答案", "标准答案", "答案"];
    Rubric: "rubric", ["rubric", "gradinginstructions", "scoringguide", "评分标准"];
    Tag: "tag", ["tags", "tag", "category", "topic", "subject", "标签", "类别"];
    Weight: "weight", ["weight", "权重"];
    Cluster: "cluster", ["cluster", "clusterid", "family", "documentid", "passageid"];
    Repeat: "repeat", ["repeat", "repetition", "epoch", "trial", "iteration", "attempt", "run"];
    LatencyMs: "latency-ms", ["latencyms", "durationms", "responsetimems", "elapsedms", "latencymilliseconds"];
    LatencyS: "latency-s", ["latencys", "latencyseconds", "latencysec", "durationseconds", "elapsedseconds", "responsetimes"];
    TtftMs: "ttft-ms", ["ttftms", "timetofirsttokenms"];
    TtftS: "ttft-s", ["ttfts", "ttftseconds", "timetofirsttokens"];
    Cost: "cost", ["costusd", "cost", "totalcost", "totalcostusd", "成本", "费用"];
    Currency: "currency", ["currency", "costcurrency", "currencycode", "币种", "货币"];
    InputTokens: "input-tokens", ["inputtokens", "prompttokens", "tokensin"];
    OutputTokens: "output-tokens", ["outputtokens", "completiontokens", "tokensout"];
    CacheReadTokens: "cache-read-tokens", ["cachereadtokens", "cachedtokens", "cachereadinputtokens", "inputcachedtokens"];
    ReasoningTokens: "reasoning-tokens", ["reasoningtokens"];
    Cached: "cached", ["cached", "fromcache", "iscached", "cachehit", "缓存"];
    Rater: "rater", ["rater", "annotator", "grader", "judge", "evaluator", "reviewer", "评分人", "标注员"];
    Reason: "reason", ["reason", "rationale", "explanation", "justification", "comment", "feedback", "理由"];
    Error: "error", ["error", "errormessage", "exception", "错误"];
    Timestamp: "timestamp", ["timestamp", "createdat", "time", "date", "ts", "时间"];
}

impl std::str::FromStr for ColumnField {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Self::ALL.iter().copied().find(|field| field.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeantColumn {
    pub field: ColumnField,
    pub column: String,
}

/// A column of scores, and the criterion it scores by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreColumn {
    pub criterion: String,
    pub column: String,
}

/// How to read a table of cases or results.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnMapping {
    pub columns: Vec<MeantColumn>,
    pub scores: Vec<ScoreColumn>,
    /// Columns that are variables of a template.
    pub variables: Vec<String>,
    pub currency: Option<Currency>,
    /// Whether the input tokens count what came from a cache too.
    pub input_includes_cache: bool,
    /// 12,5 rather than 12.5. `None`: each column's own values decide, or the import asks.
    pub decimal_comma: Option<bool>,
}

impl ColumnMapping {
    /// What a person says; where that names no column, what the header tells, read as they say.
    pub fn said_or_guessed(said: Option<&Self>, columns: &[String]) -> Self {
        match said {
            None => guess(columns),
            Some(said) if said.columns.is_empty() && said.scores.is_empty() && said.variables.is_empty() => {
                let guessed = guess(columns);
                Self {
                    currency: said.currency.or(guessed.currency),
                    input_includes_cache: said.input_includes_cache || guessed.input_includes_cache,
                    decimal_comma: said.decimal_comma,
                    ..guessed
                }
            }
            Some(said) => said.clone(),
        }
    }

    /// The same columns where a table is read for its cases: "answer" in a table that says of nobody who answered is what counts as
    /// right.
    #[must_use]
    pub fn for_cases(mut self) -> Self {
        use ColumnField::{Answer, Candidate, Error, LatencyMs, LatencyS, Model, Provider, Reference, Repeat};
        let tells_who =
            [Candidate, Provider, Model, Error, LatencyMs, LatencyS, Repeat].iter().any(|field| self.knows(*field));
        if !tells_who && self.scores.is_empty() && !self.knows(Reference) {
            for meant in self.columns.iter_mut().filter(|meant| meant.field == Answer) {
                meant.field = Reference;
            }
        }
        self
    }

    pub fn column(&self, field: ColumnField) -> Option<&str> {
        self.columns.iter().find(|meant| meant.field == field).map(|meant| meant.column.as_str())
    }

    pub fn knows(&self, field: ColumnField) -> bool {
        self.column(field).is_some()
    }

    /// Whether rows say of which case they are.
    pub(super) fn tells_case(&self) -> bool {
        self.knows(ColumnField::CaseId) || self.knows(ColumnField::Input)
    }

    /// Whether rows are results, rather than cases alone.
    pub(super) fn tells_results(&self) -> bool {
        !self.scores.is_empty() || self.knows(ColumnField::Answer) || self.knows(ColumnField::Error)
    }
}

/// Columns a score is in, by their whole name.
const SCORES: [&str; 13] = [
    "score",
    "rating",
    "grade",
    "correct",
    "iscorrect",
    "passed",
    "pass",
    "success",
    "accuracy",
    "得分",
    "评分",
    "分数",
    "是否正确",
];

/// The criterion a column scores by, if its name says it scores at all: "score", "score:helpfulness", "scores.tone", "tone_score".
fn criterion(column: &str) -> Option<String> {
    let squeezed = squeeze(column);
    if SCORES.contains(&squeezed.as_str()) {
        return Some(squeezed);
    }
    let lower = column.to_lowercase();
    let separators = [':', '.', '_', '-', ' ', '/'];
    for word in ["scores", "score", "rating", "grade"] {
        if let Some(rest) = lower.strip_prefix(word)
            && rest.starts_with(separators)
        {
            // By bytes of the original: lower-casing may change them.
            let rest: String = column.chars().skip(word.len()).collect();
            let rest = rest.trim_matches(|c| separators.contains(&c) || c == '[' || c == ']').to_owned();
            return (!rest.is_empty()).then_some(rest);
        }
        if let Some(rest) = lower.strip_suffix(word)
            && rest.ends_with(separators)
        {
            let rest: String = column.chars().take(column.chars().count() - word.len()).collect();
            let rest = rest.trim_matches(|c| separators.contains(&c)).to_owned();
            return (!rest.is_empty()).then_some(rest);
        }
    }
    None
}

/// Reads meanings from names. Each column is used once; a field takes its most telling spelling, of a whole name or of the last part
/// of a dotted one.
pub fn guess(columns: &[String]) -> ColumnMapping {
    let squeezed: Vec<String> = columns.iter().map(|column| squeeze(column)).collect();
    let last: Vec<String> = columns.iter().map(|column| squeeze(column.rsplit('.').next().unwrap_or(column))).collect();
    let mut taken = vec![false; columns.len()];
    let mut mapping = ColumnMapping { currency: Some(Currency::USD), ..ColumnMapping::default() };
    for (index, column) in columns.iter().enumerate() {
        if let Some(criterion) = criterion(column) {
            taken[index] = true;
            mapping.scores.push(ScoreColumn { criterion, column: column.clone() });
        }
    }
    for names in [&squeezed, &last] {
        for field in ColumnField::ALL {
            if mapping.knows(*field) {
                continue;
            }
            let place = field.spellings().iter().find_map(|spelling| {
                names.iter().enumerate().position(|(index, name)| !taken[index] && name == spelling)
            });
            if let Some(index) = place {
                taken[index] = true;
                mapping.columns.push(MeantColumn { field: *field, column: columns[index].clone() });
            }
        }
    }
    let is_variable = |column: &&String| column.starts_with("var:") || column.starts_with("vars.");
    mapping.variables = columns.iter().filter(is_variable).cloned().collect();
    let names =
        [ColumnField::InputTokens, ColumnField::CacheReadTokens].map(|field| mapping.column(field).map(squeeze));
    // As usage does: Anthropic's two names stand side by side and do not overlap.
    let is_apart =
        matches!(&names, [Some(input), Some(read)] if input.ends_with("inputtokens") && read.contains("cacheread"));
    mapping.input_includes_cache = !is_apart;
    mapping
}

/// Whether what is guessed is enough to read by.
pub(super) fn is_enough(columns: &[String]) -> bool {
    let mapping = guess(columns);
    let names_input = mapping.knows(ColumnField::Input);
    mapping.tells_case() && (mapping.tells_results() || names_input)
}

/// Columns of what is or may be a table.
pub(super) fn of_shape(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Table(header) => header.names.clone(),
        Shape::Objects(all) => leaves(all.iter().flatten()),
        Shape::Object(keys) => leaves(keys.iter()),
        _ => Vec::new(),
    }
}

/// Dotted keys that nothing stands below.
fn leaves<'k>(keys: impl Iterator<Item = &'k String>) -> Vec<String> {
    let all: BTreeSet<&String> = keys.collect();
    let has_below = |key: &str| {
        let below = format!("{key}.");
        all.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below))
    };
    all.iter().filter(|key| !has_below(key)).take(500).map(|key| (*key).clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn headers_as_people_write_them_are_guessed() {
        let mapping = guess(&columns(&[
            "Case ID",
            "Model",
            "Prompt",
            "Response",
            "score:tone",
            "helpfulness_score",
            "Rater",
            "latency_ms",
        ]));
        let of = |field| mapping.column(field);
        assert_eq!(of(ColumnField::CaseId), Some("Case ID"));
        assert_eq!(of(ColumnField::Input), Some("Prompt"));
        assert_eq!(of(ColumnField::Answer), Some("Response"));
        let scores: Vec<_> =
            mapping.scores.iter().map(|score| (score.criterion.as_str(), score.column.as_str())).collect();
        assert_eq!(scores, [("tone", "score:tone"), ("helpfulness", "helpfulness_score")]);
        assert_eq!(guess(&columns(&["题目", "参考答案"])).column(ColumnField::Reference), Some("参考答案"));
    }

    #[test]
    fn a_column_is_used_once_and_a_table_of_other_things_is_none_of_ours() {
        let mapping = guess(&columns(&["id", "case_id", "input", "input_tokens", "prompt"]));
        let mut used: Vec<_> = mapping.columns.iter().map(|meant| &meant.column).collect();
        used.sort();
        used.dedup();
        assert_eq!(used.len(), mapping.columns.len());
        assert!(!is_enough(&columns(&["name", "version", "scripts"])));
        assert!(!is_enough(&columns(&["timestamp", "model", "input_tokens"])));
        assert!(is_enough(&columns(&["question", "expected"])));
        assert!(is_enough(&columns(&["id", "model", "score"])));
    }

    #[test]
    fn every_field_has_one_name() {
        for field in ColumnField::ALL {
            assert_eq!(field.name().parse(), Ok(*field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }
}
