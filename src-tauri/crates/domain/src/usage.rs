//! Usage: hourly roll-ups of requests, sessions and tokens by dimension.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Tokens by *disjoint* kind. `reasoning` is the one exception: the part of `output` spent on reasoning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenCounts {
    /// Uncached text input; whatever a source does not tell apart.
    pub input: u64,
    pub cache_read: u64,
    pub cache_write_5m: u64,
    pub cache_write_1h: u64,
    /// Text output, and whatever a source does not tell apart.
    pub output: u64,
    /// Uncached audio and image input, audio and image output, where the source tells them apart from text.
    pub input_audio: u64,
    pub input_image: u64,
    pub output_audio: u64,
    pub output_image: u64,
    pub reasoning: u64,
}

/// How many kinds of token are billed: the length of [`TokenCounts::billed`].
pub const TOKEN_KINDS: usize = 9;

/// Names of the billed kinds, in the order of [`TokenCounts::billed`]: messages `token-kind-<name>`.
pub const TOKEN_KIND_NAMES: [&str; TOKEN_KINDS] = [
    "input",
    "cache-read",
    "cache-write-5m",
    "cache-write-1h",
    "output",
    "input-audio",
    "input-image",
    "output-audio",
    "output-image",
];

impl TokenCounts {
    /// The kinds that are billed, each token once.
    pub fn billed(&self) -> [u64; TOKEN_KINDS] {
        [
            self.input,
            self.cache_read,
            self.cache_write_5m,
            self.cache_write_1h,
            self.output,
            self.input_audio,
            self.input_image,
            self.output_audio,
            self.output_image,
        ]
    }

    /// All input, cached or not: what a context-length tier looks at.
    pub fn input_total(&self) -> u64 {
        self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h + self.input_audio + self.input_image
    }

    pub fn output_total(&self) -> u64 {
        self.output + self.output_audio + self.output_image
    }

    pub fn total(&self) -> u64 {
        self.input_total() + self.output_total()
    }

    pub fn add(&mut self, other: &TokenCounts) {
        self.input += other.input;
        self.cache_read += other.cache_read;
        self.cache_write_5m += other.cache_write_5m;
        self.cache_write_1h += other.cache_write_1h;
        self.output += other.output;
        self.input_audio += other.input_audio;
        self.input_image += other.input_image;
        self.output_audio += other.output_audio;
        self.output_image += other.output_image;
        self.reasoning += other.reasoning;
    }
}

/// Splits an input count that *includes* cache reads and writes into disjoint kinds (OpenAI, LiteLLM, OpenTelemetry).
/// `None` when the cached part is larger than the whole: the row contradicts itself.
pub fn disjoint_input(input: u64, cache_read: u64, cache_write: u64) -> Option<u64> {
    input.checked_sub(cache_read)?.checked_sub(cache_write)
}

/// What is counted in one roll-up cell; everything adds up across hours and dimensions.
///
/// A session counts once, in the cell of its first request; it is successful if its last request was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    pub requests: u64,
    pub successes: u64,
    pub sessions: u64,
    /// Sessions whose outcome is known: what a share of successes is a share of.
    pub decided_sessions: u64,
    pub successful_sessions: u64,
    pub tokens: TokenCounts,
    /// Searches a model made on the web, billed beside its tokens.
    pub web_searches: u64,
    /// Money as the file states it, nano-units of the series' currency.
    pub reported_nanos: i128,
}

/// Counts of [`Measures`], declared once: the columns they are stored in, their folds and their names in exports come from
/// this list. The stated amount is beside them because it is signed and passes 64 bits.
macro_rules! counts {
    ($($column:literal = $($path:ident).+ if $known:ident),* $(,)?) => {
        impl Known {
            /// Whether a file says each of the counts, in the order of [`Measures::COLUMNS`].
            pub fn counts(&self) -> [bool; [$($column),*].len()] {
                [$(self.$known),*]
            }
        }

        impl Measures {
            /// Column names of the counts, in the order of [`Measures::counts`].
            pub const COLUMNS: &'static [&'static str] = &[$($column),*];

            /// The counts in the order of [`Measures::COLUMNS`].
            pub fn counts(&self) -> [u64; [$($column),*].len()] {
                [$(self.$($path).+),*]
            }

            /// Reads counts in the order of [`Measures::COLUMNS`].
            pub fn from_counts(counts: [u64; [$($column),*].len()], reported_nanos: i128) -> Self {
                let mut counts = counts.into_iter();
                let mut measures = Self { reported_nanos, ..Self::default() };
                $(measures.$($path).+ = counts.next().unwrap_or(0);)*
                measures
            }

            pub fn add(&mut self, other: &Measures) {
                $(self.$($path).+ += other.$($path).+;)*
                self.reported_nanos += other.reported_nanos;
            }

            /// Whether every measure is at most the other's: what a part of some rows says against all of them.
            pub fn is_within(&self, other: &Measures) -> bool {
                $(self.$($path).+ <= other.$($path).+ &&)*
                self.reported_nanos.abs() <= other.reported_nanos.abs()
            }
        }
    };
}

counts! {
    "requests" = requests if requests,
    "successes" = successes if successes,
    "sessions" = sessions if sessions,
    "decided_sessions" = decided_sessions if successful_sessions,
    "successful_sessions" = successful_sessions if successful_sessions,
    "input" = tokens.input if tokens,
    "cache_read" = tokens.cache_read if cache,
    "cache_write_5m" = tokens.cache_write_5m if cache,
    "cache_write_1h" = tokens.cache_write_1h if cache,
    "output" = tokens.output if tokens,
    "reasoning" = tokens.reasoning if reasoning,
    "input_audio" = tokens.input_audio if audio,
    "input_image" = tokens.input_image if images,
    "output_audio" = tokens.output_audio if audio,
    "output_image" = tokens.output_image if images,
    "web_searches" = web_searches if web_searches,
}

impl Measures {
    /// What one row says, without the sessions that several rows make up.
    pub fn without_sessions(&self) -> Measures {
        Measures { sessions: 0, decided_sessions: 0, successful_sessions: 0, ..*self }
    }

    pub fn is_empty(&self) -> bool {
        *self == Measures::default()
    }
}

/// What a file is able to say. A measure it cannot say is unknown, never 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Known {
    pub requests: bool,
    pub successes: bool,
    pub sessions: bool,
    pub successful_sessions: bool,
    pub tokens: bool,
    pub reported_cost: bool,
    /// Which input came from a cache or went into one.
    pub cache: bool,
    pub reasoning: bool,
    /// Its rows leave open how many tokens they took, though the file tells of tokens: what they cost is no cost of these.
    #[serde(default)]
    pub untold: bool,
    /// Which tokens are of audio and of images, and how often the web was searched.
    #[serde(default)]
    pub audio: bool,
    #[serde(default)]
    pub images: bool,
    #[serde(default)]
    pub web_searches: bool,
}

impl Known {
    pub fn to_bits(self) -> i64 {
        [
            self.requests,
            self.successes,
            self.sessions,
            self.successful_sessions,
            self.tokens,
            self.reported_cost,
            self.cache,
            self.reasoning,
            self.untold,
            self.audio,
            self.images,
            self.web_searches,
        ]
        .into_iter()
        .enumerate()
        .map(|(bit, known)| i64::from(known) << bit)
        .sum()
    }

    /// What either knows.
    pub fn or(self, other: Known) -> Self {
        Self {
            requests: self.requests | other.requests,
            successes: self.successes | other.successes,
            sessions: self.sessions | other.sessions,
            successful_sessions: self.successful_sessions | other.successful_sessions,
            tokens: self.tokens | other.tokens,
            reported_cost: self.reported_cost | other.reported_cost,
            cache: self.cache | other.cache,
            reasoning: self.reasoning | other.reasoning,
            untold: self.untold & other.untold,
            audio: self.audio | other.audio,
            images: self.images | other.images,
            web_searches: self.web_searches | other.web_searches,
        }
    }

    /// What rows of a file know that do not tell their tokens, though the file has room for them. Charges are still of a file that
    /// meters; what is neither metered nor charged is known to nobody.
    pub fn of_untold(self, is_charge: bool) -> Self {
        match is_charge {
            true => Self { untold: true, ..self },
            false => Self { tokens: false, cache: false, reasoning: false, audio: false, images: false, ..self },
        }
    }

    /// What rows of a file know that name no session, though the file has sessions: how many they are of is not told.
    pub fn of_no_session(self) -> Self {
        Self { sessions: false, successful_sessions: false, ..self }
    }

    pub fn from_bits(bits: i64) -> Self {
        let known = |bit: i64| bits >> bit & 1 == 1;
        Self {
            requests: known(0),
            successes: known(1),
            sessions: known(2),
            successful_sessions: known(3),
            tokens: known(4),
            reported_cost: known(5),
            cache: known(6),
            reasoning: known(7),
            untold: known(8),
            audio: known(9),
            images: known(10),
            web_searches: known(11),
        }
    }
}

/// The dimensions usage is rolled up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    Vendor,
    Model,
    Feature,
    Tenant,
    Environment,
}

impl Dimension {
    pub const ALL: [Dimension; 5] =
        [Dimension::Vendor, Dimension::Model, Dimension::Feature, Dimension::Tenant, Dimension::Environment];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        ["vendor", "model", "feature", "tenant", "environment"][self.index()]
    }
}

impl std::str::FromStr for Dimension {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|d| d.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cached_tokens_are_counted_once() {
        assert_eq!(disjoint_input(1_000, 600, 100), Some(300));
        assert_eq!(disjoint_input(500, 600, 0), None);
    }

    #[test]
    fn the_list_of_counts_names_every_measure() {
        let counts: [u64; Measures::COLUMNS.len()] = std::array::from_fn(|n| n as u64 + 1);
        let measures = Measures::from_counts(counts, -7);
        assert_eq!(measures.counts(), counts);
        let text = serde_json::to_value(measures).unwrap();
        let fields = |value: &serde_json::Value| value.as_object().unwrap().len();
        // Every field but the nested tokens and the stated amount is a count of the list.
        assert_eq!(fields(&text) - 2 + fields(&text["tokens"]), Measures::COLUMNS.len());
        let mut twice = measures;
        twice.add(&measures);
        assert_eq!(twice.counts(), counts.map(|n| 2 * n));
        assert_eq!(twice.reported_nanos, -14);
        assert!(measures.is_within(&twice) && !twice.is_within(&measures));
    }

    #[test]
    fn what_a_file_knows_survives_storage() {
        for bits in 0..1 << 12 {
            assert_eq!(Known::from_bits(bits).to_bits(), bits);
        }
    }
}
