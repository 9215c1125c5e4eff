//! `quarterdeck new`, `export`, `backup` and `verify`.

use app::export::ExportRequest;
use app::view::Exported;
use app::wire::Backup;
use app::workspace::{SampleRequest, Verification, WorkspaceDraft, WorkspaceStatus};
use clap::Args;

use crate::{FAILED, Failure, Session, output};

#[derive(Debug, Args)]
pub struct New {
    pub file: String,
    /// Fill it with the sample company
    #[arg(long)]
    pub sample: bool,
    /// Name of the company; the file's name if not given
    #[arg(long, conflicts_with = "sample")]
    pub name: Option<String>,
    /// Reporting currency
    #[arg(long, default_value = "USD", conflicts_with = "sample")]
    pub currency: String,
    /// Reporting time zone (IANA)
    #[arg(long, default_value = "UTC", conflicts_with = "sample")]
    pub time_zone: String,
    /// Month the fiscal year starts in
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=12), conflicts_with = "sample")]
    pub fiscal_start: u32,
}

pub async fn create(session: &Session, new: &New) -> Result<u8, Failure> {
    let path = new.file.clone();
    let status: WorkspaceStatus = if new.sample {
        session.job("workspace_sample", SampleRequest { path: Some(path) }).await?
    } else {
        let name = new.name.clone().unwrap_or_else(|| {
            let stem = std::path::Path::new(&new.file).file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        });
        let draft = WorkspaceDraft {
            path,
            name,
            currency: new.currency.clone(),
            time_zone: new.time_zone.clone(),
            fiscal_start_month: new.fiscal_start,
        };
        session.call("workspace_create", draft).await?
    };
    session.print(&status, |status| {
        session.text("cli-created", &[("path", status.path.as_deref().unwrap_or_default().into())])
    });
    Ok(0)
}

pub async fn export(session: &Session, folder: &str, force: bool) -> Result<u8, Failure> {
    let request = ExportRequest { path: folder.to_owned(), replace: force };
    let exported: Exported = session.job("workspace_export", request).await?;
    session.print(&exported, |exported| {
        let rows = output::count(exported.rows);
        session.text("cli-exported", &[("path", exported.path.as_str().into()), ("rows", rows.into())])
    });
    Ok(0)
}

pub async fn backup(session: &Session) -> Result<u8, Failure> {
    let backup: Backup = session.call("workspace_backup", ()).await?;
    session.print(&backup, |backup| session.text("cli-backup-taken", &[("path", backup.path.as_str().into())]));
    Ok(0)
}

pub async fn verify(session: &Session) -> Result<u8, Failure> {
    let verified: Verification = session.call("workspace_verify", ()).await?;
    session.print(&verified, |verified| {
        let id = if verified.ok { "cli-verified" } else { "cli-verify-failed" };
        session.text(id, &[("detail", verified.detail.as_deref().unwrap_or_default().into())])
    });
    Ok(if verified.ok { 0 } else { FAILED })
}
