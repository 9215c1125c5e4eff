//! The palette's search over records.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{Link, LinkArea};
use crate::{Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    pub text: String,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    pub link: Link,
    pub title: String,
    pub detail: String,
    pub area: LinkArea,
}

pub async fn search(context: &Context, query: SearchQuery) -> Result<Vec<SearchHit>> {
    let words: Vec<String> = query.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let vendors = store::vendor::list(&mut snapshot).await?;
    let contracts = store::contract::list(&mut snapshot).await?;
    let mut hits: Vec<(usize, SearchHit)> = Vec::new();
    let mut offer = |area: LinkArea, id: String, title: &str, detail: String, body: &str| {
        let name = title.to_lowercase();
        let whole = format!("{name} {} {}", detail.to_lowercase(), body.to_lowercase());
        if words.iter().all(|word| whole.contains(word.as_str())) {
            let rank = usize::from(!name.starts_with(&words[0])) + usize::from(!name.contains(&words[0]));
            let link = Link { area, id: Some(id) };
            hits.push((rank, SearchHit { link, title: title.to_owned(), detail, area }));
        }
    };
    for vendor in &vendors {
        let details = &vendor.details;
        let contacts: Vec<&str> = details.contacts.iter().flat_map(|c| [c.name.as_str(), c.email.as_str()]).collect();
        let body = format!("{} {} {}", details.notes, contacts.join(" "), details.provider_keys.join(" "));
        offer(LinkArea::Vendor, vendor.id.to_string(), &details.name, details.owner.clone(), &body);
    }
    for contract in &contracts {
        let details = &contract.details;
        let vendor = vendors.iter().find(|v| v.id == details.vendor_id).map_or("", |v| v.details.name.as_str());
        let body = format!("{} {} {}", details.notes, details.parties, details.owner);
        offer(LinkArea::Contract, contract.id.to_string(), &details.title, vendor.to_owned(), &body);
    }
    hits.sort_by(|(a, x), (b, y)| (a, &x.title).cmp(&(b, &y.title)));
    Ok(hits.into_iter().map(|(_, hit)| hit).take(query.limit.clamp(1, 100) as usize).collect())
}
