//! `quarterdeck report`.

use app::frame::review::{DocumentRef, QUARTER};
use app::report::locale::Language;
use app::reports::{PaperKind, ReportExport, ReportExported};
use clap::{Args, ValueEnum};

use crate::subcommand::Subcommand;
use crate::{Failure, Session};

/// Write a report as PDF
#[derive(Debug, Args)]
pub struct Report {
    #[command(subcommand)]
    what: ReportCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ReportCommand {
    /// The quarterly review
    Quarter {
        /// e.g. 2026-Q3
        period: String,
        #[arg(long)]
        out: String,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
        /// Make the folder it is to lie in, if there is none
        #[arg(long)]
        create_folder: bool,
        #[arg(long, value_enum, default_value = "deck")]
        paper: PaperName,
        /// en or zh-CN
        #[arg(long, value_parser = language)]
        lang: Option<Language>,
    },
}

fn language(text: &str) -> Result<Language, String> {
    text.parse().map_err(|error: app::report::locale::UnknownLanguage| error.to_string())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PaperName {
    /// 16:9 slides
    Deck,
    A4,
    Letter,
}

impl From<PaperName> for PaperKind {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::Deck => PaperKind::Deck,
            PaperName::A4 => PaperKind::A4,
            PaperName::Letter => PaperKind::Letter,
        }
    }
}

impl Subcommand for Report {
    fn language(&self) -> Option<Language> {
        let ReportCommand::Quarter { lang, .. } = &self.what;
        *lang
    }

    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let ReportCommand::Quarter { period, out, force, create_folder, paper, lang } = &self.what;
        let request = ReportExport {
            document: DocumentRef { kind: QUARTER.to_owned(), subject: period.clone() },
            paper: (*paper).into(),
            lang: lang.unwrap_or(session.language),
            path: out.clone(),
            replace: *force,
            create_folder: *create_folder,
        };
        let exported: ReportExported = session.job("report_export", request).await?;
        session.print(&exported, |exported| {
            let args = [("path", exported.path.as_str().into()), ("pages", exported.pages.into())];
            session.text("cli-report-written", &args)
        });
        Ok(0)
    }
}
