//! Which column means what: guessed from the header, corrected by a person, remembered.

use domain::money::Currency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The files usage can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UsageFormat {
    GenericCsv,
    GenericJsonl,
    LitellmSpendLogs,
    OpenaiUsage,
    OpenaiCosts,
    AnthropicCostCsv,
    AnthropicUsageCsv,
}

impl UsageFormat {
    pub const ALL: [UsageFormat; 7] = [
        UsageFormat::GenericCsv,
        UsageFormat::GenericJsonl,
        UsageFormat::LitellmSpendLogs,
        UsageFormat::OpenaiUsage,
        UsageFormat::OpenaiCosts,
        UsageFormat::AnthropicCostCsv,
        UsageFormat::AnthropicUsageCsv,
    ];

    pub fn name(self) -> &'static str {
        match self {
            UsageFormat::GenericCsv => "generic-csv",
            UsageFormat::GenericJsonl => "generic-jsonl",
            UsageFormat::LitellmSpendLogs => "litellm-spend-logs",
            UsageFormat::OpenaiUsage => "openai-usage",
            UsageFormat::OpenaiCosts => "openai-costs",
            UsageFormat::AnthropicCostCsv => "anthropic-cost-csv",
            UsageFormat::AnthropicUsageCsv => "anthropic-usage-csv",
        }
    }

    pub(crate) fn is_csv(self) -> bool {
        matches!(self, UsageFormat::GenericCsv | UsageFormat::AnthropicCostCsv | UsageFormat::AnthropicUsageCsv)
    }

    /// Whether a person says which column means what; the dedicated readers know.
    pub fn is_mapped(self) -> bool {
        matches!(self, UsageFormat::GenericCsv | UsageFormat::GenericJsonl)
    }
}

impl std::str::FromStr for UsageFormat {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Timestamp,
    Vendor,
    Model,
    Feature,
    Tenant,
    Environment,
    Session,
    RequestId,
    Success,
    SessionSuccess,
    /// Input as one number; see [`FieldMapping::input_includes_cache`].
    InputTokens,
    UncachedInputTokens,
    CacheReadTokens,
    #[serde(rename = "cache-write-5m-tokens")]
    CacheWrite5mTokens,
    #[serde(rename = "cache-write-1h-tokens")]
    CacheWrite1hTokens,
    OutputTokens,
    ReasoningTokens,
    Requests,
    Cost,
    ServiceTier,
    /// How long the requests a row sums up were: "0-200k", "> 200k".
    ContextWindow,
    /// Audio and images, where they are told apart from text.
    InputAudioTokens,
    InputImageTokens,
    OutputAudioTokens,
    OutputImageTokens,
    WebSearches,
    /// What a row without tokens charges: "web search", "storage".
    ChargeType,
    /// "fast" where inference was bought faster than standard.
    Speed,
    /// Where inference had to run: "us", "global".
    InferenceGeo,
    /// How long the request took to the end of its answer. The unit is part of the field: 1.2 and 1,200 look alike in either.
    LatencyMs,
    LatencyS,
    /// How long it took to the first token of its answer.
    TtftMs,
    TtftS,
    /// A provider's usage object, which says all of the tokens; see [`crate::usage_object`].
    UsageObject,
}

impl Field {
    pub const ALL: [Field; 34] = [
        Field::Timestamp,
        Field::Vendor,
        Field::Model,
        Field::Feature,
        Field::Tenant,
        Field::Environment,
        Field::Session,
        Field::RequestId,
        Field::Success,
        Field::SessionSuccess,
        Field::InputTokens,
        Field::UncachedInputTokens,
        Field::CacheReadTokens,
        Field::CacheWrite5mTokens,
        Field::CacheWrite1hTokens,
        Field::OutputTokens,
        Field::ReasoningTokens,
        Field::Requests,
        Field::Cost,
        Field::ServiceTier,
        Field::ContextWindow,
        Field::InputAudioTokens,
        Field::InputImageTokens,
        Field::OutputAudioTokens,
        Field::OutputImageTokens,
        Field::WebSearches,
        Field::ChargeType,
        Field::Speed,
        Field::InferenceGeo,
        Field::LatencyMs,
        Field::LatencyS,
        Field::TtftMs,
        Field::TtftS,
        Field::UsageObject,
    ];

    /// What a usage object says itself.
    const OF_USAGE_OBJECT: [Field; 12] = [
        Field::InputTokens,
        Field::UncachedInputTokens,
        Field::CacheReadTokens,
        Field::CacheWrite5mTokens,
        Field::CacheWrite1hTokens,
        Field::OutputTokens,
        Field::ReasoningTokens,
        Field::InputAudioTokens,
        Field::InputImageTokens,
        Field::OutputAudioTokens,
        Field::OutputImageTokens,
        Field::WebSearches,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Field::Timestamp => "timestamp",
            Field::Vendor => "vendor",
            Field::Model => "model",
            Field::Feature => "feature",
            Field::Tenant => "tenant",
            Field::Environment => "environment",
            Field::Session => "session",
            Field::RequestId => "request-id",
            Field::Success => "success",
            Field::SessionSuccess => "session-success",
            Field::InputTokens => "input-tokens",
            Field::UncachedInputTokens => "uncached-input-tokens",
            Field::CacheReadTokens => "cache-read-tokens",
            Field::CacheWrite5mTokens => "cache-write-5m-tokens",
            Field::CacheWrite1hTokens => "cache-write-1h-tokens",
            Field::OutputTokens => "output-tokens",
            Field::ReasoningTokens => "reasoning-tokens",
            Field::Requests => "requests",
            Field::Cost => "cost",
            Field::ServiceTier => "service-tier",
            Field::ContextWindow => "context-window",
            Field::InputAudioTokens => "input-audio-tokens",
            Field::InputImageTokens => "input-image-tokens",
            Field::OutputAudioTokens => "output-audio-tokens",
            Field::OutputImageTokens => "output-image-tokens",
            Field::WebSearches => "web-searches",
            Field::ChargeType => "charge-type",
            Field::Speed => "speed",
            Field::InferenceGeo => "inference-geo",
            Field::LatencyMs => "latency-ms",
            Field::LatencyS => "latency-s",
            Field::TtftMs => "ttft-ms",
            Field::TtftS => "ttft-s",
            Field::UsageObject => "usage-object",
        }
    }

    /// Column names that mean this field, as [`squeeze`] writes them; the most telling first.
    pub(crate) fn spellings(self) -> &'static [&'static str] {
        match self {
            Field::Timestamp => &[
                "timestamp",
                "starttime",
                "createdat",
                "requestcreatedat",
                "time",
                "datetime",
                "ts",
                "eventtime",
                "date",
                "usagedateutc",
                "usagedate",
                "day",
                "hour",
            ],
            Field::Vendor => {
                &["vendor", "provider", "customllmprovider", "providername", "genaiprovidername", "genaisystem"]
            }
            Field::Model => &[
                "model",
                "modelname",
                "genairesponsemodel",
                "genairequestmodel",
                "modelpermaslug",
                "providedmodelname",
                "deployment",
                "modelid",
                "modelversion",
                "modelgroup",
            ],
            Field::Feature => &[
                "feature",
                "featurename",
                "usecase",
                "product",
                "app",
                "appname",
                "application",
                "workflow",
                "promptname",
                "name",
            ],
            Field::Tenant => &[
                "tenant",
                "tenantid",
                "customer",
                "customerid",
                "account",
                "organization",
                "enduser",
                "teamid",
                "team",
                "org",
                "workspace",
                "userid",
                "user",
            ],
            Field::Environment => &["environment", "env", "stage"],
            Field::Session => {
                &["session", "sessionid", "conversationid", "genaiconversationid", "chatid", "threadid", "traceid"]
            }
            Field::RequestId => &["requestid", "responseid", "generationid", "callid", "spanid", "eventid", "id"],
            Field::Success => &["success", "ok", "succeeded", "issuccess", "status", "responsestatus", "outcome"],
            Field::SessionSuccess => &["sessionsuccess", "sessionsuccessful", "resolved", "taskcompleted"],
            Field::InputTokens => &[
                "inputtokens",
                "prompttokens",
                "tokensprompt",
                "contexttokens",
                "genaiusageinputtokens",
                "genaiusageprompttokens",
                "tokensin",
                "input",
                "inputlength",
                "prompttokencount",
            ],
            Field::UncachedInputTokens => &["uncachedinputtokens", "usageinputtokensnocache", "inputtokensnocache"],
            Field::CacheReadTokens => &[
                "cachereadtokens",
                "cachedtokens",
                "tokenscached",
                "cachereadinputtokens",
                "inputcachedtokens",
                "usageinputtokenscacheread",
                "cachedinputtokens",
                "genaiusagecachereadinputtokens",
                "cacheread",
            ],
            Field::CacheWrite5mTokens => &[
                "cachewritetokens",
                "cachewrite5mtokens",
                "cachecreationinputtokens",
                "usageinputtokenscachewrite5m",
                "genaiusagecachecreationinputtokens",
                "cachewrite",
            ],
            Field::CacheWrite1hTokens => &["cachewrite1htokens", "usageinputtokenscachewrite1h"],
            Field::OutputTokens => &[
                "outputtokens",
                "completiontokens",
                "tokenscompletion",
                "generatedtokens",
                "genaiusageoutputtokens",
                "genaiusagecompletiontokens",
                "usageoutputtokens",
                "tokensout",
                "output",
                "outputlength",
            ],
            Field::ReasoningTokens => &["reasoningtokens", "tokensreasoning", "genaiusagereasoningoutputtokens"],
            Field::Requests => &["requests", "nummodelrequests", "apirequests", "requestcount", "count", "calls"],
            Field::Cost => &["cost", "costusd", "spend", "totalcost", "costtotal", "totalspend", "amount"],
            Field::ServiceTier => &["servicetier", "tier", "usagetype"],
            Field::ContextWindow => &["contextwindow"],
            Field::InputAudioTokens => &["inputaudiotokens", "audioinputtokens", "promptaudiotokens"],
            Field::InputImageTokens => &["inputimagetokens", "imageinputtokens", "promptimagetokens"],
            Field::OutputAudioTokens => &["outputaudiotokens", "audiooutputtokens", "completionaudiotokens"],
            Field::OutputImageTokens => &["outputimagetokens", "imageoutputtokens", "completionimagetokens"],
            Field::WebSearches => &["websearches", "websearchcount", "websearchrequests"],
            Field::ChargeType => &["chargetype", "costtype", "lineitem"],
            Field::Speed => &["speed"],
            Field::InferenceGeo => &["inferencegeo"],
            // Only names that say their unit: a bare "latency" is milliseconds to some and seconds to others.
            Field::LatencyMs => &[
                "latencyms",
                "durationms",
                "requestdurationms",
                "responsetimems",
                "generationtimems",
                "totaltimems",
                "elapsedms",
                "latencymilliseconds",
                "durationmilliseconds",
                "latencymillis",
                "durationmillis",
            ],
            Field::LatencyS => &[
                // "durations" and their like are left out: a plural names no unit.
                "latencys",
                "latencyseconds",
                "latencysec",
                "durationseconds",
                "durationsec",
                "responsetimeseconds",
                "requestdurationseconds",
                "genaiclientoperationduration",
            ],
            Field::TtftMs => &[
                "timetofirsttokenms",
                "ttftms",
                "firsttokenlatencyms",
                "firsttokenms",
                "timetofirsttokenmilliseconds",
                "timetofirstbytems",
            ],
            Field::TtftS => &[
                "timetofirsttokenseconds",
                "ttfts",
                "ttftseconds",
                "ttftsec",
                "firsttokenlatencyseconds",
                "genaiservertimetofirsttoken",
            ],
            // Told by what it holds, not by its name.
            Field::UsageObject => &[],
        }
    }
}

impl std::str::FromStr for Field {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|field| field.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappedColumn {
    pub field: Field,
    pub column: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappedConstant {
    pub field: Field,
    pub value: String,
}

/// How to read a generic file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldMapping {
    pub columns: Vec<MappedColumn>,
    /// Fields with the same value in every row, e.g. the vendor of a file that has no such column.
    pub constants: Vec<MappedConstant>,
    /// IANA zone of timestamps that name none; `None` refuses them.
    pub time_zone: Option<String>,
    /// Whether `input-tokens` counts cached tokens too (OpenAI, LiteLLM, OpenTelemetry) or not (Anthropic).
    pub input_includes_cache: bool,
    pub cost_currency: Option<Currency>,
    /// 31/07/2026 rather than 07/31/2026. `None`: the file's own dates decide, or the import asks.
    #[serde(default)]
    pub day_first: Option<bool>,
    /// 12,5 rather than 12.5. `None`: each column's own values decide, or the import asks.
    #[serde(default)]
    pub decimal_comma: Option<bool>,
}

impl FieldMapping {
    pub fn column(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|c| c.field == field).map(|c| c.column.as_str())
    }

    pub fn constant(&self, field: Field) -> Option<&str> {
        self.constants.iter().find(|c| c.field == field).map(|c| c.value.as_str())
    }

    /// Takes the tokens from a usage object rather than from columns of their own.
    pub(crate) fn with_usage_object(mut self, column: &str) -> Self {
        self.columns.retain(|mapped| !Field::OF_USAGE_OBJECT.contains(&mapped.field));
        self.columns.push(MappedColumn { field: Field::UsageObject, column: column.to_owned() });
        self
    }

    /// A field that two columns, or a column and a constant, are mapped to: only one of them could be read.
    pub fn mapped_twice(&self) -> Option<Field> {
        let mut seen = [false; Field::ALL.len()];
        if self.knows(Field::UsageObject) {
            Field::OF_USAGE_OBJECT.into_iter().for_each(|field| seen[field as usize] = true);
        }
        let columns = self.columns.iter().map(|mapped| mapped.field);
        let constants = self.constants.iter().map(|constant| constant.field);
        columns.chain(constants).find(|field| std::mem::replace(&mut seen[*field as usize], true))
    }

    pub fn knows(&self, field: Field) -> bool {
        self.column(field).is_some() || self.constant(field).is_some()
    }
}

/// A column name without case and punctuation: "Input_Tokens" and "input tokens" are one.
pub(crate) fn squeeze(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
