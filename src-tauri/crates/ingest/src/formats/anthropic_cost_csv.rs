//! The Anthropic console's cost export: one row per day and token type, money only.

use domain::money::Currency;
use domain::usage::Known;

use super::anthropic::mapping;
use super::{Format, Marks};
use crate::csv_usage;
use crate::field::Field;

pub(super) const FORMAT: Format = Format {
    name: "anthropic-cost-csv",
    marks: Marks::Columns(MARKS),
    is_mapped: false,
    known: |_| Known { reported_cost: true, ..Known::default() },
    currency: |_, _| Ok(Currency::USD),
    notes: |_, _| Ok(vec!["cost-only", "daily-buckets"]),
    read: |path, look, _, setup, progress| {
        // Older exports name the kind of charge among the kinds of token.
        let has_cost_type = look.header()?.names.iter().any(|name| name == "cost_type");
        let columns = [
            (Field::ChargeType, if has_cost_type { "cost_type" } else { "token_type" }),
            (Field::Timestamp, "usage_date_utc"),
            (Field::Model, "model"),
            (Field::Feature, "api_key"),
            (Field::Tenant, "workspace"),
            (Field::Cost, "cost_usd"),
        ];
        csv_usage::read(path, look, &mapping(look, MARKS, &columns, Some(Currency::USD))?, setup, progress)
    },
};

const MARKS: &[&str] = &["usage_date_utc", "model", "cost_usd", "token_type"];
