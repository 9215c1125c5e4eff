//! The command list, written once: router, read tags and the TypeScript client come from it.

use serde::Serialize;
use store::Tag;

use crate::{AppError, Context, Result};

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

/// One command as the TypeScript generator sees it.
pub struct Description {
    pub name: &'static str,
    pub kind: Kind,
    pub input: String,
    pub output: String,
    pub reads: &'static [Tag],
}

macro_rules! kind {
    (query) => {
        Kind::Query
    };
    (mutate) => {
        Kind::Mutate
    };
    (job) => {
        Kind::Job
    };
}

macro_rules! commands {
    ($( $kind:ident $module:ident :: $name:ident ( $input:ty ) -> $output:ty $(, reads [ $($tag:ident),* ])? ; )*) => {
        /// Routes a command to its handler.
        pub(crate) async fn route(context: &Context, command: &str, payload: serde_json::Value) -> Result<serde_json::Value> {
            match command {
                $(stringify!($name) => {
                    let input: $input = read(payload)?;
                    let output: $output = crate::$module::$name(context, input).await?;
                    serde_json::to_value(output).map_err(|e| AppError::Internal(e.to_string()))
                })*
                _ => Err(AppError::refused("unknown-command").with("command", command)),
            }
        }

        /// Every command's name.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Whether a command may change what the workspace holds.
        pub(crate) fn changes(command: &str) -> bool {
            match command {
                $(stringify!($name) => !matches!(kind!($kind), Kind::Query),)*
                _ => false,
            }
        }

        /// Every command, for the generated client.
        pub fn descriptions(config: &ts_rs::Config) -> Vec<Description> {
            vec![$(Description {
                name: stringify!($name),
                kind: kind!($kind),
                input: <$input as ts_rs::TS>::name(config),
                output: <$output as ts_rs::TS>::name(config),
                reads: &[$($(Tag::$tag),*)?],
            }),*]
        }

        /// Writes the TypeScript declaration of every type on the wire.
        ///
        /// # Errors
        /// The disk's.
        pub fn export_types(config: &ts_rs::Config) -> std::result::Result<(), ts_rs::ExportError> {
            $(export::<$input>(config)?; export::<$output>(config)?;)*
            export::<crate::WireError>(config)?;
            export::<crate::JobEvent>(config)?;
            export::<Tag>(config)
        }
    };
}

/// A command without input takes null, or the empty object some callers send instead.
fn read<T: serde::de::DeserializeOwned>(payload: serde_json::Value) -> Result<T> {
    let nothing = payload.as_object().is_some_and(serde_json::Map::is_empty);
    match serde_json::from_value(payload) {
        Err(_) if nothing => serde_json::from_value(serde_json::Value::Null),
        other => other,
    }
    .map_err(|error| AppError::Payload(without_values(&error.to_string())))
}

/// What was wrong with a payload, without what stood in it: that may be a key.
fn without_values(cause: &str) -> String {
    let parts = cause.split(['"', '`']).enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect::<Vec<_>>().join("\"")
}

fn export<T: ts_rs::TS + 'static>(config: &ts_rs::Config) -> std::result::Result<(), ts_rs::ExportError> {
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

use crate::activity::*;
use crate::contract::*;
use crate::demand::*;
use crate::economics::*;
use crate::endpoint::*;
use crate::explain::*;
use crate::export::*;
use crate::home::*;
use crate::import::*;
use crate::price::*;
use crate::reconcile::*;
use crate::reports::*;
use crate::repricing::DayPriced;
use crate::search::*;
use crate::vendor::*;
use crate::view::Exported;
use crate::workspace::*;
use domain::contract::Contract;
use domain::price::PriceRow;
use domain::price_book::ModelAlias;
use domain::vendor::Vendor;
use store::backup::Backup;
use store::commentary::Commentary;
use store::contract::Attachment;
use store::price::PriceSource;
use store::workspace::Settings;

commands! {
    query  workspace::workspace_status(()) -> WorkspaceStatus, reads [Workspace, Settings];
    mutate workspace::workspace_create(WorkspaceDraft) -> WorkspaceStatus;
    mutate workspace::workspace_open(PathInput) -> WorkspaceStatus;
    mutate workspace::workspace_close(()) -> WorkspaceStatus;
    mutate workspace::workspace_rescue(PathInput) -> WorkspaceStatus;
    job    workspace::workspace_sample(SampleRequest) -> WorkspaceStatus;
    query  workspace::workspace_recent(()) -> Vec<RecentWorkspace>, reads [Workspace];
    mutate workspace::workspace_backup(()) -> Backup;
    query  workspace::backups(()) -> Vec<Backup>, reads [Workspace];
    mutate workspace::backup_restore(PathInput) -> WorkspaceStatus;
    query  workspace::workspace_verify(()) -> Verification;
    mutate workspace::settings_save(Settings) -> Settings;
    mutate workspace::job_cancel(JobCancel) -> ();
    query  workspace::fx_rates(()) -> Vec<FxRateView>, reads [Settings];
    mutate workspace::fx_rate_save(FxRateView) -> FxRateView;
    mutate workspace::fx_rate_delete(FxRateView) -> ();

    query  activity::activity(ActivityQuery) -> Vec<ActivityEntry>, reads [Activity];
    mutate activity::undo(Option<UndoRequest>) -> UndoResult;

    query  home::home(()) -> HomeView, reads [Vendors, Contracts, Prices, Usage, Settings];
    query  search::search(SearchQuery) -> Vec<SearchHit>, reads [Vendors, Contracts, Prices];

    query  vendor::vendors(()) -> Vec<VendorRow>, reads [Vendors, Contracts, Usage, Settings];
    query  vendor::vendor(VendorRef) -> VendorView, reads [Vendors, Contracts, Usage, Settings];
    mutate vendor::vendor_save(VendorDraft) -> Vendor;
    mutate vendor::vendor_delete(VendorRef) -> ();

    query  endpoint::vendor_key(VendorRef) -> KeyState, reads [Vendors];
    mutate endpoint::vendor_key_save(KeyDraft) -> KeyState;
    mutate endpoint::vendor_key_forget(VendorRef) -> KeyState;
    job    endpoint::vendor_models(VendorRef) -> OfferedModels;

    query  contract::contracts(()) -> ContractsView, reads [Vendors, Contracts, Settings];
    query  contract::contract(ContractRef) -> ContractView, reads [Vendors, Contracts, Prices, Settings];
    mutate contract::contract_save(ContractDraft) -> Contract;
    mutate contract::contract_delete(ContractRef) -> ();
    mutate contract::contract_attach(AttachRequest) -> Attachment;
    mutate contract::attachment_save(AttachmentSave) -> ();
    mutate contract::attachment_delete(AttachmentRef) -> ();

    query  price::prices(PriceQuery) -> PriceList, reads [Prices, Contracts];
    query  price::price_history(OfferRef) -> PriceHistory, reads [Prices, Contracts];
    query  price::price_preview(PriceDraft) -> Vec<DayPriced>;
    mutate price::price_add(PriceDraft) -> PriceRow;
    mutate price::price_close(PriceClose) -> PriceRow;
    query  price::price_sources(()) -> Vec<PriceSource>, reads [Prices];
    job    price::price_import(PathInput) -> PriceImportSummary;

    query  import::import_inspect(PathInput) -> FileInspection, reads [Usage, Prices];
    job    import::import_plan(ImportRequest) -> ImportPlan;
    query  import::import_plan_get(PlanRef) -> ImportPlan;
    mutate import::import_plan_discard(PlanRef) -> ();
    job    import::import_commit(CommitRequest) -> ImportSummary;
    query  import::import_issues_export(IssuesExport) -> Exported;
    query  import::imports(()) -> Vec<ImportRow>, reads [Usage];
    mutate import::import_revert(ImportRef) -> ();
    mutate import::import_answer(AnswerChange) -> ();

    query  economics::economics(EconomicsQuery) -> EconomicsView, reads [Usage, Prices, Settings];
    query  economics::dimension_values(DimensionValuesQuery) -> DimensionValues, reads [Usage];
    query  demand::demand(DemandQuery) -> DemandView, reads [Usage, Prices, Settings];
    query  economics::periods(()) -> Vec<PeriodOption>, reads [Usage, Settings];
    query  reconcile::reconciliation(ReconciliationQuery) -> ReconciliationView, reads [Usage, Prices, Settings];
    query  reconcile::aliases(()) -> Vec<ModelAlias>, reads [Prices];
    mutate reconcile::alias_save(ModelAlias) -> AliasEffect;
    mutate reconcile::alias_forget(AliasRef) -> ();
    mutate reconcile::feed_pair_save(FeedPairDraft) -> ();
    query  explain::explain(ExplainQuery) -> Explanation, reads [Usage, Prices, Settings];

    job    reports::report_quarter(ReportRequest) -> ReportPreview;
    job    reports::report_quarter_export(ReportExport) -> ReportExported;
    query  reports::report_commentary(PeriodRef) -> Vec<Commentary>, reads [Reports];
    mutate reports::chart_export(ChartExport) -> Exported;
    mutate reports::report_commentary_save(CommentaryDraft) -> ();

    job    export::workspace_export(ExportRequest) -> Exported;
}
