//! What every table of the window asks of the core, whatever its rows are: files, and sums.

use domain::money::{Currency, decimal, parse_nanos};
use report::format;
use report::sheet::Sheet;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::target::{Agreed, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TableExport {
    pub sheet: Sheet,
    /// Ends in .csv or .xlsx.
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

/// Writes a table's rows as a file for a spreadsheet.
pub async fn table_export(context: &Context, request: TableExport) -> Result<Exported> {
    let path = context.app.path(&request.path);
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let rows = request.sheet.rows.len() as u64;
    let target =
        Target::file(context, path, Agreed { replace: request.replace, create_folder: request.create_folder }).await?;
    let bytes = match kind.as_str() {
        // A byte order mark is what tells spreadsheets that a CSV file is UTF-8.
        "csv" => format!("\u{feff}{}", report::sheet_csv(&request.sheet)).into_bytes(),
        "xlsx" => tokio::task::spawn_blocking(move || report::sheet_xlsx(&request.sheet))
            .await
            .map_err(|error| AppError::Internal(error.to_string()))??,
        _ => return Err(AppError::refused("table-kind")),
    };
    target.write(bytes)?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows })
}

/// Columns to be summed. Unknown values are left out by whoever asks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TotalsQuery {
    pub columns: Vec<TotalColumn>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TotalColumn {
    /// Exact decimals.
    pub values: Vec<String>,
    /// Of amounts; `None` for counts.
    pub currency: Option<Currency>,
    /// Its header names the currency: the sum is written without it.
    pub bare: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnTotal {
    pub exact: String,
    pub text: String,
}

/// The sum of each column, or nothing where a value is no number.
pub async fn table_totals(context: &Context, query: TotalsQuery) -> Result<Vec<Option<ColumnTotal>>> {
    let total = |column: &TotalColumn| {
        let nanos = column.values.iter().try_fold(0i128, |sum, value| sum.checked_add(parse_nanos(value).ok()?))?;
        let text = match column.currency {
            Some(_) if column.bare => format::amount(nanos, 2),
            Some(currency) => format::money_unit(nanos, currency.code(), context.language),
            None => format::amount_exact(nanos, 0),
        };
        Some(ColumnTotal { exact: decimal(nanos), text })
    };
    Ok(query.columns.iter().map(total).collect())
}
