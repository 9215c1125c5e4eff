//! One command: its name, what it does to the workspace, and its two types, written once with [`crate::commands!`].

use serde::Serialize;
use serde_json::Value;
use store::Tag;

use super::{Context, Work};
use crate::error::{AppError, Result};

/// What a command does to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Reads one snapshot; cached by the UI under its read tags.
    Query,
    /// One transaction.
    Mutate,
    /// Long: reports progress, can be cancelled.
    Job,
}

/// A command as the door and the TypeScript generator see it.
pub struct Command {
    pub name: &'static str,
    pub kind: Kind,
    pub reads: &'static [Tag],
    /// Names of its types in TypeScript.
    pub input: fn(&ts_rs::Config) -> String,
    pub output: fn(&ts_rs::Config) -> String,
    /// Writes the TypeScript declarations of its types.
    pub export: fn(&ts_rs::Config) -> std::result::Result<(), ts_rs::ExportError>,
    pub run: for<'a> fn(&'a Context, Value) -> Work<'a, Value>,
}

/// A list of commands. The handlers are functions of these names that are in scope.
///
/// ```ignore
/// commands! {
///     query  contracts(()) -> ContractsView, reads [Tag::CONTRACTS];
///     mutate contract_save(ContractDraft) -> Contract;
/// }
/// ```
#[macro_export]
macro_rules! commands {
    ($( $kind:ident $name:ident ( $input:ty ) -> $output:ty $(, reads [ $($tag:expr),* $(,)? ])? ; )*) => {
        &[$($crate::frame::command::Command {
            name: stringify!($name),
            kind: $crate::command_kind!($kind),
            reads: &[$($($tag),*)?],
            input: |config| <$input as ts_rs::TS>::name(config),
            output: |config| <$output as ts_rs::TS>::name(config),
            export: |config| {
                $crate::frame::command::export::<$input>(config)?;
                $crate::frame::command::export::<$output>(config)
            },
            run: |context, payload| Box::pin(async move {
                let input: $input = $crate::frame::command::read(payload)?;
                let output: $output = $name(context, input).await?;
                $crate::frame::command::written(&output)
            }),
        }),*]
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! command_kind {
    (query) => {
        $crate::frame::command::Kind::Query
    };
    (mutate) => {
        $crate::frame::command::Kind::Mutate
    };
    (job) => {
        $crate::frame::command::Kind::Job
    };
}

/// A command's answer as the wire carries it.
///
/// # Errors
/// A value that is no JSON.
pub fn written<T: Serialize>(output: &T) -> Result<Value> {
    serde_json::to_value(output).map_err(|error| AppError::Internal(error.to_string()))
}

/// A command without input takes null, or the empty object some callers send instead.
///
/// # Errors
/// A payload of another shape.
pub fn read<T: serde::de::DeserializeOwned>(payload: Value) -> Result<T> {
    let nothing = payload.as_object().is_some_and(serde_json::Map::is_empty);
    match serde_json::from_value(payload) {
        Err(_) if nothing => serde_json::from_value(Value::Null),
        other => other,
    }
    .map_err(|error| AppError::Payload(without_values(&error.to_string())))
}

/// What was wrong with a payload, without what stood in it: that may be a key.
fn without_values(cause: &str) -> String {
    let parts = cause.split(['"', '`']).enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect::<Vec<_>>().join("\"")
}

/// Writes the TypeScript declaration of a type and of what it is made of.
///
/// # Errors
/// The disk's.
pub fn export<T: ts_rs::TS + 'static>(config: &ts_rs::Config) -> std::result::Result<(), ts_rs::ExportError> {
    match T::export_all(config) {
        // Plain types such as `()` and `Vec<T>` have no file of their own; what they hold is exported.
        Err(ts_rs::ExportError::CannotBeExported(_)) => {
            struct Inner<'c>(&'c ts_rs::Config, std::result::Result<(), ts_rs::ExportError>);
            impl ts_rs::TypeVisitor for Inner<'_> {
                fn visit<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
                    if self.1.is_ok() && T::output_path().is_some() {
                        self.1 = T::export_all(self.0);
                    }
                }
            }
            let mut inner = Inner(config, Ok(()));
            T::visit_dependencies(&mut inner);
            T::visit_generics(&mut inner);
            inner.1
        }
        other => other,
    }
}
