//! Which column means what: guessed from the header, corrected by a person, remembered.

use chrono_tz::Tz;
use domain::money::Currency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::field::Field;
use crate::{IngestError, Result};

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

    /// The zone timestamps without one are in.
    ///
    /// # Errors
    /// A name that is no IANA zone.
    pub(crate) fn zone(&self) -> Result<Option<Tz>> {
        let named = self.time_zone.as_deref().filter(|zone| !zone.trim().is_empty());
        let parse = |zone: &str| zone.trim().parse().map_err(|_| IngestError::file("unknown-zone", &[("zone", zone)]));
        named.map(parse).transpose()
    }
}
