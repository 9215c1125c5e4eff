//! The sample workspace: a believable company, made from a seed, said to be a sample wherever it is shown.
//!
//! Its traffic follows real hourly request rates (`data/servegen_profiles.csv`), its prices are the price book's, its
//! dates stand around today so that a deadline is always near.

use std::path::Path;

use chrono::{DateTime, Duration, Months, NaiveDate, Utc};
use domain::calendar::{Period, ReportingCalendar};
use domain::contract::{CommitmentPeriod, Contract, ContractDetails, ContractKind, Terms};
use domain::economics::BasisKind;
use domain::id::{ContractId, ImportId, PriceId, VendorId};
use domain::money::{Currency, Money};
use domain::price::{Layer, PriceRow, Rate, Rates, in_force};
use domain::price_book::PriceBook;
use domain::usage::{Dimension, Known, Measures, TokenCounts};
use domain::vendor::{Contact, Protocol, RiskTier, Vendor, VendorDetails, VendorStatus};
use store::import::Import;
use store::usage::{Cell, SeriesKey};
use store::workspace::Settings;
use store::{Store, Write};

use crate::frame::{Kept, Sample};
use crate::job::Unit;
use crate::{AppError, Context, Result};

mod bakeoffs;
mod bills;
mod cast;
mod incidents;
mod past;
mod postmortems;
mod slos;
mod terms;

pub(crate) use bakeoffs::bakeoffs;
pub(crate) use cast::COMMENTARY;
use cast::{FEATURES, FeatureScript, TENANTS};
pub(crate) use incidents::incidents;
pub(crate) use past::{past, people};
pub(crate) use postmortems::postmortems;
pub(crate) use slos::slos;
pub(crate) use terms::{clauses, scorecards};

static PROFILES: &str = include_str!("../data/servegen_profiles.csv");

/// Same seed, same company.
const SEED: u64 = 20_260_701;

/// Hours of a profile: two weeks.
const PROFILE_HOURS: usize = 336;

const WEEK: usize = 7 * 24;
const SATURDAY: usize = 5;

/// Quarters of usage: two whole ones before the one running today.
const QUARTERS_BEFORE: usize = 2;

/// Makes the sample at `path`; a file made half never gets its name.
pub(crate) async fn create(context: &Context, path: &Path) -> Result<Store> {
    let settings = Settings {
        name: "Meridian Health".to_owned(),
        currency: Currency::USD,
        time_zone: "America/New_York".to_owned(),
        fiscal_start_month: 1,
    };
    let made = crate::seeded::begin_seeded(path, settings.clone(), true).await?;
    match fill(context, made.store(), &settings).await {
        Ok(()) => Ok(made.finish().await?),
        Err(error) => {
            made.abandon().await;
            Err(error)
        }
    }
}

async fn fill(context: &Context, store: &Store, settings: &Settings) -> Result<()> {
    let calendar = settings.calendar()?;
    let today = calendar.day_of(context.now());
    let sample = Sample { today, now: context.now(), calendar, kept: Kept::default() };
    let mut write = store.write().await?;
    for area in context.app.areas() {
        (area.sample)(context, &mut write, &sample).await?;
    }
    write.commit().await?;
    Ok(())
}

pub(crate) fn vendors() -> Vec<Vendor> {
    cast::VENDORS
        .iter()
        .enumerate()
        .map(|(index, script)| Vendor {
            id: VendorId(Sample::id(0x100 + index as u128)),
            details: VendorDetails {
                name: script.name.to_owned(),
                status: match index {
                    0 | 1 => VendorStatus::Incumbent,
                    2 => VendorStatus::Approved,
                    _ => VendorStatus::Candidate,
                },
                owner: script.owner.to_owned(),
                risk_tier: Some(if index == 1 { RiskTier::High } else { RiskTier::Medium }),
                website: String::new(),
                protocol: Protocol::default(),
                endpoint: String::new(),
                notes: script.notes.to_owned(),
                contacts: vec![Contact {
                    name: script.contact.0.to_owned(),
                    role: script.contact.1.to_owned(),
                    email: script.contact.2.to_owned(),
                }],
                provider_keys: vec![script.provider.to_owned()],
            },
        })
        .collect()
}

pub(crate) fn contracts(today: NaiveDate) -> Result<Vec<Contract>> {
    /// A yearly contract whose current term ends on a given day.
    fn ending(end: NaiveDate, months: u32) -> NaiveDate {
        (end + Duration::days(1)).checked_sub_months(Months::new(months)).unwrap_or(end)
    }
    let vendors = vendors();
    let amount = |units: &str| Money::parse(units, Currency::USD).map_err(|e| AppError::Internal(e.to_string()));
    let terms = |start, months, renew, notice: u32, window| Terms {
        start,
        initial_term_months: Some(months),
        end: None,
        auto_renew: renew,
        renewal_term_months: renew.then_some(12),
        notice_min_days: Some(notice),
        notice_max_days: window,
        notice_given: None,
    };
    let scripts = [
        (
            "Assistant models, order form 3",
            0,
            terms(ending(today + Duration::days(81), 12), 12, true, 60, Some(120)),
            Some(amount("900000")?),
        ),
        (
            "Enterprise agreement",
            1,
            terms(ending(today + Duration::days(166), 24), 24, true, 90, Some(180)),
            Some(amount("1600000")?),
        ),
        (
            "Search and embeddings",
            2,
            terms(ending(today + Duration::days(253), 12), 12, true, 30, None),
            Some(amount("700000")?),
        ),
        ("Triage pilot", 3, terms(ending(today + Duration::days(112), 6), 6, false, 0, None), None),
    ];
    Ok(scripts
        .into_iter()
        .enumerate()
        .map(|(index, (title, vendor, terms, commitment))| Contract {
            id: ContractId(Sample::id(0x200 + index as u128)),
            details: ContractDetails {
                vendor_id: vendors[vendor].id,
                title: title.to_owned(),
                kind: if index == 1 { ContractKind::Msa } else { ContractKind::OrderForm },
                owner: vendors[vendor].details.owner.clone(),
                parties: format!("Meridian Health, Inc. · {}", vendors[vendor].details.name),
                terms,
                currency: Currency::USD,
                commitment,
                commitment_period: commitment.map(|_| CommitmentPeriod::Year),
                notes: String::new(),
            },
        })
        .collect())
}

/// The one negotiated price: code review's model at 12 % off.
pub(crate) fn negotiated(contract: ContractId, id: PriceId, from: DateTime<Utc>) -> Result<PriceRow> {
    let rate = |text: &str| Rate::per_million(text).map(Some).map_err(|e| AppError::Internal(e.to_string()));
    Ok(PriceRow {
        id,
        provider: "anthropic".to_owned(),
        model: "claude-sonnet-4-5".to_owned(),
        channel: String::new(),
        region: String::new(),
        tier: "standard".to_owned(),
        from: Some(from),
        to: None,
        currency: Currency::USD,
        rates: Rates {
            input: rate("2.64")?,
            cache_read: rate("0.264")?,
            cache_write_5m: rate("3.3")?,
            cache_write_1h: rate("5.28")?,
            output: rate("13.2")?,
            ..Rates::default()
        },
        context_tiers: vec![],
        layer: Layer::Contract,
        contract_id: Some(contract),
        source: "Schedule B".to_owned(),
        basis: "signed".to_owned(),
    })
}

/// Each client's usual week, from Monday midnight, by the hour, with a mean working day of 1.
fn profiles() -> Vec<[f64; WEEK]> {
    PROFILES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(',').skip(2).map(|rate| rate.parse::<f64>().unwrap_or(1000.0) / 1000.0).collect())
        .filter(|profile: &Vec<f64>| profile.len() == PROFILE_HOURS)
        .map(|profile| usual_week(&profile))
        .collect()
}

/// The mean of a client's two weeks. The trace does not say on which day of the week it begins: its two quietest days on
/// end are taken for the weekend. How quiet a weekend is depends on the feature, so every day keeps its hours but is
/// levelled, the working days by half.
fn usual_week(profile: &[f64]) -> [f64; WEEK] {
    let mean = |hour: usize| (profile[hour] + profile[hour + WEEK]) / 2.0;
    let day = |day: usize| (0..24).map(|hour| mean(day % 7 * 24 + hour)).sum::<f64>() / 24.0;
    let quietest = (0..7).min_by(|a, b| (day(*a) + day(a + 1)).total_cmp(&(day(*b) + day(b + 1)))).unwrap_or(SATURDAY);
    let first = (quietest + 7 - SATURDAY) % 7;
    let working = (0..SATURDAY).map(|n| day(first + n)).sum::<f64>() / SATURDAY as f64;
    std::array::from_fn(|hour| {
        let n = hour / 24;
        let level = if n < SATURDAY { (1.0 + day(first + n) / working) / 2.0 } else { 1.0 };
        mean((first + n) % 7 * 24 + hour % 24) / day(first + n).max(1e-9) * level
    })
}

const KNOWN: Known = Known {
    requests: true,
    successes: true,
    sessions: true,
    successful_sessions: true,
    tokens: true,
    reported_cost: false,
    cache: true,
    reasoning: true,
    untold: false,
    audio: false,
    images: false,
    web_searches: false,
};

/// One tenant's use of one feature through one model.
struct Stream<'a> {
    feature: &'a FeatureScript,
    tenant: usize,
    /// Requests in an average hour at the start.
    rate: f64,
    /// Growth over the whole stretch, e.g. 1.4.
    growth: f64,
    candidates: Vec<&'a PriceRow>,
    vendor: &'a str,
    model: &'a str,
}

fn streams<'a>(book: &'a PriceBook, rng: &mut fastrand::Rng) -> Vec<Stream<'a>> {
    let mut streams = Vec::new();
    for (index, feature) in FEATURES.iter().enumerate() {
        for tenant in 0..TENANTS.len() {
            // Zipf-like: the first tenants are hospital groups, the last are practices.
            let weight = 1.0 / (tenant as f64 + 2.0).powf(0.85);
            let takes = tenant < 6 || (tenant * 7 + index * 11) % 5 < 2;
            if !takes {
                continue;
            }
            let rate = feature.requests_per_hour * weight * (0.7 + 0.6 * rng.f64());
            let growth = feature.growth * (0.85 + 0.3 * rng.f64());
            let models = [(feature.model, 1.0 - feature.second_share), (feature.second_model, feature.second_share)];
            for ((vendor, model), share) in models {
                // Small tenants stay on the main model.
                if share == 0.0 || (share < 0.5 && tenant >= 6) {
                    continue;
                }
                let candidates = match book.offer(vendor, model) {
                    Some(offer) => book.candidates(vendor, offer, "standard"),
                    None => Vec::new(),
                };
                streams.push(Stream { feature, tenant, rate: rate * share, growth, candidates, vendor, model });
            }
        }
    }
    streams
}

pub(crate) async fn usage(
    context: &Context,
    write: &mut Write,
    calendar: &ReportingCalendar,
    today: NaiveDate,
) -> Result<()> {
    let running = calendar.quarter_of(today);
    let mut quarters: Vec<Period> = vec![running];
    for _ in 0..QUARTERS_BEFORE {
        quarters.push(calendar.previous(quarters[quarters.len() - 1]));
    }
    quarters.reverse();
    let book = store::price::book(write.connection()).await?;
    let mut rng = fastrand::Rng::with_seed(SEED);
    let profiles = profiles();
    let streams = streams(&book, &mut rng);
    let mut account = bills::Account::default();
    let mut names = store::dimension::names(write.connection()).await?;
    let source = "production gateway";
    let source_id = store::import::intern_source(write, source, "generic-csv").await?;
    let mut interned: Vec<[u32; 5]> = Vec::new();
    for stream in &streams {
        let texts = [stream.vendor, stream.model, stream.feature.name, TENANTS[stream.tenant], "production"];
        let mut values = [0; 5];
        for (dimension, (slot, text)) in Dimension::ALL.into_iter().zip(values.iter_mut().zip(texts)) {
            *slot = store::dimension::intern(write, &mut names, dimension, text).await?;
        }
        interned.push(values);
    }
    let start = calendar.bounds(quarters[0]).0.timestamp();
    let end = context.now().timestamp() / 3600 * 3600;
    let span = (end - start).max(3600) as f64;
    for (index, quarter) in quarters.iter().enumerate() {
        let (from, to) = calendar.bounds(*quarter);
        let (from, to) = (from.timestamp(), to.timestamp().min(end));
        if from >= to {
            continue;
        }
        context.progress.check()?;
        context.progress.report("sample", index as u64, Some(quarters.len() as u64), Unit::Steps);
        let mut keys: Vec<SeriesKey> = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        for (stream, values) in streams.iter().zip(&interned) {
            let mut current: Option<(Option<PriceId>, u32)> = None;
            let profile = &profiles[stream.feature.profile % profiles.len()];
            let mut carry = rng.f64();
            for hour in (from..to).step_by(3600) {
                let progress = (hour - start) as f64 / span;
                let at = DateTime::from_timestamp(hour, 0).unwrap_or_default();
                let local = hour + i64::from(calendar.offset_seconds(at));
                let measures = stream.hour(local, progress, profile, &mut carry, &mut rng);
                let Some(measures) = measures else { continue };
                account.add((stream.vendor, stream.model), hour, &stream.candidates, &measures.tokens);
                let price = in_force(&stream.candidates, at).map(|row| row.id);
                let series = match current {
                    Some((known, series)) if known == price => series,
                    _ => {
                        keys.push(SeriesKey {
                            source: source_id,
                            values: *values,
                            tier: "standard".to_owned(),
                            price,
                            band: 0,
                            known: KNOWN,
                            reported_currency: Currency::USD,
                            basis: match price {
                                Some(_) => BasisKind::Computed { partly: false },
                                None => BasisKind::Unpriced,
                            },
                            day_zone: None,
                        });
                        let series = (keys.len() - 1) as u32;
                        current = Some((price, series));
                        series
                    }
                };
                cells.push(Cell { hour, series, measures });
            }
        }
        let rows = cells.iter().map(|cell| cell.measures.requests).sum::<u64>() as i64;
        let told = Told {
            id: 0x400 + index as u128,
            feed: (source_id, source),
            format: "generic-csv",
            name: format!("gateway-{quarter}.csv"),
            at: DateTime::from_timestamp(to, 0).unwrap_or_default(),
            rows,
            bytes: rows * 92,
        };
        told.store(write, calendar, &keys, cells).await?;
    }
    bills::write(context, write, calendar, &account, today).await
}

/// A file the sample says it was told by.
struct Told<'a> {
    id: u128,
    feed: (u32, &'a str),
    format: &'a str,
    name: String,
    at: DateTime<Utc>,
    rows: i64,
    bytes: i64,
}

impl Told<'_> {
    /// Stores its cells, whose series index `keys`.
    async fn store(
        self,
        write: &mut Write,
        calendar: &ReportingCalendar,
        keys: &[SeriesKey],
        mut cells: Vec<Cell>,
    ) -> Result<()> {
        let ids = store::usage::intern_series(write, keys).await?;
        for cell in &mut cells {
            cell.series = ids[cell.series as usize];
        }
        cells.sort_unstable_by_key(|cell| (cell.hour, cell.series));
        let import = Import {
            n: 0,
            id: ImportId(Sample::id(self.id)),
            source_id: self.feed.0,
            source: self.feed.1.to_owned(),
            format: self.format.to_owned(),
            sha256: format!("sample-{}", self.name),
            name: self.name,
            bytes: self.bytes,
            imported_at: self.at,
            rows: self.rows,
            bad: 0,
            hours: cells.first().map(|c| c.hour).zip(cells.last().map(|c| c.hour)),
            span: None,
            sample: true,
            mapping: serde_json::json!({}),
            replaces: None,
            answer: None,
            reverted: false,
        };
        let n = store::import::insert(write, &import).await?;
        Ok(store::usage::insert(write, calendar, (n, self.feed.0), &cells).await?)
    }
}

impl Stream<'_> {
    /// An hour's traffic; `None` for an hour without a request. Fractions of requests carry over to the next hour.
    fn hour(
        &self,
        local: i64,
        progress: f64,
        profile: &[f64; WEEK],
        carry: &mut f64,
        rng: &mut fastrand::Rng,
    ) -> Option<Measures> {
        let feature = self.feature;
        // The epoch began on a Thursday; weeks begin on Monday.
        let day = local.div_euclid(86_400);
        let weekday = (day + 3).rem_euclid(7) as usize;
        let place = weekday * 24 + (local.rem_euclid(86_400) / 3600) as usize;
        let quiet = if weekday >= SATURDAY { feature.weekend } else { 1.0 };
        // No two weeks are alike, for any tenant.
        let week = ((day + 3).div_euclid(7) as f64 * 2.4 + self.tenant as f64 * 1.7).sin();
        let growth = (1.0 + (self.growth - 1.0) * progress) * (1.0 + 0.06 * week);
        let noise = 0.8 + 0.4 * rng.f64();
        *carry += self.rate * profile[place] * growth * quiet * noise;
        let requests = carry.floor();
        *carry -= requests;
        if requests < 1.0 {
            return None;
        }
        let requests = requests as u64;
        let wobble = 0.9 + 0.2 * rng.f64();
        // Prompt caching goes live two thirds of the way in, for the features that get it.
        let cached = if progress > 0.55 { feature.cached_after } else { feature.cached_before };
        let input = (requests as f64 * feature.input_tokens * wobble) as u64;
        let cache_read = (input as f64 * cached * (0.95 + 0.1 * rng.f64())).min(input as f64) as u64;
        let output = (requests as f64 * feature.output_tokens * (0.9 + 0.2 * rng.f64())) as u64;
        let whole = requests as f64 / feature.requests_per_session;
        let sessions = (whole + rng.f64()).floor().clamp(0.0, requests as f64) as u64;
        let success = (feature.success + 0.04 * (rng.f64() - 0.5) + 0.03 * progress).clamp(0.0, 1.0);
        let successful_sessions = ((sessions as f64) * success + rng.f64()).floor().min(sessions as f64) as u64;
        let successes = requests - (requests as f64 * (1.0 - success) * 0.3) as u64;
        Some(Measures {
            requests,
            successes,
            sessions,
            decided_sessions: sessions,
            successful_sessions,
            tokens: TokenCounts {
                input: input - cache_read,
                cache_read,
                output,
                reasoning: (output as f64 * feature.reasoning) as u64,
                ..TokenCounts::default()
            },
            ..Measures::default()
        })
    }
}
