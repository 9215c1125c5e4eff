//! `quarterdeck feeds`: which of two feeds counts where both tell of the same traffic.

use app::import::FeedBasis;
use app::reconcile::{FeedPairDraft, FeedPairView, ReconciliationQuery, ReconciliationView};
use clap::Args;

use super::import::Basis;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Which of two feeds counts where both tell of the same traffic
#[derive(Debug, Args)]
pub struct Feeds {
    #[command(subcommand)]
    what: FeedsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum FeedsCommand {
    /// Pairs of feeds that tell of the same traffic, with which of them counts
    List,
    /// Say which of two feeds counts: "this" is A, "other" is B, "both" where the traffic is different
    Set {
        a: String,
        b: String,
        #[arg(value_enum)]
        basis: Basis,
    },
}

impl Subcommand for Feeds {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let pairs = pairs(session).await?;
        match &self.what {
            FeedsCommand::List if session.json => output::json(&pairs),
            FeedsCommand::List if pairs.is_empty() => output::say(&session.text("cli-feeds-none", &[])),
            FeedsCommand::List => pairs.iter().for_each(|pair| output::say(&sentence(session, pair))),
            FeedsCommand::Set { a, b, basis } => {
                let pair = chosen(session, pairs, a, b)?;
                let pair = FeedPairView { basis: (*basis).into(), ..pair };
                let draft = FeedPairDraft { a_id: pair.a_id, b_id: pair.b_id, basis: pair.basis };
                let (): () = session.call("feed_pair_save", draft).await?;
                session.print(&pair, |pair| sentence(session, pair));
            }
        }
        Ok(0)
    }
}

/// Every pair somebody was asked about. They belong to no period; a year before any usage costs nothing to reconcile.
async fn pairs(session: &Session) -> Result<Vec<FeedPairView>, Failure> {
    let query = ReconciliationQuery { period: "1971".to_owned() };
    Ok(session.call::<ReconciliationView>("reconciliation", query).await?.feeds)
}

/// The pair two feeds make, with the first of them as "this".
fn chosen(session: &Session, pairs: Vec<FeedPairView>, a: &str, b: &str) -> Result<FeedPairView, Failure> {
    let known: Vec<String> = pairs.iter().map(|pair| format!("“{}” “{}”", pair.a, pair.b)).collect();
    let turned = pairs.into_iter().find_map(|pair| {
        if pair.a == a && pair.b == b {
            Some(pair)
        } else if pair.a == b && pair.b == a {
            Some(FeedPairView { a: pair.b, a_id: pair.b_id, b: pair.a, b_id: pair.a_id, basis: pair.basis })
        } else {
            None
        }
    });
    turned.ok_or_else(|| {
        let failure = session.misuse("no-pair", &[("a", a), ("b", b)]);
        let list = known.join(&session.text("cli-separator", &[]));
        if known.is_empty() {
            failure
        } else {
            failure.with_hint(session.text("cli-hint-pairs", &[("pairs", list.into())]))
        }
    })
}

fn sentence(session: &Session, pair: &FeedPairView) -> String {
    let (counts, other) = match pair.basis {
        FeedBasis::This => (&pair.a, &pair.b),
        FeedBasis::Other => (&pair.b, &pair.a),
        FeedBasis::Both => {
            return session.text("cli-feeds-both", &[("a", pair.a.as_str().into()), ("b", pair.b.as_str().into())]);
        }
    };
    session.text("cli-feeds-one", &[("counts", counts.as_str().into()), ("other", other.as_str().into())])
}
