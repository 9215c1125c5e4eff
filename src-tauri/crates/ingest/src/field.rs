//! The fields of a usage record, and the column names that mean them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Input as one number; see [`crate::FieldMapping::input_includes_cache`].
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
    pub(crate) const OF_USAGE_OBJECT: [Field; 12] = [
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

/// A column name without case and punctuation: "Input_Tokens" and "input tokens" are one.
pub(crate) fn squeeze(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
