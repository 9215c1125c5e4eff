//! What `--map`, `--set` and the flags beside them say, over what was guessed or remembered.

use app::import::{Field, FileInspection};
use app::wire::{FieldMapping, MappedColumn, MappedConstant};

use super::Usage;
use crate::{Failure, Session};

/// What the command line says about columns and fixed values.
pub struct Said {
    columns: Vec<MappedColumn>,
    constants: Vec<MappedConstant>,
}

impl Said {
    pub fn of(session: &Session, usage: &Usage) -> Result<Self, Failure> {
        let wrong = |text: &str| session.misuse("bad-mapping", &[("text", text)]);
        let field = |text: &str| {
            text.trim().parse::<Field>().map_err(|_| {
                let known = Field::ALL.map(Field::name).join(", ");
                session.misuse("bad-field", &[("text", text.trim()), ("known", &known)])
            })
        };
        let mut said = Self { columns: Vec::new(), constants: Vec::new() };
        for pair in &usage.map {
            let (column, name) = pair.rsplit_once('=').ok_or_else(|| wrong(pair))?;
            said.columns.push(MappedColumn { field: field(name)?, column: column.trim().to_owned() });
        }
        for pair in &usage.set {
            let (name, value) = pair.split_once('=').ok_or_else(|| wrong(pair))?;
            said.constants.push(MappedConstant { field: field(name)?, value: value.trim().to_owned() });
        }
        Ok(said)
    }

    fn sets(&self, field: Field) -> bool {
        self.constants.iter().any(|constant| constant.field == field)
    }

    fn maps(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// Puts what was said over a guessed or remembered mapping.
    pub fn over(self, session: &Session, usage: &Usage, mut mapping: FieldMapping) -> Result<FieldMapping, Failure> {
        // What was remembered as fixed gives way to what is said now, be it a value or a column.
        mapping.constants.retain(|constant| !self.sets(constant.field) && !self.maps(constant.field));
        // With a mapping of one's own the guesses are not mixed in.
        if !self.columns.is_empty() {
            mapping.columns.clone_from(&self.columns);
        }
        // A value holds for every row: no column is read for that field.
        mapping.columns.retain(|column| !self.sets(column.field));
        mapping.constants.extend(self.constants);
        if let Some(zone) = &usage.time_zone {
            mapping.time_zone = Some(zone.clone());
        }
        if usage.input_excludes_cache || usage.input_includes_cache {
            mapping.input_includes_cache = usage.input_includes_cache;
        }
        if let Some(currency) = &usage.cost_currency {
            let unknown = |_| {
                let example = session.text("cli-hint-currency", &[]);
                session.misuse("bad-currency", &[("text", currency)]).with_hint(example)
            };
            mapping.cost_currency = Some(currency.parse().map_err(unknown)?);
        }
        mapping.decimal_comma = usage.decimal_comma.or(mapping.decimal_comma);
        mapping.day_first = usage.day_first.or(mapping.day_first);
        Ok(mapping)
    }

    /// What is taken over from an earlier file with the same header, as one sentence.
    pub fn reused(&self, session: &Session, usage: &Usage, look: &FileInspection) -> Option<String> {
        if !look.remembered {
            return None;
        }
        let mapping = &look.mapping;
        let mut parts: Vec<String> = Vec::new();
        for constant in &mapping.constants {
            if !self.sets(constant.field) && !self.maps(constant.field) {
                parts.push(format!("{}={}", constant.field.name(), constant.value));
            }
        }
        if let Some(zone) = mapping.time_zone.as_deref().filter(|_| usage.time_zone.is_none()) {
            parts.push(session.text("cli-reused-zone", &[("zone", zone.into())]));
        }
        if let Some(currency) = mapping.cost_currency.as_ref().filter(|_| usage.cost_currency.is_none()) {
            parts.push(session.text("cli-reused-currency", &[("currency", currency.to_string().into())]));
        }
        if let Some(comma) = mapping.decimal_comma.filter(|_| usage.decimal_comma.is_none()) {
            parts.push(session.text("cli-reused-decimal", &[("comma", u8::from(comma).into())]));
        }
        if let Some(first) = mapping.day_first.filter(|_| usage.day_first.is_none()) {
            parts.push(session.text("cli-reused-day", &[("first", u8::from(first).into())]));
        }
        if usage.source.is_none() {
            parts.push(session.text("cli-reused-feed", &[("feed", look.source.as_str().into())]));
        }
        let what = parts.join(&session.text("cli-separator", &[]));
        (!what.is_empty()).then(|| session.text("cli-reused", &[("what", what.into())]))
    }
}
