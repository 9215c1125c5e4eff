//! The price book as it is stored: every row ever used, and those that are in the book.

#![allow(clippy::unwrap_used)]

use domain::id::{ContractId, PriceId};
use domain::money::Currency;
use domain::price::{Layer, PriceRow, Rate, Rates};
use store::Store;
use store::price;
use store::workspace::{NewWorkspace, Settings};
use uuid::Uuid;

#[tokio::test]
async fn the_book_read_with_all_rows_is_the_book_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        Settings { name: "Prices".into(), currency: Currency::USD, time_zone: "UTC".into(), fiscal_start_month: 1 };
    let new = NewWorkspace { settings, sample: false };
    let store = Store::create(&folder.path().join("p.quarterdeck"), &new).await.unwrap().finish().await.unwrap();
    let row = |n: u128, provider: &str, model: &str, from: Option<&str>, contract: Option<u128>| PriceRow {
        id: PriceId(Uuid::from_u128(n)),
        provider: provider.into(),
        model: model.into(),
        channel: String::new(),
        region: String::new(),
        tier: "standard".into(),
        from: from.map(|day| format!("{day}T00:00:00Z").parse().unwrap()),
        to: None,
        currency: Currency::USD,
        rates: Rates { input: Some(Rate::per_million("1").unwrap()), ..Rates::default() },
        context_tiers: vec![],
        layer: if contract.is_some() { Layer::Contract } else { Layer::Override },
        contract_id: contract.map(|n| ContractId(Uuid::from_u128(n))),
        source: String::new(),
        basis: String::new(),
    };
    let rows = [
        row(9, "zeta", "m", Some("2026-02-01"), None),
        row(8, "zeta", "m", None, None),
        row(7, "Alpha", "m-é", None, None),
        row(6, "alpha", "m", Some("2026-02-01"), None),
        row(5, "alpha", "m", Some("2025-12-31"), None),
        row(4, "alpha", "m", Some("2025-12-31"), None),
        // Of a contract that is gone: history, and not in the book.
        row(3, "alpha", "m", None, Some(77)),
    ];
    let mut write = store.write().await.unwrap();
    for sql in [
        "INSERT INTO vendor (id, name, status) VALUES ('v', 'Alpha', 'approved')",
        "INSERT INTO contract (id, vendor_id, title, kind, start, auto_renew, currency, deleted)
         VALUES ('00000000-0000-0000-0000-00000000004d', 'v', 'Gone', 'msa', '2026-01-01', 0, 'USD', 1)",
    ] {
        store::sqlx::query(sql).execute(write.connection()).await.unwrap();
    }
    price::insert(&mut write, &rows, None).await.unwrap();
    write.commit().await.unwrap();
    let mut snapshot = store.read().await.unwrap();
    let (all, book) = price::all_and_book(&mut snapshot).await.unwrap();
    assert_eq!(all, price::all(&mut snapshot).await.unwrap());
    assert_eq!(all.len(), rows.len());
    let alone = price::book(&mut snapshot).await.unwrap();
    assert!(book.rows() == alone.rows());
    assert_eq!(book.rows().len(), all.len() - 1);
    assert!(price::providers(&mut snapshot).await.unwrap().is_sorted());
}
