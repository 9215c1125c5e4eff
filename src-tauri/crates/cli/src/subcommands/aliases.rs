//! `quarterdeck aliases`: what vendors call the models of the price book.

use app::reconcile::{AliasEffect, AliasRef};
use app::wire::ModelAlias;
use clap::Args;

use super::prices;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// What vendors call the models of the price book
#[derive(Debug, Args)]
pub struct Aliases {
    #[command(subcommand)]
    what: AliasesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AliasesCommand {
    /// Aliases somebody recorded
    List,
    /// Record that a vendor means a model of the price book by a name; usage it left unpriced gets its price
    Add {
        vendor: String,
        alias: String,
        /// e.g. openai/gpt-4o
        #[arg(value_name = "PROVIDER/MODEL")]
        target: String,
    },
    /// Forget an alias; what was priced through it stays priced
    Remove { vendor: String, alias: String },
}

impl Subcommand for Aliases {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            AliasesCommand::List => {
                let aliases: Vec<ModelAlias> = session.call("aliases", ()).await?;
                if session.json {
                    output::json(&aliases);
                    return Ok(0);
                }
                let header = ["vendor", "alias", "model"].map(|id| session.text(&format!("cli-column-{id}"), &[]));
                let body = aliases.iter().map(|alias| {
                    vec![
                        output::name(&alias.vendor).to_owned(),
                        alias.alias.clone(),
                        format!("{}/{}", alias.provider, alias.model),
                    ]
                });
                output::table(&header, &[false; 3], body.collect());
                Ok(0)
            }
            AliasesCommand::Add { vendor, alias, target } => {
                let (provider, model) =
                    target.split_once('/').ok_or_else(|| session.misuse("bad-target", &[("text", target)]))?;
                let draft = ModelAlias {
                    vendor: vendor.clone(),
                    alias: alias.clone(),
                    provider: provider.to_owned(),
                    model: model.to_owned(),
                };
                let effect: AliasEffect = session.call("alias_save", draft).await?;
                if session.json {
                    output::json(&effect);
                    return Ok(0);
                }
                output::say(&session.text("cli-alias-added", &names(&effect.alias)));
                if !session.quiet {
                    prices::say_priced(session, &effect.priced);
                }
                Ok(0)
            }
            AliasesCommand::Remove { vendor, alias } => {
                let known: Vec<ModelAlias> = session.call("aliases", ()).await?;
                let is_meant = |known: &&ModelAlias| {
                    known.vendor.eq_ignore_ascii_case(vendor) && known.alias == alias.to_lowercase()
                };
                let Some(found) = known.iter().find(is_meant) else {
                    return Err(session.failed("no-alias", &[("vendor", vendor), ("alias", alias)]));
                };
                let which = AliasRef { vendor: found.vendor.clone(), alias: found.alias.clone() };
                let (): () = session.call("alias_forget", which).await?;
                session.print(found, |found| session.text("cli-alias-removed", &names(found)));
                Ok(0)
            }
        }
    }
}

fn names(alias: &ModelAlias) -> [(&'static str, app::report::locale::FluentValue<'_>); 3] {
    [
        ("vendor", output::name(&alias.vendor).into()),
        ("alias", alias.alias.as_str().into()),
        ("target", format!("{}/{}", alias.provider, alias.model).into()),
    ]
}
