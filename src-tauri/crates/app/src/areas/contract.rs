//! Contracts and the documents of them.

use chrono::NaiveDate;
use domain::contract::{CommitmentPeriod, Contract, DeadlineKind};
use domain::urgency::Urgency;
use report::format;
use store::{Snapshot, Tag};

use crate::activity::{self, Batch, Shown, changes};
use crate::bakeoff::settled::settled;
use crate::contract::clauses::{
    self, CLAUSES, ClausesDraft, DataTermsView, contract_clauses, contract_clauses_save, data_terms,
};
use crate::contract::credits::credits;
use crate::contract::standing::{NoticeAnswer, NoticeQuestion, contract_notice};
use crate::contract::{
    CONTRACT, ContractDraft, ContractOwner, ContractRef, ContractRow, ContractView, ContractsView, contract,
    contract_delete, contract_rows, contract_save, contracts, contracts_owner, review, upcoming,
};
use crate::frame::attention::{AttentionItem, DatedThing};
use crate::frame::review::{QUARTER, Section};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, Context, Work, area};
use crate::view::{Link, word};
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: CONTRACT,
    records: &[CONTRACT, CLAUSES],
    commands: commands! {
        query  contracts(()) -> ContractsView, reads [Tag::VENDORS, Tag::CONTRACTS, Tag::SETTINGS];
        query  contract(ContractRef) -> ContractView,
            reads [Tag::VENDORS, Tag::CONTRACTS, Tag::PRICES, Tag::SETTINGS, Tag::USAGE, Tag::INCIDENTS];
        query  contract_notice(NoticeQuestion) -> NoticeAnswer, reads [Tag::CONTRACTS, Tag::SETTINGS];
        mutate contract_save(ContractDraft) -> Contract;
        mutate contracts_owner(ContractOwner) -> Batch;
        mutate contract_delete(ContractRef) -> ();
        query  contract_clauses(ContractRef) -> ClausesDraft, reads [Tag::CONTRACTS];
        query  data_terms(()) -> DataTermsView, reads [Tag::CONTRACTS, Tag::VENDORS, Tag::SETTINGS];
        mutate contract_clauses_save(ClausesDraft) -> ClausesDraft;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" => Shown::Hidden,
                "vendorId" => Shown::Name,
                "kind" => Shown::Word("contract-kind-"),
                "commitmentPeriod" => Shown::Word("per-"),
                "autoRenew" => Shown::YesNo,
                "start" | "end" | "noticeGiven" => Shown::Day,
                _ => Shown::Text,
            };
            let vendors = store::vendor::names(snapshot).await?;
            changes(context, snapshot, activity, &vendors, shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            if activity.area == CLAUSES {
                return clauses::put_back(write, activity).await;
            }
            match activity.before.clone() {
                Some(before) => store::contract::save(write, &activity::read::<Contract>(before)?).await?,
                None => store::contract::delete(write, activity::id_of(activity)?).await?,
            }
            Ok(())
        })
    },
    again: Again::Reversed,
    search: found,
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |context| Box::pin(waiting(context)),
    dates: dated,
    since: |_, _| area::none(),
    documents: &[],
    sections: &[Section {
        document: QUARTER,
        place: 60,
        id: "contracts",
        name: "quarter-contracts",
        page: |context, review| Box::pin(async move { Ok(Some(review::page(context, review).await?)) }),
        findings: |context, review| Box::pin(review::findings(context, review)),
    }],
    check: |context, _| Box::pin(waiting(context)),
    export: written,
    sample: |_, write, sample| {
        Box::pin(async move {
            for (contract, clauses) in sample::contracts(sample.today)?.into_iter().zip(sample::clauses()) {
                store::contract::save(write, &contract).await?;
                store::contract::set_clauses(write, contract.id, &clauses).await?;
            }
            Ok(())
        })
    },
};

fn found<'a>(_: &'a Context, snapshot: &'a mut Snapshot) -> Work<'a, Vec<Searchable>> {
    Box::pin(async move {
        let vendors = store::vendor::names(snapshot).await?;
        let contracts = store::contract::list(snapshot).await?;
        Ok(contracts
            .into_iter()
            .map(|Contract { id, details }| Searchable {
                link: Link::to(CONTRACT, id),
                detail: vendors.get(&details.vendor_id.to_string()).cloned().unwrap_or_default(),
                body: format!("{} {} {}", details.notes, details.parties, details.owner),
                title: details.title,
                owner: details.owner,
            })
            .collect())
    })
}

async fn rows(context: &Context) -> crate::Result<(NaiveDate, Vec<ContractRow>)> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let rows = contract_rows(&mut snapshot, today).await?;
    Ok((today, rows))
}

/// Deadlines, and credits a vendor owes whose claim window runs.
async fn waiting(context: &Context) -> crate::Result<Vec<AttentionItem>> {
    let mut items = deadlines(context).await?;
    items.extend(claims(context).await?);
    Ok(items)
}

async fn claims(context: &Context) -> crate::Result<Vec<AttentionItem>> {
    let (today, rows) = rows(context).await?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let incidents = store::incident::list(&mut snapshot).await?;
    if incidents.is_empty() {
        return Ok(Vec::new());
    }
    let mut with_ladder = Vec::new();
    for row in rows {
        let sla = store::contract::clauses(&mut snapshot, row.contract.id).await?.sla;
        if sla.credits.is_some() {
            let vendor = store::vendor::get(&mut snapshot, row.contract.details.vendor_id).await?.details;
            with_ladder.push((row, vendor, sla));
        }
    }
    drop(snapshot);
    let mut items = Vec::new();
    if with_ladder.is_empty() {
        return Ok(items);
    }
    let loaded = crate::economics::load(context).await?;
    for (row, vendor, sla) in with_ladder {
        let owed = credits(context, &loaded, &vendor, (&row.contract, &sla), &incidents, today)?;
        for one in owed.into_iter().filter(|one| one.open) {
            let item = AttentionItem {
                key: format!("{CONTRACT}/{}/sla-credit/{}", row.contract.id, one.month),
                area: CONTRACT.to_owned(),
                kind: "sla-credit".to_owned(),
                urgency: Urgency::Later,
                title: format!("{} · {}", row.vendor_name, row.contract.details.title),
                detail: context.text(
                    "attention-sla-credit",
                    &[("month", one.month_text.into()), ("uptime", one.uptime_text.into())],
                ),
                evidence: Vec::new(),
                owner: row.contract.details.owner.clone(),
                due: None,
                days_left: None,
                money: Some(one.amount_text).filter(|text| text != format::UNKNOWN),
                action: context.text("attention-claim", &[]),
                link: Link::to(CONTRACT, row.contract.id),
            };
            items.push(match one.claim_by {
                Some(day) => item.due(day, today),
                None => item,
            });
        }
    }
    Ok(items)
}

/// Notice deadlines and ends that are near enough to be acted on.
async fn deadlines(context: &Context) -> crate::Result<Vec<AttentionItem>> {
    let (today, rows) = rows(context).await?;
    let settled = {
        let store = context.store().await?;
        settled(&mut store.read().await?).await?
    };
    let items = rows.iter().filter_map(|row| {
        let deadline = row.deadline.filter(|deadline| deadline.urgency < Urgency::Later)?;
        let (kind, id) = match deadline.kind {
            DeadlineKind::Notice => ("notice-deadline", "home-notice"),
            DeadlineKind::End => ("contract-end", "home-contract-end"),
        };
        let renews = row.term.map_or(String::new(), |term| format::date(term.to, context.language));
        let details = &row.contract.details;
        let decided = settled.get(&row.contract.id).filter(|_| deadline.kind == DeadlineKind::Notice);
        let stays = decided.is_some_and(|decided| decided.stays(details.vendor_id));
        let deadline_text = context.text(
            id,
            &[
                ("date", format::date(deadline.date, context.language).into()),
                ("end", renews.into()),
                ("overdue", u8::from(deadline.urgency == Urgency::Overdue).into()),
            ],
        );
        let item = AttentionItem {
            key: format!("{CONTRACT}/{}/{kind}/{}", row.contract.id, deadline.date),
            area: CONTRACT.to_owned(),
            kind: kind.to_owned(),
            urgency: Urgency::Later,
            title: format!("{} · {}", row.vendor_name, details.title),
            // What was decided says more than that something is to be.
            detail: decided.map_or(deadline_text, |decided| decided.sentence(context, details.vendor_id)),
            evidence: Vec::new(),
            owner: details.owner.clone(),
            due: None,
            days_left: None,
            money: details.commitment.filter(|_| deadline.kind == DeadlineKind::Notice).map(|commitment| {
                let amount = format::money_compact(commitment.nanos(), commitment.currency().code(), context.language);
                let per = word(&details.commitment_period.unwrap_or(CommitmentPeriod::Term));
                let per = context.text(&format!("per-{per}"), &[]);
                context.text("attention-renews", &[("amount", amount.into()), ("per", per.into())])
            }),
            action: context.text(
                match decided {
                    None => "attention-decide",
                    Some(_) if stays => "attention-renew",
                    Some(_) => "attention-give-notice",
                },
                &[],
            ),
            link: Link::to(CONTRACT, row.contract.id),
        };
        Some(item.due(deadline.date, today))
    });
    Ok(items.collect())
}

fn dated<'a>(context: &'a Context, (from, to): (NaiveDate, NaiveDate)) -> Work<'a, Vec<DatedThing>> {
    Box::pin(async move {
        let (today, rows) = rows(context).await?;
        let things = rows.iter().flat_map(|row| {
            upcoming(row, today).into_iter().map(|date| {
                let what = word(&date.what);
                // Of this term: a day that moves is the same thing on another day.
                let term = row.term.map_or(0, |term| term.renewals);
                DatedThing {
                    key: format!("{CONTRACT}/{}/{what}/{term}", row.contract.id),
                    area: CONTRACT.to_owned(),
                    day: date.date,
                    title: format!("{} · {}", row.vendor_name, row.contract.details.title),
                    detail: context.text(&format!("upcoming-{what}"), &[]),
                    owner: row.contract.details.owner.clone(),
                    urgency: Urgency::of((date.date - today).num_days()),
                    link: Link::to(CONTRACT, row.contract.id),
                    kind: what,
                }
            })
        });
        Ok(things.filter(|thing| (from..=to).contains(&thing.day)).collect())
    })
}

fn written<'a>(_: &'a Context, snapshot: &'a mut Snapshot, folder: &'a std::path::Path) -> Work<'a, u64> {
    Box::pin(async move {
        let mut contracts = Vec::new();
        for contract in store::contract::list(snapshot).await? {
            let clauses = store::contract::clauses(snapshot, contract.id).await?;
            let mut written =
                serde_json::to_value(&contract).map_err(|error| crate::AppError::Internal(error.to_string()))?;
            written["clauses"] =
                serde_json::to_value(&clauses).map_err(|error| crate::AppError::Internal(error.to_string()))?;
            contracts.push(written);
        }
        export::json(folder, "contracts.json", &contracts)?;
        Ok(0)
    })
}
