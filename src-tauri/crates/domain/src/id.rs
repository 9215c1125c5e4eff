//! Identifiers: UUIDv7, one newtype per kind of record, so that a contract's id cannot be passed for a vendor's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    VendorId,
    ContractId,
    AttachmentId,
    CommentId,
    PersonId,
    SuiteId,
    BakeoffId,
    RoundId,
    DecisionId,
    ResultImportId,
    VendorScoreId,
    IncidentId,
    ActionId,
    EventId,
    SloId,
    SloImportId,
    PriceId,
    ImportId,
    PlanId,
    ActivityId,
    JobId,
}
