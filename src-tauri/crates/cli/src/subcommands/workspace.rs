//! `quarterdeck new`, `export`, `backup` and `verify`.

use app::export::ExportRequest;
use app::view::Exported;
use app::workspace::{SampleRequest, Verification, WorkspaceDraft, WorkspaceStatus};
use clap::Args;

use crate::subcommand::Subcommand;
use crate::{FAILED, Failure, Session, output};

/// Create a workspace
#[derive(Debug, Args)]
pub struct New {
    file: String,
    /// Fill it with the sample company
    #[arg(long)]
    sample: bool,
    /// Name of the company; the file's name if not given
    #[arg(long, conflicts_with = "sample")]
    name: Option<String>,
    /// Reporting currency
    #[arg(long, default_value = "USD", conflicts_with = "sample")]
    currency: String,
    /// Reporting time zone (IANA)
    #[arg(long, default_value = "UTC", conflicts_with = "sample")]
    time_zone: String,
    /// Month the fiscal year starts in
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=12), conflicts_with = "sample")]
    fiscal_start: u32,
    /// Make the folder it is to lie in, if there is none
    #[arg(long)]
    create_folder: bool,
}

impl Subcommand for New {
    const NEEDS_WORKSPACE: bool = false;

    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let path = self.file.clone();
        let status: WorkspaceStatus = if self.sample {
            session
                .job("workspace_sample", SampleRequest { path: Some(path), create_folder: self.create_folder })
                .await?
        } else {
            let name = self.name.clone().unwrap_or_else(|| {
                let stem = std::path::Path::new(&self.file).file_stem().unwrap_or_default();
                stem.to_string_lossy().into_owned()
            });
            let draft = WorkspaceDraft {
                path,
                name,
                currency: self.currency.clone(),
                time_zone: self.time_zone.clone(),
                fiscal_start_month: self.fiscal_start,
                create_folder: self.create_folder,
            };
            session.call("workspace_create", draft).await?
        };
        session.print(&status, |status| {
            session.text("cli-created", &[("path", status.path.as_deref().unwrap_or_default().into())])
        });
        Ok(0)
    }
}

/// Write everything in the workspace to a folder, as JSON and CSV
#[derive(Debug, Args)]
pub struct Export {
    folder: String,
    /// Replace the files of an earlier export in a folder that is not empty
    #[arg(long)]
    force: bool,
    /// Make the folder it is to lie in, if there is none
    #[arg(long)]
    create_folder: bool,
}

impl Subcommand for Export {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let request =
            ExportRequest { path: self.folder.clone(), replace: self.force, create_folder: self.create_folder };
        let exported: Exported = session.job("workspace_export", request).await?;
        session.print(&exported, |exported| {
            let rows = output::count(exported.rows);
            session.text("cli-exported", &[("path", exported.path.as_str().into()), ("rows", rows.into())])
        });
        Ok(0)
    }
}

/// Copy the workspace into its backups
#[derive(Debug, Args)]
pub struct Backup {}

impl Subcommand for Backup {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let backup: app::wire::Backup = session.call("workspace_backup", ()).await?;
        session.print(&backup, |backup| session.text("cli-backup-taken", &[("path", backup.path.as_str().into())]));
        Ok(0)
    }
}

/// Check the workspace file
#[derive(Debug, Args)]
pub struct Verify {}

impl Subcommand for Verify {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let verified: Verification = session.call("workspace_verify", ()).await?;
        session.print(&verified, |verified| {
            let id = if verified.ok { "cli-verified" } else { "cli-verify-failed" };
            session.text(id, &[("detail", verified.detail.as_deref().unwrap_or_default().into())])
        });
        Ok(if verified.ok { 0 } else { FAILED })
    }
}
