//! Expressions in CEL, the Common Expression Language: no loops, no input or output, no clock.
//!
//! The standard library without its macros (`all`, `map`, `filter`, …), which are the only thing in CEL that repeats: what is left
//! does each operation once. Names: `answer`, `reference` (a list), `variables` (a map), `question` (the last message), `length`
//! (characters of the answer), `latency_ms`, `tokens`, `cost` (null where unknown) and `scores` (a map).

use std::sync::{Arc, LazyLock};

use cel::common::types::CelString;
use cel::{Context, Env, ExecutionError, Program, Value};

use super::text::{LengthUnit, length};
use super::{Row, RuleError};

/// The most characters of an expression.
const LONGEST: usize = 2_000;

/// Brackets within brackets, and operators in all: reading and computing an expression go as deep as it is nested, and a stack ends.
const DEEPEST: usize = 16;
const MOST_OPERATORS: usize = 64;

/// What reading an expression that deep takes, many times over. Only what is used of it is ever held.
const STACK: usize = 64 << 20;

const NAMES: [&str; 9] =
    ["answer", "reference", "variables", "question", "length", "latency_ms", "tokens", "cost", "scores"];

static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::default().with_stdlib()));

/// So many operators are computed on any stack; more on a deep one.
const FEW_OPERATORS: usize = 8;

/// An expression that can be read and names only what exists.
#[derive(Debug)]
pub struct Expression {
    program: Program,
    is_deep: bool,
}

impl Expression {
    /// # Errors
    /// [`RuleError::ExpressionTooLong`], [`RuleError::Expression`] with the place, [`RuleError::UnknownName`].
    pub fn new(source: &str) -> Result<Self, RuleError> {
        let have = source.chars().count();
        if have > LONGEST {
            return Err(RuleError::ExpressionTooLong { have, most: LONGEST });
        }
        let (depth, operators) = nesting(source);
        if depth > DEEPEST || operators > MOST_OPERATORS {
            let message = format!("nested too deeply: at most {DEEPEST} brackets and {MOST_OPERATORS} operators");
            return Err(RuleError::Expression { line: 1, column: 1, message });
        }
        let no_stack = || RuleError::Expression { line: 1, column: 1, message: "not read".to_owned() };
        on_a_deep_stack(|| Self::read(source, depth + operators > FEW_OPERATORS)).ok_or_else(no_stack)?
    }

    fn read(source: &str, is_deep: bool) -> Result<Self, RuleError> {
        let program = ENVIRONMENT.compile(source).map_err(|errors| {
            let first = errors.errors.first();
            let (line, column) = first.map_or((1, 1), |error| (error.pos.0, error.pos.1));
            let message = first.map_or_else(|| errors.to_string(), |error| error.msg.clone());
            RuleError::Expression { line: line.max(1) as usize, column: column.max(1) as usize, message }
        })?;
        let references = program.references();
        let mut variables = references.variables();
        variables.sort_unstable();
        if let Some(name) = variables.into_iter().find(|name| !NAMES.contains(name)) {
            return Err(RuleError::UnknownName { name: name.to_owned() });
        }
        let expression = Self { program, is_deep };
        // A function that does not exist is only seen when it is called.
        let nothing = std::collections::BTreeMap::new();
        let sample = Row {
            answer: "",
            reference: &[],
            variables: &nothing,
            messages: &[],
            latency_ms: Some(1.0),
            tokens: Some(1.0),
            cost: Some(1.0),
            scores: &std::collections::BTreeMap::new(),
        };
        match expression.run_here(&sample) {
            Err(ExecutionError::UndeclaredReference(name)) => Err(RuleError::UnknownName { name: (*name).clone() }),
            _ => Ok(expression),
        }
    }

    /// # Errors
    /// [`RuleError::NoValue`]: what it gives is no number, or a name it needs is not known for this row.
    pub fn value(&self, row: &Row<'_>) -> Result<f64, RuleError> {
        let none = |message: String| RuleError::NoValue { message };
        let value = match self.run(row).map_err(|error| none(shortened(&error.to_string())))? {
            Value::Bool(truth) => f64::from(u8::from(truth)),
            Value::Int(whole) => whole as f64,
            Value::UInt(whole) => whole as f64,
            Value::Float(value) => value,
            other => return Err(none(format!("{:?}", other.type_of()))),
        };
        if value.is_finite() { Ok(value) } else { Err(none("not finite".to_owned())) }
    }

    fn run(&self, row: &Row<'_>) -> Result<Value, ExecutionError> {
        if !self.is_deep {
            return self.run_here(row);
        }
        let no_stack = || ExecutionError::function_error("run", "not computed");
        on_a_deep_stack(|| self.run_here(row)).unwrap_or_else(|| Err(no_stack()))
    }

    fn run_here(&self, row: &Row<'_>) -> Result<Value, ExecutionError> {
        let mut context = Context::with_env(ENVIRONMENT.clone());
        context.add_variable_as_val("answer", Box::new(CelString::from(row.answer)));
        let question = row.messages.last().map_or("", |message| message.content.as_str());
        context.add_variable_as_val("question", Box::new(CelString::from(question)));
        let reference: Vec<Value> = row.reference.iter().map(|one| Value::from(one.clone())).collect();
        context.add_variable_from_value("reference", Value::List(Arc::new(reference)));
        let variables: std::collections::HashMap<String, Value> =
            row.variables.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
        context.add_variable_from_value("variables", variables);
        let scores: std::collections::HashMap<String, Value> =
            row.scores.iter().map(|(name, value)| (name.clone(), Value::Float(*value))).collect();
        context.add_variable_from_value("scores", scores);
        context.add_variable_from_value("length", i64::from(length(row.answer, LengthUnit::Characters)));
        for (name, value) in [("latency_ms", row.latency_ms), ("tokens", row.tokens), ("cost", row.cost)] {
            context.add_variable_from_value(name, value.map_or(Value::Null, Value::Float));
        }
        self.program.execute(&context)
    }
}

/// How deep brackets stand within brackets, and how many signs of operators there are, outside of quoted texts.
fn nesting(source: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut operators) = (0usize, 0, 0);
    let mut quote = None;
    let mut is_escaped = false;
    for sign in source.chars() {
        match (quote, sign) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            (None, '(' | '[' | '{') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, '+' | '-' | '*' | '/' | '%' | '!' | '?' | '<' | '>' | '=' | '&' | '|' | '.') => operators += 1,
            (None, _) => {}
        }
    }
    (deepest, operators)
}

/// Runs on a thread of its own, whose stack is deep enough for whatever [`nesting`] lets through.
/// `None` where there is no room for one.
fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// The message of an error may repeat an answer of 10 MB.
fn shortened(message: &str) -> String {
    if message.chars().nth(200).is_some() {
        message.chars().take(200).chain(['…']).collect()
    } else {
        message.to_owned()
    }
}
