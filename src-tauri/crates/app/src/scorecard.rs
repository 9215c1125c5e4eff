//! Scorecards of vendors: marks on six dimensions, proposed from the newest bake-off and the contract, given by a person.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::{Period, ReportingCalendar};
use domain::clauses::Clauses;
use domain::contract::{Contract, ContractState, state};
use domain::id::{VendorId, VendorScoreId};
use domain::scorecard::{
    Dimension, EvidenceRef, HIGHEST, LOWEST, Mark, MarkError, Proposal, SafetyFindings, check, data_terms, latency,
    price, quality, safety,
};
use report::chart::{Axis, ChartSpec, HeatCell, HeatRow, Marks};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};
use serde::{Deserialize, Serialize};
use store::Snapshot;
use ts_rs::TS;
use uuid::Uuid;

use crate::bakeoff::BAKEOFF;
use crate::bakeoff::standing::{Standing, standings};
use crate::contract::CONTRACT;
use crate::error::FieldError;
use crate::frame::Kept;
use crate::vendor::VendorRef;
use crate::view::Link;
use crate::{AppError, Context, Result, activity};

pub(crate) const SCORE: &str = "vendor-score";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorecardView {
    pub vendor_id: VendorId,
    pub vendor: String,
    /// "Q4 2026": the quarter marks given now are of.
    pub quarter_text: String,
    pub rows: Vec<DimensionView>,
    /// Marks by quarter; none before there are two quarters of them.
    pub history: Option<ChartSpec>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DimensionView {
    pub dimension: Dimension,
    pub name: String,
    /// The last mark there is, of whichever quarter.
    pub mark: Option<MarkView>,
    pub proposal: Option<ProposalView>,
    /// Why nothing is proposed; empty where something is.
    pub no_proposal: String,
    /// What 1 to 5 mean, 1 first.
    pub anchors: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkView {
    pub mark: u8,
    /// What it means.
    pub anchor: String,
    pub quarter_text: String,
    /// Of this quarter: the older ones are shown as such.
    pub current: bool,
    pub author: String,
    pub day_text: String,
    pub reason: String,
    pub evidence: Vec<EvidenceView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EvidenceView {
    pub link: Link,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProposalView {
    pub mark: u8,
    /// "4.2".
    pub exact_text: String,
    /// What it was computed from: "+6.9 points [+2.9, +11.9] against GPT-5.1".
    pub basis: String,
    pub evidence: EvidenceView,
}

/// Every vendor by the six dimensions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorecardsView {
    pub quarter_text: String,
    /// Names of the dimensions, in their order.
    pub dimensions: Vec<String>,
    pub rows: Vec<ScorecardRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorecardRow {
    pub vendor_id: VendorId,
    pub vendor: String,
    /// By dimension; `None` where nobody has given one.
    pub marks: Vec<Option<u8>>,
    /// By dimension: whether the mark is of an earlier quarter.
    pub stale: Vec<bool>,
    /// By dimension: the mark proposed, where another than the one that stands.
    pub proposed: Vec<Option<u8>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreDraft {
    pub vendor_id: VendorId,
    pub dimension: Dimension,
    pub mark: u8,
    #[serde(default)]
    pub reason: String,
    pub author: String,
}

struct Proposed {
    proposal: Proposal,
    basis: String,
    evidence: EvidenceRef,
}

/// What is computed of a dimension, or the message that says what is missing.
type Found = std::result::Result<Proposed, &'static str>;

/// What proposals of one vendor rest on.
struct Basis<'a> {
    standing: Option<&'a Standing>,
    /// The contract in force that says something of data, else the newest.
    contract: Option<&'a (Contract, Clauses)>,
    currency: &'a str,
}

fn of_bakeoff(standing: &Standing) -> EvidenceRef {
    EvidenceRef {
        area: BAKEOFF.to_owned(),
        id: standing.bakeoff.id.to_string(),
        title: standing.bakeoff.details.name.clone(),
    }
}

fn propose(context: &Context, dimension: Dimension, basis: &Basis<'_>) -> Found {
    let bakeoff = basis.standing.ok_or("scorecard-no-bakeoff");
    let found = |proposal: Option<Proposal>, missing: &'static str, basis: String, evidence: EvidenceRef| {
        proposal.map(|proposal| Proposed { proposal, basis, evidence }).ok_or(missing)
    };
    match dimension {
        Dimension::Quality => {
            let standing = bakeoff?;
            if standing.incumbent {
                let text = context.text("scorecard-is-incumbent", &[("candidate", standing.candidate.clone().into())]);
                // It differs from itself by nothing.
                return found(quality(0.0, 0.0, 0.0), "scorecard-no-difference", text, of_bakeoff(standing));
            }
            let (low, high) = standing.quality.ok_or("scorecard-no-difference")?;
            let text = context.text(
                "scorecard-quality-basis",
                &[
                    ("candidate", standing.candidate.clone().into()),
                    ("low", format::points(low, 1).into()),
                    ("high", format::points(high, 1).into()),
                    ("incumbent", standing.incumbent_name.clone().into()),
                ],
            );
            let minimum = standing.bakeoff.details.minimum_effect;
            found(quality(low, high, minimum), "scorecard-no-difference", text, of_bakeoff(standing))
        }
        Dimension::Latency => {
            let standing = bakeoff?;
            let agreed = basis.contract.and_then(|(_, clauses)| clauses.sla.p95_ms);
            let target = agreed.or(standing.latency_target_ms).ok_or("scorecard-no-latency-target")?;
            let took = standing.p95_ms.ok_or("scorecard-no-latency")?;
            let time = |ms: f64| format::duration((ms.max(0.0) * 1_000.0).round() as u64);
            let id = if agreed.is_some() { "scorecard-latency-contract" } else { "scorecard-latency-gate" };
            let text = context.text(id, &[("took", time(took).into()), ("target", time(target).into())]);
            found(latency(took, target), "scorecard-no-latency", text, of_bakeoff(standing))
        }
        Dimension::Safety => {
            let standing = bakeoff?;
            let (failures, cases) = standing.safety.ok_or("scorecard-no-safety")?;
            let target = standing.safety_target.ok_or("scorecard-no-safety-target")?;
            let text = context.text(
                "scorecard-safety-basis",
                &[
                    ("failures", format::count(failures.into()).into()),
                    ("cases", format::count(cases.into()).into()),
                    ("target", format::share(target, 1).into()),
                ],
            );
            let findings = SafetyFindings { failures, cases, critical: false, target };
            found(safety(&findings), "scorecard-no-safety", text, of_bakeoff(standing))
        }
        Dimension::Price => {
            let standing = bakeoff?;
            let (cost, base) = standing.cost.zip(standing.incumbent_cost).ok_or("scorecard-no-cost")?;
            let money =
                |units: f64| format::money_unit((units * 1e9).round() as i128, basis.currency, context.language);
            let text = context.text(
                "scorecard-price-basis",
                &[
                    ("cost", money(cost).into()),
                    ("base", money(base).into()),
                    ("incumbent", standing.incumbent_name.clone().into()),
                ],
            );
            found(price(cost, base), "scorecard-no-cost", text, of_bakeoff(standing))
        }
        Dimension::DataTerms => {
            let (contract, clauses) = basis.contract.ok_or("scorecard-no-contract")?;
            let evidence = EvidenceRef {
                area: CONTRACT.to_owned(),
                id: contract.id.to_string(),
                title: contract.details.title.clone(),
            };
            let text = crate::contract::clauses::data_sentence(context, &clauses.data);
            found(data_terms(&clauses.data), "scorecard-no-training-clause", text, evidence)
        }
        Dimension::Support => Err("scorecard-no-support"),
    }
}

/// Everything scorecards are computed from.
struct Sources {
    standings: BTreeMap<VendorId, Standing>,
    contracts: Vec<(Contract, Clauses)>,
    marks: Vec<Mark>,
    calendar: ReportingCalendar,
    currency: domain::money::Currency,
    today: NaiveDate,
}

impl Sources {
    async fn read(context: &Context, memory: &Kept, snapshot: &mut Snapshot) -> Result<Self> {
        let settings = store::workspace::settings(snapshot).await?;
        let mut contracts = Vec::new();
        for contract in store::contract::list(snapshot).await? {
            let clauses = store::contract::clauses(snapshot, contract.id).await?;
            contracts.push((contract, clauses));
        }
        Ok(Self {
            standings: standings(context, memory, snapshot).await?,
            contracts,
            marks: store::scorecard::list(snapshot).await?,
            calendar: settings.calendar()?,
            currency: settings.currency,
            today: context.today(&settings)?,
        })
    }

    /// The contract a vendor's terms are read from: in force before others, one that says something before one that does not, the
    /// newest first.
    fn contract(&self, vendor: VendorId) -> Option<&(Contract, Clauses)> {
        let of = self.contracts.iter().filter(|(contract, _)| contract.details.vendor_id == vendor);
        of.max_by_key(|(contract, clauses)| {
            let terms = &contract.details.terms;
            (state(terms, self.today) != ContractState::Ended, *clauses != Clauses::default(), terms.start)
        })
    }

    fn basis(&self, vendor: VendorId) -> Basis<'_> {
        Basis { standing: self.standings.get(&vendor), contract: self.contract(vendor), currency: self.currency.code() }
    }

    fn last(&self, vendor: VendorId, dimension: Dimension) -> Option<&Mark> {
        self.marks.iter().rev().find(|mark| mark.vendor_id == vendor && mark.dimension == dimension)
    }

    fn quarter_text(&self, context: &Context, day: NaiveDate) -> String {
        match self.calendar.quarter_of(day) {
            Period::Quarter(year, quarter) => format::quarter(year, quarter, context.language),
            other => other.to_string(),
        }
    }

    fn is_current(&self, day: NaiveDate) -> bool {
        self.calendar.quarter_of(day) == self.calendar.quarter_of(self.today)
    }
}

fn anchor(context: &Context, dimension: Dimension, mark: u8) -> String {
    dimension.anchor(mark).map_or_else(String::new, |id| context.text(&id, &[]))
}

fn dimension_name(context: &Context, dimension: Dimension) -> String {
    context.text(&format!("scorecard-{}", dimension.key()), &[])
}

fn evidence_view(evidence: &EvidenceRef) -> EvidenceView {
    EvidenceView { link: Link::to(&evidence.area, &evidence.id), title: evidence.title.clone() }
}

fn mark_view(context: &Context, sources: &Sources, mark: &Mark) -> MarkView {
    MarkView {
        mark: mark.mark,
        anchor: anchor(context, mark.dimension, mark.mark),
        quarter_text: sources.quarter_text(context, mark.day),
        current: sources.is_current(mark.day),
        author: mark.author.clone(),
        day_text: format::date(mark.day, context.language),
        reason: mark.reason.clone(),
        evidence: mark.evidence.iter().map(evidence_view).collect(),
    }
}

pub async fn scorecard(context: &Context, input: VendorRef) -> Result<ScorecardView> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let vendor = store::vendor::get(&mut snapshot, input.id).await?;
    let sources = Sources::read(context, &open.kept, &mut snapshot).await?;
    let basis = sources.basis(vendor.id);
    let rows = Dimension::ALL.map(|dimension| {
        let found = propose(context, dimension, &basis);
        DimensionView {
            dimension,
            name: dimension_name(context, dimension),
            mark: sources.last(vendor.id, dimension).map(|mark| mark_view(context, &sources, mark)),
            no_proposal: found.as_ref().err().map_or_else(String::new, |id| context.text(id, &[])),
            proposal: found.ok().map(|found| ProposalView {
                mark: found.proposal.whole(),
                exact_text: format::ratio(found.proposal.exact(), 1),
                basis: found.basis,
                evidence: evidence_view(&found.evidence),
            }),
            anchors: (LOWEST..=HIGHEST).map(|mark| anchor(context, dimension, mark)).collect(),
        }
    });
    Ok(ScorecardView {
        vendor_id: vendor.id,
        vendor: vendor.details.name.clone(),
        quarter_text: sources.quarter_text(context, sources.today),
        rows: rows.to_vec(),
        history: history(context, &sources, vendor.id, &vendor.details.name),
    })
}

/// Marks by quarter, the last eight: a dimension a row.
fn history(context: &Context, sources: &Sources, vendor: VendorId, name: &str) -> Option<ChartSpec> {
    const QUARTERS: usize = 8;
    let own: Vec<&Mark> = sources.marks.iter().filter(|mark| mark.vendor_id == vendor).collect();
    let mut quarters = vec![sources.calendar.quarter_of(sources.today)];
    let first = sources.calendar.quarter_of(own.first()?.day);
    while quarters.last() != Some(&first) && quarters.len() < QUARTERS {
        let before = sources.calendar.previous(*quarters.last()?);
        quarters.push(before);
    }
    if quarters.len() < 2 {
        return None;
    }
    quarters.reverse();
    let columns: Vec<String> =
        quarters.iter().map(|quarter| sources.quarter_text(context, sources.calendar.days(*quarter).0)).collect();
    let given = |dimension: Dimension, quarter: Period| {
        own.iter().rev().find(|mark| mark.dimension == dimension && sources.calendar.quarter_of(mark.day) == quarter)
    };
    let rows: Vec<HeatRow> = Dimension::ALL
        .iter()
        .map(|dimension| HeatRow {
            name: dimension_name(context, *dimension),
            cells: quarters
                .iter()
                .map(|quarter| match given(*dimension, *quarter) {
                    Some(mark) => HeatCell {
                        shade: Some(f64::from(mark.mark - LOWEST) / f64::from(HIGHEST - LOWEST)),
                        label: mark.mark.to_string(),
                        exact: format!("{} · {}", mark.author, anchor(context, *dimension, mark.mark)),
                    },
                    None => HeatCell { shade: None, label: "—".to_owned(), exact: String::new() },
                })
                .collect(),
        })
        .collect();
    let mut heads =
        vec![TableColumn { title: context.text("scorecard-dimension", &[]), align: Align::Left, weight: 1.6 }];
    heads.extend(columns.iter().map(|label| TableColumn { title: label.clone(), align: Align::Right, weight: 1.0 }));
    let table_rows = rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| Cell::plain(cell.label.clone()));
            std::iter::once(Cell::plain(row.name.clone())).chain(cells).collect()
        })
        .collect();
    let title = context.text("scorecard-history", &[("vendor", name.into())]);
    let subtitle = context.text("scorecard-history-note", &[]);
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis::default(),
        y: Axis::default(),
        marks: Marks::HeatMap { columns, rows, low: LOWEST.to_string(), high: HIGHEST.to_string() },
        annotations: vec![],
        table: TableSpec { columns: heads, rows: table_rows, total: None },
    })
}

pub async fn scorecards(context: &Context, (): ()) -> Result<ScorecardsView> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let sources = Sources::read(context, &open.kept, &mut snapshot).await?;
    let rows = store::vendor::list(&mut snapshot)
        .await?
        .into_iter()
        .map(|vendor| {
            let basis = sources.basis(vendor.id);
            let last = Dimension::ALL.map(|dimension| sources.last(vendor.id, dimension));
            let proposed = Dimension::ALL.map(|dimension| {
                let found = propose(context, dimension, &basis).ok()?.proposal.whole();
                let stands = last[Dimension::ALL.iter().position(|one| *one == dimension)?];
                (stands.map(|mark| mark.mark) != Some(found)).then_some(found)
            });
            ScorecardRow {
                vendor_id: vendor.id,
                vendor: vendor.details.name,
                marks: last.iter().map(|mark| mark.map(|mark| mark.mark)).collect(),
                stale: last.iter().map(|mark| mark.is_some_and(|mark| !sources.is_current(mark.day))).collect(),
                proposed: proposed.to_vec(),
            }
        })
        .collect();
    Ok(ScorecardsView {
        quarter_text: sources.quarter_text(context, sources.today),
        dimensions: Dimension::ALL.iter().map(|dimension| dimension_name(context, *dimension)).collect(),
        rows,
    })
}

/// Gives a mark. One given before stays in the history.
pub async fn scorecard_set(context: &Context, draft: ScoreDraft) -> Result<()> {
    let author = draft.author.split_whitespace().collect::<Vec<_>>().join(" ");
    if author.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("author", "required")]));
    }
    let open = context.app.open().await?;
    let mut write = open.store.write().await?;
    let vendor = store::vendor::get(write.connection(), draft.vendor_id).await?;
    let sources = Sources::read(context, &open.kept, write.snapshot()).await?;
    let found = propose(context, draft.dimension, &sources.basis(vendor.id)).ok();
    check(draft.mark, found.as_ref().map(|found| found.proposal), &draft.reason).map_err(|error| match error {
        MarkError::OutOfRange { .. } => AppError::field("mark", "mark-of-five"),
        MarkError::ReasonMissing { .. } => AppError::field("reason", "reason-where-other-than-proposed"),
    })?;
    let mark = Mark {
        id: VendorScoreId(Uuid::now_v7()),
        vendor_id: vendor.id,
        dimension: draft.dimension,
        day: sources.today,
        mark: draft.mark,
        author,
        reason: draft.reason.trim().to_owned(),
        proposed: found.as_ref().map(|found| found.proposal.exact()),
        evidence: found.map(|found| vec![found.evidence]).unwrap_or_default(),
    };
    store::scorecard::save(&mut write, &mark).await?;
    let subject = format!("{} · {}", vendor.details.name, dimension_name(context, draft.dimension));
    activity::created(&mut write, context, SCORE, &mark.id.to_string(), &subject, &mark).await?;
    write.commit().await?;
    Ok(())
}

/// Takes a mark back, or gives it again.
pub(crate) async fn put_back(write: &mut store::Write, activity: &store::activity::Activity) -> Result<()> {
    match activity.before.clone() {
        Some(before) => store::scorecard::save(write, &activity::read::<Mark>(before)?).await?,
        None => store::scorecard::delete(write, activity::id_of(activity)?).await?,
    }
    Ok(())
}
